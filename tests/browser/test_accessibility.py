"""The pages on a small phone: open to everyone, by day and by night, and never wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from guide.addresses import Address
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tag", ["es", "en"])
def test_no_kind_of_page_has_a_fault_that_axe_finds(
    chromium, site: Site, kinds: list[Address], tag: str, scheme: str
) -> None:
    """Names, roles, order and contrast hold on every kind of page."""
    page = chromium(color_scheme=scheme, bypass_csp=True).new_page()
    choice = [Address("", "lost")] if tag == "en" else []

    found = []
    for address in [*choice, *(kind.in_language(tag) for kind in kinds)]:
        page.goto(site.url + address.path)
        results = Axe().run(page)
        found += [f"{address.path}: {results.generate_report()}"] if results.violations_count else []

    assert found == []


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_is_wider_than_the_screen(chromium, site: Site, pages: list[Address], width: int) -> None:
    """Nobody has to scroll sideways, in any language."""
    page = chromium(viewport={"width": width, "height": 740}).new_page()

    wide = []
    for address in [Address("", "lost"), *pages]:
        page.goto(site.url + address.path)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wide += [f"{address.path}: {over} px too wide"] if over > 0 else []

    assert wide == []
