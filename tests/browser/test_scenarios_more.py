"""Scenarios that need more than one tab or a switch that only some engines have. SCENARIOS.md lists all."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Route
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import presence_of_element_located
from selenium.webdriver.support.wait import WebDriverWait

from guide.site.pages import Address
from tests.browser.builds import Versions
from tests.browser.engines import SECONDS, Browsers, Complaints
from tests.browser.saving import ACTIVE, FOREIGN, LET_FAIL, SAVED, STORED
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

POINTER = "offline/current.json"
FIRST = "offline/first.json"


@pytest.mark.scenario
@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_s14_two_tabs_that_start_together_download_everything_once(
    engine: str, browsers: Browsers, complaints: Complaints, host: Site
) -> None:
    """One of them saves, both say so."""
    context = browsers.context(engine, complaints)
    first, second = context.new_page(), context.new_page()
    host.gate.clear()
    first.goto(f"{host.url}es/")
    second.goto(f"{host.url}en/")
    host.gate.set()

    for page in (first, second):
        page.wait_for_selector(SAVED)

    files = [path for path in host.downloads if path not in (POINTER, *host.starting())]
    context.close()
    assert sorted(files) == sorted([FIRST, *(pack["path"] for pack in host.packs("core", "es", "en"))])


def test_s17_a_full_phone_is_told_and_keeps_what_it_had(
    chromium, host: Site, versions: Versions, complaints: Complaints
) -> None:
    """The line says how much space is missing; the old guide and other caches stay whole."""
    complaints.expected += LET_FAIL
    context = chromium()
    page = context.new_page()
    page.goto(f"{host.url}en/offline/")
    page.wait_for_selector(SAVED)
    for name in FOREIGN:
        page.evaluate("(name) => caches.open(name).then(() => null)", name)
    active, stored = page.evaluate(ACTIVE), page.evaluate(STORED)
    limit = context.new_cdp_session(page)
    limit.send("Storage.overrideQuotaForOrigin", {"origin": host.origin, "quotaSize": 1000})
    host.folder = versions.restyled

    page.get_by_role("button", name="Check now").click()
    page.wait_for_selector("#saved[data-state=full]")

    line = page.inner_text(".saved__line")
    assert "MB" in line
    assert "{" not in line
    assert page.evaluate(ACTIVE) == active
    assert set(stored) <= set(page.evaluate(STORED))
    assert set(FOREIGN) <= set(page.evaluate("caches.keys()"))


def test_s31_no_page_asks_anybody_else_for_anything(chromium, host: Site, few_pages: list[Address]) -> None:
    """Every page of every language, with all that it loads."""
    context = chromium()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))  # those of the worker too
    page = context.new_page()

    for address in few_pages:
        page.goto(host.url + address.path)

    assert len(asked) > len(few_pages)
    assert [url for url in asked if not url.startswith(host.url)] == []


def test_s32_at_an_address_without_encryption_all_is_readable(chromium, host: Site) -> None:
    """A hub in a classroom serves plain HTTP: no complaint in the console, and one sentence about it."""
    host.headers["Cross-Origin-Opener-Policy"] = ""  # a plain file server sends none
    page = chromium().new_page()

    def answer(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace("http://hub.test/", host.url)))

    page.route("http://hub.test/**", answer)

    page.goto("http://hub.test/en/about/")
    page.wait_for_selector("#saved[data-state=insecure]")

    assert page.title() == host.title("en/about/")
    assert "online" in page.inner_text(".saved__line")


@pytest.fixture
def old_webkit() -> Iterator[webdriver.WPEWebKit]:
    """The WebKit of old iPhones: no DecompressionStream, no storage manager."""
    for command in ("cog", "WPEWebDriver"):
        assert shutil.which(command), f"There is no {command} on this machine. To install it: make browsers-all"
    options = webdriver.WPEWebKitOptions()
    options.binary_location = shutil.which("cog")
    options.set_capability("browserName", "cog")
    for argument in ("--automation", "--platform=headless"):
        options.add_argument(argument)
    service = webdriver.WPEWebKitService(
        executable_path=shutil.which("WPEWebDriver"), env={**os.environ}, log_output=subprocess.DEVNULL
    )
    socket.setdefaulttimeout(30)
    try:
        driver = webdriver.WPEWebKit(options=options, service=service)
    finally:
        socket.setdefaulttimeout(None)
    driver.set_page_load_timeout(SECONDS)
    yield driver
    driver.quit()


@pytest.mark.matrix
def test_an_old_iphone_saves_and_opens_the_guide(old_webkit: webdriver.WPEWebKit, site: Site) -> None:
    """It has no method to unpack anything: every kind of page opens in both languages, and the start has its steps."""
    patient = WebDriverWait(old_webkit, 60, 0.1)
    old_webkit.get(f"{site.url}es/")
    patient.until(presence_of_element_located((By.CSS_SELECTOR, SAVED)))
    site.stop()
    titles = {}
    for path in ("en/", "es/days/3/", "en/sites/comuna-13/", "es/sites/comuna-13/way/", "en/offline/"):
        old_webkit.get(site.url + path)
        titles[path] = old_webkit.title

    count = patient.until(
        lambda driver: driver.find_element(By.CSS_SELECTOR, ".kept__count").text, "the files were not counted"
    )

    assert titles == {path: site.title(path) for path in titles}
    assert f"{len(set(site.listed().values()))} of {len(set(site.listed().values()))}" in count
    singly = [path for path in site.downloads if path.startswith(("en/", "es/", "assets/"))]
    assert set(singly) <= set(site.starting())
