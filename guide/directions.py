"""How to get to a site, as its page tells it: where to, from every line, and round a line that is closed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from guide.edition import Meeting
from guide.model import Day, Guide
from guide.network import Approach, Line, Network, Place, Platform, Position
from guide.steps import Step, approach_steps, between, return_steps, steps, steps_back
from guide.transit import Way, Ways, rounded

HUB = "san-antonio"
"""Where ways begin until a reader chooses a start; a network without it begins at its first interchange."""
_NEAR = 1500
"""Metres in a straight line that a visitor may be sent on foot to a host's meeting point."""


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


@dataclass(frozen=True)
class Stretch:
    """Stations of a line from which the way is the same, in order, and the way from the first of them."""

    stations: tuple[Platform, ...]
    way: Way


@dataclass(frozen=True)
class Detour:
    """What to do when a line is closed: a way round it, or None where there is none."""

    line: Line
    way: Way | None


def hub(network: Network) -> str:
    """The station where ways begin until a reader chooses one."""
    return HUB if HUB in network.stations else network.interchanges[0].station


def directions(guide: Guide, site: str) -> Directions:
    """The way to a site from the hub. Raises LookupError where no way leads there."""
    network, place = guide.network, destination(guide, site)
    way = Ways(network, place).way(hub(network))
    if way is None:
        raise LookupError(site)
    parts = [last_part(network, place, approach) for approach in place.approaches]
    firsts = {part.approach.station: part for part in reversed(parts)}
    return Directions(
        site=site,
        place=place,
        start=way.start,
        there=steps(network, way),
        back=steps_back(network, way),
        note=way.approach.note,
        approaches=tuple(part for part in parts if firsts[part.approach.station] is part),
        others=tuple(part for part in parts if part.approach is not way.approach),
    )


def links(guide: Guide, day: Day) -> dict[str, tuple[str, list[Step]] | None]:
    """For every stop of a day the site before it and the steps from there; None where the site is the same, or none."""
    found: dict[str, tuple[str, list[Step]] | None] = {}
    before = ""
    for stop in day.itinerary:
        moved = before and stop.site and before != stop.site
        here, there = (destination(guide, site) for site in (before, stop.site)) if moved else (None, None)
        found[stop.slug] = (before, between(guide.network, here, there)) if here and there else None
        before = stop.site or before
    return found


def last_part(network: Network, place: Place, approach: Approach) -> LastPart:
    """The last part of a way by one approach."""
    return LastPart(
        place,
        approach,
        network.platform(approach.line, approach.station),
        approach_steps(network, place, approach),
        return_steps(network, place, approach),
    )


def destination(guide: Guide, site: str) -> Place:
    """Where directions to a site lead: its first place, or the host's meeting point where the edition has one."""
    place = guide.network.places_of(site)[0]
    meeting = meeting_at(guide, site)
    if meeting is None:
        return place
    name = meeting.meeting_point or place.name
    if meeting.latitude is None or meeting.longitude is None:
        return replace(place, name=name, address=meeting.address, position=None)
    position = Position(latitude=meeting.latitude, longitude=meeting.longitude)
    approaches = tuple(_approaches(guide.network, place, position))
    return replace(place, name=name, address=meeting.address, position=position, approaches=approaches)


def meeting_at(guide: Guide, site: str) -> Meeting | None:
    """The host's first meeting point at a site that has an address or a position."""
    for day in guide.days.values():
        for stop in day.itinerary:
            meeting = guide.meeting_of(day.slug).stops.get(stop.slug)
            if stop.site == site and meeting and (meeting.address or meeting.latitude is not None):
                return meeting
    return None


def _approaches(network: Network, place: Place, position: Position) -> Iterator[Approach]:
    """From the nearest station on foot; by the place's own bus, where that comes nearer than any station."""
    near = sorted(
        (platform.metres_to(position), number, line.slug, platform.slug)
        for number, line in enumerate(network.lines)
        if line.running
        for platform in line.platforms
    )
    for approach in place.approaches:
        bus = network.bus.get(approach.bus)
        if bus and bus.alight.metres_to(position) < min(near[0][0], _NEAR):
            yield approach
    yield Approach(station=near[0][3], line=near[0][2])


def stretches(network: Network, ways: Ways) -> dict[str, list[Stretch]]:
    """By line, the stations from which the way is the same. A station stands with the first of its lines."""
    seen: set[str] = set()
    found: dict[str, list[Stretch]] = {}
    for line in network.lines:
        rows: list[Stretch] = []
        for platform in line.platforms:
            way = ways.way(platform.slug)
            if platform.slug in seen or way is None:
                continue
            seen.add(platform.slug)
            if rows and _follows(line, rows[-1].stations[-1], platform) and _same(rows[-1].way, way):
                rows[-1] = Stretch((*rows[-1].stations, platform), rows[-1].way)
            else:
                rows.append(Stretch((platform,), way))
        if rows:
            found[line.slug] = rows
    return found


def _follows(line: Line, before: Platform, after: Platform) -> bool:
    return line.platforms.index(after) == line.platforms.index(before) + 1


def _same(one: Way, other: Way) -> bool:
    return [(ride.line.slug, ride.towards.slug, ride.alight.slug) for ride in one.rides] == [
        (ride.line.slug, ride.towards.slug, ride.alight.slug) for ride in other.rides
    ]


def detours(network: Network, place: Place, start: str) -> list[Detour]:
    """For each line of the way from a station: the way when that line is closed."""
    way = Ways(network, place).way(start)
    lines = [ride.line for ride in way.rides] if way else []
    return [Detour(line, Ways(network, place, {line.slug}).way(start)) for line in lines]


def data(guide: Guide) -> bytes:
    """All directions as JSON without words of any language, from which a script follows a way.

    `stations`: slug, name, other names. `lines`: slug and number of platforms. `platforms`: line after line the
    station's number, latitude and longitude. `changes`: two platforms, metres, 1 where the way stays inside.
    `sites`: by slug `next`, for every platform the one that follows (itself at the end, -1 where there is none), and
    `first`, for every station the platform to begin at.
    """
    network = guide.network
    lines = [line for line in network.lines if line.running]
    stops = [(line.slug, platform.slug) for line in lines for platform in line.platforms]
    numbers = {stop: number for number, stop in enumerate(stops)}
    stations = list(dict.fromkeys(station for _, station in stops))
    platforms = [network.platform(*stop) for stop in stops]
    sites = {}
    for slug in guide.sites:
        ways = Ways(network, destination(guide, slug))
        firsts = [ways.first(station) for station in stations]
        sites[slug] = {
            "next": [numbers[ways.next[stop]] if stop in ways.next else -1 for stop in stops],
            "first": [-1 if first is None else numbers[first] for first in firsts],
        }
    found = {
        "stations": [[slug, network.stations[slug].name, *network.stations[slug].aliases] for slug in stations],
        "lines": [[line.slug, len(line.platforms)] for line in lines],
        "platforms": [[stations.index(row.slug), row.latitude, row.longitude] for row in platforms],
        "changes": [
            [*(numbers[line, row.station] for line in row.lines), rounded(row.metres), int(row.inside)]
            for row in network.interchanges
            if all((line, row.station) in numbers for line in row.lines)
        ],
        "sites": sites,
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
