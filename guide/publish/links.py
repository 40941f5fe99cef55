"""Every reference of a build leads to a file of the build.

This module knows files, not a guide.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from guide.publish.precache import files

_ATTRIBUTE = re.compile(r'\s(id|href|src|data-network|data-sentences)="([^"]*)"')
"""Ids, and attributes that lead to a file: those of HTML, and those from which scripts take an address."""
_FINGERPRINT = re.compile(r"\.[0-9a-f]{10}\.\w+$")


def faults(build: Path) -> Iterator[tuple[str, str]]:
    """What is not whole in a build: file and fault. Every reference must lead to a file of the build."""
    names = {path.relative_to(build).as_posix() for path in files(build)}
    folded: dict[str, str] = {}
    for name in sorted(names):
        if folded.setdefault(name.casefold(), name) != name:
            yield name, f"its path differs from {folded[name.casefold()]} only by capitals"
    ids: dict[str, frozenset[str]] = {}
    references: dict[str, list[tuple[str, str]]] = {}
    same: dict[tuple[str, str], tuple[str, str]] = {}
    twice: list[tuple[str, str]] = []
    for name in sorted(name for name in names if name.endswith((".html", ".svg"))):
        text = (build / name).read_text(encoding="utf-8")
        counts = Counter(_ATTRIBUTE.findall(text))
        ids[name] = frozenset(sys.intern(value) for attribute, value in counts if attribute == "id")
        references[name] = [same.setdefault(reference, reference) for reference in counts if reference[0] != "id"]
        again = (value for (attribute, value), count in counts.items() if attribute == "id" and count > 1)
        twice += ((name, f'the id "{id}" is there twice') for id in sorted(again))
    yield from twice
    for name, on_page in references.items():
        for attribute, raw in on_page:
            fault = _reference_fault(name, attribute, raw, names, ids)
            if fault:
                yield name, fault


def _reference_fault(
    page: str, attribute: str, raw: str, names: set[str], ids: dict[str, frozenset[str]]
) -> str | None:
    address, _, fragment = (unescape(raw) if "&" in raw else raw).partition("#")
    if ":" in address.split("/")[0]:
        outside = address.split(":")[0] in ("http", "https", "mailto", "tel", "sms", "geo")
        return None if outside and attribute == "href" else f'"{raw}" leads outside the guide'
    address = address.partition("?")[0]  # a query is for scripts: the file is the same
    target = resolved(page, unquote(address) if "%" in address else address) if address else page
    if target is None:
        return None  # from the root of the host: only on the 404 pages, which answer at any address
    if target not in names:
        return f'"{raw}" leads to no file'
    if fragment and fragment not in ids.get(target, ()):
        return f'"{raw}" leads to no heading'
    if attribute == "src" and not _FINGERPRINT.search(target):
        return f'"{raw}" has no fingerprint in its name'
    return None


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
