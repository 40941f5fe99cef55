"""Getting there in the hands of a visitor: choosing a start, ticking steps, the map and the phone's position."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from guide.site.library import Language
from guide.site.pages import Address
from guide.transit.destinations import with_way
from tests.browser.engines import Tab, until
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

WAY = Address("es", "way", "comuna-13")
READY = ".directions .chooser:not([hidden])"
STEPS = "[...document.querySelectorAll('[data-way=there] .step__text')].map((step) => step.textContent)"
BACK = STEPS.replace("there", "back")
TICKED = "[...document.querySelectorAll('ol .step__tick')].flatMap((tick, number) => (tick.checked ? [number] : []))"
CHOOSE = """(() => {
  const name = document.querySelector(".chooser__name");
  name.value = TEXT;
  name.dispatchEvent(new Event("input", { bubbles: true }));
  const found = [...document.querySelectorAll(".chooser__list button")];
  const names = found.map((button) => button.lastChild.textContent);
  found[0]?.click();
  return names;
})()"""
POSITION = """Object.defineProperty(navigator, "geolocation", { configurable: true, value: {
  watchPosition: (found) =>
    found({ timestamp: Date.now(), coords: { latitude: 6.26, longitude: -75.61, accuracy: 40 } }),
  clearWatch: () => {},
} }) && 1"""
HERE = """(() => {
  document.querySelector(".here__button").click();
  const dot = document.querySelector(".map__dot");
  return [getComputedStyle(dot).visibility, Number(dot.getAttribute("cx")) > 0,
    [...document.querySelectorAll(".here__state span")].map((line) => line.textContent)];
})()"""
NEAR_CARIBE = {"latitude": 6.2790, "longitude": -75.5690, "accuracy": 20}
BOGOTA = {"latitude": 4.6, "longitude": -74.08, "accuracy": 20}


def choose(tab: Tab, text: str) -> object:
    return tab.value(CHOOSE.replace("TEXT", json.dumps(text)))


def test_in_flight_mode_a_visitor_chooses_ticks_and_changes_the_language(
    tab: Tab, site: Site, languages: list[Language]
) -> None:
    """The start is found without its accents; start and ticks stay in the other language; the map finds the phone."""
    english = next(language for language in languages if language.tag == "en")
    tab.open(f"{site.url}es/")
    tab.wait("#saved[data-state=saved]")
    site.stop()
    tab.open(site.url + WAY.path)
    tab.wait(READY)

    names = choose(tab, "NIQUIA")
    spanish = tab.value(STEPS)
    tab.value("document.querySelector('[data-way=there] .step__tick').click()")
    tab.follow(english.name)
    tab.wait("html[lang=en]")
    tab.wait(READY)

    assert names == ["Niquía"]
    assert isinstance(spanish, list)
    assert [part in spanish[0] for part in ("La Estrella", "10", "San Antonio")] == [True] * 3
    assert [part in spanish[2] for part in ("San Javier", "6")] == [True] * 2
    translated = tab.value(STEPS)
    assert isinstance(translated, list) and len(translated) == len(spanish) and translated != spanish
    assert [part in translated[0] for part in ("La Estrella", "10", "San Antonio")] == [True] * 3
    assert "Niquía" in str(tab.value("document.querySelector('.directions__from').textContent"))
    assert tab.value(TICKED) == [0]
    tab.value(POSITION)
    shown = tab.value(HERE)
    assert isinstance(shown, list) and shown[:2] == ["visible", True]
    assert [part in text for part, text in zip(("1.9", "San Javier"), shown[2], strict=True)] == [True, True]


def test_every_start_has_its_steps_in_every_engine(tab: Tab, site: Site) -> None:
    """Choosing one station after the other never leaves a placeholder, and the last part is always there."""
    tab.open(site.url + WAY.path)
    tab.wait(READY)

    found = {name: (choose(tab, name), tab.value(STEPS)) for name in ("el progreso", "Arví", "la palma", "SAN JAVIER")}

    assert [len(steps) for _, steps in found.values()] == [8, 10, 6, 3]
    assert not any("{" in step for _, steps in found.values() for step in steps)
    assert choose(tab, "xyz") == []
    assert tab.value("document.querySelector('.chooser__state').textContent.length > 10")


def open_way(page: Page, site: Site, path: str = WAY.path) -> None:
    page.goto(site.url + path)
    page.wait_for_selector(READY)
    page.wait_for_selector("#saved[data-state=saved]")


def test_the_position_is_shown_on_a_press_and_goes_nowhere(chromium, site: Site) -> None:
    """A dot, the distance, the direction, the nearest station; no request, no trace in the address or on the phone."""
    page = chromium(geolocation=NEAR_CARIBE, permissions=["geolocation"]).new_page()
    open_way(page, site, Address("en", "way", "moravia").path)
    address = page.url
    site.forget()

    expect(page.locator(".map__dot")).to_be_hidden()
    page.locator(".here__button").first.press("Enter")
    expect(page.locator(".map__dot")).to_be_visible()
    page.locator(".here__state span").nth(1).wait_for()
    far, near = page.locator(".here__state span").all_inner_texts()

    assert "550" in far and "Caribe" in near
    assert (site.asked, page.url) == ([], address)
    assert "6.27" not in page.evaluate("JSON.stringify(localStorage)")
    page.locator(".here__button").first.press("Enter")
    expect(page.locator(".map__dot")).to_be_hidden()


def test_the_nearest_station_becomes_the_start(chromium, site: Site) -> None:
    """Whoever does not know where they are is told, and gets the way from there."""
    page = chromium(geolocation=NEAR_CARIBE, permissions=["geolocation"]).new_page()
    open_way(page, site)

    page.locator(".chooser__near").click()

    expect(page.locator(".chooser__state")).to_contain_text("Caribe")
    expect(page.locator("[data-way=there] .step__text").first).to_contain_text("Caribe")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "denied"),
        ({"geolocation": BOGOTA, "permissions": ["geolocation"]}, "outside"),
        ({"geolocation": {**NEAR_CARIBE, "accuracy": 3000}, "permissions": ["geolocation"]}, "inaccurate"),
    ],
)
def test_a_position_that_does_not_help_is_one_sentence_and_the_name_still_works(
    chromium, site: Site, options: dict[str, object], said: str
) -> None:
    """Refused, in another city, or too vague: the page says so in its own words, and a station can be written."""
    page = chromium(**options).new_page()
    open_way(page, site)

    page.locator(".chooser__near").click()

    state = page.locator(".chooser__state")
    sentence = str(state.get_attribute(f"data-{said}")).partition("{")[0]
    expect(state).to_contain_text(sentence)
    page.locator(".chooser__name").fill("acevedo")
    page.locator(".chooser__name").press("Enter")
    expect(page.locator(".directions__from")).to_contain_text("Acevedo")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("(found, failed) => failed({ code: 2, PERMISSION_DENIED: 1 })", "unavailable"),
        ("(found, failed) => failed({ code: 3, PERMISSION_DENIED: 1 })", "unavailable"),
        (
            "(found) => found({ timestamp: Date.now() - 600000,"
            " coords: { latitude: 6.26, longitude: -75.61, accuracy: 9 } })",
            "stale",
        ),
    ],
)
def test_a_phone_that_finds_nothing_or_something_old_says_so(chromium, site: Site, answer: str, said: str) -> None:
    """No position, none in time, or one of ten minutes ago: one plain sentence, and no start is taken from it."""
    page = chromium().new_page()
    page.add_init_script(
        f"Object.defineProperty(navigator, 'geolocation', {{ value: {{ getCurrentPosition: {answer} }} }})"
    )
    open_way(page, site)
    before = page.locator(".directions__from").inner_text()

    page.locator(".chooser__near").click()

    state = page.locator(".chooser__state")
    expect(state).to_have_text(str(state.get_attribute(f"data-{said}")))
    assert page.locator(".directions__from").inner_text() == before


def test_the_map_is_moved_about_on_the_whole_screen(chromium, site: Site) -> None:
    """A press, the arrow keys, Escape: the position that was shown is on it, and all is as before afterwards."""
    page = chromium(geolocation=NEAR_CARIBE, permissions=["geolocation"]).new_page()
    open_way(page, site)
    page.locator(".here__button").first.click()
    expect(page.locator(".map__dot")).to_be_visible()

    page.locator(".here__button").nth(1).click()
    whole = page.get_by_role("dialog")

    assert whole.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
    assert whole.locator("svg.map").bounding_box()["width"] >= 700
    expect(whole.locator(".map__dot")).to_be_visible()
    before = whole.locator("div").evaluate("(frame) => frame.scrollLeft")
    whole.locator("div").focus()
    page.keyboard.press("ArrowRight")
    until(page, "(before) => document.querySelector('dialog[open] div').scrollLeft > before", before)
    page.keyboard.press("Escape")
    expect(whole).to_be_hidden()
    expect(page.locator(".here > svg.map")).to_be_visible()
    expect(page.locator(".here__button").nth(1)).to_be_focused()


def test_the_colour_of_a_line_runs_along_the_whole_step_of_its_ride(chromium, site: Site) -> None:
    """From the badge to the next step, beside the stations; a walk has a line of dots."""
    page = chromium().new_page()
    open_way(page, site)
    page.evaluate("document.querySelectorAll('.strip').forEach((strip) => { strip.open = true; })")
    ride = page.locator("[data-way=there] .step").filter(has=page.locator(".badge")).first
    walk = page.locator("[data-way=there] .step").last

    step, colour = ride.bounding_box(), ride.locator(".badge rect").bounding_box()

    assert step["y"] <= colour["y"] <= step["y"] + 12
    assert colour["y"] + colour["height"] >= step["y"] + step["height"]
    expect(ride).to_have_css("overflow-y", "clip")
    assert walk.evaluate("(step) => getComputedStyle(step, '::before').borderInlineStartStyle") == "dotted"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_lists_and_a_found_position_have_no_fault_that_axe_finds(chromium, site: Site, scheme: str) -> None:
    """Names, roles and contrast hold while the list of stations is open and the phone is on the map."""
    page = chromium(
        color_scheme=scheme, bypass_csp=True, geolocation=NEAR_CARIBE, permissions=["geolocation"]
    ).new_page()
    open_way(page, site)

    page.locator(".here__button").first.click()
    expect(page.locator(".map__dot")).to_be_visible()
    for summary in page.locator("summary").all():
        summary.click()
    page.locator(".chooser__name").fill("san")
    results = Axe().run(page)

    assert page.locator(".chooser__list button").count() > 3
    assert results.violations_count == 0, results.generate_report()
    page.locator(".here__button").nth(1).click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_the_whole_way_is_walked_by_keyboard(either, site: Site) -> None:
    """Name, list, steps: Tab, Enter and Space are enough, and the focus is never lost."""
    page = either().new_page()
    open_way(page, site)

    page.locator(".chooser__name").focus()
    page.keyboard.type("el pro")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    focus = page.evaluate("document.activeElement.className")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    assert focus == "directions__from"
    assert page.evaluate(TICKED) == [0]


def test_until_a_start_is_chosen_the_steps_are_an_example(chromium, site: Site, languages: list[Language]) -> None:
    """Nobody takes the way from the middle of the network for their own; a remembered start is their own."""
    page = chromium().new_page()
    open_way(page, site)
    heading = page.locator(".directions__from")
    example = heading.inner_text()

    page.locator(".chooser__name").fill("estadio")
    page.locator(".chooser__name").press("Enter")
    own = heading.inner_text()
    open_way(page, site)

    [words] = [language.catalog for language in languages if language.tag == "es"]
    assert example == words.look_up("Example: from %(station)s")[0] % {"station": "San Antonio"}
    assert own == str(heading.get_attribute("data-from")).replace("{station}", "Estadio") == heading.inner_text()


def test_a_rider_from_universidad_walks_and_one_from_the_north_gets_off_at_caribe(tab: Tab, site: Site) -> None:
    """Both stations are as far on foot, so nobody rides past the first; and no other way leads where the steps end."""
    tab.open(site.url + Address("en", "way", "moravia").path)
    tab.wait(READY)
    others = "[...document.querySelectorAll('.directions__other')].map((one) => one.hidden)"

    found = {name: (choose(tab, name), tab.value(STEPS), tab.value(others)) for name in ("universidad", "bello")}

    [walk], [ride, last] = found["universidad"][1], found["bello"][1]
    assert "790" in walk and "Caribe" in ride and "560" in last
    assert [hidden for *_, hidden in found.values()] == [[False], [True]]


def test_a_change_has_the_metres_of_its_direction_on_the_phone(tab: Tab, site: Site) -> None:
    """Line O stops elsewhere towards Caribe: there and back the walk at Floresta is another one."""
    tab.open(site.url + Address("en", "way", "comuna-13").path)
    tab.wait(READY)

    choose(tab, "cordoba")
    there, back = tab.value(STEPS), tab.value(BACK)

    assert isinstance(there, list) and isinstance(back, list)
    assert "70 m" in there[1] and "60 m" in back[-2]


@pytest.mark.parametrize("tag", ["en", "es"])
def test_the_card_to_show_is_one_press_away(chromium, site: Site, languages: list[Language], tag: str) -> None:
    """On a small phone the link to the card is on the first screen, and the press brings the card."""
    page = chromium(viewport={"width": 360, "height": 740}).new_page()
    for slug in with_way(languages[0].guide):
        page.goto(site.url + Address(tag, "way", slug).path)
        link = page.locator('a[href="#show"]')
        box = link.bounding_box()
        assert box and box["y"] + box["height"] < 740 - 80, slug

        link.click()

        expect(page.locator(".show")).to_be_in_viewport()


def test_one_start_serves_all_sites(chromium, site: Site) -> None:
    """Chosen once under Getting there, a start is the start on every site's page."""
    page = chromium().new_page()
    page.goto(f"{site.url}en/getting-there/")
    page.wait_for_selector(".starts .chooser:not([hidden])")

    page.locator(".chooser__name").fill("villa sierra")
    page.locator(".chooser__name").press("Enter")
    ways = page.locator(".starts__way").all_inner_texts()
    page.locator("[data-site=moravia] a").click()
    page.wait_for_selector(READY)

    assert len(ways) == 5 and all("Villa" not in way and "{" not in way for way in ways)
    expect(page.locator(".directions__from")).to_contain_text("Villa Sierra")


def test_without_scripts_a_person_finds_the_complete_way_from_any_station(
    chromium, site: Site, languages: list[Language]
) -> None:
    """Every line has its heading and its stretches, the last part has its steps; nothing waits for a script."""
    page = chromium(java_script_enabled=False).new_page()
    guide = languages[0].guide

    for slug in with_way(guide):
        page.goto(site.url + Address("en", "way", slug).path)
        page.locator("details:has(#lines) > summary").click()

        expect(page.locator(".chooser")).to_be_hidden()
        expect(page.locator("[data-way=there]")).to_be_visible()
        headings = page.locator("details:has(#lines) h3").all_inner_texts()
        assert [heading.splitlines()[-1] for heading in headings] == [str(line.name) for line in guide.network.lines]
        assert page.locator(".stretch li").count() > 15
