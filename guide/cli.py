"""Every command of the guide: `freeze.py` builds, serves and probes; `flask --app guide` has `check` and `messages`.

Commands print; what they print is made elsewhere. `freeze.py` hands `create_app` over, so nothing here imports it.
"""

import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from guide.config import SOURCE_LOCALE, Paths, Settings
from guide.content import loader
from guide.content.checks import sources
from guide.i18n import catalogs, extract, merge, po, progress
from guide.i18n.terminology import mismatches
from guide.kit.address import refuse_private
from guide.kit.pages import INDEX
from guide.problems import BuildError, CatalogError, GuideError, Problem
from guide.publish import folder, publication
from guide.publish.build import build
from guide.publish.probe import probe
from guide.publish.server import Server
from guide.site import cards, web_address
from guide.site import library as libraries
from guide.site.files import Site
from guide.site.web_address import NoAddress

KEPT = 2
"""Builds before the present one whose files stay where a guide is published from."""

Factory = Callable[[Settings], Flask]
"""`create_app`: an application for these settings. Raises GuideError with all problems of the guide."""


@contextmanager
def _sentences(context: click.Context) -> Iterator[None]:
    """Whatever a person can mend becomes a sentence on stderr and exit status 1."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:  # the help of a group, which its name alone asks for
        raise
    except click.UsageError as error:
        name = _name(context)
        click.echo(str(Problem(name, "", _wrong_usage(error), f"See: {name} --help")), err=True)
        context.exit(1)
    except GuideError as error:
        click.echo(str(error), err=True)
        context.exit(1)


def _name(context: click.Context) -> str:
    """The command as a person of the project writes it."""
    root = context.find_root()
    below = context.command_path.removeprefix(root.command_path)
    return f"flask --app guide{below}" if below else str(root.info_name)


def _wrong_usage(error: click.UsageError) -> str:
    """What is wrong with an argument, as a sentence."""
    match error:
        case click.NoSuchOption():
            return f"unrecognized arguments: {error.option_name}."  # not what click guesses: --halt for --fast
        case click.BadParameter(param=click.Option() as option):
            return f"argument {option.opts[0]}: {error.message}."
    message = error.format_message().removesuffix(".")
    return f"{message[:1].lower()}{message[1:]}."


class _Command(click.Command):
    """A command that answers a wrong argument as it answers every other problem."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _sentences(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _sentences(ctx):
            return super().invoke(ctx)


class _Group(_Command, click.Group):
    """A group of such commands."""

    command_class = _Command


def main(create_app: Factory) -> None:
    """`python freeze.py …`. Told to end by the system, a build puts things back first, as it does at Ctrl+C."""
    signal.signal(signal.SIGTERM, _stop)
    freeze(prog_name="freeze.py", obj=create_app)


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > 65535:
        raise click.BadParameter(f"{text!r} is not a port; choose a number from 1024 to 65535")
    return int(text)


@click.command(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--out", type=click.Path(path_type=Path), help="The folder to build into [build].")
@click.option("--into", type=click.Path(path_type=Path), help="The folder to publish from, in the place of --out.")
@click.option("--base-url", default="", help="The public address, where content/edition.toml has none or another.")
@click.option("--kit", "kit", is_flag=True, help="Refuse an address without a kit, and say where the kit is.")
@click.option("--halt", is_flag=True, help="Tell phones to take their saved guide away.")
@click.option(
    "--probe",
    "probed",
    metavar="URL",
    help="Build nothing; check the guide at this address (empty: of --out).",
)
@click.option("--serve", is_flag=True, help="Serve the build on this machine.")
@click.option("--port", type=_port, metavar="PORT", default="8000", help="The port for --serve [8000].")
@click.pass_obj
def freeze(
    create_app: Factory,
    out: Path | None,
    into: Path | None,
    base_url: str,
    kit: bool,
    halt: bool,
    probed: str | None,
    serve: bool,
    port: int,
) -> None:
    """Build the guide into plain files and say what was built.

    With --into, files that phones may still ask for stay from the last builds, and there must be a public address.
    """
    if into and out:
        raise GuideError([Problem("--into", "", "--out names a folder as well.", "Name one folder.")])
    target = into or out or Path("build")
    try:
        if probed is not None:
            made = folder.written(target)
            _probe(_address("--probe", probed or (made.address if made else "")), target)
            return
        _build(create_app, Settings(base_url=base_url), target, halt, kit, keep=KEPT if into else 0)
        if serve:
            _serve(target, port)
    except KeyboardInterrupt:
        click.echo("stopped; the last build is as it was", err=True)
        raise SystemExit(1) from None


def _address(argument: str, text: str) -> str:
    """An address that must be one."""
    try:
        address = web_address.normalised(text)
    except NoAddress as error:
        raise GuideError([Problem(argument, "", error.what, error.remedy)]) from error
    if not address:
        raise GuideError([Problem(argument, "", "no address is given.", f"Write it like {web_address.EXAMPLE}")])
    return address


def _probe(url: str, out: Path) -> None:
    report = probe(url, out)
    for line in report.lines:
        click.echo(line)
    if report.problems:
        raise BuildError(report.problems)


def _build(create_app: Factory, settings: Settings, out: Path, halt: bool, with_kit: bool, keep: int) -> None:
    started = time.perf_counter()
    app = create_app(settings)
    site: Site = app.extensions["guide"]()
    library = site.library
    if keep and not site.settings.base_url:
        what = "there is no public address, and what is published needs one."
        remedy = f'Write it once, such as web_address = "{web_address.EXAMPLE}"'
        raise GuideError([Problem("content/edition.toml", "web_address", what, remedy)])
    if with_kit:
        refuse_private(site.settings.base_url)
    published = publication.ask(site.settings.base_url)
    built = build(app, out, _progress(site) if sys.stderr.isatty() else lambda done, all: None, halt, published, keep)
    seconds = time.perf_counter() - started
    before = f"{built.reused:,} pages as before, " if built.reused else ""
    for doubt in library.doubts:
        click.echo(f"warning: {doubt}", err=True)
    click.echo(
        f"froze {built.pages:,} pages in {len(library.languages)} languages to {out}/ "
        f"({built.files:,} files, {built.bytes / 1e6:.1f} MB, {before}{seconds:.1f} s)"
    )
    click.echo(f"revision {built.revision}, serial {built.serial}")
    for sentence in cards.left_out(library) if site.settings.base_url else ():
        click.echo(sentence)
    occurrences = extract.occurrences(library.content)
    for language in list(library.languages.values())[1:]:
        click.echo(progress.summary(language.catalog, occurrences))
        if language.catalog.has_copies:
            click.echo(progress.copies(language.catalog))
    for notice in built.notices:
        click.echo(notice, err=True)
    if with_kit:
        click.echo(f"The kit for hosts is in {(out / INDEX).parent}/: open {out / INDEX} in a browser.")
        if built.gaps:
            click.echo(f"Not filled in yet in content/edition.toml: {'; '.join(built.gaps)}.")


def _progress(site: Site) -> Callable[[int, int], None]:
    """Shows on a line of its own how far a build is, and how many pages it need not print."""

    def show(done: int, all: int) -> None:
        ending = "\r\033[K" if done == all else ""
        reused = f", {site.reused:,} pages as before" if site.reused else ""
        click.echo(f"\rfreezing {done * 100 // all} %{reused}{ending}", nl=False, err=True)

    return show


def _serve(out: Path, port: int) -> None:
    with Server(out, port) as server:
        try:
            click.echo(f"serving {out}/ at {server.address} (Ctrl+C stops)")
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped")


def _paths() -> Paths:
    """Where the guide of the application lies."""
    paths: Paths = current_app.extensions["guide.paths"]
    return paths


@click.command(cls=_Command)
@with_appcontext
def check() -> None:
    """Look for everything that can be wrong with content and translations."""
    library = libraries.load(Settings(paths=_paths()))
    for doubt in library.doubts:
        click.echo(f"warning: {doubt}", err=True)
    click.echo(sources.summary(library.content))
    click.echo(
        f"no problems: {len(library.content.days)} days, {len(library.content.sites)} sites, "
        f"{len(library.languages)} languages"
    )


@click.group(cls=_Group)
def messages() -> None:
    """Work on the translations."""


@messages.command("extract")
@with_appcontext
def extract_messages() -> None:
    """Bring the POT and every PO file up to date with the texts of the guide."""
    paths = _paths()
    guide = loader.load(paths)
    occurrences = extract.occurrences(guide)
    pot, pot_path = extract.template(occurrences), paths.translations / "messages.pot"
    files = catalogs.read_po_files(paths)
    _write(pot_path, merge.pot_text(pot, guide.name))
    click.echo(f"{paths.shown(pot_path)}: {len(pot):,} messages")
    for locale, file in files.items():
        updated = merge.updated(file, pot, locale)
        _write(catalogs.po_path(paths, locale), po.written(updated))
        click.echo(progress.summary(catalogs.of_file(updated, paths, locale)[0], occurrences))


@messages.command()
@click.argument("locale")
@with_appcontext
def init(locale: str) -> None:
    """Begin a new language: LOCALE is its code, such as pt or pt_BR."""
    paths = _paths()
    path = catalogs.po_path(paths, locale)
    if not catalogs.is_locale(locale) or locale == SOURCE_LOCALE:
        name = catalogs.locale_for(locale)
        remedy = f"Write: flask --app guide messages init {name}" if name not in ("", SOURCE_LOCALE) else ""
        what = "this is not a locale to translate into."
        raise CatalogError([Problem(f'"{locale}"', "", what, remedy or "Write a code like pt or pt_BR.")])
    if path.exists():
        what = "this file is there already."
        raise CatalogError([Problem(paths.shown(path), "", what, "Edit it, or run: messages extract")])
    guide = loader.load(paths)
    occurrences = extract.occurrences(guide)
    file = merge.new(extract.template(occurrences), locale, guide.name)
    _write(path, po.written(file))
    summary = progress.summary(catalogs.of_file(file, paths, locale)[0], occurrences)
    click.echo(f"{paths.shown(path)}: {summary}")


@messages.command()
@click.option("--complete", is_flag=True, help="Exit with 1 when a language is not whole.")
@with_appcontext
def status(complete: bool) -> None:
    """How far every language is, and in which files something is stale or missing."""
    paths = _paths()
    occurrences = extract.occurrences(loader.load(paths))
    is_complete = True
    for locale, file in catalogs.read_po_files(paths).items():
        catalog, _ = catalogs.of_file(file, paths, locale)
        click.echo(progress.summary(catalog, occurrences))
        for note in filter(None, (progress.copies(catalog), progress.unusual(catalog))):
            click.echo(note)
        for line in progress.incomplete(catalog, occurrences):
            is_complete = False
            click.echo(line)
    if complete and not is_complete:
        raise SystemExit(1)


@messages.command("check")
@with_appcontext
def check_messages() -> None:
    """Look for faults in every PO file: marks, links, placeholders, figures, hidden characters."""
    paths = _paths()
    read = [catalogs.read(paths, locale) for locale in catalogs.locales(paths)[1:]]
    if problems := [problem for _, faults in read for problem in faults]:
        raise CatalogError(problems)
    terms = loader.load(paths).terms
    for catalog, _ in read:
        for source, term, form in mismatches(catalog, terms):
            click.echo(f'warning: {catalog.locale}: "{term}" is "{form}" in the glossary, but not in: {source[:70]}')
    click.echo("no faults in the translations")


def _write(path: Path, text: str) -> None:
    """The same bytes on every machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
