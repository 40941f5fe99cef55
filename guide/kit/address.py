"""Whether people can reach a guide at an address: a code that leads to the host's own computer helps nobody."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from guide.problems import BuildError, Problem
from guide.site.web_address import EXAMPLE

_ENDINGS = (".localhost", ".local", ".lan", ".home", ".internal", ".test", ".invalid")
"""How names end that only one computer, one network or nobody knows."""


def is_public(base_url: str) -> bool:
    """Whether other people's phones can ask for a full public address; not so for an empty one."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_ENDINGS)


def refuse_private(base_url: str) -> None:
    """Raises BuildError where no kit can be made for an address."""
    if is_public(base_url):
        return
    remedy = f"Write the address at which people find the guide: make kit BASE_URL={EXAMPLE}"
    if not base_url:
        raise BuildError([Problem("kit", "", "messages, codes and sheets need the public address.", remedy)])
    what = "only your own computer or network knows this address: a code with it would lead nobody to the guide."
    raise BuildError([Problem(base_url, "", what, remedy)])
