"""headers.py: one source, four outputs that agree."""

import re
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from guide import create_app, headers, serving
from guide.config import Settings
from guide.media import TYPES
from guide.publish import precache
from guide.publish.build import build
from guide.serving import HOST_FILES
from tests.conftest import copy_of_miniature
from tests.hosting import Host, hosted

TAGS = ["en", "es"]


@pytest.fixture(scope="module")
def folder(once):
    """The miniature guide, built for a folder of a host."""

    def make(root):
        settings = Settings(paths=copy_of_miniature(root), base_url="https://example.org/guide/")
        build(create_app(settings), root / "build")

    return once("headers", make) / "build"


@pytest.fixture(scope="module")
def paths(folder):
    """Every file of the build as it is visited, without those that only hosts read."""
    names = [path.relative_to(folder).as_posix() for path in precache.files(folder)]
    visited = [name.removesuffix("index.html") if name.endswith("index.html") else name for name in names]
    return [name for name in visited if name not in HOST_FILES]


def test_every_file_has_exactly_one_rule(paths):
    """Hosts differ in what they make of two."""
    rules = {path: [rule.pattern for rule in serving.rules(TAGS) if rule.holds(path)] for path in paths}

    assert {path: held for path, held in rules.items() if len(held) != 1} == {}


def test_the_file_for_static_hosts_says_what_our_own_server_says(folder, paths):
    """Cloudflare Pages and Netlify read `_headers`: a path, then its headers, indented."""
    rules = {}
    for block in (folder / "_headers").read_text().strip().split("\n\n"):
        path, *lines = block.split("\n")
        rules[path] = dict(line.strip().split(": ", 1) for line in lines)
    types = {path: rules.pop(path)["Content-Type"] for path in [*rules] if "Content-Type" in rules[path]}

    def answer(path):
        (found,) = [
            found
            for pattern, found in rules.items()
            if f"/guide/{path}" == pattern or (pattern[-1] == "*" and f"/guide/{path}".startswith(pattern[:-1]))
        ]
        return found

    lasting = {path: headers.FOR_AN_HOUR for path in paths if path.startswith(("assets/", "cards/", "offline/rev"))}
    assert {path: answer(path) for path in paths} == {
        path: {**serving.headers_of(path, TAGS), **lasting.get(path, {})} for path in paths
    }
    calendars = {path for path in paths if path.endswith(".ics")}
    epubs = {path for path in paths if path.endswith(".epub")}
    assert {path: kind for path in paths for pattern, kind in types.items() if fnmatch(f"/guide/{path}", pattern)} == {
        **dict.fromkeys(calendars, "text/calendar; charset=utf-8"),
        **dict.fromkeys(epubs, "application/epub+zip"),
    }
    assert calendars and epubs
    assert len(rules) + len(types) <= 100
    assert max(len(line) for line in (folder / "_headers").read_text().split("\n")) <= 2000


PLACES = {"/": "/", "/lab/": "/lab/", "/gu%C3%ADa%20a+b/": "/guía a+b/"}
"""Addresses of a guide, and the folders that they lie in."""


@pytest.fixture(scope="module", params=[(kind, base) for kind in ("own", "nginx", "caddy") for base in PLACES])
def host(request, folder):
    """The build behind each address in the project's own server, in nginx and in Caddy."""
    kind, base = request.param
    with hosted(kind, folder, base, PLACES[base]) as found:
        yield found


def test_a_host_answers_every_file_with_its_type_and_headers(host, paths):
    """Every file of the build, whatever the place, as a real program answers; pages under both of their addresses."""
    addresses = {quote(path): path for path in paths}
    addresses |= {f"{path}index.html": path for path in paths if path.endswith("/") or not path}

    answers = {address: host.ask(address) for address in addresses}

    wrong = {}
    for address, answer in answers.items():
        if answer.status == 308 and address.endswith("index.html"):  # Caddy has one address for a page
            assert answer.headers["location"] == f"{host.base}{addresses[address]}"
            continue
        file = precache.file_of(host.folder, addresses[address])
        expected = {name.lower(): value for name, value in serving.headers_of(addresses[address], TAGS).items()}
        expected["content-type"] = TYPES[file.suffix].partition(";")[0]
        found = {name: answer.headers.get(name) for name in expected}
        kind, _, letters = str(found["content-type"]).partition(";")
        found["content-type"] = kind.replace("text/xml", "application/xml")
        if (answer.status, found, answer.body) != (200, expected, file.read_bytes()) or (
            file.suffix in (".html", ".ics") and "utf-8" not in letters.lower()
        ):
            wrong[address] = (answer.status, found)
    assert wrong == {}
    assert not any("x-of-the-server" in answer.headers for answer in answers.values())


def test_a_host_lets_nothing_be_kept_that_is_no_file(host, paths):
    """An error or a redirect that a phone keeps outlives its cause, whatever the address and the method."""
    script = next(path for path in paths if path.startswith("assets/js/"))
    closed = host.folder / next(path for path in paths if path.startswith("assets/css/"))
    closed.chmod(0)
    asked = {
        "gone": [
            host.ask(f"{folder}gone{end}")
            for folder in ("", "en/", "assets/", "cards/", "offline/revisions/")
            for end in ("", "/", ".js")
        ],
        "folder": [
            host.ask(path)
            for path in ("assets", "assets/", "assets/js", "assets/js/", "cards/", "offline/", "en", "en/about")
        ],
        "refused": [host.ask(closed.relative_to(host.folder).as_posix())],
        "method": [host.ask(path, "POST") for path in (script, "", "en/", "sw.js")],
        "range": [host.ask(path, Range="bytes=99999999-") for path in (script, "en/", "sw.js")],
        "damaged": [
            host.ask(path) for path in ("en%00", "%ff", "a" * 5000, "..%2f..%2fetc/passwd", "assets/%2e%2e/gone")
        ],
    }
    closed.chmod(0o644)

    kept = [
        (answer.status, answer.headers.get("cache-control"))
        for answers in asked.values()
        for answer in answers
        if answer.status not in (200, 206)
        and not re.search("no-store|no-cache", answer.headers.get("cache-control", "no-store"))
    ]
    assert kept == []
    assert {answer.status for answer in asked["gone"]} == {404}
    assert {answer.status for answer in asked["folder"]} <= {301, 308, 403, 404}
    assert {answer.status for answer in asked["refused"]} <= {403, 404, 200}  # root may read it in this process
    assert {answer.status for answer in asked["method"]} <= {405, 501, 200}  # an older Caddy takes it for a GET
    assert {answer.status for answer in asked["range"]} <= {416, 200}
    assert {answer.status for answer in asked["damaged"]} <= {400, 404, 403, 414, 500}


def test_a_host_says_what_is_not_there_in_the_language_of_the_address(host):
    """The guide's own page, with status 404 and a page's policy."""
    for path in ("en/gone", "es/gone/", "es/days/gone/", "gone"):
        answer = host.ask(path)

        page = host.folder / path.rpartition("/")[0].partition("/")[0] / "404.html"
        assert (answer.status, answer.body) == (404, page.read_bytes())
        assert answer.headers["content-security-policy"] == headers.PAGE["Content-Security-Policy"]


def test_a_host_leads_on_from_an_address_without_its_last_slash(host):
    """By a path: a host behind another one does not know its own name."""
    answer = host.ask("en")

    assert answer.status in (301, 308)
    assert unquote(answer.headers["location"]) == unquote(f"{host.base}en/")


def test_a_part_of_a_file_is_a_part_of_it(host, paths):
    """A host answers with the part that was asked for, or with the whole file."""
    script = next(path for path in paths if path.startswith("assets/js/"))

    answer = host.ask(script, Range="bytes=1-3")

    body = (host.folder / script).read_bytes()
    assert (answer.status, answer.body) in [(206, body[1:4]), (200, body)]


def test_a_host_that_packs_says_so(host, paths):
    """A cache between must not hand packed bytes to who did not ask for them."""
    pages = {path: host.ask(path, **{"Accept-Encoding": "gzip"}) for path in paths if path.endswith((".js", "en/"))}

    packed = {path: answer for path, answer in pages.items() if "content-encoding" in answer.headers}

    assert all("accept-encoding" in answer.headers["vary"].lower() for answer in packed.values())
    assert "en/" in packed or host.ask("").headers["server"].startswith("SimpleHTTP")
    assert all(
        {name: answer.headers.get(name.lower()) for name in serving.headers_of(path, TAGS)}
        == serving.headers_of(path, TAGS)
        for path, answer in packed.items()
    )


def test_the_rest_of_a_server_is_none_of_the_guide(folder):
    """What lies beside the guide keeps its own headers and its own errors."""
    for kind in ("nginx", "caddy"):
        with hosted(kind, folder, "/lab/", "/lab/") as host:
            (host.folder.parent / "other.html").write_text("other")
            beside = Host(host.port, host.folder.parent, "/")

            found, gone = beside.ask("other.html"), beside.ask("gone")

        assert (found.status, found.body, gone.status) == (200, b"other", 404)
        assert not {name.lower() for name in headers.PAGE} & {*found.headers, *gone.headers}


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
    assert ("immutable" in serving.headers_of(path, TAGS)["Cache-Control"]) == kept


def test_only_picture_cards_may_be_shown_elsewhere():
    """A messenger in a browser may load the picture of a shared link; everything else stays the guide's own."""
    shared = [rule for rule in serving.rules(TAGS) if rule.headers["Cross-Origin-Resource-Policy"] == "cross-origin"]

    assert [rule.pattern for rule in shared] == ["cards/*"]


def test_no_header_names_a_host():
    """Nothing of the guide depends on anybody else."""
    assert "://" not in Path(headers.__file__).read_text()
