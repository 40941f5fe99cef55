"""What a host has not filled in yet, so that nobody prints a poster without a meeting point and learns of it there."""

from collections.abc import Iterator
from dataclasses import dataclass

from guide.i18n.localize import N_
from guide.kit import plan
from guide.model.guide import Guide
from guide.model.programme import ProgrammeDay
from guide.site.library import Language


@dataclass(frozen=True)
class Gap:
    """Something that is missing: in a few words for a command, in a sentence for a page, and the days that lack it."""

    short: str
    sentence: str
    days: str = ""

    def __str__(self) -> str:
        return f"{self.short} {self.days}".rstrip()

    def in_words(self, language: Language) -> str:
        """The sentence in a language."""
        return language.words(self.sentence) % {"days": self.days}


# Translators: of the host's file
DATES = N_("Dates (first_day): as long as there are none but those of the record, messages and sheets name no dates.")
# Translators: of the host's file; days are numbers of days, such as 1, 2, 5
DATE = N_("The date of these days: %(days)s.")
# Translators: of the host's file; days are numbers of days, such as 1, 2, 5
POINT = N_("The meeting point (meeting_point) of these days: %(days)s.")
# Translators: of the host's file; days are numbers of days, such as 1, 2, 5
TIME = N_("The meeting time (time) of these days: %(days)s.")
# Translators: of the host's file; days are numbers of days, such as 1, 2, 5
POSITION = N_("The position (latitude, longitude) of the meeting point of these days, for directions: %(days)s.")
# Translators: of the host's file
CONTACTS = N_("Contacts: visitors find nobody of yours to call or write to.")
# Translators: of the host's file
EMERGENCY = N_("A contact with emergency = true: whom to call first if something goes wrong.")
# Translators: of the host's file
ASSEMBLY = N_("The assembly point ([assembly]): where your visitors stay or gather.")
# Translators: of the host's file
GROUP = N_("The link to your visitors’ group (group_link).")


def gaps(guide: Guide) -> list[Gap]:
    """What is missing in the host's file, what matters most first."""
    return list(_gaps(guide))


def _gaps(guide: Guide) -> Iterator[Gap]:
    days, edition = guide.programme.days, guide.edition
    if not plan.is_dated(guide):
        yield Gap("dates of your own", DATES)
    elif undated := _numbers(day for day in days if day.date is None):
        yield Gap("dates of days", DATE, undated)
    if placeless := _numbers(day for day in days if not _is_placed(day)):
        yield Gap("meeting points of days", POINT, placeless)
    if timeless := _numbers(day for day in days if day.meeting.time is None):
        yield Gap("meeting times of days", TIME, timeless)
    if adrift := _numbers(day for day in days if _is_placed(day) and day.meeting.latitude is None):
        yield Gap("positions of meeting points of days", POSITION, adrift)
    if not edition.reachable:
        yield Gap("contacts", CONTACTS)
    elif not any(contact.emergency for contact in edition.reachable):
        yield Gap("a contact for emergencies", EMERGENCY)
    if not edition.assembly.is_known:
        yield Gap("an assembly point", ASSEMBLY)
    if not edition.group_link:
        yield Gap("a group link", GROUP)


def _is_placed(day: ProgrammeDay) -> bool:
    return bool(day.meeting.meeting_point) or day.meeting.has_place


def _numbers(days: Iterator[ProgrammeDay]) -> str:
    return ", ".join(day.slug for day in days)
