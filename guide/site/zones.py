"""Time zones as calendars describe them: the offsets of the years that a calendar needs."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_QUARTER = dt.timedelta(minutes=15)


def zone(name: str, first: int, last: int) -> Timezone:
    """A zone of the IANA, by its name, from the beginning of one year to the end of another.

    Each part begins at the moment that clocks showed before they were moved, as RFC 5545 has it; the library's own
    `Timezone.from_tzinfo` says what they showed after.
    """
    offsets = list(_offsets(name, *(min(max(year, 2), 9998) for year in (first, last))))  # no calendar goes further
    least = min(after for _, _, after in offsets)
    described = Timezone()
    described.add("tzid", name)
    for moment, before, after in offsets:
        part = TimezoneDaylight() if after > least else TimezoneStandard()
        part.add("dtstart", (moment + before).replace(tzinfo=None))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", str(moment.astimezone(ZoneInfo(name)).tzname()))
        described.add_component(part)
    return described


Offset = tuple[dt.datetime, dt.timedelta, dt.timedelta]


def _offsets(name: str, first: int, last: int) -> Iterator[Offset]:
    """The offset with which the years begin, and every change of it: moment, offset before and after."""
    begin = dt.datetime(first, 1, 1, tzinfo=ZoneInfo(name))
    offset = _offset(begin)
    yield (begin.replace(tzinfo=dt.UTC) - offset), offset, offset
    for year in range(first, last + 1):
        yield from _changes(name, year)


@cache
def _changes(name: str, year: int) -> list[Offset]:
    """The changes of a year by the clocks of Greenwich: none lies so near its ends that it could matter."""
    here = ZoneInfo(name)
    begin = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    moments = [begin + number * _QUARTER for number in range(365 * 24 * 4)]
    known = [(moment, _offset(moment.astimezone(here))) for moment in moments]
    return [(moment, before, after) for (_, before), (moment, after) in pairwise(known) if before != after]


def _offset(moment: dt.datetime) -> dt.timedelta:
    return moment.utcoffset() or dt.timedelta()
