"""Routes: one view a kind of page, each of which arranges the localized model for its template."""

import json
import re
from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, abort, g
from markupsafe import Markup

from guide.model.guide import Day, Guide, Page
from guide.model.sources import RecordChapter
from guide.site import assets, bibliography, feeds
from guide.site import maps as mapping
from guide.site.assets import WORKERS, Asset
from guide.site.bibliography import Listing
from guide.site.footnotes import by_heading
from guide.site.library import Language
from guide.site.rendering import cards, library, settings, show
from guide.site.urls import Address, pages
from guide.transit.destinations import destination, with_way
from guide.transit.directions import arrivals, detours, directions, last_part, links, pausing, stretches
from guide.transit.routing import Ways
from guide.transit.steps import ride_steps

bp = Blueprint("guide", __name__)

_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
OWN_TEMPLATES = {"getting-there", "groups", "lessons", "model", "glossary", "sources", "offline"}
"""Pages with a template of their own; any other page of content/pages/ gets the simple one."""


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
    for asset in _files():
        folder, _, name = asset.path.partition("/")
        yield "guide.asset", {"folder": folder, "name": name}
    for name in WORKERS:
        yield "guide.worker", {"name": name}
    yield "guide.robots", {}
    if settings().base_url:
        yield "site_map", {}


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
    before, after = _neighbours([row.slug for row in guide.programme], slug)
    found_ways = arrivals(guide, found)
    return show(
        "day.html",
        Address(tag, "day", slug),
        day=found,
        date=guide.date_of(slug),
        chapters=_chapters(guide, [found]),
        meeting=guide.meeting_of(slug),
        before=guide.days.get(before),
        after=guide.days.get(after),
        links=links(guide, found),
        arrivals=found_ways,
        outward={stop: mapping.outward(arrival.place) for stop, arrival in found_ways.items()},
        lessons=[guide.lessons[name] for name in found.lessons],
        parts=[part for part in guide.parts if slug in part.days],
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
        chapters=_chapters(guide, guide.days_of(slug)),
        before=guide.sites.get(before),
        after=guide.sites.get(after),
        parts=[part for part in guide.parts if slug in part.sites],
        lessons=[guide.lessons[name] for name in found.lessons],
        place=destination(guide, slug) if guide.has_way(slug) else None,
    )


@bp.get("/<tag>/sites/<slug>/way/")
def way(tag: str, slug: str) -> str:
    guide: Guide = g.language.guide
    found = (guide.has_way(slug) and guide.sites.get(slug)) or abort(404)
    network, towards = guide.network, directions(guide, slug)
    others = network.places_of(slug)[1:]
    return show(
        "way.html",
        Address(tag, "way", slug),
        site=found,
        place=towards.place,
        found=towards,
        stretches=stretches(network, Ways(network, towards.place)),
        detours=detours(network, towards.place, towards.start.slug),
        more=[last_part(network, place, place.approaches[0]) for place in others],
        pausing=pausing(network),
        rides_of=lambda way: ride_steps(network, way.rides),
        outward=mapping.outward(towards.place),
        map=mapping.site_map(network, towards.place, others),
    )


@bp.get("/<tag>/lessons/<slug>/")
def lesson(tag: str, slug: str) -> str:
    guide: Guide = g.language.guide
    found = guide.lessons.get(slug) or abort(404)
    before, after = _neighbours(list(guide.lessons), slug)
    return show(
        "lesson.html",
        Address(tag, "lesson", slug),
        page=found,
        before=guide.lessons.get(before),
        after=guide.lessons.get(after),
    )


@bp.get("/<tag>/<slug>/")
def page(tag: str, slug: str) -> str:
    guide: Guide = g.language.guide
    if slug in ("home", "not-found"):
        abort(404)
    found = guide.pages.get(slug) or abort(404)
    template = f"{slug}.html" if slug in OWN_TEMPLATES else "page.html"
    values: dict[str, object] = {}
    match slug:
        case "sources":
            values = {"record": bibliography.record(guide), "later": bibliography.later(guide)}
        case "glossary":
            values = {"letters": library().glossary(tag)}
        case "getting-there":
            values = {"overview": mapping.overview(guide), "sites": [guide.sites[site] for site in with_way(guide)]}
        case "groups":
            values = {"chapters": _chapters(guide, list(guide.days.values())[-1:])}
    return show(template, Address(tag, "page", slug), page=found, parts=_parts(guide, found), **values)


@bp.get("/<tag>/record/<slug>/")
def record(tag: str, slug: str) -> str:
    guide: Guide = g.language.guide
    items = [item for item in guide.items if item.day == slug] or abort(404)
    return _listing(
        tag,
        bibliography.record(guide),
        slug,
        parts=by_heading(items),
        places=bibliography.tellings(row.slug for row in items),
    )


@bp.get("/<tag>/sources/<slug>/")
def sources(tag: str, slug: str) -> str:
    guide: Guide = g.language.guide
    found = sorted((row for row in guide.sources if row.part == slug), key=bibliography.by_publisher) or abort(404)
    return _listing(
        tag, bibliography.later(guide), slug, found=found, places=bibliography.tellings(row.slug for row in found)
    )


@bp.get("/<tag>/404.html")
def not_found(tag: str) -> str:
    return show("page.html", Address(tag, "not-found"), page=g.language.guide.pages["not-found"])


@bp.get("/<tag>/guide.webmanifest")
def app_manifest(tag: str) -> Response:
    body = feeds.app_manifest(g.language, library().assets, settings().base_path)
    return Response(json.dumps(body, ensure_ascii=False, indent=1), mimetype="application/manifest+json")


@bp.get("/assets/<path:name>", defaults={"folder": "assets"})
@bp.get("/cards/<path:name>", defaults={"folder": "cards"})
def asset(folder: str, name: str) -> Response:
    found = next((item for item in _files() if item.path == f"{folder}/{name}"), None) or abort(404)
    return Response(found.body, content_type=found.media_type)


@bp.get("/sw.js", defaults={"name": "sw.js"})
@bp.get("/sw-retire.js", defaults={"name": "sw-retire.js"})
def worker(name: str) -> Response:
    return Response(assets.worker(settings().paths.static, name), mimetype="text/javascript")


@bp.get("/robots.txt")
def robots() -> Response:
    site_map = f"Sitemap: {settings().base_url}sitemap.xml\n" if settings().base_url else ""
    return Response(f"User-agent: *\nAllow: /\n{site_map}", mimetype="text/plain")


def _files() -> list[Asset]:
    return [*library().assets.values(), *(card.asset for card in cards().values())]


def site_map() -> Response:
    shelf = library()
    listed = pages(shelf.source.guide, shelf.languages)
    return Response(feeds.site_map(listed, list(shelf.languages), settings().base_url), mimetype="application/xml")


def _parts(guide: Guide, found: Page) -> list[tuple[str, str]]:
    """Id and title of the parts of a page, for its table of contents; none when the page is short."""
    headings = [(id, Markup(title)) for id, title in _HEADING.findall(found.body)]
    listed: dict[str, list[tuple[str, str]]] = {
        "groups": [(group.slug, group.name) for group in guide.groups.values()],
    }
    parts = [*headings, *listed.get(found.slug, [])]
    return parts if len(parts) > 3 else []


def _chapters(guide: Guide, days: Iterable[Day]) -> list[RecordChapter]:
    """The chapters of the record that tell of days."""
    slugs = {f"d{day.slug}" for day in days}
    return [chapter for chapter in guide.chapters if chapter.slug in slugs]


def _listing(tag: str, listings: list[Listing], slug: str, **values: object) -> str:
    """A page that lists a part of what the guide rests on."""
    row = {listing.slug: listing for listing in listings}
    before, after = _neighbours(list(row), slug)
    kind, around = row[slug].kind, {"before": row.get(before), "after": row.get(after)}
    return show(f"{kind}_part.html", Address(tag, kind, slug), listing=row[slug], **around, **values)


def _neighbours(slugs: list[str], slug: str) -> tuple[str, str]:
    """The slugs before and after one; empty at the ends."""
    at = slugs.index(slug)
    return slugs[at - 1] if at else "", slugs[at + 1] if at + 1 < len(slugs) else ""
