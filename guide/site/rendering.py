"""A page from its template: texts in the reader's language, relative addresses, numbered citations."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from jinja2 import Environment
from markupsafe import Markup

from guide import headers
from guide.config import Settings
from guide.site import sprite
from guide.site.cards import Card
from guide.site.footnotes import Footnotes
from guide.site.library import Language, Library
from guide.site.pages import Address, kind_of, path_of
from guide.site.urls import relative
from guide.text.pieces import printing_page


@dataclass(frozen=True)
class Rendered:
    """A page as it is written, and what it cites: the number of the first mark for each item and source."""

    html: str
    cited: Mapping[str, int]

    def packed(self) -> bytes:
        """The page as bytes, for a cache."""
        return f"{json.dumps(self.cited)}\n{self.html}".encode()

    @classmethod
    def unpacked(cls, body: bytes) -> "Rendered":
        """The page that was packed."""
        cited, _, html = body.decode().partition("\n")
        return cls(html, json.loads(cited))


class Page:
    """The page that a template prints: it names other pages, numbers citations and explains terms as it goes."""

    bound = False
    layout = "base.html"

    def __init__(self, address: Address, language: Language, library: Library, settings: Settings) -> None:
        self.here, self.language, self.library, self.settings = address, language, library, settings
        self.kind = kind_of(address)
        self.footnotes = Footnotes(language.guide, self.anchor, by_chapter=self.bound)
        self.explained: set[str] = set()

    def anchor(self, id: str) -> str:
        """An id as the templates and texts have it."""
        return id

    def rank(self, rank: int) -> int:
        """The rank of a heading as the templates and texts have it."""
        return rank

    def address(self, kind: str, slug: str = "", tag: str | None = None, part: str = "") -> str:
        """The address of a page, or of a part of one, in this page's language or another."""
        tag = self.here.tag if tag is None else tag
        return self.to(path_of(tag or self.language.tag, kind, slug)) + (f"#{part}" if part else "")

    def to(self, path: str) -> str:
        """A path as this page names it: relative, but from the root on error pages, which answer at any address."""
        return relative(self.here.path, path) if self.kind.listed else self.settings.base_path + path

    def asset(self, name: str) -> str:
        """The address of a file of static/."""
        return self.to(self.library.assets[name].path)

    def drawing(self, name: str) -> str:
        """The address of a drawing beside others: in the file that holds several, where it is in there."""
        days = self.library.assets.get(sprite.NAME)
        together = days and f'id="{name}"'.encode() in days.body
        return f"{self.asset(sprite.NAME)}#{name}" if together else self.asset(f"drawings/{name}.svg")

    def public(self, path: str) -> str:
        """The full public address of a path where it is known, else the relative one."""
        return self.settings.base_url + path if self.settings.base_url else self.to(path)

    def cite(self, sources: tuple[str, ...]) -> Markup:
        """The numbered mark of a citation."""
        return self.footnotes.cite(tuple(sources))

    def explain(self, words: str) -> str:
        """Running words with notes on glossary terms, on the pages that have them."""
        explainer = self.library.explainers[self.language.tag]
        return explainer.explain(words, self.explained) if self.kind.explained else words


def render(page: Page, environment: Environment, card: Card | None, values: Mapping[str, object]) -> Rendered:
    """A page from the template of its kind, while it is printing. `values` are what its view arranged."""
    html = environment.get_template(page.kind.template).render({**shown(page), "card": card, **values})
    return Rendered(html, dict(page.footnotes.cited))


def shown(page: Page) -> dict[str, object]:
    """What every template may print."""
    language = page.language
    return {
        "layout": page.layout,
        "bound": page.bound,
        "language": language,
        "guide": language.guide,
        "languages": page.library.languages,
        "address": page.here,
        "listed": page.kind.listed,
        "to": page.address,
        "file": page.to,
        "asset": page.asset,
        "drawing": page.drawing,
        "public": page.public,
        "policy": headers.CONTENT_SECURITY_POLICY,
        "root": page.to(""),
        "footnotes": page.footnotes,
        "network": language.guide.network,
    }


def _language() -> Language:
    """The language of the page that is being printed."""
    return cast(Page, printing_page()).language


def anchor(id: str = "") -> str:
    """An id of a template, or how all of them begin, on the page that is being printed."""
    return printing_page().anchor(id)


def rank(rank: int) -> int:
    """The rank of a heading of a template on the page that is being printed."""
    return printing_page().rank(rank)


def is_bound() -> bool:
    """Whether the page that is being printed is a chapter of a booklet."""
    return printing_page().bound


def cite(sources: Iterable[str]) -> Markup:
    """The numbered mark of a citation, on the page that is being printed."""
    return printing_page().cite(tuple(sources))


def late(line: str) -> str:
    """When a line starts on Sundays and holidays, by its slug, if that is later than on other days; else empty."""
    language = _language()
    first = language.guide.network.late.get(line)
    return language.clock(first) if first else ""


def heard() -> str:
    """The tag of the language that visitors hear."""
    return _language().guide.heard


def translate(message: str) -> Markup:
    """A message of a template as markup, with the mark of its state."""
    return _language().translate(message)


def translate_plural(singular: str, plural: str, number: int) -> Markup:
    """The same for a message that depends on a number."""
    return _language().translate_plural(singular, plural, number)


def words(message: str) -> str:
    """A message of a template as plain words, for attributes."""
    return _language().words(message)


def words_plural(singular: str, plural: str, number: int, **values: str) -> str:
    """The same for a message that depends on a number."""
    return _language().words_plural(singular, plural, number) % values
