"""Linear systems over the rationals: small ones exactly, large ones to a proven bound.

A large system is solved in floats and refined: each round computes what the solution leaves over exactly, in
whole numbers, and solves for that. In floats it is solved by walking on until hardly anything is left inside,
and where walks stay inside for long by elimination. A vector with `v - shares·v >= 1/2` bounds what remains
(no walk passes more than `2·v` companies before it leaves), so the bound is proven and not estimated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm

import numpy as np
from flint import fmpq, fmpq_mat
from numpy.typing import NDArray

Row = Mapping[int, Fraction]

EXACT_UP_TO = 120
"""Unknowns up to which a system is solved exactly at once: in milliseconds."""
_BITS = 300
_ROUNDS = 40
_FINE = Fraction(1, 10**75)
_WALK = 2_000
"""Companies that a walk in floats passes before elimination takes over."""
_RUNAWAY = 1e200
"""No walk through companies that others hold something of gathers so much from what the first one gave."""
SMALL_DENOMINATOR = 10**30 - 1
"""A fraction that anybody would print, or draw a line at, has no larger denominator."""


@dataclass(frozen=True, slots=True)
class Solution:
    """One list of values for each column; each differs from the true one by at most its column's error."""

    columns: list[list[Fraction]]
    errors: tuple[Fraction, ...]


def solve(shares: Sequence[Row], columns: Sequence[Sequence[Fraction]], *, exact: bool = False) -> Solution:
    """Solve `x = shares·x + column` for each column; `shares[i]` maps j to a fraction.

    Raises ZeroDivisionError if the system is singular (a loop that nothing leaves).
    """
    refined = None if exact or len(shares) <= EXACT_UP_TO else _Refined(shares).solve(columns)
    return refined or Solution(_exactly(shares, columns), tuple(Fraction(0) for _ in columns))


def could_be_small(value: Fraction, error: Fraction) -> bool:
    """Whether a fraction with a small denominator lies within the error: then only the exact value tells."""
    return error > 0 and abs(value.limit_denominator(SMALL_DENOMINATOR) - value) <= error


class _Refined:
    """A system in whole numbers: `weights[i][j] / scale` is the share, values are counted in 2**-_BITS."""

    def __init__(self, shares: Sequence[Row]) -> None:
        self._scale = lcm(*{share.denominator for row in shares for share in row.values()})
        self._rows = [
            [(j, share.numerator * (self._scale // share.denominator)) for j, share in row.items()]
            for row in shares
        ]
        entries = [(i, j, float(share)) for i, row in enumerate(shares) for j, share in row.items()]
        self._company = np.array([i for i, _, _ in entries], dtype=np.intp)
        self._owner = np.array([j for _, j, _ in entries], dtype=np.intp)
        self._share = np.array([share for _, _, share in entries])
        self._inverse: NDArray[np.float64] | None = None

    def _in_floats(self, right: NDArray[np.float64]) -> NDArray[np.float64]:
        size = len(right)
        if self._inverse is None:
            total, step = right, right
            for _ in range(_WALK):
                step = np.bincount(self._company, self._share * step[self._owner], size).astype(np.float64)
                total = total + step
                if not np.abs(total).max() < _RUNAWAY:
                    break
                if np.abs(step).max() <= 1e-10 * np.abs(total).max():
                    return total
            matrix: NDArray[np.float64] = np.eye(size)
            np.subtract.at(matrix, (self._company, self._owner), self._share)
            self._inverse = np.linalg.inv(matrix).astype(np.float64)
        return self._inverse @ right

    def solve(self, columns: Sequence[Sequence[Fraction]]) -> Solution | None:
        """None if the system is too near to a closed loop for floats to start from."""
        steps = self._steps()
        if steps is None:
            return None
        found = [self._refine(column, steps) for column in columns]
        errors = tuple(error for _, error in found)
        return Solution([values for values, _ in found], errors) if max(errors, default=0) <= _FINE else None

    def _refine(self, given: Sequence[Fraction], steps: Fraction) -> tuple[list[Fraction], Fraction]:
        if not any(given):
            return [Fraction(0)] * len(given), Fraction(0)
        unit = self._scale * 2**_BITS
        column = [floor(figure * unit) for figure in given]
        values, left = [0] * len(column), column
        for _ in range(_ROUNDS):
            most = max((abs(rest) for rest in left), default=0)
            if Fraction(most + 1, unit) * steps <= _FINE:
                break
            shift = max(0, most.bit_length() - 900)
            scaled = np.array([float(rest >> shift) for rest in left])
            better = self._in_floats(scaled)
            values = [
                value + ((int(step) << shift) // self._scale)
                for value, step in zip(values, better.tolist(), strict=True)
            ]
            left = self._left_over(column, values)
        most = max((abs(rest) for rest in left), default=0)
        return [Fraction(value, 2**_BITS) for value in values], Fraction(most + 1, unit) * steps

    def _left_over(self, column: Sequence[int], values: Sequence[int]) -> list[int]:
        """Exactly `column - values + shares·values`, in units of 1 / (scale · 2**_BITS)."""
        return [
            column[i] - values[i] * self._scale + sum(weight * values[j] for j, weight in row)
            for i, row in enumerate(self._rows)
        ]

    def _steps(self) -> Fraction | None:
        """A proven bound on the companies that a walk passes inside the component."""
        guess = [int(step) + 1 for step in (self._in_floats(np.ones(len(self._rows))) * 2**20).tolist()]
        half = self._scale * 2**19
        leaves = (
            guess[i] * self._scale - sum(weight * guess[j] for j, weight in row) >= half
            for i, row in enumerate(self._rows)
        )
        return Fraction(2 * max(guess), 2**20) if min(guess) > 0 and all(leaves) else None


def _exactly(shares: Sequence[Row], columns: Sequence[Sequence[Fraction]]) -> list[list[Fraction]]:
    size = len(shares)
    matrix = fmpq_mat(size, size, _identity_less(shares))
    right = fmpq_mat(size, len(columns), [_fmpq(column[i]) for i in range(size) for column in columns])
    solution = matrix.solve(right)
    return [[_fraction(solution[i, c]) for i in range(size)] for c in range(len(columns))]


def _identity_less(shares: Sequence[Row]) -> list[fmpq]:
    size = len(shares)
    entries = [fmpq(0)] * (size * size)
    for i, row in enumerate(shares):
        for j, share in row.items():
            entries[i * size + j] = -_fmpq(share)
        entries[i * size + i] += 1
    return entries


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
