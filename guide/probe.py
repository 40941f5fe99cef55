"""Asks a public address for every file of the guide and compares it with the manifest there."""

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from guide.precache import POINTER
from guide.problems import BuildError, Problem

SECONDS = 20
"""How long an answer may take."""
AT_ONCE = 8


class _NoRedirects(HTTPRedirectHandler):
    """A file of the guide is answered at its own address."""

    def redirect_request(self, *_: object) -> None:
        return None


def probe(url: str) -> str:
    """One line about the guide at an address with a final slash. Raises BuildError with all that is not right."""
    pointer = _parsed(url, POINTER, _get(url, POINTER), {"manifest", "sha256", "revision"})
    body = _get(url, pointer["manifest"])
    if hashlib.sha256(body).hexdigest() != pointer["sha256"]:
        raise BuildError([_problem(url + pointer["manifest"], "its bytes are not those that the pointer names.")])
    files = _parsed(url, pointer["manifest"], body, {"files"})["files"]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        problems = [
            problem for found in pool.map(lambda item: list(_faults(url, *item)), files.items()) for problem in found
        ]
    problems += list(_faults(url, "sw.js", None)) + list(_faults(url, "sw-retire.js", None))
    if problems:
        raise BuildError(sorted(problems))
    size = sum(entry[1] for entry in files.values())
    return f"{url}: {len(files):,} files ({size / 1e6:.1f} MB) are those of revision {pointer['revision']}"


def _faults(url: str, path: str, entry: tuple[str, int, str, str] | None) -> Iterator[Problem]:
    """What is wrong with one file; without an entry it only has to be there."""
    try:
        body = _get(url, path)
    except BuildError as error:
        yield from error.problems
        return
    if entry and hashlib.sha256(body).hexdigest() != entry[0]:
        yield _problem(url + path, f"its {len(body):,} bytes are not the {entry[1]:,} of the build.")


def _get(url: str, path: str) -> bytes:
    address = url + quote(path)
    try:
        with build_opener(_NoRedirects).open(
            Request(address, headers={"Cache-Control": "no-cache"}), timeout=SECONDS
        ) as response:
            return bytes(response.read())
    except (OSError, HTTPException) as error:
        raise BuildError([_problem(address, f"it can't be had: {getattr(error, 'reason', error)}.")]) from error


def _parsed(url: str, path: str, body: bytes, fields: set[str]) -> dict[str, Any]:
    """A JSON object with at least these fields."""
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not fields <= found.keys():
        raise BuildError([_problem(url + path, "this is not the file of a guide.")])
    return found


def _problem(address: str, fault: str) -> Problem:
    return Problem(address, "", fault, "Upload the whole build again, offline/current.json last.")
