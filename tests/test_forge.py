"""The workflow that publishes the guide from a forge: its steps, run one after the other as the forge runs them."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, copy_of_miniature

WORKFLOW = ".github/workflows/publish.yml"
PARTS = ("guide", "freeze.py", "Makefile", "requirements.txt", ".gitignore", WORKFLOW)
ADDRESS = 'web_address = "https://guide.invalid/lab/"\n'
"""Nobody answers there."""


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Host", "-c", "user.email=host@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


class Forge:
    """A repository, what a host edits of it, and its runner."""

    def __init__(self, root: Path) -> None:
        self.root, self.repository, self.desk = root, root / "repository.git", root / "desk"
        copy_of_miniature(self.desk)
        for name in PARTS:
            source, copy = ROOT / name, self.desk / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, copy)
        self.edition = self.desk / "content/edition.toml"
        self.edit("first_day =", f"{ADDRESS}first_day =")
        git(root, "init", "-q", "--bare", str(self.repository))
        git(self.desk, "init", "-q")
        git(self.desk, "remote", "add", "origin", str(self.repository))
        self.runs = 0

    def edit(self, old: str, new: str) -> None:
        """Replaces a piece of the host's file."""
        text = self.edition.read_text("utf-8")
        assert text.count(old) == 1, old
        self.edition.write_text(text.replace(old, new), "utf-8")

    def push(self) -> None:
        git(self.desk, "add", "--all")
        git(self.desk, "commit", "-qm", "edit")
        git(self.desk, "push", "-q", "origin", "main")

    def run(self) -> tuple[int, str]:
        """Runs the steps of the workflow up to the probe; the status of the last one and all that was printed."""
        self.runs += 1
        place = self.root / f"run-{self.runs}"
        git(self.root, "clone", "-q", "--depth", "1", f"file://{self.repository}", str(place))
        (place / ".venv").symlink_to(ROOT / ".venv")
        os.utime(place / "requirements.txt", (0, 0))  # all that it asks for is there
        environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(place / "summary.md"), "MAKEFLAGS": ""}
        printed = ""
        for step in steps():
            done = subprocess.run(
                ["bash", "-e", "-c", step], cwd=place, env=environment, capture_output=True, text=True, timeout=120
            )
            printed += done.stdout + done.stderr
            if done.returncode:
                return done.returncode, printed
        return 0, printed

    def published(self) -> Path:
        folder = self.root / f"published-{self.runs}"
        git(self.root, "clone", "-q", "--branch", "gh-pages", str(self.repository), str(folder))
        return folder


def steps() -> list[str]:
    """The commands that the forge runs, without the probe, which asks the public address."""
    rows = yaml.safe_load((ROOT / WORKFLOW).read_text("utf-8"))["jobs"]["publish"]["steps"]
    return [row["run"] for row in rows if "run" in row and row["name"] != "Probe"]


@pytest.fixture
def forge(tmp_path):
    return Forge(tmp_path)


def test_a_host_s_edit_is_published_and_a_slip_is_one_sentence(forge):
    """A new meeting point goes live beside the host's own files; a slip leaves all as it was."""
    forge.push()
    first = forge.run()
    before = forge.published()
    (before / "CNAME").write_text("guide.invalid\n")
    git(before, "add", "CNAME")
    git(before, "commit", "-qm", "name")
    git(before, "push", "-q", "origin", "gh-pages")

    forge.edit("The gate of the market", "Gate of the harbour")
    (forge.desk / "static/css/media.css").write_text("/* none */")
    forge.push()
    second = forge.run()
    after = forge.published()
    forge.edit('time = "08:30"', 'time = "25:00"')
    forge.push()
    status, printed = forge.run()

    assert first[0] == 0, first[1]
    assert second[0] == 0, second[1]
    assert "Gate of the harbour" in (after / "en/days/1/index.html").read_text("utf-8")
    assert (after / "CNAME").read_text() == "guide.invalid\n"
    serials = [json.loads((folder / "offline/current.json").read_bytes())["serial"] for folder in (before, after)]
    assert serials[0] < serials[1]
    style = next((before / "assets/css").glob("media.*.css")).name
    assert {style} < {path.name for path in (after / "assets/css").glob("media.*.css")}
    assert status == 1
    (told,) = [line for line in printed.splitlines() if line.startswith("::error::")]
    assert told.startswith("::error::content/edition.toml: days.1") and "25:00" in told
    assert git(forge.repository, "rev-parse", "gh-pages") == git(after, "rev-parse", "HEAD")


def test_what_a_forge_runs_is_pinned(forge):
    """An action by its commit, an image by its version."""
    workflow = yaml.safe_load((ROOT / WORKFLOW).read_text("utf-8"))
    other = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))

    used = [row["uses"] for row in workflow["jobs"]["publish"]["steps"] if "uses" in row]

    assert used and all(len(name.rsplit("@", 1)[1]) == 40 for name in used)
    assert {job["image"] for job in other.values()} == {"python:3.12.8-bookworm"}


def test_what_is_published_needs_an_address(forge):
    """Nothing is written, and the sentence says where the address belongs."""
    forge.edit(ADDRESS, "")
    forge.push()

    status, printed = forge.run()

    assert status == 1
    assert "::error::content/edition.toml: web_address: there is no public address" in printed
