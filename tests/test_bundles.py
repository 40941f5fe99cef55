"""bundles.py: many files in one download, and every one of them comes out as it went in."""

import gzip

import pytest

from guide.publish import bundles

PAGE = b"<title>%b</title>\n<body>\n<p>The same long paragraph stands on every page, word for word.</p>\n"


def unpacked(bundle):
    """The files of a bundle, read by the rules that the module states, with nothing of its code."""
    head, _, new = gzip.decompress(bundle).partition(b"\n\n")
    length, *lines = head.decode().split("\n")
    text, files, onward = bytearray(), {}, 0
    for line in lines:
        path, *numbers = line.split(" ")
        begin = len(text)
        steps = [int(number, 36) for number in numbers]
        for at in range(0, len(steps), 3):
            fresh = steps[at]
            text, new = text + new[:fresh], new[fresh:]
            if at + 1 < len(steps):
                source = onward + fresh + steps[at + 2]
                text += text[source : source + steps[at + 1]]
                onward = source + steps[at + 1]
        files[path] = bytes(text[begin:])
    assert (len(text), new) == (int(length), b"")
    return files


CASES = {
    "one empty file": {"a": b""},
    "one file": {"a": b"<p>one</p>\n"},
    "the same file twice": {"a": PAGE * 3, "b": PAGE * 3},
    "pages that differ in a word": {f"es/{n}/": PAGE.replace(b"%b", str(n).encode()) * 2 for n in range(40)},
    "letters of several bytes": {"a": "Medellín, añil: ✓ ".encode() * 20, "b": "Medellín, añil! ✓ ".encode() * 20},
    "empty lines": {"a": b"\n\n\n" * 50, "b": b"x\n\n\n" * 50},
}


@pytest.mark.parametrize("files", CASES.values(), ids=CASES)
def test_every_file_comes_out_as_it_went_in(files):
    """Order, paths and bytes are kept."""
    found = unpacked(bundles.pack(files))

    assert found == files
    assert list(found) == list(files)


def test_what_pages_share_is_there_once():
    """Forty pages that differ in a word are little more than one."""
    files = CASES["pages that differ in a word"]
    one = next(iter(files.values()))

    bundle = bundles.pack(files)

    assert gzip.decompress(bundle).count(b"word for word") == 1
    assert len(bundle) < len(one) * 5


def test_the_same_files_give_the_same_bundle():
    """No clock and no chance: a phone would take it for something new."""
    files = CASES["letters of several bytes"]

    assert bundles.pack(files) == bundles.pack(files)


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (35, "z"), (36, "10"), (-37, "-11"), (123456, "2n9c")])
def test_numbers_are_written_as_scripts_read_them(number, text):
    """parseInt(text, 36) gives the number back."""
    assert bundles.base36(number) == text
    assert int(text, 36) == number
