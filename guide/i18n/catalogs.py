"""What a message is in a language, and how far it can be trusted: PO files read directly, without compiling them.

`read` refuses what can't be trusted. `po.py` says why a line can't be read, `lint.py` why a translation can't be shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from babel import Locale, UnknownLocaleError

from guide import files
from guide.cache import Cache, key, program
from guide.config import SOURCE_LOCALE, Paths
from guide.i18n import plurals, po
from guide.i18n.lint import Sound, faults, fields_of, header_faults, placeholders
from guide.i18n.plurals import Rule
from guide.i18n.po import Key
from guide.problems import CatalogError, Problem
from guide.text.markdown import has_words

MOST = 20_000_000
"""Bytes that a PO file may have: those of a language of a guide with thousands of sites."""

_COPIES = 0.25
"""Names and numbers are rightly equal in two languages, about one message in a hundred. Where more than this part of
a catalog equals its source, a tool filled in the source where a translation is missing."""

_ALIASES = {
    "zh_CN": "zh_Hans",
    "zh_SG": "zh_Hans_SG",
    "zh_TW": "zh_Hant",
    "zh_HK": "zh_Hant_HK",
    "zh_MO": "zh_Hant_MO",
    "lzh": "zh_Hant",
    "kmr": "ku",
    "sh": "sr_Latn",
    "tl": "fil",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "jw": "jv",
    "mo": "ro",
    "cmn": "zh_Hans",
    "prs": "fa_AF",
    "pes": "fa",
}
"""Codes of Weblate, of other tools and of former standards, and what the CLDR calls the language."""

_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva", "hans": "Hans", "hant": "Hant"}


class State(StrEnum):
    """How far a text in a language can be trusted."""

    SOURCE = "source"
    TRANSLATED = "translated"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Translation:
    """What a message is in a language: one string, or one a plural form; and whether it is of older wording."""

    strings: tuple[str, ...]
    is_stale: bool


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """All translations of one locale that can be shown."""

    locale: str
    translations: Mapping[Key, Translation]
    rule: Rule
    """Which plural form a number takes."""
    equal: int = 0
    """How many translations are the source text again."""
    has_copies: bool = False
    """Whether these are so many that they are taken for missing."""

    @property
    def tag(self) -> str:
        """The locale as HTML and addresses write it: `pt_BR` → `pt-BR`."""
        return self.locale.replace("_", "-")

    @property
    def is_source(self) -> bool:
        return self.locale == SOURCE_LOCALE

    def look_up(self, message: str, context: str | None = None) -> tuple[str, State]:
        """The text to show for a message, and its state. Never empty."""
        return self._form(message, context, 0, message)

    def look_up_plural(self, singular: str, plural: str, number: int) -> tuple[str, State]:
        """The same for a message that depends on a number."""
        return self._form(singular, None, self.rule.form(number), singular if number == 1 else plural)

    def state_of(self, key: Key) -> State:
        """The state of a message of this locale; missing when one of its plural forms is."""
        translation = self.translations.get(key)
        return State.MISSING if translation and not all(translation.strings) else self.look_up(key[1], key[0])[1]

    def _form(self, message: str, context: str | None, form: int, source: str) -> tuple[str, State]:
        if self.is_source or not has_words(source):
            return source, State.SOURCE
        translation = self.translations.get((context, message))
        if translation is None or form >= len(translation.strings) or not translation.strings[form]:
            return source, State.MISSING
        text = translation.strings[form]
        if translation.is_stale and not placeholders(text) <= placeholders(source):
            return source, State.MISSING  # older wording that asks for what this one does not give
        return text, State.STALE if translation.is_stale else State.TRANSLATED


def po_path(paths: Paths, locale: str) -> Path:
    """Where the catalog of a locale lies."""
    return paths.translations / locale / "LC_MESSAGES" / "messages.po"


def locales(paths: Paths) -> list[str]:
    """The source language first, then every locale that has a folder. Raises CatalogError for an unknown one."""
    names, problems = [], []
    for folder in sorted(paths.translations.glob("*")):
        shown = paths.shown(folder)
        if files.is_left_alone(folder) or folder.name == "messages.pot":
            continue
        if not folder.is_dir():
            remedy = "Put it at translations/<locale>/LC_MESSAGES/messages.po, or move it elsewhere."
            problems.append(Problem(shown, "", "nothing in the guide reads this file.", remedy))
        elif not is_locale(folder.name):
            name = locale_for(folder.name)
            remedy = f"Rename it to {name}" if name else "Name the folder like es or pt_BR"
            what = f'"{folder.name}" is not the name of a locale here.'
            problems.append(Problem(shown, "", what, f"{remedy}, or move it elsewhere."))
        elif folder.name == SOURCE_LOCALE:
            problems.append(Problem(shown, "", "this is the language of the content.", "Remove the folder."))
        elif not files.is_there(po_path(paths, folder.name)):
            problems.append(
                Problem(
                    f"{shown}/LC_MESSAGES/messages.po",
                    "",
                    "this file is missing.",
                    f"Make it with: flask --app guide messages init {folder.name}",
                )
            )
        else:
            names.append(folder.name)
    if problems:
        raise CatalogError(problems)
    return [SOURCE_LOCALE, *names]


def is_locale(name: str) -> bool:
    """Whether a folder name is a locale that is known and written the usual way, such as `pt_BR`."""
    try:
        return str(Locale.parse(name)) == name != "root" and "@" not in name
    except (UnknownLocaleError, ValueError, TypeError):
        return False


def locale_for(name: str) -> str:
    """The locale that a code of another tool means: `pt-BR` → `pt_BR`, `zh_CN` → `zh_Hans`; empty for none."""
    code, _, modifier = re.sub(r"\.[\w-]*", "", name).replace("-r", "_").replace("-", "_").partition("@")
    language, *rest = code.split("_")
    parts = [language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)]
    if modifier.lower() in _SCRIPTS:
        parts.insert(1, _SCRIPTS[modifier.lower()])
    for end in range(len(parts), 0, -1):
        known = "_".join(parts[:end])
        name = _ALIASES.get(known, known)
        if is_locale(name):
            return name
    return _ALIASES.get(parts[0], "")


def read(paths: Paths, locale: str, cache: Cache | None = None) -> tuple[Catalog, list[Problem]]:
    """The catalog of a locale, and everything that is wrong with its PO file.

    Strings that a cache knows for sound are not compared again.
    """
    if locale == SOURCE_LOCALE:
        return Catalog(locale=locale, translations={}, rule=plurals.of_language(locale)), []
    file, problems = read_po(paths, locale)
    cache, name = cache or Cache(), key("sound", program(), locale)
    sound = Sound.unpacked(cache.get(name) or b"")
    catalog, refused = of_file(file, paths, locale, sound)
    cache.put(name, sound.packed())
    return catalog, problems + refused


def read_po(paths: Paths, locale: str) -> tuple[po.File, list[Problem]]:
    """The PO file of a locale, and what is wrong with it as a whole; an empty one where it can't be read."""
    path = po_path(paths, locale)
    shown = paths.shown(path)
    try:
        file = po.read(files.text(path, paths.translations, MOST))
    except files.Unusable as fault:
        return po.File(), [Problem(shown, fault.place, fault.what, fault.remedy)]
    except po.Unreadable as error:
        return po.File(), [Problem(shown, f"line {error.line}", f"{error.what}.", f"{error.remedy}.")]
    place = f"line {file.header.line}" if file.header else "line 1"
    return file, [Problem(shown, place, what, remedy) for what, remedy in header_faults(file.header, locale)]


def read_po_files(paths: Paths) -> dict[str, po.File]:
    """The PO file of every locale. Raises CatalogError when one is wrong as a whole."""
    read = {locale: read_po(paths, locale) for locale in locales(paths)[1:]}
    problems = [problem for _, wrong in read.values() for problem in wrong]
    if problems:
        raise CatalogError(problems)
    return {locale: file for locale, (file, _) in read.items()}


def of_file(file: po.File, paths: Paths, locale: str, sound: Sound | None = None) -> tuple[Catalog, list[Problem]]:
    """The catalog that a PO file makes, and the entries that are refused: each fault with the line of its entry.

    A refused entry is left out, so its message counts as missing.
    """
    rule, shown = rule_of(file.header, locale), paths.shown(po_path(paths, locale))
    given = [entry for entry in file.entries if entry.is_given]
    equal = {entry.key for entry in given if entry.id == entry.strings[0] and has_words(entry.id)}
    has_copies = len(equal) > _COPIES * len(given)
    translations, problems = {}, []
    for entry in given:
        if has_copies and entry.key in equal:
            continue
        wrong = faults(entry, locale, rule, sound)
        refused = [Problem(shown, f"line {entry.line}", what, remedy) for what, remedy in wrong]
        problems += refused
        if not refused:
            translations[entry.key] = Translation(entry.strings, entry.is_fuzzy)
    catalog = Catalog(locale=locale, translations=translations, rule=rule, equal=len(equal), has_copies=has_copies)
    return catalog, problems


def rule_of(header: po.Entry | None, locale: str) -> Rule:
    """The plural rule of a PO file: its own where it has one that can be used, else that of the language."""
    own = fields_of(header).get("Plural-Forms") if header else None
    try:
        return plurals.parse(own) if own else plurals.of_language(locale)
    except ValueError:
        return plurals.of_language(locale)
