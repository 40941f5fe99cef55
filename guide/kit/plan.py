"""The plan as messages and sheets name it: a day with its date, when and where it begins. What is empty is left out."""

import datetime as dt

from guide.i18n.localize import N_
from guide.model.guide import Guide
from guide.model.programme import ProgrammeDay
from guide.site.library import Language

DAY = N_("Day %(number)s")
# Translators: a day in messages and on sheets, such as Day 2, Tuesday 30 May
DAY_WITH_DATE = N_("Day %(number)s, %(weekday)s %(date)s")


def is_dated(guide: Guide) -> bool:
    """Whether a host has given dates: nobody is invited to those of the Lab that the record tells of."""
    return guide.has_edition or any(day.date for day in guide.edition.days.values())


def dates(language: Language) -> str:
    """The dates of the edition; empty where a host has given none."""
    return language.dates() if is_dated(language.guide) else ""


def date_of(guide: Guide, day: ProgrammeDay) -> dt.date | None:
    """The date of a day; None where a host has given no dates."""
    return day.date if is_dated(guide) else None


def day_name(language: Language, day: ProgrammeDay) -> str:
    """A day with its number and, if there is one, its date."""
    date = date_of(language.guide, day)
    if date is None:
        return language.words(DAY) % {"number": day.slug}
    values = {"number": day.slug, "weekday": language.weekday(date), "date": language.day_month(date)}
    return language.words(DAY_WITH_DATE) % values


def meeting(language: Language, day: ProgrammeDay) -> str:
    """When and where a day begins; empty where nobody has said so."""
    time = language.clock(day.meeting.time) if day.meeting.time else ""
    return ", ".join(filter(None, (time, str(day.meeting.meeting_point), day.meeting.address)))
