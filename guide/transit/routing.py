"""Directions on the network: from any station to any place, back, and between two places.

What is cheapest is taken. A cost is counted in metres: one station counts as 100, by bus as 150; a change as 500 and
the metres between the two platforms, and 300 more where it leads out of the station; a street bus as 800; a walk as its
metres. A line that is closed, or not open yet, costs more than any way: it is left out. Where two ways cost the same,
the line that stands first in the content wins.

The costs are our own judgement: a change is worth a few minutes of riding, a bus stands in traffic, and nobody walks a
kilometre to save a stop. Where a source gives the minutes of a walk, they count instead of its straight line.
The search is Dijkstra's, from the place backwards (Numerische Mathematik 1, 1959).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from itertools import groupby, pairwise
from typing import ClassVar

from guide.model.network import Approach, Bus, Interchange, Line, LineStop, Mode, Network, Place, Platform, Position
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
class LastLeg:
    """The last part of a way: from a platform to the place, on foot or by street bus, measured once.

    `to_bus` are metres from the platform to where the bus stops, 0 without a bus. `to_place` are metres on foot, from
    the platform or from where the bus is left; None where nobody knows the position of the place.
    """

    place: Place
    approach: Approach
    platform: Platform
    bus: Bus | None
    to_bus: float
    to_place: float | None

    @property
    def cost(self) -> int:
        """What it costs; the minutes of a source count instead of a straight line."""
        if self.approach.minutes:
            return self.approach.minutes[-1] * A_MINUTE
        return (BUS if self.bus else 0) + rounded(self.to_bus + (self.to_place or 0))


def last_leg(network: Network, place: Place, approach: Approach) -> LastLeg:
    """The last part of a way to a place by one of its approaches."""
    platform = network.stations[approach.station].stop(approach.line).platform
    bus = network.bus[approach.bus] if approach.bus else None
    left: Position = bus.alight if bus else platform
    to_place = left.metres_to(place.position) if place.position else None
    return LastLeg(place, approach, platform, bus, platform.metres_to(bus.board) if bus else 0, to_place)


@dataclass(frozen=True)
class Way:
    """A way from a station to a place: the rides, the interchange between each two, then the last part."""

    start: Platform
    rides: tuple[Ride, ...]
    interchanges: tuple[Interchange, ...]
    last: LastLeg
    cost: int


class Ways:
    """All ways to one place: for every platform what comes next. `closed` are slugs of lines to leave out."""

    def __init__(self, network: Network, place: Place, closed: Collection[str] = ()) -> None:
        self.network = network
        graph = _graph(network, frozenset(closed))
        stops, numbers = graph.stops, graph.numbers
        self.last: dict[LineStop, LastLeg] = {}
        """The last part from each platform where a way may end."""
        ends: list[tuple[int, int]] = []
        for leg in (last_leg(network, place, approach) for approach in place.approaches):
            station = network.stations[leg.approach.station]
            for stop in station.stops:
                if stop in numbers and stop not in self.last:
                    self.last[stop] = leg
                    link = network.interchange(stop, station.stop(leg.approach.line))
                    ends.append((leg.cost + (link.metres if link else 0), numbers[stop]))
        costs, following = search(graph.edges, tuple(ends))
        self.cost = {stops[number]: cost for number, cost in costs.items()}
        self.next = {stops[number]: stops[after] for number, after in following.items()}
        """What follows a platform: its neighbour on the line, or another line's platform; itself at the end."""

    def first(self, station: str) -> LineStop | None:
        """The platform of a station where the cheapest way begins; None when none is open."""
        stops = [stop for stop in self.network.stations[station].stops if stop in self.cost]
        return min(stops, key=self.cost.__getitem__, default=None)

    def way(self, station: str) -> Way | None:
        """The cheapest way from a station; None when there is none."""
        stop = self.first(station)
        if stop is None:
            return None
        path = [stop]
        while self.next[path[-1]] is not path[-1]:
            path.append(self.next[path[-1]])
        runs = [run for run in _runs(path) if len(run) > 1]  # a line that is only stood on is no ride
        interchanges = (self.network.interchange(before[-1], after[0]) for before, after in pairwise(runs))
        rides = tuple(map(_ride, runs))
        return Way(stop.platform, rides, tuple(filter(None, interchanges)), self.last[path[-1]], self.cost[stop])


Neighbours = tuple[tuple[tuple[int, int], ...], ...]
"""For every platform, by its number: the platforms one station or one change away, and what that costs."""


@dataclass(frozen=True, eq=False)
class Edges:
    """The neighbours of all platforms. There is one object for the same neighbours: `_shared` makes it."""

    neighbours: Neighbours


@lru_cache(maxsize=256)
def _shared(neighbours: Neighbours) -> Edges:
    return Edges(neighbours)


@dataclass(frozen=True)
class _Graph:
    """The platforms of the lines that are open: in order, each with its number, and what lies between them."""

    stops: tuple[LineStop, ...]
    numbers: Mapping[LineStop, int]
    edges: Edges


@lru_cache(maxsize=256)
def _graph(network: Network, closed: frozenset[str]) -> _Graph:
    """What all searches share that leave out the same lines."""
    lines = [line for line in network.lines if line.running and line.slug not in closed]
    stops = tuple(stop for line in lines for stop in network.line_stops[line.slug])
    numbers = {stop: number for number, stop in enumerate(stops)}
    return _Graph(stops, numbers, _shared(_neighbours(network, lines, numbers)))


@lru_cache(maxsize=1024)
def search(edges: Edges, ends: tuple[tuple[int, int], ...]) -> tuple[dict[int, int], dict[int, int]]:
    """The cost of every platform that leads to one of the ends, and the platform that follows it.

    `ends` are costs and numbers of platforms. The languages of a guide ask for the same: what was searched is kept.
    """
    costs: dict[int, int] = {}
    following: dict[int, int] = {}
    queue = [(cost, number, number) for cost, number in sorted(ends)]
    while queue:
        cost, number, after = heappop(queue)
        if number in costs:
            continue
        costs[number], following[number] = cost, after
        for before, added in edges.neighbours[number]:
            if before not in costs:
                heappush(queue, (cost + added, before, number))
    return costs, following


def _neighbours(network: Network, lines: Collection[Line], numbers: Mapping[LineStop, int]) -> Neighbours:
    edges: list[list[tuple[int, int]]] = [[] for _ in numbers]
    for line in lines:
        for one, other in pairwise(numbers[stop] for stop in network.line_stops[line.slug]):
            edges[one].append((other, STATION[line.mode]))
            edges[other].append((one, STATION[line.mode]))
    for link in network.interchanges:
        one, other = (numbers.get(network.stations[link.station].stop(line), -1) for line in link.lines)
        if one >= 0 and other >= 0:
            cost = CHANGE + link.metres + (0 if link.inside else OUTSIDE)
            edges[one].append((other, cost))
            edges[other].append((one, cost))
    return tuple(map(tuple, edges))


def _runs(path: Sequence[LineStop]) -> Iterator[list[LineStop]]:
    """A path in pieces of one line each."""
    return (list(run) for _, run in groupby(path, key=lambda stop: stop.line.slug))


def _ride(run: Sequence[LineStop]) -> Ride:
    line = run[0].line
    board, *passed, alight = (stop.platform for stop in run)
    towards = line.platforms[-1 if run[-1].number > run[0].number else 0]
    return Ride(line, board, alight, towards, tuple(passed))


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
