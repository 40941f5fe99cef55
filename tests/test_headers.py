"""headers.py: one source, four outputs that agree."""

import re
from pathlib import Path

import pytest

from guide import create_app, headers, precache
from guide.build import build
from guide.config import Settings

TAGS = ["en", "es"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The real guide, built for a folder of a host."""
    folder = tmp_path_factory.mktemp("headers") / "build"
    build(create_app(Settings(base_url="https://example.org/guide/")), folder)
    return folder


@pytest.fixture(scope="module")
def paths(folder):
    """Every file of the build as it is visited, without the two that only hosts read."""
    names = [path.relative_to(folder).as_posix() for path in precache.files(folder)]
    visited = [name.removesuffix("index.html") if name.endswith("index.html") else name for name in names]
    return [name for name in visited if name not in ("_headers", "nginx-headers.conf")]


def test_every_file_has_exactly_one_rule(paths):
    """Hosts differ in what they make of two."""
    patterns = [re.escape(pattern).replace(r"\*", ".*") for pattern in headers.rules(TAGS)]

    found = {path: sum(bool(re.fullmatch(pattern, f"/{path}")) for pattern in patterns) for path in paths}

    assert set(found.values()) == {1}


def test_the_file_for_static_hosts_says_what_our_own_server_says(folder, paths):
    """Cloudflare Pages and Netlify read `_headers`: a path, then its headers, indented."""
    rules = {}
    for block in (folder / "_headers").read_text().strip().split("\n\n"):
        path, *lines = block.split("\n")
        rules[path] = dict(line.strip().split(": ", 1) for line in lines)

    def answer(path):
        (found,) = [
            found
            for pattern, found in rules.items()
            if f"/guide/{path}" == pattern or (pattern[-1] == "*" and f"/guide/{path}".startswith(pattern[:-1]))
        ]
        return found

    assert {path: answer(path) for path in paths} == {path: headers.of(path, TAGS) for path in paths}
    assert len(rules) <= 100
    assert max(len(line) for line in (folder / "_headers").read_text().split("\n")) <= 2000


def test_the_file_for_nginx_says_what_our_own_server_says(folder, paths):
    """A block with an exact path comes first, else the longest beginning, as nginx does it."""
    blocks = re.findall(r"location (= )?(\S+) \{\n(.*?)\}", (folder / "nginx-headers.conf").read_text(), re.DOTALL)
    rules = {
        (bool(exact), path): dict(re.findall(r'add_header (\S+) "([^"]*)" always;', body))
        for exact, path, body in blocks
    }

    def answer(path):
        whole = f"/guide/{path}"
        return (
            rules.get((True, whole))
            or max(
                (
                    (len(start), found)
                    for (exact, start), found in rules.items()
                    if not exact and whole.startswith(start)
                ),
                key=lambda item: item[0],
            )[1]
        )

    assert {path: answer(path) for path in paths} == {path: headers.of(path, TAGS) for path in paths}


def test_pages_and_manifest_carry_the_policy_of_the_headers(folder):
    """The policy in a page lacks only what a page can't say; the worker answers with all headers of a page."""
    policy = re.search(
        r'http-equiv="Content-Security-Policy" content="([^"]+)"', (folder / "es/index.html").read_text()
    )
    pointer = precache.read_pointer(folder)

    manifest = (folder / pointer["manifest"]).read_text()

    assert policy[1].replace("&#39;", "'") + "; frame-ancestors 'none'" == headers.PAGE["Content-Security-Policy"]
    assert all(f'"{name}":"{value}"' in manifest for name, value in headers.PAGE.items())


@pytest.mark.parametrize(
    ("path", "kept"),
    [("es/", False), ("sw.js", False), ("offline/current.json", False), ("assets/css/guide.0.css", True)],
)
def test_only_what_has_a_hash_in_its_name_is_kept_for_ever(path, kept):
    """A page or a worker that was kept could never be changed."""
    assert ("immutable" in headers.of(path, TAGS)["Cache-Control"]) == kept


def test_only_picture_cards_may_be_shown_elsewhere():
    """A messenger in a browser may load the picture of a shared link; everything else stays the guide's own."""
    policies = {path: found["Cross-Origin-Resource-Policy"] for path, found in headers.rules(TAGS).items()}

    assert {path for path, policy in policies.items() if policy == "cross-origin"} == {"/cards/*"}


def test_no_header_names_a_host():
    """Nothing of the guide depends on anybody else."""
    assert "://" not in Path(headers.__file__).read_text()
