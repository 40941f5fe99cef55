"""The headers of the guide, in one place: for the `<meta>` policy, the manifest and the server."""

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

IMMUTABLE = "public, max-age=31536000, immutable, no-transform"
REVALIDATED = "no-cache, no-transform"


def cache_control(path: str) -> str:
    """How long a file may be kept: for ever where its name carries its hash, else it is asked for again."""
    hashed = path.startswith("assets/") or (path.startswith("offline/") and path != "offline/current.json")
    return IMMUTABLE if hashed else REVALIDATED


def of(path: str) -> dict[str, str]:
    """All headers of a file, by its path from the root of the build."""
    base = WORKER if path in ("sw.js", "sw-retire.js") else PAGE
    return {**base, "Cache-Control": cache_control(path)}
