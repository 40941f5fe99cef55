"""How to get to a site, as its page tells it: where to, from every line, and round a line that is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guide.model.guide import Guide
from guide.model.network import Approach, Bus, Line, Network, Place, Platform
from guide.model.programme import ProgrammeDay, ProgrammeStop
from guide.model.services import Days
from guide.transit.destinations import destination, meeting_place, stop_place
from guide.transit.routing import LastLeg, Way, Ways, last_leg, resting
from guide.transit.steps import ON_FOOT, Step, approach_steps, between, return_steps, steps, steps_back


@dataclass(frozen=True)
class LastPart:
    """The way from a station to the place, and back to the station. `note` says what to know about it."""

    place: Place
    approach: Approach
    station: Platform
    there: list[Step]
    back: list[Step]

    @property
    def note(self) -> str:
        return self.approach.note


@dataclass(frozen=True)
class Directions:
    """The way to a site from one station, there and back, and the last part from every station it may end at."""

    site: str
    place: Place
    start: Platform
    there: list[Step]
    back: list[Step]
    note: str
    approaches: tuple[LastPart, ...]
    """One for each station, the first that the content names."""
    others: tuple[LastPart, ...]
    """Those that the way does not use."""
    surveyed: int | None
    """The year of the data on stations, as far as all have one."""
    bus_stops: int | None
    """The same for the stops of the buses that lead there."""
    by_bus: bool
    read: int
    """The year in which the sources were read."""


@dataclass(frozen=True)
class Arrival:
    """The way to a host's meeting point from the hub. `kilometres` are those from its station, where that is far."""

    place: Place
    start: Platform
    station: Platform
    there: list[Step]
    kilometres: int


@dataclass(frozen=True)
class Link:
    """The way from the place before a stop. `groups` are those that come from there; empty where all do."""

    before: str
    there: list[Step]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """Stations of a line from which the way is the same, in order, and the way from the first of them."""

    stations: tuple[Platform, ...]
    way: Way


@dataclass(frozen=True)
class Detour:
    """What to do when a line is closed: a way round it, None where there is none, and what else goes there."""

    line: Line
    way: Way | None
    text: str


def directions(guide: Guide, site: str) -> Directions:
    """The way to a site from the hub. Raises LookupError where nobody knows where it is, or no way leads there."""
    network, place = guide.network, destination(guide, site)
    way = Ways(network, place).way(network.area.hub)
    if way is None:
        raise LookupError(site)
    parts = [last_part(last_leg(network, place, approach)) for approach in place.approaches]
    buses = [network.bus[approach.bus] for approach in place.approaches if approach.bus]
    firsts = {part.approach.station: part for part in reversed(parts)}
    return Directions(
        site=site,
        place=place,
        start=way.start,
        there=steps(way),
        back=steps_back(way),
        note=way.last.approach.note,
        approaches=tuple(part for part in parts if firsts[part.approach.station] is part),
        others=tuple(part for part in parts if part.approach is not way.last.approach),
        surveyed=_oldest(network.lines),
        bus_stops=_oldest(buses),
        by_bus=bool(buses),
        read=guide.sources_read,
    )


def _oldest(records: Sequence[Line | Bus]) -> int | None:
    """The oldest year of some records; None where one has none, or none is there."""
    years = [record.year for record in records if record.year is not None]
    return min(years) if records and len(years) == len(records) else None


def arrivals(guide: Guide, day: ProgrammeDay) -> dict[str, Arrival]:
    """The way to each meeting point of a day that has a position, by the slug of its stop; the day's own by ""."""
    points = [("", day.meeting, "", day.title)]
    points += [(stop.slug, stop, stop.site, stop.activity) for stop in day.stops if not stop.cancelled]
    places = {
        slug: meeting_place(guide, meeting, site, name)
        for slug, meeting, site, name in points
        if meeting.latitude is not None
    }
    return {slug: arrival for slug, place in places.items() if (arrival := _arrival(guide.network, place))}


def _arrival(network: Network, place: Place) -> Arrival | None:
    way = Ways(network, place).way(network.area.hub)
    if way is None:
        return None
    there = steps(way)
    return Arrival(place, way.start, way.last.platform, there, getattr(there[-1], "kilometres", 0) if there else 0)


def assembly(guide: Guide) -> LastPart | None:
    """The way between the nearest station and where the participants gather; None where the host gives no position."""
    meeting = guide.edition.assembly.meeting(None)
    if meeting.latitude is None:
        return None
    place = meeting_place(guide, meeting, "", meeting.meeting_point)
    return last_part(last_leg(guide.network, place, place.approaches[-1]))


def links(guide: Guide, day: ProgrammeDay) -> dict[str, list[Link]]:
    """For every stop of a day the ways from the place before it: one, unless groups come from different places.

    None where it is the same place, or nobody knows one of the two, or the two lie near one another and the host gives
    at least one of them.
    """
    by_stop: dict[str, list[Link]] = {}
    groups = tuple(dict.fromkeys(group for stop in day.stops for group in stop.groups)) or ("",)
    start = meeting_place(guide, day.meeting, "", day.title) if day.meeting.latitude is not None else None
    befores = dict.fromkeys(groups, (day.meeting.meeting_point or day.title, start))
    for stop in day.stops:
        here = None if stop.cancelled else stop_place(guide, stop)
        going = stop.groups or groups
        by_stop[stop.slug] = _links(guide, here, {group: befores[group] for group in going}) if here else []
        if (stop.site or here) and not stop.cancelled:
            befores |= dict.fromkeys(going, (here.name if here and not here.sources else _name_of(guide, stop), here))
    return by_stop


def _links(guide: Guide, here: Place, befores: Mapping[str, tuple[str, Place | None]]) -> list[Link]:
    """The ways to a place from where each group was before."""
    origins: list[tuple[str, Place | None]] = []
    for before in befores.values():
        if before not in origins:
            origins.append(before)
    return [
        Link(
            name,
            between(guide.network, place, here),
            tuple(group for group in befores if befores[group] == (name, place)) if len(origins) > 1 else (),
        )
        for name, place in origins
        if place is not None and not _near(place, here)
    ]


def _name_of(guide: Guide, stop: ProgrammeStop) -> str:
    return guide.sites[stop.site].name if stop.site else stop.activity


def _near(one: Place, other: Place) -> bool:
    """Whether two places are the same site, or so near that nobody should ride between them."""
    if one.site and one.site == other.site and not (one.position and other.position):
        return True
    if one.sources and other.sources:
        return one.site == other.site
    if one.position is None or other.position is None:
        return False
    return one.position.metres_to(other.position) <= ON_FOOT


def last_part(leg: LastLeg) -> LastPart:
    """The last part of a way as steps, there and back."""
    return LastPart(leg.place, leg.approach, leg.platform, approach_steps(leg), return_steps(leg))


def stretches(network: Network, ways: Ways) -> dict[str, list[Stretch]]:
    """By line, the stations from which the way is the same. A station stands with the first of its lines."""
    seen: set[str] = set()
    by_line: dict[str, list[Stretch]] = {}
    for line in network.lines:
        listed: list[Stretch] = []
        before = -1
        for number, platform in enumerate(line.platforms):
            if platform.slug in seen or (way := ways.way(platform.slug)) is None:
                continue
            seen.add(platform.slug)
            if listed and number == before + 1 and _same(listed[-1].way, way):
                listed[-1] = Stretch((*listed[-1].stations, platform), listed[-1].way)
            else:
                listed.append(Stretch((platform,), way))
            before = number
        if listed:
            by_line[line.slug] = listed
    return by_line


def pausing(network: Network) -> set[str]:
    """The slugs of the lines that are closed on the first working day of the week."""
    return resting(network, Days.MONDAY_TO_SATURDAY, "12:00")


def _same(one: Way, other: Way) -> bool:
    return [(ride.line.slug, ride.towards.slug, ride.alight.slug) for ride in one.rides] == [
        (ride.line.slug, ride.towards.slug, ride.alight.slug) for ride in other.rides
    ]


def detours(network: Network, place: Place, start: str) -> list[Detour]:
    """For each line of the way from a station: the way when that line is closed."""
    way = Ways(network, place).way(start)
    lines = [ride.line for ride in way.rides] if way else []
    texts = {instead.line: instead.text for instead in place.instead}
    return [Detour(line, Ways(network, place, {line.slug}).way(start), texts.get(line.slug, "")) for line in lines]
