"""Timing two things in turn, so that their ratio holds while the machine's speed drifts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians in milliseconds, and the median of the ratios pair by pair."""

    ours: float
    other: float
    ratio: float

    def __str__(self) -> str:
        return f"{self.ours:.2f} ms against {self.other:.2f} ms, ratio {self.ratio:.2f}"


def milliseconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def in_turn(
    ours: Callable[[], object], other: Callable[[], object], rounds: int = 100, warm: int = 20
) -> Pair:
    """A B A B …, after `warm` rounds that do not count."""
    pairs = [(milliseconds(ours), milliseconds(other)) for _ in range(warm + rounds)][warm:]
    return Pair(
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )
