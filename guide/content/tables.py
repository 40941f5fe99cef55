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
_SHAPES: dict[type[date | time], str] = {date: r"\d{4}-\d\d-\d\d", time: r"\d\d:\d\d"}
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
        rows = [item for item in fields(cls) if item.name not in given]  # type: ignore[arg-type]
        for item in sorted(rows, key=lambda item: not _is_nested(hints[item.name])):
            read = self._field(item, hints[item.name], table if place else {**self.astray, **table}, place)
            if read is not MISSING:
                values[item.name] = read
        return cls(**values) if all(item.name in values or not _is_needed(item) for item in rows) else None

    def _unknown(self, name: str, found: object, place: str, known: Collection[str]) -> None:
        if place and name in self.top:
            self.astray[name] = found
            self.report(place, f'"{name}" is no field of this block.', "Write it at the top, above the first [ ].")
        else:
            self.report(place, f'unknown field "{name}".', suggestion(name, known))

    def _field(self, item: "Field[Any]", hint: Any, table: Mapping[str, object], place: str) -> Any:
        """The value of one field; MISSING where there is none."""
        where = f"{place}{'.' if _is_named(hint) else ', '}{item.name}" if place else item.name
        found = table.get(item.name, MISSING)
        if found is MISSING or (isinstance(found, str) and not found.strip()):
            if _is_needed(item) and found is MISSING:
                self.report(place, f'the field "{item.name}" is missing.', f"Add a line: {item.name} = …")
            elif _is_needed(item):
                self.report(where, "this field is empty.", "Write something between the quotes.")
            return MISSING
        before = len(self.problems)
        read = self.value(hint, found, where)
        return MISSING if read is None and len(self.problems) > before else read

    def value(self, hint: Any, found: object, place: str) -> Any:
        """One value of the wanted type; None after reporting a wrong one."""
        kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if isinstance(kind, UnionType):
            kind = next(arm for arm in get_args(kind) if arm is not NoneType)
        if get_origin(kind) is tuple:
            if isinstance(found, str) and any(isinstance(mark, Several) for mark in get_args(hint)[1:]):
                found = [found]
            return self._rows(get_args(kind)[0], found, place)
        if get_origin(kind) is Mapping:
            return self._named(get_args(kind)[1], found, place)
        if is_dataclass(kind):
            return self.record(kind, found, place)  # type: ignore[arg-type]
        if issubclass(kind, StrEnum):
            return self._choice(kind, found, place)
        if kind in _EXAMPLES:
            return self._moment(kind, found, place)
        if type(found) is not kind:
            self.report(place, f"expected {_NAMES[kind]}, found {_shown(found)}.", _as(kind, found))
            return None
        if isinstance(found, float) and not isfinite(found):
            self.report(place, f"{found} is not a number.", "Correct the value.")
            return None
        if isinstance(found, (int, float)) and abs(found) > _GREATEST:
            self.report(place, "this number is too great.", "Correct the value.")
            return None
        return found.strip() if isinstance(found, str) else found

    def _rows(self, hint: Any, found: object, place: str) -> tuple[Any, ...]:
        if not isinstance(found, list):
            heading = f"Write its heading with two brackets: [[{place}]]."
            remedy = heading if isinstance(found, Mapping) else "Write the values between [ and ]."
            self.report(place, "expected a list.", remedy)
            return ()
        rows = (self.value(hint, row, f"{place} {number}") for number, row in enumerate(found, start=1))
        return tuple(row for row in rows if row is not None)

    def _named(self, hint: Any, found: object, place: str) -> dict[str, Any]:
        if not isinstance(found, Mapping):
            self.report(place, "expected a table.", f"Write it below a line [{place}.…].")
            return {}
        rows = {str(name): self.value(hint, value, f"{place}.{name}") for name, value in found.items()}
        return {name: row for name, row in rows.items() if row is not None}

    def _choice(self, kind: type[StrEnum], found: object, place: str) -> StrEnum | None:
        if isinstance(found, str) and found in list(kind):
            return kind(found)
        self.report(place, f"{_shown(found)} is not known here.", suggestion(_shown(found).strip("'"), list(kind)))
        return None

    def _moment(self, kind: type[date | time], found: Any, place: str) -> date | time | None:
        try:
            if type(found) is kind:
                return found
            if isinstance(found, str) and re.fullmatch(_SHAPES[kind], found, re.ASCII):
                return kind.fromisoformat(found)
        except ValueError:
            pass
        plain = _DASHES.sub("-", found) if isinstance(found, str) else ""
        meant = f'"{plain}"' if plain != found and re.fullmatch(_SHAPES[kind], plain, re.ASCII) else _EXAMPLES[kind]
        self.report(place, f"{_shown(found)} is not a {kind.__name__}.", f"Write it like {meant}.")
        return None


def _is_needed(item: "Field[Any]") -> bool:
    return item.default is MISSING and item.default_factory is MISSING


def _is_named(hint: Any) -> bool:
    return get_origin(get_args(hint)[0] if get_origin(hint) is Annotated else hint) is Mapping


def _is_nested(hint: Any) -> bool:
    """Whether a field holds further tables."""
    return any(is_dataclass(arm) or _is_nested(arm) for arm in get_args(hint))


def _as(kind: type, found: object) -> str:
    """How to write a value of another type."""
    if kind is str and isinstance(found, (int, float, date, time)) and not isinstance(found, bool):
        return f'Put it in quotes: "{found}".'
    if kind is float and isinstance(found, str):
        numbers = re.findall(r"-?\d+[.,]\d+", _DASHES.sub("-", found))
        if len(numbers) == 2 and "," in found:
            return f"Write two lines: latitude = {numbers[0]} and longitude = {numbers[1]}."
        if len(numbers) == 1:
            return f"Write it without quotes: {numbers[0].replace(',', '.')}."
    return "Correct the value."


def _shown(found: object) -> str:
    """A value as a person wrote it, cut where it is long."""
    if isinstance(found, (int, float)) and abs(found) > _GREATEST:
        return "a number too great"
    plain = str(found) if isinstance(found, (date, time)) else repr(found)
    text = "a table or list" if isinstance(found, (list, Mapping)) else plain
    return text if len(text) <= 60 else f"{text[:60]}…"
