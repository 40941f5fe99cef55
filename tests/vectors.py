"""What Python packs and words, for the tests of the scripts: tests/js/vectors/. To renew it: python -m tests.vectors"""

import base64
import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guide.config import Paths
from guide.content import loader
from guide.model.guide import Guide
from guide.publish import bundles
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


def packed() -> list[dict[str, object]]:
    """Files and their bundle, without its gzip, in base 64: not every machine packs gzip into the same bytes."""
    cases: list[dict[str, object]] = []
    for name, files in FILES.items():
        bundle = gzip.decompress(bundles.pack({path: text.encode() for path, text in files.items()}))
        cases.append({"name": name, "files": files, "bundle": base64.b64encode(bundle).decode()})
    return cases


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


def texts() -> dict[str, str]:
    """Every file of the folder, as it should be."""
    contents = {"bundles.json": packed(), "ways.json": told()}
    return {name: json.dumps(cases, ensure_ascii=False, indent=1) + "\n" for name, cases in contents.items()}


if __name__ == "__main__":
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
