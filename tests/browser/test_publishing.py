"""A host's story on two computers: whoever published last is followed, with the real nginx and rsync."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from guide.publish import precache
from tests import hosting
from tests.browser.engines import Tab
from tests.browser.saving import NEWER, SAVED, check_now

pytestmark = [pytest.mark.browser, pytest.mark.scenario]
ROOT = Path(__file__).resolve().parents[2]
WHO = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
GREETING = "document.querySelector('.greeting').textContent.trim()"


@dataclass
class Story:
    """An nginx, and what was published there one after another."""

    url: str
    served: Path
    published: list[Path]

    def publish(self, build: Path) -> None:
        """As DEPLOY.md has it: everything, then what names it."""
        self.served.mkdir(parents=True, exist_ok=True)
        copy = ["rsync", "-rtc", "--chmod=D755,F644", "--exclude=.git"]
        run([*copy, "--exclude=offline/*.json", f"{build}/", f"{self.served}/"], ROOT)
        run([*copy, *map(str, (build / "offline").glob("*.json")), f"{self.served}/offline/"], ROOT)


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def greet(machine: Path, greeting: str) -> None:
    """What a host does: one line of one file."""
    file = machine / "content/edition.toml"
    text = re.sub(r'^greeting = ".*"$', f'greeting = "{greeting}"', file.read_text("utf-8"), flags=re.MULTILINE)
    file.write_text(text, "utf-8")


def freeze(machine: Path, out: str = "build") -> Path:
    run([sys.executable, "freeze.py", "--out", out], machine)
    return machine / out


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Three publications: from a clone, from a ZIP without git on another computer, and the first text again."""
    folder = tmp_path_factory.mktemp("story")
    origin, port = folder / "origin", hosting.free_port()
    shutil.copytree(ROOT / "tests/miniature", origin)
    for name in ("guide", "static"):
        shutil.copytree(ROOT / name, origin / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("freeze.py", ".gitignore", ".gitattributes"):
        shutil.copy(ROOT / name, origin)
    edition = origin / "content/edition.toml"
    line = f'web_address = "http://127.0.0.1:{port}/lab/"\n'
    edition.write_text(line + edition.read_text("utf-8"), "utf-8")
    run(["git", *WHO, "init", "-q"], origin)
    run(["git", *WHO, "add", "-A"], origin)
    run(["git", *WHO, "commit", "-q", "-m", "guide"], origin)
    run(["git", "clone", "-q", "origin", "first"], folder)
    run(["git", "archive", "-o", "../guide.tar", "HEAD"], origin)
    (folder / "second").mkdir()
    run(["tar", "-xf", "../guide.tar"], folder / "second")
    run(["git", *WHO, "init", "-q", "site"], folder)
    run(["git", *WHO, "commit", "-q", "--allow-empty", "-m", "site"], folder / "site")
    run(["git", *WHO, "worktree", "add", "-q", "-b", "gh-pages", "../pages"], folder / "site")

    with ExitStack() as stack:
        place = stack.enter_context(hosting.room())
        story = Story(f"http://127.0.0.1:{port}/lab/", place / "srv/lab", [])

        def publish(build: Path) -> None:
            story.publish(build)
            story.published.append(Path(shutil.copytree(build, folder / f"published-{len(story.published)}")))

        greet(folder / "first", "Edit one")
        publish(freeze(folder / "first"))
        text = hosting.NGINX.format(port=port, root=place / "srv", folder="/lab/")
        stack.enter_context(hosting.nginx(place, text, port))
        greet(folder / "second", "Edit two")
        publish(freeze(folder / "second"))
        (folder / "pages/CNAME").write_text("lab.example.org")
        publish(freeze(folder / "first", "../pages"))
        yield story


def test_each_publication_is_newer_than_the_one_before(story: Story) -> None:
    """Not committed, without git, from another computer, and going back; a worktree keeps domain and repository."""
    first, second, third = (precache.read_pointer(build) or {} for build in story.published)

    assert first["serial"] < second["serial"] < third["serial"]
    assert third["revision"] == first["revision"] != second["revision"]
    assert (story.published[2] / "CNAME").read_text() == "lab.example.org"
    assert (story.published[2] / ".git").read_text().startswith("gitdir: ")


def test_a_phone_follows_whoever_published_last(story: Story, tab: Tab) -> None:
    """A phone that saved the first build takes the second and goes back with the third."""
    seen = []
    for number, build in enumerate(story.published):
        story.publish(build)
        tab.open(f"{story.url}en/")
        tab.wait(SAVED)
        if number:
            check_now(tab)
            tab.wait(NEWER)
            tab.open(f"{story.url}en/")
        seen.append(tab.value(GREETING))

    assert seen == ["Edit one", "Edit two", "Edit one"]
