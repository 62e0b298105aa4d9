"""What everybody above a company holds of it, against the share of each asked by itself."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lookthrough.control.facts import Lane
from lookthrough.control.totals import totals_above

from .build import graph
from .charts import FACTOR, drawn
from .test_below import of_each
from .test_ends import expected as of_end

CHARTS = 200
CHUNKS = 4


@pytest.mark.parametrize("lane", [Lane.SHARES, Lane.VOTES])
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_total_of_each_holder_is_that_of_a_rule_that_looks_for_it_alone(chunk: int, lane: Lane) -> None:
    for number in range(chunk, CHARTS * FACTOR, CHUNKS):
        chart, _, _ = drawn(number, "multiplicative")
        found = totals_above(chart.facts(), chart.subject, sorted(chart.kinds), lane)
        for party, held in found.items():
            assert held is not None
            is_end = chart.kinds[party].is_end
            expected = of_end(chart, lane, party) if is_end else of_each(chart, lane, party, chart.subject)
            assert (number, party, held.lower, held.upper) == (number, party, *expected)


def test_holders_in_a_loop_count_once_however_often_a_walk_comes_by() -> None:
    rows = [("B", "A", "90"), ("A", "B", "90"), ("P", "A", "10"), ("Q", "B", "10"), ("A", "T", "50")]
    found = totals_above(graph(rows, clean="P Q"), "T", ["A", "B", "P", "Q"], Lane.SHARES)
    half, nineteenth = Fraction(1, 2), Fraction(1, 19)
    assert {party: held.lower for party, held in found.items() if held} == {
        "A": half,
        "B": half * Fraction(9, 10),
        "P": half * 10 * nineteenth,
        "Q": half * 9 * nineteenth,
    }
    assert {held.upper - held.lower for held in found.values() if held} == {half}


def test_in_a_very_large_loop_some_are_worked_out_and_the_others_are_none() -> None:
    size = 200
    rows = [(f"c{(i + 1) % size}", f"c{i}", "90") for i in range(size)]
    found = totals_above(graph(rows), "c0", [f"c{i}" for i in range(1, size)], Lane.SHARES)
    worked_out = {party: held for party, held in found.items() if held}
    assert 0 < len(worked_out) < len(found) == size - 1
    expected = {party: Fraction(9, 10) ** int(party[1:]) for party in worked_out}
    assert all(worked_out[party].lower == expected[party] for party in list(worked_out)[:3])
    assert all(abs(held.lower - expected[party]) < Fraction(1, 10**13) for party, held in worked_out.items())
