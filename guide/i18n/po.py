"""PO files: what their entries say and on which lines they stand, and the one way in which we write them.

Babel reads a lost quotation mark, a doubled message or an unknown encoding without a word, and takes the older
wording (`#|`) for a comment. A translator deserves the line instead, so the reading is done here: whatever GNU gettext
takes is taken. An entry is always written in the same lines, whichever editor wrapped it before, so that a comparison
of two files shows what a translator changed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from textwrap import wrap

from babel.messages.catalog import Message
from babel.messages.pofile import normalize

_TOKEN = re.compile(
    r'\s*(?:(msgctxt|msgid_plural|msgid|msgstr)\b(?:\s*\[\s*(\d{1,2})\s*\]|(?!\s*\[))|"((?:[^"\\]|\\.)*)"|(#.*))',
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", '"': '"', "\\": "\\"}
_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: |$)")
_NEXT = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[0]",),
}
_FORMATS = {"python-format", "python-brace-format"}
"""Flags that say how a text is filled in. Only the guide's own template knows."""

_WIDTH = 79
_LONGEST = 1000
"""Words of more letters than this are not wrapped: Babel would search them for a hyphen for ever."""


class Unreadable(Exception):
    """A line of a PO file does not fit; `what` says why and `remedy` what to do, as sentences without their stop."""

    def __init__(self, what: str, line: int, remedy: str = "") -> None:
        super().__init__(what)
        self.what, self.line = what, line
        self.remedy = remedy or "Open the file in Poedit, or compare with the lines around it"


@dataclass(frozen=True)
class File:
    """What a PO file says. `tail` are the comments after its last entry."""

    header: Message | None = None
    entries: tuple[Message, ...] = ()
    obsolete: tuple[Message, ...] = ()
    tail: tuple[str, ...] = ()


def read(text: str) -> File:
    """The text of a PO file, older wording and obsolete entries included. Raises Unreadable."""
    units, tail = _units(text)
    seen: dict[object, int] = {}
    for message, line in ((unit.message, unit.message.lineno or 1) for unit in units if not unit.is_obsolete):
        key = (message.context, *ids_of(message)[:1])
        if key in seen:
            raise Unreadable(f"this message stands on line {seen[key]} already", line)
        seen[key] = line
    living = [unit.message for unit in units if not unit.is_obsolete]
    has_header = bool(units) and not units[0].is_obsolete and not units[0].message.id
    return File(
        living[0] if has_header else None,
        tuple(message for message in living if message.id),
        tuple(unit.message for unit in units if unit.is_obsolete and unit.message.id),
        tuple(tail),
    )


def written(file: File) -> str:
    """A PO file as it is written to disk: the same text for the same entries."""
    parts = [entry_text(entry) for entry in ([file.header] if file.header else []) + list(file.entries)]
    parts += [entry_text(entry, is_obsolete=True) for entry in file.obsolete]
    parts += ["".join(f"{row}\n" for row in file.tail)] if file.tail else []
    return "\n".join(parts)


def entry_text(entry: Message, is_obsolete: bool = False) -> str:
    """A message as it is written to a PO file; behind `#~` when the guide no longer has it."""
    sign, older = ("#~ ", "#~| ") if is_obsolete else ("", "#| ")
    rows = [f"# {comment}".rstrip() for comment in entry.user_comments]
    if not is_obsolete:
        rows += [f"#. {row}" for note in entry.auto_comments for row in wrap(note, _WIDTH, break_long_words=False)]
        rows += [f"#: {row}" for row in _locations(entry)]
    if flags := sorted(entry.flags - {"python-format"}):
        rows.append(f"#, {', '.join(flags)}")
    rows += _strings(zip(("msgid", "msgid_plural"), entry.previous_id, strict=False), older)
    rows += _strings([("msgctxt", entry.context)] if entry.context is not None else [], sign)
    rows += _strings(zip(("msgid", "msgid_plural"), ids_of(entry), strict=False), sign)
    strings = strings_of(entry)
    is_plural = isinstance(entry.id, (tuple, list))
    rows += _strings(((f"msgstr[{n}]" if is_plural else "msgstr", row) for n, row in enumerate(strings)), sign)
    return "".join(f"{row}\n" for row in rows)


def ids_of(message: Message) -> tuple[str, ...]:
    """The source text of a message; two for one that depends on a number."""
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)


def strings_of(message: Message) -> tuple[str, ...]:
    """The translation of a message, one string a plural form."""
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return tuple(string or "" for string in strings)


def own_flags(message: Message) -> set[str]:
    """What a translator or editor says of an entry, such as `no-wrap`: its flags without those that are ours."""
    return message.flags - _FORMATS - {"fuzzy"}


def _locations(entry: Message) -> list[str]:
    files = " ".join(sorted({file for file, _ in entry.locations}))
    return wrap(files, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _strings(pairs: Iterable[tuple[str, str]], sign: str) -> list[str]:
    return [f"{sign}{keyword} {_normalized(text, sign)}" for keyword, text in pairs]


def _normalized(text: str, sign: str) -> str:
    longest = max(map(len, text.split()), default=0)
    return normalize(text, sign, _WIDTH if longest < _LONGEST else 0)


@dataclass(frozen=True)
class _Unit:
    message: Message
    is_obsolete: bool


@dataclass
class _Draft:
    """An entry while its lines are read."""

    line: int = 1
    last: str = ""
    is_obsolete: bool = False
    strings: dict[str, str] = field(default_factory=dict)
    previous: list[str] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=lambda: {":": [], ",": [], ".": [], "": []})
    rows: list[str] = field(default_factory=list)
    """The comments as they stand in the file."""

    @property
    def is_whole(self) -> bool:
        return self.last.startswith("msgstr") and self.last in self.strings

    def comment(self, line: int, row: str) -> None:
        if self.last:
            raise Unreadable("a comment stands inside an entry", line)
        self.rows.append(row)
        kind = row[1:2].replace("=", ",") if row[1:2] in (":", ",", ".", "=") else ""
        text = row[1 + len(kind) :]
        self.comments[kind].append(text.strip() if kind else text.removeprefix(" ").rstrip())

    def older(self) -> list[str]:
        """The older wording, singular first. Babel used to wrap it in the middle of a string, so rows are joined."""
        texts: dict[str, str] = {}
        name = "msgid"
        row, at = " ".join(self.previous), 0
        while (token := _TOKEN.match(row, at)) and token[4] is None:
            at = token.end()
            name = token[1] or name
            texts[name] = texts.get(name, "") + (_unescaped(token[3]) or "" if token[3] else "")
        return [texts[name] for name in ("msgid", "msgid_plural") if name in texts]

    def keyword(self, line: int, keyword: str, is_obsolete: bool) -> None:
        if keyword not in self._next():
            raise Unreadable(f"{keyword} does not belong here", line)
        if self.last and is_obsolete != self.is_obsolete:
            raise Unreadable("only a part of this entry begins with #~", line)
        self.last, self.is_obsolete = keyword, is_obsolete
        self.line = line if keyword == "msgid" else self.line

    def string(self, line: int, text: str, is_obsolete: bool) -> None:
        if not self.last:
            raise Unreadable("this text belongs to no entry", line)
        if is_obsolete != self.is_obsolete:
            raise Unreadable("only a part of this entry begins with #~", line)
        self.strings[self.last] = self.strings.get(self.last, "") + text

    def _next(self) -> tuple[str, ...]:
        if self.last and self.last not in self.strings:
            return ()
        if self.last.startswith("msgstr["):
            return (f"msgstr[{int(self.last[7:-1]) + 1}]",)
        return _NEXT.get(self.last, ())

    def unit(self) -> _Unit:
        strings = tuple(text for keyword, text in self.strings.items() if keyword.startswith("msgstr"))
        sources = tuple(self.strings[keyword] for keyword in ("msgid", "msgid_plural") if keyword in self.strings)
        message = Message(
            sources if len(sources) > 1 else sources[0],
            strings if len(sources) > 1 else strings[0],
            [(re.sub(r":\d+$", "", file), 0) for row in self.comments[":"] for file in row.split()],
            (),
            [row for row in self.comments["."] if row],
            self.comments[""],
            self.older(),
            lineno=self.line,
            context=self.strings.get("msgctxt"),
        )
        message.flags = {flag for row in self.comments[","] for flag in _flags(row)}
        return _Unit(message, self.is_obsolete)


def _flags(row: str) -> Iterator[str]:
    """The flags of a line: `fuzzy, no-wrap`, and `range: 0..9`, which is one."""
    for part in row.split(","):
        yield from [" ".join(part.split())] if part.strip().startswith("range") else part.split()


def _units(text: str) -> tuple[list[_Unit], list[str]]:
    """The entries of a PO file, and the comments after the last one."""
    units: list[_Unit] = []
    draft, number = _Draft(), 0
    for number, line in enumerate(text.split("\n"), start=1):
        row = line.strip()
        is_obsolete = row.startswith("#~")
        row = row.removeprefix("#~").lstrip() if is_obsolete else row
        is_previous = row.startswith("#|") or (is_obsolete and row.startswith("|"))
        if draft.is_whole and (row.startswith("#") or is_previous):
            units.append(draft.unit())
            draft = _Draft()
        if is_previous:
            draft.previous.append(row.partition("|")[2].strip())
            draft.rows.append(line.rstrip())
        elif row.startswith("#"):
            draft.comment(number, row)
        elif row:
            draft = _read_row(row, number, is_obsolete, draft, units)
    if draft.is_whole:
        return [*units, draft.unit()], []
    if draft.last:
        raise Unreadable("the last entry has no msgstr", number)
    return units, draft.rows


def _read_row(row: str, number: int, is_obsolete: bool, draft: _Draft, units: list[_Unit]) -> _Draft:
    """Reads the keywords and strings of a line into the draft, or into a new one where an entry begins."""
    at = 0
    while at < len(row):
        token = _TOKEN.match(row, at)
        text = _unescaped(token[3]) if token and token[3] is not None else ""
        if token is None or text is None:
            raise _unreadable(row, number)
        at = token.end()
        if token[4] is not None:
            draft.comments[""].append(token[4][1:].strip())
        elif token[1]:
            keyword = f"{token[1]}[{int(token[2])}]" if token[2] else token[1]
            if draft.is_whole and keyword in _NEXT[""]:
                units.append(draft.unit())
                draft = _Draft()
            draft.keyword(number, keyword, is_obsolete)
        else:
            draft.string(number, text, is_obsolete)
    return draft


def _unreadable(row: str, number: int) -> Unreadable:
    if _CONFLICT.match(row):
        return Unreadable(
            "here begins or ends one of two versions that git could not join",
            number,
            "Keep the right version of the lines and remove the marks",
        )
    shown = row if len(row) < 60 else f"{row[:60]}…"
    return Unreadable(f"this line can't be read: {shown}", number)


def _unescaped(text: str) -> str | None:
    r"""A string without its escapes, those of C included (`\303\263` is ó); None when one is none."""
    if "\\" not in text:
        return text
    found, at = bytearray(), 0
    for escape in _ESCAPE.finditer(text):
        found += text[at : escape.start()].encode()
        at = escape.end()
        code = int(escape[1], 8) if escape[1] else int(escape[2], 16) if escape[2] else None
        if code is None and escape[3] not in _ESCAPES:
            return None
        found += bytes([code & 0xFF]) if code is not None else _ESCAPES[escape[3]].encode()
    try:
        return (found + text[at:].encode()).decode()
    except UnicodeDecodeError:
        return None
