"""A pseudo-locale in which every letter of every message is accented: whatever stays plain escaped translation."""

import re
from html.parser import HTMLParser

import pytest

from guide import create_app
from guide.config import Paths, Settings
from guide.kit.pages import Kit
from tests import pseudo
from tests.conftest import PUBLIC
from tests.kits import REVISION, files_of

VOID = {"meta", "link", "br", "hr", "img", "input", "wbr"}
SPOKEN = {"description", "og:title", "og:description", "og:site_name"}
"""The `<meta>` names whose content a person reads."""


@pytest.fixture(scope="module", params=["miniature", pytest.param("guide", marks=pytest.mark.matrix)])
def built(request, once):
    """The build with the pseudo-locale, one language without a translation, and one all stale."""
    content = pseudo.GUIDES[request.param]

    def make(root):
        pseudo.freeze(root, content, pseudo.ACCENTED, pseudo.accented, in_every_state=True)

    return once(f"pseudo-{request.param}", make) / "build"


@pytest.fixture(scope="module")
def pages(built):
    """The pages of the pseudo-locale, by name."""
    return pages_of(built / pseudo.ACCENTED)


def pages_of(folder):
    return {found.relative_to(folder).as_posix(): found.read_text("utf-8") for found in sorted(folder.rglob("*.html"))}


ON_SIGNS = {"map__station-name", "map__bus", "map__metres", "map__letter"}
"""Words on a map that are the same in every language: names and letters as on signs, and metres."""

PEOPLE = {"Ada", "Stone"}
"""The name of the host of the miniature guide, which nobody translates."""


class Plain(HTMLParser):
    """Collects the words of a page that bear no accent: text, and attributes that are read out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.exempt: list[bool] = [False]
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        other = attributes.get("lang", pseudo.ACCENTED) != pseudo.ACCENTED
        named = attributes.get("translate") == "no" or (tag == "text" and attributes["class"].split()[0] in ON_SIGNS)
        exempt = self.exempt[-1] or other or named or tag in ("time", "script")
        if tag not in VOID:
            self.exempt.append(exempt)
        spoken = [attributes.get(name) for name in ("alt", "title", "aria-label", "placeholder")]
        spoken += [value for name, value in attrs if name.startswith("data-") and " " in (value or "")]
        if (attributes.get("name") or attributes.get("property")) in SPOKEN:
            spoken.append(attributes["content"])
        for words in filter(None, spoken):
            self.look(words)

    def handle_endtag(self, tag):
        self.exempt.pop()

    def handle_data(self, data):
        if not self.exempt[-1]:
            self.look(data)

    def look(self, words: str) -> None:
        self.found += re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\w+\}", "", words))


def test_no_visible_word_escapes_translation(pages):
    """Every text, alt, title, label and description of every page comes from the catalog."""
    plain = {name: sorted(set(Plain(text).found) - PEOPLE) for name, text in pages.items()}

    assert len(plain) >= 20
    assert {name: words for name, words in plain.items() if words} == {}


def test_no_visible_word_of_the_kit_escapes_translation(built):
    """The same for what hosts send and print; the file and the fields of a host are called alike in every language."""
    app = create_app(Settings(paths=Paths(root=built.parent), base_url=PUBLIC))
    pages = files_of(Kit(app.extensions["guide"](), app.jinja_env, REVISION))
    own = {name: html for name, html in pages.items() if name.startswith(f"{pseudo.ACCENTED}-")}
    known = {"https", "example", "org", pseudo.ACCENTED, "days", "SMS", *PEOPLE}

    plain = {name: sorted(set(Plain(text).found) - known) for name, text in own.items()}

    assert len(plain) == 5
    assert {name: words for name, words in plain.items() if words} == {}


def test_a_word_outside_the_catalog_would_be_found():
    """The search itself sees what it looks for."""
    page = '<p>Ŧéẋŧ and <span lang="en">source</span> <time>May</time> <b aria-label="label">ŧéẋŧ</b></p>'

    assert Plain(page).found == ["and", "label"]


def test_no_page_says_that_something_is_missing(pages):
    """The catalog of the pseudo-locale holds every message that the pages ask for."""
    assert [name for name, text in pages.items() if "data-state=" in text] == []


MARKUP = re.compile(r"<|≈|&lt;|data-state=|\*\*|\]\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")
FOR_SCRIPTS = {"template", "script"}
"""What a reader never sees as it is: scripts fill in its placeholders first."""


class Attributes(HTMLParser):
    """Collects attributes that hold markup, and placeholders that a reader would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag in FOR_SCRIPTS:
            self.hidden.append(tag)
        for name, value in attrs:
            filled_in = name.startswith("data-") or self.hidden
            if value and (MARKUP.search(value) or (not filled_in and PLACEHOLDER.search(value))):
                self.found.append(f"{name}={value}")

    def handle_endtag(self, tag):
        if self.hidden and self.hidden[-1] == tag:
            self.hidden.pop()

    def handle_data(self, data):
        if not self.hidden and PLACEHOLDER.search(data):
            self.found.append(data)


@pytest.mark.parametrize("locale", [pseudo.ACCENTED, pseudo.UNTRANSLATED, pseudo.OLDER])
def test_no_attribute_holds_markup_and_no_page_a_placeholder(built, locale):
    """A sign for stale text, or the mark of a missing one, belongs into the page and never into an attribute."""
    pages = pages_of(built / locale)

    found = {name: Attributes(text).found for name, text in pages.items()}

    assert len(pages) >= 20
    assert {name: rows for name, rows in found.items() if rows} == {}


def test_languages_in_every_state_were_tried(built):
    """The two languages are what they are meant to be."""
    states = {locale: set(re.findall('data-state="(\\w+)"', (built / locale / "index.html").read_text("utf-8")))
              for locale in (pseudo.UNTRANSLATED, pseudo.OLDER)}  # fmt: skip

    assert "missing" in states[pseudo.UNTRANSLATED]
    assert "stale" in states[pseudo.OLDER]


def test_markup_in_an_attribute_would_be_found():
    """The search itself sees what it looks for."""
    page = '<p title="&lt;span&gt;" data-a="{n}">a {n}</p><template><b title="{n}">{n}</b></template>'

    assert Attributes(page).found == ["title=<span>", "a {n}"]


def test_scripts_are_told_the_calendar_and_the_digits_of_the_pages(built):
    """Thai and Persian readers would else meet 2569 or 1405 beside a 2026."""
    page = (built / pseudo.ACCENTED / "offline" / "index.html").read_text("utf-8")

    assert f'data-locale="{pseudo.ACCENTED}-u-ca-gregory-nu-latn"' in page
