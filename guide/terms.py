"""Glossary terms on a page: the first use of each explains itself in place, without a script.

The word becomes a button that opens a small note (the popover of HTML). A browser that does not know popovers
shows the note behind the word, which reads as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import escape

from guide.model import Term

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_TAG = re.compile(r"</?([a-z0-9]+)")
_EXPLAINED = frozenset({"p", "li", "dd"})
_LEFT_ALONE = frozenset({"a", "button", "h1", "h2", "h3", "sup", "strong", "nav", "ol", "small", "time", "dt"})
"""Elements in which a button has no place, or in which words are names."""


class Explainer:
    """Explains the terms of one language on its pages.

    `others` are the terms' names in the other language, by slug, and `other_tag` is that language.
    """

    def __init__(self, terms: Iterable[Term], others: Mapping[str, str], other_tag: str) -> None:
        self.terms = {term.slug: term for term in terms if term.explained}
        self.others, self.other_tag = others, other_tag
        self.slugs = {name.casefold(): slug for slug, term in self.terms.items() for name in forms(term)}
        longest_first = sorted(self.slugs, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-]| \d)", re.IGNORECASE)

    def explain(self, main: str) -> str:
        """The HTML of a page's text with the first use of every term explained."""
        return "".join(self._explained(main)) if self.slugs else main

    def _explained(self, main: str) -> Iterator[str]:
        """The tokens of the page, with a note in the place of the first use of a term."""
        open_tags: list[tuple[str, str]] = []
        seen: set[str] = set()
        for token in _TOKEN.findall(main):
            tag = _TAG.match(token)
            if tag is None:
                yield self._text(token, seen) if _takes_notes(open_tags) else token
                continue
            name = tag[1]
            if token.startswith("</"):
                while open_tags and open_tags.pop()[0] != name:
                    pass
            elif name not in ("br", "img", "hr", "input"):
                open_tags.append((name, "a" if 'translate="no"' in token or 'class="over"' in token else name))
            yield token

    def _text(self, text: str, seen: set[str]) -> str:
        def note(match: re.Match[str]) -> str:
            slug = self.slugs[match[1].casefold()]
            if slug in seen or _is_name(text, match, self.terms[slug]):
                return match[0]
            seen.add(slug)
            return self._note(match[1], self.terms[slug])

        return self.pattern.sub(note, text)

    def _note(self, word: str, term: Term) -> str:
        other = self.others[term.slug]
        shown = f'<b lang="{self.other_tag}">{escape(other)}</b>: ' if other.casefold() != word.casefold() else ""
        target = f"term-{term.slug}"
        return (
            f'<button type="button" class="term" popovertarget="{target}">{word}</button>'
            f'<span class="term__note" id="{target}" popover>{shown}{_bare(str(escape(term.meaning)))}</span>'
        )


def _is_name(text: str, match: re.Match[str], term: Term) -> bool:
    """Whether a word is part of a name: a capital in the middle of a sentence, for a term that has none."""
    begins = re.search(r"(?:^|[.?!:]\s)$", text[: match.start()]) is not None
    return match[1][0].isupper() and term.spanish[0].islower() and not begins


def forms(term: Term) -> set[str]:
    """The forms in which a term may stand in a text: its name here, the one that visitors hear, and their plurals."""
    words = {str(term.name).split(" (")[0], term.spanish}
    return words | {f"{word}s" for word in words}


def _takes_notes(open_tags: list[tuple[str, str]]) -> bool:
    kinds = {kind for _, kind in open_tags}
    return bool(_EXPLAINED & kinds) and not _LEFT_ALONE & kinds


def _bare(html: str) -> str:
    """Markup without links, which have no place in a note."""
    return re.sub(r"</?a\b[^>]*>", "", html)
