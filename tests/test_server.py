"""The server that shows a build: types, headers and the page for what is not there."""

import socket
import threading
import urllib.error
import urllib.request

import pytest

from guide import headers
from guide.publish.server import Handler, Server


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "index.html": "front", "404.html": "lost", "es/index.html": "inicio", "es/404.html": "no está",
        "es/guide.webmanifest": "{}", "es/calendars/lab.ics": "",
        "assets/a.0123456789.js": "1", "sw.js": "2", "offline/current.json": "{}",
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
        ("es/calendars/lab.ics", "text/calendar; charset=utf-8", headers.REVALIDATED),
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


ODD = [
    (b"GET /en%00 HTTP/1.1", 400),
    (b"GET http://[ HTTP/1.1", 400),
    (b"GET /%ff%fe HTTP/1.1", 404),
    (b"GET /%ZZ%2 HTTP/1.1", 404),
    (b"GET /%ed%a0%80 HTTP/1.1", 404),
    (b"GET //[x HTTP/1.1", 404),
    (b"GET /" + b"a" * 5000 + b" HTTP/1.1", 404),
    (b"GET /" + b"a" * 70000 + b" HTTP/1.1", 414),
    (b"GET /es/%0d%0aX:%20y HTTP/1.1", 404),
    (b"GET /assets/ HTTP/1.1", 404),
    (b"GET /assets/a.0123456789.js/ HTTP/1.1", 404),
    (b"GET /..;/secret.txt HTTP/1.1", 404),
    (b"GET /%252e%252e/secret.txt HTTP/1.1", 404),
    (b"GET /assets HTTP/1.1", 301),
    (b"POST /sw.js HTTP/1.1", 501),
    (b"HEAD /gone HTTP/1.1", 404),
    (b"HEAD /es/ HTTP/1.1", 200),
    (b"GET /es/ HTTP/1.1\r\nRange: bytes=9-1", 200),
    (b"GET /es/ HTTP/1.1\r\nRange: pages=no", 200),
    (b"GET /es/ HTTP/1.1\r\nIf-Modified-Since: no", 200),
    (b"GET /es/ HTTP/1.1" + b"\r\nA: b" * 200, 431),
]


def test_every_request_gets_an_answer_and_no_error_is_kept(folder, capsys):
    """Whatever an address holds: no traceback, one answer, and nothing of it for long but a file."""
    answers = {}

    with Server(folder, 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        for request, _ in ODD:
            with socket.create_connection(server.server_address, timeout=20) as connection:
                connection.sendall(request + b"\r\n\r\n")
                connection.shutdown(socket.SHUT_WR)
                answers[request], _, _ = connection.makefile("rb").read().partition(b"\r\n\r\n")
        server.shutdown()

    assert {request: int(head.split()[1]) for request, head in answers.items()} == dict(ODD)
    assert [head for head in answers.values() if b"max-age" in head] == []
    assert all(b"no-store" in head for request, head in answers.items() if dict(ODD)[request] != 200)
    assert "Traceback" not in capsys.readouterr().err
