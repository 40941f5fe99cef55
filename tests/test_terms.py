"""Glossary terms explain themselves where they first stand on a page, and nowhere else; the glossary lists them."""

import pytest

from guide import create_app
from guide.config import Settings
from guide.model.guide import Term
from guide.site.glossary import Explainer, by_letter, forms

TERMS = (
    Term(slug="vereda", name="Rural settlement", spanish="vereda", meaning="A place & its <fields>."),
    Term(slug="combo", name="Local gang", spanish="combo", meaning="A gang."),
    Term(slug="memoria", name="Historical memory", spanish="memoria histórica", meaning="What is kept."),
    Term(slug="memory", name="Memory", spanish="memoria", meaning="What is remembered."),
    Term(slug="tranvia", name="Tram", spanish="tranvía", meaning="A tram.", explained=False),
    Term(slug="comuna", name="City district", spanish="comuna", meaning="A district."),
    Term(slug="cepar", name="Training centre", spanish="CEPAR", meaning="A school."),
)


@pytest.fixture
def explain():
    return Explainer(TERMS, "en").explain


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
        "<li>Memory Office of Cali</li>",
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


@pytest.mark.parametrize("word", ["vereda", "veredas", "Vereda"])
def test_a_note_on_the_spanish_word_does_not_repeat_it(explain, word):
    """The word that people hear stands in the text already."""
    assert "<b " not in explain(f"<p>{word} is a word.</p>")


SPANISH = (
    Term(slug="vereda", name="Vereda", spanish="vereda", meaning="Un lugar."),
    Term(slug="comuna", name="Comuna", spanish="comuna", meaning="Una parte.", known=True),
    Term(slug="sies", name="Sistema de seguridad", spanish="SIES-M", meaning="Un sistema."),
    Term(slug="lost", name="Forced disappearance", spanish="desaparición forzada", meaning="Un delito."),
)


def test_a_note_in_spanish_has_no_english():
    """Readers of Spanish get the meaning; the word that people say where a translation calls it something else."""
    explain = Explainer(SPANISH, "es").explain

    assert "popover>Un lugar.</span>" in explain("<p>Es una vereda.</p>")
    assert '<b lang="es">SIES-M</b>: Un sistema.' in explain("<p>Un sistema de seguridad.</p>")
    assert "popover>Un delito.</span>" in explain("<p>Las desapariciones forzadas.</p>")


def test_words_that_everybody_knows_are_explained_in_other_languages_only():
    """A Colombian needs no note on "comuna", a visitor does."""
    assert "<button" not in Explainer(SPANISH, "es").explain("<p>La comuna.</p>")
    assert "<button" in Explainer(SPANISH, "en").explain("<p>The comuna.</p>")


@pytest.mark.parametrize(
    ("spanish", "plural"),
    [
        ("combo", "combos"),
        ("grupo paramilitar", "grupos paramilitares"),
        ("desaparición forzada", "desapariciones forzadas"),
        ("garantía de no repetición", "garantías de no repetición"),
        ("personas desmovilizadas", "personas desmovilizadas"),
        ("CEPAR", "CEPAR"),
    ],
)
def test_the_plurals_of_spanish_words_are_known(spanish, plural):
    """Nouns and adjectives take their endings, what follows "de" stays, initials stay."""
    term = Term(slug="x", name="Thing (of some kind)", spanish=spanish, meaning="x")

    assert forms(term) == {"Thing", "Things", spanish, plural}


def listed(terms, tag):
    english = {term.slug: term.name for term in TERMS} | {"sies": "Security system", "lost": "Forced disappearance"}
    return [(letter, [(row.name, *row.others) for row in rows]) for letter, rows in by_letter(terms, tag, english)]


def test_the_english_glossary_runs_from_a_to_z_with_the_words_people_hear():
    """A word that is Spanish in English too is not said twice."""
    assert listed((*TERMS[:2], Term(slug="sies", name="Ánimo (mood)", spanish="ánimo", meaning="x")), "en") == [
        ("A", [("Ánimo (mood)",)]),
        ("L", [("Local gang", ("combo", "es"))]),
        ("R", [("Rural settlement", ("vereda", "es"))]),
    ]


def test_the_spanish_glossary_begins_with_the_word_people_say():
    """Whatever the translation calls a thing, the word of the street comes first; the English name comes last."""
    assert listed(SPANISH, "es") == [
        ("C", [("Comuna", ("City district", "en"))]),
        ("D", [("Desaparición forzada", ("Forced disappearance", "en"))]),
        ("S", [("SIES-M", ("Sistema de seguridad", "es"), ("Security system", "en"))]),
        ("V", [("Vereda", ("Rural settlement", "en"))]),
    ]


def test_every_letter_of_the_glossary_has_a_link(miniature):
    """The row of letters leads to the headings, in every language."""
    client = create_app(Settings(paths=miniature)).test_client()

    for tag, letter in (("en", "b"), ("es", "f")):
        html = client.get(f"/{tag}/glossary/").text

        assert f'<li><a href="#letter-{letter}">{letter.upper()}</a></li>' in html
        assert f'<h2 id="letter-{letter}">{letter.upper()}</h2>' in html


def test_a_guide_without_terms_changes_nothing():
    """No glossary, no notes."""
    assert Explainer((), "es").explain("<p>vereda</p>") == "<p>vereda</p>"
