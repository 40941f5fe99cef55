"""The line of state is true: every reason why a guide is not saved is told as itself, and nothing is told twice."""

import json
import re
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.browser.builds import Versions
from tests.browser.engines import Complaints, Tab
from tests.browser.saving import (
    ACTIVE,
    LET_FAIL,
    NEWER,
    SAVED,
    STATE,
    TROUBLE,
    check_now,
    remember,
    save,
    served,
)
from tests.browser.siteserver import PACKED, Site

pytestmark = [pytest.mark.browser, pytest.mark.scenario]

POINTER = "offline/current.json"
ASKED = "offline/[cf]*.json"
"""The pointer, alone or with its manifest."""
ONE = "es/sites/market/"
REGISTERED = "navigator.serviceWorker.ready.then(({ active }) => active.scriptURL)"
WORDS = "document.querySelector('.saved__line').textContent"


@pytest.fixture(autouse=True)
def let_fail(complaints: Complaints) -> None:
    """These networks fail, and consoles may say so."""
    complaints.expected += [*LET_FAIL, "sw.js", "ServiceWorker", "fetching the script", "MIME"]


REASONS = {
    "a password": ("status", {"status": 401}, "refused"),
    "not for you": ("status", {"status": 403}, "refused"),
    "not there": ("status", {"status": 404}, "broken"),
    "an error": ("status", {"status": 502}, "broken"),
    "a network that wants a login": ("status", {"status": 511}, "blocked"),
    "a login page": ("portal", {}, "blocked"),
    "a redirect to one": ("redirect", {"text": "/login"}, "blocked"),
    "no answer": ("nothing", {}, "stopped"),
}


def test_every_reason_is_told_as_itself(tab: Tab, host: Site) -> None:
    """A page that has only the commonest sentences borrows the others, and each is another one."""
    told = {}
    host.fail(ASKED, "nothing")
    tab.open(f"{host.url}es/")
    tab.wait("#saved[data-state=stopped]")
    for reason, (kind, more, _) in REASONS.items():
        host.heal()
        host.fail(ASKED, kind, **more)
        check_now(tab)
        told[reason] = (tab.value(STATE), tab.value(WORDS))

    assert {reason: state for reason, (state, _) in told.items()} == {
        reason: state for reason, (_, _, state) in REASONS.items()
    }
    assert len({words for _, words in told.values()}) == len({state for state, _ in told.values()})
    assert not any("{" in str(words) for _, words in told.values())


def test_a_check_without_a_network_says_that_nothing_was_compared(tab: Tab, host: Site) -> None:
    """The guide is saved and the line says so, but not that it is the newest."""
    save(tab, host)
    host.stop()

    check_now(tab)

    assert tab.value(STATE) == "unchecked"


def test_a_newer_guide_that_can_not_be_had_is_told(tab: Tab, host: Site, versions: Versions) -> None:
    """A phone that has an older guide does not look as if it had the newest; the next visit says it again."""
    save(tab, host)
    host.folder = versions.new
    host.fail(ONE, "status")
    host.fail(PACKED, "status")
    check_now(tab)
    during = tab.value(STATE)
    tab.open(f"{host.url}en/about/")
    tab.wait("#saved[data-state=outdated]")
    host.heal()
    check_now(tab)

    assert (during, tab.value(STATE)) == ("outdated", "newer")


def test_a_host_that_rewrites_pages_is_updated_through_its_packs(tab: Tab, host: Site, versions: Versions) -> None:
    """Its pages never have the bytes that were published; what is packed has, in an update as in a first save."""
    host.fail("*/", "before", text="<!-- optimised -->", saving=True)
    save(tab, host)
    host.folder = versions.new

    check_now(tab)

    tab.wait(NEWER)
    assert served(tab, host, list(host.listed())) == host.listed()


def test_a_host_that_moves_files_is_followed_by_their_hash(tab: Tab, host: Site, versions: Versions) -> None:
    """Some hosts answer `x/404.html` with a redirect to `x/404`: what comes in the end is the file."""
    host.fail(PACKED, "status")
    host.fail(ONE, "redirect", text="/moved", times=1, saving=True)
    host.fail("moved", "body", text=host.file(ONE).read_text(encoding="utf-8"))

    save(tab, host)

    assert host.downloads.count(ONE) == 1


def test_a_file_that_is_always_damaged_costs_little(tab: Tab, host: Site) -> None:
    """Two tries, then longer and longer pauses: ten page views ask for the file as two do. A press does not wait."""
    host.fail(PACKED, "status")
    host.fail(ONE, "wrong", saving=True)
    for _ in range(10):
        tab.open(f"{host.url}es/about/")
        tab.wait("#saved[data-state=damaged]")
        tab.value("navigator.locks.request('field-guide:/:', () => null)")  # until a save is over, if there is one
    views = host.downloads.count(ONE)
    check_now(tab)
    pressed = host.downloads.count(ONE)
    host.heal()
    check_now(tab)

    assert (views, pressed) == (6, 9)
    assert tab.value(STATE) == "saved"


def test_a_new_build_is_asked_for_in_spite_of_a_pause(tab: Tab, host: Site, versions: Versions) -> None:
    """The pause is that of one revision: another one is had at the next check."""
    host.fail(PACKED, "status")
    host.fail(ONE, "wrong", saving=True)
    tab.open(f"{host.url}es/")
    tab.wait("#saved[data-state=damaged]")
    remember(tab, "trouble", {**tab.value(TROUBLE), "tries": 9, "asked": 0})
    host.heal()
    host.folder = versions.new

    save(tab, host)

    assert tab.value(ACTIVE)["manifest"] == host.revision["sha256"]


def published(folder: Path, target: Path, serial: int) -> Path:
    """A build whose pointer says another serial."""
    shutil.copytree(folder, target)
    pointer = json.loads((target / POINTER).read_text(encoding="utf-8"))
    (target / POINTER).write_text(json.dumps({**pointer, "serial": serial}), encoding="utf-8")
    return target


def test_other_content_under_the_same_serial_is_followed(
    tab: Tab, host: Site, versions: Versions, tmp_path: Path
) -> None:
    """Two builds of one second or one commit: the phone takes what is published now, and stays with it."""
    save(tab, host)
    old, serial = host.folder, int(str(host.pointer()["serial"]))
    host.folder = published(versions.new, tmp_path / "build", serial)
    check_now(tab)
    first = tab.value(STATE), tab.value(ACTIVE)["manifest"]
    host.folder, expected = old, host.revision["sha256"]

    check_now(tab)

    assert first == ("newer", expected)
    assert tab.value(ACTIVE)["manifest"] == expected


SEEN = ACTIVE.replace("/active", "/seen")


def test_an_older_build_is_followed_when_it_was_told_for_an_hour(tab: Tab, host: Site, versions: Versions) -> None:
    """A folder copied back is a publication; an edge that falls behind now and then is none, and costs no download."""
    host.folder = versions.new
    save(tab, host)
    newest = tab.value(ACTIVE)["manifest"]
    host.forget()
    for folder in (versions.old, versions.new, versions.old, versions.new, versions.old):
        host.folder = folder
        check_now(tab)
        if seen := tab.value(SEEN):
            remember(tab, "seen", {**seen, "since": seen["since"] - 1_800_000})
    flapping = tab.value(ACTIVE)["manifest"], list(host.downloads)
    remember(tab, "seen", {**tab.value(SEEN), "since": tab.value(SEEN)["since"] - 1_800_000})
    check_now(tab)
    followed = tab.value(ACTIVE)["manifest"]
    host.folder = versions.new
    check_now(tab)  # an edge that still has what was withdrawn

    assert flapping == (newest, [POINTER] * 5)
    assert followed != newest
    assert tab.value(ACTIVE)["manifest"] == followed


FOREIGN_WORKER = (
    'addEventListener("fetch", () => {}); addEventListener("activate", (event) => event.waitUntil(clients.claim()));'
)
REGISTER = """navigator.serviceWorker.register(WORKER, { scope: SCOPE }).then(async (one) => {
  const worker = one.installing ?? one.waiting;
  if (worker) await new Promise((resolve) => worker.addEventListener("statechange",
    () => worker.state === "activated" && resolve()));
})"""
STRANGERS = {
    "above, and ours is a page of HTML": ("/", "portal", "damaged"),
    "above, and ours is missing": ("/", "status", "broken"),
    "above, and ours is there": ("/", None, "saved"),
    "below, in front of ours": ("/a/es/", None, "foreign"),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_the_worker_of_somebody_else_is_not_ours(
    tab: Tab, versions: Versions, servers: ExitStack, tmp_path: Path, stranger: str
) -> None:
    """Only our own worker, asked for a page of this very revision, makes a guide saved."""
    scope, fault, state = STRANGERS[stranger]
    shutil.copytree(versions.old, tmp_path / "a")
    (tmp_path / "stranger.js").write_text(FOREIGN_WORKER, encoding="utf-8")
    (tmp_path / "stranger.html").write_text("<!DOCTYPE html><title>Another app</title>", encoding="utf-8")
    host = Site(tmp_path)
    servers.callback(host.stop)
    if fault:
        host.fail("a/sw.js", fault)
    host.headers["Content-Security-Policy"] = ""  # that of the guide lets nobody else start a worker
    tab.open(f"{host.url}stranger.html")
    host.headers.clear()
    tab.value(REGISTER.replace("WORKER", '"/stranger.js"').replace("SCOPE", json.dumps(scope)))

    tab.open(f"{host.url}a/es/")

    tab.wait(f"#saved[data-state={state}]")


def test_an_edition_beside_a_saved_one_is_no_lost_page(
    tab: Tab, versions: Versions, servers: ExitStack, tmp_path: Path
) -> None:
    """The worker at the root knows nothing of a folder beside its languages, however long the host takes."""
    shutil.copytree(versions.old, tmp_path, dirs_exist_ok=True)
    shutil.copytree(versions.new, tmp_path / "2027")
    worker = re.sub(r"(PATIENCE ?= ?)4000", r"\g<1>0", (tmp_path / "sw.js").read_text(encoding="utf-8"))
    (tmp_path / "sw.js").write_text(worker, encoding="utf-8")  # every host is slow beside this patience
    host = Site(tmp_path)
    servers.callback(host.stop)
    save(tab, host)

    status = tab.open(f"{host.url}2027/es/")

    assert "PATIENCE" in worker
    assert "4000" not in worker
    assert (status, tab.value("document.title")) == (200, host.title("2027/es/"))


def test_a_reload_past_the_worker_is_still_a_saved_guide(chromium, host: Site) -> None:
    """The page has no worker then, and is taken over again: the line stays true, in seconds."""
    context = chromium()
    page = context.new_page()
    page.goto(f"{host.url}es/")
    page.wait_for_selector(SAVED)

    page.evaluate("document.documentElement.setAttribute('data-left', '')")
    context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})
    page.wait_for_selector(f"html:not([data-left]) {SAVED}")

    assert page.evaluate("navigator.serviceWorker.controller?.scriptURL") == f"{host.url}sw.js"


UNANSWERED = """const real = fetch;
globalThis.fetch = (asked, how) =>
  String(asked).endsWith("/offline/kept") && !sessionStorage.isRead
    ? Promise.reject(new TypeError("left"))
    : real(asked, how);
"""


def test_a_reader_who_leaves_while_the_guide_is_saved_keeps_the_worker(tab: Tab, host: Site) -> None:
    """A browser breaks off what a page that is left has asked. That says nothing of the worker: one that was registered
    anew for it took the place of the other while the next page was on its way, and the page never came."""
    main = next(path for path in host.listed() if "js/main." in path)
    host.fail(main, "before", text=UNANSWERED, times=1)
    tab.open(f"{host.url}es/")
    tab.wait("#saved[data-state=stopped]")
    left = host.asked.count("/sw.js"), tab.value(REGISTERED)
    tab.value("sessionStorage.setItem('isRead', 'yes')")  # browsers may keep the script

    save(tab, host)

    assert left == (1, f"{host.url}sw.js")
    assert tab.value(REGISTERED) == f"{host.url}sw.js"


PARTLY = "Saved in this language; more coming"
SAID = """document.addEventListener("DOMContentLoaded", () => {
  window.said = [];
  const line = document.querySelector(".saved__line");
  new MutationObserver(() => line.role === "status" && said.push(line.textContent)).observe(line, { childList: true });
})"""


def test_saving_is_read_out_when_it_begins_and_when_it_ends(chromium, host: Site) -> None:
    """The figure in between is a bar that no screen reader speaks of; a later page says nothing."""
    host.fail(PACKED, "status")
    page = chromium(locale="en-GB").new_page()
    page.add_init_script(SAID)
    page.goto(f"{host.url}en/")
    page.wait_for_selector(SAVED)
    first = page.evaluate("said")
    page.goto(f"{host.url}en/about/")
    page.wait_for_selector(SAVED)

    assert first == ["Saving: keep this page open", PARTLY, "Saved: works offline"]
    assert page.evaluate("said") == []


def test_a_page_whose_scripts_do_not_start_says_so_and_keeps_no_holes(
    chromium, complaints: Complaints, site: Site
) -> None:
    """After a while there is a sentence in place of "not saved" alone, and no room for what no script will fill in."""
    complaints.expected += ["404"]
    main = next(path for path in site.listed() if "js/main." in path)
    site.fail(main, "status", status=404)
    page = chromium().new_page()
    heights = {}
    for path, css in {"es/offline/": ".kept", "es/sites/comuna-13/way/": ".chooser"}.items():
        page.goto(site.url + path)
        page.evaluate("document.getAnimations().forEach((one) => one.finish())")
        heights[css] = page.eval_on_selector(css, "(one) => one.offsetHeight")
        assert page.locator(".saved__late").is_visible()

    assert heights[".chooser"] < 8
    assert heights[".kept"] < 200
