"""Every file of the build, and the site that makes them: one list that routes, the build and the tests read.

How a file is served and whether phones save it follows from its path: `guide.serving`.
"""

import json
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial

from jinja2 import Environment

from guide.cache import Cache, key, program
from guide.config import Settings
from guide.content.layout import file_of
from guide.files import changed
from guide.media import type_of
from guide.processes import in_order
from guide.site import assets, cards, feeds
from guide.site.booklet import Binder, Booklet, booklets
from guide.site.calendars import Calendars, key_of
from guide.site.cards import Card
from guide.site.library import Language, Library
from guide.site.pages import Address, kind_of, pages
from guide.site.reading import Name, Reads, State, digest, note, noting
from guide.site.rendering import Page, Rendered, render
from guide.site.views import CITING, Subject, arranged
from guide.text.pieces import printing

_BOOKLETS = "booklets/"
"""What the booklets read is kept under their folder: they are made together."""


@dataclass(frozen=True)
class File:
    """A file of the build: its path from the root as it is visited, and what makes its bytes."""

    path: str
    body: Callable[[], bytes]

    @property
    def media_type(self) -> str:
        """The media type with which it is served."""
        return type_of(self.path)


class Site:
    """A library as a site: its pages and all its files. What was made before is taken from the `cache`.

    `reused` counts the pages that were; `cited` keeps what each page made so far cites, not the page.
    """

    def __init__(self, library: Library, settings: Settings, environment: Environment) -> None:
        self.library, self.settings, self._environment = library, settings, environment
        self.cache = Cache()
        self.reused = 0
        self._cited: dict[Address, Mapping[str, int]] = {}
        self._due: deque[Address] = deque()
        self._ahead: Generator[tuple[Rendered, Iterable[Name]]] = in_order((), self._printed)

    @cached_property
    def addresses(self) -> list[Address]:
        """The addresses of all pages."""
        return list(pages(self.library.source.guide, self.library.languages))

    @cached_property
    def booklets(self) -> list[Booklet]:
        """The booklets; none while the public address is not known, but for the preview."""
        return booklets(self.library) if self.settings.live or self.settings.base_url else []

    @cached_property
    def cards(self) -> Mapping[Address, Card]:
        """The preview image of each page; none in the preview, and none while the public address is not known."""
        if self.settings.live or not self.settings.base_url:
            return {}
        return cards.make(self.library, self.settings.paths.static, self.cache)

    def page(self, address: Address) -> Rendered:
        """A page of the site, as it was kept while everything that it read is the same, or else printed anew."""
        page = self._kept(address)
        if page is None:
            page, names = self._made(address)
            self._keep(address, page, names)
        self._cited[address] = page.cited
        return page

    @contextmanager
    def building(self, cache: Cache) -> Iterator[None]:
        """While this lasts, pages are asked for in order: a cache has what is kept, two processes print the others.

        What the pages read is kept for the next build, unless this one fails.
        """
        self.cache, self.reused = cache, 0
        self._due = deque(address for address in self.addresses if self._is_due(address))
        self._ahead = in_order([*self._due], self._printed)
        try:
            yield
            cache.put(self._reads_key, self._reads.packed([*(address.path for address in self.addresses), _BOOKLETS]))
            cache.finish()
        finally:
            self._due.clear()
            self._ahead.close()

    def _is_due(self, address: Address) -> bool:
        """Whether a page must be printed, and can be without waiting for the citations of others."""
        if kind_of(address).name in CITING:
            return False
        found = self._reads.now(address.path)
        return found is None or not self.cache.has(self._key(address, found))

    def _made(self, address: Address) -> tuple[Rendered, Iterable[Name]]:
        if self._due and self._due[0] == address:
            self._due.popleft()
            return next(self._ahead)
        return self._printed(address)

    def _kept(self, address: Address) -> Rendered | None:
        found = self._reads.now(address.path) if self.cache.keeps else None
        body = None if found is None else self.cache.get(self._key(address, found))
        if body is None:
            return None
        self.reused += 1
        return Rendered.unpacked(body)

    def _keep(self, address: Address, page: Rendered, names: Iterable[Name]) -> None:
        if self.cache.keeps:
            found = self._reads.note(address.path, names)
            self.cache.put(self._key(address, found), page.packed())

    def _printed(self, address: Address) -> tuple[Rendered, Iterable[Name]]:
        """A page from its template, and what it read."""
        language = self._language(address)
        page = Page(address, language, self.library, self.settings)
        subject = Subject(self.library, language, address.slug, partial(self._cited_on, address.tag))
        with printing(page), noting() as names:
            values = arranged(address, subject)
            return render(page, self._environment, self.cards.get(address), values), list(names)

    @cached_property
    def _shared(self) -> bytes:
        """A digest of everything that any page may read: the program, the settings, what is not watched."""
        return digest(program(), self.settings.base_url, self.library.unwatched())

    @cached_property
    def _reads_key(self) -> str:
        return key("reads", self.settings.base_url)

    @cached_property
    def _reads(self) -> Reads:
        states: dict[Name, State] = {mapping.name: mapping.state for mapping in self.library.watched}
        states["", "cited"] = lambda page: sorted(self._cited_of(Address(*page)).items())
        return Reads(states, self.cache.get(self._reads_key))

    def _key(self, address: Address, found: bytes) -> str:
        """The key of a page that finds this where it reads."""
        card = self.cards.get(address)
        shown = digest(card.asset.path, card.alt, card.width, card.height) if card else b""
        return key("page", self._shared, address.path, shown, found)

    @cached_property
    def files(self) -> Mapping[str, File]:
        """Every file by its path."""
        return {file.path: file for file in self._files()}

    def _files(self) -> Iterator[File]:
        for address in self.addresses:
            yield File(address.path, partial(self._html, address))
        for language in self.library.languages.values():
            yield File(f"{language.tag}/guide.webmanifest", partial(self._web_app_manifest, language))
            yield from (File(path, body) for path, body in self._calendars(language).files())
        for booklet in self.booklets:
            yield File(booklet.path, partial(self._bound, booklet.path))
            yield File(booklet.epub_path, partial(self._bound, booklet.epub_path))
        for asset in (*self.library.assets.values(), *(card.asset for card in self.cards.values())):
            yield File(asset.path, partial(bytes, asset.body))
        for name in assets.WORKERS:
            yield File(name, partial(self._worker, name))
        yield File("robots.txt", partial(feeds.robots, self.settings.base_url))
        if self.settings.base_url:
            yield File("sitemap.xml", self._sitemap)

    def _language(self, address: Address) -> Language:
        """The language of a page: the one of its address, else the source language."""
        return self.library.languages.get(address.tag, self.library.source)

    def _cited_on(self, tag: str, kind: str, slug: str) -> Mapping[str, int]:
        note(("", "cited", tag, kind, slug))
        return self._cited_of(Address(tag, kind, slug))

    def _cited_of(self, address: Address) -> Mapping[str, int]:
        return self._cited[address] if address in self._cited else self.page(address).cited

    def _html(self, address: Address) -> bytes:
        return self.page(address).html.encode()

    def _bound(self, path: str) -> bytes:
        return self._bindings[path]

    @cached_property
    def _bindings(self) -> Mapping[str, bytes]:
        """The bytes of every booklet and EPUB by path, as they were kept, or else all made anew."""
        paths = [path for booklet in self.booklets for path in (booklet.path, booklet.epub_path)]
        found = self._reads.now(_BOOKLETS) if self.cache.keeps else None
        kept = [] if found is None else [self.cache.get(self._binding_key(path, found)) for path in paths]
        if kept and None not in kept:
            return dict(zip(paths, filter(None, kept), strict=True))
        binder = Binder(self.library, self.settings, self._environment, self.cards, self._texts_changed)
        with noting() as names:
            made = dict(binder.files())
        if self.cache.keeps:
            found = self._reads.note(_BOOKLETS, names)
            for path, body in made.items():
                self.cache.put(self._binding_key(path, found), body)
        return made

    def _binding_key(self, path: str, found: bytes) -> str:
        covers = [card.asset.path for address, card in self.cards.items() if address.kind == "home"]
        return key("booklet", self._shared, path, digest(self._texts_changed, covers), found)

    @cached_property
    def _texts_changed(self) -> int:
        """When the texts of the guide, or their translations, were last changed."""
        paths = self.settings.paths
        return max(changed(folder) for folder in (paths.content, paths.translations) if folder.exists())

    def _web_app_manifest(self, language: Language) -> bytes:
        manifest = feeds.web_app_manifest(language, self.library.assets, self.settings.base_path)
        return json.dumps(manifest, ensure_ascii=False, indent=1).encode()

    def _calendars(self, language: Language) -> Calendars:
        return Calendars(language, key_of(self.library.content), self.settings.base_url, self._changed)

    @cached_property
    def _changed(self) -> int:
        """When the host's file was last changed."""
        return changed(self.settings.paths.root / file_of(("edition",)))

    def _worker(self, name: str) -> bytes:
        return assets.worker(self.settings.paths.static, name, feeds.notice(self.library.languages.values()))

    def _sitemap(self) -> bytes:
        listed = [address for address in self.addresses if kind_of(address).listed]
        return feeds.sitemap(listed, list(self.library.languages), self.settings.base_url).encode()
