"""Pseudo-locales: catalogs made by rule, in which whatever escaped translation, or does not fit, can be seen."""

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from guide import create_app
from guide.config import Paths, Settings
from guide.content import loader
from guide.i18n import catalogs, extract, merge, plurals, po
from guide.publish.build import build

ACCENTED = "cy"
"""A locale that no one translates the guide into and that writes numbers like English; it carries the accents."""

MIRRORED = "ur"
"""The same from right to left."""

_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTS = str.maketrans(_LATIN, "áƀćđéƒǵħíĵķłḿńóƥɋŕśŧúṽŵẋýźÁƁĆĐÉƑǴĦÍĴĶŁḾŃÓƤɊŔŚŦÚṼŴẊÝŹ")
_ARABIC = str.maketrans(_LATIN, "ابتثجحخدذرزسشصضطظعغفقكلمنه" * 2)
KEPT = re.compile(r"(%\(\w+\)s|\{\w+\}|\]\([^)]*\)|\b[ap]\.m\.)")


def accented(message: str) -> str:
    """Every letter with an accent; placeholders and link targets stay."""
    return _changed(message, lambda part: part.translate(_ACCENTS))


def longer(message: str) -> str:
    """Accented, and every word two fifths longer, as translations into other languages may be."""
    return _changed(message, lambda part: re.sub(r"[A-Za-z]+", _stretched, part).translate(_ACCENTS))


def mirrored(message: str) -> str:
    """In letters that run from right to left."""
    return _changed(message, lambda part: part.translate(_ARABIC))


def _stretched(word: re.Match[str]) -> str:
    return word[0] + word[0][-1] * -(-len(word[0]) * 2 // 5)


def _changed(message: str, change: Callable[[str], str]) -> str:
    return "".join(part if KEPT.fullmatch(part) else change(part) for part in KEPT.split(message))


UNTRANSLATED, OLDER = "fo", "ga"
"""Locales for a catalog without any translation, and for one in which every translation is of older wording."""


GUIDES = {"miniature": Paths().root / "tests/miniature/content", "guide": Paths().content}
"""The content of either guide."""


def freeze(root: Path, content: Path, locale: str, change: Callable[[str], str], in_every_state: bool = False) -> Path:
    """A guide of this content with one translation, made by a rule; the folder of the build.

    With `in_every_state` there are two languages more, one untranslated and one all stale.
    """
    shutil.copytree(content, root / "content")
    shutil.copytree(Paths().static, root / "static")
    paths = Paths(root=root)
    pot = extract.template(extract.occurrences(loader.load(paths)))
    _write(paths, pot, locale, change)
    if in_every_state:
        _write(paths, pot, UNTRANSLATED, lambda message: "")
        _write(paths, pot, OLDER, change, is_stale=True)
    build(create_app(Settings(paths=paths)), root / "build")
    return root / "build"


def _write(
    paths: Paths, pot: Iterable[po.Entry], locale: str, change: Callable[[str], str], is_stale: bool = False
) -> None:
    forms = plurals.of_language(locale).forms
    flags = {"fuzzy"} if is_stale else set()
    entries = tuple(
        replace(entry, strings=(change(entry.id),) * (forms if entry.is_plural else 1), flags=entry.flags | flags)
        for entry in pot
    )
    path = catalogs.po_path(paths, locale)
    path.parent.mkdir(parents=True)
    path.write_text(po.written(replace(merge.new(pot, locale, "Pseudo"), entries=entries)), "utf-8")
