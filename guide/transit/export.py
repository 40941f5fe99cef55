"""All directions as data for a script, without words of any language."""

import json
from collections.abc import Iterator, Mapping

from guide.model.guide import Guide
from guide.model.network import LineStop, Network, Station
from guide.transit.destinations import destination, with_way
from guide.transit.routing import Ways, rounded


def data(guide: Guide) -> bytes:
    """All directions as JSON, from which a script follows a way.

    `area`: latitude and longitude of its middle, and the metres within which everything lies.
    `stations`: slug, name, other names. `lines`: slug and number of platforms. `platforms`: line after line the
    station's number, latitude and longitude. `changes`: two platforms, metres, 1 where the way stays inside, and the
    metres where the second line stops elsewhere on its way to its first station.
    `sites`: by slug `next`, for every platform the one that follows (itself at the end, -1 where there is none), and
    `first`, for every station the platform to begin at.
    """
    network = guide.network
    lines = [line for line in network.lines if line.running]
    stops = [stop for line in lines for stop in network.line_stops[line.slug]]
    numbers = {stop: number for number, stop in enumerate(stops)}
    stations = list(dict.fromkeys(stop.platform.slug for stop in stops))
    sites = {}
    for slug in with_way(guide):
        ways = Ways(network, destination(guide, slug))
        firsts = [ways.first(station) for station in stations]
        sites[slug] = {
            "next": [numbers[ways.next[stop]] if stop in ways.next else -1 for stop in stops],
            "first": [-1 if first is None else numbers[first] for first in firsts],
        }
    directions = {
        "area": [network.area.latitude, network.area.longitude, network.area.reach * 1000],
        "stations": [_names(network.stations[slug]) for slug in stations],
        "lines": [[line.slug, len(line.platforms)] for line in lines],
        "platforms": [
            [stations.index(stop.platform.slug), stop.platform.latitude, stop.platform.longitude] for stop in stops
        ],
        "changes": list(_changes(network, numbers)),
        "sites": sites,
    }
    return json.dumps(directions, ensure_ascii=False, separators=(",", ":")).encode()


def _names(station: Station) -> list[str]:
    return [station.slug, station.name, *station.platform.aliases]


def _changes(network: Network, numbers: Mapping[LineStop, int]) -> Iterator[list[int]]:
    """The interchanges between lines that run, by the numbers of their two platforms."""
    for link in network.interchanges:
        one, other = (numbers.get(network.stations[link.station].stop(line)) for line in link.lines)
        if one is not None and other is not None:
            back = [] if link.back is None else [rounded(link.back)]
            yield [one, other, rounded(link.metres), int(link.inside), *back]
