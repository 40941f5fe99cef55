"""cache.py and site/reading.py: what a build takes from earlier ones is what it would make anew."""

import os
import shutil
import time

import pytest

from guide import create_app
from guide.cache import Cache, key, program
from guide.config import Settings
from guide.i18n import catalogs, lint
from guide.site import cards
from guide.site.pages import Address
from guide.site.reading import Watched, digest, noting
from guide.site.whitespace import trimmed
from tests.conftest import PUBLIC, ROOT

MARKET, ABOUT, EDITION = "content/sites/market.md", "content/pages/about.md", "content/edition.toml"
PO = "translations/es/LC_MESSAGES/messages.po"

EDITS = {
    "nothing": [],
    "a paragraph": [(MARKET, "The market burned down once", "The market burned down twice")],
    "a citation": [(MARKET, "on the floor.\n", "on the floor. [^l-04]\n")],
    "a link": [(MARKET, "Ask who sweeps", "Ask at [the lighthouse](site:lighthouse) who sweeps")],
    "the name of a site": [(MARKET, 'name = "Market"', 'name = "Fish Market"')],
    "the title of a page": [(ABOUT, "About the harbour", "On the harbour")],
    "a day": [("content/days/1.md", "17,000 ships", "18,000 ships")],
    "a term": [("content/glossary.toml", "A light that shows", "A lamp that shows")],
    "the edition": [(EDITION, "Harbour Lab 2017", "Harbour Lab of 2017")],
    "a contact": [(EDITION, "604 000 0000", "604 000 0001")],
    "a meeting point": [(EDITION, 'time = "16:00"', 'time = "16:00"\nlatitude = 6.255\nlongitude = -75.565')],
    "a station": [("content/transit/lines.toml", 'name = "Gate", latitude = 6.24', 'name = "Gate", latitude = 6.241')],
    "an item": [("content/record.toml", "The market sold fish.", "The market sold much fish.")],
    "a translation of content": [(PO, 'msgstr "Mercado"', 'msgstr "El mercado"')],
    "a translation of the interface": [(PO, 'msgid "Days"\nmsgstr "Días"', 'msgid "Days"\nmsgstr "Jornadas"')],
    "a byte of style": [("static/css/guide.css", "/*", "body { margin: 1px }\n/*")],
    "a drawing": [("static/icons/icon.svg", "<svg ", '<svg data-x="1" ')],
}
"""An edit, and what it replaces in which file, where it stands first."""


def made(paths, cache, address=""):
    """Every file of a site, and how many pages were taken from the cache."""
    site = create_app(Settings(paths=paths, base_url=address)).extensions["guide"]()
    with site.building(cache):
        files = {path: file.body() for path, file in site.files.items()}
    return files, site.reused


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


@pytest.mark.parametrize("edit", EDITS)
def test_a_build_with_kept_pages_is_the_same_as_one_without(miniature, cache, edit):
    """Whatever is edited: every file has the bytes that a build from nothing gives it."""
    made(miniature, cache)
    for name, old, new in EDITS[edit]:
        text = (miniature.root / name).read_text("utf-8")
        assert old in text
        (miniature.root / name).write_text(text.replace(old, new, 1), "utf-8")

    again, _ = made(miniature, cache)

    assert again == made(miniature, Cache())[0]


def test_a_site_that_goes_leaves_no_trace(miniature, cache):
    """A page that named what is no more is made anew."""
    made(miniature, cache)
    shutil.copy(miniature.root / MARKET, miniature.root / "content/sites/shed.md")
    with_shed, _ = made(miniature, cache)
    (miniature.root / "content/sites/shed.md").unlink()

    again, _ = made(miniature, cache)

    assert with_shed != again == made(miniature, Cache())[0]


def test_an_edit_makes_few_pages_anew(miniature, cache):
    """The pages that do not show a paragraph are taken as they were made."""
    made(miniature, cache)
    path = miniature.root / MARKET
    path.write_text(path.read_text("utf-8").replace("Photograph no", "Draw no"), "utf-8")

    again, reused = made(miniature, cache)

    pages = [path for path in again if path.endswith(("/", ".html")) or not path]
    assert len(pages) - reused <= 4


def test_a_picture_is_drawn_once(miniature, cache):
    """A build after an edit takes the cards of earlier builds, and has the same bytes as one that draws all."""
    first, _ = made(miniature, cache, PUBLIC)
    path = miniature.root / MARKET
    path.write_text(path.read_text("utf-8").replace("burned down once", "burned down twice"), "utf-8")
    cards.raster.cache_clear()

    again, _ = made(miniature, cache, PUBLIC)

    assert cards.raster.cache_info().misses == 0
    assert again == made(miniature, Cache(), PUBLIC)[0]
    assert {path for path in first if path.startswith("cards/")} == {
        path for path in again if path.startswith("cards/")
    }


def test_a_sound_translation_is_compared_once(miniature, cache, edit):
    """The strings of a catalog are looked at when they change, and a fault is met again each time."""
    catalogs.read(miniature, "es", cache)
    lint._compared.cache_clear()

    assert catalogs.read(miniature, "es", cache)[1] == []
    assert lint._compared.cache_info().misses == 0
    edit(PO, 'msgstr "Mercado"', 'msgstr "<Mercado>"')
    assert len(catalogs.read(miniature, "es", cache)[1]) == 2 == len(catalogs.read(miniature, "es", cache)[1])
    assert lint._compared.cache_info().misses == 1


def test_a_damaged_entry_is_made_anew(miniature, cache):
    """Half a file, or a changed byte, is no page."""
    first, _ = made(miniature, cache)
    for number, path in enumerate(sorted((miniature.root / "cache").iterdir())):
        body = path.read_bytes()
        path.write_bytes(body[: len(body) // 2] if number % 2 else body[:-1] + bytes([body[-1] ^ 1]))

    again, reused = made(miniature, cache)

    assert (again, reused) == (first, 0)


def test_a_folder_that_can_not_be_written_costs_only_time(miniature):
    """The build is whole, and one sentence says why the next one will not be faster."""
    (miniature.root / "file").write_text("")
    cache = Cache(miniature.root / "file" / "cache")

    again, reused = made(miniature, cache)

    assert (again, reused) == (made(miniature, Cache())[0], 0)
    assert (
        cache.trouble
        == f"{miniature.root}/file/cache: Not a directory. Nothing is kept for the next build, which takes longer."
    )


def test_what_the_last_builds_did_not_use_goes(tmp_path):
    """The folder does not grow for ever; what a running build may have made just now stays."""
    folder = tmp_path / "cache"
    old, young = key("old"), key("young")
    for name in (old, young):
        Cache(folder).put(name, b"body")
    for path in folder.iterdir():
        os.utime(path, (time.time() - 7200,) * 2)
    Cache(folder).put(young, b"body")

    for _ in range(4):
        cache = Cache(folder)
        assert cache.get(key("used")) or not cache.put(key("used"), b"body")
        cache.finish()

    names = {path.name for path in folder.iterdir()}
    assert {name for name in names if not name.startswith("used-")} == {young, key("used")}


def test_a_change_of_the_program_makes_everything_anew(tmp_path):
    """Modules, templates and fonts belong to what pages are made from."""
    shutil.copytree(ROOT / "guide", tmp_path / "guide", ignore=shutil.ignore_patterns("__pycache__"))
    before = program(tmp_path / "guide")
    shutil.copytree(tmp_path / "guide", tmp_path / "other")
    path = tmp_path / "other/templates/way.html"
    path.write_text(path.read_text("utf-8") + "<!-- -->", "utf-8")

    assert program(tmp_path / "other") != before == program(ROOT / "guide")


def test_a_page_notes_what_it_reads(miniature):
    """Each field of a thing on its own, keys as a whole, and also what is not there."""
    guide = create_app(Settings(paths=miniature)).extensions["guide"]().library.languages["es"].guide

    with noting() as names:
        assert guide.sites["market"].name and "pier" not in guide.sites and list(guide.lessons)

    assert list(names) == [
        ("es", "sites", "market"), ("es", "sites", "market", "name"), ("es", "sites", "pier"), ("es", "lessons"),
    ]  # fmt: skip


def test_no_value_is_taken_for_another():
    """What has no digest of its own is refused, so that no difference is missed."""
    different = ["1", 1, None, b"1", ("1",), ["1", "1"], {"1": "1"}, Address("1", "1")]

    assert len({digest(value) for value in different}) == len(different)
    with pytest.raises(TypeError, match="no digest"):
        digest(trimmed)


def test_a_mapping_says_what_a_read_now_finds():
    """By key, and as a list of keys."""
    watched = Watched(("es", "letters"), {"a": 1})

    assert (watched.state(("a",)), watched.state(())) == (1, ["a"])
    with pytest.raises(LookupError):
        watched.state(("b",))
