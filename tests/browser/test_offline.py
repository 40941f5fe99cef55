"""A guide that was saved is whole without a network."""

import json
from pathlib import Path

import pytest

from guide.site.library import Language
from guide.site.pages import Address
from tests.browser.engines import Browsers, Complaints, Tab
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

SAVED = "#saved[data-state=saved]"
HASHES = """Promise.all(PATHS.map(async (path) => {
  const body = await (await fetch(ROOT + path)).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return [path, Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")];
})).then(Object.fromEntries)"""


def save_and_disconnect(tab: Tab, host: Site) -> None:
    tab.open(f"{host.url}es/")
    tab.wait(SAVED)
    host.stop()


@pytest.mark.scenario
def test_every_page_of_both_languages_opens_without_a_network(tab: Tab, host: Site, few_pages: list[Address]) -> None:
    """One visit to one page is enough to read all of the guide where there is no network."""
    save_and_disconnect(tab, host)

    opened = {page.path: (tab.open(host.url + page.path), tab.value("document.title")) for page in few_pages}

    assert opened == {page.path: (200, host.title(page.path)) for page in few_pages}


@pytest.mark.matrix
def test_every_page_of_the_guide_opens_without_a_network(tab: Tab, site: Site, pages: list[Address]) -> None:
    """The same for the real guide, which is ten times as long."""
    save_and_disconnect(tab, site)

    opened = {page.path: (tab.open(site.url + page.path), tab.value("document.title")) for page in pages}

    assert opened == {page.path: (200, site.title(page.path)) for page in pages}


def test_every_saved_file_is_the_file_of_the_build(tab: Tab, host: Site) -> None:
    """What comes from the phone is byte for byte what was built."""
    save_and_disconnect(tab, host)
    listed = host.listed()

    served = tab.value(HASHES.replace("PATHS", json.dumps(list(listed))).replace("ROOT", json.dumps(host.url)))

    assert served == listed


def test_a_calendar_comes_from_the_phone_with_its_type(tab: Tab, host: Site) -> None:
    """A phone opens it in its calendar, where it would show any other type as text."""
    save_and_disconnect(tab, host)
    address = f"{host.url}es/calendars/lab.ics"

    answer = tab.value(
        f"fetch('{address}').then(async (it) => [it.status, it.headers.get('content-type'), await it.text()])"
    )

    written = host.folder.joinpath("es/calendars/lab.ics").read_bytes().decode()
    assert answer == [200, "text/calendar; charset=utf-8", written]


def test_the_language_switch_keeps_the_page_without_a_network(
    tab: Tab, host: Site, few_pages: list[Address], languages: list[Language]
) -> None:
    """A reader changes the language on any page and stays on it, at the same heading."""
    page = next(page for page in few_pages if page.tag == "es" and page.kind == "site")
    english = next(language for language in languages if language.tag == "en")
    save_and_disconnect(tab, host)
    tab.open(f"{host.url}{page.path}#story")

    tab.follow(english.name)
    tab.wait("html[lang=en]")

    assert tab.address == f"{host.url}{page.in_language('en').path}#story"


def test_other_forms_of_an_address_lead_to_the_page_without_a_network(
    tab: Tab, host: Site, few_pages: list[Address]
) -> None:
    """A link with a tracking tail, without its last slash or with index.html opens the page it means."""
    path = next(page.path for page in few_pages if page.tag == "en" and page.kind == "day")
    save_and_disconnect(tab, host)

    landed = {}
    for form in (f"{path}?utm_source=x", f"{path.rstrip('/')}?x=1", f"{path}index.html"):
        tab.open(host.url + form)
        landed[form] = tab.address.removeprefix(host.url)

    assert landed == {
        f"{path}?utm_source=x": f"{path}?utm_source=x",
        f"{path.rstrip('/')}?x=1": f"{path}?x=1",
        f"{path}index.html": path,
    }


def test_the_front_page_leads_to_the_language_chosen_before_without_a_network(
    tab: Tab, host: Site, languages: list[Language]
) -> None:
    """A reader who chose Spanish once is not asked again, with or without a network."""
    spanish = next(language for language in languages if language.tag == "es")
    tab.open(f"{host.url}en/")
    tab.wait(SAVED)
    tab.follow(spanish.name)
    tab.wait(f"html[lang=es] {SAVED}")
    host.stop()

    tab.open(host.url)
    tab.wait("html[lang=es] #days")

    assert tab.address == f"{host.url}es/"


@pytest.mark.parametrize("tag", ["es", "en"])
def test_an_unknown_page_is_answered_in_its_language_without_a_network(
    tab: Tab, host: Site, complaints: Complaints, tag: str
) -> None:
    """An address that the guide does not have gets the 404 page of its language, and says so to machines."""
    complaints.expected.append("404")
    save_and_disconnect(tab, host)

    status = tab.open(f"{host.url}{tag}/no-such-page/")

    assert (status, tab.value("document.title")) == (404, host.title(f"{tag}/404.html"))


def test_the_guide_opens_in_a_browser_that_starts_without_a_network(
    engine: str, browsers: Browsers, complaints: Complaints, host: Site, tmp_path: Path
) -> None:
    """A phone that was switched off and on again still has the guide."""
    with browsers.tab(engine, complaints, profile=tmp_path) as tab:
        save_and_disconnect(tab, host)

    with browsers.tab(engine, complaints, profile=tmp_path) as tab:
        status = tab.open(f"{host.url}en/")

        assert (status, tab.value("document.title")) == (200, host.title("en/"))


def test_the_guide_is_saved_in_a_folder_of_a_host(chromium, deep_host: Site, few_pages: list[Address]) -> None:
    """The same guide below /a/b/ opens every page without a network, and asks for nothing outside its folder."""
    page = chromium().new_page()
    page.goto(f"{deep_host.url}es/")
    page.wait_for_selector(SAVED)
    deep_host.stop()

    titles = {}
    for address in few_pages:
        page.goto(deep_host.url + address.path)
        titles[address.path] = page.title()

    assert titles == {address.path: deep_host.title(address.path) for address in few_pages}
    assert [path for path in deep_host.asked if not path.startswith("/a/b/")] == []
