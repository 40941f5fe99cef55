"""Guide + catalog → Guide in the reader's language."""

from markupsafe import Markup, escape

from guide.config import SOURCE_LOCALE
from guide.i18n.catalogs import Catalog, State
from guide.model.guide import LINKED, Guide
from guide.text.markdown import Inline, parse
from guide.text.pieces import Html, Prose, Text
from guide.text.walk import Slot, walk


def N_(message: str) -> str:
    """Names a message for extraction without translating it here."""
    return message


STALE_LABEL = N_("Translated from older wording")


def localize(guide: Guide, catalog: Catalog) -> Guide:
    """The guide with every text in the reader's language, as markup that says where it is stale or missing."""

    def visit(text: str, slot: Slot) -> str:
        skeleton = slot.skeleton(text)
        shown = [whole(*look_up(block.text, slot), block.shown) for block in skeleton.blocks]
        if not slot.blocks:
            return shown[0]
        headings = [(block.id, text) for block, text in zip(skeleton.blocks, shown, strict=True) if block.id]
        return Prose("\n\n".join(shown), skeleton.pieces(text.pieces for text in shown), headings)

    def whole(message: Inline, state: State, sources: tuple[str, ...]) -> Text:
        before, after = marks(state, catalog)
        pieces = (Html(before), *message.pieces, Html(after)) if before else message.pieces
        return Text(message.plain, pieces, sources)

    def look_up(text: str, slot: Slot) -> tuple[Inline, State]:
        translation, state = catalog.look_up(text, slot.context)
        message = parse(translation)
        if state is State.STALE and _misleads(guide, message, slot):
            return parse(text), State.MISSING
        return message, state

    return walk(guide, visit)


def _misleads(guide: Guide, stale: Inline, slot: Slot) -> bool:
    """Whether older wording is worse than none: a host's old meeting point, or a link to what is gone."""
    return slot.trail[0] == "edition" or not all(_leads_somewhere(guide, target) for target in stale.targets)


def _leads_somewhere(guide: Guide, target: str) -> bool:
    """Whether what an older translation links to is still part of the guide."""
    kind, _, name = target.partition(":")
    return kind not in LINKED or name in getattr(guide, LINKED[kind])


def marks(state: State, catalog: Catalog) -> tuple[Markup, Markup]:
    """The quiet mark of a state, before and after a text: the source's language where missing, a sign where stale."""
    if state is State.MISSING:
        return Markup(f'<span lang="{SOURCE_LOCALE}" data-state="missing">'), Markup("</span>")
    if state is State.STALE:
        label = escape(catalog.look_up(STALE_LABEL)[0])
        sign = f'<span class="stale" role="img" aria-label="{label}" title="{label}"></span>'
        return Markup('<span data-state="stale">'), Markup(f"{sign}</span>")
    return Markup(), Markup()
