"""The build folder as a phone sees it: entries, manifest, pointer, and what makes a build not whole."""

import json

import pytest

from guide.publish import precache

HEADERS = {"X-Test": "yes"}


@pytest.fixture
def folder(tmp_path):
    """A build of two pages and a script."""
    (tmp_path / "en").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text('<a href="en/">in</a>')
    (tmp_path / "en/index.html").write_text('<h1 id="top">in</h1><script src="../assets/a.0123456789.js"></script>')
    (tmp_path / "en/404.html").write_text("lost")
    (tmp_path / "assets/a.0123456789.js").write_text("1")
    (tmp_path / "sw.js").write_text("2")
    return tmp_path


def test_entries_are_named_as_they_are_visited(folder):
    """A page is saved under the address that a reader opens."""
    entries = {entry.path: entry for entry in precache.saved_files(folder)}

    assert list(entries) == ["assets/a.0123456789.js", "en/404.html", "en/", ""]
    assert (
        entries["assets/a.0123456789.js"].sha256 == "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
    )
    assert entries["en/"].media_type == "text/html; charset=utf-8"


def test_the_pointer_names_the_manifest(folder):
    """Pointer, file name and bytes of the manifest agree."""
    precache.write(folder, HEADERS, precache.Release(7), None, {"X-Other": "yes"})

    pointer = json.loads((folder / "offline/current.json").read_text())
    manifest = json.loads((folder / pointer["manifest"]).read_bytes())

    assert (pointer["format"], pointer["serial"]) == (1, 7)
    assert pointer["bytes"] == (folder / pointer["manifest"]).stat().st_size
    assert (manifest["headers"], manifest["otherHeaders"]) == (HEADERS, {"X-Other": "yes"})
    assert manifest["notFound"] == {"en": "en/404.html"}
    assert manifest["packs"]["core"]["files"] == 4


@pytest.mark.parametrize(
    ("last", "least", "serial"),
    [
        (None, 5, 5),
        ({"serial": 9, "sha256": "same"}, 5, 9),
        ({"serial": 9, "sha256": "other"}, 5, 10),
        ({"serial": 9, "sha256": "other"}, 50, 50),
        ({"serial": "nine"}, 5, 5),
        ({}, 5, 5),
    ],
)
def test_serials_only_grow_and_only_with_a_change(folder, last, least, serial):
    """A phone takes a build for newer exactly when something in it changed."""
    precache.write(folder, HEADERS, precache.Release(1), None)
    same = json.loads((folder / "offline/current.json").read_text())["sha256"]
    if last and last.get("sha256") == "same":
        last = {**last, "sha256": same}

    precache.write(folder, HEADERS, precache.Release(least), last)

    assert json.loads((folder / "offline/current.json").read_text())["serial"] == serial


def test_a_halt_and_its_end_are_changes(folder):
    """Phones that were told to let go of a guide take the next build for newer."""
    last = None
    serials = []
    for halt in (False, True, False):
        precache.write(folder, HEADERS, precache.Release(1, halt=halt), last)
        last = precache.read_pointer(folder)
        serials.append(last["serial"])

    assert serials == [1, 2, 3]


@pytest.mark.parametrize("text", ["", "{", "[]", "\udcff"])
def test_an_unreadable_pointer_counts_as_none(folder, text):
    """A damaged last build does not stop the next."""
    (folder / "offline").mkdir()
    (folder / "offline/current.json").write_bytes(text.encode("utf-8", "surrogateescape"))

    assert precache.read_pointer(folder) is None
