"""A way as steps: what a person does one after the other, there, back, and between two places."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from guide.model.network import Approach, Bus, Halt, Line, Network, Place, Platform
from guide.transit.routing import Ride, Way, Ways, cost_of, rounded

ON_FOOT = 1500
"""Metres in a straight line that a visitor may be sent on foot."""


@dataclass(frozen=True)
class Change:
    """From one line to another at a station, over metres in a straight line."""

    kind: ClassVar = "change"
    station: Platform
    line: Line
    metres: int
    inside: bool


@dataclass(frozen=True)
class ToHalt:
    """On foot from the station to where a street bus stops."""

    kind: ClassVar = "to-halt"
    bus: Bus
    halt: Halt
    metres: int


@dataclass(frozen=True)
class BusRide:
    """On a street bus to where it is left."""

    kind: ClassVar = "bus"
    bus: Bus
    alight: Halt
    to_station: bool = False


@dataclass(frozen=True)
class _Walk:
    """On foot, or by taxi where nobody should be sent on foot. `metres` is None where the address is not known."""

    metres: int | None

    @property
    def kilometres(self) -> int:
        """The kilometres of a walk that is too long to be one; 0 of any other."""
        return round(self.metres / 1000) if self.metres is not None and self.metres > ON_FOOT else 0


@dataclass(frozen=True)
class ToPlace(_Walk):
    """On foot to the place. `minutes` are a source's, from and to."""

    kind: ClassVar = "to-place"
    place: Place
    minutes: tuple[int, ...] = ()


@dataclass(frozen=True)
class ToStation(_Walk):
    """On foot from the place, or from the bus, to the station where the ride back begins."""

    kind: ClassVar = "to-station"
    station: Platform


@dataclass(frozen=True)
class ToBus:
    """On foot from the place to where the bus for the way back stops; `halt` is None where that is not known."""

    kind: ClassVar = "to-bus"
    bus: Bus
    halt: Halt | None
    metres: int | None


Step = Ride | Change | ToHalt | BusRide | ToPlace | ToStation | ToBus


def steps(network: Network, way: Way) -> list[Step]:
    """The way there as steps."""
    return [*ride_steps(network, way.rides), *approach_steps(network, way.place, way.approach)]


def steps_back(network: Network, way: Way) -> list[Step]:
    """The same way back: every ride turned round, in the other order."""
    return [
        *return_steps(network, way.place, way.approach),
        *ride_steps(network, tuple(_turned(ride) for ride in reversed(way.rides))),
    ]


def approach_steps(network: Network, place: Place, approach: Approach) -> list[Step]:
    """The last part, from the platform to the place."""
    platform = network.platform(approach.line, approach.station)
    if not approach.bus:
        metres = rounded(platform.metres_to(place.position)) if place.position else None
        return [] if metres == 0 else [ToPlace(metres, place, approach.minutes)]
    bus = network.bus[approach.bus]
    metres = rounded(bus.alight.metres_to(place.position)) if place.position else None
    return [
        ToHalt(bus, bus.board, rounded(platform.metres_to(bus.board))),
        BusRide(bus, bus.alight),
        ToPlace(metres, place),
    ]


def return_steps(network: Network, place: Place, approach: Approach) -> list[Step]:
    """The first part of the way back, from the place to the station."""
    platform = network.platform(approach.line, approach.station)
    if not approach.bus:
        metres = rounded(platform.metres_to(place.position)) if place.position else None
        return [] if metres == 0 else [ToStation(metres, platform)]
    bus = network.bus[approach.bus]
    walk = rounded(place.position.metres_to(bus.back)) if place.position and bus.back else None
    return [
        ToBus(bus, bus.back, walk),
        BusRide(bus, bus.returns_to, to_station=True),
        ToStation(rounded(bus.returns_to.metres_to(platform)), platform),
    ]


def between(network: Network, here: Place, there: Place) -> list[Step]:
    """From one place to another: back to a station, then on. Empty when no station links them."""
    ways = Ways(network, there)
    found = []
    for number, approach in enumerate(here.approaches):
        way = ways.way(approach.station)
        if way is not None:
            cost = cost_of(network, here, approach) + way.cost
            found.append((cost, number, [*return_steps(network, here, approach), *steps(network, way)]))
    return min(found)[2] if found else []


def ride_steps(network: Network, rides: tuple[Ride, ...]) -> Iterator[Step]:
    """Rides with the changes between them."""
    for before, ride in zip((None, *rides), rides, strict=False):
        if before is not None:
            yield _change(network, before, ride)
        yield ride


def _change(network: Network, before: Ride, after: Ride) -> Change:
    lines = {before.line.slug: before, after.line.slug: after}
    row = next(row for row in network.interchanges if row.station == after.board.slug and {*row.lines} == {*lines})
    second = lines[row.lines[1]]
    homewards = second.towards.slug == second.line.platforms[0].slug
    metres = row.back if homewards and row.back is not None else row.metres
    return Change(after.board, after.line, rounded(metres), row.inside)


def _turned(ride: Ride) -> Ride:
    ends = (ride.line.platforms[0], ride.line.platforms[-1])
    towards = ends[0] if ride.towards is ends[1] else ends[1]
    return Ride(ride.line, ride.alight, ride.board, towards, ride.passed[::-1])
