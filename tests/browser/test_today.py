"""Today in the hand: the same card on every phone at the same instant, after a night of sleep and in rehearsal."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide import create_app
from guide.config import Settings
from guide.publish import precache
from guide.publish.build import build
from tests.browser.engines import Browsers, Complaints, Tab
from tests.browser.saving import LET_FAIL
from tests.browser.siteserver import Site
from tests.conftest import copy_of_miniature

pytestmark = pytest.mark.browser

EDITION = """
name = "Harbour Lab 2027"
first_day = "2027-06-07"
time_zone = "America/Bogota"
groups = ["A", "B"]
[days.1]
time = "08:30"
meeting_point = "The gate"
[days.1.stops.stalls]
time = "10:00"
ends = "11:30"
leave = "09:20"
groups = ["A"]
[days.1.stops.walk]
name = "A walk along the quay"
time = "10:00"
ends = "11:00"
groups = ["B"]
[days.1.stops.lamp]
time = "15:00"
[days.1.stops.dinner]
name = "Dinner"
time = "19:00"
cancelled = "The cook is ill."
"""
ZONES = ("America/Bogota", "Asia/Manila", "America/Los_Angeles", "Pacific/Kiritimati")


@pytest.fixture(scope="session")
def programme(once) -> Path:
    """The miniature guide with clock times of a host."""

    def make(folder: Path) -> None:
        paths = copy_of_miniature(folder / "guide")
        (paths.root / "content/edition.toml").write_text(EDITION, encoding="utf-8")
        build(create_app(Settings(paths=paths)), folder / "build")

    return once("programme", make) / "build"


@pytest.fixture
def today(programme: Path, servers: ExitStack) -> Site:
    """A host of that guide."""
    site = Site(programme)
    servers.callback(site.stop)
    return site


def _open(page: Page, site: Site, instant: str, path: str = "en/today/") -> None:
    page.clock.set_fixed_time(instant)
    page.goto(site.url + path)
    expect(page.locator(".today__clock")).to_be_visible()


def _card(page: Page) -> str:
    return page.locator(".today__told").inner_text()


@pytest.mark.parametrize(
    ("instant", "tag", "pieces", "absent"),
    [
        ("2027-06-01T15:00:00Z", "en", ["Harbour Lab 2027 begins in 6 days", "Next", "The gate"], ["Now"]),
        ("2027-06-06T15:00:00Z", "es", ["empieza mañana", "Después"], ["Ahora"]),
        ("2027-06-07T11:00:00Z", "en", ["Today:", "Next", "The gate"], ["Now"]),
        ("2027-06-07T14:00:00Z", "en", ["Next", "Leave by 9:20 a.m., in 20 minutes."], ["Leave now", "Nothing"]),
        ("2027-06-07T14:21:00Z", "en", ["Leave now."], ["Leave by"]),
        ("2027-06-07T14:40:00Z", "es", ["Ya pasó la hora de salir (9:20"], ["Salga ya"]),
        ("2027-06-07T15:10:00Z", "en", ["Now", "A walk along the quay", "Group: A", "Group: B"], []),
        ("2027-06-07T17:00:00Z", "en", ["Nothing is planned for this moment.", "Next", "3:00 p.m."], ["Now"]),
        ("2027-06-07T20:30:00Z", "en", ["Now", "3:00 p.m.", "Cancelled: Dinner", "is ill.", "tomorrow"], ["Leave"]),
        ("2027-06-08T15:00:00Z", "en", ["This morning. The plan gives no clock times."], ["Now"]),
        ("2027-06-09T15:00:00Z", "es", ["ya terminó"], ["Ahora"]),
    ],
)
def test_the_same_card_at_the_same_instant_on_every_phone(
    browsers: Browsers,
    complaints: Complaints,
    today: Site,
    instant: str,
    tag: str,
    pieces: list[str],
    absent: list[str],
) -> None:
    """The clock is that of the place, whatever the zone of the phone; where that differs, its time stands beside it."""
    cards = set()
    for zone in ZONES:
        context = browsers.context("chromium", complaints, timezone_id=zone)
        page = context.new_page()
        _open(page, today, instant, f"{tag}/today/")
        cards.add(_card(page))
        assert page.locator(".today__phone").is_visible() is (zone != "America/Bogota")
        context.close()

    assert len(cards) == 1
    card = cards.pop().replace("\u202f", " ").replace("\xa0", " ")
    assert [piece for piece in pieces if piece not in card] == []
    assert [piece for piece in absent if piece in card] == []


WAKE = """(() => {
  Date.now = () => Date.parse("INSTANT");
  document.dispatchEvent(new Event("visibilitychange"));
  return new Promise((resolve) => setTimeout(() => resolve(document.querySelector(".today__told").innerText), 0));
})()"""


def test_a_phone_that_slept_all_night_is_right_at_once(tab: Tab, today: Site) -> None:
    """Nothing of the evening is left as soon as the page is seen again in the morning, in every engine."""
    tab.open(f"{today.url}en/today/")
    tab.wait(".today__clock:not([hidden])")
    evening = str(tab.value(WAKE.replace("INSTANT", "2027-06-07T04:00:00Z")))

    morning = str(tab.value(WAKE.replace("INSTANT", "2027-06-07T14:21:00Z")))

    assert "begins tomorrow" in evening and "Leave now." not in evening
    assert "Leave now." in morning and "begins tomorrow" not in morning


def test_the_line_of_state_says_as_of_when_the_plan_is(chromium, today: Site, complaints: Complaints) -> None:
    """On the clock of the place: the time when the host was last asked, with its date where that was another day."""
    complaints.expected += LET_FAIL
    page = chromium(timezone_id="Asia/Manila").new_page()
    line = page.locator("#saved[data-state=saved] .saved__line")

    page.clock.set_fixed_time("2027-06-07T22:30:00Z")
    page.goto(f"{today.url}en/about/")
    expect(line).to_have_text(re.compile(r"^Saved\. Plan checked: 5:30\sp\.?m\.?$"))
    today.forget()
    page.clock.set_fixed_time("2027-06-07T22:33:00Z")
    page.goto(f"{today.url}en/today/")
    expect(line).to_have_text(re.compile("checked: 5:33"))
    assert today.asked == [f"/{precache.POINTER}"], "a look costs one pointer"
    today.stop()
    page.clock.set_fixed_time("2027-06-08T12:33:00Z")
    page.goto(f"{today.url}en/")

    expect(line).to_have_text(re.compile(r"^Saved\. Plan checked: 7 Jun, 5:33\sp\.?m\.?$"))


def test_a_reader_who_chose_a_group_sees_its_stops(chromium, today: Site) -> None:
    """The choice is kept on the phone and holds on the home page too."""
    page = chromium().new_page()
    _open(page, today, "2027-06-07T15:10:00Z")
    page.get_by_label("Your group:").select_option("B")

    chosen = _card(page)
    page.goto(f"{today.url}en/")
    expect(page.locator(".today__clock")).to_be_visible()
    at_home = _card(page)

    for card in (chosen, at_home):
        assert "A walk along the quay" in card
        assert "Group: A" not in card


def test_any_page_can_be_rehearsed_until_somebody_ends_it(chromium, today: Site) -> None:
    """An address brings the moment, a bar on every page says so, and one press ends it everywhere in the tab."""
    page = chromium().new_page()
    bar = page.locator(".rehearsal")
    page.goto(f"{today.url}en/about/#at=2027-06-07T09:21")
    expect(bar).to_contain_text("Monday 7 June")

    page.goto(f"{today.url}en/today/")
    expect(page.get_by_text("Leave now.")).to_be_visible()
    page.get_by_role("heading", name="Rehearse").click()
    page.get_by_role("button", name="15 minutes later").click()
    expect(page.get_by_text("It is past 9:20 a.m.")).to_be_visible()
    bar.get_by_role("button").click()

    expect(bar).to_be_hidden()
    expect(page.get_by_text("It is past 9:20 a.m.")).to_be_hidden()
    page.goto(f"{today.url}en/about/")
    expect(bar).to_be_hidden()


@pytest.mark.parametrize("path", ["en/today/", "en/"])
def test_nothing_moves_when_the_card_is_filled(chromium, today: Site, path: str) -> None:
    """What stands below the card is shown when the card is whole; at home the card has its room from the beginning."""
    page = chromium().new_page()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
        " window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    _open(page, today, "2027-06-07T14:00:00Z", path)

    assert page.evaluate("window.moved") == 0


def test_the_home_page_has_the_card_without_a_network(chromium, today: Site, complaints: Complaints) -> None:
    """It is taken from the saved page Today, and its links lead where they do there."""
    complaints.expected += LET_FAIL
    page = chromium().new_page()
    page.goto(f"{today.url}en/")
    page.wait_for_selector("#saved[data-state=saved]")
    today.stop()

    _open(page, today, "2027-06-07T14:00:00Z", "en/")

    link = page.locator(".today__told").get_by_role("link").first
    assert str(link.get_attribute("href")).startswith(f"{today.url}en/")


def test_what_the_host_changed_is_told_once_without_a_network(
    chromium, tmp_path: Path, servers: ExitStack, complaints: Complaints
) -> None:
    """The phone knows both plans: it names what moved, what is cancelled and what is new, until it was read."""
    complaints.expected += LET_FAIL
    paths = copy_of_miniature(tmp_path / "guide")
    edition = paths.root / "content/edition.toml"
    edition.write_text(EDITION, encoding="utf-8")
    build(create_app(Settings(paths=paths)), tmp_path / "build")
    host = Site(tmp_path / "build")
    servers.callback(host.stop)
    page = chromium().new_page()
    news = page.locator(".today__news")
    page.goto(f"{host.url}en/today/")
    page.wait_for_selector("#saved[data-state=saved]")
    expect(news).to_be_hidden()
    changed = EDITION.replace('time = "15:00"', 'time = "15:30"').replace('ends = "11:00"', 'cancelled = "It rains."')
    edition.write_text(f'{changed}[days.1.stops.tea]\nname = "Tea"\ntime = "13:00"\n', encoding="utf-8")
    build(create_app(Settings(paths=paths)), tmp_path / "build")
    page.evaluate("document.getElementById('saved').dispatchEvent(new Event('guide:save'))")
    page.wait_for_selector("#saved[data-state=newer]")
    host.stop()

    page.goto(f"{host.url}en/")
    expect(news).to_be_visible()
    told = news.locator("li").all_inner_texts()
    news.get_by_role("button").click()
    page.goto(f"{host.url}en/today/")

    (lamp,) = (text for text in told if "was" in text)
    assert lamp.endswith(": now 3:30 p.m., was 3:00 p.m.")
    assert {*told} - {lamp} == {"A walk along the quay: cancelled", "Tea: new, 1:00 p.m."}
    expect(page.locator(".today__clock")).to_be_visible()
    expect(news).to_be_hidden()
