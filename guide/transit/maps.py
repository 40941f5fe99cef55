"""The two kinds of maps: the area with its lines, and the surroundings of a place."""

from collections.abc import Iterator, Sequence
from copy import deepcopy

from markupsafe import Markup

from guide.model.network import BusStop, Line, Network, Place, Platform, Position
from guide.transit.svg import METRES_A_DEGREE, Drawing, Frame

_AROUND = 600
"""Metres that a map of a place shows around it at least."""
_SIZE = 12.6
"""Of letters, in units: 12 px on the screen of a small phone, on which a map is a little narrower than its units."""
_TRIES = 12
"""How often names are placed anew until all have room."""


def overview(
    network: Network, sites: Sequence[tuple[str, Position]], north: str, title: str, description: str
) -> Markup:
    """The area with its running lines. `sites` are what to write on each site's mark, and where it lies."""
    lines = [line for line in network.lines if line.running]
    drawing = Drawing(Frame.around([platform for line in lines for platform in line.platforms], 18))
    drawing.lines(lines, 4, stop=1.8)
    drawing.scale(north)
    ends = {platform.slug for line in lines for platform in (line.platforms[0], line.platforms[-1])}
    large = {link.station for link in network.interchanges if link.inside and link.metres} | ends
    large |= {network.area.hub, *network.area.named}
    shown = [station.platform for slug, station in network.stations.items() if slug in large]
    for platform in shown:
        drawing.dot(platform, "station", 3.5)
        drawing.keep(platform, 3.5)
    for mark, position in sites:
        drawing.pin(position, mark)
    for line in lines:
        for platform in (line.platforms[0], line.platforms[-1]):
            drawing.badge_at_end(line, platform)
    return _named(drawing, shown).done("overview", "overview", title, description)


def _named(drawing: Drawing, platforms: Sequence[Platform]) -> Drawing:
    """A drawing with the names of stations: first where it is crowded, then again from those that found no room."""
    order = sorted(platforms, key=drawing.crowd, reverse=True)
    for _ in range(_TRIES):
        tried = deepcopy(drawing)
        missed = [platform for platform in order if not tried.label(platform, platform.name, "station-name", _SIZE)]
        if not missed:
            break
        order = [*missed, *(platform for platform in order if platform not in missed)]
    return tried


def site_map(
    network: Network, place: Place, others: Sequence[Place], north: str, title: str, description: str
) -> Markup:
    """The surroundings of a place: stations, stops of its buses, straight lines. Empty where no position is known."""
    if place.position is None:
        return Markup()
    here = place.position
    platforms = [network.stations[way.station].stop(way.line).platform for way in place.approaches]
    stops = list(_bus_stops(network, place))
    around = [other.position for other in others if other.position]
    drawing = Drawing(Frame.around([here, *platforms, *around, *(stop for stop, _ in stops), *_corners(here)], 30))
    lines = [line for line in network.lines if line.running]
    drawing.lines(lines, 5)
    drawing.scale(north)
    shown = [(line, platform) for line in lines for platform in line.platforms if drawing.frame.holds(platform)]
    for position in (here, *around, *(stop for stop, _ in stops), *(platform for _, platform in shown)):
        drawing.keep(position, 6)
    for _, platform in shown:
        drawing.dot(platform, "station", 4.5)
    for stop, _ in stops:
        drawing.dot(stop, "halt", 4)
    for approach, platform in zip(place.approaches, platforms, strict=True):
        bus = network.bus.get(approach.bus)
        if bus:
            drawing.ride(bus.board, bus.alight)
        drawing.straight(bus.alight if bus else platform, here)
    for spot in (place, *others):
        if spot.position:
            drawing.dot(spot.position, "place", 7 if spot is place else 5)
            kind, size = ("title", 13) if spot is place else ("name", _SIZE)
            drawing.label(spot.position, str(spot.name), kind, size, 9)  # a drawing holds no markup
    for platform in _by_station(shown):
        drawing.label(platform, platform.name, "station-name", _SIZE)
    for line in dict.fromkeys(line.slug for line, _ in shown):
        drawing.badge_at_end(network.line[line], next(platform for other, platform in shown if other.slug == line))
    for stop, name in stops:
        drawing.label(stop, name, "bus", _SIZE)
    return drawing.done(f"map-{place.slug}", "site", title, description)


def _bus_stops(network: Network, place: Place) -> Iterator[tuple[BusStop, str]]:
    """The stops of the buses to a place, each once, with what stops there."""
    names: dict[BusStop, list[str]] = {}
    for approach in place.approaches:
        bus = network.bus.get(approach.bus)
        for stop in (bus.board, bus.alight, bus.back) if bus else ():
            if stop and bus:
                names.setdefault(stop, []).append(bus.name.split()[0])
    return ((stop, ", ".join(dict.fromkeys(buses))) for stop, buses in names.items())


def _by_station(shown: Sequence[tuple[Line, Platform]]) -> list[Platform]:
    return list({platform.slug: platform for _, platform in reversed(shown)}.values())[::-1]


def _corners(here: Position) -> Iterator[Position]:
    """Positions that make a map reach far enough around a place."""
    for sign in (-1, 1):
        step = sign * _AROUND / METRES_A_DEGREE
        yield Position(latitude=here.latitude + step * 0.7, longitude=here.longitude + step)
