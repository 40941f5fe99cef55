"""Words set in the font that comes with the guide: measured by its advances, broken into lines, made to fit a room."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

FONT = Path(__file__).parent.parent / "fonts" / "AtkinsonHyperlegible-Bold.ttf"
FAMILY = "Atkinson Hyperlegible"
LEADING = 1.12
"""From one line to the next, in sizes."""
_CUT = "…"
_MOST = 1000
"""Letters of a text that are looked at: no room takes so many."""


@dataclass(frozen=True)
class Room:
    """What a text may take: width and height, the number of lines, and its sizes, the largest first."""

    width: float
    height: float
    lines: int
    sizes: range


@dataclass(frozen=True)
class Lines:
    """A text in lines, and the size at which they fit."""

    size: int
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return self.size * LEADING * len(self.lines)


def plain(text: str) -> str:
    """A text as it is set: whole letters, single spaces, no soft hyphens."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def settable(text: str) -> str:
    """What the font can set of a text: without signs that it lacks, and without words that it lacks a letter of.

    Nothing where no word is left: a year alone is no title.
    """
    kept = [_settable(word) for word in plain(text)[:_MOST].split()]
    return " ".join(filter(None, kept)) if any(letter.isalpha() for word in kept for letter in word) else ""


def lacking(text: str) -> list[str]:
    """The words of a text that the font can't set whole."""
    return [word for word in plain(text)[:_MOST].split() if _settable(word) != word]


def _settable(word: str) -> str:
    kept = "".join(letter for letter in word if letter in _advances())
    return kept if all(letter in kept or not letter.isalnum() for letter in word) else ""


def width(text: str, size: float) -> float:
    """How wide a text is at most: the advances of its letters. Kerning only draws them together."""
    advances = _advances()
    return sum(advances[letter] for letter in text) * size


def fit(text: str, room: Room) -> Lines:
    """A text as large as the room allows. One that is too long even at the smallest size ends in an ellipsis."""
    whole = plain(text)
    words = (whole if len(whole) <= _MOST else whole[:_MOST] + _CUT).split()
    for size in room.sizes:
        lines = _broken(words, room.width, size)
        fitted = Lines(size, tuple(lines))
        if len(lines) <= room.lines and fitted.height <= room.height and _is_within(lines, room.width, size):
            return Lines(size, tuple(_balanced(words, room.width, size)))
    return _cut(words, room)


def _broken(words: list[str], most: float, size: int) -> list[str]:
    """Lines of whole words, each as full as it gets. A word that is too long has a line of its own."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _balanced(words: list[str], most: float, size: int) -> list[str]:
    """As many lines as the width asks for, but of about one length: no word is left alone on the last."""
    best = _broken(words, most, size)
    for narrower in range(int(most), 0, -size // 4):
        lines = _broken(words, narrower, size)
        if len(lines) > len(best) or not _is_within(lines, narrower, size):
            break
        best = lines
    return best


def _cut(words: list[str], room: Room) -> Lines:
    """The beginning of a text, at the smallest size, as far as the room goes."""
    size = room.sizes[-1]
    lines = _broken(words, room.width, size)
    most = max(1, min(room.lines, int(room.height / (size * LEADING))))
    kept = [*lines[:most]]
    if len(lines) > most:
        kept[-1] += _CUT
    return Lines(size, tuple(_shortened(line, room.width, size) for line in kept))


def _shortened(line: str, most: float, size: int) -> str:
    """A line that is too long ends early, in an ellipsis."""
    if width(line, size) <= most:
        return line
    kept = line.removesuffix(_CUT)
    while kept and width(kept + _CUT, size) > most:
        kept = kept[:-1]
    return kept.rstrip() + _CUT


def _is_within(lines: list[str], most: float, size: int) -> bool:
    return all(width(line, size) <= most for line in lines)


@cache
def _advances() -> dict[str, float]:
    """How far each letter of the font moves the next one on, in sizes."""
    with TTFont(BytesIO(FONT.read_bytes()), lazy=True) as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(code): metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}
