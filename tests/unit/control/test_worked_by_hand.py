"""SEMANTICS section 9, line by line: the rows of the multiplicative test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from lookthrough.control.claims import Known, segments
from lookthrough.control.decision import Outcome, Reason
from lookthrough.control.facts import Lane, StakeClaim
from lookthrough.control.stakes import OwnershipGraph, Stake
from lookthrough.control.unknowns import Missing, places

from .build import figures, graph, interval, parties, result, shares

R, N, U = Outcome.RESTRICTED, Outcome.NOT_RESTRICTED, Outcome.UNDETERMINED
EACH_OTHER = [("A", "B", "90"), ("B", "A", "90"), ("S", "A", "10"), ("P", "B", "10")]


@dataclass(frozen=True)
class Line:
    facts: OwnershipGraph
    subject: str
    expected: tuple[str, str, str]
    outcome: Outcome
    over: str = "> 50"


LINES = {
    "a seed's 60% of 60%, the rest undisclosed": Line(
        graph([("S", "A", "60"), ("A", "T", "60")], seeds="S"), "T", ("9/25", "0", "16/25"), U
    ),
    "the same, the rest of both held by clean persons": Line(
        graph([("S", "A", "60"), ("P", "A", "40"), ("A", "T", "60"), ("P", "T", "40")], seeds="S", clean="P"),
        "T",
        ("9/25", "16/25", "0"),
        N,
    ),
    "a seed's (25,50] and a clean person's (50,75)": Line(
        graph([("S", "T", "(25,50]"), ("P", "T", "(50,75)")], seeds="S", clean="P"),
        "T",
        ("1/4", "1/2", "1/4"),
        N,
    ),
    "that, at least 50: C is strict": Line(
        graph([("S", "T", "(25,50]"), ("P", "T", "(50,75)")], seeds="S", clean="P"),
        "T",
        ("1/4", "1/2", "1/4"),
        N,
        ">= 50",
    ),
    "two firms that hold 90% of each other, seen from A": Line(
        graph(EACH_OTHER, seeds="S", clean="P"), "A", ("10/19", "9/19", "0"), R
    ),
    "two firms that hold 90% of each other, seen from B": Line(
        graph(EACH_OTHER, seeds="S", clean="P"), "B", ("9/19", "10/19", "0"), N
    ),
    "two firms that hold 100% of each other": Line(
        graph([("A", "B", "100"), ("B", "A", "100")]), "A", ("0", "0", "1"), U
    ),
    "four seeds that hold exactly 50% together": Line(
        graph(
            [("S1", "T", "2"), ("S2", "T", "12"), ("S3", "T", "18"), ("S4", "T", "18"), ("P", "T", "50")],
            seeds="S1 S2 S3 S4",
            clean="P",
        ),
        "T",
        ("1/2", "1/2", "0"),
        R,
        ">= 50",
    ),
    "a person holds everything": Line(graph([("P", "T", "100")], clean="P"), "T", ("0", "1", "0"), N),
    "a seed's (50,75] beside a clean person's 50": Line(
        graph([("S", "T", "(50,75]"), ("P", "T", "50")], seeds="S", clean="P"), "T", ("1/2", "1/2", "0"), N
    ),
    "a sole holder without headquarters on record": Line(
        graph([("A", "T", "100")], unsure="A"), "T", ("0", "0", "1"), U
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_the_figures_and_the_outcome_are_those_worked_by_hand(name: str) -> None:
    row = LINES[name]
    answer = result(row.facts, row.subject, row.over)
    assert (figures(answer), answer.outcome) == (shares(*row.expected), row.outcome)


def test_the_clean_side_is_strict_where_a_clean_person_holds_more_than_half() -> None:
    facts = graph([("S", "T", "(25,50]"), ("P", "T", "(50,75)")], seeds="S", clean="P")
    answer = result(facts, "T")
    assert answer.bounds.upper_strict
    assert answer.bounds.lower_strict


def test_a_ring_of_100_percent_is_a_closed_loop_with_all_of_the_unknown() -> None:
    answer = result(graph([("A", "B", "100"), ("B", "A", "100")]), "A")
    assert answer.shares.closed == {("A", "B")}
    assert answer.reason is Reason.NOTHING_ON_RECORD


def test_figures_that_exceed_100_percent_together_make_no_weight_strict() -> None:
    answer = result(graph([("S", "T", "(50,75]"), ("P", "T", "50")], seeds="S", clean="P"), "T")
    owners = answer.shares.reach.owners["T"]
    assert owners.contradictory
    assert owners.total == 1
    assert not any(link.strict for link in owners.links)


def test_a_holder_without_headquarters_on_record_is_a_party_not_a_figure_that_is_missing() -> None:
    answer = result(graph([("A", "T", "100")], unsure="A"), "T")
    assert answer.reason is Reason.UNKNOWN_PARTY


def said(source: str, owner: str, percent: str) -> Known[StakeClaim]:
    claim = StakeClaim(source=source, owner=owner, owned="T", lane=Lane.SHARES, interval=interval(percent))
    return Known(claim, datetime(2026, 1, 1, tzinfo=UTC))


def brought_together(*claims: Known[StakeClaim]) -> OwnershipGraph:
    """The stakes in T, each from all claims on it."""
    stakes: list[Stake] = []
    for owner in sorted({known.claim.owner for known in claims}):
        (segment,) = segments([known for known in claims if known.claim.owner == owner])
        stakes.append(Stake(owner, "T", Lane.SHARES, segment.interval, conflict=segment.conflict))
    return OwnershipGraph(parties(["S", "P", "T"], seeds="S", clean="P"), {("T", Lane.SHARES): tuple(stakes)})


def test_two_sources_that_exclude_each_other_widen_the_answer_and_are_a_conflict() -> None:
    facts = brought_together(said("one", "S", "40"), said("another", "S", "55"), said("one", "P", "45"))
    answer = result(facts, "T")
    assert figures(answer) == shares("2/5", "9/20", "3/20")
    assert answer.outcome is U
    assert answer.reason is Reason.COULD_CROSS
    assert [link.owner for link in answer.shares.reach.owners["T"].links if link.conflict] == ["S"]


def test_a_band_and_an_exact_figure_inside_it_are_both_right() -> None:
    facts = brought_together(
        said("register", "S", "[25,50]"), said("annual report", "S", "48"), said("register", "P", "52")
    )
    answer = result(facts, "T")
    assert figures(answer) == shares("12/25", "13/25", "0")
    assert answer.outcome is N
    assert not any(link.conflict for link in answer.shares.reach.owners["T"].links)


def test_the_disputed_stake_is_named_as_the_place_of_the_unknown() -> None:
    facts = brought_together(said("one", "S", "40"), said("another", "S", "55"), said("one", "P", "45"))
    (place,) = places(result(facts, "T").shares)
    assert (place.kind, place.entity, place.mass) == (Missing.DISPUTED_STAKE, "T", shares("3/20")[0])
