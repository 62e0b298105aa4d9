"""SEMANTICS section 9, line by line: the rows of the cascade. And what charts at random don't show."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from lookthrough.control.decision import Outcome, Reason
from lookthrough.control.facts import Kind, Lane
from lookthrough.control.policy import Arithmetic, FullLinks, OwnershipTest, Pooling, TestKind
from lookthrough.control.results import CascadeResult, FullLinksResult, HoldingResult, ParentResult, examine
from lookthrough.control.settling import settled_places
from lookthrough.control.stakes import OwnershipGraph, Stake
from lookthrough.control.unknowns import Missing

from .build import Row, graph, line, ownership, share, shares, stakes, verdict

R, N, U = Outcome.RESTRICTED, Outcome.NOT_RESTRICTED, Outcome.UNDETERMINED


def cascade(over: str, *, each: bool = False, carrier: str | None = None) -> OwnershipTest:
    return replace(
        ownership(over),
        arithmetic=Arithmetic.CASCADE,
        pooling=Pooling.EACH if each else Pooling.ALL,
        carrier=line(carrier) if carrier else None,
    )


def control(*, each: bool = False) -> OwnershipTest:
    pooling = Pooling.EACH if each else Pooling.ALL
    return replace(ownership("> 50", lane=Lane.VOTES), kind=TestKind.CONTROL, pooling=pooling)


def parent(over: str = "> 50") -> OwnershipTest:
    return replace(ownership(over), kind=TestKind.ULTIMATE_PARENT)


def asked(facts: OwnershipGraph, test: OwnershipTest, subject: str = "T") -> CascadeResult:
    answer = examine(test, facts, subject)
    assert isinstance(answer, CascadeResult)
    return answer


@dataclass(frozen=True)
class Line:
    facts: OwnershipGraph
    test: OwnershipTest
    expected: tuple[str, str]
    outcome: Outcome
    subject: str = "T"


SIXTY = [("S", "A", "60"), ("P", "A", "40"), ("A", "T", "60"), ("P", "T", "40")]
PAIR: list[Row] = [("S1", "T", "25"), ("S2", "T", "25"), ("P", "T", "50")]
PERSONS = {"S1": Kind.PERSON, "S2": Kind.PERSON}
FOUR: list[Row] = [
    ("S1", "T", "2"),
    ("S2", "T", "12"),
    ("S3", "T", "18"),
    ("S4", "T", "18"),
    ("P", "T", "50"),
]
HELD_SEED: list[Row] = [("S1", "T", "30"), ("S2", "T", "30"), ("S1", "S2", "100"), ("P", "T", "40")]

LINES = {
    "60% of 60%": Line(graph(SIXTY, seeds="S", clean="P"), cascade("> 50"), ("3/5", "3/5"), R),
    "two seed persons 25% each, pooled": Line(
        graph(PAIR, seeds="S1 S2", clean="P", kinds=PERSONS), cascade(">= 50"), ("1/2", "1/2"), R
    ),
    "two seed persons 25% each, one by one": Line(
        graph(PAIR, seeds="S1 S2", clean="P", kinds=PERSONS), cascade(">= 50", each=True), ("1/4", "1/4"), N
    ),
    "two seed companies 25% each, whose own holders nobody knows": Line(
        graph(PAIR, seeds="S1 S2", clean="P"), cascade(">= 50", each=True), ("1/4", "1/2"), U
    ),
    "two firms that hold 100% of each other": Line(
        graph([("A", "B", "100"), ("B", "A", "100")]), cascade("> 50"), ("0", "1"), U, "A"
    ),
    "four seeds that hold exactly 50% together": Line(
        graph(FOUR, seeds="S1 S2 S3 S4", clean="P"), cascade(">= 50"), ("1/2", "1/2"), R
    ),
    "30%, 40% clean and the rest undisclosed, one by one": Line(
        graph([("S", "T", "30"), ("P", "T", "40")], seeds="S", clean="P"),
        cascade("> 50", each=True),
        ("3/10", "3/5"),
        U,
    ),
    "a seed that is another's": Line(
        graph(HELD_SEED, seeds="S1 S2", clean="P"), cascade("> 50", each=True), ("3/5", "3/5"), R
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_the_sums_and_the_outcome_are_those_worked_by_hand(name: str) -> None:
    row = LINES[name]
    answer = asked(row.facts, row.test, row.subject)
    assert (answer.bounds.lower, answer.bounds.upper) == shares(*row.expected)
    assert answer.outcome is row.outcome


def test_a_ring_of_100_percent_is_a_closed_loop_with_all_of_the_unknown() -> None:
    answer = asked(graph([("A", "B", "100"), ("B", "A", "100")]), cascade("> 50"), "A")
    (place,) = settled_places(answer)
    assert (place.kind, place.entity, place.share) == (Missing.CLOSED_LOOP, "A", share("1"))
    assert place.outcomes == (R, N)


def test_the_sum_meets_the_line_not_each_stake() -> None:
    rows = [("S1", "A", "30"), ("S2", "A", "30"), ("P", "A", "40"), ("A", "T", "100")]
    answer = asked(graph(rows, seeds="S1 S2", clean="P"), cascade("> 50"))
    assert answer.outcome is R
    first, last = answer.joins()
    assert (first.entity, first.sum, last.entity, last.sum) == ("A", share("3/5"), "T", share("1"))


def test_a_chain_of_forty_links_of_51_percent_is_followed_to_its_end() -> None:
    rows = [(f"c{i + 1}", f"c{i}", "51") for i in range(40)]
    rows += [("P", f"c{i}", "49") for i in range(40)]
    answer = asked(graph([*rows, ("S", "c40", "100")], seeds="S", clean="P"), cascade("> 50"), "c0")
    assert answer.outcome is R
    assert [join.entity for join in answer.joins()] == [f"c{i}" for i in range(40, -1, -1)]


def test_members_of_a_declared_group_are_one_seed_if_one_of_them_is() -> None:
    rows: list[Row] = [("S", "T", "30"), ("Q", "T", "30"), ("P", "T", "40")]
    facts = graph(rows, seeds="S", clean="P Q")
    assert asked(facts, cascade("> 50", each=True)).outcome is N
    together = replace(facts, groups={"family": frozenset({"S", "Q"})})
    assert asked(together, cascade("> 50", each=True)).outcome is R
    assert asked(together, cascade("> 50")).outcome is N


def test_a_partner_with_an_unknown_predicate_that_holds_nothing_is_a_place_of_its_own() -> None:
    facts = graph([("Q", "T", "60"), ("P", "T", "40")], clean="P Q", unsure="X")
    facts = replace(facts, groups={"family": frozenset({"X", "Q"})})
    answer = asked(facts, cascade("> 50", each=True))
    assert (answer.outcome, answer.reason) == (U, Reason.UNKNOWN_PARTY)
    (place,) = settled_places(answer)
    assert (place.kind, place.entity, place.outcomes) == (Missing.UNKNOWN_LOCATION, "X", (R, N))


def test_what_is_missing_may_be_of_a_seed_that_holds_something_already() -> None:
    rows: list[Row] = [("S", "T", "30"), ("A", "T", "40")]
    answer = asked(graph(rows, seeds="S"), cascade("> 50", each=True))
    outcomes = {place.entity: place.outcomes for place in settled_places(answer)}
    assert outcomes == {"T": (R, U), "A": (R, U)}


def test_a_loop_that_only_a_board_stake_leads_to_can_matter() -> None:
    facts = graph([("A", "A", "100"), ("P", "T", "100")], clean="P")
    boards = {("T", Lane.BOARD): (Stake("A", "T", Lane.BOARD, None),)}
    answer = asked(replace(facts, stakes={**facts.stakes, **boards}), control())
    assert (answer.outcome, answer.bounds.lower, answer.bounds.upper) == (U, share("0"), share("0"))


def test_votes_count_where_there_are_any_and_shares_stand_in_where_there_are_none() -> None:
    rows: list[Row] = [("S", "A", "60"), ("P", "A", "40"), ("A", "T", "60"), ("P", "T", "40")]
    facts = graph(rows, seeds="S", clean="P")
    assert asked(facts, control()).outcome is R
    votes = stakes([("P", "A", "100")], Lane.VOTES)
    assert asked(replace(facts, stakes={**facts.stakes, **votes}), control()).outcome is N
    unknown = stakes([("P", "A", "[0,100]")], Lane.VOTES)
    assert asked(replace(facts, stakes={**facts.stakes, **unknown}), control()).outcome is U


def test_an_end_as_the_subject_is_owned_by_nobody() -> None:
    facts = graph([("S", "T", "60")], seeds="S F", kinds={"F": Kind.FOUNDATION})
    tests = [cascade("> 50"), cascade("> 50", each=True), control()]
    answers: list[HoldingResult] = [examine(test, facts, "F") for test in tests]
    assert [answer.outcome for answer in answers] == [N, N, N]


def test_a_float_is_nobodys_parent_and_the_top_decides() -> None:
    facts = graph([("F", "T", "60"), ("S", "T", "40")], seeds="S", floats="F")
    answer = examine(parent(), facts, "T")
    assert answer.outcome is N
    ours = replace(facts, parties={**facts.parties, "T": replace(facts.party("S"), id="T")})
    assert examine(parent(), ours, "T").outcome is R


def test_a_subject_at_the_top_without_a_location_is_a_party_that_is_unknown() -> None:
    facts = graph([("P", "T", "50"), ("Q", "T", "50")], clean="P Q", unsure="T")
    answer = examine(parent(), facts, "T")
    assert isinstance(answer, ParentResult)
    assert (answer.outcome, answer.reason) == (U, Reason.UNKNOWN_PARTY)


@pytest.mark.parametrize(("percent", "outcome"), [("(50,75]", N), ("(40,75]", R)])
def test_more_than_a_figure_makes_no_bound_strict_where_the_link_counts_as_the_whole(
    percent: str, outcome: Outcome
) -> None:
    # A holds exactly the line of T. What S has of A beyond its figure counts only below the line of links.
    over = "> 50" if percent == "(50,75]" else "> 20"
    rows: list[Row] = [("S", "A", percent), ("A", "T", "50"), ("P", "T", "50")]
    test = replace(ownership(over), full_links=FullLinks(line("> 50")))
    answer = examine(test, graph(rows, seeds="S", clean="P"), "T")
    assert isinstance(answer, FullLinksResult)
    assert answer.bounds.lower == (share("1/2") if percent == "(50,75]" else share("1/5"))
    assert answer.bounds.lower_strict is (outcome is R)
    assert answer.outcome is outcome


@pytest.mark.parametrize(("holders", "all_tried"), [(299, True), (300, False)])
def test_a_verdict_says_where_there_are_more_places_than_are_tried(holders: int, all_tried: bool) -> None:
    rows: list[Row] = [(f"H{n}", "T", "0.1") for n in range(holders)]
    answer = verdict(graph(rows), "T", cascade("> 50"))
    assert (answer.outcome, answer.gaps_complete()) == (U, all_tried)
    assert len(answer.gaps()) <= 300
