"""R, C and U in particular situations (SEMANTICS section 4); property tests are in test_bounds.py."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lookthrough.control.decision import Outcome, Reason
from lookthrough.control.facts import Kind
from lookthrough.control.interval import ONE
from lookthrough.control.multiplicative import look_through
from lookthrough.control.reach import Role, explore

from .build import Row, figures, graph, ownership, result, share, shares


def test_all_rounds_of_a_loop_count() -> None:
    rows = [("S", "A", "10"), ("B", "A", "90"), ("A", "B", "90"), ("S", "B", "10")]
    assert figures(result(graph(rows, seeds="S"), "A")) == shares("1", "0", "0")


def test_own_shares_are_divided_out() -> None:
    rows = [("S", "T", "40"), ("T", "T", "20"), ("P", "T", "40")]
    assert figures(result(graph(rows, seeds="S", clean="P"), "T")) == shares("1/2", "1/2", "0")


def test_a_ring_of_three_with_outsiders_is_solved_exactly() -> None:
    rows = [("B", "A", "50"), ("C", "B", "50"), ("A", "C", "50"), ("S", "A", "50"), ("P", "B", "50")]
    # a = 1/2 + b/2, b = c/2, c = a/2: a = 4/7; clean: a' = b'/2, b' = 1/2 + c'/2, c' = a'/2: a' = 2/7.
    assert figures(result(graph(rows, seeds="S", clean="P"), "A")) == shares("4/7", "2/7", "1/7")


def test_the_first_seed_on_a_walk_absorbs_it() -> None:
    rows = [("S", "T", "50"), ("P", "S", "100"), ("P", "T", "50")]
    assert figures(result(graph(rows, seeds="S", clean="P"), "T")) == shares("1/2", "1/2", "0")


def test_a_company_that_is_a_seed_is_looked_through_in_its_own_query() -> None:
    rows = [("P", "S", "70"), ("A", "S", "30"), ("S", "A", "100")]
    facts = graph(rows, seeds="S", clean="P")
    assert figures(result(facts, "S")) == shares("0", "1", "0")
    assert figures(result(facts, "A")) == shares("1", "0", "0")


def test_a_subject_of_unknown_predicate_does_not_split_its_own_answer() -> None:
    rows = [("T", "T", "50"), ("P", "T", "50")]
    assert figures(result(graph(rows, clean="P", unsure="T"), "T")) == shares("0", "1", "0")


@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.STATE, Kind.FOUNDATION, Kind.PUBLIC_FLOAT])
def test_an_end_as_the_subject_is_owned_by_nobody(kind: Kind) -> None:
    for seeds in ("", "E"):
        answer = result(graph([], seeds=seeds, clean="E", kinds={"E": kind}), "E", ">= 50")
        assert figures(answer) == shares("0", "1", "0")
        assert answer.outcome is Outcome.NOT_RESTRICTED


@pytest.mark.parametrize("kind", [k for k in Kind if not k.is_end])
def test_any_other_entity_without_holders_on_record_is_unknown(kind: Kind) -> None:
    answer = result(graph([], clean="E", kinds={"E": kind}), "E")
    assert figures(answer) == shares("0", "0", "1")
    assert answer.reason is Reason.NOTHING_ON_RECORD


def test_a_party_of_unknown_predicate_counts_as_restricted_at_most_and_is_looked_through_else() -> None:
    rows = [("X", "T", "100"), ("S", "X", "30"), ("P", "X", "70")]
    assert figures(result(graph(rows, seeds="S", clean="P", unsure="X"), "T")) == shares("3/10", "0", "7/10")
    assert figures(result(graph(rows, seeds="S", clean="P", disputed="X"), "T")) == shares(
        "3/10", "0", "7/10"
    )


def test_a_loop_through_a_party_of_unknown_predicate_proves_only_what_comes_before_it() -> None:
    rows = [("P", "T", "40"), ("S", "T", "10"), ("X", "T", "50"), ("T", "X", "100")]
    # R: t = 1/10 + x/2, x = t, so t = 1/5. C stops at X: 2/5.
    assert figures(result(graph(rows, seeds="S", clean="P", unsure="X"), "T")) == shares("1/5", "2/5", "2/5")


def test_a_public_float_is_clean_unless_the_policy_says_that_it_is_unknown() -> None:
    facts = graph([("F", "T", "60"), ("S", "T", "40")], seeds="S", floats="F")
    assert figures(result(facts, "T")) == shares("2/5", "3/5", "0")
    assert figures(result(facts, "T", ownership(floats_clean=False))) == shares("2/5", "0", "3/5")


def test_a_closed_loop_behind_a_holder_keeps_its_part_unknown() -> None:
    rows = [("A", "T", "60"), ("A", "B", "100"), ("B", "A", "100"), ("S", "T", "40")]
    answer = result(graph(rows, seeds="S"), "T")
    assert figures(answer) == shares("2/5", "0", "3/5")
    assert answer.shares.closed == {("A", "B")}


def test_a_company_that_holds_itself_altogether_is_a_closed_loop() -> None:
    answer = result(graph([("T", "T", "100")]), "T")
    assert figures(answer) == shares("0", "0", "1")
    assert answer.shares.closed == {("T",)}


def test_a_loop_that_leaks_a_little_is_not_closed() -> None:
    rows = [("A", "B", "100"), ("B", "A", "99.999999"), ("S", "A", "0.000001")]
    answer = result(graph(rows, seeds="S"), "B")
    assert figures(answer) == shares("1", "0", "0")
    assert answer.shares.closed == set()


def test_what_was_not_read_is_unknown() -> None:
    rows = [("A", "T", "60"), ("P", "T", "40"), ("P", "A", "100")]
    facts = graph(rows, clean="P", unexplored="A")
    assert figures(result(facts, "T")) == shares("0", "2/5", "3/5")
    assert result(facts, "T").outcome is Outcome.UNDETERMINED


def test_a_stake_of_exactly_zero_leads_nowhere() -> None:
    reach = explore(graph([("S", "T", "0"), ("P", "T", "100")], seeds="S", clean="P"), "T", ownership())
    assert "S" not in reach.roles
    assert [link.owner for link in reach.owners["T"].links] == ["P"]


def test_the_four_roles_of_the_entities_above_a_company() -> None:
    rows = [("S", "T", "10"), ("P", "T", "10"), ("X", "T", "10"), ("A", "T", "10")]
    reach = explore(graph(rows, seeds="S", clean="P", unsure="X"), "T", ownership())
    assert [reach.with_role(role) for role in Role] == [["S"], ["P"], ["X"], ["A", "T"]]


def test_what_lies_behind_a_seed_is_not_walked() -> None:
    reach = explore(graph([("S", "T", "10"), ("A", "S", "10")], seeds="S"), "T", ownership())
    assert "A" not in reach.roles


def ring(size: int) -> list[Row]:
    """Each company holds 60% of the next; the first is held by S for 40%, the others by P."""
    loop: list[Row] = [(f"c{i}", f"c{(i + 1) % size}", "60") for i in range(size)]
    return [*loop, ("S", "c0", "40"), *(("P", f"c{i}", "40") for i in range(1, size))]


def test_a_ring_of_a_hundred_is_exact() -> None:
    around = share("3/5") ** 100
    answer = result(graph(ring(100), seeds="S", clean="P"), "c0")
    assert answer.restricted == share("2/5") / (ONE - around)
    assert answer.unknown == 0


def test_a_chain_of_fifty_thousand_companies_is_looked_through_without_recursion() -> None:
    depth = 50_000
    rows: list[Row] = [(f"c{i + 1}", f"c{i}", "100") for i in range(depth)]
    facts = graph([*rows, ("S", f"c{depth}", "60")], seeds="S")
    shares_of = look_through(explore(facts, "c0", ownership()))
    assert shares_of.restricted_of("c0") == share("3/5")
    assert shares_of.unknown_of("c0") == Fraction(2, 5)
