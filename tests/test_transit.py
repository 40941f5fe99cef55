"""transit/routing.py: ways from every station to every site, worked out by hand and by their properties."""

from dataclasses import replace

import pytest

from guide.config import Paths
from guide.content import loader
from guide.model.services import Days
from guide.transit.routing import Ride, Ways, resting
from guide.transit.steps import steps_back

JOURNEYS = [
    # start, site, rides: line, towards, stations, get off at. Counted by finger along the stations of each line.
    ("niquia", "comuna-13", "A La Estrella 10 San Antonio; B San Javier 6 San Javier"),
    ("caribe", "comuna-13", "A La Estrella 5 San Antonio; B San Javier 6 San Javier"),
    ("poblado", "comuna-13", "A Niquía 4 San Antonio; B San Javier 6 San Javier"),
    ("la-estrella", "comuna-13", "A Niquía 10 San Antonio; B San Javier 6 San Javier"),
    ("estadio", "comuna-13", "B San Javier 3 San Javier"),
    ("oriente", "comuna-13", "T San Antonio 8 San Antonio; B San Javier 6 San Javier"),
    ("la-aurora", "comuna-13", "J San Javier 3 San Javier"),
    ("san-javier", "comuna-13", ""),
    (
        "santo-domingo-savio",
        "comuna-13",
        "K Acevedo 3 Acevedo; A La Estrella 7 San Antonio; B San Javier 6 San Javier",
    ),
    ("villa-sierra", "comuna-13", "H Oriente 2 Oriente; T San Antonio 8 San Antonio; B San Javier 6 San Javier"),
    (
        "trece-de-noviembre",
        "comuna-13",
        "M Miraflores 2 Miraflores; T San Antonio 5 San Antonio; B San Javier 6 San Javier",
    ),
    ("el-progreso", "comuna-13", "P Acevedo 3 Acevedo; A La Estrella 7 San Antonio; B San Javier 6 San Javier"),
    ("laureles", "comuna-13", "O Caribe 2 Floresta; B San Javier 2 San Javier"),
    ("pilarica", "comuna-13", "O La Palma 5 Floresta; B San Javier 2 San Javier"),
    ("minorista", "comuna-13", "1 Universidad de Medellín 1 Cisneros; B San Javier 5 San Javier"),
    ("plaza-mayor", "comuna-13", "1 Parque Aranjuez 1 Cisneros; B San Javier 5 San Javier"),
    ("itagui", "la-loma", "A Niquía 8 San Antonio; B San Javier 6 San Javier"),
    ("suramericana", "la-loma", "B San Javier 4 San Javier"),
    ("juan-xxiii", "la-loma", "J San Javier 1 San Javier"),
    ("hospital", "la-loma", "A La Estrella 3 San Antonio; B San Javier 6 San Javier"),
    ("parque-aranjuez", "la-loma", "1 Universidad de Medellín 11 Cisneros; B San Javier 5 San Javier"),
    ("la-estrella", "moravia", "A Niquía 14 Universidad"),
    ("bello", "moravia", "A La Estrella 4 Caribe"),
    ("san-javier", "moravia", "B San Antonio 6 San Antonio; A Niquía 4 Universidad"),
    ("buenos-aires", "moravia", "T San Antonio 4 San Antonio; A Niquía 4 Universidad"),
    ("popular", "moravia", "K Acevedo 2 Acevedo; A La Estrella 2 Caribe"),
    ("sena", "moravia", "P Acevedo 1 Acevedo; A La Estrella 2 Caribe"),
    ("cordoba", "moravia", "O Caribe 2 Caribe"),
    ("gardel", "moravia", "1 Universidad de Medellín 3 Hospital; A Niquía 1 Universidad"),
    ("nutibara", "moravia", "2 Parque Aranjuez 1 Industriales; A Niquía 7 Universidad"),
    ("la-aurora", "moravia", "J San Javier 3 San Javier; B San Antonio 6 San Antonio; A Niquía 4 Universidad"),
    ("caribe", "moravia", ""),
    ("universidad", "moravia", ""),
    ("hospital", "moravia", "A Niquía 1 Universidad"),
    ("tricentenario", "moravia", "A La Estrella 1 Caribe"),
    (
        "el-progreso",
        "casa-de-la-memoria",
        "P Acevedo 3 Acevedo; A La Estrella 7 San Antonio; T Oriente 3 Bicentenario",
    ),
    ("miraflores", "casa-de-la-memoria", "T San Antonio 2 Bicentenario"),
    ("el-pinal", "casa-de-la-memoria", "M Miraflores 1 Miraflores; T San Antonio 2 Bicentenario"),
    ("las-torres", "casa-de-la-memoria", "H Oriente 1 Oriente; T San Antonio 5 Bicentenario"),
    ("envigado", "casa-de-la-memoria", "A Niquía 7 San Antonio; T Oriente 3 Bicentenario"),
    ("cisneros", "casa-de-la-memoria", "B San Antonio 1 San Antonio; T Oriente 3 Bicentenario"),
    ("la-playa", "casa-de-la-memoria", "2 Universidad de Medellín 1 San José; T Oriente 2 Bicentenario"),
    ("bicentenario", "casa-de-la-memoria", ""),
    ("santa-lucia", "metro", "B San Antonio 5 San Antonio"),
    ("loyola", "metro", "T San Antonio 6 San Antonio"),
    ("sabaneta", "metro", "A Niquía 9 San Antonio"),
    ("madera", "metro", "A La Estrella 8 San Antonio"),
    (
        "arvi",
        "metro",
        "L Santo Domingo Savio 1 Santo Domingo Savio; K Acevedo 3 Acevedo; A La Estrella 7 San Antonio",
    ),
    ("acevedo", "metro", "A La Estrella 7 San Antonio"),
    ("floresta", "metro", "B San Antonio 4 San Antonio"),
    ("universidad-de-medellin", "metro", "2 Parque Aranjuez 7 Industriales; A Niquía 3 San Antonio"),
    ("san-antonio", "metro", ""),
]


@pytest.fixture(scope="module")
def network():
    return loader.load(Paths()).network


@pytest.fixture(scope="module")
def places(network):
    """The place that directions to each site lead to."""
    return {place.site: network.places_of(place.site)[0] for place in network.places}


@pytest.fixture(scope="module")
def every(network, places):
    """The way from every station to every site."""
    return [Ways(network, place).way(station) for place in places.values() for station in network.stations]


def written(rides):
    return "; ".join(f"{ride.line.badge} {ride.towards.name} {ride.stations} {ride.alight.name}" for ride in rides)


@pytest.mark.parametrize(("start", "site", "rides"), JOURNEYS, ids=lambda value: str(value)[:20])
def test_a_way_is_the_one_that_a_person_would_name(network, places, start, site, rides):
    """Line, direction, number of stations and where to get off, as counted by hand."""
    way = Ways(network, places[site]).way(start)

    assert written(way.rides) == rides


@pytest.mark.parametrize(("start", "site", "rides"), JOURNEYS, ids=lambda value: str(value)[:20])
def test_the_way_back_mirrors_the_way_there(network, places, start, site, rides):
    """The same lines in the other order, towards the other end, with as many stations."""
    there = [leg for leg in rides.split("; ") if leg]
    way = Ways(network, places[site]).way(start)

    back = [step for step in steps_back(way) if isinstance(step, Ride)]

    assert [(ride.line.badge, ride.stations) for ride in back[::-1]] == [
        (leg.split()[0], int(next(word for word in leg.split()[1:] if word.isdecimal()))) for leg in there
    ]
    for ride, turned in zip(way.rides, back[::-1], strict=True):
        assert (ride.board, ride.alight) == (turned.alight, turned.board)
        assert {ride.towards, turned.towards} == {ride.line.platforms[0], ride.line.platforms[-1]}


def test_from_every_station_there_is_a_way_to_every_site(network, places, every):
    """Nobody is left without directions."""
    assert len(every) == len(places) * len(network.stations) >= 5 * 84
    assert None not in every


def test_no_way_passes_a_station_twice(every):
    """Nobody rides past a stop and back."""
    for way in every:
        stations = [way.start.slug]
        for ride in way.rides:
            stations += [*(platform.slug for platform in ride.passed), ride.alight.slug]

        assert len(stations) == len(set(stations)), stations


def test_every_change_is_an_interchange_of_the_content(network, every):
    """Two rides follow each other only where the content says that their lines meet."""
    known = {(row.station, frozenset(row.lines)) for row in network.interchanges}

    found = {
        (after.board.slug, frozenset((before.line.slug, after.line.slug)))
        for way in every
        for before, after in zip(way.rides, way.rides[1:], strict=False)
    }

    assert found and found <= known


def test_the_same_question_has_the_same_answer(network, places, every):
    """Ways that cost the same are told apart by the order of the content, not by chance."""
    again = [Ways(network, place).way(station) for place in places.values() for station in network.stations]

    assert again == every


@pytest.mark.parametrize("closed", ["a", "b", "t", "k", "j", "l", "h", "m", "p", "1", "2", "o"])
def test_a_closed_line_is_avoided_and_makes_no_way_cheaper(network, places, closed):
    """With a line closed a way goes round it, or there is none."""
    for place in places.values():
        usual, around = Ways(network, place), Ways(network, place, {closed})
        for station in network.stations:
            way = around.way(station)

            assert way is None or closed not in {ride.line.slug for ride in way.rides}
            assert way is None or way.cost >= usual.way(station).cost


def test_a_way_round_a_closed_line_is_found(network, places):
    """With Line A closed, Moravia is reached by Line B and the buses of Line O."""
    way = Ways(network, places["moravia"], {"a"}).way("san-antonio")

    assert written(way.rides) == "B San Javier 4 Floresta; O Caribe 8 Caribe"


def test_a_line_that_is_not_open_yet_is_never_ridden(network, places):
    """A line of the future stands in the content without leading anybody astray."""
    future = replace(
        network, lines=tuple(replace(line, running=line.slug != "o") for line in network.lines)
    )  # fmt: skip

    ways = [Ways(future, place).way(station) for place in places.values() for station in future.stations]

    assert {ride.line.slug for way in ways if way for ride in way.rides} == {
        "a", "b", "t", "k", "j", "l", "h", "m", "p", "1", "2",
    }  # fmt: skip
    assert Ways(future, places["moravia"]).way("cordoba") is None


@pytest.mark.parametrize(
    ("days", "clock", "rest"),
    [
        (Days.MONDAY_TO_SATURDAY, "10:00", {"l"}),
        (Days.TUESDAY_TO_FRIDAY, "10:00", set()),
        (Days.TUESDAY_TO_FRIDAY, "19:00", {"l"}),
        (Days.SATURDAYS, "10:00", set()),
        (Days.SATURDAYS, "19:00", {"l"}),
        (Days.SUNDAYS_AND_HOLIDAYS, "08:00", {"k", "l", "j", "h", "m", "p"}),
        (Days.SUNDAYS_AND_HOLIDAYS, "08:45", {"j", "h", "m", "p"}),
        (Days.SUNDAYS_AND_HOLIDAYS, "09:00", set()),
        (Days.SUNDAYS_AND_HOLIDAYS, "18:30", {"l"}),
        (Days.SUNDAYS_AND_HOLIDAYS, "22:30", {"a", "b", "t", "k", "j", "l", "h", "m", "p", "1", "2", "o"}),
        (Days.MONDAY_TO_SATURDAY, "03:00", {"a", "b", "t", "k", "j", "l", "h", "m", "p", "1", "2", "o"}),
    ],
)
def test_lines_rest_as_their_services_say(network, days, clock, rest):
    """Cables start late on Sundays; Line L is closed on the first working day of the week and every evening."""
    assert resting(network, days, clock) == rest


def test_on_a_sunday_morning_no_way_uses_a_cable(network, places):
    """What rests can be closed: before nine on a Sunday a way keeps to the ground, or there is none."""
    closed = resting(network, Days.SUNDAYS_AND_HOLIDAYS, "07:30")

    ways = Ways(network, places["comuna-13"], closed)

    assert ways.way("santo-domingo-savio") is None
    assert written(ways.way("niquia").rides) == "A La Estrella 10 San Antonio; B San Javier 6 San Javier"
