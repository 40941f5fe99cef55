"""Build folder → manifest and pointer: what a phone saves, named by hash.

Everything is computed from the bytes in the folder, never from what we meant to write. This module knows files,
not a guide.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag

FORMAT = 1
POINTER = "offline/current.json"
NOT_SAVED = ("sw.js", "sw-retire.js", "404.html", "robots.txt", "sitemap.xml")
"""Files of the build that a phone has no use for: the browser keeps the worker, the host serves the rest."""

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
"""Media types by the ending of a file."""

_REFERENCE = re.compile(r'\s(href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_FINGERPRINT = re.compile(r"\.[0-9a-f]{10}\.\w+$")


@dataclass(frozen=True)
class Entry:
    """A file that is saved: its path as visited from the root, hash, size, media type and pack."""

    path: str
    sha256: str
    bytes: int
    media_type: str
    pack: str = "core"


def entries(build: Path) -> list[Entry]:
    """All files of a build that a phone saves, by path."""
    found = []
    for path in files(build):
        name = path.relative_to(build).as_posix()
        if name in NOT_SAVED or name.startswith("offline/"):
            continue
        body = path.read_bytes()
        visited = name.removesuffix("index.html") if path.name == "index.html" else name
        found.append(Entry(visited, hashlib.sha256(body).hexdigest(), len(body), TYPES[path.suffix]))
    return found


def files(build: Path) -> list[Path]:
    """All files below a folder, sorted by path."""
    return sorted(path for path in build.rglob("*") if path.is_file())


def manifest(found: list[Entry], headers: Mapping[str, str]) -> bytes:
    """The manifest as it is written: the entries, the headers of HTML, the 404 page of each language, the packs."""
    lost = {entry.path.split("/")[0]: entry.path for entry in found if entry.path.endswith("/404.html")}
    body = {
        "format": FORMAT,
        "headers": dict(headers),
        "notFound": lost,
        "packs": {"core": {"files": len(found), "bytes": sum(entry.bytes for entry in found)}},
        "files": {entry.path: [entry.sha256, entry.bytes, entry.media_type, entry.pack] for entry in found},
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def write(build: Path, headers: Mapping[str, str], serial: int, last: Mapping[str, object] | None) -> list[Entry]:
    """Write manifest and pointer into a build and return its entries.

    `serial` is the least serial to use. `last` is the pointer of the build before: the serial grows past it when
    anything changed, and stays when nothing did.
    """
    found = entries(build)
    body = manifest(found, headers)
    digest = hashlib.sha256(body).hexdigest()
    if last and isinstance(last.get("serial"), int):
        former = int(str(last["serial"]))
        serial = former if last.get("sha256") == digest else max(serial, former + 1)
    pointer = {
        "format": FORMAT,
        "serial": serial,
        "revision": digest[:12],
        "manifest": f"offline/{digest[:16]}.json",
        "bytes": len(body),
        "sha256": digest,
    }
    folder = build / "offline"
    folder.mkdir(exist_ok=True)
    (build / str(pointer["manifest"])).write_bytes(body)
    (build / POINTER).write_text(json.dumps(pointer, indent=1) + "\n", encoding="utf-8")
    return found


def read_pointer(build: Path) -> Mapping[str, object] | None:
    """The pointer of an earlier build, if there is one that can be read."""
    try:
        found = json.loads((build / POINTER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def faults(build: Path) -> Iterator[tuple[str, str]]:
    """What is not whole in a build: file and fault. Every reference must lead to a file of the build."""
    names = {path.relative_to(build).as_posix() for path in files(build)}
    folded: dict[str, str] = {}
    for name in sorted(names):
        if folded.setdefault(name.casefold(), name) != name:
            yield name, f"its path differs from {folded[name.casefold()]} only by capitals"
    ids: dict[str, list[str]] = {}
    references: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(name for name in names if name.endswith(".html")):
        text = (build / name).read_text(encoding="utf-8")
        ids[name] = [sys.intern(id) for id in _ID.findall(text)]
        references[name] = [(attribute, sys.intern(raw)) for attribute, raw in dict.fromkeys(_REFERENCE.findall(text))]
    for name, found in ids.items():
        yield from (
            (name, f'the id "{id}" is there twice') for id in sorted({id for id in found if found.count(id) > 1})
        )
    for name, found_there in references.items():
        for attribute, raw in found_there:
            fault = _reference_fault(name, attribute, raw, names, ids)
            if fault:
                yield name, fault


def _reference_fault(page: str, attribute: str, raw: str, names: set[str], ids: dict[str, list[str]]) -> str | None:
    address, fragment = urldefrag(unescape(raw))
    if ":" in address.split("/")[0]:
        outside = address.split(":")[0] in ("http", "https", "mailto", "tel", "geo")
        return None if outside and attribute == "href" else f'"{raw}" leads outside the guide'
    target = resolved(page, unquote(address)) if address else page
    if target is None:
        return None  # from the root of the host: only on the 404 pages, which answer at any address
    if target not in names:
        return f'"{raw}" leads to no file'
    if fragment and fragment not in ids.get(target, ()):
        return f'"{raw}" leads to no heading'
    if attribute == "src" and not _FINGERPRINT.search(target):
        return f'"{raw}" has no fingerprint in its name'
    return None


@cache
def resolved(page: str, address: str) -> str | None:
    """The file that a relative address means on a page; None for one from the root of the host."""
    if address.startswith("/"):
        return None
    parts = page.split("/")[:-1]
    for part in address.split("/"):
        if part == "..":
            if not parts:
                return "(outside)"
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    path = "/".join(parts)
    if address.endswith(("/", "..")) or address in (".", ""):
        return f"{path}/index.html".lstrip("/")
    return path
