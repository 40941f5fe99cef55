"""What a host fills in: dates, meeting points, contacts. Whatever stays empty is not shown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated

from guide.model.markers import Comment, Prose, Several, Text


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person or office whom visitors may reach. Whatever is empty is not shown.

    `whatsapp`, `telegram` and `signal` are a number with its country code, or a link of theirs.
    """

    name: str = ""
    role: Annotated[Text, Comment("what the host's contact does")] = ""
    phone: Annotated[tuple[str, ...], Several()] = ()
    email: Annotated[tuple[str, ...], Several()] = ()
    whatsapp: str = ""
    telegram: str = ""
    signal: str = ""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """When and where to meet. With an address or a position, the day's page tells the way there."""

    time: dt.time | None = None
    meeting_point: Annotated[Text, Comment("where to meet, written by the host")] = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def has_place(self) -> bool:
        """Whether the host says where it is, other than in words."""
        return bool(self.address) or self.latitude is not None


@dataclass(frozen=True, kw_only=True)
class DayMeeting(Meeting):
    """When and where a day begins, and the same for its stops by slug. `date` moves this day alone."""

    date: dt.date | None = None
    stops: Mapping[str, Meeting] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What a host fills in. Everything but the name and the time zone may stay empty.

    `web_address` is where phones find the guide.
    """

    name: Annotated[Text, Comment("name of the edition, such as Medellín Lab 2017")] = ""
    first_day: dt.date | None = None
    time_zone: str = ""
    web_address: str = ""
    greeting: Annotated[Prose, Comment("the host's greeting on the first page")] = ""
    contacts: tuple[Contact, ...] = ()
    days: Mapping[str, DayMeeting] = field(default_factory=dict)

    @property
    def reachable(self) -> tuple[Contact, ...]:
        """The contacts of whom there is something to show."""
        return tuple(
            contact for contact in self.contacts if any(getattr(contact, item.name) for item in fields(contact))
        )
