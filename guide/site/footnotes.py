"""Source marks on a page: numbered in reading order, and the notes that they open."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup

from guide.model.guide import Guide
from guide.model.sources import Item, RecordChapter, Source


@dataclass(frozen=True)
class Footnote:
    """One note: what a statement rests on. The first mark that opens it has its number, too."""

    number: int
    items: tuple[tuple[RecordChapter, tuple[Item, ...]], ...]
    """Items of the record, those of one chapter together."""
    sources: tuple[Source, ...]


@dataclass
class Footnotes:
    """The notes of one page, collected while its texts are printed."""

    guide: Guide
    anchor: Callable[[str], str] = str
    """An id as it stands on the page."""
    by_chapter: bool = False
    """Whether a note names chapters of the record and not their items, so that one serves all items of a chapter."""
    listed: dict[tuple[str, ...], Footnote] = field(default_factory=dict)
    cited: dict[str, int] = field(default_factory=dict)
    """The number of the first mark that names each item and source."""

    def cite(self, slugs: tuple[str, ...]) -> Markup:
        """The numbered mark that leads to a note; empty where nothing is cited."""
        if not slugs:
            return Markup()
        named = self._chapters(slugs) if self.by_chapter else slugs
        known = self.listed.get(named)
        number = (known or self._footnote(named, slugs)).number
        self.cited = {**dict.fromkeys(slugs, number), **self.cited}
        id = "" if known else f' id="{self.anchor(f"mark-{number}")}"'
        note, described = self.anchor(f"note-{number}"), self.anchor("sources")
        return Markup(f'<sup class="mark"><a href="#{note}"{id} aria-describedby="{described}">{number}</a></sup>')

    def _chapters(self, slugs: tuple[str, ...]) -> tuple[str, ...]:
        """The slugs of the chapters of the record in which items are, and those of sources as they are."""
        chapters = {item.slug: self.guide.chapter_of(item) for item in self.guide.items if item.slug in slugs}
        return tuple(dict.fromkeys(chapters.get(slug, slug) for slug in slugs))

    def _footnote(self, named: tuple[str, ...], slugs: tuple[str, ...]) -> Footnote:
        items = [item for item in self.guide.items if item.slug in slugs]
        chapters = {chapter.slug: chapter for chapter in self.guide.chapters}
        groups = tuple((chapters[slug], tuple(cited)) for slug, cited in groupby(items, key=self.guide.chapter_of))
        sources = tuple(source for source in self.guide.sources if source.slug in slugs)
        note = Footnote(len(self.listed) + 1, groups, sources)
        self.listed[named] = note
        return note

    def __iter__(self) -> Iterator[Footnote]:
        return iter(self.listed.values())


def by_heading(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """The items of the record that follow one another under one heading, with the first letters of their slugs:
    `in`, `d1`, `d2` …, `g1`, `g2` …, `co`, `bk`."""
    runs = groupby(items, key=lambda item: (item.slug.partition("-")[0], str(item.heading)))
    return [(part, list(together)) for (part, _), together in runs]
