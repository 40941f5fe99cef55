"""Phones that saved a guide before there were packs: they follow without a hole, and come back when a host does.

former.tar.xz holds a build of the miniature guide as of 28 November 2026, with the scripts and the worker of then: each
file is stored under its hash, and the pointer leads to a list of files.
"""

from pathlib import Path

import pytest

from tests.browser import builds
from tests.browser.engines import Browsers, Complaints, PlaywrightTab, Tab
from tests.browser.saving import ACTIVE, LET_FAIL, NEWER, SAVED, STATE, STORED, check_now, hashes, save, served
from tests.browser.siteserver import Site

pytestmark = [pytest.mark.browser, pytest.mark.scenario]

POINTER = "offline/current.json"
PAGES = ["", "es/", "en/about/", "es/sites/market/"]


CHANGES = """() => {
  window.changes = 0;
  navigator.serviceWorker.addEventListener("controllerchange", () => window.changes++);
}"""
BOTH_CAME = """async () => {
  const kept = async () => (await fetch("/offline/kept", { headers: { "x-field-guide": "ask" } })).ok;
  while (window.changes < 2 || !(await kept().catch(() => false))) await new Promise((next) => setTimeout(next, 50));
}"""
"""Waits for the former worker, which takes over, and for ours, which takes over again and can open packs."""


@pytest.fixture(scope="session")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The former build."""
    return builds.former(tmp_path_factory.mktemp("former"))


@pytest.fixture
def phone(tab: Tab, host: Site, former: Path, complaints: Complaints) -> Tab:
    """A phone that has the former guide, whose host has published the old build in the new form."""
    complaints.expected += LET_FAIL
    now, host.folder = host.folder, former
    tab.open(f"{host.url}es/")
    tab.wait(SAVED)
    assert set(tab.value(STORED)) == {host.pointer()["sha256"], *host.listed().values()}
    host.folder = now
    return tab


def test_a_phone_with_the_former_guide_follows_without_a_hole(phone: Tab, host: Site) -> None:
    """Its own scripts bring the new pages one by one; at the next visit those are joined to packs, with no download."""
    check_now_of_former(phone)
    listed = phone.value(ACTIVE)
    host.stop()
    opened = served(phone, host, PAGES)
    host.start()
    host.forget()

    save(phone, host, "es/about/")
    states = phone.value(STATE)
    host.stop()

    assert listed["manifest"] == host.pointer()["sha256"]
    assert opened == hashes(host, PAGES)
    assert states == "saved"
    assert host.downloads == [POINTER, host.revision["path"]]
    assert host.kept() <= set(phone.value(STORED))
    assert served(phone, host, list(host.listed())) == host.listed()


def test_a_press_on_an_open_former_page_does_no_harm(
    browsers: Browsers, complaints: Complaints, host: Site, former: Path
) -> None:
    """Its scripts know no packs: what they do leaves a guide that opens whole, and the next page packs it again."""
    complaints.expected += LET_FAIL
    now, host.folder = host.folder, former
    context = browsers.context("chromium", complaints)
    reading, asking = context.new_page(), context.new_page()
    for page in (reading, asking):
        page.goto(f"{host.url}es/")
        page.wait_for_selector(SAVED)
    host.folder = now
    asking.evaluate("document.getElementById('saved').dispatchEvent(new Event('guide:save'))")
    asking.wait_for_selector(NEWER)
    asking.goto(f"{host.url}es/about/")
    asking.wait_for_selector(SAVED)
    packed = asking.evaluate(ACTIVE)["manifest"]

    asking.evaluate(CHANGES)
    check_now(PlaywrightTab(reading))
    asking.evaluate(BOTH_CAME)
    host.stop()
    asking.goto(f"{host.url}es/sites/market/")
    offline = asking.title()
    host.start()
    asking.goto(f"{host.url}es/about/")
    asking.wait_for_selector(SAVED)

    assert packed == host.revision["sha256"]
    assert offline == host.title("es/sites/market/")
    context.close()


def test_a_host_that_goes_back_to_the_former_form_is_followed(
    tab: Tab, host: Site, former: Path, complaints: Complaints
) -> None:
    """A pointer without packs leads to files one by one, and the guide stays whole."""
    complaints.expected += LET_FAIL
    save(tab, host)
    pointer = former / POINTER
    before = pointer.read_text(encoding="utf-8")
    pointer.write_text(before.replace('"serial": 1', f'"serial": {int(str(host.pointer()["serial"])) + 1}'))
    host.folder = former
    check_now(tab)
    state = tab.value(STATE)
    host.stop()

    assert state == "newer"
    assert served(tab, host, list(host.listed())) == host.listed()
    pointer.write_text(before)


def check_now_of_former(tab: Tab) -> None:
    """The same for a page of the former build."""
    tab.value("document.getElementById('saved').dispatchEvent(new Event('guide:save'))")
    tab.wait(NEWER)
