"""`flask --app guide messages …`: what translators run."""

from pathlib import Path

import click
from flask.cli import AppGroup

from guide.config import SOURCE_LOCALE, Paths
from guide.content import loader
from guide.i18n import catalogs, extract, merge, po, progress
from guide.i18n.extract import Occurrence
from guide.i18n.terminology import departures
from guide.problems import CatalogError, GuideError, Problem


def _write(path: Path, text: str) -> None:
    """The same bytes on every machine."""
    path.write_text(text, encoding="utf-8", newline="\n")


def group(paths: Paths) -> AppGroup:
    """The commands, for the guide that lies at these paths."""
    messages = AppGroup("messages", help="Work on the translations.")

    def occurrences() -> list[Occurrence]:
        return extract.occurrences(loader.load(paths))

    @messages.command("extract")
    def extract_command() -> None:
        """Bring the POT and every PO file up to date with the texts of the guide."""
        with sentences():
            places = occurrences()
            pot = extract.template(places)
            pot_path = paths.translations / "messages.pot"
            files = catalogs.read_po_files(paths)
            pot_path.parent.mkdir(exist_ok=True)
            _write(pot_path, merge.pot_text(pot))
            click.echo(f"{paths.shown(pot_path)}: {len(pot):,} messages")
            for locale, file in files.items():
                merged = merge.updated(file, pot, locale)
                _write(catalogs.po_path(paths, locale), po.written(merged))
                click.echo(progress.summary(catalogs.of_file(merged, paths, locale)[0], places))

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
            places = occurrences()
            file = merge.new(extract.template(places), locale)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, po.written(file))
            summary = progress.summary(catalogs.of_file(file, paths, locale)[0], places)
            click.echo(f"{paths.shown(path)}: {summary}")

    @messages.command()
    @click.option("--complete", is_flag=True, help="Exit with 1 when a language is not whole.")
    def status(complete: bool) -> None:
        """How far every language is, and in which files something is stale or missing."""
        with sentences():
            places = occurrences()
            incomplete = []
            for locale, file in catalogs.read_po_files(paths).items():
                catalog, _ = catalogs.of_file(file, paths, locale)
                lines = progress.incomplete(catalog, places)
                for line in (progress.summary(catalog, places), *progress.notes(catalog), *lines):
                    click.echo(line)
                incomplete += lines
        if complete and incomplete:
            raise SystemExit(1)

    @messages.command()
    def check() -> None:
        """Look for faults in every PO file: marks, links, placeholders, figures, hidden characters."""
        with sentences():
            read = [catalogs.read(paths, locale) for locale in catalogs.locales(paths)[1:]]
            problems = [problem for _, faults in read for problem in faults]
            if problems:
                raise CatalogError(problems)
            for catalog, _ in read:
                for source, term, form in departures(catalog, loader.load(paths).terms):
                    click.echo(
                        f'warning: {catalog.locale}: "{term}" is "{form}" in the glossary, but not in: {source[:70]}'
                    )
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
