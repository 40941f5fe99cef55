"""What is needed of the PO format and Babel leaves out: the old wording (`#|`), and entries as they were written."""

from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import denormalize, normalize, read_po, write_po

WIDTH = 79


def read(text: str, locale: str) -> Catalog:
    """A PO file as Babel reads it, with the old wording of stale entries. Raises PoFileError."""
    catalog = read_po(BytesIO(text.encode()), locale=locale, charset="utf-8", abort_invalid=True)
    written = entries(text)
    for message in catalog:
        if message.id and message.fuzzy:
            message.previous_id = _previous(entry_at(written, message.lineno or 1))
    return catalog


def entries(text: str) -> dict[int, str]:
    """The entries of a PO file just as they are written, by the number of their first line."""
    found: dict[int, str] = {}
    start, rows = 1, list[str]()
    for number, row in enumerate([*text.splitlines(), ""], start=1):
        if row.strip():
            rows.append(row)
            continue
        if rows:
            found[start] = "\n".join(rows)
        start, rows = number + 1, []
    return found


def entry_at(found: dict[int, str], line: int) -> str:
    """The entry that covers a line."""
    return found[max(start for start in found if start <= line)]


def entry_text(message: Message) -> str:
    """An entry as it is written to a file: files without line numbers, old wording before the text."""
    catalog = Catalog(fuzzy=False)
    catalog[message.id] = message
    text = _written(catalog)
    if not message.previous_id:
        return text
    names = ("msgid", "msgid_plural")
    previous = "".join(
        f"#| {name} {normalize(old, prefix='#| ', width=WIDTH)}\n"
        for name, old in zip(names, message.previous_id, strict=False)
    )
    at = text.index("msgctxt " if message.context else "msgid ")
    return text[:at] + previous + text[at:]


def obsolete_text(message: Message) -> str:
    """An entry whose text no longer exists, as it is written to a file: every line behind `#~`."""
    catalog = Catalog(fuzzy=False)
    entry = Message(message.id, message.string, user_comments=message.user_comments, context=message.context)
    catalog.obsolete["entry"] = entry
    return _written(catalog)


def _written(catalog: Catalog) -> str:
    for entry in [*catalog, *catalog.obsolete.values()]:
        entry.locations = [(file, 1) for file in sorted({file for file, _ in entry.locations})]
        entry.flags.discard("python-format")
    buffer = BytesIO()
    write_po(buffer, catalog, width=WIDTH, omit_header=True, include_lineno=False)
    return buffer.getvalue().decode()


def _previous(entry: str) -> list[str]:
    """The old wording in an entry: the singular, and the plural where there is one."""
    rows = [row.removeprefix("#|").strip() for row in entry.splitlines() if row.startswith("#|")]
    found: list[list[str]] = []
    for row in rows:
        if row.startswith("msgid"):
            found.append([])
        if found and '"' in row:
            found[-1].append(row[row.index('"') :])
    return [denormalize("\n".join(['""', *strings])) for strings in found]
