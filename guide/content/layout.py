"""Which file of `content/` holds which part of the guide."""

import re

from guide.model.days import Day
from guide.model.guide import Conclusion, Group, Lesson, ModelPart, News, Page, Phrase, Site, Term
from guide.model.network import Advice, Bus, Interchange, Line, Place
from guide.model.services import Service
from guide.model.sources import Item, RecordChapter, Source

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FOLDERS = {"days": Day, "sites": Site, "lessons": Lesson, "groups": Group, "pages": Page}
LISTS = {
    "axes": ("model.toml", ModelPart),
    "phases": ("model.toml", ModelPart),
    "conclusions": ("conclusions.toml", Conclusion),
    "terms": ("glossary.toml", Term),
    "sources": ("sources.toml", Source),
    "chapters": ("record.toml", RecordChapter),
    "items": ("record.toml", Item),
    "changes": ("changes.toml", News),
    "phrases": ("phrases.toml", Phrase),
}
NETWORK = {
    "lines": ("transit/lines.toml", Line),
    "interchanges": ("transit/interchanges.toml", Interchange),
    "services": ("transit/services.toml", Service),
    "buses": ("transit/buses.toml", Bus),
    "places": ("transit/places.toml", Place),
    "advice": ("transit/advice.toml", Advice),
}

AREA = "transit/lines.toml"
"""The file that also holds the area, in a table of its own."""

DIAGRAM = "model.toml"
"""The file that also holds the steps of the Model's diagram."""

PAGES = ("home", "lessons", "model", "groups", "getting-there", "glossary", "sources", "about", "offline", "not-found",
         "today", "search", "phrases")  # fmt: skip
"""The pages that every guide has; their templates and addresses depend on them."""


def file_of(trail: tuple[str, ...]) -> str:
    """The file that holds a part of the guide, named by the steps that lead to it: `("sites", "moravia", …)`."""
    match trail:
        case ("edition", *_):
            return "content/edition.toml"
        case (folder, slug, *_) if folder in FOLDERS:
            return f"content/{folder}/{slug}.md"
        case ("diagram", *_):
            return f"content/{DIAGRAM}"
        case ("network", "area", *_):
            return f"content/{AREA}"
        case ("network", listed, *_):
            return f"content/{NETWORK[listed][0]}"
        case (listed, *_) if listed in LISTS:
            return f"content/{LISTS[listed][0]}"
    return "content/guide.toml"


def place_of(trail: tuple[str, ...]) -> str:
    """The place of a text within its file, for people: its field, and in the host's file the day, stop or contact."""
    field = trail[-1].replace("_", "-")
    match trail:
        case ("edition", *steps, "groups", number):
            return ", ".join(filter(None, (".".join(steps), f"groups {number}")))
        case ("edition", "days", *steps, last):
            return f"days.{'.'.join(steps)}, {last}"
        case ("edition", "contacts", number, last):
            return f"contacts {number}, {last}"
        case ("edition", *_):
            return trail[-1]
    return field
