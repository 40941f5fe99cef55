"""Style sheet, scripts and icons under names that carry a fingerprint of their bytes.

A file that names another (a script that imports one, a style sheet with an image) is rewritten to the new name first,
so its own fingerprint changes with it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resvg_py
from rcssmin import cssmin
from rjsmin import jsmin

from guide.problems import BuildError, Problem

TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
}
ICONS = {
    "icon-192.png": ("icon.svg", 192),
    "icon-512.png": ("icon.svg", 512),
    "maskable-512.png": ("maskable.svg", 512),
    "touch-180.png": ("maskable.svg", 180),
}
"""Raster icons, each from a drawing in static/icons/ and with its side in pixels."""

WORKERS = ("sw.js", "sw-retire.js")
"""Scripts whose address never changes; they are no fingerprinted assets."""

_NAMED = re.compile(r"""(?P<before>\bfrom\s*"|\bimport\s*\(?"|url\(")(?P<name>\.{1,2}/[^"]+)(?P<after>")""")


@dataclass(frozen=True)
class Asset:
    """A file of the build: its path from the root of the build, its bytes and its media type."""

    path: str
    body: bytes
    media_type: str


def load(static: Path) -> Mapping[str, Asset]:
    """All assets by their name in static/, icons included."""
    return _Loader(static).load()


class _Loader:
    def __init__(self, static: Path) -> None:
        self.static = static
        self.assets: dict[str, Asset] = {}

    def load(self) -> Mapping[str, Asset]:
        for path in sorted(self.static.rglob("[!.]*")):
            name = path.relative_to(self.static).as_posix()
            if path.is_file() and name not in WORKERS:
                self._asset(name)
        for name, (drawing, side) in ICONS.items():
            body = raster((self.static / "icons" / drawing).read_text(encoding="utf-8"), side)
            self.assets[f"icons/{name}"] = fingerprinted(f"icons/{name}", body)
        return self.assets

    def _asset(self, name: str, above: tuple[str, ...] = ()) -> Asset:
        if name in above:
            raise BuildError(
                [Problem(f"static/{name}", "", "this file imports itself.", f"Break the circle: {' → '.join(above)}.")]
            )
        if name not in self.assets:
            path = self.static / name
            body = path.read_bytes()
            if path.suffix in (".css", ".js"):
                text = _NAMED.sub(lambda match: self._named(name, match, above), body.decode())
                body = _bare(text, path.suffix)
            self.assets[name] = fingerprinted(name, body)
        return self.assets[name]

    def _named(self, name: str, match: re.Match[str], above: tuple[str, ...]) -> str:
        """The reference to another asset with its fingerprinted name."""
        folder = (self.static / name).parent
        other = (folder / match["name"]).resolve()
        if not other.is_file() or not other.is_relative_to(self.static.resolve()):
            raise BuildError([Problem(f"static/{name}", "", f'"{match["name"]}" does not exist.', "Correct the name.")])
        asset = self._asset(other.relative_to(self.static.resolve()).as_posix(), (*above, name))
        depth = match["name"].rpartition("/")[0]
        return f"{match['before']}{depth}/{Path(asset.path).name}{match['after']}"


def worker(static: Path, name: str) -> bytes:
    """A worker as it is served: its address never changes, so it has no fingerprint."""
    return _bare((static / name).read_text(encoding="utf-8"), ".js")


def _bare(text: str, suffix: str) -> bytes:
    """A style sheet or script without comments and needless spaces: phones download it, nobody reads it there."""
    return str(cssmin(text) if suffix == ".css" else jsmin(text)).encode()


def fingerprinted(name: str, body: bytes, folder: str = "assets") -> Asset:
    """A file that goes by its name and the hash of its bytes."""
    stem, _, suffix = name.rpartition(".")
    return Asset(f"{folder}/{stem}.{hashlib.sha256(body).hexdigest()[:10]}.{suffix}", body, TYPES[f".{suffix}"])


@cache
def raster(drawing: str, side: int) -> bytes:
    """A square SVG drawing as PNG, `side` pixels wide."""
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=side, height=side))
