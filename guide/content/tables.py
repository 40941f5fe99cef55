"""TOML tables → dataclasses, by the types of their fields. Every problem is collected, none is fatal."""

import re
from collections.abc import Collection, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from math import isfinite
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, TypeVar, get_args, get_origin

from guide.model.markers import Several, types_of
from guide.problems import Problem, suggestion

T = TypeVar("T")

_NAMES = {str: "text in quotes", int: "a whole number", float: "a number with a decimal point", bool: "true or false"}
_EXAMPLES: dict[type[date | time], str] = {date: '"2017-05-29"', time: '"08:30"'}
_SHAPES: dict[type[date | time], str] = {date: r"\d{4}-\d\d-\d\d", time: r"\d?\d:\d\d"}
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_GREATEST = 1_000_000


@dataclass(frozen=True)
class Reader:
    """Reads the values of one file. `problems` grows as it goes.

    `top` are the names of the fields that stand above all headings of the file: one that stands further down is told,
    and read all the same.
    """

    file: str
    problems: list[Problem]
    top: Collection[str] = ()
    astray: dict[str, object] = field(default_factory=dict)

    def report(self, place: str, what: str, remedy: str) -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(self.file, place, what, remedy))

    def record(
        self, cls: type[T], table: object, place: str = "", given: Mapping[str, object] = MappingProxyType({})
    ) -> T | None:
        """One dataclass from a table; None when a field that it needs is missing or wrong.

        `given` is not read from the table. What is empty, or wrong and not needed, is left out.
        """
        if not isinstance(table, Mapping):
            heading = f"[{place}]" if place else "…"
            remedy = "Write its heading with single brackets" if isinstance(table, list) else "Write its fields below"
            self.report(place, "expected a table of fields.", f"{remedy}: {heading}.")
            return None
        hints = types_of(cls)  # type: ignore[arg-type]  # mypy takes no class for hashable
        for name in table.keys() - hints.keys() | (table.keys() & given.keys()):
            self._unknown(name, table[name], place, hints.keys() - given.keys())
        values = dict(given)
        remaining = [item for item in fields(cls) if item.name not in given]  # type: ignore[arg-type]
        for item in sorted(remaining, key=lambda item: not _is_nested(hints[item.name])):
            read = self._field(item, hints[item.name], table if place else {**self.astray, **table}, place)
            if read is not MISSING:
                values[item.name] = read
        return cls(**values) if all(item.name in values or not _is_needed(item) for item in remaining) else None

    def _unknown(self, name: str, given: object, place: str, known: Collection[str]) -> None:
        if place and name in self.top:
            self.astray[name] = given
            self.report(place, f'"{name}" is no field of this block.', "Write it at the top, above the first [ ].")
        else:
            self.report(place, f'unknown field "{name}".', suggestion(name, known))

    def _field(self, item: "Field[Any]", hint: Any, table: Mapping[str, object], place: str) -> Any:
        """The value of one field; MISSING where there is none."""
        where = f"{place}{'.' if _is_named(hint) else ', '}{item.name}" if place else item.name
        given = table.get(item.name, MISSING)
        if given is MISSING or (isinstance(given, str) and not given.strip()):
            if _is_needed(item) and given is MISSING:
                self.report(place, f'the field "{item.name}" is missing.', f"Add a line: {item.name} = …")
            elif _is_needed(item):
                self.report(where, "this field is empty.", "Write something between the quotes.")
            return MISSING
        before = len(self.problems)
        read = self.value(hint, given, where)
        return MISSING if read is None and len(self.problems) > before else read

    def value(self, hint: Any, given: object, place: str) -> Any:
        """One value of the wanted type; None after reporting a wrong one."""
        kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if isinstance(kind, UnionType):
            kind = next(arm for arm in get_args(kind) if arm is not NoneType)
        if get_origin(kind) is tuple:
            if isinstance(given, str) and any(isinstance(mark, Several) for mark in get_args(hint)[1:]):
                given = [given]
            return self._items(get_args(kind)[0], given, place)
        if get_origin(kind) is Mapping:
            return self._named(get_args(kind)[1], given, place)
        if is_dataclass(kind):
            return self.record(kind, given, place)  # type: ignore[arg-type]
        if issubclass(kind, StrEnum):
            return self._choice(kind, given, place)
        if kind in _EXAMPLES:
            return self._moment(kind, given, place)
        if type(given) is not kind:
            self.report(place, f"expected {_NAMES[kind]}, found {_shown(given)}.", _as(kind, given))
            return None
        if isinstance(given, float) and not isfinite(given):
            self.report(place, f"{given} is not a number.", "Correct the value.")
            return None
        if isinstance(given, (int, float)) and abs(given) > _GREATEST:
            self.report(place, "this number is too great.", "Correct the value.")
            return None
        return given.strip() if isinstance(given, str) else given

    def _items(self, hint: Any, given: object, place: str) -> tuple[Any, ...]:
        if not isinstance(given, list):
            heading = f"Write its heading with two brackets: [[{place}]]."
            remedy = heading if isinstance(given, Mapping) else "Write the values between [ and ]."
            self.report(place, "expected a list.", remedy)
            return ()
        values = (self.value(hint, value, f"{place} {number}") for number, value in enumerate(given, start=1))
        return tuple(value for value in values if value is not None)

    def _named(self, hint: Any, given: object, place: str) -> dict[str, Any]:
        if not isinstance(given, Mapping):
            self.report(place, "expected a table.", f"Write it below a line [{place}.…].")
            return {}
        entries = {str(name): self.value(hint, value, f"{place}.{name}") for name, value in given.items()}
        return {name: entry for name, entry in entries.items() if entry is not None}

    def _choice(self, kind: type[StrEnum], given: object, place: str) -> StrEnum | None:
        if isinstance(given, str) and given in list(kind):
            return kind(given)
        self.report(place, f"{_shown(given)} is not known here.", suggestion(_shown(given).strip("'"), list(kind)))
        return None

    def _moment(self, kind: type[date | time], given: Any, place: str) -> date | time | None:
        try:
            if type(given) is kind:
                return given
            if isinstance(given, str) and re.fullmatch(_SHAPES[kind], given, re.ASCII):
                return kind.fromisoformat(given.zfill(5))  # a host may write 8:30
        except ValueError:
            pass
        plain = _DASHES.sub("-", given) if isinstance(given, str) else ""
        meant = f'"{plain}"' if plain != given and re.fullmatch(_SHAPES[kind], plain, re.ASCII) else _EXAMPLES[kind]
        self.report(place, f"{_shown(given)} is not a {kind.__name__}.", f"Write it like {meant}.")
        return None


def _is_needed(item: "Field[Any]") -> bool:
    return item.default is MISSING and item.default_factory is MISSING


def _is_named(hint: Any) -> bool:
    return get_origin(get_args(hint)[0] if get_origin(hint) is Annotated else hint) is Mapping


def _is_nested(hint: Any) -> bool:
    """Whether a field holds further tables."""
    return any(is_dataclass(arm) or _is_nested(arm) for arm in get_args(hint))


def _as(kind: type, given: object) -> str:
    """How to write a value of another type."""
    if kind is bool:
        return "Write true or false, without quotes."
    if kind is str and isinstance(given, bool):
        return 'Write it in words: "…".'
    if kind is int:
        return "Write digits alone, without quotes."
    if kind is str and isinstance(given, (int, float, date, time)) and not isinstance(given, bool):
        return f'Put it in quotes: "{given}".'
    if kind is float and isinstance(given, str):
        numbers = re.findall(r"-?\d+[.,]\d+", _DASHES.sub("-", given))
        if len(numbers) == 2 and "," in given:
            return f"Write two lines: latitude = {numbers[0]} and longitude = {numbers[1]}."
        if len(numbers) == 1:
            return f"Write it without quotes: {numbers[0].replace(',', '.')}."
    return "Correct the value."


def _shown(given: object) -> str:
    """A value as a person wrote it, cut where it is long."""
    if isinstance(given, (int, float)) and abs(given) > _GREATEST:
        return "a number too great"
    plain = str(given) if isinstance(given, (date, time)) else repr(given)
    text = "a table or list" if isinstance(given, (list, Mapping)) else plain
    return text if len(text) <= 60 else f"{text[:60]}…"
