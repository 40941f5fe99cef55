"""A book as an EPUB 3: a zip of XHTML, which e-readers and the apps of blind readers open.

The same book gives the same bytes: the files of the zip have a fixed date. There is no list of pages, because a book
that has no pages can't have one.
"""

import datetime as dt
import posixpath
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from guide.media import type_of
from guide.site.bilingual import Tongue
from guide.site.markup import Node, written

_OLDEST = (1980, 1, 1, 0, 0, 0)
_TYPE = "application/epub+zip"
_XHTML = "application/xhtml+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CONTAINER = (
    f'{_HEAD}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_FEATURES = (
    "alternativeText", "displayTransformability", "index", "readingOrder", "structuralNavigation", "tableOfContents",
)  # fmt: skip
"""What helps readers who need it, by the names of schema.org; all of it is true of every booklet."""


@dataclass(frozen=True)
class Part:
    """A file of a book: its name, its title and its nodes, in which every id begins with the name and a full stop."""

    name: str
    title: str
    nodes: list[Node]
    is_contents: bool = False

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.xhtml"


@dataclass(frozen=True)
class Book:
    """A book before it is written. `address` is where it is published; `pictures` go by their paths in the build."""

    address: str
    title: str
    subtitle: str
    tongues: tuple[Tongue, ...]
    changed: dt.datetime
    summary: str
    sheet: bytes
    cover: bytes
    pictures: Mapping[str, bytes]
    parts: list[Part]


def epub(book: Book) -> bytes:
    """The book as the bytes of an EPUB."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, body in _files(book):
            entry = ZipInfo(name, _OLDEST)
            entry.compress_type = ZIP_STORED if name.endswith((".png", "mimetype")) else ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return packed.getvalue()


def _files(book: Book) -> Iterator[tuple[str, bytes]]:
    yield "mimetype", _TYPE.encode()
    yield "META-INF/container.xml", _CONTAINER.encode()
    shown: dict[str, None] = {}
    texts = [(part, _text(book, part, shown).encode()) for part in book.parts]
    drawn = {part.name for part, text in texts if b"<svg" in text}
    yield "book/package.opf", _package(book, list(shown), drawn).encode()
    for part, text in texts:
        yield f"book/{part.file}", text
    yield "book/booklet.css", book.sheet
    if book.cover:
        yield "book/cover.png", book.cover
    for path in shown:
        yield f"book/{_picture(path)}", book.pictures[path]


def _text(book: Book, part: Part, shown: dict[str, None]) -> str:
    """A part as XHTML. `shown` gets the pictures that it shows, by their paths in the build."""

    def moved(name: str, address: str) -> str:
        if name == "src":
            path = posixpath.normpath(posixpath.join("booklets/any", address))
            shown[path] = None
            return _picture(path)
        leaf, is_inside, _ = address.removeprefix("#").partition(".")
        is_elsewhere = address.startswith("#") and is_inside and leaf != part.name
        return f"{leaf}.xhtml{address}" if is_elsewhere else address

    tongue = book.tongues[0]
    nodes = [_as_navigation(node) for node in part.nodes] if part.is_contents else part.nodes
    kind = ' class="bilingual"' if len(book.tongues) > 1 else ""
    return (
        f'{_HEAD}<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{tongue.tag}" xml:lang="{tongue.tag}" '
        f'dir="{tongue.direction}"><head><title>{escape(part.title)}</title>'
        f'<link rel="stylesheet" type="text/css" href="booklet.css"/></head><body{kind}>'
        f"{written(nodes, xml=True, moved=moved)}</body></html>\n"
    )


def _picture(path: str) -> str:
    return f"pictures/{posixpath.basename(path)}"


def _as_navigation(node: Node) -> Node:
    """The contents as e-readers show them in a menu of their own."""
    if isinstance(node, str):
        return node
    own = {"epub:type": "toc"} if node.tag == "nav" else {}
    return replace(node, attributes={**node.attributes, **own}, children=[*map(_as_navigation, node.children)])


def _package(book: Book, shown: Iterable[str], drawn: Container[str]) -> str:
    """What the book is, what is in it, and in which order it is read.

    `shown` are the paths of its pictures, `drawn` the names of parts that hold drawings themselves.
    """
    metadata = "\n".join(_metadata(book))
    items = "\n".join(
        f'<item id="{id}" href="{href}" media-type="{kind}"{role}/>'
        for id, href, kind, role in _items(book, shown, drawn)
    )
    spine = "".join(f'<itemref idref="{part.name}"/>' for part in book.parts)
    return (
        f'{_HEAD}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{book.tongues[0].tag}" prefix="schema: http://schema.org/">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{metadata}\n</metadata>\n'
        f"<manifest>\n{items}\n</manifest>\n<spine>{spine}</spine>\n</package>\n"
    )


def _metadata(book: Book) -> Iterator[str]:
    yield f'<dc:identifier id="id">urn:uuid:{uuid5(NAMESPACE_URL, book.address)}</dc:identifier>'
    yield f'<dc:title id="title">{escape(book.title)}</dc:title>'
    yield '<meta refines="#title" property="title-type">main</meta>'
    yield f'<dc:title id="subtitle">{escape(book.subtitle)}</dc:title>'
    yield '<meta refines="#subtitle" property="title-type">subtitle</meta>'
    yield from (f"<dc:language>{tongue.tag}</dc:language>" for tongue in book.tongues)
    yield f"<dc:source>{escape(book.address)}</dc:source>"
    yield "<dc:rights>CC BY-SA 4.0</dc:rights>"
    yield f'<meta property="dcterms:modified">{book.changed:%Y-%m-%dT%H:%M:%SZ}</meta>'
    described = {
        "accessMode": ("textual", "visual"), "accessModeSufficient": ("textual",), "accessibilityFeature": _FEATURES,
        "accessibilityHazard": ("none",), "accessibilitySummary": (book.summary,),
    }  # fmt: skip
    for name, values in described.items():
        yield from (f'<meta property="schema:{name}">{escape(value)}</meta>' for value in values)


def _items(book: Book, shown: Iterable[str], drawn: Container[str]) -> Iterator[tuple[str, str, str, str]]:
    """The id, name and media type of each file, and the attribute that says which role it has."""
    for part in book.parts:
        properties = [*(["nav"] if part.is_contents else []), *(["svg"] if part.name in drawn else [])]
        yield part.name, part.file, _XHTML, f' properties="{" ".join(properties)}"' if properties else ""
    yield "sheet", "booklet.css", "text/css", ""
    if book.cover:
        yield "cover-image", "cover.png", "image/png", ' properties="cover-image"'
    for number, path in enumerate(shown, start=1):
        yield f"picture-{number}", _picture(path), type_of(path), ""
