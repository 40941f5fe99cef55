"""The field guide. `create_app` is the only place where its parts meet."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import click
from flask import Flask, Response

from guide.config import Settings
from guide.content import contacts
from guide.content.checks import sources
from guide.i18n import messages
from guide.problems import GuideError
from guide.site import cards, rendering, views, web_address
from guide.site import library as libraries
from guide.site.cards import Card
from guide.site.library import Library
from guide.site.urls import Address


def create_app(settings: Settings | None = None) -> Flask:
    """The Flask application of a guide. Raises GuideError when it is not live and the guide has problems."""
    settings = settings or Settings(live=True)
    app = Flask(__name__, static_folder=None)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(rendering.translate, rendering.translate_plural, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = rendering.words
    app.jinja_env.globals["_n"] = rendering.words_plural
    app.jinja_env.filters["plain"] = str
    app.jinja_env.globals["links_of"] = contacts.links
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.live:
        app.extensions["guide.library"] = _Live(settings)
    else:
        library = libraries.load(settings)
        address = web_address.normalised(settings.base_url or library.content.edition.web_address)
        settings = replace(settings, base_url=address)
        app.extensions["guide.library"] = _frozen(library)
    app.extensions["guide.settings"] = settings
    app.extensions["guide.cards"] = _cards(app.extensions["guide.library"], settings)
    app.register_blueprint(views.bp)
    if settings.base_url:
        app.add_url_rule("/sitemap.xml", view_func=views.site_map)
    app.register_error_handler(GuideError, _problems_page)
    app.cli.add_command(messages.group(settings.paths))
    app.cli.add_command(_check_command(settings))
    return app


def _frozen(library: Library):  # type: ignore[no-untyped-def]
    return lambda: library


def _cards(library: Callable[[], Library], settings: Settings) -> Callable[[], Mapping[Address, Card]]:
    """Makes the cards when they are first asked for, and only where a public address leads to them."""
    if settings.live or not settings.base_url:
        return dict
    return cache(lambda: cards.make(library(), settings.paths.static))


class _Live:
    """The library as it is on disk now: read again when a file of content, catalogs or static files changed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.stamp: object = None
        self.library: Library | None = None

    def __call__(self) -> Library:
        paths = self.settings.paths
        stamp = [
            (path, path.lstat().st_mtime_ns)
            for folder in (paths.content, paths.translations, paths.static)
            for path in sorted(folder.rglob("*"))
        ]
        if stamp != self.stamp or self.library is None:
            self.library = libraries.load(self.settings)
            self.stamp = stamp
        return self.library


def _problems_page(error: GuideError) -> Response:
    """What is wrong, for the author who is looking at the preview."""
    return Response(f"{error}\n", status=500, mimetype="text/plain")


def _check_command(settings: Settings) -> click.Command:
    @click.command("check")
    def check() -> None:
        """Look for everything that can be wrong with content and translations."""
        with messages.sentences():
            library = libraries.load(Settings(paths=settings.paths))
        for doubt in library.doubts:
            click.echo(f"warning: {doubt}", err=True)
        click.echo(sources.summary(library.content))
        click.echo(
            f"no problems: {len(library.source.guide.days)} days, {len(library.source.guide.sites)} sites, "
            f"{len(library.languages)} languages"
        )

    return check
