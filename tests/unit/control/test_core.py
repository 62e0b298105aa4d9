"""A core of 1,318 companies that hold 90% of each other, decided to a proven bound."""

from __future__ import annotations

from fractions import Fraction

import pytest
from bench.core import COMPANIES, TENTH, core, in_floats

from lookthrough.control.decimals import decimal
from lookthrough.control.decision import Outcome
from lookthrough.control.linear import EXACT_UP_TO, could_be_small, solve
from lookthrough.control.multiplicative import look_through, look_through_exactly
from lookthrough.control.policy import Join, Policy
from lookthrough.control.reach import explore
from lookthrough.control.verdict import judge


def test_a_large_core_is_right_in_every_printed_digit() -> None:
    graph, test, owners, restricted = core(COMPANIES, seeds=0.61)
    reach = explore(graph, "c0", test)
    shares = look_through(reach)
    found, true = shares.restricted_of("c0"), look_through_exactly(reach).restricted_of("c0")
    assert 0 < shares.error < Fraction(1, 10**70)
    assert abs(found - true) <= shares.error
    assert decimal(found) == decimal(true)
    assert float(found) == pytest.approx(in_floats(owners, restricted), abs=1e-12)
    assert shares.clean_of("c0") == 1 - found
    assert judge(Policy(join=Join.ANY, tests=(test,)), graph, "c0").outcome is Outcome.RESTRICTED


def test_a_core_without_a_seed_is_proven_clean() -> None:
    graph, test, _, _ = core(200, seeds=0.0)
    verdict = judge(Policy(join=Join.ANY, tests=(test,)), graph, "c0")
    assert verdict.outcome is Outcome.NOT_RESTRICTED


def test_a_core_that_is_all_restricted_is_exactly_so() -> None:
    graph, test, _, _ = core(EXACT_UP_TO + 30, seeds=1.0)
    shares = look_through(explore(graph, "c0", test))
    assert shares.restricted_of("c0") == 1
    assert shares.error == 0


def test_a_solution_to_a_bound_differs_from_the_exact_one_by_less() -> None:
    _, _, owners, restricted = core(EXACT_UP_TO + 5, seeds=0.5)
    rows = [dict.fromkeys(held_by, TENTH) for held_by in owners]
    column = [TENTH if i in restricted else Fraction(0) for i in range(len(rows))]
    bound, exact = solve(rows, [column]), solve(rows, [column], exact=True)
    assert max(exact.errors) == 0 < max(bound.errors)
    pairs = zip(bound.columns[0], exact.columns[0], strict=True)
    assert all(abs(near - true) <= max(bound.errors) for near, true in pairs)


def test_a_value_near_a_short_fraction_needs_the_exact_one() -> None:
    assert could_be_small(Fraction(1, 2) + Fraction(1, 10**80), Fraction(1, 10**75))
    assert not could_be_small(Fraction(1, 2) + Fraction(1, 10**70), Fraction(1, 10**75))
    assert not could_be_small(Fraction(1, 2), Fraction(0))
