"""Habits of this project that are easily lost."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from guide.model import days, edition, network, services
from guide.model import guide as model
from guide.model import sources as record

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted([*(ROOT / "static").rglob("*.js"), *(ROOT / "guide/kit").glob("*.js")])
STRINGS = re.compile(
    r"//[^\n]*|/\*.*?\*/|" + r'"((?:[^"\\\n]|\\.)*)"' + r"|'((?:[^'\\\n]|\\.)*)'" + r"|`((?:[^`\\]|\\.)*)`", re.DOTALL
)
DATACLASSES = [
    days.Day, days.Stop, model.Site, model.Fact, model.Lesson, model.Point, model.Group, model.Commitments,
    model.Page, model.News, model.ModelPart, model.Conclusion, model.Term,
    record.Source, record.RecordChapter, record.Item,
    edition.Contact, edition.HostStop, edition.HostDay, edition.Assembly,
    edition.Edition, model.Guide, network.Area, network.Line, network.Platform, network.Interchange,
    services.Service, network.Bus, network.BusStop, network.Place, network.Position, network.Approach, network.Instead,
    network.Advice,
]  # fmt: skip
FROM_FOLDERS = {
    "days", "sites", "lessons", "groups", "pages", "edition", "axes", "phases", "terms", "sources", "network",
    "changes", "items", "chapters", "conclusions",
}  # fmt: skip
FROM_FILE_NAME = {days.Day, model.Site, model.Lesson, model.Group, model.Page}


def strings_of(script):
    """The texts between quotation marks, without comments and without what `${…}` puts in."""
    for found in STRINGS.finditer(script):
        text = next((group for group in found.groups() if group), "")
        yield re.sub(r"\$\{[^}]*\}", "", text)


def is_sentence(text):
    """Whether a text has two words of a language in a row; a selector or a list of media types has not."""
    return re.search(r"[A-Za-zÀ-ÿ]{2,}[,.]? +[A-Za-zÀ-ÿ]{2,}", text) is not None and not re.search(r"[\[\]#=<>]", text)


def content_fields():
    """Every field that an author writes, and the class it belongs to."""
    for cls in DATACLASSES:
        for item in fields(cls):
            if cls is model.Guide and item.name in FROM_FOLDERS:
                continue
            if cls in FROM_FILE_NAME and item.name == "slug":
                continue
            yield cls.__name__, item.name


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_holds_words(path):
    """Sentences stand in the page, where they are translated."""
    found = [text for text in strings_of(path.read_text("utf-8")) if is_sentence(text)]

    assert found == ["use strict"] * len(found)


@pytest.mark.parametrize(("cls", "name"), sorted(set(content_fields())))
def test_every_content_field_is_named_in_contributing(cls, name):
    """Authors and hosts can read about each field that they may write."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

    assert re.search(rf"\b(?:{name}|{name.replace('_', '-')})\b", text), f"{cls}.{name} is not in CONTRIBUTING.md"


def test_a_pseudo_class_behind_a_space_names_its_element() -> None:
    """What takes the needless spaces out of style sheets takes that one too: "a :is(b)" would become "a:is(b)"."""
    sheets = sorted((ROOT / "static" / "css").glob("*.css"))

    lost = [(sheet.name, found) for sheet in sheets for found in re.findall(r"[\w\])] :[a-z-]+\(", sheet.read_text())]

    assert sheets and lost == []
