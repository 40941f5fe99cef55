"""The drawings of the days in one file."""

from guide.content.checks import drawings
from guide.site import sprite

PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300" width="640" height="300">\n{}</svg>\n'


def test_drawings_of_days_lie_one_below_the_other_and_go_by_their_names() -> None:
    """Each as it is, in a place of its own; what is no drawing of a day is not with them."""
    first, second = PLAIN.format('<rect width="640" height="9"/>'), PLAIN.format('<circle r="9"/>')
    texts = {"drawings/day-2.svg": second, "drawings/day-1.svg": first, "drawings/site-metro.svg": first}

    together = sprite.together(texts)

    assert together == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 600">'
        '<view id="day-1" viewBox="0 0 640 300"/><view id="day-2" viewBox="0 300 640 300"/>'
        '<svg y="0" width="640" height="300" viewBox="0 0 640 300"><rect width="640" height="9"/></svg>'
        '<svg y="300" width="640" height="300" viewBox="0 0 640 300"><circle r="9"/></svg></svg>'
    )


def test_a_drawing_with_names_or_styles_of_its_own_stays_alone() -> None:
    """In one file they could be those of another drawing."""
    inner = (
        '<g id="a"/>',
        '<path class="a" d="M0 0"/>',
        "<style>path { fill: red }</style>",
        "<!-- words -->",
        "<g fill='red'/>",
    )

    for shapes in inner:
        assert list(drawings.faults(PLAIN.format(shapes).encode())) == []
        assert sprite.together({"drawings/day-1.svg": PLAIN.format(shapes)}) == ""
