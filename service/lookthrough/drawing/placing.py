"""Where cells stand from left to right: near what they are tied to, and never over each other."""

from __future__ import annotations

from collections.abc import Sequence

from .ordering import Links, Row

SWEEPS = 24
WORK = 400_000


def placed(
    rows: Sequence[Row], above: Links, below: Links, widths: Sequence[float], straight: Sequence[bool]
) -> list[float]:
    """The middle of each cell. Between cells that are `straight` an arrow is kept upright if it can be."""
    middles = [0.0] * len(widths)
    for row in rows:
        _settle(row, widths, [0.0] * len(row), [1.0] * len(row), middles)
    size = sum(len(row) for row in rows) + sum(len(links) for links in below)
    sweeps = min(SWEEPS, max(4, WORK // max(1, size)))
    for sweep in range(sweeps):
        downward, both = sweep % 2 == 0, sweep >= sweeps // 2
        for row in rows if downward else reversed(rows):
            wanted, pulls = [0.0] * len(row), [0.0] * len(row)
            for i, cell in enumerate(row):
                near = (*above[cell], *below[cell]) if both else above[cell] if downward else below[cell]
                weights = [8.0 if straight[cell] and straight[other] else 1.0 for other in near]
                total = sum(weights)
                ends = zip(near, weights, strict=True)
                wanted[i] = sum(middles[o] * w for o, w in ends) / total if total else middles[cell]
                pulls[i] = total or 0.01
            _settle(row, widths, wanted, pulls, middles)
    return middles


def _settle(
    row: Row, widths: Sequence[float], wanted: Sequence[float], pulls: Sequence[float], middles: list[float]
) -> None:
    """The least moves (squared, by pull) from the wanted middles that keep order and distance.

    With the distances taken off this is a regression that may not fall: neighbours that would are pooled.
    """
    pools: list[tuple[float, float, int]] = []  # mean, pull, how many cells
    offset, offsets = 0.0, list[float]()
    for i, cell in enumerate(row):
        offset += (widths[row[i - 1]] + widths[cell]) / 2 if i else 0.0
        offsets.append(offset)
        mean, pull, count = wanted[i] - offset, pulls[i], 1
        while pools and pools[-1][0] >= mean:
            other, weight, cells = pools.pop()
            mean = (mean * pull + other * weight) / (pull + weight)
            pull, count = pull + weight, count + cells
        pools.append((mean, pull, count))
    means = [mean for mean, _, count in pools for _ in range(count)]
    for i, cell in enumerate(row):
        middles[cell] = means[i] + offsets[i]
