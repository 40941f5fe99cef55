"""What is newer: the order of a build comes from the act of publishing, not from a commit or a folder.

A build follows what the public address has and what its folder has; this computer's clock decides where neither is
known, and whatever could not be known is said.
"""

import datetime as dt
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

from guide.config import Paths, Settings
from guide.publish import precache

SECONDS = 10
"""How long the public address may take to answer."""
_LIMIT = 100_000
"""More bytes than a pointer can have."""
_APART = 600
"""Clocks of two computers may differ by so many seconds before anybody is told."""
_DAY = 86_400
"""So many seconds may an unpacked archive be off with the time of a file: it knows no zones."""
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Published:
    """What the public address answered: its pointer, or why there is none, and the time there by its clock."""

    pointer: Mapping[str, object] | None = None
    trouble: str = ""
    time: int | None = None


def ask(base_url: str) -> Published:
    """The pointer that phones would get at a public address; nothing is asked where that is empty."""
    if not base_url:
        return Published()
    address = base_url + precache.POINTER
    asked = Request(address, headers={"Cache-Control": "no-cache", "User-Agent": "field-guide build"})
    try:
        with urlopen(asked, timeout=SECONDS) as answer:
            body, now = answer.read(_LIMIT), _time(answer.headers["Date"])
    except HTTPError as error:
        with error:
            return Published(None, _refusal(error.code), _time(error.headers["Date"]))
    except (OSError, HTTPException, ValueError) as error:
        return Published(None, f"it could not be asked what is published there ({getattr(error, 'reason', error)}).")
    pointer = precache.parsed(body)
    if precache.serial_of(pointer) is None:
        return Published(None, f"what stands at {precache.POINTER} there is not the file of a guide.", now)
    return Published(pointer, "", now)


def release(now: int, time_zone: str, halt: bool) -> precache.Release:
    """What a build is that is published at a time, in seconds since 1970; it bears the date of the lab's time zone."""
    return precache.Release(now, dt.datetime.fromtimestamp(now, ZoneInfo(time_zone)).date().isoformat(), halt)


def notices(
    settings: Settings,
    now: int,
    made: Mapping[str, object],
    last: Mapping[str, object] | None,
    published: Published,
) -> Iterator[str]:
    """What the person who builds should know about the order of this build, one sentence each.

    `made` is its pointer, `last` the one of its folder.
    """
    where = settings.base_url
    by_clock = f"Phones take this build for newer only if this computer's clock is right: it says {_said(now)}."
    if not where:
        yield f"no web_address in content/edition.toml: nobody knows what is published. {by_clock}"
    elif published.trouble:
        yield f"{where}: {published.trouble} {by_clock}"
    if urlsplit(where).scheme == "http" and urlsplit(where).hostname not in _HERE:
        yield f"{where}: browsers save a guide only from an address that begins with https://."
    yield from _about_clock(settings.paths, now, last, published)
    if published.pointer and not precache.is_same(published.pointer, str(made["sha256"]), "halt" in made):
        yield from _about_published(where, made, last, published.pointer)


def _about_published(
    where: str, made: Mapping[str, object], last: Mapping[str, object] | None, there: Mapping[str, object]
) -> Iterator[str]:
    if there.get("halt") is True and "halt" not in made:
        yield f"{where}: the guide there tells phones to take it away; this build ends that once it is published."
    if last and last.get("sha256") != there.get("sha256") and (precache.serial_of(last) or 0) < _serial(there):
        yield (
            f"{where}: what is published there (revision {there.get('revision')}, serial {_serial(there)}) was not "
            "built into this folder. If somebody else published it, take over their edits and build again: this build "
            "would replace them."
        )


def _about_clock(paths: Paths, now: int, last: Mapping[str, object] | None, published: Published) -> Iterator[str]:
    """What shows that the clock of this computer is wrong."""
    known = (
        ("the last build in this folder is of", precache.serial_of(last), _APART),
        ("what is published is of", precache.serial_of(published.pointer), _APART),
        ("the last commit is of", _committed(paths), _APART),
        ("the newest file of the guide is of", _changed(paths), _DAY),
        ("the host's clock says", published.time, _APART),
    )
    for what, time, apart in known:
        if time is not None and time > now + apart:
            yield f"this computer's clock says {_said(now)}, but {what} {_said(time)}. Set the clock, and build again."
            return
    if published.time is not None and published.time < now - _DAY:
        yield f"this computer's clock says {_said(now)}, but the host's says {_said(published.time)}. Compare the two."


def _committed(paths: Paths) -> int | None:
    """When the last commit was made, where git can tell."""
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        answer = subprocess.run(command, cwd=paths.root, capture_output=True, text=True, check=True, timeout=SECONDS)
        return int(answer.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def _changed(paths: Paths) -> int:
    """When the newest file was changed."""
    times = [
        path.stat().st_mtime
        for folder in (paths.content, paths.translations, paths.static)
        for path in precache.files(folder)
    ]
    return int(max(times, default=0))


def _serial(pointer: Mapping[str, object]) -> int:
    return precache.serial_of(pointer) or 0


def _refusal(status: int) -> str:
    if status in (404, 410):
        return "nothing is published there yet; if something is, the address is not written as phones know it."
    if status in (401, 403, 407):
        return f"it refuses to say what is published there (status {status}): behind a password phones save nothing."
    return f"it could not be asked what is published there (status {status})."


def _time(header: str | None) -> int | None:
    try:
        return int(parsedate_to_datetime(header).timestamp()) if header else None
    except (ValueError, TypeError, OverflowError):
        return None


def _said(time: int) -> str:
    """A time as a person reads it; far beyond the calendar, the number itself."""
    try:
        return f"{dt.datetime.fromtimestamp(time, dt.UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return str(time)
