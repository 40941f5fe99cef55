"""The booklets of a build as PDF, printed by the browser of the tests: `make booklet`.

python -m tests.browser.booklet build booklets
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.engines import launch_options

SIZES = ("A5", "A4")


def print_booklet(browser: Browser, page: Path, size: str, pdf: Path) -> None:
    """Print one booklet on paper of a size. The PDF has tags, an outline, a language and a title."""
    tab = browser.new_page()
    try:
        tab.goto(page.resolve().as_uri())
        tab.pdf(path=pdf, format=size, tagged=True, outline=True)
    finally:
        tab.close()


def print_all(playwright: Playwright, build: Path, out: Path) -> Iterator[Path]:
    """Print every booklet of a build on every size of paper into a folder."""
    pages = sorted(build.glob("booklets/*/index.html"))
    if not pages:
        raise SystemExit(
            f"{build}: there is no booklet in this build, because booklets name the public address of the guide. "
            "Write web_address into content/edition.toml, or name it: make booklet BASE_URL=https://example.org/guide/"
        )
    out.mkdir(parents=True, exist_ok=True)
    browser = playwright.chromium.launch(**launch_options(playwright.chromium))
    for page in pages:
        [epub] = page.parent.glob("*.epub")
        for size in SIZES:
            pdf = out / f"{epub.stem}-{size.lower()}.pdf"
            print_booklet(browser, page, size, pdf)
            yield pdf
    browser.close()


if __name__ == "__main__":
    with sync_playwright() as started:
        for printed in print_all(started, Path(sys.argv[1]), Path(sys.argv[2])):
            print(printed)
