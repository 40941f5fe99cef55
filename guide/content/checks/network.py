"""What can be wrong with the network: names that lead nowhere, impossible places, ways that do not exist."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

from guide.content.layout import SLUG, file_of
from guide.content.loader import repeated
from guide.model.guide import Guide
from guide.model.network import Area, Network, Position
from guide.problems import Problem, suggestion
from guide.transit.routing import Ways

_FARTHEST = 400
"""Metres that an interchange may have: past this the two are different stations."""
_SLACK = 60
"""Metres by which the written length of an interchange may differ from the one between its positions."""


def check_network(guide: Guide) -> Iterator[Problem]:
    """Everything that is wrong with the network of a guide."""
    network = guide.network
    yield from _area(network)
    yield from _slugs(network)
    yield from _lines(network)
    yield from _positions(network)
    faults = [*_interchanges(network), *_services(network), *_places(guide)]
    yield from faults
    if not faults:
        yield from _ways(guide)


def _problem(kind: str, slug: str, what: str, remedy: str) -> Problem:
    return Problem(file_of(("network", kind)), slug, what, remedy)


def _area(network: Network) -> Iterator[Problem]:
    """Directions begin at a station that runs, and the area is one."""
    hub = network.area.hub
    if hub not in network.stations:
        yield _problem("area", "area, hub", f'there is no station "{hub}".', suggestion(hub, network.stations))
    for named in network.area.named:
        if named not in network.stations:
            yield _problem(
                "area", "area, named", f'there is no station "{named}".', suggestion(named, network.stations)
            )
    if hub in network.stations and not any(line.running for line in network.stations[hub].lines):
        yield _problem("area", "area, hub", f'no line runs at "{hub}" yet.', "Name a station of a line that runs.")
    if network.area.reach < 1:
        what = f"the reach is {network.area.reach} km."
        yield _problem("area", "area, reach", what, "Write the kilometres within which everything lies.")


def _slugs(network: Network) -> Iterator[Problem]:
    for kind, things in (("lines", network.lines), ("buses", network.buses), ("places", network.places)):
        slugs = [thing.slug for thing in things]
        for slug in repeated(slugs):
            yield _problem(kind, slug, "this slug is there twice.", "Rename one of them.")
        for slug in slugs:
            if not SLUG.fullmatch(slug):
                yield _problem(kind, slug, "this is not a slug.", "Use a–z, 0–9 and single hyphens.")
    for kind, records in network.records.items():
        for number, record in enumerate(records, start=1):
            name = str(getattr(record, "slug", number))
            if not record.sources:
                yield _problem(kind, name, "no source is named.", "Write sources = [ … ] with slugs of sources.toml.")


def _lines(network: Network) -> Iterator[Problem]:
    names: dict[str, str] = {}
    for line in network.lines:
        if len(line.platforms) < 2:
            yield _problem("lines", line.slug, "a line needs two stations.", "Add its stations, in order.")
        if line.colour and not re.fullmatch("#[0-9A-Fa-f]{6}", line.colour):
            what = f'"{line.colour}" is not a colour.'
            yield _problem("lines", line.slug, what, "Write it like #0054A4, or leave it out.")
        for slug in repeated(platform.slug for platform in line.platforms):
            yield _problem("lines", line.slug, f'the station "{slug}" is there twice.', "Remove one of them.")
        for platform in line.platforms:
            if not SLUG.fullmatch(platform.slug):
                what = f'the station "{platform.slug}" has no slug.'
                yield _problem("lines", line.slug, what, "Use a–z, 0–9 and single hyphens.")
            if names.setdefault(platform.slug, platform.name) != platform.name:
                what = f'the station "{platform.slug}" is called {names[platform.slug]} and {platform.name}.'
                yield _problem("lines", line.slug, what, "Write one name, or give the two stations two slugs.")


def _positions(network: Network) -> Iterator[Problem]:
    """Nothing lies outside the area of the guide."""
    for kind, slug, name, position in _placed(network):
        if not network.area.holds(position):
            what = f"{name} lies outside the area of the guide ({position.latitude}, {position.longitude})."
            yield _problem(kind, slug, what, remedy_outside(network.area))


def remedy_outside(area: Area) -> str:
    """What to do about a position outside the area: a sign is lost more often than a digit."""
    signs = ["negative" if degrees < 0 else "positive" for degrees in (area.latitude, area.longitude)]
    return f"Correct latitude and longitude; here the latitude is {signs[0]} and the longitude {signs[1]}."


def _placed(network: Network) -> Iterator[tuple[str, str, str, Position]]:
    for line in network.lines:
        yield from (("lines", line.slug, platform.name, platform) for platform in line.platforms)
    for bus in network.buses:
        for stop in (bus.board, bus.alight, bus.back, bus.returns_to):
            if stop:
                yield "buses", bus.slug, stop.address, stop
    for place in network.places:
        if place.position:
            yield "places", place.slug, place.name, place.position


def _interchanges(network: Network) -> Iterator[Problem]:
    meeting = {
        (station, frozenset(pair))
        for station in network.stations
        for pair in combinations([line.slug for line in network.stations[station].lines], 2)
    }
    listed = [(interchange.station, frozenset(interchange.lines)) for interchange in network.interchanges]
    for interchange in network.interchanges:
        lines = " and ".join(interchange.lines)
        if len(interchange.lines) != 2 or (interchange.station, frozenset(interchange.lines)) not in meeting:
            what = f"{lines} are not two lines that stop at this station."
            yield _problem("interchanges", interchange.station, what, "Correct the station or the lines.")
            continue
        one, other = (network.stations[interchange.station].stop(line).platform for line in interchange.lines)
        metres = round(one.metres_to(other))
        if metres > _FARTHEST:
            what = f"{lines} stop {metres} m apart, which is too far for a change."
            yield _problem("interchanges", interchange.station, what, "Give the two stations two slugs.")
        elif interchange.back is not None and abs(interchange.back - interchange.metres) > _FARTHEST:
            what = f"{lines} stop {interchange.metres} m apart one way and {interchange.back} m the other."
            yield _problem("interchanges", interchange.station, what, "Correct one of them.")
        elif abs(metres - interchange.metres) > _SLACK:
            what = f"{lines} stop {metres} m apart, not {interchange.metres}."
            yield _problem("interchanges", interchange.station, what, "Correct the metres or the positions.")
    for station, pair in sorted(meeting - set(listed), key=lambda link: (link[0], sorted(link[1]))):
        what = f"{' and '.join(sorted(pair))} stop here, but no interchange says how far apart."
        yield _problem("interchanges", station, what, "Add a row for them; one row serves both directions.")
    for station in sorted({link[0] for link in listed if listed.count(link) > 1}):
        yield _problem("interchanges", station, "this interchange is there twice.", "Remove one of them.")


def _services(network: Network) -> Iterator[Problem]:
    for number, service in enumerate(network.services, start=1):
        yield from _unknown("services", f"services {number}", "line", service.lines, network.line)
        if service.first >= service.last:
            yield _problem("services", f"services {number}", "the last departure is before the first.", "Swap the two.")
    serving = {line for service in network.services for line in service.lines}
    for line in network.lines:
        if line.running and line.slug not in serving:
            what = f'no service says when line "{line.slug}" runs.'
            yield _problem("services", "", what, "Add it to the lines of a service, or mark it running = false.")


def _places(guide: Guide) -> Iterator[Problem]:
    network = guide.network
    for place in network.places:
        yield from _unknown("places", place.slug, "site", [place.site], guide.sites)
        if not place.approaches:
            yield _problem("places", place.slug, "no approach leads here.", "Add a block [[places.approaches]].")
        for approach in place.approaches:
            yield from _unknown("places", place.slug, "station", [approach.station], network.stations)
            yield from _unknown("places", place.slug, "line", [approach.line], network.line)
            yield from _unknown("places", place.slug, "bus", [approach.bus] if approach.bus else [], network.bus)
            known = approach.station in network.stations and approach.line in network.line
            if approach.minutes and (len(approach.minutes) != 2 or approach.minutes[0] > approach.minutes[1]):
                what = f"the minutes of the walk are {', '.join(map(str, approach.minutes))}."
                yield _problem("places", place.slug, what, "Write the fewest and the most: minutes = [10, 12].")
            if known and approach.line not in {line.slug for line in network.stations[approach.station].lines}:
                what = f'line "{approach.line}" does not stop at "{approach.station}".'
                yield _problem("places", place.slug, what, "Name a line that does.")
        yield from _unknown("places", place.slug, "line", [instead.line for instead in place.instead], network.line)
    used = {approach.bus for place in network.places for approach in place.approaches}
    for bus in network.buses:
        if bus.slug not in used:
            yield _problem("buses", bus.slug, "no place is reached by this bus.", "Use it, or remove it.")


def _ways(guide: Guide) -> Iterator[Problem]:
    for place in guide.network.places:
        ways = Ways(guide.network, place)
        for slug, station in guide.network.stations.items():
            running = any(line.running for line in station.lines)
            if running and ways.first(slug) is None:
                what = f"no way leads here from {station.name}."
                yield _problem("places", place.slug, what, "Join its lines by an interchange.")
                break


def _unknown(kind: str, slug: str, what: str, names: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield _problem(kind, slug, f'there is no {what} "{name}".', suggestion(name, known))
