"""Marks on the fields of the model: what is translated, and what a translator should know about it."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_origin, get_type_hints


@dataclass(frozen=True)
class Translated:
    """Marks a field whose text is translated: one message, or one a block."""

    blocks: bool


@dataclass(frozen=True)
class Comment:
    """What a translator should know about a field, as catalogs show it. `context` keeps equal short texts apart."""

    text: str
    context: str | None = None


class Several:
    """Marks a list that may also be written as one value."""


Text = Annotated[str, Translated(blocks=False)]
"""One line of visible text; emphasis and links are allowed."""

Prose = Annotated[str, Translated(blocks=True)]
"""Markdown: paragraphs, headings, lists. Every block is a message of its own."""


@cache
def types_of(cls: Hashable) -> dict[str, Any]:
    """The fields of a dataclass with their types, markers included."""
    return get_type_hints(cls, include_extras=True)


def translated(hint: Any) -> Translated | None:
    """The marker of a translated type, or None."""
    if get_origin(hint) is not Annotated:
        return None
    return next((mark for mark in hint.__metadata__ if isinstance(mark, Translated)), None)
