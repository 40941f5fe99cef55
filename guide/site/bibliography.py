"""What the guide rests on, as its pages list it: the record part by part, and later sources by publisher."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, g
from markupsafe import Markup

from guide.content.statements import Trail
from guide.i18n.localize import N_
from guide.model.guide import Guide
from guide.model.sources import PARTS, Source
from guide.site.rendering import library, translate
from guide.site.urls import page_of

RECORD_DAY = N_("The record: Day {number}")
RECORD_AROUND = N_("The record: introduction and conclusions")
SECTIONS = (
    "itinerary", "lesson", "reflection", "story", "feedback", "saw", "see", "ask", "getting_there", "respect", "facts",
)  # fmt: skip
"""Fields of days and sites that are sections of their pages, with ids made of their names."""

LATER = N_("Other sources: {first} to {last}")


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


def record(guide: Guide) -> list[Listing]:
    """The parts of the record: what stands around the days, then each day."""
    titles = {"0": translate(RECORD_AROUND)}
    days = [(day, titles.get(day) or translate(RECORD_DAY).replace("{number}", day)) for day in guide.record_parts]
    return [Listing("record", day, title) for day, title in days]


def later(guide: Guide) -> list[Listing]:
    """The lists of later sources, by the first letter of their publishers."""
    found = []
    for part in guide.source_parts:
        title = translate(LATER).replace("{first}", part.upper()).replace("{last}", PARTS[part].upper())
        found.append(Listing("sources", part, title))
    return found


def by_publisher(source: Source) -> tuple[str, int, str]:
    """The order of a list of sources: by publisher, whatever its accents and capitals, then by year."""
    letters = unicodedata.normalize("NFKD", source.publisher.casefold())
    return "".join(filter(str.isalnum, letters)), source.year or 0, source.slug


def tellings(slugs: Iterable[str]) -> dict[str, list[Telling]]:
    """For every slug of an item or source the places that tell it, in the order of the guide."""
    trails = library().told
    found: dict[str, list[Telling]] = {}
    for slug in slugs:
        pages = {page_of(trail): _section_of(trail) for trail in reversed(trails.get(slug, []))}
        rows = [(page, section, _marks(*page).get(slug)) for page, section in reversed(pages.items())]
        found[slug] = [Telling(*page, f"mark-{mark}" if mark else section) for page, section, mark in rows]
    return found


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


def _marks(kind: str, slug: str) -> dict[str, int]:
    """The source marks of a page by what they name. Marks are numbered when a page is made: it may be made for this."""
    language = g.language
    if (kind, slug) not in language.marks:
        named = {"slug": slug} if slug else {}
        current_app.view_functions[f"guide.{kind}"](tag=language.tag, **named)
    return language.marks[kind, slug]  # type: ignore[no-any-return]
