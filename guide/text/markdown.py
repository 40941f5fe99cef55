"""The one Markdown dialect of content and translations.

A text is split into literal HTML and messages: one message a paragraph, heading, list item or table cell.
Structure and ids come from the source text, so every language has the same headings and anchors.
HTML in a text is never passed on: it comes out escaped.
A message may end in the slugs of what it rests on, `[^d2-09 cnmh]`; a slug after a minus, `[^-d2-08]`, is traced
but shows no mark. A heading of the second rank that ends in `[+]` folds its section. Neither is translated.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markupsafe import escape

from guide.model.guide import LINKED
from guide.text.pieces import OUTSIDE, Citation, FoldEnd, Heading, HeadingEnd, Html, Link, LinkEnd, Piece, Words

_LANGUAGE = "lang:"
_TARGET = re.compile(rf"(?:{'|'.join(LINKED)}|lang):[A-Za-z0-9_-]+")
_FOLDED = "[+]"
_BARE = re.compile(r"(?<!\]\()(?<![\[<\w])https?://[^\s<>\[\]\"]*[^\s<>\[\]\".,;:!?'()*_]")
"""A web address that stands in a text as it is."""
_STRUCTURE = re.compile(
    r'(?P<fold><details class="fold"><summary>)?<h(?P<begin>[1-6])(?: id="(?P<id>[^"]*)")?>'
    r"|</h(?P<end>[1-6])>(?P<folded></summary>)?|</details>"
)
_MARKS = re.compile(r"[\\`*_\[\]!&<>\"']|\n")


@dataclass(frozen=True, slots=True)
class Block:
    """A message where it stands: its text, the slugs of what it rests on, and those of them that its mark shows."""

    text: str
    rests_on: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    is_heading: bool = False
    id: str = ""
    """The id of a heading of the second rank, which lists of contents name; empty for all other blocks."""
    is_running: bool = False
    """Whether it is a paragraph or an item of a bulleted list, where notes on glossary terms have their place."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text without its messages: `literals` has one item more than `blocks`, and they alternate."""

    literals: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def messages(self) -> tuple[str, ...]:
        return tuple(block.text for block in self.blocks)

    def pieces(self, messages: Iterable[Iterable[Piece]]) -> Iterator[Piece]:
        """The whole text, with these in place of the messages, in order, and with the citations of each."""
        yield from _of_literal(self.literals[0])
        for message, block, literal in zip(messages, self.blocks, self.literals[1:], strict=True):
            yield from message if block.is_running else map(_unexplained, message)
            yield Citation(block.shown)
            yield from _of_literal(literal)


@cache
def _of_literal(literal: str) -> tuple[Piece, ...]:
    """Literal HTML as pieces: headings and folds depend on the page that prints them."""
    pieces, at = list[Piece](), 0
    for mark in _STRUCTURE.finditer(literal):
        if between := literal[at : mark.start()]:
            pieces.append(Html(between))
        pieces.append(_of_mark(mark))
        at = mark.end()
    rest = literal[at:]
    return (*pieces, Html(rest)) if rest or not pieces else tuple(pieces)


def _of_mark(mark: re.Match[str]) -> Piece:
    if mark["begin"]:
        return Heading(int(mark["begin"]), mark["id"] or "", bool(mark["fold"]))
    return HeadingEnd(int(mark["end"]), bool(mark["folded"])) if mark["end"] else FoldEnd()


@cache
def split(source: str) -> Skeleton:
    """Split Markdown into its skeleton and its messages."""
    literals, blocks, ids, opening, contents_id, numbered = [""], list[Block](), Counter[str](), "", "", 0
    is_open = is_folded = False
    for token, following in _pairs(_BLOCKS.parse(source)):
        if token.type == "inline" and not token.content.strip():
            continue
        if token.type == "heading_open" and token.tag == "h2" and following is not None:
            literals[-1] += "</details>\n" if is_open else ""
            is_open = is_folded = following.content.endswith(_FOLDED)
            following.content = following.content.removesuffix(_FOLDED).rstrip()
            literals[-1] += '<details class="fold"><summary>' if is_folded else ""
        if token.type == "inline":
            block = block_of(" ".join(token.content.split()))
            is_running = opening == "paragraph_open" and not numbered
            is_heading = opening == "heading_open"
            blocks.append(replace(block, is_heading=is_heading, id=contents_id, is_running=is_running))
            literals.append("")
            continue
        if token.type == "heading_open" and following is not None:
            name = slug_of(following.content)
            ids[name] += 1
            token.attrSet("id", name if ids[name] == 1 else f"{name}-{ids[name]}")
        numbered += token.nesting if token.tag == "ol" else 0
        contents_id = str(token.attrGet("id")) if token.type == "heading_open" and token.tag == "h2" else ""
        html = _BLOCKS.renderer.render([token], _BLOCKS.options, {})
        opening = token.type
        opens_message = following is not None and following.type == "inline"
        literals[-1] += html.rstrip("\n") if opens_message else html
        if token.type == "heading_close" and token.tag == "h2" and is_folded:
            literals[-1], is_folded = literals[-1].rstrip("\n") + "</summary>\n", False
    literals[-1] += "</details>\n" if is_open else ""
    return Skeleton(tuple(literal.replace("\n", "") for literal in literals), tuple(blocks))


@cache
def line(source: str) -> Skeleton:
    """The same for a text of one line, which is one message."""
    return Skeleton(("", ""), (block_of(source),))


def block_of(text: str) -> Block:
    """A message without the slugs at its end: `It rained. [^d2-09 cnmh]`."""
    words, opened, named = text.rpartition("[^")
    if not opened or named.find("]") != len(named) - 1:
        return Block(text)
    slugs = named[:-1].split()
    shown = tuple(slug for slug in slugs if not slug.startswith("-"))
    return Block(words.rstrip(), tuple(slug.removeprefix("-") for slug in slugs), shown)


@dataclass(frozen=True, slots=True)
class Inline:
    """One message, parsed: its pieces, its plain words, where its links lead, and its kinds of formatting, sorted."""

    pieces: tuple[Piece, ...]
    plain: str
    targets: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


@cache
def parse(message: str) -> Inline:
    """A message read once: emphasis, links, and `[word](lang:es)` for a word in another language.

    A web address that stands alone is a link, too.
    """
    message = _BARE.sub(r"[\g<0>](\g<0>)", message) if "://" in message else message
    if not _MARKS.search(message):
        return Inline((Words(message),), message)
    tokens = _INLINE.parseInline(message)
    children = [child for token in tokens for child in token.children or ()]
    links = tuple(str(child.attrGet("href")) for child in children if child.type == "link_open")
    tags = sorted(child.tag for child in children if child.nesting == 1 or child.type == "code_inline")
    words = "".join(" " if child.type == "softbreak" else child.content for child in children)
    return Inline(tuple(_pieces(children)), words, links, tuple(tags))


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    """The tokens of a message as pieces. Words in bold and in links are names, or lead to what explains them."""
    closings, names, words = list[Piece](), 0, ""
    for token in tokens:
        is_word = token.type in ("text", "softbreak")
        if is_word and not names:
            words += escapeHtml(token.content) if token.type == "text" else "\n"
            continue
        if words:
            yield Words(words)
            words = ""
        if token.type == "link_open":
            target = str(token.attrGet("href"))
            is_language = target.startswith(_LANGUAGE)
            closings.append(Html("</i>") if is_language else LinkEnd())
            names += not is_language
            yield Html(f'<i lang="{escape(target.removeprefix(_LANGUAGE))}">') if is_language else Link(target)
        elif token.type == "link_close":
            closing = closings.pop()
            names -= isinstance(closing, LinkEnd)
            yield closing
        else:
            names += token.nesting if token.tag == "strong" else 0
            yield Html(_INLINE.renderer.render([_inline(token)], _INLINE.options, {}))
    if words:
        yield Words(words)


def _inline(token: Token) -> Token:
    return Token("inline", "", 0, children=[token])


def _unexplained(piece: Piece) -> Piece:
    """A piece in a heading, a table or a list of steps, where no glossary term is explained."""
    return Html(piece.html) if isinstance(piece, Words) else piece


def has_words(text: str) -> bool:
    """Whether there is anything to translate: a bare year or number is the same in every language."""
    return any(char.isalpha() for char in text)


def slug_of(text: str) -> str:
    """An id made of the words of a text: `Who organised it?` → `who-organised-it`."""
    ascii_text = unicodedata.normalize("NFKD", parse(text).plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-") or "part"


def is_target(href: str) -> bool:
    """Whether a link may lead there: something of the guide, a language mark, or an outside address."""
    return href.startswith(OUTSIDE) or _TARGET.fullmatch(href) is not None


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Emphasis that opens before whatever is no space, and closes after it.

    CommonMark also looks at punctuation, for which languages without spaces leave no room: `**词：**词`.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = state.scanDelims(state.pos, marker == "*")
    before, after = state.src[state.pos - 1 : state.pos], state.src[state.pos + run.length : state.pos + run.length + 1]
    for _ in range(run.length):
        token = state.push("text", "", 0)
        token.content = marker
        opens = bool(after.strip()) if marker == "*" else run.can_open
        closes = bool(before.strip()) if marker == "*" else run.can_close
        state.delimiters.append(Delimiter(ord(marker), run.length, len(state.tokens) - 1, -1, opens, closes))
    state.pos += run.length
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["html_block", "html_inline", "image", "autolink", "code", "fence", "reference"])
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.validateLink = is_target  # type: ignore[method-assign, assignment]
    return parser


def _pairs(tokens: list[Token]) -> Iterable[tuple[Token, Token | None]]:
    return zip(tokens, [*tokens[1:], None], strict=True)


_INLINE = _parser()
_BLOCKS = _parser()
_BLOCKS.core.ruler.disable("inline")
