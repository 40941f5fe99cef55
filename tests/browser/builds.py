"""Builds of the miniature guide, made once, and small changes to them without freezing again."""

import os
import shutil
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from guide import create_app, headers
from guide.config import Paths, Settings
from guide.publish import precache
from guide.publish.build import build
from tests.conftest import copy_of_miniature


@dataclass(frozen=True)
class Versions:
    """Builds of the miniature guide: the new one differs from the old in about a quarter of its pages, the restyled one
    in its style sheet, and so in every page.
    """

    old: Path
    new: Path
    restyled: Path

    @classmethod
    def of(cls, folder: Path) -> "Versions":
        """What `make` made in a folder."""
        return cls(folder / "old", folder / "new", folder / "restyled")

    def changed(self) -> set[str]:
        """The paths whose bytes differ from the old to the new build."""
        return {path for path, hash in _hashes(self.new).items() if _hashes(self.old).get(path) != hash}


def make(folder: Path) -> None:
    root = copy_of_miniature(folder / "guide").root
    _freeze(root, folder / "old")
    for page in ("pages/about.md", "pages/model.md", "sites/market.md"):
        _add(root / "content" / page, "\nThis sentence is new.\n")
    _freeze(root, folder / "new")
    _add(root / "static/css/guide.css", ".new { color: inherit; }\n")
    _freeze(root, folder / "restyled")


def series(folder: Path, count: int) -> Iterator[Path]:
    """Builds of the miniature guide, one after another: each has news on a few pages, every fourth a new style."""
    root = copy_of_miniature(folder / "guide").root
    pages = sorted((root / "content").glob("[ps]*/*.md"))
    for number in range(count):
        for page in pages[number % 4 :: 4]:
            _add(page, f"\nThis sentence is new{' again' * number}.\n")
        if number % 4 == 3:
            _add(root / "static/css/guide.css", f".new-{number} {{ color: inherit; }}\n")
        yield _freeze(root, folder / f"build-{number}")


def former(folder: Path) -> Path:
    """The build of the miniature guide from before there were packs, unpacked into a folder."""
    with tarfile.open(Path(__file__).with_name("former.tar.xz")) as archive:
        archive.extractall(folder, filter="data")
    return folder


def again(folder: Path, target: Path, change: Callable[[Path], object] = lambda folder: None, **more: object) -> Path:
    """A copy of a build, changed, with a serial of its own above the one it had."""
    shutil.copytree(folder, target)
    change(target)
    last = precache.read_pointer(folder) or {}
    asked: Mapping[str, str] = more.pop("headers", headers.PAGE)  # type: ignore[assignment]
    precache.write(target, asked, precache.Release(int(str(last["serial"])) + 1, **more), None, headers.ASSET)  # type: ignore[arg-type]
    return target


def _add(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as end:
        end.write(text)


def _freeze(root: Path, target: Path) -> Path:
    build(create_app(Settings(paths=Paths(root=root))), root / "build")
    shutil.copytree(root / "build", target)
    for path in target.rglob("*"):
        os.utime(path, (0, 0))  # as hosts have it that unpack archives: a changed file is answered with "not modified"
    return target


def _hashes(folder: Path) -> dict[str, str]:
    return {entry.path: entry.sha256 for entry in precache.saved_files(folder)}
