"""Glossary terms explain themselves where they first stand on a page, and nowhere else; the glossary lists them."""

import pytest

from guide import create_app
from guide.config import Settings
from guide.model.guide import Term
from guide.site.glossary import Explainer, by_letter, forms
from guide.text.markdown import parse, split
from guide.text.pieces import printed, printing
from tests.paper import Paper

TERMS = (
    Term(slug="vereda", name="Rural settlement", heard="vereda", meaning="A place & its <fields>."),
    Term(slug="combo", name="Local gang", heard="combo", meaning="A gang."),
    Term(slug="memoria", name="Historical memory", heard="memoria histórica", meaning="What is kept."),
    Term(slug="memory", name="Memory", heard="memoria", meaning="What is remembered."),
    Term(slug="tranvia", name="Tram", heard="tranvía", meaning="A tram.", explained=False),
    Term(slug="comuna", name="City district", heard="comuna", meaning="A district."),
    Term(slug="cepar", name="Training centre", heard="CEPAR", meaning="A school."),
)


@pytest.fixture
def explain():
    return explaining(TERMS, "en")


def explaining(terms, tag, heard="es"):
    """Explains a line of Markdown as a page does that explains nothing else."""
    explainer = Explainer(terms, tag, heard)

    class Page(Paper):
        def __init__(self):
            self.seen = set()

        def explain(self, words):
            return explainer.explain(words, self.seen)

    def explain(markdown):
        with printing(Page()):
            return str(printed(split(markdown).pieces(parse(text).pieces for text in split(markdown).messages), True))

    return explain


def test_the_first_use_opens_a_note_and_the_second_does_not(explain):
    """A word explains itself once: its other form, its language, its meaning, escaped."""
    html = explain("A rural settlement is small. Another rural settlement is not.")

    assert html == (
        '<p>A <button type="button" class="term" popovertarget="term-vereda">rural settlement</button>'
        '<span class="term__note" id="term-vereda" popover><b lang="es">vereda</b>: A place &amp; its &lt;fields&gt;.'
        "</span> is small. Another rural settlement is not.</p>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "## Local gangs",
        "[a local gang](site:x)",
        "**combo**",
        "1. combo",
        "1. - combo",
        "| combo |\n|---|\n| combo |",
        "The Comuna 13 and its comuna 4.",
        "They met at the Ruta de la Memoria of the city.",
        "- Memory Office of Cali",
        "recombo, combo-like",
        "A tram passed.",
    ],
)
def test_names_headings_links_and_everyday_words_are_left_alone(explain, text):
    """A note has no place in a link, a heading, a table, a list of steps or a name."""
    assert "<button" not in explain(text)


@pytest.mark.parametrize(
    ("text", "slug", "word"),
    [
        ("Two veredas.", "vereda", "veredas"),
        ("It is historical memory.", "memoria", "historical memory"),
        ("Vereda is a word.", "vereda", "Vereda"),
        ("- Ask at CEPAR.", "cepar", "CEPAR"),
        ("It ended. Combos left.", "combo", "Combos"),
        ("A [vereda](lang:es).", "vereda", "vereda"),
    ],
)
def test_plurals_capitals_and_longer_terms_are_known(explain, text, slug, word):
    """The form in the text stays as it is written."""
    found = explain(text)

    assert f'popovertarget="term-{slug}">{word}</button>' in found
    assert found.count("<button") == 1


@pytest.mark.parametrize("word", ["vereda", "veredas", "Vereda"])
def test_a_note_on_the_spanish_word_does_not_repeat_it(explain, word):
    """The word that people hear stands in the text already."""
    assert "<b " not in explain(f"{word} is a word.")


SPANISH = (
    Term(slug="vereda", name="Vereda", heard="vereda", meaning="Un lugar."),
    Term(slug="comuna", name="Comuna", heard="comuna", meaning="Una parte.", known=True),
    Term(slug="sies", name="Sistema de seguridad", heard="SIES-M", meaning="Un sistema."),
    Term(slug="lost", name="Forced disappearance", heard="desaparición forzada", meaning="Un delito."),
)


def test_a_note_in_spanish_has_no_english():
    """Readers of Spanish get the meaning; the word that people say where a translation calls it something else."""
    explain = explaining(SPANISH, "es")

    assert "popover>Un lugar.</span>" in explain("Es una vereda.")
    assert '<b lang="es">SIES-M</b>: Un sistema.' in explain("Un sistema de seguridad.")
    assert "popover>Un delito.</span>" in explain("Las desapariciones forzadas.")


def test_words_that_everybody_knows_are_explained_in_other_languages_only():
    """A Colombian needs no note on "comuna", a visitor does."""
    assert "<button" not in explaining(SPANISH, "es")("La comuna.")
    assert "<button" in explaining(SPANISH, "en")("The comuna.")


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
    term = Term(slug="x", name="Thing (of some kind)", heard=spanish, meaning="x")

    assert forms(term, "es") == {"Thing", "Things", spanish, plural}


def test_a_word_of_a_language_without_known_plurals_is_found_as_it_stands():
    """A city that speaks another language needs no rule: its words are looked for as the glossary gives them."""
    term = Term(slug="x", name="Quay", heard="quai", meaning="x")

    assert forms(term, "fr") == {"Quay", "Quays", "quai"}
    assert '<b lang="fr">quai</b>: x' in explaining((term,), "en", "fr")("The quay.")


def listed(terms, tag):
    english = {term.slug: term.name for term in TERMS} | {"sies": "Security system", "lost": "Forced disappearance"}
    letters = by_letter(terms, tag, "es", english)
    return [(letter, [(entry.name, *entry.others) for entry in entries]) for letter, entries in letters]


def test_the_english_glossary_runs_from_a_to_z_with_the_words_people_hear():
    """A word that is Spanish in English too is not said twice."""
    assert listed((*TERMS[:2], Term(slug="sies", name="Ánimo (mood)", heard="ánimo", meaning="x")), "en") == [
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
    assert explaining((), "es")("vereda") == "<p>vereda</p>"
