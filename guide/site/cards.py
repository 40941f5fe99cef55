"""The picture card of each page: what messengers and networks show where somebody shares its address.

A card is a drawing of the guide with the page's title, in the guide's own font, so its bytes don't depend on the fonts
of the machine. Cards are made only for a known public address, because nobody can find a picture without one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path
from xml.etree import ElementTree

import resvg_py
from markupsafe import escape

from guide.cache import Cache, key, program
from guide.i18n.localize import N_
from guide.model.guide import Guide
from guide.model.programme import dates_of
from guide.problems import BuildError, Problem
from guide.processes import in_order
from guide.site import lettering
from guide.site.assets import Asset, fingerprinted
from guide.site.lettering import Lines, Room
from guide.site.library import Language, Library
from guide.site.pages import Address, kind_of, pages

WIDTH, HEIGHT = 1200, 630
FOREST, CREAM, INK, SUN = "#0b5c46", "#f3efe2", "#1c2824", "#f2b544"
HUES = ("#17607a", "#a1422b", "#0b5c46", "#7f5500", "#4a6a12")
"""The colours of the days, as in the style sheet; after the last one they begin again."""

DAY = N_("Day %(number)s")
WAY = N_("Directions: %(site)s")

_FEW = 5
"""Caption that a sentence lists."""
_COLUMN, _RULE, _LEFT = 320, 412.5, 60
"""Right edge of the column with the guide's name, lower edge of the drawing, and where text begins."""
NAME = Room(_COLUMN - 2 * 44, 124, 3, range(38, 19, -2))
_ABOVE = Room(WIDTH - 2 * _LEFT, 48, 1, range(36, 23, -2))
_TITLE = Room(WIDTH - 2 * _LEFT, 154, 3, range(88, 31, -2))
_TITLE_BELOW = Room(WIDTH - 2 * _LEFT, 112, 3, range(88, 31, -2))


@dataclass(frozen=True)
class Caption:
    """What stands on a card: the page's title, a short line above it, the guide's name; and what a drawing shows."""

    title: str
    name: str
    above: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Card:
    """A card as a file of the build, and its words for those who do not see it."""

    asset: Asset
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


def make(library: Library, static: Path, cache: Cache) -> Mapping[Address, Card]:
    """The card of every page that may be shared, in every language, as far as possible from the cache.

    Raises BuildError.
    """
    try:
        lettering.settable("A")
    except Exception as error:  # a broken font ends in whatever its reader meets
        name = f"guide/fonts/{lettering.FONT.name}"
        problem = Problem(name, "", "the font of the pictures for sharing can't be read.", "Put it back.")
        raise BuildError([problem]) from error
    return dict(_made(library, static, cache))


def left_out(library: Library) -> Iterator[str]:
    """For each language what its cards leave out, because their font lacks it."""
    lacking_in: dict[str, dict[str, None]] = {}
    for address, language in _listed(library):
        caption = caption_of(address, language)
        lacking = [word for text in (caption.name, caption.above, caption.title) for word in lettering.lacking(text)]
        lacking_in.setdefault(language.tag, {}).update(dict.fromkeys(lacking))
    for tag, pieces in lacking_in.items():
        if pieces:
            shown = ", ".join([*list(pieces)[:_FEW], *(["…"] if len(pieces) > _FEW else [])])
            yield f"pictures for sharing ({tag}) leave out what their font has no letters for: {shown}"


def _listed(library: Library) -> Iterator[tuple[Address, Language]]:
    for address in pages(library.source.guide, library.languages):
        if kind_of(address).listed:
            yield address, library.languages.get(address.tag, library.source)


def _made(library: Library, static: Path, cache: Cache) -> Iterator[tuple[Address, Card]]:
    listed = list(_listed(library))
    pictures = [_picture(address, language, static) for address, language in listed]
    bodies = _bodies(list(dict.fromkeys(pictures)), cache)
    for (address, _), picture in zip(listed, pictures, strict=True):
        caption, body = picture.caption, bodies[picture]
        name = "/".join(filter(None, (address.tag, "-".join(filter(None, (address.kind, address.slug))))))
        alt = " · ".join(filter(None, (caption.above, caption.title, caption.alt)))
        yield address, Card(fingerprinted(f"{name}.png", body, "cards"), alt)


@dataclass(frozen=True)
class _Picture:
    """What a card is drawn from. Pages whose cards are the same share one."""

    caption: Caption
    drawing: Path
    day: int | None
    days: int

    def key(self) -> str:
        """The key of the card in a cache."""
        return key("card", program(), repr((self.caption, self.day, self.days)), self.drawing.read_bytes())

    def drawn(self) -> bytes:
        """The card as PNG. Raises BuildError."""
        return draw(self.caption, self.drawing, self.day, self.days)


def _picture(address: Address, language: Language, static: Path) -> _Picture:
    kind, slug = pictured(address, language.guide)
    path = static / "drawings" / f"{kind}-{slug}.svg"
    drawing = path if path.is_file() else static / "icons" / "maskable.svg"
    return _Picture(caption_of(address, language), drawing, *square_of(address, language.guide))


def _bodies(pictures: list[_Picture], cache: Cache) -> dict[_Picture, bytes]:
    """Every card as PNG: from the cache, or else drawn and kept there."""
    keys = {picture: picture.key() for picture in pictures}
    bodies = {picture: body for picture in pictures if (body := cache.get(keys[picture])) is not None}
    missing = [picture for picture in pictures if picture not in bodies]
    for picture, body in zip(missing, in_order(missing, _Picture.drawn), strict=True):
        cache.put(keys[picture], body)
        bodies[picture] = body
    return bodies


def caption_of(address: Address, language: Language) -> Caption:
    """The words of a page's card, all of them of the guide or its catalogs."""
    guide, slug = language.guide, address.slug
    title, above = str(kind_of(address).title(guide, slug)), str(guide.edition.name)
    match address.kind:
        case "day":
            date = guide.date_of(slug)
            above = " · ".join(
                filter(None, (_message(language, DAY, number=slug), language.date(date) if date else ""))
            )
        case "way":
            title = _message(language, WAY, site=title)
        case "home" | "choose":
            above = language.dates()
    kind, shown = pictured(address, guide)
    things = guide.days if kind == "day" else guide.sites
    return Caption(title, str(guide.name), above, str(things[shown].drawing) if shown in things else "")


def square_of(address: Address, guide: Guide) -> tuple[int | None, int]:
    """The place of the square that a card sets off among those of the days, from 1; and how many days there are."""
    held = list(dates_of(guide.days, guide.edition))
    return held.index(address.slug) + 1 if address.kind == "day" and address.slug in held else None, len(held)


def pictured(address: Address, guide: Guide) -> tuple[str, str]:
    """Kind and slug of the day or site whose drawing a page's card shows."""
    kind, _, slug = kind_of(address).card(guide, address.slug).partition(":")
    return (kind, slug) if slug else ("day", "1")


def _message(language: Language, message: str, **values: str) -> str:
    return language.words(message) % values


def draw(caption: Caption, drawing: Path, day: int | None = None, days: int = 0) -> bytes:
    """A card as PNG, of a guide of so many days. What the font lacks is left out: a reader never sees empty boxes.

    Raises BuildError.
    """
    try:
        return raster(svg(caption, drawing.read_text(encoding="utf-8"), day, days))
    except ValueError as error:
        what = f"this drawing can't be drawn on a card: {error}."
        raise BuildError(
            [Problem(f"static/{drawing.parent.name}/{drawing.name}", "", what, "Draw it more simply.")]
        ) from error


def svg(caption: Caption, drawing: str, day: int | None, days: int = 0) -> str:
    """The drawing whole, then over its edges a column with the guide's name and a band with the title."""
    inner = ElementTree.fromstring(drawing)
    for name, value in (("x", _COLUMN), ("y", 0), ("width", WIDTH - _COLUMN), ("height", _RULE)):
        inner.set(name, str(value))
    inner.set("preserveAspectRatio", "xMidYMin")
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'font-family="{lettering.FAMILY}" font-weight="700">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{FOREST}"/>',
            ElementTree.tostring(inner, "unicode"),
            f'<path d="M0 {_RULE}H{WIDTH}V{HEIGHT}H0Z" fill="{CREAM}"/>',
            f'<path d="M0 0H{_COLUMN}V{_RULE}H0Z" fill="{FOREST}"/>',
            f'<path d="M0 {_RULE}H{WIDTH}M{_COLUMN} 0V{_RULE}" stroke="{INK}" stroke-width="5.5"/>',
            *_column(caption.name, day, days),
            *_band(caption),
            "</svg>",
        )
    )


def _column(name: str, day: int | None, days: int) -> Iterator[str]:
    """The sign of the guide, its name, and a square for each day."""
    yield f'<g transform="translate(41 24) scale(.4)"><path d="M48 400 176 208l72 88 88-144 128 248z" fill="{CREAM}"/>'
    yield f'<path d="M48 112 464 208M268 164v36" stroke="{SUN}" stroke-width="16"/>'
    yield f'<rect x="228" y="196" width="80" height="60" rx="14" fill="{SUN}"/></g>'
    if name := lettering.settable(name):
        yield from _text(lettering.fit(name, NAME), _LEFT, 272, CREAM)
    step = 41 if days <= len(HUES) else 41 * len(HUES) / days
    side = step * 32 / 41
    for number, hue in enumerate(islice(cycle(HUES), days), start=1):
        edge, thick = (SUN, 5) if number == day else (CREAM, 2.5)
        x, y = _LEFT + step * (number - 1), 368 - side / 2
        yield f'<rect x="{x:g}" y="{y:g}" width="{side:g}" height="{side:g}" rx="5" fill="{hue}" '
        yield f'stroke="{edge}" stroke-width="{thick}"/>'


def _band(caption: Caption) -> Iterator[str]:
    """The title, with the short line above it if there is one."""
    above, title = lettering.settable(caption.above), lettering.settable(caption.title)
    if above:
        yield from _text(lettering.fit(above, _ABOVE), _LEFT, 459, FOREST)
    if title:
        room = _TITLE_BELOW if above else _TITLE
        yield from _text(lettering.fit(title, room), _LEFT, 542 if above else 522, INK)


def _text(text: Lines, x: float, middle: float, colour: str) -> Iterator[str]:
    """Lines around a middle height."""
    leading = text.size * lettering.LEADING
    for number, line in enumerate(text.lines):
        y = middle + (number - (len(text.lines) - 1) / 2) * leading + text.size * 0.334
        yield f'<text x="{x}" y="{y:.1f}" font-size="{text.size}" fill="{colour}">{escape(line)}</text>'


@lru_cache(maxsize=300)
def raster(svg: str) -> bytes:
    """A card as PNG, with the one font of the guide and none of the machine."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=[str(lettering.FONT)], skip_system_fonts=True))
