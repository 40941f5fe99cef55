"""directions.py: where a way leads, from every line, round a closed line, and as data for the script."""

import json
from dataclasses import replace

import pytest

from guide import create_app
from guide.config import Paths, Settings
from guide.content import loader
from guide.model.edition import HostDay, HostStop
from guide.site.pages import pages
from guide.transit import directions, export, routing
from guide.transit.destinations import destination, with_way
from guide.transit.routing import Ways


@pytest.fixture(scope="module")
def guide():
    return loader.load(Paths())


def followed(data, site, station):
    """The way that the script finds in the data: the line and station where each ride ends."""
    lines = [slug for slug, count in data["lines"] for _ in range(count)]
    at = data["sites"][site]["first"][[slug for slug, *_ in data["stations"]].index(station)]
    path = [at]
    while data["sites"][site]["next"][path[-1]] != path[-1]:
        path.append(data["sites"][site]["next"][path[-1]])
    names = [(lines[platform], data["stations"][data["platforms"][platform][0]][0]) for platform in path]
    rides = []
    for before, after in zip(names, names[1:], strict=False):
        if before[0] != after[0]:
            continue
        if rides and rides[-1][0] == after[0]:
            rides[-1] = after
        else:
            rides.append(after)
    return rides


def test_the_data_for_the_script_hold_the_same_ways(guide):
    """What the phone finds without a network is what the pages print."""
    data = json.loads(export.data(guide))
    network = guide.network

    for site in with_way(guide):
        ways = Ways(network, destination(guide, site))
        for station in network.stations:
            rides = [(ride.line.slug, ride.alight.slug) for ride in ways.way(station).rides]

            assert followed(data, site, station) == rides, (site, station)


def test_the_stretches_of_all_lines_name_every_station_once(guide):
    """Without scripts a person at any station finds the line that stands for it."""
    for site in with_way(guide):
        rows = directions.stretches(guide.network, Ways(guide.network, destination(guide, site)))

        named = [station.slug for stretches in rows.values() for stretch in stretches for station in stretch.stations]

        assert sorted(named) == sorted(guide.network.stations)


def test_a_stretch_has_the_same_way_from_each_of_its_stations(guide):
    """From Niquía to Parque Berrío everybody takes Line A to San Antonio and then Line B."""
    ways = Ways(guide.network, destination(guide, "comuna-13"))

    first, *_ = directions.stretches(guide.network, ways)["a"]

    assert (first.stations[0].name, first.stations[-1].name, len(first.stations)) == ("Niquía", "Parque Berrío", 10)
    for station in first.stations:
        rides = ways.way(station.slug).rides
        assert [(ride.line.badge, ride.alight.name) for ride in rides] == [("A", "San Antonio"), ("B", "San Javier")]


def test_a_detour_is_named_where_there_is_one(guide):
    """With Line A closed there is a way to Moravia, with Line B closed none to Comuna 13."""
    network = guide.network

    [moravia] = directions.detours(network, network.places_of("moravia")[0], "san-antonio")
    [comuna] = directions.detours(network, network.places_of("comuna-13")[0], "san-antonio")

    assert [ride.line.badge for ride in moravia.way.rides] == ["B", "O"]
    assert (comuna.line.badge, comuna.way) == ("B", None)


def test_a_meeting_point_has_its_own_way_and_leaves_the_site_its_own(miniature, edit):
    """Who meets at a café is led there on the day's page; directions to the site still lead to the site."""
    edit(
        "content/edition.toml",
        'time = "16:00"',
        'time = "16:00"\nmeeting_point = "Under the lamp"\naddress = "Pier 1"\nlatitude = 6.2402\nlongitude = -75.5700',
    )
    guide = loader.load(miniature)

    site, [(slug, found)] = (
        destination(guide, "lighthouse"),
        directions.arrivals(guide, guide.programme.day("1")).items(),
    )

    assert (site.name, site.address) == ("Door of the lighthouse", "")
    assert (slug, found.place.name, found.place.address, found.place.position.latitude) == (
        "lamp", "Under the lamp", "Pier 1", 6.2402,
    )  # fmt: skip
    assert [(row.station, row.line, row.bus) for row in found.place.approaches] == [("gate", "q", "")]


def test_two_meeting_points_of_one_site_are_both_told(guide):
    """The cultural centre and the foot of the hill of Moravia each have their own way."""
    centre = HostStop(meeting_point="Door", latitude=6.2757, longitude=-75.5646)
    foot = HostStop(meeting_point="Foot of the hill", latitude=6.2790, longitude=-75.5680)
    stops = {"moravia-cultural-centre": centre, "moravia-hill": foot}
    guide = replace(guide, edition=replace(guide.edition, days={"3": HostDay(stops=stops)}))

    found = directions.arrivals(guide, guide.programme.day("3"))

    assert [way.place.name for way in found.values()] == ["Door", "Foot of the hill"]
    assert found["moravia-cultural-centre"].there[-1].metres != found["moravia-hill"].there[-1].metres


def test_a_stop_without_a_site_and_the_day_itself_have_a_way(guide):
    """A lunch, and the hotel where the day begins, are led to like everything else, and the next stop from there."""
    hotel = {"meeting_point": "Hotel", "latitude": 6.2094, "longitude": -75.5679}
    lunch = HostStop(meeting_point="Café", latitude=6.2689, longitude=-75.5660)
    days = {"3": HostDay(**hotel, stops={"feedback": lunch})}
    guide = replace(guide, edition=replace(guide.edition, days=days))

    found, between = (
        directions.arrivals(guide, guide.programme.day("3")),
        directions.links(guide, guide.programme.day("3")),
    )

    assert list(found) == ["", "feedback"]
    assert between["feedback"][0].before == "Hotel" and between["feedback"][0].there
    assert between["moravia-hill"] == []


@pytest.mark.parametrize(
    ("latitude", "longitude", "kilometres"),
    [(6.1645, -75.4231, 14), (6.3500, -75.8600, 28), (6.2640, -75.5690, 0)],
)
def test_nobody_is_sent_on_foot_to_a_far_place(guide, latitude, longitude, kilometres):
    """Past a kilometre and a half from any station the page speaks of a taxi, not of a walk."""
    meeting = HostStop(meeting_point="Airport", latitude=latitude, longitude=longitude)
    guide = replace(guide, edition=replace(guide.edition, days={"3": HostDay(stops={"cepar": meeting})}))

    found = directions.arrivals(guide, guide.programme.day("3"))["cepar"]

    assert found.kilometres == found.there[-1].kilometres == kilometres
    assert directions.directions(guide, "cepar").there[-1].kilometres == kilometres


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("latitude = 6.24", ", longitude: a position needs latitude and longitude. Write both, or neither."),
        (
            "latitude = 40.4\nlongitude = -3.7",
            ": the position lies outside the area of the guide (40.4, -3.7). "
            "Correct latitude and longitude; here the latitude is positive and the longitude negative.",
        ),
    ],
)
def test_a_hosts_impossible_position_is_one_sentence(edit, problems, written, said):
    """A slip of the host's is found before visitors walk to the wrong place."""
    edit("content/edition.toml", 'time = "16:00"', f'time = "16:00"\n{written}')

    assert problems() == [f"content/edition.toml: days.1.stops.lamp{said}"]


def test_a_destination_is_searched_once_for_all_pages_and_languages(miniature):
    """Checks, data, pages of sites and of days ask for the same: ways to two places, and round one closed line."""
    routing.search.cache_clear()
    app = create_app(Settings(paths=miniature))
    site = app.extensions["guide"]()

    statuses = {app.test_client().get(f"/{address.path}").status_code for address in site.addresses}

    assert statuses == {200}
    assert routing.search.cache_info().misses == 3


def test_a_new_station_is_a_line_of_content(miniature, edit):
    """Adding a station to a line is enough: ways start there and pass it."""
    edit(
        "content/transit/lines.toml",
        '  { slug = "fish-hall"',
        '  { slug = "mole", name = "Mole", latitude = 6.255, longitude = -75.57 },\n  { slug = "fish-hall"',
    )
    network = loader.load(miniature).network
    ways = Ways(network, network.places_of("market")[0])

    there, passing = ways.way("mole"), ways.way("gate")

    assert [(ride.stations, ride.alight.slug) for ride in there.rides] == [(1, "fish-hall")]
    assert [station.slug for station in passing.rides[0].passed] == ["quay", "mole"]


def test_a_new_site_is_content_only(miniature, problems):
    """A site's own file and a row of places give it directions from every station."""
    sites, places = miniature.root / "content/sites", miniature.root / "content/transit/places.toml"
    tower = (
        (sites / "lighthouse.md")
        .read_text("utf-8")
        .replace('"Lighthouse"', '"Tower"')
        .replace("order = 2", "order = 3")
    )
    (sites / "tower.md").write_text(tower, "utf-8")
    row = '\n[[places]]\nslug = "top"\nsite = "tower"\nname = "Top"\n'
    row += "position = { latitude = 6.2502, longitude = -75.5605 }\n"
    row += 'sources = ["logbook"]\nconfidence = "high"\n'
    row += '\n[[places.approaches]]\nstation = "tower"\nline = "r"\n'
    places.write_text(places.read_text("utf-8") + row, "utf-8")

    assert problems() == []
    guide = loader.load(miniature)
    ways = Ways(guide.network, destination(guide, "tower"))
    assert [ride.line.badge for ride in ways.way("gate").rides] == ["Q", "R"]
    assert json.loads(export.data(guide))["sites"].keys() == {"market", "lighthouse", "tower"}


def test_between_two_sites_of_a_day_the_way_is_told(guide):
    """From one site to the next there are steps where the guide knows where both are."""
    days = [directions.links(guide, day) for day in guide.programme.days]
    stops = [[(stop.slug, stop.site) for stop in day.stops if stop.site] for day in guide.programme.days]

    for found, listed in zip(days, stops, strict=True):
        before = ""
        for slug, site in listed:
            known = guide.has_way(before) and guide.has_way(site) and before != site
            assert bool(found[slug]) == known
            before = site


def test_a_site_whose_place_nobody_knows_has_no_way(guide):
    """Nobody is sent off to a door that the guide does not know."""
    assert with_way(guide) == ["metro", "comuna-13", "moravia", "casa-de-la-memoria", "la-loma"]
    assert not guide.has_way("cepar") and not guide.has_way("seguridad") and not guide.has_way("")
    with pytest.raises(LookupError):
        destination(guide, "cepar")
    ways = {address.slug for address in pages(guide, ["en"]) if address.kind == "way"}
    assert ways == set(with_way(guide)) == json.loads(export.data(guide))["sites"].keys()


@pytest.mark.parametrize(
    ("written", "ends", "position"),
    [('address = "Pier 1"', "quay", False), ("latitude = 6.2601\nlongitude = -75.5700", "fish-hall", True)],
)
def test_the_host_gives_a_site_its_way(miniature, edit, written, ends, position):
    """With an address or a position of the host's, a site that the guide can't place has directions after all."""
    places = miniature.root / "content/transit/places.toml"
    places.write_text(places.read_text("utf-8").partition('[[places]]\nslug = "lighthouse-door"')[0], "utf-8")
    (miniature.root / "content/transit/buses.toml").write_text("", "utf-8")
    unknown = loader.load(miniature)
    edit("content/edition.toml", 'time = "16:00"', f'time = "16:00"\n{written}')
    guide = loader.load(miniature)

    place = destination(guide, "lighthouse")

    assert (unknown.has_way("lighthouse"), guide.has_way("lighthouse")) == (False, True)
    assert (place.name, place.position is not None) == ("Lighthouse", position)
    assert [row.station for row in place.approaches] == [ends]
    assert directions.directions(guide, "lighthouse").place == place


def test_what_else_leads_there_is_told_beside_a_closed_line(guide):
    """Where the lines of the guide lead nowhere else, the page names the street buses that a list has."""
    network = guide.network
    for site, words in (("comuna-13", "C23"), ("la-loma", "223"), ("casa-de-la-memoria", "C6-010")):
        [detour] = directions.detours(network, network.places_of(site)[0], "san-antonio")

        assert detour.way is None and words in detour.text


def test_the_years_of_stations_and_bus_stops_are_told_apart(guide):
    """Stops from a list of 2019 and 2020 are not passed off as data of today."""
    loma, moravia = (directions.directions(guide, site) for site in ("la-loma", "moravia"))

    assert (loma.surveyed, loma.by_bus, loma.bus_stops) == (2026, True, 2020)
    assert (moravia.by_bus, moravia.bus_stops) == (False, None)
