"""The public address of the guide: what can be one, and how browsers write it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, unquote, urlsplit

from guide.model.guide import Guide
from guide.problems import Problem
from guide.site.pages import pages

EXAMPLE = "https://example.org/guide/"
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_PORTS = {"http": 80, "https": 443}
_IN_PATHS = "-._~!&()+,=@"
"""What a folder may have in its name besides letters, digits and marks. Other signs mean something to a host."""
_FILE = re.compile(r"index\.\w+|.+\.(html?|php|aspx?|js|json|xml|txt|webmanifest|ics|png|pdf|zip)", re.IGNORECASE)
_LONGEST = 500
_SHOWN = 60


class NoAddress(ValueError):
    """A text that can't be the public address: what is wrong with it, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.what, self.remedy = what, remedy


def normalised(text: str) -> str:
    """The address as browsers write it, with a final slash; empty for an empty text. Raises NoAddress."""
    if not text:
        return ""
    shown = repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
    for what, remedy in _faults_of_text(text):
        raise NoAddress(f"{shown} {what}", remedy)
    try:
        parts = urlsplit(text)
        port = parts.port
        host = _host((parts.hostname or "").lower())
        path = "".join(f"{_segment(segment)}/" for segment in parts.path.strip("/").split("/") if parts.path.strip("/"))
    except NoAddress as error:
        raise NoAddress(f"{shown} {error.what}", error.remedy) from error
    except ValueError as error:
        raise NoAddress(f"{shown} is not a web address.", f"Write it like {EXAMPLE}") from error
    if port == 0:
        raise NoAddress(f"{shown} has a port that no host answers at.", "Leave the port away, or write the right one.")
    scheme = parts.scheme.lower()
    place = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    return f"{scheme}://{place}/{path}"


def check(given: str, file: str, place: str, guide: Guide | None, tags: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with an address that was given in a file and place, for a guide where that could be read."""
    try:
        address = normalised(given)
    except NoAddress as error:
        yield Problem(file, place, error.what, error.remedy)
        return
    for page in pages(guide, tags) if guide else ():
        if page.path and address.endswith(f"/{quote(page.path)}"):
            whole = address.removesuffix(quote(page.path))
            what = f'"{given}" is the address of a page of the guide, not of the whole guide.'
            yield Problem(file, place, what, f"Write {whole}")
            return


def _faults_of_text(text: str) -> Iterator[tuple[str, str]]:
    """What can be seen before the address is taken apart, the plainest first."""
    again = f"Write it like {EXAMPLE}"
    if len(text) > _LONGEST:
        yield "is too long.", again
    if any(sign.isspace() for sign in text):
        yield "has a space in it.", "Remove the space. A folder with a space in its name needs another name."
    hidden = [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Cn", "Co")]
    if hidden:
        yield f"has an invisible character in it, U+{ord(hidden[0]):04X}.", "Type the address anew."
    if not re.match(r"https?://", text, re.IGNORECASE):
        yield "is not a web address: it does not begin with https://.", again
    if "@" in text.split("/")[2]:
        yield "has a user or password in it, which would stand in every page.", "Leave everything up to the @ away."
    if "?" in text or "#" in text:
        yield "has a ? or # in it.", "Leave it and all that follows it away."
    if "\\" in text:
        yield r"has a \ in it.", "Write / in its place."


def _host(host: str) -> str:
    """A host name in the letters that the network knows, or an address of numbers."""
    wrong = NoAddress("has no host name that can be asked.", f"Write it like {EXAMPLE}")
    try:
        if ":" in host and "%" not in host:
            return f"[{IPv6Address(host)}]"
        if re.fullmatch(r"[0-9.]+", host):
            return str(IPv4Address(host))
    except AddressValueError as error:
        raise wrong from error
    plain = host
    try:
        if not host.isascii():
            plain = host.encode("idna").decode()
            if plain.encode().decode("idna") != host:
                raise wrong  # it has letters that old and new rules write in two ways
    except UnicodeError as error:
        raise wrong from error
    if not all(_LABEL.fullmatch(label) for label in plain.split(".")):
        raise wrong
    return plain


def _segment(text: str) -> str:
    """One folder of the path, encoded as browsers do."""
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise NoAddress("has a % in it that encodes nothing.", "Copy the address from a browser.")
    try:
        name = unquote(text, errors="strict")
    except UnicodeDecodeError as error:
        raise NoAddress(
            "has letters in it that are encoded in an old way.", "Copy the address from a browser."
        ) from error
    if not name:
        raise NoAddress("has two slashes in a row.", "Leave one of them away.")
    if name in (".", ".."):
        raise NoAddress("has a folder in it that is only dots.", "Write the address that it leads to.")
    for sign in name:
        if unicodedata.category(sign)[0] not in "LNM" and sign not in _IN_PATHS:
            raise NoAddress(f"has a folder in it with {sign!r} in its name.", "Give the folder another name.")
    if _FILE.fullmatch(name):
        raise NoAddress(f"is the address of a file, {name}.", f"Leave {name} away.")
    return quote(name, safe=_IN_PATHS)
