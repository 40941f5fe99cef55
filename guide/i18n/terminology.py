"""Where a translation says a glossary term in other words than the glossary does. Warnings, for a person to weigh."""

import re
from collections.abc import Iterator

from guide.i18n.catalogs import Catalog, State
from guide.model.guide import Term
from guide.text.markdown import block_of


def mismatches(catalog: Catalog, terms: tuple[Term, ...]) -> Iterator[tuple[str, str, str]]:
    """Source text, term and expected form, for every translation without the form that the catalog gives the term.

    `terms` are those of the source language. A form counts when all its words are there, whatever their endings.
    """
    wanted = [(_pattern(term.name), term, _forms(catalog, term)) for term in terms if term.explained]
    for (_, source), translation in catalog.translations.items():
        for pattern, term, expected in wanted:
            own = source in (term.name, block_of(term.meaning).text)
            if expected and not own and pattern.search(source) and not _says(translation.strings[0], expected):
                yield source, term.name, expected[0]


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name.split(' (')[0])}s?(?![\w-])", re.IGNORECASE)


def _forms(catalog: Catalog, term: Term) -> list[str]:
    """What a translation may say for a term: its form in the catalog, and the one that visitors hear."""
    form, state = catalog.look_up(term.name)
    return [form.split(" (")[0], term.heard] if state is State.TRANSLATED else []


def _says(translation: str, expected: list[str]) -> bool:
    text = translation.casefold()
    return any(all(_stem(word) in text for word in form.casefold().split()) for form in expected)


def _stem(word: str) -> str:
    """A word without its ending: long enough to be known, short enough to meet its plural and gender."""
    return word[: max(4, len(word) - 3)]
