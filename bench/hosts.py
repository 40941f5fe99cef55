"""Hosts of a build on this machine that remember what they were asked for: our own server, and nginx over HTTP/2."""

import base64
import gzip
import hashlib
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from bench.guides import BASE
from guide.publish.precache import file_of
from guide.publish.server import Handler, Server
from tests import hosting

PACKED = (".html", ".css", ".js", ".json", ".svg", ".webmanifest")
"""What hosts send as gzip."""
LEVEL = 6
"""The quality of gzip that most hosts use."""


@dataclass(frozen=True)
class Answer:
    """One answer of a host: when it was asked for, in seconds since 1970, and the bytes of its body as sent."""

    asked: float
    bytes: int


class Host(Protocol):
    """A host that serves a guide at `url`. `pin` is the hash of its certificate's key, if it has one."""

    url: str
    pin: str

    def answers(self) -> list[Answer]:
        """What it answered, in the order in which it was asked."""
        ...


class _Packing(Handler):
    """Answers as the project's server does, with what can be packed as gzip."""

    disable_nagle_algorithm = True
    answered: list[Answer]

    def do_GET(self) -> None:
        asked = time.time()
        path = file_of(Path(self.directory), self.inside(self.path))
        if not path.is_file():
            return self.send_error(404)
        packs = path.suffix in PACKED
        body = _packed(path, path.stat().st_mtime_ns) if packs else path.read_bytes()
        self.answered.append(Answer(asked, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if packs:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        self.wfile.write(body)


@cache
def _packed(path: Path, changed: int) -> bytes:
    """A file as gzip, made once for each of its states."""
    return gzip.compress(path.read_bytes(), LEVEL)


class Own:
    """The project's own server, HTTP/1.1."""

    pin = ""

    def __init__(self, port: int, prefix: str, answered: list[Answer]) -> None:
        self.url = f"http://127.0.0.1:{port}{prefix}"
        self._answered = answered

    def answers(self) -> list[Answer]:
        return sorted(self._answered, key=lambda answer: answer.asked)


@contextmanager
def own(build: Path, prefix: str = BASE, port: int = 0) -> Iterator[Own]:
    """A build at the project's own server."""
    answered: list[Answer] = []
    handler = type("Placed", (_Packing,), {"prefix": prefix, "answered": answered})
    with Server(build, port, handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield Own(server.server_address[1], prefix, answered)
        finally:
            server.shutdown()


NGINX = """
log_format times '$msec $request_time $body_bytes_sent';
server {{
    listen 127.0.0.1:{port} ssl http2;
    ssl_certificate {room}/certificate.pem;
    ssl_certificate_key {room}/key.pem;
    access_log {room}/answers times;
    root {room}/srv;
    gzip on;
    gzip_vary on;
    gzip_comp_level {level};
    gzip_types text/css text/javascript application/json application/manifest+json image/svg+xml;
    include "{build}nginx-headers.conf";
}}
"""
"""The lines of DEPLOY.md, with a certificate of our own and a record of what was asked for."""


class Nginx:
    """nginx with HTTP/2."""

    def __init__(self, port: int, log: Path, pin: str) -> None:
        self.url, self.pin, self._log = f"https://127.0.0.1:{port}{BASE}", pin, log

    def answers(self) -> list[Answer]:
        rows = [map(float, row.split()) for row in self._log.read_text().splitlines()]
        return sorted((Answer(end - took, int(sent)) for end, took, sent in rows), key=lambda answer: answer.asked)


def lacks_http2() -> str:
    """The program that is missing for HTTP/2 on this machine; empty where none is."""
    return next((name for name in ("nginx", "openssl") if not shutil.which(name, path="/usr/bin:/usr/sbin")), "")


@contextmanager
def http2(build: Path) -> Iterator[Nginx]:
    """A copy of a build at nginx with HTTP/2 and a certificate of its own."""
    with hosting.room() as room:
        shutil.copytree(build, Path(f"{room}/srv{BASE}"))
        pin = _certify(room)
        port = hosting.free_port()
        text = NGINX.format(port=port, room=room, build=f"{room}/srv{BASE}", level=LEVEL)
        with hosting.nginx(room, text, port):
            yield Nginx(port, room / "answers", pin)


def _certify(room: Path) -> str:
    """Write a key and a certificate for it; the hash of the key, by which Chromium is told to trust it."""
    ask = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    _openssl(room, f"{ask} -keyout key.pem -out certificate.pem")
    (room / "key.pem").chmod(0o644)
    key = _openssl(room, "pkey -in key.pem -pubout -outform der")
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


def _openssl(room: Path, arguments: str) -> bytes:
    return subprocess.run(["openssl", *arguments.split()], cwd=room, check=True, capture_output=True).stdout
