"""Pictures of every kind of page at every width and in every theme, on one sheet a kind, to look through by eye.

Run by `make screenshots`; writes into screenshots/, which is not part of the project.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from guide import create_app
from guide.config import Settings
from guide.publish.build import build
from guide.site import pages
from guide.site.pages import Address
from tests.browser.engines import SUNLIGHT, launch_options
from tests.browser.siteserver import Site

WIDTHS = (320, 360, 768, 1280)
THEMES = ("light", "dark", "sunlight")
TALLEST = 2400
"""Pixels of a page that a sheet shows; what is below looks the same."""


def kinds(tag: str, every: list[Address]) -> Iterator[Address]:
    """The first page of each kind and, of the pages with a slug of their own, all."""
    seen = set()
    for address in every:
        name = address.slug if address.kind == "page" else address.kind
        if address.tag == tag and name not in seen:
            seen.add(name)
            yield address


def picture(browser: Browser, site: Site, address: Address, width: int, theme: str) -> bytes:
    """One page, with all its drawings, as a reader with this theme sees it."""
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme="dark" if theme == "dark" else "light",
        service_workers="block",
    )
    if theme == "sunlight":
        context.add_init_script(SUNLIGHT)
    page = context.new_page()
    page.goto(site.url + address.path)
    page.wait_for_load_state("networkidle")
    page.evaluate("Promise.all([...document.images].map((one) => ((one.loading = 'eager'), one.decode())))")
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": height})
    taken = page.screenshot()
    context.close()
    return taken


def sheet(browser: Browser, folder: Path, title: str, out: Path) -> None:
    """All pictures of a folder beside one another."""
    images = "".join(f'<img src="{path.name}" height="600" alt="">' for path in sorted(folder.glob("*.png")))
    page = folder / "sheet.html"
    page.write_text(f"<!DOCTYPE html><body style='margin:8px;background:#888'><h1>{title}</h1>{images}", "utf-8")
    context = browser.new_context(viewport={"width": 1600, "height": 900})
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.screenshot(path=out, full_page=True)
    context.close()


def main(out: Path) -> None:
    """A sheet for every kind of page in every language."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as root, ExitStack() as stack:
        browser = playwright.chromium.launch(**launch_options(playwright.chromium))
        app = create_app(Settings())
        build(app, Path(root) / "build")
        site = Site(Path(root) / "build")
        stack.callback(site.stop)
        stack.callback(browser.close)
        with app.app_context():
            library = app.extensions["guide"]().library
        every = list(pages.pages(library.source.guide, library.languages))
        for tag in library.languages:
            for address in kinds(tag, every):
                name = f"{tag}-{address.kind}-{address.slug}".rstrip("-")
                folder = Path(root) / name
                folder.mkdir()
                for theme in THEMES:
                    for width in WIDTHS:
                        path = folder / f"{THEMES.index(theme)}-{width:04}.png"
                        path.write_bytes(picture(browser, site, address, width, theme))
                sheet(browser, folder, name, out / f"{name}.png")
                print(out / f"{name}.png", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
