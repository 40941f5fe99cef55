"""The page Today: the plan with the instants that its card is filled from, readable without scripts."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from guide import create_app
from guide.config import Settings
from guide.site import library
from guide.site.plan import planned
from tests.conftest import copy_of_miniature

HEAD = 'name = "Harbour Lab 2027"\nfirst_day = "2027-03-27"\n'
STOPS = """
[days.1]
time = "08:30"
meeting_point = "The gate"
[days.1.stops.stalls]
time = "10:00"
ends = "11:30"
travel = 40
[days.1.stops.lamp]
cancelled = "The lamp is being mended."
"""


@pytest.fixture
def days(miniature):
    """The planned days of the miniature guide with an edition of one's own."""

    def days(zone):
        text = f'{HEAD}time_zone = "{zone}"\n{STOPS}'
        (miniature.root / "content/edition.toml").write_text(text, encoding="utf-8")
        guide = library.load(Settings(paths=miniature)).source.guide
        return planned(guide.programme, guide.edition.time_zone)

    return days


def _at(instant, zone):
    return dt.datetime.fromtimestamp(instant / 1000, ZoneInfo(zone)).isoformat()[:16]


@pytest.mark.parametrize("zone", ["America/Bogota", "Europe/Berlin", "Pacific/Kiritimati"])
def test_instants_are_those_of_the_clock_of_the_place(days, zone):
    """A day lasts from midnight to midnight there, on the night of summer time too, and leaving is before beginning."""
    first, second = days(zone)
    stalls = first.stops[0]

    assert [_at(each, zone) for each in (first.begins, first.meets, stalls.leave, stalls.begins, stalls.ends)] == [
        f"2027-03-27T{time}" for time in ("00:00", "08:30", "09:20", "10:00", "11:30")
    ]
    assert [_at(each, zone) for each in (second.begins, second.noon, second.evening, second.ends)] == [
        "2027-03-28T00:00", "2027-03-28T12:00", "2027-03-28T18:00", "2027-03-29T00:00",
    ]  # fmt: skip
    assert first.ends == second.begins
    assert (second.ends - second.begins) / 3_600_000 == (23 if zone == "Europe/Berlin" else 24)


def test_a_stop_without_a_time_has_no_instant(days):
    """Nothing is invented: neither an hour, nor when to leave."""
    _, second = days("America/Bogota")

    assert {(stop.begins, stop.ends, stop.leave) for stop in second.stops} == {(None, None, None)}
    assert second.meets is None


@pytest.mark.parametrize("tag", ["en", "es"])
def test_the_page_says_all_of_the_plan_without_scripts(miniature, days, tag):
    """Days, dates, times, places and what is cancelled stand in the page, and every stop is a link to its day."""
    days("America/Bogota")
    client = create_app(Settings(paths=miniature)).test_client()

    page = client.get(f"/{tag}/today/").text
    plan = page[page.index('id="plan"') :]

    for piece in ('datetime="2027-03-27"', 'datetime="08:30"', "The gate", 'datetime="10:00"', 'datetime="11:30"'):
        assert piece in plan, piece
    assert "The lamp is being mended." in plan
    assert 'days/1/#stop-stalls"' in plan
    assert 'data-module="now"' in client.get(f"/{tag}/").text


@pytest.mark.parametrize("tag", ["en", "es"])
def test_the_record_alone_has_no_clock_time_and_no_card_at_home(tag):
    """As the guide is shipped no hour stands on the page, and the first place of the bar leads to the days."""
    client = create_app(Settings()).test_client()

    page, home = client.get(f"/{tag}/today/").text, client.get(f"/{tag}/").text

    assert not re.search(r"data-(begins|ends|leave)=|<time datetime=\"\d\d:", page)
    assert 'data-module="now"' not in home
    assert 'href="./#days"' in home


def test_the_bar_begins_with_today_during_an_edition(tmp_path):
    """A host's own dates put Today first; the pages of days belong to it."""
    paths = copy_of_miniature(tmp_path)
    edition = paths.root / "content/edition.toml"
    edition.write_text(edition.read_text(encoding="utf-8").replace("2017", "2027"), encoding="utf-8")
    client = create_app(Settings(paths=paths)).test_client()

    bar = re.search(r'<nav class="bar".*?</nav>', client.get("/en/days/1/").text, re.DOTALL)

    assert re.search(r'<li><a href="[^"]*today/" aria-current="true">', bar[0])
