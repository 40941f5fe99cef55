"""The guide of another city: a town that does not exist, built from content of its own with no code changed."""

import json
import re
import shutil
from pathlib import Path

import pytest

from guide import create_app
from guide.config import Paths, Settings
from guide.content import loader
from guide.i18n import catalogs
from guide.publish import links
from guide.publish.build import build
from guide.site.library import DIRECTIONS
from tests import test_frozen, test_vnu
from tests.conftest import PUBLIC, ROOT

TAGS = ("en", "fr", "pt")
TEXTS = {".html", ".js", ".css", ".json", ".svg", ".xml", ".txt", ".conf", ".webmanifest", ".ics"}
GENERIC = [
    test_frozen.test_every_page_introduces_itself,
    test_frozen.test_headings_do_not_skip_a_level,
    test_frozen.test_no_page_holds_a_script_a_style_or_a_handler,
    test_frozen.test_nothing_is_loaded_from_elsewhere,
    test_frozen.test_every_source_mark_opens_a_note_that_leads_back,
    test_frozen.test_what_templates_put_together_reads_as_written,
]
"""Promises that hold for every page of any guide."""


def copied(folder: Path) -> Paths:
    """The second city below a folder: its content, catalogs and drawings, with the code's scripts and styles."""
    shutil.copytree(ROOT / "static", folder / "static", ignore=shutil.ignore_patterns("drawings"))
    shutil.copytree(ROOT / "tests" / "second_city", folder, dirs_exist_ok=True)
    return Paths(root=folder)


@pytest.fixture(scope="module")
def plain(once):
    """The second city, frozen for no address."""
    return once("second-plain", lambda to: build(create_app(Settings(paths=copied(to))), to / "build")) / "build"


@pytest.fixture(scope="module")
def addressed(once):
    """The second city, frozen for a public address in a sub-folder."""

    def make(to: Path) -> None:
        build(create_app(Settings(paths=copied(to), base_url=PUBLIC)), to / "build")

    return once("second-addressed", make) / "build"


@pytest.fixture(scope="module")
def html(plain):
    return {path.relative_to(plain).as_posix(): path.read_text("utf-8") for path in sorted(plain.rglob("*.html"))}


def names_of_medellin() -> set[str]:
    """The names that the real guide gives to lines' ends and stations, to sites, districts, cards and the city."""
    guide = loader.load(Paths())
    stations = {
        name for station in guide.network.stations.values() for name in (station.name, *station.platform.aliases)
    }
    sites = {name for site in guide.sites.values() for name in (site.name, site.official_name, site.district)}
    cities = {
        "Medellín",
        "Medellin",
        "Comuna",
        "Antioquia",
        "Aburrá",
        "Bogotá",
        "Bogota",
        "Colombia",
        "Cívica",
        "valley",
    }
    return stations | sites | cities


@pytest.mark.parametrize("fixture", ["plain", "addressed"])
def test_no_word_of_medellin_is_in_the_guide_of_another_city(request, fixture):
    """Not on a page, in a script or style, in the worker, in data or in the name of a file."""
    folder = request.getfixturevalue(fixture)
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names_of_medellin())))})(?!\w)")
    slugs = re.compile("|".join(map(re.escape, loader.load(Paths()).sites)))
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]

    found = {
        path.relative_to(folder).as_posix(): sorted(set(words.findall(path.read_text("utf-8"))))
        for path in files
        if path.suffix in TEXTS or path.name == "_headers"
    }

    assert {name: spoken for name, spoken in found.items() if spoken} == {}
    assert [path.name for path in files if slugs.search(path.name)] == []


@pytest.mark.parametrize("promise", GENERIC, ids=lambda promise: promise.__name__)
def test_what_holds_for_every_guide_holds_here(html, promise):
    """Pages of another city are as sound as those of the first."""
    promise(html)


@pytest.mark.parametrize("fixture", ["plain", "addressed"])
def test_every_reference_leads_to_a_file(request, fixture):
    """Nothing names what only the first city has."""
    assert list(links.faults(request.getfixturevalue(fixture))) == []


def test_the_checker_of_the_standard_finds_nothing_here_either(plain):
    """In French and Portuguese, with missing translations, one line and two days."""
    test_vnu.test_the_checker_of_the_standard_finds_nothing_on_any_page(plain)


def test_the_manifest_names_a_lost_page_for_each_language(plain):
    """What a phone shows where nothing is, in the languages that this guide has."""
    pointer = json.loads((plain / "offline/current.json").read_text("utf-8"))
    manifest = json.loads((plain / pointer["manifest"]).read_text("utf-8"))

    assert manifest["notFound"] == {tag: f"{tag}/404.html" for tag in TAGS}


def test_the_worker_speaks_the_languages_of_its_guide(plain):
    """When storage and network both fail, a reader sees one sentence in each of them under the guide's name."""
    worker = (plain / "sw.js").read_text("utf-8")

    assert "<title>Brumes</title>" in worker
    assert re.findall(r'<p lang="(\w+)">([^<`]+?)\s*(?=<|`)', worker) == [
        ("en", "No network, and this page is not on the phone."),
        ("fr", "Pas de réseau, et cette page n’est pas sur le téléphone."),
        ("pt", "Sem rede, e esta página não está no telemóvel."),
    ]


def test_the_notice_of_the_worker_can_hold_any_sign(tmp_path):
    """A name or a translation is data: it can't end the script's text."""
    paths = copied(tmp_path)
    guide, po = paths.content / "guide.toml", catalogs.po_path(paths, "fr")
    guide.write_text(guide.read_text("utf-8").replace('"Brumes"', "'`${x}\\'"), "utf-8")
    po.write_text(po.read_text("utf-8").replace("Pas de réseau, et", "Pas de `réseau`, et"), "utf-8")
    library = create_app(Settings(paths=paths, live=True)).test_client()

    worker = library.get("/sw.js").text

    assert worker.count("`") % 2 == 0 and "${x}" not in worker
    assert "&#96;réseau&#96;" in worker


def test_the_language_that_visitors_hear_is_the_content_s(html):
    """Addresses, signs and the card to show are French here, and French pages need no note on what everybody knows."""
    card = html["en/sites/gardens/way/index.html"]

    assert '<div lang="fr" dir="ltr" translate="no"><p>Bonjour. Où se trouve le jardin' in card
    assert '<bdi lang="fr" translate="no">Quai de la Digue 8</bdi>' in card
    assert "Good day. Where are the gardens?" in card
    assert "Good day. Where are the gardens?" not in html["fr/sites/gardens/way/index.html"]
    assert 'data-needless-heard="arrêt,à,au,de,du,la,le,les"' in card
    assert (
        '· <span lang="fr" translate="no">brume</span> · <span lang="it" translate="no">bruma</span>'
        in html["en/glossary/index.html"]
    )


def test_the_number_to_call_is_the_content_s(html):
    """At the foot of every page, in each language."""
    assert all('<a href="tel:112">' in text and "tel:123" not in text for name, text in html.items() if "/" in name)
    assert "Urgences : appelez le 112" in html["fr/index.html"]


def test_directions_begin_at_the_hub_of_the_content(plain, html):
    """Pages and script know the area of this guide and where its directions begin."""
    [path] = (plain / "assets").glob(f"{DIRECTIONS.removesuffix('.json')}.*.json")
    page = html["en/sites/signal-tower/way/index.html"]

    assert json.loads(path.read_text("utf-8"))["area"] == [-14.5, 47.0, 15_000]
    assert 'data-start="ferry-hall"' in page
    assert 'Hill tram, towards <bdi translate="no">Ville Haute</bdi>: 4 stations.' in page


def test_every_page_has_a_card_with_a_square_for_each_day(addressed):
    """The pictures for sharing show this city's drawings, or the sign where a thing has none."""
    cards = {path.name.partition(".")[0] for path in (addressed / "cards" / "fr").glob("*.png")}

    assert {"home", "day-1", "day-2", "site-gardens", "way-gardens", "page-model"} <= cards


def test_a_sixth_day_has_a_colour():
    """Up to nine days, each takes one of the colours of days, on screens as on cards."""
    style = (ROOT / "static/css/guide.css").read_text("utf-8")

    assert all(f'[data-day="{day}"]' in style for day in range(1, 10))
    assert not re.search(r"repeat\(5,", (ROOT / "static/css/media.css").read_text("utf-8"))


def test_a_slip_of_the_other_city_is_told_in_its_own_terms(tmp_path):
    """A position on the wrong side of the equator is outside, and the sentence says which sign is right here."""
    paths = copied(tmp_path)
    lines = paths.content / "transit/lines.toml"
    lines.write_text(lines.read_text("utf-8").replace("-14.48200", "14.48200"), "utf-8")

    text = create_app(Settings(paths=paths, live=True)).test_client().get("/en/").text

    assert "Ville Haute lies outside the area of the guide (14.482, 47.012). " in text
    assert "here the latitude is negative and the longitude positive." in text
