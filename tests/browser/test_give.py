"""The guide as one file, made on the phone of what is saved, for somebody who has no network."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.engines import Complaints, PlaywrightTab, Tab
from tests.browser.saving import LET_FAIL, SAVED, save
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

MADE = """(async () => {
  const make = URL.createObjectURL;
  let file;
  URL.createObjectURL = (made) => make((file = made));
  document.querySelector(".give button").click();
  const [made, link, state] = [".actions", "a", ".give__state"].map((name) => document.querySelector(`.give ${name}`));
  while (made.hidden) await new Promise((resolve) => setTimeout(resolve, 20));
  return [link.download, await file.text(), state.textContent];
})()"""
OUTSIDE = ("https://", "http://", "tel:", "mailto:", "geo:")


class Names(HTMLParser):
    """Ids, links, and everything that a browser would ask for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.asked: list[str] = []
        self.tags: set[str] = set()
        self.named: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" and "href" in found else []
        self.asked += [found[name] for name in ("src", "srcset", "data", "action", "poster") if name in found]
        self.asked += [found["href"]] if tag != "a" and "href" in found else []
        for name in ("aria-labelledby", "aria-describedby", "popovertarget", "for"):
            self.named += found.get(name, "").split()
        self.named += re.findall(r"url\(#([^)]+)\)", " ".join(found.values()))


def given(tab: Tab, site: Site, page: str) -> tuple[str, str, str]:
    """The file that a phone makes without a network: its name, its text, and what is said of it."""
    save(tab, site, "en/")
    site.stop()
    tab.open(f"{site.url}{page}")
    tab.wait(".give:not([hidden])")
    name, text, told = tab.value(MADE)  # type: ignore[misc]
    return name, text, told


def test_a_phone_without_a_network_gives_the_whole_guide(
    tab: Tab, host: Site, complaints: Complaints, tmp_path: Path
) -> None:
    """Every link of the file leads within it or to another site, and the file asks for nothing; in every engine."""
    complaints.expected += LET_FAIL
    name, text, told = given(tab, host, "en/offline/")
    names = Names(text)
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")

    assert name == "harbour-lab-2017-en.html"
    assert re.search(r"[\d.]+ MB", told)
    assert len(names.ids) == len(set(names.ids))
    within = [link[1:] for link in names.links if link.startswith("#")]
    assert len(within) > 100 and set(within) <= set(names.ids)
    assert all(link.startswith(OUTSIDE) for link in names.links if not link.startswith("#"))
    assert set(names.named) <= set(names.ids)
    assert all(address.startswith("data:") for address in names.asked)
    assert not names.tags & {"script", "link", "iframe", "object", "form", "template", "dialog"}

    if isinstance(tab, PlaywrightTab):
        tab.page.goto(file.as_uri())
    else:
        tab.driver.get(file.as_uri())  # type: ignore[attr-defined]
    assert tab.value("document.querySelector('[id=\"sites-lighthouse\"] h1').textContent") == "Lighthouse"
    assert tab.value("document.querySelector('[id=\"sites-lighthouse\"] h1').getBoundingClientRect().height") > 20
    assert tab.value("[...document.images].every((picture) => picture.naturalWidth > 0)") is True


def test_the_file_is_read_without_scripts(either, host: Site, complaints: Complaints, tmp_path: Path) -> None:
    """From the contents to a site and back."""
    complaints.expected += LET_FAIL
    name, text, _ = given(PlaywrightTab(either(locale="en").new_page()), host, "en/offline/")
    (tmp_path / name).write_text(text, encoding="utf-8")
    page = either(java_script_enabled=False, offline=True).new_page()
    page.goto((tmp_path / name).as_uri())

    page.locator("#contents").get_by_role("link", name="Lighthouse", exact=True).first.click()

    expect(page.locator("[id='sites-lighthouse'] h1")).to_be_in_viewport()
    page.locator("[id='sites-lighthouse'] > p > a[href='#contents']").click()
    expect(page.locator("#contents h1")).to_be_in_viewport()


def test_what_is_not_there_makes_no_file(chromium, host: Site, complaints: Complaints) -> None:
    """Where nothing is saved and nothing can be had, a sentence says so."""
    complaints.expected += LET_FAIL
    page = chromium(locale="en").new_page()
    page.goto(f"{host.url}en/offline/")
    page.wait_for_selector(SAVED)
    page.evaluate("caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))")
    host.stop()

    page.get_by_role("button", name="Make the file").click()

    expect(page.get_by_text("A page is missing.")).to_be_visible()
    expect(page.locator(".give .actions")).to_be_hidden()
