"""What is painted when the system's own colours take the place of the guide's: looked at in pixels.

A browser lays a ground of its own behind words then, so that computed colours say nothing of what can be read.
"""

from collections import Counter
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from guide.site.library import Language
from guide.site.pages import Address
from tests.browser.siteserver import Site

pytestmark = pytest.mark.browser

NEAR_CARIBE = {"latitude": 6.2790, "longitude": -75.5690, "accuracy": 20}
TALLEST = 8000
"""Pixels of a page that are looked at; what is below is of the kinds above."""
READABLE, SEEN = 4.5, 3
"""The contrast that WCAG 2.2 asks of words, and of signs."""

EVERY_STATE = """async () => {
  const settled = () => new Promise((done) => setTimeout(() => requestAnimationFrame(done)));
  const press = (css) => document.querySelector(css)?.click();
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const one of document.querySelectorAll(".bar, .install")) one.style.position = "static"; // they lie over others
  for (const one of document.querySelectorAll("main [hidden]:not(template, .chooser__list)")) one.hidden = false;
  document.querySelector(".sun")?.setAttribute("aria-pressed", "true");
  press(".chooser__near");
  press(".here__button");
  press(".step__tick");
  const name = document.querySelector(".chooser__name");
  if (name) name.value = "san";
  name?.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}"""
"""Opens, shows, ticks and presses whatever a page has."""

PAINTED = """() => {
  const found = [];
  const often = {};
  const add = (one, box, sign, words) => {
    if (box.width < 2 || box.height < 2) return;
    const map = one.closest("svg.map")?.getBoundingClientRect();
    if (map && (box.bottom < map.top || box.top > map.bottom || box.right < map.left || box.left > map.right)) return;
    const around = [one, one.parentElement, one.parentElement.parentElement];
    const kind = around.map((each) => each?.getAttribute("class") ?? each?.tagName).join() + one.tagName + sign;
    if ((often[kind] = (often[kind] ?? 0) + 1) > 4) return;
    const name = `${one.tagName.toLowerCase()}.${one.getAttribute("class") ?? one.parentElement.className}: ${words}`;
    found.push([name, sign, box.left, box.top, box.right, box.bottom]);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: one, data } = texts.currentNode;
    if (!/[\\p{L}\\p{N}]/u.test(data)) continue;
    if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const [box] = [...range.getClientRects()].filter((each) => each.width > 2);
    if (box) add(one, box, false, data.trim().slice(0, 30));
  }
  for (const one of document.querySelectorAll("body *:not(p, span, small, title, desc, path, b)")) {
    if (!one.checkVisibility({ visibilityProperty: true })) continue;
    const sign = one.matches("svg.icon, input, .badge, .map circle[cx], .map rect");
    const own = one.getBoundingClientRect();
    const around = one.closest(".map") ? 3 : 0; // a mark of a map may lie on a line or on another mark
    const box = new DOMRect(own.left - around, own.top - around, own.width + 2 * around, own.height + 2 * around);
    if (sign) add(one, box, true, "sign");
    for (const side of ["::before", "::after"]) {
      const style = getComputedStyle(one, side);
      const [width, height] = [style.width, style.height].map(parseFloat);
      const ink = style.backgroundColor !== "rgba(0, 0, 0, 0)" || parseFloat(style.borderTopWidth) > 0;
      if (style.position !== "absolute" || !ink || one.matches(".mark a") || !(width > 1 && height > 1)) continue;
      const left = own.left + one.clientLeft + parseFloat(style.left);
      const top = own.top + one.clientTop + parseFloat(style.top);
      add(one, new DOMRect(left - 3, top - 3, width + 6, height + 6), true, side);
    }
  }
  return found;
}"""
"""Everything that is painted: words, signs, marks, lines; each with its box, and whether it is a sign."""


def luminance(colour: tuple[int, ...]) -> float:
    parts = [part / 255 for part in colour[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink(picture: Image.Image, least: float) -> float:
    """The share of pixels that stand out from the commonest colour of a picture."""
    colours = Counter({colour: count for count, colour in picture.getcolors(picture.width * picture.height) or []})
    ground = luminance(colours.most_common(1)[0][0])
    standing = 0
    for colour, count in colours.items():
        lighter, darker = sorted((luminance(colour), ground), reverse=True)
        standing += count if (lighter + 0.05) / (darker + 0.05) >= least else 0
    return standing / (picture.width * picture.height)


def at_rest(page: Page) -> tuple[list[list[Any]], Image.Image]:
    """What is painted and its picture, taken again while anything moves: saving writes into the line of state."""
    painted = page.evaluate(PAINTED)
    while True:
        picture = page.screenshot()
        if painted == (painted := page.evaluate(PAINTED)):
            return painted, Image.open(BytesIO(picture)).convert("RGB")


def unseen(page: Page) -> list[str]:
    """What is on a page, and can't be seen."""
    width, height = 360, min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    painted, picture = at_rest(page)
    found = []
    for name, sign, *box in painted:
        left, top, right, bottom = (max(0, round(each)) for each in box)
        right, bottom = min(right, width), min(bottom, height)
        if right > left and bottom > top:
            share = ink(picture.crop((left, top, right, bottom)), SEEN if sign else READABLE)
            found += [] if share > 0.015 else [name]
    assert len(painted) >= 5
    return found


@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.matrix)])
def test_in_the_colours_of_the_system_everything_is_seen(
    chromium, site: Site, kinds: list[Address], languages: list[Language], scheme: str
) -> None:
    """Every word, button, chip, badge, tick, line and mark of every kind of page, in every state, has its contrast."""
    page = chromium(
        forced_colors="active",
        color_scheme=scheme,
        bypass_csp=True,
        geolocation=NEAR_CARIBE,
        permissions=["geolocation"],
        locale="pt-BR",
    ).new_page()
    page.clock.set_fixed_time(f"{languages[0].guide.date_of('3')}T12:00:00")
    found = {}

    for address in [Address("", "choose"), Address("", "lost"), *kinds]:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(site.url + address.path)
        page.wait_for_load_state("networkidle")
        page.evaluate(EVERY_STATE)
        found[address.path] = unseen(page)

    assert {path: names for path, names in found.items() if names} == {}
