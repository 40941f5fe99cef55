"""Puts a fresh build into a folder, file by file, and leaves alone what no build wrote.

`offline/built.json` keeps the list of what a build wrote. Whatever goes wrong, the folder is put back as it was.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from guide.problems import BuildError, Problem
from guide.publish import precache
from guide.serving import HOST_FILES, ROOT_FILES

LIST = "offline/built.json"
STAGE = ".guide-build-"
"""How the folder inside the target begins that a build is first written into."""
OWN_NAMES = ("assets", "cards", "offline")
"""Folders of a build that hold nothing else."""
HASHED = ("assets/", "cards/", precache.REVISIONS)
"""Where names hold a hash, so that files of several builds can lie side by side."""
HOSTS_FILES = {
    ".git", ".github", ".gitattributes", ".gitignore", ".nojekyll", ".well-known", ".htaccess", ".domains", ".DS_Store",
    "CNAME", "LICENSE", "LICENSE.md", "README", "README.md", "Thumbs.db", "desktop.ini", "lost+found", "cgi-bin",
    "_redirects", "netlify.toml", "robots.txt", "favicon.ico",
}  # fmt: skip
"""What a folder may hold that is about to get its first build: what hosts and operating systems put there."""
FILE_MODE, FOLDER_MODE = 0o644, 0o755
"""A web server is another user than the one who builds."""
_FEW = 3
"""So many names in a sentence."""


@dataclass(frozen=True)
class Written:
    """What the last build wrote into a folder: its public address and the hash of each file by path.

    A hash is empty where it is not known. `whole` is false while a build writes. `former` are files that only earlier
    builds had, by path: their hash, and how many builds ago they were last part of one.
    """

    address: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True
    former: Mapping[str, tuple[str, int]] = field(default_factory=dict)


@contextmanager
def held(target: Path) -> Iterator[Path]:
    """A fresh folder inside the target, while no other build writes there; both go away when nothing was built.

    Raises BuildError when the target is not a place for a build, OSError when it can't be written.
    """
    made = _make(target)
    try:
        with _alone(target):
            _refuse_strangers(target)
            for left in target.glob(f"{STAGE}*"):  # by a build that was killed
                shutil.rmtree(left)
            stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=target))
            try:
                yield stage
            finally:
                shutil.rmtree(stage, ignore_errors=True)
    finally:
        for folder in made:
            with suppress(OSError):  # it holds the build now
                folder.rmdir()


def written(target: Path) -> Written | None:
    """What a build wrote into a folder; None when none did. Builds that left no list are known by their manifest."""
    pointer = precache.read_pointer(target)
    listing = precache.read_json(target / LIST)
    if listing and isinstance(listing.get("files"), dict) and isinstance(listing.get("address"), str):
        files = {name: str(hash) for name, hash in listing["files"].items() if _is_inside(name)}
        return Written(listing["address"], files, listing.get("whole") is True, dict(_former(listing.get("former"))))
    if pointer is None:
        return None
    manifest = precache.read_json(target / str(pointer.get("manifest"))) or {}
    listed = manifest.get("files")
    visited = listed if isinstance(listed, dict) else {}
    named = [precache.file_of(target, name).relative_to(target).as_posix() for name in visited if _is_inside(name)]
    below = [path.relative_to(target).as_posix() for name in OWN_NAMES for path in precache.files(target / name)]
    return Written("", dict.fromkeys([*named, *below, *ROOT_FILES, *HOST_FILES], ""))


def _former(listed: object) -> Iterator[tuple[str, tuple[str, int]]]:
    """What a list says of files of earlier builds."""
    for name, row in listed.items() if isinstance(listed, dict) else ():
        match row:
            case [str(hash), int(age)] if _is_inside(name):
                yield name, (hash, age)


def put(fresh: Path, target: Path, address: str, keep: int = 0) -> list[str]:
    """Put a fresh build into the target and take away what only the builds before had.

    Of the last `keep` builds that were different, files whose names hold a hash stay: a phone may be in the middle of
    a download, and a messenger may still show a picture. Names go first to what nothing leads to yet: hashed files,
    then pages, then the worker, then the pointer. Returns what a person should know. Raises BuildError when something
    else is in the way, and puts everything back when anything fails. The folders must lie on one file system, as those
    of `held` do.
    """
    before = written(target) or Written()
    for path in (target, *precache.files(fresh)):
        open_to_all(path)
    names = sorted((path.relative_to(fresh).as_posix() for path in precache.files(fresh)), key=_turn)
    hashes = {name: _hash(fresh / name) for name in names}
    ours = [*before.files, *before.former]
    problems = list(_in_the_way(target, hashes, ours))
    if problems:
        raise BuildError(problems)
    changed = _changed_by_hand(target, hashes, before) if before.whole else []
    former = _stay(before, hashes, keep)
    gone = [name for name in ours if name not in {**hashes, **former} and name != LIST and name not in changed]
    moves = _Moves(target, fresh.with_name(f"{fresh.name}-before"))
    try:
        claimed = {**{name: hash for name, (hash, _) in before.former.items()}, **before.files, **hashes}
        moves.put(_listed(fresh, Written(address, claimed, whole=False)), LIST)
        for name in names:
            moves.open_folders((target / name).parent)
            if not _is_there(target / name, hashes[name]):
                moves.put(fresh / name, name)
        for name in gone:
            moves.take(name)
        moves.put(_listed(fresh, Written(address, hashes, former=former)), LIST)
    except BaseException:
        moves.undo()
        raise
    for name in gone:
        _prune(target, name)
    return [*_about_changes(target, changed, hashes), *_about_packed(target, names)]


def _stay(before: Written, hashes: Mapping[str, str], keep: int) -> dict[str, tuple[str, int]]:
    """The files of earlier builds that are no part of this one and stay, each a build older than it was."""
    if {name: hash for name, hash in before.files.items() if name != LIST} == hashes:
        aged = dict(before.former)  # the same build again
    else:
        aged = {name: (hash, age + 1) for name, (hash, age) in before.former.items()}
        aged |= {name: (hash, 1) for name, hash in before.files.items() if name.startswith(HASHED)}
    return {name: row for name, row in aged.items() if name not in hashes and row[1] <= keep}


@dataclass
class _Moves:
    """Changes to a folder that can be taken back."""

    target: Path
    kept: Path
    done: list[tuple[Path, Path | None]] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)

    def put(self, source: Path, name: str) -> None:
        path = self.target / name
        self.open_folders(path.parent)
        self._keep(path)
        source.replace(path)  # at once: who asks for the file in this moment gets the old one or the new one

    def take(self, name: str) -> None:
        path = self.target / name
        if path.is_file() or path.is_symlink():
            self._keep(path)
            path.unlink()

    def undo(self) -> None:
        """Put everything back, as far as it can be."""
        for path, kept in reversed(self.done):
            with suppress(OSError):
                if kept:
                    kept.replace(path)
                else:
                    path.unlink(missing_ok=True)
        for folder in reversed(self.made):
            with suppress(OSError):
                folder.rmdir()

    def open_folders(self, folder: Path) -> None:
        """Make a folder of the build where it is missing, and let everyone enter it."""
        if folder == self.target:
            return
        self.open_folders(folder.parent)
        if not folder.exists():
            folder.mkdir(FOLDER_MODE)
            self.made.append(folder)
        open_to_all(folder)

    def _keep(self, path: Path) -> None:
        kept = None
        if path.is_file() or path.is_symlink():
            self.kept.mkdir(exist_ok=True)
            kept = self.kept / str(len(self.done))
            shutil.copy2(path, kept, follow_symlinks=False)
        self.done.append((path, kept))


def open_to_all(path: Path) -> None:
    """Let everyone read a file or enter a folder, whatever the umask was."""
    now = stat.S_IMODE(path.stat().st_mode)
    wanted = now | FOLDER_MODE if path.is_dir() else FILE_MODE
    if now != wanted:
        with suppress(PermissionError):  # somebody else's folder, or a file system without modes
            path.chmod(wanted)


def _make(target: Path) -> list[Path]:
    """Make the folder where it is missing; the folders made, the deepest first."""
    if target.is_symlink() and not target.exists():
        raise BuildError([Problem(str(target), "", "this link leads nowhere.", "Mend it, or choose another --out.")])
    if target.exists() and not target.is_dir():
        raise BuildError([Problem(str(target), "", "this is not a folder.", "Choose another --out.")])
    made = [folder for folder in (target, *target.parents) if not folder.exists()]
    for folder in reversed(made):
        folder.mkdir(FOLDER_MODE, exist_ok=True)
        open_to_all(folder)
    return made


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Hold the folder itself: the lock ends with the process, and leaves no file."""
    handle = os.open(target, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            what = "another build is being written into this folder."
            raise BuildError([Problem(str(target), "", what, "Wait until it is done, then build again.")]) from error
        yield
    finally:
        os.close(handle)


def _refuse_strangers(target: Path) -> None:
    """A folder without a build of ours may hold what hosts need, and nothing else."""
    if written(target):
        return
    names = sorted(path.name for path in target.iterdir())
    strange = [name for name in names if name not in HOSTS_FILES and not name.startswith(STAGE)]
    if strange:
        what = f"this folder holds something that is not a build of the guide: {_some(strange)}."
        raise BuildError([Problem(str(target), "", what, "Choose another --out, or empty it.")])


def _in_the_way(target: Path, hashes: Mapping[str, str], ours: Iterable[str]) -> Iterator[Problem]:
    """What stands where a file of the build belongs and was not written by one."""
    met = set[Path]()
    for name in [*hashes, LIST]:
        path = target / name
        for folder in (target / parent for parent in reversed(PurePosixPath(name).parents[:-1])):
            if folder not in met and (folder.is_symlink() or (folder.exists() and not folder.is_dir())):
                what = "the build has a folder of this name, and this is a link or a file."
                yield Problem(str(folder), "", what, "Move it away, then build again.")
            met.add(folder)
        if path.is_dir() and not path.is_symlink():
            what = "the build has a file of this name, and this is a folder."
            yield Problem(str(path), "", what, "Move it away, then build again.")
        elif (path.exists() or path.is_symlink()) and name not in {*ours, LIST} and _hash(path) != hashes[name]:
            what = "the build has a file of this name, and this one was not written by a build."
            yield Problem(str(path), "", what, "Move it away, then build again.")


def _changed_by_hand(target: Path, hashes: Mapping[str, str], before: Written) -> list[str]:
    """Files of the last build whose bytes are no more those that it wrote, nor those of the new one."""
    names = []
    for name, hash in before.files.items():
        now = _hash(target / name) if hash else ""
        if now and now not in (hash, hashes.get(name)):
            names.append(name)
    return names


def _about_changes(target: Path, changed: list[str], hashes: Mapping[str, str]) -> Iterator[str]:
    replaced = [name for name in changed if name in hashes]
    left = [name for name in changed if name not in hashes]
    if replaced:
        what = f"{target}: changed by hand since the last build, and now as the build makes it: {_some(replaced)}."
        yield f"{what} Make such changes in content/, translations/ or static/."
    if left:
        what = f"{target}: changed by hand since the last build, and no more part of the guide: {_some(left)}."
        yield f"{what} It was left there; remove it if nobody needs it."


def _about_packed(target: Path, names: Iterable[str]) -> Iterator[str]:
    """Packed copies beside our files, which some hosts send in their place."""
    packed = [f"{name}{end}" for name in names for end in (".gz", ".br", ".zst") if (target / f"{name}{end}").exists()]
    if packed:
        what = f"{target}: packed copies that no build writes: {_some(packed)}."
        yield f"{what} A host that sends them in place of our files sends an old guide: pack them anew, or remove them."


def _prune(target: Path, name: str) -> None:
    """Take away the folders that a removed file leaves empty."""
    for parent in PurePosixPath(name).parents[:-1]:
        with suppress(OSError):
            (target / parent).rmdir()


def _listed(fresh: Path, what: Written) -> Path:
    """The list as a file beside the fresh build, ready to be put."""
    body: dict[str, object] = {"format": 1, "address": what.address, "whole": what.whole}
    body |= {"files": dict(sorted(what.files.items())), "former": dict(sorted(what.former.items()))}
    path = fresh.with_name(f"{fresh.name}-list")
    path.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    open_to_all(path)
    return path


def _is_there(path: Path, hash: str) -> bool:
    """Whether a file has these bytes already, and can be read by everyone."""
    return not path.is_symlink() and _hash(path) == hash and stat.S_IMODE(path.stat().st_mode) == FILE_MODE


def _hash(path: Path) -> str:
    """The hash of a file's bytes; empty for what is no file or can't be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""


def _is_inside(name: object) -> bool:
    """Whether a path of a list may be one of a build: none leads outside, or into what begins with a dot."""
    return isinstance(name, str) and not re.search(r"^/|(^|/)\.|\0", name)


def _turn(name: str) -> tuple[int, str]:
    """When a file is put: nothing may lead to one that is not there yet."""
    if name in (precache.POINTER, precache.FIRST):
        return 3, name
    if name == "sw.js":
        return 2, name
    return int(not name.startswith(HASHED)), name


def _some(names: list[str]) -> str:
    """The first few names of a list."""
    more = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {more} more" if more > 0 else "")
