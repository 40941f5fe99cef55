"""Saving, resuming and updating: nothing half-way is ever shown, nothing is asked for twice."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Edition
from tests.browser.engines import Complaints
from tests.browser.saving import LET_FAIL, SAVED, STORED
from tests.browser.siteserver import PACKED, Site

pytestmark = pytest.mark.browser


def opened(page: Page, address: str, state: str) -> Page:
    page.goto(address)
    page.wait_for_selector(state)
    return page


def test_an_update_waits_until_the_reader_reloads(chromium, edition: Edition) -> None:
    """A newer guide is saved beside the open page, changes nothing of it, and shows after a reload."""
    site, context = edition.site, chromium()
    reading = opened(context.new_page(), f"{site.url}en/glossary/", SAVED)
    before, text = site.listed(), reading.inner_text("article")
    edition.add_to_page("glossary", "This sentence is new.")
    edition.publish()
    site.forget()

    asking = opened(context.new_page(), f"{site.url}en/offline/", SAVED)
    asking.get_by_role("button", name="Check now").click()
    asking.wait_for_selector("#saved[data-state=newer]")
    reading.wait_for_selector("#saved[data-state=newer]")
    open_text = reading.inner_text("article")
    site.stop()
    reading.reload()

    assert open_text == text
    expect(reading.get_by_text("This sentence is new.")).to_be_visible()
    changed = {path for path, hash in site.listed().items() if before.get(path) != hash}
    assert changed == {"en/glossary/", "es/glossary/"}
    steps = [step["path"] for pack in site.packs() for step in pack["steps"]]
    assert len(steps) == 2
    assert set(site.downloads) == {"offline/current.json", site.revision["path"], *steps}


def test_a_second_tab_goes_on_when_the_saving_tab_is_closed(chromium, site: Site) -> None:
    """One tab saves and the other waits for it, but not for a tab that is gone."""
    site.gate.clear()
    context = chromium()
    first, second = context.new_page(), context.new_page()
    with first.expect_request("**/offline/current.json"):
        first.goto(f"{site.url}en/")
    opened(second, f"{site.url}es/", "#saved[data-state=none]")
    waiting = second.evaluate("""async () => {
      for (let step = 0; step < 10000; step++) if ((await navigator.locks.query()).pending.length) return true;
    }""")
    first.close()
    site.gate.set()

    second.wait_for_selector(SAVED)

    assert waiting
    assert set(second.evaluate(STORED)) == site.kept()


def test_a_file_with_other_bytes_is_never_stored(chromium, complaints: Complaints, site: Site) -> None:
    """A damaged file stops the save after all others are in, and the next visit asks for that one alone."""
    complaints.expected += LET_FAIL
    damaged = "en/model/"
    site.fail(PACKED, "status")
    site.fail(damaged, "wrong", saving=True)
    page = opened(chromium().new_page(), f"{site.url}en/", "#saved[data-state=damaged]")
    stored = page.evaluate(STORED)
    tries = site.downloads.count(damaged)
    site.heal()
    site.fail(PACKED, "status")
    site.forget()
    opened(page, f"{site.url}en/", SAVED)

    own = {hash for path, hash in site.listed().items() if path.startswith("en/") and path != damaged}
    assert own <= set(stored)
    assert site.listed()[damaged] not in stored
    assert [hash for hash, bytes in stored.items() if hash != bytes] == []
    assert tries == 3
    assert [path for path in site.downloads if path.startswith("en/")] == [damaged]
    assert site.kept() <= set(page.evaluate(STORED))


def test_removing_the_guide_touches_nothing_else(chromium, site: Site) -> None:
    """The button takes away the worker and the guide's caches; other caches of the host stay, until saved again."""
    page = opened(chromium().new_page(), f"{site.url}en/offline/", SAVED)
    others = ["field-guide:/elsewhere/:files", "somebody-else"]
    for name in others:
        page.evaluate(f"caches.open({json.dumps(name)}).then(() => null)")

    page.get_by_text("Remove it or start again").click()
    page.get_by_role("button", name="Remove the saved guide").click()
    page.wait_for_selector("#saved[data-state=none]")
    left = page.evaluate("caches.keys()")
    registrations = page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)")
    opened(page, f"{site.url}en/offline/", "#saved[data-state=none]")
    page.get_by_role("button", name="Check now").click()
    page.wait_for_selector(SAVED)

    assert sorted(left) == others
    assert registrations == 0
    assert sorted(page.evaluate("caches.keys()")) == ["field-guide:/:files", "field-guide:/:state", *others]


def test_an_update_says_what_is_new_and_waits_for_a_press(chromium, edition: Edition) -> None:
    """The quiet line leads to the list of changes, in words, and to a reload."""
    site = edition.site
    page = opened(chromium(locale="en-GB").new_page(), f"{site.url}en/glossary/", SAVED)
    changes = edition.root / "content/changes.toml"
    news = '[[changes]]\ndate = "2031-05-02"\ntext = "The meeting point of Day 2 has moved."\n\n'
    changes.write_text(news + changes.read_text(encoding="utf-8"), encoding="utf-8")
    edition.publish()
    page.evaluate("document.getElementById('saved').dispatchEvent(new Event('guide:save'))")
    page.wait_for_selector("#saved[data-state=newer]")
    site.stop()

    page.get_by_role("link", name="What’s new").click()

    expect(page.get_by_text("The meeting point of Day 2 has moved.")).to_be_visible()
    expect(page.get_by_text("2 May 2031")).to_be_visible()


APPLE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
LINUX = "AppleWebKit/537.36 Chrome/140.0.0.0"
PHONES = {
    f"{APPLE} Version/18.0 Mobile/15E148 Safari/604.1": "iphone",
    f"{APPLE} Instagram 300.0 Safari/604.1": "messenger",
    f"Mozilla/5.0 (Linux; Android 14; SM-A1) SamsungBrowser/28.0 {LINUX} Mobile Safari/537.36": "samsung",
    f"Mozilla/5.0 (Linux; Android 10; K) {LINUX} Mobile Safari/537.36": "android",
    f"Mozilla/5.0 (X11; Linux x86_64) {LINUX} Safari/537.36": "",
}


@pytest.mark.parametrize("name", PHONES)
def test_each_browser_is_told_once_how_to_keep_the_guide(chromium, site: Site, name: str) -> None:
    """One sentence for the browser at hand, when the guide is saved; at the next visit it is gone."""
    state = "#saved[data-state=app]" if PHONES[name] == "messenger" else SAVED
    page = opened(chromium(user_agent=name).new_page(), f"{site.url}en/", state)
    if PHONES[name]:
        page.wait_for_selector(".install:not([hidden])")

    shown = page.eval_on_selector_all(".install:not([hidden]) [data-browser]:not([hidden])", KINDS)
    opened(page, f"{site.url}en/", state)
    again = page.eval_on_selector_all(".install:not([hidden])", "(found) => found.length")

    assert shown == ([PHONES[name]] if PHONES[name] else [])
    assert again == 0


KINDS = "(found) => found.map((one) => one.dataset.browser)"


def test_the_page_offline_tells_all_that_is_known_and_copies_it(chromium, complaints: Complaints, site: Site) -> None:
    """Files, size, date, promise and trouble in words; the report is the same, and names no position and no start."""
    complaints.expected += LET_FAIL
    context = chromium(locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
    page = opened(context.new_page(), f"{site.url}en/offline/", SAVED)
    page.evaluate("localStorage.setItem('field-guide:/:start', 'caribe')")
    files = len(set(site.listed().values()))
    expect(page.get_by_text(f"{files} of {files} files saved, in every language")).to_be_visible()
    site.stop()

    page.get_by_role("button", name="Check now").click()
    expect(page.locator("[data-fact=trouble] dd")).to_contain_text("the connection gave no answer")
    page.get_by_role("button", name="Copy a report").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")

    assert f"{files} of {files} files" in copied
    assert "the connection gave no answer" in copied
    assert "{" not in copied
    assert "caribe" not in copied
