"""What can be wrong in the host's file: what stops a build, and what a build only asks about."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from babel.dates import get_timezone

from guide.content import contacts
from guide.content.checks.network import remedy_outside
from guide.content.checks.programme import check_changes, check_programme, doubts_of_programme
from guide.content.layout import file_of, place_of
from guide.model.edition import Assembly, Meeting
from guide.model.guide import Guide
from guide.model.network import Area, Position
from guide.model.programme import dates_of
from guide.problems import Problem
from guide.text.markdown import parse
from guide.text.walk import Slot, walk

_FILE = file_of(("edition",))
_APART = 31
"""Days between two days of an edition after which a slip of the year or month is likelier than a pause."""
_LINK = re.compile(r"https://[\w-]+(?:\.[\w-]+)+(?:/[^\s<>\"]*)?")
_BARE = re.compile(
    r"(?<![\w/@.:-])(?:www\.[\w-]+\.\w|(?:[a-z0-9-]+\.)+(?:com|org|net|me|co|info|gov|edu|app|link|us)/)\S*",
    re.IGNORECASE,
)
"""An address of the web that does not begin with https://."""


def check_edition(guide: Guide) -> Iterator[Problem]:
    """Everything in the host's file that stops a build."""
    yield from check_alone(guide)
    yield from _days(guide)
    yield from check_programme(guide)


def check_alone(guide: Guide) -> Iterator[Problem]:
    """The same as far as it needs no other file: a fault there hides nothing here."""
    yield from _head(guide)
    yield from _contacts(guide)
    yield from _texts(guide)
    yield from check_changes(guide.edition)
    for place, meeting in _meetings(guide):
        yield from _position(guide.network.area, place, meeting)
        yield from _plain(f"{place}, address", meeting.address)
        if "://" in meeting.address or meeting.address.startswith("www."):
            what = f'"{meeting.address}" is an address of the web, not of a street.'
            yield Problem(_FILE, f"{place}, address", what, "Write the street, or write the link in meeting_point.")


def doubts(guide: Guide) -> Iterator[Problem]:
    """What a host may have meant, but probably did not. A build says it and goes on."""
    dates = [(slug, when) for slug, when in dates_of(guide.days, guide.edition).items() if when]
    for (before, one), (after, other) in pairwise(dates):
        if other < one:
            what = f"Day {after} ({other}) comes before Day {before} ({one})."
            yield Problem(_FILE, f"days.{after}, date", what, "The guide lists the days by date; check the two dates.")
        elif (other - one).days > _APART:
            what = f"Day {after} ({other}) is {(other - one).days} days after Day {before} ({one})."
            yield Problem(_FILE, f"days.{after}, date", what, "Check the year and the month.")
    named, years = set(re.findall(r"\b20\d\d\b", guide.edition.name)), {str(when.year) for _, when in dates}
    if named and years and not named & years:
        what = f'the name "{guide.edition.name}" has another year than the dates ({", ".join(sorted(years))}).'
        yield Problem(_FILE, "name", what, "Change the name or the dates.")
    yield from doubts_of_programme(guide)


def _head(guide: Guide) -> Iterator[Problem]:
    edition = guide.edition
    for name, value in (("name", edition.name), ("time_zone", edition.time_zone)):
        if not value:
            what = f'the field "{name}" is missing or empty.'
            yield Problem(_FILE, name, what, f'Write a line at the top: {name} = "…".')
    if edition.time_zone and not _is_zone(edition.time_zone):
        what = f'there is no time zone "{edition.time_zone}".'
        yield Problem(_FILE, "time_zone", what, "Write it like America/Bogota.")
    if edition.group_link and not _LINK.fullmatch(edition.group_link):
        what = f'"{edition.group_link}" is no link that is safe to open.'
        yield Problem(_FILE, "group_link", what, "Write one that begins with https://, without spaces.")
    if edition.assembly != Assembly() and not edition.assembly.name:
        yield Problem(_FILE, "assembly", "the assembly point has no name.", 'Write a line: name = "…".')
    yield from _plain("assembly, name", edition.assembly.name)


def _is_zone(name: str) -> bool:
    try:
        get_timezone(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def _days(guide: Guide) -> Iterator[Problem]:
    """Every day has a date of its own."""
    dates = dates_of(guide.days, guide.edition)
    without = [slug for slug, when in dates.items() if when is None]
    if without:
        what = f"day {without[0]} has no date." if len(without) == 1 else f"days {', '.join(without)} have no date."
        remedy = f'Write first_day = "2017-05-29", or date below [days.{without[0]}].'
        yield Problem(_FILE, "first_day", what, remedy)
    for when, count in Counter(when for when in dates.values() if when).items():
        if count > 1:
            same = [slug for slug, date in dates.items() if date == when]
            own = [slug for slug, host in guide.edition.days.items() if host.date and slug in same]
            place = f"days.{max(own, key=same.index)}, date" if own else "first_day"
            yield Problem(_FILE, place, f"days {' and '.join(same)} are both on {when}.", "Give each day its own date.")


def _contacts(guide: Guide) -> Iterator[Problem]:
    """What a reader presses can be dialled, written to or opened, and is nothing else."""
    for number, contact in enumerate(guide.edition.contacts, start=1):
        where = f"contacts {number}"
        yield from _plain(f"{where}, name", contact.name)
        if contact.emergency and not (contact.phone or contact.whatsapp or contact.telegram or contact.signal):
            what = "nobody can call this emergency contact."
            yield Problem(_FILE, f"{where}, emergency", what, 'Write its number: phone = "…".')
        for field in ("phone", "email", *contacts.MESSENGERS):
            try:
                contacts.links(field, contact)
            except contacts.Unusable as fault:
                yield Problem(_FILE, f"{where}, {field}", fault.what, fault.remedy)


def _meetings(guide: Guide) -> Iterator[tuple[str, Meeting]]:
    """Every meeting point of the host's with its place in the file."""
    yield "assembly", guide.edition.assembly.meeting(None)
    for day, meeting in guide.edition.days.items():
        yield f"days.{day}", meeting
        yield from ((f"days.{day}.stops.{slug}", stop) for slug, stop in meeting.stops.items())


def _position(area: Area, place: str, meeting: Meeting) -> Iterator[Problem]:
    """A host's position has two parts and lies in the area of the guide."""
    if meeting.latitude is None and meeting.longitude is None:
        return
    if meeting.latitude is None or meeting.longitude is None:
        field = "latitude" if meeting.latitude is None else "longitude"
        what = "a position needs latitude and longitude."
        yield Problem(_FILE, f"{place}, {field}", what, "Write both, or neither.")
    elif not area.holds(Position(latitude=meeting.latitude, longitude=meeting.longitude)):
        what = f"the position lies outside the area of the guide ({meeting.latitude}, {meeting.longitude})."
        yield Problem(_FILE, place, what, remedy_outside(area))


def _plain(place: str, text: str) -> Iterator[Problem]:
    """Names and addresses are printed as they stand."""
    if any(unicodedata.category(char) == "Cc" for char in text):
        yield Problem(_FILE, place, "a line break or control character stands in the text.", "Write it in one line.")
    if re.search("[<>]", text):
        yield Problem(_FILE, place, "HTML or a sign like < or > stands in the text.", "Write it in words.")


def _texts(guide: Guide) -> list[Problem]:
    """Links in a host's words can be pressed, and a greeting has no headings."""
    problems: list[Problem] = []

    def visit(text: str, slot: Slot) -> str:
        place = place_of(("edition", *slot.trail))
        if any("<h" in literal for literal in slot.skeleton(text).literals):
            problems.append(Problem(_FILE, place, "a heading stands in this text.", "Write it as **bold words**."))
        for message in slot.skeleton(text).messages:
            for bare in _BARE.findall(parse(message).plain if "](" not in message else ""):
                what = f'"{bare}" can\'t be pressed.'
                problems.append(Problem(_FILE, place, what, f"Write https:// before it: https://{bare}"))
        return text

    walk(guide.edition, visit)
    return problems
