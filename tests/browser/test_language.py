"""Changing the language in mid-page."""

import pytest
from playwright.sync_api import expect

from guide.site.library import Language
from tests.browser.engines import Tab
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

NEAREST = """(() => {
  const blocks = [...document.querySelectorAll("main h2[id], main h3[id], main dt[id]")];
  const seen = blocks.filter((one) => one.offsetParent && one.getBoundingClientRect().top < 300);
  return [seen.at(-1)?.id, [...document.querySelectorAll(".fold")].map((fold) => fold.open)];
})()"""


def test_the_other_language_shows_the_same_place(tab: Tab, site: Site, languages: list[Language]) -> None:
    """The part that was on the screen is on the screen, and what was unfolded is unfolded."""
    tab.open(f"{site.url}es/sites/moravia/")
    tab.wait("#saved[data-state]")
    tab.value("(document.querySelector('.fold:has(#story)').open = true, null)")
    for block in ("#ask", "#story"):
        tab.value(f"(document.querySelector('{block}').scrollIntoView({{ behavior: 'instant' }}), null)")
        before = tab.value(NEAREST)
        here = tab.value("document.documentElement.lang")
        other = next(language for language in languages if language.tag != here)

        tab.value(f"(document.querySelector('.bar [hreflang={other.tag}]').click(), null)")
        tab.wait(f"html[lang={other.tag}] #saved[data-state]")

        assert tab.value(NEAREST) == before


def test_a_new_page_in_the_other_language_begins_at_its_top(chromium, site: Site, languages: list[Language]) -> None:
    """At the top of a page the switch leads to the top, and a place is used once."""
    page = chromium().new_page()
    page.goto(f"{site.url}es/days/2/")
    page.wait_for_selector(".sun:not([disabled])")
    page.locator(".bar a[hreflang=en]").click()
    page.wait_for_url("**/en/days/2/")
    page.wait_for_selector(".sun:not([disabled])")

    assert page.evaluate("scrollY") == 0
    expect(page.locator("html")).to_have_attribute("lang", "en")
