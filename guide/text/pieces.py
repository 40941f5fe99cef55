"""A text as pieces. Links and citations stay what they are until a page prints the text, because only that page knows
where it lies, which numbers its citations have, and which glossary terms it has explained.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup, escape

OUTSIDE = ("https:", "http:", "mailto:", "tel:")
"""How the addresses of links begin that lead out of the guide."""
REL = ' rel="external"'


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that is the same on every page."""

    html: str


@dataclass(frozen=True, slots=True)
class Words:
    """Running words, escaped, in which a page may explain glossary terms."""

    html: str


@dataclass(frozen=True, slots=True)
class Link:
    """The start of a link: to a thing of the guide, `site:moravia`, or to an outside address."""

    target: str


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """The end of a link."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The start of a heading: its rank in the text, its id, and whether what follows it folds."""

    rank: int
    id: str = ""
    folds: bool = False


@dataclass(frozen=True, slots=True)
class HeadingEnd:
    """The end of a heading."""

    rank: int
    folds: bool = False


@dataclass(frozen=True, slots=True)
class FoldEnd:
    """The end of what folds under a heading."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The place of a citation mark, with the slugs of the items and sources that it names."""

    sources: tuple[str, ...]


Piece = Html | Words | Link | LinkEnd | Heading | HeadingEnd | FoldEnd | Citation


class Page(Protocol):
    """The page that prints a text. On it long sections fold, unless it is `bound` with others into a booklet."""

    bound: bool

    def anchor(self, id: str) -> str:
        """An id of a text or a template as it stands on this page."""

    def rank(self, rank: int) -> int:
        """The rank on this page of a heading that has a rank by itself."""

    def address(self, kind: str, slug: str) -> str:
        """The address of a thing of the guide as this page names it."""

    def cite(self, sources: tuple[str, ...]) -> Markup:
        """The numbered mark of a citation; empty where nothing is cited."""

    def explain(self, words: str) -> str:
        """Running words, escaped, with notes on the glossary terms that this page has not explained yet."""


_PAGE: ContextVar[Page] = ContextVar("page")


def printing_page() -> Page:
    """The page that is being printed. Raises LookupError when none is."""
    return _PAGE.get()


@contextmanager
def printing(page: Page) -> Iterator[None]:
    """While this lasts, texts are printed on a page."""
    token = _PAGE.set(page)
    try:
        yield
    finally:
        _PAGE.reset(token)


def printed(pieces: Iterable[Piece], explained: bool = False) -> Markup:
    """Pieces as markup on the page that prints them. Raises LookupError when no page does."""
    return Markup("".join(_printed(pieces, printing_page(), explained)))


def _printed(pieces: Iterable[Piece], page: Page, explained: bool) -> Iterator[str]:
    for piece in pieces:
        match piece:
            case Html(html):
                yield html
            case Words(html):
                yield page.explain(html) if explained else html
            case Link(target) if target.startswith(OUTSIDE):
                yield f'<a href="{escape(target)}"{REL if target.startswith("http") else ""}>'
            case Link(target):
                kind, _, slug = target.partition(":")
                yield f'<a href="{page.address(kind, slug)}">'
            case LinkEnd():
                yield "</a>"
            case Heading(rank, id, folds):
                fold = '<details class="fold"><summary>' if folds and not page.bound else ""
                name = f' id="{page.anchor(id)}"' if id else ""
                yield f"{fold}<h{page.rank(rank)}{name}>"
            case HeadingEnd(rank, folds):
                yield f"</h{page.rank(rank)}>{'</summary>' if folds and not page.bound else ''}"
            case FoldEnd():
                yield "" if page.bound else "</details>"
            case Citation(sources):
                yield page.cite(sources)


class Text(str):
    """A line of text in the reader's language. As a string it is its plain words; printed, it is its markup."""

    pieces: tuple[Piece, ...]
    sources: tuple[str, ...]

    def __new__(cls, words: str, pieces: Iterable[Piece], sources: tuple[str, ...] = ()) -> "Text":
        self = super().__new__(cls, words)
        self.pieces, self.sources = tuple(pieces), sources
        return self

    def __html__(self) -> Markup:
        """The markup of a line without its citation."""
        return printed(self.pieces)

    @property
    def cited(self) -> Markup:
        """The line with its citation; not for use inside a link."""
        return printed((*self.pieces, Citation(self.sources)))

    @property
    def running(self) -> Markup:
        """A line of running text: with its citation, and with notes on glossary terms; not for use inside a link."""
        return printed((*self.pieces, Citation(self.sources)), explained=True)

    @property
    def unlinked(self) -> Markup:
        """A line without its links, for places where a link can't stand."""
        return printed(piece for piece in self.pieces if not isinstance(piece, Link | LinkEnd))


class Prose(str):
    """A text of blocks in the reader's language. As a string it is its plain words; printed, it is its markup.

    `headings` are the ids and titles of its headings of the second rank.
    """

    pieces: tuple[Piece, ...]
    headings: tuple[tuple[str, Text], ...]

    def __new__(cls, words: str, pieces: Iterable[Piece], headings: Iterable[tuple[str, Text]] = ()) -> "Prose":
        self = super().__new__(cls, words)
        self.pieces, self.headings = tuple(pieces), tuple(headings)
        return self

    def __html__(self) -> Markup:
        return printed(self.pieces, explained=True)
