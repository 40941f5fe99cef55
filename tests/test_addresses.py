"""site/pages.py and site/urls.py: where every page lies."""

import pytest

from guide.content import loader
from guide.site.pages import Address, kind_of, pages, path_of
from guide.site.urls import relative

PATHS = [
    (("", "choose", ""), ""),
    (("", "lost", ""), "404.html"),
    (("es", "home", ""), "es/"),
    (("es", "not-found", ""), "es/404.html"),
    (("es", "day", "1"), "es/days/1/"),
    (("pt-BR", "site", "moravia"), "pt-BR/sites/moravia/"),
    (("es", "way", "moravia"), "es/sites/moravia/way/"),
    (("es", "page", "about"), "es/about/"),
    (("es", "page", "home"), "es/"),
    (("es", "lesson", "tides"), "es/lessons/tides/"),
    (("es", "record", "0"), "es/record/0/"),
    (("es", "sources", "a"), "es/sources/a/"),
    (("es", "group", "menders"), "es/groups/#menders"),
]


@pytest.mark.parametrize(("steps", "path"), PATHS)
def test_every_kind_of_page_has_its_place(steps, path):
    """Language, kind and slug make the path."""
    found = path_of(*steps)

    assert found == path


def test_an_unknown_kind_is_a_mistake_in_the_code():
    """No page is put anywhere by accident."""
    with pytest.raises(ValueError, match="no kind of page is called 'stop'"):
        path_of("es", "stop", "x")


RELATIVE = [
    # here, there, the address
    ("", "es/", "es/"),
    ("", "", "./"),
    ("es/", "", "../"),
    ("es/", "es/", "./"),
    ("es/", "en/", "../en/"),
    ("es/", "es/days/1/", "days/1/"),
    ("es/days/1/", "es/days/1/", "./"),
    ("es/days/1/", "es/days/2/", "../2/"),
    ("es/days/1/", "es/sites/moravia/", "../../sites/moravia/"),
    ("es/days/1/", "en/days/1/", "../../../en/days/1/"),
    ("es/days/1/", "assets/css/guide.css", "../../../assets/css/guide.css"),
    ("es/groups/", "es/groups/#menders", "#menders"),
    ("es/days/1/", "es/groups/#menders", "../../groups/#menders"),
    ("es/guide.webmanifest", "es/", "./"),
    ("es/guide.webmanifest", "", "../"),
    ("es/404.html", "es/days/1/", "days/1/"),
]


@pytest.mark.parametrize(("here", "there", "address"), RELATIVE)
def test_pages_name_each_other_by_the_shortest_way(here, there, address):
    """The same build works at any depth of any host."""
    found = relative(here, there)

    assert found == address


def test_one_list_names_every_page_of_every_language(miniature):
    """The build, the sitemap and the tests read the same list."""
    paths = [address.path for address in pages(loader.load(miniature), ["en", "es"])]

    assert paths == [
        "",
        "404.html",
        *(
            f"{tag}/{path}"
            for tag in ("en", "es")
            for path in (
                "", "days/1/", "days/2/", "sites/market/", "sites/lighthouse/", "sites/market/way/",
                "sites/lighthouse/way/", "lessons/tides/", "about/", "today/", "search/", "phrases/", "getting-there/",
                "groups/", "lessons/", "model/", "glossary/", "sources/", "offline/", "record/0/", "record/1/",
                "record/2/", "sources/h/", "404.html",
            )
        ),
    ]  # fmt: skip


def test_a_page_has_the_same_place_in_another_language():
    """Only the first step of the path changes."""
    address = Address("es", "site", "moravia").in_language("pt-BR")

    assert address.path == "pt-BR/sites/moravia/"


@pytest.mark.parametrize(("kind", "listed"), [("home", True), ("day", True), ("lost", False), ("not-found", False)])
def test_search_engines_are_not_sent_to_pages_that_say_no(kind, listed):
    """The pages for what is not found are found by nobody."""
    found = kind_of(Address("es", kind)).listed

    assert found is listed
