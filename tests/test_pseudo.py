"""A pseudo-locale in which every letter of every message is accented: whatever stays plain escaped translation."""

import re
import shutil
from html.parser import HTMLParser

import pytest
from babel.messages.plurals import get_plural

from guide import catalogs, content, create_app, extract, merge, po
from guide.build import build
from guide.config import Paths, Settings

PSEUDO = "cy"
"""A locale that no one translates the guide into and that writes numbers like English; it carries the accents."""

ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćđéƒǵħíĵķłḿńóƥɋŕśŧúṽŵẋýźÁƁĆĐÉƑǴĦÍĴĶŁḾŃÓƤɊŔŚŦÚṼŴẊÝŹ",
)
KEPT = re.compile(r"(%\(\w+\)s|\{\w+\}|\]\([^)]*\)|\b[ap]\.m\.)")
VOID = {"meta", "link", "br", "hr", "img", "input"}
SPOKEN = {"description", "og:title", "og:description", "og:site_name"}
"""The `<meta>` names whose content a person reads."""


def accented(message: str) -> str:
    """A message in the pseudo-locale: placeholders and link targets stay."""
    return "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTS) for part in KEPT.split(message))


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of the pseudo-locale, by name."""
    root = tmp_path_factory.mktemp("pseudo")
    here = Paths()
    shutil.copytree(here.content, root / "content")
    shutil.copytree(here.static, root / "static")
    paths = Paths(root=root)
    pot = extract.template(extract.messages(content.load(paths)))
    for message in pot:
        if message.id:
            singular = message.id[0] if message.pluralizable else message.id
            forms = get_plural(PSEUDO).num_plurals
            message.string = (accented(singular),) * forms if message.pluralizable else accented(singular)
    path = catalogs.po_path(paths, PSEUDO)
    path.parent.mkdir(parents=True)
    header = merge.new_text(pot, PSEUDO).split("\n\n")[0]
    path.write_text("\n".join([header + "\n", *(po.entry_text(message) for message in pot if message.id)]), "utf-8")
    build(create_app(Settings(paths=paths)), root / "build")
    folder = root / "build" / PSEUDO
    return {found.relative_to(folder).as_posix(): found.read_text("utf-8") for found in sorted(folder.rglob("*.html"))}


ON_SIGNS = {"map__station-name", "map__bus", "map__metres", "map__letter"}
"""Words on a map that are the same in every language: names and letters as on signs, and metres."""


class Plain(HTMLParser):
    """Collects the words of a page that bear no accent: text, and attributes that are read out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.exempt: list[bool] = [False]
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        other = attributes.get("lang", PSEUDO) != PSEUDO
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
    plain = {name: sorted(set(Plain(text).found)) for name, text in pages.items()}

    assert len(plain) >= 20
    assert {name: words for name, words in plain.items() if words} == {}


def test_a_word_outside_the_catalog_would_be_found():
    """The search itself sees what it looks for."""
    page = '<p>Ŧéẋŧ and <span lang="en">source</span> <time>May</time> <b aria-label="label">ŧéẋŧ</b></p>'

    assert Plain(page).found == ["and", "label"]


def test_no_page_says_that_something_is_missing(pages):
    """The catalog of the pseudo-locale holds every message that the pages ask for."""
    assert [name for name, text in pages.items() if "data-state=" in text] == []
