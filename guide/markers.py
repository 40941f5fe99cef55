"""Marks on the fields of the model: what is translated, and what a translator should know about it."""

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True)
class Translated:
    """Marks a field whose text is translated: one message, or one a block."""

    blocks: bool


@dataclass(frozen=True)
class Note:
    """What a translator should know about a field. `context` keeps equal short texts apart."""

    text: str
    context: str | None = None


class Several:
    """Marks a list that may also be written as one value."""


Text = Annotated[str, Translated(blocks=False)]
"""One line of visible text; emphasis and links are allowed."""

Prose = Annotated[str, Translated(blocks=True)]
"""Markdown: paragraphs, headings, lists. Every block is a message of its own."""
