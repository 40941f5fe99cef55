"""The HTML that templates print, read as a tree and written again, as HTML or as XHTML."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "wbr"))
"""Elements without an end."""
_CASED = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
"""Attributes of SVG in which capitals count."""
_ADDRESSES = ("href", "src")
_SVG = "http://www.w3.org/2000/svg"


@dataclass(slots=True)
class Element:
    """An element with its attributes and with what is in it, in order: elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node]" = field(default_factory=list)


Node = Element | str
Moved = Callable[[str, str], str]


class _Reader(HTMLParser):
    """Reads HTML in which every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {_CASED.get(name, name): value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            raise ValueError(f"<{self.open[-1].tag}> is closed by </{tag}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> list[Node]:
    """The nodes of a piece of HTML. Raises ValueError where elements are not closed in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) > 1:
        raise ValueError(f"<{reader.open[-1].tag}> is not closed")
    return reader.root.children


def text_of(node: Node) -> str:
    """The words of a node."""
    return node if isinstance(node, str) else "".join(map(text_of, node.children))


def written(nodes: Iterable[Node], xml: bool = False, moved: Moved = lambda name, address: address) -> str:
    """Nodes as HTML, or as XHTML. `moved` says what the address in an attribute of this name is there."""
    parts: list[str] = []
    for node in nodes:
        _write(node, xml, moved, parts)
    return "".join(parts)


def _write(node: Node, xml: bool, moved: Moved, parts: list[str]) -> None:
    if isinstance(node, str):
        parts.append(escape(node, quote=False))
        return
    attributes = node.attributes
    if xml and "lang" in attributes:
        attributes = {**attributes, "xml:lang": attributes["lang"]}
    if xml and node.tag == "svg":
        attributes = {"xmlns": _SVG, **attributes}
    listed = "".join(
        f' {name}="{escape(moved(name, value) if name in _ADDRESSES else value)}"' for name, value in attributes.items()
    )
    if node.tag in VOID or (xml and not node.children and node.tag in ("path", "rect", "circle")):
        parts.append(f"<{node.tag}{listed}{'/' if xml else ''}>")
        return
    parts.append(f"<{node.tag}{listed}>")
    for child in node.children:
        _write(child, xml, moved, parts)
    parts.append(f"</{node.tag}>")
