"""Serves a build on this machine as a good host would: right media types, headers and 404 page."""

import errno
import os
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from guide import headers
from guide.media import TYPES
from guide.problems import BuildError, Problem
from guide.serving import headers_of


class Handler(SimpleHTTPRequestHandler):
    """Answers from a build folder with the headers that the guide asks of its host."""

    protocol_version = "HTTP/1.1"
    extensions_map = {"": "application/octet-stream", **TYPES}
    prefix = "/"
    path = "/"  # until a request was read
    status = HTTPStatus.OK

    def parse_request(self) -> bool:
        """Whether the request can be answered; one whose address is none is refused here."""
        if not super().parse_request():
            return False
        try:
            address = self.inside(self.path)
        except ValueError:
            address = "\0"
        if "\0" in address:
            self.path = "/"
            self.send_error(HTTPStatus.BAD_REQUEST)
            return False
        return True

    def translate_path(self, path: str) -> str:
        return super().translate_path(f"/{quote(self.inside(path))}")

    def inside(self, path: str) -> str:
        """The path from the root of the build."""
        return unquote(urlsplit(path).path).removeprefix(self.prefix).lstrip("/")

    def _lost(self) -> dict[str, Path]:
        """The page for what is not there, by language."""
        return {page.parent.name: page for page in Path(self.directory).glob("*/404.html")}

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """A folder without a page is not there."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_response(self, code: int, message: str | None = None) -> None:
        self.status = HTTPStatus(code)
        super().send_response(code, message)

    def end_headers(self) -> None:
        is_file = self.status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        for name, value in (headers_of(self.inside(self.path), self._lost()) if is_file else headers.ERROR).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The guide's own page for what is not there, in the language of the address."""
        tag = self.inside(self.path).split("/")[0]
        page = self._lost().get(tag, Path(self.directory) / "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: requests are not written down."""


_WHY = {
    errno.EADDRINUSE: ("it is in use.", "Stop what uses it, or choose another"),
    errno.EACCES: ("only the system may use it.", "Choose one from 1024 on"),
}
"""Why a port can't be had, and what to do."""


class Server(ThreadingHTTPServer):
    """One build on this machine. Port 0 takes any free one."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, folder: Path, port: int, handler: type[Handler] = Handler, address: str = "127.0.0.1") -> None:
        try:
            super().__init__((address, port), partial(handler, directory=str(folder)))
        except OSError as error:
            what, remedy = _WHY.get(error.errno or 0, (f"it can't be used: {error.strerror}.", "Choose another"))
            raise BuildError([Problem(f"port {port}", "", what, f"{remedy}: make serve PORT=8001")]) from error

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"
