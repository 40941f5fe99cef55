"""TOML tables → dataclasses, by the types of their fields. Every problem is collected, none is fatal."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from math import isfinite
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from guide.markers import Translated
from guide.problems import Problem, suggestion

T = TypeVar("T")

_NAMES = {str: "text in quotes", int: "a whole number", float: "a number with a decimal point", bool: "true or false"}
_EXAMPLES: dict[type[date | time], str] = {date: '"2017-05-29"', time: '"08:30"'}
_SHAPES: dict[type[date | time], str] = {date: r"\d{4}-\d\d-\d\d", time: r"\d\d:\d\d"}
_GREATEST = 1_000_000


@cache
def types_of(cls: Hashable) -> dict[str, Any]:
    """The fields of a dataclass with their types, markers included."""
    return get_type_hints(cls, include_extras=True)


def translated(hint: Any) -> Translated | None:
    """The marker of a translated type, or None."""
    if get_origin(hint) is not Annotated:
        return None
    return next((mark for mark in hint.__metadata__ if isinstance(mark, Translated)), None)


@dataclass(frozen=True)
class Reader:
    """Reads the values of one file. `problems` grows as it goes."""

    file: str
    problems: list[Problem]

    def report(self, place: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, place, what, remedy))

    def record(
        self, cls: type[T], table: object, place: str = "", given: Mapping[str, object] = MappingProxyType({})
    ) -> T | None:
        """One dataclass from a table; None when something in it is wrong. `given` is not read from the table."""
        if not isinstance(table, Mapping):
            self.report(place, "expected a table of fields.", f"Write the fields of {cls.__name__} below it.")
            return None
        before = len(self.problems)
        hints = types_of(cls)  # type: ignore[arg-type]  # mypy takes no class for hashable
        for name in table.keys() - hints.keys() | (table.keys() & given.keys()):
            self.report(place, f'unknown field "{name}".', suggestion(name, hints.keys() - given.keys()))
        values = dict(given)
        for item in fields(cls):  # type: ignore[arg-type]
            if item.name in given:
                continue
            where = f"{place}, {item.name}" if place else item.name
            if item.name in table:
                values[item.name] = self.value(hints[item.name], table[item.name], where)
                if values[item.name] == "" and item.default is MISSING:
                    self.report(where, "this field is empty.", "Write something between the quotes.")
            elif item.default is MISSING and item.default_factory is MISSING:
                self.report(place, f'the field "{item.name}" is missing.', f"Add a line: {item.name} = …")
        return cls(**values) if len(self.problems) == before else None

    def value(self, hint: Any, found: object, place: str) -> Any:
        """One value of the wanted type; None after reporting a wrong one."""
        kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if isinstance(kind, UnionType):
            kind = next(arm for arm in get_args(kind) if arm is not NoneType)
        if get_origin(kind) is tuple:
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
            self.report(place, f"expected {_NAMES[kind]}, found {_shown(found)}.", "Correct the value.")
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
            self.report(place, "expected a list.", "Write the values between [ and ].")
            return ()
        return tuple(self.value(hint, row, f"{place} {number}") for number, row in enumerate(found, start=1))

    def _named(self, hint: Any, found: object, place: str) -> dict[str, Any]:
        if not isinstance(found, Mapping):
            self.report(place, "expected a table.", f"Write it below a line [{place}.…].")
            return {}
        return {str(name): self.value(hint, value, f"{place}.{name}") for name, value in found.items()}

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
        self.report(place, f"{_shown(found)} is not a {kind.__name__}.", f"Write it like {_EXAMPLES[kind]}.")
        return None


def _shown(found: object) -> str:
    """A value as a person wrote it, cut where it is long."""
    if isinstance(found, (int, float)) and abs(found) > _GREATEST:
        return "a number too great"
    text = "a table or list" if isinstance(found, (list, Mapping)) else repr(found)
    return text if len(text) <= 60 else f"{text[:60]}…"
