"""The media types of the files of a build, in one table."""

from pathlib import PurePath

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".epub": "application/epub+zip",
    ".ics": "text/calendar; charset=utf-8",
    ".bin": "application/octet-stream",
}
"""Media types by the suffix of a file. A build holds no file of another kind, except those that only hosts read."""

STATIC = (".css", ".js", ".svg", ".png", ".json")
"""The suffixes that files in static/ may have."""


def type_of(path: str) -> str:
    """The media type of a file of the build, by its path as it is visited. Raises KeyError for an unknown suffix."""
    return TYPES[PurePath(path).suffix if path and not path.endswith("/") else ".html"]
