"""model/programme.py and what the pages make of it: programmes that a host writes into edition.toml alone."""

import re
import shutil
import tomllib

import pytest

from guide import create_app
from guide.config import Paths, Settings
from guide.content import loader
from guide.problems import GuideError
from guide.site import cards, library
from guide.site.pages import Address
from tests.conftest import ROOT

HEAD = 'name = "Harbour Lab 2027"\nfirst_day = "2027-06-07"\ntime_zone = "America/Bogota"\n'
DAYS = [("day", "1"), ("day", "2"), ("day", "3"), ("home", "")]
RECORD = {"1": ["stalls", "lamp"], "2": ["mending"]}

GOOD = {
    # what the host writes, the stops of each day, pieces of pages: address, what stands there, what does not
    "nothing": ("", RECORD, [("days/1/", [], ["<s>", 'class="meeting"'])]),
    "a lunch": (
        '[days.1.stops.lunch]\nname = "Lunch"\ntime = "12:30"\nends = "13:30"\nplace = "The quay"\nsite = "market"\n',
        {"1": ["stalls", "lunch", "lamp"], "2": ["mending"]},
        [
            ("days/1/", ['id="stop-lunch"', ">Lunch<", "The quay", '<time datetime="12:30">', '"13:30">'], []),
            ("sites/market/", ['days/1/#stop-lunch"', '<time datetime="12:30">'], []),
            ("sites/market/way/", ['days/1/#stop-lunch"', '<time datetime="12:30">'], []),
            ("sites/lighthouse/", [], ["#stop-lamp"]),
        ],
    ),
    "a lunch before an afternoon without times": (
        '[days.2.stops.lunch]\nname = "Lunch"\ntime = "12:30"\nplace = "The quay"\n'
        "latitude = 6.2402\nlongitude = -75.57\n"
        '[days.2.stops.talk]\nname = "Talk"\ntime = "14:30"\n',
        {"1": ["stalls", "lamp"], "2": ["lunch", "mending", "talk"]},
        [("days/2/", ['<span>The quay</span>|missing">The quay</span>', 'class="stop__link"'], ["6.24020, "])],
    ),
    "a site dropped": (
        "[days.1.stops.lamp]\nleft_out = true\n",
        {"1": ["stalls"], "2": ["mending"]},
        [
            ("days/1/", ['href="#story"', "17"], ["stop-lamp"]),
            ("sites/lighthouse/", ['id="saw"'], ['days/1/"']),
        ],
    ),
    "two visits exchanged": (
        '[days.1.stops.mending]\n[days.2.stops.stalls]\ntime = "15:00"\n[days.2.stops.lamp]\n',
        {"1": ["mending"], "2": ["stalls", "lamp"]},
        [
            ("days/2/", ['id="stop-stalls"', 'href="../../sites/market/"', '<time datetime="15:00">'], []),
            ("sites/market/", ['days/2/#stop-stalls"', 'days/2/"'], []),
        ],
    ),
    "another order and part": (
        '[days.1]\norder = ["lamp", "stalls"]\n[days.1.stops.lamp]\npart = "morning"\n'
        '[days.1.stops.stalls]\npart = "afternoon"\n',
        {"1": ["lamp", "stalls"], "2": ["mending"]},
        [],
    ),
    "another part alone": (
        '[days.1.stops.stalls]\npart = "evening"\n[days.1.stops.lamp]\npart = "morning"\n',
        {"1": ["lamp", "stalls"], "2": ["mending"]},
        [],
    ),
    "two groups in parallel": (
        'groups = ["A", "B"]\n[days.1.stops.stalls]\ntime = "10:00"\ngroups = ["A"]\n'
        '[days.1.stops.hall]\nname = "Fish auction"\ntime = "09:00"\npart = "morning"\ngroups = ["B"]\n'
        "latitude = 6.2402\nlongitude = -75.5700\n"
        '[days.1]\norder = ["stalls", "hall", "lamp"]\n',
        {"1": ["stalls", "hall", "lamp"], "2": ["mending"]},
        [("days/1/", ["Group: |Grupo: ", 'datetime="09:00"', "Fish auction"], [])],
    ),
    "one day": (
        "[days.2]\nleft_out = true\n",
        {"1": ["stalls", "lamp"]},
        [
            ("", ['href="days/1/"'], ['data-day="2"']),
            ("days/2/", ["not part of this edition|no forma parte", 'id="story"', 'id="stop-mending"'], ["2027-06-08"]),
            ("days/1/", [], ["rel=next", 'href="../2/"']),
        ],
    ),
    "four days": (
        '[days.0]\ntitle = "Arrival"\n[days.0.stops.dinner]\nname = "Dinner"\npart = "evening"\n'
        '[days.3]\ntitle = "Harbour walk"\ntheme = "Along the water."\n[days.3.stops.walk]\nname = "A walk"\n'
        'time = "09:00"\n',
        {"0": ["dinner"], **RECORD, "3": ["walk"]},
        [
            ("", ['data-day="0" data-date="2027-06-06"', 'data-day="3" data-date="2027-06-09"', "Along the water"], []),
            ("days/3/", ["Harbour walk", "Along the water.", '<time datetime="2027-06-09">', "A walk"], ['id="story"']),
            ("days/0/", ["Arrival", 'rel="next"'], ['rel="prev"']),
        ],
    ),
    "a day in the place of another": (
        '[days.1]\nleft_out = true\n[days.3]\ntitle = "Own"\n[days.3.stops.lamp]\n',
        {"2": ["mending"], "3": ["lamp"]},
        [("", ['data-day="2" data-date="2027-06-07"', 'data-day="3" data-date="2027-06-08"'], ['data-day="1"'])],
    ),
    "a stop cancelled": (
        '[days.1.stops.lamp]\ntime = "19:00"\ncancelled = "The lamp is being mended."\n',
        RECORD,
        [
            ("days/1/", ["Cancelled:|Cancelado:", "<s><a href=", "The lamp is being mended."], ['datetime="19:00"']),
            ("sites/lighthouse/", ["Cancelled:|Cancelado:", "The lamp is being mended."], []),
        ],
    ),
    "a way to the stop": (
        '[days.1.stops.stalls]\ntime = "10:00"\nleave = "09:15"\nleave_from = "The square"\n'
        '[days.1.stops.lamp]\ntime = "19:00"\ntravel = 75\n',
        RECORD,
        [
            ("days/1/", ['datetime="09:15"', "The square", 'datetime="17:45"', "75 min"], []),
            ("sites/lighthouse/way/", ['datetime="17:45"', 'datetime="19:00"'], []),
        ],
    ),
    "where to gather and whom to call": (
        'group_link = "https://chat.whatsapp.com/Abc"\n[assembly]\nname = "Hotel Gull"\naddress = "Calle 5 # 6-7"\n'
        'latitude = 6.2402\nlongitude = -75.5700\n[[contacts]]\nname = "Ada"\nphone = "123"\n'
        '[[contacts]]\nname = "Bo"\nphone = "124"\nemergency = true\n[days.1]\ntime = "08:30"\n[days.2]\n'
        'meeting_point = "The pier"\n',
        RECORD,
        [
            ("", ['href="https://chat.whatsapp.com/Abc"', "Hotel Gull", "emergency: Bo|emergencia: Bo"], []),
            ("days/1/", ["Hotel Gull", "Calle 5", 'class="stop__link"'], []),
            ("days/2/", ["The pier"], ["Hotel Gull"]),
        ],
    ),
    "a date of a visit": (
        '[days.2]\ndate = "2027-06-10"\n[days.2.stops.mending]\nsite = "lighthouse"\nname = "Nets and lamps"\n',
        RECORD,
        [
            ("sites/lighthouse/", ['days/2/#stop-mending"', '<time datetime="2027-06-10">'], []),
            ("days/2/", ["Nets and lamps"], ["Mending of the nets"]),
        ],
    ),
}  # fmt: skip

BAD = {
    # what the host writes, the place, what the sentence says, the remedy
    "an unknown day": ("[days.7]\n", "days.7", "there is no such day", "needs a title"),
    "a day in words": ('[days.x]\ntitle = "X"\n', "days.x", "there is no such day", "needs a number"),
    "a day with a zero": ('[days.03]\ntitle = "X"\n', "days.03", "there is no such day", "needs a number"),
    "every day left out": ("[days.1]\nleft_out = true\n[days.2]\nleft_out = true\n", "days", "every day", "Remove"),
    "two days of a date": ('[days.2]\ndate = "2027-06-07"\n', "days.2, date", "both on 2027-06-07", "own date"),
    "an own day of the date": (
        '[days.3]\ntitle = "X"\ndate = "2027-06-07"\n[days.3.stops.x]\nname = "X"\npart = "morning"\n',
        "days.3, date", "days 1 and 3 are both", "own date",
    ),
    "left out in words": ('[days.1]\nleft_out = "yes"\n', "days.1, left_out", "expected true or false", "quotes"),
    "an unknown stop": ("[days.1.stops.lamps]\n", "days.1.stops.lamps", "no such stop", 'Did you mean "lamp"?'),
    "a stop without a name": ('[days.1.stops.rest]\npart = "morning"\n', "days.1.stops.rest", "no such stop", "name ="),
    "an own day's stop without a name": (
        '[days.3]\ntitle = "X"\n[days.3.stops.rest]\npart = "morning"\n', "days.3.stops.rest", "no such stop", "name =",
    ),
    "a stop in capitals": (
        '[days.1.stops.Lunch]\nname = "Lunch"\npart = "morning"\n',
        "days.1.stops.Lunch", '"Lunch" can\'t name a stop', "[days.1.stops.lunch]",
    ),
    "a stop with an accent": (
        '[days.1.stops."Café del mar"]\nname = "Café"\npart = "morning"\n',
        "days.1.stops.Café del mar", "can't name a stop", "[days.1.stops.cafe-del-mar]",
    ),
    "a stop without a time": ('[days.1.stops.x]\nname = "X"\n', "days.1.stops.x", "nothing says when", "part ="),
    "an unknown site": (
        '[days.1.stops.x]\nname = "X"\npart = "morning"\nsite = "markt"\n',
        "days.1.stops.x, site", 'no site "markt"', 'Did you mean "market"?',
    ),
    "an unknown site of the record's": (
        '[days.1.stops.lamp]\nsite = "light"\n', "days.1.stops.lamp, site", 'no site "light"', "lighthouse",
    ),
    "an unknown part": ('[days.1.stops.lamp]\npart = "noon"\n', "days.1.stops.lamp, part", "'noon'", "afternoon"),
    "a stop in two days": (
        '[days.3]\ntitle = "X"\n[days.3.stops.lamp]\n[days.2.stops.lamp]\n',
        "days.3.stops.lamp", "stands in two days: here and in Day 2", "Keep the block",
    ),
    "a stop here and there": (
        '[days.1.stops.lamp]\ntime = "18:00"\n[days.2.stops.lamp]\n',
        "days.2.stops.lamp", "stands in two days: here and in Day 1", "Keep the block",
    ),
    "a stop left out elsewhere": (
        "[days.2.stops.lamp]\nleft_out = true\n", "days.2.stops.lamp, left_out", "one of Day 1", "[days.1.stops.lamp]",
    ),
    "a stop moved out of sight": (
        "[days.2]\nleft_out = true\n[days.2.stops.lamp]\n", "days.2.stops.lamp", "Day 2 is left out", "another day",
    ),
    "cancelled and left out": (
        '[days.1.stops.lamp]\ncancelled = "Rain"\nleft_out = true\n',
        "days.1.stops.lamp", "both cancelled and left out", "Keep cancelled",
    ),
    "cancelled without a reason": (
        "[days.1.stops.lamp]\ncancelled = true\n", "days.1.stops.lamp, cancelled", "expected text", "in words",
    ),
    "an end before the beginning": (
        '[days.1.stops.lamp]\ntime = "19:00"\nends = "18:00"\n',
        "days.1.stops.lamp, ends", "ends at 18:00, but begins at 19:00", "Correct",
    ),
    "an end at the beginning": (
        '[days.1.stops.lamp]\ntime = "19:00"\nends = "19:00"\n', "days.1.stops.lamp, ends", "ends at 19:00", "Correct",
    ),
    "an end alone": ('[days.1.stops.lamp]\nends = "19:00"\n', "days.1.stops.lamp, ends", "nothing says when", "time ="),
    "an end that is none": (
        '[days.1.stops.lamp]\ntime = "19:00"\nends = "8 pm"\n', "days.1.stops.lamp, ends", "not a time", '"08:30"',
    ),
    "too late a leave": (
        '[days.1.stops.lamp]\ntime = "19:00"\nleave = "19:30"\n',
        "days.1.stops.lamp, leave", "leave at 19:30, but the stop begins at 19:00", "Correct",
    ),
    "leave and travel": (
        '[days.1.stops.lamp]\ntime = "19:00"\nleave = "18:00"\ntravel = 40\n',
        "days.1.stops.lamp, travel", "both leave and travel", "Keep one",
    ),
    "travel in words": (
        '[days.1.stops.lamp]\ntime = "19:00"\ntravel = "soon"\n',
        "days.1.stops.lamp, travel", "expected a whole number, found 'soon'", "digits alone",
    ),
    "travel below nothing": (
        '[days.1.stops.lamp]\ntime = "19:00"\ntravel = -5\n', "days.1.stops.lamp, travel", "-5 minutes", "0 to 600",
    ),
    "travel for days": (
        '[days.1.stops.lamp]\ntime = "19:00"\ntravel = 601\n', "days.1.stops.lamp, travel", "601 minutes", "0 to 600",
    ),
    "travel before midnight": (
        '[days.1.stops.stalls]\ntime = "01:00"\ntravel = 90\n',
        "days.1.stops.stalls, travel", "90 minutes before 01:00 is the day before", "Correct",
    ),
    "travel without a time": (
        "[days.1.stops.lamp]\ntravel = 40\n", "days.1.stops.lamp, travel", "not written", "time =",
    ),
    "a place to leave alone": (
        '[days.1.stops.lamp]\nleave_from = "Here"\n', "days.1.stops.lamp, leave_from", "nothing says when", "leave =",
    ),
    "no groups": ('[days.1.stops.lamp]\ngroups = ["A"]\n', "days.1.stops.lamp, groups", 'no group "A"', "at the top"),
    "an unknown group": (
        'groups = ["Gulls", "Terns"]\n[days.1.stops.lamp]\ngroups = ["Gull"]\n',
        "days.1.stops.lamp, groups", 'no group "Gull"', 'Did you mean "Gulls"?',
    ),
    "a group twice": ('groups = ["A", "A"]\n', "groups", 'the group "A" stands in this list twice', "Keep one"),
    "a group without a name": ('groups = ["A", ""]\n', "groups", "a group without a name", "Write one"),
    "a group as text": (
        'groups = ["A"]\n[days.1.stops.lamp]\ngroups = "A"\n', "days.1.stops.lamp, groups", "expected a list", "[",
    ),
    "a link without s": (
        'group_link = "http://chat.whatsapp.com/Abc"\n', "group_link", "no link that is safe", "https://",
    ),
    "a link of a script": ('group_link = "javascript:alert(1)"\n', "group_link", "no link that is safe", "https://"),
    "an unknown stop in an order": (
        '[days.1]\norder = ["stall", "stalls", "lamp"]\n', "days.1, order", 'names "stall"', 'Did you mean "stalls"?',
    ),
    "another day's stop in an order": (
        '[days.1]\norder = ["mending", "stalls", "lamp"]\n',
        "days.1, order", 'names "mending"', "[days.1.stops.mending]",
    ),
    "an order that lacks a stop": ('[days.1]\norder = ["lamp"]\n', "days.1, order", "the order lacks stalls", "Name"),
    "a stop twice in an order": (
        '[days.1]\norder = ["lamp", "stalls", "lamp"]\n', "days.1, order", 'the stop "lamp" stands', "Keep one",
    ),
    "times out of order": (
        '[days.1.stops.stalls]\ntime = "12:30"\n[days.1.stops.lamp]\npart = "morning"\ntime = "09:00"\n'
        '[days.1]\norder = ["stalls", "lamp"]\n',
        "days.1.stops.lamp, time", "at 09:00, but stalls, which comes before it, is at 12:30", "order =",
    ),
    "times out of order in a group": (
        'groups = ["A", "B"]\n[days.1.stops.stalls]\ntime = "12:30"\ngroups = ["A"]\n'
        '[days.1.stops.b]\nname = "B"\ntime = "10:00"\npart = "morning"\ngroups = ["B"]\n'
        '[days.1.stops.a]\nname = "A"\ntime = "11:00"\npart = "morning"\ngroups = ["A"]\n'
        '[days.1]\norder = ["stalls", "b", "a", "lamp"]\n',
        "days.1.stops.a, time", "at 11:00, but stalls, which comes before it, is at 12:30", "Correct",
    ),
    "half a position": (
        '[days.1.stops.x]\nname = "X"\npart = "morning"\nlatitude = 6.24\n',
        "days.1.stops.x, longitude", "needs latitude and longitude", "Write both",
    ),
    "half an assembly point": (
        '[assembly]\nname = "Hotel"\nlongitude = -75.57\n', "assembly, latitude", "needs latitude", "Write both",
    ),
    "an assembly point elsewhere": (
        '[assembly]\nname = "Hotel"\nlatitude = 40.4\nlongitude = -3.7\n', "assembly", "outside the area", "Correct",
    ),
    "an assembly point without a name": ('[assembly]\naddress = "Calle 1"\n', "assembly", "has no name", "name ="),
    "nobody to call": (
        '[[contacts]]\nname = "Ada"\nemergency = true\n', "contacts 1, emergency", "nobody can call", "phone =",
    ),
    "a heading twice": (
        '[days.1.stops.lamp]\n[days.1.stops.lamp]\n', "line 5", "stands in the file twice", "Join",
    ),
    "a slip of a field": (
        '[days.1.stops.lamp]\nend = "19:00"\n', "days.1.stops.lamp", 'unknown field "end"', 'Did you mean "ends"?',
    ),
    "HTML in a name": (
        '[days.1.stops.x]\nname = "<b>X</b>"\npart = "morning"\n', "days.1.stops.x, name", "HTML", "in words",
    ),
    "HTML in a group": ('groups = ["<b>A</b>"]\n', "groups 1", "HTML", "in words"),
}  # fmt: skip

ASKED = {
    "a stop that begins too early": (
        'groups = ["A", "B"]\n[days.1.stops.stalls]\ntime = "09:00"\nends = "12:00"\n'
        '[days.1.stops.x]\nname = "X"\ntime = "11:00"\n',
        "this stop is at 11:00, but the stop before it lasts until 12:00.",
    ),
    "a way that begins too early": (
        '[days.1.stops.stalls]\ntime = "09:00"\nends = "12:00"\n[days.1.stops.lamp]\ntime = "19:00"\nleave = "11:00"\n',
        "people leave for this stop at 11:00, but the stop before it lasts until 12:00.",
    ),
    "parts out of order": (
        '[days.1]\norder = ["lamp", "stalls"]\n', "the page lists this stop under morning, after lamp under evening.",
    ),
    "an empty day": ("[days.2.stops.mending]\nleft_out = true\n", "no stop is left on this day."),
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The miniature guide, of which every test writes the host's file anew."""
    root = tmp_path_factory.mktemp("programmes")
    shutil.copytree(ROOT / "tests" / "miniature", root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "static", root / "static")
    return root


@pytest.fixture
def written(root):
    """The settings of a guide with a host's file: its head, and what a test writes below."""

    def written(text):
        (root / "content/edition.toml").write_text(HEAD + text, "utf-8")
        return Settings(paths=Paths(root=root))

    return written


@pytest.mark.parametrize("case", GOOD)
def test_a_programme_is_what_the_host_writes_in_one_file(written, case):
    """Every wish has its days and stops in order, and raises no doubt."""
    text, stops, _ = GOOD[case]

    found = library.load(written(text))

    for language in found.languages.values():
        assert {day.slug: [stop.slug for stop in day.stops] for day in language.guide.programme.days} == stops
    assert found.doubts == []


@pytest.mark.parametrize("tag", ["en", "es"])
@pytest.mark.parametrize("case", GOOD)
def test_pages_show_the_programme_in_every_language(written, case, tag):
    """A page has what the host wrote, and nothing that the host took out."""
    text, _, pages = GOOD[case]
    client = create_app(written(text)).test_client()

    for path, there, gone in pages:
        page = client.get(f"/{tag}/{path}").get_data(as_text=True)
        assert page.startswith("<!DOCTYPE html>"), path
        for pieces in there:
            assert any(piece in page for piece in pieces.split("|")), (path, pieces)
        assert [piece for piece in gone if piece in page] == []


@pytest.mark.parametrize("case", BAD)
def test_a_fault_of_a_programme_is_one_sentence_with_place_and_remedy(written, case):
    """A host reads where it is, what is wrong and what to write."""
    text, place, what, remedy = BAD[case]

    with pytest.raises(GuideError) as error:
        library.load(written(text))

    [problem] = error.value.problems
    assert (problem.file, problem.place) == ("content/edition.toml", place)
    assert what in problem.what and remedy in problem.remedy, problem


@pytest.mark.parametrize("case", ASKED)
def test_a_programme_that_contradicts_itself_is_asked_about(written, case):
    """The host is told, and can go on with a plan that is meant so."""
    text, asked = ASKED[case]

    [doubt] = library.load(written(text)).doubts

    assert doubt.what == asked


def test_all_faults_of_a_programme_are_told_in_one_run(written):
    """A fault in a field hides no fault of the programme, and none in another block."""
    text = (
        'group_link = "http://x.org"\n[days.7]\n[days.1.stops.lamps]\n[days.1.stops.lamp]\ntravel = "soon"\n'
        '[days.2.stops.mending]\ncancelled = "Rain"\nleft_out = true\nends = "12:00"\n'
    )

    with pytest.raises(GuideError) as error:
        library.load(written(text))

    assert {problem.place for problem in error.value.problems} == {
        "group_link", "days.7", "days.1.stops.lamps", "days.1.stops.lamp, travel",
        "days.2.stops.mending", "days.2.stops.mending, ends",
    }  # fmt: skip


def test_a_stop_of_the_hosts_own_has_the_language_it_is_written_in(written, root):
    """Untranslated it says on a Spanish page that it is English; translated it stands there like everything else."""
    settings = written('groups = ["A"]\n[days.1.stops.lunch]\nname = "Fish soup"\npart = "morning"\ngroups = ["A"]\n')
    po = root / "translations/es/LC_MESSAGES/messages.po"
    before = po.read_text("utf-8")

    english = create_app(settings).test_client().get("/es/days/1/").get_data(as_text=True)
    po.write_text(f'{before}\nmsgid "Fish soup"\nmsgstr "Sopa de pescado"\n', "utf-8")
    spanish = create_app(settings).test_client().get("/es/days/1/").get_data(as_text=True)
    po.write_text(before, "utf-8")

    assert '<h3><span lang="en" data-state="missing">Fish soup</span></h3>' in english
    assert "<h3>Sopa de pescado</h3>" in spanish


def test_groups_are_told_the_way_from_where_each_of_them_was(written):
    """Group A comes from the stalls, Group B from the auction."""
    guide = loader.load(written(GOOD["two groups in parallel"][0]).paths)
    app = create_app(written(GOOD["two groups in parallel"][0]))

    lamp = app.test_client().get("/en/days/1/").get_data(as_text=True).partition('id="stop-lamp"')[2]

    assert guide.programme.day("1").stops[2].groups == ()
    assert re.findall(r"<summary>(From .*?)</summary>", lamp) == ["From Market (A)", "From Fish auction (B)"]


def test_a_preview_image_has_a_square_for_each_day_of_the_edition(written):
    """A day of the host's own sets off its own square, a day that is left out none."""
    text = '[days.1]\nleft_out = true\n[days.3]\ntitle = "X"\n[days.3.stops.x]\nname = "X"\npart = "morning"\n'
    guide = loader.load(written(text).paths)

    squares = [cards.square_of(Address("en", kind, slug), guide) for kind, slug in DAYS]

    assert squares == [(None, 2), (1, 2), (2, 2), (None, 2)]


def test_cards_of_days_that_the_record_lacks_can_be_drawn(written):
    """Whoever shares the page of a day without a drawing sends the sign of the guide."""
    text = '[days.3]\ntitle = "Harbour walk"\n[days.3.stops.x]\nname = "X"\npart = "morning"\n'
    language = library.load(written(text)).languages["en"]

    caption = cards.caption_of(Address("en", "day", "3"), language)

    assert (caption.title, caption.above) == ("Harbour walk", "Day 3 · 9 June 2027")


@pytest.mark.parametrize("tag", ["en", "es"])
def test_what_happened_in_2017_stays_whatever_the_host_changes(written, tag):
    """The record, the story of a day and that of a site are the same, word for word."""
    changed = (
        '[days.2]\nleft_out = true\n[days.1.stops.stalls]\nleft_out = true\n[days.1.stops.lamp]\ncancelled = "Fog"\n'
    )
    pages = ["record/1/", "record/2/", "days/1/", "days/2/", "sites/market/", "sites/lighthouse/"]

    def told(text):
        client = create_app(written(text)).test_client()
        bodies = [client.get(f"/{tag}/{path}").get_data(as_text=True) for path in pages]
        parts = [re.findall(r'<summary><h2 id="(?:story|saw)">.*?</details>', body, re.DOTALL) for body in bodies]
        return [[re.sub("<sup.*?</sup>", "", part) for part in body] for body in parts]  # numbers of footnotes

    assert told(changed) == told("")
    assert [len(parts) for parts in told("")[2:]] == [1, 1, 2, 2]


def test_the_examples_in_the_hosts_file_build_as_they_stand(tmp_path):
    """A host who takes the # signs away has a programme without a fault."""
    for name in ("content", "translations", "static"):
        shutil.copytree(ROOT / name, tmp_path / name)
    path = tmp_path / "content/edition.toml"
    file, _, examples = path.read_text("utf-8").partition("# EXAMPLES.")
    blocks = re.split(r"\n\n", examples)
    lines = [line.removeprefix("# ") for block in blocks for line in block.split("\n") if _is_toml(line)]
    top = ['groups = ["A", "B"]', 'group_link = "https://chat.whatsapp.com/Abc"']
    path.write_text("\n".join([*top, file, *lines]), "utf-8")

    guide = library.load(Settings(paths=Paths(root=tmp_path))).content

    assert {day.slug for day in guide.programme.days} == {"1", "2", "3", "4", "5", "6"}
    assert len(lines) > 30 and guide.programme.day("5").stops[-1].origin == "4"


def _is_toml(line):
    """Whether a line of explanation is an example of a field or heading, other than one for the block of a day."""
    text = line.removeprefix("# ")
    if not line.startswith("# ") or text.startswith(("order", "left_out = true")) and "[days" not in text:
        return False
    return re.match(r"\[days\.\d|[a-z_]+ = ", text) is not None and tomllib.loads(text) is not None
