"""Scenarios of reading, updating and leaving: what the worker answers, and how a guide goes. SCENARIOS.md lists all."""

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from guide import headers
from tests.browser.builds import Versions, again
from tests.browser.engines import Complaints, Tab
from tests.browser.saving import (
    ACTIVE,
    FOREIGN,
    LET_FAIL,
    NEWER,
    SAVED,
    STORED,
    cache_names,
    check_now,
    hashes,
    open_caches,
    registrations,
    save,
    served,
)
from tests.browser.siteserver import Site

pytestmark = [pytest.mark.browser, pytest.mark.scenario]

POINTER = "offline/current.json"


def fetched(tab: Tab, site: Site, path: str, asked: str = "{}") -> dict[str, object]:
    """Status, headers and text that the page gets for a path."""
    script = f"""fetch("{site.url}{path}", {asked}).then(async (response) => ({{
      status: response.status, type: response.headers.get("content-type"),
      range: response.headers.get("content-range"), policy: response.headers.get("content-security-policy"),
      text: await response.text(),
    }}))"""
    return tab.value(script)  # type: ignore[return-value]


def test_s13_an_open_page_keeps_its_files_when_a_newer_guide_is_saved(tab: Tab, host: Site, versions: Versions) -> None:
    """Nothing changes under a reader; the new guide shows after a reload."""
    save(tab, host, "es/about/")
    own = [path for path in host.listed() if path.startswith("assets/")]
    old = hashes(host, own)
    host.folder = versions.restyled
    check_now(tab)
    tab.wait(NEWER)
    host.stop()

    kept = served(tab, host, own)
    tab.open(f"{host.url}es/about/")
    new = served(tab, host, list(host.listed()))

    assert kept == old
    assert new == host.listed()


def test_s39_a_new_worker_keeps_the_files_of_an_open_page(tab: Tab, host: Site, versions: Versions) -> None:
    """A worker of other bytes takes over, and old and new files are both there."""
    save(tab, host, "es/about/")
    own = [path for path in host.listed() if path.startswith("assets/")]
    old = hashes(host, own)
    host.folder = versions.restyled
    host.fail("sw.js", "before", text="// Another worker.\n")
    check_now(tab)
    tab.value(
        """navigator.serviceWorker.getRegistration().then(async (one) => {
          await one.update();
          const next = one.installing ?? one.waiting;
          if (next) await new Promise((resolve) => next.addEventListener("statechange",
            () => next.state === "activated" && resolve()));
        })"""
    )
    host.stop()

    assert served(tab, host, own) == old
    assert served(tab, host, list(host.listed())) == host.listed()


def test_s20_a_worker_without_storage_shows_the_network_or_a_notice(
    tab: Tab, host: Site, complaints: Complaints
) -> None:
    """When the storage of a phone is broken, pages load from the network; without one there is a sentence.

    Such a worker can't answer for the guide, so the guide is not called saved.
    """
    complaints.expected += [*LET_FAIL, "503", "Response served by service worker is an error"]
    host.fail("sw.js", "before", text="CacheStorage.prototype.match = () => { throw new Error('broken'); };\n")
    tab.open(f"{host.url}es/")
    tab.wait("#saved[data-state=worker]")
    online = tab.open(f"{host.url}es/about/"), tab.value("document.title")
    host.stop()

    offline = tab.open(f"{host.url}es/about/"), tab.value("document.body.innerText")

    assert online == (200, host.title("es/about/"))
    assert offline[0] == 503
    assert "No network" in offline[1]
    assert "No hay red" in offline[1]


def test_s21_a_host_that_redirects_index_files_is_no_trouble(tab: Tab, host: Site) -> None:
    """Both forms of an address lead to the page, before and after the guide is saved."""
    host.is_canonical = True
    tab.open(f"{host.url}es/index.html")
    fresh = tab.address
    tab.wait(SAVED)

    tab.open(f"{host.url}es/about/index.html")

    assert (fresh, tab.address) == (f"{host.url}es/", f"{host.url}es/about/")
    assert served(tab, host, list(host.listed())) == host.listed()


FORMS = {
    "es/about?x=1": "es/about/?x=1",
    "es/about/index.html": "es/about/",
    "es/about/?utm_source=x": "es/about/?utm_source=x",
    "es/about/?fbclid=1": "es/about/?fbclid=1",
    "es/about/?x=%2F": "es/about/?x=%2F",
    "es/about/?": "es/about/?",
}


def test_s22_s23_s24_other_forms_of_an_address_open_without_a_network(tab: Tab, host: Site) -> None:
    """What messengers and people append to a link or leave out of it does no harm."""
    save(tab, host)
    host.stop()

    opened = {asked: (tab.open(host.url + asked), tab.address, tab.value("document.title")) for asked in FORMS}

    title = host.title("es/about/")
    assert opened == {asked: (200, host.url + landed, title) for asked, landed in FORMS.items()}


ACCENTS = ["es/canci%C3%B3n/", "es/cancio%CC%81n/", "es/canción/", "es/cancio\u0301n/"]


def test_s25_accents_in_an_address_may_be_written_in_any_form(
    tab: Tab, host: Site, versions: Versions, tmp_path: Path
) -> None:
    """Letters with marks come composed or not, and with percent signs or not."""

    def add(folder: Path) -> None:
        shutil.copytree(folder / "es/about", folder / "es/canción")

    host.folder = again(versions.old, tmp_path / "build", add)
    save(tab, host)
    host.stop()

    opened = [(tab.open(host.url + asked), tab.value("document.title")) for asked in ACCENTS]

    assert opened == [(200, host.title("es/about/"))] * len(ACCENTS)


@pytest.mark.parametrize("tag", ["es", "en"])
def test_s26_an_unknown_page_is_answered_in_its_language(
    tab: Tab, host: Site, complaints: Complaints, tag: str
) -> None:
    """With a network the host answers; without one our own page does, with status 404."""
    complaints.expected += ["404", *LET_FAIL]
    save(tab, host)
    host_says = host.fail(f"{tag}/elsewhere/", "portal")
    online = tab.open(f"{host.url}{tag}/elsewhere/"), tab.value("document.title")
    stored = tab.value(STORED)
    host.stop()

    offline = tab.open(f"{host.url}{tag}/elsewhere/"), tab.value("document.title")

    assert host_says.asked == 1
    assert online == (200, "Hotel")
    assert set(stored) == host.kept()
    assert offline == (404, host.title(f"{tag}/404.html"))


def test_s27_an_unknown_page_does_not_wait_for_a_silent_host(tab: Tab, host: Site, complaints: Complaints) -> None:
    """The host never answers; the guide's own page does."""
    complaints.expected += ["404", *LET_FAIL]
    save(tab, host)
    host.fail("es/elsewhere/", "hang")

    status = tab.open(f"{host.url}es/elsewhere/")

    assert (status, tab.value("document.title")) == (404, host.title("es/404.html"))


def test_s28_two_guides_on_one_host_do_each_other_no_harm(
    tab: Tab, versions: Versions, servers: ExitStack, tmp_path: Path
) -> None:
    """Removing one leaves the other, and what its reader chose, byte for byte."""
    shutil.copytree(versions.old, tmp_path / "a")
    shutil.copytree(versions.new, tmp_path / "b")
    host = Site(tmp_path)
    servers.callback(host.stop)
    for folder in ("a", "b"):
        tab.open(f"{host.url}{folder}/en/offline/")
        tab.wait(SAVED)
        tab.value("localStorage.setItem(`field-guide:${new URL('../../', location).pathname}:start`, 'caribe')")
    tab.value("document.querySelector('[data-action=remove]').click()")
    tab.wait("#saved[data-state=none]")
    host.folder = tmp_path / "a"
    other = [f"a/{path}" for path in host.listed()]
    host.stop()
    tab.open(f"{host.url}a/en/")

    found = served(tab, host, other)

    assert found == {f"a/{path}": hash for path, hash in host.listed().items()}
    assert tab.value("Object.keys(localStorage).sort()") == ["field-guide:/a/:start", "field-guide:/b/:removed"]
    assert cache_names(tab) == ["field-guide:/a/:files", "field-guide:/a/:state"]


def test_the_worker_of_a_guide_leaves_the_guide_beside_it_alone(
    tab: Tab, versions: Versions, servers: ExitStack, tmp_path: Path
) -> None:
    """What a page asks outside its own folder is answered by the host."""
    shutil.copytree(versions.old, tmp_path / "a")
    shutil.copytree(versions.new, tmp_path / "b")
    host = Site(tmp_path)
    servers.callback(host.stop)
    tab.open(f"{host.url}a/en/")
    tab.wait(SAVED)

    found = fetched(tab, host, "b/en/about/")

    assert found["text"] == (tmp_path / "b/en/about/index.html").read_text(encoding="utf-8")


def test_only_what_is_read_is_answered_by_the_worker(tab: Tab, host: Site, complaints: Complaints) -> None:
    """Anything that is sent goes to the host, which has no use for it."""
    complaints.expected += ["501", *LET_FAIL]
    save(tab, host)

    assert fetched(tab, host, "es/about/", '{ method: "POST" }')["status"] == 501


def test_s29_a_host_that_varies_by_language_is_no_trouble(tab: Tab, host: Site) -> None:
    """What was saved in one language of the browser is there in any."""
    host.headers["Vary"] = "Accept-Language"
    save(tab, host)
    host.stop()

    found = fetched(tab, host, "es/about/", '{ headers: { "Accept-Language": "pt-BR" } }')

    assert found["text"] == host.file("es/about/").read_text(encoding="utf-8")


PARTS = ["0-1", "5-", "-3", "9999999-"]


def test_s30_a_part_of_a_saved_file_can_be_asked_for(tab: Tab, host: Site, complaints: Complaints) -> None:
    """Players of sound and pictures ask so."""
    complaints.expected.append("416")
    path = next(path for path in host.listed() if path.endswith(".svg"))
    body = host.file(path).read_text(encoding="ascii")
    save(tab, host)
    host.stop()

    answers = [fetched(tab, host, path, f'{{ headers: {{ Range: "bytes={part}" }} }}') for part in PARTS]

    length, last = len(body), len(body) - 1
    assert [(answer["status"], answer["text"], answer["range"]) for answer in answers] == [
        (206, body[:2], f"bytes 0-1/{length}"),
        (206, body[5:], f"bytes 5-{last}/{length}"),
        (206, body[-3:], f"bytes {length - 3}-{last}/{length}"),
        (416, "", f"bytes */{length}"),
    ]


def test_s36_a_new_policy_reaches_saved_pages(tab: Tab, host: Site, versions: Versions, tmp_path: Path) -> None:
    """Only the headers changed: nothing is downloaded but the list, and the pages carry the new ones."""
    stricter = {**headers.PAGE, "Content-Security-Policy": f"{headers.CONTENT_SECURITY_POLICY}; sandbox allow-scripts"}
    save(tab, host)
    host.folder = again(versions.old, tmp_path / "build", headers=stricter)
    host.forget()
    check_now(tab)
    downloads = list(host.downloads)
    host.stop()

    found = fetched(tab, host, "es/about/")
    drawing = fetched(tab, host, next(path for path in host.listing()["files"] if path.endswith(".svg")))

    assert downloads == [POINTER, host.revision["path"]]
    assert found["policy"] == stricter["Content-Security-Policy"]
    assert drawing["policy"] == headers.ASSET["Content-Security-Policy"]


def test_s37_going_back_to_an_older_text_downloads_nothing_twice(
    tab: Tab, host: Site, versions: Versions, tmp_path: Path
) -> None:
    """A rollback is old content under a higher serial."""
    save(tab, host)
    host.folder = versions.new
    check_now(tab)
    host.folder = again(versions.new, tmp_path / "build", lambda folder: _content_of(versions.old, folder))
    host.forget()
    check_now(tab)

    assert host.downloads == [POINTER]
    assert served(tab, host, list(host.listed())) == host.listed()


def _content_of(source: Path, target: Path) -> None:
    shutil.rmtree(target)
    shutil.copytree(source, target)


def test_s38_a_halt_takes_the_guide_off_the_phone(tab: Tab, host: Site, versions: Versions, tmp_path: Path) -> None:
    """Worker and caches of this guide go, others stay, pages come from the network and nothing is saved again."""
    save(tab, host)
    open_caches(tab, FOREIGN)
    host.folder = again(versions.old, tmp_path / "build", halt=True)
    check_now(tab)
    left, workers = cache_names(tab), registrations(tab)
    host.forget()

    status = tab.open(f"{host.url}es/")
    tab.wait("#saved[data-state=halted]")

    assert (left, workers) == (FOREIGN, 0)
    assert status in (200, 304)  # from the network, which may say that nothing changed
    assert host.downloads == ["offline/first.json"]


def test_s38_the_spare_worker_takes_the_guide_off_the_phone(tab: Tab, host: Site) -> None:
    """In the place of the worker it removes itself and its caches, and nothing else."""
    save(tab, host)
    open_caches(tab, FOREIGN)
    host.fail("sw.js", "body", text=host.file("sw-retire.js").read_text(encoding="utf-8"))
    tab.value("navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => null)")
    tab.value(
        """new Promise((resolve) => {
          const look = async () => {
            const found = await navigator.serviceWorker.getRegistrations();
            found.length ? setTimeout(look, 20) : resolve();
          };
          look();
        })"""
    )

    assert cache_names(tab) == FOREIGN


def test_a_visit_with_sw_off_shows_what_the_host_has(tab: Tab, host: Site, versions: Versions) -> None:
    """A host who doubts what is shown can look past the saved guide, page and style."""
    save(tab, host)
    host.folder = versions.restyled
    host.forget()

    tab.open(f"{host.url}es/about/?sw-off")

    style = next(path for path in host.listed() if "css/guide." in path)
    assert {"/es/about/", f"/{style}"} <= set(host.asked)


def test_begin_again_forgets_everything_and_saves_afresh(tab: Tab, host: Site) -> None:
    """Ticks, start and copy of this guide are gone; what others keep stays."""
    save(tab, host, "en/offline/")
    open_caches(tab, FOREIGN)
    tab.value("localStorage.setItem('field-guide:/:start', 'caribe')")
    tab.value("localStorage.setItem('other', 'kept')")
    host.forget()

    tab.value("document.documentElement.setAttribute('data-left', '')")
    tab.value("document.querySelector('[data-action=reset]').click()")
    tab.wait(f"html:not([data-left]) {SAVED}")

    assert tab.value("localStorage.getItem('field-guide:/:start')") is None
    assert tab.value("localStorage.getItem('other')") == "kept"
    assert {pack["path"] for pack in host.packs("core", "en", "es")} <= set(host.downloads)


WITHOUT = {
    "no workers": "delete Navigator.prototype.serviceWorker;",
    "no storage manager": "delete Navigator.prototype.storage;",
    "no locks": "delete Navigator.prototype.locks;",
    "no Cache API": "delete globalThis.caches; delete Window.prototype.caches;",
    "no channel": "delete globalThis.BroadcastChannel;",
    "no decompression": "delete globalThis.DecompressionStream;",
    "Cache API throws": "CacheStorage.prototype.open = CacheStorage.prototype.match = () => { throw Error('no'); };",
    "Cache API refuses": "CacheStorage.prototype.open = () => Promise.reject(new Error('no'));",
    "storage throws": "Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new Error('no'); };",
    "locks throw": "LockManager.prototype.request = () => { throw new Error('no'); };",
    "registration throws": "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('no'));",
}
STILL_SAVED = {"no storage manager", "no locks", "no channel", "no decompression", "storage throws"}


@pytest.mark.parametrize("lack", WITHOUT)
def test_s35_a_browser_that_lacks_something_reads_on(tab: Tab, host: Site, lack: str) -> None:
    """No exception, the page is whole, and one sentence says how it stands."""
    main = next(path for path in host.listed() if "js/main." in path)
    host.fail(main, "before", text=f"{WITHOUT[lack]}\n", times=1)
    tab.open(f"{host.url}es/offline/")
    tab.wait("#saved:not([data-state=none], [data-state=saving], [data-state=partly])[data-state]")

    state = tab.value("document.getElementById('saved').dataset.state")

    assert tab.value("document.querySelector('.saved__line').textContent.length > 10")
    assert state == ("saved" if lack in STILL_SAVED else "worker" if lack == "registration throws" else "unable")
    assert tab.value("document.querySelector('main').innerText.length > 100")


def test_a_browser_that_does_not_start_the_worker_is_told_in_whole_words(tab: Tab, host: Site) -> None:
    """The last trouble names the worker's file and has no gap where a number is missing."""
    main = next(path for path in host.listed() if "js/main." in path)
    host.fail(main, "before", text=f"{WITHOUT['registration throws']}\n", times=1)
    tab.open(f"{host.url}es/offline/")
    tab.wait("#saved[data-state=worker]")

    told = tab.value(
        """new Promise((resolve) => {
          const words = document.querySelector("[data-fact=trouble] dd");
          const look = () => (words.textContent.includes("sw.js") ? resolve(words.textContent) : setTimeout(look, 20));
          look();
        })"""
    )

    assert isinstance(told, str) and len(told) > 40
    assert not any(gap in told for gap in ("undefined", "NaN", "{"))


def test_the_state_of_a_page_that_is_two_revisions_old_is_louder(tab: Tab, host: Site, versions: Versions) -> None:
    """A page that is left open for long asks to be reloaded."""
    save(tab, host)
    for folder in (versions.new, versions.restyled):
        host.folder = folder
        check_now(tab)

    tab.wait("#saved[data-state=older]")

    assert tab.value("document.querySelector('.saved__news').checkVisibility?.() ?? true")
    assert tab.value(ACTIVE)["serial"] == host.pointer()["serial"]
    kept = host.kept()
    host.folder = versions.new
    assert set(tab.value(STORED)) == kept | host.kept()
