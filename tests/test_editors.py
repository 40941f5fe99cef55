"""po.py and merge.py with the editors of others: whichever tool saved a file, a comparison shows what was changed."""

import subprocess
from dataclasses import replace
from difflib import unified_diff

import polib
import pytest

from guide.config import Paths
from guide.content import loader
from guide.i18n import catalogs, extract, po
from guide.i18n.merge import updated
from tests.conftest import ROOT

NEW = "Una traducción nueva, tan larga que se va a más de un renglón en cualquier editor que corte renglones largos."


@pytest.fixture(scope="module")
def pot():
    """The messages of the real guide."""
    return extract.template(extract.occurrences(loader.load(Paths())))


@pytest.fixture(scope="module")
def before(pot):
    """Its Spanish file, brought up to date."""
    return po.written(updated(catalogs.read_po(Paths(), "es")[0], pot, "es"))


def plain(text, path):
    """A plain editor: the lines of one entry are replaced, the rest is not touched."""
    entry = changed_entry(text)
    path.write_text(text.replace(po.entry_text(entry), po.entry_text(replace(entry, strings=(NEW,)))), "utf-8")


def windows(text, path):
    """An editor that ends lines as Windows does, and begins with a byte order mark."""
    plain(text, path)
    path.write_text("\ufeff" + path.read_text("utf-8"), "utf-8", newline="\r\n")


def msgcat(*options):
    def save(text, path):
        plain(text, path)
        subprocess.run(["msgcat", *options, "-o", path, path], check=True)

    return save


def with_polib(text, path):
    path.write_text(text, "utf-8")
    file = polib.pofile(str(path), wrapwidth=60)
    file.find(changed_entry(text).id).msgstr = NEW
    file.save()


def changed_entry(text):
    """One whose translation takes several lines, and after which there are many more."""
    return next(entry for entry in po.read(text).entries[40:] if len(entry.strings[0]) > 200 and not entry.is_plural)


EDITORS = {
    "plain": plain,
    "windows": windows,
    "msgcat": msgcat(),
    "msgcat without wrapping": msgcat("--no-wrap"),
    "msgcat in short lines": msgcat("--width=50"),
    "polib": with_polib,
}


@pytest.mark.parametrize("save", EDITORS.values(), ids=EDITORS)
def test_a_comparison_shows_only_what_the_translator_changed(before, pot, tmp_path, save):
    """One translation changed in an editor, then `make messages`: no other entry looks different."""
    path = tmp_path / "messages.po"
    save(before, path)

    after = po.written(updated(po.read(path.read_text("utf-8-sig")), pot, "es"))

    entry = changed_entry(before)
    rows = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]
    removed = {row[1:] for row in rows if row.startswith("-")}
    added = [row[1:].strip('"') for row in rows if row.startswith("+")]
    assert removed <= set(po.entry_text(entry).splitlines())
    assert "".join(added) == NEW


@pytest.mark.parametrize("folder", [ROOT, ROOT / "tests" / "miniature"], ids=["guide", "miniature"])
def test_the_files_that_we_keep_are_in_their_own_lines(folder):
    """What is checked in is what `make messages` writes."""
    texts = {
        locale: catalogs.po_path(Paths(root=folder), locale).read_text("utf-8")
        for locale in catalogs.locales(Paths(root=folder))[1:]
    }

    assert texts == {locale: po.written(po.read(text)) for locale, text in texts.items()}
