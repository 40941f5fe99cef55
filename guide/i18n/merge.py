"""Brings a PO file up to date with the messages of the guide, and loses nothing that a translator wrote.

When a source text changed, its entry becomes stale (fuzzy) and keeps the old wording as `#|`, so that a translator
sees what changed. Every entry is written in the lines of `po.py`, so an entry that did not change looks the same
whichever editor saved the file.
"""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.catalog import Message

from guide.i18n import plurals, po
from guide.i18n.catalogs import Key, key_of, rule_of
from guide.i18n.po import ids_of, own_flags, strings_of

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


def pot_text(pot: BabelCatalog) -> str:
    """The POT as it is written to disk; the same for the same messages."""
    return "\n".join([_header(pot), *(po.entry_text(entry) for entry in pot if entry.id)])


def new_text(pot: BabelCatalog, locale: str) -> str:
    """A PO file without any translation yet."""
    plural = f'"Plural-Forms: {plurals.of_language(locale).text}\\n"\n'
    return merged_text(_header(pot, language=f'"Language: {locale}\\n"\n', plural=plural), pot, locale)


def _header(pot: BabelCatalog, language: str = "", plural: str = "") -> str:
    project = pot.project.replace("\\", "\\\\").replace('"', '\\"')
    return _HEADER.format(project=project, language=language, plural=plural)


def merged_text(text: str, pot: BabelCatalog, locale: str) -> str:
    """The text of a PO file after bringing it up to date with the POT."""
    old = po.read(text)
    forms = rule_of(old.header, locale).forms
    entries = {key_of(entry): entry for entry in old.entries}
    asleep = {key_of(entry): entry for entry in reversed(old.obsolete)}
    wanted = {key_of(entry): entry for entry in pot if entry.id}
    gone = {key: entry for key, entry in entries.items() if key not in wanted}
    reworded = _reworded(
        [entry for key, entry in wanted.items() if key not in entries and key not in asleep],
        [entry for key, entry in {**asleep, **gone}.items() if key not in wanted and any(strings_of(entry))],
    )

    living = [
        _merged(entry, entries.get(key) or asleep.get(key), reworded.get(key), forms) for key, entry in wanted.items()
    ]
    fallen = [_as_translated(entry) for key, entry in gone.items() if key not in map(key_of, reworded.values())]
    told = {_said(entry) for entry in [*living, *reworded.values()]}
    kept = [entry for entry in [*old.obsolete, *fallen] if any(strings_of(entry)) or entry.user_comments]
    obsolete = {_said(entry): entry for entry in kept if _said(entry) not in told}
    return po.written(po.File(old.header, tuple(living), tuple(obsolete.values()), old.tail))


def _said(entry: Message) -> tuple[object, ...]:
    """What an entry says: two with the same are one."""
    return key_of(entry), strings_of(entry)


def _reworded(new: list[Message], gone: list[Message]) -> dict[Key, Message]:
    """For each new text the vanished one it most likely was, best pairs first."""
    pairs = sorted(_alike(new, gone), key=lambda pair: -pair[0])
    found: dict[Key, Message] = {}
    used: set[Key] = set()
    for _, text, former in pairs:
        if key_of(text) not in found and key_of(former) not in used:
            found[key_of(text)] = former
            used.add(key_of(former))
    return found


def _alike(new: Iterable[Message], gone: list[Message]) -> Iterator[tuple[float, Message, Message]]:
    for text in new:
        files = {file for file, _ in text.locations}
        for former in gone:
            if (former.context, bool(former.pluralizable)) != (text.context, bool(text.pluralizable)):
                continue
            same_file = bool(files & {file for file, _ in former.locations})
            matcher = SequenceMatcher(None, key_of(former)[1].split(), key_of(text)[1].split(), autojunk=False)
            if matcher.quick_ratio() >= (least := _SAME_FILE if same_file else _ANY_FILE) and matcher.ratio() >= least:
                yield matcher.ratio() + same_file, text, former


def _merged(entry: Message, former: Message | None, reworded: Message | None, forms: int) -> Message:
    """The POT's entry with what the PO file knows of it."""
    origin = former or reworded
    forms = forms if entry.pluralizable else 1
    strings = strings_of(origin) if origin else ("",) * forms
    has_other_forms = len(strings) != forms
    if has_other_forms:
        strings = strings[:1] * forms
    merged = Message(
        entry.id,
        strings if entry.pluralizable else strings[0],
        entry.locations,
        (),
        entry.auto_comments,
        origin.user_comments if origin else (),
        context=entry.context,
    )
    merged.flags = entry.flags | (own_flags(origin) if origin else set())
    previous = tuple(origin.previous_id or (ids_of(origin) if origin is reworded else ())) if origin else ()
    is_stale = bool(reworded or has_other_forms or (former and former.fuzzy)) and previous != ids_of(entry)
    if is_stale and any(strings):
        merged.flags.add("fuzzy")
        merged.previous_id = list(previous)
    return merged


def _as_translated(entry: Message) -> Message:
    """An entry with the wording that its translation was made from."""
    if not (entry.fuzzy and entry.previous_id):
        return entry
    ids = tuple(entry.previous_id) if len(entry.previous_id) > 1 else entry.previous_id[0]
    former = Message(ids, entry.string, user_comments=entry.user_comments, context=entry.context)
    former.flags = own_flags(entry)
    return former
