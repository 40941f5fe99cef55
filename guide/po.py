"""A PO file as its entries: what each says, and on which lines it stands.

Babel reads a lost quotation mark, a doubled message or an unknown encoding without a word, and takes the older
wording (`#|`) for a comment. A translator deserves the line instead, so the reading is done here; Babel writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.catalog import Message
from babel.messages.pofile import normalize, unescape, write_po

_ROW = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) +)?"((?:[^"\\]|\\["\\abfnrtv])*)"')
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_NEXT = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[0]",),
}
_WIDTH = 79


class Unreadable(Exception):
    """A line of a PO file does not fit; `what` says why, as a sentence without its stop."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what, self.line = what, line


def header(text: str) -> Message | None:
    """The first entry of a PO file if it is a header."""
    first = next(_units(text), None)
    return first.message if first and not first.is_obsolete and not first.message.id else None


def read(text: str, locale: str) -> BabelCatalog:
    """The text of a PO file as a catalog, older wording and obsolete messages included. Raises Unreadable."""
    catalog = BabelCatalog(locale)
    seen: dict[object, int] = {}
    for unit in _units(text):
        message, line = unit.message, unit.message.lineno or 1
        key = (message.context, message.id[0] if isinstance(message.id, tuple) else message.id)
        if unit.is_obsolete:
            catalog.obsolete[str(key)] = message
            continue
        if key in seen:
            raise Unreadable(f"this message stands on line {seen[key]} already", line)
        seen[key] = line
        if message.id:
            catalog[message.id] = message
    return catalog


def entries(text: str) -> dict[int, str]:
    """The entries of a PO file as they are written, by the number of the line with their msgid."""
    return {unit.message.lineno or 1: unit.lines for unit in _units(text)}


def entry_at(entries: dict[int, str], line: int) -> str:
    """The entry whose msgid stands on a line."""
    return entries[line]


def entry_text(entry: Message) -> str:
    """A message as it is written to a PO file."""
    catalog = BabelCatalog(fuzzy=False)
    catalog[entry.id] = entry
    older = zip(("msgid", "msgid_plural"), entry.previous_id, strict=False)
    lines = "".join(f"#| {keyword} {normalize(text, '#| ', _WIDTH)}\n" for keyword, text in older)
    return re.sub("^(?=msg)", lambda _: lines, _written(catalog), count=1, flags=re.MULTILINE)


def obsolete_text(entry: Message) -> str:
    """A message that the guide no longer has, as it is kept in a PO file."""
    catalog = BabelCatalog(fuzzy=False)
    catalog.obsolete[str(entry.id)] = Message(
        entry.id, entry.string, user_comments=entry.user_comments, context=entry.context
    )
    return _written(catalog)


def _written(catalog: BabelCatalog) -> str:
    for entry in [*catalog, *catalog.obsolete.values()]:
        if isinstance(entry.string, (tuple, list)):
            catalog.mime_headers = [("Plural-Forms", f"nplurals={len(entry.string)}; plural=0;")]
        entry.locations = sorted({(file, None) for file, _ in entry.locations})
        entry.flags.discard("python-format")
    buffer = BytesIO()
    write_po(buffer, catalog, width=_WIDTH, omit_header=True, include_lineno=False)
    return buffer.getvalue().decode()


@dataclass(frozen=True)
class _Unit:
    message: Message
    lines: str
    is_obsolete: bool


@dataclass
class _Draft:
    """An entry while its lines are read."""

    lines: list[str] = field(default_factory=list)
    line: int = 1
    last: str = ""
    is_obsolete: bool = False
    strings: dict[str, str] = field(default_factory=dict)
    previous: list[str] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=lambda: {":": [], ",": [], ".": [], "": []})

    @property
    def is_whole(self) -> bool:
        return self.last.startswith("msgstr")

    def comment(self, line: int, row: str) -> None:
        if self.last:
            raise Unreadable("a comment stands inside an entry", line)
        kind = row[1:2] if row[1:2] in ":,." else ""
        self.comments[kind].append(row[1 + len(kind) :].strip())

    def older(self) -> list[str]:
        """The older wording, singular first. Babel used to wrap it in the middle of a string, so rows are joined."""
        texts: dict[str, str] = {}
        for keyword, text in re.findall(r'(msg\w+)|("(?:[^"\\]|\\.)*")', " ".join(self.previous)):
            name = keyword or next(reversed(texts), "msgid")
            texts[name] = texts.get(name, "") + unescape(text)
        return [texts[name] for name in ("msgid", "msgid_plural") if name in texts]

    def string(self, line: int, row: str, is_obsolete: bool) -> None:
        keyword, text = _parsed(line, row)
        if self.last and is_obsolete != self.is_obsolete:
            raise Unreadable("only a part of this entry begins with #~", line)
        if keyword:
            if keyword not in self._next():
                raise Unreadable(f"{keyword} does not belong here", line)
            self.last, self.is_obsolete = keyword, is_obsolete
            self.line = line if keyword == "msgid" else self.line
        elif not self.last:
            raise Unreadable("this text belongs to no entry", line)
        self.strings[self.last] = self.strings.get(self.last, "") + text

    def _next(self) -> tuple[str, ...]:
        if self.last.startswith("msgstr["):
            return (f"msgstr[{int(self.last[7]) + 1}]",)
        return _NEXT.get(self.last, ())

    def unit(self) -> _Unit:
        strings = tuple(text for keyword, text in self.strings.items() if keyword.startswith("msgstr"))
        sources = tuple(self.strings[keyword] for keyword in ("msgid", "msgid_plural") if keyword in self.strings)
        message = Message(
            sources if len(sources) > 1 else sources[0],
            strings if len(sources) > 1 else strings[0],
            [(re.sub(r":\d+$", "", file), 0) for row in self.comments[":"] for file in row.split()],
            {flag.strip() for row in self.comments[","] for flag in row.split(",")},
            [row for row in self.comments["."] if row],
            self.comments[""],
            self.older(),
            lineno=self.line,
            context=self.strings.get("msgctxt"),
        )
        return _Unit(message, "\n".join(self.lines).strip("\n"), self.is_obsolete)


def _units(text: str) -> Iterator[_Unit]:
    draft, number = _Draft(), 0
    for number, line in enumerate(text.split("\n"), start=1):
        is_obsolete = line.lstrip().startswith("#~")
        row = line.strip().removeprefix("#~").lstrip() if is_obsolete else line.strip()
        if draft.is_whole and row and (row.startswith(("#", "|", "msgid", "msgctxt")) and row[:12] != "msgid_plural"):
            yield draft.unit()
            draft = _Draft()
        draft.lines.append(line.rstrip("\r"))
        if row.startswith("#|") or (is_obsolete and row.startswith("|")):
            draft.previous.append(row.partition("|")[2].strip())
        elif row.startswith("#"):
            draft.comment(number, row)
        elif row:
            draft.string(number, row, is_obsolete)
    if draft.is_whole:
        yield draft.unit()
    elif draft.last:
        raise Unreadable("the last entry has no msgstr", number)


def _parsed(line: int, row: str) -> tuple[str, str]:
    """Keyword (empty on a further line) and text of one line."""
    match = _ROW.fullmatch(row)
    if not match:
        shown = row if len(row) < 60 else f"{row[:60]}…"
        raise Unreadable(f"this line can't be read: {shown}", line)
    return match[1] or "", re.sub(r"\\(.)", lambda sign: _ESCAPES.get(sign[1], sign[1]), match[2])
