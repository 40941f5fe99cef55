"""static/js/: what needs no browser, in Node; which scripts know one another; what a first visit waits for."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import playwright
import pytest

from guide.config import Paths
from guide.content import loader
from tests import vectors

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "static" / "js"
TESTS = sorted((ROOT / "tests" / "js").glob("*.test.mjs"))
NODE = Path(playwright.__file__).parent / "driver" / "node"
"""Playwright brings its own, so that everybody has the same one."""

KNOWS = {
    "": {"", "find", "offline", "today", "transit", "ui"},
    "find": {"", "find", "offline"},
    "offline": {"", "offline", "ui"},
    "today": {"", "today"},
    "transit": {"", "transit"},
    "ui": {"", "today", "ui"},
}
"""The folders that the scripts of a folder import from; nothing is the top."""


def run(tests: list[Path], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run tests in Node. Nothing needs to be installed with npm."""
    assert NODE.is_file(), "Playwright's Node is not there. To install it: make test"
    command = [str(NODE), "--test", *map(str, tests)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True)


def imports(script: Path) -> Iterator[tuple[bool, Path]]:
    """What a script imports, and whether before it runs."""
    code = re.sub(r"/\*.*?\*/", "", script.read_text("utf-8"), flags=re.DOTALL)
    for before, name in re.findall(r'(\bfrom ?|\bimport\()"([^"]+)"', code):
        yield before.startswith("from"), (script.parent / name).resolve()


def test_the_tests_of_the_scripts_pass() -> None:
    """Unpacking, steps, names of stations, rules of saving: everything in tests/js/."""
    done = run(TESTS)

    assert done.returncode == 0, done.stdout


def test_the_vectors_are_what_python_makes() -> None:
    """Both sides are held together by files that are committed. To renew them: python -m tests.vectors"""
    there = {path.name: path.read_text("utf-8") for path in vectors.FOLDER.iterdir()}

    assert there == vectors.texts()


def test_the_script_finds_the_ways_that_the_pages_print(tmp_path: Path) -> None:
    """Of the real guide, from every station to every site: rides, changes, stations on the way, there and back."""
    ways = tmp_path / "ways.json"
    ways.write_text(json.dumps([{"name": "the guide", **vectors.ways(loader.load(Paths()))}]), "utf-8")

    done = run([ROOT / "tests/js/network.test.mjs"], WAYS=str(ways))

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("script", sorted(SCRIPTS.rglob("*.js")), ids=lambda path: path.relative_to(SCRIPTS).as_posix())
def test_scripts_know_only_what_lies_beside_or_above_them(script: Path) -> None:
    """Saving, the plan of today, getting there and the page's own comforts can be read each without the others."""
    folder = script.parent.relative_to(SCRIPTS).name

    known = {path.parent.relative_to(SCRIPTS).name for _, path in imports(script)}

    assert known <= KNOWS[folder]


def test_a_first_visit_asks_for_one_script(frozen: Path) -> None:
    """Every page names the same one, and it imports nothing before it runs."""
    pages = {page: page.read_text("utf-8") for page in frozen.rglob("*.html")}

    named = {
        (page.parent / name).resolve()
        for page, text in pages.items()
        for name in re.findall(r'<script type="module" async src="(\.[^"]+)"|modulepreload', text)
    }

    (only,) = named
    assert all(text.count("<script") == 1 for text in pages.values())
    assert [path for before, path in imports(only) if before] == []
    assert {path.name.split(".")[0] for before, path in imports(only) if not before} == {"later"}


def test_every_import_of_a_built_script_leads_to_a_file_of_the_build(frozen: Path) -> None:
    """Names carry fingerprints and stay relative, also from folder to folder; what only checks types is left out."""
    built = sorted((frozen / "assets" / "js").rglob("*.*"))

    imported = {path for script in built if script.suffix == ".js" for _, path in imports(script)}

    assert {path.suffix for path in built if path.is_file()} == {".js"}
    assert imported and imported <= set(built)


def test_every_state_of_the_line_has_a_sentence() -> None:
    """What types.d.ts names is what the page Saved says, and nothing else."""
    types = (SCRIPTS / "types.d.ts").read_text("utf-8")
    outcomes, more = (re.search(rf"type {name} =(.*?);", types, re.DOTALL)[1] for name in ("Outcome", "State"))
    states = {*re.findall(r'"(\w+)"', outcomes), *re.findall(r'"(\w+)"', more)} - {"failed"}
    line = (ROOT / "guide/templates/components/saved.html").read_text("utf-8")

    assert states == set(re.findall(r' data-(\w+)="{{ _\(', line))
