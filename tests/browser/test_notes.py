"""Source marks and glossary words in the hands of a reader: by keyboard, without scripts, on any phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from guide.site.pages import Address
from tests.browser.engines import Tab
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

SITE = Address("es", "site", "la-loma").path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_note_on_a_word_has_no_fault_that_axe_finds(chromium, site: Site, scheme: str) -> None:
    """Name, contrast and place of the note hold while it is open."""
    page = chromium(color_scheme=scheme, bypass_csp=True).new_page()
    page.goto(site.url + SITE)

    page.locator("button.term:visible").first.click()
    page.wait_for_selector(".term__note:popover-open")
    results = Axe().run(page)

    assert results.violations_count == 0, results.generate_report()


def test_a_word_explains_itself_by_keyboard_and_without_scripts(chromium, site: Site) -> None:
    """Enter opens the note, Escape closes it, and the word keeps the focus."""
    page = chromium(java_script_enabled=False).new_page()
    page.goto(site.url + SITE)
    word = page.locator("button.term:visible").first

    word.press("Enter")
    page.wait_for_selector(".term__note:popover-open")
    opened = page.locator(".term__note:popover-open").inner_text()
    page.keyboard.press("Escape")
    page.locator(".term__note:popover-open").wait_for(state="detached")

    assert opened.strip().endswith(".")
    assert word.evaluate("(button) => document.activeElement === button")


def test_a_source_mark_leads_to_its_note_and_back_without_scripts(chromium, site: Site) -> None:
    """By keyboard alone a reader gets from a statement to its source and returns to the statement."""
    page = chromium(java_script_enabled=False).new_page()
    page.goto(site.url + SITE)

    page.locator(".mark a").first.press("Enter")
    page.wait_for_url("**/#note-1")
    page.locator("#note-1 .back").press("Enter")
    page.wait_for_url("**/#mark-1")

    assert page.locator("#mark-1").is_visible()


def test_marks_notes_and_words_are_there_in_every_engine(tab: Tab, site: Site) -> None:
    """Every mark has its note, every word its explanation, whichever browser shows the page."""
    tab.open(site.url + SITE)

    counts = tab.value(
        "[document.querySelectorAll('.mark a').length > 5,"
        " [...document.querySelectorAll('.mark a')].every((mark) => document.querySelector(mark.hash)),"
        " [...document.querySelectorAll('button.term')].every((word) =>"
        "   document.getElementById(word.getAttribute('popovertarget')).textContent.length > 10)]"
    )

    assert counts == [True, True, True]
