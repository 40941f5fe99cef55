"""What lacks a source, and what of the record is not told."""

import re
from collections.abc import Iterator
from functools import cache

from guide.content.layout import file_of
from guide.content.statements import Statement, statements, told
from guide.model.guide import Guide
from guide.problems import Problem, suggestion

UNSOURCED = {
    "title", "name", "short_name", "theme", "summary", "description", "activity", "label", "district", "year",
    "heading", "kind", "left_out", "about", "drawing", "greeting", "role", "meeting_point", "gloss",
}  # fmt: skip
"""Fields that name or announce what is told elsewhere."""

OWN_WORDS = {("pages", "offline"), ("pages", "not-found"), ("pages", "sources")}
"""Pages about the guide itself."""

PARAPHRASED = {"items"}
"""The record itself, in our words: each is its own source."""

HOSTS = {"changes", "edition", "phrases"}
"""What states nothing of the city, or is written by a host: it needs no source, and has no page of notes for one."""

_NUMBERED = ("Day", "Days", "Line", "Lines")
"""What every guide numbers."""
_FIGURE = re.compile(r"(?<!\w)\d")


def check_sources(guide: Guide) -> Iterator[Problem]:
    """Every item of the record is told or left out with a reason, every figure has a source, every source is used."""
    places = told(guide)
    known = {source.slug for source in guide.sources} | {item.slug for item in guide.items}
    for statement in statements(guide):
        file, place = file_of(statement.trail), f'{statement.trail[-1].replace("_", "-")}, "{statement.text[:40]}…"'
        for slug in statement.rests_on:
            if slug not in known:
                yield Problem(file, place, f'there is no source "{slug}".', suggestion(slug, known))
        if statement.rests_on and statement.trail[0] in HOSTS:
            yield Problem(file, place, "a source mark in a host's words.", "Remove [^…]: what a host says needs none.")
        if needs_source(statement, guide.names_with_numbers) and not statement.rests_on:
            yield Problem(file, place, "a figure without a source.", "Name it at the end of the block: [^slug].")
    for item in guide.items:
        if item.slug not in places and not item.left_out:
            what = f"no block tells item {item.slug} ({item.heading}, {item.kind})."
            yield Problem("content/record.toml", "items", what, f"Tell it and write [^{item.slug}], or give left_out.")
    for source in guide.sources:
        if source.slug not in places and source.slug != "record":
            what = f'nothing rests on "{source.slug}".'
            yield Problem("content/sources.toml", "sources", what, "Name it where it belongs, or remove it.")


def needs_source(statement: Statement, names: tuple[str, ...]) -> bool:
    """Whether a statement holds a figure, other than in a name, and is not about the guide itself."""
    whole, thing, field = statement.trail[0], statement.trail[:2], statement.trail[-1]
    if whole in HOSTS | PARAPHRASED or thing in OWN_WORDS or field in UNSOURCED:
        return False
    return _FIGURE.search(_in_names(names).sub("", statement.text)) is not None


@cache
def _in_names(names: tuple[str, ...]) -> re.Pattern[str]:
    """Figures in names, licences and addresses. A name with a figure of its own stands there whole."""
    whole = [re.escape(name) for name in names if _FIGURE.search(name)]
    numbered = "|".join(map(re.escape, [*_NUMBERED, *(name for name in names if not _FIGURE.search(name))]))
    before = rf"\b(?:{numbered}) \d+(?:(?: to | and |, |–)\d+)*"
    return re.compile("|".join([before, *whole, r"(?:ShareAlike|BY-SA) 4\.0", r"\]\([^)]*\)"]))


def summary(guide: Guide) -> str:
    """`269 of 269 items of the record told (9 left out with a reason); 0 statements with figures lack a source`."""
    places, names = told(guide), guide.names_with_numbers
    left = sum(1 for item in guide.items if item.left_out)
    done = sum(1 for item in guide.items if item.slug in places or item.left_out)
    lacking = sum(1 for statement in statements(guide) if needs_source(statement, names) and not statement.rests_on)
    return (
        f"{done} of {len(guide.items)} items of the record told ({left} left out with a reason); "
        f"{lacking} statements with figures lack a source"
    )
