"""Percentages and ids as FollowTheMoney takes them."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookthrough.control.interval import Interval
from lookthrough.exporting.ftm_words import id_of, percentage
from lookthrough.importing.figures import share
from lookthrough.importing.percentages import percent

FIGURES = st.fractions(0, 1, max_denominator=400) | st.decimals(0, 1, places=6).map(Fraction)


@pytest.mark.parametrize(
    ("filed", "told"),
    [
        ("38.37", "38.37"),
        ("38.370", "38.37"),
        ("100", "100"),
        ("0", "0"),
        ("100/3", "100/3%"),
        ("(25,50]", ">25 - 50"),
        ("[75,100]", "75 - 100"),
        ("(50,75)", ">50 - <75"),
        ("[100/3,200/3)", "100/3% - <200/3%"),
    ],
)
def test_a_percent_is_told_in_words_that_people_read(filed: str, told: str) -> None:
    assert percentage(share(filed)) == told


@given(FIGURES, FIGURES, st.booleans(), st.booleans())
def test_every_interval_is_read_back_as_it_was(
    one: Fraction, other: Fraction, opens: bool, shuts: bool
) -> None:
    low, high = sorted((one, other))
    is_exact = low == high
    interval = Interval(low, high, opens and not is_exact, shuts and not is_exact)
    read = percent(percentage(interval))
    assert read is not None
    assert share(read) == interval


@given(st.text(min_size=1))
def test_every_id_is_one_that_the_model_allows(entity: str) -> None:
    found = id_of(entity)
    assert re.fullmatch(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?", found)
    assert found == id_of(entity)


def test_an_id_that_is_allowed_stays() -> None:
    assert id_of("NK-abc.1") == "NK-abc.1"
    assert id_of("一 公司") != id_of("一公司")
