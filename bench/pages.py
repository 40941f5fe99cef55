"""Sizes: what a visitor downloads before the first page stands, and the files of a saved guide."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli

from bench import tables
from bench.hosts import LEVEL

FLIGHT = 14_336
"""Bytes that arrive with the first answer: ten packets, the initial congestion window."""
_SHEET = re.compile(r'<link [^>]*rel="stylesheet"[^>]*>')


def first_page(build: Path) -> None:
    """Bytes of the largest page of every kind in each language, as the first that a visitor opens."""
    tags = sorted(page.parent.name for page in build.glob("*/404.html"))
    tables.head("first page: HTML and style sheets", *(f"{way}, {tag}" for way in WAYS for tag in tags))
    beyond = dict.fromkeys(WAYS, 0)
    sizes = {page: _first(page) for page in _pages(build)}
    for size in sizes.values():
        for way in WAYS:
            beyond[way] += size[way] > FLIGHT
    for kind, pages in kinds(build).items():
        largest = {(way, tag): max((sizes[page][way] for page in pages.get(tag, ())), default=0)
                   for way in WAYS for tag in tags}  # fmt: skip
        tables.line([kind, *(f"{size:,}" for size in largest.values())])
    told = ", ".join(f"{number} with {way}" for way, number in beyond.items())
    print(f"\nOf {len(sizes)} pages these need more than the first {FLIGHT:,} bytes: {told}.")


WAYS: dict[str, Callable[[bytes], bytes]] = {
    f"gzip {LEVEL}": lambda body: gzip.compress(body, LEVEL),
    "brotli 5": lambda body: brotli.compress(body, quality=5),
}
"""How hosts pack what they send at once."""


def kinds(build: Path) -> dict[str, dict[str, list[Path]]]:
    """The pages of a build in the languages of the guide, by kind and then by language."""
    by_kind: dict[str, dict[str, list[Path]]] = {}
    for page in _pages(build):
        tag, *parts = page.relative_to(build).parts
        by_kind.setdefault(_kind(parts), {}).setdefault(tag, []).append(page)
    return dict(sorted(by_kind.items()))


def largest_of_kinds(build: Path) -> list[str]:
    """The address of the largest page of every kind in each language, from the root of the guide."""
    return [
        f"{max(pages, key=lambda page: page.stat().st_size).parent.relative_to(build).as_posix()}/"
        for languages in kinds(build).values()
        for pages in languages.values()
    ]


def _pages(build: Path) -> list[Path]:
    """The pages of every language; the kit and the booklets are no visitors' pages."""
    return sorted(
        path for path in build.glob("*/**/index.html") if path.relative_to(build).parts[0] not in ("kit", "booklets")
    )


def _kind(parts: list[str]) -> str:
    """What kind of page lies at a path within a language."""
    return {0: "home", 1: parts[0], 2: f"one of {parts[0]}", 3: "directions"}[len(parts) - 1]


def _first(page: Path) -> dict[str, int]:
    """Bytes of a page with the style sheets that it waits for, by the way in which they are packed."""
    text = page.read_text(encoding="utf-8")
    links = [link for link in _SHEET.findall(text) if " media=" not in link]
    sheets = [page.parent / re.findall(r'href="([^"]+)"', link)[0] for link in links]
    bodies = [path.read_bytes() for path in (page, *sheets)]
    return {way: sum(len(pack(body)) for body in bodies) for way, pack in WAYS.items()}


def files(build: Path) -> None:
    """Bytes of the parts of a guide, as they lie on the host and as a host sends them."""
    early = _scripts(_pages(build)[0])
    parts = {
        f"scripts of every page ({len(early)})": early,
        "service worker": [build / "sw.js"],
        "directions": sorted((build / "assets").rglob("directions*.json")),
        "preview images": sorted((build / "cards").rglob("*.png")),
        **{f"for saving: {kind[1:]}": paths for kind, paths in _by_suffix(build / "offline/revisions").items()},
    }
    tables.head("files", "number", "raw bytes", f"gzip {LEVEL}")
    for name, paths in parts.items():
        bodies = [path.read_bytes() for path in paths]
        packed = sum(len(gzip.compress(body, LEVEL)) for body in bodies)
        tables.line([name, len(paths), f"{sum(map(len, bodies)):,}", f"{packed:,}"])


def _by_suffix(folder: Path) -> dict[str, list[Path]]:
    paths: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        paths.setdefault(path.suffix, []).append(path)
    return paths


def _scripts(page: Path) -> list[Path]:
    """The scripts that a page names, and all that these import before they run."""
    named = re.findall(r'<script [^>]*src="([^"]+)"', page.read_text(encoding="utf-8"))
    scripts = [(page.parent / name).resolve() for name in named]
    for path in scripts:
        imports = re.findall(r'\bfrom ?"([^"]+)"', path.read_text(encoding="utf-8"))
        imported = dict.fromkeys((path.parent / name).resolve() for name in imports)
        scripts += [script for script in imported if script not in scripts]
    return scripts
