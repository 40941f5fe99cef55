"""Where directions lead: to a site's place in the content, and to the meeting points that the host gives."""

from collections.abc import Iterator
from dataclasses import replace

from guide.model.edition import Meeting
from guide.model.guide import Guide
from guide.model.network import Approach, Network, Place, Platform, Position
from guide.model.programme import ProgrammeStop
from guide.model.sources import Confidence
from guide.transit.steps import ON_FOOT


def with_way(guide: Guide) -> list[str]:
    """The sites that directions lead to, in order; maps number them so."""
    return [slug for slug in guide.sites if guide.has_way(slug)]


def destination(guide: Guide, site: str) -> Place:
    """Where directions to a site lead: its first place, or the host's meeting point where the content has none.

    Raises LookupError where neither is known.
    """
    meeting = guide.meeting_at(site)
    place = next(iter(guide.network.places_of(site)), None)
    if place:
        return place
    if meeting is None or site not in guide.sites:
        raise LookupError(site)
    return meeting_place(guide, meeting, site, guide.sites[site].name)


def stop_place(guide: Guide, stop: ProgrammeStop) -> Place | None:
    """Where a stop is: the host's meeting point if it has a position, else its site; None if nobody knows."""
    if stop.latitude is not None:
        return meeting_place(guide, stop, stop.site, stop.activity)
    return destination(guide, stop.site) if guide.has_way(stop.site) else None


def meeting_place(guide: Guide, meeting: Meeting, site: str, name: str) -> Place:
    """A host's meeting point as a place. Without a position the way ends at the station of the site, or the hub."""
    known = next(iter(guide.network.places_of(site)), None)
    place = Place(
        slug=site, site=site, name=meeting.meeting_point or name, address=meeting.address, approaches=(), sources=(),
        confidence=Confidence.LOW,
    )  # fmt: skip
    if meeting.latitude is not None and meeting.longitude is not None:
        position = Position(latitude=meeting.latitude, longitude=meeting.longitude)
        approaches = tuple(_approaches(guide.network, known, position))
        return replace(place, position=position, approaches=approaches)
    if known:
        return replace(place, approaches=tuple(replace(approach, minutes=()) for approach in known.approaches))
    station = guide.network.area.hub
    return replace(place, approaches=(Approach(station=station, line=guide.network.stations[station].lines[0].slug),))


def nearest(network: Network, position: Position) -> tuple[Platform, str, float]:
    """The platform nearest to a position, the slug of its line, and the metres between the two."""
    distances = [
        (platform.metres_to(position), number, line.slug, platform)
        for number, line in enumerate(network.lines)
        if line.running
        for platform in line.platforms
    ]
    metres, _, line, platform = min(distances, key=lambda distance: distance[:2])
    return platform, line, metres


def _approaches(network: Network, known: Place | None, position: Position) -> Iterator[Approach]:
    """From the nearest station; by the bus of the site's own place, where that comes nearer than any station."""
    platform, line, metres = nearest(network, position)
    for approach in known.approaches if known else ():
        bus = network.bus.get(approach.bus)
        if bus and bus.alight.metres_to(position) < min(metres, ON_FOOT):
            yield approach
    yield Approach(station=platform.slug, line=line)
