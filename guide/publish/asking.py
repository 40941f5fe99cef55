"""One request to a web host, as a phone makes it: its answer, or one sentence about what kept it away."""

import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import BadStatusLine, HTTPException, IncompleteRead, InvalidURL, RemoteDisconnected
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 20
"""How long a host may say nothing."""
MOST = 50_000_000
"""Bytes after which no more are read: no file of a guide is near that."""


@dataclass(frozen=True)
class Answer:
    """What a host answers: status, headers by their names in lower case, and body, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding that the host names, in lower case; empty where it names none."""
        _, _, rest = self.headers.get("content-type", "").lower().partition("charset=")
        return rest.partition(";")[0].strip(" \"'")


class Unanswered(Exception):
    """No whole answer came. `what` says why, `remedy` what to do; `is_everywhere` if other files fare no better."""

    def __init__(self, what: str, remedy: str, is_everywhere: bool = True) -> None:
        self.what, self.remedy, self.is_everywhere = what, remedy, is_everywhere
        super().__init__(f"{what} {remedy}")


class _AsItIs(HTTPRedirectHandler):
    """A redirect is an answer like another."""

    def redirect_request(self, *_: object) -> None:
        return None


def ask(address: str) -> Answer:
    """The answer to an address, whatever its status. Raises Unanswered when there is no whole one."""
    asked = {"Accept-Encoding": "gzip", "Cache-Control": "no-cache", "User-Agent": "Mozilla/5.0 (field guide probe)"}
    try:
        response = build_opener(_AsItIs).open(Request(address, headers=asked), timeout=SECONDS)
    except HTTPError as error:
        response = error
    except (OSError, HTTPException, ValueError) as error:
        raise _unanswered(error) from error
    with response:
        try:
            body = response.read(MOST) if response.headers.get("Content-Length") is None else response.read()
        except (OSError, HTTPException, ValueError) as error:
            raise _unanswered(error) from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, headers, _unpacked(body, headers.get("content-encoding", "")))


def _unpacked(body: bytes, encoding: str) -> bytes:
    """The bytes that a browser hands on."""
    if encoding.lower() not in ("gzip", "x-gzip") or not body:
        return body
    try:
        return zlib.decompress(body, wbits=31)
    except zlib.error as error:
        raise Unanswered(
            "it says that it is packed (gzip) and is not.",
            "Look for a setting of the host that packs files, or for packed copies of files beside them.",
            is_everywhere=False,
        ) from error


def _unanswered(error: Exception) -> Unanswered:
    """What an error means to the person who publishes."""
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    match cause:
        case socket.gaierror() | UnicodeError():
            what, remedy = (
                "no host has this name.",
                "Compare the address with the one that you share; see whether this computer is online, and whether the "
                "name has been set up.",
            )
        case ssl.SSLCertVerificationError():
            what, remedy = (
                f"its certificate does not hold: {cause.verify_message}.",
                "Renew the certificate, or correct the name that it is for: phones refuse the address until then.",
            )
        case ssl.SSLError():
            what, remedy = (
                "it does not speak HTTPS properly.",
                "Set HTTPS up at the host, or correct the address: phones can't save without HTTPS.",
            )
        case ConnectionRefusedError():
            what, remedy = (
                "nothing answers there.",
                "Start the web server, or correct the address and its port.",
            )
        case TimeoutError():
            what, remedy = (
                f"no answer came within {SECONDS} seconds.",
                "Ask again; if it stays so, ask whoever runs the host.",
            )
        case IncompleteRead():
            whole = len(cause.partial) + cause.expected if cause.expected else None
            of = f" of {whole:,}" if whole else ""
            return Unanswered(
                f"it ends after {len(cause.partial):,}{of} bytes.",
                "Upload this file again; if it stays so, the host or something before it cuts files off.",
                is_everywhere=False,
            )
        case RemoteDisconnected() | ConnectionError():
            return Unanswered(
                "the connection ended before an answer came.",
                "Ask again; if it stays so, ask whoever runs the host.",
                is_everywhere=False,
            )
        case BadStatusLine() | HTTPException() if not isinstance(cause, InvalidURL):
            what, remedy = ("what answers there is no web server.", "Correct the address and its port.")
        case InvalidURL() | ValueError():
            what, remedy = ("this is no web address.", "Write it like https://example.org/guide/.")
        case _:
            what, remedy = (
                f"it can't be reached: {getattr(cause, 'strerror', None) or cause}.",
                "See whether this computer is online, and compare the address with the one that you share.",
            )
    return Unanswered(what, remedy)
