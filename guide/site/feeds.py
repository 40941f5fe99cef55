"""What is part of the build and not a page: web app manifests, the sitemap, the words of the worker."""

from collections.abc import Iterable, Mapping

from markupsafe import escape

from guide.i18n.catalogs import State
from guide.i18n.localize import N_
from guide.site.assets import Asset
from guide.site.library import Language
from guide.site.pages import Address, path_of
from guide.site.urls import relative

THEME_COLOUR = {"light": "#f7f5ef", "dark": "#16201c"}
"""The ground of the pages, for the browser's own bars. The style sheet has the same two."""

DAYS, SITES, GETTING_THERE, SAVED = N_("Days"), N_("Sites"), N_("Getting there"), N_("Saved")
"""What a long press on the icon of the installed guide offers: the pages that the bar of every page leads to."""


UNREACHABLE = N_("No network, and this page is not on the phone.")
_IN_SCRIPT = str.maketrans({"\\": "&#92;", "`": "&#96;", "$": "&#36;"})


def notice(languages: Iterable[Language]) -> str:
    """What the worker shows when storage and network both fail: HTML that can stand in a template literal.

    A language without a translation is left out; the source language stands first.
    """
    listed, lines = list(languages), []
    for language in listed:
        sentence, state = language.catalog.look_up(UNREACHABLE)
        if state is not State.MISSING:
            direction = ' dir="rtl"' if language.direction == "rtl" else ""
            lines.append(f'<p lang="{language.tag}"{direction}>{escape(sentence)}')
    title = f"<title>{escape(str(listed[0].guide.short_name))}</title>"
    return (title + "\n".join(lines)).translate(_IN_SCRIPT)


def web_app_manifest(language: Language, assets: Mapping[str, Asset], base_path: str) -> dict[str, object]:
    """The web app manifest of a language: names, icons, colours. Addresses are relative to the manifest."""
    here = f"{language.tag}/guide.webmanifest"

    def icon(name: str, side: int, purpose: str) -> dict[str, str]:
        return {
            "src": relative(here, assets[f"icons/{name}"].path),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": purpose,
        }

    def shortcut(message: str, kind: str, slug: str = "", part: str = "") -> dict[str, str]:
        name = language.catalog.look_up(message)[0]
        return {"name": name, "url": relative(here, path_of(language.tag, kind, slug)) + part}

    return {
        "id": f"{base_path}?field-guide",
        "name": str(language.guide.name),
        "short_name": str(language.guide.short_name),
        "description": str(language.guide.description),
        "lang": language.tag,
        "dir": language.direction,
        "start_url": relative(here, path_of(language.tag, "home")),
        "scope": relative(here, ""),
        "display": "standalone",
        "categories": ["travel", "education"],
        "background_color": THEME_COLOUR["light"],
        "theme_color": THEME_COLOUR["light"],
        "icons": [
            icon("icon-192.png", 192, "any"),
            icon("icon-512.png", 512, "any"),
            icon("maskable-512.png", 512, "maskable"),
        ],
        "shortcuts": [
            shortcut(DAYS, "home", part="#days"),
            shortcut(SITES, "home", part="#sites"),
            shortcut(GETTING_THERE, "page", "getting-there"),
            shortcut(SAVED, "page", "offline"),
        ],
    }


def robots(base_url: str) -> bytes:
    """What search engines may read: everything; and where the sitemap is, when the public address is known."""
    site_map = f"Sitemap: {base_url}sitemap.xml\n" if base_url else ""
    return f"User-agent: *\nAllow: /\n{site_map}".encode()


def sitemap(listed: Iterable[Address], tags: list[str], base_url: str) -> str:
    """The sitemap: every page that search engines should know, with its other languages."""
    entries = []
    for address in listed:
        links = (
            ""
            if not address.tag
            else "".join(
                f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(base_url + there.path)}"/>'
                for tag, there in ((tag, address.in_language(tag)) for tag in tags)
            )
        )
        entries.append(f"<url><loc>{escape(base_url + address.path)}</loc>{links}</url>")
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {names}>\n' + "\n".join(entries) + "\n</urlset>\n"
