"""Numbers and addresses as a host writes them → what a press dials, opens or writes to.

The number pressed is the number written: nothing is added to it, and only spaces and marks between digits go
(RFC 3966).
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from guide.model.edition import Contact

EXAMPLE = "+57 604 000 0000"
_SEPARATORS = re.compile(r"[\s.()\-\u2010-\u2015\u2212]+")
_EXTENSION = re.compile(
    r"(?<=[\d)])[\s,]*(?:;ext=|(?:extension|extensión|ext|x)[.:]?|(?<=\s)#)\s*(\d{1,7})$", re.IGNORECASE
)
_SEVERAL = re.compile(r"\s*(?:[/|\n]|[,;](?!\s*(?:ext|x)))\s*|\s+(?:or|and|o|y)\s+", re.IGNORECASE)
_LINK = re.compile(r"\w+://|www\.|wa\.me|t\.me|chat\.whatsapp", re.IGNORECASE)
_LEAST, _SHORT, _LONGEST = 4, 6, 15
"""Most digits of an emergency number, of any that is dialled in one country only, and of any number (E.164)."""
_NATIONAL = 10
"""Most digits of a number without its country, unless it begins with 0."""
_FIXED = {"57": 10, "1": 10}
"""How many digits follow the code of a country in which all numbers are equally long."""
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"?&]+@[^\s@<>()\[\],;:\\\"?&/]+\.[^\s@<>()\[\],;:\\\"?&/.\d]{2,}")


@dataclass(frozen=True)
class Messenger:
    """A messenger: its name, where its links may lead, and what makes a link of a number or a name."""

    name: str
    hosts: tuple[str, ...]
    of_number: str
    of_name: str = ""
    example: str = ""


MESSENGERS = {
    "whatsapp": Messenger(
        "WhatsApp",
        ("wa.me", "chat.whatsapp.com", "api.whatsapp.com", "whatsapp.com", "www.whatsapp.com"),
        "https://wa.me/{}",
        example="https://chat.whatsapp.com/…",
    ),
    "telegram": Messenger(
        "Telegram", ("t.me", "telegram.me"), "https://t.me/+{}", "https://t.me/{}", "https://t.me/… or @name"
    ),
    "signal": Messenger(
        "Signal", ("signal.me", "signal.group"), "https://signal.me/#p/+{}", example="https://signal.group/#…"
    ),
}
"""By the field of a contact."""


class Unusable(Exception):
    """What a host wrote can't be pressed. `what` and `remedy` are sentences."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


@dataclass(frozen=True)
class Link:
    """What stands on the page, and where a press leads."""

    shown: str
    href: str


def links(field: str, contact: Contact) -> list[Link]:
    """What a press on a field of a contact does: on each number, address or link of it. Raises Unusable."""
    match field:
        case "phone":
            return [_number(part) for text in contact.phone for part in _parts_of(_clean(text))]
        case "email":
            parts = (part for text in contact.email for part in re.split(r"\s*[,;/]\s*", _clean(text)))
            return [_address(part) for part in parts if part]
    written = getattr(contact, field)
    return [_message(MESSENGERS[field], written)] if written else []


def _message(messenger: Messenger, written: str) -> Link:
    """A link of a messenger from a link, an international number or a name. Raises Unusable.

    What a link carries on top to count its readers is left out.
    """
    text = _clean(written)
    if re.fullmatch(r"\+?[\d\s().-]+", text):
        link = _number(text)
        if not text.startswith("+"):
            what = f'"{text}" has no country code, which {messenger.name} needs.'
            raise Unusable(what, f"Begin it with +, like {EXAMPLE}.")
        return Link(link.shown, messenger.of_number.format(link.href.removeprefix("tel:+")))
    if messenger.of_name and (name := re.fullmatch(r"@([A-Za-z0-9_]{4,32})", text)):
        return Link(text, messenger.of_name.format(name[1]))
    address = text if "://" in text else f"https://{text}"
    parts = _parts(address)
    if parts is None or parts[0] not in messenger.hosts or not (parts[1].strip("/") or parts[3]):
        what = f'"{_short(text)}" is neither a number nor a link of {messenger.name}.'
        raise Unusable(what, f"Write it like {EXAMPLE} or {messenger.example}.")
    if not address.startswith("https://"):
        raise Unusable(f'"{_short(text)}" is not a safe link.', "Begin it with https://.")
    host, path, query, fragment = parts
    kept = urlencode([pair for pair in parse_qsl(query) if pair[0] in ("phone", "text")], quote_via=quote)
    href = f"https://{host}{path}" + (f"?{kept}" if kept else "") + (f"#{fragment}" if fragment else "")
    return Link(messenger.name, href)


def _parts_of(text: str) -> list[str]:
    """The numbers of a text that names several."""
    if _LINK.match(text):
        what = f'"{_short(text)}" is a link, not a phone number.'
        raise Unusable(what, 'Write it in a line of its own: whatsapp = "…".')
    return [part for part in _SEVERAL.split(text) if part]


def _parts(address: str) -> tuple[str, str, str, str] | None:
    """Host, path, query and fragment of a web address; None where it is none."""
    try:
        parts = urlsplit(address)
        plain = parts.scheme in ("http", "https") and parts.port is None and parts.username is None
    except ValueError:
        return None
    usable = re.fullmatch(r"[A-Za-z0-9+/_.~=%-]*", parts.path + parts.fragment)
    return (parts.hostname or "", parts.path, parts.query, parts.fragment) if plain and usable else None


def _number(written: str) -> Link:
    text = re.sub(r"^tel:", "", written, flags=re.IGNORECASE).strip()
    match = _EXTENSION.search(text)
    extension = f";ext={match[1]}" if match else ""
    digits = _SEPARATORS.sub("", text[: match.start()] if match else text)
    if re.fullmatch(r"[*#][0-9*#]{1,12}|[0-9]{3,6}#", digits) and not extension:
        return Link(text, f"tel:{digits.replace('#', '%23')}")
    if not re.fullmatch(r"\+?[0-9]{3,}", digits):
        raise Unusable(f'"{_short(text)}" is not a phone number.', f"Write only its digits, like {EXAMPLE} or 123.")
    _refuse_unlikely(text, digits)
    return Link(text, f"tel:{digits}{extension}")


def _refuse_unlikely(text: str, digits: str) -> None:
    """Numbers that no telephone can dial as they stand."""
    abroad, count = digits.startswith("+"), len(digits.lstrip("+"))
    if count > _LONGEST:
        remedy = 'Write several as a list: phone = ["…", "…"].'
        raise Unusable(f'"{_short(text)}" has {count} digits, more than any phone number.', remedy)
    if re.search(r"\(0\)", text) or digits.startswith("+0"):
        raise Unusable(f'"{text}" has a 0 that is not dialled after +.', f"Leave it out, like {EXAMPLE}.")
    if digits.startswith("00"):
        raise Unusable(f'"{text}" begins with 00, which not every country dials.', f"Write + in its place: {EXAMPLE}.")
    if abroad:
        for code, length in _FIXED.items():
            rest = count - len(code)
            if digits.startswith(f"+{code}") and rest != length:
                remedy = (
                    f"Write it without +{code}, as it is dialled: {digits[len(code) + 1 :]}."
                    if 0 < rest <= _LEAST
                    else f"Write {length} digits after +{code}, like {EXAMPLE}."
                )
                raise Unusable(f'"{text}" is no number that exists: {rest} digits follow +{code}.', remedy)
        if count <= _SHORT:
            what = f'"{text}" is no number that exists: it is too short for one with a country code.'
            raise Unusable(what, "Write a short number without +, like 123.")
    elif count > _NATIONAL and not digits.startswith("0"):
        what = f'"{text}" has {count} digits and no +.'
        raise Unusable(what, f"Begin it with + and the country code, like {EXAMPLE}.")


def _address(written: str) -> Link:
    address = re.sub(r"^mailto:", "", written, flags=re.IGNORECASE)
    if not _EMAIL.fullmatch(address):
        raise Unusable(f'"{_short(address)}" is not an e-mail address.', "Write it like name@example.org.")
    return Link(address, f"mailto:{quote(address, safe='@+!$*=_~')}")


def _clean(text: str) -> str:
    """A text without the invisible marks that address books put around numbers."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf").strip()


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
