"""A page from its template: messages in the reader's language, relative addresses, numbered source marks."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from flask import current_app, g, render_template
from markupsafe import Markup, escape

from guide import headers
from guide.config import Settings
from guide.i18n.localize import marked
from guide.site.cards import Card
from guide.site.footnotes import Notes
from guide.site.library import Library
from guide.site.urls import Address, path_of, relative
from guide.text.markdown import THINGS, reference
from guide.transit.badges import badge

NOTES = Markup("<div data-notes></div>")
"""Where a template wants the notes of its page."""

_MAIN = re.compile(r"<main .*</main>", re.DOTALL)
_BLANK = re.compile(r"\n\s+")
_BLOCK = "</?(?:article|dd|details|div|dl|dt|h[1-3]|li|main|nav|ol|p|section|template|ul)\\b[^>]*>"
_BESIDE_BLOCK = re.compile(rf"\n(?={_BLOCK})|(?<=<li>)\n|(?<=</h2>)\n|(?<=<p>)\n")
"""Space that nobody sees and that every first visit would pay for."""
_NAMED = re.compile(rf'href="({"|".join(THINGS)}):([a-z0-9-]+)"')


def library() -> Library:
    """The guide in all languages."""
    return current_app.extensions["guide.library"]()  # type: ignore[no-any-return]


def cards() -> Mapping[Address, Card]:
    """The picture card of each page; none while the public address is not known."""
    return current_app.extensions["guide.cards"]()  # type: ignore[no-any-return]


def settings() -> Settings:
    return current_app.extensions["guide.settings"]  # type: ignore[no-any-return]


def translate(message: str) -> Markup:
    """A message of a template as markup, with the mark of its state."""
    return _translated(*g.language.catalog.look_up(message))


def translate_plural(singular: str, plural: str, number: int) -> Markup:
    """The same for a message that depends on a number."""
    return _translated(*g.language.catalog.look_up_plural(singular, plural, number))


def words(message: str) -> str:
    """A message of a template as plain words, for attributes."""
    return g.language.catalog.look_up(message)[0]  # type: ignore[no-any-return]


def words_plural(singular: str, plural: str, number: int, **values: str) -> str:
    """The same for a message that depends on a number."""
    return g.language.catalog.look_up_plural(singular, plural, number)[0] % values  # type: ignore[no-any-return]


def _translated(text: str, state: str) -> Markup:
    return marked(escape(text), state, g.language.catalog)  # type: ignore[arg-type]


def show(template: str, address: Address, **values: object) -> str:
    """A page: its template with what every page needs, and links in prose turned into addresses."""
    shelf, language = library(), g.language
    to = _to(address)
    notes = Notes(language.guide)
    html = render_template(
        template,
        language=language,
        guide=language.guide,
        languages=shelf.languages,
        address=address,
        to=to,
        asset=lambda name: _address(address, shelf.assets[name].path),
        public=partial(_public, address),
        card=cards().get(address),
        policy=headers.CONTENT_SECURITY_POLICY,
        root=_address(address, ""),
        notes_here=NOTES,
        network=language.guide.network,
        badge=badge,
        late={line: language.clock(first) for line, first in language.guide.network.late.items()},
        cite=reference,
        **values,
    )
    html = _NAMED.sub(lambda match: f'href="{to(match[1], match[2])}"', html)
    if address.kind in ("day", "site", "way", "lesson") or (address.kind == "page" and address.slug != "glossary"):
        html = _MAIN.sub(lambda match: shelf.explainers[language.tag].explain(match[0]), html)
    html = notes.number(html)
    language.marks[address.kind, address.slug] = notes.told
    html = html.replace(NOTES, render_template("notes.html", notes=list(notes), to=to) if notes.listed else "", 1)
    return _BESIDE_BLOCK.sub("", _BLANK.sub("\n", html))


def _to(here: Address) -> Callable[..., str]:
    """Makes the addresses that a page needs: `to("site", "moravia")`, in its own language or another."""

    def to(kind: str, slug: str = "", tag: str = here.tag) -> str:
        return _address(here, path_of(tag or g.language.tag, kind, slug))

    return to


def _address(here: Address, path: str) -> str:
    """A path as a page should name it: relative, but from the root on pages that answer at any address."""
    if here.kind in ("lost", "not-found"):
        return settings().base_path + path
    return relative(here.path, path)


def _public(here: Address, path: str) -> str:
    """The full public address of a path where it is known, else the relative one."""
    return settings().base_url + path if settings().base_url else _address(here, path)
