"""Calendars: what two other programs read in them, and what stays the same when a host changes the edition."""

import datetime as dt
import io
import os
import re
import shutil
import subprocess
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from icalendar import Calendar

from guide import create_app
from guide.config import Paths, Settings
from guide.files import changed
from guide.site.zones import zone
from tests.conftest import ROOT

HEAD = 'name = "Harbour Lab 2027"\nfirst_day = "2027-06-07"\ntime_zone = "America/Bogota"\n'
FULL = (
    HEAD
    + """groups = ["A", "B"]
[days.1]
time = "08:30"
meeting_point = "The gate; of the market, by the «ñandú» that everybody knows and nobody has ever called by its name"
address = "Calle 1 # 2-3"
latitude = 6.2402
longitude = -75.57
[days.1.stops.stalls]
time = "09:00"
ends = "10:30"
travel = 20
leave_from = "Hotel"
groups = ["A"]
meeting_point = "The well"
[days.1.stops.lamp]
time = "18:30"
cancelled = "The keeper is ill."
[days.2.stops.lunch]
name = "Lunch"
time = "12:00"
place = "The quay"
"""
)
MORNING = 1_812_000_000
"""A moment at which a host changes the file, in seconds since 1970."""
LATER = MORNING + 60


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The miniature guide, of which every test writes the host's file anew."""
    root = tmp_path_factory.mktemp("calendars")
    shutil.copytree(ROOT / "tests" / "miniature", root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "static", root / "static")
    return root


@pytest.fixture
def site(root):
    """The site of a guide whose host wrote a file at a moment."""

    def site(host, when=MORNING, base_url=""):
        path = root / "content/edition.toml"
        path.write_text(host, "utf-8")
        os.utime(path, (when, when))
        return create_app(Settings(paths=Paths(root=root), base_url=base_url)).extensions["guide"]()

    return site


@pytest.fixture
def made(site):
    """Every calendar of such a guide, by its path."""
    return lambda *given, **more: bodies(site(*given, **more))


def bodies(site):
    return {path: file.body() for path, file in site.files.items() if path.endswith(".ics")}


def events(body):
    """The events of a calendar by UID, each of which is there once."""
    listed = Calendar.from_ical(body).events
    found = {str(event["uid"]): event for event in listed}
    assert len(found) == len(listed)
    return found


def titles(body):
    return [str(event["summary"]) for event in Calendar.from_ical(body).events]


def event_of(body, title):
    [event] = [event for event in Calendar.from_ical(body).events if title in event["summary"]]
    return event


def test_there_is_a_calendar_of_the_programme_of_each_day_and_of_each_stop_with_a_time(made):
    """A stop of which nobody knows when it is has no event of its own: it stands in the plan of its day."""
    paths = {
        "lab", "day-1", "day-1-stalls", "day-1-lamp", "day-2", "day-2-lunch",
    }  # fmt: skip
    found = made(FULL)

    assert set(found) == {f"{tag}/calendars/{name}.ics" for tag in ("en", "es") for name in paths}
    assert titles(found["en/calendars/lab.ics"]) == [
        "Day 1 · The way to the light",
        "Walk among the stalls",
        "Cancelled: Lighting of the lamp",
        "Day 2 · What the tide left",
        "Lunch",
    ]
    assert titles(found["en/calendars/day-2.ics"]) == ["Day 2 · What the tide left", "Lunch"]
    assert titles(found["en/calendars/day-2-lunch.ics"]) == ["Lunch"]


@pytest.mark.parametrize("host", [HEAD, FULL, FULL.replace("America/Bogota", "Europe/Berlin")])
def test_calendars_keep_the_form_that_applications_read(made, host):
    """Both parsers find no error, lines end as they must, and none has more than 75 octets."""
    for body in made(host, base_url="https://example.org/a/b/").values():
        calendar = Calendar.from_ical(body)
        names = {part.name for part in calendar.walk()}

        assert [part.errors for part in calendar.walk() if part.errors] == []
        assert names <= {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT"}
        assert calendar.get_missing_tzids() == set()
        [other] = vobject.readComponents(body.decode())
        other.validate(raiseException=True)
        assert [event.uid.value for event in other.vevent_list] == list(events(body))
        assert body.endswith(b"END:VCALENDAR\r\n")
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", body)
        assert max(map(len, body.split(b"\r\n"))) <= 75
        assert re.sub(rb"\r\n ", b"", body).count(b"\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r") == 1
        assert (calendar["name"], calendar["x-wr-calname"]) == ("Harbour Lab 2027", "Harbour Lab 2027")


def test_a_day_is_an_event_without_hours_that_tells_the_plan(made):
    """It shows when and where to meet, and the stops in order; it keeps nobody busy."""
    day = event_of(made(FULL)["en/calendars/day-1.ics"], "Day 1")

    assert (day["dtstart"].dt, day["dtend"].dt) == (dt.date(2027, 6, 7), dt.date(2027, 6, 8))
    assert day["transp"] == "TRANSPARENT"
    assert str(day["description"]).split("\n") == [
        "Meeting time: 8:30 a.m.",
        "Meeting point: The gate; of the market, by the «ñandú» that everybody knows and nobody has ever called by its "
        "name, Calle 1 # 2-3",
        "Morning",
        "- 9:00 a.m. · Walk among the stalls (A)",
        "Evening",
        "- 6:30 p.m. · Cancelled: Lighting of the lamp",
    ]
    assert (day["geo"].latitude, day["geo"].longitude) == (6.2402, -75.57)


def test_without_hours_there_are_only_days(made):
    """What the record does not say no calendar says: no hour, and no zone that none would need."""
    body = made(HEAD)["es/calendars/lab.ics"]

    assert [type(event["dtstart"].dt) for event in Calendar.from_ical(body).events] == [dt.date, dt.date]
    assert b"VTIMEZONE" not in body and b"GEO" not in body and b"URL" not in body and b"VALARM" not in body


def test_a_stop_tells_when_where_and_for_whom_it_is(made):
    """In the hours of the edition's own zone, with the address of its page where the guide knows its own."""
    body = made(FULL, base_url="https://example.org/a/b/")["en/calendars/lab.ics"]
    stop, lunch = event_of(body, "stalls"), event_of(body, "Lunch")

    assert [stop[name].to_ical() for name in ("dtstart", "dtend")] == [b"20270607T090000", b"20270607T103000"]
    assert stop["dtstart"].params["TZID"] == "America/Bogota"
    assert (str(stop["location"]), str(lunch["location"])) == ("The well", "The quay")
    assert str(stop["description"]) == "A\nLeave at 8:40 a.m. from Hotel\nAsk for the price of a net."
    assert stop["url"] == "https://example.org/a/b/en/days/1/#stop-stalls"
    assert stop["categories"].to_ical() == b"Harbour Lab 2027"
    assert "geo" not in stop and "status" not in stop and "dtend" not in lunch


def test_a_stop_without_a_place_of_its_own_is_at_its_site(made):
    """Whoever opens the event reads where to go."""
    host = HEAD + '[days.1.stops.lamp]\ntime = "18:30"\n'

    assert str(event_of(made(host)["en/calendars/lab.ics"], "lamp")["location"]) == "Lighthouse"


def test_a_cancelled_stop_is_said_to_be_cancelled_and_why(made):
    """An application that has the stop strikes it out, or takes it away."""
    cancelled = event_of(made(FULL)["es/calendars/lab.ics"], "Cancelado:")

    assert (cancelled["status"], cancelled["description"]) == ("CANCELLED", "The keeper is ill.")


def test_a_shift_keeps_each_event_and_gives_it_a_higher_sequence(made):
    """Whoever loads the file again has every event once, on its new day, whichever way the dates moved."""
    first = events(made(FULL)["en/calendars/lab.ics"])
    for day in ("2027-06-14", "2027-05-31"):
        shifted = events(made(FULL.replace("2027-06-07", day), LATER)["en/calendars/lab.ics"])
        held = {**first, **shifted}

        assert list(held) == list(first) and len(held) == 5
        assert all(held[uid]["sequence"] > event["sequence"] for uid, event in first.items())
        assert all(held[uid]["last-modified"].dt > event["last-modified"].dt for uid, event in first.items())
        moved = {held[uid]["dtstart"].dt - event["dtstart"].dt for uid, event in first.items()}
        assert moved == {dt.date.fromisoformat(day) - dt.date(2027, 6, 7)}


def test_a_day_a_stop_and_the_programme_mean_the_same_events(made):
    """Whoever adds all of them has nothing twice."""
    found = {path: events(body) for path, body in made(FULL).items()}
    whole = found["en/calendars/lab.ics"]

    assert all(set(part) <= set(whole) for part in found.values())
    assert all(part[uid]["sequence"] == whole[uid]["sequence"] for part in found.values() for uid in part)


def test_a_stop_that_moves_to_another_day_stays_the_same_event(made):
    """One of the record goes by its place there, one of the host's own by its name."""
    moved = FULL.replace("[days.1.stops.stalls]", "[days.2.stops.stalls]")
    moved = moved.replace("[days.2.stops.lunch]", "[days.1.stops.lunch]")
    before, after = (made(host)["en/calendars/lab.ics"] for host in (FULL, moved))

    for title in ("stalls", "Lunch"):
        assert event_of(before, title)["uid"] == event_of(after, title)["uid"]
        assert event_of(before, title)["dtstart"].dt.date() != event_of(after, title)["dtstart"].dt.date()


def test_two_stops_of_the_hosts_with_one_name_are_two_events(made):
    """A lunch on every day is a lunch a day, and a further one leaves the others as they were."""
    more = FULL + '[days.1.stops.lunch]\nname = "Lunch"\ntime = "12:00"\n'

    assert titles(made(more)["en/calendars/lab.ics"]).count("Lunch") == 2
    assert len(events(made(more)["en/calendars/lab.ics"])) == 6


OTHER_EDITIONS = {
    "ten years later": (("2027", "2037"),),
    "the same name in another year": (("2027-06-07", "2028-06-07"),),
    "another name in the same year": (("Harbour Lab 2027", "Second Harbour Lab 2027"),),
    "a key of its own": (("time_zone", 'calendar_key = "autumn"\ntime_zone'),),
}


@pytest.mark.parametrize("changes", OTHER_EDITIONS.values(), ids=OTHER_EDITIONS)
def test_two_editions_share_no_event(made, changes):
    """Next time's Lab does not take the place of the last one in anybody's calendar."""
    other = FULL
    for old, new in changes:
        other = other.replace(old, new)

    assert not set(events(made(FULL)["en/calendars/lab.ics"])) & set(events(made(other)["en/calendars/lab.ics"]))


def test_a_key_keeps_the_events_when_the_name_changes(made):
    """A host who corrects the name names the former one as the key."""
    renamed = FULL.replace("Harbour Lab 2027", "Harbor Lab").replace(
        "time_zone", 'calendar_key = "Harbour Lab 2027"\ntime_zone'
    )

    assert list(events(made(FULL)["en/calendars/lab.ics"])) == list(events(made(renamed)["en/calendars/lab.ics"]))


def test_all_languages_mean_the_same_events(made):
    """Whoever changes the language has nothing twice."""
    found = made(FULL)

    for path in (path for path in found if path.startswith("en/")):
        assert list(events(found[path])) == list(events(found[path.replace("en/", "es/")])), path


ZONES = {
    # dates whose nights or years bear clocks that are moved; how many parts describe them
    "America/Bogota": (["2027-06-07"], 1),
    "Europe/Berlin": (["2027-03-28", "2027-10-31", "2027-07-01"], 3),
    "America/Santiago": (["2027-01-10", "2027-06-01", "2027-12-01"], 3),
    "Australia/Lord_Howe": (["2027-04-04", "2027-10-03"], 3),
    "Asia/Kathmandu": (["2027-06-07"], 1),
}


@pytest.mark.parametrize("name", ZONES)
def test_a_zone_tells_the_hour_of_every_moment_of_its_years(name):
    """Right before and right after clocks are moved an application finds the hour that is meant."""
    dates, parts = ZONES[name]
    described = zone(name, 2027, 2027)
    theirs = tzical(io.StringIO(described.to_ical().decode())).get(name)

    assert len(described.subcomponents) == parts
    assert "comment" not in described
    for date in dates:
        for minutes in range(0, 24 * 60, 15):
            moment = dt.datetime.fromisoformat(date) + dt.timedelta(minutes=minutes)
            ours = moment.replace(tzinfo=ZoneInfo(name))
            is_skipped = ours.astimezone(dt.UTC).astimezone(ZoneInfo(name)).replace(tzinfo=None) != moment
            if not is_skipped:
                assert moment.replace(tzinfo=theirs).utcoffset() == ours.utcoffset(), moment


def test_hours_in_a_night_of_summer_time_are_right_in_the_file(made):
    """Clocks go from two to three: half past one and half past three lie an hour apart."""
    host = HEAD.replace("2027-06-07", "2027-03-28").replace("America/Bogota", "Europe/Berlin")
    host += '[days.1.stops.stalls]\ntime = "01:30"\n[days.1.stops.lamp]\ntime = "03:30"\n'
    body = made(host)["en/calendars/lab.ics"].decode()
    described = body[body.index("BEGIN:VTIMEZONE") : body.index("END:VTIMEZONE")] + "END:VTIMEZONE\r\n"
    theirs = tzical(io.StringIO(described)).get("Europe/Berlin")
    hours = [
        event["dtstart"].dt.replace(tzinfo=theirs).astimezone(dt.UTC)
        for event in Calendar.from_ical(body).events
        if "TZID" in event["dtstart"].params
    ]

    assert [f"{hour:%d %H:%M}" for hour in hours] == ["28 00:30", "28 01:30"]


def test_the_same_host_file_gives_the_same_bytes(made):
    """Nothing of the moment of the build is in a calendar."""
    assert made(FULL) == made(FULL)


def git(folder, *command, when=MORNING):
    environment = {**os.environ, "GIT_COMMITTER_DATE": f"{when} +0000", "GIT_AUTHOR_DATE": f"{when} +0000"}
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *command], cwd=folder, env=environment, check=True, capture_output=True)


def test_where_there_is_git_a_file_is_as_old_as_its_commit(tmp_path):
    """Every copy of a commit says the same, whenever it was made; other commits change nothing."""
    (tmp_path / "a/content").mkdir(parents=True)
    file = tmp_path / "a/content/edition.toml"
    file.write_text("one")
    git(tmp_path / "a", "init")
    git(tmp_path / "a", "add", ".")
    git(tmp_path / "a", "commit", "-m", "one", when=MORNING)
    git(tmp_path / "a", "commit", "--allow-empty", "-m", "two", when=LATER)

    git(tmp_path, "clone", "a", "b")

    assert changed(file) == changed(tmp_path / "b/content/edition.toml") == MORNING


def test_what_is_not_committed_is_as_old_as_the_file(tmp_path):
    """A host who edits the file and builds, with or without git, has a higher number at once."""
    file = tmp_path / "edition.toml"
    file.write_text("one")
    os.utime(file, (MORNING, MORNING))
    without = changed(file)
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "one")
    file.write_text("two")
    os.utime(file, (LATER, LATER))

    assert (without, changed(file)) == (MORNING, LATER)


def test_an_odd_date_of_the_file_makes_no_odd_sequence(made):
    """Archives may give a file any date."""
    for when, sequence in ((0, 0), (2**33, 2**31 - 1)):
        assert {event["sequence"] for event in events(made(HEAD, when)["en/calendars/lab.ics"]).values()} == {sequence}


@pytest.mark.parametrize("tag", ["en", "es"])
def test_pages_lead_to_the_calendars(site, tag):
    """The first page offers the programme, a day its own and its stops but cancelled ones; both, where to subscribe."""
    guide = site(FULL, base_url="https://example.org/a/b/")
    home, day = (guide.files[path].body().decode() for path in (f"{tag}/", f"{tag}/days/1/"))
    whole = f"https://example.org/a/b/{tag}/calendars/lab.ics</a>"

    assert '<h2 id="calendar">' in home and '<h2 id="calendar">' in day
    assert 'href="calendars/lab.ics" type="text/calendar"' in home and whole in home
    assert re.findall(r'href="../../calendars/([^"]+)"', day) == [
        "day-1.ics", "day-1-stalls.ics", "lab.ics",
    ]  # fmt: skip
    assert whole in day


def test_a_day_that_is_left_out_offers_no_calendar(site):
    """Its page tells only what happened in 2017."""
    guide = site(HEAD + "[days.2]\nleft_out = true\n")

    assert 'id="calendar"' not in guide.files["en/days/2/"].body().decode()
    assert titles(bodies(guide)["en/calendars/lab.ics"]) == ["Day 1 · The way to the light"]
