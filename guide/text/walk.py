"""The traversal of every translated text of a guide.

Extraction and translation both use it, so what is visible can be translated, and the other way round.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from guide.model.markers import Comment, Translated, types_of
from guide.text.markdown import Skeleton, line, split

T = TypeVar("T")


@dataclass(frozen=True)
class Slot:
    """A place in the guide where a translated text stands. `trail` are the steps that lead to it."""

    trail: tuple[str, ...]
    blocks: bool
    comment: str
    context: str | None

    def skeleton(self, text: str) -> Skeleton:
        """The text that stands here, split into its messages."""
        return split(text) if self.blocks else line(text)


Visit = Callable[[str, Slot], str]


def walk(thing: T, visit: Visit, trail: tuple[str, ...] = ()) -> T:
    """The same thing with every translated text replaced by what `visit` makes of it."""
    changes = {}
    for name, hint in _visited(type(thing)):  # type: ignore[arg-type]  # mypy takes no class for hashable
        value = getattr(thing, name)
        changed = _walk_value(value, hint, visit, (*trail, name))
        if changed is not value:
            changes[name] = changed
    return replace(thing, **changes) if changes else thing  # type: ignore[type-var]


def _walk_value(value: Any, hint: Any, visit: Visit, trail: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        mark, comment = _marks(hint)
        slot = Slot(trail, mark.blocks, comment.text, comment.context)
        return visit(value, slot) if value else value
    if isinstance(value, tuple):
        inner = get_args(hint)[0]
        return tuple(
            _walk_value(item, inner, visit, (*trail, _name(item, number))) for number, item in enumerate(value, 1)
        )
    if isinstance(value, Mapping):
        inner = get_args(hint)[1]
        return {name: _walk_value(item, inner, visit, (*trail, name)) for name, item in value.items()}
    return walk(value, visit, trail)


def _name(item: Any, number: int) -> str:
    return str(getattr(item, "slug", number))


@cache
def _visited(cls: Hashable) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass below which there is a translated text."""
    hints = types_of(cls)
    return tuple((item.name, hints[item.name]) for item in fields(cls) if _holds_text(hints[item.name]))  # type: ignore[arg-type]


@cache
def _holds_text(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return any(isinstance(mark, Translated) for mark in hint.__metadata__)
    if is_dataclass(hint):
        return bool(_visited(hint))  # type: ignore[arg-type]
    return any(_holds_text(arm) for arm in get_args(hint))


@cache
def _marks(hint: Any) -> tuple[Translated, Comment]:
    marks = {type(mark): mark for mark in hint.__metadata__}
    return marks[Translated], marks.get(Comment, Comment(""))
