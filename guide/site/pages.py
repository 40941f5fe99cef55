"""The kinds of pages, one row a kind, and every page of a guide.

Routes, the build, the sitemap, preview images and the tests read this table. What the template of a kind prints is
arranged by the function that `guide.site.views` marks with its name.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from guide.model.guide import Guide
from guide.model.programme import own_days

Slugs = Callable[[Guide], Iterable[str]]
Fact = Callable[[Guide, str], str]


@dataclass(frozen=True)
class PageKind:
    """One kind of page.

    `path` leads to its pages from the root of the build; `{tag}` is the language and `{slug}` the thing shown. A kind
    without `{tag}` has one page for all languages. `members` gives the slugs of the things that have such a page.
    `shows` is the field of Guide that holds them. `slug` is set where a row is for one page only. Search engines
    should know the `listed` pages. On `explained` pages the first use of a glossary term explains itself. The preview
    image shows the `title` of a slug and the drawing of the day or site that `card` names, as in `site:moravia`; where
    it names none, that of Day 1.
    """

    name: str
    path: str
    template: str
    members: Slugs
    shows: str = ""
    slug: str = ""
    listed: bool = True
    explained: bool = False
    title: Fact = lambda guide, slug: guide.edition.name
    card: Fact = lambda guide, slug: guide.pages["home"].card


def _one(guide: Guide) -> Iterable[str]:
    return ("",)


def _days(guide: Guide) -> Iterable[str]:
    """The days of the record, held or not, and those of the host."""
    return (*guide.days, *own_days(guide.days, guide.edition))


def _with_directions(guide: Guide) -> Iterable[str]:
    return (slug for slug in guide.sites if guide.has_way(slug))


def _simple(guide: Guide) -> Iterable[str]:
    """The pages of content/pages/ for which no row of their own stands in the table."""
    own = {kind.slug for kind in KINDS if kind.slug} | {"home", "not-found"}
    return (slug for slug in guide.pages if slug not in own)


def _own(slug: str, explained: bool = True) -> PageKind:
    """The row of one page of content/pages/ that has a template of its own."""
    return PageKind(
        "page", "{tag}/{slug}/", f"{slug}.html", lambda guide: (slug,) if slug in guide.pages else (),
        slug=slug, explained=explained,
        title=lambda guide, slug: guide.pages[slug].title, card=lambda guide, slug: guide.pages[slug].card,
    )  # fmt: skip


def _sources_title(guide: Guide, slug: str) -> str:
    return guide.pages["sources"].title


KINDS = (
    PageKind("choose", "", "choose.html", _one),
    PageKind("lost", "404.html", "choose.html", _one, listed=False),
    PageKind("home", "{tag}/", "home.html", _one),
    PageKind(
        "day", "{tag}/days/{slug}/", "day.html", _days, shows="days", explained=True,
        title=lambda guide, slug: guide.programme.day(slug).title, card=lambda guide, slug: f"day:{slug}",
    ),
    PageKind(
        "site", "{tag}/sites/{slug}/", "site.html", lambda guide: guide.sites, shows="sites", explained=True,
        title=lambda guide, slug: guide.sites[slug].name, card=lambda guide, slug: f"site:{slug}",
    ),
    PageKind(
        "way", "{tag}/sites/{slug}/way/", "way.html", _with_directions, shows="ways", explained=True,
        title=lambda guide, slug: guide.sites[slug].name, card=lambda guide, slug: f"site:{slug}",
    ),
    PageKind(
        "lesson", "{tag}/lessons/{slug}/", "lesson.html", lambda guide: guide.lessons, shows="lessons", explained=True,
        title=lambda guide, slug: guide.lessons[slug].title, card=lambda guide, slug: guide.pages["lessons"].card,
    ),
    PageKind(
        "page", "{tag}/{slug}/", "page.html", _simple, explained=True,
        title=lambda guide, slug: guide.pages[slug].title, card=lambda guide, slug: guide.pages[slug].card,
    ),
    _own("today", explained=False),
    _own("search", explained=False),
    _own("phrases", explained=False),
    _own("getting-there"),
    _own("groups"),
    _own("lessons"),
    _own("model"),
    _own("glossary", explained=False),
    _own("sources"),
    _own("offline"),
    PageKind(
        "record", "{tag}/record/{slug}/", "record_part.html", lambda guide: guide.record_parts,
        title=_sources_title, card=lambda guide, slug: guide.pages["sources"].card,
    ),
    PageKind(
        "sources", "{tag}/sources/{slug}/", "sources_part.html", lambda guide: guide.source_parts,
        title=_sources_title, card=lambda guide, slug: guide.pages["sources"].card,
    ),
    PageKind("not-found", "{tag}/404.html", "page.html", _one, listed=False),
)  # fmt: skip
"""Every kind of page, in the order of the build."""

PARTS = {"group": "{tag}/groups/#{slug}"}
"""What links can name that is a part of a page."""


@dataclass(frozen=True)
class Address:
    """One page: its language (empty for pages of all languages), its kind by name, and the slug of what it shows."""

    tag: str
    kind: str
    slug: str = ""

    @property
    def path(self) -> str:
        """The path from the root of the build, without a leading slash."""
        return path_of(self.tag, self.kind, self.slug)

    def in_language(self, tag: str) -> "Address":
        """The same page in another language."""
        return Address(tag, self.kind, self.slug)


@cache
def path_of(tag: str, kind: str, slug: str = "") -> str:
    """The path of a page or a part of one from the root of the build: `("es", "site", "moravia")` →
    `es/sites/moravia/`. Raises ValueError for a kind that is not known."""
    if (kind, slug) == ("page", "home"):
        kind = "home"
    patterns = {**{kind.name: kind.path for kind in KINDS}, **PARTS}
    if kind not in patterns:
        raise ValueError(f"no kind of page is called {kind!r}")
    return patterns[kind].format(tag=tag, slug=slug)


def kind_of(address: Address) -> PageKind:
    """The kind of a page: the one for this page alone where there is one. Raises LookupError."""
    kinds = [kind for kind in KINDS if kind.name == address.kind and kind.slug in ("", address.slug)]
    if not kinds:
        raise LookupError(f"no kind of page is called {address.kind!r}")
    return max(kinds, key=lambda kind: kind.slug != "")


def pages(guide: Guide, tags: Iterable[str]) -> Iterator[Address]:
    """Every page of every language."""
    own = [kind for kind in KINDS if "{tag}" in kind.path]
    yield from (Address("", kind.name) for kind in KINDS if kind not in own)
    for tag in tags:
        for kind in own:
            yield from (Address(tag, kind.name, slug) for slug in kind.members(guide))


def page_of(trail: tuple[str, ...]) -> tuple[str, str]:
    """Kind and slug of the page that shows a thing of the guide: `("groups", "young-lab")` → `("page", "groups")`."""
    field, *slugs = trail
    match trail:
        case ("pages", "home", *_):
            return "home", ""
        case ("pages", slug, *_):
            return "page", slug
        case ("axes" | "phases", *_):
            return "page", "model"
        case ("conclusions", *_):
            return "page", "lessons"
        case ("terms", *_):
            return "page", "glossary"
    kind = next((kind.name for kind in KINDS if kind.shows == field), None)
    return (kind, slugs[0]) if kind else ("page", field)


def title_of(guide: Guide, kind: str, slug: str) -> str:
    """The title of a page, by its kind and slug."""
    return guide.pages["home"].title if kind == "home" else kind_of(Address("", kind, slug)).title(guide, slug)
