"""Problems that a person can mend: one sentence each, all of a run together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_MANY = 30
"""More names than a sentence should list."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LONGEST = 60
"""Characters past which a word can't be a slip for a known name."""


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in a file. `place` is a line, a field or a stop; `remedy` says what to do."""

    file: str
    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return _UNSEEN.sub(_escaped, f"{where}: {self.what} {self.remedy}")


def _escaped(sign: re.Match[str]) -> str:
    """A sign that would break the line or can't be printed, as an escape."""
    return sign[0].encode("unicode_escape").decode()


class GuideError(Exception):
    """The guide can't be built as it stands. `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))


class ContentError(GuideError):
    """Something in `content/` is wrong."""


class CatalogError(GuideError):
    """Something in `translations/` is wrong."""


class StaticError(GuideError):
    """Something in `static/` is wrong."""


class BuildError(GuideError):
    """The build can't be written, or what was written is not whole."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """The remedy for a name that is not one of the known ones."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1) if len(word) <= _LONGEST else []
    if close:
        return f'Did you mean "{close[0]}"?'
    if len(names) > _MANY:
        return f"It is none of the {len(names)} known ones, such as {names[0]}: correct it, or add it."
    return f"Use one of: {', '.join(names)}." if names else "Remove it."
