"""How far the translation into a language is, in numbers and as the lines that commands print."""

from collections import Counter
from collections.abc import Sequence

from guide.i18n import plurals
from guide.i18n.catalogs import Catalog, State
from guide.i18n.extract import Occurrence

Tally = Counter[State]
"""How many messages are in each state."""


def total(catalog: Catalog, occurrences: Sequence[Occurrence]) -> Tally:
    """The messages of the guide by their state in a language; one that stands in several files counts once."""
    return Tally(catalog.state_of(key) for key in dict.fromkeys(place.key for place in occurrences))


def by_file(catalog: Catalog, occurrences: Sequence[Occurrence]) -> dict[str, Tally]:
    """The same for each file that messages stand in; what stands on every page counts as one file."""
    files: dict[str, Tally] = {}
    for file, key in dict.fromkeys((_shown(place.file), place.key) for place in occurrences):
        files.setdefault(file, Tally())[catalog.state_of(key)] += 1
    return files


def summary(catalog: Catalog, occurrences: Sequence[Occurrence]) -> str:
    """`es: 412 of 418 messages, 4 stale, 2 missing`."""
    return f"{catalog.locale}: {_figures(total(catalog, occurrences), ' messages')}"


def copies(catalog: Catalog) -> str:
    """What to say of translations that are the source text again; empty when there is none."""
    counted = "; that is too many for names, so they count as missing" if catalog.has_copies else ""
    return f"  equal to the source: {catalog.equal:,}{counted}" if catalog.equal else ""


def unusual(catalog: Catalog) -> str:
    """What to say of a plural rule that is not the usual one of the language; empty when it is."""
    usual = plurals.of_language(catalog.locale)
    same = plurals.same(catalog.rule, usual)
    return "" if same else f"  the plural rule is its own: {plurals.differences(catalog.rule, usual)}"


def incomplete(catalog: Catalog, occurrences: Sequence[Occurrence]) -> list[str]:
    """A line for each file in which something is stale or missing."""
    return [
        f"  {file}: {_figures(tally)}"
        for file, tally in by_file(catalog, occurrences).items()
        if tally[State.TRANSLATED] < tally.total()
    ]


def _shown(file: str) -> str:
    return "guide (every page)" if file.startswith("guide/") else file


def _figures(tally: Tally, noun: str = "") -> str:
    done, stale, missing = (tally[state] for state in (State.TRANSLATED, State.STALE, State.MISSING))
    return f"{done:,} of {tally.total():,}{noun}, {stale} stale, {missing} missing"
