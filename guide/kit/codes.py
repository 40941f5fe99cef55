"""QR codes that any phone reads: dark on their own white ground, with four modules of white around them."""

import re
from functools import lru_cache

import segno
from markupsafe import Markup, escape

QUIET = 4
"""Modules of white around a code: on a dark page, readers find none without them."""
LEVEL = "q"
"""A quarter of a code may be dirty or torn. A higher level makes finer modules, which more cameras miss."""


@lru_cache(maxsize=300)
def code(address: str) -> Markup:
    """The code of an address as SVG, which says the address to those who do not see it."""
    made = segno.make(address, error=LEVEL, boost_error=False, micro=False)
    svg = made.svg_inline(
        border=QUIET, dark="#000", light="#fff", title=address, omitsize=True, svgclass="code", lineclass=None
    )
    return Markup(svg.replace("<svg ", '<svg role="img" translate="no" preserveAspectRatio="xMinYMin" ', 1))


def shown(address: str) -> Markup:
    """An address as people read and type it: without https:// and what only the page reads, broken at its parts."""
    return Markup(re.sub(r"([./])(?=.)", r"\1<wbr>", str(escape(address.partition("#")[0].removeprefix("https://")))))
