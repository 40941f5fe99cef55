"""transit/maps.py, svg.py: maps that say where things are, in any colours, with words that keep clear of each other."""

import gzip
import re
from collections import defaultdict
from dataclasses import replace
from itertools import accumulate, pairwise
from math import hypot
from operator import sub
from xml.etree import ElementTree

import pytest

from guide.config import Paths
from guide.content import loader
from guide.transit import maps
from guide.transit.badges import PLAIN, badge, is_light
from guide.transit.svg import Frame

SVG = "{http://www.w3.org/2000/svg}"
LETTER, LINE = 0.58, 1.0
"""Width and height of a letter, in its size: upper estimates for the fonts of phones."""


@pytest.fixture(scope="module")
def network():
    return loader.load(Paths()).network


@pytest.fixture(scope="module")
def overview(network):
    sites = [(str(number), place.position) for number, place in enumerate(network.places, start=1) if place.position]
    return str(maps.overview(network, sites, "N", "Title & more", "Description"))


def around(network, place):
    others = [row for row in network.places if row.site == place.site and row is not place]
    return str(maps.site_map(network, place, others, "N", "Title", "Description"))


def all_maps(network, overview):
    return [overview, *(around(network, place) for place in network.places if place.position)]


def parsed(svg):
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def boxes(root):
    """Where the words of a map stand: left, top, right, bottom, and the words."""
    for text, box in zip(root.iter(f"{SVG}text"), everything(root), strict=True):
        if text.get("class") not in ("map__letter", "map__letter map__letter--dark", "map__number"):
            yield box


def test_no_words_lie_on_other_words_or_leave_the_map(network, overview):
    """Whoever reads a map in the sun need not guess."""
    for svg in all_maps(network, overview):
        root = parsed(svg)
        _, _, width, height = map(float, root.get("viewBox").split())
        found = list(boxes(root))

        for number, (left, top, right, bottom, words) in enumerate(found):
            assert left >= 0 and top >= 0 and right <= width and bottom <= height, words
            for other in found[number + 1 :]:
                apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                assert apart, (words, other[4])


def named(root, kind):
    """Each name of a map as a box, with its words: the two lines of a long one together."""
    rows = [
        box for text, box in zip(root.iter(f"{SVG}text"), everything(root), strict=True) if kind in text.get("class")
    ]
    while rows:
        left, top, right, bottom, words = rows.pop(0)
        if rows and rows[0][0] == left and 0 < rows[0][1] - bottom < 3:
            _, _, farther, bottom, more = rows.pop(0)
            right, words = max(right, farther), f"{words} {more}"
        yield words, (left, top, right, bottom)


def everything(root):
    for text in root.iter(f"{SVG}text"):
        size, x, y = (float(text.get(name)) for name in ("font-size", "x", "y"))
        yield x, y - size * 0.8, x + len(text.text) * size * LETTER, y + size * 0.2, text.text


def apart(box, point):
    """How far a point is from a box."""
    x, y = min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])
    return hypot(x - point[0], y - point[1])


def test_every_large_station_of_the_overview_has_its_name_and_no_name_is_another_s(network, overview):
    """A name is nearest to its own station, or a line leads from the one to the other past every other station."""
    root = parsed(overview)
    frame = Frame.around([platform for line in network.lines if line.running for platform in line.platforms], 18)
    at = {slug: frame.at(station.platform) for slug, station in network.stations.items()}
    slugs = {platform.name: slug for slug, platform in network.stations.items()}
    leaders = [[float(line.get(name)) for name in ("x1", "y1", "x2", "y2")] for line in root.iter(f"{SVG}line")]
    names = dict(named(root, "map__station-name"))
    large = [dot for dot in root.iter(f"{SVG}circle") if dot.get("class") == "map__station" and dot.get("cx")]

    assert len(names) == len(large) >= 15
    for name, box in names.items():
        own = at[slugs[name]]
        beside = all(apart(box, own) < apart(box, other) for other in at.values() if hypot(*map(sub, own, other)) > 4)
        led = [row for row in leaders if hypot(row[0] - own[0], row[1] - own[1]) < 1 and apart(box, row[2:]) < 3]
        assert beside or led, name
        assert apart(box, own) < 15 or led, name


def test_on_the_map_of_a_place_no_name_is_another_s(network, overview):
    """The same holds there for stations, places and the stops of buses."""
    for svg in all_maps(network, overview)[1:]:
        root = parsed(svg)
        west, north, east, south = (float(root.get(f"data-{name}")) for name in ("west", "north", "x-scale", "y-scale"))
        marks = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in root.iter(f"{SVG}circle") if dot.get("cx")]
        leaders = [
            [float(line.get(name)) for name in ("x1", "y1", "x2", "y2")]
            for line in root.iter(f"{SVG}line")
            if line.get("class") == "map__leader"
        ]
        spots = [platform for line in network.lines for platform in line.platforms]
        at = defaultdict(list)
        for spot in [*spots, *(place for place in network.places if place.position)]:
            position = getattr(spot, "position", spot)
            at[str(spot.name)].append(((position.longitude - west) * east, (north - position.latitude) * south))

        for name, box in [*named(root, "map__station-name"), *named(root, "map__title"), *named(root, "map__name")]:
            mine = at[name]
            others = [mark for mark in marks if all(hypot(*map(sub, mark, one)) > 4 for one in mine)]
            led = any(hypot(row[0] - x, row[1] - y) < 1 and apart(box, row[2:]) < 3 for row in leaders for x, y in mine)
            near = min(apart(box, one) for one in mine)
            assert led or all(near < apart(box, other) for other in others), name


def test_sites_are_pins_whose_tip_is_where_they_are(network, overview):
    """Their numbers look like no badge of a line."""
    root = parsed(overview)
    frame = Frame.around([platform for line in network.lines if line.running for platform in line.platforms], 18)
    pins = [row.get("d") for row in root.iter(f"{SVG}path") if row.get("class") == "map__site"]
    places = [place.position for place in network.places if place.position]

    assert [tuple(map(float, re.match(r"M(\S+) ([\d.]+)l", pin).groups())) for pin in pins] == [
        pytest.approx(frame.at(position), abs=0.06) for position in places
    ]


def test_a_bus_is_drawn_from_where_it_is_boarded_to_where_it_is_left(network):
    """Another line than the dashed one that is walked."""
    escalators = next(place for place in network.places_of("comuna-13") if place.approaches[0].bus)
    root = parsed(around(network, escalators))
    west, north, x, y = (float(root.get(f"data-{name}")) for name in ("west", "north", "x-scale", "y-scale"))
    rides = [
        [float(row.get(name)) for name in ("x1", "y1", "x2", "y2")]
        for row in root.iter(f"{SVG}line")
        if row.get("class") == "map__ride"
    ]

    assert rides == [
        pytest.approx(
            [number for stop in (bus.board, bus.alight)
             for number in ((stop.longitude - west) * x, (north - stop.latitude) * y)], abs=0.2)
        for bus in (network.bus[approach.bus] for approach in escalators.approaches if approach.bus)
    ]  # fmt: skip


def test_letters_are_large_enough_for_the_sun(network, overview):
    """12 px on a screen of 360 px, on which a map is 326 px wide: names, metres and the north."""
    for svg in all_maps(network, overview):
        root = parsed(svg)
        scale = 326 / float(root.get("viewBox").split()[2])
        words = [text for text in root.iter(f"{SVG}text") if "letter" not in text.get("class")]
        words = [text for text in words if "number" not in text.get("class")]
        assert all(float(text.get("font-size")) * scale >= 12 for text in words)


def test_the_stations_that_the_content_names_are_named(network, overview):
    assert {network.stations[slug].name for slug in network.area.named} <= {
        *dict(named(parsed(overview), "map__station-name"))
    }


def test_every_running_line_stands_on_the_overview_with_its_letter_at_both_ends(network, overview):
    """Colour is never the only sign of a line."""
    letters = [text.text for text in parsed(overview).iter(f"{SVG}text") if "map__letter" in text.get("class")]

    assert sorted(letters) == sorted(2 * [line.badge for line in network.lines])


def test_a_line_that_is_not_open_is_not_drawn(network):
    """The map shows what can be ridden."""
    future = replace(network, lines=tuple(replace(line, running=line.slug != "p") for line in network.lines))

    svg = str(maps.overview(future, [], "N", "Title", "Description"))

    assert ">A<" in svg and ">P<" not in svg


def test_every_line_has_a_casing_below_it(network, overview):
    """A yellow line on white and a blue one on black are seen by their edge, which has the colour of text."""
    others = ("map__bar", "map__north", "map__site")
    paths = [row for row in parsed(overview).iter(f"{SVG}path") if row.get("class") not in others]
    casing, *lines, stops = paths

    assert (casing.get("class"), stops.get("class")) == ("map__casing", "map__stops")
    assert casing.get("d") == stops.get("d") == "".join(line.get("d") for line in lines)
    assert float(casing.get("stroke-width")) > float(lines[0].get("stroke-width"))
    assert [line.get("stroke") or PLAIN for line in lines] == [line.colour or PLAIN for line in network.lines]


def segments(path):
    """The straight lines of a path, each as its two ends."""
    for run in path.split("M")[1:]:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", run)]
        points = list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True))
        yield from pairwise(points)


def test_the_map_of_a_place_draws_what_it_shows_of_a_line_and_no_more(network, overview):
    """Every part of a line that crosses the map is drawn; what lies beside it would only be downloaded."""
    for svg in all_maps(network, overview)[1:]:
        root = parsed(svg)
        west, north, x_scale, y_scale = (
            float(root.get(f"data-{name}")) for name in ("west", "north", "x-scale", "y-scale")
        )
        width, height = (float(number) for number in root.get("viewBox").split()[2:])
        drawn = [
            part
            for row in root.iter(f"{SVG}path")
            if row.get("class") == "map__casing"
            for part in segments(row.get("d"))
        ]

        for line in network.lines:
            at = [((one.longitude - west) * x_scale, (north - one.latitude) * y_scale) for one in line.platforms]
            for start, end in pairwise(at):
                middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
                inside = any(0 <= x <= width and 0 <= y <= height for x, y in (start, middle, end))
                is_drawn = any(hypot(*map(sub, start, one)) + hypot(*map(sub, end, other)) < 1 for one, other in drawn)
                assert is_drawn or not inside, (line.slug, start, end)
        assert all(
            min(one[axis], other[axis]) < most + 6 and max(one[axis], other[axis]) > -6
            for one, other in drawn
            for axis, most in enumerate((width, height))
        )


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_letter_of_a_badge_stands_out(network):
    """At least 4.5 to 1 between the letter and the colour of its line."""
    for line in network.lines:
        ground = luminance(line.colour or PLAIN)
        lighter, darker = (ground, 0.0) if is_light(line.colour or PLAIN) else (1.0, ground)

        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, line.badge
        assert f">{line.badge}</text>" in badge(line)


def test_a_map_has_a_title_and_a_description(network, overview):
    """A screen reader says what the map is, and where the same stands in words."""
    for svg in all_maps(network, overview):
        root = parsed(svg)

        named = root.get("aria-labelledby").split()

        assert root.get("role") == "img"
        assert [root.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == named
    assert '<title id="overview-title">Title &amp; more</title>' in overview


def test_a_position_is_put_where_the_station_is_drawn(network, overview):
    """A script finds the place of the phone on the map from the map's own attributes."""
    root, niquia = parsed(overview), network.stations["niquia"].platform
    x = (niquia.longitude - float(root.get("data-west"))) * float(root.get("data-x-scale"))
    y = (float(root.get("data-north")) - niquia.latitude) * float(root.get("data-y-scale"))

    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in root.iter(f"{SVG}circle") if dot.get("cx")]

    assert min(abs(x - left) + abs(y - top) for left, top in dots) < 0.2


def test_the_bar_is_as_long_as_it_says(network, overview):
    """Measured with the map's own scale, to a hundredth."""
    for svg in all_maps(network, overview):
        root = parsed(svg)
        bar = next(path for path in root.iter(f"{SVG}path") if path.get("class") == "map__bar")
        start, length = (float(found) for found in re.match(r"M(\S+) .*h(\S+)v", bar.get("d")).groups())
        metres_texts = [text for text in root.iter(f"{SVG}text") if text.get("class") == "map__metres"]
        bars = [text.text for text in metres_texts if float(text.get("x")) == start]
        amount, unit = bars[0].split()

        metres = length / float(root.get("data-y-scale")) * 111_195

        assert metres == pytest.approx(int(amount) * (1000 if unit == "km" else 1), rel=0.01)


def test_a_map_of_a_place_says_the_metres_of_its_straight_lines(network):
    """320 metres from the tram to the museum, as in the dossier."""
    museum = network.places_of("casa-de-la-memoria")[0]

    assert ">320 m</text>" in around(network, museum)


def test_a_place_without_a_position_has_no_map(network):
    """What is not known is not drawn."""
    museum = network.places_of("casa-de-la-memoria")[0]

    assert around(network, replace(museum, position=None)) == ""


def test_maps_cost_little(network, overview):
    """An overview under 25 KB and a map of a place under 8 KB, compressed."""
    sizes = [len(gzip.compress(svg.encode())) for svg in all_maps(network, overview)]

    assert sizes[0] < 25_000
    assert max(sizes[1:]) < 8_000


def test_the_same_network_gives_the_same_map(network, overview):
    """Readers download a map again only when something on it changed."""
    again = loader.load(Paths()).network

    assert all_maps(again, overview)[1:] == all_maps(network, overview)[1:]
