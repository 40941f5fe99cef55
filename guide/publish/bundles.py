"""Many files → one bundle: what a file repeats of itself or of the files before it is copied, the rest is packed.

A bundle is a gzip stream. Unpacked it has a line with the length of all its files in bytes, a line for each file with
its path and numbers, an empty line, and then the bytes that are new, file after file. The numbers are instructions as
in VCDIFF (RFC 3284): so many new bytes, then so many bytes copied from earlier text, and how far that copy begins from
where the last one would go on; again and again, and new bytes at the end. Numbers are written to base 36.

Pages of one guide repeat each other far apart, where the 32 KB that gzip looks back do not reach; copying finds that.
Bundles are packed here and not by the host, so they are small on a host that packs nothing.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping

LIMIT = 8_000_000
"""Bytes of all files together up to which a bundle is made; more is not for a first visit."""

_STARTS = re.compile(rb'[<\n" ]')
"""Where a copy is looked for: at a tag, a line, an attribute or a word."""
_KEY = 20
"""Bytes by which a place is looked up."""
_LEAST, _LEAST_ONWARD = 44, 16
"""Bytes that make a copy worth its numbers; fewer do where it goes on like the last one, whose number is 0."""
_PLENTY = 200
"""Bytes onward after which nothing longer is looked for."""
_CANDIDATES = 5
"""How many of the last places with the same beginning are compared."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """The bundle of files by path, in their order. The same files give the same bytes."""
    text = b"".join(files.values())
    finder = _Finder(text)
    heads, news, begin = [f"{len(text)}"], list[bytes](), 0
    for path, body in files.items():
        numbers, new = finder.instructions(begin, begin + len(body))
        heads.append(" ".join([path, *map(base36, numbers)]))
        news += new
        begin += len(body)
    unpacked = "\n".join([*heads, "", ""]).encode() + b"".join(news)
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits=31, memLevel=9)  # 31: gzip, without a time
    return packer.compress(unpacked) + packer.flush()


class _Finder:
    """Finds, from left to right, what was there before."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.places: dict[bytes, list[int]] = defaultdict(list)
        self.ended = 0  # where the last copy ended

    def instructions(self, begin: int, end: int) -> tuple[list[int], list[bytes]]:
        """The numbers and the new bytes that make the text from `begin` to `end`."""
        numbers, new, done = list[int](), list[bytes](), begin
        for match in _STARTS.finditer(self.text, begin, end):
            place = match.start()
            known = self.places[self.text[place : place + _KEY]]
            if place >= done:
                source, length, before = self._best(known, place, done, end)
                if length:
                    new.append(self.text[done : place - before])
                    numbers += [len(new[-1]), before + length, source - before - self.ended - len(new[-1])]
                    self.ended = source + length
                    done = place + length
            known.append(place)
        new.append(self.text[done:end])
        return [*numbers, len(new[-1])], new

    def _best(self, known: list[int], place: int, done: int, end: int) -> tuple[int, int, int]:
        """Where the longest copy for a place begins, its length, and how many bytes before it are the same too."""
        onward = self.ended + place - done
        length, source = (self._shared(onward, place, end), onward) if onward < place else (0, onward)
        if length < _PLENTY:
            far, at = max(((self._shared(at, place, end), at) for at in known[-_CANDIDATES:]), default=(0, 0))
            if far >= max(_LEAST, length + _LEAST_ONWARD):
                length, source = far, at
            elif length < _LEAST_ONWARD:
                return 0, 0, 0
        before = 0
        most = min(place - done, source, place - source - length)  # a copy ends before the place that it goes to
        while before < most and self.text[source - before - 1] == self.text[place - before - 1]:
            before += 1
        return source, length, before

    def _shared(self, earlier: int, later: int, end: int) -> int:
        """How many bytes two places have in common, before the earlier one reaches the later."""
        text, length, step = self.text, 0, 64
        most = min(end - later, later - earlier)
        while step:
            first, second = earlier + length, later + length
            if length + step <= most and text[first : first + step] == text[second : second + step]:
                length, step = length + step, step * 2
            else:
                step //= 2
        return length


def base36(number: int) -> str:
    """A number as JavaScript's parseInt(text, 36) reads it."""
    digits, rest = "", abs(number)
    while rest or not digits:
        rest, digit = divmod(rest, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return f"-{digits}" if number < 0 else digits
