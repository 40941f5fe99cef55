"""What Python packs, words and writes, for tests in Node: tests/js/vectors/. To renew it: python -m tests.vectors"""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from guide.config import SOURCE_LOCALE, Paths
from guide.content import loader
from guide.i18n import catalogs
from guide.i18n.localize import localize
from guide.model.edition import Edition, HostDay, HostStop
from guide.model.guide import Guide
from guide.publish import packs
from guide.publish.packs import PackedFile
from guide.site.calendars import Calendars, calendar_path
from guide.site.library import Language
from guide.transit import export
from guide.transit.destinations import destination, with_way
from guide.transit.routing import Ways
from guide.transit.steps import Step, steps, steps_back

HERE = Path(__file__).parent
FOLDER = HERE / "js" / "vectors"
PAGE = "<title>%s</title>\n<body>\n<p>The same long paragraph stands on every page, word for word.</p>\n"
FILES = {
    "one empty file": {"a": ""},
    "one file": {"a": "<p>one</p>\n"},
    "the same file twice": {"a": PAGE * 3, "b": PAGE * 3},
    "pages that differ in a word": {f"es/{number}/": PAGE.replace("%s", str(number)) * 2 for number in range(9)},
    "letters of several bytes": {"a": "Medellín, añil: ✓ " * 20, "b": "Medellín, añil! ✓ " * 20},
    "empty lines": {"a": "\n\n\n" * 50, "b": "x\n\n\n" * 50},
}


def _noise(seed: int, parts: int = 8) -> bytes:
    """Bytes that nothing packs, 32 in each part; the same for a seed."""
    return b"".join(hashlib.sha256(f"{seed} {number}".encode()).digest() for number in range(parts))


FAR = b"".join((_noise(1, 64), bytes(150_000), _noise(2, 64), PAGE.encode() * 900, _noise(1, 64), _noise(2, 64)[5:]))
"""Copies of every length and from near and far."""
OLD, NEW = PAGE * 8, PAGE.replace("same", "very same") * 8
CHANGES = {
    "nothing to nothing": (b"", b""),
    "nothing to something": (b"", PAGE.encode()),
    "something to nothing": (PAGE.encode(), b""),
    "what stayed": (OLD.encode(), OLD.encode()),
    "more at the beginning": (OLD.encode(), f"new {OLD}".encode()),
    "more at the end": (OLD.encode(), f"{OLD} new".encode()),
    "a word on every page": (OLD.encode(), NEW.encode()),
    "all other bytes": (_noise(1), _noise(2)),
    "parts that changed places": (_noise(1) + _noise(2) + _noise(3), _noise(3) + _noise(2) + _noise(1)),
    "bytes that were counted on": (bytes(range(256)) * 2, bytes((byte + 1) % 256 for byte in range(256)) * 2),
}


def packed(former: Mapping[str, str]) -> list[dict[str, object]]:
    """Files and their pack as it travels, in base 64."""
    cases: list[dict[str, object]] = []
    for name, files in FILES.items():
        [pack] = packs.pack([PackedFile(path, text.encode()) for path, text in files.items()], ())
        size = {"id": pack.id, "head": len(pack.head), "files": len(files), "bytes": len(pack.body)}
        cases.append({"name": name, "files": files, "pack": size, "stream": _stream(pack.body, former.get(name))})
    return cases


def changed(former: Mapping[str, str]) -> list[dict[str, object]]:
    """What packs held before and hold now, and the difference as it travels, in base 64."""
    cases: list[dict[str, object]] = []
    for name, (before, now) in CHANGES.items():
        news = packs.difference(before, now)
        ends = {"former": _base64(before), "now": _base64(now), "bytes": len(news)}
        cases.append({"name": name, **ends, "stream": _stream(news, former.get(name))})
    return cases


def far(former: Mapping[str, str]) -> list[dict[str, object]]:
    """A long stream, and the hash of what comes out of it."""
    name, hash = "copies from near and far", hashlib.sha256(FAR).hexdigest()
    return [{"name": name, "bytes": len(FAR), "sha256": hash, "stream": _stream(FAR, former.get(name))}]


def _stream(body: bytes, former: str | None) -> str:
    """Packed bytes: the committed ones where they still hold the same, for not every machine packs into the same."""
    if former is not None and packs.unpacked(base64.b64decode(former)) == body:
        return former
    return _base64(packs.compressed(body))


def _base64(body: bytes) -> str:
    return base64.b64encode(body).decode()


def _committed(name: str) -> dict[str, str]:
    """The streams of a committed file, by the names of their cases."""
    file = FOLDER / name
    cases = json.loads(file.read_text("utf-8")) if file.is_file() else []
    return {case["name"]: case["stream"] for case in cases}


def told() -> list[dict[str, object]]:
    """The ways of the miniature guide, and of one where the lines meet outside the station."""
    guide = loader.load(Paths(root=HERE / "miniature"))
    [interchange] = guide.network.interchanges
    outside = replace(interchange, inside=False, back=210.0)
    other = replace(guide, network=replace(guide.network, interchanges=(outside,)))
    return [{"name": "inside", **ways(guide)}, {"name": "outside", **ways(other)}]


def ways(guide: Guide) -> dict[str, object]:
    """The data for the script, and from every station to every site the steps that it should make of them."""
    found = {}
    for site in with_way(guide):
        routes = Ways(guide.network, destination(guide, site))
        found[site] = {
            station: {
                "there": list(_dicts(steps(way))),
                "end": way.last.approach.station,
                "back": list(_dicts(steps_back(way))),
            }
            for station in guide.network.stations
            if (way := routes.way(station))
        }
    return {"data": json.loads(export.data(guide)), "ways": found}


def _dicts(listed: list[Step]) -> Iterator[dict[str, object]]:
    """Rides and changes as the script has them; the last part of a way is the page's."""
    for step in listed:
        if step.kind == "ride":
            yield {
                "kind": "ride",
                "line": step.line.slug,
                "towards": step.towards.name,
                "alight": step.alight.name,
                "count": step.stations,
                "passed": [station.name for station in step.passed],
            }
        elif step.kind == "change":
            yield {
                "kind": "change-inside" if step.inside else "change-outside",
                "line": step.line.slug,
                "station": step.station.name,
                "metres": step.metres,
            }


NIGHT, ZONE = dt.date(2027, 3, 28), "Europe/Berlin"
"""The night in which clocks go from two to three."""
HOURS = {"stalls": dt.time(1, 30), "lamp": dt.time(3, 30)}


def calendars() -> list[dict[str, object]]:
    """The calendar of an edition of the miniature guide in each language, and when its events begin in Greenwich."""
    paths = Paths(root=HERE / "miniature")
    stops = {name: HostStop(time=time, address="Calle 1; “ñandú”, " * 9) for name, time in HOURS.items()}
    edition = Edition(name="Night Lab", first_day=NIGHT, time_zone=ZONE, days={"1": HostDay(stops=stops)})
    guide = replace(loader.load(paths), edition=edition)
    begins = [dt.datetime.combine(NIGHT, time, ZoneInfo(ZONE)).astimezone(dt.UTC) for time in HOURS.values()]
    cases: list[dict[str, object]] = []
    for locale in (SOURCE_LOCALE, "es"):
        catalog, _ = catalogs.read(paths, locale)
        language = Language(catalog, localize(guide, catalog))
        files = dict(Calendars(language, "key", "https://example.org/", 1_800_000_000).files())
        text = files[calendar_path(catalog.tag)]().decode()
        cases.append(
            {"name": catalog.tag, "text": text, "begins": [f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in begins]}
        )
    return cases


def texts() -> dict[str, str]:
    """Every file of the folder, as it should be."""
    streams = {"packs.json": packed, "differences.json": changed, "streams.json": far}
    contents = {name: make(_committed(name)) for name, make in streams.items()} | {
        "ways.json": told(),
        "calendars.json": calendars(),
    }
    return {name: json.dumps(cases, ensure_ascii=False, indent=1) + "\n" for name, cases in contents.items()}


if __name__ == "__main__":
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
