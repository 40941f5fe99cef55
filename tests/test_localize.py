"""localize.py: the guide in the reader's language, never blank, never pretending."""

import dataclasses
import re
from collections.abc import Mapping

import pytest
from markupsafe import escape

from guide.content import loader
from guide.i18n import catalogs
from guide.i18n.localize import localize
from guide.site.reading import digest
from guide.text.pieces import Html, Text, Words
from guide.text.walk import walk
from tests.paper import on_paper

SIGN = (
    '<span class="stale" role="img" aria-label="Traducción de una versión anterior del texto" '
    'title="Traducción de una versión anterior del texto"></span>'
)


@pytest.fixture
def spanish(miniature):
    """The miniature guide in Spanish, as it lies on disk at the time of the call."""

    def spanish():
        return localize(loader.load(miniature), catalogs.read(miniature, "es")[0])

    return spanish


def test_a_translated_text_is_shown_without_a_mark(spanish):
    """A sound translation stands alone."""
    guide = spanish()

    assert on_paper(guide.sites["market"].respect) == "<p>Pida permiso antes de fotografiar a alguien.</p>"
    assert on_paper(guide.sites["market"].summary) == "Un mercado techado junto al agua."


def test_a_missing_block_shows_the_source_in_its_own_language(spanish):
    """Where a translation is missing the source stands, and says that it is English."""
    guide = spanish()

    assert on_paper(guide.sites["lighthouse"].ask) == (
        '<p><span lang="en" data-state="missing">Ask the keeper about storms.</span></p>'
    )


def test_a_stale_block_shows_the_older_translation_with_a_labelled_sign(spanish):
    """A reader sees, and hears, that the wording is older."""
    guide = spanish()

    assert on_paper(guide.sites["lighthouse"].story) == (
        f'<p><span data-state="stale">La torre es tan antigua como el pueblo.{SIGN}</span></p>'
    )


def test_a_missing_line_is_plain_in_an_attribute_and_marked_in_the_page(es, spanish):
    """A title is words only; the same text in the page carries its mark."""
    es.write_text(es.read_text("utf-8").replace('"Mareas"', '""'), "utf-8")

    title = spanish().lessons["tides"].title

    assert str(title) == "Tides"
    assert on_paper(title) == '<span lang="en" data-state="missing">Tides</span>'


def test_a_stale_line_is_plain_in_an_attribute_and_marked_in_the_page(edit, spanish):
    """The sign of an older wording never reaches a title."""
    edit("translations/es/LC_MESSAGES/messages.po", 'msgid "Tides"', '#, fuzzy\n#| msgid "Tide"\nmsgid "Tides"')

    title = spanish().lessons["tides"].title

    assert str(title) == "Mareas"
    assert on_paper(title) == f'<span data-state="stale">Mareas{SIGN}</span>'


def test_a_line_with_marks_has_plain_words_for_attributes(edit, spanish):
    """Emphasis and links stay out of titles."""
    edit("content/lessons/tides.md", "Mend before winter.", "Mend *before* [winter](day:1) & rest.")

    point = spanish().lessons["tides"].points[0].text

    assert str(point) == "Mend before winter & rest."
    assert "<em>before</em>" in on_paper(point)


def test_a_text_prints_its_markup_in_a_template():
    """A template that prints a text gets markup, one that asks for the string gets words."""
    text = Text("5 < 6", (Html("<em>"), Words("5 &lt; 6"), Html("</em>")))

    assert on_paper(text) == "<em>5 &lt; 6</em>"
    assert str(text) == "5 < 6"


def test_a_text_that_no_page_prints_is_an_error():
    """A link has an address, and a citation its number, on a page and nowhere else."""
    with pytest.raises(LookupError):
        escape(Text("words", (Words("words"),)))


def test_the_source_language_has_no_marks(miniature):
    """English is neither stale nor missing."""
    guide = localize(loader.load(miniature), catalogs.read(miniature, "en")[0])

    assert on_paper(guide.sites["lighthouse"].story) == "<p>The tower is older than the town.</p>"


def test_headings_have_the_same_ids_in_every_language(miniature, spanish):
    """Switching the language keeps the place."""
    english = localize(loader.load(miniature), catalogs.read(miniature, "en")[0])

    story = on_paper(spanish().sites["market"].story)

    assert re.findall(r'<h3 id="(.*?)">', story) == ["after-the-fire"]
    assert re.findall(r'<h3 id="(.*?)">', on_paper(english.sites["market"].story)) == ["after-the-fire"]
    assert "Después del incendio</h3>" in story


def test_a_missing_heading_keeps_its_mark_inside(es, spanish):
    """The mark stands in the heading, and its id is the same."""
    es.write_text(es.read_text("utf-8").replace('"Después del incendio"', '""'), "utf-8")

    story = on_paper(spanish().sites["market"].story)

    assert '<h3 id="after-the-fire"><span lang="en" data-state="missing">After the fire</span></h3>' in story


def test_names_that_are_never_translated_stay(spanish):
    """What stands on signs is the same for everybody."""
    guide = spanish()

    assert guide.sites["market"].official_name == "Mercado del Puerto"
    assert guide.terms[0].heard == "faro"
    assert guide.edition.contacts[0].phone == ("+57 604 000 0000",)


def test_a_host_s_texts_are_translated(spanish):
    """What a host writes into edition.toml is text like all other."""
    guide = spanish()

    assert on_paper(guide.edition.greeting) == "<p>Bienvenidos al puerto.</p>"
    assert str(guide.edition.days["1"].meeting_point) == "La puerta del mercado"


def test_a_stale_link_to_something_that_is_gone_is_not_followed(miniature, edit, spanish):
    """When a site is renamed, its older translation gives way to the source, whose link works."""
    (miniature.content / "sites" / "lighthouse.md").rename(miniature.content / "sites" / "beacon.md")
    edit("content/days/1.md", "[the lighthouse](site:lighthouse)", "[the lighthouse](site:beacon)")
    edit(
        "translations/es/LC_MESSAGES/messages.po",
        'msgid ""\n"The keeper told us that 17,000 ships had passed [the "\n"lighthouse](site:lighthouse) since 1902."',
        '#, fuzzy\n#| msgid ""\n#| "The keeper told us that 17,000 ships had passed [the "\n'
        '#| "lighthouse](site:lighthouse) since 1902."\n'
        'msgid "The keeper told us that 17,000 ships had passed [the lighthouse](site:beacon) since 1902."',
    )

    story = on_paper(spanish().days["1"].story)

    assert "site:lighthouse" not in story
    assert '<span lang="en" data-state="missing">The keeper told us' in story


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_text_is_ever_blank(miniature, language):
    """Whatever stands in the source stands in every language."""
    source = loader.load(miniature)

    localized = localize(source, catalogs.read(miniature, language)[0])

    assert [bool(text) for text in texts(localized)] == [bool(text) for text in texts(source)]


def texts(thing):
    """Every string in a guide, in order."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from texts(value)
    elif dataclasses.is_dataclass(thing):
        for item in dataclasses.fields(thing):
            yield from texts(getattr(thing, item.name))


def test_the_walk_names_the_steps_to_every_text(miniature):
    """A visitor knows where a text stands, so that a problem can name the file."""
    seen = []

    walk(loader.load(miniature), lambda text, slot: seen.append((text, slot.trail)) or text)

    assert ("Walk among the stalls", ("days", "1", "itinerary", "stalls", "activity")) in seen
    assert ("Host", ("edition", "contacts", "1", "role")) in seen
    assert ("A light that shows ships the way.", ("terms", "faro", "meaning")) in seen


def test_a_walk_that_changes_nothing_gives_back_an_equal_guide(miniature):
    """The walk is about texts and touches nothing else."""
    guide = loader.load(miniature)

    walked = walk(guide, lambda text, slot: text)

    assert digest(walked) == digest(guide)
