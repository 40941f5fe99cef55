"""TOML with its faults in plain words, for people who have never heard of TOML.

A line that can't be read is told, mended as far as its meaning is plain, and reading goes on, so that one run names
every fault of a file. What was mended is never used for a build.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

_MANY = 20
"""Faults after which reading stops."""
_LONG = 2000
"""More characters than a line has that anybody typed."""
_KEY = r"\s*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\s*"
_PAIR = re.compile(rf"(?P<key>{_KEY})=(?P<value>.*)")
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_CURLY = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′", "'")})
_STRANGE = re.compile("[\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Spaces that are none, invisible signs and control characters."""
_QUOTED = r"\"[^\"]*\""
_DATE = re.compile(r"(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}))(?:[T ].*)?", re.ASCII)
_DASH = re.compile("[\u2010-\u2015\u2212]")


@dataclass(frozen=True)
class Fault:
    """A line that can't be read, from 1; what is wrong with it; what to write in its place."""

    line: int
    what: str
    remedy: str


def read(text: str) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The table of a TOML text and its faults; None where one of them can't be passed over."""
    faults: list[Fault] = []
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if len(line) > _LONG and not re.search("[\"'#]", line[:_LONG]):
            return None, [Fault(number, f"this line can't be read: {_shown(line)}.", "Write it anew.")]
    while True:
        try:
            return tomllib.loads("\n".join(lines)), faults
        except tomllib.TOMLDecodeError as error:
            pasted = None if faults else _pasted(lines)
            at, fault, mended = (0, Fault(1, *pasted), None) if pasted else _told(lines, str(error))
        except (ValueError, RecursionError):  # a number of thousands of digits, brackets in brackets in brackets
            return None, [*faults, Fault(1, "this TOML can't be read.", "Make its numbers and brackets simpler.")]
        faults.append(fault)
        if mended is None or mended == lines[at] or len(faults) == _MANY:
            return None, faults
        lines[at : at + mended.count("\n") + 1] = mended.split("\n")


def _told(lines: list[str], message: str) -> tuple[int, Fault, str | None]:
    """The number of the faulty line, from 0, its fault, and the line as it may have been meant."""
    place = _AT.search(message)
    last = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    at = min(int(place[1]) - 1, last) if place and place[1] else last
    reason = message[: place.start()] if place else message
    opened = _opened(lines, at)
    if opened is not None and opened != at:
        what = f"the three quotes that begin here never end: {_shown(lines[opened])}."
        return opened, Fault(opened + 1, what, 'Write """ after the last line of the text.'), None
    if "nclosed array" in reason and (begun := _begun(lines, at)) is not None:
        what = f"the list that begins here has no end: {_shown(lines[begun])}."
        return begun, Fault(begun + 1, what, "Write ] after its last value."), f"{lines[begun]}]"
    spread = _spread(lines, at)
    if len(lines[at]) > _LONG:
        return at, Fault(at + 1, f"this line can't be read: {_shown(lines[at])}.", "Write it anew."), None
    if spread:
        what = f"a text of several lines stands between single quotation marks: {_shown(lines[at])}."
        return at, Fault(at + 1, what, 'Write """ before its first word and after its last.'), spread
    for what, remedy, mended in _readings(lines, at, reason):
        return at, Fault(at + 1, what, remedy), mended
    what = f"this line can't be read: {_shown(lines[at])}."
    return at, Fault(at + 1, what, "Compare it with the lines around it: quotes, brackets, the sign =."), None


def _pasted(lines: list[str]) -> tuple[str, str] | None:
    """Whether the whole text is of another format."""
    first = next((line.strip() for line in lines if line.strip() and not line.strip().startswith("#")), "")
    if first.startswith(("{", '"{')):
        return "this is JSON, not TOML.", 'Write one line a field, without braces: name = "…".'
    plain = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    colons = sum(re.match(rf"{_KEY}:(?:\s|$)", line) is not None for line in plain)
    if first.startswith(("---", "- ", "%YAML")) or (colons >= 3 and colons > len(plain) / 2):
        return "this is YAML, not TOML.", 'Write one line a field, with the sign =: name = "…".'
    if first.startswith("<"):
        return "this is a web page, not TOML.", 'Save the text alone: one line a field, as in name = "…".'
    return None


def _opened(lines: list[str], at: int) -> int | None:
    """The line, from 0, where three quotes begin that do not end before a line."""
    opened, quote = None, ""
    for number, line in enumerate(lines[: at + 1]):
        for mark in re.findall(r"\"\"\"|'''", line if opened is not None else line.split("#")[0]):
            if opened is None:
                opened, quote = number, mark
            elif mark == quote:
                opened = None
    return opened


def _begun(lines: list[str], at: int) -> int | None:
    """The line, from 0, up to one where a list begins that does not end in it."""
    for number in range(at, -1, -1):
        pair = _PAIR.fullmatch(lines[number])
        if pair and pair["value"].lstrip().startswith("[") and pair["value"].count("[") > pair["value"].count("]"):
            return number
    return None


def _spread(lines: list[str], at: int) -> str | None:
    """The lines of a text whose quotation marks stand in different lines, as one line and empty ones."""
    pair = _PAIR.fullmatch(lines[at])
    value = pair["value"].strip() if pair else ""
    if not pair or not value.startswith('"') or value.count('"') != 1:
        return None
    for number, line in enumerate(lines[at + 1 : at + 40], start=1):
        if _PAIR.fullmatch(line) or line.startswith("["):
            return None
        if line.rstrip().endswith('"') and line.count('"') == 1:
            return f'{pair["key"].strip()} = "…"' + "\n" * number
    return None


def _readings(lines: list[str], at: int, reason: str) -> Iterator[tuple[str, str, str | None]]:
    """What a line may have been meant to be, the likeliest first: fault, remedy, and the line as meant."""
    line = lines[at]
    strange = _STRANGE.search(_outside(line)) or (_STRANGE.search(line) if "llegal character" in reason else None)
    if strange:
        mended = _STRANGE.sub(lambda sign: "" if ord(sign[0]) < 32 or sign[0] in "\u200b\ufeff" else " ", line)
        yield f"an invisible sign or special space stands in this line: {_shown(line)}.", _write(mended), mended
    if re.search("[“”„‟«»″‘’‚‛]", _outside(line)) and "=" in line:
        mended = _straight(line)
        yield f"these quotes are not the plain ones of the keyboard: {_shown(line)}.", _write(mended), mended
    if "overwrite a value" in reason or "twice" in reason or "already" in reason or "mutate" in reason:
        yield _repeated(line)
    if line.lstrip().startswith("["):
        yield _heading(line)
    pair = _PAIR.fullmatch(line)
    if pair:
        yield from _values(pair["key"].strip(), pair["value"].strip(), line)
    else:
        yield from _names(line)


def _repeated(line: str) -> tuple[str, str, str | None]:
    if line.lstrip().startswith("["):
        return f"this heading stands in the file twice: {_shown(line)}.", "Join the two blocks into one.", None
    name = line.partition("=")[0].strip()
    return f'the field "{name}" stands here twice.', "Keep one of the two lines.", "#" + line


def _heading(line: str) -> tuple[str, str, str | None]:
    behind = re.match(r"\s*(\[+[^\[\]]+\]+)\s*\w", line)
    if behind:
        return f"a field stands behind this heading: {_shown(line)}.", "Write it in a line of its own.", behind[1]
    inner = line.partition("#")[0].strip().strip("[]").strip()
    wanted = re.sub(r"\s*\.\s*", ".", re.sub(r"(?<=\w)\s+(?=\w)", "-", inner)).strip(".")
    is_list = line.lstrip().startswith("[[") or ("]]" in line and "." not in wanted)
    mended = f"[[{wanted}]]" if is_list else f"[{wanted}]"
    if not re.fullmatch(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*", wanted) or mended == line.strip():
        return f"this heading can't be read: {_shown(line)}.", "Write it like [days.1] or [[contacts]].", None
    return f"this heading can't be read: {_shown(line)}.", _write(mended), mended


def _values(key: str, value: str, line: str) -> Iterator[tuple[str, str, str | None]]:
    """Lines with a name and =, of which the value can't be read."""

    def reading(what: str, mended: str) -> tuple[str, str, str | None]:
        return f"{what}: {_shown(line)}.", _write(f"{key} = {mended}"), f"{key} = {mended}"

    bare = re.sub(r"\s+#.*$", "", value)
    if not bare or bare.startswith("#"):
        yield f"nothing stands after the sign =: {_shown(line)}.", _write(f'{key} = ""'), f'{key} = ""'
    elif bare[-1] in ",;" and (whole := bare.rstrip(",; ")) and _is_value(whole):
        yield reading("a comma or semicolon ends this line", whole)
    elif bare[0] in "=>:":
        yield reading("one sign = is enough", bare.lstrip("=>: ") or '""')
    elif moment := _moment(bare):
        yield reading("a date or time stands without quotes, or in another form", f'"{moment}"')
    elif re.fullmatch(r"[+-]?\d{1,3},\d+", bare):
        yield reading("this number has a comma in place of the point", bare.replace(",", "."))
    elif _DASH.match(bare) and re.fullmatch(r".[\d.,]+", bare):
        yield reading("the minus sign is another kind of dash", "-" + bare[1:].replace(",", "."))
    elif bare.startswith(('"""', "'''")):
        yield f"the three quotes that begin here never end: {_shown(line)}.", f"Write {bare[:3]} after the text.", None
    elif "\\" in bare and bare[0] == '"' == bare[-1]:
        yield reading("a backslash stands in the text", bare.replace("\\", "/"))
    elif (both := re.match(r"(\"[^\"]*\"|'[^']*'|[\w.:-]+)\s*[,;]?\s+[\w-]+\s*=", bare)) and _is_value(both[1]):
        yield f"two fields stand in one line: {_shown(line)}.", "Write each in a line of its own.", f"{key} = {both[1]}"
    elif re.fullmatch(r'(?:"[^"]*"\s*[,;/]?\s*){2,}', bare):
        yield reading("several texts stand side by side", f"[{', '.join(re.findall(_QUOTED, bare))}]")
    elif noted := re.fullmatch(rf"({_QUOTED})\s*(?://|;|--|\()(.*)", bare):
        yield reading("an explanation does not begin with #", f"{noted[1]} # {noted[2].strip(' )')}")
    elif len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        inner = bare[1:-1].replace('"', "'")
        yield reading("quotes stand inside the quotes", f'"{inner}"')
    elif bare[0] in "\"'" and bare.count(bare[0]) == 1:
        yield reading("the quote at the end is missing", f"{bare}{bare[0]}")
    elif bare[-1] in "\"'" and bare.count(bare[-1]) == 1:
        yield reading("the quote at the beginning is missing", f"{bare[-1]}{bare}")
    elif bare[0] == "[":
        yield f"this list can't be read: {_shown(line)}.", 'Write it like ["…", "…"], with a comma between.', None
    elif '"' not in bare and "=" not in bare and not bare.startswith("{"):
        yield reading("this text stands without quotes", f'"{bare.translate(_CURLY).strip("`")}"')
    elif bare.count('"') % 2 == 0 and bare[0] == '"':
        words = bare.replace('"', "").strip()
        yield reading("something stands outside the quotes", f'"{words}"')


def _names(line: str) -> Iterator[tuple[str, str, str | None]]:
    """Lines without a name and =."""
    colon = re.fullmatch(r"\s*\"?(?P<key>[\w.-]+)\"?\s*(?::=?|[-=]>|[\u2013\u2014])(?P<value>.*)", line)
    if colon and not colon["value"].startswith("//"):
        value = colon["value"].strip().rstrip(",")
        value = value if _is_value(value) else f'"{_moment(value) or value.translate(_CURLY).strip(chr(34))}"'
        mended = f"{colon['key']} = {value}"
        yield f"another sign stands where = belongs: {_shown(line)}.", _write(mended), mended
    spaced = re.fullmatch(r"\s*(?P<key>[^\W\d][\w -]*?)\s*=\s*(?P<value>.*)", line)
    if spaced:
        name = re.sub(r"\s+", "_", spaced["key"].strip())
        mended = f"{name} = {spaced['value']}"
        plain = name.isascii()
        remedy = _write(mended) if plain else "Use a name from the explanations, in plain letters."
        yield (
            f"the name before = has a space or letter that no field has: {_shown(line)}.",
            remedy,
            (mended if plain else "#" + line),
        )
    unopened = re.fullmatch(r"\s*([\w.-]+)(\]{1,2})\s*", line)
    if unopened:
        mended = "[" * len(unopened[2]) + unopened[1] + unopened[2]
        yield f"the bracket at the beginning is missing: {_shown(line)}.", _write(mended), mended
    missing = re.fullmatch(r"([A-Za-z_]+)\s+([\"'].*[\"'])\s*|([a-z]+(?:_[a-z]+)+)\s+([^\"']+)", line)
    if missing:
        mended = f"{missing[1]} = {missing[2]}" if missing[1] else f'{missing[3]} = "{missing[4].strip()}"'
        yield f"the sign = is missing: {_shown(line)}.", _write(mended), mended
    if re.match(r"\s*(?://|;|--|/\*|<!--)", line) or re.search(r"\w", line):
        what = f"this line is neither a field nor an explanation: {_shown(line)}."
        yield what, "Begin it with # if it is for your own eyes, or remove it.", "#" + line
    elif line.strip():
        yield f"this line holds signs that mean nothing here: {_shown(line)}.", "Remove it.", "#" + line


def _moment(text: str) -> str | None:
    """A date or time of another form as the guide reads it; a stand-in where the calendar has no such day."""
    clock = re.fullmatch(r"([0-9]{1,2})[:.h]([0-9]{2})(?::[0-9]{2})?", text)
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
        return f"{int(clock[1]):02}:{clock[2]}"
    written = _DATE.fullmatch(text)
    if not written:
        return None
    year, one, other = (int(part) for part in (written.group(1, 2, 3) if written[1] else written.group(6, 5, 4)))
    for month, day in ((one, other), (other, one)):
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return "2017-05-29"


def _outside(line: str) -> str:
    """What of a line stands outside plain quotes and explanations."""
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", '""', line).partition("#")[0]


def _straight(line: str) -> str:
    """A line whose outer quotes are plain ones; those inside become single."""
    key, _, value = line.partition("=")
    value = re.sub(r"\s+#.*$", "", value.strip())
    inner = re.sub('[“”„‟«»″"]', "'", value[1:-1] if len(value) > 1 else "")
    return f'{key.strip()} = "{inner.strip()}"'


def _is_value(text: str) -> bool:
    try:
        tomllib.loads(f"x = {text}")
    except ValueError:
        return False
    return True


def _write(line: str) -> str:
    return f"Write: {_shown(line)}" if line.strip() else "Remove the line."


def _shown(line: str) -> str:
    """A line as it stands, cut where it is long, without what a terminal can't show."""
    text = "".join(char if char.isprintable() else " " for char in line).strip()
    return text if len(text) <= 80 else f"{text[:80]}…"
