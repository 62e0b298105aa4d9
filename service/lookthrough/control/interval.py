"""What a record says about the size of a stake: an interval of fractions, each end closed or open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

ZERO = Fraction(0)
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Fractions from `low` to `high` inside [0, 1]; an open end is not included.

    Raises ValueError where no fraction lies in it or an end lies outside 0 to 1.
    """

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if not ZERO <= self.low <= self.high <= ONE:
            raise ValueError(f"an interval runs upward inside 0 to 1, not from {self.low} to {self.high}")
        if self.low == self.high and (self.low_open or self.high_open):
            raise ValueError(f"no figure lies between {self.low} and {self.high} with an open end")

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


UNKNOWN = Interval(ZERO, ONE)


def exactly(figure: Fraction) -> Interval:
    return Interval(figure, figure)


def intersection(intervals: Iterable[Interval]) -> Interval | None:
    """The figures that all intervals have in common, or None where there is none."""
    members = list(intervals)
    low, low_open = max((i.low, i.low_open) for i in members)
    high, high_closed = min((i.high, not i.high_open) for i in members)
    if low > high or (low == high and (low_open or not high_closed)):
        return None
    return Interval(low, high, low_open, not high_closed)


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval that holds all of them."""
    members = list(intervals)
    low, low_open = min((i.low, i.low_open) for i in members)
    high, high_closed = max((i.high, not i.high_open) for i in members)
    return Interval(low, high, low_open, not high_closed)


def to_text(interval: Interval) -> str:
    """The interval in exact fractions of 1, as `from_text` reads it: `3837/10000`, `(1/4,1/2]`."""
    if interval.is_exact:
        return str(interval.low)
    left, right = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    return f"{left}{interval.low},{interval.high}{right}"


def from_text(text: str) -> Interval:
    """Raises ValueError if the text is not one of `to_text`."""
    if text[:1] not in ("(", "["):
        return exactly(Fraction(text))
    low, high = text[1:-1].split(",")
    return Interval(Fraction(low), Fraction(high), text[0] == "(", text[-1] == ")")
