"""The public transport of an area as data: lines, their stations in order, buses, and the ways to every site.

Positions are WGS84 degrees. Metres between two positions are straight lines; real ways are longer.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Annotated

from guide.model.markers import Comment, Text
from guide.model.services import Days, Service
from guide.model.sources import Confidence

_EARTH = 6_371_000
"""Mean radius in metres."""


class Mode(StrEnum):
    """What runs on a line."""

    TRAIN = "train"
    TRAM = "tram"
    CABLE = "cable"
    BUS = "bus"


@dataclass(frozen=True, kw_only=True)
class Position:
    """A point on the ground, in degrees."""

    latitude: float
    longitude: float

    def metres_to(self, other: "Position") -> float:
        """The length of the straight line (haversine formula)."""
        north = radians(other.latitude - self.latitude) / 2
        east = radians(other.longitude - self.longitude) / 2
        scale = cos(radians(self.latitude)) * cos(radians(other.latitude))
        return 2 * _EARTH * asin(sqrt(sin(north) ** 2 + scale * sin(east) ** 2))


@dataclass(frozen=True, kw_only=True)
class Area(Position):
    """What a guide is about: everything lies within `reach` kilometres of this point.

    `hub` is the slug of the station where directions begin until a reader chooses a start. `named` are slugs of further
    stations from which people often start, to be named on the overview.
    """

    hub: str
    reach: int
    named: tuple[str, ...] = ()

    def holds(self, position: Position) -> bool:
        """Whether a position lies in the area."""
        return self.metres_to(position) <= self.reach * 1000


@dataclass(frozen=True, kw_only=True)
class Platform(Position):
    """Where one line stops. Platforms of one slug on several lines are one station. The name is never translated."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line with its platforms in order. `opened` is the year and `colour` a hex value, where one is known.

    `complete` is the year in which a line that opened in parts reached its present ends.
    `running` is false for a line that has not opened yet.
    """

    slug: str
    badge: str
    name: Annotated[Text, Comment("name of a line, at the beginning of a direction: Line B, towards San Javier")]
    mode: Mode
    colour: str = ""
    opened: int | None = None
    complete: int | None = None
    running: bool = True
    note: Annotated[Text, Comment("what a rider should know about a line")] = ""
    platforms: tuple[Platform, ...]
    sources: tuple[str, ...]
    confidence: Confidence
    year: int | None = None


@dataclass(frozen=True, eq=False)
class LineStop:
    """A line at one of its platforms, the first of which is number 0.

    A network has one object for each, so that two are compared by identity.
    """

    line: Line
    platform: Platform
    number: int


@dataclass(frozen=True, eq=False)
class Station:
    """The platforms of one slug together: where each line stops, in the order of the lines."""

    slug: str
    stops: tuple[LineStop, ...]

    @property
    def platform(self) -> Platform:
        """The platform of the first line: where maps draw the station."""
        return self.stops[0].platform

    @property
    def name(self) -> str:
        """The name on signs; it is never translated."""
        return self.platform.name

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that stop here."""
        return tuple(stop.line for stop in self.stops)

    def stop(self, line: str) -> LineStop:
        """Where a line stops, by its slug. Raises KeyError when it does not stop here."""
        for stop in self.stops:
            if stop.line.slug == line:
                return stop
        raise KeyError(line)


@dataclass(frozen=True, kw_only=True)
class Interchange:
    """Two lines that meet at a station. `inside` means without leaving the station.

    Where the second line stops elsewhere on its way to its first station, `back` are the metres to that stop.
    """

    station: str
    lines: tuple[str, ...]
    metres: int
    back: int | None = None
    inside: bool
    sources: tuple[str, ...]
    confidence: Confidence
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class BusStop(Position):
    """Where a street bus stops, by its address."""

    address: str


@dataclass(frozen=True, kw_only=True)
class Bus:
    """A street bus between a station and a place. `back` is where it stops for the way back, where that is known."""

    slug: str
    name: str
    operator: str
    integrated: bool
    board: BusStop
    alight: BusStop
    back: BusStop | None = None
    returns_to: BusStop
    note: Annotated[Text, Comment("what a rider should know about a street bus")] = ""
    sources: tuple[str, ...]
    confidence: Confidence
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Approach:
    """The last part of a way: from the platform of a line at a station, by bus or on foot, to a place.

    `minutes` are the fewest and the most that a source gives for the walk, where one does.
    """

    station: str
    line: str
    bus: str = ""
    minutes: tuple[int, ...] = ()
    note: Annotated[Text, Comment("what to know on the last part of a way: uphill, which side")] = ""


@dataclass(frozen=True, kw_only=True)
class Instead:
    """What else leads to a place while a line is closed: what the lines of the network do not show."""

    line: str
    text: Annotated[Text, Comment("what else leads to a place while a line is closed")]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a way to a site leads. Without a position the way ends at the station.

    `goal` names the place in the middle of a sentence: “Walk to the museum”.
    `say` is what to ask a driver or passer-by, in the language that visitors hear; `gloss` is what it says.
    """

    slug: str
    site: str
    name: Annotated[Text, Comment("a place that directions lead to")]
    goal: Annotated[Text, Comment("a place with its article, in the sentence “Walk to the museum”")] = ""
    address: str = ""
    position: Position | None = None
    note: Annotated[Text, Comment("what to know about a place before going")] = ""
    say: str = ""
    gloss: Annotated[Text, Comment("what the sentence on a card says, which a visitor shows to someone")] = ""
    approaches: tuple[Approach, ...]
    instead: tuple[Instead, ...] = ()
    sources: tuple[str, ...]
    confidence: Confidence
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What every rider should know before going: emergencies, fares, cards, closures."""

    slug: str
    text: Annotated[Text, Comment("advice for riders")]
    year: int | None = None


Record = Line | Interchange | Bus | Place | Service
"""What is known with sources, a confidence, and the year of its source where that has one."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """All lines, interchanges, services, street buses and places of an area, and advice for riders.

    Two networks are compared by identity, so that what is computed for one can be kept beside it.
    """

    area: Area
    lines: tuple[Line, ...]
    interchanges: tuple[Interchange, ...]
    services: tuple[Service, ...]
    buses: tuple[Bus, ...]
    places: tuple[Place, ...]
    advice: tuple[Advice, ...]

    @property
    def records(self) -> dict[str, tuple[Record, ...]]:
        """Everything by its kind."""
        return {
            "lines": self.lines,
            "interchanges": self.interchanges,
            "services": self.services,
            "buses": self.buses,
            "places": self.places,
        }

    @cached_property
    def line(self) -> dict[str, Line]:
        """The lines by slug."""
        return {line.slug: line for line in self.lines}

    @cached_property
    def bus(self) -> dict[str, Bus]:
        """The street buses by slug."""
        return {bus.slug: bus for bus in self.buses}

    @cached_property
    def line_stops(self) -> dict[str, tuple[LineStop, ...]]:
        """Where each line stops, in its order, by the slug of the line."""
        return {
            line.slug: tuple(LineStop(line, platform, number) for number, platform in enumerate(line.platforms))
            for line in self.lines
        }

    @cached_property
    def stations(self) -> dict[str, Station]:
        """The stations by slug, in the order of the lines."""
        stops: dict[str, dict[str, LineStop]] = {}
        for line, line_stops in self.line_stops.items():
            for stop in line_stops:
                stops.setdefault(stop.platform.slug, {}).setdefault(line, stop)
        return {slug: Station(slug, tuple(by_line.values())) for slug, by_line in stops.items()}

    @cached_property
    def _interchange(self) -> dict[tuple[str, frozenset[str]], Interchange]:
        """The interchanges by station and lines."""
        return {(link.station, frozenset(link.lines)): link for link in reversed(self.interchanges)}

    def interchange(self, one: LineStop, other: LineStop) -> Interchange | None:
        """How to change between two lines at a station, in either direction; None where they do not meet."""
        return self._interchange.get((one.platform.slug, frozenset((one.line.slug, other.line.slug))))

    @cached_property
    def late(self) -> dict[str, dt.time]:
        """The lines that begin later than others on Sundays and holidays, and when."""
        sundays = [service for service in self.services if service.days == Days.SUNDAYS_AND_HOLIDAYS]
        first = min((service.first for service in sundays), default=dt.time())
        return {line: service.first for service in sundays if service.first > first for line in service.lines}

    def places_of(self, site: str) -> tuple[Place, ...]:
        """The places of a site; the first is where directions to the site lead."""
        return self._places.get(site, ())

    @cached_property
    def _places(self) -> dict[str, tuple[Place, ...]]:
        """The places by their site."""
        places: dict[str, tuple[Place, ...]] = {}
        for place in self.places:
            places[place.site] = (*places.get(place.site, ()), place)
        return places
