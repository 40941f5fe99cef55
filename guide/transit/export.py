"""All directions as data for a script, without words of any language."""

import json

from guide.model.guide import Guide
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
    stops = [(line.slug, platform.slug) for line in lines for platform in line.platforms]
    numbers = {stop: number for number, stop in enumerate(stops)}
    stations = list(dict.fromkeys(station for _, station in stops))
    platforms = [network.platform(*stop) for stop in stops]
    sites = {}
    for slug in with_way(guide):
        ways = Ways(network, destination(guide, slug))
        firsts = [ways.first(station) for station in stations]
        sites[slug] = {
            "next": [numbers[ways.next[stop]] if stop in ways.next else -1 for stop in stops],
            "first": [-1 if first is None else numbers[first] for first in firsts],
        }
    found = {
        "area": [network.area.latitude, network.area.longitude, network.area.reach * 1000],
        "stations": [[slug, network.stations[slug].name, *network.stations[slug].aliases] for slug in stations],
        "lines": [[line.slug, len(line.platforms)] for line in lines],
        "platforms": [[stations.index(row.slug), row.latitude, row.longitude] for row in platforms],
        "changes": [
            [
                *(numbers[line, row.station] for line in row.lines),
                rounded(row.metres),
                int(row.inside),
                *([rounded(row.back)] if row.back is not None else []),
            ]
            for row in network.interchanges
            if all((line, row.station) in numbers for line in row.lines)
        ],
        "sites": sites,
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
