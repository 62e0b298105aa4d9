"""Exact linear algebra over the rationals, by FLINT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mat

Row = Mapping[int, Fraction]


def solve(shares: Sequence[Row], columns: Sequence[Sequence[Fraction]]) -> list[list[Fraction]]:
    """Solve `x = shares · x + column` exactly for each column; `shares[i]` maps j to a fraction.

    Raises ZeroDivisionError if the system is singular (a loop that nothing leaves).
    """
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
