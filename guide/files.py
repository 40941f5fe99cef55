"""What people put into the guide's folders, read at its boundary: ordinary files, none too large, text in UTF-8."""

import os
import stat
import subprocess
from pathlib import Path

SECONDS = 10
"""How long git may take to answer."""
_MADE_BY_SYSTEMS = ("Thumbs.db", "desktop.ini")


class Unusable(Exception):
    """A file can't be used: in which place, what is wrong, and what to do."""

    def __init__(self, place: str, what: str, remedy: str) -> None:
        super().__init__(place, what, remedy)
        self.place, self.what, self.remedy = place, what, remedy


def is_left_alone(path: Path) -> bool:
    """Whether an editor or an operating system keeps a file for itself: hidden files, backups, thumbnails."""
    return path.name.startswith((".", "#")) or path.name.endswith("~") or path.name in _MADE_BY_SYSTEMS


def is_there(path: Path) -> bool:
    """Whether anything has this name, even a link that leads nowhere."""
    return os.path.lexists(path)


def changed(path: Path) -> int:
    """When a file or folder was last changed, in seconds since 1970: in which commit; by its date where git knows it
    otherwise, or not at all.
    """
    status, commit = _git(path, "status", "--porcelain"), _git(path, "log", "-1", "--format=%ct")
    if status == "" and commit:
        return int(commit)
    inner = path.rglob("*") if path.is_dir() else ()
    return max(0, *(int(one.stat().st_mtime) for one in (path, *inner)))


def _git(path: Path, *command: str) -> str | None:
    """What git answers about a file; None where it can't."""
    asked = ["git", *command, "--", path.name]
    try:
        answer = subprocess.run(asked, cwd=path.parent, capture_output=True, text=True, check=True, timeout=SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()


def body(path: Path, within: Path, most: int) -> bytes:
    """The bytes of a file that lies within a folder and has at most so many. Raises Unusable."""
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(within.resolve()):
            raise Unusable("", "this link leads out of the guide.", "Put the file itself in its place.")
        status = real.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unusable("", "this is a folder, where a file is expected.", "Move it elsewhere.")
        if not stat.S_ISREG(status.st_mode):
            raise Unusable("", "this is not an ordinary file.", "Remove it.")
        if status.st_size > most:
            raise Unusable("", f"this file has {status.st_size:,} bytes.", f"Make it smaller than {most:,}.")
        return real.read_bytes()
    except RuntimeError as error:  # a link in a circle; from Python 3.13 on this is an OSError too
        raise Unusable("", "this link leads to itself.", "Put the file itself in its place.") from error
    except OSError as error:
        link = "this link leads nowhere." if path.is_symlink() else f"it can't be read: {error.strerror}."
        raise Unusable("", link, "Put the file itself in its place.") from error


def text(path: Path, within: Path, most: int) -> str:
    """The text of such a file with plain line ends, without the mark that some editors put first. Raises Unusable."""
    raw = body(path, within, most)
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unusable(f"line {line}", "this is not UTF-8 text.", "Save the file as UTF-8.") from error
