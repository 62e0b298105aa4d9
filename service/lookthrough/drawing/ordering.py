"""In which order the cells of each layer stand, so that few arrows cross."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import pairwise

Row = list[int]
Links = Sequence[Sequence[int]]
"""By cell, the cells next to it in the layer above, or in the layer below."""

SWEEPS = 12
WORK = 200_000
"""Cells and links that are gone over, about: large drawings are swept less often."""
_FEW = 40
"""Neighbours are exchanged one by one only in rows that are no longer."""


def ordered(rows: Sequence[Row], above: Links, below: Links) -> list[Row]:
    """The rows with their cells in an order with few crossings; the given order decides ties."""
    best = current = [list(row) for row in rows]
    fewest = crossings(best, below)
    size = sum(len(row) for row in rows) + sum(len(links) for links in below)
    for sweep in range(min(SWEEPS, max(2, WORK // max(1, size)))):
        if not fewest:
            break
        current = _swept(current, above, below, downward=sweep % 2 == 0)
        found = crossings(current, below)
        if found < fewest:
            best, fewest = current, found
    return best


def crossings(rows: Sequence[Row], below: Links) -> int:
    return sum(_between(row, following, below) for row, following in pairwise(rows))


def _between(row: Row, following: Row, below: Links) -> int:
    place = {cell: i for i, cell in enumerate(following)}
    met: list[int] = []
    found = 0
    for cell in row:
        ends = sorted(place[other] for other in below[cell])
        found += sum(len(met) - bisect_left(met, end + 1) for end in ends)
        for end in ends:
            insort(met, end)
    return found


def _swept(rows: Sequence[Row], above: Links, below: Links, *, downward: bool) -> list[Row]:
    """Each row in turn by where its neighbours in the row before stand, on average."""
    found = [list(row) for row in rows]
    order = range(1, len(rows)) if downward else range(len(rows) - 2, -1, -1)
    near = above if downward else below
    for i in order:
        place = {cell: at for at, cell in enumerate(found[i - 1 if downward else i + 1])}
        found[i] = _by_neighbours(found[i], near, place)
        if len(found[i]) <= _FEW:
            _exchange(found[i], near, place)
    return found


def _by_neighbours(row: Row, near: Links, place: dict[int, int]) -> Row:
    """Cells without neighbours stay where they are; the others are sorted around them."""
    means = {cell: sum(place[o] for o in near[cell]) / len(near[cell]) for cell in row if near[cell]}
    moving = iter(sorted(means, key=lambda cell: means[cell]))
    return [next(moving) if cell in means else cell for cell in row]


def _exchange(row: Row, near: Links, place: dict[int, int]) -> None:
    """Exchange neighbours where their arrows cross less the other way round."""
    ends = {cell: sorted(place[other] for other in near[cell]) for cell in row}
    for i in range(len(row) - 1):
        left, right = ends[row[i]], ends[row[i + 1]]
        if _crossed(left, right) > _crossed(right, left):
            row[i], row[i + 1] = row[i + 1], row[i]


def _crossed(left: Sequence[int], right: Sequence[int]) -> int:
    return sum(bisect_left(right, end) for end in left)
