"""Writing a build into a folder: other people's files stay, and whatever fails, the folder is as it was."""

import json
import os
import shutil
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from guide.problems import BuildError
from guide.publish import folder, precache

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"index.html": "front", "en/index.html": "home", "assets/a.0123456789.js": "1", "sw.js": "2"}
FOREIGN = {
    ".git/HEAD": "ref: refs/heads/gh-pages\n",
    "CNAME": "lab.example.org\n",
    ".nojekyll": "",
    ".well-known/security.txt": "Contact: mailto:a@example.org\n",
    "README.md": "published by hand\n",
}


@pytest.fixture
def target(tmp_path):
    return tmp_path / "build"


def fill(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def built(target: Path, files: dict[str, str] = PAGES, address: str = "") -> list[str]:
    """A build of a few files into a folder, with its pointer and manifest; what was said about it."""
    with folder.held(target) as stage:
        fresh = fill(stage / "new", files)
        precache.write(fresh, {}, precache.Release(7), precache.read_pointer(target))
        return folder.put(fresh, target, address)


def content(root: Path) -> dict[str, str]:
    """All files below a folder with their bytes, links as where they lead."""
    paths = sorted(path for path in root.rglob("*") if not path.is_dir() or path.is_symlink())
    return {
        path.relative_to(root).as_posix(): f"→ {path.readlink()}" if path.is_symlink() else path.read_text("latin-1")
        for path in paths
    }


def refused(target: Path, files: dict[str, str] = PAGES) -> str:
    """The sentences with which a build into a folder is refused; the folder stays as it was."""
    before = content(target)
    with pytest.raises(BuildError) as caught:
        built(target, files)
    assert content(target) == before
    return str(caught.value).replace(f"{target}", "build")


def test_a_build_leaves_alone_what_no_build_wrote(target):
    """A publisher's repository, domain and notes stay through every build, the first one too."""
    fill(target, FOREIGN)

    built(target)
    fill(target, {"notes.txt": "mine", "en/mine.txt": "mine", "assets/mine.css": "mine"})
    built(target, {"index.html": "front", "es/index.html": "inicio"})

    after = content(target)
    kept = {**FOREIGN, "notes.txt": "mine", "en/mine.txt": "mine", "assets/mine.css": "mine"}
    assert {name: after.get(name) for name in kept} == kept
    assert {name for name in after if not name.startswith("offline/")} == {*kept, "index.html", "es/index.html"}


def test_the_worktree_of_another_branch_is_a_good_target(tmp_path):
    """`.git` is a file there; the repository behind it knows the worktree afterwards as before."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (
        ["git", "init", "-q", "site"],
        [*git, "-C", "site", "commit", "-q", "--allow-empty", "-m", "first"],
        ["git", "-C", "site", "worktree", "add", "-q", "../build"],
    ):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    fill(tmp_path / "build", {"CNAME": "lab.example.org"})

    built(tmp_path / "build")

    status = subprocess.run(
        ["git", "status", "--short", "-uall"], cwd=tmp_path / "build", check=True, capture_output=True, text=True
    )
    assert {line[3:] for line in status.stdout.splitlines()} == {
        name for name in content(tmp_path / "build") if name != ".git"
    }


def test_files_that_only_the_build_before_had_are_removed(target):
    """Nothing of an older build is left to be found, nor an empty folder of it."""
    built(target, {**PAGES, "en/days/1/index.html": "day"})

    built(target)

    assert not (target / "en/days").exists()
    assert {name for name in content(target) if not name.startswith("offline/")} == set(PAGES)
    assert len(list((target / "offline/revisions").glob("*.json"))) == 2


def published(target: Path, number: int, **more: str) -> None:
    """A build whose script and page have the bytes of its number, into a folder that keeps two builds before it."""
    with folder.held(target) as stage:
        script = {f"assets/a.{number:010}.js": str(number)}
        fresh = fill(stage / "new", {"index.html": f"front {number}", "sw.js": "2", **script, **more})
        precache.write(fresh, {}, precache.Release(7), precache.read_pointer(target))
        folder.put(fresh, target, "", keep=2)


def scripts(target: Path) -> list[int]:
    return sorted(int(path.stem.split(".")[-1]) for path in (target / "assets").iterdir())


def test_where_a_guide_is_published_hashed_files_of_two_more_builds_stay(target):
    """A phone may be in the middle of a download. Pages have one address and one text."""
    for number in (1, 2, 3, 4):
        published(target, number, **{f"page-{number}.html": "page"})

    assert scripts(target) == [2, 3, 4]
    assert sorted(path.name for path in target.glob("page-*")) == ["page-4.html"]


def test_building_the_same_again_takes_no_earlier_build_away(target):
    for number in (1, 2, 3, 3, 3, 3):
        published(target, number)

    assert scripts(target) == [1, 2, 3]


def test_a_file_of_an_earlier_build_that_comes_back_is_kept_as_long_as_any(target):
    """Whoever takes an edit back publishes the former bytes again."""
    for number in (1, 2, 1, 3, 4):
        published(target, number)

    assert scripts(target) == [1, 3, 4]


def test_a_plain_build_keeps_nothing_of_earlier_ones(target):
    for number in (1, 2):
        published(target, number)

    built(target, {"index.html": "front", "sw.js": "2", "assets/a.0000000009.js": "9"})

    assert scripts(target) == [9]


def test_an_edited_file_of_an_earlier_build_is_left_and_never_in_the_way(target):
    for number in (1, 2):
        published(target, number)
    (target / "assets/a.0000000001.js").write_text("by hand")

    published(target, 1)

    assert (target / "assets/a.0000000001.js").read_text() == "1"
    assert scripts(target) == [1, 2]


def test_a_build_from_before_there_was_a_list_is_known_by_its_manifest(target):
    """Hosts have such builds: what they wrote is ours, what lies beside is not."""
    built(target, {**PAGES, "en/gone/index.html": "gone"})
    (target / folder.LIST).unlink()
    fill(target, {"CNAME": "lab.example.org"})

    built(target)

    assert {name for name in content(target) if not name.startswith("offline/")} == {*PAGES, "CNAME"}


@pytest.mark.parametrize("names", [["../out.txt"], ["/etc/hostname"], ["en/../../out.txt"], [".git/HEAD"], [7, None]])
def test_a_list_that_leads_elsewhere_removes_nothing(target, tmp_path, names):
    """A damaged or foreign list is no reason to touch what lies outside of a build."""
    fill(tmp_path, {"out.txt": "outside"})
    fill(target, FOREIGN)
    built(target)
    text = json.loads((target / folder.LIST).read_text())
    text["files"].update({str(name): "" for name in names})
    (target / folder.LIST).write_text(json.dumps(text))

    built(target)

    assert (tmp_path / "out.txt").read_text() == "outside"
    assert (target / ".git/HEAD").read_text() == FOREIGN[".git/HEAD"]


IN_THE_WAY = {
    "a file of the same name": ({"robots.txt": "mine"}, {"robots.txt": "ours"}, "robots.txt: the build has a file of"),
    "a folder in place of a file": ({"a.txt/b": ""}, {"a.txt": ""}, "a.txt: the build has a file of this name, and"),
    "a file in place of a folder": ({"days": ""}, {"days/1.html": ""}, "days: the build has a folder of this name"),
}


@pytest.mark.parametrize("case", IN_THE_WAY)
def test_what_no_build_wrote_is_never_overwritten(target, case):
    """One sentence for each thing in the way, all together, and the build before stays."""
    theirs, ours, sentence = IN_THE_WAY[case]
    built(target)
    fill(target, {**theirs, "en/page/index.html": "mine"})

    told = refused(target, {**PAGES, **ours, "en/page/index.html": "ours"}).splitlines()

    assert len(told) == 2
    assert any(line.startswith(f"build/{sentence}") for line in told)
    assert all(line.endswith("Move it away, then build again.") for line in told)


def test_a_link_inside_the_folder_is_not_followed(target, tmp_path):
    """A folder that somebody linked elsewhere is not written through, and nothing there is removed."""
    built(target)
    fill(tmp_path / "elsewhere", {"index.html": "mine"})
    shutil.rmtree(target / "en")
    (target / "en").symlink_to(tmp_path / "elsewhere")

    told = refused(target)

    assert told.startswith("build/en: the build has a folder of this name, and this is a link or a file.")
    assert content(tmp_path / "elsewhere") == {"index.html": "mine"}


def test_something_that_is_no_file_stops_nothing(target):
    """A pipe in the way is told, not read: reading it would wait for ever."""
    built(target)
    os.mkfifo(target / "robots.txt")

    with pytest.raises(BuildError, match="robots.txt: the build has a file of this name"):
        built(target, {**PAGES, "robots.txt": "ours"})


STRANGERS = {
    "a home": {".bashrc": "", ".ssh/id": "", "Documents/a": ""},
    "a project": {"src/main.py": "", "pyproject.toml": "", "README.md": ""},
    "photographs": {"IMG_1.jpg": "", "IMG_2.jpg": "", "IMG_3.jpg": "", "IMG_4.jpg": ""},
    "another website": {"index.html": "theirs", "style.css": "", "CNAME": ""},
}


@pytest.mark.parametrize("case", STRANGERS)
def test_a_folder_of_something_else_is_not_littered(target, case):
    """Only what a host or its system puts there may lie in a folder that gets its first build."""
    fill(target, STRANGERS[case])

    told = refused(target)

    assert told.startswith("build: this folder holds something that is not a build of the guide: ")
    assert told.endswith("Choose another --out, or empty it.")


def test_a_change_by_hand_is_told_and_not_published_for_ever(target):
    """The build makes its own files; who changed one learns where such a change belongs."""
    built(target, {**PAGES, "robots.txt": "ours", "old.txt": "ours"})
    fill(target, {"robots.txt": "by hand", "old.txt": "by hand"})

    told = built(target, {**PAGES, "robots.txt": "ours"})

    assert (target / "robots.txt").read_text() == "ours"
    assert (target / "old.txt").read_text() == "by hand"
    assert [line.partition("changed by hand since the last build, and ")[2] for line in told] == [
        "now as the build makes it: robots.txt. Make such changes in content/, translations/ or static/.",
        "no more part of the guide: old.txt. It was left there; remove it if nobody needs it.",
    ]


def test_packed_copies_that_would_grow_old_are_told(target):
    """Hosts with packed copies beside the files would send an old guide."""
    built(target)
    fill(target, {"index.html.gz": "packed", "en/index.html.br": "packed"})

    (told,) = built(target)

    assert "index.html.gz" in told and "en/index.html.br" in told and told.endswith("pack them anew, or remove them.")


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_a_web_server_can_read_a_build_whatever_the_umask(target, umask):
    """Files 0644, folders 0755, also those of a build that was made under another umask."""
    fill(target, {"README.md": ""})
    target.chmod(0o700)
    built(target)
    (target / "en").chmod(0o700)
    (target / "index.html").chmod(0o600)

    script = (
        "import os, pathlib, sys; from tests.test_folder import built, PAGES; os.umask(int(sys.argv[2]));"
        "built(pathlib.Path(sys.argv[1]), {**PAGES, 'es/new/index.html': 'new'})"
    )
    subprocess.run([sys.executable, "-c", script, target, str(umask)], check=True, cwd=ROOT)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [target, *target.rglob("*")]}
    modes.pop("README.md")
    assert {name: mode for name, mode in modes.items() if mode != (0o644 if "." in name else 0o755)} == {}


FAIL_AT_EVERY_STEP = """
import os, shutil, sys
from pathlib import Path
from guide.problems import BuildError
from tests.test_folder import NEW, built, content

root, how = Path(sys.argv[1]), sys.argv[2]
steps = left = 0

def watch(event, args):
    global left
    if left and event in ("os.rename", "os.remove", "os.mkdir", "os.chmod", "os.rmdir", "shutil.copyfile"):
        left -= 1
        if not left:
            if how == "killed":
                os._exit(9)
            raise KeyboardInterrupt

sys.addaudithook(watch)
before, new = content(root / "build"), content(root / "new")
while True:
    steps += 1
    again = root / f"build-{steps}"
    shutil.copytree(root / "build", again)
    if how == "killed":
        child = os.fork()
        if not child:
            left = steps
            built(again, NEW)
            os._exit(0)
        reached = os.waitpid(child, 0)[1] != 0
        built(again, NEW)
        assert content(again) == new, steps
    else:
        left = steps
        try:
            built(again, NEW)
            reached = not left
        except KeyboardInterrupt:
            reached = True
            for left_there in again.glob(".guide-build-*"):  # the next build takes it away
                shutil.rmtree(left_there)
            assert content(again) in (before, new), steps
        left = 0
    if not reached:
        break
print(steps)
"""
NEW = {**PAGES, "index.html": "changed", "a/b/index.html": "new", "sw.js": "changed"}


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_whatever_fails_the_folder_is_put_back(target, how):
    """Stopped at any single step, the old build or at last the new one is there; after a kill the next is whole."""
    fill(target, FOREIGN)
    built(target, {**PAGES, "old/index.html": "old"})
    shutil.copytree(target, target.with_name("new"))
    built(target.with_name("new"), NEW)

    done = subprocess.run(
        [sys.executable, "-c", FAIL_AT_EVERY_STEP, target.parent, how], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30


def test_two_builds_at_once_are_one_sentence(target):
    """The second one is told to wait; the first one ends whole."""
    with folder.held(target) as stage:
        with pytest.raises(BuildError, match="another build is being written into this folder. Wait until it is done"):
            built(target)
        fresh = fill(stage / "new", PAGES)
        precache.write(fresh, {}, precache.Release(7), None)
        folder.put(fresh, target, "")

    assert {name for name in content(target) if not name.startswith("offline/")} == set(PAGES)


def test_what_was_made_for_a_build_that_failed_goes_away(target):
    """No empty folder is left where nothing was built."""
    with pytest.raises(ValueError), folder.held(target / "a/b"):
        raise ValueError

    assert not target.exists()


def test_a_link_to_a_folder_is_a_good_target(target, tmp_path):
    """Hosts link `current` to where the files lie."""
    (tmp_path / "files").mkdir()
    target.symlink_to(tmp_path / "files")

    built(target)

    assert target.is_symlink()
    assert (tmp_path / "files/index.html").read_text() == "front"


def test_a_link_that_leads_nowhere_is_told(target, tmp_path):
    """Nobody would look for the build there."""
    target.symlink_to(tmp_path / "gone")

    with pytest.raises(BuildError, match="this link leads nowhere. Mend it, or choose another --out."):
        built(target)


def test_what_did_not_change_is_not_touched(target):
    """Copying by date sends only what is new."""
    built(target)
    for path in precache.files(target):
        os.utime(path, (0, 0))

    built(target, {**PAGES, "index.html": "changed"})

    touched = {path.relative_to(target).as_posix() for path in precache.files(target) if path.stat().st_mtime}
    pointer = precache.read_pointer(target)
    [pack] = (target / "offline/revisions").glob("*.bin")
    named = {pointer["manifest"], pointer["packs"]["path"], pack.relative_to(target).as_posix()}
    assert touched == {"index.html", "offline/current.json", precache.FIRST, folder.LIST, *named}


def test_the_list_says_what_was_written_and_for_which_address(target):
    """Every file with its hash; the list itself is none of them."""
    built(target, address="https://example.org/guide/")

    found = folder.written(target)

    assert found.address == "https://example.org/guide/"
    assert found.files == {
        path.relative_to(target).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in precache.files(target)
        if path != target / folder.LIST
    }
