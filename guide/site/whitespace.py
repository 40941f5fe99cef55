"""Templates as Jinja reads them: without the space that no reader sees and that every first visit would pay for, and
with ids and ranks of headings that follow the page.

Space at the edges of a block of HTML means nothing, so it is taken out of the templates once. A template writes plain
ids and headings; a chapter of a booklet puts its own name before every id, and its headings below those of the booklet.
Sections that are regions of a page are none there: hundreds, many of one name, would help nobody to find the way.
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
_ID = re.compile(r'((?<=\s)(?:id|for|aria-labelledby|aria-describedby)="|(?<=\s)href="#)')
_REGION = re.compile(r'(?<=<section)((?: class="[^"]*")?)( aria-labelledby="[^"]*")')
_HEADING = re.compile(r"(</?h)([1-6])\b")


class TrimmedTemplates(Extension):
    """Makes Jinja read templates without indentation and without the line breaks at the edges of blocks."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template without that space."""
        return trimmed(source)


class PlacedTemplates(Extension):
    """Makes Jinja read templates whose ids and headings the page that prints them puts in their place."""

    priority = TrimmedTemplates.priority + 1

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template that asks the page."""
        placed = _HEADING.sub(r"\1{{ rank(\2) }}", _ID.sub(r"\1{{ anchor() }}", source))
        return _REGION.sub(r"\1{% if not is_bound() %}\2{% endif %}", placed)


def trimmed(html: str) -> str:
    """HTML without indentation and without the line breaks at the edges of blocks."""
    return _EDGES.sub(r"\1", _INDENT.sub("\n", html))
