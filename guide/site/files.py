"""Every file of the build, and the site that makes them: one list that routes, the build and the tests read.

How a file is served and whether phones save it follows from its path: `guide.serving`.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from jinja2 import Environment

from guide.config import Settings
from guide.media import type_of
from guide.site import assets, cards, feeds
from guide.site.cards import Card
from guide.site.library import Language, Library
from guide.site.pages import Address, kind_of, pages
from guide.site.rendering import Page, Rendered, render
from guide.site.views import Subject, arranged
from guide.text.pieces import printing


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
    """A library as a site: its pages, each made once, and all its files."""

    def __init__(self, library: Library, settings: Settings, environment: Environment) -> None:
        self.library, self.settings, self._environment = library, settings, environment
        self._pages: dict[Address, Rendered] = {}

    @cached_property
    def addresses(self) -> list[Address]:
        """The addresses of all pages."""
        return list(pages(self.library.source.guide, self.library.languages))

    @cached_property
    def cards(self) -> Mapping[Address, Card]:
        """The preview image of each page; none in the preview, and none while the public address is not known."""
        if self.settings.live or not self.settings.base_url:
            return {}
        return cards.make(self.library, self.settings.paths.static)

    def page(self, address: Address) -> Rendered:
        """A page of the site."""
        if address not in self._pages:
            language = self._language(address)
            page = Page(address, language, self.library, self.settings)
            subject = Subject(self.library, language, address.slug, partial(self._cited, address.tag))
            with printing(page):
                values = arranged(address, subject)
                self._pages[address] = render(page, self._environment, self.cards.get(address), values)
        return self._pages[address]

    @cached_property
    def files(self) -> Mapping[str, File]:
        """Every file by its path."""
        return {file.path: file for file in self._files()}

    def _files(self) -> Iterator[File]:
        for address in self.addresses:
            yield File(address.path, partial(self._html, address))
        for language in self.library.languages.values():
            yield File(f"{language.tag}/guide.webmanifest", partial(self._web_app_manifest, language))
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

    def _cited(self, tag: str, kind: str, slug: str) -> Mapping[str, int]:
        return self.page(Address(tag, kind, slug)).cited

    def _html(self, address: Address) -> bytes:
        return self.page(address).html.encode()

    def _web_app_manifest(self, language: Language) -> bytes:
        manifest = feeds.web_app_manifest(language, self.library.assets, self.settings.base_path)
        return json.dumps(manifest, ensure_ascii=False, indent=1).encode()

    def _worker(self, name: str) -> bytes:
        return assets.worker(self.settings.paths.static, name, feeds.notice(self.library.languages.values()))

    def _sitemap(self) -> bytes:
        listed = [address for address in self.addresses if kind_of(address).listed]
        return feeds.sitemap(listed, list(self.library.languages), self.settings.base_url).encode()
