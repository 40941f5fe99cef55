"""Building: what goes wrong leaves the last good build as it was. The command is run as a person runs it."""

import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from guide import cli
from guide.config import Paths
from guide.publish import precache


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The project with the content of the miniature guide, and a good build in it."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(Paths().root / "tests/miniature", root, dirs_exist_ok=True)
    for name in ("static", "guide"):
        shutil.copytree(Paths().root / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(Paths().root / "freeze.py", root)
    done = freeze(root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def project(built, tmp_path):
    """A fresh copy of that project, to be spoiled."""
    return Path(shutil.copytree(built, tmp_path / "project"))


def freeze(root: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """`python freeze.py …` in a project."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "freeze.py", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, **options)  # type: ignore[call-overload, no-any-return]


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in precache.files(folder)
    }


def test_a_build_says_what_it_built(built):
    """The summary names pages, languages, bytes, pages as before, seconds and the messages of every locale."""
    done = freeze(built)

    first, second, third = done.stdout.splitlines()
    assert done.returncode == 0
    assert re.match(r"froze \d+ pages in 2 languages to build/ \(\d+ files, ", first)
    assert re.search(r" MB, \d+ pages as before, [0-9.]+ s\)$", first)
    pointer = precache.read_pointer(built / "build")
    assert second == f"revision {pointer['revision']}, serial {pointer['serial']}"
    assert re.fullmatch(r"es: \d+ of \d+ messages, 1 stale, 1 missing", third)


SPOILED = [
    ("content/days/2.md", 'title = "', "title = ", "content/days/2.md: line 2: "),
    ("content/days/2.md", 'theme = "', 'thema = "', 'content/days/2.md: unknown field "thema". Did you mean "theme"?'),
    (
        "content/sites/market.md",
        "order = 1",
        'order = "1"',
        "content/sites/market.md: order: expected a whole number",
    ),
    ("content/days/1.md", "site = ", 'site = "gone" # ', 'there is no site "gone"'),
    ("content/edition.toml", "first_day = ", "# first_day = ", "first_day: days 1, 2 have no date."),
    ("translations/es/LC_MESSAGES/messages.po", 'msgstr "Idioma"', 'msgstr "<b>Idioma</b>"', "messages.po: line "),
]


@pytest.mark.parametrize(("file", "old", "new", "sentence"), SPOILED)
def test_bad_input_gets_a_sentence_and_leaves_the_last_build(project, file, old, new, sentence):
    """File, place and remedy; exit status 1; no traceback; the old build byte for byte; nothing left beside it."""
    before = digest(project / "build")
    text = (project / file).read_text("utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new, 1), "utf-8")

    done = freeze(project)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert digest(project / "build") == before
    assert [path.name for path in (project / "build").iterdir() if path.name.startswith(".")] == []


def test_all_problems_of_a_run_are_named_together(project):
    """One run is enough to know everything that has to be mended, content and catalogs alike."""
    (project / "content/days/2.md").write_bytes(b"+++\ntitle = \xff\n+++\n")
    (project / "content/pages/about.md").unlink()
    (project / "translations/klingon").mkdir()

    done = freeze(project)

    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "content/days/2.md",
        "content/pages/about.md",
        "translations/klingon",
    ]


def test_a_full_disk_leaves_the_last_build(project, monkeypatch):
    """When a file can't be written whole, the build says so and the old one stays."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # nor could `make coverage` write what it measured
    before = digest(project / "build")

    def no_file_over_9_kilobytes() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    done = freeze(project, preexec_fn=no_file_over_9_kilobytes)

    assert done.returncode == 1
    assert "the build can't be written: File too large. Make room, or choose another --out." in done.stderr
    assert "Traceback" not in done.stderr
    assert digest(project / "build") == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--out", "freeze.py"], "this is not a folder. Choose another --out."),
        (["--out", "freeze.py/build"], "the build can't be written: "),
        (["--out", "guide"], "this folder holds something that is not a build of the guide: "),
        (
            ["--base-url", "example.org"],
            "--base-url: 'example.org' is not a web address: it does not begin with https://. "
            "Write it like https://example.org/guide/",
        ),
        (["--out", "content/build"], "this folder belongs to content/, from which the guide is built. Choose another"),
        (["--out", "."], "this folder holds something that is not a build of the guide: "),
        (["--fast"], "freeze.py: unrecognized arguments: --fast. See: freeze.py --help"),
    ],
)
def test_a_wrong_argument_gets_a_sentence(built, arguments, sentence):
    """Nothing is overwritten that is not a build, and no argument ends in a traceback."""
    before = digest(built / "content")

    done = freeze(built, *arguments)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert digest(built / "content") == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "no"], "'no' is not a port; choose a number from 1024 to 65535."),
        (["--port", "1" * 5000], "is not a port; choose a number from 1024 to 65535."),
        (["--probe", "", "--out", "nowhere"], "--probe: no address is given. Write it like https://example.org/guide/"),
        (["--into", "one", "--out", "another"], "--into: --out names a folder as well. Name one folder."),
        (["--probe", "https://example.org/a b/"], "has a space in it. Remove the space."),
        (["--out"], "freeze.py: option '--out' requires an argument. See: freeze.py --help"),
        (["build"], "freeze.py: got unexpected extra argument (build). See: freeze.py --help"),
    ],
)
def test_an_argument_that_is_nothing_of_its_kind_gets_a_sentence(arguments, sentence, capsys):
    """Before anything of the guide is read."""
    with pytest.raises(SystemExit) as ended:
        cli.freeze(arguments, prog_name="freeze.py")

    assert ended.value.code == 1
    assert sentence in capsys.readouterr().err


def test_a_port_in_use_is_one_sentence(built):
    """Whoever serves a second time learns what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = freeze(built, "--serve", "--port", port)

    assert done.returncode == 1
    assert f"port {port}: it is in use. Stop what uses it, or choose another: make serve PORT=8001" in done.stderr


@contextmanager
def running(root: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`python freeze.py …` while it runs."""
    command = [sys.executable, "freeze.py", *arguments]
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # what runs in the background may be deaf to Ctrl+C
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heard
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_told_to_end_leaves_the_last_build(built, told):
    """Ctrl+C and the system's way end it alike, here while the public address does not answer."""
    before = digest(built / "build")
    host = socket.create_server(("127.0.0.1", 0))
    host.settimeout(120)
    with host, running(built, "--base-url", f"http://127.0.0.1:{host.getsockname()[1]}/") as process:
        asking, _ = host.accept()

        process.send_signal(told)
        _, wrong = process.communicate()
        asking.close()

    assert (process.returncode, wrong) == (1, "stopped; the last build is as it was\n")
    assert digest(built / "build") == before


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_serving_ends_when_it_is_told_to(built, told):
    """That is how it is meant to end."""
    with running(built, "--serve", "--port", "0") as process:
        assert process.stdout is not None
        next(line for line in process.stdout if line.startswith("serving build/ at http://127.0.0.1:"))

        process.send_signal(told)
        said, _ = process.communicate()

    assert (process.returncode, said) == (0, "stopped\n")


def test_a_port_that_only_the_system_may_use_is_one_sentence(tmp_path):
    """Whoever asks for port 80 without the right learns of another."""
    script = (
        "import sys; from pathlib import Path\n"
        "from guide.problems import BuildError; from guide.publish.server import Server\n"
        "def refuse(event, args):\n"
        "    if event == 'socket.bind': raise PermissionError(13, 'Permission denied')\n"
        "sys.addaudithook(refuse)\n"
        "try: Server(Path('.'), 80)\n"
        "except BuildError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=Paths().root, capture_output=True, text=True)

    assert done.stdout == "port 80: only the system may use it. Choose one from 1024 on: make serve PORT=8001\n"


def test_a_checkout_with_other_line_ends_is_the_same(tmp_path):
    """Where git writes the line ends of Windows this project keeps its own: phones know files by their bytes."""
    root = tmp_path / "source"
    shutil.copytree(Paths().root / "static", root / "static")
    for name in (".gitattributes", "Makefile", "content/edition.toml", "tests/browser/install.sh"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Paths().root / name, root / name)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "all"]):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)

    windows = ["git", "-c", "core.autocrlf=true", "-c", "core.eol=crlf", "clone", "-q", "source", "clone"]
    subprocess.run(windows, cwd=tmp_path, check=True, capture_output=True)

    shutil.rmtree(root / ".git")
    shutil.rmtree(tmp_path / "clone/.git")
    assert digest(tmp_path / "clone") == digest(root)


COUNTED = """
import runpy, sys
from collections import Counter
read = Counter()
def count(event, arguments):
    if event == "open" and str(arguments[0]).endswith((".po", ".md", ".toml")):
        read[str(arguments[0])] += 1
sys.addaudithook(count)
try:
    runpy.run_path("freeze.py", run_name="__main__")
finally:
    print(sorted(name for name in read), {name: times for name, times in read.items() if times != 1}, file=sys.stderr)
"""
"""A build in which every reading of a text file is counted: the files, and those that were read more than once."""


def test_a_build_reads_every_file_once(built):
    """What was read is handed on: the summary at the end counts the messages of the catalogs that made the pages."""
    done = subprocess.run([sys.executable, "-c", COUNTED], cwd=built, capture_output=True, text=True)

    files = done.stderr.splitlines()[-1]
    assert done.returncode == 0
    assert "translations/es/LC_MESSAGES/messages.po'" in files and "content/days/1.md'" in files
    assert files.endswith("] {}")


def test_an_edit_changes_only_the_pages_that_show_it(project):
    """One changed paragraph: one page a language, and the two files that name it."""
    before = digest(project / "build")
    page = project / "content/sites/market.md"
    page.write_text(page.read_text("utf-8").replace("## ask\n", "## ask\n0. One more.\n"), "utf-8")

    freeze(project)

    after = digest(project / "build")
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert {name for name in changed if not name.startswith("offline/")} == {
        "en/sites/market/index.html",
        "es/sites/market/index.html",
    }
