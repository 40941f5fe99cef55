"""The pages of the kit, one row a page, and the files that they are: what `kit/` in a build holds.

They are made after the manifest, because sheets say from which revision they were printed. What they look like lies
beside this module and not in static/: what lies there goes to phones.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from babel.numbers import format_decimal
from jinja2 import Environment
from markupsafe import Markup
from rcssmin import cssmin
from rjsmin import jsmin

from guide import headers
from guide.i18n import extract, progress
from guide.i18n.catalogs import State
from guide.i18n.extract import Occurrence
from guide.kit import codes, plan
from guide.kit.messages import messages
from guide.kit.readiness import Gap, gaps
from guide.model.programme import ProgrammeDay
from guide.site import cards
from guide.site.assets import Asset, fingerprinted
from guide.site.files import Site
from guide.site.library import Language
from guide.site.pages import Address, path_of
from guide.site.printed import print_mark
from guide.site.urls import relative
from guide.text.pieces import printing

INDEX = "kit/index.html"
_HERE = Path(__file__).parent
_BADGES = 8
"""So many cards of 85 × 54 mm lie on a sheet that is A4 or Letter, with margins that every printer can leave."""


@dataclass(frozen=True)
class Revision:
    """The build that a kit belongs to: its name, number and date, and the bytes of it that a phone saves."""

    name: str
    serial: int
    date: str
    bytes: int


@dataclass(frozen=True)
class KitPage:
    """A page of the kit: one for each language, one for all languages together, or both. Its template has its name."""

    name: str
    is_single: bool = True
    is_joint: bool = False

    def of(self, languages: Iterable[Language]) -> Iterator[tuple[str, list[Language]]]:
        """The path of each page of this name from the root of the build, and the languages that it is written in."""
        listed = list(languages)
        if self.is_single:
            yield from ((path_in_kit(self.name, language.tag), [language]) for language in listed)
        if self.is_joint and (len(listed) > 1 or not self.is_single):
            yield path_in_kit(self.name), listed


PAGES = (
    KitPage("index", is_single=False, is_joint=True),
    KitPage("messages", is_joint=True),
    KitPage("poster", is_single=False, is_joint=True),
    KitPage("badges"),
    KitPage("handout"),
    KitPage("days"),
    KitPage("readiness"),
)
"""Every page of the kit."""


def path_in_kit(name: str, tag: str = "") -> str:
    """The path of a page of the kit from the root of the build: in a language, or without a tag that for all."""
    return f"kit/{tag}-{name}.html" if tag else f"kit/{name}.html"


class _Paper:
    """What a part of a page is printed on: links lead to the public guide, and nothing is cited or explained."""

    bound = True  # nothing folds

    def __init__(self, language: Language, base_url: str) -> None:
        self.language, self._base_url = language, base_url

    def address(self, kind: str, slug: str) -> str:
        return self._base_url + path_of(self.language.tag, kind, slug)

    def anchor(self, id: str) -> str:
        return id

    def rank(self, rank: int) -> int:
        return rank

    def cite(self, sources: tuple[str, ...]) -> Markup:
        return Markup()

    def explain(self, words: str) -> str:
        return words


class Kit:
    """The kit of a site whose public address is known, for one revision of it."""

    def __init__(self, site: Site, environment: Environment, revision: Revision) -> None:
        self.library, self.base_url = site.library, site.settings.base_url
        self.revision, self._environment = revision, environment

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The path of each file from the root of the build, and its bytes."""
        yield self._style.path, self._style.body
        yield self._script.path, self._script.body
        for page in PAGES:
            for path, languages in page.of(self.library.languages.values()):
                yield path, self._printed(page.name, languages[0], {"written_in": languages}).encode()

    @cached_property
    def gaps(self) -> list[Gap]:
        """What the host has not filled in."""
        return gaps(self.library.content)

    @cached_property
    def _style(self) -> Asset:
        return fingerprinted("kit.css", str(cssmin((_HERE / "kit.css").read_text("utf-8"))).encode(), "kit")

    @cached_property
    def _script(self) -> Asset:
        return fingerprinted("kit.js", str(jsmin((_HERE / "kit.js").read_text("utf-8"))).encode(), "kit")

    @cached_property
    def _occurrences(self) -> list[Occurrence]:
        return extract.occurrences(self.library.content)

    def _printed(self, name: str, language: Language, more: dict[str, object]) -> str:
        with printing(_Paper(language, self.base_url)):
            return self._environment.get_template(f"kit/{name}.html").render({**self._values(language), **more})

    def _part(self, name: str, language: Language) -> Markup:
        """A part of a page in another language."""
        return Markup(self._printed(f"{name}_part", language, {}))

    def _values(self, language: Language) -> dict[str, object]:
        """What every template of the kit may print."""
        return {
            "language": language,
            "languages": self.library.languages,
            "guide": language.guide,
            "days": language.guide.programme.days,
            "policy": headers.CONTENT_SECURITY_POLICY,
            "style": relative(INDEX, self._style.path),
            "script": relative(INDEX, self._script.path),
            "icon": relative(INDEX, self.library.assets["icons/icon.svg"].path),
            "base_url": self.base_url,
            "revision": self.revision,
            "gaps": self.gaps,
            "badges": range(_BADGES),
            "plan": plan,
            "messages": lambda languages: messages(languages, self.base_url),
            "part": self._part,
            "leads": lambda name, tag="": relative(INDEX, path_in_kit(name, tag)),
            "public": lambda kind, slug="": self.base_url + path_of(language.tag, kind, slug),
            "to_print": lambda kind, slug="": self._to_print(language, kind, slug),
            "code": codes.code,
            "shown": codes.shown,
            "drawing": self._drawing(*cards.pictured(Address(language.tag, "home"), language.guide)),
            "drawing_of": lambda day: self._drawing("day", day.slug) if day.drawing else "",
            "printed_on": language.date(dt.date.fromisoformat(self.revision.date)),
            "megabytes": format_decimal(round(self.revision.bytes / 1e6, 1), locale=language.habits),
            "untranslated": self._untranslated,
            "source": self.library.source.tag,
            "booklet": relative(INDEX, f"booklets/{language.tag}/"),
        }

    def _to_print(self, language: Language, kind: str, slug: str) -> str:
        """The address of a page for a sheet: it says when that was printed, and what the plan was then."""
        programme = self.library.content.programme
        days: Iterable[ProgrammeDay] = [programme.day(slug)] if kind == "day" else programme.days
        return f"{self.base_url}{path_of(language.tag, kind, slug)}#{print_mark(self.revision.date, days)}"

    def _drawing(self, kind: str, slug: str) -> str:
        """The address of the drawing of a day or site; empty where there is none."""
        asset = self.library.assets.get(f"drawings/{kind}-{slug}.svg")
        return relative(INDEX, asset.path) if asset else ""

    def _untranslated(self) -> Iterator[tuple[Language, int, int, list[str]]]:
        """For each language how much is missing and stale, and the host's own texts among that."""
        own = [place for place in self._occurrences if place.file.endswith("content/edition.toml")]
        for language in list(self.library.languages.values())[1:]:
            tally = progress.total(language.catalog, self._occurrences)
            lacking = [one.id for one in own if language.catalog.state_of(one.key) in (State.MISSING, State.STALE)]
            yield language, tally[State.MISSING], tally[State.STALE], list(dict.fromkeys(lacking))
