"""`make fuzz`: inputs that nobody would write, to every reader of what people write.

Each input is a real file of the guide, spoilt, or a pattern repeated up to 64 KB. It goes through the same functions as
a build, in a process of its own. A person may get sentences for it; a traceback, or more than two seconds of work, is a
fault: the input is kept in a folder, and the exit status is 1. A seed gives the same inputs again.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from guide import create_app
from guide.config import Paths, Settings
from guide.content import loader
from guide.i18n import catalogs, extract, merge, po
from guide.i18n.terminology import mismatches
from guide.problems import GuideError
from guide.publish.build import build
from guide.site import cards, lettering, library
from guide.site.cards import Caption
from guide.text import markdown
from guide.text.pieces import printing
from tests.paper import Paper, on_paper

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 64 * 1024
LIMIT, LIMIT_OF_A_BUILD = 2.0, 20.0
"""Seconds of work that an input may take; a whole build takes some without any."""
PATIENCE = 60.0
"""Seconds after which a process that does not answer is ended."""

TOKENS = {
    "po": (
        '"', "\\", '\\"', "\n", "msgid ", "msgstr ", 'msgid "', 'msgstr "', "msgctxt ", "msgid_plural ", "msgstr[0] ",
        "#~ ", "#| ", "#, fuzzy\n", "#: ", "# ", ":1", "%(a)s", "%", "{", "}", "](", "[", "]", "**", "*", "`", "1", ".",
        ",", "1.", "a", "a.", "@", "a@", "www.", "http://", " ", "1:00", "1 p.m.", "&", ";", "&a", "<", "\u202e",
        "\u00a0", "\u0661", "ñ", '"a"\n', "site:x", ")", "(", "'", "\r", "\0",
    ),
    "markdown": (
        "*", "**", "_", "`", "[", "]", "(", ")", "](", "[^", "[^a]", "![", "<", ">", "> ", "- ", "1. ", "# ", "## ",
        "## a [+]", "\n", "\n\n", "|", "|-", "|-|\n", " ", "    ", "\t", "\\", "&", "&amp;", "&#0;", "~", "***\n", "a",
        "A. ", "Faro ", "faro", "1", "site:x", "[a](site:x)", "lang:es", "\u3000", "é", "\u0301", "+++\n", "\r", "\0",
        "http://a", "a@b.c", "---\n", "===\n", "ß", "İ",
    ),
    "toml": (
        "=", "a", "a.", '"', "'", '"""', "'''", "[", "]", "[[", "]]", "{", "}", "a={", "a=[", "\n", "#", ",", "1", "1_",
        "0x", "e", "nan", "inf", "-", "+", ".", "2017-05-29", "T08:30", ":", "\\", "\\u", "\\U", "true", " ", "\t",
        "a=1\n", '""', "''.", "[a]\n", "[[a]]\n", "é", "\0", "\r", "@", "a@", ".a", "[days.1]\n", "stops.",
    ),
    "svg": (
        "<g>", "</g>", "<", ">", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?x ?>", "<!DOCTYPE a [", '<!ENTITY a "b">',
        "&a;", "&#0;", "&lt;", '<use href="#a"/>', '<g id="a">', '<path d="M0 0', 'h1', "1e9", '"/>', '"', " ", "\n",
        '<rect width="1" height="1"/>', ' fill="url(#a)"', "url(", "url(#a)", "\\", "@import ", ' style="', "<style>",
        "</style>", "onload=", ' x="', "nan", "-", "0", "1", ".", "<script>", ' xmlns:a="b"', " a:b=", "é", "\0",
        ' stroke-dasharray="0.001"', ' viewBox="0 0 1 1"', "<mask>", "<pattern>", "<filter>",
        '<feGaussianBlur stdDeviation="9999"/>',
    ),
    "lettering": (
        "a", "W", ".", " ", "\u0301", "é", "🎉", "\ufe0f", "\u200d", "中", "ﷺ", "\u00ad", "\n", "&", "<", "Ä", "\ufb01",
    ),
    "asset": (
        'from "./', 'import("./', 'url("./', '"', "'", "/", "//", "/*", "*/", "\\", "(", ")", "{", "}", ";", "\n", "`",
        "${", "a", " ", "1", "../", "@import ", ":", "é", "\0", "<!--", "return /", "/g", "from ", "\u2028",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Input:
    """What is tried: its number in the run, the reader it goes to, where it is put, and its bytes."""

    number: int
    kind: str
    file: str
    body: bytes


@dataclass(frozen=True)
class Finding:
    """An input that took too long, or ended in a traceback."""

    input: Input
    what: str


def inputs(seed: int, files: dict[str, dict[str, bytes]], builds: bool = True) -> Iterator[Input]:
    """The inputs of a seed, without end. `files` are the real ones by kind and by the place where they are put."""
    weights = [30, 30, 25, 20, 10, 8, 0.4 if builds else 0]
    number = 0
    while True:
        number += 1
        dice = random.Random(f"{seed}-{number}")
        kind = dice.choices([*TOKENS, "build"], weights=weights)[0]
        source = dice.choice(["markdown", "toml", "po", "svg"]) if kind == "build" else kind
        file = dice.choice(sorted(files[source]))
        body = _spoilt(dice, source, files) if dice.random() < 0.5 else _framed(dice, source, files[source][file])
        yield Input(number, kind, file, body[:LONGEST])


def _pattern(dice: random.Random, kind: str) -> str:
    """A beginning, something again and again, an end."""
    few = [
        *dice.choices(TOKENS[kind], k=dice.randint(0, 3)),
        "<again>",
        *dice.choices(TOKENS[kind], k=dice.randint(0, 3)),
    ]
    unit = "".join(dice.choices(TOKENS[kind], k=dice.randint(1, 4)))
    size = dice.choice([100, 3_000, 30_000, LONGEST, LONGEST])
    return "".join(few).replace("<again>", unit * (size // len(unit.encode())))


def _framed(dice: random.Random, kind: str, real: bytes) -> bytes:
    """A real file with a pattern in one place, often between the quotes of a value or below its head."""
    text, pattern = real.decode(errors="replace"), _pattern(dice, kind)
    places = [at for at, sign in enumerate(text) if sign in '"\n>']
    at = dice.choice(places) + 1 if places else 0
    if dice.random() < 0.4:  # in the place of one that is kept, so that the whole stays within the longest input
        text, at = text[at : at + LONGEST // 2], min(at, 200)
    return (text[:at] + pattern + text[at:]).encode(errors="replace")


def _spoilt(dice: random.Random, kind: str, files: dict[str, dict[str, bytes]]) -> bytes:
    """A real file cut, doubled, mixed with another, or with wrong bytes; or a pattern alone."""
    body = bytearray(files[kind][dice.choice(sorted(files[kind]))])
    for _ in range(dice.randint(1, 6)):
        a, b = sorted(dice.randint(0, len(body)) for _ in range(2))
        b = min(b, a + dice.choice([1, 10, 100, 1000]))
        token = dice.choice(TOKENS[kind]).encode()
        match dice.randint(0, 6):
            case 0:
                del body[a:b]
            case 1:
                body[a:a] = body[a:b] * dice.choice([1, 3, 50])
            case 2:
                body[a:a] = token * dice.choice([1, 2, 100, 5000])
            case 3:
                body[a:a] = bytes(dice.choices(range(256), k=3))
            case 4:
                other = files[kind][dice.choice(sorted(files[kind]))]
                body[a:b] = other[: dice.randint(0, 2000)]
            case 5:
                body[a:b] = token
            case 6 if dice.random() < 0.3:
                body = bytearray(_pattern(dice, kind).encode(errors="replace"))
    return bytes(body)


def real_files(guide: Paths) -> dict[str, dict[str, bytes]]:
    """What is spoilt, by kind and by the place in the small guide where it is put."""
    here = lambda *patterns: {  # noqa: E731
        path.relative_to(guide.root).as_posix(): path.read_bytes()
        for pattern in patterns
        for path in guide.root.glob(pattern)
    }
    return {
        "po": here("translations/*/LC_MESSAGES/messages.po"),
        "markdown": here("content/*/*.md"),
        "toml": here("content/*.toml", "content/*/*.toml", "content/*/*.md"),
        "svg": here("static/drawings/*.svg", "static/icons/*.svg"),
        "lettering": {"name": "Medellín Lab 2027: una guía de campo".encode()},
        "asset": here("static/css/*.css", "static/js/**/*.js", "static/sw.js"),
    }


class Tried:
    """The small guide that inputs are put into, in the process that tries them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        shutil.copytree(ROOT / "tests" / "miniature", self.folder, dirs_exist_ok=True)
        shutil.copytree(ROOT / "static", self.folder / "static")
        self.paths = Paths(root=self.folder)
        self.settings = Settings(paths=self.paths)
        self.guide = loader.load(self.paths)
        self.pot = extract.template(extract.occurrences(self.guide))
        self.readers: dict[str, Callable[[Input], None]] = {
            "po": self.po, "markdown": self.load, "toml": self.load, "svg": self.svg, "lettering": self.lettering,
            "asset": self.load, "build": self.build,
        }  # fmt: skip

    def try_one(self, tried: Input) -> tuple[float, str]:
        """Seconds of work, and the traceback if there was one."""
        for remembered in (markdown.split, markdown.line, markdown.parse, cards.raster):
            remembered.cache_clear()
        path, began = self.folder / tried.file, time.process_time()
        before = path.read_bytes() if path.is_file() else None
        try:
            if before is not None:
                path.write_bytes(tried.body)
            self.readers[tried.kind](tried)
        except GuideError as error:
            if any("\n" in str(problem) for problem in error.problems):
                return time.process_time() - began, "a problem takes more than one line"
        except Exception:
            return time.process_time() - began, traceback.format_exc()
        finally:
            if before is not None:
                path.write_bytes(before)
        return time.process_time() - began, ""

    def load(self, tried: Input) -> None:
        found = library.load(self.settings)
        for language in found.languages.values():
            for day in language.guide.days.values():
                on_paper(day.story)
                with printing(Paper()):
                    found.explainers[language.tag].explain(str(day.story), set())

    def po(self, tried: Input) -> None:
        catalog, _ = catalogs.read(self.paths, "es")
        list(mismatches(catalog, self.guide.terms))
        file, problems = catalogs.read_po(self.paths, "es")
        if not problems:
            po.read(po.written(merge.updated(file, self.pot, "es")))

    def svg(self, tried: Input) -> None:
        library.load(self.settings)
        cards.draw(Caption("Faro", "Miniature"), self.folder / tried.file)

    def lettering(self, tried: Input) -> None:
        text = tried.body.decode(errors="replace")
        for room in (cards.NAME, lettering.Room(1080, 154, 3, range(88, 31, -2))):
            lettering.fit(lettering.settable(text), room)
        cards.svg(Caption(text, text, text), (self.folder / "static/drawings/day-1.svg").read_text("utf-8"), 1)

    def build(self, tried: Input) -> None:
        app = create_app(Settings(paths=self.paths, base_url="https://example.org/guide/"))
        build(app, self.folder / "build")


def work(pipe: Connection) -> None:
    """Tries one input after the other, until None comes."""
    tried = Tried()
    try:
        while (found := pipe.recv()) is not None:
            pipe.send(tried.try_one(found))
    finally:
        shutil.rmtree(tried.folder, ignore_errors=True)


class Process:
    """A process that tries inputs; another takes its place when it does not answer."""

    def __init__(self, work: Callable[[Connection], None]) -> None:
        self.work = work
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=self.work, args=(other,), daemon=True)
        self.process.start()
        other.close()

    def judge(self, tried: Input) -> str:
        """What is wrong with the guide's answer to an input; empty where nothing is."""
        self.pipe.send(tried)
        try:
            if self.pipe.poll(PATIENCE):
                seconds, crash = self.pipe.recv()
                limit = LIMIT_OF_A_BUILD if tried.kind == "build" else LIMIT
                return crash or (f"took {seconds:.1f} s" if seconds > limit else "")
            what = f"no answer after {PATIENCE:.0f} s"
        except EOFError:
            what = "the process ended"
        self.process.kill()
        self.process.join()
        self._start()
        return what

    def end(self) -> None:
        self.pipe.send(None)
        self.process.join()


def run(
    seed: int, most: int, minutes: float, only: int = 0, kept: Path | None = None, builds: bool = True
) -> tuple[Counter[str], list[Finding]]:
    """How many inputs of each kind were tried, and what was found."""
    with tempfile.TemporaryDirectory() as folder:
        guide = Paths(root=Path(folder))
        shutil.copytree(ROOT / "tests" / "miniature", guide.root, dirs_exist_ok=True)
        shutil.copytree(ROOT / "static", guide.static)
        files = real_files(guide)
    process, counts, findings, ends = Process(work), Counter[str](), list[Finding](), time.monotonic() + minutes * 60
    for tried in inputs(seed, files, builds):
        if tried.number > most or time.monotonic() > ends:
            break
        if only and tried.number != only:
            continue
        counts[tried.kind] += 1
        if what := process.judge(tried):
            findings.append(Finding(tried, what))
            if kept:
                _keep(kept, seed, findings[-1])
    process.end()
    return counts, findings


def _keep(folder: Path, seed: int, found: Finding) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{found.input.kind}-{seed}-{found.input.number}"
    (folder / name).write_bytes(found.input.body)
    row = {"file": found.input.file, "what": found.what}
    (folder / f"{name}.json").write_text(json.dumps(row, indent=1), encoding="utf-8")
    print(f"{name} ({found.input.file}): {found.what.strip().splitlines()[-1]}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--inputs", type=int, default=sys.maxsize)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--only", type=int, default=0, help="the number of one input, to try it again")
    parser.add_argument("--kept", type=Path, default=Path("fuzz"), help="where inputs with faults are kept")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    began = time.monotonic()
    counts, findings = run(options.seed, options.inputs, options.minutes, options.only, options.kept)
    minutes = (time.monotonic() - began) / 60
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in counts.most_common())
    print(f"{counts.total():,} inputs in {minutes:.1f} minutes ({counts.total() / minutes:.0f} a minute): {kinds}")
    print(f"{len(findings)} faults" + (f", kept in {options.kept}/" if findings else ""))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
