"""When lines run: hours by kinds of days, as far as anybody has stated them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from guide.model.markers import Comment, Text
from guide.model.sources import Confidence


class Days(StrEnum):
    """The kinds of days that timetables know."""

    MONDAY_TO_SATURDAY = "monday-saturday"
    TUESDAY_TO_FRIDAY = "tuesday-friday"
    SATURDAYS = "saturdays"
    SUNDAYS_AND_HOLIDAYS = "sundays-holidays"


class Ending(StrEnum):
    """How well the last departure is known.

    `stated`: a notice says it. `about`: a notice says it of the whole network, not of these lines. `trains`: with the
    last trains. `inferred`: nobody says it; it is our reading of other days, and never later than theirs.
    """

    STATED = "stated"
    ABOUT = "about"
    TRAINS = "trains"
    INFERRED = "inferred"


@dataclass(frozen=True, kw_only=True)
class Service:
    """When lines run, on one kind of days: first and last departure. `year` is that of the source, where it has one."""

    lines: tuple[str, ...]
    days: Days
    first: dt.time
    last: dt.time
    ending: Ending = Ending.STATED
    note: Annotated[Text, Comment("what the notices leave open about the hours of some lines")] = ""
    sources: tuple[str, ...]
    confidence: Confidence
    year: int | None = None
