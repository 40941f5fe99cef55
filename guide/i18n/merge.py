"""Brings a PO file up to date with the messages of the guide, and loses nothing that a translator wrote.

When a source text changed, its entry becomes stale (fuzzy) and keeps the old wording as `#|`, so that a translator
sees what changed. Every entry is written in the lines of `po.py`, so an entry that did not change looks the same
whichever editor saved the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from guide.i18n import plurals, po
from guide.i18n.catalogs import rule_of
from guide.i18n.po import Entry, Key

_SAME_FILE, _ANY_FILE = 0.45, 0.75
"""How alike two source texts must be (0–1) to be the same text reworded."""

_HEADER = """\
# Translations of the field guide.
# Text: CC BY-SA 4.0, like the guide.
msgid ""
msgstr ""
"Project-Id-Version: {project}\\n"
{language}"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
{plural}"""


def pot_text(pot: Iterable[Entry], project: str) -> str:
    """The POT as it is written to disk; the same for the same messages. Its header calls the guide `project`."""
    return "\n".join([_header(project), *map(po.entry_text, pot)])


def _header(project: str, language: str = "", plural: str = "") -> str:
    escaped = project.replace("\\", "\\\\").replace('"', '\\"')
    return _HEADER.format(project=escaped, language=language, plural=plural)


def new(pot: Iterable[Entry], locale: str, project: str) -> po.File:
    """A PO file without any translation yet. Its header calls the guide `project`."""
    plural = f'"Plural-Forms: {plurals.of_language(locale).text}\\n"\n'
    header = _header(project, language=f'"Language: {locale}\\n"\n', plural=plural)
    return updated(po.read(header), pot, locale)


def updated(old: po.File, pot: Iterable[Entry], locale: str) -> po.File:
    """A PO file brought up to date with the POT."""
    forms = rule_of(old.header, locale).forms
    entries = {entry.key: entry for entry in old.entries}
    asleep = {entry.key: entry for entry in reversed(old.obsolete)}
    wanted = {entry.key: entry for entry in pot}
    gone = {key: entry for key, entry in entries.items() if key not in wanted}
    reworded = _reworded(
        [entry for key, entry in wanted.items() if key not in entries and key not in asleep],
        [entry for key, entry in {**asleep, **gone}.items() if key not in wanted and entry.is_given],
    )
    living = [
        _merged(entry, entries.get(key) or asleep.get(key), reworded.get(key), forms) for key, entry in wanted.items()
    ]
    used = {entry.key for entry in reworded.values()}
    fallen = [_as_translated(entry) for key, entry in gone.items() if key not in used]
    told = {_said(entry) for entry in [*living, *reworded.values()]}
    kept = [entry for entry in [*old.obsolete, *fallen] if entry.is_given or entry.translator_comments]
    obsolete = {_said(entry): entry for entry in kept if _said(entry) not in told}
    return po.File(old.header, tuple(living), tuple(obsolete.values()), old.tail)


def _said(entry: Entry) -> tuple[Key, tuple[str, ...]]:
    """What an entry says: two with the same are one."""
    return entry.key, entry.strings


def _reworded(new: list[Entry], gone: list[Entry]) -> dict[Key, Entry]:
    """For each new text the vanished one it most likely was, best pairs first."""
    pairs = sorted(_alike(new, gone), key=lambda pair: -pair[0])
    formers: dict[Key, Entry] = {}
    used: set[Key] = set()
    for _, entry, former in pairs:
        if entry.key not in formers and former.key not in used:
            formers[entry.key] = former
            used.add(former.key)
    return formers


def _alike(new: Iterable[Entry], gone: list[Entry]) -> Iterator[tuple[float, Entry, Entry]]:
    """Pairs of a new and a vanished text that may be the same, reworded, with how alike they are."""
    for entry in new:
        for former in gone:
            if (former.context, former.is_plural) != (entry.context, entry.is_plural):
                continue
            same_file = not set(entry.references).isdisjoint(former.references)
            matcher = SequenceMatcher(None, former.id.split(), entry.id.split(), autojunk=False)
            if matcher.quick_ratio() >= (least := _SAME_FILE if same_file else _ANY_FILE) and matcher.ratio() >= least:
                yield matcher.ratio() + same_file, entry, former


def _merged(entry: Entry, former: Entry | None, reworded: Entry | None, forms: int) -> Entry:
    """The POT's entry with what the PO file knows of it."""
    origin = former or reworded
    forms = forms if entry.is_plural else 1
    strings = origin.strings if origin else ("",) * forms
    has_other_forms = len(strings) != forms
    if has_other_forms:
        strings = strings[:1] * forms
    if origin is None:
        return replace(entry, strings=strings)
    previous = origin.previous_ids or (origin.ids if origin is reworded else ())
    is_stale = bool(reworded or has_other_forms or origin.is_fuzzy) and previous != entry.ids and any(strings)
    return replace(
        entry,
        strings=strings,
        previous_ids=previous if is_stale else (),
        flags=entry.flags | origin.own_flags | ({"fuzzy"} if is_stale else set()),
        translator_comments=origin.translator_comments,
    )


def _as_translated(entry: Entry) -> Entry:
    """An entry with the wording that its translation was made from."""
    if not (entry.is_fuzzy and entry.previous_ids):
        return entry
    singular, *plural = entry.previous_ids
    return replace(
        entry,
        id=singular,
        plural_id=plural[0] if plural else None,
        strings=entry.strings if plural else entry.strings[:1],
        previous_ids=(),
        flags=entry.own_flags,
    )
