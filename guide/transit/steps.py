"""A way as steps: what a person does one after the other, there, back, and between two places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from guide.model.network import Bus, BusStop, Interchange, Line, Network, Place, Platform
from guide.transit.routing import LastLeg, Ride, Way, Ways, last_leg, rounded

ON_FOOT = 1500
"""Metres in a straight line that a visitor may be sent on foot."""


@dataclass(frozen=True)
class Transfer:
    """From one line to another at a station, over metres in a straight line."""

    kind: ClassVar = "change"
    station: Platform
    line: Line
    metres: int
    inside: bool


@dataclass(frozen=True)
class ToBusStop:
    """On foot from the station to where a street bus stops."""

    kind: ClassVar = "to-bus-stop"
    bus: Bus
    stop: BusStop
    metres: int


@dataclass(frozen=True)
class BusRide:
    """On a street bus to where it is left."""

    kind: ClassVar = "bus"
    bus: Bus
    alight: BusStop
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
    """On foot from the place to where the bus for the way back stops; `stop` is None where that is not known."""

    kind: ClassVar = "to-bus"
    bus: Bus
    stop: BusStop | None
    metres: int | None


Step = Ride | Transfer | ToBusStop | BusRide | ToPlace | ToStation | ToBus


def steps(way: Way) -> list[Step]:
    """The way there as steps."""
    return [*ride_steps(way), *approach_steps(way.last)]


def steps_back(way: Way) -> list[Step]:
    """The same way back: every ride turned round, in the other order."""
    rides = tuple(_turned(ride) for ride in reversed(way.rides))
    return [*return_steps(way.last), *_with_changes(rides, way.interchanges[::-1])]


def ride_steps(way: Way) -> Iterator[Step]:
    """The rides of a way with the changes between them."""
    return _with_changes(way.rides, way.interchanges)


def approach_steps(leg: LastLeg) -> list[Step]:
    """The last part, from the platform to the place."""
    metres = None if leg.to_place is None else rounded(leg.to_place)
    if not leg.bus:
        return [] if metres == 0 else [ToPlace(metres, leg.place, leg.approach.minutes)]
    return [
        ToBusStop(leg.bus, leg.bus.board, rounded(leg.to_bus)),
        BusRide(leg.bus, leg.bus.alight),
        ToPlace(metres, leg.place),
    ]


def return_steps(leg: LastLeg) -> list[Step]:
    """The first part of the way back, from the place to the station."""
    bus = leg.bus
    if not bus:
        metres = None if leg.to_place is None else rounded(leg.to_place)
        return [] if metres == 0 else [ToStation(metres, leg.platform)]
    position = leg.place.position
    return [
        ToBus(bus, bus.back, rounded(position.metres_to(bus.back)) if position and bus.back else None),
        BusRide(bus, bus.returns_to, to_station=True),
        ToStation(rounded(bus.returns_to.metres_to(leg.platform)), leg.platform),
    ]


def between(network: Network, here: Place, there: Place) -> list[Step]:
    """From one place to another: back to a station, then on. Empty when no station links them."""
    ways = Ways(network, there)
    links: list[tuple[int, list[Step]]] = []
    for leg in (last_leg(network, here, approach) for approach in here.approaches):
        way = ways.way(leg.approach.station)
        if way is not None:
            links.append((leg.cost + way.cost, [*return_steps(leg), *steps(way)]))
    return min(links, key=lambda link: link[0])[1] if links else []


def _with_changes(rides: Sequence[Ride], interchanges: Sequence[Interchange]) -> Iterator[Step]:
    for number, ride in enumerate(rides):
        if number:
            yield _change(interchanges[number - 1], rides[number - 1], ride)
        yield ride


def _change(interchange: Interchange, before: Ride, after: Ride) -> Transfer:
    second = next(ride for ride in (before, after) if ride.line.slug == interchange.lines[1])
    homewards = second.towards.slug == second.line.platforms[0].slug
    metres = interchange.back if homewards and interchange.back is not None else interchange.metres
    return Transfer(after.board, after.line, rounded(metres), interchange.inside)


def _turned(ride: Ride) -> Ride:
    ends = (ride.line.platforms[0], ride.line.platforms[-1])
    towards = ends[0] if ride.towards is ends[1] else ends[1]
    return Ride(ride.line, ride.alight, ride.board, towards, ride.passed[::-1])
