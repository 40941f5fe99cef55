"""A host on 127.0.0.1 that a test can stop, start again, break in every way hosts break, and ask what was requested."""

import hashlib
import json
import math
import re
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from html import unescape
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from guide.publish import precache
from guide.publish.server import Handler, Server

PACKED = "offline/revisions/*.bin"
"""The pattern of packs and of differences between them."""
LOGIN = b"<!DOCTYPE html><title>Hotel</title><h1>Please sign in</h1>"


@dataclass
class Fault:
    """What goes wrong with the answers to some paths, given as a pattern such as `es/*`.

    Kinds: `status` (an error in `status`), `portal` (a login page with 200), `redirect` (to `text`), `nothing` (the
    connection ends), `cut` and `cut-chunked` (the body ends half-way, with and without Content-Length), `hang` (before
    the headers) and `hang-body` (half-way) until the site lets go, `wrong` (other bytes of the same length), `body`
    (`text` instead), `before` (`text` before the file).
    """

    path: str
    kind: str
    times: float = math.inf
    after: int = 0
    """How many answers go well first."""
    status: int = 500
    text: str = ""
    saving: bool = False
    """Only when a page asks in order to save."""
    tail: bool | None = None
    """Only when the address has a query, or only when it has none."""
    asked: int = 0

    def strikes(self, path: str, query: str, saving: bool) -> bool:
        if not fnmatchcase(path, self.path) or (self.saving and not saving) or self.tail not in (None, bool(query)):
            return False
        self.asked += 1
        return self.after < self.asked <= self.after + self.times


@dataclass
class Site:
    """One build at one address of this machine.

    `asked` holds every path that was requested; `downloads` the files that a page requested in order to save them.
    While `gate` is closed, downloads wait. `folder` may be changed while it runs: that is a new build going live.
    """

    folder: Path
    prefix: str = "/"
    address: str = "127.0.0.1"
    asked: list[str] = field(default_factory=list)
    downloads: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    """Sent with every answer, in place of the host's own of the same name; an empty one is not sent."""
    is_canonical: bool = False
    """Whether `x/index.html` is redirected to `x/`."""
    next_folder: tuple[int, Path] | None = None
    """After so many downloads, the build that goes live."""
    port: int = 0

    def __post_init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.let_go = threading.Event()
        self.server: _Server | None = None
        self.start()

    @property
    def origin(self) -> str:
        return f"http://{self.address}:{self.port}"

    @property
    def url(self) -> str:
        """The address of the front page."""
        return self.origin + self.prefix

    def start(self) -> None:
        """Answer, at the same port as before."""
        self.let_go.clear()
        self.server = _Server(self)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Refuse new connections and cut the ones that browsers keep."""
        self.gate.set()
        self.let_go.set()
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            for connection in self.server.connections:
                _cut(connection)
            self.server = None

    def fail(self, path: str, kind: str, **more: object) -> Fault:
        """Let answers fail from now on."""
        fault = Fault(path, kind, **more)  # type: ignore[arg-type]
        self.faults.append(fault)
        return fault

    def heal(self) -> None:
        """No more faults."""
        self.faults.clear()
        self.let_go.set()

    def forget(self) -> None:
        """Empty the ledger."""
        self.asked.clear()
        self.downloads.clear()

    def title(self, path: str) -> str:
        """The title that a page has in the build."""
        found = re.search(r"<title>(.*?)</title>", self.file(path).read_text(encoding="utf-8"))
        assert found, f"{path} has no title"
        return unescape(found[1])

    def pointer(self) -> Mapping[str, object]:
        found = precache.read_pointer(self.folder)
        assert found, "the build has no pointer"
        return found

    def listing(self) -> dict[str, dict[str, object]]:
        """The list of all files, one by one."""
        found: dict[str, dict[str, object]] = json.loads((self.folder / str(self.pointer()["manifest"])).read_bytes())
        return found

    @property
    def revision(self) -> Mapping[str, Any]:
        """What the pointer leads to: path and hash of the manifest."""
        packs: Mapping[str, Any] = self.pointer()["packs"]  # type: ignore[assignment]
        return packs

    def packs(self, *names: str) -> list[Mapping[str, Any]]:
        """The packs of the build as the manifest has them, or those of some names that are downloaded."""
        every: list[Mapping[str, Any]] = json.loads((self.folder / self.revision["path"]).read_bytes())["packs"]
        return [pack for pack in every if not names or (pack["name"] in names and "path" in pack)]

    def kept(self) -> set[str]:
        """What a phone keeps of the build: the hash of the manifest and the ids of the packs."""
        return {str(self.revision["sha256"]), *(str(pack["id"]) for pack in self.packs())}

    def starting(self) -> list[str]:
        """The paths of what every page loads by itself."""
        lines = [line for pack in self.packs() for line in pack.get("lines", "").splitlines()]
        return [line.partition("\t")[0] for line in lines]

    def listed(self) -> dict[str, str]:
        """Every file that a phone saves: its path and the hash of its bytes in the build."""
        return {path: hashlib.sha256(self.file(path).read_bytes()).hexdigest() for path in self.listing()["files"]}

    def file(self, path: str) -> Path:
        return precache.file_of(self.folder, path)


class _Handler(Handler):
    """The guide's own server, with a ledger and faults."""

    server: "_Server"

    @property
    def prefix(self) -> str:  # type: ignore[override]
        return self.server.site.prefix

    def do_GET(self) -> None:
        site = self.server.site
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        site.asked.append(path)
        if not path.startswith(site.prefix):
            return self.send_error(404)
        saving = self.headers.get("x-field-guide") == "save"
        if saving:
            if site.next_folder and len(site.downloads) >= site.next_folder[0]:
                site.folder = site.next_folder[1]
            site.downloads.append(self.inside(path))
            site.gate.wait()
        self.directory = str(site.folder)
        if site.is_canonical and path.endswith("/index.html"):
            return self._redirect(path.removesuffix("index.html"))
        for fault in site.faults:
            if fault.strikes(self.inside(path), query, saving):
                return self._fail(fault)
        return super().do_GET()

    def end_headers(self) -> None:
        for name, value in self.server.site.headers.items():
            if value:
                self.send_header(name, value)
        super().end_headers()

    def send_header(self, keyword: str, value: str) -> None:
        changed = self.server.site.headers.get(keyword, value)
        if changed == value:
            super().send_header(keyword, value)

    def _fail(self, fault: Fault) -> None:
        file = precache.file_of(self.server.site.folder, self.inside(self.path))
        body = file.read_bytes() if file.is_file() else b""
        kind = self.guess_type(str(file))
        match fault.kind:
            case "status":
                self._answer(fault.status, b"no", "text/plain")
            case "portal":
                self._answer(200, LOGIN, "text/html")
            case "redirect":
                self._redirect(fault.text)
            case "body":
                self._answer(200, fault.text.encode(), kind)
            case "before":
                self._answer(200, fault.text.encode() + body, kind)
            case "wrong":
                self._answer(200, body[:-1] + b"?", kind)
            case "nothing":
                self.close_connection = True
            case "cut":
                self._answer(200, body[: len(body) // 2], kind, {"Content-Length": str(len(body))})
            case "cut-chunked":
                half = body[: len(body) // 2]
                self._answer(200, b"%x\r\n%b\r\n" % (len(half), half), kind, {"Transfer-Encoding": "chunked"})
            case "hang":
                self.server.site.let_go.wait()
                self.close_connection = True
            case "hang-body":
                self._answer(200, body[: len(body) // 2], kind, {"Content-Length": str(len(body))})
                self.server.site.let_go.wait()
            case _:
                raise ValueError(fault.kind)

    def _answer(self, status: int, body: bytes, kind: str, length: Mapping[str, str] | None = None) -> None:
        """A body; with a `length` that is not its own, the connection ends after it."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in (length or {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        self.close_connection = bool(length)

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        outputfile.write(source.read())


class _Server(Server):
    def __init__(self, site: Site) -> None:
        self.site = site
        self.connections: list[socket.socket] = []
        super().__init__(site.folder, site.port, _Handler, site.address)

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):  # it may be closed already
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
