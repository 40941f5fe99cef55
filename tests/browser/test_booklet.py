"""The booklet on paper, as a browser prints it: A5 and A4, one language and two."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

from guide import create_app
from guide.config import Settings
from guide.site.booklet import Binder
from guide.site.files import Site
from tests.browser.booklet import print_all, print_booklet
from tests.browser.engines import Browsers, launch_options
from tests.conftest import PUBLIC

pytestmark = pytest.mark.browser

SMALLEST = 9
"""Points of the smallest letter."""
HEADING = 11.9
"""Points from which on a line is a heading, or begins a chapter."""
FOOT = 42
"""Points below which only the number of the page stands."""
MARGIN = 30
"""Points at the sides in which nothing may stand."""
MOST = 150
"""Pages of A5 that the guide in one language may take."""


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The booklets of the real guide in a folder, with their style sheet and drawings."""
    folder = tmp_path_factory.mktemp("bound")
    app = create_app(Settings(base_url=PUBLIC))
    site: Site = app.extensions["guide"]()
    binder = Binder(site.library, site.settings, app.jinja_env, {}, 1_500_000_000)
    assets = {asset.path: asset.body for asset in site.library.assets.values()}
    for path, body in {**assets, **dict(binder.files())}.items():
        file = folder / (f"{path}index.html" if path.endswith("/") else path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    return folder


@dataclass(frozen=True)
class Letter:
    """A letter on a page: its size in points, where its line stands, and its left and right edges."""

    sign: str
    size: float
    line: float
    left: float
    right: float


def letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    """The letters of a page as they are drawn, scaled as the browser scaled them."""
    text = page.get_textpage()
    for number in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text.raw, number))
        if not sign.strip() or raw.FPDFText_IsGenerated(text.raw, number):
            continue
        matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetMatrix(text.raw, number, ctypes.byref(matrix))
        raw.FPDFText_GetCharOrigin(text.raw, number, ctypes.byref(x), ctypes.byref(y))
        left, _, right, _ = text.get_charbox(number)
        yield Letter(sign, raw.FPDFText_GetFontSize(text.raw, number) * abs(matrix.d), y.value, left, right)


def structure(node: pikepdf.Object) -> Iterator[tuple[str, str]]:
    """The tags of a PDF in the order in which they are read out, and the words for what cannot be."""
    if isinstance(node, pikepdf.Dictionary):
        yield str(node.get("/S", "")), str(node.get("/Alt", ""))
        inner = node.get("/K", [])
        for child in inner if isinstance(inner, pikepdf.Array) else [inner]:
            yield from structure(child)


def printed(browsers: Browsers, folder: Path, name: str, size: str, pdf: Path) -> Path:
    chromium = browsers.playwright.chromium
    browser = chromium.launch(**launch_options(chromium))
    print_booklet(browser, folder / f"booklets/{name}/index.html", size, pdf)
    browser.close()
    return pdf


ALL = [(name, size) for name in ("es", "en", "en-es") for size in ("A5", "A4")]
FEW = [("es", "A5"), ("en-es", "A4")]


@pytest.mark.parametrize(
    ("name", "size"), [*FEW, *(pytest.param(*one, marks=pytest.mark.matrix) for one in ALL if one not in FEW)]
)
def test_a_booklet_can_be_read_on_paper(browsers, bound, name, size, tmp_path):
    """Every letter has nine points or more, nothing is cut, no heading stands alone at the foot of a page, no page is
    empty, pages are numbered, drawings are there; the PDF tells its language, its title and its structure.
    """
    pdf = printed(browsers, bound, name, size, tmp_path / "booklet.pdf")

    small, cut, alone, unnumbered, empty, pictures = [], [], [], [], [], 0
    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
        for number, page in enumerate(document, start=1):
            width, _ = page.get_size()
            found = list(letters(page))
            small += [(number, one) for one in found if one.size < SMALLEST - 0.02]
            cut += [(number, one) for one in found if one.left < MARGIN or one.right > width - MARGIN]
            foot = "".join(one.sign for one in found if one.line < FOOT)
            unnumbered += [number] if foot != (str(number) if number > 1 else "") else []
            body = [one for one in found if one.line >= FOOT]
            empty += [] if body else [number]
            lowest = min((one.line for one in body), default=0)
            ending = [one.size for one in body if one.line - lowest < 1]
            alone += [number] if number > 1 and max(ending, default=0) > HEADING else []
            pictures += any(one.type == raw.FPDF_PAGEOBJ_PATH for one in page.get_objects())
    assert (small, cut, alone, unnumbered, empty) == ([], [], [], [], [])
    assert pictures >= 13
    assert size == "A4" or name == "en-es" or pages <= MOST
    with pikepdf.open(pdf) as document:
        assert document.Root.MarkInfo.Marked and "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang) == name[:2]
        assert str(document.docinfo["/Title"]).startswith("Medellín Lab 2017 · ")
        assert "/Outlines" in document.Root
        tags = list(structure(document.Root.StructTreeRoot))
    levels = [int(kind[2:]) for kind, _ in tags if re.fullmatch("/H[1-6]", kind)]
    assert levels.count(1) == 1 and max(levels) <= 4
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    drawings = [words for kind, words in tags if kind == "/Figure"]
    assert len(drawings) == 12 and all(drawings)


def test_whoever_has_no_address_is_told_what_to_do(browsers, frozen, tmp_path):
    """A build without a public address has no booklet to print."""
    with pytest.raises(SystemExit, match="there is no booklet in this build.*Write web_address"):
        list(print_all(browsers.playwright, frozen, tmp_path / "booklets"))

    assert not (tmp_path / "booklets").exists()


def test_every_booklet_of_a_build_becomes_a_pdf_on_both_sizes_of_paper(browsers, published, tmp_path):
    """What a host attaches to a release or takes to a printer."""
    found = [path.name for path in print_all(browsers.playwright, published, tmp_path / "booklets")]

    assert sorted(found) == sorted(path.name for path in (tmp_path / "booklets").iterdir())
    assert {name for name in found if name.startswith("harbour-lab-2017-en-es")} == {
        "harbour-lab-2017-en-es-a5.pdf", "harbour-lab-2017-en-es-a4.pdf",
    }  # fmt: skip
    assert len(found) == 6
