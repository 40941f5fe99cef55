"""What can be wrong with a translation: marks, links, placeholders, figures, and characters that hide.

Translations are input, not code. A message with a fault is never shown; the build names it and stops.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.numbers import get_decimal_symbol, get_group_symbol

from guide.config import SOURCE_LOCALE
from guide.markdown import marks, plain, targets

Fault = tuple[str, str]
"""What is wrong, and what to do."""

_HIDDEN = {"\u200b", "\u2060", "\ufeff", "\u00ad"}
_BIDI = {*"\u200e\u200f\u061c", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
_JOINERS = {"\u200c", "\u200d"}
_ENTITY = re.compile(r"&(?:#\w+|[a-zA-Z]\w*);")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}|%%")
_ADDRESS = re.compile(r"https?://[^\s)]+|www\.[^\s)]+|[\w.+-]+@[\w-]+\.[\w.-]+")
_HALF_DAY = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s*([ap])\.?\s?m\b\.?", re.IGNORECASE)
_CLOCK = re.compile(r"\b(\d{1,2}):(\d\d)\b")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f' ]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?")


def header_faults(source: str, locale: str) -> Iterator[Fault]:
    """What is wrong with the header of a PO file, given as text."""
    if not re.search(r'^msgid ""\s*\nmsgstr ""\s*\n"', source, re.MULTILINE):
        yield "the file has no header.", "Put back the first entry, with Content-Type and Plural-Forms."
        return
    rule = re.search(r'"Plural-Forms: *(.*?)(?:\\n)?"', source)
    wanted = get_plural(locale)
    if rule and _bare(rule[1]) != _bare(str(wanted)):
        yield "the plural rule is not the one of this language.", f"Write: Plural-Forms: {wanted}"


def faults(message: Message, locale: str) -> Iterator[Fault]:
    """What is wrong with the translation of a message, compared with the text it was made from."""
    sources = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    is_content = any(file.startswith("content/") for file, _ in message.locations)
    older = message.previous_id if message.fuzzy and message.previous_id else sources
    for number, string in enumerate(strings):
        if not string:
            continue
        source = older[min(number, len(older) - 1)]
        yield from _characters(string)
        yield from _placeholders(source, string, is_content)
        if is_content:
            yield from _markdown(source, string, locale)
        yield from _addresses(source, string)
        yield from _figures(source, string, locale, plural=len(strings) > 1)


def _characters(string: str) -> Iterator[Fault]:
    for sign in "<>":
        if sign in string:
            yield f"the translation contains {sign}.", "Write it in words; HTML is not allowed."
    if found := _ENTITY.search(string):
        yield f"the translation contains {found[0]}.", "Write the character itself."
    foreign = any(char >= "\u0590" for char in string)
    for char in sorted(set(string)):
        hidden = char in _HIDDEN or (char in _JOINERS and not foreign)
        if char in _BIDI or hidden or (unicodedata.category(char) == "Cc" and char != "\n"):
            name = unicodedata.name(char, "control character")
            yield f"the translation contains the invisible character U+{ord(char):04X} ({name.lower()}).", "Remove it."


def _placeholders(source: str, string: str, is_content: bool) -> Iterator[Fault]:
    if is_content:
        return
    wanted, found = Counter(_PLACEHOLDER.findall(source)), Counter(_PLACEHOLDER.findall(string))
    if set(wanted) != set(found):
        yield f"the placeholders differ: {_list(wanted)} in the source, {_list(found)} here.", "Copy them unchanged."
    elif "%" in _PLACEHOLDER.sub("", string):
        yield "there is a lone % in the translation.", "Write %% for a per cent sign."


def _markdown(source: str, string: str, locale: str) -> Iterator[Fault]:
    wanted = Counter(href for href in targets(source) if not href.startswith("lang:"))
    found = Counter(href for href in targets(string) if not href.startswith("lang:"))
    if wanted != found:
        yield (
            f"the links differ: {_list(wanted)} in the source, {_list(found)} here.",
            "Copy what stands in (…) unchanged.",
        )
    left = plain(string)
    if any(sign in left and sign not in plain(source) for sign in ("*", "](", "`")):
        yield (
            "a mark is not closed, or a link leads nowhere allowed.",
            "Close every * and write links as [words](target).",
        )
    elif ("strong" in marks(source)) != ("strong" in marks(string)):
        yield "the **strong** words differ from the source.", "Mark the same words with **."


def _addresses(source: str, string: str) -> Iterator[Fault]:
    wanted, found = Counter(_ADDRESS.findall(source)), Counter(_ADDRESS.findall(string))
    if wanted != found:
        yield f"the addresses differ: {_list(wanted)} in the source, {_list(found)} here.", "Copy them unchanged."


def _figures(source: str, string: str, locale: str, plural: bool) -> Iterator[Fault]:
    wanted, found = figures(source, SOURCE_LOCALE), figures(string, locale)
    if plural:
        return
    if wanted != found:
        lost, added = wanted - found, found - wanted
        yield (
            f"the figures differ: {_list(lost)} only in the source, {_list(added)} only here.",
            "Compare the numbers, dates and times.",
        )


def figures(text: str, locale: str) -> Counter[str]:
    """The numbers and times of a text, in one notation: `17,000` and `17.000` → `17000`, `4 p.m.` → `16:00`."""
    found: list[str] = []

    def half_day(match: re.Match[str]) -> str:
        hour = int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0)
        found.append(f"{hour:02}:{match[2] or '00'}")
        return " "

    def clock(match: re.Match[str]) -> str:
        found.append(f"{int(match[1]):02}:{match[2]}")
        return " "

    text = _ADDRESS.sub(" ", _PLACEHOLDER.sub(" ", text))
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = _CLOCK.sub(clock, _HALF_DAY.sub(half_day, text))
    decimal, group = get_decimal_symbol(locale), get_group_symbol(locale)
    for match in _NUMBER.finditer(text):
        found.append(_canonical(match[0], decimal, group))
    return Counter(found)


def _canonical(number: str, decimal: str, group: str) -> str:
    for separator in {group, "\u00a0", "\u202f", "'", " "}:
        number = re.sub(rf"(?<=\d){re.escape(separator)}(?=\d{{3}}(?!\d))", "", number)
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in number)
    return digits.replace(decimal, ".")


def _list(items: Counter[str]) -> str:
    return ", ".join(sorted(items.elements())) or "none"


def _bare(rule: str) -> str:
    return re.sub(r"[\s()]", "", rule).rstrip(";")
