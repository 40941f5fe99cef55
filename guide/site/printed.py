"""What a print says of the plan, as a mark in the address of its code: a page can tell by it what changed since."""

import hashlib
from collections.abc import Iterable, Iterator

from guide.model.programme import ProgrammeDay

_LETTERS = 4
"""Letters of a day's digest: of two different plans, one pair in 456,976 has the same."""


def print_mark(date: str, days: Iterable[ProgrammeDay]) -> str:
    """The fragment, without its sign, of an address on a print of this date (YYYY-MM-DD) that rests on these days.

    `printed=2027-05-20-1mzkq2abcd`: after the date each day's number and the letters of its digest. Only digits and
    small letters follow the date, so that a number ends where its letters begin.
    """
    return f"printed={date}-{''.join(f'{day.slug}{digest(day)}' for day in days)}"


def digest(day: ProgrammeDay) -> str:
    """Four small letters that change when the plan of a day does, as a print may show it.

    The plan is the date, when and where to meet, and for each stop what happens, when, where, for whom, when to leave
    and whether it is cancelled. Titles, notes and descriptions are no part of it. Give it a day of the guide as it is
    written, not of a translation: then a print in any language bears the same letters.
    """
    number = int.from_bytes(hashlib.sha256("\n".join(map(str, _plan(day))).encode()).digest()[:8], "big")
    letters = ""
    for _ in range(_LETTERS):
        number, letter = divmod(number, 26)
        letters += chr(ord("a") + letter)
    return letters


def _plan(day: ProgrammeDay) -> Iterator[object]:
    yield day.date, _point(day.meeting.time, day.meeting.meeting_point, day.meeting.address)
    yield day.meeting.latitude, day.meeting.longitude
    for stop in day.stops:
        yield stop.slug, str(stop.activity), stop.part.value, stop.ends, str(stop.place)
        yield _point(stop.time, stop.meeting_point, stop.address), stop.latitude, stop.longitude
        yield stop.leave_by, str(stop.leave_from), tuple(map(str, stop.groups)), str(stop.cancelled)


def _point(time: object, point: str, address: str) -> tuple[object, str, str]:
    return time, str(point), address
