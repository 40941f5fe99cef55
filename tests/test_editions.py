"""What hosts write into edition.toml: good files build, each fault gets one sentence with its place and its remedy."""

import shutil

import pytest

from guide.config import Paths, Settings
from guide.problems import GuideError
from guide.site import library
from tests.conftest import ROOT

NAME, FIRST, ZONE, GREETING = (
    'name = "Harbour Lab 2017"',
    'first_day = "2017-05-29"',
    'time_zone = "America/Bogota"',
    'greeting = "Welcome to the harbour."',
)
PHONE, MAIL, TIME, POINT, LAMP = (
    'phone = "+57 604 000 0000"',
    'email = "ada@example.org"',
    'time = "08:30"',
    'meeting_point = "The gate of the market"',
    'time = "16:00"',
)
PLACED = "latitude = 6.2402\nlongitude = -75.5700"

GOOD = {
    "as it is": (NAME, NAME),
    "another name": (NAME, "name = 'Harbour Lab 2017'"),
    "a bare date": (FIRST, "first_day = 2017-05-29"),
    "a bare time with seconds": (TIME, "time = 08:30:00"),
    "an empty time": (TIME, 'time = ""'),
    "an empty date of a day": ("[days.2]", '[days.2]\ndate = ""'),
    "an empty greeting": (GREETING, 'greeting = "  "'),
    "an empty phone": (PHONE, 'phone = ""'),
    "an empty position": (LAMP, 'latitude = ""\nlongitude = ""'),
    "an empty contact": ("[[contacts]]", '[[contacts]]\nname = ""\n\n[[contacts]]'),
    "123": (PHONE, 'phone = "123"'),
    "a list of numbers": (PHONE, 'phone = ["+57 604 000 0000", "#774"]'),
    "two numbers": (PHONE, 'phone = "300 123 4567 / 300 765 4321"'),
    "mailto": (MAIL, 'email = "mailto:ada@example.org"'),
    "a group": (MAIL, 'whatsapp = "https://chat.whatsapp.com/Abc"'),
    "a bare link": (GREETING, 'greeting = "Join https://chat.whatsapp.com/Abc."'),
    "a link with words": (GREETING, 'greeting = "Join [our group](https://chat.whatsapp.com/Abc)."'),
    "paragraphs": (GREETING, 'greeting = """\nWelcome.\n\n- Water\n- A hat\n"""'),
    "an address alone": (LAMP, 'time = "16:00"\naddress = "Carrera 51A # 46-08"'),
    "a position": (LAMP, f'time = "16:00"\n{PLACED}'),
    "a place of the day": (TIME, f'time = "08:30"\naddress = "Calle 1"\n{PLACED}'),
    "a day of its own": ("[days.2]", '[days.2]\ndate = "2017-06-02"'),
    "tabs and spaces": (TIME, '\ttime\t=  "08:30"  # early'),
    "a nested name": ("[days.1.stops.lamp]\n" + LAMP, '[days.1.stops]\nlamp.time = "16:00"'),
}

ASKED = {
    "a stop before the day": (LAMP, 'time = "06:00"', "this stop is at 06:00, but the day begins at 08:30."),
    "a stop at another part": (LAMP, 'time = "09:00"', "but the page lists it under"),
    "days out of order": ("[days.2]", '[days.2]\ndate = "2017-05-20"', "Day 2 (2017-05-20) comes before Day 1"),
    "a slip of the year": ("[days.2]", '[days.2]\ndate = "2027-05-30"', "is 3653 days after Day 1"),
    "a name of another year": (NAME, 'name = "Harbour Lab 2027"', "has another year than the dates (2017)."),
}

BAD = {
    # what stands there, what stands there instead, the sentences (what each of them holds)
    "curly quotes": (NAME, "name = “Harbour Lab 2017”", ["line 1: these quotes", f"Write: {NAME}"]),
    "low quotes": (NAME, "name = „Harbour Lab 2017“", ["line 1: these quotes", f"Write: {NAME}"]),
    "angle quotes": (NAME, "name = «Harbour Lab 2017»", ["line 1: these quotes", f"Write: {NAME}"]),
    "mixed quotes": (NAME, 'name = "Harbour Lab 2017”', ["line 1: these quotes", f"Write: {NAME}"]),
    "curly single quotes": (FIRST, "first_day = ‘2017-05-29’", ["line 2: these quotes", f"Write: {FIRST}"]),
    "no quotes": (NAME, "name = Harbour Lab 2017", ["line 1: this text stands without quotes", f"Write: {NAME}"]),
    "no quote at the end": (NAME, 'name = "Harbour Lab 2017', ["line 1: the quote at the end", f"Write: {NAME}"]),
    "no quote at the start": (NAME, 'name = Harbour Lab 2017"', ["line 1: the quote at the beginning", NAME]),
    "quotes in quotes": (GREETING, 'greeting = "Say "hello" here"', ["line 4: quotes stand inside", "'hello'"]),
    "words behind quotes": (NAME, 'name = "Harbour Lab" 2017', ["line 1: something stands outside", NAME]),
    "backslashes": (POINT, 'meeting_point = "C:\\dir"', ["line 14: a backslash", "C:/dir"]),
    "a colon": (NAME, 'name: "Harbour Lab 2017"', ["line 1: another sign", f"Write: {NAME}"]),
    "an arrow": (NAME, 'name => "Harbour Lab 2017"', ["line 1: one sign = is enough", f"Write: {NAME}"]),
    "colon and equals": (NAME, 'name := "Harbour Lab 2017"', ["line 1: another sign", f"Write: {NAME}"]),
    "two equals": (NAME, 'name == "Harbour Lab 2017"', ["line 1: one sign = is enough", f"Write: {NAME}"]),
    "no equals": (NAME, 'name "Harbour Lab 2017"', ["line 1: the sign = is missing", f"Write: {NAME}"]),
    "no equals and no quotes": (ZONE, "time_zone America/Bogota", ["line 3: the sign = is missing", ZONE]),
    "a long dash as equals": (NAME, 'name – "Harbour Lab 2017"', ["line 1: another sign", f"Write: {NAME}"]),
    "nothing behind equals": (GREETING, "greeting =", ["line 4: nothing stands after", 'Write: greeting = ""']),
    "a comma at the end": (FIRST, f"{FIRST},", ["line 2: a comma or semicolon", f"Write: {FIRST}"]),
    "a semicolon at the end": (FIRST, f"{FIRST};", ["line 2: a comma or semicolon", f"Write: {FIRST}"]),
    "a comment without a sign": (NAME, f"Our edition\n{NAME}", ["line 1: this line is neither", "Begin it with #"]),
    "a comment of another kind": (NAME, f"// Our edition\n{NAME}", ["line 1: this line is neither", "Begin it with #"]),
    "a comment behind": (NAME, f"{NAME} // ours", ["line 1: an explanation does not begin", f"Write: {NAME} # ours"]),
    "a comment in brackets": (NAME, f"{NAME} (ours)", ["line 1: an explanation", f"Write: {NAME} # ours"]),
    "two fields in a line": (TIME, f"{TIME} date = 2017-05-29", ["line 13: two fields stand in one line", "own"]),
    "a bare time": (TIME, "time = 08:30", ["line 13: a date or time", f"Write: {TIME}"]),
    "a short bare time": (TIME, "time = 8:30", ["line 13: a date or time", f"Write: {TIME}"]),
    "a time with a point": (TIME, "time = 08.30", ["line 13: a date or time", f"Write: {TIME}"]),
    "a time with h": (TIME, "time = 8h30", ["line 13: a date or time", f"Write: {TIME}"]),
    "a date with points": (FIRST, "first_day = 29.05.2017", ["line 2: a date or time", f"Write: {FIRST}"]),
    "a date with slashes": (FIRST, "first_day = 29/5/2017", ["line 2: a date or time", f"Write: {FIRST}"]),
    "a date, month first": (FIRST, "first_day = 5/29/2017", ["line 2: a date or time", f"Write: {FIRST}"]),
    "a comma in a number": (LAMP, "latitude = 6,24\nlongitude = -75.57", ["line 17: this number has a comma", "6.24"]),
    "a dash as minus": (LAMP, "latitude = 6.24\nlongitude = –75.57", ["line 18: the minus sign", "-75.57"]),
    "a minus of mathematics": (LAMP, "latitude = 6.24\nlongitude = −75.57", ["line 18: the minus sign", "-75.57"]),
    "a field twice": (NAME, f"{NAME}\n{NAME}", ['line 2: the field "name" stands here twice', "Keep one"]),
    "a block twice": ("[days.2]", "[days.1]", ["line 19: this heading stands in the file twice", "Join"]),
    "an open heading": ("[days.2]", "[days.2", ["line 19: this heading can't be read", "Write: [days.2]"]),
    "an open list heading": ("[[contacts]]", "[[contacts]", ["line 6: this heading", "Write: [[contacts]]"]),
    "a heading without its start": ("[days.2]", "days.2]", ["line 19: the bracket at the beginning", "[days.2]"]),
    "a heading with a comma": ("[days.2]", "[days,2]", ["line 19: this heading can't be read", "Write it like"]),
    "a heading with a field": ("[days.2]", '[days.2] time = "9:00"', ["line 19: a field stands behind", "own"]),
    "a text over lines": (GREETING, 'greeting = "Welcome\nto us"', ["line 4: a text of several lines", '"""']),
    "three quotes open": (GREETING, 'greeting = """Welcome', ["line 4: the three quotes", '"""']),
    "an open list": (PHONE, 'phone = ["123"', ["line 9: the list that begins here has no end", "Write ]"]),
    "texts side by side": (PHONE, 'phone = "123", "112"', ["line 9: several texts", 'Write: phone = ["123", "112"]']),
    "a hard space": (TIME, f"\u00a0\u00a0{TIME}", ["line 13: an invisible sign", f"Write: {TIME}"]),
    "a mark of order": (TIME, f"\ufeff{TIME}", ["line 13: an invisible sign", f"Write: {TIME}"]),
    "a control sign": (NAME, 'name = "Harbour\x07 Lab 2017"', ["line 1: an invisible sign", f"Write: {NAME}"]),
    "a name with a space": (POINT, 'meeting point = "Gate"', ["line 14: the name before =", "meeting_point"]),
    "a name with an accent": (FIRST, f'día = "x"\n{FIRST}', ["line 2: the name before =", "plain letters"]),
    "YAML": (None, "name: Lab\nfirst_day: 2017-05-29\ndays:\n  1:\n    time: x\n", ["this is YAML", "="]),
    "JSON": (None, '{\n  "name": "Lab"\n}\n', ["this is JSON", "without braces"]),
    "a web page": (None, "<html>\n", ["this is a web page", "Save the text alone"]),
    "an unquoted number": (PHONE, "phone = +57 604 000 0000", ["line 9: this text stands without", PHONE]),
    "an integer as number": (PHONE, "phone = [123]", ["contacts 1, phone 1: expected text", 'in quotes: "123"']),
    "a date that is none": (FIRST, 'first_day = "2017-02-30"', ["first_day: '2017-02-30' is not a date", "05-29"]),
    "a date in words": (FIRST, 'first_day = "29 May 2017"', ["first_day: '29 May 2017' is not a date", "05-29"]),
    "a date with dashes": (FIRST, 'first_day = "2017–05–29"', ["is not a date", 'like "2017-05-29"']),
    "a date and a time": (FIRST, "first_day = 2017-05-29T08:00:00", ["first_day: 2017-05-29 08:00:00 is not", "05-29"]),
    "no such hour": (TIME, 'time = "25:00"', ["days.1, time: '25:00' is not a time", '"08:30"']),
    "midnight as 24": (TIME, 'time = "24:00"', ["days.1, time: '24:00' is not a time", '"08:30"']),
    "an hour with p.m.": (LAMP, 'time = "4 pm"', ["days.1.stops.lamp, time: '4 pm' is not a time", '"08:30"']),
    "no name": (NAME, "", ['name: the field "name" is missing', "at the top"]),
    "an empty name": (NAME, 'name = ""', ['name: the field "name" is missing or empty', "at the top"]),
    "no zone": (ZONE, "", ['time_zone: the field "time_zone" is missing', "at the top"]),
    "an unknown zone": (ZONE, 'time_zone = "Medellin"', ['there is no time zone "Medellin"', "America/Bogota"]),
    "no first day": (FIRST, "", ["first_day: days 1, 2 have no date.", "2017-05-29"]),
    "an unknown field": (GREETING, 'greting = "x"', ['unknown field "greting"', 'Did you mean "greeting"?']),
    "a field at the end": ("[days.2]", f"[days.2]\n{GREETING}".replace("Welcome", "Hello"), ["days.2:", "at the top"]),
    "an unknown day": ("[days.2]", "[days.7]", ["days.7: there is no such day", "Use one of: 1, 2"]),
    "an unknown stop": ("[days.1.stops.lamp]", "[days.1.stops.lamps]", ["lamps: this day has no such stop", '"lamp"?']),
    "two days of a date": ("[days.2]", '[days.2]\ndate = "2017-05-29"', ["days.2, date: days 1 and 2 are both", "own"]),
    "single brackets": ("[[contacts]]", "[contacts]", ["contacts: expected a list", "[[contacts]]"]),
    "double brackets": ("[days.2]", "[[days.2]]", ["days.2: expected a table", "single brackets: [days.2]"]),
    "a stop as text": ("[days.2]", '[days.2]\nstops = "lamp"', ["days.2.stops: expected a table", "[days.2.stops.…]"]),
    "+57 123": (PHONE, 'phone = "+57 123"', ["contacts 1, phone:", "Write it without +57"]),
    "a number in words": (PHONE, 'phone = "call me"', ["contacts 1, phone:", "Write only its digits"]),
    "a link as number": (PHONE, 'phone = "https://wa.me/57300"', ["contacts 1, phone:", "whatsapp ="]),
    "no number of WhatsApp": (PHONE, 'whatsapp = "300 123 4567"', ["contacts 1, whatsapp:", "Begin it with +"]),
    "another site as WhatsApp": (PHONE, 'whatsapp = "https://example.org/x"', ["contacts 1, whatsapp:", "neither"]),
    "no address of mail": (MAIL, 'email = "ada at example"', ["contacts 1, email:", "name@example.org"]),
    "an address with a subject": (MAIL, 'email = "ada@example.org?subject=x"', ["contacts 1, email:", "name@"]),
    "HTML in a name": ('name = "Ada Stone"', 'name = "<b>Ada</b>"', ["contacts 1, name: HTML", "in words"]),
    "HTML in a role": ('role = "Host"', 'role = "<b>Host</b>"', ["contacts 1, role: HTML", "in words"]),
    "HTML in an address": (LAMP, 'address = "<Calle 1>"', ["days.1.stops.lamp, address: HTML", "in words"]),
    "the web as address": (LAMP, 'address = "https://x.org"', ["days.1.stops.lamp, address:", "Write the street"]),
    "half a position": (LAMP, "latitude = 6.24", ["days.1.stops.lamp, longitude: a position needs", "Write both"]),
    "half a position of a day": (TIME, "longitude = -75.57", ["days.1, latitude: a position needs", "Write both"]),
    "a position elsewhere": (LAMP, "latitude = 40.4\nlongitude = -3.7", ["area of the guide (40.4, -3.7)", "Correct"]),
    "a positive longitude": (
        LAMP,
        "latitude = 6.24\nlongitude = 75.57",
        ["outside the area", "the longitude negative"],
    ),
    "exchanged": (LAMP, "latitude = -75.57\nlongitude = 6.24", ["outside the area of the guide", "Correct latitude"]),
    "a position as text": (LAMP, 'latitude = "6.24"\nlongitude = -75.57', ["lamp, latitude: expected", "quotes: 6.24"]),
    "a pair as position": (LAMP, 'latitude = "6.24719, -75.5697"', ["lamp, latitude:", "longitude = -75.5697"]),
    "a link to a map": (POINT, 'meeting_point = "[map](geo:6.2,-75.5)"', ["days.1, meeting_point:", '"geo:"']),
    "a link of a script": (GREETING, 'greeting = "[x](javascript:alert(1))"', ["greeting:", '"javascript:"']),
    "a link to nothing": (GREETING, 'greeting = "[x](site:x)"', ['greeting: the link "site:x"', "Use one of"]),
    "a link without https": (GREETING, 'greeting = "Join chat.whatsapp.com/Abc"', ["greeting:", "Write https://"]),
    "an address with www": (POINT, 'meeting_point = "See www.example.org"', ["days.1, meeting_point:", "https://www."]),
    "a heading in a greeting": (GREETING, 'greeting = "## Hello"', ["greeting: a heading", "**bold words**"]),
    "Latin-1": (None, b'name = "Medell\xedn"\n', ["is not UTF-8", "UTF-8"]),
    "UTF-16": (None, 'name = "Medellín"\n'.encode("utf-16"), ["is not UTF-8", "UTF-8"]),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The miniature guide, of which every test writes the host's file anew."""
    root = tmp_path_factory.mktemp("editions")
    shutil.copytree(ROOT / "tests" / "miniature", root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "static", root / "static")
    return root


@pytest.fixture
def load(root):
    """The guide with a host's file in which one thing is another."""

    def load(old, new):
        text = (ROOT / "tests/miniature/content/edition.toml").read_text("utf-8")
        assert old is None or text.count(old) == 1, old
        body = text.replace(old, new) if old else new
        (root / "content/edition.toml").write_bytes(body if isinstance(body, bytes) else body.encode())
        return library.load(Settings(paths=Paths(root=root)))

    return load


@pytest.mark.parametrize("case", GOOD)
def test_what_a_host_may_write_builds(load, case):
    """Empty is absent, and every way of writing the same is taken."""
    assert load(*GOOD[case]).doubts == []


def test_an_hour_of_one_figure_is_the_same_hour(load):
    """A host who writes 8:30 means half past eight in the morning."""
    days = [load(TIME, written).content.edition.days["1"] for written in (TIME, 'time = "8:30"')]

    assert days[0].time is not None
    assert days[0].time == days[1].time


@pytest.mark.parametrize("case", ASKED)
def test_a_plan_that_contradicts_itself_is_asked_about(load, case):
    """The host is told, and can go on with a plan that is meant so."""
    old, new, asked = ASKED[case]

    [doubt] = load(old, new).doubts

    assert asked in str(doubt)


@pytest.mark.parametrize("case", BAD)
def test_a_fault_of_a_host_is_one_sentence_with_place_and_remedy(load, case):
    """No fault is told twice, none in the words of a programmer."""
    old, new, told = BAD[case]

    with pytest.raises(GuideError) as error:
        load(old, new)

    [sentence] = str(error.value).splitlines()
    assert sentence.startswith("content/edition.toml: ")
    assert all(part in sentence for part in told), sentence


def test_all_faults_of_a_host_are_told_in_one_run(load):
    """A line that can't be read hides no wrong field, and a wrong field no wrong number or stop."""
    faults = f'{NAME}\ncancelled = true\n{FIRST}\n{ZONE}\ngreeting = “Hi”\n[[contacts]]\nphone = "+57 123"\n'
    faults += '[days.1.stops.lamps]\ntime = "8 h"\n'

    with pytest.raises(GuideError) as error:
        load(None, faults)

    places = {problem.place for problem in error.value.problems}
    assert places == {"", "line 5", "contacts 1, phone", "days.1.stops.lamps", "days.1.stops.lamps, time"}


def test_there_are_a_hundred_and_twenty_files():
    """The table is as long as it claims to be."""
    assert len(GOOD) + len(ASKED) + len(BAD) >= 120
