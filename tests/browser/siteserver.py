"""A build on 127.0.0.1 that a test can stop, start again, break, and ask what was requested."""

import hashlib
import json
import re
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from guide import precache
from guide.server import Handler, Server


class Site:
    """One build at one address of this machine.

    `asked` holds every path that was requested; `downloads` the files that a page requested in order to save them,
    and got. `wrong` names files that are answered with other bytes of the same length. After `answers` downloads the
    network is gone for every further one. While `gate` is closed, downloads wait.
    """

    def __init__(self, folder: Path, prefix: str = "/") -> None:
        self.folder, self.prefix, self.port = folder, prefix, 0
        self.asked: list[str] = []
        self.downloads: list[str] = []
        self.wrong: set[str] = set()
        self.answers: int | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.server: _Server | None = None
        self.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address of the front page."""
        return self.origin + self.prefix

    def start(self) -> None:
        """Answer, at the same port as before."""
        self.server = _Server(self)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Refuse new connections and cut the ones that browsers keep."""
        self.gate.set()
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            for connection in self.server.connections:
                _cut(connection)
            self.server = None

    def forget(self) -> None:
        """Empty the ledger."""
        self.asked.clear()
        self.downloads.clear()

    def title(self, path: str) -> str:
        """The title that a page has in the build."""
        found = re.search(r"<title>(.*?)</title>", self._file(path).read_text(encoding="utf-8"))
        assert found, f"{path} has no title"
        return unescape(found[1])

    def pointer(self) -> Mapping[str, object]:
        found = precache.read_pointer(self.folder)
        assert found, "the build has no pointer"
        return found

    def listed(self) -> dict[str, str]:
        """Every file that a phone saves: its path and the hash of its bytes in the build."""
        manifest = json.loads((self.folder / str(self.pointer()["manifest"])).read_text(encoding="utf-8"))
        return {path: hashlib.sha256(self._file(path).read_bytes()).hexdigest() for path in manifest["files"]}

    def _file(self, path: str) -> Path:
        return self.folder / (f"{path}index.html" if path.endswith("/") or not path else path)


class _Handler(Handler):
    """The guide's own server, with a ledger and a few faults."""

    server: "_Server"

    @property
    def prefix(self) -> str:  # type: ignore[override]
        return self.server.site.prefix

    def do_GET(self) -> None:
        site, path = self.server.site, urlsplit(self.path).path
        site.asked.append(path)
        if not path.startswith(site.prefix):
            return self.send_error(404)
        if self.headers.get("x-field-guide") == "save":
            site.gate.wait()
            if site.answers is not None and len(site.downloads) >= site.answers:
                self.close_connection = True
                return None
            site.downloads.append(self.inside(path))
        return super().do_GET()

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        body = source.read()
        if self.inside(self.path) in self.server.site.wrong:
            body = body[:-1] + b"?"
        outputfile.write(body)


class _Server(Server):
    def __init__(self, site: Site) -> None:
        self.site = site
        self.connections: list[socket.socket] = []
        super().__init__(site.folder, site.port, _Handler)

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):  # it may be closed already
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
