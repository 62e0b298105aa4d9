"""What would end a restriction by cascade, control, full links or parent: changed, and asked again."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from lookthrough.control.changes import Reduction
from lookthrough.control.flipping import flips
from lookthrough.control.policy import Arithmetic, OwnershipTest, Pooling
from lookthrough.control.results import CascadeResult, OwnershipResult, ParentResult, examine
from lookthrough.control.stakes import OwnershipGraph

from .build import Row as BuiltRow
from .build import graph, line, ownership, share
from .charts import FACTOR, Chart, Name, drawn

CHARTS = {"cascade": 600, "control": 400, "parent": 600, "full links": 400}
BIT = Fraction(1, 10**12)


def restricted(chart: Chart, test: OwnershipTest) -> bool:
    return examine(test, chart.facts(), chart.subject).outcome == "RESTRICTED"


def found_for(chart: Chart, test: OwnershipTest) -> dict[Name, Reduction]:
    answer = examine(test, chart.facts(), chart.subject)
    assert not isinstance(answer, OwnershipResult)
    found, complete = flips(answer)
    assert complete
    sizes = [reduction.start - reduction.to for reduction in found]
    assert sizes == sorted(sizes)
    named = {(r.stake.owner, r.stake.owned, r.stake.holding, r.stake.lane): r for r in found}
    assert len(named) == len(found)
    return named


def restricted_charts(kind: str) -> list[tuple[int, Chart, OwnershipTest]]:
    charts = ((number, *drawn(number, kind)) for number in range(CHARTS[kind] * FACTOR))
    return [(number, chart, test) for number, chart, test, _ in charts if restricted(chart, test)]


@pytest.mark.parametrize("kind", CHARTS)
def test_a_reduction_ends_the_restriction_and_a_bit_less_of_it_does_not(kind: str) -> None:
    for number, chart, test in restricted_charts(kind):
        for name, found in found_for(chart, test).items():
            said = (number, name, found.to, found.to_open)
            assert (said, restricted(chart.with_figure(name, found.to), test)) == (said, found.to_open)
            if found.to > 0:
                assert not restricted(chart.with_figure(name, found.to * (1 - BIT)), test), said
                assert not restricted(chart.with_figure(name, Fraction(0)), test), said
            if found.to < found.start:
                above = found.to + (found.start - found.to) * BIT
                assert restricted(chart.with_figure(name, above), test), said


@pytest.mark.parametrize("kind", CHARTS)
def test_no_stake_that_alone_ends_it_is_left_out(kind: str) -> None:
    for number, chart, test in restricted_charts(kind):
        listed = set(found_for(chart, test))
        ends = {
            row.name
            for row in chart.rows
            if on_the_way(chart, test, row.name)
            and not restricted(chart.with_figure(row.name, Fraction(0)), test)
        }
        assert (number, listed) == (number, ends)


def on_the_way(chart: Chart, test: OwnershipTest, name: Name) -> bool:
    """Of an ultimate-parent test only stakes that make somebody a parent.

    Less of any other stake only makes room in which another parent could hide.
    """
    answer = examine(test, chart.facts(), chart.subject)
    if not isinstance(answer, ParentResult):
        return True
    return any((link.owner, link.owned) == name[:2] for link in answer.climb.path)


def test_a_stake_that_serves_several_seeds_must_fall_as_far_as_all_of_them_ask() -> None:
    # S1 alone needs A's stake at 40 or less, S2 alone at 45: 40 ends both.
    rows: list[BuiltRow] = [("S1", "A", "40"), ("S2", "A", "40"), ("P", "A", "20")]
    rows += [("A", "T", "60"), ("S1", "T", "10"), ("S2", "T", "5"), ("P", "T", "25")]
    facts = graph(rows, seeds="S1 S2", clean="P")
    found, _ = flips(_cascaded(facts, carrier="> 25", each=True))
    assert [(r.stake.owner, r.stake.owned, r.to, r.to_open) for r in found] == [
        ("A", "T", share("2/5"), False)
    ]


def test_another_stake_of_more_than_a_figure_keeps_a_sum_over_the_line() -> None:
    facts = graph([("S", "T", "50"), ("S2", "T", "(0,25]")], seeds="S S2")
    found, _ = flips(_cascaded(facts))
    assert [(r.stake.owner, r.to, r.to_open) for r in found] == [("S", share("1/2"), True), ("S2", 0, False)]


def test_a_subject_that_passes_on_what_it_holds_is_listed_before_and_at_the_end() -> None:
    facts = graph(
        [("S", "T", "30"), ("T", "A", "100"), ("A", "T", "30"), ("P", "T", "40")], seeds="S", clean="P"
    )
    answer = _cascaded(facts, carrier="> 25")
    assert [(join.entity, join.sum) for join in answer.joins()] == [
        ("T", share("3/10")),
        ("A", 1),
        ("T", share("3/5")),
    ]
    found, _ = flips(answer)
    # Below 25 nothing of S's is passed on, at 20 and less the final line is not met: the first comes first.
    assert {(r.stake.owner, r.stake.owned): (r.to, r.to_open) for r in found} == {
        ("S", "T"): (share("1/4"), False),
        ("T", "A"): (share("1/4"), False),
        ("A", "T"): (share("1/5"), False),
    }


def _cascaded(facts: OwnershipGraph, *, carrier: str = "> 50", each: bool = False) -> CascadeResult:
    test = replace(
        ownership("> 50"),
        arithmetic=Arithmetic.CASCADE,
        pooling=Pooling.EACH if each else Pooling.ALL,
        carrier=line(carrier),
    )
    answer = examine(test, facts, "T")
    assert isinstance(answer, CascadeResult)
    return answer
