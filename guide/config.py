"""Where the guide's parts lie, and the few settings a build can be given."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SOURCE_LOCALE = "en"
"""The language content is written in. It has no PO file."""


@dataclass(frozen=True, kw_only=True)
class Paths:
    """The folders of one guide, all below one root."""

    root: Path = Path(__file__).resolve().parent.parent

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def translations(self) -> Path:
        return self.root / "translations"

    @property
    def static(self) -> Path:
        return self.root / "static"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    def shown(self, path: Path) -> str:
        """The path as a person of the project writes it: from the root, with `/`."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What differs between builds of the same content.

    `base_url` is the public address with a final slash, or empty when it is not known. `create_app` takes it from
    `content/edition.toml` where it is given none.
    """

    paths: Paths = Paths()
    base_url: str = ""
    live: bool = False

    @property
    def base_path(self) -> str:
        """The path part of the public address; `/` when the address is not known."""
        return urlsplit(self.base_url).path or "/"
