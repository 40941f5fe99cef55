"""Cards to show to somebody: on the whole screen, from wherever they are needed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.engines import Tab, until
from tests.browser.saving import save
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

AWAKE = """Object.defineProperty(navigator, "wakeLock", { value: { request: async (kind) => {
  window.awake = kind;
  return { release: async () => { window.awake = ""; } };
} } });"""


def _card(page: Page):
    return page.get_by_role("dialog")


def test_one_press_on_the_page_of_a_site_shows_the_card(chromium, site: Site) -> None:
    """It fills the screen, black on white in the dark as well, in the language that people speak there."""
    page = chromium(locale="en", color_scheme="dark").new_page()
    page.goto(f"{site.url}en/sites/moravia/")

    page.get_by_role("link", name="Card to show").click()

    expect(_card(page)).to_contain_text("Moravia")
    expect(_card(page)).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(_card(page)).to_have_css("color", "rgb(0, 0, 0)")
    expect(_card(page).locator("[lang=es]")).to_be_visible()
    assert _card(page).bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
    _card(page).get_by_role("button").click()
    expect(_card(page)).to_be_hidden()


def test_the_screen_stays_on_while_a_card_is_shown(chromium, site: Site) -> None:
    page = chromium(locale="en").new_page()
    page.add_init_script(AWAKE)
    page.goto(f"{site.url}en/phrases/")

    page.locator("#toilet").get_by_role("button").click()
    expect(_card(page)).to_contain_text("baño")
    until(page, "() => window.awake === 'screen'")
    page.keyboard.press("Escape")

    until(page, "() => window.awake === ''")


def test_cards_are_shown_without_a_network_in_every_engine(tab: Tab, site: Site) -> None:
    save(tab, site, "en/")
    site.stop()
    tab.open(f"{site.url}en/phrases/")
    tab.wait("#bill button:not([hidden])")

    shown = tab.value(
        "(document.querySelector('#bill button').click(), document.querySelector('dialog[open]').textContent.trim())"
    )

    assert str(shown).startswith("La cuenta, por favor.")


def test_the_sentences_are_there_without_scripts(chromium, site: Site) -> None:
    """Each with what it means, and no button that does nothing."""
    page = chromium(java_script_enabled=False).new_page()
    page.goto(f"{site.url}en/phrases/")

    expect(page.get_by_text("Disculpe, ¿dónde hay un baño?")).to_be_visible()
    expect(page.get_by_text("Excuse me, where is the toilet?")).to_be_visible()
    expect(page.get_by_role("button", name="Full screen").first).to_be_hidden()
