"""Where directions to a site lead: its place in the content, or the meeting point that the host gives."""

from collections.abc import Iterator
from dataclasses import replace

from guide.model import Guide
from guide.network import Approach, Network, Place, Position

HUB = "san-antonio"
"""Where ways begin until a reader chooses a start; a network without it begins at its first interchange."""
_NEAR = 1500
"""Metres in a straight line that a visitor may be sent on foot to a host's meeting point."""


def hub(network: Network) -> str:
    """The station where ways begin until a reader chooses one."""
    return HUB if HUB in network.stations else network.interchanges[0].station


def with_way(guide: Guide) -> list[str]:
    """The sites that directions lead to, in order; maps number them so."""
    return [slug for slug in guide.sites if guide.has_way(slug)]


def destination(guide: Guide, site: str) -> Place:
    """Where directions to a site lead: its first place, or the host's meeting point where the edition has one.

    Raises LookupError where neither is known.
    """
    meeting = guide.meeting_at(site)
    place = next(iter(guide.network.places_of(site)), None) or _unknown(guide, site)
    if meeting is None:
        return place
    name = meeting.meeting_point or place.name
    goal = "" if meeting.meeting_point else place.goal
    if meeting.latitude is None or meeting.longitude is None:
        return replace(place, name=name, goal=goal, address=meeting.address, position=None, approaches=_alone(place))
    position = Position(latitude=meeting.latitude, longitude=meeting.longitude)
    approaches = tuple(_approaches(guide.network, place, position))
    return replace(place, name=name, goal=goal, address=meeting.address, position=position, approaches=approaches)


def _alone(place: Place) -> tuple[Approach, ...]:
    """The approaches of a place whose address the host has changed: how long the walk takes is not known any more."""
    return tuple(replace(approach, minutes=()) for approach in place.approaches)


def _unknown(guide: Guide, site: str) -> Place:
    """A place for a site of which only the host knows where it is; the middle of the network is where to begin."""
    if not guide.has_way(site):
        raise LookupError(site)
    station = hub(guide.network)
    line = next(guide.network.lines_at(station)).slug
    name, approach = guide.sites[site].name, Approach(station=station, line=line)
    return Place(slug=site, site=site, name=name, approaches=(approach,), sources=(), confidence="low")


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
