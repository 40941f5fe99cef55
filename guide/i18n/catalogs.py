"""PO files read directly: what a message is in a language, and how far it can be trusted."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Message

from guide import files
from guide.config import SOURCE_LOCALE, Paths
from guide.i18n import plurals, po
from guide.i18n.lint import faults, fields_of, header_faults, placeholders
from guide.i18n.plurals import Rule
from guide.i18n.po import ids_of, strings_of
from guide.problems import CatalogError, Problem
from guide.text.markdown import has_words

Key = tuple[str | None, str]
"""Context and (singular) source text: what gettext looks a message up by."""


MOST = 5_000_000
"""Bytes that a PO file may have: more than eight times those of a whole language."""

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
class Entry:
    """The translations of one message (one, or one a plural form), and whether they are of older wording."""

    strings: tuple[str, ...]
    stale: bool


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """All messages of one locale."""

    locale: str
    entries: Mapping[Key, Entry]
    plural_form: Callable[[int], int]
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
        return self._form(singular, None, self.plural_form(number), singular if number == 1 else plural)

    def state_of(self, key: Key) -> State:
        """The state of a message of this locale; missing when one of its plural forms is."""
        entry = self.entries.get(key)
        return State.MISSING if entry and not all(entry.strings) else self.look_up(key[1], key[0])[1]

    def _form(self, message: str, context: str | None, form: int, source: str) -> tuple[str, State]:
        if self.is_source or not has_words(source):
            return source, State.SOURCE
        entry = self.entries.get((context, message))
        if entry is None or form >= len(entry.strings) or not entry.strings[form]:
            return source, State.MISSING
        if entry.stale and not placeholders(entry.strings[form]) <= placeholders(source):
            return source, State.MISSING  # older wording that asks for what this one does not give
        return entry.strings[form], State.STALE if entry.stale else State.TRANSLATED


def po_path(paths: Paths, locale: str) -> Path:
    """Where the catalog of a locale lies."""
    return paths.translations / locale / "LC_MESSAGES" / "messages.po"


def locales(paths: Paths) -> list[str]:
    """The source language first, then every locale that has a folder. Raises CatalogError for an unknown one."""
    found, problems = [], []
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
            found.append(folder.name)
    if problems:
        raise CatalogError(problems)
    return [SOURCE_LOCALE, *found]


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
        found = _ALIASES.get(known, known)
        if is_locale(found):
            return found
    return _ALIASES.get(parts[0], "")


def read(paths: Paths, locale: str) -> tuple[Catalog, list[Problem]]:
    """A catalog and what is wrong with it. A faulty message is left out: it counts as missing."""
    if locale == SOURCE_LOCALE:
        return Catalog(locale=locale, entries={}, plural_form=lambda number: int(number != 1)), []
    shown = paths.shown(po_path(paths, locale))
    file, problems = read_po(po_path(paths, locale), locale, shown)
    rule = rule_of(file.header, locale)
    given = [message for message in file.entries if any(strings_of(message))]
    equal = [message for message in given if (text := key_of(message)[1]) == strings_of(message)[0] and has_words(text)]
    copies = {key_of(message) for message in equal} if len(equal) > _COPIES * len(given) else set()
    entries = {}
    for message in given:
        if key_of(message) not in copies:
            found = [Problem(shown, f"line {message.lineno}", *fault) for fault in faults(message, locale, rule)]
            problems += found
            if not found:
                entries[key_of(message)] = Entry(strings_of(message), message.fuzzy)
    catalog = Catalog(locale=locale, entries=entries, plural_form=rule.form, equal=len(equal), has_copies=bool(copies))
    return catalog, problems


def read_po(path: Path, locale: str, shown: str) -> tuple[po.File, list[Problem]]:
    """A PO file, and what is wrong with the file as a whole."""
    try:
        file = po.read(files.text(path, path.parent.parent.parent, MOST))
    except files.Unusable as fault:
        return po.File(), [Problem(shown, fault.place, fault.what, fault.remedy)]
    except po.Unreadable as error:
        return po.File(), [Problem(shown, f"line {error.line}", f"{error.what}.", f"{error.remedy}.")]
    place = f"line {file.header.lineno}" if file.header else "line 1"
    return file, [Problem(shown, place, what, remedy) for what, remedy in header_faults(file.header, locale)]


def rule_of(header: Message | None, locale: str) -> Rule:
    """The plural rule of a PO file: its own where it has one that can be used, else that of the language."""
    own = fields_of(header).get("Plural-Forms") if header else None
    try:
        return plurals.parse(own) if own else plurals.of_language(locale)
    except ValueError:
        return plurals.of_language(locale)


def key_of(message: Message) -> Key:
    return message.context, ids_of(message)[0]
