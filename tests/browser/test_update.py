"""Saving, resuming and updating: nothing half-way is ever shown, nothing is asked for twice."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Edition
from tests.browser.engines import Complaints
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

SAVED = "#saved[data-state=saved]"
STOPPED = "#saved[data-state=stopped]"
STORED = """caches.keys().then(async (names) => {
  const cache = await caches.open(names.find((name) => name.endsWith(":files")));
  const keys = await cache.keys();
  return Object.fromEntries(await Promise.all(keys.map(async (key) => {
    const body = await (await cache.match(key)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [key.url.split("/").at(-1), hash];
  })));
})"""
"""The stored files: the hash they are stored under, and the hash of their bytes."""


def opened(page: Page, address: str, state: str) -> Page:
    page.goto(address)
    page.wait_for_selector(state)
    return page


def test_an_update_waits_until_the_reader_reloads(chromium, edition: Edition) -> None:
    """A newer guide is saved beside the open page, changes nothing of it, and shows after a reload."""
    site, context = edition.site, chromium()
    reading = opened(context.new_page(), f"{site.url}en/about/", SAVED)
    before, text = site.listed(), reading.inner_text("article")
    edition.add_to_page("about", "This sentence is new.")
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
    assert changed == {"en/about/", "es/about/"}
    assert set(site.downloads) == changed | {"offline/current.json", site.pointer()["manifest"]}


def test_an_interrupted_save_goes_on_where_it_stopped(chromium, complaints: Complaints, site: Site) -> None:
    """When the network goes after some files, the next visit asks only for the rest."""
    complaints.expected.append("Failed to load resource")
    site.answers = 20
    page = opened(chromium().new_page(), f"{site.url}es/", STOPPED)
    kept = set(page.evaluate(STORED))
    site.answers = None
    opened(page, f"{site.url}es/", SAVED)

    once = [path for path in site.downloads if path != "offline/current.json"]

    assert len(kept) == 19
    assert sorted(once) == sorted({*first_paths(site), str(site.pointer()["manifest"])})


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
    assert len(second.evaluate(STORED)) == len({*site.listed().values()}) + 1


def test_a_file_with_other_bytes_is_never_stored(chromium, site: Site) -> None:
    """A damaged file stops the save after all others are in, and the next visit asks for that one alone."""
    damaged = "en/model/"
    site.wrong.add(damaged)
    page = opened(chromium().new_page(), f"{site.url}es/", STOPPED)
    stored = page.evaluate(STORED)
    tries = site.downloads.count(damaged)
    site.wrong.clear()
    site.forget()
    opened(page, f"{site.url}es/", SAVED)

    hashes = {*site.listed().values(), site.pointer()["sha256"]}

    assert set(stored) == hashes - {site.listed()[damaged]}
    assert [hash for hash, bytes in stored.items() if hash != bytes] == []
    assert tries == 3
    assert set(site.downloads) == {"offline/current.json", damaged}
    assert set(page.evaluate(STORED)) == hashes


def test_removing_the_guide_touches_nothing_else(chromium, site: Site) -> None:
    """The button takes away the worker and the guide's caches; other caches of the host stay, until saved again."""
    page = opened(chromium().new_page(), f"{site.url}en/offline/", SAVED)
    others = ["field-guide:/elsewhere/:files", "somebody-else"]
    for name in others:
        page.evaluate(f"caches.open({json.dumps(name)}).then(() => null)")

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


def first_paths(site: Site) -> list[str]:
    """The saved files without the ones that have the bytes of another."""
    return list({hash: path for path, hash in site.listed().items()}.values())
