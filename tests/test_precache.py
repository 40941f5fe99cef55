"""The build folder as a phone sees it: entries, manifest, pointer, and what makes a build not whole."""

import hashlib
import json
import lzma
import random
import shutil
from pathlib import Path

import pytest

from guide.publish import precache
from tests.test_packs import RAW, patched

HEADERS = {"X-Test": "yes"}


def hash_of(body):
    return hashlib.sha256(body).hexdigest()


def named(body, suffix):
    """The path of a file that is named by its hash."""
    return f"offline/revisions/{hash_of(body)[:16]}.{suffix}"


def unpacked(stream):
    return lzma.decompress(stream, lzma.FORMAT_RAW, filters=RAW)


def manifest_of(folder):
    return json.loads((folder / precache.read_pointer(folder)["packs"]["path"]).read_bytes())


def words(seed):
    """Some thousand letters that hardly pack."""
    return random.Random(seed).randbytes(4000).hex()


def build(folder, former=None, **pages):
    """A build of a shared page and some of a language, each with its text."""
    folder.mkdir()
    for name, text in {
        "index.html": "in",
        "en/404.html": "lost",
        **{f"en/{n}.html": t for n, t in pages.items()},
    }.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    last = precache.read_pointer(former) if former else None
    precache.write(folder, HEADERS, precache.Release(1), last, former=former)
    return folder


def pack_of(folder, name="en"):
    [found] = [pack for pack in manifest_of(folder)["packs"] if pack["name"] == name]
    return found


def whole(folder):
    """The bytes of the pack of the language."""
    return unpacked((folder / pack_of(folder)["path"]).read_bytes())


def led(folder, former):
    """The bytes that a phone with the pack of another build makes of it, step by step."""
    pack, body = pack_of(folder), whole(former)
    at = [step["from"] for step in pack["steps"]].index(pack_of(former)["id"])
    for step in pack["steps"][at:]:
        stream = (folder / step["path"]).read_bytes()
        difference = unpacked(stream)
        assert (step["path"], step["size"], step["bytes"]) == (named(stream, "bin"), len(stream), len(difference))
        body = patched(body, difference)
    return body


def packed_files(folder):
    """The packs and differences that are there."""
    return {path.relative_to(folder).as_posix() for path in (folder / "offline/revisions").glob("*.bin")}


def named_files(folder):
    """Those that the manifest names."""
    return {each["path"] for pack in manifest_of(folder)["packs"] for each in (pack, *pack["steps"])}


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


def test_the_pointer_names_list_and_manifest(folder):
    """Pointer, file names and bytes agree; both say the same of headers and lost pages."""
    precache.write(folder, HEADERS, precache.Release(7), None, {"X-Other": "yes"})

    pointer = precache.read_pointer(folder)
    listed, packed = (folder / pointer["manifest"]).read_bytes(), (folder / pointer["packs"]["path"]).read_bytes()
    listing, manifest = json.loads(listed), json.loads(packed)

    assert (pointer["format"], listing["format"], manifest["format"]) == (1, 1, 2)
    assert pointer["serial"] == 7
    assert (pointer["bytes"], pointer["packs"]["bytes"]) == (len(listed), len(packed))
    assert (pointer["sha256"], pointer["packs"]["sha256"]) == (hash_of(listed), hash_of(packed))
    assert (pointer["manifest"], pointer["packs"]["path"]) == (named(listed, "json"), named(packed, "json"))
    for body in (listing, manifest):
        assert (body["headers"], body["otherHeaders"]) == (HEADERS, {"X-Other": "yes"})
        assert body["notFound"] == {"en": "en/404.html"}


def test_a_phone_of_a_build_without_packs_can_read_the_list(folder):
    """It looks for a bundle and finds none; each file has its hash, length and type first."""
    precache.write(folder, HEADERS, precache.Release(7), None)

    listing = json.loads((folder / precache.read_pointer(folder)["manifest"]).read_bytes())

    assert listing["packs"] == {"core": {"bundle": None}}
    assert {path: of[:3] for path, of in listing["files"].items()} == {
        entry.path: [entry.sha256, entry.bytes, entry.media_type] for entry in precache.saved_files(folder)
    }


def test_the_manifest_tells_all_of_its_packs(folder):
    """Name, id, lengths, number of files and download, and what type a name tells. The list names the pack of each."""
    precache.write(folder, HEADERS, precache.Release(7), None)

    manifest = manifest_of(folder)
    listing = json.loads((folder / precache.read_pointer(folder)["manifest"]).read_bytes())
    files = {path: of[3] for path, of in listing["files"].items()}

    assert [(pack["name"], pack["files"], pack["steps"]) for pack in manifest["packs"]] == [
        ("core", 2, []),
        ("en", 2, []),
    ]
    for pack in manifest["packs"]:
        stream = (folder / pack["path"]).read_bytes()
        body = unpacked(stream)
        assert (pack["path"], pack["size"], pack["bytes"]) == (named(stream, "bin"), len(stream), len(body))
        assert pack["id"] == hash_of(body[: pack["head"]])[:32]
        lines = body[: pack["head"]].decode().splitlines()
        assert {line.split("\t")[0] for line in lines} == {path for path, id in files.items() if id == pack["id"]}
    for entry in precache.saved_files(folder):
        assert manifest["types"][Path(entry.path).suffix or ".html"] == entry.media_type


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


def test_steps_lead_from_the_last_builds_to_this_one(tmp_path):
    """From the last, from the one before it, and so on; each names only what it needs, and the folder has no more."""
    a = build(tmp_path / "a", one=words(1), two="first")
    b = build(tmp_path / "b", a, one=words(1), two="second")
    c = build(tmp_path / "c", b, one=words(1), two="third", more="new")
    d = build(tmp_path / "d", c, one=words(1) + "!", two="third", more="new")

    assert [step["from"] for step in pack_of(d)["steps"]] == [pack_of(folder)["id"] for folder in (a, b, c)]
    for former, now in ((a, b), (a, c), (b, c), (a, d), (b, d), (c, d)):
        assert led(now, former) == whole(now)
    for folder in (a, b, c, d):
        assert packed_files(folder) == named_files(folder)
        assert pack_of(folder, "core") == pack_of(a, "core")


def test_steps_are_kept_through_builds_that_change_nothing(tmp_path):
    """The same content twice gives the same manifest, and what led to a pack still does, however often it is built."""
    former = build(tmp_path / "a", one=words(1), two=words(2)[:1500])
    for number in range(5):
        former = build(tmp_path / f"b{number}", former, one=words(1), two=words(3 + number)[:1500])
    texts = {"one": words(1), "two": words(7)[:1500]}

    again = build(tmp_path / "again", former, **texts)
    third = build(tmp_path / "third", again, **texts)

    assert precache.read_pointer(former) == precache.read_pointer(again) == precache.read_pointer(third)
    assert packed_files(former) == packed_files(third) == named_files(third)
    assert len(pack_of(third)["steps"]) > 1


def test_steps_are_no_more_than_half_of_the_whole(tmp_path):
    """The oldest are left out: a phone of then downloads the pack. So are those of more than a dozen builds ago."""
    texts = {"one": words(1), "two": words(2)[:1000]}
    first = former = build(tmp_path / "a", **texts)
    for number in range(20):
        former = build(tmp_path / f"b{number}", former, **{**texts, f"more{number}": words(9 + number)[:1000]})
        texts[f"more{number}"] = words(9 + number)[:1000]
        pack = pack_of(former)
        assert sum(step["size"] for step in pack["steps"]) <= pack["size"] / 2
        assert 1 <= len(pack["steps"]) <= 12
    assert pack_of(first)["id"] not in [step["from"] for step in pack_of(former)["steps"]]

    for number in range(20):
        former = build(tmp_path / f"c{number}", former, **{**texts, "small": str(number)})
    assert len(pack_of(former)["steps"]) == 12


def test_a_step_that_is_not_worth_its_bytes_is_left_out(tmp_path):
    """A pack that is all new is downloaded whole."""
    a = build(tmp_path / "a", one=words(1))

    b = build(tmp_path / "b", a, one=words(2))

    assert pack_of(b)["steps"] == []
    assert packed_files(b) == named_files(b)


def test_a_step_leads_from_the_pack_that_has_most_of_the_files(tmp_path, monkeypatch):
    """A language may have several packs."""
    monkeypatch.setattr("guide.publish.packs.MOST", 9000)
    pages = {"one": words(1), "two": words(2), "three": words(3)}
    a = build(tmp_path / "a", **pages)

    b = build(tmp_path / "b", a, **{**pages, "two": words(2)[:-9]})

    before, now = manifest_of(a)["packs"], manifest_of(b)["packs"]
    changed = [(old, new) for old, new in zip(before, now, strict=True) if old["id"] != new["id"]]
    assert len(now) == 4
    assert [[step["from"] for step in new["steps"]] for _, new in changed] == [[old["id"]] for old, _ in changed]
    assert len(changed) == 1


def damaged(path):
    path.write_bytes(b"?" + path.read_bytes()[1:])


@pytest.mark.parametrize("harm", [damaged, Path.unlink], ids=["damaged", "gone"])
def test_a_former_pack_that_is_harmed_costs_only_the_difference(tmp_path, harm):
    """The build goes on, and phones download the pack. The same pack is packed anew, with all that led to it."""
    a = build(tmp_path / "a", one=words(1), two="first")
    b = build(tmp_path / "b", a, one=words(1), two="second")
    expected = build(tmp_path / "expected", b, one=words(1), two="second")
    harm(b / pack_of(b)["path"])

    same = build(tmp_path / "same", b, one=words(1), two="second")
    other = build(tmp_path / "other", b, one=words(1), two="third")

    assert manifest_of(same) == manifest_of(expected)
    assert packed_files(same) == packed_files(expected)
    assert pack_of(other)["steps"] == []
    assert b"third" in whole(other)


@pytest.mark.parametrize("harm", [damaged, Path.unlink], ids=["damaged", "gone"])
def test_a_former_difference_that_is_harmed_ends_the_way_there(tmp_path, harm):
    """What came before it led over it; what came after it still leads on."""
    a = build(tmp_path / "a", one=words(1), two="first")
    b = build(tmp_path / "b", a, one=words(1), two="second")
    c = build(tmp_path / "c", b, one=words(1), two="third")
    harm(c / pack_of(c)["steps"][0]["path"])

    d = build(tmp_path / "d", c, one=words(1), two="fourth")

    assert [step["from"] for step in pack_of(d)["steps"]] == [pack_of(b)["id"], pack_of(c)["id"]]
    assert led(d, b) == led(d, c) == whole(d)


@pytest.mark.parametrize("kind", ["damaged", "gone", "of another format", "no pointer", "without packs", "no folder"])
def test_a_former_manifest_that_can_not_be_read_is_none(tmp_path, kind):
    """A build before packs, one of packs made in another way, and one that is not whole lead nowhere."""
    a = build(tmp_path / "a", one=words(1), two="first")
    pointer = precache.read_pointer(a)
    path = a / pointer["packs"]["path"]
    match kind:
        case "damaged":
            path.write_text(path.read_text().replace('"id"', '"ID"'))
        case "gone":
            path.unlink()
        case "of another format":
            body = json.dumps({**json.loads(path.read_bytes()), "format": 3}).encode()
            (a / named(body, "json")).write_bytes(body)
            pointer["packs"]["path"] = named(body, "json")
            (a / precache.POINTER).write_text(json.dumps(pointer))
        case "no pointer":
            (a / precache.POINTER).unlink()
        case "without packs":
            del pointer["packs"]
            (a / precache.POINTER).write_text(json.dumps(pointer))
        case "no folder":
            shutil.rmtree(a)

    b = build(tmp_path / "b", a, one=words(1), two="second")

    assert [pack["steps"] for pack in manifest_of(b)["packs"]] == [[], []]
