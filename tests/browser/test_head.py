"""The head and the bar on small phones, with whatever letters their owners chose; what a first visit asks for."""

import pytest
from playwright.sync_api import expect

from guide.site.library import Language
from guide.site.pages import Address
from tests.browser.engines import Tab
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

PARTS = """() => {
  const box = (css) => document.querySelector(css).getBoundingClientRect();
  const top = document.querySelector(".top");
  const rows = [".top__name", ".languages", ".sun"].map(box);
  const words = [...document.querySelectorAll(".bar li")].flatMap((one) => {
    const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    const broken = [];
    while (texts.nextNode()) for (const { 0: word, index } of texts.currentNode.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      if (new Set([...range.getClientRects()].map((each) => Math.round(each.top))).size > 1) broken.push(word);
    }
    return broken;
  });
  return {
    oneRow: Math.max(...rows.map((row) => row.top)) < Math.min(...rows.map((row) => row.bottom)),
    outside: [...top.querySelectorAll("*")]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => one.className || one.textContent),
    sunAtTheEnd: innerWidth - rows[2].right < 24,
    low: top.getBoundingClientRect().height < 90,
    words,
  };
}"""
FINE = {"oneRow": True, "outside": [], "sunAtTheEnd": True, "low": True, "words": []}
SIZES = {"usual": (1.0625, 1.25), "larger by a third": (1.38, 1.625), "twice as large": (2.125, 2.5)}
"""`--size` in rem: in the usual theme, and in the one for the sun."""
LETTERS = ("system-ui", "'DejaVu Sans', 'Bitstream Vera Sans', Verdana, sans-serif")


@pytest.mark.parametrize("tag", ["en", "es"])
def test_the_head_is_one_row_and_no_word_of_the_bar_breaks(chromium, site: Site, tag: str) -> None:
    """Narrow phones, larger letters, wide letters, sunlight: the sun stays at the end of the one row."""
    page = chromium(viewport={"width": 320, "height": 740}, bypass_csp=True).new_page()
    page.goto(site.url + Address(tag, "page", "getting-there").path)
    page.wait_for_selector(".sun:not([disabled])")
    found = {}

    for theme in ("", "sunlight"):
        page.evaluate("(theme) => (document.documentElement.dataset.theme = theme)", theme)
        for name, sizes in SIZES.items():
            for letters in LETTERS:
                style = f":root:root {{ --size: {sizes[theme == 'sunlight']}rem; font-family: {letters} }}"
                page.evaluate("(old) => old?.remove()", page.query_selector("style"))
                page.add_style_tag(content=style)
                for width in (320, 360, 375, 430):
                    page.set_viewport_size({"width": width, "height": 740})
                    found[theme, name, letters[:9], width] = page.evaluate(PARTS)

    wrong = {}
    for case, parts in found.items():
        wanted = FINE if case[1] != "twice as large" else {**FINE, "low": parts["low"]}
        if parts != wanted:
            wrong[case] = {name: part for name, part in parts.items() if part != wanted[name]}
    assert wrong == {}


def test_the_head_is_one_row_in_every_engine(tab: Tab, site: Site) -> None:
    """With the letters that each engine has, in both themes; the bar is as high on every page."""
    heights = set()
    for path in ("es/", "es/getting-there/", "es/lessons/"):
        tab.open(site.url + path)
        tab.wait(".sun:not([disabled])")
        for theme in ("", "sunlight"):
            found = tab.value(f"(document.documentElement.dataset.theme = '{theme}', ({PARTS})())")
            assert found == FINE, (path, theme)
        heights.add(tab.value("document.querySelector('.bar').getBoundingClientRect().height"))

    assert len(heights) == 1


def test_the_current_place_of_the_bar_is_told_by_more_than_colour(chromium, site: Site) -> None:
    """A thick line over it; its letters stay as they are, so that nothing in the bar moves from page to page."""
    page = chromium().new_page()
    page.goto(f"{site.url}en/lessons/")

    line = page.locator(".bar [aria-current]").evaluate("(one) => getComputedStyle(one, '::after').height")

    assert float(line.removesuffix("px")) >= 3


def test_the_other_language_is_within_reach_from_mid_page(chromium, site: Site, languages: list[Language]) -> None:
    """On a phone the bar leads to it; on a wide screen the head does, and the bar does not say it twice."""
    english = next(language for language in languages if language.tag == "en")
    page = chromium().new_page()
    page.goto(f"{site.url}es/days/3/")
    page.evaluate("scrollTo(0, 1500)")
    link = page.locator(".bar").get_by_role("link", name=english.name, exact=True)

    expect(link).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(link).to_be_hidden()
    expect(page.locator(".languages").get_by_role("link", name=english.name, exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "address", [Address("en", "home"), Address("es", "site", "moravia"), Address("es", "day", "2")]
)
def test_a_first_visit_takes_ten_requests_until_the_guide_is_saved(chromium, site: Site, address: Address) -> None:
    """Page, two sheets, script, drawings and icon; then pointer with manifest, worker, and two packs for one language.

    Each further language is one more.
    """
    others = {pack["path"] for pack in site.packs() if pack["name"] not in ("core", address.tag)}
    page = chromium(viewport={"width": 360, "height": 740}).new_page()

    page.goto(site.url + address.path)
    page.wait_for_selector("#saved[data-state=saved]")

    assert others <= set(site.downloads)
    assert len(site.asked) <= 10 + len(others)
