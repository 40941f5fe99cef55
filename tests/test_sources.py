"""What every statement rests on: coverage of the record, figures with sources, sources with a use."""

import re
import shutil

import pytest

from guide.config import Paths
from guide.content import loader
from guide.content.checks import sources
from guide.content.checks.sources import needs_source
from guide.content.statements import Statement


def test_an_item_that_no_block_tells_is_named(edit, problems):
    """Nothing of the record gets lost without a word."""
    edit("content/days/2.md", "menders. [^l-03]", "menders.")

    assert problems() == [
        "content/record.toml: items: no block tells item l-03 (Mending, activity). "
        "Tell it and write [^l-03], or give left_out."
    ]


def test_an_item_may_be_left_out_with_a_reason(miniature):
    """What is not worth telling says why."""
    guide = loader.load(miniature)

    assert [item.slug for item in guide.items if item.left_out] == ["l-06"]
    assert "l-06" not in sources.told(guide)
    assert list(sources.check_sources(guide)) == []


def test_an_unknown_source_is_named_with_its_file(edit, problems):
    """A slip in a slug is found where it was made."""
    edit("content/sites/market.md", "from the station. [^logbook]", "from the station. [^logbok]")

    assert problems() == [
        'content/sites/market.md: getting-there, "Walk along the quay for 12.5 minutes fro…": '
        'there is no source "logbok". Did you mean "logbook"?'
    ]


def test_a_source_that_nobody_uses_is_named(miniature, problems):
    """The list of sources holds only what the guide rests on."""
    with (miniature.content / "sources.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[sources]]\nslug = "atlas"\npublisher = "Office"\nabout = "An atlas"\n')

    assert problems() == [
        'content/sources.toml: sources: nothing rests on "atlas". Name it where it belongs, or remove it.'
    ]


def test_a_figure_without_a_source_is_named(edit, problems):
    """A number that nobody vouches for does not go out."""
    edit("content/sites/market.md", "nobody may touch. [^l-04]", "nobody may touch.")

    assert problems()[-1] == (
        'content/sites/market.md: saw, "The Lab saw **120 stalls** and the scale…": '
        "a figure without a source. Name it at the end of the block: [^slug]."
    )


FIGURES = [
    # where, what it says, whether it needs a source
    (("sites", "moravia", "story"), "About 17,000 people lived there.", True),
    (("sites", "moravia", "facts", "1", "text"), "Open from 9:00.", True),
    (("sites", "moravia", "story"), "No one knows how many.", False),
    (("sites", "moravia", "story"), "On Day 3 the Lab came to Comuna 4 by Line 1.", False),
    (("days", "2", "story"), "Days 2 and 3 led to Zone 4.", False),
    (("about", "", "body"), "The network 100 Resilient Cities took part.", False),
    (("days", "2", "story"), "See [the day](day:2).", False),
    (("sites", "moravia", "title"), "Moravia in 2017", False),
    (("sites", "moravia", "summary"), "Moved in 2013.", False),
    (("pages", "offline", "body"), "Wait 10 seconds.", False),
    (("pages", "about", "body"), "It took 5 days in all.", True),
    (("changes", "0", "text"), "The dates of 2027, and 24 places more.", False),
]


@pytest.mark.parametrize(("trail", "text", "wanted"), FIGURES)
def test_figures_need_a_source_but_names_do_not(trail, text, wanted):
    """Numbers in names, titles and on pages about the guide itself vouch for nothing."""
    assert needs_source(Statement(trail, text, ()), ("Comuna", "Zone", "100 Resilient Cities")) is wanted


def test_a_hosts_words_hold_no_source_marks(edit, problems):
    """They have no page of notes: a mark there is refused with a remedy, before anything is built."""
    edit("content/edition.toml", "Welcome to the harbour.", "Welcome to the harbour. [^logbook]")

    assert [found for found in problems() if "edition.toml" in found] == [
        'content/edition.toml: greeting, "Welcome to the harbour.…": a source mark in a host\'s words. '
        "Remove [^…]: what a host says needs none."
    ]


def test_a_place_that_tells_an_item_is_listed_once(miniature):
    """The page of sources links to each page once, in the order of the guide."""
    places = sources.told(loader.load(miniature))

    assert [place[:2] for place in places["l-05"]] == [("sites", "market")]
    assert [place[:2] for place in places["logbook"]] == [
        ("pages", "getting-there"),
        ("ways", "lighthouse"),
        ("days", "1"),
        ("sites", "market"),
        ("pages", "model"),
        ("ways", "market"),
    ]


def test_the_record_is_told_whole():
    """Every item of the real record is told or left out with a reason; every figure has a source."""
    guide = loader.load(Paths())

    assert len(guide.items) == 269
    assert sum(1 for item in guide.items if item.left_out) <= 15
    assert list(sources.check_sources(guide)) == []


@pytest.mark.parametrize("slug", ["in-14", "d1-06", "d2-11", "d3-42", "d4-25", "d1-20", "g6-05", "co-08"])
def test_without_a_block_the_items_that_it_alone_told_are_named(slug, tmp_path):
    """Whoever deletes a block of the real guide reads which items of the record are gone."""
    shutil.copytree(Paths().content, tmp_path / "content")
    files = sorted((tmp_path / "content").rglob("*.*"))
    guide = loader.load(Paths())
    statements = [statement for statement in sources.statements(guide) if slug in statement.rests_on]

    for file in files:
        text = file.read_text("utf-8")
        for statement in statements:
            marks = r" \[\^" + " ".join(f"-?{name}" for name in statement.rests_on) + r"\]"
            text = re.sub(marks, "", text)
        file.write_text(text, "utf-8")
    missed = {
        problem.what.split()[4]
        for problem in sources.check_sources(loader.load(Paths(root=tmp_path)))
        if problem.what.startswith("no block tells item")
    }

    dropped = {statement.rests_on for statement in statements}
    left = {
        item
        for statement in sources.statements(guide)
        if statement.rests_on not in dropped
        for item in statement.rests_on
    }
    items = {item.slug for item in guide.items}
    assert slug in missed
    assert missed == {item for rests_on in dropped for item in rests_on if item in items} - left


def test_the_summary_counts(miniature):
    """`make check` says in one line how much of the record is told."""
    assert sources.summary(loader.load(miniature)) == (
        "6 of 6 items of the record told (1 left out with a reason); 0 statements with figures lack a source"
    )
