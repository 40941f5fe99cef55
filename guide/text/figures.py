"""The numbers and times of a text, whatever language writes them, and whether two texts give the same ones.

A figure may be read in more than one way: `9.30` is a time in German and a number elsewhere, and a `2` before 万 is
20,000. So each figure holds all its readings, and two texts agree when every figure of one finds its own in the other.
Some words may stand for a figure, as `XX` for 20 or `May` for 5月: they count only where the other text needs them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import get_day_names, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from guide.config import SOURCE_LOCALE

_SPACES = " \u00a0\u2009\u202f"
_APOSTROPHES = "'’"
_SIGNS = str.maketrans("：．，％٫٬", ":.,%.,")
_HALF_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:[:.](\d\d))?[\s]?([ap])\.?\s?m(?![a-z])\.?", re.IGNORECASE)
_FIRST_HALF = re.compile(
    r"(?<![\d.,:])(\d{1,2})(?:[:.](\d\d))?"
    r"(?=\s?(?:[–—-]|to|and|or|a|y|o|e|à|et|bis|und)\s?\d{1,2}(?:[:.]\d\d)?\s?([ap])\.?\s?m(?![a-z]))",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?!\d)")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_APART = re.compile(r"\s?[^\W\d_]{1,8}\.?\s?")
"""What stands between hours and minutes: `h`, ` Uhr `, `時`, ` giờ `."""

_CENTURY = re.compile(r"(?<!\d)(\d{1,2})世[纪紀](\d0)年代")
_DECADE = re.compile(r"(?<!\d)(1[5-9]|20)(\d0)s(?![a-z])")
_ROMAN = re.compile(r"(?<![A-Za-z])[IVXLC]{1,8}(?![A-Z])")
_HAN = re.compile(r"[〇零一二三四五六七八九十百千万萬两兩]{1,9}")
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve",
    "_ first second third fourth fifth sixth seventh eighth ninth tenth",
)
_TOO_MANY = 200
"""More figures than this that find none of their own are not compared in every reading."""


@dataclass(frozen=True)
class Figure:
    """A figure where it stands. The first of its readings is the plainest."""

    readings: tuple[str, ...]
    start: int
    end: int
    is_scaled: bool = False
    """Whether a word such as million belongs to it."""

    def may_be(self, other: "Figure") -> bool:
        """Whether both may say the same; `2 million` and `2万` do not, though both have a 2."""
        common = set(self.readings) & set(other.readings)
        return bool(common) and not (self.is_scaled and other.is_scaled)


@dataclass(frozen=True)
class Figures:
    """The figures of a text, and what else of it may stand for one."""

    figures: tuple[Figure, ...]
    spare: tuple[str, ...] = ()


def differences(source: str, translation: str, locale: str) -> tuple[Counter[str], Counter[str]]:
    """The figures that only the source has, and those that only the translation has."""
    wanted, given = read(source, SOURCE_LOCALE), read(translation, locale)
    written = _joined(given.figures, translation, Counter(figure.readings[0] for figure in wanted.figures))
    lost, added = _without_pairs(wanted.figures, written)
    if len(lost) + len(added) > _TOO_MANY:
        return _plain(lost), _plain(added)
    lost, added = _pairs_of_any_reading(lost, added)
    return _plain(_without_spares(lost, given.spare)), _plain(_without_spares(added, wanted.spare))


def read(text: str, locale: str) -> Figures:
    """The figures of a text in a language."""
    text = _in_ascii(text)
    figures: list[Figure] = []
    taken = bytearray(len(text))

    def take(start: int, end: int, *readings: str, is_scaled: bool = False) -> None:
        if not any(taken[start:end]):
            figures.append(Figure(tuple(dict.fromkeys(readings)), start, end, is_scaled))
            taken[start:end] = b"\1" * (end - start)

    for match in _CENTURY.finditer(text):
        take(*match.span(), str((int(match[1]) - 1) * 100 + int(match[2])))
    for match in _FIRST_HALF.finditer(text):
        time = _time(match[1], match[2], match[3].lower() == "p")
        take(*match.span(), f"{int(match[1]):02}:{match[2]}" if match[2] else str(int(match[1])), time)
    for match in _HALF_DAY.finditer(text):
        take(*match.span(), _time(match[1], match[2], match[3].lower() == "p"))
    for match in _CLOCK.finditer(text):
        take(*match.span(), *_clock(match[1], match[2], _period(text, match.start(), match.end(), locale)))
    for match in _DECADE.finditer(text) if locale == SOURCE_LOCALE else ():
        take(*match.span(), match[1] + match[2], match[2])
    for match in _number(locale).finditer(text):
        if not any(taken[match.start() : match.end()]):
            end, readings, is_scaled = _read_number(text, match, locale)
            take(match.start(), end, *readings, is_scaled=is_scaled)
    spare = _source_words(text) if locale == SOURCE_LOCALE else tuple(_numerals(text))
    return Figures(tuple(sorted(figures, key=lambda figure: figure.start)), spare)


def _in_ascii(text: str) -> str:
    """The same text, character for character, with the digits and signs of other scripts written in ASCII."""
    if text.isascii():
        return text
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    return re.sub(r"(?<=\d)[：．，٫٬](?=\d)", lambda sign: sign[0].translate(_SIGNS), digits)


def _time(hour: str, minutes: str | None, afternoon: bool) -> str:
    return f"{int(hour) % 12 + 12 * afternoon:02}:{minutes or '00'}"


def _clock(hour: str, minutes: str, period: range | None) -> tuple[str, ...]:
    """The readings of a time: of 24 hours, or of 12 where the words around it say which half of the day it is."""
    if period is not None and int(hour) <= 12:
        return tuple(
            time
            for half in (False, True)
            if int((time := _time(hour, minutes, half))[:2]) in period or int(time[:2]) + 24 in period
        ) or (f"{int(hour):02}:{minutes}",)
    return (f"{int(hour) % 24 if int(hour) == 24 else int(hour):02}:{minutes}",)


@cache
def _number(locale: str) -> re.Pattern[str]:
    group = re.escape(get_group_symbol(locale))
    return re.compile(
        rf"(?<!\d)\d{{1,3}}(?:[.,{_APOSTROPHES}{_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?"
        rf"|(?<!\d)\d{{1,2}}(?:{group}\d\d)+{group}\d{{3}}(?!\d)(?:[.,]\d+)?"
        r"|\d+(?:[.,]\d+)?"
    )


def _read_number(text: str, match: re.Match[str], locale: str) -> tuple[int, tuple[str, ...], bool]:
    """The end of a number, its readings, and whether a word that multiplies it, such as 万 or mil, belongs to it."""
    start, end = match.span()
    plain = _canonical(match[0], locale)
    readings = [plain]
    if _DECIMAL.fullmatch(plain) and (scale := _scales(locale).match(text, end)) and scale[0]:
        factor = _factors(locale)[scale[0].strip().casefold()]
        rest = re.compile(r"\d+").match(text, scale.end()) if not scale[0][-1].isascii() else None
        scaled = Decimal(plain) * factor + (int(rest[0]) if rest else 0)
        return rest.end() if rest else scale.end(), (f"{scaled.normalize():f}", plain), True
    period = _period(text, start, end, locale)
    if time := re.fullmatch(r"(\d{1,2})\.(\d\d)", match[0]):
        readings += _clock(time[1], time[2], period) if int(time[1]) <= 24 and int(time[2]) < 60 else ()
    elif len(plain) <= 2 and int(plain) <= 24:
        readings += _clock(plain, "00", period)
    elif any(space in match[0] for space in _SPACES):
        pieces = re.finditer(rf"[^{_SPACES}]+", match[0])
        readings.append("+".join(_canonical(piece[0], locale) for piece in pieces))
    return end, tuple(readings), False


def _canonical(number: str, locale: str) -> str:
    decimal, groups = _separators(locale)
    return groups.sub("", number).replace(decimal, ".")


@cache
def _separators(locale: str) -> tuple[str, re.Pattern[str]]:
    """The decimal sign of a language, and what may stand between its thousands."""
    group = re.escape(get_group_symbol(locale))
    signs = rf"[{group}{_SPACES}{_APOSTROPHES}](?=\d{{3}}(?!\d))|{group}(?=\d\d{group})"
    return get_decimal_symbol(locale), re.compile(rf"(?<=\d)(?:{signs})")


@cache
def _factors(locale: str) -> dict[str, int]:
    """What a language multiplies figures with: `mil` → 1000, `万` → 10000."""
    powers: dict[str, int] = {}
    formats = Locale.parse(locale).compact_decimal_formats
    for forms in (formats[width] for width in ("long", "short") if width in formats):
        for patterns in forms.values():
            for power, pattern in patterns.items():
                zeros = re.search("0+", pattern.pattern)
                word = pattern.pattern.replace("'", "").strip("0 \u00a0\u200f").casefold()
                if zeros and word and "0" not in word and (len(word) > 1 or not word.isascii()):
                    powers[word] = int(power) // 10 ** (len(zeros[0]) - 1)
    return powers


@cache
def _scales(locale: str) -> re.Pattern[str]:
    words = sorted(_factors(locale), key=len, reverse=True)
    listed = "|".join(re.escape(word) + ("(?![^\\W\\d_])" if word[-1].isascii() else "") for word in words)
    return re.compile(rf"[\s\u00a0]?(?:{listed})" if words else r"(?!)", re.IGNORECASE)


@cache
def _periods(locale: str) -> dict[str, range]:
    """The words of a language for parts of the day, and the hours of each."""
    periods: dict[str, range] = {"am": range(12), "pm": range(12, 24)}
    for name, rules in Locale.parse(locale).day_period_rules.get(None, {}).items():
        for rule in rules:
            if "from" in rule and "before" in rule:
                first, last = rule["from"] // 3600, rule["before"] // 3600
                periods[name] = range(first, last if first < last else last + 24)
    return periods


@cache
def _period_words(locale: str) -> dict[str, range]:
    hours, by_word = _periods(locale), dict[str, range]()
    for names in Locale.parse(locale).day_periods.values():
        for width in (width for width in ("wide", "abbreviated") if width in names):
            for name, word in names[width].items():
                if name in hours and len(word) > 1:
                    known = by_word.setdefault(word.casefold(), hours[name])
                    by_word[word.casefold()] = range(min(known[0], hours[name][0]), max(known[-1], hours[name][-1]) + 1)
    return by_word


def _period(text: str, start: int, end: int, locale: str) -> range | None:
    """The hours that the words beside a time allow: 午後 before it, `de la tarde` after it."""
    before, after = text[max(0, start - 16) : start].casefold().rstrip(), text[end : end + 24].casefold()
    after = re.sub(r"^[\s\u00a0]?(?:時半?|时|點|点|시|giờ|น\.)?[\s\u00a0]?(?:\d\d(?:分|분)?)?[\s\u00a0]*", "", after)
    for word, hours in _period_words(locale).items():
        if before.endswith(word) or after.startswith(word):
            return hours
    return None


def _source_words(text: str) -> tuple[str, ...]:
    """English words that another language may write in figures: May, Monday, five, noon."""
    known = _english()
    return tuple(figure for word in re.findall(r"[a-z]+", text.casefold()) for figure in known.get(word, ()))


@cache
def _english() -> dict[str, tuple[str, ...]]:
    words = {word: (str(number),) for line in _WORDS for number, word in enumerate(line.split())}
    words |= {name.casefold(): (str(number),) for number, name in get_month_names("wide", locale="en").items()}
    days = get_day_names("wide", locale="en").items()
    words |= {name.casefold(): (str(number + 2),) for number, name in days if number < 6}
    return words | {"noon": ("12:00", "12"), "midday": ("12:00", "12"), "midnight": ("00:00", "24", "0")}


def _numerals(text: str) -> Iterator[str]:
    """Roman and Chinese numerals, such as XX and 二十."""
    for match in _ROMAN.finditer(text):
        values = [_LETTERS[letter] for letter in match[0]]
        yield str(sum(-one if one < max(values[at:]) else one for at, one in enumerate(values)))
    for match in _HAN.finditer(text):
        yield str(_han(match[0]))


def _han(numeral: str) -> int:
    values = [int(unicodedata.numeric(sign)) for sign in numeral]
    if max(values) < 10:
        return int("".join(map(str, values)))
    total, last = 0, 0
    for value in values:
        if value >= 10_000:
            total, last = (total + last or 1) * value, 0
        elif value >= 10:
            total, last = total + (last or 1) * value, 0
        else:
            last = value
    return total + last


def _joined(figures: tuple[Figure, ...], text: str, wanted: Counter[str]) -> list[Figure]:
    """Hours and minutes that stand apart, `9 h 30`, as one time where the source has it."""
    wanted = wanted - Counter(figure.readings[0] for figure in figures)
    result: list[Figure] = []
    for figure in figures:
        before = result[-1] if result else None
        if before and _APART.fullmatch(text, before.end, figure.start):
            minutes = figure.readings[0]
            for time in (time for time in before.readings if time.endswith(":00") and minutes.isdecimal()):
                joint = f"{time[:3]}{minutes.zfill(2)}"
                if len(minutes) <= 2 and int(minutes) < 60 and wanted[joint] > 0:
                    wanted[joint] -= 1
                    result[-1] = Figure((joint,), before.start, figure.end)
                    break
            else:
                result.append(figure)
            continue
        result.append(figure)
    return result


def _without_pairs(one: Iterable[Figure], other: Iterable[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Two lists of figures without those that are the same in their plainest reading."""
    one, other = list(one), list(other)
    both = Counter(figure.readings[0] for figure in one) & Counter(figure.readings[0] for figure in other)

    def rest(figures: list[Figure]) -> list[Figure]:
        left = both.copy()
        result = []
        for figure in figures:
            if left[figure.readings[0]] > 0:
                left[figure.readings[0]] -= 1
            else:
                result.append(figure)
        return result

    return rest(one), rest(other)


def _pairs_of_any_reading(one: list[Figure], other: list[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The same for those that have any reading in common."""
    left = list(one)
    rest = []
    for figure in other:
        pieces = _pieces(figure, left)
        match = next((item for item in left if item.may_be(figure)), None)
        if match is not None:
            left.remove(match)
        elif pieces:
            left = [item for item in left if item not in pieces]
        else:
            rest.append(figure)
    return left, rest


def _pieces(figure: Figure, left: list[Figure]) -> list[Figure]:
    """The figures that one reading names, `2 535` read as 2 and 535; none unless all are there."""
    matched: list[Figure] = []
    for reading in (reading for reading in figure.readings if "+" in reading):
        for piece in reading.split("+"):
            match = next((item for item in left if item not in matched and piece in item.readings), None)
            if match is None:
                return []
            matched.append(match)
    return matched


def _without_spares(figures: list[Figure], spare: tuple[str, ...]) -> list[Figure]:
    left = Counter(spare)
    rest = []
    for figure in figures:
        match = next((reading for reading in figure.readings if left[reading] > 0), None)
        if match is None:
            rest.append(figure)
        else:
            left[match] -= 1
    return rest


def _plain(figures: Iterable[Figure]) -> Counter[str]:
    return Counter(figure.readings[0] for figure in figures)
