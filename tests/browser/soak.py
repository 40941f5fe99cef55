"""Hundreds of visits to a guide that is published again and again by a host that fails in every way: `make soak`.

Two phones, one with Chromium and one with Firefox, keep their profiles; browsers are started again with each build.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
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
    if (!["none", "saving"].includes(line.dataset.state)) resolve(line.dataset.state);
  });
  line.dispatchEvent(new Event("guide:save"));
  setTimeout(() => resolve("left"), PATIENCE);
})"""
"""The state that looking for something newer ends in, or "left" when that takes too long for a reader."""

_ASSETS = """performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname.slice(1))
  .filter((path) => path.startsWith("assets/"))"""

_WIPE = "caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))"


@dataclass(frozen=True)
class Build:
    """What a phone saves of one build: the hash of each path, and the bytes of each hash."""

    folder: Path
    serial: int
    manifest: str
    files: dict[str, str]
    sizes: dict[str, int]


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
        self.site.next_folder = (self.random.choice((0, 0, 1, 5, 12)), folder)

    def visit(self, number: int, phone: Phone, tab: Tab) -> None:
        """One visit; what breaks a promise is noted."""
        kinds, broken = self.break_host(phone), []
        try:
            self.read(phone, tab)
        except (AssertionError, Error) as error:
            broken.append(str(error))
        broken += self.complaints.unexpected()
        where = f"seed {self.seed}, visit {number}, {phone.engine}, {', '.join(kinds)}"
        self.failures += [f"{where}: {text}" for text in broken]
        self.complaints.heard.clear()
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
        path = self.random.choice([path for path in self.builds[0].files if path.endswith("/")])
        status = tab.open(self.site.url + path)
        tab.wait("#saved[data-state]")
        was_saved, own = phone.saved, []
        if was_saved:
            assert (status, tab.value("document.title")) == (200, self.site.title(path)), "another page"
            own = self.builds_of(tab, path)
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

    def builds_of(self, tab: Tab, *paths: str) -> list[Build]:
        """The builds whose bytes a page gets for some paths and for all assets that it uses; there must be one."""
        listed = set().union(*(build.files for build in self.builds))
        paths += tuple(path for path in tab.value(_ASSETS) if path in listed)  # type: ignore[attr-defined]
        answers: dict[str, str] = served(tab, self.site, list(paths))  # type: ignore[assignment]
        found = [build for build in self.builds if answers.items() <= build.files.items()]
        nearest = max(self.builds, key=lambda build: len(answers.items() & build.files.items()))
        assert found, f"not of build {nearest.serial} as all else: {sorted(answers.items() - nearest.files.items())}"
        return found

    def check_storage(self, phone: Phone, tab: Tab) -> None:
        """All of the active build is there, nothing is damaged, and only what may still be needed is kept."""
        note, stored = tab.value(ACTIVE), tab.value(STORED)
        known = {build.manifest: build for build in self.builds}
        needed = [known[hash] for hash in (note["manifest"], note["previous"]) if hash]  # type: ignore[index]
        if tab.value(TROUBLE) is None:
            phone.oldest, allowed = min(build.serial for build in needed), needed
        else:
            allowed = [build for build in self.builds if build.serial >= phone.oldest]
        assert stored == {hash: hash for hash in stored}, "damaged files"  # type: ignore[attr-defined]
        assert needed[0].sizes.keys() <= stored.keys(), "files of the active build are lost"  # type: ignore[attr-defined]
        assert stored.keys() <= set().union(*(build.sizes for build in allowed)), "more than two builds are kept"  # type: ignore[attr-defined]
        sizes = {hash: size for build in allowed for hash, size in build.sizes.items()}
        self.most = max(self.most, sum(sizes[hash] for hash in stored))  # type: ignore[attr-defined]
        self.counts["switches"] += phone.manifest not in ("", needed[0].manifest)
        phone.manifest = needed[0].manifest

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
    serial, manifest, size = int(str(pointer["serial"])), str(pointer["sha256"]), int(str(pointer["bytes"]))
    sizes = {entry.sha256: entry.bytes for entry in entries} | {manifest: size}
    return Build(folder, serial, manifest, {entry.path: entry.sha256 for entry in entries}, sizes)


def run(asked: argparse.Namespace, folder: Path, stack: ExitStack) -> Soak:
    made = [built(path) for path in builds.series(folder, asked.builds)]
    site = Site(made[0].folder)
    stack.callback(site.stop)
    browsers = Browsers(stack.enter_context(sync_playwright()), stack)
    soak = Soak(site, made, asked.seed, Complaints(expected=LET_FAIL))
    phones = [Phone(engine) for engine in ENGINES]
    begin = time.monotonic()
    for number in range(asked.builds):
        soak.publish(number)
        print(f"build {number + 1} after {soak.counts['visits']} visits, {len(soak.failures)} failures", flush=True)
        with ExitStack() as open_tabs:
            tabs = [
                open_tabs.enter_context(browsers.tab(engine, soak.complaints, folder / engine)) for engine in ENGINES
            ]
            for visit in range(number * asked.visits // asked.builds, (number + 1) * asked.visits // asked.builds):
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
