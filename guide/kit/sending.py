"""A text on its way: the links that open messengers with it, and what it is as SMS.

The links follow what the messengers take: `wa.me` works on phones and desktops, Telegram's needs `/url` on iPhones.
`sms:?&body=` is the one form that both take: iPhones want `&body`, Android wants `?body` and passes over the empty
field before it.
"""

import math
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€\f")
"""The alphabet of an SMS of 160 characters (GSM 03.38), and the signs that count as two in it."""
_INSTEAD = str.maketrans(
    {"–": "-", "—": "-", "·": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "«": '"', "»": '"'}
)
_OF_PLAIN, _OF_UNICODE = (160, 153), (70, 67)
"""Characters of an SMS in one part, and in each of several: in that alphabet, and in any other."""


@dataclass(frozen=True)
class Sms:
    """A text as SMS: how many characters a phone counts, and in how many parts it sends and charges them."""

    text: str
    characters: int
    parts: int


def sms(text: str) -> Sms:
    """A text as SMS, with the nearest letters of its alphabet where that has all: á becomes a, so that fewer parts do.

    Other texts stay as they are and count as parts of 70.
    """
    plain = "".join(map(_nearest, unicodedata.normalize("NFC", text).translate(_INSTEAD)))
    if set(plain) <= _PLAIN | _DOUBLE:
        return Sms(plain, *_counted([1 + (sign in _DOUBLE) for sign in plain], *_OF_PLAIN))
    return Sms(text, *_counted([1 + (ord(sign) > 0xFFFF) for sign in text], *_OF_UNICODE))


def _nearest(sign: str) -> str:
    """A sign of the alphabet; another one where it has none that is near."""
    if sign in _PLAIN or sign in _DOUBLE:
        return sign
    base = unicodedata.normalize("NFKD", sign)[0]
    return base if base in _PLAIN else sign


def _counted(widths: list[int], alone: int, each: int) -> tuple[int, int]:
    total = sum(widths)
    return total, 1 if total <= alone else math.ceil(total / each)


def whatsapp(text: str) -> str:
    """The link that opens WhatsApp with a text."""
    return f"https://wa.me/?text={quote(text, safe='')}"


def telegram(text: str, address: str) -> str:
    """The link that opens Telegram with an address, and a text below it."""
    return f"https://t.me/share/url?url={quote(address, safe='')}&text={quote(text, safe='')}"


def by_sms(text: str) -> str:
    """The link that opens the messages of the phone with a text."""
    return f"sms:?&body={quote(text, safe='')}"


def mail(subject: str, text: str) -> str:
    """The link that opens a letter; its lines end as those of letters do (RFC 6068)."""
    body = quote(text.replace("\n", "\r\n"), safe="")
    return f"mailto:?subject={quote(subject, safe='')}&body={body}"
