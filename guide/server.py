"""Serves a build on this machine as a good host would: right media types, headers and 404 page."""

import errno
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from guide import headers
from guide.precache import TYPES
from guide.problems import BuildError, Problem


class Handler(SimpleHTTPRequestHandler):
    """Answers from a build folder with the headers that the guide asks of its host."""

    protocol_version = "HTTP/1.1"
    extensions_map = {"": "application/octet-stream", **TYPES}
    prefix = "/"

    def translate_path(self, path: str) -> str:
        return super().translate_path(f"/{self.inside(path)}")

    def inside(self, path: str) -> str:
        """The path from the root of the build."""
        return unquote(urlsplit(path).path).removeprefix(self.prefix).lstrip("/")

    def end_headers(self) -> None:
        tags = [path.parent.name for path in Path(self.directory).glob("*/404.html")]
        for name, value in headers.of(self.inside(self.path), tags).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The guide's own page for what is not there, in the language of the address."""
        folder = Path(self.directory)
        own = folder / self.inside(self.path).split("/")[0] / "404.html"
        page = own if own.is_file() else folder / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: requests are not written down."""


class Server(ThreadingHTTPServer):
    """One build on this machine. Port 0 takes any free one."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, folder: Path, port: int, handler: type[Handler] = Handler, address: str = "127.0.0.1") -> None:
        try:
            super().__init__((address, port), partial(handler, directory=str(folder)))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise BuildError(
                [
                    Problem(
                        f"port {port}",
                        "",
                        "it is in use.",
                        "Stop what uses it, or choose another: make serve PORT=8001",
                    )
                ]
            ) from error

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"
