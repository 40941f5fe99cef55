"""The index of a language from A to Z, as at the back of a book: made from the data, for paper and without scripts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from guide.model.guide import Guide
from guide.site.glossary import by_name, word
from guide.site.library import Language


@dataclass(frozen=True)
class Entry:
    """A name in the index and where it leads: a kind of page, its slug, a place on it and a query for scripts.

    `tag` is the language of the name where that is not the page's own. `lines` are the lines that stop at a station,
    `also` its other names.
    """

    name: str
    kind: str
    slug: str
    fragment: str = ""
    query: str = ""
    tag: str = ""
    lines: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """What the entry stands under: a letter, or a sign for all that begins with a figure."""
        first = by_name(self.name)[:1].upper()
        return first if first.isalpha() else "0–9"


def index(language: Language) -> list[tuple[str, list[Entry]]]:
    """The entries of a language by letter. What has one name leads to one place: pages before words, words before
    stations."""
    first: dict[str, Entry] = {}
    for entry in _entries(language.guide, language.tag):
        first.setdefault(by_name(entry.name), entry)
    ordered = sorted(first.values(), key=lambda entry: (entry.letter != "0–9", by_name(entry.name)))
    return [(letter, list(under_it)) for letter, under_it in groupby(ordered, lambda entry: entry.letter)]


def _entries(guide: Guide, tag: str) -> Iterator[Entry]:
    heard = "" if tag == guide.heard else guide.heard
    for site in guide.sites.values():
        yield Entry(site.name, "site", site.slug)
    for day in guide.programme.days:
        yield Entry(day.title, "day", day.slug)
    for lesson in guide.lessons.values():
        yield Entry(lesson.title, "lesson", lesson.slug)
    for group in guide.groups.values():
        yield Entry(group.name, "group", group.slug)
    for slug, page in guide.pages.items():
        if slug not in ("home", "not-found", "search"):
            yield Entry(page.title, "page", slug)
    for conclusion in guide.conclusions:
        yield Entry(conclusion.name, "page", "lessons", conclusion.slug)
    for part in guide.parts:
        yield Entry(part.name, "page", "model", part.slug)
    for term in guide.terms:
        place = f"term-{term.slug}"
        yield Entry(term.name, "page", "glossary", place)
        if word(term.name).casefold() != term.heard.casefold():
            yield Entry(term.heard, "page", "glossary", place, tag=heard)
    yield from _stations(guide, heard)


def _stations(guide: Guide, heard: str) -> Iterable[Entry]:
    lines: dict[str, list[str]] = {}
    for line in guide.network.lines:
        if line.running:
            for platform in line.platforms:
                lines.setdefault(platform.slug, []).append(line.name)
    for slug, names in lines.items():
        station = guide.network.stations[slug]
        also = tuple(station.platform.aliases)
        start = f"start={slug}"
        yield Entry(station.name, "page", "getting-there", "ways", start, tag=heard, lines=tuple(names), also=also)
