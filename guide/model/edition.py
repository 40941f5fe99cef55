"""What a host fills in: dates, the programme, meeting points, contacts. Whatever stays empty is as in the record."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated

from guide.model.days import Part
from guide.model.markers import Comment, Prose, Several, Text


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person or office whom visitors may reach. Whatever is empty is not shown.

    `whatsapp`, `telegram` and `signal` are a number with its country code, or a link of theirs. An `emergency` contact
    stands before the others.
    """

    name: str = ""
    emergency: bool = False
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
class HostStop(Meeting):
    """What a host changes at a stop of the record, or writes of a stop that the record does not have.

    The block of a stop of another day moves it here. `travel` are minutes on the way there, in place of `leave`.
    `groups` are names of the edition; without any the stop is for all. `cancelled` says why.
    """

    name: Annotated[Text, Comment("what happens at a stop of the programme, written by the host")] = ""
    note: Annotated[Text, Comment("a note under a stop of the programme, written by the host")] = ""
    place: Annotated[Text, Comment("where a stop of the programme is, written by the host")] = ""
    site: str = ""
    part: Part | None = None
    ends: dt.time | None = None
    leave: dt.time | None = None
    leave_from: Annotated[Text, Comment("where people leave from to a stop of the programme, written by the host")] = ""
    travel: int | None = None
    groups: tuple[Annotated[Text, Comment("name of a group of participants, as short as A")], ...] = ()
    left_out: bool = False
    cancelled: Annotated[Text, Comment("why a stop of the programme is cancelled, written by the host")] = ""


@dataclass(frozen=True, kw_only=True)
class HostDay(Meeting):
    """When and where a day begins, and what the host changes in it. A day that the record does not have needs a title.

    `date` moves this day alone. `order` names the stops of the day in the order of the host.
    """

    date: dt.date | None = None
    title: Annotated[Text, Comment("title of a day, written by the host")] = ""
    theme: Annotated[Text, Comment("theme of a day, a sentence, written by the host")] = ""
    left_out: bool = False
    order: tuple[str, ...] = ()
    stops: Mapping[str, HostStop] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """Where visitors stay or gather, such as a hotel: days begin there for which the host gives no other place."""

    name: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def is_known(self) -> bool:
        """Whether the host says where it is."""
        return bool(self.name or self.address)

    def meeting(self, time: dt.time | None) -> Meeting:
        """A meeting there."""
        return Meeting(
            time=time, meeting_point=self.name, address=self.address, latitude=self.latitude, longitude=self.longitude
        )


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What a host fills in. Everything but the name and the time zone may stay empty.

    `calendar_key` tells the events of this edition from those of others. `web_address` is where phones find the guide.
    `groups` are the names of groups that have stops of their own, and `group_link` is where the participants talk to
    one another.
    """

    name: Annotated[Text, Comment("name of the edition, such as Medellín Lab 2017")] = ""
    first_day: dt.date | None = None
    time_zone: str = ""
    calendar_key: str = ""
    web_address: str = ""
    greeting: Annotated[Prose, Comment("the host's greeting on the first page")] = ""
    groups: tuple[Annotated[Text, Comment("name of a group of participants, as short as A")], ...] = ()
    group_link: str = ""
    assembly: Assembly = field(default_factory=Assembly)
    contacts: tuple[Contact, ...] = ()
    days: Mapping[str, HostDay] = field(default_factory=dict)

    @property
    def reachable(self) -> tuple[Contact, ...]:
        """The contacts of whom there is something to show, those for emergencies first."""
        shown = (contact for contact in self.contacts if any(getattr(contact, item.name) for item in fields(contact)))
        return tuple(sorted(shown, key=lambda contact: not contact.emergency))
