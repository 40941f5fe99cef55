"""Why the translation of an entry is refused: marks, links, placeholders, figures, and characters that hide.

Translations are input, not code. A message with a fault is never shown; the build names it and stops. `faults` makes
the sentences about an entry, `header_faults` those about the first entry of a file; `po.py` makes those about lines
that can't be read.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message as Fields
from email.parser import HeaderParser
from functools import lru_cache
from hashlib import blake2b

from guide.i18n import plurals
from guide.i18n.plurals import Rule
from guide.i18n.po import Entry
from guide.text import figures
from guide.text.markdown import parse

Fault = tuple[str, str]
"""What is wrong, and what to do."""

_INVISIBLE = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
"""Unicode categories of what nobody sees: controls, marks of direction, unassigned and private characters."""

_HARMLESS = frozenset("\n\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060")
"""What some languages can't be written without: joiners, places to break a line, marks of direction for one sign."""

_ISOLATES, _END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_BROKEN = "\ufffd"

_CONFLICT = "#-#-#-#-#"
_TWO_VERSIONS = (
    f"the translation holds two versions, joined by the mark {_CONFLICT} of msgcat.",
    "Keep the right one and remove the mark.",
)
_ENTITY = re.compile(r"&(?:#\w+|[a-zA-Z]\w*);")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}|%%")
_LENGTH, _MORE = 5, 200
"""A translation may have this many times the characters of its source, and this many more."""

_LONGEST = 20_000
"""Nothing longer is a paragraph, and nobody could compare it."""

_MARK = 16
"""Bytes of the mark of a sound string."""

_ADDRESS = re.compile(r"https?://[^\s)]+|www\.[^\s)]+|(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]+")
_DIGIT = re.compile(r"\d")
_TARGET = re.compile(r"\]\([^()]*\)")


@dataclass
class Sound:
    """Strings in which nothing is wrong, by their marks: those that were compared `before`, and those met `now`."""

    before: frozenset[bytes] = frozenset()
    now: set[bytes] = field(default_factory=set)

    @classmethod
    def unpacked(cls, body: bytes) -> "Sound":
        """What `packed` returned before."""
        return cls(frozenset(body[at : at + _MARK] for at in range(0, len(body), _MARK)))

    def packed(self) -> bytes:
        """The marks of all strings met, to be kept for the next time."""
        return b"".join(sorted(self.now))

    @staticmethod
    def mark(*compared: object) -> bytes:
        """A digest of everything that is compared."""
        return blake2b(repr(compared).encode(), digest_size=_MARK).digest()


def header_faults(header: Entry | None, locale: str) -> Iterator[Fault]:
    """What is wrong with the header of a PO file; None when there is none."""
    if header is None or not header.is_given:
        yield "the file has no header.", "Put back the first entry, with Content-Type and Plural-Forms."
        return
    if _CONFLICT in header.strings[0]:
        yield _TWO_VERSIONS
    fields = fields_of(header)
    charset = str(fields.get_content_charset("utf-8"))
    if charset not in ("utf-8", "utf8"):
        yield f"the header says that the text is {charset}.", "Write: Content-Type: text/plain; charset=utf-8"
    for rule in fields.get_all("Plural-Forms", []):
        try:
            plurals.parse(str(rule))
        except ValueError as error:
            yield str(error), f"Write: Plural-Forms: {plurals.of_language(locale).text}"


def fields_of(header: Entry) -> Fields:
    """The fields of a header by their names, in whatever case they are written."""
    return HeaderParser().parsestr(header.strings[0])


def faults(entry: Entry, locale: str, rule: Rule, sound: Sound | None = None) -> Iterator[Fault]:
    """What is wrong with the translation of an entry, compared with the text it was made from.

    `rule` says how many plural forms the catalog has, and which numbers take each. What is in `sound` is not compared
    again, and what turns out to be is added to it.
    """
    sound = Sound() if sound is None else sound
    is_content = bool(entry.references) and all(file.startswith("content/") for file in entry.references)
    forms = rule.forms if entry.is_plural else 1
    if len(entry.strings) != forms:
        yield (
            f"there are {len(entry.strings)} plural forms, the plural rule of the file has {forms}.",
            f"Write msgstr[0] to [{forms - 1}].",
        )
        return
    sources = entry.previous_ids if entry.is_fuzzy and entry.previous_ids else entry.ids
    for number, string in enumerate(entry.strings):
        if not string:
            continue
        source = sources[min(number, len(sources) - 1)]
        if len(string) > min(_LENGTH * len(source) + _MORE, _LONGEST) or len(source) > _LONGEST:
            yield f"the translation has {len(string):,} characters, the source {len(source):,}.", "Shorten it."
        else:
            compared = (source, string, is_content, locale if forms == 1 else None)
            mark = sound.mark(*compared)
            if mark not in sound.before:
                found = _compared(*compared)
                yield from found
                if found:
                    continue
            sound.now.add(mark)


@lru_cache(maxsize=10_000)
def _compared(source: str, string: str, is_content: bool, locale: str | None) -> tuple[Fault, ...]:
    """The faults of one string, remembered: who edits a sentence and looks again waits for that one alone.

    Without a locale figures are not compared.
    """
    return (
        *((_TWO_VERSIONS,) if _CONFLICT in string else ()),
        *_characters(string),
        *_placeholders(source, string, is_content),
        *_markdown(source, string),
        *_addresses(source, string),
        *(_figures(source, string, locale) if locale else ()),
    )


def _characters(string: str) -> Iterator[Fault]:
    for sign in "<>":
        if sign in string:
            yield f"the translation contains {sign}.", "Write it in words; HTML is not allowed."
    if entity := _ENTITY.search(string):
        yield f"the translation contains {entity[0]}.", "Write the character itself."
    allowed = _HARMLESS | (set(_ISOLATES + _END_OF_ISOLATE) if _is_balanced(string) else set())
    for char in sorted(set(string) - allowed):
        if unicodedata.category(char) in _INVISIBLE:
            name = unicodedata.name(char, "control character")
            yield f"the translation contains the invisible character U+{ord(char):04X} ({name.lower()}).", "Remove it."
    if _BROKEN in string:
        yield f"the translation contains {_BROKEN}, which stands for a letter that was lost.", "Write the letter."


def _is_balanced(string: str) -> bool:
    """Whether every isolated piece of text, such as a name from right to left, is closed again."""
    depth = 0
    for char in string:
        depth += (char in _ISOLATES) - (char == _END_OF_ISOLATE)
        if depth < 0:
            return False
    return depth == 0


def placeholders(text: str) -> set[str]:
    """The places of a message that something is put into, such as `%(count)s` and `{station}`."""
    return set(_PLACEHOLDER.findall(text))


def _placeholders(source: str, string: str, is_content: bool) -> Iterator[Fault]:
    wanted, given = Counter(_PLACEHOLDER.findall(source)), Counter(_PLACEHOLDER.findall(string))
    if set(wanted) != set(given):
        yield f"the placeholders differ: {_list(wanted)} in the source, {_list(given)} here.", "Copy them unchanged."
    elif "%" in _PLACEHOLDER.sub("", string) and not is_content:
        yield "there is a lone % in the translation.", "Write %% for a per cent sign."


def _markdown(source: str, string: str) -> Iterator[Fault]:
    wanted = Counter(href for href in parse(source).targets if not href.startswith("lang:"))
    given = Counter(href for href in parse(string).targets if not href.startswith("lang:"))
    if wanted != given:
        yield (
            f"the links differ: {_list(wanted)} in the source, {_list(given)} here.",
            "Copy what stands in (…) unchanged.",
        )
    left = parse(string).plain
    if any(sign in left and sign not in parse(source).plain for sign in ("*", "](", "`")):
        yield (
            "a mark is not closed, or a link leads nowhere allowed.",
            "Close every * and write links as [words](target).",
        )
    elif ("strong" in parse(source).formats) != ("strong" in parse(string).formats):
        yield "the **strong** words differ from the source.", "Mark the same words with **."


def _addresses(source: str, string: str) -> Iterator[Fault]:
    wanted, given = Counter(_ADDRESS.findall(source)), Counter(_ADDRESS.findall(string))
    if wanted != given:
        yield f"the addresses differ: {_list(wanted)} in the source, {_list(given)} here.", "Copy them unchanged."


def _figures(source: str, string: str, locale: str) -> Iterator[Fault]:
    lost, added = figures.differences(_without_codes(source), _without_codes(string), locale)
    if lost or added:
        yield (
            f"the figures differ: {_list(lost)} only in the source, {_list(added)} only here.",
            "Compare the numbers, dates and times.",
        )


def _without_codes(text: str) -> str:
    """A text without addresses, targets of links and placeholders, whose digits are no figures."""
    return _TARGET.sub("]", _ADDRESS.sub(" ", _PLACEHOLDER.sub(" ", text))) if _DIGIT.search(text) else text


def _list(items: Counter[str]) -> str:
    return ", ".join(item or "an empty one" for item in sorted(items.elements())) or "none"
