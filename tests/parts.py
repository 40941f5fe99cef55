"""The visible texts of a page, each with the headings of the parts that it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNSEEN = {"script", "style", "template", "noscript", "head", "nav", "header", "footer"}
_HEADINGS = {"h1", "h2", "h3"}


@dataclass
class Node:
    """An element: its tag, its attributes, and the elements and texts in it."""

    tag: str
    attributes: dict[str, str | None]
    inner: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of an element, with single spaces."""
        return " ".join("".join(_strings(self)).split())


def _strings(node: Node) -> Iterator[str]:
    for inner in node.inner:
        if isinstance(inner, str):
            yield inner
        else:
            yield from _strings(inner)


class _Tree(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.path = [Node("", {})]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.path[-1].inner.append(node)
        if tag not in _VOID:
            self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].inner.append(data)


def main_of(html: str) -> Node:
    """The main part of a page."""
    found = [node for node in _nodes(_Tree(html).path[0]) if node.tag == "main"]
    return found[0]


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for inner in node.inner:
        if isinstance(inner, Node):
            yield from _nodes(inner)


@dataclass(frozen=True)
class Said:
    """A block of text, and the headings over it, from the page's title inwards."""

    text: str
    under: tuple[str, ...]
    classes: frozenset[str]
    """The classes of the elements that it stands in."""


_BLOCKS = {"p", "li", "dt", "dd", "h1", "h2", "h3", "summary", "td", "th"}


def said(html: str) -> Iterator[Said]:
    """Every block of text of a page's main part, in order, headings included (each stands under itself)."""
    yield from _said(main_of(html), (), frozenset())


def _said(node: Node, under: tuple[str, ...], classes: frozenset[str]) -> Iterator[Said]:
    classes |= set((node.attributes.get("class") or "").split())
    if node.tag in _UNSEEN - {"header"}:
        return
    if node.tag == "details":
        titles = [inner for inner in node.inner if isinstance(inner, Node) and inner.tag == "summary"]
        under = (*under, titles[0].text)
    level = 0
    for inner in node.inner:
        if isinstance(inner, str):
            continue
        if inner.tag in _HEADINGS:
            depth = int(inner.tag[1])
            under = (*under[: len(under) - bool(level and depth <= level)], inner.text)
            level = depth
            yield Said(inner.text, under, classes)
        elif inner.tag in _BLOCKS and not _holds_blocks(inner):
            own = set((inner.attributes.get("class") or "").split())
            yield Said(inner.text, under, classes | own)
        else:
            yield from _said(inner, under, classes)


def _holds_blocks(node: Node) -> bool:
    return any(inner.tag in _BLOCKS for inner in _nodes(node) if inner is not node)
