"""What each kind of page prints: one function a kind arranges the localized model for its template.

A kind without a function prints nothing but the guide.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guide.model.days import Day
from guide.model.guide import Guide
from guide.model.programme import ProgrammeDay, ProgrammeStop
from guide.model.sources import RecordChapter
from guide.site import bibliography, maps
from guide.site.bibliography import Cited, Listing
from guide.site.book_index import index
from guide.site.calendars import calendar_path, timed
from guide.site.footnotes import by_heading
from guide.site.library import Language, Library
from guide.site.pages import Address
from guide.site.plan import planned
from guide.site.printed import digest
from guide.transit.destinations import destination, with_way
from guide.transit.directions import arrivals, assembly, detours, directions, last_part, links, pausing, stretches
from guide.transit.routing import Ways, last_leg
from guide.transit.steps import ride_steps

Values = dict[str, object]
Visit = tuple[ProgrammeDay, ProgrammeStop]


@dataclass(frozen=True)
class Subject:
    """What a page is about: the language, the slug of the thing, and what other pages of the language cite."""

    library: Library
    language: Language
    slug: str
    cited: Cited

    @property
    def guide(self) -> Guide:
        """The guide in the page's language."""
        return self.language.guide


CITING = ("record", "sources")
"""The kinds of pages that name citations on other pages."""

View = Callable[[Subject], Values]
_VIEWS: dict[tuple[str, str], View] = {}


def _arranges(kind: str, slug: str = "") -> Callable[[View], View]:
    """Marks the function that arranges a kind of page, or the one page of a slug."""

    def mark(view: View) -> View:
        _VIEWS[kind, slug] = view
        return view

    return mark


def arranged(address: Address, subject: Subject) -> Values:
    """What the template of a page prints."""
    view = _VIEWS.get((address.kind, address.slug)) or _VIEWS.get((address.kind, ""))
    return view(subject) if view else {}


@_arranges("home")
def _home(subject: Subject) -> Values:
    return {"page": subject.guide.pages["home"], "calendars": _calendar(subject)}


@_arranges("not-found")
def _not_found(subject: Subject) -> Values:
    return {"page": subject.guide.pages["not-found"], "parts": []}


@_arranges("day")
def _day(subject: Subject) -> Values:
    guide, slug = subject.guide, subject.slug
    programme = guide.programme
    day = programme.day(slug)
    before, after = _neighbours([held.slug for held in programme.days], slug)
    ways = arrivals(guide, day)
    return {
        "day": day,
        "record": day.record,
        "chapters": _chapters(guide, [day.record] if day.record else []),
        "before": programme.day(before) if before else None,
        "after": programme.day(after) if after else None,
        "links": links(guide, day),
        "arrivals": ways,
        "outward": {stop: maps.outward(subject.language, arrival.place) for stop, arrival in ways.items()},
        "lessons": [guide.lessons[lesson] for lesson in (day.record.lessons if day.record else ())],
        "parts": [part for part in guide.parts if slug in part.days],
        "calendars": _calendars(subject.language.tag, day),
    }


@_arranges("site")
def _site(subject: Subject) -> Values:
    guide, slug = subject.guide, subject.slug
    site = guide.sites[slug]
    before, after = _neighbours(list(guide.sites), slug)
    visits = guide.programme.visits(slug)
    return {
        "site": site,
        "days": list({day.slug: day for day, _ in visits}.values()),
        "announced": _announced(visits),
        "chapters": _chapters(guide, guide.days_of(slug)),
        "before": guide.sites.get(before),
        "after": guide.sites.get(after),
        "parts": [part for part in guide.parts if slug in part.sites],
        "lessons": [guide.lessons[lesson] for lesson in site.lessons],
        "place": destination(guide, slug) if guide.has_way(slug) else None,
    }


@_arranges("way")
def _way(subject: Subject) -> Values:
    guide, slug = subject.guide, subject.slug
    network, towards = guide.network, directions(guide, slug)
    others = network.places_of(slug)[1:]
    return {
        "site": guide.sites[slug],
        "announced": _announced(guide.programme.visits(slug)),
        "place": towards.place,
        "route": towards,
        "assembly": assembly(guide),
        "stretches": stretches(network, Ways(network, towards.place)),
        "detours": detours(network, towards.place, towards.start.slug),
        "more": [last_part(last_leg(network, place, place.approaches[0])) for place in others],
        "pausing": pausing(network),
        "rides_of": ride_steps,
        "outward": maps.outward(subject.language, towards.place),
        "map": maps.site_map(subject.language, towards.place, others),
    }


@_arranges("lesson")
def _lesson(subject: Subject) -> Values:
    lessons = subject.guide.lessons
    before, after = _neighbours(list(lessons), subject.slug)
    return {"page": lessons[subject.slug], "before": lessons.get(before), "after": lessons.get(after)}


@_arranges("page")
def _page(subject: Subject) -> Values:
    page = subject.guide.pages[subject.slug]
    return {"page": page, "parts": _contents(page.body.headings)}  # type: ignore[attr-defined]  # localized


@_arranges("page", "sources")
def _bibliography(subject: Subject) -> Values:
    language = subject.language
    return {**_page(subject), "record": bibliography.record(language), "later": bibliography.later(language)}


@_arranges("page", "glossary")
def _glossary(subject: Subject) -> Values:
    return {**_page(subject), "letters": subject.library.glossary(subject.language.tag)}


@_arranges("page", "search")
def _search(subject: Subject) -> Values:
    return {**_page(subject), "letters": index(subject.language)}


@_arranges("page", "today")
def _today(subject: Subject) -> Values:
    guide = subject.guide
    days = planned(guide.programme, guide.edition.time_zone)
    return {**_page(subject), "days": days, "calendars": _calendar(subject)}


@_arranges("page", "offline")
def _offline(subject: Subject) -> Values:
    """The days of the programme with the letters that prints of today's plan bear."""
    written = {day.slug: digest(day) for day in subject.library.source.guide.programme.days}
    return {**_page(subject), "days": [(day, written[day.slug]) for day in subject.guide.programme.days]}


@_arranges("page", "getting-there")
def _getting_there(subject: Subject) -> Values:
    sites = [subject.guide.sites[slug] for slug in with_way(subject.guide)]
    missing = [site for site in subject.guide.sites.values() if not subject.guide.has_way(site.slug)]
    return {**_page(subject), "overview": maps.overview(subject.language), "sites": sites, "missing": missing}


@_arranges("page", "groups")
def _groups(subject: Subject) -> Values:
    guide = subject.guide
    headings = guide.pages["groups"].body.headings  # type: ignore[attr-defined]  # localized
    groups = [(group.slug, group.name) for group in guide.groups.values()]
    chapters = _chapters(guide, list(guide.days.values())[-1:])
    return {**_page(subject), "parts": _contents([*headings, *groups]), "chapters": chapters}


@_arranges("record")
def _record(subject: Subject) -> Values:
    items = [item for item in subject.guide.items if item.day == subject.slug]
    places = bibliography.tellings((item.slug for item in items), subject.library.told, subject.cited)
    listings = bibliography.record(subject.language)
    return {**_listing(subject, listings), "parts": by_heading(items), "places": places}


@_arranges("sources")
def _sources(subject: Subject) -> Values:
    part = [source for source in subject.guide.sources if source.part == subject.slug]
    sources = sorted(part, key=bibliography.by_publisher)
    places = bibliography.tellings((source.slug for source in sources), subject.library.told, subject.cited)
    return {**_listing(subject, bibliography.later(subject.language)), "sources": sources, "places": places}


def _contents(headings: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Id and title of the parts of a page, for its table of contents; none when the page is short."""
    parts = list(headings)
    return parts if len(parts) > 3 else []


def _calendar(subject: Subject) -> Values:
    """The path of the calendar of the programme; none where no day has a date."""
    if not any(day.date for day in subject.guide.programme.days):
        return {}
    whole = calendar_path(subject.language.tag)
    return {"page": whole, "whole": whole}


def _calendars(tag: str, day: ProgrammeDay) -> Values:
    """The paths of the calendars to which the page of a day leads; none for a day without a date."""
    if not day.date:
        return {}
    stops = [(stop, calendar_path(tag, day.slug, stop.slug)) for stop in timed(day) if not stop.cancelled]
    return {"page": calendar_path(tag, day.slug), "whole": calendar_path(tag), "stops": stops}


def _announced(visits: Iterable[Visit]) -> list[Visit]:
    """The visits of which the host says when they are, or that they are not; one a day where only the date is said."""
    announced: list[Visit] = []
    for day, stop in visits:
        is_dated = day.host.date is not None and day.slug not in {other.slug for other, _ in announced}
        if stop.time or stop.cancelled or is_dated:
            announced.append((day, stop))
    return announced


def _chapters(guide: Guide, days: Iterable[Day]) -> list[RecordChapter]:
    """The chapters of the record that tell of days."""
    slugs = {f"d{day.slug}" for day in days}
    return [chapter for chapter in guide.chapters if chapter.slug in slugs]


def _listing(subject: Subject, listings: list[Listing]) -> Values:
    """A page that lists a part of what the guide rests on, and its neighbours."""
    by_slug = {listing.slug: listing for listing in listings}
    before, after = _neighbours(list(by_slug), subject.slug)
    return {"listing": by_slug[subject.slug], "before": by_slug.get(before), "after": by_slug.get(after)}


def _neighbours(slugs: list[str], slug: str) -> tuple[str, str]:
    """The slugs before and after one; empty at the ends, and for one that is not among them."""
    if slug not in slugs:
        return "", ""
    at = slugs.index(slug)
    return slugs[at - 1] if at else "", slugs[at + 1] if at + 1 < len(slugs) else ""
