"""The `percent` of a stake: a number, a fraction or an interval, read exactly."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from lookthrough.control.interval import ONE, Interval, exactly

from .cells import Fault

LONGEST_PERCENT = 100
"""Characters; exact figures of any length would let one cell slow every later sum."""

_FIGURE = re.compile(r"[0-9]+/[0-9]+|[0-9]*\.[0-9]+|[0-9]+")
_INTERVAL = re.compile(r"([\[(])([^,]*),([^,]*)([\])])")

_HINTS = (
    (re.compile(r".*%", re.DOTALL), "Write the percent without a sign, as in 38.37."),
    (re.compile(r".*[^\x00-\x7f].*", re.DOTALL), "Write the percent in ASCII digits and brackets."),
    (re.compile(r"[+-].*", re.DOTALL), "A percent lies between 0 and 100 and is written without a sign."),
    (re.compile(r"[0-9]+(,[0-9]+)+(\.[0-9]+)?"), "Write decimals with a point and no thousands separator."),
    (re.compile(r"[0-9.]+[eE][+-]?[0-9]+"), "Write the percent in full, without an exponent."),
)
_FORMS = "A percent is a number (38.37), a fraction (100/3), an interval ((25,50], [75,100]) or empty."


@lru_cache(maxsize=16_384)
def share(text: str) -> Interval:
    """The interval of fractions that a percent states: `38.37` is exactly 3837/10000.

    Raises Fault where the text is none of the forms, lies outside 0 to 100, or no figure lies in it.
    """
    if len(text) > LONGEST_PERCENT:
        raise Fault(f"A percent has at most {LONGEST_PERCENT} characters.")
    ends = _INTERVAL.fullmatch(text)
    if ends is None:
        return exactly(_fraction(text))
    left, low, high, right = ends.groups()
    return _between(_fraction(low.strip()), _fraction(high.strip()), left == "(", right == ")")


def _between(low: Fraction, high: Fraction, low_open: bool, high_open: bool) -> Interval:
    if low > high:
        raise Fault("The interval's lower end is above its upper end.")
    if low == high and (low_open or high_open):
        raise Fault("The interval is empty: its ends are equal and one of them is not included.")
    return Interval(low, high, low_open, high_open)


def _fraction(percent: str) -> Fraction:
    if _FIGURE.fullmatch(percent) is None:
        raise Fault(_hint(percent))
    try:
        figure = Fraction(percent) / 100
    except ZeroDivisionError:
        raise Fault("The fraction's denominator is 0.") from None
    if figure > ONE:
        raise Fault("A percent lies between 0 and 100.")
    return figure


def _hint(percent: str) -> str:
    return next((hint for habit, hint in _HINTS if habit.fullmatch(percent)), _FORMS)
