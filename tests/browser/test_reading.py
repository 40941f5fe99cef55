"""The front page and the pages as plain pages: what works before, or without, any script."""

import pytest
from playwright.sync_api import expect

from guide.site.library import Language
from guide.site.pages import Address
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("locale", "path"), [("es-CO", "es/"), ("en-GB", "en/"), ("pt-BR", "")])
def test_the_front_page_goes_to_a_language_that_the_browser_asks_for(
    chromium, site: Site, locale: str, path: str
) -> None:
    """A first visit lands in the reader's language; a language the guide does not have gets the choice."""
    page = chromium(locale=locale).new_page()

    page.goto(site.url)
    page.wait_for_selector("#days" if path else "[data-go]")

    assert page.url == site.url + path


def test_the_front_page_goes_to_the_language_chosen_before(chromium, site: Site, languages: list[Language]) -> None:
    """The reader's own choice counts for more than the browser's language."""
    english = next(language for language in languages if language.tag == "en")
    page = chromium(locale="es-CO").new_page()
    page.goto(f"{site.url}es/")
    page.locator(".languages").get_by_role("link", name=english.name, exact=True).click()
    page.wait_for_selector("html[lang=en]")

    page.goto(site.url)
    page.wait_for_selector("#days")

    assert page.url == f"{site.url}en/"


def test_the_front_page_works_without_scripts(chromium, site: Site, languages: list[Language]) -> None:
    """Every language is one plain link away."""
    page = chromium(java_script_enabled=False).new_page()

    reached = []
    for language in languages:
        page.goto(site.url)
        page.get_by_role("link", name=language.name, exact=True).click()
        page.wait_for_selector(f"html[lang={language.tag}]")
        reached.append(page.url)

    assert reached == [f"{site.url}{language.tag}/" for language in languages]


def test_every_kind_of_page_reads_and_switches_language_without_scripts(
    chromium, site: Site, kinds: list[Address], languages: list[Language]
) -> None:
    """Without scripts every page has its heading, its text and the same page in the other language."""
    page = chromium(java_script_enabled=False).new_page()
    spanish, english = sorted(languages, key=lambda language: language.tag, reverse=True)

    for kind in kinds:
        here = kind.in_language(spanish.tag)
        page.goto(site.url + here.path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert len(page.inner_text("main")) > 200, here.path
        page.locator(".languages").get_by_role("link", name=english.name, exact=True).click()
        page.wait_for_url(site.url + kind.in_language(english.tag).path)
        assert page.title() == site.title(kind.in_language(english.tag).path)


def test_a_reader_walks_from_day_to_site_without_scripts(chromium, site: Site) -> None:
    """From the front of the guide to a day, to a site of that day, and home again, by links alone."""
    page = chromium(java_script_enabled=False).new_page()
    page.goto(f"{site.url}en/")

    page.locator("section[aria-labelledby=days] a").first.click()
    page.wait_for_url("**/en/days/*/")
    page.locator(".stop h3 a").first.click()
    page.wait_for_url("**/en/sites/*/")
    page.get_by_role("banner").get_by_role("link").first.click()

    page.wait_for_url(f"{site.url}en/")
