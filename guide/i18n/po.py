"""PO files: what their entries say and on which lines they stand, and the one way in which we write them.

A file that is not written as GNU gettext writes PO files is refused here, with the line and the reason (`Unreadable`);
what may stand in a translation is the matter of `lint.py`. Babel reads a lost quotation mark, a doubled message or an
unknown encoding without a word, and takes the older wording (`#|`) for a comment. A translator deserves the line
instead, so the reading is done here: whatever GNU gettext takes is taken. An entry is always written in the same
lines, whichever editor wrapped it before, so that a comparison of two files shows what a translator changed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from textwrap import wrap

from babel.messages.pofile import normalize

Key = tuple[str | None, str]
"""Context and (singular) source text: what gettext looks a message up by."""

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


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One message of a PO file with its translation; the words are those of the manual of GNU gettext."""

    id: str
    """The source text (`msgid`); empty in the header."""
    plural_id: str | None = None
    """The source text for more than one (`msgid_plural`), where the message depends on a number."""
    context: str | None = None
    """What tells two messages with the same source text apart (`msgctxt`)."""
    strings: tuple[str, ...] = ("",)
    """The translation (`msgstr`), one string a plural form; a string is empty where it is missing."""
    previous_ids: tuple[str, ...] = ()
    """The older source text that the translation was made from (`#|`), singular first; empty when unknown."""
    flags: frozenset[str] = frozenset()
    """Such as `fuzzy` and `no-wrap` (`#,`)."""
    references: tuple[str, ...] = ()
    """The files that the message stands in (`#:`), without lines."""
    extracted_comments: tuple[str, ...] = ()
    """What the authors tell translators (`#.`)."""
    translator_comments: tuple[str, ...] = ()
    """What translators tell one another (`# `)."""
    line: int = 0
    """Where its `msgid` stands in the file that it was read from, counted from 1; 0 when it was not read."""

    @property
    def key(self) -> Key:
        """What the entry is looked up by."""
        return self.context, self.id

    @property
    def ids(self) -> tuple[str, ...]:
        """The source text; two where it depends on a number."""
        return (self.id,) if self.plural_id is None else (self.id, self.plural_id)

    @property
    def is_plural(self) -> bool:
        """Whether the message depends on a number."""
        return self.plural_id is not None

    @property
    def is_fuzzy(self) -> bool:
        """Whether the translation is of older wording, or in doubt."""
        return "fuzzy" in self.flags

    @property
    def is_given(self) -> bool:
        """Whether there is a translation, of at least one plural form."""
        return any(self.strings)

    @property
    def own_flags(self) -> frozenset[str]:
        """What a translator or editor says of the entry, such as `no-wrap`: its flags without those that are ours."""
        return self.flags - _FORMATS - {"fuzzy"}


@dataclass(frozen=True)
class File:
    """What a PO file says. `obsolete` entries stand behind `#~`; `tail` are the comments after the last entry."""

    header: Entry | None = None
    entries: tuple[Entry, ...] = ()
    obsolete: tuple[Entry, ...] = ()
    tail: tuple[str, ...] = ()


def read(text: str) -> File:
    """The text of a PO file, older wording and obsolete entries included. Raises Unreadable."""
    drafts, tail = _drafts(text)
    living = [draft.entry() for draft in drafts if not draft.is_obsolete]
    lines: dict[Key, int] = {}
    for entry in living:
        if entry.key in lines:
            raise Unreadable(f"this message stands on line {lines[entry.key]} already", entry.line)
        lines[entry.key] = entry.line
    has_header = bool(drafts) and not drafts[0].is_obsolete and not any(living[0].ids)
    obsolete = (draft.entry() for draft in drafts if draft.is_obsolete)
    return File(
        living[0] if has_header else None,
        tuple(entry for entry in living if any(entry.ids)),
        tuple(entry for entry in obsolete if any(entry.ids)),
        tail,
    )


def written(file: File) -> str:
    """A PO file as it is written to disk: the same text for the same entries."""
    parts = [entry_text(entry) for entry in ([file.header] if file.header else []) + list(file.entries)]
    parts += [entry_text(entry, is_obsolete=True) for entry in file.obsolete]
    parts += ["".join(f"{comment}\n" for comment in file.tail)] if file.tail else []
    return "\n".join(parts)


def entry_text(entry: Entry, is_obsolete: bool = False) -> str:
    """An entry as it is written to a PO file; behind `#~` when the guide no longer has its message."""
    sign, older = ("#~ ", "#~| ") if is_obsolete else ("", "#| ")
    lines = [f"# {comment}".rstrip() for comment in entry.translator_comments]
    if not is_obsolete:
        comments = (wrap(comment, _WIDTH, break_long_words=False) for comment in entry.extracted_comments)
        lines += [f"#. {line}" for comment in comments for line in comment]
        lines += [f"#: {line}" for line in _references(entry)]
    if flags := sorted(entry.flags - {"python-format"}):
        lines.append(f"#, {', '.join(flags)}")
    lines += _texts(zip(("msgid", "msgid_plural"), entry.previous_ids, strict=False), older)
    lines += _texts([("msgctxt", entry.context)] if entry.context is not None else [], sign)
    lines += _texts(zip(("msgid", "msgid_plural"), entry.ids, strict=False), sign)
    lines += _texts(
        ((f"msgstr[{n}]" if entry.is_plural else "msgstr", text) for n, text in enumerate(entry.strings)), sign
    )
    return "".join(f"{line}\n" for line in lines)


def _references(entry: Entry) -> list[str]:
    return wrap(" ".join(sorted(set(entry.references))), _WIDTH, break_long_words=False, break_on_hyphens=False)


def _texts(pairs: Iterable[tuple[str, str]], sign: str) -> list[str]:
    return [f"{sign}{keyword} {_normalized(text, sign)}" for keyword, text in pairs]


def _normalized(text: str, sign: str) -> str:
    longest = max(map(len, text.split()), default=0)
    return normalize(text, sign, _WIDTH if longest < _LONGEST else 0)


@dataclass
class _Draft:
    """An entry while its lines are read."""

    line: int = 1
    last: str = ""
    is_obsolete: bool = False
    strings: dict[str, str] = field(default_factory=dict)
    previous: list[str] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=lambda: {":": [], ",": [], ".": [], "": []})
    comment_lines: list[str] = field(default_factory=list)
    """All comments as they stand in the file."""

    @property
    def is_whole(self) -> bool:
        return self.last.startswith("msgstr") and self.last in self.strings

    def comment(self, number: int, line: str) -> None:
        if self.last:
            raise Unreadable("a comment stands inside an entry", number)
        self.comment_lines.append(line)
        kind = line[1:2].replace("=", ",") if line[1:2] in (":", ",", ".", "=") else ""
        text = line[1 + len(kind) :]
        self.comments[kind].append(text.strip() if kind else text.removeprefix(" ").rstrip())

    def previous_ids(self) -> tuple[str, ...]:
        """The older wording, singular first. Babel used to wrap it in the middle of a string, so lines are joined."""
        texts: dict[str, str] = {}
        name = "msgid"
        joined, at = " ".join(self.previous), 0
        while (token := _TOKEN.match(joined, at)) and token[4] is None:
            at = token.end()
            name = token[1] or name
            texts[name] = texts.get(name, "") + (_unescaped(token[3]) or "" if token[3] else "")
        return tuple(texts[name] for name in ("msgid", "msgid_plural") if name in texts)

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

    def entry(self) -> Entry:
        strings = tuple(text for keyword, text in self.strings.items() if keyword.startswith("msgstr"))
        return Entry(
            id=self.strings["msgid"],
            plural_id=self.strings.get("msgid_plural"),
            context=self.strings.get("msgctxt"),
            strings=strings,
            previous_ids=self.previous_ids(),
            flags=frozenset(flag for line in self.comments[","] for flag in _flags(line)),
            references=tuple(re.sub(r":\d+$", "", file) for line in self.comments[":"] for file in line.split()),
            extracted_comments=tuple(filter(None, self.comments["."])),
            translator_comments=tuple(self.comments[""]),
            line=self.line,
        )


def _flags(line: str) -> Iterator[str]:
    """The flags of a line: `fuzzy, no-wrap`, and `range: 0..9`, which is one."""
    for part in line.split(","):
        yield from [" ".join(part.split())] if part.strip().startswith("range") else part.split()


def _drafts(text: str) -> tuple[list[_Draft], tuple[str, ...]]:
    """The entries of a PO file, and the comments after the last one."""
    drafts: list[_Draft] = []
    draft, number = _Draft(), 0
    for number, written_line in enumerate(text.split("\n"), start=1):
        line = written_line.strip()
        is_obsolete = line.startswith("#~")
        line = line.removeprefix("#~").lstrip() if is_obsolete else line
        is_previous = line.startswith("#|") or (is_obsolete and line.startswith("|"))
        if draft.is_whole and (line.startswith("#") or is_previous):
            drafts.append(draft)
            draft = _Draft()
        if is_previous:
            draft.previous.append(line.partition("|")[2].strip())
            draft.comment_lines.append(written_line.rstrip())
        elif line.startswith("#"):
            draft.comment(number, line)
        elif line:
            draft = _read_line(line, number, is_obsolete, draft, drafts)
    if draft.is_whole:
        return [*drafts, draft], ()
    if draft.last:
        raise Unreadable("the last entry has no msgstr", number)
    return drafts, tuple(draft.comment_lines)


def _read_line(line: str, number: int, is_obsolete: bool, draft: _Draft, drafts: list[_Draft]) -> _Draft:
    """Reads the keywords and strings of a line into the draft, or into a new one where an entry begins."""
    at = 0
    while at < len(line):
        token = _TOKEN.match(line, at)
        text = _unescaped(token[3]) if token and token[3] is not None else ""
        if token is None or text is None:
            raise _unreadable(line, number)
        at = token.end()
        if token[4] is not None:
            draft.comments[""].append(token[4][1:].strip())
        elif token[1]:
            keyword = f"{token[1]}[{int(token[2])}]" if token[2] else token[1]
            if draft.is_whole and keyword in _NEXT[""]:
                drafts.append(draft)
                draft = _Draft()
            draft.keyword(number, keyword, is_obsolete)
        else:
            draft.string(number, text, is_obsolete)
    return draft


def _unreadable(line: str, number: int) -> Unreadable:
    if _CONFLICT.match(line):
        return Unreadable(
            "here begins or ends one of two versions that git could not join",
            number,
            "Keep the right version of the lines and remove the marks",
        )
    shown = line if len(line) < 60 else f"{line[:60]}…"
    return Unreadable(f"this line can't be read: {shown}", number)


def _unescaped(text: str) -> str | None:
    r"""A string without its escapes, those of C included (`\303\263` is ó); None when one is none."""
    if "\\" not in text:
        return text
    body, at = bytearray(), 0
    for escape in _ESCAPE.finditer(text):
        body += text[at : escape.start()].encode()
        at = escape.end()
        code = int(escape[1], 8) if escape[1] else int(escape[2], 16) if escape[2] else None
        if code is None and escape[3] not in _ESCAPES:
            return None
        body += bytes([code & 0xFF]) if code is not None else _ESCAPES[escape[3]].encode()
    try:
        return (body + text[at:].encode()).decode()
    except UnicodeDecodeError:
        return None
