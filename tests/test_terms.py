"""Glossary terms explain themselves where they first stand on a page, and nowhere else."""

import pytest

from guide.model import Term
from guide.terms import Explainer

TERMS = (
    Term(slug="vereda", name="Rural settlement", spanish="vereda", meaning="A place & its <fields>."),
    Term(slug="combo", name="Local gang", spanish="combo", meaning="A gang."),
    Term(slug="memoria", name="Historical memory", spanish="memoria histórica", meaning="What is kept."),
    Term(slug="memory", name="Memory", spanish="memoria", meaning="What is remembered."),
    Term(slug="tranvia", name="Tram", spanish="tranvía", meaning="A tram.", explained=False),
    Term(slug="comuna", name="City district", spanish="comuna", meaning="A district."),
    Term(slug="cepar", name="Training centre", spanish="CEPAR", meaning="A school."),
)
OTHERS = {term.slug: term.spanish for term in TERMS}


@pytest.fixture
def explain():
    return Explainer(TERMS, OTHERS, "es").explain


def test_the_first_use_opens_a_note_and_the_second_does_not(explain):
    """A word explains itself once: its other form, its language, its meaning, escaped."""
    html = explain("<p>A rural settlement is small. Another rural settlement is not.</p>")

    assert html == (
        '<p>A <button type="button" class="term" popovertarget="term-vereda">rural settlement</button>'
        '<span class="term__note" id="term-vereda" popover><b lang="es">vereda</b>: A place &amp; its &lt;fields&gt;.'
        "</span> is small. Another rural settlement is not.</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Local gangs</h2>",
        '<p><a href="x">a local gang</a></p>',
        '<p translate="no">combo</p>',
        '<p class="over">combo</p>',
        "<p><strong>combo</strong></p>",
        "<nav><ul><li>combo</li></ul></nav>",
        "<div>combo</div>",
        '<img alt="combo">',
        "<p>The Comuna 13 and its comuna 4.</p>",
        "<p>They met at the Ruta de la Memoria of the city.</p>",
        "<p>recombo, combo-like</p>",
        "<p>A tram passed.</p>",
    ],
)
def test_names_headings_links_and_everyday_words_are_left_alone(explain, html):
    """A note has no place in a link, a heading or a name."""
    assert explain(html) == html


@pytest.mark.parametrize(
    ("html", "slug", "word"),
    [
        ("<p>Two veredas.</p>", "vereda", "veredas"),
        ("<p>It is historical memory.</p>", "memoria", "historical memory"),
        ("<p>Vereda is a word.</p>", "vereda", "Vereda"),
        ("<li>Ask at CEPAR.</li>", "cepar", "CEPAR"),
        ("<dd>It ended. Combos left.</dd>", "combo", "Combos"),
        ('<p>A <i lang="es">vereda</i>.</p>', "vereda", "vereda"),
    ],
)
def test_plurals_capitals_and_longer_terms_are_known(explain, html, slug, word):
    """The form in the text stays as it is written."""
    found = explain(html)

    assert f'popovertarget="term-{slug}">{word}</button>' in found
    assert found.count("<button") == 1


def test_a_note_in_the_other_direction_says_the_other_form():
    """On a Spanish page the note gives the English term, in English."""
    spanish = (Term(slug="vereda", name="Vereda", spanish="vereda", meaning="Un lugar."),)

    html = Explainer(spanish, {"vereda": "Rural settlement"}, "en").explain("<p>Es una vereda.</p>")

    assert '<b lang="en">Rural settlement</b>: Un lugar.</span>' in html


def test_a_guide_without_terms_changes_nothing():
    """No glossary, no notes."""
    assert Explainer((), {}, "es").explain("<p>vereda</p>") == "<p>vereda</p>"
