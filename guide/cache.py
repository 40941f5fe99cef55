"""What builds made, kept for later builds under a key of everything it was made from.

The folder can be deleted at any time. Builds that run at once do not harm each other: an entry is written whole or not
at all. One that was damaged does not agree with its hash, and is made anew.
"""

import hashlib
import os
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

_BUILDS = 3
"""How many builds keep what they used."""
_YOUNG = 3600
"""Seconds for which nothing is dropped: a build that is still running may have made it."""
_LIBRARIES = ("babel", "flask", "fonttools", "jinja2", "markdown-it-py", "markupsafe", "resvg-py", "tzdata")
"""What pages and pictures are made with."""
_USED = "used-"
"""How the name of a file begins that lists the entries one build used."""


def key(*parts: bytes | str) -> str:
    """The key of something that is made from these parts, in their order."""
    whole = hashlib.sha256()
    for part in parts:
        body = part.encode() if isinstance(part, str) else part
        whole.update(len(body).to_bytes(8, "big"))
        whole.update(body)
    return whole.hexdigest()


class Cache:
    """The entries of one folder. Without a folder nothing is kept and nothing is there.

    `trouble` is a sentence about a folder that can't be written, which costs time and nothing else; else it is empty.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._used: set[str] = set()
        self.trouble = ""

    @property
    def keeps(self) -> bool:
        """Whether anything is kept here."""
        return self._folder is not None

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; None where nothing is, or nothing whole."""
        if self._folder is None:
            return None
        try:
            entry = (self._folder / key).read_bytes()
        except OSError:
            return None
        body = entry[hashlib.sha256().digest_size :]
        if not entry.startswith(hashlib.sha256(body).digest()):
            return None
        self._used.add(key)
        return body

    def has(self, key: str) -> bool:
        """Whether something is kept under a key, be it whole or not."""
        return self._folder is not None and (self._folder / key).is_file()

    def put(self, key: str, body: bytes) -> None:
        """Keep something under a key. Whoever reads it gets all of it, or what was there before."""
        self._used.add(key)
        self._write(key, hashlib.sha256(body).digest() + body)

    def finish(self) -> None:
        """Note what this build used, and drop what neither it nor the last builds did."""
        self._write(f"{_USED}{time.time_ns()}", "\n".join(sorted(self._used)).encode())
        if self._folder is None or self.trouble:
            return
        with suppress(OSError):
            self._drop(self._folder)

    def _drop(self, folder: Path) -> None:
        lists = sorted(folder.glob(f"{_USED}*"))
        for path in lists[:-_BUILDS]:
            path.unlink(missing_ok=True)
        kept = {name for path in lists[-_BUILDS:] for name in path.read_text("ascii").split()}
        kept |= {path.name for path in lists[-_BUILDS:]}
        for entry in os.scandir(folder):
            if entry.name not in kept and entry.stat().st_mtime < time.time() - _YOUNG:
                Path(entry).unlink(missing_ok=True)

    def _write(self, name: str, body: bytes) -> None:
        if self._folder is None or self.trouble:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, path = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(body)
                Path(path).replace(self._folder / name)
            except BaseException:
                Path(path).unlink(missing_ok=True)
                raise
        except OSError as error:
            self.trouble = f"{self._folder}: {error.strerror}. Nothing is kept for the next build, which takes longer."


@cache
def program(package: Path = Path(__file__).parent) -> str:
    """A digest of the program: its modules, templates and fonts, its Python and the libraries that it uses."""
    sources = sorted(path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    files = (part for path in sources for part in (path.relative_to(package).as_posix(), path.read_bytes()))
    return key(sys.version, *map(_version, _LIBRARIES), *files)


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:  # tzdata, where the system has time zones
        return ""
