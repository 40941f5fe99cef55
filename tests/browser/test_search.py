"""Search in the hand: without a network, in every language, and what it leads to."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide import create_app
from guide.config import Settings
from guide.publish.build import build
from tests.browser.conftest import Edition
from tests.browser.engines import Complaints, PlaywrightTab, Tab, until
from tests.browser.saving import LET_FAIL, SAVED, check_now, save
from tests.browser.siteserver import Site
from tests.conftest import copy_of_miniature

pytestmark = pytest.mark.browser

QUESTIONS = ("escaleras", "moravia", "reconciliación", "victims' unit", "fare", "16 October 2002", "Poblado", "combo")


def _search(page: Page, query: str) -> None:
    """Type something and wait until its number is told."""
    page.get_by_role("searchbox").fill(query)
    expect(page.locator(".search__state")).to_contain_text(f"“{query}”")


def _saved(chromium, site: Site, complaints: Complaints) -> Page:
    """The page, saved, without a network."""
    complaints.expected += LET_FAIL
    page = chromium(locale="en").new_page()
    page.goto(f"{site.url}en/search/")
    page.wait_for_selector(SAVED)
    site.stop()
    page.goto(f"{site.url}en/search/")
    return page


def test_both_languages_are_found_without_a_network(chromium, site: Site, complaints: Complaints) -> None:
    """A Spanish word on an English page: the English places first, then the Spanish ones, marked as such."""
    page = _saved(chromium, site, complaints)

    _search(page, "escaleras")

    english, spanish = page.locator('[data-tag="en"]'), page.locator('[data-tag="es"]')
    first = english.get_by_role("link").evaluate_all(
        "links => links.slice(0, 3).map((link) => link.pathname + link.hash)"
    )
    assert "/en/sites/comuna-13/#see" in first
    expect(spanish.get_by_role("heading")).to_have_text("Español")
    assert {*spanish.locator("li").evaluate_all("items => items.map((item) => item.lang)")} == {"es"}
    expect(english.locator("mark").first).to_be_visible()


def test_every_result_leads_to_a_place_that_is_seen(chromium, site: Site, complaints: Complaints) -> None:
    """All that are counted are listed, folded parts open, and the heading is on the screen."""
    page = _saved(chromium, site, complaints)
    links: set[str] = set()
    for question in QUESTIONS:
        _search(page, question)
        expect(page.locator(".search:not([aria-busy])")).to_be_visible()
        while (more := page.get_by_role("button", name="Show more results")).count():
            more.first.click()
        links |= {*page.locator(".search__found a").evaluate_all("links => links.map((link) => link.href)")}
        told = re.search(r"\d+", page.locator(".search__state").inner_text().replace(question, ""))
        assert told and page.locator(".search__found li").count() == int(told[0]), question
    assert len(links) > 50

    lost = []
    for link in sorted(links):
        page.goto(link)
        anchor = link.partition("#")[2]
        shown = page.evaluate(
            """(id) => {
              const target = id ? document.getElementById(id) : document.querySelector("h1");
              const { top, bottom } = target?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
              return bottom > 0 && top < innerHeight;
            }""",
            anchor,
        )
        lost += [] if shown else [link]
    assert lost == []


def test_back_brings_the_query_its_results_and_the_place(chromium, site: Site, complaints: Complaints) -> None:
    page = _saved(chromium, site, complaints)
    _search(page, "moravia")
    expect(page.locator(".search:not([aria-busy])")).to_be_visible()
    page.evaluate("addEventListener('pagehide', () => sessionStorage.setItem('left', scrollY))")
    page.evaluate("scrollTo(0, 500)")
    assert page.url.endswith("?q=moravia")

    page.locator(".search__found a").nth(4).click()
    page.wait_for_url(lambda url: "/search/" not in url)
    page.go_back()

    expect(page.get_by_role("searchbox")).to_have_value("moravia")
    expect(page.locator(".search__found a").nth(4)).to_be_in_viewport()
    until(page, "() => scrollY > 100 && scrollY === Number(sessionStorage.left)")  # a click may scroll


def test_a_search_is_done_by_keyboard(either, site: Site) -> None:
    """Enter searches, Tab leads to the results, and Enter opens one."""
    page = either(locale="en").new_page()
    page.goto(f"{site.url}en/search/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_visible()
    field.focus()

    page.keyboard.type("escalators")
    page.keyboard.press("Enter")
    first = page.locator(".search__found a").first
    expect(first).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if first.evaluate("(link) => link === document.activeElement"):
            break
    page.keyboard.press("Enter")

    page.wait_for_url(lambda url: "/search/" not in url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_result_stays_while_more_is_read(either, site: Site) -> None:
    """Somebody may be touching it, or have reached it with Tab: what is shown already is not shown anew."""
    page = either(locale="en").new_page()
    page.goto(f"{site.url}en/search/")
    page.wait_for_selector(SAVED)
    _search(page, "moravia")
    expect(page.locator(".search:not([aria-busy])")).to_be_visible()
    page.evaluate("window.shown = [...document.querySelectorAll('.search__found li')]")
    page.evaluate("shown[2].querySelector('a').focus()")
    reading = page.evaluate(
        """() => {
          document.getElementById("saved").dispatchEvent(new Event("guide:state")); // more was saved
          return document.querySelector(".search").getAttribute("aria-busy");
        }"""
    )
    expect(page.locator(".search:not([aria-busy])")).to_be_visible()

    assert reading == "true"
    assert page.evaluate("shown.length > 5 && shown.every((item) => item.isConnected)")
    assert page.evaluate("shown[2].contains(document.activeElement)")


def test_what_is_typed_is_only_ever_text(tab: Tab, host: Site) -> None:
    """In every engine, under the policy of the pages; the consoles have nothing to say."""
    save(tab, host)
    tab.open(f"{host.url}en/search/?q=%3Cimg%20src%3E%20lighthouse")
    tab.wait(".search__found:not([hidden]) mark")
    tab.wait(".search__state:not(:empty)")

    assert tab.value("document.querySelectorAll('.search img, .search script').length") == 0
    assert "<img src>" in str(tab.value("document.querySelector('.search__state').textContent"))


def test_it_waits_for_the_guide_and_says_so(chromium, host: Site) -> None:
    """What is typed early is answered when the text is there."""
    page = chromium(locale="en").new_page()
    host.gate.clear()
    page.goto(f"{host.url}en/search/")
    page.get_by_role("searchbox").fill("lighthouse")
    expect(page.locator(".search__state")).to_contain_text("as soon as the guide is saved")

    host.gate.set()

    expect(page.locator('[data-tag="en"] a').first).to_be_visible()
    page.wait_for_selector(SAVED)
    page.get_by_role("searchbox").fill("faro")
    expect(page.locator('[data-tag="es"] a').first).to_be_visible()


def test_where_nothing_can_be_saved_the_pages_of_the_host_are_searched(chromium, host: Site) -> None:
    page = chromium(locale="en").new_page()
    page.add_init_script("Object.defineProperty(window, 'caches', { get: () => undefined }); delete window.caches;")
    page.goto(f"{host.url}en/search/?q=lighthouse")

    expect(page.locator('[data-tag="en"] a').first).to_be_visible()


def test_results_are_of_the_guide_that_is_active(chromium, edition: Edition) -> None:
    """After an update nothing of the former one is found."""
    edition.add_to_page("about", "The herring is silver.")
    edition.publish()
    page = chromium(locale="en").new_page()
    page.goto(f"{edition.site.url}en/search/")
    page.wait_for_selector(SAVED)
    _search(page, "herring")
    expect(page.locator('[data-tag="en"] a').first).to_be_visible()

    about = edition.root / "content/pages/about.md"
    about.write_text(about.read_text(encoding="utf-8").replace("herring is silver", "mackerel is blue"), "utf-8")
    edition.publish()
    check_now(PlaywrightTab(page))
    page.wait_for_selector("#saved[data-state=newer]")

    expect(page.locator(".search__state")).to_contain_text("Nothing found for “herring”")
    _search(page, "mackerel")
    expect(page.locator('[data-tag="en"] a').first).to_be_visible()


def test_a_third_language_is_searched_without_a_word_of_code(chromium, tmp_path: Path, servers) -> None:
    """Whatever catalogs are there."""
    paths = copy_of_miniature(tmp_path / "guide")
    spanish, third = (paths.root / f"translations/{tag}/LC_MESSAGES/messages.po" for tag in ("es", "it"))
    third.parent.mkdir(parents=True)
    third.write_text(spanish.read_text(encoding="utf-8").replace('"Language: es', '"Language: it'), encoding="utf-8")
    build(create_app(Settings(paths=paths)), tmp_path / "build")
    site = Site(tmp_path / "build")
    servers.callback(site.stop)
    page = chromium(locale="en").new_page()
    page.goto(f"{site.url}en/search/")
    page.wait_for_selector(SAVED)

    _search(page, "faro")

    expect(page.locator('[data-tag="it"] a').first).to_be_visible()
    expect(page.locator('[data-tag="it"] h2')).to_have_text("Italiano")


def test_without_scripts_there_is_an_index_and_no_dead_field(chromium, site: Site) -> None:
    page = chromium(java_script_enabled=False).new_page()
    page.goto(f"{site.url}en/search/")

    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.get_by_role("heading", name="P", exact=True).click()
    page.get_by_role("link", name="Poblado", exact=True).click()
    expect(page.get_by_role("heading", name="Directions to each site")).to_be_in_viewport()


def test_a_station_leads_to_the_directions_from_there(chromium, site: Site, complaints: Complaints) -> None:
    page = _saved(chromium, site, complaints)
    _search(page, "el poblado")

    page.locator(".search__found a").first.click()

    expect(page.locator(".starts__from")).to_have_text("From Poblado:")


def test_the_number_is_told_once_a_pause(chromium, site: Site, complaints: Complaints) -> None:
    """A screen reader hears of the results when somebody stops typing, not at each letter."""
    page = _saved(chromium, site, complaints)
    _search(page, "metro")
    page.wait_for_selector(".search:not([aria-busy])")
    page.evaluate(
        """() => {
          window.told = 0;
          const line = document.querySelector(".search__state");
          new MutationObserver(() => window.told++).observe(line, { childList: true });
        }"""
    )

    page.evaluate(
        """() => {
          const field = document.querySelector("#query");
          for (const letter of " culture") {
            field.value += letter;
            field.dispatchEvent(new Event("input"));
          }
        }"""
    )
    expect(page.locator(".search__state")).to_contain_text("“metro culture”")

    assert page.evaluate("window.told") == 1
    assert page.get_by_role("search").count() == 1
