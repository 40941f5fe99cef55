"""Templates without the space that no reader sees and that every first visit would pay for.

Space at the edges of a block of HTML means nothing, so it is taken out of the templates once, when Jinja reads them.
"""

import re

from jinja2.ext import Extension

_BLOCKS = (
    "article|body|dd|details|div|dl|dt|figure|footer|form|h[1-3]|head|header|html|li|link|main|meta|nav|ol|p|script"
    "|section|summary|table|tbody|td|template|th|thead|title|tr|ul"
)
_TAG = rf"</?(?:{_BLOCKS})\b[^<>]*>"
_INDENT = re.compile(r"\n\s+")
_EDGES = re.compile(rf"\n?({_TAG})\n?")


class TrimmedTemplates(Extension):
    """Makes Jinja read templates without indentation and without the line breaks at the edges of blocks."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template without that space."""
        return trimmed(source)


def trimmed(html: str) -> str:
    """HTML without indentation and without the line breaks at the edges of blocks."""
    return _EDGES.sub(r"\1", _INDENT.sub("\n", html))
