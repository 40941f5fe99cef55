"""Directions on the network: from any station to any place, back, and between two places.

What is cheapest is taken. A cost is counted in metres: one station counts as 100, by bus as 150; a change as 500 and
the metres between the two platforms, and 300 more where it leads out of the station; a street bus as 800; a walk as its
metres. A line that is closed, or not open yet, costs more than any way: it is left out. Where two ways cost the same,
the line that stands first in the content wins.

The costs are our own judgement: a change is worth a few minutes of riding, a bus stands in traffic, and nobody walks a
kilometre to save a stop. Where a source gives the minutes of a walk, they count instead of its straight line.
The search is Dijkstra's, from the place backwards (Numerische Mathematik 1, 1959).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import ClassVar

from guide.model.network import Approach, Line, Mode, Network, Place, Platform
from guide.model.services import Days

STATION = {Mode.TRAIN: 100, Mode.TRAM: 100, Mode.CABLE: 100, Mode.BUS: 150}
CHANGE = 500
OUTSIDE = 300
BUS = 800
A_MINUTE = 80
"""Metres walked in a minute, at 4.8 km/h."""


@dataclass(frozen=True)
class Ride:
    """On one line from one station to another. `passed` are the stations between them, in order."""

    kind: ClassVar = "ride"
    line: Line
    board: Platform
    alight: Platform
    towards: Platform
    passed: tuple[Platform, ...]

    @property
    def stations(self) -> int:
        """How many stations to ride: the one to get off at is counted."""
        return len(self.passed) + 1


@dataclass(frozen=True)
class Way:
    """A way from a station to a place: the rides, then the approach from the last station."""

    start: Platform
    place: Place
    approach: Approach
    rides: tuple[Ride, ...]
    cost: int


Stop = tuple[str, str]
"""A platform by the slugs of its line and its station."""


class Ways:
    """All ways to one place: for every platform what comes next. `closed` are slugs of lines to leave out."""

    def __init__(self, network: Network, place: Place, closed: Collection[str] = ()) -> None:
        self.network, self.place = network, place
        self.open = [line for line in network.lines if line.running and line.slug not in closed]
        self.cost: dict[Stop, int] = {}
        self.next: dict[Stop, Stop] = {}
        """What follows a platform: its neighbour on the line, or another line's platform; itself at the end."""
        self.approach: dict[Stop, Approach] = {}
        self._search()

    def _search(self) -> None:
        stops = [(line.slug, platform.slug) for line in self.open for platform in line.platforms]
        place_in_order = {stop: number for number, stop in enumerate(stops)}
        neighbours = _neighbours(self.network, self.open)
        queue: list[tuple[int, int, Stop, Stop]] = []
        for approach in self.place.approaches:
            for stop in stops:
                if stop[1] == approach.station and stop not in self.approach:
                    self.approach[stop] = approach
                    cost = cost_of(self.network, self.place, approach) + self.network.metres(stop, approach)
                    heappush(queue, (cost, place_in_order[stop], stop, stop))
        while queue:
            cost, _, stop, after = heappop(queue)
            if stop in self.cost:
                continue
            self.cost[stop], self.next[stop] = cost, after
            for before, added in neighbours[stop]:
                if before not in self.cost:
                    heappush(queue, (cost + added, place_in_order[before], before, stop))

    def first(self, station: str) -> Stop | None:
        """The platform of a station where the cheapest way begins; None when none is open."""
        stops = [(line.slug, station) for line in self.network.lines_at(station) if (line.slug, station) in self.cost]
        return min(stops, key=self.cost.__getitem__, default=None)

    def way(self, station: str) -> Way | None:
        """The cheapest way from a station; None when there is none."""
        stop = self.first(station)
        if stop is None:
            return None
        cost, path = self.cost[stop], [stop]
        while self.next[path[-1]] != path[-1]:
            path.append(self.next[path[-1]])
        start = self.network.platform(*stop)
        return Way(start, self.place, self.approach[path[-1]], tuple(_rides(self.network, path)), cost)


def _neighbours(network: Network, lines: Collection[Line]) -> dict[Stop, list[tuple[Stop, int]]]:
    """For every platform the platforms one station or one change away, and what that costs."""
    found: dict[Stop, list[tuple[Stop, int]]] = {}
    for line in lines:
        for platform in line.platforms:
            found[line.slug, platform.slug] = []
        for one, other in pairwise((line.slug, platform.slug) for platform in line.platforms):
            found[one].append((other, STATION[line.mode]))
            found[other].append((one, STATION[line.mode]))
    for row in network.interchanges:
        one, other = ((line, row.station) for line in row.lines)
        if one in found and other in found:
            cost = CHANGE + row.metres + (0 if row.inside else OUTSIDE)
            found[one].append((other, cost))
            found[other].append((one, cost))
    return found


def _rides(network: Network, path: list[Stop]) -> Iterator[Ride]:
    """The rides of a path of platforms: as many as it uses lines for more than standing there."""
    start = 0
    for at in range(1, len(path) + 1):
        if at == len(path) or path[at][0] != path[start][0]:
            if at - 1 > start:
                yield _ride(network, path[start:at])
            start = at


def _ride(network: Network, path: list[Stop]) -> Ride:
    line = network.line[path[0][0]]
    board, *passed, alight = (network.platform(*stop) for stop in path)
    order = [platform.slug for platform in line.platforms]
    towards = line.platforms[-1 if order.index(alight.slug) > order.index(board.slug) else 0]
    return Ride(line, board, alight, towards, tuple(passed))


def cost_of(network: Network, place: Place, approach: Approach) -> int:
    """What the last part of a way costs."""
    platform = network.platform(approach.line, approach.station)
    if approach.minutes:
        return approach.minutes[-1] * A_MINUTE
    if not approach.bus:
        return rounded(platform.metres_to(place.position)) if place.position else 0
    bus = network.bus[approach.bus]
    on_foot = platform.metres_to(bus.board) + (bus.alight.metres_to(place.position) if place.position else 0)
    return BUS + rounded(on_foot)


def resting(network: Network, days: Days, clock: str) -> set[str]:
    """The slugs of the lines that do not run at a time (such as 07:30) of a kind of days.

    Working days are `tuesday-friday` unless it is the first one of the week, on which Line L is closed; that one is
    `monday-saturday`.
    """
    kinds = {days, Days.MONDAY_TO_SATURDAY} if days in (Days.TUESDAY_TO_FRIDAY, Days.SATURDAYS) else {days}
    running = {
        line
        for service in network.services
        if service.days in kinds and f"{service.first:%H:%M}" <= clock <= f"{service.last:%H:%M}"
        for line in service.lines
    }
    return {line.slug for line in network.lines} - running


def rounded(metres: float) -> int:
    """Metres to the nearest ten: positions are not known more exactly."""
    return round(metres / 10) * 10
