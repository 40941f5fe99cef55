"""content/checks/network.py: what is wrong with the network, in one sentence each."""

import pytest

LINES, INTERCHANGES = "content/transit/lines.toml", "content/transit/interchanges.toml"
SERVICES, BUSES, PLACES = "content/transit/services.toml", "content/transit/buses.toml", "content/transit/places.toml"
TOWER = '{ slug = "tower", name = "Tower", latitude = 6.25000, longitude = -75.56000 },'

FAULTS = [
    # the file, what stands in it, what an author writes instead, what is said
    (PLACES, 'station = "fish-hall"', 'station = "fish-hal"',
     'content/transit/places.toml: market-hall: there is no station "fish-hal". Did you mean "fish-hall"?'),
    (PLACES, 'line = "q"\nbus', 'line = "r"\nbus', None),
    (PLACES, 'station = "fish-hall"\nline = "q"', 'station = "fish-hall"\nline = "r"',
     'content/transit/places.toml: market-hall: line "r" does not stop at "fish-hall". Name a line that does.'),
    (PLACES, 'site = "market"', 'site = "markt"',
     'content/transit/places.toml: market-hall: there is no site "markt". Did you mean "market"?'),
    (PLACES, 'site = "lighthouse"', 'site = "market"',
     None),
    (PLACES, 'bus = "7"', 'bus = "8"',
     'content/transit/places.toml: lighthouse-door: there is no bus "8". Use one of: 7.'),
    (PLACES, 'bus = "7"', "", "content/transit/buses.toml: 7: no place is reached by this bus. Use it, or remove it."),
    (PLACES, 'slug = "lighthouse-door"', 'slug = "market-hall"',
     "content/transit/places.toml: market-hall: this slug is there twice. Rename one of them."),
    (PLACES, "latitude = 6.26100", "latitude = 7.26100",
     "content/transit/places.toml: market-hall: Market hall lies outside the area of the guide (7.261, -75.57). "
     "Correct latitude and longitude; here the latitude is positive and the longitude negative."),
    (PLACES, '[[places.approaches]]\nstation = "fish-hall"\nline = "q"\nnote = "The gate faces the water."',
     "approaches = []",
     "content/transit/places.toml: market-hall: no approach leads here. Add a block [[places.approaches]]."),
    (LINES, 'hub = "quay"', 'hub = "key"',
     'content/transit/lines.toml: area, hub: there is no station "key". Use one of: fish-hall, gate, quay, tower.'),
    (LINES, 'hub = "quay"\n', "",
     'content/transit/lines.toml: area: the field "hub" is missing. Add a line: hub = …'),
    (LINES, "reach = 40", "reach = 0",
     "content/transit/lines.toml: area, reach: the reach is 0 km. "
     "Write the kilometres within which everything lies."),
    (LINES, "latitude = 6.25\n", "latitude = 52.37\n",
     "content/transit/lines.toml: q: Gate lies outside the area of the guide (6.24, -75.57). "
     "Correct latitude and longitude; here the latitude is positive and the longitude negative."),
    (LINES, TOWER, "", "content/transit/lines.toml: r: a line needs two stations. Add its stations, in order."),
    (LINES, 'slug = "tower", name = "Tower"', 'slug = "quay", name = "Quay"',
     'content/transit/lines.toml: r: the station "quay" is there twice. Remove one of them.'),
    (LINES, 'slug = "tower", name', 'slug = "Tower", name',
     'content/transit/lines.toml: r: the station "Tower" has no slug. Use a–z, 0–9 and single hyphens.'),
    (LINES, 'slug = "tower", name = "Tower"', 'slug = "gate", name = "Tower"',
     'content/transit/lines.toml: r: the station "gate" is called Gate and Tower. '
     "Write one name, or give the two stations two slugs."),
    (LINES, "longitude = -75.56000 }", "longitude = 75.56000 }",
     "content/transit/lines.toml: r: Tower lies outside the area of the guide (6.25, 75.56). "
     "Correct latitude and longitude; here the latitude is positive and the longitude negative."),
    (LINES, '"#0054A4"', '"blue"',
     'content/transit/lines.toml: q: "blue" is not a colour. Write it like #0054A4, or leave it out.'),
    (LINES, 'slug = "r"', 'slug = "q"', "content/transit/lines.toml: q: this slug is there twice. Rename one of them."),
    (LINES, 'slug = "r"', 'slug = "R"',
     "content/transit/lines.toml: R: this is not a slug. Use a–z, 0–9 and single hyphens."),
    (LINES, 'confidence = "medium"', 'confidence = "sure"',
     "content/transit/lines.toml: lines 2, confidence: 'sure' is not known here. Use one of: high, low, medium."),
    (LINES, 'note = "It rests when the wind blows. [^logbook]"\nsources = ["logbook"]', "sources = []",
     "content/transit/lines.toml: r: no source is named. Write sources = [ … ] with slugs of sources.toml."),
    (LINES, "latitude = 6.25030", "latitude = 6.25430",
     "content/transit/interchanges.toml: quay: q and r stop 478 m apart, which is too far for a change. "
     "Give the two stations two slugs."),
    (INTERCHANGES, "metres = 33", "metres = 133",
     "content/transit/interchanges.toml: quay: q and r stop 33 m apart, not 133. Correct the metres or the positions."),
    (INTERCHANGES, "metres = 33", "metres = 33\nback = 500",
     "content/transit/interchanges.toml: quay: q and r stop 33 m apart one way and 500 m the other. "
     "Correct one of them."),
    (PLACES, 'note = "The gate faces the water."', "minutes = [12, 10]",
     "content/transit/places.toml: market-hall: the minutes of the walk are 12, 10. "
     "Write the fewest and the most: minutes = [10, 12]."),
    (PLACES, 'note = "The gate faces the water."', '[[places.instead]]\nline = "x"\ntext = "Row a boat."',
     'content/transit/places.toml: market-hall: there is no line "x". Use one of: q, r.'),
    (INTERCHANGES, '"q", "r"', '"q", "s"',
     "content/transit/interchanges.toml: quay: q and s are not two lines that stop at this station. "
     "Correct the station or the lines."),
    (INTERCHANGES, 'station = "quay"', 'station = "tower"',
     "content/transit/interchanges.toml: quay: q and r stop here, but no interchange says how far apart. "
     "Add a row for them; one row serves both directions."),
    (SERVICES, 'lines = ["q"]', 'lines = ["x"]',
     'content/transit/services.toml: services 2: there is no line "x". Use one of: q, r.'),
    (SERVICES, 'lines = ["q", "r"]', 'lines = ["q"]',
     'content/transit/services.toml: no service says when line "r" runs. '
     "Add it to the lines of a service, or mark it running = false."),
    (SERVICES, 'last = "20:00"', 'last = "05:00"',
     "content/transit/services.toml: services 2: the last departure is before the first. Swap the two."),
    (SERVICES, 'first = "06:00"', 'first = "6 am"',
     "content/transit/services.toml: services 2, first: '6 am' is not a time. Write it like \"08:30\"."),
    (BUSES, 'returns_to = { address = "Quay 2", latitude = 6.25010, longitude = -75.57050 }', "",
     'content/transit/buses.toml: buses 1: the field "returns_to" is missing. Add a line: returns_to = …'),
    (BUSES, "latitude = 6.27000", "latitude = 6",
     "content/transit/buses.toml: buses 1, alight, latitude: expected a number with a decimal point, found 6. "
     "Correct the value."),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS)
def test_a_fault_in_the_network_is_one_sentence(edit, problems, file, old, new, said):
    """File, place, what is wrong, and what to do; what is right is not complained of."""
    edit(file, old, new)

    found = problems()

    assert found == [] if said is None else said in found


def test_directions_begin_at_a_station_that_runs(edit, problems):
    """A hub from which nothing leaves would leave every page without directions."""
    edit(LINES, 'hub = "quay"', 'hub = "tower"')
    edit(LINES, 'mode = "cable"', 'mode = "cable"\nrunning = false')

    assert problems() == [
        'content/transit/lines.toml: area, hub: no line runs at "tower" yet. Name a station of a line that runs.'
    ]


def test_a_sound_network_has_no_problem(problems):
    """Nothing is reported for nothing."""
    assert problems() == []


def test_a_line_that_nothing_joins_is_reported_with_the_place_it_cannot_reach(miniature, problems):
    """Every station leads to every place, or the author hears of it."""
    with (miniature.root / LINES).open("a", encoding="utf-8") as lines:
        lines.write(
            '\n[[lines]]\nslug = "i"\nbadge = "I"\nname = "Island ferry"\nmode = "bus"\n'
            'sources = ["logbook"]\nconfidence = "low"\nplatforms = [\n'
            '  { slug = "reef", name = "Reef", latitude = 6.22, longitude = -75.6 },\n'
            '  { slug = "isle", name = "Isle", latitude = 6.21, longitude = -75.6 },\n]\n'
        )
    services = miniature.root / SERVICES
    services.write_text(services.read_text("utf-8").replace('["q", "r"]', '["q", "r", "i"]'), "utf-8")

    assert problems() == [
        "content/transit/places.toml: lighthouse-door: no way leads here from Reef. Join its lines by an interchange.",
        "content/transit/places.toml: market-hall: no way leads here from Reef. Join its lines by an interchange.",
    ]
