"""The generated guides that speed is measured on are guides like any other."""

from bench import generate
from guide.config import Paths, Settings
from guide.site import library
from tests.paper import on_paper


def test_a_generated_guide_is_whole_and_translated(tmp_path):
    """Every check of a real build is on while it is measured."""
    generate(tmp_path, 2)

    made = library.load(Settings(paths=Paths(root=tmp_path)))

    assert {"place-0", "place-1"} <= made.source.guide.sites.keys()
    story = on_paper(made.languages["es"].guide.sites["place-1"].story)
    assert story.startswith("<p>In section story, paragraph 0, site 1: ")
    assert 'data-state="missing"' not in story
