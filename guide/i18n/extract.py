"""The messages of the guide: its content, by the walk that also translates, and its templates."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.extract import extract as extract_from

from guide.content.layout import file_of
from guide.i18n.catalogs import Key
from guide.model.guide import Guide
from guide.text.markdown import has_words
from guide.text.walk import Slot, walk

_HERE = Path(__file__).parent.parent
_KEYWORDS = {"gettext": None, "ngettext": (1, 2), "_": None, "_n": (1, 2), "N_": None}


@dataclass(frozen=True)
class Message:
    """A message where it was found. `plural` is empty for most."""

    text: str
    file: str
    plural: str = ""
    context: str | None = None
    note: str = ""

    @property
    def key(self) -> Key:
        return self.context, self.text


def messages(guide: Guide) -> list[Message]:
    """Every message, in the order of the files."""
    return [*_of_templates(), *sorted(_of_content(guide), key=lambda message: message.file)]


def template(found: list[Message], project: str = "field guide") -> BabelCatalog:
    """The POT: every message once, with the files it stands in and the notes for translators.

    `project` is what its header calls the guide.
    """
    pot = BabelCatalog(fuzzy=False, project=project)
    for message in found:
        ids = (message.text, message.plural) if message.plural else message.text
        notes = [message.note] if message.note else []
        entry = pot.add(ids, locations=[(message.file, 1)], auto_comments=notes, context=message.context)
        if message.file.startswith("content/"):
            entry.flags.discard("python-format")
    return pot


def _of_content(guide: Guide) -> Iterator[Message]:
    found: list[Message] = []

    def visit(text: str, slot: Slot) -> str:
        texts = slot.skeleton(text).messages
        file = file_of(slot.trail)
        note = slot.note or slot.trail[-1].replace("_", " ")
        found.extend(Message(message, file, context=slot.context, note=note) for message in texts if has_words(message))
        return text

    walk(guide, visit)
    return iter(found)


def _of_templates() -> Iterator[Message]:
    """Messages of the templates and of the few modules that name one with `N_`."""
    for path in sorted([*_HERE.rglob("*.html"), *_HERE.rglob("*.py")]):
        method = "jinja2.ext:babel_extract" if path.suffix == ".html" else "python"
        options = {"trimmed": "true", "silent": "false"}
        rows = extract_from(method, BytesIO(path.read_bytes()), _KEYWORDS, ["Translators:"], options)
        for _, ids, comments, context in rows:
            text, plural = (ids[0], ids[1]) if isinstance(ids, tuple) else (ids, "")
            note = " ".join(comments).removeprefix("Translators:").strip()
            yield Message(text, f"guide/{path.relative_to(_HERE).as_posix()}", plural, context, note)
