"""content/checks/guide.py: what can be wrong with a guide whose files can all be read."""

from dataclasses import replace

import pytest

from guide.content import loader

DAY, SITE, LESSON, GROUP, PAGE = (
    "content/days/1.md",
    "content/sites/market.md",
    "content/lessons/tides.md",
    "content/groups/menders.md",
    "content/pages/home.md",
)
EDITION, MODEL, SOURCES = "content/edition.toml", "content/model.toml", "content/sources.toml"

DANGLING = [
    # file, what stands there, what stands there instead, the problem
    (DAY, 'lessons = ["tides"]', 'lessons = ["tide"]', 'lessons: there is no lesson "tide". Did you mean "tides"?'),
    (
        DAY,
        'site = "market"',
        'site = "markets"',
        'itinerary 1: there is no site "markets". Did you mean "market"?',
    ),
    (SITE, 'lessons = ["tides"]', 'lessons = ["x"]', 'lessons: there is no lesson "x". Use one of: tides.'),
    (LESSON, 'day = "1"', 'day = "9"', 'points 1: there is no day "9". Use one of: 1, 2.'),
    (LESSON, 'site = "market"', 'site = "x"', 'points 1: there is no site "x". Use one of: lighthouse, market.'),
    (MODEL, 'sites = ["lighthouse"]', 'sites = ["x"]', 'care: there is no site "x". Use one of: lighthouse, market.'),
    (MODEL, 'days = ["1"]', 'days = ["7"]', 'care: there is no day "7". Use one of: 1, 2.'),
    (MODEL, 'sites = ["market"]', 'sites = ["x"]', 'repair: there is no site "x". Use one of: lighthouse, market.'),
    (MODEL, 'days = ["2"]', 'days = ["7"]', 'repair: there is no day "7". Use one of: 1, 2.'),
    (
        EDITION,
        "[days.2]",
        "[days.3]",
        "days.3: there is no such day. Use one of: 1, 2. A day of your own needs a title.",
    ),
    (
        EDITION,
        "[days.1.stops.lamp]",
        "[days.1.stops.lamps]",
        'days.1.stops.lamps: this day has no such stop. Did you mean "lamp"?',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), DANGLING)
def test_a_name_that_leads_nowhere_is_reported_with_its_field(edit, problems, file, old, new, problem):
    """Every field that names another thing names one that exists."""
    edit(file, old, new)

    found = problems()

    assert found == [f"{file}: {problem}"]


LINKS = [
    (
        DAY,
        "site:lighthouse",
        "site:lighthuose",
        'story: the link "site:lighthuose" leads nowhere. Did you mean "lighthouse"?',
    ),
    (
        DAY,
        "Ask for the price of a net.",
        "See [it](site:x).",
        'note: the link "site:x" leads nowhere. Use one of: lighthouse, market.',
    ),
    (
        DAY,
        "site:lighthouse",
        "Site:lighthouse",
        'story: a link may not begin with "Site:": "[the lighthouse](Site:lighthouse) since". '
        "Write it as [words](https://…) or [words](site:slug).",
    ),
    ("content/days/2.md", "day:1", "day:5", 'story: the link "day:5" leads nowhere. Use one of: 1, 2.'),
    (LESSON, "group:menders", "group:mender", 'body: the link "group:mender" leads nowhere. Did you mean "menders"?'),
    (GROUP, "lesson:tides", "lesson:tide", 'body: the link "lesson:tide" leads nowhere. Did you mean "tides"?'),
    (
        PAGE,
        "page:about",
        "page:not-found",
        'body: the link "page:not-found" leads nowhere. '
        "Use one of: about, getting-there, glossary, groups, home, lessons, model, offline, phrases, search, sources, "
        "today.",
    ),
    (
        PAGE,
        "page:about",
        "javascript:alert(1)",
        'body: a link may not begin with "javascript:": "bout this guide](javascript:alert(1)).". '
        "Write it as [words](https://…) or [words](site:slug).",
    ),
    (
        PAGE,
        "page:about",
        "",
        'body: the link "" is not allowed. Name a thing, as in site:moravia, or an https address.',
    ),
    (
        PAGE,
        "page:about",
        "../about/",
        'body: a link can\'t be read: "bout this guide](../about/).". '
        "Write it as [words](https://…) or [words](site:slug).",
    ),
    (
        EDITION,
        "Welcome to the harbour.",
        "See [it](site:x).",
        'greeting: the link "site:x" leads nowhere. Use one of: lighthouse, market.',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), LINKS)
def test_a_link_that_leads_nowhere_is_reported(edit, problems, file, old, new, problem):
    """Links in prose and in single lines name things that exist, in a form that can be read."""
    edit(file, old, new)

    found = problems()

    assert found == [f"{file}: {problem}"]


TWICE = [
    (DAY, 'slug = "lamp"', 'slug = "stalls"', 'days: the slug "stalls" is there twice. Rename one of them.'),
    (
        MODEL,
        "[[phases]]",
        '[[axes]]\nslug = "care"\nname = "x"\ntext = "x"\n[[phases]]',
        'axes: the slug "care" is there twice. Rename one of them.',
    ),
    (
        "content/glossary.toml",
        "[[terms]]",
        '[[terms]]\nslug = "faro"\nname = "x"\nheard = "x"\nmeaning = "x"\n[[terms]]',
        'terms: the slug "faro" is there twice. Rename one of them.',
    ),
    (
        SOURCES,
        "[[sources]]",
        '[[sources]]\nslug = "logbook"\npublisher = "x"\nabout = "x"\n[[sources]]',
        'sources: the slug "logbook" is there twice. Rename one of them.',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), TWICE)
def test_a_slug_is_not_given_twice(edit, problems, file, old, new, problem):
    """Two things with one name are reported where they stand."""
    edit(file, old, new)

    found = problems()

    assert f"{file}: {problem}" in found


@pytest.mark.parametrize("slug", ["../x", "Faro", "fa ro", "faro-", "fa--ro", "faró", "a/b", "x\\u0000y"])
def test_a_slug_holds_only_what_an_address_can_hold(edit, problems, slug):
    """A slug can't leave its folder nor need quoting."""
    edit("content/glossary.toml", 'slug = "faro"', f'slug = "{slug}"')

    found = problems()

    assert len(found) == 1
    assert found[0].endswith("is not a slug. Use a–z, 0–9 and single hyphens.")


def test_a_gap_in_the_days_is_reported(miniature, problems):
    """Day 3 without day 2 is a mistake."""
    (miniature.content / "days" / "2.md").rename(miniature.content / "days" / "3.md")

    found = problems()

    assert "content/days: the days are 1, 3. Number them 1, 2, 3 without a gap." in found


def test_a_guide_without_a_day_is_reported(miniature, problems):
    """The first page counts on days."""
    for path in (miniature.content / "days").iterdir():
        path.unlink()

    found = problems()

    assert "content/days: the days are none. Number them 1, 2, 3 without a gap." in found


def test_every_day_has_a_date(edit, problems):
    """Without a first day each day needs its own date, and the sentence shows both ways."""
    edit(EDITION, 'first_day = "2017-05-29"\n', "")
    edit(EDITION, "[days.2]", '[days.2]\ndate = "2017-05-30"')

    found = problems()

    remedy = 'Write first_day = "2017-05-29", or date below [days.1].'
    assert found == [f"content/edition.toml: first_day: day 1 has no date. {remedy}"]


def test_a_date_after_the_last_year_is_no_traceback(edit, problems):
    """A day that the calendar can't hold has no date."""
    edit(EDITION, "2017-05-29", "9999-12-31")

    found = problems()

    remedy = 'Write first_day = "2017-05-29", or date below [days.2].'
    assert found == [f"content/edition.toml: first_day: day 2 has no date. {remedy}"]


SETTINGS = [
    (
        EDITION,
        "America/Bogota",
        "America/Bogotá",
        'time_zone: there is no time zone "America/Bogotá". Write it like America/Bogota.',
    ),
    (
        EDITION,
        "America/Bogota",
        "../../etc/passwd",
        'time_zone: there is no time zone "../../etc/passwd". Write it like America/Bogota.',
    ),
    (EDITION, "America/Bogota", "America", 'time_zone: there is no time zone "America". Write it like America/Bogota.'),
    (
        EDITION,
        "+57 604 000 0000",
        "call me",
        'contacts 1, phone: "call me" is not a phone number. Write only its digits, like +57 604 000 0000 or 123.',
    ),
    (
        EDITION,
        "ada@example.org",
        "ada?subject=x@example.org",
        'contacts 1, email: "ada?subject=x@example.org" is not an e-mail address. Write it like name@example.org.',
    ),
    (
        EDITION,
        "America/Bogota",
        "/etc/passwd",
        'time_zone: there is no time zone "/etc/passwd". Write it like America/Bogota.',
    ),
    (
        "content/guide.toml",
        'es = "CO"',
        'es = "Colombia"',
        'regions.es: there is no country "Colombia". Write its two capitals, such as CO.',
    ),
    (
        "content/guide.toml",
        'es = "CO"',
        'es = "QX"',
        'regions.es: there is no country "QX". Write its two capitals, such as CO.',
    ),
    (
        "content/guide.toml",
        'emergency = "123"',
        'emergency = "call 112"',
        'emergency: "call 112" can\'t be dialled. Write the digits alone, such as 112.',
    ),
    (
        "content/guide.toml",
        'heard = "es"',
        'heard = "Spanish"',
        'heard: there is no language "Spanish". Write its tag, such as es or pt-BR.',
    ),
    (
        "content/glossary.toml",
        'heard = "faro"',
        'heard = "faro"\nalso = { pt_BR = "farol" }',
        'terms: "faro" is also given in "pt_BR", which is no language. Write its tag, such as es or pt-BR.',
    ),
    (
        SOURCES,
        "https://example.org/logbook",
        "javascript:alert(1)",
        'sources: the url of "logbook" is not a web address. Begin it with https://.',
    ),
    (
        SOURCES,
        "https://example.org/logbook",
        "example.org",
        'sources: the url of "logbook" is not a web address. Begin it with https://.',
    ),
    (
        SOURCES,
        'confidence = "high"',
        'confidence = "hihg"',
        "sources 1, confidence: 'hihg' is not known here. Did you mean \"high\"?",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), SETTINGS)
def test_a_setting_that_does_not_exist_is_reported(edit, problems, file, old, new, problem):
    """Time zones, languages, countries, addresses and ratings are checked before a page needs them."""
    edit(file, old, new)

    found = problems()

    assert found == [f"{file}: {problem}"]


TEXTS = [
    (
        SITE,
        "The painted numbers.",
        "The <b>painted</b> numbers.",
        "see: HTML or a sign like < or > stands in the text. Write it in words.",
    ),
    (
        SITE,
        "The painted numbers.",
        "<script>alert()</script>",
        "see: HTML or a sign like < or > stands in the text. Write it in words.",
    ),
    (
        SITE,
        "The painted numbers.",
        "The painted\x00numbers.",
        "see: a control character stands in the text. Write the sentence anew.",
    ),
    (
        SITE,
        "The painted numbers.",
        "The painted\x1bnumbers.",
        "see: a control character stands in the text. Write the sentence anew.",
    ),
    (
        SITE,
        'district = "Old town"',
        'district = "Old\\u0000town"',
        "district: a control character stands in the text. Write the sentence anew.",
    ),
    (
        SITE,
        "### After the fire",
        "# After the fire",
        "story: a heading has the rank of the page's title. Begin it with ## or ###.",
    ),
    (PAGE, "The first page of the harbour.", "x" * 201, "summary: the summary has 201 characters. Cut it to 200."),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), TEXTS)
def test_a_text_that_no_page_can_show_is_reported(edit, problems, file, old, new, problem):
    """HTML, control characters, a second title and an endless summary are named with their place."""
    edit(file, old, new)

    found = problems()

    assert found == [f"{file}: {problem}"]


def test_a_fault_of_content_and_one_of_a_catalog_come_together(edit, problems):
    """One run shows what authors and what translators have to do."""
    edit(DAY, 'lessons = ["tides"]', 'lessons = ["x"]')
    edit("translations/es/LC_MESSAGES/messages.po", "El camino a la luz", "El <b>camino</b>")

    found = problems()

    assert [line.partition(":")[0] for line in found] == [
        "content/days/1.md",
        "translations/es/LC_MESSAGES/messages.po",
        "translations/es/LC_MESSAGES/messages.po",
    ]


SHAPES = [
    (
        SITE,
        'rules = ["Photograph no faces."]',
        "rules = []",
        "rules: there are 0 rules, not one to 3. Move the others to ## respect.",
    ),
    (
        SITE,
        'rules = ["Photograph no faces."]',
        'rules = ["A.", "B.", "C.", "D."]',
        "rules: there are 4 rules, not one to 3. Move the others to ## respect.",
    ),
    (
        LESSON,
        'day = "2"\n',
        "",
        'points 2: a point names no day and no chapter. Write day = "1" or chapter = "conclusions".',
    ),
    (
        LESSON,
        'day = "2"\n',
        'day = "2"\nchapter = "conclusions"\n',
        'points 2: a point names both a day and a chapter. Write day = "1" or chapter = "conclusions".',
    ),
    (
        "content/record.toml",
        'slug = "l-06"',
        'slug = "x-06"',
        'items: item x-06 belongs to no chapter: there is no "x". Use one of: l.',
    ),
    (
        "content/conclusions.toml",
        'sites = ["lighthouse"]',
        'sites = ["x"]',
        'look-out: there is no site "x". Use one of: lighthouse, market.',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "problem"), SHAPES)
def test_what_a_page_needs_is_asked_for(edit, problems, file, old, new, problem):
    """A site has one to three rules on top, a lesson says where it was learned, a conclusion leads to what exists."""
    edit(file, old, new)

    assert problems() == [f"{file}: {problem}"]


def test_working_groups_belong_to_the_chapter_of_the_last_day(miniature):
    """However many days a guide has: items g1, g2 … stand in the last one's chapter, all others in their own."""
    guide = loader.load(miniature)
    item = guide.items[0]

    found = [guide.chapter_of(replace(item, slug=slug)) for slug in ("g3-01", "d1-02", "in-01")]

    assert found == ["d2", "d1", "in"]
