"""`flask --app guide messages …`: what translators run."""

from collections import Counter
from pathlib import Path

import click
from flask.cli import AppGroup

from guide.config import SOURCE_LOCALE, Paths
from guide.content import loader
from guide.i18n import catalogs, extract, merge, plurals
from guide.i18n.catalogs import State
from guide.i18n.terminology import departures
from guide.problems import CatalogError, GuideError, Problem

Tally = Counter[State]


def tally(paths: Paths, locale: str, found: list[extract.Message]) -> dict[str, Tally]:
    """How many messages of a locale are translated, stale and missing, by the file they stand in."""
    catalog, _ = catalogs.read(paths, locale)
    files: dict[str, Tally] = {}
    for page, key in dict.fromkeys((_page_of(message.file), message.key) for message in found):
        files.setdefault(page, Tally())[catalog.state_of(key)] += 1
    return files


def _page_of(file: str) -> str:
    return "guide (every page)" if file.startswith("guide/") else file


def total(paths: Paths, locale: str, found: list[extract.Message]) -> Tally:
    """The same for a whole locale; a message that stands in several files counts once."""
    catalog, _ = catalogs.read(paths, locale)
    return Tally(catalog.state_of(key) for key in dict.fromkeys(message.key for message in found))


def summary(locale: str, states: Tally) -> str:
    """`es: 412 of 418 messages, 4 stale, 2 missing`."""
    return f"{locale}: {_figures(states, ' messages')}"


def copied(paths: Paths, locale: str) -> str:
    """What to say of translations that are the source text again; empty when there is none."""
    catalog, _ = catalogs.read(paths, locale)
    counted = "; that is too many for names, so they count as missing" if catalog.has_copies else ""
    return f"  equal to the source: {catalog.equal:,}{counted}" if catalog.equal else ""


def unusual(paths: Paths, locale: str) -> str:
    """What to say of a plural rule that is not the usual one of the language; empty when it is."""
    file, _ = catalogs.read_po(catalogs.po_path(paths, locale), locale, "")
    rule, usual = catalogs.rule_of(file.header, locale), plurals.of_language(locale)
    return "" if plurals.same(rule, usual) else f"  the plural rule is its own: {plurals.differences(rule, usual)}"


def _figures(states: Tally, noun: str = "") -> str:
    done, stale, missing = (states[state] for state in (State.TRANSLATED, State.STALE, State.MISSING))
    return f"{done:,} of {states.total():,}{noun}, {stale} stale, {missing} missing"


def readable(paths: Paths) -> dict[str, Path]:
    """The PO file of every locale. Raises CatalogError when one can't be read as a whole."""
    files = {locale: catalogs.po_path(paths, locale) for locale in catalogs.locales(paths)[1:]}
    problems = [
        problem for locale, path in files.items() for problem in catalogs.read_po(path, locale, paths.shown(path))[1]
    ]
    if problems:
        raise CatalogError(problems)
    return files


def _write(path: Path, text: str) -> None:
    """The same bytes on every machine."""
    path.write_text(text, encoding="utf-8", newline="\n")


def group(paths: Paths) -> AppGroup:
    """The commands, for the guide that lies at these paths."""
    messages = AppGroup("messages", help="Work on the translations.")

    def found() -> list[extract.Message]:
        return extract.messages(loader.load(paths))

    @messages.command("extract")
    def extract_command() -> None:
        """Bring the POT and every PO file up to date with the texts of the guide."""
        with sentences():
            rows = found()
            pot = extract.template(rows, loader.load(paths).name)
            pot_path = paths.translations / "messages.pot"
            files = readable(paths)
            pot_path.parent.mkdir(exist_ok=True)
            _write(pot_path, merge.pot_text(pot))
            click.echo(f"{paths.shown(pot_path)}: {len(pot):,} messages")
            for locale, path in files.items():
                _write(path, merge.merged_text(path.read_text("utf-8-sig"), pot, locale))
                click.echo(summary(locale, total(paths, locale, rows)))

    @messages.command()
    @click.argument("locale")
    def init(locale: str) -> None:
        """Begin a new language: LOCALE is its code, such as pt or pt_BR."""
        path = catalogs.po_path(paths, locale)
        with sentences():
            if not catalogs.is_locale(locale) or locale == SOURCE_LOCALE:
                name = catalogs.locale_for(locale)
                remedy = f"Write: flask --app guide messages init {name}" if name not in ("", SOURCE_LOCALE) else ""
                what = "this is not a locale to translate into."
                raise CatalogError([Problem(f'"{locale}"', "", what, remedy or "Write a code like pt or pt_BR.")])
            if path.exists():
                raise CatalogError(
                    [Problem(paths.shown(path), "", "this file is there already.", "Edit it, or run: messages extract")]
                )
            rows = found()
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, merge.new_text(extract.template(rows, loader.load(paths).name), locale))
            click.echo(f"{paths.shown(path)}: {summary(locale, total(paths, locale, rows))}")

    @messages.command()
    @click.option("--complete", is_flag=True, help="Exit with 1 when a language is not whole.")
    def status(complete: bool) -> None:
        """How far every language is, and in which files something is stale or missing."""
        with sentences():
            rows = found()
            whole = True
            for locale in readable(paths):
                states = total(paths, locale, rows)
                click.echo(summary(locale, states))
                for note in filter(None, (copied(paths, locale), unusual(paths, locale))):
                    click.echo(note)
                for file, row in tally(paths, locale, rows).items():
                    if row[State.TRANSLATED] < row.total():
                        whole = False
                        click.echo(f"  {file}: {_figures(row)}")
        if complete and not whole:
            raise SystemExit(1)

    @messages.command()
    def check() -> None:
        """Look for faults in every PO file: marks, links, placeholders, figures, hidden characters."""
        with sentences():
            problems = [
                problem for locale in catalogs.locales(paths)[1:] for problem in catalogs.read(paths, locale)[1]
            ]
            if problems:
                raise CatalogError(problems)
        for locale in catalogs.locales(paths)[1:]:
            for source, term, form in departures(catalogs.read(paths, locale)[0], loader.load(paths).terms):
                click.echo(f'warning: {locale}: "{term}" is "{form}" in the glossary, but not in: {source[:70]}')
        click.echo("no faults in the translations")

    return messages


class sentences:
    """Turns a GuideError into its sentences on stderr and exit status 1."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, GuideError):
            click.echo(str(error), err=True)
            raise SystemExit(1) from None
