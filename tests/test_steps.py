"""steps.py: what a person does one after the other, there, back, and between two sites."""

import pytest

from guide.config import Paths
from guide.content import loader
from guide.transit.routing import Ways, last_leg
from guide.transit.steps import approach_steps, between, return_steps, steps, steps_back


@pytest.fixture(scope="module")
def network():
    return loader.load(Paths()).network


def place(network, site):
    return network.places_of(site)[0]


def written(steps):
    """Every step as its kind with what tells it apart."""
    rows = []
    for step in steps:
        match step.kind:
            case "ride":
                rows.append(f"ride {step.line.badge} {step.alight.slug}")
            case "change":
                rows.append(f"change {step.station.slug} {step.line.badge}")
            case "bus":
                rows.append(f"bus {step.bus.slug} {step.alight.address}")
            case "to-place" | "to-bus-stop" | "to-station" | "to-bus":
                rows.append(f"{step.kind} {step.metres}")
    return rows


@pytest.mark.parametrize(
    ("site", "number", "steps"),
    [
        ("comuna-13", 0, ["to-bus-stop 130", "bus 221i Carrera 108B # 35-52", "to-place 180"]),
        ("comuna-13", 1, ["to-bus-stop 120", "bus 225i Calle 38A # 108-36", "to-place 350"]),
        ("moravia", 0, ["to-place 560"]),
        ("moravia", 1, ["to-place 790"]),
        ("casa-de-la-memoria", 0, ["to-place 320"]),
        ("la-loma", 0, ["to-bus-stop 120", "bus c23i Calle 54 # 122-18", "to-place 120"]),
        ("metro", 0, []),
    ],
)
def test_the_last_part_is_the_one_of_the_dossier(network, site, number, steps):
    """Stops, and metres in a straight line to the nearest ten; none where the address is not known."""
    goal = place(network, site)

    found = written(approach_steps(last_leg(network, goal, goal.approaches[number])))

    assert found == steps


@pytest.mark.parametrize(
    ("site", "steps"),
    [
        ("comuna-13", ["to-bus None", "bus 221i Calle 47A con Carrera 97", "to-station 30"]),
        ("la-loma", ["to-bus 120", "bus c23i Calle 47A con Carrera 97", "to-station 30"]),
        ("moravia", ["to-station 560"]),
        ("metro", []),
    ],
)
def test_the_way_back_begins_at_the_place(network, site, steps):
    """A bus goes back from where it is known to stop; where that is not known no stop is named."""
    goal = place(network, site)

    found = written(return_steps(last_leg(network, goal, goal.approaches[0])))

    assert found == steps


@pytest.mark.parametrize(
    ("here", "there", "steps"),
    [
        (
            "moravia",
            "casa-de-la-memoria",
            ["to-station 790", "ride A san-antonio", "change san-antonio T", "ride T bicentenario", "to-place 320"],
        ),
        (
            "comuna-13",
            "la-loma",
            [
                "to-bus None",
                "bus 221i Calle 47A con Carrera 97",
                "to-station 30",
                "to-bus-stop 120",
                "bus c23i Calle 54 # 122-18",
                "to-place 120",
            ],
        ),
        ("metro", "la-loma", ["ride B san-javier", "to-bus-stop 120", "bus c23i Calle 54 # 122-18", "to-place 120"]),
    ],
)  # fmt: skip
def test_from_one_site_to_the_next(network, here, there, steps):
    """Back to the station of the one, then on to the other, with no detour through the centre."""
    found = written(between(network, place(network, here), place(network, there)))

    assert found == steps


def test_a_change_says_how_far_and_whether_it_leaves_the_station(network):
    """A visitor knows before whether to pass the gates."""
    goal = place(network, "comuna-13")
    way = Ways(network, goal).way("minorista")

    [interchange] = way.interchanges

    assert [ride.line.slug for ride in way.rides] == ["1", "b"]
    assert (interchange.station, interchange.metres, interchange.inside) == ("cisneros", 201, False)


@pytest.mark.parametrize(
    ("site", "start", "metres"),
    [("comuna-13", "cordoba", [70]), ("comuna-13", "la-palma", [60]), ("moravia", "san-javier", [0])],
)
def test_a_change_says_the_metres_of_its_direction(network, site, start, metres):
    """Riding Line O towards Caribe one gets off at another stop than riding it towards La Palma."""
    found = steps(Ways(network, place(network, site)).way(start))

    assert [step.metres for step in found if step.kind == "change"] == metres


def test_the_way_back_turns_the_metres_of_a_change_round(network):
    """There towards La Palma, back towards Caribe: the walk is another one."""
    way = Ways(network, place(network, "comuna-13")).way("cordoba")

    [back] = [step for step in steps_back(way) if step.kind == "change"]

    assert back.metres == 60


def test_a_walk_has_the_minutes_that_a_source_gives(network):
    """The tourism office says 10 to 12 minutes from both stations of Moravia; others have no minutes."""
    moravia, museum = place(network, "moravia"), place(network, "casa-de-la-memoria")

    minutes = [step.minutes for row in moravia.approaches for step in approach_steps(last_leg(network, moravia, row))]

    assert minutes == [(10, 12), (10, 12)]
    assert approach_steps(last_leg(network, museum, museum.approaches[0]))[0].minutes == ()
