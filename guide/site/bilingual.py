"""Two languages side by side: every block of a chapter in the one, and then in the other.

Both were printed by the same template, so their blocks follow one another in the same order. Where they do not, what
they are in stands whole in the one language and then in the other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guide.site.library import Language
from guide.site.markup import Element, Node, text_of

BLOCKS = frozenset((
    "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "img", "li", "nav", "ol", "p", "section", "summary", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
))  # fmt: skip
"""Elements that are no part of a line. A drawing is no words to be set twice."""
_LINES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "a", "span"))
"""Elements that hold a line, in which two languages can only be spans."""
_MISSING = "missing"


@dataclass(frozen=True)
class Tongue:
    """A language of a booklet: its tag, and the direction of its lines."""

    tag: str
    direction: str

    @classmethod
    def of(cls, language: Language) -> "Tongue":
        """That of a language of the guide."""
        return cls(language.tag, language.direction)

    def marked(self, nodes: list[Node]) -> list[Node]:
        """A whole part that is in the language."""
        return [Element("div", self.attributes(), nodes)]

    def attributes(self) -> dict[str, str]:
        """What marks a part that is in the language."""
        return {"lang": self.tag, "dir": self.direction}


def paired(one: Sequence[Node], other: Sequence[Node], tongues: tuple[Tongue, Tongue]) -> list[Node]:
    """The nodes of the one language, with each block followed by the same in the other."""
    pairs = zip(_without_space(one), _without_space(other), strict=True)
    return [node for pair in pairs for node in _pair(*pair, tongues)]


def _pair(one: Node, other: Node, tongues: tuple[Tongue, Tongue]) -> Iterator[Node]:
    if isinstance(one, str) or isinstance(other, str):
        yield one  # space, or a sign between blocks
    elif one.tag == "img":
        alternatives = dict.fromkeys((one.attributes.get("alt", ""), other.attributes.get("alt", "")))
        yield Element("img", {**one.attributes, "alt": " · ".join(alternatives)})
    elif _is_of_blocks(one) or _is_of_blocks(other):
        if _shape(one) == _shape(other):
            yield Element(one.tag, one.attributes, paired(one.children, other.children, tongues))
        else:
            yield from _one_by_one(one, other, tongues)
    elif text_of(one).split() == text_of(other).split():
        yield Element(one.tag, one.attributes, other.children if _is_missing(other) else one.children)
    elif one.tag == "li" and (links := _sole_links(one, other)):
        if links[0].attributes.get("href") == links[1].attributes.get("href"):
            yield Element("li", one.attributes, [*_pair(*links, tongues)])
        else:
            yield from _one_by_one(one, other, tongues)
    elif one.tag == "p":
        yield Element("div", {"class": "pair"}, [*_one_by_one(one, other, tongues)])
    else:
        yield Element(one.tag, one.attributes, _in_both(one, other, tongues))


def _in_both(one: Element, other: Element, tongues: tuple[Tongue, Tongue]) -> list[Node]:
    """What is in two elements of a kind, the one after the other."""
    tag = "span" if one.tag in _LINES else "div"
    first = Element(tag, tongues[0].attributes(), one.children)
    second = Element(tag, tongues[1].attributes(), _unnamed(other.children))
    return [Element(tag, {"class": "pair"}, [first, " ", second])]


def _one_by_one(one: Element, other: Element, tongues: tuple[Tongue, Tongue]) -> Iterator[Element]:
    """The whole element in the one language, and then in the other."""
    [unnamed] = _unnamed([other])
    for element, tongue in ((one, tongues[0]), (unnamed, tongues[1])):
        if isinstance(element, Element):
            yield Element(element.tag, {**element.attributes, **tongue.attributes()}, element.children)


def _sole_links(one: Element, other: Element) -> tuple[Element, Element] | None:
    """The links of two items that hold nothing else."""
    pair = [_without_space(element.children) for element in (one, other)]
    match pair:
        case [[Element(tag="a") as first], [Element(tag="a") as second]]:
            return first, second
    return None


def _is_of_blocks(element: Element) -> bool:
    return any(
        isinstance(child, Element) and (child.tag in BLOCKS or _is_of_blocks(child)) for child in element.children
    )


def _is_missing(node: Node) -> bool:
    if isinstance(node, str):
        return False
    return node.attributes.get("data-state") == _MISSING or any(map(_is_missing, node.children))


def _shape(element: Element) -> list[str]:
    """The tags of what is in an element, in order."""
    return ["" if isinstance(node, str) else node.tag for node in _without_space(element.children)]


def _without_space(nodes: Sequence[Node]) -> list[Node]:
    return [node for node in nodes if not isinstance(node, str) or node.strip()]


def _unnamed(nodes: Iterable[Node]) -> list[Node]:
    """The same without ids, which are taken by the first language."""
    return [
        node
        if isinstance(node, str)
        else Element(
            node.tag,
            {name: value for name, value in node.attributes.items() if name != "id"},
            _unnamed(node.children),
        )
        for node in nodes
    ]
