"""What a hand and an eye meet: the bar, the theme for the sun, large letters, other scripts, paper."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.site.library import Language
from guide.site.pages import Address
from tests import pseudo
from tests.browser.engines import until
from tests.browser.siteserver import Site
from tests.conftest import IN_BOTH_LANGUAGES

pytestmark = pytest.mark.browser

LARGE = ":root:root { --size: 2.125rem }"
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-block-end: 2em !important }"""
"""The text spacing that WCAG 1.4.12 asks a page to bear."""

BEYOND = """() => {
  const width = document.documentElement.clientWidth;
  const inside = (box) => !box.width || (box.left >= -1 && box.right <= width + 1);
  const seen = [...document.querySelectorAll("header *, main *:not(svg *), footer *")];
  const out = seen.filter((one) => !inside(one.getBoundingClientRect()));
  const all = document.documentElement.scrollWidth > width ? [document.documentElement, ...out] : out;
  return all.map((one) => one.outerHTML.slice(0, 80));
}"""
"""What lies outside the screen to the left or right."""

PRESSED = "button:not(.term), .button, .bar a, .contents a, .neighbours a, summary, .step__line"
SMALL = f"""() => [...document.querySelectorAll("{PRESSED}")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 80))"""


def too_wide(page: Page, site: Site, paths: list[str], style: str = "") -> dict[str, list[str]]:
    """What does not fit the screen, by page."""
    found = {}
    for path in paths:
        page.goto(site.url + path)
        if style:
            page.add_style_tag(content=style)
        found[path] = page.evaluate(BEYOND)
    return {path: out for path, out in found.items() if out}


@pytest.mark.parametrize(
    "style",
    [
        pytest.param("", id="as it is"),
        pytest.param(LARGE, id="twice as large", marks=pytest.mark.matrix),
        pytest.param(SPACED, id="spaced", marks=pytest.mark.matrix),
    ],
)
@IN_BOTH_LANGUAGES
def test_nothing_leaves_the_screen_sideways(chromium, site: Site, pages: list[Address], style: str, tag: str) -> None:
    """At 320 pixels, with letters twice as large or widely spaced, nobody scrolls sideways and nothing is cut off."""
    page = chromium(viewport={"width": 320, "height": 640}, bypass_csp=True).new_page()

    assert too_wide(page, site, ["404.html", *(one.path for one in pages if one.tag == tag)], style) == {}


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="module", params=[(pseudo.ACCENTED, pseudo.longer), (pseudo.MIRRORED, pseudo.mirrored)])
def foreign(request: pytest.FixtureRequest, once: Once) -> Path:
    """The guide in a language with words two fifths longer, then in one that runs from right to left."""
    locale, change = request.param
    return once(locale, lambda root: pseudo.freeze(root, pseudo.GUIDES["guide"], locale, change)) / "build" / locale


@pytest.mark.matrix
def test_longer_words_and_other_directions_fit(
    chromium, foreign: Path, servers: ExitStack, pages: list[Address]
) -> None:
    """A new language needs no new style sheet, as its words are or twice as large."""
    site = Site(foreign.parent)
    servers.callback(site.stop)
    page = chromium(viewport={"width": 320, "height": 640}, bypass_csp=True).new_page()
    paths = [address.in_language(foreign.name).path for address in pages if address.tag == "en"]

    assert [too_wide(page, site, paths, style) for style in ("", LARGE)] == [{}, {}]


def test_a_page_from_right_to_left_is_the_mirror_of_one_from_left_to_right(
    chromium, host: Site, servers: ExitStack, once: Once
) -> None:
    """Name, line of stops, marks to tick: each stands where the mirror has it. Maps and addresses do not turn."""
    content = pseudo.GUIDES["miniature"]
    root = once("mirror", lambda root: pseudo.freeze(root, content, pseudo.MIRRORED, pseudo.mirrored))
    mirror = Site(root / "build")
    servers.callback(mirror.stop)
    page = chromium().new_page()
    middles = """() => Object.fromEntries(["top__name", "path__number", "step__tick"]
      .flatMap((name) => [...document.getElementsByClassName(name)].slice(0, 1).map((one) => {
        const box = one.getBoundingClientRect();
        return [name, (box.left + box.right) / 2 < innerWidth / 2 ? "left" : "right"];
      })))"""
    turned = {"left": "right", "right": "left"}

    for kind, slug in (("home", ""), ("day", "1"), ("way", "market")):
        page.goto(host.url + Address("en", kind, slug).path)
        usual = page.evaluate(middles)
        page.goto(mirror.url + Address(pseudo.MIRRORED, kind, slug).path)
        sides = page.evaluate(middles)
        assert sides == {name: turned[side] for name, side in usual.items()}, kind

    assert page.evaluate("getComputedStyle(document.querySelector('.show div')).direction") == "ltr"
    assert page.evaluate("getComputedStyle(document.querySelector('.map')).direction") == "ltr"


def test_the_bar_lies_under_the_thumb_and_hides_nothing(chromium, site: Site) -> None:
    """On a phone the bar stands at the foot; the page ends above it, and a focus is never behind it."""
    page = chromium().new_page()
    page.goto(f"{site.url}es/days/3/")

    bar = page.locator(".bar").bounding_box()
    page.keyboard.press("End")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    foot = page.locator(".bottom p").last.bounding_box()
    hidden = page.evaluate(
        """() => [...document.querySelectorAll("main a, main summary, main button, .bottom a")].filter((one) => {
          if (!one.checkVisibility()) return false;
          one.focus();
          return one.getBoundingClientRect().top >= document.querySelector(".bar").getBoundingClientRect().top;
        }).length"""
    )

    assert bar and bar["y"] + bar["height"] == 740 and bar["height"] < 80
    assert foot and foot["y"] + foot["height"] <= bar["y"]
    assert hidden == 0


def test_every_target_is_large_enough_for_a_thumb(chromium, site: Site, kinds: list[Address]) -> None:
    """What is pressed is at least 44 pixels high, but for words within a text."""
    page = chromium().new_page()
    found = {}

    for address in kinds:
        page.goto(site.url + address.path)
        until(page, "() => !document.querySelector('.sun')?.disabled")
        found[address.path] = page.evaluate(SMALL)

    assert {path: small for path, small in found.items() if small} == {}


def test_the_theme_for_the_sun_stays_until_it_is_taken_off(chromium, site: Site) -> None:
    """One press: black on white, larger; on every page, in both languages, on a dark phone; another press ends it."""
    page = chromium(color_scheme="dark").new_page()
    colours = (
        "() => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).fontSize]"
    )
    page.goto(f"{site.url}es/sites/moravia/")
    before = page.evaluate(colours)

    page.locator(".sun").click()
    page.goto(f"{site.url}en/days/2/")
    page.wait_for_selector("html[data-theme=sunlight]")
    lit = page.evaluate(colours)
    expect(page.locator(".sun")).to_have_attribute("aria-pressed", "true")
    page.locator(".sun").click()
    page.goto(f"{site.url}es/")
    expect(page.locator(".sun")).to_have_attribute("aria-pressed", "false")

    assert lit[0] == "rgb(255, 255, 255)"
    assert float(lit[1].removesuffix("px")) > float(before[1].removesuffix("px"))
    assert page.evaluate(colours) == before


def test_the_home_page_leads_back_to_where_the_reader_was(chromium, site: Site, languages: list[Language]) -> None:
    """The last day or site, by its name in the language at hand; before there is one, the first day."""
    page = chromium().new_page()
    page.goto(f"{site.url}es/")
    first = page.locator(".last a").inner_text()
    page.goto(f"{site.url}es/sites/moravia/")
    page.wait_for_selector("#saved[data-state]")

    page.goto(f"{site.url}en/")

    english = next(language for language in languages if language.tag == "en")
    spanish = next(language for language in languages if language.tag == "es")
    assert first == str(next(iter(spanish.guide.days.values())).title)
    expect(page.locator(".last a")).to_have_text(str(english.guide.sites["moravia"].name))
    page.locator(".last a").click()
    page.wait_for_url(f"{site.url}en/sites/moravia/")


def test_on_a_day_of_the_lab_the_home_page_leads_to_that_day(chromium, site: Site, languages: list[Language]) -> None:
    """Whoever opens the guide on the morning of Day 3 is one press from Day 3, wherever they were before."""
    spanish = next(language for language in languages if language.tag == "es")
    page = chromium().new_page()
    page.clock.set_fixed_time(f"{spanish.guide.date_of('3')}T08:30:00")
    page.goto(f"{site.url}es/sites/moravia/")
    page.wait_for_selector("#saved[data-state]")

    page.goto(f"{site.url}es/")

    expect(page.locator(".last a")).to_have_text(str(spanish.guide.days["3"].title))
    expect(page.locator(".card[aria-current=date]")).to_contain_text(str(spanish.guide.days["3"].title))


def test_a_page_stands_still_while_it_loads(chromium, site: Site, kinds: list[Address]) -> None:
    """Nothing moves under a reader's finger: no content jumps, with scripts and pictures still on their way."""
    page = chromium().new_page()
    page.add_init_script(
        """globalThis.moved = [];
        new PerformanceObserver((list) => moved.push(...list.getEntries().map((one) =>
          [one.value, one.sources.map(({ node }) => node?.outerHTML?.slice(0, 60))])))
          .observe({ type: "layout-shift", buffered: true });"""
    )
    found = {}

    for address in kinds:
        page.goto(site.url + address.path)
        page.wait_for_load_state("networkidle")
        found[address.path] = page.evaluate("moved")

    assert {path: moves for path, moves in found.items() if moves} == {}


def on_paper(page: Page, address: str, size: str) -> int:
    """How many sheets a page takes."""
    page.goto(address)
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=size)))


@pytest.mark.parametrize("size", ["A4", pytest.param("Letter", marks=pytest.mark.matrix)])
def test_a_day_or_a_site_prints_on_two_pages(chromium, site: Site, pages: list[Address], size: str) -> None:
    """Front and back of one sheet, sources and addresses included."""
    page = chromium().new_page()

    sheets = {
        address.path: on_paper(page, site.url + address.path, size)
        for address in pages
        if address.kind in ("day", "site")
    }

    assert {path: number for path, number in sheets.items() if number > 2} == {}


def test_paper_shows_no_bars_and_the_addresses_of_links(chromium, deep_host: Site) -> None:
    """What only a screen can do is left out; page and sources can be found by whoever holds the sheet."""
    page: Page = chromium().new_page()
    page.goto(f"{deep_host.url}en/sites/market/way/")
    page.emulate_media(media="print")

    def shown(css: str) -> object:
        return page.evaluate("(css) => [...document.querySelectorAll(css)].some((one) => one.checkVisibility())", css)

    link = page.locator("a[rel=external][href^=https]").first
    written = link.evaluate("(one) => getComputedStyle(one, '::after').content")

    assert not any(shown(css) for css in (".top", ".saved", ".bottom nav", ".chooser", ".neighbours", ".step__tick"))
    assert shown("h1") and shown(".sources li") and shown(".help")
    assert "http" in written
    assert f"{deep_host.url}en/sites/market/way/" in page.locator(".paper").inner_text()
