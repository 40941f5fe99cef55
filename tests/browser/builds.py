"""Builds of the miniature guide, made once, and small changes to them without freezing again."""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from guide import create_app, headers, precache
from guide.build import build
from guide.config import Paths, Settings

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Versions:
    """Builds of the miniature guide: the new one differs from the old in about a quarter of its pages, the restyled one
    in its style sheet, and so in every page.
    """

    old: Path
    new: Path
    restyled: Path

    def changed(self) -> set[str]:
        """The paths whose bytes differ from the old to the new build."""
        return {path for path, hash in _hashes(self.new).items() if _hashes(self.old).get(path) != hash}


def make(folder: Path) -> Versions:
    root = folder / "guide"
    shutil.copytree(ROOT / "tests" / "miniature", root)
    shutil.copytree(ROOT / "static", root / "static")
    _freeze(root)
    shutil.copytree(root / "build", folder / "old")
    for page in ("pages/about.md", "pages/model.md", "sites/market.md"):
        with (root / "content" / page).open("a", encoding="utf-8") as text:
            text.write("\nThis sentence is new.\n")
    _freeze(root)
    shutil.copytree(root / "build", folder / "new")
    with (root / "static/css/guide.css").open("a", encoding="utf-8") as style:
        style.write(".new { color: inherit; }\n")
    _freeze(root)
    shutil.copytree(root / "build", folder / "restyled")
    for path in folder.glob("*/**/*"):
        os.utime(path, (0, 0))  # as hosts have it that unpack archives: a changed file is answered with "not modified"
    return Versions(folder / "old", folder / "new", folder / "restyled")


def again(folder: Path, target: Path, change: Callable[[Path], object] = lambda folder: None, **more: object) -> Path:
    """A copy of a build, changed, with a serial of its own above the one it had."""
    shutil.copytree(folder, target)
    change(target)
    last = precache.read_pointer(folder) or {}
    asked: Mapping[str, str] = more.pop("headers", headers.PAGE)  # type: ignore[assignment]
    precache.write(target, asked, precache.Revision(int(str(last["serial"])) + 1, **more), None)  # type: ignore[arg-type]
    return target


def _freeze(root: Path) -> None:
    build(create_app(Settings(paths=Paths(root=root))), root / "build")


def _hashes(folder: Path) -> dict[str, str]:
    return {entry.path: entry.sha256 for entry in precache.entries(folder)}
