"""The kit for hosts: where it is and where not, what its messages and sheets say, and what a press on them sends."""

import json
import re
import shutil
from html import unescape
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest
from click.testing import CliRunner

from guide import cli, create_app
from guide.config import Paths, Settings
from guide.headers import CONTENT_SECURITY_POLICY
from guide.kit.address import is_public
from guide.kit.sending import sms
from guide.site.printed import digest
from tests.conftest import PUBLIC, ROOT, visited
from tests.kits import EMPTY, FILLED, files_of, kit_of

PRINTS = re.compile(re.escape(PUBLIC) + r"(en|es)/(?:days/(\d)/)?#printed=2027-05-20-((?:\d+[a-z]{4})+)$")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The miniature guide, of which tests write the host's file anew."""
    root = tmp_path_factory.mktemp("kit")
    shutil.copytree(ROOT / "tests" / "miniature", root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "static", root / "static")
    return root


@pytest.fixture(scope="module")
def filled(root):
    """The kit of a host who filled in everything."""
    return files_of(kit_of(root, FILLED))


@pytest.fixture(scope="module")
def empty(root):
    """The kit of a host who filled in nothing."""
    return files_of(kit_of(root, EMPTY))


def words(html):
    """What people read on a page."""
    body = re.sub(r"<(title|path|meta|summary)[^>]*>[^<]*", "", html.partition("<main>")[2])
    return " ".join(unescape(re.sub("<[^>]+>", " ", body)).split())


def sent(page):
    """For each message of a page: its text, its SMS and the links that send them."""
    for section in page.split("<section")[1:]:
        texts = [unescape(re.sub("<[^>]+>", "", text)) for text in re.findall(r"<pre[^>]*>(.*?)</pre>", section, re.S)]
        yield *texts, [unescape(link) for link in re.findall(r'href="([^"]+)"', section)]


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://example.org/a/b/", True),
        ("http://203.0.114.9/", True),
        ("", False),
        ("http://localhost:8000/", False),
        ("http://guide.localhost/", False),
        ("http://127.0.0.1:8000/", False),
        ("http://127.8.8.8/", False),
        ("http://0.0.0.0/", False),
        ("http://[::1]/", False),
        ("http://192.168.1.20/guide/", False),
        ("http://raspberry/", False),
        ("http://raspberry.local/", False),
    ],
)
def test_an_address_is_public_that_the_phones_of_others_can_ask(address, is_one):
    """A code with any other leads nobody to the guide."""
    assert is_public(address) is is_one


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://localhost:8000/", "only your own computer or network knows this address: a code with it would lead"),
        ("", "messages, codes and sheets need the public address. Write the address at which people find the guide"),
    ],
)
def test_a_kit_for_no_public_address_is_refused_with_a_sentence(miniature, tmp_path, address, sentence):
    """Nothing is built then, and nobody sees a traceback."""
    target = tmp_path / "build"

    def create(settings):
        return create_app(Settings(paths=miniature, base_url=settings.base_url))

    done = CliRunner().invoke(cli.freeze, ["--out", str(target), "--base-url", address, "--kit"], obj=create)

    assert (done.exit_code, target.exists()) == (1, False)
    assert sentence in done.stderr and len(done.stderr.splitlines()) == 1


def test_the_command_says_where_the_kit_is_and_what_is_missing(miniature, tmp_path):
    """A host need not look for it."""
    target = tmp_path / "build"

    def create(settings):
        return create_app(Settings(paths=miniature, base_url=settings.base_url))

    done = CliRunner().invoke(
        cli.freeze, ["--out", str(target), "--base-url", "http://guide.example/", "--kit"], obj=create
    )

    assert done.stdout.splitlines()[-2:] == [
        f"The kit for hosts is in {target}/kit/: open {target}/kit/index.html in a browser.",
        "Not filled in yet in content/edition.toml: dates of your own; meeting points of days 2; meeting times of days "
        "2; positions of meeting points of days 1; a contact for emergencies; an assembly point; a group link.",
    ]
    assert (target / "kit/index.html").is_file()
    assert "browsers save a guide only from an address that begins with https://" in done.stderr


def test_a_build_without_a_public_address_has_no_kit(frozen):
    """Its codes would lead nowhere."""
    assert not (frozen / "kit").exists()


def test_no_phone_saves_the_kit_and_no_page_or_list_for_visitors_names_it(published):
    """Packs, search (which reads them), site map and pages are as they would be without it."""
    pointer = json.loads((published / "offline/current.json").read_text())
    listing = json.loads((published / pointer["manifest"]).read_text())
    named = re.compile(rb"""["'/> ]kit/""")

    lists = [published / name for name in ("sitemap.xml", "robots.txt", "offline/first.json")]

    assert (published / "kit/index.html").is_file()
    assert [path for path in listing["files"] if path.startswith("kit/")] == []
    assert [path for path in [*visited(published), *lists] if named.search(path.read_bytes())] == []


def test_every_page_of_the_kit_is_closed_to_search_engines_and_holds_no_script_or_style(filled):
    """The policy of the guide holds, and nobody finds a host's messages by chance."""
    pages = {name: text for name, text in filled.items() if name.endswith(".html")}

    assert len(pages) == 13
    for name, text in pages.items():
        assert '<meta name="robots" content="noindex">' in text, name
        assert CONTENT_SECURITY_POLICY.replace("'", "&#39;") in text, name
        assert text.count("<h1>") == 1, name
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)", text), name


def test_the_same_source_gives_the_same_kit(root, filled):
    """It holds no clock and no chance: its date is that of the build it belongs to."""
    assert files_of(kit_of(root, FILLED)) == filled


@pytest.mark.parametrize("page", ["en-messages.html", "es-messages.html", "messages.html"])
def test_what_is_sent_is_what_the_page_shows(filled, page):
    """WhatsApp, Telegram, mail and SMS get the text with its line breaks and every sign."""
    messages = list(sent(filled[page]))

    assert len(messages) == 8
    for text, short, links in messages:
        whatsapp, telegram, mail, by_sms = links
        shared = dict(parse_qsl(urlsplit(telegram).query, strict_parsing=True))
        letter = dict(parse_qsl(urlsplit(mail).query, strict_parsing=True))

        assert whatsapp.startswith("https://wa.me/?text=") and parse_qs(urlsplit(whatsapp).query)["text"] == [text]
        assert telegram.startswith("https://t.me/share/url?url=") and shared["url"].startswith(PUBLIC)
        assert shared["text"] == text.replace(f"\n\n{shared['url']}", "", 1)
        assert mail.startswith("mailto:?") and letter["body"] == text.replace("\n", "\r\n") and letter["subject"]
        assert by_sms.startswith("sms:?&body=") and unquote(by_sms.removeprefix("sms:?&body=")) == short
        assert len(text) <= 4096
    assert any("«ñandú» #1 + 2" in text and " & " in text for text, *_ in messages)


@pytest.mark.parametrize(("page", "tags"), [("en-messages.html", ["en"]), ("messages.html", ["en", "es"])])
def test_the_address_of_the_language_stands_alone_on_the_last_line(filled, page, tags):
    """Messengers preview the first address of a message; none leads to the page that asks for a language."""
    for text, short, _ in sent(filled[page]):
        addresses = re.findall(r"https?://\S+", text)

        assert [address.removeprefix(PUBLIC)[:3] for address in addresses] == [f"{tag}/" for tag in tags]
        assert text.splitlines()[-1] == addresses[-1] == short.splitlines()[-1]


def test_messages_say_when_and_where_to_meet_and_how_to_keep_the_guide(filled):
    """What the host gave for a day, else the assembly point; and that only a browser keeps the guide."""
    english = {text.splitlines()[0]: text for text, *_ in sent(filled["en-messages.html"])}
    spanish = " ".join(text for text, *_ in sent(filled["es-messages.html"]))

    assert "We meet: 8:30 a.m., The gate of the market" in english["Tomorrow: Day 1, Monday 7 June"]
    assert "We meet: 9:15 a.m., Hotel of the harbour, Carrera 1 # 2-3" in english["Today: Day 2, Tuesday 8 June"]
    assert "Mañana: Día 1, lunes 7 de junio" in spanish and "Nos encontramos: 9:15" in spanish
    assert all("Safari or Chrome" in text for text in english.values())


def test_another_first_day_moves_every_message_and_sheet(root, filled):
    """Dates and weekdays, in both languages."""
    moved = files_of(kit_of(root, FILLED.replace('"2027-06-07"', '"2027-06-12"')))

    for name, before, after in (
        ("en-messages.html", "Day 2, Tuesday 8 June", "Day 2, Sunday 13 June"),
        ("es-messages.html", "Día 2, martes 8 de junio", "Día 2, domingo 13 de junio"),
        ("en-handout.html", "Day 1, Monday 7 June", "Day 1, Saturday 12 June"),
        ("es-days.html", "Día 1, lunes 7 de junio", "Día 1, sábado 12 de junio"),
        ("poster.html", "7–8 June 2027", "12–13 June 2027"),
    ):
        assert before in words(filled[name]) and before not in words(moved[name]), name
        assert after in words(moved[name]), name


def test_an_empty_edition_leaves_nothing_but_what_is_known(empty):
    """No label without what it announces, no placeholder, and no invitation to the dates of the record."""
    label = re.compile(r"Meeting|We meet|Contacts|Assembly|2017-|29 May|Encuentro|encuentro|encontramos|29 de mayo")
    pages = {name: text.replace('role="status"', "") for name, text in empty.items() if name.endswith(".html")}

    for name, text in pages.items():
        assert not re.search(r"None(?!\.)|%\(|\{\{|\{%", text), name
        assert not re.search(r"<(p|li|ul|ol|h\d|dd|span|pre)\b(?! +data-copied)[^>]*></\1>", text), name
        assert "readiness" in name or not label.search(words(text)), name


def test_the_page_of_what_is_missing_tells_it_in_sentences(empty, filled):
    """So that nobody prints a sheet without a meeting point and learns of it there."""
    lacking, ready = words(empty["en-readiness.html"]), words(filled["en-readiness.html"])

    assert "The meeting point (meeting_point) of these days: 1, 2." in lacking
    assert "Contacts: visitors find nobody of yours to call or write to." in lacking
    assert "The position (latitude, longitude) of the meeting point of these days, for directions: 1." in ready
    assert "Español" in ready and "2.3 MB" in ready and "0123456789ab" in ready and "1795000000" in ready
    assert "2,3 MB" in words(filled["es-readiness.html"])


def test_a_host_is_warned_that_phones_save_nothing_without_https(root):
    """The kit is made all the same: the codes lead to the guide."""
    page = files_of(kit_of(root, FILLED, PUBLIC.replace("https", "http")))["en-readiness.html"]

    assert "Phones save nothing from this address" in page


def test_the_code_of_a_sheet_says_when_it_was_printed_and_what_the_plan_was(filled):
    """Every sheet has one for its language; a sheet of one day speaks of that day alone."""
    found = {name: re.findall("<title>(http[^<]+)</title>", text) for name, text in filled.items()}
    marks = {name: [PRINTS.fullmatch(address).groups() for address in found[name]] for name in found if is_sheet(name)}

    assert [tag for tag, *_ in marks["poster.html"]] == ["en", "es"]
    assert [(tag, day) for tag, day, _ in marks["es-days.html"]] == [("es", "1"), ("es", "2")]
    assert len(marks["en-badges.html"]) == 8
    plans = {mark for name in ("poster.html", "en-badges.html", "es-handout.html") for *_, mark in marks[name]}
    assert len(plans) == 1
    assert "".join(mark for *_, mark in marks["en-days.html"]) in plans
    assert [address for address in found["index.html"] if "#" in address] == []


def is_sheet(name):
    return name.endswith(("poster.html", "badges.html", "handout.html", "days.html"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('first_day = "2027-06-07"', 'first_day = "2027-06-08"'),
        ('time = "12:00"', 'time = "12:15"'),
        ('place = "The quay"', 'place = "The pier"'),
        ('leave = "11:40"', 'leave = "11:45"'),
        ('groups = ["A"]\nplace', 'groups = ["B"]\nplace'),
        ('name = "Hotel of the harbour"', 'name = "Hotel of the lighthouse"'),
    ],
)
def test_the_letters_of_a_day_change_with_its_plan(root, before, after):
    """Only those of the day that changed."""
    then, now = (kit_of(root, host).library.content.programme for host in (FILLED, FILLED.replace(before, after)))

    letters = [digest(programme.day("2")) for programme in (then, now)]

    assert letters[0] != letters[1]
    assert before.startswith("first_day") or digest(then.day("1")) == digest(now.day("1"))


def test_the_letters_of_a_day_stay_while_its_plan_does(root):
    """Translations, notes and the names of contacts are no part of the plan; a print stays good."""
    after = FILLED.replace("Ada Stone", "Bea Stone").replace('place = "The', 'note = "Bring a hat."\nplace = "The')

    then, now = (kit_of(root, host).library for host in (FILLED, after))

    assert [digest(day) for day in then.content.programme.days] == [digest(day) for day in now.content.programme.days]


@pytest.mark.parametrize(
    ("text", "plain", "characters", "parts"),
    [
        ("Hello", "Hello", 5, 1),
        ("a" * 160, "a" * 160, 160, 1),
        ("a" * 161, "a" * 161, 161, 2),
        ("a" * 306, "a" * 306, 306, 2),
        ("a" * 307, "a" * 307, 307, 3),
        ("é ñ ü à ¿ ¡ Ñ", "é ñ ü à ¿ ¡ Ñ", 13, 1),
        ("Día miércoles, Medellín", "Dia miércoles, Medellin", 23, 1),
        ("8:30 a. m. · 25–29 “x” …", '8:30 a. m. - 25-29 "x" ...', 26, 1),
        ("€[", "€[", 4, 1),
        ("港" * 70, "港" * 70, 70, 1),
        ("港" * 71, "港" * 71, 71, 2),
        ("Día 港 🚲", "Día 港 🚲", 8, 1),
    ],
)
def test_an_sms_is_counted_as_phones_count_it(text, plain, characters, parts):
    """Letters that would make parts of 70 give way to the nearest of the alphabet, if all others are in it."""
    counted = sms(text)

    assert (counted.text, counted.characters, counted.parts) == (plain, characters, parts)


def test_each_message_is_one_message_for_translators_with_a_note_on_its_length():
    """Nobody translates a sentence in pieces, or finds out on a phone that it is too long."""
    pot = (ROOT / "translations/messages.pot").read_text("utf-8")

    entries = [entry for entry in pot.split("\n\n") if "guide/kit/messages.py" in entry and "Safari" in entry]

    assert len(entries) == 11
    assert [
        entry for entry in entries if not re.search(r"#\. .*(at most \d+|same SMS)", entry.replace("\n#.", ""))
    ] == []


def test_one_language_alone_has_no_page_of_all(root, tmp_path):
    """Nothing is offered twice."""
    shutil.copytree(root, tmp_path / "guide")
    shutil.rmtree(tmp_path / "guide/translations/es")

    names = set(files_of(kit_of(Paths(root=tmp_path / "guide").root, FILLED)))

    assert "en-messages.html" in names and "poster.html" in names
    assert "messages.html" not in names


def test_further_languages_have_a_poster_of_their_own(root, tmp_path):
    """On one sheet there is room for two: letters that are read across a room, and codes that are scanned there."""
    paths = Paths(root=shutil.copytree(root, tmp_path / "guide"))
    create_app(Settings(paths=paths, live=True)).test_cli_runner().invoke(args=["messages", "init", "pt"])

    poster = files_of(kit_of(paths.root, FILLED))["poster.html"]

    sheets = poster.split('<section class="sheet poster">')[1:]
    assert [re.findall(r'class="poster__column" lang="(\w+)"', sheet) for sheet in sheets] == [["en", "es"], ["pt"]]
