"""Where every page of the guide lies, and how one page names another.

Pages name each other by relative addresses, so the same build works at `/`, at `/repo/` and at `/a/b/`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from guide.model.guide import Guide


@dataclass(frozen=True)
class Address:
    """One page: its language (empty for the two pages without one), its kind and its slug.

    Kinds: `choose` (the choice of language), `lost` (not found, in no language), `home`, `day`, `site`,
    `way` (how to get to a site that somebody knows the place of), `lesson`, `page`,
    `record` (a part of the record), `sources` (a part of the list of later sources), `not-found`.
    """

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
    """The path of a page from the root of the build: `("es", "site", "moravia")` → `es/sites/moravia/`."""
    match kind:
        case "choose":
            return ""
        case "lost":
            return "404.html"
        case "home":
            return f"{tag}/"
        case "not-found":
            return f"{tag}/404.html"
        case "day" | "site" | "lesson":
            return f"{tag}/{kind}s/{slug}/"
        case "record" | "sources":
            return f"{tag}/{kind}/{slug}/"
        case "way":
            return f"{tag}/sites/{slug}/way/"
        case "page":
            return f"{tag}/" if slug == "home" else f"{tag}/{slug}/"
        case "group":
            return f"{tag}/groups/#{slug}"
    raise ValueError(f"no kind of page is called {kind!r}")


def pages(guide: Guide, tags: Iterable[str]) -> Iterator[Address]:
    """Every page of every language: the one list that the build, the site map and the tests read."""
    yield Address("", "choose")
    yield Address("", "lost")
    for tag in tags:
        yield Address(tag, "home")
        yield from (Address(tag, "day", slug) for slug in guide.days)
        for slug in guide.sites:
            yield Address(tag, "site", slug)
            if guide.has_way(slug):
                yield Address(tag, "way", slug)
        yield from (Address(tag, "lesson", slug) for slug in guide.lessons)
        yield from (Address(tag, "page", slug) for slug in guide.pages if slug not in ("home", "not-found"))
        yield from (Address(tag, "record", part) for part in guide.record_parts)
        yield from (Address(tag, "sources", part) for part in guide.source_parts)
        yield Address(tag, "not-found")


def page_of(trail: tuple[str, ...]) -> tuple[str, str]:
    """Kind and slug of the page that shows a thing of the guide: `("groups", "young-lab")` → `("page", "groups")`."""
    match trail:
        case ("days" | "sites" | "ways" | "lessons" as kind, slug, *_):
            return kind.removesuffix("s"), slug
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
    return "page", trail[0]


def is_listed(address: Address) -> bool:
    """Whether search engines should know a page."""
    return address.kind not in ("lost", "not-found")


@cache
def relative(here: str, there: str) -> str:
    """The shortest address of one path as seen from another, both from the root of the build."""
    folders, target = here.split("/")[:-1], there.split("/")
    shared = 0
    while shared < len(folders) and shared < len(target) - 1 and folders[shared] == target[shared]:
        shared += 1
    return "../" * (len(folders) - shared) + "/".join(target[shared:]) or "./"
