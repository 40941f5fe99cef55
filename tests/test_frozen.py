"""The frozen guide, questioned: the real content, frozen once."""

import gzip
import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from guide import create_app
from guide.config import Paths, Settings
from guide.headers import CONTENT_SECURITY_POLICY, PAGE
from guide.publish import links as references
from guide.publish import precache
from guide.publish.build import build
from guide.site.pages import Address, pages
from guide.transit.destinations import with_way
from tests.conftest import IN_BOTH, visited

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@pytest.fixture(scope="module")
def app():
    return create_app(Settings())


@pytest.fixture(scope="module")
def html(frozen):
    return {path.relative_to(frozen).as_posix(): path.read_text("utf-8") for path in sorted(frozen.rglob("*.html"))}


NOT_SAVED = re.compile(
    r"sw(-retire)?\.js|404\.html|robots\.txt|sitemap\.xml|_headers|(nginx|caddy)-headers\.conf|offline/.*|cards/.*"
    r"|assets/icons/(icon|maskable)-(192|512)\..*|booklets/.*|assets/css/booklet.*"
)
"""Files for which a phone has no use."""


def digest(folder: Path) -> dict[str, str]:
    """Every file of a folder and the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in precache.files(folder)
    }


class Outline(HTMLParser):
    """Collects what a page declares: tags, attributes, and whether tags are balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_files_are_the_pages_of_the_one_list(app, html):
    """Nothing is frozen that `pages()` does not name, and everything that it names."""
    with app.app_context():
        library = app.extensions["guide"]().library
    listed = {address.path for address in pages(library.source.guide, library.languages)}

    found = {name.removesuffix("index.html") for name in html}

    assert found == listed


def test_every_page_introduces_itself(html):
    """A page has a language, a title, a description, one h1 and the policy."""
    for name, text in html.items():
        outline = Outline(text)

        assert outline.open == [], name
        assert outline.all("html")[0]["lang"], name
        assert re.search(r"<title>[^<]+</title>", text), name
        assert len(outline.all("h1")) == 1, name
        metas = {meta.get("name") or meta.get("http-equiv"): meta.get("content") for meta in outline.all("meta")}
        assert metas["description"], name
        assert metas["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, name


def test_headings_do_not_skip_a_level(html):
    """A screen reader's list of headings is a tree."""
    for name, text in html.items():
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]

        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), name


def test_the_languages_have_the_same_pages_and_ids(html):
    """Switching language keeps the page and the heading, but for notes on words and the letters of the glossary."""

    def ids(tag: str) -> dict[str, list[str]]:
        own = {name[3:]: text for name, text in html.items() if name.startswith(f"{tag}/")}
        return {name: re.findall(r' id="((?!term-|letter-)[^"]+)"', text) for name, text in own.items()}

    assert ids("en") == ids("es")


FIRST_PACKETS = 14_336
"""What comes before a slow network has to answer again."""
OF_AN_ADDRESS = 270
"""What a public address adds to a page."""


def first_visits(folder: Path) -> dict[str, int]:
    """The bytes of every page with its style sheets, packed as hosts pack at once: gzip of a middle level.

    A booklet is one long page for those who ask for it.
    """

    def packed(path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), 6, mtime=0))

    pages = visited(folder)
    return {path.relative_to(folder).as_posix(): sum(map(packed, [path, *styles(folder, path)])) for path in pages}


def styles(folder: Path, page: Path) -> list[Path]:
    """The style sheets that hold a page up on a phone."""
    named = re.findall(r'<link rel="stylesheet" href="[^"]*(assets/css/[^"]+)"', page.read_text("utf-8"))
    return [folder / name for name in named]


def test_a_first_visit_to_any_page_fits_in_its_first_packets(frozen):
    """A page and its style sheets come in the first 14 KB, with room for what a public address adds."""
    sizes = first_visits(frozen)

    assert {name: size for name, size in sizes.items() if size > FIRST_PACKETS - OF_AN_ADDRESS} == {}


def without_rules(folder: Path) -> dict[str, set[str]]:
    """The classes of each page for which only style sheets of other pages have rules; booklets have their own."""
    sheets = [path for path in folder.glob("assets/css/*.css") if not path.name.startswith("booklet")]
    ruled = {path: set(re.findall(r"\.([a-z][\w-]*)", path.read_text())) for path in sheets}
    lacking = {}
    for page in visited(folder):
        html = page.read_text("utf-8")
        classes = {name for names in re.findall(r' class="([^"]*)"', html) for name in names.split()}
        own = set().union(*(ruled[folder / name] for name in re.findall(r'href="[^"]*(assets/css/[^"]+)"', html)))
        lacking[page.relative_to(folder).as_posix()] = classes & set().union(*ruled.values()) - own
    return {name: classes for name, classes in lacking.items() if classes}


def test_a_page_links_the_rules_of_all_its_classes(frozen, published):
    """Rules stand in the sheet of some kinds of pages; no page has a class of another kind."""
    assert without_rules(frozen) == without_rules(published) == {}


@IN_BOTH
def test_a_first_visit_to_a_published_page_fits_in_its_first_packets(published):
    """The same where the address is known."""
    assert {name: size for name, size in first_visits(published).items() if size > FIRST_PACKETS} == {}


def test_no_page_holds_a_script_a_style_or_a_handler(html):
    """The policy needs no exception."""
    for name, text in html.items():
        for tag, attributes in Outline(text).tags:
            assert not any(key == "style" or key.startswith("on") for key in attributes), name
            assert tag != "style", name
            assert tag != "script" or attributes["src"], name


def test_nothing_is_loaded_from_elsewhere(html):
    """A page asks no third party for anything."""
    for name, text in html.items():
        for tag, attributes in Outline(text).tags:
            loaded = attributes.get("src") or (attributes.get("href") if tag == "link" else None) or ""
            assert not re.match(r"[a-z]+:|//", loaded), f"{name}: {loaded}"


def test_the_build_is_whole(frozen):
    """Every link leads to a file and a heading, every script and style sheet bears a fingerprint."""
    assert list(references.faults(frozen)) == []


def test_the_manifest_names_every_saved_file_once_with_its_hash(frozen):
    """What a phone saves is what lies in the build, byte for byte."""
    pointer = json.loads((frozen / "offline/current.json").read_text())
    body = (frozen / pointer["manifest"]).read_bytes()
    manifest = json.loads(body)

    listed = {
        path if not path.endswith("/") and path else f"{path}index.html": row for path, row in manifest["files"].items()
    }

    assert (len(body), sha256(body).hexdigest()) == (pointer["bytes"], pointer["sha256"])
    assert manifest["headers"] == PAGE
    assert manifest["notFound"] == {"en": "en/404.html", "es": "es/404.html"}
    assert {name: row[0] for name, row in listed.items()} == {
        name: value for name, value in digest(frozen).items() if not NOT_SAVED.fullmatch(name)
    }


@pytest.fixture(params=["miniature", pytest.param("guide", marks=pytest.mark.matrix)])
def source(request, miniature):
    """What a guide is built from: the miniature, and in the long run of tests the real one too."""
    return Paths() if request.param == "guide" else miniature


ELSEWHERE = """
import json, sys
from pathlib import Path
from guide import create_app
from guide.config import Paths, Settings
from guide.publish.build import build
from guide.publish.publication import Published
root, target, pointer = sys.argv[1:]
build(create_app(Settings(paths=Paths(root=Path(root)))), Path(target), published=Published(json.loads(pointer)))
"""
"""Builds a guide, told what is published, in a process of its own."""


def test_the_same_source_gives_the_same_bytes_and_a_build_in_its_place_changes_nothing(source, tmp_path):
    """Readers download only what changed: where it is known what is published, a build holds no clock and no chance.

    Not even the order that another process has its sets in, nor a serial that grows while nothing changes.
    """
    target = tmp_path / "build"
    build(create_app(Settings(paths=source)), target)
    first = digest(target)
    command = [
        sys.executable,
        "-c",
        ELSEWHERE,
        source.root,
        tmp_path / "again",
        json.dumps(precache.read_pointer(target)),
    ]

    subprocess.run(command, cwd=Paths().root, env={**os.environ, "PYTHONHASHSEED": "7"}, check=True)
    build(create_app(Settings(paths=source)), target)

    assert digest(tmp_path / "again") == first
    assert digest(target) == first


def test_no_page_prints_its_revision(frozen, html):
    """A new revision does not change pages that did not change."""
    pointer = json.loads((frozen / "offline/current.json").read_text())

    assert not [name for name, text in html.items() if pointer["revision"] in text or str(pointer["serial"]) in text]


def test_every_page_offers_itself_in_the_other_language(html):
    """The switch is a link to the same page, in the language's own name."""
    for name, text in html.items():
        if not name.startswith(("en/", "es/")) or name.endswith("404.html"):
            continue
        links: dict[str, dict[str, str]] = {}
        for link in Outline(text).all("a"):
            if link.get("hreflang"):
                links.setdefault(link["hreflang"], link)

        other = {"en": "es", "es": "en"}[name[:2]]
        target = references.resolved(name, links[other]["href"])
        assert target == f"{other}{name[2:]}", name
        assert links[other]["lang"] == other


def test_with_a_public_address_pages_name_it(published):
    """Canonical, alternates and Open Graph are full addresses when the public address is known."""
    outline = Outline((published / "es/sites/market/index.html").read_text("utf-8"))

    canonical = [link["href"] for link in outline.all("link") if link["rel"] == "canonical"]
    alternates = {link["hreflang"]: link["href"] for link in outline.all("link") if link.get("hreflang")}
    properties = {meta["property"]: meta["content"] for meta in outline.all("meta") if "property" in meta}

    assert canonical == ["https://example.org/a/b/es/sites/market/"]
    assert alternates["en"] == "https://example.org/a/b/en/sites/market/"
    assert properties["og:url"] == "https://example.org/a/b/es/sites/market/"
    assert properties["og:locale"] == "es_CO"


def test_the_not_found_page_works_at_any_depth(published):
    """Its links start at the root of the guide, because a host answers with it at any address."""
    outline = Outline((published / "es/404.html").read_text("utf-8"))

    addresses = [
        attributes["href"] for tag, attributes in outline.tags if tag in ("a", "link") and "href" in attributes
    ]

    assert addresses
    elsewhere = {address for address in addresses if not address.startswith(("/a/b/", "#"))}
    assert elsewhere == {"", "tel:123", "tel:+576040000000"}  # the page itself, and whom to call


@IN_BOTH
def test_the_site_map_names_every_page_a_search_engine_should_know(published):
    """All pages of both languages but the ones that say that nothing is there, and booklets, which repeat the rest."""
    listed = set(re.findall(r"<loc>([^<]+)</loc>", (published / "sitemap.xml").read_text("utf-8")))

    found = {
        "https://example.org/a/b/" + path.relative_to(published).as_posix().removesuffix("index.html")
        for path in visited(published)
        if path.name != "404.html"
    }
    assert listed == found


def test_the_app_manifest_speaks_its_language(frozen):
    """Names, direction and start of the installed guide follow the language."""
    manifest = json.loads((frozen / "es/guide.webmanifest").read_text("utf-8"))

    icons = {icon["sizes"]: (frozen / "es" / icon["src"]).resolve() for icon in manifest["icons"]}

    assert (manifest["lang"], manifest["dir"], manifest["start_url"], manifest["scope"]) == ("es", "ltr", "./", "../")
    assert manifest["name"] == "Guía de campo del Medellín Lab"
    assert all(path.is_file() and path.is_relative_to(frozen.resolve()) for path in icons.values())


def test_the_icon_of_the_installed_guide_leads_to_its_main_pages(frozen, html):
    """A long press offers days, sites, getting there and what is saved, in words of the language."""
    manifest = json.loads((frozen / "es/guide.webmanifest").read_text("utf-8"))

    assert {entry["name"]: entry["url"] for entry in manifest["shortcuts"]} == {
        "Días": "./#days",
        "Sitios": "./#sites",
        "Cómo llegar": "getting-there/",
        "Guardada": "offline/",
    }
    assert all(f' id="{part}"' in html["es/index.html"] for part in ("days", "sites"))


@pytest.mark.parametrize(
    ("file", "side"), [("icon-192", 192), ("icon-512", 512), ("maskable-512", 512), ("touch-180", 180)]
)
def test_icons_have_the_size_they_claim(frozen, file, side):
    """A phone that asks for 192 pixels gets 192."""
    [path] = (frozen / "assets/icons").glob(f"{file}.*.png")

    header = path.read_bytes()[:24]

    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (side, side)


def test_an_address_knows_its_path_in_another_language():
    """The same page, the other language."""
    assert Address("en", "site", "moravia").in_language("es").path == "es/sites/moravia/"


def test_every_source_mark_opens_a_note_that_leads_back(html):
    """A reader gets from a statement to its source and back, on the same page, without a script."""
    for name, text in html.items():
        marks = re.findall(r'<a href="#(note-\d+)" id="(mark-\d+)"', text)
        notes = re.findall(r'<li id="(note-\d+)">.*?<a class="back" href="#(mark-\d+)"', text, re.DOTALL)

        first = dict(reversed(marks))
        assert dict(notes) == first, name


def test_every_item_of_the_record_stands_on_one_page_and_leads_to_where_it_is_told(app, html):
    """From the page of its day a reader gets to the statement, whose note leads back to the item, or to its section."""
    with app.app_context():
        guide = app.extensions["guide"]().library.content
    for tag in ("en", "es"):
        listed = {name: text for name, text in html.items() if name.startswith(f"{tag}/record/")}
        for item in guide.items:
            [(page, entry)] = [
                (name, entry)
                for name, text in listed.items()
                for entry in re.findall(rf'<li id="{item.slug}">(.*?)</li>', text, re.DOTALL)
            ]
            tellings = re.findall(r'href="([^"#]*)(?:#([\w-]+))?"', entry)

            assert page == f"{tag}/record/{item.day}/index.html"
            assert bool(tellings) != bool(item.left_out), item.slug
            for address, id in tellings:
                there = html[references.resolved(page, address)]
                if id.startswith("mark-"):
                    assert names(note_of(there, id.removeprefix("mark-")), item.slug), item.slug
                else:
                    assert not id or f'id="{id}"' in there, item.slug


def note_of(text: str, mark: str) -> str:
    """The note that a source mark opens."""
    [number] = re.findall(rf'href="#note-(\d+)" id="mark-{mark}"', text)
    [note] = re.findall(rf'<li id="note-{number}">(.*?)</li>', text, re.DOTALL)
    return note


def names(note: str, slug: str) -> bool:
    """Whether a note names an item."""
    return any(slug in named.split(",") for named in re.findall(r'data-entries="([^"]*)"', note))


def test_the_parts_of_the_record_and_the_lists_of_sources_follow_one_another(app, html):
    """The page of sources leads to every part; every later source stands in exactly one list."""
    with app.app_context():
        guide = app.extensions["guide"]().library.content
    for tag in ("en", "es"):
        page = f"{tag}/sources/index.html"
        linked = {references.resolved(page, address) for address in re.findall(r'<li><a href="([^"]*)"', html[page])}
        parts = chain(html, f"{tag}/record/0/index.html")
        lists = chain(html, f"{tag}/sources/a/index.html")

        assert parts == [f"{tag}/record/{number}/index.html" for number in range(len(guide.days) + 1)]
        assert linked >= {*parts, *lists}
        assert sorted(id for name in lists for id in re.findall(r'<li id="([^"]+)"', html[name])) == sorted(
            source.slug for source in guide.sources
        )


def test_a_page_of_directions_does_not_grow_with_the_number_of_sites(app, html):
    """No other way stands on it: the sites as starts are listed once, where the script finds them."""
    with app.app_context():
        sites = list(with_way(app.extensions["guide"]().library.source.guide))
    assert sum(path.endswith("/way/index.html") for path in html) == 2 * len(sites) > 0
    for path, page in html.items():
        if not (own := re.fullmatch(r"(\w+)/sites/(.+)/way/index.html", path)):
            continue
        ways = set(re.findall(r'href="[^"]*?([\w-]+)/way/', page))
        assert not ways - {own[2]}, path
        listed = urljoin(f"/{path}", re.search(r'data-sites="([^"]+)"', page)[1])
        names = re.findall(r'data-site="([^"]+)"', html[f"{listed[1:]}index.html"])
        assert names == sites, path


def test_every_lesson_theme_has_its_page_and_the_overview_leads_to_it(app, html):
    """In both languages a reader gets from the overview to every theme, and from each theme to the next."""
    with app.app_context():
        guide = app.extensions["guide"]().library.content
    for tag in ("en", "es"):
        overview = f"{tag}/lessons/index.html"
        themes = [f"{tag}/lessons/{slug}/index.html" for slug in guide.lessons]
        led_to = [
            references.resolved(overview, address)
            for links in re.findall(r'<ul class="links">(.*?)</ul>', html[overview], re.DOTALL)
            for address in re.findall(r'href="([^"]*)"', links)
        ]

        assert led_to == themes
        assert chain(html, themes[0]) == themes
        for name, lesson in zip(themes, guide.lessons.values(), strict=True):
            assert html[name].count('class="learned"') == len(lesson.points), name


def chain(html: dict[str, str], name: str) -> list[str]:
    """The pages that follow one another from a page on, each of which leads back to the one before."""
    found = [name]
    while following := re.findall(r'rel="next" href="([^"]*)"', html[found[-1]]):
        before, after = found[-1], references.resolved(found[-1], following[0])
        [back] = re.findall(r'rel="prev" href="([^"]*)"', html[after])
        assert references.resolved(after, back) == before
        found.append(after)
    return found


def test_drawings_are_small_and_hold_no_words(frozen):
    """A drawing costs little, needs no translation and runs nothing; those of the days are in one more file."""
    drawings = sorted((frozen / "assets/drawings").glob("*.svg"))

    assert len(drawings) == 12 + 1
    for path in drawings:
        text = path.read_text("utf-8")
        assert len(gzip.compress(text.encode())) < 6_000, path.name
        assert not re.search(r"<(text|script|style|image|foreignObject)|\son\w+=|href|style=", text), path.name


def test_days_and_sites_show_their_drawing_with_words_for_it(html):
    """Whoever does not see a drawing reads what it shows."""
    for name, text in html.items():
        if re.match(r"(en|es)/(days|sites)/[^/]+/index", name):
            [image] = Outline(text).all("img")

            assert image["alt"] and image["width"] == "640" and image["height"] == "300", name


def test_a_timeline_is_a_list(html):
    """A screen reader counts the events of a site."""
    for name, text in html.items():
        if re.match(r"(en|es)/sites/[^/]+/index", name):
            [timeline] = re.findall(r'<ol class="timeline">(.*?)</ol>', text, re.DOTALL)

            assert timeline.count("<li>") >= 6, name


def texts(text: str, tags: str) -> list[str]:
    """The words of all elements of some kinds, without the glossary notes inside them."""
    text = re.sub(r'<span class="term__note".*?</span>', "", text, flags=re.DOTALL)
    found = re.findall(rf"<(?P<tag>{tags})\b[^>]*>(.*?)</(?P=tag)>", text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", part).split()) for _, part in found]


def test_what_templates_put_together_reads_as_written(html):
    """Brackets keep their space, and a time that ends in a full stop gets no second one."""
    for name, text in html.items():
        clinging = [part for part in texts(text, "li|p|dd") if re.search(r"\w\(|(?<!\.)\.\.(?!\.)", part)]

        assert not clinging, name


def test_every_link_says_where_it_leads(html):
    """No link is empty or stops after its colon; one with a drawing alone is labelled."""
    for name, text in html.items():
        worded = re.sub(r'<a [^>]*aria-label="[^"]+[^:]"[^>]*>', "<a>Labelled ", text)
        assert not [part for part in texts(worded, "a") if not part or part.endswith(":")], name
