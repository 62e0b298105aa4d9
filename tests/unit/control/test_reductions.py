"""Which single stakes bring a restricted subject back: each against a full recomputation."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lookthrough.control.changes import LARGEST_LOOP, Reduction, reductions
from lookthrough.control.policy import Line, Operator

from . import brute
from .brute import Case
from .build import Row, graph, ownership, result, share
from .cases import cases, graph_of

often = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BIT = Fraction(1, 10**9)


def with_stake(case: Case, owner: str, company: str, holding: str, figure: Fraction) -> Case:
    """The facts with one stake at exactly this figure."""
    return replace(
        case,
        rows=tuple(
            replace(row, low=figure, high=figure, low_open=False)
            if (row.owner, row.owned, row.holding) == (owner, company, holding)
            else row
            for row in case.rows
        ),
    )


def outcome(case: Case, line: Line) -> str:
    return brute.outcome(brute.model(case), line.threshold, line.operator)


def restricted_case(data: st.DataObject) -> tuple[Case, Line]:
    """A restricted subject; often its lower bound is exactly the line."""
    case = data.draw(cases(held=True))
    restricted = brute.restricted(brute.model(case))
    part = data.draw(st.sampled_from([Fraction(1), Fraction(1), Fraction(9, 10), Fraction(1, 2)]))
    line = Line(restricted * part, data.draw(st.sampled_from(list(Operator))))
    assume(line.threshold > 0 and outcome(case, line) == "RESTRICTED")
    return case, line


def found_for(case: Case, line: Line) -> list[Reduction]:
    answer = result(graph_of(case), "c0", ownership(line, floats_clean=case.floats_clean))
    found, complete = reductions(answer.shares)
    assert complete
    return found


@often
@given(st.data())
def test_at_the_figure_the_lower_bound_is_the_line_and_below_it_the_test_is_permitted(
    data: st.DataObject,
) -> None:
    case, line = restricted_case(data)
    for reduction in found_for(case, line):
        held = (reduction.stake.owner, reduction.stake.owned, reduction.stake.holding)
        at = with_stake(case, *held, reduction.to)
        assert brute.restricted(brute.model(at)) == line.threshold
        assert (outcome(at, line) == "RESTRICTED") == reduction.to_open
        if reduction.to > 0:
            assert outcome(with_stake(case, *held, reduction.to * (1 - BIT)), line) != "RESTRICTED"
        else:
            assert not reduction.to_open
        if reduction.start > reduction.to:
            above = reduction.to + (reduction.start - reduction.to) * BIT
            assert outcome(with_stake(case, *held, above), line) == "RESTRICTED"


@often
@given(st.data())
def test_no_stake_that_alone_brings_it_back_is_left_out(data: st.DataObject) -> None:
    case, line = restricted_case(data)
    listed = {(r.stake.owner, r.stake.owned, r.stake.holding) for r in found_for(case, line)}
    brings_back = {
        (row.owner, row.owned, row.holding)
        for row in case.rows
        if outcome(with_stake(case, row.owner, row.owned, row.holding, Fraction(0)), line) != "RESTRICTED"
    }
    assert listed == brings_back


@often
@given(st.data())
def test_reductions_start_from_the_recorded_min_and_come_smallest_first(data: st.DataObject) -> None:
    case, line = restricted_case(data)
    found = found_for(case, line)
    lows = {(row.owner, row.owned, row.holding): row.low for row in case.rows}
    for reduction in found:
        stake = reduction.stake
        assert reduction.start == lows[stake.owner, stake.owned, stake.holding]
        assert 0 <= reduction.to <= reduction.start
    sizes = [reduction.start - reduction.to for reduction in found]
    assert sizes == sorted(sizes)


Found = list[tuple[str, str, str, bool]]
WORKED: dict[str, tuple[list[Row], str, Found]] = {
    "60 over 50: to half exactly": (
        [("S", "T", "60"), ("P", "T", "40")],
        "> 50",
        [("S", "T", "1/2", False)],
    ),
    "60, at least 50: below half": ([("S", "T", "60")], ">= 50", [("S", "T", "1/2", True)]),
    "exactly 50, at least 50: anything less": ([("S", "T", "50")], ">= 50", [("S", "T", "1/2", True)]),
    "more than 50: to half exactly": ([("S", "T", "(50,75]")], "> 50", [("S", "T", "1/2", False)]),
    "a chain: either link": (
        [("A", "T", "80"), ("S", "A", "90")],
        "> 50",
        [("A", "T", "5/9", False), ("S", "A", "5/8", False)],
    ),
    "two that must both give: neither": ([("S", "T", "90"), ("S2", "T", "60")], "> 50", []),
    "half and a bit more": (
        [("S", "T", "50"), ("S2", "T", "(0,25]")],
        "> 50",
        [("S", "T", "1/2", True), ("S2", "T", "0", False)],
    ),
    "half and a bit more, through a company": (
        [("S", "T", "50"), ("A", "T", "(0,25]"), ("S2", "A", "100")],
        "> 50",
        [("S", "T", "1/2", True), ("A", "T", "0", False), ("S2", "A", "0", False)],
    ),
    "half and a bit more, of more than a half": (
        [("S", "T", "50"), ("A", "T", "(0,25]"), ("S2", "A", "(50,75]")],
        "> 50",
        [("S", "T", "1/2", True), ("A", "T", "0", False), ("S2", "A", "0", False)],
    ),
    "what contradiction had taken off comes back": (
        [("S", "T", "80"), ("P", "T", "30"), ("A", "T", "5"), ("S2", "A", "100")],
        "> 50",
        [("S", "T", "9/20", False)],
    ),
    "two holdings, one of them enough": (
        [("S", "T", "40@a"), ("S", "T", "20@b")],
        "> 50",
        [("S", "T", "3/10", False), ("S", "T", "1/10", False)],
    ),
    "removing a third is not enough for at least": (
        [("S", "T", "30"), ("S2", "T", "50")],
        ">= 50",
        [
            ("S2", "T", "1/5", True),
        ],
    ),
}


@pytest.mark.parametrize("name", WORKED)
def test_the_figure_a_stake_must_fall_to_worked_by_hand(name: str) -> None:
    rows, over, expected = WORKED[name]
    found, complete = reductions(result(graph(rows, seeds="S S2", clean="P"), "T", over).shares)
    assert complete
    listed = [(r.stake.owner, r.stake.owned, r.to, r.to_open) for r in found]
    assert sorted(listed) == sorted((o, c, share(to), is_open) for o, c, to, is_open in expected)


def test_a_loop_pays_back_what_its_members_pass_round() -> None:
    rows = [("B", "A", "90"), ("A", "B", "90"), ("S", "A", "10"), ("P", "B", "10")]
    found, _ = reductions(result(graph(rows, seeds="S", clean="P"), "A").shares)
    figures = {(r.stake.owner, r.stake.owned): r.to for r in found}
    # a = s + 9/10·9/10·a = 1/2 gives s = 19/200; the loop's own links: s / (1 - w·9/10) = 1/2.
    assert figures == {("S", "A"): share("19/200"), ("B", "A"): share("8/9"), ("A", "B"): share("8/9")}


def test_stakes_inside_a_very_large_loop_are_said_to_be_left_out() -> None:
    size = LARGEST_LOOP + 1
    rows: list[Row] = [(f"c{i}", f"c{(i + 1) % size}", "60") for i in range(size)]
    rows += [("S", f"c{i}", "40") for i in range(size)]
    answer = result(graph([*rows, ("c0", "T", "90")], seeds="S"), "T", Line(share("1/2"), Operator.OVER))
    found, complete = reductions(answer.shares)
    assert not complete
    assert [(r.stake.owner, r.stake.owned, r.to) for r in found] == [("c0", "T", share("1/2"))]
