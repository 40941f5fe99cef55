"""Hundreds of visits to a guide that is published again and again by a host that fails in every way: `make soak`.

Two phones, one with Chromium and one with Firefox, keep their profiles; browsers are started again with each build. The
first build is one from before there were packs, and a phone that was wiped may meet it again.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Error, sync_playwright

from guide.publish import precache
from tests.browser import builds
from tests.browser.engines import Browsers, Complaints, Tab
from tests.browser.saving import ACTIVE, LET_FAIL, STORED, TROUBLE, served
from tests.browser.siteserver import Site

ENGINES = {"chromium": 4, "firefox": 1}
"""How often each phone is in use."""
PLACES = ("*", "*/", "assets/*", "offline/*", "offline/revisions/*.json", precache.POINTER, "sw.js")
ANYWHERE = ("hang", "hang-body", "cut", "cut-chunked", "nothing", "portal", "redirect", "wrong", "status")
POINTERS = {
    "garbage pointer": '{"format": 1, "serial": ',
    "pointer of another format": '{"format": 99, "serial": 99999999999, "halt": true}',
    "pointer to a page": '{"format": 1, "serial": 99999999999, "manifest": "es/", "bytes": 9, "sha256": "0"}',
}
STALE, DEAD, CALM = "stale pointer", "dead host", "none"
PATIENCE = (0.3, 6.0)  # seconds that a reader stays, at least and at most

_CHECK = """new Promise((resolve) => {
  const line = document.getElementById("saved");
  line.addEventListener("guide:state", () => {
    const isUnderWay = line.dataset.state === "partly" && !line.querySelector("progress").hidden;
    if (!["none", "saving"].includes(line.dataset.state) && !isUnderWay) resolve(line.dataset.state);
  });
  line.dispatchEvent(new Event("guide:save"));
  setTimeout(() => resolve("left"), PATIENCE);
})"""
"""The state that looking for something newer ends in, or "left" when that takes too long for a reader."""

_ASSETS = """performance.getEntriesByType("resource").filter((entry) => entry.initiatorType !== "fetch")
  .map((entry) => new URL(entry.name).pathname.slice(1)).filter((path) => path.startsWith("assets/"))"""
"""What the page shows or runs; saving fetches files of other builds."""

_WIPE = "caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))"


@dataclass(frozen=True)
class Build:
    """What a phone saves of one build: the hash of each path, and the bytes of each pack or file that is kept, by the
    hash of the manifest or of the list.
    """

    folder: Path
    serial: int
    files: dict[str, str]
    forms: dict[str, dict[str, int]]

    @property
    def sizes(self) -> dict[str, int]:
        """The bytes of all that may be kept. What a pack was joined from stays until the next visit."""
        return {hash: size for form in self.forms.values() for hash, size in form.items()}


@dataclass
class Phone:
    """What is known of one profile."""

    engine: str
    saved: bool = False
    manifest: str = ""
    oldest: int = 0
    """The serial below which nothing can be stored any more."""


@dataclass
class Soak:
    """The host, what it published and what came of the visits."""

    site: Site
    builds: list[Build]
    seed: int
    complaints: Complaints
    counts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    most: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def publish(self, number: int) -> None:
        """Let a build go live: at once, or in the middle of a download of the one before."""
        folder = self.builds[number].folder
        self.site.folder = self.builds[max(0, number - 1)].folder
        self.site.next_folder = (self.random.choice((0, 0, 1, 3, 5)), folder)

    def go_back(self) -> Path:
        """Let the host serve the build from before there were packs for a while; the one that it served."""
        now = (self.site.next_folder or (0, self.site.folder))[1]
        self.site.folder = self.builds[0].folder
        self.site.next_folder = (self.random.choice((5, 50, 1000)), now)
        self.counts["visits that meet the former form"] += 1
        return now

    def visit(self, number: int, phone: Phone, tab: Tab) -> None:
        """One visit; what breaks a promise is noted."""
        kinds, broken = self.break_host(phone), []
        now = self.go_back() if not phone.saved and self.random.random() < 0.5 else None
        try:
            self.read(phone, tab)
        except (AssertionError, Error) as error:
            broken.append(str(error))
        broken += self.complaints.unexpected()
        where = f"seed {self.seed}, visit {number}, {phone.engine}, {', '.join(kinds)}"
        self.failures += [f"{where}: {text}" for text in broken]
        self.complaints.heard.clear()
        if now:
            self.site.folder, self.site.next_folder = now, None
        self.counts["visits"] += 1
        self.faults.update(kinds)

    def break_host(self, phone: Phone) -> list[str]:
        """Other faults than before; what they are. A guide that is not saved yet can be opened, not always saved."""
        self.site.stop()
        self.site.heal()
        self.site.forget()
        kinds = self.random.sample([*ANYWHERE, *POINTERS, STALE, DEAD, CALM], self.random.choice((1, 1, 2)))
        if DEAD in kinds and phone.saved:
            return [DEAD]
        self.site.start()
        for kind in kinds:
            self.add_fault(kind, saving=not phone.saved or self.random.random() < 0.5)
        return [kind for kind in kinds if kind != DEAD] or [CALM]

    def add_fault(self, kind: str, saving: bool) -> None:
        if kind in POINTERS:
            self.site.fail(precache.POINTER, "body", text=POINTERS[kind])
        elif kind == STALE:
            self.site.fail(precache.POINTER, "body", text=(self.builds[0].folder / precache.POINTER).read_text())
        elif kind in ANYWHERE:
            times, after = self.random.choice((1, 2, 1000)), self.random.choice((0, 0, 2, 9))
            place = self.random.choice(PLACES)
            self.site.fail(place, kind, times=times, after=after, saving=saving, text="/elsewhere/")

    def read(self, phone: Phone, tab: Tab) -> None:
        """Open a page, look for something newer, stay or leave before that is over."""
        path = self.random.choice(
            [path for path in self.builds[0].files if path.endswith("/") and path in self.builds[1].files]
        )
        status = tab.open(self.site.url + path)
        tab.wait("#saved[data-state]")
        was_saved, own = phone.saved, []
        if was_saved:
            assert (status, tab.value("document.title")) == (200, self.site.title(path)), "another page"
            own = self.builds_of(tab)
            self.check_page(tab, path, own)
        state = tab.value(_CHECK.replace("PATIENCE", str(1000 * self.random.uniform(*PATIENCE))))
        phone.saved = was_saved or state in ("saved", "newer", "older")
        self.counts["saves"] += phone.saved and not was_saved
        self.counts["left in the middle"] += state == "left"
        if own:
            again = self.builds_of(tab)
            assert any(build in again for build in own), "the open page lost its files"
        if phone.saved and state != "left":
            self.check_storage(phone, tab)
            self.wipe(phone, tab)

    def builds_of(self, tab: Tab) -> list[Build]:
        """The builds whose bytes a page gets for all assets that it uses; there must be one."""
        listed = set().union(*(build.files for build in self.builds))
        paths = [path for path in tab.value(_ASSETS) if path in listed]  # type: ignore[attr-defined]
        answers: dict[str, str] = served(tab, self.site, paths)  # type: ignore[assignment]
        found = [build for build in self.builds if answers.items() <= build.files.items()]
        nearest = max(self.builds, key=lambda build: len(answers.items() & build.files.items()))
        assert found, f"not of build {nearest.serial} as all else: {sorted(answers.items() - nearest.files.items())}"
        return found

    def check_page(self, tab: Tab, path: str, own: list[Build]) -> None:
        """The address of the open page has the bytes of its build, or of a newer one that was saved meanwhile."""
        (hash,) = served(tab, self.site, [path]).values()  # type: ignore[attr-defined]
        found = [build for build in self.builds if build.files.get(path) == hash]
        assert found, "a page of no build"
        assert max(build.serial for build in found) >= min(build.serial for build in own), (
            "an older page than the open one"
        )

    def check_storage(self, phone: Phone, tab: Tab) -> None:
        """All of the active build is there, nothing is damaged, and only what may still be needed is kept."""
        note, stored = tab.value(ACTIVE), tab.value(STORED)
        active: str = note["manifest"]  # type: ignore[index]
        known = {hash: build for build in self.builds for hash in build.forms}
        needed = [known[hash] for hash in (active, note["previous"]) if hash]  # type: ignore[index]
        if tab.value(TROUBLE) is None:
            phone.oldest, allowed = min(build.serial for build in needed), needed
        else:
            allowed = [build for build in self.builds if build.serial >= phone.oldest]
        assert stored == {hash: hash for hash in stored}, "damaged files"  # type: ignore[attr-defined]
        assert needed[0].forms[active].keys() <= stored.keys(), "parts of the active build are lost"
        assert stored.keys() <= set().union(*(build.sizes for build in allowed)), "more than two builds are kept"
        sizes = {hash: size for build in allowed for hash, size in build.sizes.items()}
        self.most = max(self.most, sum(sizes[hash] for hash in stored))
        self.counts["switches"] += phone.manifest not in ("", active)
        self.counts["files joined to packs"] += phone.manifest != active and known.get(phone.manifest) is needed[0]
        phone.manifest = active

    def wipe(self, phone: Phone, tab: Tab) -> None:
        """Now and then a browser throws everything away."""
        if self.random.random() < 0.04:
            tab.value(f"{_WIPE}.then(() => null)")
            phone.saved, phone.manifest, phone.oldest = False, "", 0
            self.counts["wipes"] += 1

    def summary(self) -> Iterator[str]:
        rows = {**self.counts, "builds": len(self.builds), "most bytes stored": self.most}
        rows |= {f"fault: {kind}": count for kind, count in sorted(self.faults.items())}
        yield from (f"{name:<32}{count:>10}" for name, count in rows.items())
        yield f"{'failures':<32}{len(self.failures):>10}"
        yield from self.failures


def built(folder: Path) -> Build:
    pointer, entries = precache.read_pointer(folder) or {}, precache.saved_files(folder)
    forms = {
        pointer["sha256"]: {entry.sha256: entry.bytes for entry in entries} | {pointer["sha256"]: pointer["bytes"]}
    }
    if packs := pointer.get("packs"):
        made: list[Mapping[str, object]] = json.loads((folder / packs["path"]).read_bytes())["packs"]
        forms[packs["sha256"]] = {pack["id"]: pack["bytes"] for pack in made} | {packs["sha256"]: packs["bytes"]}
    return Build(folder, pointer["serial"], {entry.path: entry.sha256 for entry in entries}, forms)


def run(asked: argparse.Namespace, folder: Path, stack: ExitStack) -> Soak:
    paths = [builds.former(folder / "former"), *builds.series(folder, asked.builds)]
    made = [built(path) for path in paths]
    site = Site(made[0].folder)
    stack.callback(site.stop)
    browsers = Browsers(stack.enter_context(sync_playwright()), stack)
    soak = Soak(site, made, asked.seed, Complaints(expected=LET_FAIL))
    phones = [Phone(engine) for engine in ENGINES]
    begin = time.monotonic()
    for number in range(len(made)):
        soak.publish(number)
        print(f"build {number + 1} after {soak.counts['visits']} visits, {len(soak.failures)} failures", flush=True)
        with ExitStack() as open_tabs:
            tabs = [
                open_tabs.enter_context(browsers.tab(engine, soak.complaints, folder / engine)) for engine in ENGINES
            ]
            for visit in range(number * asked.visits // len(made), (number + 1) * asked.visits // len(made)):
                time.sleep(max(0, begin + visit * asked.minutes * 60 / asked.visits - time.monotonic()))
                soak.visit(visit, *soak.random.choices(list(zip(phones, tabs, strict=True)), [*ENGINES.values()])[0])
    return soak


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--builds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        soak = run(asked, Path(folder), stack)
    print("\n".join(soak.summary()))
    return 1 if soak.failures else 0


if __name__ == "__main__":
    sys.exit(main())
