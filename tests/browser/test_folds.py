"""How much a visitor must pass, and what opens on the way: short pages, folded parts, sources in place."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from guide.site.pages import Address
from tests.browser.engines import Tab
from tests.browser.siteserver import Site
from tests.conftest import IN_BOTH_LANGUAGES

pytestmark = pytest.mark.browser

SITE = Address("en", "site", "comuna-13").path
ANDROID = "html { font-family: Roboto, system-ui, sans-serif !important }"
"""The letters of most phones; a machine for tests has wider ones."""

SCREENS = "document.documentElement.scrollHeight / innerHeight"
BEFORE = """(id) => {
  const range = document.createRange();
  range.setStart(document.querySelector("main"), 0);
  range.setEndBefore(document.getElementById(id));
  const copy = range.cloneContents();
  for (const unseen of copy.querySelectorAll("nav, [popover], .mark")) unseen.remove();
  const text = [...copy.querySelectorAll("h1, h2, h3, p, li, dt, dd")].filter((one) => !one.querySelector("p, li"));
  return text.map((one) => one.textContent).join(" ").split(/\\s+/).filter(Boolean).length;
}"""
"""How many words stand on a page before an element."""

READ_ONLY_TEXT = "document.querySelector('main').innerText"


@IN_BOTH_LANGUAGES
def test_no_page_is_long_before_it_is_unfolded(chromium, site: Site, pages: list[Address], tag: str) -> None:
    """On a phone a site or a day takes six screens at most, every other page eight."""
    page = chromium(bypass_csp=True).new_page()
    found = {}

    for address in (one for one in pages if one.tag == tag):
        page.goto(site.url + address.path)
        page.add_style_tag(content=ANDROID)
        found[address] = page.evaluate(SCREENS)

    long = {one.path: round(screens, 2) for one, screens in found.items()
            if screens > (6 if one.kind in ("site", "day") else 8)}  # fmt: skip
    assert long == {}


def test_respect_and_facts_come_soon(chromium, site: Site, pages: list[Address]) -> None:
    """At most 450 words stand before the rules and the practical facts of a site."""
    page = chromium().new_page()
    found = {}

    for address in pages:
        if address.kind == "site":
            page.goto(site.url + address.path)
            found[address.path] = page.evaluate(BEFORE, "respect"), page.evaluate(BEFORE, "facts")

    assert {path: words for path, words in found.items() if max(words) > 450} == {}


def test_a_link_into_a_folded_part_opens_it(tab: Tab, site: Site) -> None:
    """From another page and on the same page, whichever browser shows it."""
    tab.open(f"{site.url}{SITE}#story")
    tab.wait("details[open] #story")
    tab.value("(location.hash = '#note-1', null)")
    tab.wait("details[open] #note-1")

    seen = tab.value("document.getElementById('note-1').getBoundingClientRect().height")

    assert seen > 0


def test_a_jump_to_the_same_heading_opens_it_again(chromium, site: Site) -> None:
    """A part that was folded by hand opens again for the same link."""
    page = chromium().new_page()
    page.goto(f"{site.url}en/days/2/")
    link = page.locator('.contents a[href="#story"]')

    link.click()
    expect(page.locator("details[open] #story")).to_be_visible()
    page.locator("summary:has(#story)").click()
    expect(page.locator("details[open] #story")).to_have_count(0)
    link.click()

    expect(page.locator("details[open] #story")).to_be_visible()


def test_paper_and_readers_without_scripts_get_every_word(chromium, site: Site) -> None:
    """What is folded on the screen is printed, and is there where no script could open it."""
    page = chromium().new_page()
    page.goto(site.url + SITE)
    folded = page.evaluate(READ_ONLY_TEXT)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.evaluate(READ_ONLY_TEXT)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    after = page.evaluate(READ_ONLY_TEXT)

    plain = chromium(java_script_enabled=False).new_page()
    plain.goto(site.url + SITE)
    heights = plain.locator(".fold").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")

    assert "Operation Orión" not in folded
    assert "Operation Orión" in printed
    assert after == folded
    assert len(heights) >= 4
    assert all(height > 80 for height in heights)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_source_opens_where_the_reader_is(chromium, site: Site, scheme: str) -> None:
    """A press on a mark shows publisher, year and address without leaving the line; Escape gives the line back."""
    page = chromium(color_scheme=scheme, bypass_csp=True).new_page()
    page.goto(f"{site.url}{SITE}#see")
    mark = page.locator("section[aria-labelledby=see] .mark a").first
    mark.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")

    mark.click()
    sheet = page.locator(".sheet:popover-open")
    expect(sheet).to_be_visible()
    expect(sheet.locator(".sheet__entry a[rel=external]").first).to_be_visible()
    results = Axe().run(page)
    moved = page.evaluate("scrollY") - before
    page.keyboard.press("Escape")

    assert results.violations_count == 0, results.generate_report()
    assert abs(moved) < 2
    expect(sheet).to_have_count(0)
    assert mark.evaluate("(link) => document.activeElement === link")


def test_a_mark_of_the_record_opens_its_words_and_pages(tab: Tab, site: Site) -> None:
    """The record is told in our words with its printed pages; no mark leads in a circle of codes."""
    tab.open(f"{site.url}en/days/2/#story")
    tab.wait("details[open] .mark a")

    tab.value(
        "[...document.querySelectorAll('.mark a')]"
        ".find((mark) => document.querySelector(`${mark.hash} [data-entries^=d2]`)).click()"
    )
    tab.wait(".sheet__entry")
    text = str(tab.value("document.querySelector('.sheet').textContent"))

    assert "p. 10–13" in text
    assert len(text) > 120
