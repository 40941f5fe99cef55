"""Guide + catalog → Guide in the reader's language.

`walk` visits every translated text of a guide. Extraction and translation both use it, so what is visible can be
translated, and the other way round.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from markupsafe import Markup, escape

from guide.catalogs import Catalog, State
from guide.config import SOURCE_LOCALE
from guide.markdown import THINGS, Message, Skeleton, line, parse, reference, split
from guide.markers import Note, Translated
from guide.model import Guide
from guide.tables import types_of

T = TypeVar("T")


def N_(message: str) -> str:
    """Names a message for extraction without translating it here."""
    return message


STALE_LABEL = N_("Translated from older wording")


@dataclass(frozen=True)
class Slot:
    """A place in the guide where a translated text stands. `trail` are the steps that lead to it."""

    trail: tuple[str, ...]
    blocks: bool
    note: str
    context: str | None

    def skeleton(self, text: str) -> Skeleton:
        """The text that stands here, split into its messages."""
        return split(text) if self.blocks else line(text)


Visit = Callable[[str, Slot], str]


_NO_MARK = Markup()


class Words(str):
    """A text in the reader's language: as a string its plain words, printed in a template its markup."""

    html: Markup
    cited: Markup
    """The markup with its source mark; not for use inside a link."""

    def __new__(cls, words: str, html: Markup, mark: Markup = _NO_MARK) -> "Words":
        self = super().__new__(cls, words)
        self.html, self.cited = html, html + mark
        return self

    def __html__(self) -> Markup:
        return self.html


def walk(thing: T, visit: Visit, trail: tuple[str, ...] = ()) -> T:
    """The same thing with every translated text replaced by what `visit` makes of it."""
    changes = {}
    for name, hint in _visited(type(thing)):  # type: ignore[arg-type]  # mypy takes no class for hashable
        value = getattr(thing, name)
        changed = _walk_value(value, hint, visit, (*trail, name))
        if changed is not value:
            changes[name] = changed
    return replace(thing, **changes) if changes else thing  # type: ignore[type-var]


def _walk_value(value: Any, hint: Any, visit: Visit, trail: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        mark, note = _marks(hint)
        slot = Slot(trail, mark.blocks, note.text, note.context)
        return visit(value, slot) if value else value
    if isinstance(value, tuple):
        inner = get_args(hint)[0]
        return tuple(
            _walk_value(row, inner, visit, (*trail, _name(row, number))) for number, row in enumerate(value, 1)
        )
    if isinstance(value, Mapping):
        inner = get_args(hint)[1]
        return {name: _walk_value(item, inner, visit, (*trail, name)) for name, item in value.items()}
    return walk(value, visit, trail)


def _name(row: Any, number: int) -> str:
    return str(getattr(row, "slug", number))


@cache
def _visited(cls: Hashable) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass below which there is a translated text."""
    hints = types_of(cls)
    return tuple((item.name, hints[item.name]) for item in fields(cls) if _holds_text(hints[item.name]))  # type: ignore[arg-type]


@cache
def _holds_text(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return any(isinstance(mark, Translated) for mark in hint.__metadata__)
    if is_dataclass(hint):
        return bool(_visited(hint))  # type: ignore[arg-type]
    return any(_holds_text(arm) for arm in get_args(hint))


@cache
def _marks(hint: Any) -> tuple[Translated, Note]:
    marks = {type(mark): mark for mark in hint.__metadata__}
    return marks[Translated], marks.get(Note, Note(""))


def localize(guide: Guide, catalog: Catalog) -> Guide:
    """The guide with every text in the reader's language, as markup that says where it is stale or missing."""

    def visit(text: str, slot: Slot) -> str:
        skeleton = slot.skeleton(text)
        if not slot.blocks:
            message, state = shown(skeleton.messages[0], slot)
            return Words(message.plain, marked(message.html, state, catalog), reference(skeleton.blocks[0].shown))
        looked_up = (shown(message, slot) for message in skeleton.messages)
        return skeleton.fill(marked(message.html, state, catalog) for message, state in looked_up)

    def shown(text: str, slot: Slot) -> tuple[Message, State]:
        translation, state = catalog.look_up(text, slot.context)
        message = parse(translation)
        if state is State.STALE and _misleads(guide, message, slot):
            return parse(text), State.MISSING
        return message, state

    return walk(guide, visit)


def _misleads(guide: Guide, stale: Message, slot: Slot) -> bool:
    """Whether older wording is worse than none: a host's old meeting point, or a link to what is gone."""
    return slot.trail[0] == "edition" or not all(_leads_somewhere(guide, target) for target in stale.targets)


def _leads_somewhere(guide: Guide, target: str) -> bool:
    """Whether what an older translation links to is still part of the guide."""
    kind, _, name = target.partition(":")
    return kind not in THINGS or name in getattr(guide, f"{kind}s")


def marked(html: Markup, state: State, catalog: Catalog) -> Markup:
    """Markup with the quiet mark of its state: the source's language where missing, a sign where stale."""
    if state is State.MISSING:
        return Markup(f'<span lang="{SOURCE_LOCALE}" data-state="missing">{html}</span>')
    if state is State.STALE:
        label = escape(catalog.look_up(STALE_LABEL)[0])
        sign = f'<span class="stale" role="img" aria-label="{label}" title="{label}"></span>'
        return Markup(f'<span data-state="stale">{html}{sign}</span>')
    return html
