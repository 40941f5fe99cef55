"""The pages on a small phone: open to everyone, in every theme, by keyboard and by what a screen reader reads."""

import json
import os
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel.dates import format_date
from playwright.sync_api import BrowserContext, Page

from guide.site.library import Language
from guide.site.pages import Address
from tests.browser.engines import SUNLIGHT
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

THEMES = {"light": {}, "dark": {"color_scheme": "dark"}, "sunlight": {}, "forced": {"forced_colors": "active"}}
TREES = Path(__file__).parent / "trees"
LOCALES = {"en": "en_GB", "es": "es_CO"}
OPEN = """() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  document.querySelector(".term")?.click();
}"""


def in_theme(chromium, theme: str) -> BrowserContext:
    """A browser whose reader chose a theme."""
    context = chromium(bypass_csp=True, **THEMES[theme])
    if theme == "sunlight":
        context.add_init_script(SUNLIGHT)
    return context


def faults(page: Page, address: str) -> list[str]:
    """What axe finds on a page with all that can be opened open."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate(OPEN)
    results = Axe().run(page)
    return [f"{address}: {results.generate_report()}"] if results.violations_count else []


def test_no_kind_of_page_has_a_fault_that_axe_finds(chromium, site: Site, kinds: list[Address]) -> None:
    """Names, roles, order and contrast hold on every kind of page."""
    page = in_theme(chromium, "light").new_page()
    addresses = [kind.in_language("es") for kind in kinds]

    assert [fault for address in addresses for fault in faults(page, site.url + address.path)] == []


@pytest.mark.parametrize(("tag", "theme"), [("en", "dark"), ("es", "sunlight")])
def test_no_theme_has_a_fault_that_axe_finds(
    chromium, host: Site, few_kinds: list[Address], tag: str, theme: str
) -> None:
    """They hold in the colours of every theme."""
    page = in_theme(chromium, theme).new_page()
    addresses = [Address("", "lost"), *(kind.in_language(tag) for kind in few_kinds)]

    assert [fault for address in addresses for fault in faults(page, host.url + address.path)] == []


@pytest.mark.matrix
@pytest.mark.parametrize("theme", THEMES)
def test_no_page_has_a_fault_that_axe_finds(chromium, site: Site, pages: list[Address], theme: str) -> None:
    """The same for every single page of both languages, in every theme."""
    page = in_theme(chromium, theme).new_page()

    assert [fault for address in pages for fault in faults(page, site.url + address.path)] == []


@pytest.mark.parametrize("tag", ["es", "en"])
def test_a_screen_reader_meets_each_kind_of_page_as_it_was_reviewed(either, host: Site, versions, tag: str) -> None:
    """The tree of the miniature guide's pages is the one in trees/; `make trees` writes it anew, to be read over."""
    page = either().new_page()
    page.clock.set_fixed_time("2027-05-31T12:00:00")
    folder = versions.old / tag
    built = date.fromisoformat(json.loads((versions.old / "offline/current.json").read_text())["date"])
    differing = []

    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix().removesuffix("/index.html").removesuffix(".html").replace("/", "-")
        page.goto(host.url + path.relative_to(versions.old).as_posix().removesuffix("index.html"))
        page.wait_for_selector("#saved[data-state=saved]")
        page.wait_for_load_state("networkidle")
        if page.locator(".kept").count():  # the page Saved has read every file
            page.wait_for_selector(".kept__more")
        tree = re.sub(r"(?<=- status: )(?=.*\d).*", "…", page.locator("body").aria_snapshot())
        # Engines part the letters of a drawing in different ways.
        tree = re.sub(r'(- img ".*": )(.*)', lambda found: found[1] + found[2].replace(" ", ""), tree)
        tree = tree.replace(format_date(built, "long", LOCALES[tag]), "…")
        reviewed = TREES / tag / f"{name}.yaml"
        if "WRITE_TREES" in os.environ:
            reviewed.parent.mkdir(parents=True, exist_ok=True)
            reviewed.write_text(f"{tree}\n", encoding="utf-8")
        differing += [] if reviewed.read_text(encoding="utf-8") == f"{tree}\n" else [name]

    assert differing == []


def tab_to(page: Page, name: str) -> None:
    """Move the focus forward until it is on what has this name, then press Enter."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if name in page.evaluate("[document.activeElement.ariaLabel, document.activeElement.textContent].join(' ')"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", name
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the focus never came to {name}")


def test_by_keyboard_alone_from_the_front_page_to_a_way_and_back_to_today(
    either, site: Site, languages: list[Language]
) -> None:
    """From / to the steps to La Loma and on to today's day: Tab and Enter are enough, and the focus is seen."""
    spanish = next(language for language in languages if language.tag == "es")
    page = either().new_page()
    today = datetime.fromisoformat(f"{spanish.guide.date_of('3')}T09:00")
    page.clock.set_fixed_time(today)

    page.goto(site.url)
    page.wait_for_url(f"{site.url}es/")
    tab_to(page, str(spanish.guide.sites["la-loma"].name))
    page.wait_for_url("**/sites/la-loma/")
    tab_to(page, "Ruta y mapa")
    page.wait_for_url("**/sites/la-loma/way/")
    page.wait_for_selector(".chooser:not([hidden])")
    page.locator(".chooser__name").focus()
    page.keyboard.type("niq")
    page.keyboard.press("Enter")
    steps = page.locator("[data-way=there] .step").count()
    page.keyboard.press("Control+Home")
    page.goto(page.url)
    tab_to(page, "Días")
    page.wait_for_url("**/es/#days")
    current = page.locator("[aria-current=date] h3 a")
    tab_to(page, current.inner_text())
    page.wait_for_url("**/days/3/")

    assert steps > 3


def test_by_names_and_roles_alone_from_the_front_page_to_a_way(chromium, site: Site, languages: list[Language]) -> None:
    """What a screen reader lists (landmarks, headings, links, fields by name) leads to the steps and back."""
    english = next(language for language in languages if language.tag == "en")
    page = chromium(locale="en-GB").new_page()

    page.goto(site.url)
    page.get_by_role("main").get_by_role("link", name=str(english.guide.sites["la-loma"].name), exact=True).click()
    page.get_by_role("link", name="Directions and map").click()
    page.get_by_role("searchbox", name="Where are you starting from?").fill("niquia")
    page.get_by_role("list", name="Stations").get_by_role("button").first.click()
    steps = page.get_by_role("region", name="Step by step").get_by_role("checkbox").all()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Days").click()
    page.get_by_role("region", name="The days").get_by_role("link").nth(2).click()

    page.wait_for_url("**/en/days/3/")
    assert len(steps) > 3
