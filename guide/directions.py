"""How to get to a site, as its page tells it: where to, from every line, and round a line that is closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from guide.goals import destination, hub
from guide.model import Day, Guide
from guide.network import Approach, Bus, Line, Network, Place, Platform
from guide.services import Days
from guide.steps import Step, approach_steps, between, return_steps, steps, steps_back
from guide.transit import Way, Ways, resting


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
    halts: int | None
    """The same for the stops of the buses that lead there."""
    by_bus: bool
    read: int
    """The year in which the sources were read."""


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
    way = Ways(network, place).way(hub(network))
    if way is None:
        raise LookupError(site)
    parts = [last_part(network, place, approach) for approach in place.approaches]
    buses = [network.bus[approach.bus] for approach in place.approaches if approach.bus]
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
        surveyed=_oldest(network.lines),
        halts=_oldest(buses),
        by_bus=bool(buses),
        read=guide.sources_read,
    )


def _oldest(rows: Sequence[Line | Bus]) -> int | None:
    """The oldest year of some records; None where one has none, or none is there."""
    years = [row.year for row in rows if row.year is not None]
    return min(years) if rows and len(years) == len(rows) else None


def links(guide: Guide, day: Day) -> dict[str, tuple[str, list[Step]] | None]:
    """For every stop of a day the site before it and the steps from there; None where the site is the same, or none.

    None also where nobody knows where one of the two is.
    """
    found: dict[str, tuple[str, list[Step]] | None] = {}
    before = ""
    for stop in day.itinerary:
        moved = before != stop.site and guide.has_way(before) and guide.has_way(stop.site)
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


def pausing(network: Network) -> set[str]:
    """The slugs of the lines that are closed on the first working day of the week."""
    return resting(network, Days.MONDAY_TO_SATURDAY, "12:00")


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
    texts = {row.line: row.text for row in place.instead}
    return [Detour(line, Ways(network, place, {line.slug}).way(start), texts.get(line.slug, "")) for line in lines]
