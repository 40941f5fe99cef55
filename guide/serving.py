"""How hosts serve each file of a build, and whether phones save it, by its path: one table for all who ask.

The table has one row for a file or for all files of a folder. Hosts, the worker, our own server, the probe and the
offline manifest read it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from guide import headers

HOST_FILES = ("_headers", "nginx-headers.conf", "caddy-headers.conf")
"""Files of the build that a host reads and nobody visits."""

ROOT_FILES = {
    "404.html": headers.PAGE,
    "sw.js": headers.WORKER,
    "sw-retire.js": headers.WORKER,
    "robots.txt": headers.ASSET,
    "sitemap.xml": headers.ASSET,
}
"""Files beside the first page for which phones have no use, and their policies."""

ONLINE = (
    "cards/*", "booklets/*", "assets/css/booklet*.css", "assets/icons/*-192.*.png", "assets/icons/*-512.*.png",
)  # fmt: skip
"""Patterns of files that phones leave to the network, whatever their rule: pictures for sharing, and booklets."""


STARTING = ("assets/css/media.*.css", "assets/js/main.*.js")
"""Patterns of files that every page loads by itself: a browser has them already when it begins to save."""


@dataclass(frozen=True)
class Rule:
    """How the files of one pattern are treated.

    `pattern` is a path from the root of the build as it is visited, or a folder with `*` for everything in it.
    The names of `hashed` files carry a hash of their bytes, so that a copy stays good for ever. Phones save `saved`.
    """

    pattern: str
    policy: Mapping[str, str]
    hashed: bool = False
    saved: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """All headers of these files, with how long a copy may be kept."""
        return {**self.policy, **(headers.IMMUTABLE if self.hashed else headers.REVALIDATED)}

    def holds(self, path: str) -> bool:
        """Whether a file is meant, by its path as it is visited."""
        return path == self.pattern or (self.pattern.endswith("*") and path.startswith(self.pattern[:-1]))


def rules(tags: Iterable[str]) -> list[Rule]:
    """The rules of a build with pages in these languages. No file has two: hosts differ in what they make of that."""
    return [
        Rule("", headers.PAGE, saved=True),
        Rule("index.html", headers.PAGE),
        *(Rule(name, policy) for name, policy in ROOT_FILES.items() if policy is headers.PAGE),
        *(Rule(f"{tag}/*", headers.PAGE, saved=True) for tag in tags),
        *(Rule(name, policy) for name, policy in ROOT_FILES.items() if policy is not headers.PAGE),
        Rule("offline/current.json", headers.ASSET),
        Rule("offline/first.json", headers.ASSET),
        Rule("offline/built.json", headers.ASSET),
        Rule("assets/*", headers.ASSET, hashed=True, saved=True),
        Rule("cards/*", headers.CARD, hashed=True),
        Rule("booklets/*", headers.PAGE),
        Rule("offline/revisions/*", headers.ASSET, hashed=True),
        Rule("kit/*", headers.PAGE),
    ]


def headers_of(path: str, tags: Iterable[str]) -> dict[str, str]:
    """All headers of a file, by its path as it is visited."""
    rule = _rule_of(path, tags)
    return rule.headers if rule else {**headers.PAGE, **headers.REVALIDATED}  # a file that only hosts read


def is_hashed(path: str) -> bool:
    """Whether a file carries a hash in its name, so that no other bytes can ever have its address."""
    rule = _rule_of(path)
    return rule is not None and rule.hashed


def is_saved(path: str) -> bool:
    """Whether phones save a file, by its path as it is visited. What has no row of its own belongs to a language."""
    rule = _rule_of(path)
    return (rule.saved if rule else path not in HOST_FILES) and not is_online_only(path)


def is_online_only(path: str) -> bool:
    """Whether phones leave a file to the network, by its path as it is visited."""
    return any(fnmatchcase(path, pattern) for pattern in ONLINE)


def is_starting(path: str) -> bool:
    """Whether most pages load a file by themselves, by its path as it is visited."""
    return any(fnmatchcase(path, pattern) for pattern in STARTING)


def _rule_of(path: str, tags: Iterable[str] = ()) -> Rule | None:
    return next((rule for rule in rules(tags) if rule.holds(path)), None)
