"""Calendars: the programme as calendar applications read it, after RFC 5545 and RFC 7986.

An event is known by its UID, which is the same in every language and stays when the host moves days or stops. Of two
files with an event, applications follow the one with the higher SEQUENCE: it tells when the host changed the edition.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vDuration

from guide.i18n.localize import N_
from guide.model.edition import Meeting
from guide.model.guide import Guide
from guide.model.programme import Programme, ProgrammeDay, ProgrammeStop
from guide.site.library import Language
from guide.site.pages import path_of
from guide.site.zones import zone

_NAMES = UUID("6f0f7c5e-8a0b-5c56-9f0e-2d1b7a4f3c21")
"""The namespace of all UIDs of this program."""
_EPOCH = int(dt.datetime(2017, 1, 1, tzinfo=dt.UTC).timestamp())
_MOST = 2**31 - 1
"""The highest SEQUENCE that applications can be trusted with; it is reached in 2085."""
_REFRESH = dt.timedelta(hours=12)

DAY, CANCELLED = N_("Day %(number)s"), N_("Cancelled:")
MEETING_TIME, MEETING_POINT = N_("Meeting time:"), N_("Meeting point:")
LEAVE, LEAVE_FROM = N_("Leave at %(time)s"), N_("Leave at %(time)s from %(place)s")
HOURS = {"morning": N_("Morning"), "afternoon": N_("Afternoon"), "evening": N_("Evening")}


def calendar_path(tag: str, day: str = "", stop: str = "") -> str:
    """The path of a calendar from the root of the build: of the whole programme, of a day, or of one stop of it."""
    name = "-".join(filter(None, ("day", day, stop))) if day else "lab"
    return f"{tag}/calendars/{name}.ics"


def key_of(guide: Guide) -> str:
    """What tells the events of an edition from those of others: what the host says, or its name and its first year."""
    name = " ".join(str(guide.edition.name).split())
    year = str(min((day.date.year for day in guide.programme.days if day.date), default=""))
    return guide.edition.calendar_key or (name if year in name else f"{name} {year}")


@dataclass(frozen=True)
class _Making:
    """An event that is not made yet, and its date."""

    date: dt.date
    make: Callable[[], Event]


@dataclass(frozen=True)
class Calendars:
    """The calendars of an edition in one language.

    `key` is the one of the edition. `changed` is when the host last changed it, in seconds since 1970. Events have an
    address where the public one is known, `base_url`.
    """

    language: Language
    key: str
    base_url: str
    changed: int

    def files(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The path of each calendar and what makes its bytes: each day, each stop that has a time, the programme."""
        programme, tag = self.language.guide.programme, self.language.tag
        of_all = list[_Making]()
        for day in programme.days:
            if day.date is None:
                continue
            stops = timed(day)
            of_stops = [_Making(day.date, partial(self._stop, programme, stop, day.date)) for stop in stops]
            for stop, event in zip(stops, of_stops, strict=True):
                yield calendar_path(tag, day.slug, stop.slug), partial(self._written, [event])
            of_day = [_Making(day.date, partial(self._day, day, day.date)), *of_stops]
            yield calendar_path(tag, day.slug), partial(self._written, of_day)
            of_all += of_day
        if of_all:
            yield calendar_path(tag), partial(self._written, of_all)

    def _written(self, events: list[_Making]) -> bytes:
        """A calendar of these events."""
        name = str(self.language.guide.edition.name)
        calendar = Calendar()
        for field, value in (("prodid", "-//field-guide//calendars//EN"), ("version", "2.0"), ("x-wr-calname", name)):
            calendar.add(field, value)
        calendar.add("name", name)
        calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(_REFRESH))
        calendar.subcomponents += [event.make() for event in events]
        years = [event.date.year for event in events]
        zones = [zone(missing, min(years), max(years)) for missing in sorted(calendar.get_missing_tzids())]
        calendar.subcomponents[:0] = zones
        return bytes(calendar.to_ical())

    def _event(self, name: str, summary: str, lines: Iterable[str], url: str) -> Event:
        """An event with what all events have."""
        changed = min(self.changed, _EPOCH + _MOST)
        event, moment = Event(), dt.datetime.fromtimestamp(changed, dt.UTC)
        event.add("uid", str(uuid5(_NAMES, f"{self.key}/{name}")))
        event.add("dtstamp", moment)
        event.add("last-modified", moment)
        event.add("sequence", max(changed - _EPOCH, 0))
        event.add("summary", summary)
        event.add("categories", [str(self.language.guide.edition.name)])
        if description := "\n".join(filter(None, lines)):
            event.add("description", description)
        if self.base_url:
            event.add("url", self.base_url + url)
        return event

    def _day(self, day: ProgrammeDay, date: dt.date) -> Event:
        """A day as an event without hours, which tells the plan."""
        title = f"{self._words(DAY, number=day.slug)} · {day.title}"
        event = self._event(f"day/{day.slug}", title, self._plan(day), path_of(self.language.tag, "day", day.slug))
        event.add("dtstart", date)
        if date < dt.date.max:
            event.add("dtend", date + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        _locate(event, day.meeting, "")
        return event

    def _plan(self, day: ProgrammeDay) -> Iterator[str]:
        """When and where to meet, and then the stops in their order under the part of the day."""
        if day.meeting.time:
            yield f"{self._words(MEETING_TIME)} {self.language.clock(day.meeting.time)}"
        if point := _point(day.meeting):
            yield f"{self._words(MEETING_POINT)} {point}"
        part = None
        for stop in day.stops:
            if stop.part != part:
                part = stop.part
                yield self._words(HOURS[part.value])
            time = f"{self.language.clock(stop.time)} · " if stop.time else ""
            groups = f" ({', '.join(map(str, stop.groups))})" if stop.groups else ""
            yield f"- {time}{self._title(stop)}{groups}"

    def _stop(self, programme: Programme, stop: ProgrammeStop, date: dt.date) -> Event:
        """A stop with its hours."""
        url = f"{path_of(self.language.tag, 'day', stop.day)}#stop-{stop.slug}"
        event = self._event(_name_of(programme, stop), self._title(stop), self._about(stop), url)
        zone_name = self.language.guide.edition.time_zone
        for field, time in (("dtstart", stop.time), ("dtend", stop.ends)):
            if time:
                event.add(field, dt.datetime.combine(date, time), parameters={"TZID": zone_name})
        if stop.cancelled:
            event.add("status", "CANCELLED")
        site = self.language.guide.sites.get(stop.site)
        _locate(event, stop, str(stop.place) or (str(site.name) if site else ""))
        return event

    def _about(self, stop: ProgrammeStop) -> Iterator[str]:
        """Why a stop is cancelled; else for whom it is, when to leave for it, and its note."""
        if stop.cancelled:
            yield str(stop.cancelled)
            return
        yield ", ".join(map(str, stop.groups))
        if stop.leave_by:
            time, place = self.language.clock(stop.leave_by), str(stop.leave_from)
            yield self._words(LEAVE_FROM, time=time, place=place) if place else self._words(LEAVE, time=time)
        yield str(stop.note)

    def _title(self, stop: ProgrammeStop) -> str:
        return f"{self._words(CANCELLED)} {stop.activity}" if stop.cancelled else str(stop.activity)

    def _words(self, message: str, **values: str) -> str:
        return self.language.words(message) % values


def timed(day: ProgrammeDay) -> list[ProgrammeStop]:
    """The stops of a day that have a calendar of their own: those with a time, cancelled ones too."""
    return [stop for stop in day.stops if day.date and stop.time]


def _name_of(programme: Programme, stop: ProgrammeStop) -> str:
    """What the UID of a stop is made of. It does not change when the host moves the stop to another day.

    A stop of the record goes by the day there, one of the host's own by its slug; where further days have a stop of
    the same slug, by the day too.
    """
    if stop.origin:
        return f"day/{stop.origin}/stop/{stop.slug}"
    own = (other for day in programme.days for other in day.stops if not other.origin and other.slug == stop.slug)
    first = min(own, key=lambda other: int(other.day))
    return f"stop/{stop.slug}" if stop.day == first.day else f"day/{stop.day}/stop/{stop.slug}"


def _point(meeting: Meeting) -> str:
    """The meeting point and its address."""
    return ", ".join(filter(None, (str(meeting.meeting_point), meeting.address)))


def _locate(event: Event, meeting: Meeting, otherwise: str) -> None:
    """Where an event is, as far as anybody says so; its position only where the host gives it."""
    if place := _point(meeting) or otherwise:
        event.add("location", place)
    if meeting.latitude is not None and meeting.longitude is not None:
        event.add("geo", (meeting.latitude, meeting.longitude))
