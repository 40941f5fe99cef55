"""Source marks on a page: numbered in reading order, and the notes that they open."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from guide.model import Guide
from guide.record import Item, Source

_MARK = re.compile(r'<sup data-sources="([^"]*)"></sup>')


@dataclass(frozen=True)
class Note:
    """One note: what a statement rests on. `mark` is the id of the first mark that opens it."""

    number: int
    mark: str
    items: tuple[tuple[Item, ...], ...]
    """Items of the record, those under one heading together."""
    sources: tuple[Source, ...]


@dataclass
class Notes:
    """The notes of one page, collected while its marks are numbered."""

    guide: Guide
    label: str
    """Words for a mark, with `{number}` in them."""
    listed: dict[tuple[str, ...], Note] = field(default_factory=dict)
    marks: int = 0
    told: dict[str, int] = field(default_factory=dict)
    """The first mark that names each item and source, by its number."""

    def number(self, html: str) -> str:
        """The page with a numbered link for every mark."""
        return _MARK.sub(self._mark, html)

    def _mark(self, match: re.Match[str]) -> str:
        slugs = tuple(match[1].split())
        self.marks += 1
        note = self.listed.get(slugs) or self._note(slugs)
        self.told = {**dict.fromkeys(slugs, self.marks), **self.told}
        label = self.label.replace("{number}", str(note.number))
        link = f'<a href="#note-{note.number}" id="mark-{self.marks}" aria-label="{label}">{note.number}</a>'
        return f'<sup class="mark">{link}</sup>'

    def _note(self, slugs: tuple[str, ...]) -> Note:
        items = [item for item in self.guide.items if item.slug in slugs]
        groups = tuple(tuple(rows) for _, rows in groupby(items, key=_heading))
        sources = tuple(source for source in self.guide.sources if source.slug in slugs)
        note = Note(len(self.listed) + 1, f"mark-{self.marks}", groups, sources)
        self.listed[slugs] = note
        return note

    def __iter__(self) -> Iterator[Note]:
        return iter(self.listed.values())


def _heading(item: Item) -> tuple[str, str]:
    return item.day, str(item.heading)


def by_part(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """The items of the record by the first letters of their slugs: `in`, `d1` … `d5`, `g1` … `g8`, `co`, `bk`."""
    return [(part, list(rows)) for part, rows in groupby(items, key=lambda item: item.slug.partition("-")[0])]
