"""Freezes the guide into a fresh folder beside the target, checks it, then swaps the two.

Whatever goes wrong, the last good build stays as it was.
"""

import datetime as dt
import mimetypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_frozen import Freezer

from guide import headers, hosts, precache, references, views
from guide.problems import BuildError, Problem

Progress = Callable[[int, int], None]
"""Called with the number of files written and their total."""


@dataclass(frozen=True)
class Built:
    """What was built: pages, all files, their bytes, and how many of them a phone saves."""

    pages: int
    files: int
    bytes: int
    saved: int


def build(app: Flask, target: Path, progress: Progress = lambda done, all: None, halt: bool = False) -> Built:
    """Build the guide into a folder. Raises BuildError with what stands in the way.

    With `halt`, phones that ask take their saved guide away and save none: the pointer says so, and the spare worker
    stands in the place of the worker.
    """
    target = target.resolve()
    try:
        _refuse_foreign(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise BuildError([_unwritable(target, error)]) from error
    try:
        pages = _freeze(app, fresh, progress)
        faults = [
            Problem(f"build/{file}", "", f"{fault}.", "Correct the template or the content.")
            for file, fault in references.faults(fresh)
        ]
        if faults:
            raise BuildError(faults)
        if halt:
            shutil.copyfile(fresh / "sw-retire.js", fresh / "sw.js")
        _write_headers(app, fresh)
        found = precache.write(fresh, headers.PAGE, _revision(app, halt), precache.read_pointer(target), headers.ASSET)
        _confine(fresh)
        fresh.chmod(0o755)
        swap(fresh, target)
    except OSError as error:
        raise BuildError([_unwritable(target, error)]) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    written = precache.files(target)
    return Built(pages, len(written), sum(path.stat().st_size for path in written), len(found))


def swap(fresh: Path, target: Path) -> None:
    """Put a fresh folder in the place of the old one; the old one comes back if that fails."""
    old = fresh.with_name(f"{fresh.name}-old")
    if target.exists():
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _freeze(app: Flask, folder: Path, progress: Progress) -> int:
    """Write every page and file; the number of HTML pages."""
    mimetypes.add_type("application/manifest+json", ".webmanifest")
    mimetypes.add_type("text/javascript", ".js")
    mimetypes.add_type("application/xml", ".xml")
    app.config.update(FREEZER_DESTINATION=str(folder), FREEZER_REMOVE_EXTRA_FILES=False)
    freezer = Freezer(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)
    freezer.register_generator(views.urls)
    with app.app_context():
        total = sum(1 for _ in views.urls())
    pages = 0
    for done, page in enumerate(freezer.freeze_yield(), start=1):
        pages += page.path.suffix == ".html"
        progress(done, total)
    return pages


def _write_headers(app: Flask, folder: Path) -> None:
    """What a host must be told, in the forms that hosts read."""
    tags, base = list(app.extensions["guide.library"]().languages), app.extensions["guide.settings"].base_path
    for name, written in zip(precache.HOST_FILES, (hosts.static_hosts, hosts.nginx, hosts.caddy), strict=True):
        (folder / name).write_text(written(tags, base), encoding="utf-8")


def _revision(app: Flask, halt: bool) -> precache.Revision:
    """Serial and date from the last commit, so that serials grow with the history; 1 where there is none."""
    root = app.extensions["guide.settings"].paths.root
    try:
        found = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=True
        )
        serial = int(found.stdout)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return precache.Revision(1, halt=halt)
    return precache.Revision(serial, dt.datetime.fromtimestamp(serial, dt.UTC).date().isoformat(), halt)


def _refuse_foreign(target: Path) -> None:
    """Never put a build in the place of something that is not one."""
    if target.exists() and not target.is_dir():
        raise BuildError([Problem(str(target), "", "this is not a folder.", "Choose another --out.")])
    if target.is_dir() and any(target.iterdir()) and not (target / precache.POINTER).exists():
        raise BuildError(
            [
                Problem(
                    str(target),
                    "",
                    "this folder holds something that is not a build of the guide.",
                    "Choose another --out, or empty it.",
                )
            ]
        )


def _confine(folder: Path) -> None:
    """Every written file lies inside the folder."""
    outside = [path for path in precache.files(folder) if not path.resolve().is_relative_to(folder)]
    if outside:
        raise BuildError(
            [Problem(str(path), "", "this file lies outside the build.", "Correct its slug.") for path in outside]
        )


def _unwritable(target: Path, error: OSError) -> Problem:
    return Problem(
        str(target),
        "",
        f"the build can't be written: {error.strerror or error}.",
        "Make room, or choose another --out.",
    )
