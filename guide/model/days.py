"""The days of the record: a theme and an itinerary each, and what happened in 2017."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from guide.model.markers import Comment, Prose, Text


class Part(StrEnum):
    """The part of a day in which a stop lies, as far as the record says."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One point of a day's itinerary: what any edition does there, in words that hold in any year."""

    slug: str
    part: Part
    activity: Annotated[Text, Comment("a line of the day's itinerary")]
    note: Annotated[Text, Comment("one to three sentences under the line of the itinerary")] = ""
    place: Annotated[Text, Comment("where a stop of the itinerary is, when its site does not say it")] = ""
    duration: Annotated[Text, Comment("how long a stop of the itinerary takes")] = ""
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class Day:
    """One of the days, with a theme and an itinerary. Its slug is its number."""

    slug: str
    title: Annotated[Text, Comment("title of a day")]
    theme: Annotated[Text, Comment("the day's theme, a sentence")]
    summary: Annotated[Text, Comment("for lists and link previews, at most 200 characters")]
    itinerary: tuple[Stop, ...]
    lessons: tuple[str, ...] = ()
    drawing: Annotated[Text, Comment("what the drawing shows, for those who do not see it")] = ""
    lesson: Prose
    reflection: Prose
    story: Prose
    feedback: Prose = ""
