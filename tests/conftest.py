"""The miniature guide, and small ways to change it and to ask what is wrong with it."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from guide import create_app
from guide.config import Paths, Settings
from guide.i18n.catalogs import po_path
from guide.problems import GuideError
from guide.publish.build import build
from guide.site import library

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = "https://example.org/a/b/"


@pytest.fixture(scope="session")
def once(tmp_path_factory, worker_id):
    """Makes a folder once a run, whichever of its processes asks first; nobody may change what is in it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder = shared / name
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "made").exists():
                shutil.rmtree(folder, ignore_errors=True)  # of a process that failed
                folder.mkdir()
                make(folder)
                (folder / "made").touch()
        return folder

    return once


@pytest.fixture(scope="session", autouse=True)
def templates(tmp_path_factory):
    """Only the first application of a process compiles a template: an application finds what others compiled."""
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))}


@pytest.fixture(scope="session")
def frozen(once):
    """The real guide, frozen for no address."""
    return once("frozen", lambda folder: build(create_app(Settings()), folder / "build")) / "build"


@pytest.fixture(scope="session")
def published(request, once):
    """A guide frozen for a public address in a sub-folder: the miniature, or the real one where a test asks for it."""
    name = getattr(request, "param", "miniature")

    def make(folder):
        paths = Paths() if name == "guide" else copy_of_miniature(folder / "source")
        build(create_app(Settings(paths=paths, base_url=PUBLIC)), folder / "build")

    return once(f"published-{name}", make) / "build"


def visited(build: Path) -> list[Path]:
    """The files of all pages that visitors may open: not those of the kit for hosts, nor the booklets."""
    others = ("kit", "booklets")
    return sorted(path for path in build.rglob("*.html") if path.relative_to(build).parts[0] not in others)


IN_BOTH = pytest.mark.parametrize(
    "published", ["miniature", pytest.param("guide", marks=pytest.mark.matrix)], indirect=True
)
"""Asks the miniature guide that is published, and in the long run of tests the real one too."""


IN_BOTH_LANGUAGES = pytest.mark.parametrize("tag", ["es", pytest.param("en", marks=pytest.mark.matrix)])
"""Asks every page in the language with the longer words, and in the long run of tests the others too."""


def copy_of_miniature(root: Path) -> Paths:
    """The miniature guide with the project's static files, in a folder of its own."""
    shutil.copytree(ROOT / "tests" / "miniature", root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "static", root / "static")
    return Paths(root=root)


@pytest.fixture
def miniature(tmp_path):
    """A guide of two days and two sites to read, change and break."""
    return copy_of_miniature(tmp_path)


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
