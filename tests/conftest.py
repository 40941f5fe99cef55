"""The miniature guide, and small ways to change it and to ask what is wrong with it."""

import shutil
from pathlib import Path

import pytest

from guide import create_app, library
from guide.catalogs import po_path
from guide.config import Paths, Settings
from guide.problems import GuideError

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def miniature(tmp_path):
    """A guide of two days and two sites to read, change and break."""
    shutil.copytree(ROOT / "tests" / "miniature", tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "static", tmp_path / "static")
    return Paths(root=tmp_path)


@pytest.fixture
def edit(miniature):
    """Replaces a piece of a file of the miniature guide."""

    def edit(file, old, new):
        path = miniature.root / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")

    return edit


@pytest.fixture
def problems(miniature):
    """Every problem of the miniature guide, as the sentences a person reads."""

    def problems():
        try:
            library.load(Settings(paths=miniature))
        except GuideError as error:
            return str(error).splitlines()
        return []

    return problems


@pytest.fixture
def es(miniature):
    """The Spanish PO file of the miniature guide."""
    return po_path(miniature, "es")


@pytest.fixture
def run(miniature):
    """Runs one of the `messages` commands: exit status and output."""

    def run(*arguments):
        runner = create_app(Settings(paths=miniature, live=True)).test_cli_runner()
        result = runner.invoke(args=["messages", *arguments], catch_exceptions=False)
        return result.exit_code, result.output

    return run
