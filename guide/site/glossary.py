"""Glossary terms on a page: the first use of each explains itself in place, without a script.

The word becomes a button that opens a small note (the popover of HTML). A browser that does not know popovers
shows the note behind the word, which reads as well. The glossary itself is a list by letter.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import escape

from guide.config import SOURCE_LOCALE
from guide.model.guide import Term
from guide.text.pieces import Text

_NEXT = re.compile(r"\s*(\S)")


class Explainer:
    """Explains terms on the pages of one language: all that need it, in the language that visitors hear
    without those that everybody knows there."""

    def __init__(self, terms: Iterable[Term], tag: str, heard: str) -> None:
        self.heard = heard
        self.terms = {term.slug: term for term in terms if term.explained and not (term.known and tag == heard)}
        self.slugs = {form.casefold(): slug for slug, term in self.terms.items() for form in forms(term, heard)}
        longest_first = sorted(self.slugs, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-]| \d)", re.IGNORECASE)

    def explain(self, words: str, seen: set[str]) -> str:
        """Running words, escaped, with a note on every term that a page has not `seen`; these are seen from now on."""

        def note(match: re.Match[str]) -> str:
            slug = self.slugs[match[1].casefold()]
            if slug in seen or _is_name(words, match, self.terms[slug]):
                return match[0]
            seen.add(slug)
            return self._note(match[1], self.terms[slug])

        return self.pattern.sub(note, words) if self.slugs else words

    def _note(self, word: str, term: Term) -> str:
        heard = word.casefold() in {form.casefold() for form in _heard(term, self.heard)}
        shown = "" if heard else f'<b lang="{self.heard}">{escape(term.heard)}</b>: '
        target = f"term-{term.slug}"
        return (
            f'<button type="button" class="term" popovertarget="{target}">{word}</button>'
            f'<span class="term__note" id="{target}" popover>{shown}{_unlinked(term.meaning)}</span>'
        )


@dataclass(frozen=True)
class GlossaryEntry:
    """A term in the glossary of one language: the name it stands under, then its other names and their languages."""

    term: Term
    name: str
    others: tuple[tuple[str, str], ...]


def by_letter(
    terms: Iterable[Term], tag: str, heard: str, sources: Mapping[str, str]
) -> list[tuple[str, list[GlossaryEntry]]]:
    """The glossary of one language from A to Z. `heard` is the tag of the language that visitors hear.

    `sources` are the terms' names in the source language, by slug.
    """
    listed = (_entry(term, tag, heard, sources[term.slug]) for term in terms)
    entries = sorted(listed, key=lambda entry: by_name(entry.name))
    letters = groupby(entries, lambda entry: by_name(entry.name)[0])
    return [(letter.upper(), list(under_it)) for letter, under_it in letters]


def _entry(term: Term, tag: str, heard: str, source: str) -> GlossaryEntry:
    """In the language that visitors hear the word that people say comes first, whatever the translation calls it;
    elsewhere it follows."""
    alike = _same(term.name, term.heard)
    if tag != heard:
        return GlossaryEntry(term, term.name, () if alike else ((term.heard, heard),))
    name = term.name if alike else term.heard[0].upper() + term.heard[1:]
    further = [] if alike or _same(term.name, source) else [(term.name, heard)]
    return GlossaryEntry(term, name, (*further, *([] if _same(source, term.heard) else [(source, SOURCE_LOCALE)])))


def _same(name: str, other: str) -> bool:
    return word(name).casefold() == other.casefold()


def by_name(name: str) -> str:
    """A name without accents and capitals, as lists are sorted."""
    letters = unicodedata.normalize("NFD", str(name))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _is_name(text: str, match: re.Match[str], term: Term) -> bool:
    """Whether a word is part of a name: a capital within a sentence, or before another, for a term that has none."""
    before, after = text[max(0, match.start() - 2) : match.start()], _NEXT.match(text, match.end())
    begins = not before or re.fullmatch(r"[.?!:]\s", before) is not None
    goes_on = after is not None and after[1].isupper()
    return match[1][0].isupper() and term.heard[0].islower() and (goes_on or not begins)


def word(name: str) -> str:
    """The term itself: a name may add in brackets what it is, as in "Vereda (part of a rural district)"."""
    return str(name).split(" (")[0]


def forms(term: Term, heard: str) -> set[str]:
    """The forms in which a term may stand in a text: its name here, the one that visitors hear, and their plurals."""
    return {word(term.name), f"{word(term.name)}s"} | _heard(term, heard)


def _heard(term: Term, heard: str) -> set[str]:
    """The word that visitors hear, and its plural where this module knows how the language makes one."""
    plural = _PLURALS.get(heard.split("-")[0])
    return {term.heard, plural(term.heard)} if plural else {term.heard}


def _spanish_plural(name: str) -> str:
    """The plural of a Spanish name, in which every word before "de" changes."""
    head, of, rest = name.partition(" de ")
    return " ".join(map(_spanish_word, head.split())) + of + rest


def _spanish_word(spanish: str) -> str:
    if spanish.endswith("s") or spanish.isupper():
        return spanish
    return f"{spanish}s" if spanish[-1] in "aeiouáéí" else f"{spanish}es".replace("iónes", "iones")


_PLURALS: Mapping[str, Callable[[str], str]] = {"es": _spanish_plural}
"""How languages that visitors hear make the plural of a name."""


def _unlinked(meaning: str) -> str:
    """The markup of a text without its links, which have no place in a note."""
    return meaning.unlinked if isinstance(meaning, Text) else escape(meaning)
