"""What a host fills in: dates, meeting points, contacts. Whatever stays empty is not shown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from guide.markers import Note, Text


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person or office whom visitors may reach. Whatever is empty is not shown."""

    name: str = ""
    role: Annotated[Text, Note("what the host's contact does")] = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """When and where to meet, for one stop. With an address or a position, directions and map lead there."""

    time: dt.time | None = None
    meeting_point: Annotated[Text, Note("where to meet, written by the host")] = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, kw_only=True)
class DayMeeting:
    """When and where to meet for a day, and for its stops by slug. `date` moves this day alone."""

    date: dt.date | None = None
    time: dt.time | None = None
    meeting_point: Annotated[Text, Note("where to meet, written by the host")] = ""
    stops: Mapping[str, Meeting] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What a host fills in. Everything but the name and the time zone may stay empty.

    `web_address` is where phones find the guide.
    """

    name: Annotated[Text, Note("name of the edition, such as Medellín Lab 2017")]
    first_day: dt.date | None = None
    time_zone: str
    web_address: str = ""
    greeting: Annotated[Text, Note("the host's greeting on the first page")] = ""
    contacts: tuple[Contact, ...] = ()
    days: Mapping[str, DayMeeting] = field(default_factory=dict)
