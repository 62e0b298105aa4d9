"""A layered drawing of who holds what: boxes in rows, arrows downward, each figure in a cell of its own.

Arrows bend only between rows, where nothing stands, and pass a row upright through a cell that is theirs:
so none runs through a box or a label.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .layers import layers, upward_arrows
from .ordering import Row, ordered
from .placing import placed

BESIDE_BOX, BESIDE_LABEL, BESIDE_LINE = 26.0, 10.0, 9.0
"""Room to the left and right together, by what stands in the cell."""
ROUND = 20.0
"""Room that a box needs at its right for the arrow of what it holds in itself."""
HEAD = 8.0
"""How long an arrow's head is: it goes straight there."""
LEAST_GAP, MOST_GAP = 26.0, 110.0
PORTS = 0.62
"""The part of a box's side at which arrows begin and end: corners can be cut off."""


@dataclass(frozen=True, slots=True)
class Box:
    key: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the box that holds to the one that is held; `width` and `height` are those of its label."""

    key: str
    tail: str
    head: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Rect:
    """Left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Stem:
    """A part of an arrow that runs upright at `x`, from `top` to `bottom`."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Route:
    """The upright parts of an arrow from top to bottom; `is_round` is one from a box to itself."""

    stems: tuple[Stem, ...]
    label: Rect
    upward: bool = False
    is_round: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    boxes: Mapping[str, Rect]
    routes: Mapping[str, Route]
    width: float
    height: float


@dataclass(slots=True)
class _Cells:
    """Everything that stands in a row, by number; `width` has the room beside it."""

    rows: list[Row]
    width: list[float] = field(default_factory=list[float])
    height: list[float] = field(default_factory=list[float])
    above: list[list[int]] = field(default_factory=list[list[int]])
    below: list[list[int]] = field(default_factory=list[list[int]])
    is_line: list[bool] = field(default_factory=list[bool])

    def add(self, row: int, width: float, height: float, *, is_line: bool = False) -> int:
        cell = len(self.width)
        self.rows[row].append(cell)
        self.width.append(width)
        self.height.append(height)
        self.above.append([])
        self.below.append([])
        self.is_line.append(is_line)
        return cell

    def tie(self, chain: Sequence[int]) -> None:
        for upper, lower in pairwise(chain):
            self.below[upper].append(lower)
            self.above[lower].append(upper)


@dataclass(frozen=True, slots=True)
class _Chain:
    """The cells of an arrow from top to bottom; the one at `label` has its figure."""

    arrow: Arrow
    cells: tuple[int, ...]
    label: int
    upward: bool


def lay_out(root: str, boxes: Sequence[Box], arrows: Sequence[Arrow]) -> Layout:
    """Boxes by falling importance; the first of two that could stand in one place is the one that does."""
    keys = [box.key for box in boxes]
    pairs = [(arrow.tail, arrow.head) for arrow in arrows]
    upward = upward_arrows(root, keys, pairs)
    level = layers(root, keys, pairs, upward)
    top = min(level.values())
    cells = _Cells([[] for _ in range(2 * (max(level.values()) - top) + 1)])
    round_trips = {arrow.tail: arrow for arrow in arrows if arrow.tail == arrow.head}
    cell_of = {box.key: _box_cell(cells, box, 2 * (level[box.key] - top), round_trips) for box in boxes}
    row_of = {key: 2 * (level[key] - top) for key in keys}
    chains = [
        _chain(cells, arrow, cell_of, row_of, (arrow.tail, arrow.head) in upward)
        for arrow in arrows
        if arrow.tail != arrow.head
    ]
    cells.rows = ordered(cells.rows, cells.above, cells.below)
    middles = placed(cells.rows, cells.above, cells.below, cells.width, cells.is_line)
    return _measured(_Drawn(boxes, cells, cell_of, row_of, chains, middles, round_trips))


def _box_cell(cells: _Cells, box: Box, row: int, round_trips: Mapping[str, Arrow]) -> int:
    trip = round_trips.get(box.key)
    # As much room on both sides, so that the box stands in the middle.
    more = 2 * (ROUND + trip.width) if trip else 0.0
    return cells.add(row, box.width + BESIDE_BOX + more, max(box.height, trip.height if trip else 0.0))


def _chain(
    cells: _Cells, arrow: Arrow, cell_of: Mapping[str, int], row_of: Mapping[str, int], upward: bool
) -> _Chain:
    upper, lower = (arrow.head, arrow.tail) if upward else (arrow.tail, arrow.head)
    between = range(row_of[upper] + 1, row_of[lower])
    at = between[0] if upward else between[-1]  # next to what is held
    found = [cell_of[upper]]
    for row in between:
        if row == at:
            found.append(cells.add(row, arrow.width + BESIDE_LABEL, arrow.height, is_line=True))
        else:
            found.append(cells.add(row, BESIDE_LINE, 0.0, is_line=True))
    found.append(cell_of[lower])
    cells.tie(found)
    return _Chain(arrow, tuple(found), found[between.index(at) + 1], upward)


@dataclass(frozen=True, slots=True)
class _Drawn:
    boxes: Sequence[Box]
    cells: _Cells
    cell_of: Mapping[str, int]
    row_of: Mapping[str, int]
    chains: Sequence[_Chain]
    middles: Sequence[float]
    round_trips: Mapping[str, Arrow]


def _measured(drawn: _Drawn) -> Layout:
    cells, middles = drawn.cells, drawn.middles
    left = min(middles[cell] - cells.width[cell] / 2 for row in cells.rows for cell in row)
    right = max(middles[cell] + cells.width[cell] / 2 for row in cells.rows for cell in row)
    bands = _bands(drawn)
    boxes: dict[str, Rect] = {}
    for box in drawn.boxes:
        top, bottom = bands[drawn.row_of[box.key]]
        middle = middles[drawn.cell_of[box.key]] - left
        boxes[box.key] = Rect(
            _tenth(middle - box.width / 2), _tenth((top + bottom - box.height) / 2), box.width, box.height
        )
    row_of_cell = {cell: i for i, row in enumerate(cells.rows) for cell in row}
    ports = _ports(drawn, boxes)
    routes = {
        chain.arrow.key: _route(
            chain, [middles[c] - left for c in chain.cells], row_of_cell, bands, ports, boxes
        )
        for chain in drawn.chains
    }
    routes |= {trip.key: _round_trip(boxes[key], trip) for key, trip in drawn.round_trips.items()}
    return Layout(boxes, routes, _tenth(right - left), bands[-1][1])


def _bands(drawn: _Drawn) -> list[tuple[float, float]]:
    """Top and bottom of each row. Where arrows go far to the side they get more room to do it in."""
    cells, found, y = drawn.cells, list[tuple[float, float]](), 0.0
    for i, row in enumerate(cells.rows):
        height = max((cells.height[cell] for cell in row), default=0.0)
        found.append((_tenth(y), _tenth(y + height)))
        far = max(
            (abs(drawn.middles[c] - drawn.middles[o]) for c in row for o in cells.below[c]), default=0.0
        )
        y += height + min(MOST_GAP, LEAST_GAP + far / 16)
        y += HEAD if i % 2 else 0.0
    return found


_Ports = dict[tuple[str, bool], float]


def _ports(drawn: _Drawn, boxes: Mapping[str, Rect]) -> _Ports:
    """Where each arrow (by key) touches the box at its upper and at its lower end (True)."""
    ends: defaultdict[tuple[str, bool], list[tuple[float, str]]] = defaultdict(list)
    for chain in drawn.chains:
        upper, lower = chain.arrow.tail, chain.arrow.head
        if chain.upward:
            upper, lower = lower, upper
        ends[upper, False].append((drawn.middles[chain.cells[1]], chain.arrow.key))
        ends[lower, True].append((drawn.middles[chain.cells[-2]], chain.arrow.key))
    found: _Ports = {}
    for (box, is_lower), arrows in ends.items():
        found |= {(key, is_lower): x for key, x in _spread(boxes[box], arrows)}
    return found


def _spread(box: Rect, arrows: Iterable[tuple[float, str]]) -> list[tuple[str, float]]:
    """In the order in which the arrows come, evenly around the middle."""
    arrows = sorted(arrows)
    step = min(26.0, box.width * PORTS / max(1, len(arrows) - 1))
    first = box.middle - step * (len(arrows) - 1) / 2
    return [(key, _tenth(first + step * i)) for i, (_, key) in enumerate(arrows)]


def _route(
    chain: _Chain,
    middles: Sequence[float],
    row_of: Mapping[int, int],
    bands: Sequence[tuple[float, float]],
    ports: _Ports,
    boxes: Mapping[str, Rect],
) -> Route:
    arrow = chain.arrow
    upper, lower = boxes[arrow.tail], boxes[arrow.head]
    if chain.upward:
        upper, lower = lower, upper
    start, end = upper.y + upper.height, lower.y
    first, last = bands[row_of[chain.cells[0]]][1], bands[row_of[chain.cells[-1]]][0]
    # The head is a straight end; below a box that is lower than its row the arrow is upright too.
    head_at_top, head_at_foot = (HEAD, 0.0) if chain.upward else (0.0, HEAD)
    stems = [Stem(ports[arrow.key, False], start, max(first, start + head_at_top))]
    for cell, x in zip(chain.cells[1:-1], middles[1:-1], strict=True):
        stems.append(Stem(_tenth(x), *bands[row_of[cell]]))
    stems.append(Stem(ports[arrow.key, True], min(last, end - head_at_foot), end))
    at = chain.cells.index(chain.label)
    top, bottom = bands[row_of[chain.label]]
    label = Rect(
        _tenth(middles[at] - arrow.width / 2),
        _tenth((top + bottom - arrow.height) / 2),
        arrow.width,
        arrow.height,
    )
    return Route(tuple(stems), label, chain.upward)


def _round_trip(box: Rect, arrow: Arrow) -> Route:
    """Out of the right side of the box and back in, around its label."""
    x, middle = _tenth(box.x + box.width + ROUND), box.y + box.height / 2
    label = Rect(x - 4, _tenth(middle - arrow.height / 2), arrow.width, arrow.height)
    return Route(
        (Stem(x, _tenth(box.y + box.height * 0.25), _tenth(box.y + box.height * 0.75)),), label, is_round=True
    )


def _tenth(value: float) -> float:
    return round(value, 1) + 0.0
