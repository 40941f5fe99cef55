"""Build folder → packs, manifest and pointer: what a phone saves, named by hash.

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

from guide.media import TYPES, type_of
from guide.publish import packs
from guide.publish.packs import Pack, PackedFile
from guide.serving import is_saved

FORMAT = 1
"""Of the pointer and of the list of files, as phones have read them from the first build on."""
PACKS_FORMAT = 2
"""Of the manifest and of the packs that it names. It grows when packs are made in another way."""
POINTER = "offline/current.json"
FIRST = "offline/first.json"
"""The pointer with its manifest in it, as a text: what a first visit asks for."""
REVISIONS = "offline/revisions/"


@dataclass(frozen=True)
class SavedFile:
    """A file that is saved: its path as visited from the root, hash, size and media type."""

    path: str
    sha256: str
    bytes: int
    media_type: str


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


@dataclass(frozen=True)
class Download:
    """A file of the build that holds packed bytes: its path, its size, and their number when they are unpacked."""

    path: str
    size: int
    bytes: int

    @property
    def entry(self) -> dict[str, object]:
        """The file in the manifest."""
        return {"path": self.path, "size": self.size, "bytes": self.bytes}


@dataclass(frozen=True)
class PackedPack:
    """A pack, its download, and the differences that lead to it: from the pack with an id to the next, and so on.

    What every page loads by itself has no download: its head is in the manifest.
    """

    pack: Pack
    whole: Download | None
    steps: tuple[tuple[str, Download], ...] = ()

    @property
    def entry(self) -> dict[str, object]:
        """The pack in the manifest."""
        return {
            "name": self.pack.name,
            "id": self.pack.id,
            "head": len(self.pack.head),
            "files": len(self.pack.paths),
            "bytes": len(self.pack.body),
            **(self.whole.entry if self.whole else {"lines": self.pack.head.decode()}),
            "steps": [{"from": id, **step.entry} for id, step in self.steps],
        }


def listing(saved: list[SavedFile], ids: Mapping[str, str], headers: Mapping[str, Mapping[str, str]]) -> bytes:
    """The list of all files as it is written: path, hash, size, media type and the id of its pack.

    A phone reads it that has to take files one by one: because a pack can't be had, or because its scripts are those of
    a build without packs. Those read the headers, too.
    """
    body = {
        "format": FORMAT,
        **headers,
        "notFound": _lost(saved),
        "packs": {"core": {"bundle": None}},
        "files": {entry.path: [entry.sha256, entry.bytes, entry.media_type, ids[entry.path]] for entry in saved},
    }
    return _json(body)


def manifest(saved: list[SavedFile], packed: list[PackedPack], headers: Mapping[str, Mapping[str, str]]) -> bytes:
    """The manifest as it is written: the packs, the headers of HTML and those of all other files, media types by the
    end of a name, and the 404 page of each language.
    """
    ends = sorted({_end(entry.path) for entry in saved})
    body = {
        "format": PACKS_FORMAT,
        **headers,
        "notFound": _lost(saved),
        "types": {end: TYPES[end] for end in ends},
        "packs": [each.entry for each in packed],
    }
    return _json(body)


def _json(body: Mapping[str, object]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _end(path: str) -> str:
    """The end of a path that tells its type; a page has none."""
    return Path(path).suffix or ".html"


def _lost(saved: list[SavedFile]) -> dict[str, str]:
    """The 404 page of each language."""
    return {entry.path.split("/")[0]: entry.path for entry in saved if entry.path.endswith("/404.html")}


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
    former: Path | None = None,
) -> list[SavedFile]:
    """Write packs, manifest and pointer into a build and return its entries.

    The worker answers pages with `headers` and all other files with `others`.
    `last` is the pointer of the folder that the build goes to, `published` the one that phones have: the serial grows
    past the greater when anything changed, and stays with its date when nothing did. The packs in the folder `former`,
    where it holds a build, are those that differences lead from.
    """
    saved = saved_files(build)
    (build / REVISIONS).mkdir(parents=True, exist_ok=True)
    both = {"headers": dict(headers), "otherHeaders": dict(others)}
    bodies = (PackedFile(entry.path, file_of(build, entry.path).read_bytes()) for entry in saved)
    packed = _write_packs(build, packs.pack(bodies, _lost(saved)), _Former.of(former))
    ids = {path: each.pack.id for each in packed for path in each.pack.paths}
    listed, body = listing(saved, ids, both), manifest(saved, packed, both)
    digest = hashlib.sha256(listed).hexdigest()
    serial, date = _order(digest, release, [pointer for pointer in (last, published) if pointer])
    pointer = {
        "format": FORMAT,
        "serial": serial,
        "revision": digest[:12],
        **({"date": date} if date else {}),
        "manifest": _write_hashed(build, listed, "json"),
        "bytes": len(listed),
        "sha256": digest,
        "packs": {
            "path": _write_hashed(build, body, "json"),
            "bytes": len(body),
            "sha256": hashlib.sha256(body).hexdigest(),
        },
        **({"halt": True} if release.halt else {}),
    }
    for name, told in ((POINTER, pointer), (FIRST, {**pointer, "text": body.decode()})):
        (build / name).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
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


@dataclass(frozen=True)
class _Former:
    """The build whose packs phones may have: its folder, and the entries of its packs."""

    folder: Path = Path()
    entries: tuple[Mapping[str, Any], ...] = ()

    @staticmethod
    def of(folder: Path | None) -> "_Former":
        """The build in a folder; one without packs where there is none of this format that can be read."""
        pointer = read_pointer(folder) if folder else None
        named = pointer.get("packs") if pointer else None
        if folder is None or not isinstance(named, dict):
            return _Former()
        stored = _Former(folder).file(str(named.get("path")))
        body = (parsed(stored) if stored else None) or {}
        return _Former(folder, tuple(body["packs"])) if body.get("format") == PACKS_FORMAT else _Former()

    def file(self, path: str) -> bytes | None:
        """A file that is named by the hash of its bytes; None where it has others or is gone."""
        try:
            body = (self.folder / path).read_bytes()
        except OSError:
            return None
        return body if hashlib.sha256(body).hexdigest().startswith(Path(path).stem) else None

    def nearest(self, pack: Pack) -> tuple[Mapping[str, Any], bytes] | None:
        """The bytes of the pack that has most files of the same paths, and its entry."""
        found = []
        for entry in self.entries:
            if entry["name"] == pack.name and ("lines" in entry) == pack.starting and (body := self._body(entry)):
                found.append((len(packs.paths_in(body[: entry["head"]]) & pack.paths), entry, body))
        _, entry, body = max(found, key=lambda each: each[0], default=(0, {}, b""))
        return (entry, body) if body else None

    def _body(self, entry: Mapping[str, Any]) -> bytes | None:
        """The bytes of a pack; None where they are no more as they were built."""
        if "path" in entry:
            stream = self.file(entry["path"])
            return packs.unpacked(stream) if stream else None
        files = []
        for line in entry["lines"].splitlines():
            path, _, hash = line.split("\t")
            try:
                files.append(file_of(self.folder, path).read_bytes())
            except OSError:
                return None
            if not hashlib.sha256(files[-1]).hexdigest().startswith(hash):
                return None
        return b"".join([entry["lines"].encode(), *files])


MOST_STEPS = 12
"""So many builds back may the pack be that a phone has and is led on from by differences."""
_WORTH = 0.5
"""The part of the whole download that all differences together may have."""


def _write_packs(build: Path, made: list[Pack], former: _Former) -> list[PackedPack]:
    """The packs of a build, with the differences from those of the build before."""
    return [_write_pack(build, pack, former) for pack in made]


def _write_pack(build: Path, pack: Pack, former: _Former) -> PackedPack:
    same = next((entry for entry in former.entries if entry["id"] == pack.id), None)
    stream = former.file(same["path"]) if same and not pack.starting else None
    stream = stream or packs.compressed(pack.body)
    whole = None if pack.starting else Download(_write_hashed(build, stream, "bin"), len(stream), len(pack.body))
    if same:
        return PackedPack(pack, whole, tuple(_kept(build, same["steps"], former, len(stream))))
    nearest = former.nearest(pack)
    if nearest is None:
        return PackedPack(pack, whole)
    entry, before = nearest
    difference = packs.difference(before, pack.body)
    news = packs.compressed(difference)
    if len(news) > _WORTH * len(stream):
        return PackedPack(pack, whole)
    step = Download(_write_hashed(build, news, "bin"), len(news), len(difference))
    kept = _kept(build, entry["steps"][-MOST_STEPS + 1 :], former, len(stream) - step.size / _WORTH)
    return PackedPack(pack, whole, (*kept, (entry["id"], step)))


def _kept(build: Path, steps: list[Mapping[str, Any]], former: _Former, most: float) -> list[tuple[str, Download]]:
    """The steps of a former build that are still worth their bytes: the latest, as far as all together."""
    kept = list[tuple[str, Download]]()
    for step in reversed(steps):
        body = former.file(step["path"])
        most -= step["size"] / _WORTH
        if body is None or most < 0:
            break
        kept.insert(0, (step["from"], Download(_write_hashed(build, body, "bin"), step["size"], step["bytes"])))
    return kept


def _write_hashed(build: Path, body: bytes, suffix: str) -> str:
    """Write a file that is named by the hash of its bytes; its path."""
    path = f"{REVISIONS}{hashlib.sha256(body).hexdigest()[:16]}.{suffix}"
    (build / path).write_bytes(body)
    return path


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
