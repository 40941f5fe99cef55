"""probe.py: after an upload, every file at the public address is compared with what was built."""

import shutil
import threading
from contextlib import contextmanager

import pytest

import freeze
from guide import create_app
from guide.build import build
from guide.config import Paths, Settings
from guide.server import Server


@pytest.fixture
def folder(miniature):
    """A build of the miniature guide."""
    target = miniature.root / "build"
    build(create_app(Settings(paths=Paths(root=miniature.root))), target)
    return target


@contextmanager
def served(folder):
    with Server(folder, 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.address
        server.shutdown()


def test_a_whole_upload_is_confirmed_in_one_line(folder, capsys):
    """The host sees how many files were compared."""
    with served(folder) as url:
        status = freeze.main(["--probe", url])

    assert status == 0
    assert f"{url}: " in capsys.readouterr().out


def test_every_wrong_file_is_named(folder, capsys):
    """A file that is missing, one that is damaged and a missing worker are told together."""
    (folder / "en/about/index.html").write_text("damaged")
    shutil.rmtree(folder / "es/days/1")
    (folder / "sw.js").unlink()

    with served(folder) as url:
        status = freeze.main(["--probe", url])

    said = capsys.readouterr().err
    assert status == 1
    assert [line.removeprefix(url).split(":")[0] for line in said.splitlines()] == ["en/about/", "es/days/1/", "sw.js"]
    assert "Upload the whole build again" in said


@pytest.mark.parametrize("text", ["<!DOCTYPE html>", "[]", "{}"])
def test_something_else_at_the_address_is_told(folder, capsys, text):
    """A wrong address gets a sentence, no traceback."""
    (folder / "offline/current.json").write_text(text)

    with served(folder) as url:
        status = freeze.main(["--probe", url])

    assert status == 1
    assert "this is not the file of a guide" in capsys.readouterr().err


def test_a_silent_address_is_told(capsys):
    """Nobody listens at port 1."""
    status = freeze.main(["--probe", "http://127.0.0.1:1/"])

    assert status == 1
    assert "it can't be had" in capsys.readouterr().err
