"""What can be wrong in a host's programme: stops and days that are not known, times and groups that contradict."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from guide.content.layout import SLUG, file_of
from guide.model.days import Part
from guide.model.edition import Edition, HostDay, HostStop
from guide.model.guide import Guide
from guide.model.programme import ProgrammeDay, ProgrammeStop, dates_of, home_of, homes, is_number, moves
from guide.problems import Problem, suggestion

_FILE = file_of(("edition",))
_LONGEST = 600
"""Minutes that the way to a stop may take."""
_HOURS = {Part.MORNING: (0, 13), Part.AFTERNOON: (12, 19), Part.EVENING: (16, 24)}
"""From which hour and before which one a stop may begin in each part of a day."""
_PARTS = list(Part)


def check_changes(edition: Edition) -> Iterator[Problem]:
    """What is wrong in the changes themselves, whatever the record has."""
    yield from _names(edition.groups, "groups", "group")
    for day, host in edition.days.items():
        yield from _names(host.order, f"days.{day}, order", "stop")
        for slug, stop in host.stops.items():
            place = f"days.{day}.stops.{slug}"
            yield from _times(place, stop)
            yield from _way(place, stop)
            yield from _groups(place, stop, edition)
            if stop.left_out and stop.cancelled:
                what = "this stop is both cancelled and left out."
                yield Problem(_FILE, place, what, "Keep cancelled to show it as such, or left_out to hide it.")


def check_programme(guide: Guide) -> Iterator[Problem]:
    """What is wrong in the changes beside the record, and in the programme that they make."""
    held = dates_of(guide.days, guide.edition)
    if guide.days and not held:
        yield Problem(_FILE, "days", "every day is left out.", "Remove left_out from the days that take place.")
    for slug, host in guide.edition.days.items():
        if slug not in guide.days and not (is_number(slug) and host.title):
            remedy = f"A day of your own needs a {'title' if is_number(slug) else 'number, as in [days.6]'}."
            yield Problem(_FILE, f"days.{slug}", "there is no such day.", f"{suggestion(slug, guide.days)} {remedy}")
            continue
        for name, stop in host.stops.items():
            yield from _stop(guide, slug, name, stop, is_held=slug in held)
    for day in guide.programme.days:
        yield from _order(guide, day)
        yield from _sequence(day)


def doubts_of_programme(guide: Guide) -> Iterator[Problem]:
    """What a host may have meant in the programme, but probably did not."""
    for day in guide.programme.days:
        if not day.stops:
            yield Problem(
                _FILE, f"days.{day.slug}", "no stop is left on this day.", "Add one, or write left_out = true."
            )
        first = day.meeting.time
        for number, stop in enumerate(day.stops):
            if stop.cancelled:
                continue
            if first and stop.time and stop.time < first:
                what = f"this stop is at {stop.time:%H:%M}, but the day begins at {first:%H:%M}."
                yield Problem(_FILE, _at(stop, "time"), what, "Correct one of the two times.")
            elif stop.time and not _HOURS[stop.part][0] <= stop.time.hour < _HOURS[stop.part][1]:
                what = f"this stop is at {stop.time:%H:%M}, but the page lists it under {stop.part.value}."
                yield Problem(_FILE, _at(stop, "time"), what, 'Correct the time, or write a part, such as "afternoon".')
            yield from _beside(stop, day.stops[:number])


def _beside(stop: ProgrammeStop, before: Iterable[ProgrammeStop]) -> Iterator[Problem]:
    """Whether a stop lies in an earlier part of the day than the one before it, or begins before that one is over."""
    earlier = [other for other in before if other.is_with(stop) and not other.cancelled]
    last = earlier[-1] if earlier else None
    if last and _PARTS.index(stop.part) < _PARTS.index(last.part):
        what = f"the page lists this stop under {stop.part.value}, after {last.slug} under {last.part.value}."
        yield Problem(_FILE, _at(stop, "part"), what, "Write a part for one of them, or change the order.")
    over = max((other.ends or other.time for other in earlier if other.time), default=None)
    begins = stop.leave_by or stop.time
    if over and begins and begins < over and not (last and last.time and stop.time and stop.time < last.time):
        begun = "people leave for this stop" if stop.leave_by else "this stop is"
        what = f"{begun} at {begins:%H:%M}, but the stop before it lasts until {over:%H:%M}."
        yield Problem(_FILE, _at(stop, "leave" if stop.leave_by else "time"), what, "Check the times of both.")


def _at(stop: ProgrammeStop, field: str) -> str:
    return f"days.{stop.day}.stops.{stop.slug}, {field}"


def _names(names: Iterable[str], place: str, kind: str) -> Iterator[Problem]:
    """Names of a list that are empty, or there twice."""
    for name, count in Counter(names).items():
        if not name:
            yield Problem(_FILE, place, f"a {kind} without a name stands in this list.", "Write one, or remove it.")
        elif count > 1:
            yield Problem(_FILE, place, f'the {kind} "{name}" stands in this list twice.', "Keep one of the two.")


def _times(place: str, stop: HostStop) -> Iterator[Problem]:
    if stop.ends and not stop.time:
        what = f"this stop ends at {stop.ends:%H:%M}, but nothing says when it begins."
        yield Problem(_FILE, f"{place}, ends", what, 'Write a line: time = "…".')
    elif stop.ends and stop.time and stop.ends <= stop.time:
        what = f"this stop ends at {stop.ends:%H:%M}, but begins at {stop.time:%H:%M}."
        yield Problem(_FILE, f"{place}, ends", what, "Correct one of the two times.")
    if stop.leave and stop.time and stop.leave > stop.time:
        what = f"people leave at {stop.leave:%H:%M}, but the stop begins at {stop.time:%H:%M}."
        yield Problem(_FILE, f"{place}, leave", what, "Correct one of the two times.")


def _way(place: str, stop: HostStop) -> Iterator[Problem]:
    """What a host says of the way to a stop."""
    if stop.travel is not None and not 0 <= stop.travel <= _LONGEST:
        what = f"{stop.travel} minutes is no time for the way."
        yield Problem(_FILE, f"{place}, travel", what, f"Write minutes from 0 to {_LONGEST}, such as travel = 40.")
    elif stop.travel is not None and stop.leave:
        what = "both leave and travel say when people leave."
        yield Problem(_FILE, f"{place}, travel", what, "Keep one of the two lines.")
    elif stop.travel is not None and not stop.time:
        what = "travel counts back from the time of the stop, which is not written."
        yield Problem(_FILE, f"{place}, travel", what, 'Write a line: time = "…".')
    elif stop.travel is not None and stop.time and stop.travel > stop.time.hour * 60 + stop.time.minute:
        what = f"{stop.travel} minutes before {stop.time:%H:%M} is the day before."
        yield Problem(_FILE, f"{place}, travel", what, "Correct the time or the minutes.")
    if stop.leave_from and not stop.leave and stop.travel is None:
        what = "leave_from says where people leave from, but nothing says when."
        yield Problem(_FILE, f"{place}, leave_from", what, 'Write a line: leave = "…".')


def _groups(place: str, stop: HostStop, edition: Edition) -> Iterator[Problem]:
    yield from _names(stop.groups, f"{place}, groups", "group")
    for group in stop.groups:
        if group and group not in edition.groups:
            named = suggestion(group, edition.groups) if edition.groups else ""
            remedy = named or 'Write the groups at the top of the file: groups = ["A", "B"].'
            yield Problem(_FILE, f"{place}, groups", f'there is no group "{group}".', remedy)


def _stop(guide: Guide, day: str, slug: str, stop: HostStop, is_held: bool) -> Iterator[Problem]:
    """A block of a stop means a stop of the record, here or on another day, or is one of the host's own."""
    place = f"days.{day}.stops.{slug}"
    if stop.site and stop.site not in guide.sites:
        yield Problem(_FILE, f"{place}, site", f'there is no site "{stop.site}".', suggestion(stop.site, guide.sites))
    home, having = home_of(guide.days, day, slug), homes(guide.days, slug)
    if home == day:
        return
    if home:
        yield from _moved(guide, day, slug, stop, home, is_held)
    elif not stop.name:
        of_day = [stop.slug for stop in guide.days[day].itinerary] if day in guide.days else []
        if having:
            what = f"this day has no such stop, and days {' and '.join(having)} have one each."
            remedy = f"Write it below one of them, as in [days.{having[0]}.stops.{slug}]."
            remedy = f'{remedy} A stop of your own needs a name: name = "…".'
        else:
            what = "this day has no such stop."
            remedy = suggestion(slug, of_day)
            if not remedy.startswith("Did"):
                remedy = f'{remedy if of_day else ""} A stop of your own needs a name: name = "…".'.strip()
        yield Problem(_FILE, place, what, remedy)
    elif not SLUG.fullmatch(slug):
        what = f'"{slug}" can\'t name a stop.'
        yield Problem(_FILE, place, what, f"Use small letters and hyphens: [days.{day}.stops.{_plain(slug)}].")
    elif is_held and not (stop.left_out or stop.time or stop.part or slug in guide.edition.days[day].order):
        what = "nothing says when this stop is."
        yield Problem(
            _FILE, place, what, 'Write its time, its part (such as part = "afternoon"), or an order of the day.'
        )


def _moved(guide: Guide, day: str, slug: str, stop: HostStop, home: str, is_held: bool) -> Iterator[Problem]:
    place = f"days.{day}.stops.{slug}"
    first = moves(guide.days, guide.edition).get((home, slug))
    at_home = slug in guide.edition.days.get(home, HostDay()).stops
    if stop.left_out:
        what = f"this stop is one of Day {home}."
        yield Problem(_FILE, f"{place}, left_out", what, f"Leave it out there: [days.{home}.stops.{slug}].")
    elif not is_held:
        what = f"Day {day} is left out, so nobody would see this stop of Day {home}."
        remedy = f"Move the block to another day, or remove left_out from [days.{day}]."
        yield Problem(_FILE, place, what, remedy)
    elif at_home or (first and first != day):
        other = home if at_home else first
        what = f"this stop stands in two days: here and in Day {other}."
        yield Problem(_FILE, place, what, "Keep the block of the day on which it takes place.")


def _plain(name: str) -> str:
    """A slug that is like a name."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-") or "lunch"


def _order(guide: Guide, day: ProgrammeDay) -> Iterator[Problem]:
    """The order of a day names every stop of it, and no other."""
    place, stops = f"days.{day.slug}, order", [stop.slug for stop in day.stops]
    left_out = [slug for slug, stop in day.host.stops.items() if stop.left_out]
    for slug in dict.fromkeys(day.host.order):
        if slug in stops or slug in left_out or not slug:
            continue
        what = f'the order names "{slug}", which is no stop of this day.'
        having = [other for other in homes(guide.days, slug) if other != day.slug]
        block = f"[days.{day.slug}.stops.{slug}]"
        remedy = f"To move it here from Day {having[0]}, write a block {block}." if len(having) == 1 else ""
        yield Problem(_FILE, place, what, remedy or suggestion(slug, stops))
    missing = [slug for slug in stops if slug not in day.host.order]
    if day.host.order and missing:
        what = f"the order lacks {' and '.join(missing)}."
        yield Problem(
            _FILE, place, what, "Name every stop of the day, or leave it out in its own block: left_out = true."
        )


def _sequence(day: ProgrammeDay) -> Iterator[Problem]:
    """Whoever goes from stop to stop, in whatever group, goes forward in time."""
    timed = [stop for stop in day.stops if stop.time and not stop.cancelled]
    for number, stop in enumerate(timed):
        for other in reversed(timed[:number]):
            if other.is_with(stop) and other.time and stop.time and stop.time < other.time:
                before = f"{other.slug}, which comes before it, is at {other.time:%H:%M}"
                what = f"this stop is at {stop.time:%H:%M}, but {before}."
                remedy = f"Correct a time, or write the stops below [days.{day.slug}] in their order: order = […]."
                yield Problem(_FILE, _at(stop, "time"), what, remedy)
                break
