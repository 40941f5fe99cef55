"""Many files → a few packs: what a phone downloads and keeps together, and differences from one pack to the next.

A pack holds the files of one language, or those that every language needs. Its bytes are a head and then the files, one
after another. The head has a line for each file: its path, its length in bytes and the beginning of its SHA-256, with
tabs between them. The hash of the head names the pack: it stands for every byte of it. What every page loads by itself
is a pack, too, and is not downloaded a second time: the manifest has its head.

Packs and differences travel as raw LZMA streams: LZMA1 without a header, lc 4, lp 0, pb 0, as Igor Pavlov's
specification in the LZMA SDK tells it. They are packed here and not by the host, so they are small on a host that packs
nothing. A difference is, before that, a line of numbers, the bytes to add and the new bytes, as in Colin Percival's
bsdiff (2003): of three numbers each, the first says how many bytes are sums of the former pack's and those to add, the
second how many new bytes follow, and the third how far the place in the former pack then moves.
"""

import hashlib
import lzma
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import bsdiff4.core

from guide.serving import is_starting

SHARED = "core"
"""The name of the packs that every language needs."""
LEAST, MOST = 2_000_000, 4_000_000
"""Bytes after which a pack may end, and with which it must. A single file may be longer."""
HASH = 32
"""So many hexadecimal digits of a hash name a file or a pack: 128 bits."""
_OFTEN = 8
"""Past the least, one in so many files ends its pack: its path alone decides that, so that a new page does not move the
ends of all packs after it."""
_FILTERS = [{"id": lzma.FILTER_LZMA1, "lc": 4, "lp": 0, "pb": 0, "dict_size": 1 << 23, "nice_len": 273}]


@dataclass(frozen=True)
class PackedFile:
    """A file in a pack: its path as visited from the root, and its bytes."""

    path: str
    body: bytes

    @property
    def line(self) -> str:
        """Its line in the head."""
        return f"{self.path}\t{len(self.body)}\t{hashlib.sha256(self.body).hexdigest()[:HASH]}"


@dataclass(frozen=True)
class Pack:
    """Files that are kept together: the name of their language, or the shared one, and head and body.

    `starting` are those that every page loads by itself.
    """

    name: str
    head: bytes
    files: bytes
    starting: bool = False

    @property
    def id(self) -> str:
        """What names the pack and stands for its bytes."""
        return hashlib.sha256(self.head).hexdigest()[:HASH]

    @property
    def body(self) -> bytes:
        """What a phone keeps."""
        return self.head + self.files

    @property
    def paths(self) -> set[str]:
        """The files in it."""
        return paths_in(self.head)


def paths_in(head: bytes) -> set[str]:
    """The paths that a head lists."""
    return {line.partition("\t")[0] for line in head.decode().splitlines()}


def pack(files: Iterable[PackedFile], tags: Iterable[str]) -> list[Pack]:
    """The packs of files, shared ones first. Each language has its own; all are in the order of their paths."""
    names = [SHARED, *sorted(tags)]
    groups: dict[str, list[PackedFile]] = {name: [] for name in names}
    starting = list[PackedFile]()
    for file in sorted(files, key=lambda file: file.path):
        tag, below, _ = file.path.partition("/")
        if is_starting(file.path):
            starting.append(file)
        else:
            groups[tag if below and tag in names[1:] else SHARED].append(file)
    first = [_pack(SHARED, starting, starting=True)] if starting else []
    return [*first, *(_pack(name, part) for name, group in groups.items() for part in _parts(group))]


def _pack(name: str, files: list[PackedFile], starting: bool = False) -> Pack:
    head = "".join(f"{file.line}\n" for file in files).encode()
    return Pack(name, head, b"".join(file.body for file in files), starting)


def _parts(files: list[PackedFile]) -> Iterator[list[PackedFile]]:
    """Files in parts of a few megabytes."""
    part, size = list[PackedFile](), 0
    for file in files:
        if part and size + len(file.body) > MOST:
            yield part
            part, size = [], 0
        part.append(file)
        size += len(file.body)
        if size >= LEAST and zlib.crc32(file.path.encode()) % _OFTEN == 0:
            yield part
            part, size = [], 0
    if part:
        yield part


def compressed(body: bytes) -> bytes:
    """Bytes as they travel."""
    return lzma.compress(body, lzma.FORMAT_RAW, filters=_FILTERS)


def unpacked(stream: bytes) -> bytes:
    """The bytes of a stream. Raises ValueError for what is no whole stream."""
    try:
        return lzma.decompress(stream, lzma.FORMAT_RAW, filters=_FILTERS)
    except lzma.LZMAError as error:
        raise ValueError(str(error)) from error


def difference(former: bytes, now: bytes) -> bytes:
    """How to make the bytes of one pack from those of another, before it is compressed."""
    before, after = _shared(former, now)
    middle = slice(before, len(former) - after)
    numbers, added, new = bsdiff4.core.diff(former[middle], now[before : len(now) - after])
    steps = [(before, 0, 0), *_steps(numbers)]
    copied, fresh, jump = steps[-1]
    place = sum(copied + jump for copied, _, jump in steps)
    steps[-1] = copied, fresh, jump + len(former) - after - place
    head = " ".join(str(number) for step in [*steps, (after, 0, 0)] for number in step)
    return b"".join((f"{head}\n".encode(), bytes(before), added, bytes(after), new))


def _shared(former: bytes, now: bytes) -> tuple[int, int]:
    """How many bytes two packs have in common at their beginnings, and then at their ends."""
    before = _same(former, now, min(len(former), len(now)))
    most = min(len(former), len(now)) - before
    return before, _same(former[::-1], now[::-1], most)


def _same(one: bytes, other: bytes, most: int) -> int:
    """The length of the common beginning, at most so long."""
    length, step = 0, 1 << 20
    while step:
        if length + step <= most and one[length : length + step] == other[length : length + step]:
            length += step
        else:
            step >>= 1
    return length


def _steps(numbers: bytes) -> list[tuple[int, int, int]]:
    """The numbers of a difference, which come as eight bytes each."""
    whole = [bsdiff4.core.decode_int64(numbers[at : at + 8]) for at in range(0, len(numbers), 8)]
    return list(zip(whole[::3], whole[1::3], whole[2::3], strict=True))
