"""Booklets: the whole guide as one page, to read from front to back, to print and to bind; and the same as an EPUB.

There is one in every language, and one in the source language and each other one side by side. Like preview images
they are made for a known public address: a booklet names it wherever it leads to what only the guide on the web has.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment
from markupsafe import Markup

from guide.config import Settings
from guide.i18n.localize import N_
from guide.site.bilingual import Tongue, paired
from guide.site.cards import Card
from guide.site.epub import Book, Part, epub
from guide.site.leaves import CONTENTS, FRONT, Leaf, Printing, leaves
from guide.site.library import Language, Library
from guide.site.markup import Node, read, written
from guide.site.pages import Address
from guide.text.markdown import slug_of

SHEET, EPUB_SHEET = "css/booklet.css", "css/booklet-epub.css"
"""The style sheets of booklets on the web and on paper, and in e-readers."""

SUMMARY = N_(
    "All words are text, with headings, a table of contents and an index. Every drawing is described. Small numbers "
    "are links to notes at the end of the chapter, which lead back."
)
SUFFIX = ".epub"


@dataclass(frozen=True)
class Booklet:
    """A booklet in one language, or in two side by side."""

    languages: tuple[Language, ...]

    @property
    def name(self) -> str:
        """The tags of its languages."""
        return "-".join(language.tag for language in self.languages)

    @property
    def path(self) -> str:
        """Its path from the root of the build."""
        return f"booklets/{self.name}/"

    @property
    def epub_path(self) -> str:
        """That of its EPUB, whose name says what it is when it lies among other downloads."""
        return f"{self.path}{slug_of(str(self.languages[0].guide.edition.name))}-{self.name}{SUFFIX}"


def booklets(library: Library) -> list[Booklet]:
    """Every booklet of a guide."""
    first, *others = library.languages.values()
    alone = [Booklet((language,)) for language in library.languages.values()]
    return [*alone, *(Booklet((first, other)) for other in others)]


@dataclass(frozen=True)
class Binder:
    """Makes the booklets of a guide. Each language is printed once, for all booklets that it is in.

    `cards` are the preview images, of which that of the home page is the cover of the EPUB. `changed` is when the texts
    were last changed, in seconds since 1970.
    """

    library: Library
    settings: Settings
    environment: Environment
    cards: Mapping[Address, Card]
    changed: int
    _printed: dict[str, tuple[Printing, list[list[Node]]]] = field(default_factory=dict)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The path and the bytes of every booklet and every EPUB."""
        for booklet in booklets(self.library):
            printing, _ = self._language(booklet.languages[0])
            bound = list(self._bound(booklet))
            body = Markup("".join(written(nodes) for _, nodes in bound))
            yield booklet.path, self._page(booklet, printing, body).encode()
            yield booklet.epub_path, epub(self._book(booklet, printing, bound))

    def _language(self, language: Language) -> tuple[Printing, list[list[Node]]]:
        """The leaves of the booklet in a language, and what is on each."""
        if language.tag not in self._printed:
            own = leaves(language.guide, language.tag)
            path = Booklet((language,)).path
            printing = Printing(path, language, self.library, self.settings, self.environment, own)
            self._printed[language.tag] = printing, [read(printing.printed(leaf)) for leaf in own]
        return self._printed[language.tag]

    def _bound(self, booklet: Booklet) -> Iterator[tuple[Leaf, list[Node]]]:
        """The leaves of a booklet in their order."""
        (first, printed), *others = (self._language(language) for language in booklet.languages)
        if not others:
            yield from zip(first.leaves, printed, strict=True)
            return
        [(second, also_printed)] = others
        tongues = Tongue.of(first.language), Tongue.of(second.language)
        for one, nodes, other, its_nodes in zip(first.leaves, printed, second.leaves, also_printed, strict=True):
            if one.apart:
                yield one, tongues[0].marked(nodes)
                yield other, tongues[1].marked(its_nodes)
            else:
                yield one, paired(nodes, its_nodes, tongues)

    def _page(self, booklet: Booklet, printing: Printing, body: Markup) -> str:
        others = [other for other in booklets(self.library) if other.name != booklet.name]
        return printing.printed(
            Leaf("booklet", ("home", ""), "booklet/booklet.html"),
            body=body, tongues=booklet.languages, others=others, epub=booklet.epub_path,
        )  # fmt: skip

    def _book(self, booklet: Booklet, printing: Printing, bound: list[tuple[Leaf, list[Node]]]) -> Book:
        guide = printing.language.guide
        card = self.cards.get(Address(printing.language.tag, "home"))
        pictures = {name: asset for name, asset in self.library.assets.items() if name.startswith("drawings/")}
        return Book(
            address=self.settings.base_url + booklet.path,
            title=str(guide.edition.name),
            subtitle=str(guide.name),
            tongues=tuple(map(Tongue.of, booklet.languages)),
            changed=dt.datetime.fromtimestamp(self.changed, dt.UTC),
            summary=printing.language.words(SUMMARY),
            sheet=self.library.assets[EPUB_SHEET].body,
            cover=card.asset.body if card else b"",
            pictures={asset.path: asset.body for asset in pictures.values()},
            parts=[Part(leaf.name, self._title(leaf, printing), nodes, leaf.name == CONTENTS) for leaf, nodes in bound],
        )

    def _title(self, leaf: Leaf, printing: Printing) -> str:
        is_chapter = leaf.name not in (FRONT, CONTENTS)
        return str(printing.title(leaf) if is_chapter else printing.language.guide.edition.name)
