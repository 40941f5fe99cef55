"""The first minutes with the project: `make` with an old Python, a broken environment, odd names of folders."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pip
import pytest

ROOT = Path(__file__).resolve().parent.parent
OLD_PYTHON = """#!/bin/sh
[ "$1" = --version ] && echo "Python 3.9.2" && exit 0
exit 1
"""
SHOW = "import sys; print(sys.version_info >= (3, 11), sys.argv[1:])"


@pytest.fixture
def project(tmp_path):
    """A checkout whose path has a space, with nothing to install, and a command that shows what it was given."""
    root = tmp_path / "my checkout"
    root.mkdir()
    shutil.copy(ROOT / "Makefile", root)
    (root / "requirements.txt").write_text("")
    (root / "freeze.py").write_text(SHOW)
    return root


def make(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", *arguments], cwd=root, env=environment, capture_output=True, text=True, timeout=300)


def fake(path: Path) -> Path:
    """A Python that is too old."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(OLD_PYTHON)
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("goal", ["serve", "build"])
def test_an_old_python_is_one_sentence(project, goal):
    """Told before anything is installed, with the version at hand and what to type."""
    old = fake(project / "old python")

    done = make(project, goal, f"PYTHON={old}")

    first = done.stderr.splitlines()[0]
    assert done.returncode != 0
    assert first.startswith(f"The guide needs Python 3.11 or newer, and {old} is Python 3.9.2. Name a newer one: make ")
    assert first.endswith(f"make {goal} PYTHON=python3.12")
    assert not (project / ".venv").exists()


def test_a_python_that_is_not_there_is_one_sentence(project):
    """A name that was mistyped."""
    done = make(project, "build", "PYTHON=python3.99")

    assert done.returncode != 0
    assert done.stderr.startswith("The guide needs Python 3.11 or newer, and python3.99 is not there.")


MAKES_QUICKLY = """#!/bin/sh
[ "$1 $2" = "-m venv" ] || exec "{python}" "$@"
"{python}" -m venv --clear --without-pip .venv
echo "{packages}" > "$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/pip.pth"
"""
"""A Python whose environments have the pip of another one: to unpack pip takes Python seven seconds."""


def quick(path: Path) -> Path:
    """A Python that makes environments quickly."""
    packages = Path(pip.__file__).parent.parent
    path.write_text(MAKES_QUICKLY.format(python=sys.executable, packages=packages))
    path.chmod(0o755)
    return path


BROKEN = {
    "none": lambda root: None,
    "an older Python's": lambda root: fake(root / ".venv/bin/python"),
    "one whose Python is gone": lambda root: (root / ".venv/bin/python").symlink_to("/nonexistent/python3"),
}


@pytest.mark.matrix
def test_an_environment_is_made_with_what_python_brings(project):
    """Nothing but Python has to be there."""
    done = make(project, "build")

    assert done.returncode == 0, done.stderr
    assert (project / ".venv/ready").exists()


@pytest.mark.parametrize("case", BROKEN)
def test_whatever_environment_is_there_the_next_run_mends_it(project, case):
    """Even where the last run had finished; and names with spaces reach the command as they are."""
    python = f"PYTHON={quick(project / 'quick')}"
    (project / ".venv/bin").mkdir(parents=True)
    BROKEN[case](project)
    (project / ".venv/ready").touch()

    done = make(project, "build", python, "OUT=my build", "BASE_URL=https://example.org/")
    again = make(project, "serve", python, "PORT=8001")

    assert done.returncode == 0, done.stderr
    assert done.stdout == "True ['--out', 'my build', '--base-url', 'https://example.org/']\n"
    assert again.stdout == "True ['--out', 'build', '--base-url', '', '--serve', '--port', '8001']\n"
    assert again.stderr == ""


def test_cleaning_up_leaves_a_build_alone(project):
    """`build/` may be a worktree with somebody's domain and history."""
    (project / "build").mkdir()
    (project / "build/CNAME").write_text("lab.example.org")

    make(project, "clean")

    assert (project / "build/CNAME").exists()


def test_a_system_without_time_zones_will_do(project):
    """They come with what the guide needs."""
    script = "from babel.dates import get_timezone; print(get_timezone('America/Bogota'))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONTZPATH": "/nonexistent"},
        capture_output=True,
        text=True,
    )

    assert done.stdout.strip() == "America/Bogota", done.stderr
