"""What a booklet holds, one row a run of chapters, and a chapter as it is printed there: by the template of its page.

A chapter links to what the booklet holds by an anchor, and to every other page of the guide by its public address.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from jinja2 import Environment

from guide.config import Settings
from guide.i18n.localize import N_
from guide.model.guide import Guide
from guide.site import bibliography
from guide.site.book_index import Entry, index
from guide.site.library import Language, Library
from guide.site.pages import Address, kind_of, path_of, title_of
from guide.site.rendering import Page, shown
from guide.site.urls import relative
from guide.site.views import Subject, Values, arranged
from guide.text.pieces import printing


@dataclass(frozen=True)
class Row:
    """A run of chapters: pages of one kind, under a title of their own in the contents where they have one.

    Where languages order the things on a page differently, a booklet in two languages has it once in each: `apart`.
    """

    kind: str
    slugs: Callable[[Guide], Iterable[str]]
    title: str = ""
    apart: bool = False


def _members(kind: str) -> Callable[[Guide], Iterable[str]]:
    return kind_of(Address("", kind)).members


def _pages(*slugs: str) -> Callable[[Guide], Iterable[str]]:
    return lambda guide: (slug for slug in slugs if slug in guide.pages)


ROWS = (
    Row("page", _pages("about")),
    Row("day", _members("day"), title=N_("The days")),
    Row("site", _members("site"), title=N_("The sites")),
    Row("page", _pages("riding")),
    Row("page", _pages("model", "lessons")),
    Row("lesson", _members("lesson"), title=N_("Lessons by theme")),
    Row("page", _pages("groups")),
    Row("page", _pages("glossary"), apart=True),
    Row("page", _pages("sources")),
    Row("sources", lambda guide: guide.source_parts),
)
"""The chapters of a booklet in their order; the index follows them."""

FRONT, CONTENTS, INDEX = "cover", "contents", "index"
"""The leaves of a booklet that are no pages of the guide."""


@dataclass(frozen=True)
class Leaf:
    """A part of a booklet that begins on a page of its own.

    All its ids begin with its `name`. `number` is that of a chapter, 0 for what is none. `shows` are the kind and slug
    of the page that it prints.
    """

    name: str
    shows: tuple[str, str]
    template: str
    number: int = 0
    title: str = ""
    """What the contents call the run of chapters that it begins."""
    apart: bool = False


def leaves(guide: Guide, tag: str) -> list[Leaf]:
    """The leaves of the booklet in a language, from the cover to the index."""
    chapters = list(_chapters(guide, tag))
    return [
        Leaf(FRONT, ("home", ""), "booklet/cover.html"),
        Leaf(CONTENTS, ("home", ""), "booklet/contents.html"),
        *(replace(leaf, number=number) for number, leaf in enumerate(chapters, start=1)),
        Leaf(f"{INDEX}-{tag}", ("page", "search"), "booklet/index.html", len(chapters) + 1, apart=True),
    ]


def _chapters(guide: Guide, tag: str) -> Iterator[Leaf]:
    for row in ROWS:
        for at, slug in enumerate(row.slugs(guide)):
            template = kind_of(Address("", row.kind, slug)).template
            name = "-".join((row.kind, slug, *([tag] if row.apart else [])))
            yield Leaf(name, (row.kind, slug), template, title=row.title if at == 0 else "", apart=row.apart)


@dataclass(frozen=True)
class Printing:
    """The booklet in one language while it is printed: what its chapters know of one another.

    `path` is that of the booklet from the root of the build. `names` are those of the leaves by what they show.
    """

    path: str
    language: Language
    library: Library
    settings: Settings
    environment: Environment
    leaves: list[Leaf]
    cited: dict[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)

    def leaf_of(self, kind: str, slug: str) -> Leaf | None:
        """The leaf that shows a page; None where the booklet leaves it out."""
        return next((leaf for leaf in self.leaves if leaf.shows == (kind, slug)), None)

    @property
    def runs(self) -> list[tuple[str, list[Leaf]]]:
        """The chapters as the contents list them: those under a title together, each other one by itself."""
        runs: list[tuple[str, list[Leaf]]] = []
        for leaf in self.leaves:
            if not leaf.number:
                continue
            if not leaf.title and runs and runs[-1][0] and runs[-1][1][0].shows[0] == leaf.shows[0]:
                runs[-1][1].append(leaf)
            else:
                runs.append((leaf.title, [leaf]))
        return runs

    def title(self, leaf: Leaf) -> str:
        """What the contents call a chapter."""
        kind, slug = leaf.shows
        if kind == "sources":
            return {part.slug: part.title for part in bibliography.later(self.language)}[slug]
        guide = self.language.guide
        return guide.lessons[slug].title if kind == "lesson" else title_of(guide, kind, slug)

    def printed(self, leaf: Leaf, **more: object) -> str:
        """A leaf from its template, as HTML."""
        chapter = Chapter(leaf, self)
        with printing(chapter):
            values = {
                **shown(chapter),
                **self._values(leaf),
                "leaf": leaf,
                "booklet": self,
                "online": chapter.online,
                **more,
            }
            html = self.environment.get_template(leaf.template).render(values)
        self.cited.setdefault(leaf.shows, chapter.footnotes.cited)
        return html

    def _values(self, leaf: Leaf) -> Values:
        """What the template of a leaf prints: as on its page, but for what leads from page to page."""
        kind, slug = leaf.shows
        subject = Subject(self.library, self.language, slug, lambda kind, slug: self.cited.get((kind, slug), {}))
        values = arranged(Address(self.language.tag, kind, slug), subject)
        if leaf.name == FRONT:
            picture = self.language.guide.pages["home"].card.replace(":", "-")
            values["picture"] = picture if f"drawings/{picture}.svg" in list(self.library.assets) else ""
        if leaf.shows == ("page", "search"):
            values["letters"] = self._index()
        return {**values, "before": None, "after": None}

    def _index(self) -> dict[str, list[tuple[Entry, int]]]:
        """The entries of the index that lead to a chapter, by letter, each with the number of its chapter."""
        found: dict[str, list[tuple[Entry, int]]] = {}
        for letter, entries in index(self.language):
            for entry in entries:
                kind, slug = ("page", "groups") if entry.kind == "group" else (entry.kind, entry.slug)
                if leaf := self.leaf_of(kind, slug):
                    found.setdefault(letter, []).append((entry, leaf.number))
        return found


class Chapter(Page):
    """A leaf of a booklet as the page that its template prints: nothing folds, and no term explains itself."""

    bound = True
    layout = "booklet/chapter.html"

    def __init__(self, leaf: Leaf, booklet: Printing) -> None:
        self.leaf, self.booklet = leaf, booklet
        address = Address(booklet.language.tag, *leaf.shows)
        super().__init__(address, booklet.language, booklet.library, booklet.settings)

    def anchor(self, id: str) -> str:
        """An id under the name of the leaf."""
        return f"{self.leaf.name}.{id}"

    def rank(self, rank: int) -> int:
        """One below that on the page, but for the cover: the title of the booklet alone has the first rank."""
        return rank if self.leaf.name == FRONT else rank + 1

    def address(self, kind: str, slug: str = "", tag: str | None = None, part: str = "") -> str:
        """The anchor of what the booklet holds, else the address of the page in the guide."""
        kind, slug, part = ("page", "groups", slug) if kind == "group" else (kind, slug, part)
        if kind == "record" and (leaf := self.booklet.leaf_of("page", "sources")):
            return f"#{leaf.name}.record-{slug}"  # its items are on the web only
        leaf = self.booklet.leaf_of(kind, slug)
        return f"#{leaf.name}.{part or 'top'}" if leaf else self.online(kind, slug, part)

    def online(self, kind: str, slug: str = "", part: str = "") -> str:
        """The address of a page in the guide."""
        return self.public(path_of(self.here.tag, kind, slug)) + (f"#{part}" if part else "")

    def to(self, path: str) -> str:
        """A path as the booklet names it."""
        return relative(self.booklet.path, path)

    def drawing(self, name: str) -> str:
        """The address of a drawing, each in its own file."""
        return self.asset(f"drawings/{name}.svg")

    def explain(self, words: str) -> str:
        """The words as they are: the glossary is at hand."""
        return words
