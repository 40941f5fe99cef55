"""A page for tests: it prints texts without knowing where anything lies."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from guide.text.pieces import Piece, printed, printing


class Paper:
    """Names things as authors do, and shows what a citation names."""

    bound = False

    def anchor(self, id: str) -> str:
        return id

    def rank(self, rank: int) -> int:
        return rank

    def address(self, kind: str, slug: str) -> str:
        return f"{kind}:{slug}"

    def cite(self, sources: tuple[str, ...]) -> Markup:
        return Markup(f'<sup data-sources="{escape(" ".join(sources))}"></sup>') if sources else Markup()

    def explain(self, words: str) -> str:
        return words


def on_paper(text: object) -> str:
    """The markup of a text, or of its pieces."""
    with printing(Paper()):
        return str(printed(text) if isinstance(text, tuple | list) else escape(text))


def pieces_of(pieces: Iterable[Piece]) -> str:
    """The markup of pieces."""
    return on_paper(tuple(pieces))
