"""What can be wrong in the host's file: what stops a build, and what a build only asks about."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from babel.dates import get_timezone

from guide.content import contacts
from guide.content.checks.network import remedy_outside
from guide.content.layout import file_of, place_of
from guide.model.days import Part
from guide.model.edition import Meeting
from guide.model.guide import Guide
from guide.model.network import Area, Position
from guide.problems import Problem, suggestion
from guide.text.markdown import parse
from guide.text.walk import Slot, walk

_FILE = file_of(("edition",))
_APART = 31
"""Days between two days of an edition after which a slip of the year or month is likelier than a pause."""
_HOURS = {Part.MORNING: (0, 13), Part.AFTERNOON: (12, 19), Part.EVENING: (16, 24)}
"""From which hour and before which one a stop may begin in each part of a day."""
_BARE = re.compile(
    r"(?<![\w/@.:-])(?:www\.[\w-]+\.\w|(?:[a-z0-9-]+\.)+(?:com|org|net|me|co|info|gov|edu|app|link|us)/)\S*",
    re.IGNORECASE,
)
"""An address of the web that does not begin with https://."""


def check_edition(guide: Guide) -> Iterator[Problem]:
    """Everything in the host's file that stops a build."""
    yield from check_alone(guide)
    yield from _days(guide)


def check_alone(guide: Guide) -> Iterator[Problem]:
    """The same as far as it needs no other file: a fault there hides nothing here."""
    yield from _head(guide)
    yield from _contacts(guide)
    yield from _texts(guide)
    for place, meeting in _meetings(guide):
        yield from _position(guide.network.area, place, meeting)
        yield from _plain(f"{place}, address", meeting.address)
        if "://" in meeting.address or meeting.address.startswith("www."):
            what = f'"{meeting.address}" is an address of the web, not of a street.'
            yield Problem(_FILE, f"{place}, address", what, "Write the street, or write the link in meeting_point.")


def doubts(guide: Guide) -> Iterator[Problem]:
    """What a host may have meant, but probably did not. A build says it and goes on."""
    dates = [(day.slug, when) for day in guide.days.values() if (when := guide.date_of(day.slug))]
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
    for slug in guide.days:
        yield from _hours(guide, slug)


def _hours(guide: Guide, slug: str) -> Iterator[Problem]:
    """Times of one day that contradict one another."""
    meeting = guide.meeting_of(slug)
    latest, before = meeting.time, "the day begins"
    for stop in guide.days[slug].itinerary:
        planned = meeting.stops.get(stop.slug)
        if planned is None or planned.time is None:
            continue
        place, (first, last) = f"days.{slug}.stops.{stop.slug}, time", _HOURS[stop.part]
        if latest and planned.time < latest:
            what = f"this stop is at {planned.time:%H:%M}, but {before} at {latest:%H:%M}."
            yield Problem(_FILE, place, what, f"Correct a time, or move the stop in {file_of(('days', slug))}.")
        elif not first <= planned.time.hour < last:
            what = f"this stop is at {planned.time:%H:%M}, but the page lists it under {stop.part.value}."
            yield Problem(_FILE, place, what, f"Correct the time, or the stop's part in {file_of(('days', slug))}.")
        latest, before = planned.time, f"{stop.slug}, which comes before it, is"


def _head(guide: Guide) -> Iterator[Problem]:
    edition = guide.edition
    for name, value in (("name", edition.name), ("time_zone", edition.time_zone)):
        if not value:
            what = f'the field "{name}" is missing or empty.'
            yield Problem(_FILE, name, what, f'Write a line at the top: {name} = "…".')
    if edition.time_zone and not _is_zone(edition.time_zone):
        what = f'there is no time zone "{edition.time_zone}".'
        yield Problem(_FILE, "time_zone", what, "Write it like America/Bogota.")


def _is_zone(name: str) -> bool:
    try:
        get_timezone(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def _days(guide: Guide) -> Iterator[Problem]:
    """Every day has a date of its own, and the host's days and stops exist."""
    dates = {slug: guide.date_of(slug) for slug in guide.days}
    without = [slug for slug, when in dates.items() if when is None]
    if without:
        what = f"day {without[0]} has no date." if len(without) == 1 else f"days {', '.join(without)} have no date."
        remedy = f'Write first_day = "2017-05-29", or date below [days.{without[0]}].'
        yield Problem(_FILE, "first_day", what, remedy)
    for when, count in Counter(when for when in dates.values() if when).items():
        if count > 1:
            same = [slug for slug, date in dates.items() if date == when]
            place = next((f"days.{slug}, date" for slug in reversed(same) if guide.meeting_of(slug).date), "first_day")
            yield Problem(_FILE, place, f"days {' and '.join(same)} are both on {when}.", "Give each day its own date.")
    for slug, meeting in guide.edition.days.items():
        if slug not in guide.days:
            yield Problem(_FILE, f"days.{slug}", "there is no such day.", suggestion(slug, guide.days))
            continue
        stops = [stop.slug for stop in guide.days[slug].itinerary]
        for name in meeting.stops:
            if name not in stops:
                yield Problem(_FILE, f"days.{slug}.stops.{name}", "this day has no such stop.", suggestion(name, stops))


def _contacts(guide: Guide) -> Iterator[Problem]:
    """What a reader presses can be dialled, written to or opened, and is nothing else."""
    for number, contact in enumerate(guide.edition.contacts, start=1):
        where = f"contacts {number}"
        yield from _plain(f"{where}, name", contact.name)
        for field in ("phone", "email", *contacts.MESSENGERS):
            try:
                contacts.links(field, contact)
            except contacts.Unusable as fault:
                yield Problem(_FILE, f"{where}, {field}", fault.what, fault.remedy)


def _meetings(guide: Guide) -> Iterator[tuple[str, Meeting]]:
    """Every meeting point of the host's with its place in the file."""
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
