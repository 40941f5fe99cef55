"""The drawings of the days in one file, for the page that shows them all: one request in place of one for each day."""

import re
from collections.abc import Mapping

NAME = "drawings/days.svg"
"""The file of the build. Each drawing in it goes by its own name, as in days.svg#day-1."""

_DAY = re.compile(r"drawings/(day-[a-z0-9]+)\.svg")
_ROOT = re.compile(r"<svg( [^<>]*)>")
_PLACE = re.compile(r' (?:x|y|width|height|xmlns)="[^"]*"')
_OWN_NAMES = re.compile(r"""['?!]|\b(?:id|class)=|<style|:[a-z]+=""")
"""What two drawings in one file could mean differently, or what such a file can't hold."""

_WIDTH, _HEIGHT = 640, 300


def together(drawings: Mapping[str, str]) -> str:
    """One drawing with those of the days one below the other; empty where there are none.

    `drawings` are texts by their names in static/. One with names or styles of its own is left out.
    """
    inner: dict[str, str] = {}
    for name, text in sorted(drawings.items()):
        day, root = _DAY.fullmatch(name), _ROOT.match(text)
        if day and root and not _OWN_NAMES.search(text):
            place = f'y="{len(inner) * _HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
            inner[day[1]] = f"<svg {place}{_PLACE.sub('', root[1])}>{text[root.end() :].strip()}"
    views = "".join(
        f'<view id="{day}" viewBox="0 {number * _HEIGHT} {_WIDTH} {_HEIGHT}"/>' for number, day in enumerate(inner)
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {max(len(inner), 1) * _HEIGHT}">'
    return f"{head}{views}{''.join(inner.values())}</svg>" if inner else ""
