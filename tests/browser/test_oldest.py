"""The oldest browsers that the README names: Chrome 99, Firefox 97 and Safari 15.4, all of early 2022."""

import pytest
import quickjs
from playwright.sync_api import expect

from guide.config import Paths
from guide.site.pages import Address
from tests.browser.saving import SAVED
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

NEWER = """
  Array.fromAsync Array.prototype.findLast Array.prototype.findLastIndex Array.prototype.toReversed
  Array.prototype.toSorted Array.prototype.toSpliced Array.prototype.with Atomics.waitAsync
  ArrayBuffer.prototype.transfer Object.groupBy Map.groupBy Promise.withResolvers Promise.try RegExp.escape
  Set.prototype.union Set.prototype.intersection Set.prototype.difference Set.prototype.isSubsetOf
  String.prototype.isWellFormed String.prototype.toWellFormed Uint8Array.fromBase64 Uint8Array.prototype.toHex
  Iterator Temporal Intl.Segmenter Intl.DurationFormat Intl.supportedValuesOf structuredClone
  AbortSignal.timeout AbortSignal.any AbortSignal.prototype.throwIfAborted
  ReadableStream.from ReadableStream.prototype.values CompressionStream DecompressionStream
  Response.json Response.prototype.bytes Request.prototype.bytes Blob.prototype.bytes URL.canParse URL.parse
  Headers.prototype.getSetCookie crypto.randomUUID reportError scheduler requestIdleCallback cancelIdleCallback
  OffscreenCanvas HTMLElement.prototype.popover HTMLElement.prototype.showPopover
  HTMLElement.prototype.hidePopover HTMLElement.prototype.togglePopover HTMLElement.prototype.inert
  Element.prototype.checkVisibility Element.prototype.ariaNotify Element.prototype.setHTMLUnsafe
  Document.prototype.startViewTransition Element.prototype.moveBefore HTMLDetailsElement.prototype.name
  Element.prototype.animate StorageManager.prototype.estimate StorageManager.prototype.persist
  StorageManager.prototype.persisted StorageManager.prototype.getDirectory Navigator.prototype.storage
  Navigator.prototype.userAgentData Navigator.prototype.connection Navigator.prototype.permissions
  Navigator.prototype.getInstalledRelatedApps Navigator.prototype.share Navigator.prototype.canShare
  NavigationPreloadManager CloseWatcher Navigation navigation cookieStore launchQueue Highlight
  CSS.registerProperty ElementInternals.prototype.states IntersectionObserver.prototype.scrollMargin
  ServiceWorkerGlobalScope.prototype.cookieStore InstallEvent.prototype.addRoutes
  ServiceWorkerRegistration.prototype.navigationPreload
"""
"""What one of the three lacks: what came later, and what others have for longer."""
TAKE_AWAY = """for (const name of NAMES.trim().split(/\\s+/)) {
  const parts = name.split(".");
  const last = parts.pop();
  const owner = parts.reduce((found, part) => found?.[part], globalThis);
  if (owner) delete owner[last];
}
""".replace("NAMES", repr(NEWER))
GONE = "['structuredClone', 'DecompressionStream', 'CompressionStream'].filter((name) => name in globalThis)"


def test_every_script_is_in_a_language_that_engines_of_2020_read() -> None:
    """An engine that knows ECMAScript 2020 and little more finds no fault in the writing of any script."""
    scripts = sorted(Paths().static.rglob("*.js"))
    faults = {}
    for script in scripts:
        try:
            quickjs.Context().module(script.read_text(encoding="utf-8"))
        except quickjs.JSException as error:
            faults[script.name] = str(error).splitlines()[0]

    assert len(scripts) > 15
    assert {name: told for name, told in faults.items() if told.startswith("SyntaxError")} == {}


@pytest.mark.parametrize("newer", ["class A { static { } }", "class A { #x; m() { return #x in this; } }", "/[a--b]/v"])
def test_the_engine_that_judges_is_an_old_one(newer: str) -> None:
    """What came after 2020 is refused, so that the test above can fail."""
    with pytest.raises(quickjs.JSException, match="SyntaxError"):
        quickjs.Context().module(newer)


def test_without_what_came_later_the_guide_is_saved_read_and_used(chromium, site: Site, kinds: list[Address]) -> None:
    """Page and worker find no function newer than the named browsers: every kind of page works, with no complaint."""
    site.fail("sw.js", "before", text=TAKE_AWAY)
    context = chromium()
    context.add_init_script(TAKE_AWAY)
    page = context.new_page()
    page.goto(f"{site.url}es/")
    assert page.evaluate(GONE) == []
    page.wait_for_selector(SAVED)
    site.stop()

    for address in kinds:
        page.goto(site.url + address.path)
        page.wait_for_selector(SAVED)
        assert page.title() == site.title(address.path)

    page.goto(site.url + Address("es", "way", "comuna-13").path)
    page.locator(".chooser__name").fill("acevedo")
    page.locator(".chooser__name").press("Enter")
    expect(page.locator(".directions__from")).to_contain_text("Acevedo")
