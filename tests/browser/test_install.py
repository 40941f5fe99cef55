"""The guide can be put on the home screen."""

from pathlib import Path

import pytest

from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("tag", ["es", "en"])
def test_the_guide_can_be_installed(chromium, site: Site, tmp_path: Path, tag: str) -> None:
    """Chromium finds nothing missing for an app, and no mistake in the app manifest."""
    context = chromium(profile=tmp_path)
    page = context.new_page()
    page.goto(f"{site.url}{tag}/")
    page.wait_for_selector("#saved[data-state=saved]")
    devtools = context.new_cdp_session(page)

    missing = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    manifest = devtools.send("Page.getAppManifest")

    assert missing == []
    assert (manifest["url"], manifest["errors"]) == (f"{site.url}{tag}/guide.webmanifest", [])
