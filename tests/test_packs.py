"""packs.py: what a phone keeps together comes out as it went in, and differences lead from any pack to any other."""

import hashlib
import lzma
import random

import pytest

from guide.publish import packs
from guide.publish.packs import PackedFile

PAGE = b"<title>%b</title>\n<body>\n<p>The same long paragraph stands on every page, word for word.</p>\n"
RAW = [{"id": lzma.FILTER_LZMA1, "lc": 4, "lp": 0, "pb": 0, "dict_size": 1 << 23}]


def files_in(pack):
    """The files of a pack, read by the rules that the module states, with nothing of its code."""
    body, files, end = pack.body, {}, len(pack.head)
    for line in body[:end].decode().removesuffix("\n").split("\n"):
        path, length, hash = line.split("\t")
        files[path] = body[end : end + int(length)]
        assert hash == hashlib.sha256(files[path]).hexdigest()[:32]
        end += int(length)
    assert end == len(body)
    return files


def patched(former, difference):
    """A pack made from another, read by the rules that the module states, with nothing of its code."""
    head, _, rest = difference.partition(b"\n")
    numbers = [int(number) for number in head.split(b" ")]
    steps = [numbers[at : at + 3] for at in range(0, len(numbers), 3)]
    added, new = rest[: sum(step[0] for step in steps)], rest[sum(step[0] for step in steps) :]
    assert len(new) == sum(step[1] for step in steps)
    made, place = b"", 0
    for copied, fresh, jump in steps:
        assert not copied or 0 <= place <= place + copied <= len(former)
        sums, added = added[:copied], added[copied:]
        made += bytes((old + more) % 256 for old, more in zip(former[place : place + copied], sums, strict=True))
        made, new = made + new[:fresh], new[fresh:]
        place += copied + jump
    return made


def pages(count, seed=0, folder="es"):
    """Pages of about a hundred bytes."""
    chance = random.Random(seed)
    return [
        PackedFile(f"{folder}/{number:04}/", chance.randbytes(chance.randrange(60, 140))) for number in range(count)
    ]


@pytest.fixture
def small(monkeypatch):
    """Packs of two to four thousand bytes."""
    monkeypatch.setattr(packs, "LEAST", 2000)
    monkeypatch.setattr(packs, "MOST", 4000)


CASES = {
    "one empty file": {"a": b""},
    "one file": {"a": b"<p>one</p>\n"},
    "the same file twice": {"a": PAGE * 3, "b": PAGE * 3},
    "letters of several bytes": {"año/é": "Medellín, añil: ✓ ".encode() * 20, "b": "Medellín, añil! ✓ ".encode() * 20},
    "empty lines and tabs": {"a": b"\n\t\n" * 50, "b": b"x\n\n\n" * 50},
    "every byte": {"a": bytes(range(256)), "b": bytes(range(255, -1, -1))},
}


@pytest.mark.parametrize("files", CASES.values(), ids=CASES)
def test_every_file_comes_out_as_it_went_in(files):
    """Paths and bytes are kept, packed and unpacked."""
    [pack] = packs.pack([PackedFile(path, body) for path, body in files.items()], ["es"])

    assert files_in(pack) == files
    assert pack.paths == packs.paths_in(pack.head) == set(files)
    assert lzma.decompress(packs.compressed(pack.body), lzma.FORMAT_RAW, filters=RAW) == pack.body
    assert packs.unpacked(packs.compressed(pack.body)) == pack.body


def test_no_files_make_no_pack():
    """A language without files has none, either."""
    assert packs.pack([], ["en", "es"]) == []


def test_the_id_stands_for_every_byte():
    """Another path or another byte is another pack; it is the hash of the head."""
    [pack] = packs.pack([PackedFile("a", b"1"), PackedFile("b", b"2")], [])
    others = [[PackedFile("a", b"1"), PackedFile("c", b"2")], [PackedFile("a", b"1"), PackedFile("b", b"3")]]

    ids = {packs.pack(files, [])[0].id for files in others}

    assert pack.id == hashlib.sha256(pack.head).hexdigest()[:32]
    assert len({pack.id, *ids}) == 3


def test_each_language_has_its_packs_and_the_rest_is_shared():
    """The front page of a language belongs to it; a name that only begins like a language does not."""
    paths = ["", "404.html", "assets/a.js", "en", "en/", "en/404.html", "english/", "es/", "es/a/", "fr/", "pt-BR/b/"]

    made = packs.pack([PackedFile(path, path.encode()) for path in reversed(paths)], ["pt-BR", "es", "en", "de"])

    assert [(pack.name, list(files_in(pack))) for pack in made] == [
        ("core", ["", "404.html", "assets/a.js", "en", "english/", "fr/"]),
        ("en", ["en/", "en/404.html"]),
        ("es", ["es/", "es/a/"]),
        ("pt-BR", ["pt-BR/b/"]),
    ]


def test_the_same_files_give_the_same_bytes():
    """In whatever order they come: no clock and no chance, a phone would take it for something new."""
    files = pages(40)
    mixed = random.Random(1).sample(files, len(files))

    first, again = packs.pack(files, ["es"]), packs.pack(mixed, ["es"])

    assert first == again
    assert packs.compressed(first[0].body) == packs.compressed(again[0].body)
    assert packs.difference(b"1" + first[0].body, again[0].body) == packs.difference(
        b"1" + again[0].body, first[0].body
    )


def test_a_pack_ends_between_least_and_most(small):
    """Only the last of a language may be shorter; all files are there once, in the order of their paths."""
    for seed in range(5):
        files = [*pages(300, seed), *pages(50, seed, "en")]

        made = packs.pack(files, ["en", "es"])

        for name in ("en", "es"):
            own = [pack for pack in made if pack.name == name]
            assert len(own) > 1
            assert all(2000 <= len(pack.files) <= 4000 for pack in own[:-1])
            assert len(own[-1].files) <= 4000
        assert [path for pack in made for path in files_in(pack)] == sorted(file.path for file in files)


def test_a_long_file_is_a_pack_of_its_own(small):
    """Those before and after it stay small."""
    files = [PackedFile("a", bytes(10)), PackedFile("b", bytes(9000)), PackedFile("c", bytes(10))]

    made = packs.pack(files, [])

    assert [len(pack.files) for pack in made][:2] == [10, 9000]
    assert [list(files_in(pack)) for pack in made] == [["a"], ["b"], ["c"]]


def test_a_new_page_does_not_move_the_ends_of_the_packs_after_it(small):
    """The pack that it comes into changes, and now and then the one or two after it; another language never does."""
    files = [*pages(1000, 4), *pages(100, 4, "en")]
    ids = {pack.id for pack in packs.pack(files, ["en", "es"])}
    changed = []
    for number in range(0, 1000, 25):
        more = [*files, PackedFile(f"es/{number:04}/new/", bytes(100))]

        made = packs.pack(more, ["en", "es"])

        assert {pack.id for pack in made if pack.name == "en"} <= ids
        changed.append(len([pack for pack in made if pack.id not in ids]))

    assert len(ids) > 30
    assert min(changed) >= 1
    assert max(changed) <= 6
    assert sum(changed) <= 2 * len(changed)


def test_what_pages_share_travels_once():
    """Forty pages that differ in a word are little more than one."""
    one, *_ = files = [PackedFile(f"es/{n}/", PAGE.replace(b"%b", str(n).encode()) * 2) for n in range(40)]
    [pack] = packs.pack(files, ["es"])

    assert len(packs.compressed(pack.files)) < len(one.body) * 3


@pytest.mark.parametrize("stream", [b"", b"\0", b"garbage" * 9, packs.compressed(PAGE)[:-1], bytes(400), b"\xff" * 40])
def test_what_is_no_whole_stream_is_told(stream):
    """No bytes are better than some."""
    with pytest.raises(ValueError, match=r"."):
        packs.unpacked(stream)


def noise(seed, length=3000):
    return random.Random(seed).randbytes(length)


TEXT = PAGE * 30
SHAPES = {
    "nothing": (b"", b""),
    "all new": (b"", TEXT),
    "all gone": (TEXT, b""),
    "equal": (TEXT, TEXT),
    "one byte": (b"a", b"b"),
    "more at the beginning": (TEXT, b"more" + TEXT),
    "more at the end": (TEXT, TEXT + b"more"),
    "less at the beginning": (TEXT, TEXT[7:]),
    "less at the end": (TEXT, TEXT[:-7]),
    "more of the same": (TEXT, TEXT * 2),
    "less of the same": (TEXT * 2, TEXT),
    "one byte repeated": (bytes(100), bytes(150)),
    "ends that overlap": (b"abcabc", b"abc"),
    "ends that grow": (b"abc", b"abcabc"),
    "a byte in the middle": (TEXT, TEXT[:500] + b"!" + TEXT[501:]),
    "other bytes": (noise(1), noise(2)),
    "bytes that are all greater": (bytes(range(256)) * 9, bytes((byte + 200) % 256 for byte in range(256)) * 9),
    "halves that changed places": (noise(1) + noise(2), noise(2) + noise(1)),
    "a part that moved far": (noise(1) + bytes(90_000) + noise(2), noise(2) + bytes(90_000) + noise(1)),
    "a part taken out": (noise(1) + noise(2) + noise(3), noise(1) + noise(3)),
    "a long common beginning": (bytes(3 << 20) + noise(1), bytes(3 << 20) + noise(2)),
}


@pytest.mark.parametrize(("former", "now"), SHAPES.values(), ids=SHAPES)
def test_a_difference_leads_from_any_pack_to_any_other(former, now):
    """By the sums and places that the module states."""
    assert patched(former, packs.difference(former, now)) == now


def test_a_difference_leads_wherever_edits_lead():
    """Pieces cut, put in, moved, doubled and changed, hundreds of times."""
    chance = random.Random(14)
    for _ in range(300):
        former = now = b"".join(chance.choice((PAGE, noise(chance.random(), 40), b"")) for _ in range(12))
        for _ in range(chance.randrange(6)):
            first, last = sorted(chance.randrange(len(now) + 1) for _ in "ab")
            piece, rest, place = now[first:last], now[:first] + now[last:], chance.randrange(len(now) + 1)
            now = chance.choice(
                (
                    rest,
                    rest[:place] + piece + rest[place:],
                    now[:place] + piece + now[place:],
                    now[:first] + chance.randbytes(9) + now[last:],
                    now[:place] + bytes(byte ^ 1 for byte in now[place : place + 20]) + now[place + 20 :],
                )
            )

        assert patched(former, packs.difference(former, now)) == now


def test_a_difference_is_small():
    """A word on every page costs little; what stayed costs next to nothing."""
    former = b"".join(PAGE.replace(b"%b", noise(n, 40).hex().encode()) for n in range(400))
    word = former.replace(b"same", b"very same")

    stayed, changed = (packs.compressed(packs.difference(former, now)) for now in (former, word))

    assert len(stayed) < 100
    assert len(changed) < len(packs.compressed(word)) / 20
