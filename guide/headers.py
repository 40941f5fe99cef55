"""The headers of the guide, in one place: for the `<meta>` policy, the manifest, our own server and other hosts."""

from collections.abc import Iterable

TRUSTED_POLICY = "fg-sw"
"""The one Trusted Types policy: it makes the worker's address and nothing else."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    f"require-trusted-types-for 'script'; trusted-types {TRUSTED_POLICY}"
)

PAGE = {
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
"""What every HTML page is answered with, from the host and from the worker."""

WORKER = {**PAGE, "Content-Security-Policy": "default-src 'none'; connect-src 'self'"}
"""What the worker's script is answered with: a page's policy does not bind a worker."""

ASSET = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What style sheets, scripts, drawings and all other files that are no pages are answered with, from the host and from
the worker. A drawing that is opened by its own address is a document: the policy keeps it from doing anything.
"""

CARD = {**ASSET, "Cross-Origin-Resource-Policy": "cross-origin"}
"""What picture cards are answered with: they are made to be shown elsewhere."""

IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable, no-transform"}
REVALIDATED = {"Cache-Control": "no-cache, no-transform"}
"""How long a file may be kept: for ever where its name carries its hash, else it is asked for again."""
FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600, no-transform"}
"""For hashed names on hosts that go by the path alone: they say it of a file that is not there, too."""
ERROR = {**PAGE, "Cache-Control": "no-store"}
"""What an answer that is no file carries, whatever its path: an error that is kept outlives its cause."""

HASHED = {"/assets/*": ASSET, "/cards/*": CARD, "/offline/revisions/*": ASSET}
"""Folders whose files carry a hash in their names."""


def rules(tags: Iterable[str]) -> dict[str, dict[str, str]]:
    """All headers by the files that they are for, in the notation of Cloudflare Pages and Netlify.

    No file has two rules: hosts differ in what they make of that.
    """
    pages = {"/": PAGE, "/index.html": PAGE, "/404.html": PAGE, **{f"/{tag}/*": PAGE for tag in tags}}
    workers = {"/sw.js": WORKER, "/sw-retire.js": WORKER}
    others = dict.fromkeys(("/robots.txt", "/sitemap.xml", "/offline/current.json", "/offline/built.json"), ASSET)
    return {
        **{path: {**found, **REVALIDATED} for path, found in {**pages, **workers, **others}.items()},
        **{path: {**found, **IMMUTABLE} for path, found in HASHED.items()},
    }


def of(path: str, tags: Iterable[str]) -> dict[str, str]:
    """All headers of a file, by its path from the root of the build as it is visited."""
    for pattern, found in rules(tags).items():
        if f"/{path}" == pattern or (pattern.endswith("*") and f"/{path}".startswith(pattern[:-1])):
            return found
    return {**PAGE, **REVALIDATED}  # a file that only hosts read
