"""Routes: one view a kind of page, each of which arranges the localized model for its template."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial

from flask import Blueprint, Response, abort, current_app, g, render_template
from markupsafe import Markup, escape

from guide import headers, outputs
from guide.addresses import Address, pages, path_of, relative
from guide.assets import WORKERS
from guide.config import Settings
from guide.library import Language, Library
from guide.localize import marked
from guide.markdown import THINGS
from guide.model import Guide, Page

bp = Blueprint("guide", __name__)

_NAMED = re.compile(rf'href="({"|".join(THINGS)}):([a-z0-9-]+)"')
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
OWN_TEMPLATES = {"about", "getting-there", "groups", "lessons", "model", "offline"}
"""Pages with a template of their own; any other page of content/pages/ gets the simple one."""


def library() -> Library:
    """The guide in all languages."""
    return current_app.extensions["guide.library"]()  # type: ignore[no-any-return]


def settings() -> Settings:
    return current_app.extensions["guide.settings"]  # type: ignore[no-any-return]


def urls() -> Iterator[tuple[str, dict[str, str]]]:
    """Endpoint and values of everything that is frozen: pages, assets, app manifests, workers."""
    shelf = library()
    for address in pages(shelf.source.guide, shelf.languages):
        match address.kind:
            case "choose" | "lost":
                yield f"guide.{address.kind}", {}
            case "home":
                yield "guide.home", {"tag": address.tag}
            case "not-found":
                yield "guide.not_found", {"tag": address.tag}
            case kind:
                yield f"guide.{kind}", {"tag": address.tag, "slug": address.slug}
    for tag in shelf.languages:
        yield "guide.app_manifest", {"tag": tag}
    for asset in shelf.assets.values():
        yield "guide.asset", {"name": asset.path.removeprefix("assets/")}
    for name in WORKERS:
        yield "guide.worker", {"name": name}
    yield "guide.robots", {}
    if settings().base_url:
        yield "site_map", {}


def translate(message: str) -> Markup:
    """A message of a template as markup, with the mark of its state."""
    return _translated(*g.language.catalog.look_up(message))


def translate_plural(singular: str, plural: str, number: int) -> Markup:
    """The same for a message that depends on a number."""
    return _translated(*g.language.catalog.look_up_plural(singular, plural, number))


def words(message: str) -> str:
    """A message of a template as plain words, for attributes."""
    return g.language.catalog.look_up(message)[0]  # type: ignore[no-any-return]


def _translated(text: str, state: str) -> Markup:
    return marked(escape(text), state, g.language.catalog)  # type: ignore[arg-type]


def show(template: str, address: Address, **values: object) -> str:
    """A page: its template with what every page needs, and links in prose turned into addresses."""
    shelf, language = library(), g.language
    to = _to(address)
    html = render_template(
        template,
        language=language,
        guide=language.guide,
        languages=shelf.languages,
        address=address,
        to=to,
        asset=lambda name: _address(address, shelf.assets[name].path),
        public=partial(_public, address),
        policy=headers.CONTENT_SECURITY_POLICY,
        root=_address(address, ""),
        **values,
    )
    return _NAMED.sub(lambda match: f'href="{to(match[1], match[2])}"', html)


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


@bp.url_value_preprocessor
def choose_language(endpoint: str | None, values: dict[str, str] | None) -> None:
    """Every request speaks one language: the one of its address, else the source language."""
    g.language = language_or_404((values or {}).get("tag") or library().source.tag)


def language_or_404(tag: str) -> Language:
    return library().languages.get(tag) or abort(404)


@bp.get("/")
def choose() -> str:
    return show("choose.html", Address("", "choose"))


@bp.get("/404.html")
def lost() -> str:
    return show("choose.html", Address("", "lost"))


@bp.get("/<tag>/")
def home(tag: str) -> str:
    guide: Guide = g.language.guide
    return show("home.html", Address(tag, "home"), page=guide.pages["home"])


@bp.get("/<tag>/days/<slug>/")
def day(tag: str, slug: str) -> str:
    guide: Guide = g.language.guide
    found = guide.days.get(slug) or abort(404)
    before, after = _neighbours(list(guide.days), slug)
    return show(
        "day.html",
        Address(tag, "day", slug),
        day=found,
        date=guide.date_of(slug),
        meeting=guide.meeting_of(slug),
        before=guide.days.get(before),
        after=guide.days.get(after),
        lessons=[guide.lessons[name] for name in found.lessons],
        sources=_sources(guide, found.sources),
    )


@bp.get("/<tag>/sites/<slug>/")
def site(tag: str, slug: str) -> str:
    guide: Guide = g.language.guide
    found = guide.sites.get(slug) or abort(404)
    before, after = _neighbours(list(guide.sites), slug)
    return show(
        "site.html",
        Address(tag, "site", slug),
        site=found,
        days=guide.days_of(slug),
        before=guide.sites.get(before),
        after=guide.sites.get(after),
        axes=[axis for axis in guide.axes if axis.slug in found.axes],
        lessons=[guide.lessons[name] for name in found.lessons],
        sources=_sources(guide, found.sources),
    )


@bp.get("/<tag>/<slug>/")
def page(tag: str, slug: str) -> str:
    guide: Guide = g.language.guide
    if slug in ("home", "not-found"):
        abort(404)
    found = guide.pages.get(slug) or abort(404)
    template = f"{slug}.html" if slug in OWN_TEMPLATES else "page.html"
    sources = _sources(guide, found.sources)
    return show(template, Address(tag, "page", slug), page=found, parts=_parts(guide, found), sources=sources)


@bp.get("/<tag>/404.html")
def not_found(tag: str) -> str:
    return show("page.html", Address(tag, "not-found"), page=g.language.guide.pages["not-found"], sources=())


@bp.get("/<tag>/guide.webmanifest")
def app_manifest(tag: str) -> Response:
    body = outputs.app_manifest(g.language, library().assets, settings().base_path)
    return Response(json.dumps(body, ensure_ascii=False, indent=1), mimetype="application/manifest+json")


@bp.get("/assets/<path:name>")
def asset(name: str) -> Response:
    found = next((item for item in library().assets.values() if item.path == f"assets/{name}"), None) or abort(404)
    return Response(found.body, content_type=found.media_type)


@bp.get("/sw.js", defaults={"name": "sw.js"})
@bp.get("/sw-retire.js", defaults={"name": "sw-retire.js"})
def worker(name: str) -> Response:
    return Response((settings().paths.static / name).read_bytes(), mimetype="text/javascript")


@bp.get("/robots.txt")
def robots() -> Response:
    site_map = f"Sitemap: {settings().base_url}sitemap.xml\n" if settings().base_url else ""
    return Response(f"User-agent: *\nAllow: /\n{site_map}", mimetype="text/plain")


def site_map() -> Response:
    shelf = library()
    listed = pages(shelf.source.guide, shelf.languages)
    return Response(outputs.site_map(listed, list(shelf.languages), settings().base_url), mimetype="application/xml")


def _parts(guide: Guide, found: Page) -> list[tuple[str, str]]:
    """Id and title of the parts of a page, for its table of contents; none when the page is short."""
    headings = [(id, Markup(title)) for id, title in _HEADING.findall(found.body)]
    listed: dict[str, list[tuple[str, str]]] = {
        "lessons": [(lesson.slug, lesson.title) for lesson in guide.lessons.values()],
        "groups": [(group.slug, group.name) for group in guide.groups.values()],
        "model": [(axis.slug, axis.name) for axis in guide.axes] + [(phase.slug, phase.name) for phase in guide.phases],
    }
    parts = [*headings, *listed.get(found.slug, [])]
    return parts if len(parts) > 3 else []


def _neighbours(slugs: list[str], slug: str) -> tuple[str, str]:
    """The slugs before and after one; empty at the ends."""
    at = slugs.index(slug)
    return slugs[at - 1] if at else "", slugs[at + 1] if at + 1 < len(slugs) else ""


def _sources(guide: Guide, slugs: tuple[str, ...]) -> list[object]:
    return [source for source in guide.sources if source.slug in slugs]
