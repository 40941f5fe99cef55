"""What can be wrong with a drawing. It is made of shapes: it does nothing, asks for nothing, and holds no words.

A drawing may come from a stranger and is served from the guide's own address, so this is a list of what is allowed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from xml.parsers import expat

Fault = tuple[int, str, str]
"""The line, what is wrong there, and what to do."""

_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
_NOTES = (
    "http://www.inkscape.org/namespaces/inkscape", "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://creativecommons.org/ns#", "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
)  # fmt: skip
"""Namespaces of what drawing programs note for themselves; no browser does anything with it."""
_ELEMENTS = {
    "svg", "g", "defs", "title", "desc", "metadata", "style", "symbol", "use", "path", "rect", "circle", "ellipse",
    "line", "polyline", "polygon", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker",
    "filter", "feBlend", "feColorMatrix", "feComposite", "feDropShadow", "feFlood", "feGaussianBlur", "feMerge",
    "feMergeNode", "feOffset",
}  # fmt: skip
_WORDS = {"text", "tspan", "textPath"}
_INERT = {"id", "class", "d", "points"}
_HREF = {"href", f"{_XLINK} href"}
_ASKS = re.compile(r"\\|@(?!media\b)|\b(?:image|image-set|src|element|paint)\(|url\((?!\s*[\"']?#)", re.IGNORECASE)
"""What style may not say: escapes, at-rules, and all that fetches."""
_NAMED = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)", re.IGNORECASE)
_DEEPEST, _MOST = 100, 20_000
"""Elements within one another, and shapes that a drawing may have when all its references are followed."""
_PLAIN = "Take it out, or save the drawing as plain SVG."
_VIEW_BOX = 'Write viewBox="0 0 640 300" in its <svg>.'


@dataclass
class _Element:
    name: str
    refers_to: list[str] = field(default_factory=list)
    inner: list["_Element"] = field(default_factory=list)


@dataclass
class _Reader:
    """What expat meets, as elements and faults."""

    faults: list[Fault] = field(default_factory=list)
    path: list[_Element] = field(default_factory=list)
    named: dict[str, _Element] = field(default_factory=dict)
    root: _Element | None = None
    view_box: str = ""
    style: str = ""

    def __post_init__(self) -> None:
        self.parser = parser = expat.ParserCreate("UTF-8", " ")
        parser.buffer_text = True
        parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters

    def fault(self, what: str, remedy: str = _PLAIN) -> None:
        if all(what != known for _, known, _ in self.faults):
            self.faults.append((self.parser.CurrentLineNumber, what, remedy))

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() != "utf-8":
            self.fault(f"the drawing says that it is {encoding}.", "Save it as UTF-8.")

    def doctype(self, *parts: object) -> None:
        self.fault("a document type has no place in a drawing.", "Take out <!DOCTYPE …> and all that it declares.")
        raise _Enough

    def instruction(self, target: str, text: str) -> None:
        self.fault(f"the instruction <?{_cut(target)} …?> has no place in a drawing.")

    def start(self, full: str, attributes: dict[str, str]) -> None:
        space, _, name = full.rpartition(" ")
        element, is_allowed = _Element(name), True
        if self.root is None:
            self.root, self.view_box = element, attributes.get("viewBox", "")
            if (space, name) != (_SVG, "svg"):
                self.fault(
                    f"the file begins with <{_cut(name)}>, not with an <svg> of SVG.", "Save the drawing as SVG."
                )
                raise _Enough
        elif name in _WORDS:
            is_allowed = False
            self.fault("words stand in the drawing, and nobody can translate them.", "Take them out, or draw them.")
        elif space not in _NOTES and (space != _SVG or name not in _ELEMENTS):
            is_allowed = False
            self.fault(f"<{_cut(name)}> has no place in a drawing.")
        if len(self.path) >= _DEEPEST:
            self.fault(f"more than {_DEEPEST} elements stand in one another.", "Ungroup them.")
            raise _Enough
        for attribute, value in attributes.items() if is_allowed else ():
            self.attribute(element, attribute, value)
        if self.path:
            self.path[-1].inner.append(element)
        self.path.append(element)

    def attribute(self, element: _Element, full: str, value: str) -> None:
        space, _, name = full.rpartition(" ")
        if full in _HREF:
            if not value.startswith("#"):
                self.fault(f'the address "{_cut(value)}" leads out of the drawing.', "Take it out.")
            element.refers_to.append(value[1:])
        elif name.lower().startswith("on") and not space:
            self.fault(f'"{_cut(name)}" would run a script.', "Take it out.")
        elif full == f"{_XML} base":
            self.fault('"xml:base" leads out of the drawing.', "Take it out.")
        elif not space and name not in _INERT:
            if reference := _ASKS.search(value):
                self.fault(f'"{_cut(name)}" asks for what lies outside the drawing: {reference[0]}', "Take it out.")
            element.refers_to += _NAMED.findall(value)
        if full == "id":
            self.named[value] = element

    def characters(self, text: str) -> None:
        if self.path and self.path[-1].name == "style":
            self.style += text

    def end(self, name: str) -> None:
        element = self.path.pop()
        if element.name == "style":
            if reference := _ASKS.search(self.style):
                self.fault(f"<style> asks for what lies outside the drawing: {reference[0]}", "Take it out.")
            elif "url(" in self.style.lower():
                self.fault("<style> refers to another part.", "Save the drawing with style as attributes.")
            self.style = ""


class _Enough(Exception):
    """What follows can't be judged."""


def faults(drawing: bytes) -> Iterator[Fault]:
    """Everything that is wrong in a drawing."""
    reader = _Reader()
    try:
        reader.parser.Parse(drawing, True)
    except _Enough:
        yield from reader.faults
        return
    except expat.ExpatError as error:
        yield from reader.faults
        what = expat.ErrorString(error.code)
        yield error.lineno, f"this is not XML: {what}.", "Open it in a drawing program and save it as plain SVG."
        return
    yield from reader.faults
    if not _is_box(reader.view_box):
        yield 1, "the drawing has no viewBox with a width and a height.", _VIEW_BOX
    if reader.root and _shapes(reader.root, reader.named, {}, []) > _MOST:
        yield 1, f"the drawing has more than {_MOST:,} shapes, or one that shows itself.", "Draw it more simply."


def _is_box(text: str) -> bool:
    try:
        numbers = [float(part) for part in text.replace(",", " ").split()]
    except ValueError:
        return False
    return len(numbers) == 4 and all(map(isfinite, numbers)) and min(numbers[2:]) > 0


def _shapes(element: _Element, named: dict[str, _Element], known: dict[int, int], above: list[int]) -> int:
    """How many shapes are drawn when every reference is followed; one more than may be where one shows itself."""
    key = id(element)
    if key in above or len(above) > 2 * _DEEPEST:
        return _MOST + 1
    if key not in known:
        shown = [*element.inner, *(named[name] for name in element.refers_to if name in named)]
        known[key] = min(_MOST + 1, 1 + sum(_shapes(inner, named, known, [*above, key]) for inner in shown))
    return known[key]


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
