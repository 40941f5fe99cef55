"""site/pages.py and site/files.py: every kind of page is a row, every file of the build is in one list."""

import random

import pytest

from guide import create_app, serving
from guide.config import Settings
from guide.site.pages import KINDS, Address, kind_of
from guide.site.whitespace import trimmed


@pytest.fixture
def site(miniature):
    return create_app(Settings(paths=miniature)).extensions["guide"]()


def test_a_page_is_the_same_whichever_is_made_first(site, miniature):
    """A list of sources names the marks of other pages; no page depends on what was made before it."""
    order = random.Random(7).sample(site.addresses, len(site.addresses))
    other = create_app(Settings(paths=miniature)).extensions["guide"]()

    shuffled = {address: other.page(address) for address in order}

    assert {address: site.page(address) for address in site.addresses} == shuffled


def test_a_row_for_one_page_comes_before_the_row_of_its_kind():
    """The glossary has a template of its own; a page that has none gets the simple one."""
    assert kind_of(Address("es", "page", "glossary")).template == "glossary.html"
    assert kind_of(Address("es", "page", "about")).template == "page.html"


def test_an_unknown_kind_is_a_mistake():
    """No page is made of a kind that is not in the table."""
    with pytest.raises(LookupError, match="no kind of page is called 'hunt'"):
        kind_of(Address("es", "hunt", "1"))


def test_no_two_pages_have_one_path(site):
    """Whatever the kinds, every page has a place of its own."""
    paths = [address.path for address in site.addresses]

    assert sorted(paths) == sorted(set(paths))


def test_every_file_has_a_media_type_and_bytes(site):
    """What a route answers and a build writes is known for every file."""
    assert {path for path, file in site.files.items() if not (file.media_type and file.body())} == set()


def test_phones_save_what_a_reader_can_open(site):
    """Of the files of a site a phone leaves out those that only browsers, hosts and search engines ask for."""
    left_out = {path for path in site.files if not serving.is_saved(path)}

    assert {path for path in left_out if not path.startswith(("assets/icons/", "assets/css/booklet"))} == {
        "404.html", "robots.txt", "sw.js", "sw-retire.js",
    }  # fmt: skip
    assert len(left_out) == 9


def test_a_preview_leads_to_the_address_of_a_page(miniature):
    """Whoever types an address without its last slash gets the page."""
    answer = create_app(Settings(paths=miniature)).test_client().get("/es/sites/market")

    assert (answer.status_code, answer.location) == (302, "/es/sites/market/")


def test_every_kind_has_a_template():
    """A row names a template that is there."""
    templates = create_app(Settings()).jinja_env.list_templates()

    assert {kind.template for kind in KINDS} <= set(templates)


@pytest.mark.parametrize(
    ("html", "short"),
    [
        ("<ul>\n  <li>one</li>\n</ul>\n", "<ul><li>one</li></ul>"),
        ("<p>one\n  <b>two</b>\n  <b>three</b></p>", "<p>one\n<b>two</b>\n<b>three</b></p>"),
        ("<p>a</p>\ntext\n<p>b</p>", "<p>a</p>text<p>b</p>"),
        ('<div class="x">\n{% if a %}\n<p>', '<div class="x">{% if a %}<p>'),
    ],
)
def test_space_is_taken_only_where_it_means_nothing(html, short):
    """A break between words or beside an inline element is a space that readers see."""
    assert trimmed(html) == short
