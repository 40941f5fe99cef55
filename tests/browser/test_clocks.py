"""No clock is believed: not the phone's time zone, not its date, not the age that a position claims."""

import pytest
from playwright.sync_api import Page, expect

from guide.site.library import Language
from guide.site.pages import Address
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

TODAY = ".path .card[aria-current=date]"
LATE = "T22:50:00-05:00"
"""Late in the evening in Medellín: the next day in Madrid, and further east."""
NEAR_CARIBE = "{ latitude: 6.2790, longitude: -75.5690, accuracy: 20 }"


def _day(languages: list[Language], day: str) -> str:
    return f"{languages[0].guide.date_of(day)}{LATE}"


@pytest.mark.parametrize(
    ("zone", "locale"),
    [
        ("America/Bogota", "es-CO"),
        ("America/Sao_Paulo", "pt-BR"),
        ("Europe/Madrid", "es-ES"),
        ("Pacific/Kiritimati", "en"),
        ("Pacific/Pago_Pago", "en"),
        ("Asia/Bangkok", "th-TH-u-ca-buddhist"),
        ("Asia/Tehran", "fa-IR-u-ca-persian-nu-arabext"),
    ],
)
def test_today_is_the_day_of_the_lab_whatever_the_phone_says(
    chromium, site: Site, languages: list[Language], zone: str, locale: str
) -> None:
    """At ten to eleven in the evening of Day 3 in Medellín it is Day 3, on a phone of any zone and calendar."""
    page = chromium(timezone_id=zone, locale=locale).new_page()
    page.clock.set_fixed_time(_day(languages, "3"))
    page.goto(f"{site.url}en/")

    expect(page.locator(TODAY)).to_have_count(1)
    expect(page.locator(f"{TODAY} h3 a")).to_have_attribute("href", "days/3/")
    expect(page.locator(".last a")).to_have_attribute("href", "days/3/")


def test_a_page_left_open_goes_on_to_the_next_day(chromium, site: Site, languages: list[Language]) -> None:
    """An installed guide is seldom closed: after the night it says the day that has come, and after the last none."""
    page = chromium(timezone_id="Europe/Madrid").new_page()
    page.clock.install(time=_day(languages, "3"))
    page.goto(f"{site.url}en/")
    expect(page.locator(f"{TODAY} h3 a")).to_have_attribute("href", "days/3/")

    page.clock.fast_forward("10:00:00")
    expect(page.locator(f"{TODAY} h3 a")).to_have_attribute("href", "days/4/")
    expect(page.locator(".last a")).to_have_attribute("href", "days/4/")
    page.clock.fast_forward("48:00:00")
    expect(page.locator(TODAY)).to_have_count(0)


def _open_with(page: Page, site: Site, script: str) -> None:
    page.add_init_script(script)
    page.goto(site.url + Address("en", "way", "moravia").path)
    page.wait_for_selector(".directions .chooser:not([hidden])")
    page.locator(".chooser__near").click()


RECEIVER = """{ const day = 24 * 60 * 60 * 1000, began = Date.now(); let asked = 0;
Object.defineProperty(navigator, "geolocation", { value: { getCurrentPosition: (found) =>
  found({ timestamp: TIMESTAMP, coords: HERE }) } }); }""".replace("HERE", NEAR_CARIBE)
"""A receiver of positions whose idea of the time is its own."""


@pytest.mark.parametrize(
    "timestamp",
    [
        "Date.now() + day + 5000 * asked++",
        "Date.now() - day + 5000 * asked++",
        "Date.now() - 400 * day + 5000 * asked++",
    ],
    ids=["a day ahead", "a day behind", "a year behind"],
)
def test_a_phone_with_a_wrong_clock_still_has_its_position(chromium, site: Site, timestamp: str) -> None:
    """A satellite tells the right time to a phone that has the wrong one: a second position is seen to be new."""
    page = chromium().new_page()

    _open_with(page, site, RECEIVER.replace("TIMESTAMP", timestamp))

    expect(page.locator(".chooser__state")).to_contain_text("Caribe")
    expect(page.locator("[data-way=there] .step__text").first).to_contain_text("Caribe")


def test_a_clock_that_is_set_while_the_page_is_open_changes_nothing(chromium, site: Site) -> None:
    """The traveller's phone learns the time of Medellín at the airport; the position is as fresh as it was."""
    page = chromium().new_page()

    _open_with(
        page,
        site,
        RECEIVER.replace("TIMESTAMP", "began + performance.now()") + "Date.now = () => 0;",
    )

    expect(page.locator(".chooser__state")).to_contain_text("Caribe")


@pytest.mark.parametrize(
    "timestamp",
    ["began - 30 * 60 * 1000", "began - day", "began + day"],
    ids=["half an hour", "a day", "ahead"],
)
def test_a_position_that_stands_still_is_an_old_one(chromium, site: Site, timestamp: str) -> None:
    """The phone gives the same stored position again and again: it is told as old, and no start is taken from it."""
    page = chromium().new_page()

    _open_with(page, site, RECEIVER.replace("TIMESTAMP", timestamp))

    state = page.locator(".chooser__state")
    expect(state).to_have_text(str(state.get_attribute("data-stale")))
    expect(page.locator(".directions__from")).not_to_contain_text("Caribe")
