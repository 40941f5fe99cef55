"""What the guide rests on, as its pages list it: the record part by part, and later sources by publisher."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from guide.content.statements import Trail
from guide.i18n.localize import N_
from guide.model.sources import PARTS, Source
from guide.site.library import Language
from guide.site.pages import page_of

RECORD_DAY = N_("The record: Day {number}")
RECORD_AROUND = N_("The record: introduction and conclusions")
SECTIONS = (
    "itinerary", "lesson", "reflection", "story", "feedback", "saw", "see", "ask", "getting_there", "respect", "facts",
)  # fmt: skip
"""Fields of days and sites that are sections of their pages, with ids made of their names."""

LATER = N_("Other sources: {first} to {last}")

Cited = Callable[[str, str], Mapping[str, int]]
"""What the page of a kind and slug cites: the number of the first mark for each item and source."""


@dataclass(frozen=True)
class Listing:
    """A page that lists a part of what the guide rests on. Kinds: `record` and `sources`."""

    kind: str
    slug: str
    title: Markup


@dataclass(frozen=True)
class Telling:
    """Where something is told: kind and slug of the page, and the id of its source mark there, or of its section."""

    kind: str
    page: str
    id: str


def record(language: Language) -> list[Listing]:
    """The parts of the record: what stands around the days, then each day."""
    titles = {"0": language.translate(RECORD_AROUND)}
    numbered = language.translate(RECORD_DAY)
    parts = language.guide.record_parts
    return [Listing("record", day, titles.get(day) or numbered.replace("{number}", day)) for day in parts]


def later(language: Language) -> list[Listing]:
    """The lists of later sources, by the first letter of their publishers."""
    title = language.translate(LATER)
    return [
        Listing("sources", part, title.replace("{first}", part.upper()).replace("{last}", PARTS[part].upper()))
        for part in language.guide.source_parts
    ]


def by_publisher(source: Source) -> tuple[str, int, str]:
    """The order of a list of sources: by publisher, whatever its accents and capitals, then by year."""
    letters = unicodedata.normalize("NFKD", source.publisher.casefold())
    return "".join(filter(str.isalnum, letters)), source.year or 0, source.slug


def tellings(slugs: Iterable[str], trails: Mapping[str, list[Trail]], cited: Cited) -> dict[str, list[Telling]]:
    """For every slug of an item or source the places that tell it, in the order of the guide.

    `trails` lead to what rests on each slug.
    """
    return {slug: list(_tellings(slug, trails.get(slug, []), cited)) for slug in slugs}


def _tellings(slug: str, trails: list[Trail], cited: Cited) -> Iterator[Telling]:
    sections = {page_of(trail): _section_of(trail) for trail in reversed(trails)}
    for page, section in reversed(sections.items()):
        mark = cited(*page).get(slug)
        yield Telling(*page, f"mark-{mark}" if mark else section)


def _section_of(trail: Trail) -> str:
    """The id of the section that shows a field of a day, a site or a group; empty for what stands on top of a page."""
    match trail:
        case ("sites", _, "timeline"):
            return "story"
        case ("days" | "sites", _, field) if field in SECTIONS:
            return field.replace("_", "-")
        case ("groups", slug):
            return slug
    return ""
