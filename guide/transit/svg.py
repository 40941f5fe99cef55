"""Drawing a map from positions: its frame, lines, marks, and words that keep clear of one another.

Pure SVG of text and numbers, for the page to colour: no tiles, no service, no code of others. Units are about one CSS
pixel on a small phone. A script finds in the data attributes of a map how to put a position on it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, hypot, inf, radians

from markupsafe import Markup

from guide.model.network import Line, Position
from guide.transit.badges import badge_at
from guide.transit.routing import rounded

WIDTH = 340
_LETTER = 0.58
"""Width of a letter, in its height; an upper estimate for the fonts of phones."""
_BOLD = 0.68
"""The same for bold letters."""
_TRACE = 3
"""How far a word moves rather than cover a point of a line, in units; points are as far apart."""
_BESIDE = 14
"""Units within which a word is seen to belong to its mark; from further away a thin line leads to it."""
_APART = 2
"""Units by which a word must be nearer to its own mark than to any other."""
_FAR, _FARTHER = (0, 6, 14, 26), (0, 3, 6, 10, 14, 20, 26, 34, 42, 52, 64, 78, 92)
"""Units beyond its gap that a word may move away from a mark; farther where it must be seen which mark it names."""
_ASLANT = [(east * x, south * y) for x, y in ((1, 0.5), (0.9, 0.9), (0.5, 1)) for east in (1, -1) for south in (1, -1)]
"""Directions in which words may lie from a mark, besides along the axes."""
_STROKE = 5
"""How far the stroke of a line reaches at most from its middle, with its round ends."""
_BARS = (5000, 2000, 1000, 500, 200, 100)
METRES_A_DEGREE = 111_195

_CELL = 16
"""Side of the squares by which points of lines are looked up, in units."""
_STOPS = Markup(
    '<marker id="stop" viewBox="-3 -3 6 6" markerWidth="6" markerHeight="6" markerUnits="userSpaceOnUse">'
    '<circle class="map__station" r="{}"/></marker>'
    '<path class="map__stops" marker-start="url(#stop)" marker-mid="url(#stop)" marker-end="url(#stop)" d="{}"/>'
)

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
_NOWHERE = (inf, (0.0, 0.0, 0.0, 0.0))


@dataclass(frozen=True)
class Frame:
    """Which part of the ground a map shows, and how large."""

    west: float
    north: float
    x_scale: float
    y_scale: float
    height: float

    @classmethod
    def around(cls, positions: Sequence[Position], margin: float) -> "Frame":
        """The frame that holds all positions, with a margin in units, at most half as high again as it is wide."""
        middle = radians(sum(position.latitude for position in positions) / len(positions))
        longitudes = [position.longitude for position in positions]
        latitudes = [position.latitude for position in positions]
        west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
        inside = WIDTH - 2 * margin
        scale = min(inside / ((east - west) * cos(middle)), (1.5 * WIDTH - 2 * margin) / (north - south))
        x_scale = scale * cos(middle)
        spare = (inside / x_scale - (east - west)) / 2
        height = max(220, (north - south) * scale + 2 * margin)
        top = north + (height - (north - south) * scale) / 2 / scale
        return cls(west - spare - margin / x_scale, top, x_scale, scale, height)

    def at(self, position: Position) -> tuple[float, float]:
        """Where a position lies on the map."""
        return (position.longitude - self.west) * self.x_scale, (self.north - position.latitude) * self.y_scale

    def holds(self, position: Position) -> bool:
        """Whether a position lies on the map."""
        x, y = self.at(position)
        return 0 <= x <= WIDTH and 0 <= y <= self.height

    def length(self, metres: float) -> float:
        """Metres on the ground as a length on the map."""
        return metres / METRES_A_DEGREE * self.y_scale


@dataclass
class Drawing:
    """A map in the making. What is taken keeps words off; lines and small marks only if there is room elsewhere."""

    frame: Frame
    taken: list[Box] = field(default_factory=list)
    traces: dict[tuple[float, float], list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    """Points of lines, by the square of the map in which they lie."""
    dots: list[tuple[float, float]] = field(default_factory=list)
    leaders: list[tuple[tuple[float, float], tuple[float, float]]] = field(default_factory=list)
    below: list[Markup] = field(default_factory=list)
    above: list[Markup] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        """Whether a box lies on the map and touches nothing that is taken."""
        left, top, right, bottom = box
        inside = left >= 2 and top >= 2 and right <= WIDTH - 2 and bottom <= self.frame.height - 2
        return (
            inside
            and not any(left < box[2] and box[0] < right and top < box[3] and box[1] < bottom for box in self.taken)
            and not any(_crosses(box, *leader) for leader in self.leaders)
        )

    def trace(self, points: Sequence[tuple[float, float]]) -> None:
        """Note points along a line, as far apart as `_TRACE`, as far as they lie on the map."""
        for start, end in pairwise(points):
            (x1, y1), (x2, y2) = start, end
            if max(x1, x2) < 0 or min(x1, x2) > WIDTH or max(y1, y2) < 0 or min(y1, y2) > self.frame.height:
                continue
            for x, y in _along(start, end):
                if 0 <= x <= WIDTH and 0 <= y <= self.frame.height:
                    self.traces[x // _CELL, y // _CELL].append((x, y))

    def covered(self, box: Box) -> int:
        """How much of lines and small marks a box would cover."""
        left, top, right, bottom = box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2
        columns = range(int(left // _CELL), int(right // _CELL) + 1)
        rows = range(int(top // _CELL), int(bottom // _CELL) + 1)
        squares = (self.traces.get((column, row), ()) for column in columns for row in rows)
        return sum(left < x < right and top < y < bottom for points in squares for x, y in points)

    def room(
        self, x: float, y: float, width: float, height: float, gap: float, named: bool = False
    ) -> tuple[float, Box]:
        """A free box beside a point: near, and off the lines where that costs little. What it costs, then the box.

        What is `named` by the box is nearer to it than any other mark, or a line can lead from the one to the other.
        """
        best, best_box = _NOWHERE
        for far in _FARTHER if named else _FAR:
            if gap + far >= best:
                break
            for left, top in (
                (x + gap + far, y - height / 2), (x - gap - far - width, y - height / 2),
                (x - width / 2, y - gap - far - height), (x - width / 2, y + gap + far),
                *((x + (gap + far) * east - width * (east < 0), y + (gap + far) * south - height * (south < 0))
                  for east, south in _ASLANT),
                (min(max(3, x - width / 2), WIDTH - 3 - width), y - gap - far - height),
                (min(max(3, x - width / 2), WIDTH - 3 - width), y + gap + far),
            ):  # fmt: skip
                box = (left, top, left + width, top + height)
                if self.free(box):
                    cost = gap + far + _TRACE * self.covered(box)
                    if cost < best and (not named or self.belongs(box, (x, y))):
                        best, best_box = cost, box
        return best, best_box

    def crowd(self, position: Position) -> tuple[int, float]:
        """How crowded it is around a mark: what has least room is named first."""
        x, y = self.frame.at(position)
        near = sum(abs(dot[0] - x) < 60 and abs(dot[1] - y) < 40 for dot in self.dots)
        return near, x

    def belongs(self, box: Box, own: tuple[float, float]) -> bool:
        """Whether a reader sees that the words in a box name a mark and no other one."""
        others = [dot for dot in self.dots if hypot(dot[0] - own[0], dot[1] - own[1]) > 2 * _APART]
        far = hypot(*_from(box, own))
        if far <= _BESIDE:
            return all(far + _APART < hypot(*_from(box, dot)) for dot in others)
        end = _edge(box, own)
        hidden = [mark for mark in self.taken if hypot(*_from(mark, own))]
        return not any(_distance(dot, own, end) < 2 * _APART for dot in others) and not any(
            hypot(*_from(mark, point)) < 1 for mark in hidden for point in _along(own, end)[:-1]
        )

    def label(self, position: Position, text: str, kind: str, size: float, gap: float = 7, named: bool = True) -> bool:
        """Words beside a position, in two lines where they are long; False when there is no room."""
        own = self.frame.at(position)
        best, box, lines = *_NOWHERE, [text]
        for written in ([text], _broken(text)) if len(text) > 9 else ([text],):
            letter = _BOLD if kind == "title" else _LETTER
            width, height = max(map(len, written)) * size * letter, size * 1.15 * len(written)
            cost, place = self.room(*own, width, height, gap, named)
            if cost < best:
                best, box, lines = cost, place, written
        if best == inf:
            return False
        self.taken.append(box)
        if named and hypot(*_from(box, own)) > _BESIDE:
            (x1, y1), (x2, y2) = own, _edge(box, own)
            self.leaders.append((own, (x2, y2)))
            self.trace([own, (x2, y2)])
            line = Markup('<line class="map__leader" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>')
            self.below.append(line.format(x1, y1, x2, y2))
        for number, text in enumerate(lines):
            y = box[1] + size * (0.9 + 1.15 * number)
            words = Markup('<text class="map__{}" x="{:.0f}" y="{:.0f}" font-size="{}">{}</text>')
            self.above.append(words.format(kind, box[0], y, size, text))
        return True

    def keep(self, position: Position, radius: float) -> None:
        """Keep words off a mark."""
        x, y = self.frame.at(position)
        self.taken.append((x - radius, y - radius, x + radius, y + radius))

    def pin(self, position: Position, mark: str) -> None:
        """A pin with its tip on a position and a number in its head: of another shape than the badges of lines."""
        x, y = self.frame.at(position)
        self.taken.append((x - 8, y - 21, x + 8, y))
        pin = Markup(
            '<path class="map__site" d="M{:.1f} {:.1f}l-5.5-7.3a8 8 0 1 1 11 0z"/>'
            '<text class="map__number" x="{:.1f}" y="{:.1f}" font-size="11" text-anchor="middle">{}</text>'
        )
        self.above.append(pin.format(x, y, x, y - 9, mark))

    def badge_at_end(self, line: Line, position: Position) -> None:
        """The badge of a line beside its end; none where there is no room."""
        cost, box = self.room(*self.frame.at(position), 15, 15, 6)
        if cost < inf:
            self.taken.append(box)
            self.above.append(badge_at(line.badge, line.colour, box[0], box[1], 15))

    def lines(self, lines: Sequence[Line], width: float, stop: float = 0) -> None:
        """Lines in their colours, each on a casing that stands out from any ground; with a dot of `stop` at stations.

        The dots are a marker on the points of a line, which packs better than a circle for each.
        """
        shown = []
        for line in lines:
            points = [self.frame.at(platform) for platform in line.platforms]
            self.trace(points)
            self.dots += points if stop else []
            if path := self._path(points):
                shown.append((line, path))
        paths = "".join(path for _, path in shown)
        self.below.append(Markup('<path class="map__casing" stroke-width="{}" d="{}"/>').format(width + 2, paths))
        for line, path in shown:
            colour = Markup('stroke="{}"').format(line.colour) if line.colour else Markup('class="map__line--plain"')
            self.below.append(Markup('<path {} stroke-width="{}" d="{}"/>').format(colour, width, path))
        if stop:
            self.below.append(_STOPS.format(stop, paths))

    def _path(self, points: Sequence[tuple[float, float]]) -> str:
        """A path along points, each from the one before: shorter than by its place. Empty where it is off the map."""
        runs: list[list[tuple[int, int]]] = []
        for start, end in pairwise(points):
            here, there = ((round(10 * x), round(10 * y)) for x, y in (start, end))
            if not self._shows(start, end):
                continue
            if not runs or runs[-1][-1] != here:
                runs.append([here])
            runs[-1].append(there)
        return "".join(
            f"M{_tenths(run[0])}l" + " ".join(_tenths((x2 - x1, y2 - y1)) for (x1, y1), (x2, y2) in pairwise(run))
            for run in runs
        )

    def _shows(self, start: tuple[float, float], end: tuple[float, float]) -> bool:
        """Whether a line between two points may be seen: it is not all on one side of the map."""
        return all(
            min(one, other) < most + _STROKE and max(one, other) > -_STROKE
            for one, other, most in zip(start, end, (WIDTH, self.frame.height), strict=True)
        )

    def dot(self, position: Position, kind: str, radius: float) -> None:
        """A round mark, with the class `map__<kind>`."""
        x, y = self.frame.at(position)
        self.dots.append((x, y))
        self.below.append(Markup('<circle class="map__{}" cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(kind, x, y, radius))

    def straight(self, one: Position, other: Position) -> None:
        """A dashed straight line with its metres."""
        (x1, y1), (x2, y2) = self.frame.at(one), self.frame.at(other)
        straight = Markup('<line class="map__straight" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>')
        self.below.append(straight.format(x1, y1, x2, y2))
        self.trace([(x1, y1), (x2, y2)])
        middle = Position(latitude=(one.latitude + other.latitude) / 2, longitude=(one.longitude + other.longitude) / 2)
        if abs(x1 - x2) + abs(y1 - y2) > 24:
            self.label(middle, f"{rounded(one.metres_to(other))} m", "metres", 12.6, 4, named=False)

    def ride(self, one: Position, other: Position) -> None:
        """Where a street bus is boarded and left, joined by a line: its streets are not known."""
        (x1, y1), (x2, y2) = self.frame.at(one), self.frame.at(other)
        line = Markup('<line class="map__ride" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>')
        self.below.append(line.format(x1, y1, x2, y2))
        self.trace([(x1, y1), (x2, y2)])

    def scale(self, north: str) -> None:
        """A bar of a round number of metres, and where north is: up. In the lower corner that lines leave free."""
        metres = next(length for length in _BARS if self.frame.length(length) <= 110)
        words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
        length = self.frame.length(metres)
        width, y = max(length, 37) + 36, self.frame.height - 8
        boxes = [(left, y - 20, left + width, self.frame.height) for left in (2.0, WIDTH - 2 - width)]
        box = min(boxes, key=self.covered)
        self.taken.append(box)
        bar = Markup(
            '<path class="map__bar" d="M{8:.1f} {0:.1f}v4h{1:.1f}v-4"/>'
            '<text class="map__metres" x="{8:.1f}" y="{2:.1f}" font-size="12.6">{3}</text>'
            '<path class="map__north" d="M{4:.1f} {5:.1f}l5 12-5-3-5 3z"/>'
            '<text class="map__metres" x="{6:.1f}" y="{7:.1f}" font-size="12.6">{9}</text>'
        )
        start = box[0] + 6
        tip = start + max(length, 37) + 10
        self.above.append(bar.format(y - 4, length, y - 7, words, tip, y - 8, tip + 7, y + 3, start, north))

    def done(self, key: str, kind: str, title: str, description: str) -> Markup:
        """The finished map as SVG; `key` begins the ids of its title and description."""
        frame = self.frame
        return Markup(
            '<svg class="map map--{kind}" viewBox="0 0 {width} {height:.0f}" role="img" '
            'aria-labelledby="{key}-title {key}-desc" data-west="{west:.6f}" data-north="{north:.6f}" '
            'data-x-scale="{x:.3f}" data-y-scale="{y:.3f}">'
            '<title id="{key}-title">{title}</title><desc id="{key}-desc">{description}</desc>{parts}'
            '<g class="map__here" visibility="hidden"><circle class="map__accuracy"/>'
            '<circle class="map__dot" r="6"/></g></svg>'
        ).format(
            kind=kind, width=WIDTH, height=frame.height, key=key, west=frame.west, north=frame.north, x=frame.x_scale,
            y=frame.y_scale, title=title, description=description, parts=Markup("").join([*self.below, *self.above]),
        )  # fmt: skip


def _along(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Points of a straight line from its start to its end, as far apart as `_TRACE`."""
    (x1, y1), (x2, y2) = start, end
    parts = max(1, round(hypot(x2 - x1, y2 - y1) / _TRACE))
    steps = [((x2 - x1) * part / parts, (y2 - y1) * part / parts) for part in range(parts + 1)]
    return [(x1 + x, y1 + y) for x, y in steps]


def _crosses(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a straight line runs through a box."""
    return any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in _along(start, end))


def _edge(box: Box, point: tuple[float, float]) -> tuple[float, float]:
    """The point of a box that is nearest to a point."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def _from(box: Box, point: tuple[float, float]) -> tuple[float, float]:
    """How far a point is from a box, to the side and upwards."""
    x, y = _edge(box, point)
    return x - point[0], y - point[1]


def _distance(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """The distance of a point from a straight line between two others."""
    x, y = end[0] - start[0], end[1] - start[1]
    along = ((point[0] - start[0]) * x + (point[1] - start[1]) * y) / (x * x + y * y or 1)
    along = min(max(along, 0), 1)
    return hypot(point[0] - start[0] - along * x, point[1] - start[1] - along * y)


def _tenths(pair: tuple[int, int]) -> str:
    """Two numbers given in tenths: `(-24, 5)` → `-2.4 .5`."""
    return " ".join(f"{number / 10:g}".replace("0.", ".", 1 if abs(number) < 10 else 0) for number in pair)


def _broken(text: str) -> list[str]:
    """A text in two lines of about the same length."""
    spaces = [number for number, char in enumerate(text) if char == " "]
    at = min(spaces, key=lambda number: abs(number - len(text) / 2), default=0)
    return [text[:at], text[at + 1 :]] if at else [text]
