"""The field guide. `create_app` is the only place where its parts meet."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask import Flask, Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from guide import cli
from guide.cache import Cache
from guide.config import Settings
from guide.content import contacts
from guide.problems import GuideError
from guide.site import library as libraries
from guide.site import rendering, web_address
from guide.site.files import Site
from guide.site.pages import title_of
from guide.site.whitespace import PlacedTemplates, TrimmedTemplates
from guide.transit.badges import badge

TEMPLATES = Path(__file__).with_name("templates")


def create_app(settings: Settings | None = None) -> Flask:
    """The Flask application of a guide. Raises GuideError when it is not live and the guide has problems.

    `app.extensions["guide"]()` is its site, in the preview as the files on disk are now; `"guide.paths"` are its
    folders, `"guide.cache"` is what builds keep.
    """
    settings = settings or Settings(live=True)
    app = Flask(__name__, static_folder=None)
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.add_extension(TrimmedTemplates)
    environment.add_extension(PlacedTemplates)
    environment.install_gettext_callables(rendering.translate, rendering.translate_plural, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(_=rendering.words, _n=rendering.words_plural, links_of=contacts.links, badge=badge)
    environment.globals.update(anchor=rendering.anchor, rank=rendering.rank, is_bound=rendering.is_bound)
    environment.globals.update(cite=rendering.cite, late=rendering.late, heard=rendering.heard, title_of=title_of)
    environment.filters["plain"] = str
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.auto_reload = settings.live
    cache = Cache(None if settings.live else settings.paths.cache)
    site = _Live(app, settings) if settings.live else _made(app, settings, cache)
    app.extensions["guide"], app.extensions["guide.paths"] = site, settings.paths
    app.extensions["guide.cache"] = cache

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def file(path: str) -> AnyResponse:
        """A page or any other file of the guide, by its path as it is visited."""
        files = site().files
        if path not in files and f"{path}/" in files:
            return redirect(f"/{path}/")
        file = files.get(path) or abort(404)
        return Response(file.body(), content_type=file.media_type)

    app.register_error_handler(GuideError, _problems_page)
    app.cli.add_command(cli.check)
    app.cli.add_command(cli.messages)
    return app


def _made(app: Flask, settings: Settings, cache: Cache) -> Callable[[], Site]:
    """The site as the files on disk are when it is made."""
    library = libraries.load(settings, cache)
    address = web_address.normalised(settings.base_url or library.content.edition.web_address)
    site = Site(library, replace(settings, base_url=address), app.jinja_env)
    return lambda: site


class _Live:
    """The site as it is on disk now: made anew when a file of content, catalogs, static files or templates changed."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.stamp: object = None
        self.site: Site | None = None

    def __call__(self) -> Site:
        paths = self.settings.paths
        stamp = [
            (path, path.lstat().st_mtime_ns)
            for folder in (paths.content, paths.translations, paths.static, TEMPLATES)
            for path in sorted(folder.rglob("*"))
        ]
        if stamp != self.stamp or self.site is None:
            self.site = Site(libraries.load(self.settings), self.settings, self.app.jinja_env)
            self.stamp = stamp
        return self.site


def _problems_page(error: GuideError) -> Response:
    """What is wrong, for the author who is looking at the preview."""
    return Response(f"{error}\n", status=500, mimetype="text/plain")
