"""How soon a visitor has an answer: presses and screens from the first page, on a phone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser


def screens_to(page: Page, target: Locator) -> float:
    """How many screens a reader scrolls until the whole of a line is above the bar; 0 where it is seen at once."""
    expect(target).to_be_visible()
    bottom = target.evaluate("(one) => one.getBoundingClientRect().bottom")
    seen = page.evaluate("innerHeight") - page.locator(".bar").evaluate("(bar) => bar.getBoundingClientRect().height")
    return max(0.0, bottom - seen) / page.evaluate("innerHeight")


@pytest.fixture
def page(chromium, site: Site) -> Page:
    page = chromium().new_page()
    page.goto(f"{site.url}en/")
    return page


def press(page: Page, link: Locator) -> None:
    """Presses a link and waits for where it leads."""
    with page.expect_navigation():
        link.click()


def test_emergency_is_on_the_first_screen(page: Page) -> None:
    """123 is one press away, without scrolling."""
    link = page.locator("main a[href='tel:123']")

    assert screens_to(page, link) == 0


def test_the_rule_on_photographs_is_two_presses_away(page: Page) -> None:
    """Sites, the site: the rule stands on the first screen."""
    page.locator(".bar").get_by_role("link", name="Sites").click()
    press(page, page.get_by_role("link", name="Comuna 13 (San Javier)", exact=True).last)

    assert screens_to(page, page.locator(".rules li").first) == 0


def test_the_lesson_on_metro_culture_is_two_presses_away(page: Page) -> None:
    """Lessons, the lesson: at most one screen down."""
    press(page, page.locator(".bar").get_by_role("link", name="Lessons"))
    link = page.locator(".links").get_by_role("link", name="Cultura Metro")
    scrolled = screens_to(page, link)
    press(page, link)

    assert scrolled <= 1
    assert screens_to(page, page.locator("main .lead")) == 0


def test_the_six_axes_are_two_presses_away(page: Page) -> None:
    """Lessons, The axes: the list begins at the top of the screen."""
    press(page, page.locator(".bar").get_by_role("link", name="Lessons"))
    link = page.locator(".contents").get_by_role("link", name="The axes")
    scrolled = screens_to(page, link)
    press(page, link)

    assert scrolled <= 1
    assert screens_to(page, page.locator("#axes")) == 0


def test_the_card_to_show_is_three_presses_away(page: Page) -> None:
    """Sites, the site, the card: at most one screen down in all."""
    page.locator(".bar").get_by_role("link", name="Sites").click()
    press(page, page.get_by_role("link", name="Comuna 13 (San Javier)", exact=True).last)
    link = page.get_by_role("link", name="Card to show")
    scrolled = screens_to(page, link)
    press(page, link)

    assert scrolled <= 1
    assert screens_to(page, page.locator(".show")) == 0
