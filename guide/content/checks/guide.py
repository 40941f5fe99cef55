"""Everything that can be wrong with a guide as a whole, as a list of problems."""

import re
from collections.abc import Iterable, Iterator

from babel import Locale, UnknownLocaleError

from guide.config import SOURCE_LOCALE
from guide.content.checks.edition import check_edition
from guide.content.checks.network import check_network
from guide.content.checks.sources import check_sources
from guide.content.layout import SLUG, file_of, place_of
from guide.content.loader import repeated
from guide.model.guide import LINKED, Guide
from guide.model.programme import own_days
from guide.problems import Problem, suggestion
from guide.text.markdown import is_target, parse, split
from guide.text.walk import Slot, walk

_SCHEME = re.compile(r"\]\(\s*<?([A-Za-z][A-Za-z0-9+.-]*:)")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffd]")
_DIALLED = re.compile(r"[0-9]{2,8}")
_RULES = 3
"""Rules that stand on top of a site's page."""
_LINE = 200
"""Characters that a summary may have."""


def check(guide: Guide) -> list[Problem]:
    """What is wrong in the guide's content, sorted."""
    looks = (
        check_slugs, check_names, check_sites, check_lessons, check_record, check_edition, check_settings,
        check_texts, check_sources, check_network,
    )  # fmt: skip
    return sorted({problem for look in looks for problem in look(guide)})


def check_slugs(guide: Guide) -> Iterator[Problem]:
    """Every slug is a slug, and none is there twice."""
    lists: dict[tuple[str, ...], Iterable[str]] = {
        **{("days", day.slug): [stop.slug for stop in day.itinerary] for day in guide.days.values()},
        ("axes",): [axis.slug for axis in guide.axes],
        ("phases",): [phase.slug for phase in guide.phases],
        ("conclusions",): [conclusion.slug for conclusion in guide.conclusions],
        ("chapters",): [chapter.slug for chapter in guide.chapters],
        ("terms",): [term.slug for term in guide.terms],
        ("sources",): [*(source.slug for source in guide.sources), *(item.slug for item in guide.items)],
    }
    for trail, slugs in lists.items():
        slugs = list(slugs)
        for slug in repeated(slugs):
            yield Problem(file_of(trail), trail[0], f'the slug "{slug}" is there twice.', "Rename one of them.")
        for slug in slugs:
            if not SLUG.fullmatch(slug):
                yield Problem(file_of(trail), trail[0], f'"{slug}" is not a slug.', "Use a–z, 0–9 and single hyphens.")
    if not guide.days or list(guide.days) != [str(number) for number in range(1, len(guide.days) + 1)]:
        yield Problem(
            "content/days", "", f"the days are {', '.join(guide.days) or 'none'}.", "Number them 1, 2, 3 without a gap."
        )


def check_names(guide: Guide) -> Iterator[Problem]:
    """Whatever names a thing of the guide names one that exists."""
    slugs = _slugs(guide)
    for page in guide.pages.values():
        if page.card and page.card.partition(":")[0] not in ("day", "site"):
            what = f'the card "{page.card}" is no day or site.'
            yield Problem(file_of(("pages", page.slug)), "card", what, "Write it like site:moravia or day:1.")
    for trail, field, kind, names in _references(guide):
        for name in names:
            if name and name not in slugs[kind]:
                yield Problem(file_of(trail), field, f'there is no {kind} "{name}".', suggestion(name, slugs[kind]))


def check_sites(guide: Guide) -> Iterator[Problem]:
    """A site opens with one to three rules: more would push the way there off the first screen."""
    for site in guide.sites.values():
        if not 1 <= len(site.rules) <= _RULES:
            what = f"there are {len(site.rules)} rules, not one to {_RULES}."
            yield Problem(file_of(("sites", site.slug)), "rules", what, "Move the others to ## respect.")


def check_record(guide: Guide) -> Iterator[Problem]:
    """Every item of the record stands in a chapter, which its notes name."""
    chapters = [chapter.slug for chapter in guide.chapters]
    for item in guide.items:
        wanted = guide.chapter_of(item)
        if wanted not in chapters:
            what = f'item {item.slug} belongs to no chapter: there is no "{wanted}".'
            yield Problem("content/record.toml", "items", what, suggestion(wanted, chapters))


def check_lessons(guide: Guide) -> Iterator[Problem]:
    """Every point says where it was learned: on a day, or in a chapter of the record that belongs to none."""
    for lesson in guide.lessons.values():
        for number, point in enumerate(lesson.points, start=1):
            if bool(point.day) == bool(point.chapter):
                named = "both a day and a chapter" if point.day else "no day and no chapter"
                what = f"a point names {named}."
                remedy = 'Write day = "1" or chapter = "conclusions".'
                yield Problem(file_of(("lessons", lesson.slug)), f"points {number}", what, remedy)


def check_settings(guide: Guide) -> Iterator[Problem]:
    """The languages, the countries, the number to call and the addresses are ones that exist."""
    if not _is_language(guide.heard):
        what = f'there is no language "{guide.heard}".'
        yield Problem("content/guide.toml", "heard", what, "Write its tag, such as es or pt-BR.")
    if not _DIALLED.fullmatch(guide.emergency):
        what = f'"{guide.emergency}" can\'t be dialled.'
        yield Problem("content/guide.toml", "emergency", what, "Write the digits alone, such as 112.")
    for term in guide.terms:
        for tag in term.also:
            if not _is_language(tag):
                what = f'"{term.slug}" is also given in "{tag}", which is no language.'
                yield Problem(file_of(("terms",)), "terms", what, "Write its tag, such as es or pt-BR.")
    for tag, country in guide.regions.items():
        if not re.fullmatch("[A-Z]{2}", country) or country not in Locale(SOURCE_LOCALE).territories:
            what = f'there is no country "{country}".'
            yield Problem("content/guide.toml", f"regions.{tag}", what, "Write its two capitals, such as CO.")
    for source in guide.sources:
        if source.url and not re.fullmatch(r"https?://\S+", source.url):
            what = f'the url of "{source.slug}" is not a web address.'
            yield Problem("content/sources.toml", "sources", what, "Begin it with https://.")


def _is_language(tag: str) -> bool:
    try:
        return str(Locale.parse(tag, sep="-")).replace("_", "-") == tag
    except (ValueError, UnknownLocaleError):
        return False


def check_texts(guide: Guide) -> list[Problem]:
    """Links lead to something that exists, and no text holds HTML."""
    slugs, problems = _slugs(guide), list[Problem]()

    def visit(text: str, slot: Slot) -> str:
        if slot.blocks and any("<h1" in literal for literal in split(text).literals):
            place = slot.trail[-1].replace("_", "-")
            what = "a heading has the rank of the page's title."
            problems.append(Problem(file_of(slot.trail), place, what, "Begin it with ## or ###."))
        for message in slot.skeleton(text).messages:
            problems.extend(_message(message, slot, slugs))
        return text

    walk(guide, visit)
    return problems


def _message(message: str, slot: Slot, slugs: dict[str, set[str]]) -> Iterator[Problem]:
    file, place = file_of(slot.trail), place_of(slot.trail)
    for target in parse(message).targets:
        kind, _, name = target.partition(":")
        if kind in slugs and name not in slugs[kind]:
            yield Problem(file, place, f'the link "{target}" leads nowhere.', suggestion(name, slugs[kind]))
        elif not is_target(target):
            yield Problem(
                file,
                place,
                f'the link "{target}" is not allowed.',
                "Name a thing, as in site:moravia, or an https address.",
            )
    unread = parse(message).plain
    if "](" in unread:
        scheme = _SCHEME.search(unread)
        fault = f'may not begin with "{scheme[1]}"' if scheme else "can't be read"
        what = f'a link {fault}: "{_around(unread, "](")}".'
        yield Problem(file, place, what, "Write it as [words](https://…) or [words](site:slug).")
    if _CONTROL.search(message):
        yield Problem(file, place, "a control character stands in the text.", "Write the sentence anew.")
    if "<" in message or ">" in message:
        yield Problem(file, place, "HTML or a sign like < or > stands in the text.", "Write it in words.")
    if slot.trail[-1] == "summary" and len(parse(message).plain) > _LINE:
        yield Problem(file, place, f"the summary has {len(parse(message).plain)} characters.", f"Cut it to {_LINE}.")


def _around(text: str, sign: str) -> str:
    at = text.index(sign)
    return text[max(0, at - 15) : at + 25].strip()


def _slugs(guide: Guide) -> dict[str, set[str]]:
    slugs = {kind: set(getattr(guide, field)) - {"not-found"} for kind, field in LINKED.items()}
    return {**slugs, "day": slugs["day"] | set(own_days(guide.days, guide.edition))}


def _references(guide: Guide) -> Iterator[tuple[tuple[str, ...], str, str, Iterable[str]]]:
    """Where one thing names others: the trail to it, the field, the kind of thing named, the names."""
    for day in guide.days.values():
        yield ("days", day.slug), "lessons", "lesson", day.lessons
        for number, stop in enumerate(day.itinerary, start=1):
            yield ("days", day.slug), f"itinerary {number}", "site", [stop.site]
    for site in guide.sites.values():
        yield ("sites", site.slug), "lessons", "lesson", site.lessons
    for lesson in guide.lessons.values():
        for number, point in enumerate(lesson.points, start=1):
            yield ("lessons", lesson.slug), f"points {number}", "day", [point.day]
            yield ("lessons", lesson.slug), f"points {number}", "site", [point.site]
    for page in guide.pages.values():
        kind, _, name = page.card.partition(":")
        if kind in ("day", "site"):
            yield ("pages", page.slug), "card", kind, [name]
    listed_rows = (("axes", guide.axes), ("phases", guide.phases), ("conclusions", guide.conclusions))
    for listed, things in listed_rows:
        for thing in things:
            yield (listed,), thing.slug, "site", thing.sites
            yield (listed,), thing.slug, "day", thing.days
