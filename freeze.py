"""Builds the guide into plain files and says what was built."""

import argparse
import re
import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

from guide import create_app
from guide.config import Settings
from guide.i18n import extract, progress
from guide.problems import BuildError, GuideError, Problem
from guide.publish import publication
from guide.publish.build import build
from guide.publish.probe import probe
from guide.publish.server import Server
from guide.site import cards, web_address
from guide.site.web_address import NoAddress


def main(arguments: list[str] | None = None) -> int:
    """The command; its exit status is 1 when the guide has problems."""
    try:
        options = _options(arguments)
        if options.probe is not None:
            return _probe(_address("--probe", options.probe), options.out)
        _build(options.out, Settings(base_url=options.base_url), options.halt)
        if options.serve:
            _serve(options.out, options.port)
    except GuideError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the last build is as it was", file=sys.stderr)
        return 1
    return 0


class _Parser(argparse.ArgumentParser):
    """Reports a wrong argument like every other problem: one sentence, exit status 1."""

    def error(self, message: str) -> NoReturn:
        raise GuideError([Problem("freeze.py", "", f"{message}.", "See: freeze.py --help")])


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = _Parser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build"), help="the folder to build into (default: build)")
    parser.add_argument(
        "--base-url", default="", help="the public address, where content/edition.toml has none or another"
    )
    parser.add_argument("--halt", action="store_true", help="tell phones to take their saved guide away")
    parser.add_argument("--probe", metavar="URL", help="build nothing; check the guide at this address")
    parser.add_argument("--serve", action="store_true", help="serve the build on this machine")
    parser.add_argument("--port", type=_port, default=8000, help="the port for --serve (default: 8000)")
    return parser.parse_args(arguments)


def _address(argument: str, text: str) -> str:
    """An address that must be one."""
    try:
        found = web_address.normalised(text)
    except NoAddress as error:
        raise GuideError([Problem(argument, "", error.what, error.remedy)]) from error
    if not found:
        raise GuideError([Problem(argument, "", "no address is given.", f"Write it like {web_address.EXAMPLE}")])
    return found


def _port(text: str) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; choose a number from 1024 to 65535")
    return int(text)


def _build(out: Path, settings: Settings, halt: bool) -> None:
    started = time.perf_counter()
    app = create_app(settings)
    site = app.extensions["guide"]()
    published = publication.ask(site.settings.base_url)
    built = build(app, out, _progress if sys.stderr.isatty() else lambda done, all: None, halt, published)
    library = site.library
    seconds = time.perf_counter() - started
    for doubt in library.doubts:
        print(f"warning: {doubt}", file=sys.stderr)
    print(
        f"froze {built.pages:,} pages in {len(library.languages)} languages to {out}/ "
        f"({built.files:,} files, {built.bytes / 1e6:.1f} MB, {seconds:.1f} s)"
    )
    print(f"revision {built.revision}, serial {built.serial}")
    for sentence in cards.left_out(library) if settings.base_url else ():
        print(sentence)
    occurrences = extract.occurrences(library.content)
    for language in list(library.languages.values())[1:]:
        print(progress.summary(language.catalog, occurrences))
        if language.catalog.has_copies:
            print(*progress.notes(language.catalog), sep="\n")
    for notice in built.notices:
        print(notice, file=sys.stderr)


def _probe(url: str, out: Path) -> int:
    report = probe(url, out)
    for line in report.lines:
        print(line)
    if report.problems:
        raise BuildError(report.problems)
    return 0


def _progress(done: int, all: int) -> None:
    print(f"\rfreezing {done * 100 // all} %", end="\r\033[K" if done == all else "", file=sys.stderr, flush=True)


def _serve(out: Path, port: int) -> None:
    with Server(out, port) as server:
        print(f"serving {out}/ at {server.address} (Ctrl+C stops)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("stopped")


def _stop(*_: object) -> NoReturn:
    """Told to end, a build puts things back first, as it does at Ctrl+C."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())
