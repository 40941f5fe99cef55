"""The headers of the guide as hosts read them: `_headers`, and a part of the configuration of nginx and of Caddy."""

import re
from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import unquote

from guide.headers import ASSET, CARD, ERROR, FOR_AN_HOUR, IMMUTABLE, PAGE, REVALIDATED, WORKER
from guide.media import TYPES
from guide.serving import rules


def static_hosts(tags: Iterable[str], base_path: str) -> str:
    """The rules as Cloudflare Pages and Netlify read them, in a file called `_headers`."""
    tags, blocks = list(tags), []
    for rule in rules(tags):
        sent = {**rule.headers, **FOR_AN_HOUR} if rule.hashed else rule.headers
        lines = [f"  {name}: {value}" for name, value in sent.items()]
        blocks.append("\n".join([f"{base_path}{rule.pattern}", *lines]))
    typed = [*(f"{tag}/calendars/*.ics" for tag in tags), "booklets/*.epub"]
    blocks += [f"{base_path}{pattern}\n  Content-Type: {TYPES[PurePath(pattern).suffix]}" for pattern in typed]
    return "\n\n".join(blocks) + "\n"


def nginx(tags: Iterable[str], base_path: str) -> str:
    """The rules as an nginx include for the guide's `server` block, with media types and the 404 page of each language.

    One location holds the others, so that they speak of the guide's own files only; `^~` keeps the regular expressions
    of the server away from them. nginx compares decoded paths. A location with an `add_header` of its own inherits
    none, so it has all of them. Without `always` a header goes with no error.
    """
    base = unquote(base_path)
    lost = f'error_page 403 405 416 "@field-guide{base}";'
    types = [f"{kind.partition(';')[0]} {suffix[1:]};" for suffix, kind in sorted(TYPES.items())]
    lines = [
        *_block("types", types),
        "charset utf-8;",
        f"charset_types {' '.join(_worded())};",
        "absolute_redirect off;",
        f'error_page 404 "{base}404.html";',
        lost,
        *_added({**PAGE, **REVALIDATED}),
    ]
    for tag in tags:
        lines += _block(f'location ^~ "{base}{tag}/"', [f'error_page 404 "{base}{tag}/404.html";', lost])
    for rule in rules(tags):
        place = f"{base}{rule.pattern.removesuffix('*')}"
        if rule.hashed:
            lines += _block(f'location ^~ "{place}"', [*_added(rule.headers, always=False), "try_files $uri =404;"])
        elif rule.policy is not PAGE:
            lines += _block(f'location = "{place}"', _added(rule.headers))
    blocks = [*_block(f'location ^~ "{base}"', lines), *_block(f'location "@field-guide{base}"', _added(ERROR))]
    return "\n".join(blocks) + "\n"


def _added(sent: dict[str, str], always: bool = True) -> list[str]:
    """Headers, and whatever the host wants to add to every answer of the guide."""
    lines = [f'add_header {name} "{value}"{" always" if always else ""};' for name, value in sent.items()]
    return [*lines, "include field-guide.d/*.conf;"]


def caddy(tags: Iterable[str], base_path: str) -> str:
    """The rules as lines for the guide's site in a Caddyfile, with the 404 page of each language.

    What is deferred goes with files and not with errors, and is said after Caddy has packed what it sends, from which
    `no-transform` would keep it. A part of a file is not kept: it can't be told from a refusal of that part.
    """
    base, tags = unquote(base_path), list(tags)
    name = "field-guide" + re.sub(r"\W", lambda match: f"-{ord(match[0]):x}", base)
    known = rules(tags)
    kinds = {
        kind: (policy, [rule.pattern for rule in known if rule.policy is policy])
        for kind, policy in (("worker", WORKER), ("card", CARD), ("asset", ASSET))
    }
    hashed = [f"path {_paths(base, (rule.pattern for rule in known if rule.hashed))}", "file", "not header Range *"]
    everything, others = f"path {_paths(base, ['*'])}", [path for _, paths in kinds.values() for path in paths]
    lines = _block(f"@{name}-page", [everything, f"not path {_paths(base, others)}"])
    lines += [f"@{name}-{kind} path {_paths(base, paths)}" for kind, (_, paths) in kinds.items()]
    lines += _block(f"@{name}-kept", hashed)
    lines += _block(f"@{name}-asked", [everything, *_block("not", hashed)])
    types = {suffix[1:]: TYPES[suffix] for suffix in TYPES if suffix not in _KNOWN_TO_CADDY}
    lines += [f'@{name}-{kind} path_regexp "^{re.escape(base)}.*[.]{kind}$"' for kind in types]
    for kind, sent in {
        "page": PAGE,
        **{kind: sent for kind, (sent, _) in kinds.items()},
        "kept": IMMUTABLE,
        "asked": REVALIDATED,
        **{kind: {"Content-Type": media_type} for kind, media_type in types.items()},
    }.items():
        lines += _block(f"header @{name}-{kind}", [*_set(sent), "defer"])
    errors = [*_block(f"header {_paths(base, ['*'])}", _set(ERROR))]
    for place in [*(f"{tag}/" for tag in tags), ""]:
        matcher = f"@{name}-lost-{place.strip('/') or 'root'}"
        errors += _block(matcher, [f"path {_paths(base, [place + '*'])}", "expression `{err.status_code} == 404`"])
        errors += _block(f"handle {matcher}", [f'rewrite * "{base}{place}404.html"', "file_server"])
    return "\n".join([*lines, *_block("handle_errors", errors)]) + "\n"


_KNOWN_TO_CADDY = (".html", ".css", ".js", ".json", ".svg", ".png", ".xml")
"""Suffixes whose media types Caddy knows without the tables of its machine."""


def _worded() -> list[str]:
    """Media types of files of words, to which nginx adds their character set; for HTML it does so by itself."""
    types = (media_type.partition(";") for suffix, media_type in TYPES.items() if suffix != ".html")
    return [media_type for media_type, charset, _ in types if charset]


def _paths(base: str, paths: Iterable[str]) -> str:
    return " ".join(f'"{base}{path}"' for path in paths)


def _set(sent: dict[str, str]) -> list[str]:
    return [f'{name} "{value}"' for name, value in sent.items()]


def _block(head: str, lines: Iterable[str]) -> list[str]:
    return [f"{head} {{", *(f"    {line}" for line in lines), "}"]
