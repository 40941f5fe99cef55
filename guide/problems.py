"""Problems that a person can mend: one sentence each, all of a run together."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_MANY = 30
"""More names than a sentence should list."""


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a file. `place` is a line, a field or a stop; `remedy` says what to do."""

    file: str
    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: {self.what} {self.remedy}"


class GuideError(Exception):
    """The guide can't be built as it stands. `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))


class ContentError(GuideError):
    """Something in `content/` is wrong."""


class CatalogError(GuideError):
    """Something in `translations/` is wrong."""


class BuildError(GuideError):
    """The build can't be written, or what was written is not whole."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """The remedy for a name that is not one of the known ones."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1)
    if close:
        return f'Did you mean "{close[0]}"?'
    if len(names) > _MANY:
        return f"It is none of the {len(names)} known ones, such as {names[0]}: correct it, or add it."
    return f"Use one of: {', '.join(names)}." if names else "Remove it."
