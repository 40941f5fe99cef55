"""Plan and record stand apart: what a visitor does holds for any edition, what happened in 2017 says so."""

import re
import shutil
from datetime import date

import pytest

from guide import create_app
from guide.config import Paths, Settings
from guide.site.pages import Address, pages
from tests.parts import said

FIRST_DAY = date(2028, 2, 23)
"""A Wednesday; the Lab of the record began on a Monday."""

WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
}
MONTHS = {
    "en": [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ],
    "es": [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
        "noviembre", "diciembre",
    ],
}  # fmt: skip
DATE = {
    "en": re.compile(rf"({'|'.join(WEEKDAYS['en'])}),? (\d+) ({'|'.join(MONTHS['en'])})(?: (\d{{4}}))?"),
    "es": re.compile(rf"({'|'.join(WEEKDAYS['es'])}),? (\d+) de ({'|'.join(MONTHS['es'])})(?: de (\d{{4}}))?"),
}
YEAR_2017 = re.compile(r"(?<!Source from )(?<!Fuente de )(?<![–\d])2017(?![–-]\d)")
"""The year, other than that of a source or in a range of years."""

OF_THE_LAB = {
    "en": re.compile(r"\b2017\b|\bthe record\b|\bthe Lab(?:’s)?\b|\bparticipants\b", re.IGNORECASE),
    "es": re.compile(r"\b2017\b|\blas Memorias\b|\bel Lab\b|\bdel Lab\b|\b(?:los|las) participantes\b"),
}
"""What speaks of the Lab of 2017. (In Spanish “las memorias” without a capital are what people remember.)"""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The real guide for an edition of another year, which begins on another day of the week."""
    root, here = tmp_path_factory.mktemp("edition"), Paths()
    for folder in (here.content, here.translations, here.static):
        shutil.copytree(folder, root / folder.name)
    path = root / "content/edition.toml"
    text = path.read_text("utf-8").replace("2017-05-29", FIRST_DAY.isoformat(), 1)
    text = re.sub(r'(?m)^first_day = ".*"$', f'first_day = "{FIRST_DAY}"', text)
    path.write_text(re.sub(r'(?m)^name = ".*"$', 'name = "Medellín Lab 2028"', text), "utf-8")
    return create_app(Settings(paths=Paths(root=root)))


@pytest.fixture(scope="module")
def shelf(app):
    with app.app_context():
        return app.extensions["guide"]().library


@pytest.fixture(scope="module")
def texts(app, shelf):
    """Every page of that edition: its address and its blocks of text with their headings."""
    client = app.test_client()
    listed = [page for page in pages(shelf.source.guide, shelf.languages) if page.tag]
    return {page: list(said(client.get(f"/{page.path}").text)) for page in listed if page.kind != "not-found"}


def is_of_the_lab(block, page: Address) -> bool:
    """Whether a block stands in a part that says 2017, in a list of sources, or names a page in the index."""
    is_list = page.kind in ("record", "sources") or page.slug == "search" or "sources" in block.classes
    return is_list or any("2017" in heading for heading in block.under) or block.text.startswith("2017")


@pytest.mark.parametrize("tag", ["en", "es"])
def test_2017_stands_only_under_headings_that_say_so(texts, tag):
    """A reader of a later edition is never told of 2017 as if it were now."""
    found = [
        (page.path, block.text)
        for page, blocks in texts.items()
        if page.tag == tag
        for block in blocks
        if YEAR_2017.search(block.text) and not is_of_the_lab(block, page)
    ]

    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize("tag", ["en", "es"])
def test_days_and_sites_speak_of_the_lab_only_in_the_parts_of_2017(texts, tag):
    """A plan tells a visitor what to do; what others did stands in its own part."""
    found = [
        (page.path, block.text)
        for page, blocks in texts.items()
        if page.tag == tag and page.kind in ("day", "site")
        for block in blocks
        if OF_THE_LAB[tag].search(block.text) and not is_of_the_lab(block, page)
    ]

    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize("tag", ["en", "es"])
def test_a_plan_names_no_weekday_and_no_month(shelf, tag):
    """Stops, themes, lessons and questions hold on whatever days an edition takes place."""
    words = re.compile(rf"\b(?:{'|'.join([*WEEKDAYS[tag], *MONTHS[tag]])})\b")
    plans = [
        (day.slug, str(text))
        for day in shelf.languages[tag].guide.days.values()
        for text in (
            day.title, day.theme, day.summary, day.lesson, day.reflection,
            *(part for stop in day.itinerary for part in (stop.activity, stop.note, stop.place, stop.duration)),
        )
    ]  # fmt: skip

    found = [(slug, text) for slug, text in plans if words.search(text)]

    assert len(plans) > 50
    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize("tag", ["en", "es"])
def test_no_weekday_contradicts_its_date(texts, tag):
    """Every weekday that stands with a date is the weekday of that date: 2017's own, or this edition's."""
    checked, wrong = 0, []
    for page, blocks in texts.items():
        for block in blocks if page.tag == tag else ():
            for weekday, day, month, year in DATE[tag].findall(block.text):
                written = int(year) if year else 2017 if is_of_the_lab(block, page) else FIRST_DAY.year
                when = date(written, MONTHS[tag].index(month) + 1, int(day))
                checked += 1
                if WEEKDAYS[tag][when.weekday()] != weekday:
                    wrong.append((page.path, block.text))

    assert checked >= 10
    assert wrong == []


@pytest.mark.parametrize("tag", ["en", "es"])
def test_only_the_parts_of_2017_count_five_days(texts, shelf, tag):
    """An edition of four or six days is not told to have five."""
    five = re.compile(r"\b(?:five|cinco) (?:days|días)\b", re.IGNORECASE)
    guide = shelf.languages[tag].guide
    blocks = [
        block.text for page in texts if page.tag == tag for block in texts[page] if not is_of_the_lab(block, page)
    ]
    described = [str(guide.description), *(str(page.summary) for page in guide.pages.values())]

    assert [text for text in (*blocks, *described) if five.search(text)] == []


@pytest.mark.parametrize("tag", ["en", "es"])
def test_the_first_page_opens_with_the_edition(texts, tag):
    """Name and dates of this edition stand before anything of 2017."""
    blocks = texts[Address(tag, "home")]

    assert blocks[0].text == "Medellín Lab 2028"
    assert "2028" in blocks[1].text
    assert any("2017" in block.text for block in blocks[2:])
