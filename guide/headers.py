"""The headers of the guide, in one place: for the `<meta>` policy, the manifest, our own server and other hosts.

Which file has which of them: `guide.serving`.
"""

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
