"""Translations that leave the glossary are pointed out, not refused."""

import pytest

from guide.i18n import plurals
from guide.i18n.catalogs import Catalog, Translation
from guide.i18n.terminology import mismatches
from guide.model.guide import Term

TERMS = (
    Term(
        slug="forces",
        name="State forces",
        heard="fuerza pública",
        meaning="Police and army, the state forces. [^logbook]",
    ),
    Term(slug="victim", name="Victim", heard="víctima", meaning="A person harmed.", explained=False),
)


def catalog(**translations):
    """A Spanish catalog with the glossary's own entry, and these."""
    rows = {"State forces": "Fuerza pública", **translations}
    texts = {(None, source): Translation((text,), False) for source, text in rows.items()}
    return Catalog(locale="es", translations=texts, rule=plurals.of_language("es"))


def test_a_translation_with_another_word_is_pointed_out():
    """The translator sees the text, the term and the form of the glossary."""
    found = list(mismatches(catalog(**{"The state forces came.": "Vinieron los militares."}), TERMS))

    assert found == [("The state forces came.", "State forces", "Fuerza pública")]


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("The state forces came.", "Vino la fuerza pública."),
        ("State forces of both kinds.", "Fuerzas públicas de ambas clases."),
        ("The forces of nature.", "Las fuerzas de la naturaleza."),
        ("Interstate forces.", "Otra cosa."),
        ("Police and army, the state forces.", "Policía y Ejército."),
        ("A victim spoke.", "Habló una señora."),
    ],
)
def test_the_form_of_the_glossary_in_any_ending_is_fine(source, translation):
    """Plurals, everyday words and the term's own entry are no mismatches."""
    assert list(mismatches(catalog(**{source: translation}), TERMS)) == []


def test_a_language_whose_glossary_is_not_translated_yet_is_left_alone():
    """Without a form there is nothing to compare with."""
    texts = {(None, "The state forces came."): Translation(("Vieram.",), False)}
    empty = Catalog(locale="pt", translations=texts, rule=plurals.of_language("pt"))

    assert list(mismatches(empty, TERMS)) == []
