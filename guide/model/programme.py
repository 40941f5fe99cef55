"""The programme of an edition: the record's itinerary with what the host changes, in one model that all pages read."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from guide.model.days import Day, Part, Stop
from guide.model.edition import Edition, HostDay, HostStop, Meeting

_NUMBER = re.compile("0|[1-9][0-9]?")
_PARTS = list(Part)
_MIDDAY = dt.time(14)
"""Until when a stop comes before those of the afternoon of which nobody says when they are."""


@dataclass(frozen=True, kw_only=True)
class ProgrammeStop(Meeting):
    """One stop of a day, with when and where to meet for it.

    Texts are in the language of the guide that the programme was made of. `groups` is empty where the stop is for all,
    `cancelled` says why it does not take place, and `origin` is the day of the record that has it: empty for a stop of
    the host's own.
    """

    day: str
    slug: str
    part: Part
    activity: str
    note: str = ""
    place: str = ""
    duration: str = ""
    site: str = ""
    ends: dt.time | None = None
    leave: dt.time | None = None
    leave_from: str = ""
    travel: int | None = None
    groups: tuple[str, ...] = ()
    cancelled: str = ""
    origin: str = ""

    @property
    def leave_by(self) -> dt.time | None:
        """When to leave: as the host wrote it, or so many minutes before the time. None where neither is known."""
        if self.leave or self.travel is None or self.time is None:
            return self.leave
        minutes = self.time.hour * 60 + self.time.minute - self.travel
        return dt.time(minutes // 60, minutes % 60) if minutes >= 0 else None

    def is_with(self, other: "ProgrammeStop") -> bool:
        """Whether somebody goes to both stops."""
        return not self.groups or not other.groups or not set(self.groups).isdisjoint(other.groups)


@dataclass(frozen=True, kw_only=True)
class ProgrammeDay:
    """One day. `record` is None for a day of the host's own; one that is not `is_held` is as in the record alone.

    `date` is None where the day is not held, or has none. `stops` are in order, with those that are cancelled.
    """

    slug: str
    date: dt.date | None
    meeting: Meeting
    stops: tuple[ProgrammeStop, ...]
    is_held: bool
    record: Day | None
    host: HostDay

    @property
    def title(self) -> str:
        return self.host.title or (self.record.title if self.record else "")

    @property
    def theme(self) -> str:
        return self.host.theme or (self.record.theme if self.record else "")

    @property
    def summary(self) -> str:
        """For lists and link previews."""
        return self.record.summary if self.record else self.theme

    @property
    def drawing(self) -> str:
        """What the day's drawing shows; empty where it has none."""
        return self.record.drawing if self.record else ""


@dataclass(frozen=True, kw_only=True)
class Programme:
    """The days of an edition in the order of their dates, and the days of the record that it leaves out."""

    days: tuple[ProgrammeDay, ...]
    left_out: tuple[ProgrammeDay, ...]

    def day(self, slug: str) -> ProgrammeDay:
        """A day, held or not. Raises KeyError."""
        return {day.slug: day for day in (*self.days, *self.left_out)}[slug]

    def visits(self, site: str) -> list[tuple[ProgrammeDay, ProgrammeStop]]:
        """The stops at a site with their days, those that are cancelled too."""
        return [(day, stop) for day in self.days for stop in day.stops if stop.site == site]


def programme(days: Mapping[str, Day], edition: Edition) -> Programme:
    """The programme that a host makes of the days of the record. Mistakes of the host's are passed over."""
    dates = dates_of(days, edition)
    moved = moves(days, edition)
    held = [_held(slug, days, edition, dates[slug], moved) for slug in dates]
    held.sort(key=lambda day: (day.date or dt.date.max, int(day.slug)))
    return Programme(days=tuple(held), left_out=tuple(_as_recorded(days, slug) for slug in days if slug not in dates))


def own_days(days: Iterable[str], edition: Edition) -> list[str]:
    """The days that only the host has: numbers that the record lacks, with a title."""
    known = set(days)
    own = [slug for slug, day in edition.days.items() if slug not in known and is_number(slug) and day.title]
    return sorted((slug for slug in own if not edition.days[slug].left_out), key=int)


def is_number(slug: str) -> bool:
    """Whether a day can be called so."""
    return _NUMBER.fullmatch(slug) is not None


def dates_of(days: Iterable[str], edition: Edition) -> dict[str, dt.date | None]:
    """The dates of the days that are held, in the order of their numbers.

    They follow one another from the first day on; Day 0 is the day before. A day may have a date of its own.
    """
    record = [slug for slug in days if not (slug in edition.days and edition.days[slug].left_out)]
    held = sorted([*record, *own_days(days, edition)], key=int)
    before = held[:1].count("0")
    return {slug: _date(edition, slug, number - before) for number, slug in enumerate(held)}


def _date(edition: Edition, slug: str, number: int) -> dt.date | None:
    if slug in edition.days and (date := edition.days[slug].date):
        return date
    try:
        return edition.first_day and edition.first_day + dt.timedelta(days=number)
    except OverflowError:  # before the year 1 or after 9999
        return None


def homes(days: Mapping[str, Day], slug: str) -> list[str]:
    """The days of the record that have a stop."""
    return [number for number, day in days.items() if slug in {stop.slug for stop in day.itinerary}]


def home_of(days: Mapping[str, Day], day: str, slug: str) -> str:
    """The day of the record whose stop a host means in a day: this one, or the only other that has it.

    Empty for a stop of the host's own.
    """
    having = homes(days, slug)
    if day in having:
        return day
    return having[0] if len(having) == 1 else ""


def moves(days: Mapping[str, Day], edition: Edition) -> dict[tuple[str, str], str]:
    """The stops that a host moves, by their day in the record and their slug, and the day that they move to."""
    moved: dict[tuple[str, str], str] = {}
    for day in dates_of(days, edition):
        for slug in edition.days[day].stops if day in edition.days else ():
            home = home_of(days, day, slug)
            if home and home != day:
                moved.setdefault((home, slug), day)
    return moved


def _as_recorded(days: Mapping[str, Day], slug: str) -> ProgrammeDay:
    day = days[slug]
    stops = tuple(_stop(slug, slug, stop, HostStop()) for stop in day.itinerary)
    return ProgrammeDay(
        slug=slug, date=None, meeting=Meeting(), stops=stops, is_held=False, record=day, host=HostDay()
    )  # fmt: skip


def _held(
    slug: str, days: Mapping[str, Day], edition: Edition, date: dt.date | None, moved: Mapping[tuple[str, str], str]
) -> ProgrammeDay:
    host = edition.days.get(slug, HostDay())
    has_point = host.meeting_point or host.has_place
    return ProgrammeDay(
        slug=slug,
        date=date,
        meeting=host if has_point else edition.assembly.meeting(host.time),
        stops=tuple(_stops(slug, days, host, moved)),
        is_held=True,
        record=days.get(slug),
        host=host,
    )


def _stops(
    slug: str, days: Mapping[str, Day], host: HostDay, moved: Mapping[tuple[str, str], str]
) -> list[ProgrammeStop]:
    """The stops of a day: those of the record, then in their places those that were moved here and the host's own."""
    itinerary = days[slug].itinerary if slug in days else ()
    stops = [
        _stop(slug, slug, stop, host.stops.get(stop.slug, HostStop()))
        for stop in itinerary
        if (slug, stop.slug) not in moved and not (stop.slug in host.stops and host.stops[stop.slug].left_out)
    ]
    if any(host.stops[stop.slug].part for stop in itinerary if stop.slug in host.stops):
        stops.sort(key=_rank)
    for name, change in host.stops.items():
        home = home_of(days, slug, name)
        if home == slug or change.left_out or (home and moved.get((home, name)) != slug):
            continue
        recorded = next((stop for stop in days[home].itinerary if stop.slug == name), None) if home else None
        if recorded is None and not change.name:
            continue
        part = change.part or _part_at(change.time) or (recorded.part if recorded else None)
        at = _place_in(stops, part, change.time)
        part = part or (stops[-1].part if stops else Part.MORNING)
        stop = replace(recorded, part=part) if recorded else Stop(slug=name, part=part, activity=change.name)
        stops.insert(at, _stop(slug, home, stop, change))
    return _ordered(stops, host) if host.order else stops


def _part_at(time: dt.time | None) -> Part | None:
    if time is None:
        return None
    return Part.MORNING if time.hour < 12 else Part.AFTERNOON if time.hour < 18 else Part.EVENING


def _place_in(stops: list[ProgrammeStop], part: Part | None, time: dt.time | None) -> int:
    """Where a stop goes that the day did not have: last in its part of the day, but before any that is later.

    At midday it goes before all of the afternoon of which nobody says when they are.
    """
    if part is None:
        return len(stops)
    rank = _PARTS.index(part)
    for at, stop in enumerate(stops):
        is_later = time is not None and (stop.time > time if stop.time else part is Part.AFTERNOON and time < _MIDDAY)
        if _rank(stop) > rank or (_rank(stop) == rank and is_later):
            return at
    return len(stops)


def _rank(stop: ProgrammeStop) -> int:
    return _PARTS.index(stop.part)


def _ordered(stops: list[ProgrammeStop], host: HostDay) -> list[ProgrammeStop]:
    """The stops in the order of the host. One whose part nobody says lies in the part of the one before it."""
    places = {slug: number for number, slug in reversed([*enumerate(host.order)])}
    ordered = sorted(stops, key=lambda stop: places.get(stop.slug, len(places)))
    for number, stop in enumerate(ordered):
        change = host.stops.get(stop.slug, HostStop())
        if not stop.origin and not change.part and not change.time:
            before = ordered[number - 1].part if number else Part.MORNING
            ordered[number] = _stop(stop.day, "", Stop(slug=stop.slug, part=before, activity=stop.activity), change)
    return ordered


def _stop(day: str, origin: str, stop: Stop, change: HostStop) -> ProgrammeStop:
    """A stop of the record as a host changes it. Its place is the meeting point where the host locates only that."""
    kept = {item.name: getattr(change, item.name) for item in fields(Meeting)}
    is_point = bool(change.place) and change.has_place and not change.meeting_point
    if is_point:
        kept["meeting_point"] = change.place
    return ProgrammeStop(
        **kept,
        day=day,
        slug=stop.slug,
        part=change.part or stop.part,
        activity=change.name or stop.activity,
        note=change.note or stop.note,
        place="" if is_point else change.place or stop.place,
        duration=stop.duration,
        site=change.site or stop.site,
        ends=change.ends,
        leave=change.leave,
        leave_from=change.leave_from,
        travel=change.travel,
        groups=change.groups,
        cancelled=change.cancelled,
        origin=origin,
    )
