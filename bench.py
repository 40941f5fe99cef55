"""Measures the guide: how long a build takes and how much a phone downloads. Prints tables for BENCHMARKS.md."""

import argparse
import gzip
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from guide.config import Paths
from guide.content import loader
from guide.publish.precache import file_of
from guide.publish.server import Handler, Server
from guide.transit import export

HERE = Path(__file__).parent
WORDS = tuple(
    re.findall(r"\w+", "the hill above the station where neighbours built a path before the cable came to them")
)


def main() -> None:
    """Print every table, or the ones named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, nargs="*", default=[20, 100, 1000], help="sizes of the generated guides")
    options = parser.parse_args()
    interpreter = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"{interpreter}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}\n")
    print("| guide | pages | cold s | ms a page | after one edit s | peak MB |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        real = Path(folder) / "real"
        copy_guide(real)
        print(row("the real guide", real), flush=True)
        for number in options.sites:
            root = Path(folder) / f"generated-{number}"
            generate(root, number)
            print(row(f"{number:,} sites of 600 words", root), flush=True)
        print()
        first_page(real / "build")
        until_saved(real / "build")
        scripts(real / "build")
        one_paragraph(real)
        getting_there(real / "build")


def copy_guide(root: Path) -> None:
    """A copy of the guide, so that measuring changes nothing of it."""
    for name in ("content", "translations", "static"):
        shutil.copytree(HERE / name, root / name)


def generate(root: Path, sites: int) -> None:
    """A guide with so many sites of 600 words, in two languages, all of it translated."""
    copy_guide(root)
    sample = (root / "content/sites/moravia.md").read_text(encoding="utf-8")
    front = sample.split("+++")[1]
    front = re.sub(r"^(lessons|drawing) = .*\n", "", front.split("[[facts]]")[0], flags=re.MULTILINE)
    entries = []
    for number in range(sites):
        head = re.sub(r"^name = .*$", f'name = "Place number {number}"', front, flags=re.MULTILINE)
        body = []
        for section in ("story", "saw", "see", "ask", "getting-there", "respect"):
            paragraphs = [
                f"In section {section}, paragraph {part}, site {number}: *{sentence(17, part)}* **and** "
                f"[the hill](site:moravia) {sentence(16, number)}."
                for part in range(2)
            ]
            entries += paragraphs
            body.append(f"## {section}\n" + "\n\n".join(f"{paragraph} [^d3-12]" for paragraph in paragraphs))
        entries.append(f"Place number {number}")
        text = f"+++{head}+++\n" + "\n\n".join(body) + "\n"
        (root / f"content/sites/place-{number}.md").write_text(text, encoding="utf-8")
        with (root / "content/transit/places.toml").open("a", encoding="utf-8") as places:
            places.write(PLACE.format(number=number))
    with (root / "translations/es/LC_MESSAGES/messages.po").open("a", encoding="utf-8") as po:
        for entry in entries:
            po.write(f'\n#: content/sites/generated.md\nmsgid "{entry}"\nmsgstr "{entry} Sí."\n')


PLACE = """
[[places]]
slug = "place-{number}"
site = "place-{number}"
name = "Place number {number}"
address = "Calle 82A # 52-25"
position = {{ latitude = 6.27649, longitude = -75.5647 }}
sources = ["transit-layers"]
confidence = "high"
year = 2026

[[places.approaches]]
station = "caribe"
line = "a"
"""
"""Where the way to a generated site leads."""


def sentence(words: int, start: int) -> str:
    """Words in a row, different from one start to the next."""
    return " ".join(WORDS[(start + step) % len(WORDS)] for step in range(words))


def row(name: str, root: Path) -> str:
    """One line of the table: a cold build, and one after an edit, each in a process of its own."""
    out = root / "build"
    pages, cold, memory = frozen(root, out)
    page = root / "content/sites/moravia.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("## story\n", "## story\nOne more sentence.\n\n"), encoding="utf-8"
    )
    _, edited, _ = frozen(root, out)
    return f"| {name} | {pages:,} | {cold:.2f} | {cold / pages * 1000:.1f} | {edited:.2f} | {memory:.0f} |"


FREEZE = """
import sys, resource
from pathlib import Path
from guide import create_app
from guide.config import Paths, Settings
from guide.publish.build import build
root, out = map(Path, sys.argv[1:])
built = build(create_app(Settings(paths=Paths(root=root))), out)
print(built.pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def frozen(root: Path, out: Path) -> tuple[int, float, float]:
    """Pages, seconds and peak megabytes of one build, Python's start included."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", FREEZE, str(root), str(out)], cwd=HERE, check=True, capture_output=True, text=True
    )
    pages, memory = done.stdout.split()
    return int(pages), time.perf_counter() - started, float(memory)


def first_page(build: Path) -> None:
    """Bytes of every kind of page as the first that a visitor opens: the largest of its kind, in either language."""
    scripts = _imported(next((build / "assets/js").glob("main.*.js")))
    early = sum(_packed(path)[0] for path in scripts)
    rows: dict[str, tuple[int, int, int]] = {}
    for page in sorted(build.glob("*/**/index.html")):
        text = page.read_text(encoding="utf-8")
        style = [page.parent / name for name in re.findall(r'rel="stylesheet" href="([^"]+)"', text)]
        pictures = [page.parent / name for name in re.findall(r'<img [^>]*src="([^"]+)"', text)]
        gzipped, brotlied = map(sum, zip(*map(_packed, (page, *style)), strict=True))
        found = (gzipped, brotlied, max((_packed(picture)[0] for picture in pictures), default=0))
        kind = _kind(page.relative_to(build).parts[1:])
        rows[kind] = max(rows.get(kind, found), found)
    print("| first page | HTML and style sheet, gzip | brotli 5 | largest image, gzip |\n|---|---|---|---|")
    for kind, row in sorted(rows.items()):
        print(f"| {kind} | {row[0]:,} | {row[1]:,} | {row[2]:,} |")
    print(f"\nEvery page loads {len(scripts)} scripts, {early:,} bytes as gzip.\n")


def _packed(path: Path) -> tuple[int, int]:
    """Bytes of a file as gzip and as brotli of the quality that hosts use at once."""
    body = path.read_bytes()
    return len(gzip.compress(body, 9)), len(brotli.compress(body, quality=5))


def _kind(parts: tuple[str, ...]) -> str:
    """What kind of page lies at a path within a language."""
    return {0: "home", 1: parts[0], 2: f"one of {parts[0]}", 3: "directions"}[len(parts) - 1]


def _imported(script: Path) -> list[Path]:
    """A script and all that it imports before it runs."""
    found = [script.resolve()]
    for path in found:
        named = re.findall(r'\bfrom ?"([^"]+)"', path.read_text(encoding="utf-8"))
        imported = dict.fromkeys((path.parent / name).resolve() for name in named)
        found += [script for script in imported if script not in found]
    return found


ENGINE = ("session", "storage", "protocol", "download", "registration")
PHONE = {"width": 360, "height": 740}
NETWORKS = {"Slow 3G": (400_000, 0.4), "Slow 4G": (1_600_000, 0.15), "not throttled": (0, 0.0)}
"""Bits a second, and seconds that each answer is late."""


class Throttled(Server):
    """A host behind a slow network: one line for all connections, and every answer late."""

    def __init__(self, build: Path, network: str, *, packed: bool, bundles: bool) -> None:
        self.rate, self.latency = NETWORKS[network]
        self.packed, self.bundles = packed, bundles
        self.ledger: list[int] = []
        self.lock, self.free = threading.Lock(), 0.0
        super().__init__(build, 0, handler=_Slow)

    def send(self, bytes: int) -> None:
        """Wait until so many bytes went over the line."""
        if not self.rate:
            return
        with self.lock:
            self.free = max(self.free, time.perf_counter()) + bytes * 8 / self.rate
            until = self.free
        time.sleep(max(0.0, until - time.perf_counter()))


class _Slow(Handler):
    server: Throttled

    def do_GET(self) -> None:
        time.sleep(self.server.latency)
        if self.path.endswith(".bin") and not self.server.bundles:
            return self.send_error(410)
        path = file_of(Path(self.directory), self.inside(self.path))
        if not path.is_file():
            return self.send_error(404)
        body = path.read_bytes()
        packs = self.server.packed and path.suffix in (".html", ".css", ".js", ".json", ".svg", ".webmanifest")
        if packs:
            body = gzip.compress(body, 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if packs:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.server.ledger.append(len(body))
        for at in range(0, len(body), 1400):
            part = body[at : at + 1400]
            self.server.send(len(part))
            self.wfile.write(part)


@contextmanager
def served(server: Throttled) -> Iterator[Throttled]:
    with server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def until_saved(build: Path) -> None:
    """Requests, bytes and seconds from the first visit until the guide is saved, as Chromium makes them."""
    print("| until saved | host packs | bundle | seconds | requests | bytes |\n|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for network in NETWORKS:
            for packed in (True, False):
                for bundles in (True, False):
                    with served(Throttled(build, network, packed=packed, bundles=bundles)) as server:
                        seconds = _save(browser, server)
                        yes = {True: "yes", False: "no"}
                        print(
                            f"| {network} | {yes[packed]} | {yes[bundles]} | {seconds:.1f} | {len(server.ledger)} "
                            f"| {sum(server.ledger):,} |",
                            flush=True,
                        )
        browser.close()
    print()


def _save(browser: Browser, server: Throttled) -> float:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.set_default_timeout(300_000)
    started = time.perf_counter()
    page.goto(f"{server.address}es/")
    page.wait_for_selector("#saved[data-state=saved]")
    seconds = time.perf_counter() - started
    context.close()
    return seconds


def one_paragraph(root: Path) -> None:
    """What a phone downloads when one paragraph changed, and how fast the worker answers."""
    page = root / "content/pages/about.md"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        with served(Throttled(root / "build", "not throttled", packed=True, bundles=True)) as server:
            context = browser.new_context()
            tab = context.new_page()
            tab.goto(f"{server.address}en/about/")
            tab.wait_for_selector("#saved[data-state=saved]")
            page.write_text(page.read_text(encoding="utf-8") + "\nOne more paragraph.\n", encoding="utf-8")
            frozen(root, root / "build")
            server.ledger.clear()
            tab.evaluate("document.getElementById('saved').dispatchEvent(new Event('guide:save'))")
            tab.wait_for_selector("#saved[data-state=newer]")
            print("| one paragraph changed | |\n|---|---|")
            print(f"| requests | {len(server.ledger)} |\n| bytes, packed | {sum(server.ledger):,} |\n")
            print("| a page of the guide at a processor 6 times slower | p50 ms | p95 ms |\n|---|---|---|")
            for name, script in (("from the worker", ""), ("from the browser's own cache, no worker", "?sw-off")):
                times = _answers(context, tab, f"{server.address}es/sites/comuna-13/{script}")
                print(f"| {name} | {times[len(times) // 2]:.0f} | {times[len(times) * 95 // 100]:.0f} |")
        browser.close()
    print()


def _answers(context: BrowserContext, tab: Page, address: str) -> list[float]:
    """Milliseconds until the last byte of a page, fifty times, sorted."""
    tab.goto(address)
    slow = context.new_cdp_session(tab)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    script = """async (address) => {
      const times = [];
      for (let visit = 0; visit < 50; visit++) {
        const begin = performance.now();
        await (await fetch(address, { cache: address.includes("sw-off") ? "force-cache" : "default" })).arrayBuffer();
        times.push(performance.now() - begin);
      }
      return times;
    }"""
    return sorted(tab.evaluate(script, address))


def scripts(build: Path) -> None:
    """Bytes of what keeps the guide, as gzip; with brotli they are about a tenth fewer."""
    groups = {
        "service worker": [build / "sw.js"],
        "saving": [*(path for name in ENGINE for path in (build / "assets/js/offline").glob(f"{name}.*.js"))],
    }
    print("| script | raw bytes | gzip bytes |\n|---|---|---|")
    for name, paths in groups.items():
        body = b"".join(path.read_bytes() for path in paths)
        print(f"| {name} | {len(body):,} | {len(gzip.compress(body, 9)):,} |")
    print()


def getting_there(build: Path) -> None:
    """Bytes and seconds of directions and maps."""
    guide = loader.load(Paths())
    started = time.perf_counter()
    data = export.data(guide)
    seconds = time.perf_counter() - started
    maps = {
        path.relative_to(build).as_posix(): re.findall(r'<svg class="map .*?</svg>', path.read_text("utf-8"), re.DOTALL)
        for path in sorted((build / "es").rglob("index.html"))
    }
    overview = max(len(gzip.compress(svg.encode(), 9)) for svg in maps["es/getting-there/index.html"])
    sites = [len(gzip.compress(svg.encode(), 9)) for name, found in maps.items() if "/way/" in name for svg in found]
    scripts = sum(len(gzip.compress(path.read_bytes(), 9)) for path in (build / "assets/js/transit").glob("*.js"))
    rows = {
        "directions to every site from every station, seconds": f"{seconds:.3f}",
        "data, raw bytes": f"{len(data):,}",
        "data, gzip bytes": f"{len(gzip.compress(data, 9)):,}",
        "scripts, gzip bytes": f"{scripts:,}",
        "overview map, gzip bytes": f"{overview:,}",
        "largest map of a site, gzip bytes": f"{max(sites):,}",
    }
    print("\n| getting there | |\n|---|---|")
    for name, value in rows.items():
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
