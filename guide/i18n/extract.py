"""The messages of the guide: its content, by the walk that also translates, and its templates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract

from guide.content.layout import file_of
from guide.i18n import lint
from guide.i18n.po import Entry, Key
from guide.model.guide import Guide
from guide.text.markdown import has_words
from guide.text.walk import Slot, walk

_HERE = Path(__file__).parent.parent
_KEYWORDS = {"gettext": None, "ngettext": (1, 2), "_": None, "_n": (1, 2), "N_": None}


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """A message at one of the places where it stands."""

    id: str
    """The source text."""
    file: str
    """Where it stands, from the root of the project."""
    plural_id: str | None = None
    """The source text for more than one, where the message depends on a number."""
    context: str | None = None
    """What tells it from a message with the same source text."""
    comment: str = ""
    """What a translator should know about it."""

    @property
    def key(self) -> Key:
        """What the message is looked up by."""
        return self.context, self.id


def occurrences(guide: Guide) -> list[Occurrence]:
    """Every place of every message: those of the templates, then those of the content in the order of its files."""
    return [*_of_templates(), *sorted(_of_content(guide), key=lambda occurrence: occurrence.file)]


def template(places: Iterable[Occurrence]) -> tuple[Entry, ...]:
    """The entries of the POT: every message once, with the files it stands in and the comments for translators."""
    messages: dict[Key, list[Occurrence]] = {}
    for place in places:
        messages.setdefault(place.key, []).append(place)
    return tuple(map(_entry, messages.values()))


def _entry(places: list[Occurrence]) -> Entry:
    plural_id = next((place.plural_id for place in places if place.plural_id is not None), None)
    return Entry(
        id=places[0].id,
        plural_id=plural_id,
        context=places[0].context,
        strings=("",) if plural_id is None else ("", ""),
        flags=frozenset({"python-brace-format"} if any(map(_has_braces, places)) else ()),
        references=tuple(dict.fromkeys(place.file for place in places)),
        extracted_comments=tuple(dict.fromkeys(place.comment for place in places if place.comment)),
    )


def _has_braces(place: Occurrence) -> bool:
    """Whether scripts fill in what stands in braces; content is never a format."""
    texts = f"{place.id}{place.plural_id or ''}"
    return not place.file.startswith("content/") and any("{" in name for name in lint.placeholders(texts))


def _of_content(guide: Guide) -> Iterator[Occurrence]:
    places: list[Occurrence] = []

    def visit(text: str, slot: Slot) -> str:
        file = file_of(slot.trail)
        comment = slot.comment or slot.trail[-1].replace("_", " ")
        places.extend(
            Occurrence(id=message, file=file, context=slot.context, comment=comment)
            for message in slot.skeleton(text).messages
            if has_words(message)
        )
        return text

    walk(guide, visit)
    return iter(places)


@cache
def _of_templates() -> tuple[Occurrence, ...]:
    """Messages of the templates and of the few modules that name one with `N_`; these files stay while they run."""
    return tuple(_read_templates())


def _read_templates() -> Iterator[Occurrence]:
    for path in sorted([*_HERE.rglob("*.html"), *_HERE.rglob("*.py")]):
        body = path.read_bytes()
        if path.suffix == ".py" and b"N_(" not in body:
            continue
        method = "jinja2.ext:babel_extract" if path.suffix == ".html" else "python"
        options = {"trimmed": "true", "silent": "false"}
        calls = extract(method, BytesIO(body), _KEYWORDS, ["Translators:"], options)
        for _, ids, comments, context in calls:
            singular, plural = (ids[0], ids[1]) if isinstance(ids, tuple) else (ids, None)
            yield Occurrence(
                id=singular,
                file=f"guide/{path.relative_to(_HERE).as_posix()}",
                plural_id=plural,
                context=context,
                comment=" ".join(comments).removeprefix("Translators:").strip(),
            )
