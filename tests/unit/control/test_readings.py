"""What makes two readings of a rule differ: by hand, and by applying it on random charts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from lookthrough.control.facts import Kind
from lookthrough.control.interval import ZERO
from lookthrough.control.memo import Memo
from lookthrough.control.policy import Arithmetic, FullLinks, Join, OwnershipTest, Policy, Pooling
from lookthrough.control.predicate import AllOf, OfKind, Truth
from lookthrough.control.readings import (
    Difference,
    JoinCounts,
    OnlyTogether,
    PartyCounts,
    RuleCounts,
    StakeCounts,
    difference,
)
from lookthrough.control.stakes import OwnershipGraph
from lookthrough.control.verdict import judge

from .build import SEEDS, Row, graph, line, ownership, verdict

MULTIPLIED = ownership("> 50")
CASCADE = replace(MULTIPLIED, arithmetic=Arithmetic.CASCADE)
EACH = replace(CASCADE, pooling=Pooling.EACH)
SIXTY: list[Row] = [("S", "A", "60"), ("P", "A", "40"), ("A", "T", "60"), ("P", "T", "40")]


def between(facts: OwnershipGraph, here: OwnershipTest, there: OwnershipTest) -> Difference | None:
    return difference(verdict(facts, "T", here), verdict(facts, "T", there), Memo(facts, "T"))


def stake(found: Difference | None) -> tuple[str, Fraction, Fraction]:
    assert isinstance(found, StakeCounts)
    return found.link.owner, found.here, found.there


def test_readings_with_one_outcome_have_no_difference() -> None:
    assert (
        between(graph([("S", "T", "60"), ("P", "T", "40")], seeds="S", clean="P"), MULTIPLIED, CASCADE)
        is None
    )


def test_tests_that_give_the_same_can_be_joined_otherwise() -> None:
    facts = graph([("S", "T", "60"), ("P", "T", "40")], seeds="S", clean="P")
    tests = (MULTIPLIED, replace(MULTIPLIED, id="more", line=line("> 90")))
    here, there = (judge(Policy(join=join, tests=tests), facts, "T") for join in (Join.ANY, Join.ALL))
    assert difference(here, there, Memo(facts, "T")) == JoinCounts(Join.ANY, Join.ALL)


def test_a_stake_that_counts_whole_where_its_owner_passes_all_it_holds() -> None:
    facts = graph(SIXTY, seeds="S", clean="P")
    assert stake(between(facts, MULTIPLIED, CASCADE)) == ("A", Fraction(9, 25), Fraction(3, 5))
    assert stake(between(facts, CASCADE, MULTIPLIED)) == ("A", Fraction(3, 5), Fraction(9, 25))


def test_a_stake_that_counts_nothing_where_its_owner_is_below_the_line() -> None:
    rows = [("S", "A", "40"), ("P", "A", "60"), ("A", "T", "60"), ("S", "T", "30"), ("P", "T", "10")]
    found = between(graph(rows, seeds="S", clean="P"), MULTIPLIED, CASCADE)
    assert stake(found) == ("A", Fraction(6, 25), ZERO)


def test_a_link_that_counts_in_full() -> None:
    full = replace(MULTIPLIED, full_links=FullLinks(line("> 50")))
    found = between(graph(SIXTY, seeds="S", clean="P"), MULTIPLIED, full)
    assert stake(found) == ("A", Fraction(9, 25), Fraction(1))


def test_parties_that_reach_the_line_only_together() -> None:
    rows = [("S1", "A", "30"), ("S2", "A", "30"), ("P", "A", "40"), ("A", "T", "60"), ("P", "T", "40")]
    kinds = {"S1": Kind.PERSON, "S2": Kind.PERSON}
    found = between(graph(rows, seeds="S1 S2", clean="P", kinds=kinds), CASCADE, EACH)
    assert found == OnlyTogether("A", ("S1", "S2"), Fraction(3, 5))


def test_a_party_that_only_one_reading_names() -> None:
    rows = [("S1", "T", "60"), ("S2", "T", "30"), ("P", "T", "10")]
    facts = graph(rows, seeds="S1 S2", clean="P", kinds={"S1": Kind.PERSON})
    companies = AllOf((SEEDS, OfKind(frozenset({Kind.COMPANY}))))
    found = between(facts, MULTIPLIED, replace(MULTIPLIED, seeds=companies))
    assert found == PartyCounts("S1", Truth.TRUE, Truth.FALSE)


def test_the_party_that_alone_turns_the_outcome_comes_before_others() -> None:
    rows = [("S1", "T", "20"), ("S2", "T", "60"), ("P", "T", "20")]
    facts = graph(rows, seeds="S1 S2", clean="P", kinds=dict.fromkeys(("S1", "S2"), Kind.PERSON))
    companies = AllOf((SEEDS, OfKind(frozenset({Kind.COMPANY}))))
    found = between(facts, replace(MULTIPLIED, seeds=companies), MULTIPLIED)
    assert found == PartyCounts("S2", Truth.FALSE, Truth.TRUE)


def test_parties_that_reach_the_line_only_together_beside_a_reading_that_multiplies() -> None:
    rows: list[Row] = [("S1", "T", "30"), ("S2", "T", "30"), ("P", "T", "40")]
    facts = graph(rows, seeds="S1 S2", clean="P", kinds={"S1": Kind.PERSON, "S2": Kind.PERSON})
    assert between(facts, MULTIPLIED, EACH) == OnlyTogether("T", ("S1", "S2"), Fraction(3, 5))


def test_a_stake_of_which_more_could_count() -> None:
    rows: list[Row] = [("P", "A", "60"), ("A", "T", "60"), ("S", "T", "30"), ("P", "T", "10")]
    found = between(graph(rows, seeds="S", clean="P"), CASCADE, MULTIPLIED)
    assert isinstance(found, StakeCounts)
    assert stake(found) == ("A", ZERO, Fraction(6, 25))
    assert found.upper


def test_another_line() -> None:
    facts = graph([("S", "T", "30"), ("P", "T", "70")], seeds="S", clean="P")
    assert isinstance(between(facts, MULTIPLIED, ownership("> 25")), RuleCounts)


def test_with_several_differences_the_one_that_alone_makes_them_agree() -> None:
    rows = [*SIXTY[:2], ("A", "T", "55"), ("S2", "T", "5"), ("P", "T", "40")]
    facts = graph(rows, seeds="S S2", clean="P", kinds={"S2": Kind.PERSON})
    companies = AllOf((SEEDS, OfKind(frozenset({Kind.COMPANY}))))
    found = between(facts, MULTIPLIED, replace(CASCADE, seeds=companies))
    assert stake(found) == ("A", Fraction(33, 100), Fraction(11, 20))


@pytest.mark.parametrize(("here", "there"), [(MULTIPLIED, CASCADE), (CASCADE, MULTIPLIED)])
def test_with_the_stake_counted_as_here_the_readings_agree(here: OwnershipTest, there: OwnershipTest) -> None:
    """Of the stake, what counts here goes to a named party and the rest to somebody else."""
    differing = 0
    for seeds, through, direct in product(range(4, 101, 8), range(4, 101, 8), range(0, 53, 4)):
        if through + direct > 100:
            continue
        above: list[Row] = [("S", "A", str(seeds)), ("P", "A", str(100 - seeds)), ("S", "T", str(direct))]
        rows: list[Row] = [*above, ("A", "T", str(through)), ("P", "T", str(100 - through - direct))]
        facts = graph(rows, seeds="S", clean="P")
        found = between(facts, here, there)
        if found is None:
            continue
        assert isinstance(found, StakeCounts)
        counts, rest = found.here * 100, through - found.here * 100
        kept: list[Row] = [*above, rows[-1], ("S", "T", f"{counts}@as here"), ("P", "T", f"{rest}@as here")]
        settled = verdict(graph(kept, seeds="S", clean="P"), "T", there)
        assert settled.outcome is verdict(facts, "T", here).outcome
        differing += 1
    assert differing > 50
