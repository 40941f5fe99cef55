"""What hosts write to their visitors, and when: each message in one language, or in several one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from guide.i18n.localize import N_
from guide.kit import plan, sending
from guide.kit.sending import Sms
from guide.model.programme import ProgrammeDay
from guide.site.library import Language
from guide.site.pages import path_of

# Translators: a message to visitors before the edition, at most 400 characters; a link follows on a line of its own.
# edition is its name; dates are such as 25–29 November 2026, as they stand on the first page
INVITATION = N_(
    "%(edition)s\n%(dates)s\n\nHere is your guide to the days, the places and the way to each. Open the link in Safari "
    "or Chrome, not inside this app. Then your phone can save the guide, and it opens without a network."
)
# Translators: the same message where the dates are not known yet, at most 400 characters
INVITATION_WITHOUT_DATES = N_(
    "%(edition)s\n\nHere is your guide to the days, the places and the way to each. Open the link in Safari or Chrome, "
    "not inside this app. Then your phone can save the guide, and it opens without a network."
)
# Translators: a message on the evening before a day, at most 400 characters; a link follows on a line of its own. day
# is such as Day 2, Tuesday 30 May; title is that of the day; meeting such as 8:30 a.m., Entrance of the hotel
EVENING = N_(
    "Tomorrow: %(day)s\n%(title)s\nWe meet: %(meeting)s\n\nThe plan and the way to each place are in the guide. Open "
    "it in Safari or Chrome while you have a network, so that your phone saves what is new."
)
# Translators: the same message where nobody has said yet when and where to meet, at most 400 characters
EVENING_ALONE = N_(
    "Tomorrow: %(day)s\n%(title)s\n\nThe plan and the way to each place are in the guide. Open it in Safari or Chrome "
    "while you have a network, so that your phone saves what is new."
)
# Translators: a message on the morning of a day, at most 400 characters; a link follows on a line of its own. The
# placeholders are those of the message on the evening before
MORNING = N_(
    "Today: %(day)s\n%(title)s\nWe meet: %(meeting)s\n\nThe guide says what is next and how to get there. Once your "
    "phone has saved it in Safari or Chrome, it opens without a network."
)
# Translators: the same message where nobody has said when and where to meet, at most 400 characters
MORNING_ALONE = N_(
    "Today: %(day)s\n%(title)s\n\nThe guide says what is next and how to get there. Once your phone has saved it in "
    "Safari or Chrome, it opens without a network."
)
# Translators: a message when the plan of a day has changed, at most 400 characters; a link follows on a line of its
# own. The placeholders are those of the message on the evening before
CHANGE = N_(
    "The plan has changed: %(day)s\n%(title)s\nWe now meet: %(meeting)s\n\nOpen the guide in Safari or Chrome while "
    "you have a network, so that your phone saves the new plan. The code on an older sheet also shows what has changed."
)
# Translators: the same message where nobody has said when and where to meet, at most 400 characters
CHANGE_ALONE = N_(
    "The plan has changed: %(day)s\n%(title)s\n\nOpen the guide in Safari or Chrome while you have a network, so that "
    "your phone saves the new plan. The code on an older sheet also shows what has changed."
)
# Translators: a message after the last day, at most 400 characters; a link follows on a line of its own
AFTERWARDS = N_(
    "Thank you for taking part in %(edition)s.\n\nThe guide stays where it is, with the places, their stories and the "
    "sources. Open it in Safari or Chrome to keep it, and pass it on if you like."
)

# Translators: an SMS before the edition, at most 80 characters without the placeholders; a link follows. The fewer
# characters, the cheaper
SMS_INVITATION = N_("%(edition)s. %(dates)s. Your guide: open it in Safari or Chrome to keep it on your phone.")
# Translators: the same SMS where the dates are not known yet, at most 80 characters without the placeholder
SMS_INVITATION_WITHOUT_DATES = N_("%(edition)s. Your guide: open it in Safari or Chrome to keep it on your phone.")
# Translators: an SMS on the evening before a day, at most 40 characters without the placeholders; a link follows. day
# is such as Day 2, Tuesday 30 May; meeting such as 8:30 a.m., Entrance of the hotel
SMS_EVENING = N_("Tomorrow: %(day)s. We meet: %(meeting)s")
# Translators: the same SMS where nobody has said yet when and where to meet, at most 60 characters without the
# placeholder
SMS_EVENING_ALONE = N_("Tomorrow: %(day)s. The plan is in the guide.")
# Translators: an SMS on the morning of a day, at most 40 characters without the placeholders; a link follows
SMS_MORNING = N_("Today: %(day)s. We meet: %(meeting)s")
# Translators: the same SMS where nobody has said when and where to meet, at most 60 characters without the placeholder
SMS_MORNING_ALONE = N_("Today: %(day)s. The plan is in the guide.")
# Translators: an SMS when the plan of a day has changed, at most 40 characters without the placeholders; a link follows
SMS_CHANGE = N_("Change: %(day)s. We now meet: %(meeting)s")
# Translators: the same SMS where nobody has said when and where to meet, at most 60 characters without the placeholder
SMS_CHANGE_ALONE = N_("Change: %(day)s. The new plan is in the guide.")
# Translators: an SMS after the last day, at most 80 characters without the placeholder; a link follows
SMS_AFTERWARDS = N_("Thank you for taking part in %(edition)s. The guide stays where it is.")

# Translators: subject of an e-mail on the evening before a day, such as Tomorrow: Day 2, Tuesday 30 May
TOMORROW = N_("Tomorrow: %(day)s")
# Translators: subject of an e-mail on the morning of a day, such as Today: Day 2, Tuesday 30 May
TODAY = N_("Today: %(day)s")
# Translators: subject of an e-mail when the plan of a day has changed, such as Change: Day 2, Tuesday 30 May
CHANGED = N_("Change: %(day)s")
# Translators: subject of an e-mail after the last day; edition is its name
THANKS = N_("Thank you: %(edition)s")

# Translators: over a message, when the host sends it
WHEN_INVITATION = N_("Invitation")
# Translators: over a message, when the host sends it; day is such as Day 2, Tuesday 30 May
WHEN_EVENING = N_("The evening before: %(day)s")
# Translators: over a message, when the host sends it; day is such as Day 2, Tuesday 30 May
WHEN_MORNING = N_("In the morning: %(day)s")
# Translators: over a message, when the host sends it; day is such as Day 2, Tuesday 30 May
WHEN_CHANGED = N_("If the plan changes: %(day)s")
# Translators: over a message, when the host sends it
WHEN_AFTERWARDS = N_("After the last day")


@dataclass(frozen=True)
class Version:
    """A message in one language: when it is sent, its words, those of the SMS, its subject, and the address after them.

    `slug` is the same in every language.
    """

    slug: str
    when: str
    words: str
    sms: str
    subject: str
    address: str

    @property
    def text(self) -> str:
        """The words with the address alone on the last line, where messengers make a link and a preview of it."""
        return f"{self.words}\n\n{self.address}"


@dataclass(frozen=True)
class Message:
    """What a host sends at a moment, in one language or in several one after the other."""

    versions: tuple[Version, ...]

    @property
    def slug(self) -> str:
        return self.versions[0].slug

    @property
    def when(self) -> str:
        return self.versions[0].when

    @cached_property
    def text(self) -> str:
        """The whole message."""
        return "\n\n".join(version.text for version in self.versions)

    @cached_property
    def sms(self) -> Sms:
        """The short message, for phones without messengers."""
        return sending.sms("\n".join(f"{version.sms}\n{version.address}" for version in self.versions))

    @property
    def whatsapp(self) -> str:
        """The link that opens WhatsApp with the message."""
        return sending.whatsapp(self.text)

    @property
    def telegram(self) -> str:
        """The link that opens Telegram with the message: it puts the first address before the words."""
        first, *others = self.versions
        return sending.telegram("\n\n".join([first.words, *(version.text for version in others)]), first.address)

    @property
    def mail(self) -> str:
        """The link that opens a letter with the message."""
        return sending.mail(" / ".join(dict.fromkeys(version.subject for version in self.versions)), self.text)

    @property
    def by_sms(self) -> str:
        """The link that opens the phone's own messages with the short message."""
        return sending.by_sms(self.sms.text)


@dataclass(frozen=True)
class _Moment:
    """What is sent for each day: message and SMS with when and where to meet, and both where nobody has said it."""

    slug: str
    when: str
    subject: str
    meeting: tuple[str, str]
    alone: tuple[str, str]


_OF_DAYS = (
    _Moment("evening", WHEN_EVENING, TOMORROW, (EVENING, SMS_EVENING), (EVENING_ALONE, SMS_EVENING_ALONE)),
    _Moment("morning", WHEN_MORNING, TODAY, (MORNING, SMS_MORNING), (MORNING_ALONE, SMS_MORNING_ALONE)),
    _Moment("change", WHEN_CHANGED, CHANGED, (CHANGE, SMS_CHANGE), (CHANGE_ALONE, SMS_CHANGE_ALONE)),
)


def messages(languages: list[Language], base_url: str) -> list[Message]:
    """Every message in the order in which a host sends them, in these languages."""
    return [Message(one) for one in zip(*(_versions(language, base_url) for language in languages), strict=True)]


def _versions(language: Language, base_url: str) -> Iterator[Version]:
    """Every message in one language."""
    words, home = language.words, base_url + path_of(language.tag, "home")
    edition, dates = str(language.guide.edition.name), plan.dates(language)
    values = {"edition": edition, "dates": dates}
    long, short = (INVITATION, SMS_INVITATION) if dates else (INVITATION_WITHOUT_DATES, SMS_INVITATION_WITHOUT_DATES)
    when = words(WHEN_INVITATION)
    yield Version("invitation", when, words(long) % values, words(short) % values, edition, home)
    for day in language.guide.programme.days:
        for moment in _OF_DAYS:
            yield _of_day(language, base_url, day, moment)
    when, subject = words(WHEN_AFTERWARDS), words(THANKS) % values
    yield Version("afterwards", when, words(AFTERWARDS) % values, words(SMS_AFTERWARDS) % values, subject, home)


def _of_day(language: Language, base_url: str, day: ProgrammeDay, moment: _Moment) -> Version:
    values = {
        "day": plan.day_name(language, day),
        "title": str(day.title),
        "meeting": plan.meeting(language, day),
    }
    long, short = moment.meeting if values["meeting"] else moment.alone
    when, words, sms, subject = (language.words(text) % values for text in (moment.when, long, short, moment.subject))
    address = base_url + path_of(language.tag, "day", day.slug)
    return Version(f"{moment.slug}-{day.slug}", when, words, sms, subject, address)
