"""The kit for hosts on the screen and on paper: codes that cameras read, sheets that fit, buttons that copy."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import cv2
import numpy
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.siteserver import Site
from tests.conftest import copy_of_miniature
from tests.kits import EMPTY, FILLED, files_of, kit_of, read

pytestmark = pytest.mark.browser

MILLIMETRE = 96 / 25.4
DESK = {"viewport": {"width": 1000, "height": 1200}}
SHEETS = {"poster": 1, "es-badges": 1, "es-handout": 1, "es-days": 2}
"""The sheets and their pages."""
LEAST = {"poster": 24}
"""The smallest letters of a sheet in points, where they must be more than 9."""
SMALLEST = """(sheet) => {
  const sizes = [], walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: element, data } = walker.currentNode;
    const isSeen = data.trim() && element.checkVisibility() && !element.closest("svg");
    if (isSeen) sizes.push(parseFloat(getComputedStyle(element).fontSize));
  }
  return Math.min(...sizes);
}"""
CUT = """(sheet) => {
  const box = sheet.getBoundingClientRect();
  const parts = [...sheet.querySelectorAll("*:not(svg *, .badges__grid, .badges__marks, wbr)")];
  const out = parts.filter((one) => {
    const { left, right, top, bottom, width } = one.getBoundingClientRect();
    return width && (left < box.left - 20 || right > box.right + 1 || top < box.top - 12 || bottom > box.bottom + 1);
  });
  const full = parts.filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth);
  const cards = [...sheet.querySelectorAll(".badge")].filter((one) => one.scrollHeight > one.clientHeight + 1);
  return [...out, ...full, ...cards].map((one) => one.outerHTML.slice(0, 90));
}"""
"""What leaves a sheet, or its own box. The quiet zone of a code and the empty part of a letter may reach
into the margin of the paper."""


@pytest.fixture(scope="module")
def kits(once: Callable[..., Path]) -> Path:
    """Kits of the miniature guide with the files that they show: `filled`, `empty`, and for a `long` address."""

    def make(folder: Path) -> None:
        root = copy_of_miniature(folder / "guide").root
        long = "https://guides.long-name-of-a-museum.example.org/medellin-lab-2027/"
        for name, host, base in (("filled", FILLED, None), ("empty", EMPTY, None), ("long", FILLED, long)):
            kit = kit_of(root, host, *([base] if base else []))
            for file, text in files_of(kit).items():
                (folder / name / "kit").mkdir(parents=True, exist_ok=True)
                (folder / name / "kit" / file).write_text(text, "utf-8")
            for asset in kit.library.assets.values():
                (folder / name / asset.path).parent.mkdir(parents=True, exist_ok=True)
                (folder / name / asset.path).write_bytes(asset.body)

    return once("kits", make)


@pytest.fixture
def host(kits: Path, servers) -> Iterator[Callable[[str], str]]:
    """The address of a kit on this machine, by its name."""

    def serve(name: str = "filled") -> str:
        site = Site(kits / name)
        servers.callback(site.stop)
        return f"{site.url}kit/"

    return serve


def sheet_on_paper(page: Page, address: str) -> Page:
    page.emulate_media(media="print")
    page.goto(address)
    return page


@pytest.mark.parametrize("name", ["filled", "empty", "long"])
def test_every_sheet_has_its_pages_on_both_papers_and_nothing_is_cut(chromium, host, name: str) -> None:
    """A4 and Letter, with letters that a person reads at arm's length, and those of the poster across a room."""
    page, kit = chromium(**DESK).new_page(), host(name)

    for sheet, pages in SHEETS.items():
        sheet_on_paper(page, f"{kit}{sheet}.html")
        for paper in ("A4", "Letter"):
            assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) == pages, (sheet, paper)
        for one in page.locator(".sheet").all():
            assert one.evaluate(CUT) == [], sheet
            assert one.evaluate(SMALLEST) >= LEAST.get(sheet, 9) * 96 / 72 - 0.01, sheet
            box = one.bounding_box()
            assert box and box["width"] <= 190 * MILLIMETRE + 1 and box["height"] <= 257 * MILLIMETRE + 1, sheet


def test_cards_for_badges_lie_on_a_grid_of_85_by_54_millimetres(chromium, host) -> None:
    """Whoever cuts along the marks has eight cards of the size of their cases."""
    page = sheet_on_paper(chromium(**DESK).new_page(), f"{host()}en-badges.html")

    boxes = [one.bounding_box() for one in page.locator(".badge").all()]
    marks = page.locator(".badges__marks").bounding_box()

    left, top = boxes[0]["x"], boxes[0]["y"]
    places = [((box["x"] - left) / MILLIMETRE, (box["y"] - top) / MILLIMETRE) for box in boxes]
    assert places == [pytest.approx((85 * column, 54 * row), abs=0.1) for row, column in product(range(4), range(2))]
    assert all(
        (box["width"] / MILLIMETRE, box["height"] / MILLIMETRE) == pytest.approx((85, 54), abs=0.1) for box in boxes
    )
    assert (left - marks["x"], top - marks["y"]) == pytest.approx((6 * MILLIMETRE,) * 2, abs=0.4)


def pictures_of(page: Page) -> list[tuple[str, numpy.ndarray]]:
    """The address of each code on a page, once, and the code as it is painted, with what is around it."""
    found: dict[str, numpy.ndarray] = {}
    for one in page.locator(".code").all():
        address = one.locator("title").text_content() or ""
        if address not in found:
            box = one.bounding_box()
            assert box
            clip = {"x": box["x"] - 8, "y": box["y"] - 8, "width": box["width"] + 16, "height": box["height"] + 16}
            body = page.screenshot(clip=clip, full_page=True)
            found[address] = cv2.imdecode(numpy.frombuffer(body, numpy.uint8), cv2.IMREAD_COLOR)
    return list(found.items())


def tilted(picture: numpy.ndarray, ground: int = 255) -> numpy.ndarray:
    """Turned by 15°, on a ground of its own."""
    height, width = picture.shape[:2]
    room = numpy.full((height * 2, width * 2, 3), ground, numpy.uint8)
    room[height // 2 : height // 2 + height, width // 2 : width // 2 + width] = picture
    turn = cv2.getRotationMatrix2D((width, height), 15, 1)
    return cv2.warpAffine(room, turn, (width * 2, height * 2), flags=cv2.INTER_AREA, borderValue=(ground,) * 3)


def blurred(picture: numpy.ndarray) -> numpy.ndarray:
    """Out of focus by a third of a module of the smallest code at 150 dots an inch."""
    return cv2.GaussianBlur(picture, (0, 0), 1.2)


def faint(picture: numpy.ndarray) -> numpy.ndarray:
    """At a quarter of its contrast, as a worn print."""
    return (picture * 0.25 + 150).astype(numpy.uint8)


HARM = {"straight": lambda picture: picture, "tilted": tilted, "blurred": blurred, "faint": faint}


@pytest.mark.parametrize("dots", [150, pytest.param(300, marks=pytest.mark.matrix)])
def test_the_code_of_every_sheet_is_read_by_two_readers_however_it_is_photographed(chromium, host, dots: int) -> None:
    """Straight, tilted by 15°, blurred and at a quarter of the contrast, both read exactly the address."""
    page, kit = chromium(**DESK, device_scale_factor=dots / 96).new_page(), host("long")
    missed = []

    for sheet in SHEETS:
        for address, picture in pictures_of(sheet_on_paper(page, f"{kit}{sheet}.html")):
            for name, harm in HARM.items():
                zxing, opencv = read(harm(picture))
                if (zxing, opencv) != ([address], address):
                    missed.append((sheet, name, address, zxing, opencv))

    assert missed == []


@pytest.mark.parametrize("theme", [{}, {"color_scheme": "dark"}, {"forced_colors": "active", "color_scheme": "dark"}])
def test_a_code_has_its_white_ground_and_is_read_from_the_screen_in_every_theme(chromium, host, theme) -> None:
    """Four modules of white, or a camera finds nothing on a dark page."""
    page, kit = chromium(**DESK, **theme).new_page(), host()
    for name in ("index", "es-handout"):
        page.goto(f"{kit}{name}.html")
        modules = int((page.locator(".code").first.get_attribute("viewBox") or "").split()[2])

        for address, picture in pictures_of(page):
            white = (picture[9:-9, 9:-9] >= 250).all(axis=2)  # less a pixel that the ground shares
            quiet = int(4 * (white.shape[0] + 2) / modules) - 2

            assert all(numpy.rot90(white, turn)[:quiet].all() for turn in range(4)), name
            for seen in (picture, tilted(picture, 30)):
                assert read(seen) == ([address], address), name


def test_the_kit_has_no_fault_that_axe_finds(chromium, host) -> None:
    """Whoever hosts may use a screen reader, and hears the address of each code."""
    kit = host()
    for theme in ("light", "dark"):
        page = chromium(bypass_csp=True, color_scheme=theme).new_page()
        for name in (
            "index",
            "messages",
            "es-messages",
            "poster",
            "es-badges",
            "es-handout",
            "es-days",
            "es-readiness",
        ):
            page.goto(f"{kit}{name}.html")
            results = Axe().run(page)
            assert not results.violations_count, f"{name} ({theme}): {results.generate_report()}"


def test_a_message_is_copied_by_a_press_and_can_be_selected_without_scripts(chromium, host) -> None:
    """What is copied is what is shown."""
    kit = host()
    context: BrowserContext = chromium(permissions=["clipboard-read", "clipboard-write"], locale="en-GB")
    page, bare = context.new_page(), chromium(java_script_enabled=False).new_page()
    page.goto(f"{kit}en-messages.html")

    page.get_by_role("button", name="Copy").first.click()

    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("pre").first.text_content()
    bare.goto(f"{kit}en-messages.html")
    expect(bare.get_by_role("button")).to_have_count(0)
    expect(bare.locator("pre").first).to_contain_text("Here is your guide")
