"""Style sheet, scripts and icons under names that carry a fingerprint of their bytes.

A style sheet that names an image is rewritten to the new name first, so its own fingerprint changes with it; one that
imports another holds it. Scripts are joined (`scripts`) and have one fingerprint together.
"""

import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TypeVar

import resvg_py
from rcssmin import cssmin
from rjsmin import jsmin

from guide import files
from guide.content.checks import drawings
from guide.files import Unusable
from guide.media import STATIC, type_of
from guide.problems import Problem, StaticError
from guide.site import scripts, sprite

ICONS = {
    "icon-192.png": ("icon.svg", 192),
    "icon-512.png": ("icon.svg", 512),
    "maskable-512.png": ("maskable.svg", 512),
    "touch-180.png": ("maskable.svg", 180),
}
"""Raster icons, each from a drawing in static/icons/ and with its side in pixels."""

WORKERS = ("sw.js", "sw-retire.js")
"""Scripts whose address never changes; they are no fingerprinted assets."""

FIRST = "js/main.js"
"""The script that every page starts."""

REQUIRED = (
    *WORKERS, "css/guide.css", "css/ways.css", "css/way.css", "css/steps.css", "css/media.css", "css/offline.css",
    "css/booklet.css", "css/booklet-epub.css",
    FIRST, "icons/icon.svg", "icons/maskable.svg",
)  # fmt: skip
"""What pages ask for; what they ask for in turn is found in them."""

DECLARATIONS = ".d.ts"
"""Ends the name of a file that only the type checker of scripts reads; it is no file of the build."""

PART = ".part.css"
"""Ends the name of a style sheet that comes only inside of those that import it; it is no file of the build."""

MOST = 500_000
"""Bytes that a file may have: phones save it."""

T = TypeVar("T")

_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND\xaeB`\x82"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NAMED = re.compile(r"""url\("(?P<name>\.{1,2}/[^"]+)"\)""")

_IMPORTED = re.compile(r"""@import "(?P<name>\.{1,2}/[^"]+\.css)";""")
"""A style sheet that comes inside of another, in the place of these words: a page asks for one file."""

_UNNAMED = re.compile(r"""url\((?!"(?:\.{1,2}/|data:))""")
"""References that stay as they are, so that they lead nowhere, or elsewhere."""


@dataclass(frozen=True)
class Asset:
    """A file of the build: its path from the root of the build, its bytes and its media type."""

    path: str
    body: bytes
    media_type: str


def load(static: Path) -> Mapping[str, Asset]:
    """All assets by their name in static/, icons included. Raises StaticError with every problem found."""
    loader = _Loader(static)
    loader.load()
    if loader.problems:
        raise StaticError(sorted({*loader.problems}))
    return loader.assets


class _Loader:
    def __init__(self, static: Path) -> None:
        self.static = static
        self.assets: dict[str, Asset] = {}
        self.problems: list[Problem] = []

    def load(self) -> None:
        for name in REQUIRED:
            if not files.is_there(self.static / name):
                self._report(name, Unusable("", "this file is missing.", "Put it back."))
        modules: dict[str, scripts.Module | None] = {}
        for name in self._names():
            if name in WORKERS:
                self._try(name, self._text)
            elif name.endswith(".js"):
                modules[name] = self._try(name, self._module)
            else:
                self._asset(name)
        self._join(modules)
        drawings = {name: asset.body.decode() for name, asset in self.assets.items() if name.endswith(".svg")}
        if not self.problems and (days := sprite.together(drawings)):
            self.assets[sprite.NAME] = fingerprinted(sprite.NAME, days.encode())
        for name, (drawing, side) in ICONS.items():
            if not self.problems:
                body = self._try(f"icons/{drawing}", partial(self._raster, side))
                self.assets[f"icons/{name}"] = fingerprinted(f"icons/{name}", body or b"")

    def _names(self) -> Iterator[str]:
        """The name of everything in static/ that is no folder, and of folders that are called like a file."""
        folders = [self.static]
        while folders:
            folder = folders.pop()
            try:
                inner = sorted(path for path in folder.iterdir() if not _is_left_out(path))
            except OSError as error:
                self._report(self._name(folder), Unusable("", f"it can't be read: {error.strerror}.", "Put it back."))
                continue
            for path in inner:
                if path.is_dir() and not path.is_symlink() and path.suffix not in STATIC:
                    folders.append(path)
                else:
                    yield self._name(path)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.static).as_posix().removeprefix(".")

    def _report(self, name: str, fault: Unusable) -> None:
        self.problems.append(Problem(f"static/{name}".rstrip("/"), fault.place, fault.what, fault.remedy))

    def _try(self, name: str, read: Callable[[str], T]) -> T | None:
        """What is read from a file; None after reporting what is wrong with it."""
        try:
            return read(name)
        except Unusable as fault:
            self._report(name, fault)
        return None

    def _module(self, name: str) -> scripts.Module:
        self._check_name(name)
        return scripts.parse(name, self._text(name).decode())

    def _join(self, modules: Mapping[str, scripts.Module | None]) -> None:
        """The files that scripts are joined into; none where a module has a fault, which is reported."""
        usable = {name: module for name, module in modules.items() if module}
        for name, fault in scripts.faults(usable, modules, FIRST):
            self._report(name, fault)
        if self.problems:
            return
        for name, (path, text) in scripts.join(usable, FIRST).items():
            self.assets[name] = Asset(f"assets/{path}", text.encode(), type_of(name))

    def _asset(self, name: str, above: tuple[str, ...] = ()) -> Asset:
        """An asset; one without bytes stands for a file that can't be used, which is reported."""
        if name not in self.assets:
            body = self._try(name, lambda name: self._body(name, above))
            self.assets[name] = Asset(name, b"", "") if body is None else fingerprinted(name, body)
        return self.assets[name]

    def _check_name(self, name: str) -> None:
        """Raises Unusable for what is no file of the build by its name."""
        suffix = Path(name).suffix
        if self._is_folder(name):
            raise Unusable("", "this is a folder, where a file is expected.", "Move it elsewhere.")
        if suffix.lower() not in STATIC:
            known = f"{', '.join(STATIC[:-1])} or {STATIC[-1]}"
            raise Unusable("", "the guide serves no files of this kind.", f"Use {known}, or move it elsewhere.")
        if not all(_NAME.fullmatch(part) for part in name.split("/")):
            raise Unusable("", "this name can't stand in an address.", "Rename it: a–z, 0–9, hyphens and dots.")

    def _body(self, name: str, above: tuple[str, ...]) -> bytes:
        self._check_name(name)
        suffix = Path(name).suffix
        if suffix == ".css":
            return _bare(self._sheet(name, above), suffix)
        body = self._text(name) if suffix == ".svg" else files.body(self.static / name, self.static, MOST)
        for line, what, remedy in _faults(suffix, body):
            self._report(name, Unusable(f"line {line}" if line else "", what, remedy))
        return body

    def _sheet(self, name: str, above: tuple[str, ...]) -> str:
        """A style sheet with those that it imports, and with the fingerprinted names of what it names."""
        text, above = self._text(name).decode(), (*above, name)
        if reference := _UNNAMED.search(text):
            line, what = text.count("\n", 0, reference.start()) + 1, f"the guide can't follow {reference[0]}…"
            raise Unusable(f"line {line}", what, 'Name a file of static/, in double quotes: "./name".')
        text = _NAMED.sub(lambda match: self._named(name, match, above), text)
        return _IMPORTED.sub(lambda match: self._imported(name, match, above), text)

    def _imported(self, name: str, match: re.Match[str], above: tuple[str, ...]) -> str:
        return self._try(self._inner(name, match, above), lambda inner: self._sheet(inner, above)) or ""

    def _text(self, name: str) -> bytes:
        text = files.text(self.static / name, self.static, MOST)
        if not text.strip():
            raise Unusable("", "this file is empty.", "Fill it, or remove it.")
        if character := _CONTROL.search(text):
            line = text.count("\n", 0, character.start()) + 1
            raise Unusable(f"line {line}", "a control character stands here.", "Save the file as plain text.")
        return text.encode()

    def _is_folder(self, name: str) -> bool:
        return (self.static / name).is_dir()

    def _raster(self, side: int, name: str) -> bytes:
        return raster(self._text(name), side)

    def _named(self, name: str, match: re.Match[str], above: tuple[str, ...]) -> str:
        """The reference to another asset with its fingerprinted name."""
        asset = self._asset(self._inner(name, match, above), above)
        depth = match["name"].rpartition("/")[0]
        return f'url("{depth}/{Path(asset.path).name}")'

    def _inner(self, name: str, match: re.Match[str], above: tuple[str, ...]) -> str:
        """The name in static/ of what a style sheet names. Raises Unusable where it can't be in there."""
        line = match.string.count("\n", 0, match.start()) + 1
        inner = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["name"]))
        if inner in above:
            raise Unusable(f"line {line}", "this file imports itself.", f"Break the circle: {' → '.join(above)}.")
        if inner.startswith(("..", "/")) or not files.is_there(self.static / inner) or self._is_folder(inner):
            raise Unusable(f"line {line}", f'"{match["name"][:60]}" does not exist.', "Correct the name.")
        return inner


def _is_left_out(path: Path) -> bool:
    return files.is_left_alone(path) or path.name.endswith((DECLARATIONS, PART))


@lru_cache(maxsize=300)
def _faults(suffix: str, body: bytes) -> tuple[drawings.Fault, ...]:
    """What is wrong with a drawing, a picture or data."""
    if suffix == ".svg":
        return tuple(drawings.faults(body))
    if suffix == ".png" and not (body.startswith(_PNG) and body.endswith(_PNG_END)):
        return ((0, "this is not a whole PNG picture.", "Save it anew."),)
    if suffix == ".json":
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            return ((0, "this is not JSON.", "Correct it, or move it elsewhere."),)
    return ()


def worker(static: Path, name: str, notice: str) -> bytes:
    """A worker as it is served: its address never changes, so it has no fingerprint. `notice` is its only text."""
    return _bare((static / name).read_text(encoding="utf-8").replace("<!-- words -->", notice), ".js")


@lru_cache(maxsize=300)
def _bare(text: str, suffix: str) -> bytes:
    """A style sheet or script without comments and needless spaces: phones download it, nobody reads it there."""
    return str(cssmin(text) if suffix == ".css" else jsmin(text)).encode()


def fingerprinted(name: str, body: bytes, folder: str = "assets") -> Asset:
    """A file that goes by its name and the hash of its bytes."""
    stem, _, suffix = name.rpartition(".")
    return Asset(f"{folder}/{stem}.{hashlib.sha256(body).hexdigest()[:10]}.{suffix}", body, type_of(name))


@cache
def raster(drawing: bytes, side: int) -> bytes:
    """A square SVG drawing as PNG, `side` pixels wide. Raises Unusable."""
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=drawing.decode(), width=side, height=side))
    except ValueError as error:
        raise Unusable("", f"this drawing can't be drawn: {error}.", "Draw it more simply.") from error
