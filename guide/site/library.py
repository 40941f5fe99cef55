"""The guide in all its languages, as it lies on disk."""

import datetime as dt
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_day_names, get_timezone_name
from markupsafe import Markup, escape

from guide.cache import Cache
from guide.config import Paths, Settings
from guide.content import loader
from guide.content.checks.edition import check_alone, doubts
from guide.content.checks.guide import check
from guide.content.layout import file_of
from guide.content.statements import Trail, told
from guide.files import is_there
from guide.i18n import catalogs
from guide.i18n.catalogs import Catalog, State
from guide.i18n.localize import N_, localize, marks
from guide.model.edition import Edition
from guide.model.guide import Guide
from guide.model.programme import dates_of
from guide.problems import CatalogError, GuideError, Problem, StaticError
from guide.site import assets, web_address
from guide.site.assets import Asset
from guide.site.glossary import Explainer, GlossaryEntry, by_letter
from guide.site.reading import Watched, unwatched, watched
from guide.transit import export

# Translators: the dates of an edition within a month, such as 25–29 November 2026; first is 25, last 29 November 2026
IN_A_MONTH = N_("%(first)s–%(last)s")
# Translators: the dates of an edition across months, such as 29 May – 2 June 2017
ACROSS_MONTHS = N_("%(first)s – %(last)s")
_DASH = re.compile("(?:\\s*'[^']*\\s'|[\\s\u2010-\u2015~\uff5e\u301c]+)$")
"""What joins the two dates of a range: a dash, or a word."""

DIRECTIONS = "directions.json"
"""The asset from which a script makes directions."""


@dataclass(frozen=True)
class Language:
    """The guide in one language, and how that language writes names, dates and times."""

    catalog: Catalog
    guide: Guide

    @property
    def tag(self) -> str:
        return self.catalog.tag

    def translate(self, message: str) -> Markup:
        """A message as markup, with the mark of its state."""
        return self._marked(*self.catalog.look_up(message))

    def translate_plural(self, singular: str, plural: str, number: int) -> Markup:
        """The same for a message that depends on a number."""
        return self._marked(*self.catalog.look_up_plural(singular, plural, number))

    def words(self, message: str) -> str:
        """A message as plain words, for attributes."""
        return self.catalog.look_up(message)[0]

    def words_plural(self, singular: str, plural: str, number: int) -> str:
        """The same for a message that depends on a number."""
        return self.catalog.look_up_plural(singular, plural, number)[0]

    def _marked(self, text: str, state: State) -> Markup:
        before, after = marks(state, self.catalog)
        return before + escape(text) + after

    @cached_property
    def name(self) -> str:
        """The language's name in itself, with a capital."""
        name = Locale.parse(self.catalog.locale).get_display_name() or self.tag
        return name[0].upper() + name[1:]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return Locale.parse(self.catalog.locale).text_direction

    @property
    def heard_direction(self) -> str:
        """The same for the language that visitors hear."""
        return Locale.parse(self.guide.heard, sep="-").text_direction

    @cached_property
    def habits(self) -> Locale:
        """The locale whose habits dates and times follow: the language in the country named in guide.toml."""
        region = self.guide.regions.get(self.tag)
        return Locale.parse(f"{self.catalog.locale}_{region}") if region else Locale.parse(self.catalog.locale)

    @property
    def intl(self) -> str:
        """The same for scripts, with the calendar and the digits that pages have: no 2569 beside a 2026."""
        return f"{str(self.habits).replace('_', '-')}-u-ca-gregory-nu-latn"

    @property
    def clock_intl(self) -> str:
        """The same for scripts that write times of day beside those of `clock`."""
        return self.intl.replace("-nu-", "-hc-h12-nu-") if self.tag == "en" else self.intl

    def weekday(self, day: dt.date, width: Literal["wide", "abbreviated"] = "wide") -> str:
        """The day of the week, in full or as short as the language has it."""
        return str(get_day_names(width, locale=self.habits)[day.weekday()])

    def date(self, day: dt.date) -> str:
        """Day, month in words and year."""
        return format_date(day, "long", locale=self.habits)

    def day_month(self, day: dt.date) -> str:
        """Day and month in words, without the year."""
        return format_skeleton("MMMMd", day, locale=self.habits)

    def dates(self) -> str:
        """From the first date of the edition to the last, as the language writes ranges; empty where there is none."""
        dates = sorted(filter(None, dates_of(self.guide.days, self.guide.edition).values()))
        if not dates:
            return ""
        first, last = dates[0], dates[-1]
        if first == last:
            return self.date(first)
        unlike = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        begin, end = self.habits.interval_formats["yMMMd"][unlike]
        begin, end = (re.sub("M{3,}", "MMMM", pattern) for pattern in (_DASH.sub("", begin), end))
        days = {"first": format_date(first, begin, self.habits), "last": format_date(last, end, self.habits)}
        return self.words(IN_A_MONTH if unlike == "d" else ACROSS_MONTHS) % days

    @cached_property
    def plurals(self) -> dict[str, int]:
        """For each plural form of the language, by its name in the CLDR, a number that takes it."""
        form = Locale.parse(self.catalog.locale).plural_form
        return {form(number): number for number in range(200, 0, -1)}

    @property
    def halves(self) -> str:
        """How `clock` calls the halves of a day, for scripts; nothing where their own habits are the same."""
        return "a.m. p.m." if self.tag == "en" else ""

    def clock(self, moment: dt.time) -> str:
        """A time of day: in English with a.m. and p.m., as the texts have it, whatever country its dates follow."""
        if self.tag == "en":
            return f"{moment.hour % 12 or 12}:{moment:%M} {self.halves.split()[moment.hour // 12]}"
        return format_time(moment, "short", locale=self.habits)

    def zone(self, name: str) -> str:
        """The name of a time zone, such as America/Bogota, in the language."""
        return get_timezone_name(name, "long", locale=self.habits)


@dataclass(frozen=True)
class Library:
    """Every language of the guide by tag, the source language first, and the assets that all pages share."""

    languages: Mapping[str, Language]
    assets: Mapping[str, Asset]
    explainers: Mapping[str, Explainer]
    """What explains glossary terms on the pages of each language, by tag."""
    content: Guide
    """The guide as it is written, with the source marks that localizing turns into HTML."""
    told: Mapping[str, list[Trail]]
    """For each source and item of the record the things that tell it."""

    @property
    def watched(self) -> list[Watched[Any, Any]]:
        """Every mapping of which it is noted what a page reads."""
        guides = [self.content, *(language.guide for language in self.languages.values())]
        values = [getattr(guide, field.name) for guide in guides for field in fields(guide)]
        values += [self.assets, self.told, *(language.catalog.translations for language in self.languages.values())]
        return [value for value in values if isinstance(value, Watched)]

    def unwatched(self) -> list[object]:
        """Everything else, which any page may read without a note; the explainers are made of it."""
        catalogs = [language.catalog for language in self.languages.values()]
        facts = [(it.locale, it.rule.forms, it.rule.text, it.equal, it.has_copies) for it in catalogs]
        guides = [self.content, *(language.guide for language in self.languages.values())]
        return [*facts, *map(unwatched, guides)]

    @property
    def doubts(self) -> list[Problem]:
        """What the host may want to look at again."""
        return sorted(doubts(self.content))

    @property
    def source(self) -> Language:
        return next(iter(self.languages.values()))

    def glossary(self, tag: str) -> list[tuple[str, list[GlossaryEntry]]]:
        """The terms of one language by letter."""
        sources = {term.slug: term.name for term in self.content.terms}
        return by_letter(self.languages[tag].guide.terms, tag, self.content.heard, sources)


def load(settings: Settings, cache: Cache | None = None) -> Library:
    """Everything from disk. Raises GuideError with all problems of content and catalogs together.

    What a cache knows to be sound is not checked again.

    When `settings.live`, a faulty translation is reported in the log and shown as missing instead.
    """
    guide, problems = loader.read(settings.paths)
    if guide:
        problems += _checked(guide, problems)
    shared: Mapping[str, Asset] = {}
    try:
        shared = assets.load(settings.paths.static)
    except StaticError as error:
        problems += error.problems
    if guide:
        problems += _drawings(guide, settings.paths)
    read, faults = _catalogs(settings, cache)
    problems += _addresses(settings, guide, [catalog.tag for catalog in read])
    if settings.live:
        for fault in faults:
            logging.getLogger(__name__).warning("%s", fault)
    else:
        problems += faults
    if problems or guide is None:
        raise GuideError(problems)
    languages = {catalog.tag: _language(guide, catalog) for catalog in read}
    made = {DIRECTIONS: assets.fingerprinted(DIRECTIONS, export.data(guide))}
    explainers = {tag: Explainer(language.guide.terms, tag, guide.heard) for tag, language in languages.items()}
    return Library(
        languages=languages,
        assets=Watched(("", "assets"), {**shared, **made}, by_field=True),
        explainers=explainers,
        content=watched(guide, ""),
        told=Watched(("", "told"), told(guide)),
    )


def _language(guide: Guide, catalog: Catalog) -> Language:
    """The guide in the language of a catalog."""
    translations = Watched((catalog.tag, "translations"), catalog.translations)
    return Language(replace(catalog, translations=translations), watched(localize(guide, catalog), catalog.tag))


def _drawings(guide: Guide, paths: Paths) -> Iterator[Problem]:
    """Every drawing that a day or site describes is there."""
    for kind, things in (("day", guide.days), ("site", guide.sites)):
        for slug, thing in things.items():
            path = paths.static / "drawings" / f"{kind}-{slug}.svg"
            if thing.drawing and not is_there(path):
                what, remedy = f"there is no {paths.shown(path)}.", "Put the drawing there, or remove this line."
                yield Problem(file_of((f"{kind}s", slug)), "drawing", what, remedy)


def _addresses(settings: Settings, guide: Guide | None, tags: list[str]) -> Iterator[Problem]:
    """What is wrong with the public address, wherever it was given."""
    yield from web_address.check(settings.base_url, "--base-url", "", guide, tags)
    if guide:
        yield from web_address.check(guide.edition.web_address, "content/edition.toml", "web_address", guide, tags)


def _checked(guide: Guide, reported: list[Problem]) -> list[Problem]:
    """What checks find on top of what could not be read, as far as the one does not follow from the other."""
    host = file_of(("edition",))
    places = [problem.place for problem in reported if problem.file == host]
    checked = list(check(guide) if len(places) == len(reported) else check_alone(guide))
    if places and guide.edition == Edition():  # nothing of the host's file could be read
        return [problem for problem in checked if problem.file != host]
    return [problem for problem in checked if problem.file != host or problem.place not in places]


def _catalogs(settings: Settings, cache: Cache | None) -> tuple[list[Catalog], list[Problem]]:
    read, problems = [], list[Problem]()
    try:
        for locale in catalogs.locales(settings.paths):
            catalog, faults = catalogs.read(settings.paths, locale, cache)
            read.append(catalog)
            problems += faults
    except CatalogError as error:
        problems += error.problems
    return read, problems
