"""Line badges: the letter of a line on its colour, as pages and maps show it."""

from functools import cache

from markupsafe import Markup

from guide.model.network import Line


def badge(line: Line) -> Markup:
    """The letter of a line on its colour, for a step or a list."""
    return _badge(line.badge, line.colour)


@cache
def _badge(letter: str, colour: str) -> Markup:
    svg = Markup('<svg class="badge" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{}</svg>')
    return svg.format(badge_at(letter, colour, 0.5, 0.5, 23))


def is_light(colour: str) -> bool:
    """Whether black stands out from a colour more than white does (relative luminance of WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (luminance + 0.05) ** 2 > 1.05 * 0.05


PLAIN = "#4d5b55"
"""For lines whose colour is not known."""


def badge_at(letter: str, colour: str, x: float, y: float, side: float) -> Markup:
    """A badge within a drawing."""
    colour = colour or PLAIN
    kind = "map__letter map__letter--dark" if is_light(colour) else "map__letter"
    letter_on_colour = Markup(
        '<rect class="map__badge" x="{0:g}" y="{1:g}" width="{2}" height="{2}" rx="{3:.0f}" fill="{4}"/>'
        '<text class="{5}" x="{6:g}" y="{7:g}" font-size="{8:.0f}" text-anchor="middle">{9}</text>'
    )
    x, y, middle, foot = (round(number, 1) for number in (x, y, x + side / 2, y + side * 0.76))
    return letter_on_colour.format(x, y, side, side / 5, colour, kind, middle, foot, side * 0.72, letter)
