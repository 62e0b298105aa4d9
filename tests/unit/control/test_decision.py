"""From bounds to an outcome, its reason, the join of several tests (SEMANTICS sections 4 and 6)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from lookthrough.control.decision import (
    Bounds,
    Outcome,
    Reason,
    decide,
    join_outcomes,
    joined_reason,
)
from lookthrough.control.policy import Join, Line, Operator

from .build import Row, graph, line, result

R, N, U = Outcome.RESTRICTED, Outcome.NOT_RESTRICTED, Outcome.UNDETERMINED
HALF = Fraction(1, 2)
BELOW, ABOVE = HALF - Fraction(1, 10**30), HALF + Fraction(1, 10**30)

TABLE = [
    # lower, upper, R strict, C strict, outcome of > 50, outcome of >= 50
    (ABOVE, ABOVE, False, False, R, R),
    (HALF, HALF, False, False, N, R),
    (HALF, HALF, False, True, N, R),
    (HALF, ABOVE, False, False, U, R),
    (HALF, ABOVE, True, False, R, R),
    (BELOW, ABOVE, True, True, U, U),
    (BELOW, HALF, False, False, N, U),
    (BELOW, HALF, False, True, N, N),
    (BELOW, HALF, True, False, N, U),
    (BELOW, BELOW, True, False, N, N),
]


@pytest.mark.parametrize(("lower", "upper", "lower_strict", "upper_strict", "over", "at_least"), TABLE)
def test_the_table_of_section_four_at_and_beside_the_line(
    lower: Fraction,
    upper: Fraction,
    lower_strict: bool,
    upper_strict: bool,
    over: Outcome,
    at_least: Outcome,
) -> None:
    bounds = Bounds(lower, upper, lower_strict, upper_strict)
    assert decide(bounds, Line(HALF, Operator.OVER)) is over
    assert decide(bounds, Line(HALF, Operator.AT_LEAST)) is at_least


STRICT: dict[str, tuple[list[Row], Outcome, Outcome]] = {
    "more than half of the company": ([("S", "T", "(50,75]")], R, R),
    "half or more of the company": ([("S", "T", "[50,75]")], U, R),
    "more than half, through a whole company": ([("A", "T", "(50,75]"), ("S", "A", "100")], R, R),
    "the whole, of a holder of more than half": ([("A", "T", "100"), ("S", "A", "(50,75]")], R, R),
    "half, and something more than nothing": ([("S", "T", "50"), ("S2", "T", "(0,25]")], R, R),
    "half, and something of something": (
        [("S", "T", "50"), ("A", "T", "(0,25]"), ("S2", "A", "(0,25]")],
        R,
        R,
    ),
    "half, and nothing certain of something": (
        [("S", "T", "50"), ("A", "T", "(0,25]"), ("S2", "A", "[0,25]")],
        U,
        R,
    ),
    "less than half in spite of strictness": ([("S", "T", "(49,75]")], U, U),
}


@pytest.mark.parametrize("name", STRICT)
def test_a_true_share_of_more_than_a_figure_cannot_be_the_figure(name: str) -> None:
    rows, over, at_least = STRICT[name]
    facts = graph(rows, seeds="S S2")
    assert result(facts, "T", "> 50").outcome is over
    assert result(facts, "T", ">= 50").outcome is at_least


CLEAN: dict[str, tuple[list[Row], Outcome]] = {
    "a person with more than half": ([("P", "T", "(50,75]")], N),
    "a person with half or more": ([("P", "T", "[50,75]")], U),
    "more than half through a company": ([("A", "T", "100"), ("P", "A", "(50,75]")], N),
    "more than half, of a party that may be a seed": ([("X", "T", "(50,75]"), ("P", "X", "100")], U),
    "half, and more than nothing through a party that may be a seed": (
        [("P", "T", "50"), ("X", "T", "(0,25]"), ("P", "X", "100")],
        U,
    ),
    "half, and more than nothing through a company": (
        [("P", "T", "50"), ("A", "T", "(0,25]"), ("P", "A", "100")],
        N,
    ),
}


@pytest.mark.parametrize("name", CLEAN)
def test_the_clean_side_is_strict_only_where_it_is_proven(name: str) -> None:
    rows, at_least = CLEAN[name]
    assert result(graph(rows, clean="P", unsure="X"), "T", ">= 50").outcome is at_least


@pytest.mark.parametrize(("one", "other"), list(product(Outcome, Outcome)))
def test_any_and_all_join_in_three_values(one: Outcome, other: Outcome) -> None:
    both = {one, other}
    any_expected = R if R in both else U if U in both else N
    all_expected = N if N in both else U if U in both else R
    assert join_outcomes([one, other], Join.ANY) is any_expected
    assert join_outcomes([one, other], Join.ALL) is all_expected


WEIGHT = [Reason.COULD_CROSS, Reason.UNKNOWN_PARTY, Reason.NOTHING_ON_RECORD]


@pytest.mark.parametrize(("one", "other"), list(product(WEIGHT, WEIGHT)))
def test_the_headline_takes_the_heaviest_reason_of_the_undetermined_tests(one: Reason, other: Reason) -> None:
    heaviest = WEIGHT[min(WEIGHT.index(one), WEIGHT.index(other))]
    for join in Join:
        assert joined_reason([(U, one), (U, other)], join) is heaviest


def test_reasons_of_decided_tests_do_not_count_in_an_undetermined_headline() -> None:
    results = [(N, Reason.BELOW_THRESHOLD), (U, Reason.NOTHING_ON_RECORD), (N, Reason.LOCATION_PERMITTED)]
    assert joined_reason(results, Join.ANY) is Reason.NOTHING_ON_RECORD


def test_a_decided_headline_takes_the_reason_of_the_first_test_that_decides() -> None:
    results = [
        (U, Reason.COULD_CROSS),
        (R, Reason.OVER_THRESHOLD),
        (R, Reason.LOCATION_RESTRICTED),
    ]
    assert joined_reason(results, Join.ANY) is Reason.OVER_THRESHOLD
    permitted = [(R, Reason.OVER_THRESHOLD), (N, Reason.LOCATION_PERMITTED), (N, Reason.BELOW_THRESHOLD)]
    assert joined_reason(permitted, Join.ALL) is Reason.LOCATION_PERMITTED


REASONS: dict[str, tuple[list[Row], Reason]] = {
    "something proven": ([("S", "T", "1")], Reason.COULD_CROSS),
    "a seed over a stake of unknown size": ([("S", "T", "[0,100]")], Reason.COULD_CROSS),
    "a seed behind a stake of unknown size": ([("A", "T", "[0,5]"), ("S", "A", "100")], Reason.COULD_CROSS),
    "a seed behind a party that may be one": ([("X", "T", "5"), ("S", "X", "[0,5]")], Reason.COULD_CROSS),
    "a seed with exactly nothing": ([("S", "T", "0")], Reason.NOTHING_ON_RECORD),
    "a party that may be a seed": ([("X", "T", "5")], Reason.UNKNOWN_PARTY),
    "such a party over a stake of unknown size": ([("X", "T", "[0,5]")], Reason.UNKNOWN_PARTY),
    "such a party with exactly nothing": ([("X", "T", "0")], Reason.NOTHING_ON_RECORD),
    "only clean persons": ([("P", "T", "5")], Reason.NOTHING_ON_RECORD),
    "only a company": ([("A", "T", "100")], Reason.NOTHING_ON_RECORD),
}


@pytest.mark.parametrize("name", REASONS)
def test_an_undetermined_ownership_test_says_why(name: str) -> None:
    rows, reason = REASONS[name]
    answer = result(graph(rows, seeds="S", clean="P", unsure="X"), "T")
    assert (answer.outcome, answer.reason) == (U, reason)


def test_a_line_is_met_exactly_where_its_operator_says() -> None:
    assert [line("> 50").met_by(share) for share in (BELOW, HALF, ABOVE)] == [False, False, True]
    assert [line(">= 50").met_by(share) for share in (BELOW, HALF, ABOVE)] == [False, True, True]
