"""The programme of an edition with the instants that scripts compare with a clock: they know no time zones then.

Instants are milliseconds since 1970, as JavaScript counts them. A clock time that summer time skips is read as clocks
went before it, one that comes twice as the first.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from guide.model.programme import Programme, ProgrammeDay, ProgrammeStop

_WAITING = 30 * 60_000
"""How long people are taken to gather, in milliseconds."""


@dataclass(frozen=True)
class PlannedStop:
    """A stop, and when it begins and ends and when to leave for it; None where the host does not say."""

    stop: ProgrammeStop
    begins: int | None
    ends: int | None
    leave: int | None


@dataclass(frozen=True)
class PlannedDay:
    """A day from midnight to midnight, and when its afternoon and its evening begin; None where it has no date.

    `meets` is when the day begins, where no stop begins then, and `met` when nobody is waited for any more.
    """

    day: ProgrammeDay
    begins: int | None
    noon: int | None
    evening: int | None
    ends: int | None
    meets: int | None
    met: int | None
    stops: tuple[PlannedStop, ...]


def planned(programme: Programme, time_zone: str) -> list[PlannedDay]:
    """The days of a programme on the clock of a time zone."""
    return [_day(day, ZoneInfo(time_zone)) for day in programme.days]


def _day(day: ProgrammeDay, zone: ZoneInfo) -> PlannedDay:
    def at(time: dt.time | None) -> int | None:
        if day.date is None or time is None:
            return None
        return int(dt.datetime.combine(day.date, time, zone).timestamp() * 1000)

    last = dt.datetime.combine(day.date + dt.timedelta(days=1), dt.time(), zone) if day.date else None
    begun = {stop.time for stop in day.stops if not stop.cancelled}
    meets = None if day.meeting.time in begun else at(day.meeting.time)
    return PlannedDay(
        day=day,
        begins=at(dt.time(0)),
        noon=at(dt.time(12)),
        evening=at(dt.time(18)),
        ends=int(last.timestamp() * 1000) if last else None,
        meets=meets,
        met=None if meets is None else meets + _WAITING,
        stops=tuple(_stops(day, at)),
    )


def _stops(day: ProgrammeDay, at: Callable[[dt.time | None], int | None]) -> Iterator[PlannedStop]:
    for stop in day.stops:
        yield PlannedStop(stop, at(stop.time), at(stop.ends), at(stop.leave_by))
