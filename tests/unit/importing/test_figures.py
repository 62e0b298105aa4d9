"""Percents are read exactly, and what spreadsheets make of them is refused with a hint."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookthrough.control.interval import Interval
from lookthrough.importing.cells import Fault
from lookthrough.importing.figures import LONGEST_PERCENT, share

HUNDREDTHS = st.fractions(min_value=0, max_value=100, max_denominator=10**6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("38.37", Interval(Fraction(3837, 10_000), Fraction(3837, 10_000))),
        ("0", Interval(Fraction(0), Fraction(0))),
        ("100", Interval(Fraction(1), Fraction(1))),
        ("100.000", Interval(Fraction(1), Fraction(1))),
        (".5", Interval(Fraction(1, 200), Fraction(1, 200))),
        ("100/3", Interval(Fraction(1, 3), Fraction(1, 3))),
        ("(25,50]", Interval(Fraction(1, 4), Fraction(1, 2), low_open=True)),
        ("[75,100]", Interval(Fraction(3, 4), Fraction(1))),
        ("[ 0 , 0.5 )", Interval(Fraction(0), Fraction(1, 200), high_open=True)),
        ("(50,50.0000001]", Interval(Fraction(1, 2), Fraction(500_000_001, 10**9), low_open=True)),
        ("[100/3,200/3]", Interval(Fraction(1, 3), Fraction(2, 3))),
        ("[50,50]", Interval(Fraction(1, 2), Fraction(1, 2))),
    ],
)
def test_forms_of_the_contract(text: str, expected: Interval) -> None:
    assert share(text) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("38,37", "with a point"),
        ("1,000", "with a point"),
        ("38.37%", "without a sign"),
        ("1e2", "without an exponent"),
        ("３８", "ASCII"),
        ("（25,50]", "ASCII"),
        ("١٢", "ASCII"),
        ("-1", "between 0 and 100"),
        ("+5", "without a sign"),
        ("100.01", "between 0 and 100"),
        ("301/3", "between 0 and 100"),
        ("NaN", "is a number"),
        ("inf", "is a number"),
        ("about 5", "is a number"),
        ("5.", "is a number"),
        ("1_0", "is a number"),
        ("12.5/3", "is a number"),
        ("1/0", "denominator"),
        ("(50,50]", "empty"),
        ("[50,50)", "empty"),
        ("[60,50]", "above its upper end"),
        ("[25,101]", "between 0 and 100"),
        ("[25,]", "is a number"),
        ("[,]", "is a number"),
        ("[12,5,30]", "is a number"),
        ("]25,50[", "is a number"),
        ("9" * (LONGEST_PERCENT + 1), "at most 100 characters"),
    ],
)
def test_anything_else_is_refused_with_a_reason_that_helps(text: str, hint: str) -> None:
    with pytest.raises(Fault, match=hint):
        share(text)


@given(HUNDREDTHS)
def test_a_fraction_comes_back_exactly(percent: Fraction) -> None:
    assert share(f"{percent.numerator}/{percent.denominator}").low * 100 == percent


@given(st.decimals(min_value=0, max_value=100, places=9))
def test_a_decimal_comes_back_exactly(percent: object) -> None:
    assert share(f"{percent:f}").high * 100 == Fraction(str(percent))


@given(HUNDREDTHS, HUNDREDTHS, st.booleans(), st.booleans())
def test_an_interval_keeps_its_ends_or_is_refused(
    low: Fraction, high: Fraction, low_open: bool, high_open: bool
) -> None:
    text = f"{'(' if low_open else '['}{low},{high}{')' if high_open else ']'}"
    if low > high or (low == high and (low_open or high_open)):
        with pytest.raises(Fault):
            share(text)
    else:
        assert share(text) == Interval(low / 100, high / 100, low_open, high_open)


@given(st.text())
def test_no_text_crashes(text: str) -> None:
    try:
        found = share(text)
    except Fault:
        return
    assert 0 <= found.low <= found.high <= 1
