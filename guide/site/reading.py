"""What a page reads of the guide while it is printed, noted so that a build knows which pages an edit changes.

Everything that differs from one page to the next is reached through a `Watched` mapping, which notes what is asked.
Each read has a name: language, field of the guide, slug, field of the thing, as in `es, sites, moravia, story`.
"""

import datetime as dt
import hashlib
import json
import marshal
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from markupsafe import Markup

from guide.model.guide import Guide
from guide.text.pieces import Prose, Text

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

Name = tuple[Any, ...]
"""What was read: strings, and for a translation the key of its message."""

_NOTED: ContextVar[dict[Name, None] | None] = ContextVar("noted", default=None)


def note(name: Name) -> None:
    """Note that the page that is being printed read something."""
    noted = _NOTED.get()
    if noted is not None:
        noted[name] = None


@contextmanager
def noting() -> Iterator[Mapping[Name, None]]:
    """What is read while this lasts, in order, each once."""
    noted: dict[Name, None] = {}
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)


class Watched(Mapping[K, T]):
    """A mapping that notes what is read of it. `by_field` it holds dataclasses, each field of which is noted."""

    def __init__(self, name: Name, things: Mapping[K, T], by_field: bool = False) -> None:
        self.name, self._things, self._by_field = name, things, by_field
        self._shown = {key: _seen((*name, key), thing) for key, thing in things.items()} if by_field else things

    def __getitem__(self, key: K) -> T:
        note((*self.name, key))
        return self._shown[key]

    def __iter__(self) -> Iterator[K]:
        note(self.name)
        return iter(self._shown)

    def __len__(self) -> int:
        note(self.name)
        return len(self._shown)

    def state(self, rest: Name) -> object:
        """What a read now finds, by what follows the mapping's own name. Raises LookupError or AttributeError."""
        match rest:
            case ():
                return list(self._things)
            case (key,):
                thing = self._things[key]
                return True if self._by_field else thing
            case (key, field):
                return getattr(self._things[key], field)
        raise LookupError(rest)


def watched(guide: Guide, tag: str) -> Guide:
    """A guide of whose days, sites and other things by slug it is noted what a page reads."""
    values = {field.name: getattr(guide, field.name) for field in fields(guide)}
    things: dict[str, Any] = {
        name: Watched((tag, name), value, by_field=True)
        for name, value in values.items()
        if isinstance(value, Mapping) and all(map(is_dataclass, value.values()))
    }
    return replace(guide, **things)


def unwatched(guide: Guide) -> list[object]:
    """Everything else of such a guide, which any page may read without a note."""
    values = (getattr(guide, field.name) for field in fields(guide))
    return [value for value in values if not isinstance(value, Watched)]


def _seen(trail: Name, thing: T) -> T:
    seen = object.__new__(_watching(type(thing)))  # type: ignore[arg-type]
    vars(seen).update(vars(thing), _trail=trail)
    return seen  # type: ignore[no-any-return]


@cache
def _watching(kind: Any) -> Any:
    """The same dataclass, which notes what is read of its fields."""
    names = frozenset(field.name for field in fields(kind))

    def read(self: object, name: str) -> Any:
        if name in names and (trail := object.__getattribute__(self, "_trail")):
            note((*trail, name))
        return object.__getattribute__(self, name)

    return type(kind.__name__, (kind,), {"__getattribute__": read, "__module__": kind.__module__, "_trail": ()})


def digest(*values: object) -> bytes:
    """A digest of values of the model. Raises TypeError for what it can't tell from its like."""
    return hashlib.sha256(marshal.dumps(_plain(values), 2)).digest()


def _plain(value: Any) -> Any:
    """A value as nested tuples of plain values, in which whatever differs differs."""
    kind = type(value)
    if kind in (str, int, float, bool, bytes, type(None)):
        return value
    if kind in (tuple, list):
        return tuple(map(_plain, value))
    if kind is Text:
        return "text", str(value), _plain(value.pieces), value.sources
    if kind is Prose:
        return "prose", str(value), _plain(value.pieces), _plain(value.headings)
    if kind is Markup:
        return "markup", str(value)
    if isinstance(value, Enum):
        return kind.__name__, value.name
    if isinstance(value, dt.date | dt.time):
        return kind.__name__, value.isoformat()
    if isinstance(value, Mapping):
        return "mapping", tuple((_plain(key), _plain(inner)) for key, inner in value.items())
    if is_dataclass(value):
        return (kind.__name__, *(_plain(getattr(value, name)) for name in _names(kind)))  # type: ignore[arg-type]
    raise TypeError(f"no digest of {kind}")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


State = Callable[[Name], object]
"""What a read now finds, by what follows the first two parts of its name."""


class Reads:
    """What each page read when it was last printed, and whether that still is what it was.

    `states` say by the first two parts of a name what a read now finds. `kept` is what `packed` returned before.
    """

    def __init__(self, states: Mapping[Name, State], kept: bytes | None) -> None:
        self._states = states
        self._numbers: dict[Name, int] = {}
        self._digests: dict[int, bytes] = {}
        self._pages: dict[str, array[int]] = {}
        if kept:
            names, pages = json.loads(kept)
            self._numbers = {_name(name): number for number, name in enumerate(names)}
            self._pages = {path: array("I", numbers) for path, numbers in pages.items()}
        self._names = list(self._numbers)

    def note(self, path: str, names: Iterable[Name]) -> bytes:
        """Note what a page read, and return what that is, as a digest."""
        self._pages[path] = array("I", map(self._number, names))
        return b"".join(map(self._digest, self._pages[path]))

    def now(self, path: str) -> bytes | None:
        """What a page would find now where it read before, and what that is, as a digest; None for a page not known."""
        numbers = self._pages.get(path)
        return None if numbers is None else b"".join(map(self._digest, numbers))

    def packed(self, paths: Iterable[str]) -> bytes:
        """What these pages read, to be kept for the next build."""
        pages = {path: self._pages[path].tolist() for path in paths if path in self._pages}
        used = {number: new for new, number in enumerate(sorted({n for numbers in pages.values() for n in numbers}))}
        renumbered = {path: [used[number] for number in numbers] for path, numbers in pages.items()}
        names = [self._names[number] for number in used]
        return json.dumps([names, renumbered], ensure_ascii=False, separators=(",", ":")).encode()

    def _number(self, name: Name) -> int:
        number = self._numbers.setdefault(name, len(self._names))
        if number == len(self._names):
            self._names.append(name)
        return number

    def _digest(self, number: int) -> bytes:
        if number not in self._digests:
            name = self._names[number]
            try:
                found = [self._states[name[:2]](name[2:])]
            except (LookupError, AttributeError):  # what was read is no more
                found = []
            self._digests[number] = digest(repr(name), found)
        return self._digests[number]


def _name(listed: list[Any]) -> Name:
    return tuple(tuple(part) if isinstance(part, list) else part for part in listed)
