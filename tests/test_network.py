"""network.py: straight lines between positions, stations and their lines."""

import datetime as dt

import pytest

from guide.config import Paths
from guide.content import loader
from guide.model.network import Position
from guide.model.services import Days, Ending


@pytest.fixture(scope="module")
def network():
    return loader.load(Paths()).network


@pytest.mark.parametrize(
    ("line", "station", "place", "metres"),
    [
        ("t", "bicentenario", "museum", 320),
        ("b", "san-javier", "escalators", 1340),
        ("b", "san-javier", "library-park", 300),
        ("a", "caribe", "cultural-centre", 560),
        ("a", "universidad", "cultural-centre", 790),
        ("a", "caribe", "hill", 210),
        ("j", "vallejuelos", "branch-library", 1820),
        ("b", "san-javier", "branch-library", 2360),
    ],
)
def test_straight_lines_have_the_length_that_the_dossier_gives(network, line, station, place, metres):
    """Within ten metres of figures computed elsewhere."""
    goal = next(row for row in network.places if row.slug == place)

    found = network.stations[station].stop(line).platform.metres_to(goal.position)

    assert found == pytest.approx(metres, abs=10)


def test_a_degree_of_latitude_is_as_long_as_the_sphere_says():
    """6,371 km around: a degree is 111.195 km everywhere from north to south."""
    one, other = Position(latitude=6.0, longitude=-75.5), Position(latitude=7.0, longitude=-75.5)

    assert one.metres_to(other) == pytest.approx(111_195, abs=1)


def test_a_station_of_two_lines_is_one_station(network):
    """There are 84; San Antonio has three lines, and Prado of Line 2 is another than Prado of Line A."""
    assert len(network.stations) == 84
    assert [line.slug for line in network.stations["san-antonio"].lines] == ["a", "b", "t"]
    assert [line.slug for line in network.stations["prado"].lines] == ["a"]
    assert [line.slug for line in network.stations["prado-linea-2"].lines] == ["2"]


def test_a_line_that_does_not_stop_there_has_no_platform(network):
    """Asking for a platform that is not there is a mistake in the code."""
    with pytest.raises(KeyError):
        network.stations["niquia"].stop("b")


def test_lines_run_in_2017_as_the_dossier_says(network):
    """Nine lines ran during the Lab; M, O and P came later."""
    later = {line.badge: line.opened for line in network.lines if (line.opened or 0) > 2017}
    assert later == {"M": 2019, "P": 2021, "O": 2019}


def test_what_the_dossier_did_not_find_is_not_in_the_content(network):
    """No invented place, colour, year or change: gaps of the record of facts stay gaps."""
    places = {place.slug: place for place in network.places}
    lines = {line.badge: line for line in network.lines}

    assert not [place for place in network.places if place.position is None]
    assert not {place.site for place in network.places} & {"cepar", "seguridad"}
    assert [place.slug for place in places.values() if not place.address] == ["hill"]
    assert (lines["P"].colour, lines["O"].colour, lines["2"].opened) == ("", "", None)
    assert not [row for row in network.interchanges if row.station.startswith("prado")]
    assert network.bus["221i"].back is None


def test_lines_that_begin_later_on_sundays_are_told(network):
    """Trains, tram and buses begin at 5; cables K and L at 8:30, the others and Line P at 9."""
    half, nine = dt.time(8, 30), dt.time(9)

    assert network.late == {"k": half, "l": half, "h": nine, "j": nine, "m": nine, "p": nine}


RETURN_STOPS = {"floresta": (6.25921, -75.59757), "la-palma": (6.23243, -75.60210)}
"""Where Line O stops towards Caribe, in the operator's layer."""


@pytest.mark.parametrize(("station", "line"), [("floresta", "b"), ("la-palma", "1"), ("la-palma", "2")])
def test_a_change_to_line_o_has_its_metres_in_each_direction(network, station, line):
    """Towards Caribe the buses stop elsewhere; the walk is the one to that stop."""
    [row] = [row for row in network.interchanges if (row.station, *row.lines) == (station, line, "o")]
    latitude, longitude = RETURN_STOPS[station]

    there = network.stations[station].stop(line).platform

    assert row.metres == pytest.approx(there.metres_to(network.stations[station].stop("o").platform), abs=2)
    assert row.back == pytest.approx(there.metres_to(Position(latitude=latitude, longitude=longitude)), abs=2)


def test_line_l_is_never_said_to_run_later_than_a_source_says(network):
    """Its working days end at 18:00; what nobody states for other days is marked as inferred and ends no later."""
    rows = {row.days: row for row in network.services if "l" in row.lines}

    assert {row.last for row in rows.values()} == {dt.time(18)}
    assert rows[Days.TUESDAY_TO_FRIDAY].ending is Ending.STATED
    assert {rows[days].ending for days in (Days.SATURDAYS, Days.SUNDAYS_AND_HOLIDAYS)} == {Ending.INFERRED}


def test_hours_that_no_notice_states_for_a_line_say_so(network):
    """The notices speak of the whole network and promise connections: cables and buses end about then."""
    about = {line for row in network.services if row.ending is Ending.ABOUT for line in row.lines}
    trains = {line for row in network.services if row.ending is Ending.TRAINS for line in row.lines}

    assert about == {"k", "j", "h", "m", "p", "1", "2", "o"}
    assert trains == {"k", "j", "h", "m", "p"}
