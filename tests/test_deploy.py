"""DEPLOY.md: its configurations start as printed, but for what the text calls the reader's own."""

import re
import ssl
import subprocess
import urllib.request

import pytest

from guide import headers
from tests import hosting

BLOCKS = re.findall(r"```(\w+)\n(.*?)```", (hosting.ROOT / "DEPLOY.md").read_text("utf-8"), re.DOTALL)


@pytest.fixture
def room():
    """The folder of a web server with a guide of three files in srv/guide/."""
    with hosting.room() as room:
        for name in ("index.html", "404.html", "en/404.html", "en/index.html", "assets/a.0123456789.js"):
            file = room / "srv/guide" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"/* {name} */" + " " * 2000)
        hosting.write_configurations(room / "srv/guide", "/guide/")
        yield room


def ask(url, **asked):
    """Headers of an answer. A certificate of a test is nobody's."""
    trusting = ssl._create_unverified_context()  # noqa: S323
    with urllib.request.urlopen(urllib.request.Request(url, headers=asked), context=trusting) as response:
        return response.url, response.headers


def test_the_lines_for_nginx_start_as_printed(room):
    """Certificate, folder and domain are the reader's own; ports below 1024 need rights that a test has not."""
    servers, hsts = (text for kind, text in BLOCKS if kind == "nginx")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=example.org",
         "-keyout", room / "privkey.pem", "-out", room / "fullchain.pem"], check=True, capture_output=True,
    )  # fmt: skip
    (room / "privkey.pem").chmod(0o644)
    (room / "field-guide.d").mkdir()
    (room / "field-guide.d/hsts.conf").write_text(hsts)
    plain, secure = hosting.free_port(), hosting.free_port()
    for printed, own in {
        "/etc/letsencrypt/live/example.org": str(room),
        "/srv/www": str(room / "srv"),
        "listen 80;": f"listen {plain};",
        "listen 443 ssl;": f"listen {secure} ssl;",
        "https://$host$": f"https://$host:{secure}$",
        "example.org": "localhost",
    }.items():
        assert printed in servers
        servers = servers.replace(printed, own)

    with hosting.nginx(room, servers, secure):
        arrived, page = ask(f"http://localhost:{plain}/guide/", **{"Accept-Encoding": "gzip"})
        _, script = ask(f"https://localhost:{secure}/guide/assets/a.0123456789.js", **{"Accept-Encoding": "gzip"})

    assert arrived == f"https://localhost:{secure}/guide/"
    assert {name: page[name] for name in headers.PAGE} == headers.PAGE
    assert script["Cache-Control"] == headers.IMMUTABLE["Cache-Control"]
    for answer in (page, script):
        assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Accept-Encoding")
    assert page["Strict-Transport-Security"] == script["Strict-Transport-Security"] == "max-age=31536000"


def test_the_lines_for_caddy_start_as_printed(room):
    """Folder and domain are the reader's own; a certificate from outside is not for a test."""
    ((_, site),) = [block for block in BLOCKS if block[0] == "caddy"]
    port = hosting.free_port()
    for printed, own in {"/srv/www": str(room / "srv"), "example.org": f"http://localhost:{port}"}.items():
        assert printed in site
        site = site.replace(printed, own)

    with hosting.caddy(room, site, port):
        _, page = ask(f"http://localhost:{port}/guide/", **{"Accept-Encoding": "gzip"})

    assert {name: page[name] for name in headers.PAGE} == headers.PAGE
    assert (page["Content-Encoding"], page["Vary"]) == ("gzip", "Accept-Encoding")
