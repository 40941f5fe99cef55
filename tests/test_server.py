"""The server that shows a build: types, headers and the page for what is not there."""

import threading
import urllib.error
import urllib.request

import pytest

from guide import headers
from guide.server import Handler, Server


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "index.html": "front", "404.html": "lost", "es/index.html": "inicio", "es/404.html": "no está",
        "es/guide.webmanifest": "{}", "assets/a.0123456789.js": "1", "sw.js": "2", "offline/current.json": "{}",
    }.items():  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


class Prefixed(Handler):
    """The same build in a sub-folder of its host."""

    prefix = "/a/b/"


def ask(folder, path, handler=Handler):
    """Status, headers and body of an answer."""
    with Server(folder, 0, handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            with urllib.request.urlopen(server.address + path) as response:
                return response.status, response.headers, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()
        finally:
            server.shutdown()


@pytest.mark.parametrize(
    ("path", "media_type", "cache"),
    [
        ("", "text/html; charset=utf-8", headers.REVALIDATED),
        ("es/", "text/html; charset=utf-8", headers.REVALIDATED),
        ("es/guide.webmanifest", "application/manifest+json", headers.REVALIDATED),
        ("assets/a.0123456789.js", "text/javascript; charset=utf-8", headers.IMMUTABLE),
        ("sw.js", "text/javascript; charset=utf-8", headers.REVALIDATED),
        ("offline/current.json", "application/json", headers.REVALIDATED),
    ],
)
def test_files_have_their_type_and_age(folder, path, media_type, cache):
    """What carries its hash may be kept for ever, all else is asked for again."""
    status, found, _ = ask(folder, path)

    assert (status, found["Content-Type"], found["Cache-Control"]) == (200, media_type, cache["Cache-Control"])


def test_pages_and_the_worker_carry_their_own_policy(folder):
    """A page's policy does not bind a worker, so the worker has one of its own."""
    _, page, _ = ask(folder, "es/")
    _, worker, _ = ask(folder, "sw.js")

    assert page["Content-Security-Policy"] == headers.PAGE["Content-Security-Policy"]
    assert page["X-Content-Type-Options"] == "nosniff"
    assert worker["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"


@pytest.mark.parametrize(("path", "body"), [("es/gone/", "no está"), ("gone", "lost")])
def test_what_is_not_there_is_said_in_the_language_of_the_address(folder, path, body):
    """The guide's own page, with status 404."""
    status, found, text = ask(folder, path)

    assert (status, found["Content-Type"], text) == (404, "text/html; charset=utf-8", body)


@pytest.mark.parametrize(("path", "status", "body"), [("a/b/es/", 200, "inicio"), ("a/b/es/gone", 404, "no está")])
def test_a_build_answers_in_a_sub_folder(folder, path, status, body):
    """The same files at /a/b/."""
    found, _, text = ask(folder, path, Prefixed)

    assert (found, text) == (status, body)


@pytest.mark.parametrize("path", ["../../etc/passwd", "..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd"])
def test_nothing_outside_the_build_is_served(folder, path):
    """Whatever the address, only files of the build are shown."""
    (folder.parent / "secret.txt").write_text("secret")

    status, _, text = ask(folder, path)

    assert (status, text) == (404, "lost")
