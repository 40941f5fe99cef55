"""content/loader.py and tables.py: what an author writes, and what the guide says about a slip."""

import shutil
from datetime import date, time

import pytest

from guide.content import loader
from guide.content.layout import file_of
from guide.model.days import Part
from guide.model.guide import Visit
from guide.problems import ContentError
from guide.site.reading import digest

DAY, SITE, LESSON, GROUP, PAGE = (
    "content/days/1.md",
    "content/sites/market.md",
    "content/lessons/tides.md",
    "content/groups/menders.md",
    "content/pages/about.md",
)


def test_the_miniature_guide_has_no_problems(problems):
    """Sound content and catalogs give no problem at all."""
    found = problems()

    assert found == []


def test_content_becomes_the_types_of_the_model(miniature):
    """Dates, times and choices written as text arrive as dates, times and choices."""
    guide = loader.load(miniature)

    assert guide.edition.first_day == date(2017, 5, 29)
    assert guide.edition.days["1"].time == time(8, 30)
    assert guide.days["1"].itinerary[1].part is Part.EVENING
    assert guide.sites["market"].facts[0].year == 2026
    assert guide.sites["lighthouse"].visit is Visit.HOST


def test_sections_become_the_prose_of_their_fields(miniature):
    """A line `## getting-there` begins the field getting_there; deeper headings stay inside."""
    guide = loader.load(miniature)

    assert guide.sites["market"].getting_there == "Walk along the quay for 12.5 minutes from the station. [^logbook]"
    assert "### After the fire" in guide.sites["market"].story
    assert guide.days["1"].feedback == ""


def test_sites_come_in_the_order_their_files_ask_for(miniature):
    """`order` decides, not the file name."""
    guide = loader.load(miniature)

    assert list(guide.sites) == ["market", "lighthouse"]


def test_the_tenth_day_comes_after_the_ninth(miniature, problems):
    """Days are ordered as numbers."""
    for number in range(3, 12):
        shutil.copy(miniature.content / "days" / "2.md", miniature.content / "days" / f"{number}.md")

    found = problems()

    assert found == []


@pytest.mark.parametrize(
    "remake",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"),
    ],
    ids=["byte order mark", "Windows line ends", "both"],
)
def test_files_saved_by_windows_editors_read_the_same(miniature, remake):
    """A byte order mark and CRLF change nothing."""
    expected = digest(loader.load(miniature))
    for path in miniature.content.rglob("*.*"):
        path.write_bytes(remake(path.read_bytes()))

    guide = loader.load(miniature)

    assert digest(guide) == expected


SLIPS = [
    # file, what stands there, what stands there instead, the problem
    (
        DAY,
        'title = "The way to the light"',
        'title = "The way to the light',
        'content/days/1.md: line 2: the quote at the end is missing: title = "The way to the light. '
        'Write: title = "The way to the light"',
    ),
    (
        DAY,
        'lessons = ["tides"]',
        'lessons = ["tides"',
        'content/days/1.md: line 5: the list that begins here has no end: lessons = ["tides". '
        "Write ] after its last value.",
    ),
    (
        "content/edition.toml",
        'time_zone = "America/Bogota"',
        "time_zone America/Bogota",
        "content/edition.toml: line 3: the sign = is missing: time_zone America/Bogota. "
        'Write: time_zone = "America/Bogota"',
    ),
    (
        DAY,
        'theme = "A',
        'teme = "A',
        'content/days/1.md: unknown field "teme". Did you mean "theme"?',
    ),
    (
        DAY,
        'theme = "A',
        'teme = "A',
        'content/days/1.md: the field "theme" is missing. Add a line: theme = …',
    ),
    (
        DAY,
        'site = "market"',
        'sitte = "market"',
        'content/days/1.md: itinerary 1: unknown field "sitte". Did you mean "site"?',
    ),
    (
        DAY,
        'summary = "The',
        'slug = "1"\nsummary = "The',
        'content/days/1.md: unknown field "slug". Use one of: drawing, itinerary, lessons, summary, theme, title.',
    ),
    (
        DAY,
        'part = "morning"',
        'part = "mornin"',
        "content/days/1.md: itinerary 1, part: 'mornin' is not known here. Did you mean \"morning\"?",
    ),
    (
        DAY,
        'title = "The way to the light"',
        "title = 7",
        'content/days/1.md: title: expected text in quotes, found 7. Put it in quotes: "7".',
    ),
    (
        DAY,
        'title = "The way to the light"',
        'title = " "',
        "content/days/1.md: title: this field is empty. Write something between the quotes.",
    ),
    (
        DAY,
        'lessons = ["tides"]',
        'lessons = "tides"',
        "content/days/1.md: lessons: expected a list. Write the values between [ and ].",
    ),
    (
        DAY,
        'lessons = ["tides"]',
        "lessons = [true]",
        'content/days/1.md: lessons 1: expected text in quotes, found True. Write it in words: "…".',
    ),
    (
        SITE,
        "order = 1",
        'order = "1"',
        "content/sites/market.md: order: expected a whole number, found '1'. Write digits alone, without quotes.",
    ),
    (
        SITE,
        "order = 1",
        "order = true",
        "content/sites/market.md: order: expected a whole number, found True. Write digits alone, without quotes.",
    ),
    (
        SITE,
        "order = 1",
        f"order = 0x{'f' * 5000}",
        f"content/sites/market.md: line 6: this line can't be read: order = 0x{'f' * 70}…. Write it anew.",
    ),
    (
        SITE,
        "order = 1",
        f"order = {'9' * 5000}",
        f"content/sites/market.md: line 6: this line can't be read: order = {'9' * 72}…. Write it anew.",
    ),
    (
        SITE,
        "order = 1",
        f"order = {'[' * 5000}",
        f"content/sites/market.md: line 6: this line can't be read: order = {'[' * 72}…. Write it anew.",
    ),
    (
        GROUP,
        "[commitments]",
        "commitments = 3\n[other]",
        "content/groups/menders.md: commitments: expected a table of fields. Write its fields below: [commitments].",
    ),
    (
        "content/edition.toml",
        'first_day = "2017-05-29"',
        'first_day = "29 May 2017"',
        "content/edition.toml: first_day: '29 May 2017' is not a date. Write it like \"2017-05-29\".",
    ),
    (
        "content/edition.toml",
        'first_day = "2017-05-29"',
        'first_day = "2017-02-30"',
        "content/edition.toml: first_day: '2017-02-30' is not a date. Write it like \"2017-05-29\".",
    ),
    (
        "content/edition.toml",
        'first_day = "2017-05-29"',
        "first_day = 2017-05-29T10:00:00",
        'content/edition.toml: first_day: 2017-05-29 10:00:00 is not a date. Write it like "2017-05-29".',
    ),
    (
        "content/edition.toml",
        'time = "08:30"',
        'time = "8.30"',
        "content/edition.toml: days.1, time: '8.30' is not a time. Write it like \"08:30\".",
    ),
    (
        "content/edition.toml",
        'time = "08:30"',
        'time = "08:30+05:00"',
        "content/edition.toml: days.1, time: '08:30+05:00' is not a time. Write it like \"08:30\".",
    ),
    (
        "content/edition.toml",
        "[days.2]",
        "[day.2]",
        'content/edition.toml: unknown field "day". Did you mean "days"?',
    ),
    (
        "content/model.toml",
        "[[phases]]",
        "[[fases]]",
        'content/model.toml: unknown table "fases". Did you mean "phases"?',
    ),
    (
        "content/glossary.toml",
        "[[terms]]",
        "[terms]",
        "content/glossary.toml: terms: expected a list. Write its heading with two brackets: [[terms]].",
    ),
    (
        "content/guide.toml",
        'en = "GB"',
        "en = 1",
        'content/guide.toml: regions.en: expected text in quotes, found 1. Put it in quotes: "1".',
    ),
    (
        SITE,
        "## ask",
        "## aks",
        'content/sites/market.md: line 42: unknown section "## aks". Did you mean "ask"?',
    ),
    (
        SITE,
        "## ask",
        "## aks",
        'content/sites/market.md: the section "## ask" is missing. Add it with at least one paragraph.',
    ),
    (
        SITE,
        "## respect",
        "## story",
        'content/sites/market.md: line 51: the section "## story" is there twice. Join the two.',
    ),
    (
        SITE,
        "+++\n## story",
        "+++\nOnce upon a time.\n\n## story",
        "content/sites/market.md: line 25: text before the first section. Begin with a line like ## story.",
    ),
    (
        LESSON,
        "The sea gives twice a day. See [the group](group:menders) that took this to heart.\n",
        "",
        "content/lessons/tides.md: there is no text below the front matter. Write at least one paragraph.",
    ),
    (
        LESSON,
        "+++\nThe sea",
        "The sea",
        "content/lessons/tides.md: line 1: the front matter is not closed. Add a line of +++ below its fields.",
    ),
    (
        LESSON,
        '+++\ntitle = "Tides"',
        'title = "Tides"',
        "content/lessons/tides.md: line 1: no front matter found. Write TOML between two lines of +++ on top.",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), SLIPS)
def test_a_slip_is_one_sentence_with_file_place_and_remedy(edit, problems, file, old, new, problem):
    """Whatever an author mistypes, the sentence names where it is and what to do."""
    edit(file, old, new)

    found = problems()

    assert problem in found


BROKEN = [
    # a file, the bytes that replace it, the whole report
    (
        DAY,
        b'+++\ntitle = "caf\xe9"\n+++\n',
        "content/days/1.md: line 2: this is not UTF-8 text. Save the file as UTF-8.",
    ),
    (
        DAY,
        b"",
        "content/days/1.md: line 1: no front matter found. Write TOML between two lines of +++ on top.",
    ),
    (
        DAY,
        b'+++\ntitle = "a\x00b"\n+++\n',
        'content/days/1.md: line 2: an invisible sign or special space stands in this line: title = "a b". '
        'Write: title = "ab"',
    ),
    (
        "content/edition.toml",
        b"\xff\xfe",
        "content/edition.toml: line 1: this is not UTF-8 text. Save the file as UTF-8.",
    ),
    (
        "content/glossary.toml",
        b"\x00",
        "content/glossary.toml: line 1: an invisible sign or special space stands in this line: . Remove the line.",
    ),
]


@pytest.mark.parametrize(("file", "body", "problem"), BROKEN)
def test_a_file_that_is_no_text_is_reported_once(miniature, problems, file, body, problem):
    """Bytes that make no sense give one sentence and no traceback."""
    (miniature.root / file).write_bytes(body)

    found = problems()

    assert found == [problem]


REQUIRED = ["guide.toml", "edition.toml", "model.toml", "glossary.toml", "sources.toml"]
PAGES = ["home", "lessons", "model", "groups", "getting-there", "about", "offline", "not-found"]


@pytest.mark.parametrize("file", REQUIRED + [f"pages/{slug}.md" for slug in PAGES])
def test_a_missing_file_is_named(miniature, problems, file):
    """A file that every guide needs is asked for, once."""
    (miniature.content / file).unlink()

    found = problems()

    assert found == [f"content/{file}: this file is missing. Put it back."]


@pytest.mark.parametrize("file", ["edition.toml", "sites/market.md", "pages/about.md", "days/1.md"])
def test_a_folder_in_the_place_of_a_file_is_named(miniature, problems, file):
    """A directory named like a file is no traceback."""
    (miniature.content / file).unlink()
    (miniature.content / file).mkdir()

    found = problems()

    assert found == [f"content/{file}: this is a folder, where a file is expected. Move it elsewhere."]


def test_an_empty_table_file_lacks_its_fields(miniature, problems):
    """An empty edition.toml is asked for what it needs."""
    (miniature.content / "edition.toml").write_bytes(b"")

    found = problems()

    assert found == [
        "content/edition.toml: first_day: days 1, 2 have no date. "
        'Write first_day = "2017-05-29", or date below [days.1].',
        'content/edition.toml: name: the field "name" is missing or empty. Write a line at the top: name = "…".',
        'content/edition.toml: time_zone: the field "time_zone" is missing or empty. '
        'Write a line at the top: time_zone = "…".',
    ]


NAMES = [
    ("sites/Market.md", "the file name is not a slug. Rename it: a–z, 0–9 and hyphens only."),
    ("sites/two words.md", "the file name is not a slug. Rename it: a–z, 0–9 and hyphens only."),
    ("sites/plaza-botánica.md", "the file name is not a slug. Rename it: a–z, 0–9 and hyphens only."),
    ("sites/-.md", "the file name is not a slug. Rename it: a–z, 0–9 and hyphens only."),
    ("pages/a_b.md", "the file name is not a slug. Rename it: a–z, 0–9 and hyphens only."),
    ("days/one.md", "the file name is not a slug. Rename it: the number of the day, such as 3.md."),
    ("days/03.md", "the file name is not a slug. Rename it: the number of the day, such as 3.md."),
    ("days/0.md", "the file name is not a slug. Rename it: the number of the day, such as 3.md."),
    ("days/³.md", "the file name is not a slug. Rename it: the number of the day, such as 3.md."),
    ("sites/market.txt", "this file is not Markdown. Rename it to end in .md, or move it elsewhere."),
    ("lessons/pictures", "this file is not Markdown. Rename it to end in .md, or move it elsewhere."),
]


@pytest.mark.parametrize(("name", "problem"), NAMES)
def test_a_file_name_must_be_a_slug(miniature, problems, name, problem):
    """A name that can't stand in an address is reported, whatever is in the file."""
    (miniature.content / name).write_text("")

    found = problems()

    assert found == [f"content/{name}: {problem}"]


def test_hidden_files_are_left_alone(miniature, problems):
    """What an editor, a Mac or Windows leaves beside the content is no problem."""
    for name in ("sites/market.md~", "edition.toml~", "pages/#home.md#", "days/Thumbs.db", "desktop.ini"):
        (miniature.content / name).write_bytes(b"\x00")
    (miniature.content / "sites" / ".market.md.swp").write_bytes(b"\x00")
    (miniature.content / "sites" / ".DS_Store").write_bytes(b"\x00")

    found = problems()

    assert found == []


def test_all_problems_of_a_run_come_together(miniature, edit):
    """An author sees every slip at once, sorted by file."""
    edit(DAY, 'theme = "A', 'teme = "A')
    edit(SITE, "order = 1", "order = 1.5")
    edit("content/edition.toml", 'first_day = "2017-05-29"', 'first_day = "soon"')
    (miniature.content / "pages" / "offline.md").unlink()

    with pytest.raises(ContentError) as caught:
        loader.load(miniature)

    assert [problem.file for problem in caught.value.problems] == [
        "content/days/1.md",
        "content/days/1.md",
        "content/edition.toml",
        "content/pages/offline.md",
        "content/sites/market.md",
    ]


def test_an_empty_content_folder_names_every_file_a_guide_needs(miniature):
    """Whoever begins from nothing reads what is needed."""
    shutil.rmtree(miniature.content)

    with pytest.raises(ContentError) as caught:
        loader.load(miniature)

    assert len(caught.value.problems) == 28
    assert {problem.what for problem in caught.value.problems} == {"this file is missing."}


@pytest.mark.parametrize(
    ("trail", "file"),
    [
        (("edition", "greeting"), "content/edition.toml"),
        (("days", "1", "story"), "content/days/1.md"),
        (("terms", "faro", "meaning"), "content/glossary.toml"),
        (("axes", "care", "name"), "content/model.toml"),
        (("name",), "content/guide.toml"),
    ],
)
def test_every_text_is_traced_to_its_file(trail, file):
    """The steps to a text tell the file it was written in."""
    found = file_of(trail)

    assert found == file
