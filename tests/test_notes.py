"""Source marks on a page: numbers in reading order, notes that lead back."""

import pytest

from guide.content import loader
from guide.site.footnotes import Footnotes, by_heading


@pytest.fixture
def notes(miniature):
    return Footnotes(loader.load(miniature))


def test_a_mark_becomes_a_numbered_link_to_its_note(notes):
    """A reader sees a number, a screen reader hears what it is, and the first citation of an item is known."""
    html = notes.cite(("l-01", "logbook"))

    assert html == '<sup class="mark"><a href="#note-1" id="mark-1" aria-describedby="sources">1</a></sup>'
    assert notes.cited == {"l-01": 1, "logbook": 1}


def test_equal_sources_share_a_note(notes):
    """The same grounds get the same number; the first mark of a note has its number and cites its sources."""
    html = notes.cite(("logbook",)) + notes.cite(("l-01",)) + notes.cite(("logbook",))

    assert html.count('href="#note-1"') == 2
    assert html.count('href="#note-2"') == 1
    assert notes.cited == {"logbook": 1, "l-01": 2}
    assert [html.count(f'id="mark-{number}"') for number in (1, 2, 3)] == [1, 1, 0]
    assert [note.number for note in notes] == [1, 2]


def test_a_note_names_items_by_chapter_and_then_the_sources(notes):
    """Items of one chapter stand together, in the order of the record, with the chapter's printed pages."""
    notes.cite(("logbook", "l-06", "l-04", "l-03", "l-02", "l-01"))

    [note] = notes
    assert [(chapter.pages, [item.slug for item in items]) for chapter, items in note.items] == [
        ("3–9", ["l-01", "l-02", "l-03", "l-04", "l-06"])
    ]
    assert [source.slug for source in note.sources] == ["logbook"]


def test_a_page_without_marks_has_no_notes(notes):
    """Nothing is added where nothing is claimed."""
    assert notes.cite(()) == ""
    assert list(notes) == []


def test_the_record_is_listed_by_its_headings(miniature):
    """What follows one another under one heading stands together, with the letters of its part."""
    parts = by_heading(loader.load(miniature).items)

    assert [(part, [item.slug for item in items]) for part, items in parts] == [
        ("l", ["l-01", "l-02"]), ("l", ["l-03"]), ("l", ["l-04"]), ("l", ["l-05", "l-06"]),
    ]  # fmt: skip
