"""Scenarios of saving: networks that fail half-way, hang, lie or go. SCENARIOS.md lists all of them."""

import shutil
from pathlib import Path

import pytest

from guide.publish import packs
from tests.browser.builds import Versions, again
from tests.browser.engines import Complaints, Tab
from tests.browser.saving import (
    ACTIVE,
    BROKEN,
    LET_FAIL,
    NEWER,
    NONE,
    SAVED,
    STATE,
    STOPPED,
    STORED,
    TROUBLE,
    check_now,
    damage_file,
    forget_file,
    hashes,
    save,
    served,
)
from tests.browser.siteserver import PACKED, Site

pytestmark = [pytest.mark.browser, pytest.mark.scenario]

POINTER = "offline/current.json"
FIRST = "offline/first.json"
ONE = "es/sites/market/"
NAMES = ("core", "es", "en")
"""Of packs, in the order in which a reader of Spanish gets them."""


@pytest.fixture(autouse=True)
def let_fail(complaints: Complaints) -> None:
    """These networks fail, and consoles may say so."""
    complaints.expected += LET_FAIL


def without_packs(host: Site) -> Site:
    """Every file comes by itself."""
    host.fail(PACKED, "status")
    return host


def singly(host: Site) -> list[str]:
    """What was downloaded but packs, manifest, list, and what a page loads by itself."""
    return [path for path in host.downloads if not path.startswith("offline/") and path not in host.starting()]


def test_s01_a_file_that_fails_for_ever_is_named_and_the_rest_is_kept(tab: Tab, host: Site) -> None:
    """No half guide is active; after healing only the one file and the language that was not begun are asked for."""
    without_packs(host).fail(ONE, "status")
    tab.open(f"{host.url}es/")
    tab.wait(BROKEN)
    active, trouble = tab.value(ACTIVE), tab.value(TROUBLE)
    host.heal()
    host.forget()

    save(tab, host)

    assert active is None
    assert (trouble["reason"], trouble["file"], trouble["status"]) == ("refused", ONE, 500)
    assert host.downloads == [POINTER, ONE, host.packs("en")[0]["path"]]


@pytest.mark.parametrize("one", [ONE, "en/sites/market/"])
def test_s02_a_failed_update_leaves_the_old_guide_whole(tab: Tab, host: Site, versions: Versions, one: str) -> None:
    """Offline the old pages are all there, in every language; the next try asks for exactly what is missing."""
    save(tab, host)
    old = hashes(host, list(host.listed()))
    host.folder = versions.new
    without_packs(host).fail(one, "status")
    check_now(tab)
    host.stop()
    kept = served(tab, host, list(old))
    host.faults.clear()
    host.start()
    without_packs(host)
    host.forget()
    check_now(tab)

    assert kept == old
    assert singly(host) == [one]


@pytest.mark.parametrize("kind", ["hang", "hang-body"])
def test_s03_s04_a_hanging_file_holds_nothing_else_up(tab: Tab, host: Site, kind: str) -> None:
    """The worker is registered and all other files come; the hanging one is tried again when its time is over."""
    without_packs(host).fail(ONE, kind, times=1, saving=True)
    tab.open(f"{host.url}es/")
    tab.wait("#saved[data-state=saving]")
    worker = tab.value("navigator.serviceWorker.ready.then((registration) => Boolean(registration.active))")

    tab.wait(SAVED)

    once = singly(host)
    assert worker is True
    assert once.count(ONE) == 2
    assert set(once) == set(host.listed()) - set(host.starting())
    assert len(once) == len(set(once)) + 1


@pytest.mark.parametrize("kind", ["cut", "cut-chunked"])
def test_s05_s06_a_body_that_is_cut_off_is_not_stored(tab: Tab, host: Site, kind: str) -> None:
    """One more request repairs it."""
    without_packs(host).fail(ONE, kind, times=1, saving=True)

    save(tab, host)

    stored = tab.value(STORED)
    assert stored == {hash: hash for hash in stored}
    assert host.downloads.count(ONE) == 2


@pytest.mark.parametrize("kind", ["cut", "cut-chunked", "wrong", "nothing", "portal"])
def test_a_faulty_pack_costs_nothing_but_time(tab: Tab, host: Site, kind: str) -> None:
    """What came of it is kept, the rest comes one by one, and every byte is right."""
    host.fail(PACKED, kind)

    save(tab, host)

    stored = tab.value(STORED)
    assert stored == {hash: hash for hash in stored}
    assert host.kept() <= set(stored)
    assert len(singly(host)) == len(set(singly(host)))


def test_a_pack_of_another_build_is_believed_in_nothing(
    tab: Tab, host: Site, versions: Versions, tmp_path: Path
) -> None:
    """It can be read to its end, but its files have other names in the list: they come one by one."""
    host.folder = versions.new
    others = [host.file(pack["path"]).read_bytes() for pack in host.packs(*NAMES)]
    host.folder = shutil.copytree(versions.old, tmp_path / "build")
    for pack, other in zip(host.packs(*NAMES), others, strict=True):
        host.file(pack["path"]).write_bytes(other)

    save(tab, host)

    stored = tab.value(STORED)
    assert stored == {hash: hash for hash in stored}
    assert host.kept() <= set(stored)
    assert served(tab, host, list(host.listed())) == host.listed()


def test_a_first_save_takes_a_pack_for_all_and_one_for_each_language(tab: Tab, host: Site) -> None:
    """The reader's own language comes first. Nothing else is asked for, by the page or by its new worker."""
    save(tab, host)

    unread = {f"/{path}" for path in host.listed() if path.endswith("/")} - {"/es/"}
    packs = [host.packs(name)[0]["path"] for name in NAMES]
    saved = [path for path in host.downloads if path not in host.starting()]
    assert saved[0] == FIRST
    assert sorted(saved[1:3]) == sorted(packs[:2])
    assert saved[3:] == packs[2:]
    assert len(host.downloads) == len(set(host.downloads))
    assert unread & set(host.asked) == set()


@pytest.mark.parametrize(("first", "later"), [("es", "en"), ("en", "es")])
def test_the_language_of_the_page_opens_before_the_others_are_there(
    tab: Tab, host: Site, complaints: Complaints, first: str, later: str
) -> None:
    """The line tells that the rest is coming; who leaves then has all of one language, and gets the rest later."""
    complaints.expected.append("404")
    host.fail(host.packs(later)[0]["path"], "hang", times=1)
    tab.open(f"{host.url}{first}/")
    tab.wait("#saved[data-state=partly]")
    words = tab.value("document.querySelector('.saved__line').textContent")
    tab.leave()
    host.stop()
    opened = tab.open(f"{host.url}{first}/about/"), tab.value("document.title"), tab.value(STATE)
    host.heal()
    host.start()
    host.forget()

    save(tab, host, f"{first}/about/")

    assert len(str(words)) > 10
    assert opened[:2] == (200, host.title(f"{first}/about/"))
    assert set(host.downloads) == {POINTER, host.packs(later)[0]["path"]}
    assert served(tab, host, list(host.listed())) == host.listed()


def test_a_large_guide_has_several_packs_for_a_language(
    tab: Tab, host: Site, versions: Versions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No number of pages is too many: each part is a pack, all are there before a language counts, and all open."""
    monkeypatch.setattr(packs, "LEAST", 40_000)
    monkeypatch.setattr(packs, "MOST", 80_000)
    host.folder = again(versions.old, tmp_path / "large")

    save(tab, host)
    host.stop()

    assert min(len(host.packs(name)) for name in ("es", "en")) > 1
    assert set(tab.value(STORED)) == host.kept()
    assert served(tab, host, list(host.listed())) == host.listed()


def test_a_page_in_a_language_that_is_still_missing_is_not_called_saved(tab: Tab, host: Site) -> None:
    """Whoever changes the language while the rest is coming is told how it stands for that language."""
    host.fail(host.packs("en")[0]["path"], "hang")
    host.fail("en/*", "hang", saving=True)
    tab.open(f"{host.url}es/")
    tab.wait("#saved[data-state=partly]")

    tab.open(f"{host.url}en/")

    tab.wait("#saved[data-state=saving]")


def test_saving_leaves_room_for_reading(tab: Tab, host: Site) -> None:
    """While four files are waited for, no fifth is asked for, and what the reader asks for comes at once."""
    without_packs(host)
    for path in host.listed().keys() - host.starting():
        host.fail(path, "hang", saving=True)
    tab.open(f"{host.url}es/")
    tab.wait("#saved[data-state=saving]")

    for _ in range(500):
        if len(singly(host)) >= 4:
            break
        tab.value("fetch('../robots.txt').then(() => null)")
    tab.value("fetch('../robots.txt').then(() => null)")

    assert len(singly(host)) == len(set(singly(host))) == 4


def test_a_visit_soon_after_asks_for_nothing(tab: Tab, host: Site) -> None:
    """The pointer is asked for every six hours or on a press, not on every page."""
    save(tab, host)
    host.forget()

    save(tab, host, "en/about/")
    tab.value(STORED)
    tab.value("navigator.locks.request('field-guide:/:', () => null)")  # until a save is over, if there is one

    assert host.downloads == []


def test_s07_a_login_page_is_never_stored(tab: Tab, host: Site, versions: Versions) -> None:
    """Old pages are served while a hotel answers in place of the host; later the update completes."""
    save(tab, host)
    old = hashes(host, ["es/", "en/about/", ONE])
    host.folder = versions.new
    host.fail("*", "portal", after=2, saving=True)
    check_now(tab)
    during = served(tab, host, list(old))
    stored = tab.value(STORED)
    host.heal()
    check_now(tab)

    after = served(tab, host, list(host.listed()))

    assert during == old
    assert stored == {hash: hash for hash in stored}
    assert after == host.listed()


@pytest.mark.parametrize("kind", ["portal", "wrong", "cut-chunked"])
def test_a_manifest_is_believed_by_its_hash_alone(tab: Tab, host: Site, versions: Versions, kind: str) -> None:
    """What comes in its place is neither stored nor followed, and is named."""
    save(tab, host)
    before = tab.value(ACTIVE), tab.value(STORED)
    host.folder = versions.new
    host.fail(host.revision["path"], kind)

    check_now(tab)

    assert (tab.value(ACTIVE), tab.value(STORED)) == before
    assert tab.value(TROUBLE)["file"] == host.revision["path"]


HALT = '{"format": 1, "serial": 99999999999, "halt": true}'
ANSWERS = {
    "login": ("portal", {}),
    "redirect": ("redirect", {"text": "/elsewhere/"}),
    "redirect to a halt": ("redirect", {"text": "/elsewhere/current.json"}),
    "forbidden": ("status", {"status": 403}),
    "gone": ("status", {"status": 404}),
    "error": ("status", {"status": 500}),
    "sign in": ("status", {"status": 511}),
    "garbage": ("body", {"text": '{"format": 1, "serial": '}),
    "another format": ("body", {"text": '{"format": 99, "serial": 99999999999, "halt": true}'}),
    "silence": ("nothing", {}),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_s08_no_answer_in_place_of_the_pointer_is_an_instruction(tab: Tab, host: Site, answer: str) -> None:
    """Nothing is stored or taken away, the trouble is noted, and the guide opens without a network."""
    save(tab, host)
    before = tab.value(STORED)
    kind, more = ANSWERS[answer]
    host.fail(POINTER, kind, **more)
    host.fail("elsewhere/current.json", "body", text=HALT)
    check_now(tab)
    after, trouble = tab.value(STORED), tab.value(TROUBLE)
    host.stop()

    status = tab.open(f"{host.url}en/about/")

    assert after == before
    assert trouble["reason"] in ("portal", "refused", "silent")
    assert (status, tab.value("document.title")) == (200, host.title("en/about/"))


WORKERS = {
    "not found": ("status", {"status": 404}),
    "gone": ("status", {"status": 410}),
    "error": ("status", {"status": 500}),
    "login": ("portal", {}),
    "redirect": ("redirect", {"text": "/elsewhere.js"}),
    "silence": ("nothing", {}),
    "broken script": ("body", {"text": "throw new Error('broken');"}),
}


@pytest.mark.parametrize("answer", WORKERS)
def test_s09_no_answer_in_place_of_the_worker_takes_it_away(tab: Tab, host: Site, answer: str) -> None:
    """The worker stays, and the guide opens without a network."""
    save(tab, host)
    kind, more = WORKERS[answer]
    host.fail("sw.js", kind, **more)
    tab.value(
        """navigator.serviceWorker.getRegistration().then((one) => one.update())
        .then(() => "updated", () => "refused")"""
    )
    host.stop()

    status = tab.open(f"{host.url}en/about/")

    assert (status, tab.value("document.title")) == (200, host.title("en/about/"))


def test_a_worker_that_can_not_be_had_is_no_saved_guide(tab: Tab, host: Site, complaints: Complaints) -> None:
    """All files without a worker do not open without a network, so the line does not say saved; later it heals."""
    complaints.expected += ["sw.js", "ServiceWorker", "fetching the script"]
    host.fail("sw.js", "status", status=404)
    tab.open(f"{host.url}es/")
    tab.wait(BROKEN)
    trouble = tab.value(TROUBLE)
    host.heal()
    host.forget()

    save(tab, host)

    assert trouble["file"] == "sw.js"
    assert host.downloads == [POINTER, host.packs("en")[0]["path"]]


def test_s10_a_build_that_is_published_meanwhile_is_followed(tab: Tab, host: Site, versions: Versions) -> None:
    """The phone ends with the new build and asks for nothing that stayed the same twice."""
    without_packs(host)
    host.next_folder = (14, versions.new)

    save(tab, host)

    kept = host.listed().keys() - versions.changed()
    stayed = [path for path in singly(host) if path in kept]
    assert host.folder == versions.new
    assert served(tab, host, list(host.listed())) == host.listed()
    assert len(stayed) == len(set(stayed))


def test_s11_a_lower_serial_is_no_news(tab: Tab, host: Site, versions: Versions) -> None:
    """A host that answers with an old pointer is asked for nothing more."""
    host.folder = versions.new
    save(tab, host)
    host.folder = versions.old
    host.forget()

    check_now(tab)

    assert host.downloads == [POINTER]
    tab.wait(SAVED)


def test_an_equal_serial_is_no_news(tab: Tab, host: Site, versions: Versions) -> None:
    """Asking once more counts as no further update, and the revision before stays for open pages."""
    save(tab, host)
    host.folder = versions.new
    check_now(tab)
    active, stored = tab.value(ACTIVE), tab.value(STORED)

    check_now(tab)

    assert {**tab.value(ACTIVE), "checked": 0} == {**active, "checked": 0}
    assert tab.value(STORED) == stored
    tab.wait(NEWER)


def test_s12_what_the_browser_kept_for_a_year_is_asked_for_again(tab: Tab, host: Site, versions: Versions) -> None:
    """Old bytes in the browser's own cache are not what is saved, and no last try is needed to get past them."""
    host.headers["Cache-Control"] = "public, max-age=31536000"
    host.fail("offline/*", "hang")
    for path in ("es/about/", "en/about/", ONE):
        tab.open(host.url + path)
    host.heal()
    host.folder = versions.new
    without_packs(host).fail("*", "status", tail=True)

    save(tab, host, "es/offline/")

    assert served(tab, host, list(host.listed())) == host.listed()


def test_a_cache_on_the_way_that_holds_old_bytes_is_got_past(tab: Tab, host: Site) -> None:
    """The last try has an address that no cache has seen."""
    without_packs(host).fail(ONE, "wrong", tail=False, saving=True)

    save(tab, host)

    assert host.downloads.count(ONE) == 3
    assert served(tab, host, [ONE]) == hashes(host, [ONE])


def test_s15_a_save_that_was_left_goes_on(tab: Tab, host: Site) -> None:
    """The next visit asks only for the rest."""
    without_packs(host).fail("*", "hang", after=12, saving=True)
    tab.open(f"{host.url}es/")
    tab.wait("#saved[data-state=saving]")
    tab.value(
        """new Promise((resolve) => {
          const look = async () => {
            const names = await caches.keys();
            const name = names.find((name) => name.endsWith(":files"));
            const keys = name ? await (await caches.open(name)).keys() : [];
            keys.length >= 6 ? resolve() : setTimeout(look, 20);
          };
          look();
        })"""
    )
    stored = set(tab.value(STORED))
    tab.open(f"{host.url}robots.txt")
    host.heal()
    without_packs(host)
    host.forget()

    save(tab, host)

    again = {hash for path, hash in host.listed().items() if path in host.downloads}
    assert len(stored) >= 6
    assert stored & again == set()


def test_s16_a_save_that_was_left_before_the_switch_only_switches(tab: Tab, host: Site) -> None:
    """Everything was there already: only the pointer is asked for."""
    save(tab, host)
    tab.value(
        """caches.keys().then(async (names) => {
          const cache = await caches.open(names.find((name) => name.endsWith(":state")));
          for (const key of await cache.keys()) await cache.delete(key);
        })"""
    )
    host.forget()

    save(tab, host)

    assert host.downloads == [POINTER]
    assert tab.value(ACTIVE)["serial"] == host.pointer()["serial"]


def test_s18_wiped_caches_are_told_and_one_press_restores_them(tab: Tab, host: Site) -> None:
    """A registration alone does not count as a saved guide."""
    save(tab, host, "en/offline/")
    tab.value("caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))")
    host.fail("offline/*", "nothing")
    tab.open(f"{host.url}en/offline/")
    tab.wait(STOPPED)
    host.heal()

    tab.value("document.querySelector('[data-action=check]').click()")
    tab.wait(SAVED)

    assert served(tab, host, list(host.listed())) == host.listed()


def test_s19_a_stored_pack_that_is_gone_is_missed_alone_and_had_again(tab: Tab, host: Site) -> None:
    """Without a network pages of the other language open still; with one the next visit brings the pack back."""
    [pack] = host.packs("en")
    save(tab, host)
    assert forget_file(tab, pack["id"])
    host.stop()
    offline = tab.open(f"{host.url}es/about/"), tab.value("document.title")
    host.start()
    online = served(tab, host, ["en/about/"])
    host.forget()

    save(tab, host)

    assert offline == (200, host.title("es/about/"))
    assert online == hashes(host, ["en/about/"])
    assert set(host.downloads) == {POINTER, pack["path"]}
    assert served(tab, host, list(host.listed())) == host.listed()


def test_a_guide_that_lacks_the_pack_of_the_page_is_not_called_saved(tab: Tab, host: Site) -> None:
    """The line says so at the next visit, if it can't be had at once."""
    save(tab, host)
    assert forget_file(tab, host.packs("es")[0]["id"])
    host.fail("offline/*", "nothing")
    host.fail("*", "nothing", saving=True)

    tab.open(f"{host.url}es/")

    tab.wait(STOPPED)


@pytest.mark.parametrize("kind", ["portal", "nothing"])
def test_s19_other_bytes_bring_nothing_back(tab: Tab, host: Site, kind: str) -> None:
    """They are not stored, so the pack is there again as soon as the host has it."""
    [pack] = host.packs("en")
    save(tab, host)
    stored = tab.value(STORED)
    assert forget_file(tab, pack["id"])
    host.fail(pack["path"], kind)
    host.fail("en/*", kind, saving=True)
    check_now(tab)
    during = tab.value(STORED)
    host.heal()

    check_now(tab)

    assert during == {hash: hash for hash in during}
    assert pack["id"] not in during
    assert set(stored) <= set(tab.value(STORED))


@pytest.mark.parametrize("bytes", ["damaged", "cut"])
def test_a_pack_that_is_half_written_is_neither_opened_nor_called_saved(tab: Tab, host: Site, bytes: str) -> None:
    """A phone that lost its power while it wrote has no page that ends in the middle; the pack is had again."""
    [pack] = host.packs("es")
    save(tab, host)
    damage_file(tab, pack["id"], "new Response()" if bytes == "cut" else 'new Response("damaged")')
    host.fail("es/*", "status", status=503, saving=False)
    host.forget()

    tab.open(f"{host.url}en/about/")
    tab.wait(SAVED)
    host.heal()

    assert pack["path"] in host.downloads
    assert served(tab, host, list(host.listed())) == host.listed()


def test_a_file_that_was_damaged_in_storage_is_had_again(tab: Tab, host: Site) -> None:
    """One press compares every stored file with its hash and asks for the pack in which one is wrong."""
    [pack] = host.packs("core")
    save(tab, host, "en/offline/")
    stored = tab.value(STORED)
    damage_file(tab, pack["id"], f"new Response(new Uint8Array({pack['bytes']}))")
    damaged = tab.value(STORED)
    host.forget()

    tab.value(
        """new Promise((resolve) => {
          const line = document.getElementById("saved");
          line.addEventListener("guide:state", () => line.dataset.state === "saved" && resolve());
          document.querySelector("[data-action=check]").click();
        })"""
    )

    assert damaged != stored
    assert tab.value(STORED) == stored
    assert host.downloads == [POINTER, pack["path"]]


def test_s40_a_clock_that_is_ten_years_off_changes_nothing(tab: Tab, host: Site, versions: Versions) -> None:
    """Saving, opening and looking for something newer do not rest on the time."""
    main = next(path for path in host.listed() if "js/main." in path)
    host.fail(main, "before", text="Date.now = ((now) => () => now() + 315e9)(Date.now);\n", times=1)
    save(tab, host)
    host.forget()
    host.folder = versions.new
    tab.open(f"{host.url}es/")

    tab.wait(NEWER)

    assert tab.value(ACTIVE)["serial"] == host.pointer()["serial"]


def test_a_removed_guide_stays_away_until_asked(tab: Tab, host: Site) -> None:
    """Who took the guide off the phone finds it off at the next visit too."""
    save(tab, host, "en/offline/")
    tab.value("document.querySelector('[data-action=remove]').click()")
    tab.wait(NONE)
    host.forget()

    tab.open(f"{host.url}en/offline/")
    tab.wait(NONE)

    assert host.downloads == []
    assert tab.value(STORED) == {}
