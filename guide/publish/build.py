"""Freezes the guide into a fresh folder inside the target, checks it, then puts it in its place.

Whatever goes wrong, the last good build stays as it was.
"""

import errno
import mimetypes
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask_frozen import Freezer

from guide import headers, media
from guide.config import Paths
from guide.kit.address import is_public
from guide.kit.pages import Kit, Revision
from guide.problems import BuildError, Problem
from guide.publish import folder, hosts, links, precache, publication
from guide.publish.folder import Written
from guide.publish.publication import Published
from guide.serving import HOST_FILES
from guide.site.files import Site

Progress = Callable[[int, int], None]
"""Called with the number of files written and their total."""


@dataclass(frozen=True)
class Built:
    """What was built: pages, all files, their bytes, how many of them a phone saves; revision and serial.

    `notices` are sentences for the person who builds: what could not be known, or may not have been meant.
    `reused` pages are as an earlier build made them. `gaps` name what the host has not filled in, for the kit; None
    where no kit was made.
    """

    pages: int
    files: int
    bytes: int
    saved: int
    revision: str
    serial: int
    notices: tuple[str, ...]
    reused: int
    gaps: tuple[str, ...] | None


def build(
    app: Flask,
    target: Path,
    progress: Progress = lambda done, all: None,
    halt: bool = False,
    published: Published | None = None,
    keep: int = 0,
) -> Built:
    """Build the guide into a folder. Raises BuildError with what stands in the way.

    With `halt`, phones that ask take their saved guide away and save none: the pointer says so, and the spare worker
    stands in the place of the worker. `published` is what the public address has, where somebody asked. Of the last
    `keep` builds in the folder, files that phones may still ask for stay there.
    """
    site: Site = app.extensions["guide"]()
    settings = site.settings
    published = published or Published()
    try:
        _refuse_source(settings.paths, target.resolve())
        with folder.held(target) as stage:
            target, fresh = target.resolve(), stage.resolve() / "new"
            before, last = folder.written(target) or Written(), precache.read_pointer(target)
            _refuse_forgotten_address(target, before.address, settings.base_url)
            with site.building(app.extensions["guide.cache"]):
                pages = _freeze(app, site, fresh, progress)
            if halt:
                shutil.copyfile(fresh / "sw-retire.js", fresh / "sw.js")
            _write_headers(site, fresh)
            now = int(time.time())
            release = publication.release(now, site.library.source.guide.edition.time_zone, halt)
            saved = precache.write(fresh, headers.PAGE, release, last, headers.ASSET, published.pointer, target)
            pointer = precache.read_pointer(fresh) or {}
            gaps = _write_kit(app, site, fresh, {"date": release.date, **pointer}, sum(file.bytes for file in saved))
            _refuse_faults(fresh)
            _confine(fresh)
            files = precache.files(fresh)
            size = sum(path.stat().st_size for path in files)
            notices = [
                *publication.notices(settings, now, pointer, last, published),
                *_about_another_address(before.address, settings.base_url),
                *folder.put(fresh, target, settings.base_url, keep),
                *filter(None, [site.cache.trouble]),
            ]
    except OSError as error:
        raise BuildError([_unwritable(target, error)]) from error
    return Built(
        pages, len(files), size, len(saved), pointer["revision"], pointer["serial"], tuple(notices), site.reused, gaps
    )


def _freeze(app: Flask, site: Site, fresh: Path, progress: Progress) -> int:
    """Write every page and file; the number of HTML pages."""
    for suffix, media_type in media.TYPES.items():
        mimetypes.add_type(media_type.partition(";")[0], suffix)
    app.config.update(FREEZER_DESTINATION=str(fresh), FREEZER_REMOVE_EXTRA_FILES=False)
    freezer = Freezer(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)
    freezer.register_generator(lambda: (("file", {"path": path}) for path in site.files))
    pages = 0
    for done, page in enumerate(freezer.freeze_yield(), start=1):
        pages += page.path.suffix == ".html"
        progress(done, len(site.files))
    return pages


def _write_headers(site: Site, fresh: Path) -> None:
    """What a host must be told, in the forms that hosts read."""
    tags, base = list(site.library.languages), site.settings.base_path
    for name, written in zip(HOST_FILES, (hosts.static_hosts, hosts.nginx, hosts.caddy), strict=True):
        (fresh / name).write_text(written(tags, base), encoding="utf-8")


def _write_kit(app: Flask, site: Site, fresh: Path, pointer: Mapping[str, Any], bytes: int) -> tuple[str, ...] | None:
    """What hosts send and print, where the address is one that others can reach; what is missing for it."""
    if not is_public(site.settings.base_url):
        return None
    kit = Kit(site, app.jinja_env, Revision(pointer["revision"], pointer["serial"], pointer["date"], bytes))
    for path, body in kit.files():
        (fresh / path).parent.mkdir(exist_ok=True)
        (fresh / path).write_bytes(body)
    return tuple(map(str, kit.gaps))


def _refuse_faults(fresh: Path) -> None:
    """Every reference leads to a file of the build."""
    faults = [
        Problem(f"build/{file}", "", f"{fault}.", "Correct the template or the content.")
        for file, fault in links.faults(fresh)
    ]
    if faults:
        raise BuildError(faults)


def _refuse_source(paths: Paths, target: Path) -> None:
    """What is built must not become part of what it is built from."""
    for source in (paths.content, paths.translations, paths.static):
        if target.is_relative_to(source.resolve()):
            what = f"this folder belongs to {paths.shown(source)}/, from which the guide is built."
            raise BuildError([Problem(str(target), "", what, "Choose another --out.")])


def _refuse_forgotten_address(target: Path, before: str, now: str) -> None:
    """A build that does not know its address, in the place of one that did, would break what is published."""
    if before and not now:
        what = (
            f"the last build here was made for {before}, and this one has no address: shared links would lose their "
            "pictures, and error pages, headers and the installed guide would follow no more."
        )
        remedy = f'Write web_address = "{before}" into content/edition.toml, or choose another --out to look at it.'
        raise BuildError([Problem(str(target), "", what, remedy)])


def _about_another_address(before: str, now: str) -> list[str]:
    if before in ("", now):
        return []
    return [f"{now}: the last build here was made for {before}: phones that saved it there go on asking there."]


def _confine(fresh: Path) -> None:
    """Every written file lies inside the folder."""
    outside = [path for path in precache.files(fresh) if not path.resolve().is_relative_to(fresh)]
    if outside:
        raise BuildError(
            [Problem(str(path), "", "this file lies outside the build.", "Correct its slug.") for path in outside]
        )


_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def _unwritable(target: Path, error: OSError) -> Problem:
    todo = "Give yourself the right to write there" if error.errno in _NOT_ALLOWED else "Make room"
    what = f"the build can't be written: {error.strerror or error}."
    return Problem(str(target), "", what, f"{todo}, or choose another --out.")
