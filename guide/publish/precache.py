"""Build folder → manifest, bundle and pointer: what a phone saves, named by hash.

Everything is computed from the bytes in the folder, never from what we meant to write. This module knows files,
not a guide.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from guide.media import type_of
from guide.publish import bundles
from guide.serving import is_saved

FORMAT = 1
POINTER = "offline/current.json"
REVISIONS = "offline/revisions/"


@dataclass(frozen=True)
class SavedFile:
    """A file that is saved: its path as visited from the root, hash, size, media type and pack."""

    path: str
    sha256: str
    bytes: int
    media_type: str
    pack: str = "core"


def saved_files(build: Path) -> list[SavedFile]:
    """All files of a build that a phone saves, by path."""
    saved = []
    for path in files(build):
        name = path.relative_to(build).as_posix()
        visited = name.removesuffix("index.html") if path.name == "index.html" else name
        if is_saved(visited):
            body = path.read_bytes()
            saved.append(SavedFile(visited, hashlib.sha256(body).hexdigest(), len(body), type_of(visited)))
    return saved


def files(build: Path) -> list[Path]:
    """All files below a folder, sorted by path."""
    return sorted(path for path in build.rglob("*") if path.is_file())


def manifest(
    saved: list[SavedFile], headers: Mapping[str, str], bundle: Mapping[str, object] | None, others: Mapping[str, str]
) -> bytes:
    """The manifest as it is written: the entries, the headers of HTML and those of all other files, the 404 page of
    each language, the packs.
    """
    lost = {entry.path.split("/")[0]: entry.path for entry in saved if entry.path.endswith("/404.html")}
    core = {"files": len(saved), "bytes": sum(entry.bytes for entry in saved), "bundle": bundle}
    body = {
        "format": FORMAT,
        "headers": dict(headers),
        "otherHeaders": dict(others),
        "notFound": lost,
        "packs": {"core": core},
        "files": {entry.path: [entry.sha256, entry.bytes, entry.media_type, entry.pack] for entry in saved},
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


@dataclass(frozen=True)
class Release:
    """What a pointer says besides its manifest: the least serial to use, the date of the build, whether to halt."""

    serial: int
    date: str = ""
    halt: bool = False


_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
GREATEST = 2**53 - 1
"""The greatest whole number that a phone's script can tell from the next."""


def serial_of(pointer: Mapping[str, object] | None) -> int | None:
    """The serial of a pointer; None when it has none that can grow."""
    serial = pointer.get("serial") if pointer else None
    return serial if type(serial) is int and 0 <= serial < GREATEST else None


def write(
    build: Path,
    headers: Mapping[str, str],
    release: Release,
    last: Mapping[str, object] | None,
    others: Mapping[str, str] = MappingProxyType({}),
    published: Mapping[str, object] | None = None,
) -> list[SavedFile]:
    """Write bundle, manifest and pointer into a build and return its entries.

    The worker answers pages with `headers` and all other files with `others`.
    `last` is the pointer of the folder that the build goes to, `published` the one that phones have: the serial grows
    past the greater when anything changed, and stays with its date when nothing did.
    """
    saved = saved_files(build)
    (build / REVISIONS).mkdir(parents=True, exist_ok=True)
    body = manifest(saved, headers, _write_bundle(build, saved), others)
    digest = hashlib.sha256(body).hexdigest()
    serial, date = _order(digest, release, [pointer for pointer in (last, published) if pointer])
    pointer = {
        "format": FORMAT,
        "serial": serial,
        "revision": digest[:12],
        **({"date": date} if date else {}),
        "manifest": f"{REVISIONS}{digest[:16]}.json",
        "bytes": len(body),
        "sha256": digest,
        **({"halt": True} if release.halt else {}),
    }
    (build / str(pointer["manifest"])).write_bytes(body)
    (build / POINTER).write_text(json.dumps(pointer, indent=1) + "\n", encoding="utf-8")
    return saved


def _order(digest: str, release: Release, former: list[Mapping[str, object]]) -> tuple[int, str]:
    """Serial and date of a build with this manifest."""
    newest = max((serial for pointer in former if (serial := serial_of(pointer)) is not None), default=None)
    if newest is None:
        return release.serial, release.date
    latest = [pointer for pointer in former if serial_of(pointer) == newest]
    if all(is_same(pointer, digest, release.halt) for pointer in latest):
        date = str(latest[0].get("date", ""))
        return newest, date if _DATE.fullmatch(date) else ""
    return max(release.serial, newest + 1), release.date


def is_same(pointer: Mapping[str, object], digest: str, halt: bool) -> bool:
    """Whether a pointer tells phones the same."""
    return pointer.get("sha256") == digest and (pointer.get("halt") is True) == halt


def _write_bundle(build: Path, saved: list[SavedFile]) -> Mapping[str, object] | None:
    """One download with every file once; None when that would be too much for one."""
    unique = {entry.sha256: entry for entry in saved}.values()
    if sum(entry.bytes for entry in unique) > bundles.LIMIT:
        return None
    body = bundles.pack({entry.path: file_of(build, entry.path).read_bytes() for entry in sorted(unique, key=_beside)})
    name = f"{REVISIONS}{hashlib.sha256(body).hexdigest()[:16]}.bin"
    (build / name).write_bytes(body)
    return {"path": name, "bytes": len(body)}


def _beside(entry: SavedFile) -> tuple[bool, str, str]:
    """Assets first, then each page beside the same page of other languages: what is alike packs well together."""
    return not entry.path.startswith("assets/"), entry.path.partition("/")[2], entry.path


def file_of(build: Path, visited: str) -> Path:
    """The file behind a path as it is visited."""
    return build / (f"{visited}index.html" if visited.endswith("/") or not visited else visited)


def read_pointer(build: Path) -> dict[str, Any] | None:
    """The pointer of an earlier build, if there is one that can be read."""
    return read_json(build / POINTER)


def read_json(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file, if there is one that can be read."""
    try:
        return parsed(path.read_bytes())
    except OSError:
        return None


def parsed(body: bytes) -> dict[str, Any] | None:
    """A JSON object, or None for anything else."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
