"""cards.py: a shared link shows the page's own picture."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from guide import create_app
from guide.config import Paths, Settings
from guide.problems import BuildError
from guide.publish.build import build
from guide.site import cards, lettering
from guide.site.cards import Caption
from guide.site.pages import Address, kind_of, pages
from tests.conftest import IN_BOTH, PUBLIC, visited

DRAWING = Paths().static / "drawings" / "day-3.svg"
SHARED = ["", "days/1/", "sites/market/", "sites/market/way/", "lessons/"]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk and every day, every site and every lesson " * 4


@pytest.fixture(scope="module")
def library():
    return create_app(Settings()).extensions["guide"]().library


class Metas(HTMLParser):
    """What the head of a page tells others about it: properties and names with their content."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        name = found.get("property") or found.get("name")
        if tag == "meta" and name:
            self.found.setdefault(name, []).append(found["content"])


def metas(build: Path, path: str) -> dict[str, list[str]]:
    return Metas((build / path / "index.html").read_text("utf-8")).found


def text_of(svg: str) -> list[tuple[float, float, float, str]]:
    """Left edge, baseline, size and words of every line on a card."""
    rows = re.findall(r'<text x="([^"]+)" y="([^"]+)" font-size="([^"]+)"[^>]*>([^<]*)</text>', svg)
    return [(float(x), float(y), float(size), words) for x, y, size, words in rows]


@pytest.mark.parametrize("path", ["", *(f"{tag}/{page}" for tag in ("en", "es") for page in SHARED)])
def test_a_shared_page_shows_its_own_picture(published, path):
    """WhatsApp, Telegram and iMessage find title, words, address and a PNG of the size it claims."""
    found = metas(published, path)
    [address] = found["og:image"]

    body = (published / unquote(address.removeprefix(PUBLIC))).read_bytes()

    assert address.startswith(f"{PUBLIC}cards/")
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(body[16:20]), int.from_bytes(body[20:24])) == (1200, 630)
    assert len(body) < 300_000
    assert found["og:image:type"] == ["image/png"]
    assert (found["og:image:width"], found["og:image:height"]) == (["1200"], ["630"])
    assert found["og:url"] == [PUBLIC + path]
    assert found["og:type"] == ["website"]
    assert found["twitter:card"] == ["summary_large_image"]
    assert all(len(found[name]) == 1 and found[name][0] for name in ("og:title", "og:description", "og:image:alt"))


@IN_BOTH
def test_every_page_has_a_card_of_its_own(published):
    """No two addresses show the same picture; a page that says that nothing is there shows none, nor does a booklet."""
    listed = [path for path in visited(published) if path.name == "index.html"]

    found = {metas(page.parent, "")["og:image"][0] for page in listed}

    assert len(found) == len(listed) >= 40
    assert max(path.stat().st_size for path in (published / "cards").rglob("*.png")) < 300_000
    assert "og:image" not in Metas((published / "es/404.html").read_text("utf-8")).found
    assert "og:image" not in Metas((published / "booklets/es/index.html").read_text("utf-8")).found


def test_a_card_for_a_day_says_when_it_is(library):
    """In the reader's language, with words that the guide has anyway."""
    found = cards.caption_of(Address("es", "day", "1"), library.languages["es"])

    assert found.title == "Intercambiar ideas y crear relaciones"
    assert found.above == "Día 1 · 29 de mayo de 2017"
    assert found.name == "Guía de campo del Medellín Lab"
    assert found.alt == str(library.languages["es"].guide.days["1"].drawing)


def test_a_card_has_the_colours_of_the_days():
    """Cards and pages give a day the same colour, the one of the light theme."""
    found = re.findall(r"--day-(\d): (#[0-9a-f]{6});", (Paths().static / "css/base.part.css").read_text("utf-8"))

    assert tuple(hue for _, hue in sorted(found[:5])) == cards.HUES


def test_no_phone_saves_a_card(published):
    """Cards are for messengers, which have a network."""
    pointer = json.loads((published / "offline/current.json").read_text())
    manifest = json.loads((published / pointer["manifest"]).read_text("utf-8"))

    assert not [path for path in manifest["files"] if path.startswith("cards/")]
    assert list((published / "cards").rglob("*.png"))


def test_without_a_public_address_there_are_no_cards(frozen):
    """A picture needs a full address: none is better than one that leads nowhere."""
    found = metas(frozen, "en/days/1")

    assert not {"og:image", "og:url", "twitter:card"} & set(found)
    assert not (frozen / "cards").exists()


def test_no_title_of_the_guide_leaves_its_card(library):
    """Every line of every card in every language ends before the edge, and no title is cut."""
    for address in filter(lambda address: kind_of(address).listed, pages(library.source.guide, library.languages)):
        words = cards.caption_of(address, library.languages.get(address.tag, library.source))

        lines = text_of(cards.svg(words, DRAWING.read_text("utf-8"), None))

        whole = " ".join(filter(None, (words.name, words.above, words.title)))
        assert unescape(" ".join(line for *_, line in lines)) == whole
        column = len(lettering.fit(words.name, cards.NAME).lines)
        for number, (x, y, size, line) in enumerate(lines):
            assert x + lettering.width(line, size) <= (312 if number < column else 1140), address
            assert size <= y <= 630 - size * 0.3, address


@pytest.mark.parametrize("above", ["", LONG])
def test_words_of_any_length_stay_on_the_card(above):
    """A host may call the guide what they like."""
    lines = text_of(cards.svg(Caption(LONG, LONG, above), DRAWING.read_text("utf-8"), None))

    assert len(lines) == (7 if above else 6)
    assert all(x + lettering.width(line, size) <= (312 if y < 412 else 1140) for x, y, size, line in lines)
    assert all(a < b for (_, a, *_), (_, b, *_) in zip(lines, lines[1:], strict=False))
    assert lines[-1][1] <= 610


def test_a_card_in_a_script_that_the_font_lacks_shows_no_boxes():
    """The card is made without the title."""
    lines = text_of(cards.svg(Caption("メデジン", "Medellín Lab"), DRAWING.read_text("utf-8"), None))

    assert [words for *_, words in lines] == ["Medellín Lab"]


def test_a_sign_that_the_font_lacks_goes_alone_and_the_build_says_so(miniature, edit):
    """A host with an emoji in the edition's name keeps the words, and learns what is left out."""
    edit("content/edition.toml", 'name = "Harbour Lab 2017"', 'name = "Harbour Lab 2017 🎉"')
    found = create_app(Settings(paths=miniature)).extensions["guide"]().library
    words = cards.caption_of(Address("en", "home"), found.languages["en"])

    lines = text_of(cards.svg(words, DRAWING.read_text("utf-8"), None))

    assert [words for *_, words in lines][-1] == "Harbour Lab 2017"
    assert list(cards.left_out(found)) == [
        "pictures for sharing (en) leave out what their font has no letters for: 🎉",
        "pictures for sharing (es) leave out what their font has no letters for: 🎉",
    ]


@pytest.mark.parametrize("body", [b"", b"\0\1\0\0 no font"])
def test_a_broken_font_is_a_sentence(miniature, monkeypatch, tmp_path, body):
    """Without the font every card would be blank."""
    font = tmp_path / lettering.FONT.name
    font.write_bytes(body)
    monkeypatch.setattr(lettering, "FONT", font)
    lettering._advances.cache_clear()
    app = create_app(Settings(paths=miniature, base_url=PUBLIC))

    with pytest.raises(BuildError, match="the font of the pictures for sharing can't be read"):
        build(app, tmp_path / "build")

    assert not (tmp_path / "build").exists()
    monkeypatch.undo()
    lettering._advances.cache_clear()


def test_a_title_is_data():
    """A sign of markup in a title is a letter like others."""
    lines = text_of(cards.svg(Caption("Peace & <quiet>", "A & B"), DRAWING.read_text("utf-8"), None))

    assert [words for *_, words in lines] == ["A &amp; B", "Peace &amp; &lt;quiet&gt;"]
    assert cards.draw(Caption("Peace & <quiet>", "A & B"), DRAWING)[:4] == b"\x89PNG"


def test_the_same_words_give_the_same_bytes(library):
    """A card changes its name only when it shows something else."""
    address = Address("en", "site", "moravia")
    svg = cards.svg(cards.caption_of(address, library.languages["en"]), DRAWING.read_text("utf-8"), None)

    first = cards.raster(svg)
    cards.raster.cache_clear()

    assert cards.raster(svg) == first
    assert cards.raster(svg.replace("Moravia", "Mora")) != first


def test_a_page_without_a_drawing_shows_the_sign_of_the_guide(published):
    """A new site has a card before it has a drawing."""
    found = metas(published, "en/sites/lighthouse")

    body = (published / found["og:image"][0].removeprefix(PUBLIC)).read_bytes()

    assert not (Paths().static / "drawings/site-lighthouse.svg").exists()
    assert body[:4] == b"\x89PNG"
    assert found["og:image:alt"][0]
