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

ASSET = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
"""What style sheets, scripts and all other files that are no pages are answered with."""

CARD = {**ASSET, "Cross-Origin-Resource-Policy": "cross-origin"}
"""What picture cards are answered with: they are made to be shown elsewhere."""

IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable, no-transform"}
REVALIDATED = {"Cache-Control": "no-cache, no-transform"}
"""How long a file may be kept: for ever where its name carries its hash, else it is asked for again."""


def rules(tags: Iterable[str]) -> dict[str, dict[str, str]]:
    """All headers by the files that they are for, in the notation of Cloudflare Pages and Netlify.

    No file has two rules: hosts differ in what they make of that.
    """
    pages = {"/": PAGE, "/404.html": PAGE, **{f"/{tag}/*": PAGE for tag in tags}}
    workers = {"/sw.js": WORKER, "/sw-retire.js": WORKER}
    others = dict.fromkeys(("/robots.txt", "/sitemap.xml", "/offline/current.json"), ASSET)
    hashed = {"/assets/*": ASSET, "/cards/*": CARD, "/offline/revisions/*": ASSET}
    return {
        **{path: {**found, **REVALIDATED} for path, found in {**pages, **workers, **others}.items()},
        **{path: {**found, **IMMUTABLE} for path, found in hashed.items()},
    }


def of(path: str, tags: Iterable[str]) -> dict[str, str]:
    """All headers of a file, by its path from the root of the build as it is visited."""
    for pattern, found in rules(tags).items():
        if f"/{path}" == pattern or (pattern.endswith("*") and f"/{path}".startswith(pattern[:-1])):
            return found
    return {**PAGE, **REVALIDATED}  # an address that is not there


def for_static_hosts(tags: Iterable[str], base_path: str) -> str:
    """The rules as Cloudflare Pages and Netlify read them, in a file called `_headers`."""
    blocks = []
    for pattern, found in rules(tags).items():
        lines = [f"  {name}: {value}" for name, value in found.items()]
        blocks.append("\n".join([f"{base_path.rstrip('/')}{pattern}", *lines]))
    return "\n\n".join(blocks) + "\n"


def for_nginx(tags: Iterable[str], base_path: str) -> str:
    """The rules as an nginx include for the guide's `server` block, with the 404 page of each language.

    A block with an `add_header` of its own inherits none, so each has them all.
    """
    tags, base = list(tags), base_path.rstrip("/")
    blocks = []
    for pattern, found in rules(tags).items():
        exact = "" if pattern.endswith("*") else "= "
        lines = [f'add_header {name} "{value}" always;' for name, value in found.items()]
        tag = pattern.strip("/*")
        if tag in tags:
            lines.append(f"error_page 404 {base}/{tag}/404.html;")
        blocks.append(_block(f"{exact}{base}{pattern.rstrip('*')}", lines))
        if tag in tags:
            name = f"{base}/{tag}/guide.webmanifest"
            blocks.append(_block(f"= {name}", ["default_type application/manifest+json;", *lines[:-1]]))
    return f"error_page 404 {base}/404.html;\n" + "".join(blocks)


def _block(location: str, lines: Iterable[str]) -> str:
    return "\n".join([f"location {location} {{", *(f"    {line}" for line in lines), "}", ""])
