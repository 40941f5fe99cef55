"""What statements rest on: sources, and the record of the Lab item by item."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from guide.model.markers import Comment, Text

PARTS = {"a": "d", "e": "g", "h": "m", "n": "z"}
"""The parts of the list of sources: from which letter of their publisher to which."""


class Confidence(StrEnum):
    """How sure what is taken from a source is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where statements come from. `confidence` rates what is taken from it."""

    slug: str
    publisher: str
    about: Annotated[Text, Comment("what a source is, under 80 characters")]
    year: int | None = None
    url: str = ""
    confidence: Confidence = Confidence.MEDIUM

    @property
    def part(self) -> str:
        """The part of the list of sources in which it stands."""
        first = unicodedata.normalize("NFKD", self.publisher.casefold())[:1]
        return max((letter for letter in PARTS if letter <= first), default="a")


@dataclass(frozen=True, kw_only=True)
class RecordChapter:
    """A chapter of the record. `pages` are its printed pages, such as `10–13`; empty where they are not known."""

    slug: str
    name: Annotated[Text, Comment("title of a chapter of the record")]
    pages: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One statement of the record: its day (0 before the first day and after the last), heading and kind.

    `text` tells it in the guide's own words. `left_out` says why the guide does not tell it; empty for what is told.
    """

    slug: str
    day: str
    heading: Annotated[Text, Comment("a heading of the record")]
    kind: str
    text: Annotated[Text, Comment("what an item of the record says, in our words")]
    left_out: Annotated[Text, Comment("why the guide does not tell this item of the record")] = ""
