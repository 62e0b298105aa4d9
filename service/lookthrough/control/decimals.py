"""Exact figures as decimal text."""

from __future__ import annotations

from fractions import Fraction

PLACES = 12
LONGEST_EXACT = 30
"""Digits of a denominator up to which the fraction itself is shown."""


def decimal(figure: Fraction, *, places: int = PLACES, up: bool = False) -> str:
    """The figure at `places` places, cut (or rounded up), without trailing zeros."""
    scaled = figure * 10**places
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    units, rest = divmod(abs(whole), 10**places)
    digits = f"{rest:0{places}d}".rstrip("0")
    return f"{'-' if whole < 0 else ''}{units}{'.' + digits if digits else ''}"


def exact(figure: Fraction) -> str | None:
    """The fraction as text; None where its denominator has more than `LONGEST_EXACT` digits."""
    return None if figure.denominator >= 10**LONGEST_EXACT else str(figure)


def percent(figure: Fraction, *, places: int = 4, up: bool = False) -> str:
    """The fraction in percent, cut (or rounded up) at `places` places."""
    return decimal(figure * 100, places=places, up=up)
