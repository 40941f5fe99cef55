"""Guide + catalog → Guide in the reader's language."""

from markupsafe import Markup, escape

from guide.config import SOURCE_LOCALE
from guide.i18n.catalogs import Catalog, State
from guide.model.guide import Guide
from guide.text.markdown import THINGS, Message, parse, reference
from guide.text.walk import Slot, walk


def N_(message: str) -> str:
    """Names a message for extraction without translating it here."""
    return message


STALE_LABEL = N_("Translated from older wording")


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
