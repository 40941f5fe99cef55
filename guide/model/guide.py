"""The guide as data: what a day, a site, a lesson and the rest are.

`Text` and `Prose` mark what is translated; a `Comment` tells translators what a text is for (see markers).
The model knows no addresses, no files and no languages. Things name each other by slug.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from guide.model.days import Day
from guide.model.edition import Edition, Meeting
from guide.model.markers import Comment, Prose, Text
from guide.model.network import Network
from guide.model.programme import Programme, dates_of, programme
from guide.model.sources import Item, RecordChapter, Source

LINKED = {"site": "sites", "day": "days", "page": "pages", "lesson": "lessons", "group": "groups"}
"""What a link in prose can name, as in `[the hill](site:moravia)`, and the field of Guide that holds it."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A practical fact. `year` is the year of its source; None where the source has no date, or there is none."""

    label: Annotated[Text, Comment("one to three words: what the practical fact is about")]
    text: Annotated[Text, Comment("a practical fact")]
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """A point of a site's timeline, in one sentence."""

    year: Annotated[Text, Comment("a year or date on a timeline")]
    text: Annotated[Text, Comment("what happened then, in one sentence")]


class Visit(StrEnum):
    """Whether a visitor may go to a site: alone, by appointment, with a host who lives there, or not at all."""

    OPEN = "open"
    APPOINTMENT = "appointment"
    HOST = "host"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Site:
    """A place that the Lab visited. `official_name` is the name on signs and is never translated.

    `going` says whether and how a visitor may go; `rules` are the three that matter most, photographs first.
    """

    slug: str
    name: Annotated[Text, Comment("short name of a site")]
    official_name: str
    district: Annotated[Text, Comment("part of the city in which the site lies")]
    summary: Annotated[Text, Comment("what the site is, for lists and link previews")]
    order: int
    visit: Visit
    going: Annotated[Text, Comment("whether and how visitors may go to a site, one or two sentences")]
    rules: tuple[Annotated[Text, Comment("one of the three rules that matter most at a site, one sentence")], ...]
    lessons: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    timeline: tuple[Event, ...] = ()
    drawing: Annotated[Text, Comment("what the drawing shows, for those who do not see it")] = ""
    story: Prose
    saw: Prose
    see: Prose
    ask: Prose
    getting_there: Prose
    respect: Prose

    @property
    def has_other_name(self) -> bool:
        """Whether signs call the site otherwise, apart from signs and brackets."""
        return [*filter(str.isalnum, self.official_name)] != [*filter(str.isalnum, self.name)]


class Chapter(StrEnum):
    """A chapter of the record that belongs to no day."""

    INTRODUCTION = "introduction"
    CONCLUSIONS = "conclusions"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One lesson, and where it was learned: on a day, perhaps at a site, or in a chapter that belongs to no day."""

    text: Annotated[Text, Comment("one lesson")]
    day: str = ""
    site: str = ""
    chapter: Chapter | None = None


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A theme of lessons."""

    slug: str
    title: Annotated[Text, Comment("title of a theme of lessons")]
    summary: Annotated[Text, Comment("the theme in a sentence")]
    order: int
    points: tuple[Point, ...] = ()
    body: Prose


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    """One of the record's conclusions, with the sites and days where it was learned."""

    slug: str
    name: Annotated[Text, Comment("a conclusion of the Lab in two to five words")]
    text: Annotated[Text, Comment("explains a conclusion of the Lab")]
    sites: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ModelPart:
    """A part of the Model: one of its axes, or of its phases from prevention to non-repetition."""

    slug: str
    name: Annotated[Text, Comment("name of an axis or phase of the Model")]
    text: Annotated[Text, Comment("explains an axis or phase of the Model")]
    sites: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Commitments:
    """What a working group promised, by term. `open` holds what the record gives no term for."""

    short: tuple[Annotated[Text, Comment("a short-term commitment")], ...] = ()
    medium: tuple[Annotated[Text, Comment("a medium-term commitment")], ...] = ()
    long: tuple[Annotated[Text, Comment("a long-term commitment")], ...] = ()
    open: tuple[Annotated[Text, Comment("a commitment without a term")], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Group:
    """A working group formed on the last day."""

    slug: str
    name: Annotated[Text, Comment("name of a working group")]
    order: int
    participants: tuple[Annotated[Text, Comment("an institution in a working group")], ...]
    commitments: Commitments
    body: Prose


@dataclass(frozen=True, kw_only=True)
class Term:
    """A glossary entry. `heard` is the form that visitors will hear; `also` are forms of further languages, by tag.

    `explained` is false for everyday words, which need no note where they first stand on a page; `known` is true for
    words that everybody who speaks the language of the city knows, which need none on pages in it.
    """

    slug: str
    name: Annotated[Text, Comment("a glossary term")]
    heard: str
    also: Mapping[str, str] = field(default_factory=dict)
    explained: bool = True
    known: bool = False
    meaning: Annotated[Text, Comment("what a glossary term means")]


@dataclass(frozen=True, kw_only=True)
class News:
    """What is new in the guide since a date, in one sentence for readers."""

    date: dt.date
    text: Annotated[Text, Comment("what is new in the guide, one sentence for readers who have saved an older one")]


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A sentence that visitors show to somebody. `heard` says it in the language that people speak there.

    One that `leads` asks to be taken to where the participants stay, whose name and address follow it.
    """

    slug: str
    text: Annotated[Text, Comment("what a sentence means that visitors show to somebody")]
    heard: str
    leads: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page that is neither a day nor a site. `card` names the day or site whose drawing its card shows."""

    slug: str
    title: Annotated[Text, Comment("title of a page")]
    summary: Annotated[Text, Comment("for link previews, at most 200 characters")]
    card: str = ""
    body: Prose


@dataclass(frozen=True, kw_only=True)
class Guide:
    """The whole guide in one language."""

    name: Annotated[Text, Comment("name of the guide")]
    short_name: Annotated[Text, Comment("under the icon on a phone, at most 12 characters")]
    description: Annotated[Text, Comment("for search engines and link previews")]
    regions: Mapping[str, str]
    heard: str
    """The tag of the language that visitors hear and read in the city."""
    station_words: tuple[str, ...] = ()
    """Words of that language which people write around the name of a station without telling which one."""
    emergency: str
    """The number to call in an emergency, as it is dialled."""
    names_with_numbers: tuple[str, ...] = ()
    """Names that hold a number, which needs no source: a word that stands before one, or the whole name."""
    diagram: tuple[Annotated[Text, Comment("a step of the Model’s diagram")], ...] = ()
    """The steps of the Model's diagram, each of which leads to the next."""
    lab_began: dt.date
    city: Annotated[Text, Comment("the city in which the guide is, as in: 10:32 in Medellín")]
    """The first day of the Lab that the record tells of, whatever dates the edition has."""
    sources_read: int
    """The year in which the sources were read."""
    edition: Edition
    network: Network
    days: Mapping[str, Day]
    sites: Mapping[str, Site]
    lessons: Mapping[str, Lesson]
    conclusions: tuple[Conclusion, ...]
    groups: Mapping[str, Group]
    pages: Mapping[str, Page]
    axes: tuple[ModelPart, ...]
    phases: tuple[ModelPart, ...]
    terms: tuple[Term, ...]
    sources: tuple[Source, ...]
    chapters: tuple[RecordChapter, ...]
    items: tuple[Item, ...]
    changes: tuple[News, ...]
    phrases: tuple[Phrase, ...] = ()

    @property
    def parts(self) -> tuple[ModelPart, ...]:
        """What the Model consists of: its axes, then its phases."""
        return (*self.axes, *self.phases)

    def chapter_of(self, item: Item) -> str:
        """The slug of the chapter that holds an item: working groups stand in the chapter of the last day."""
        part = item.slug.partition("-")[0]
        return f"d{len(self.days)}" if part.startswith("g") else part

    @property
    def record_parts(self) -> list[str]:
        """The parts of the record: 0 for what stands around the days, then the days."""
        return sorted({item.day for item in self.items})

    @property
    def source_parts(self) -> list[str]:
        """The parts of the list of sources, by their first letters."""
        return sorted({source.part for source in self.sources})

    @property
    def programme(self) -> Programme:
        """What the host makes of the days. It is made anew for each page, so that what a page reads can be noted."""
        return programme(self.days, self.edition)

    def date_of(self, day: str) -> dt.date | None:
        """The date of a day in this edition; None for one that is left out."""
        return dates_of(self.days, self.edition).get(day)

    @property
    def has_edition(self) -> bool:
        """Whether a host has given dates of their own: without them the guide tells of the Lab of the record."""
        return self.edition.first_day is not None and self.edition.first_day != self.lab_began

    def held_on(self, day: str) -> dt.date:
        """The date of a day at the Lab that the record tells of."""
        return self.lab_began + dt.timedelta(days=int(day) - 1)

    def has_way(self, site: str) -> bool:
        """Whether the guide or the host knows where a site is, so that directions can lead there."""
        return bool(self.network.places_of(site)) or (site in self.sites and self.meeting_at(site) is not None)

    def meeting_at(self, site: str) -> Meeting | None:
        """The host's first meeting point at a site that has an address or a position."""
        hosts = (stop for day in self.edition.days.values() for stop in day.stops.values())
        if not any(stop.has_place for stop in hosts):
            return None
        stops = (stop for _, stop in self.programme.visits(site) if stop.has_place and not stop.cancelled)
        return next(stops, None)

    def days_of(self, site: str) -> tuple[Day, ...]:
        """The days of the record whose itinerary leads to a site."""
        return tuple(day for day in self.days.values() if site in {stop.site for stop in day.itinerary})
