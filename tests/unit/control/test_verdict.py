"""A policy of several tests: the headline, what is missing, what would change it (SEMANTICS 6 and 8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lookthrough.control.decision import Outcome, Reason
from lookthrough.control.facts import Attribute, Kind, Lane
from lookthrough.control.policy import (
    Join,
    LocationTest,
    Policy,
    Test,
)
from lookthrough.control.predicate import CodeList, Located
from lookthrough.control.results import LocationResult, OwnershipResult
from lookthrough.control.stakes import OwnershipGraph
from lookthrough.control.unknowns import Missing
from lookthrough.control.verdict import Verdict, judge

from .build import graph, ownership, result, share

R, N, U = Outcome.RESTRICTED, Outcome.NOT_RESTRICTED, Outcome.UNDETERMINED
THERE = LocationTest(id="location", subject=Located(Attribute.HEADQUARTERS, CodeList(frozenset({"CN"}))))


def judged(facts: OwnershipGraph, *tests: Test, join: Join = Join.ANY, subject: str = "T") -> Verdict:
    return judge(Policy(join=join, tests=tests), facts, subject)


OWNED = graph([("S", "T", "60"), ("P", "T", "40")], seeds="S", clean="P")
FREE = graph([("P", "T", "100")], seeds="S", clean="P")
OPEN = graph([("P", "T", "40")], clean="P")


@pytest.mark.parametrize(
    ("facts", "join", "outcome", "reason"),
    [
        (OWNED, Join.ANY, R, Reason.OVER_THRESHOLD),
        (OWNED, Join.ALL, N, Reason.LOCATION_PERMITTED),
        (FREE, Join.ANY, N, Reason.LOCATION_PERMITTED),
        (FREE, Join.ALL, N, Reason.LOCATION_PERMITTED),
        (OPEN, Join.ANY, U, Reason.NOTHING_ON_RECORD),
        (OPEN, Join.ALL, N, Reason.LOCATION_PERMITTED),
    ],
)
def test_tests_are_joined_by_any_or_all(
    facts: OwnershipGraph, join: Join, outcome: Outcome, reason: Reason
) -> None:
    verdict = judged(facts, THERE, ownership(), join=join)
    assert (verdict.outcome, verdict.reason) == (outcome, reason)


def test_every_test_is_answered_in_the_order_of_the_policy() -> None:
    verdict = judged(OWNED, ownership(), THERE, ownership(">= 75"))
    assert [answer.outcome for answer in verdict.results] == [R, N, N]


def test_a_subject_without_a_place_on_record_leaves_a_location_test_open() -> None:
    facts = graph([("P", "T", "100")], clean="P", unsure="T")
    verdict = judged(facts, THERE, ownership())
    assert (verdict.outcome, verdict.reason) == (U, Reason.UNKNOWN_PARTY)
    (gap,) = verdict.gaps()
    assert (gap.test, gap.kind, gap.entity, gap.share) == ("location", Missing.UNKNOWN_LOCATION, "T", None)
    assert gap.decisive


def test_a_disputed_place_of_the_subject_is_said_to_be_disputed() -> None:
    facts = graph([("P", "T", "100")], clean="P", disputed="T")
    assert [gap.kind for gap in judged(facts, THERE).gaps()] == [Missing.DISPUTED_LOCATION]


def test_a_seed_among_the_holders_outweighs_an_unknown_place_of_the_subject() -> None:
    facts = graph([("S", "T", "10"), ("P", "T", "30")], seeds="S", clean="P", unsure="T")
    assert judged(facts, THERE, ownership()).reason is Reason.COULD_CROSS


def test_a_gap_of_one_test_does_not_decide_where_the_other_test_stays_open() -> None:
    facts = graph([("P", "T", "40")], clean="P", unsure="T")
    verdict = judged(facts, THERE, ownership(), join=Join.ANY)
    # Restricted by one of them is enough: each gap can decide, but only that way.
    assert [(gap.test, gap.decisive) for gap in verdict.gaps()] == [("location", True), ("ownership", True)]
    both = judged(facts, THERE, ownership(">= 70"), join=Join.ANY)
    # The undisclosed 60% cannot reach 70%, so the ownership test is decided and has no gap.
    assert [(gap.test, gap.decisive) for gap in both.gaps()] == [("location", True)]


def test_gaps_of_a_decided_headline_say_whether_they_decide_their_own_test() -> None:
    facts = graph([("P", "T", "40")], seeds="T", clean="P")
    verdict = judged(facts, THERE, ownership())
    assert verdict.outcome is R
    assert [(gap.test, gap.decisive) for gap in verdict.gaps()] == [("ownership", True)]


def test_changes_are_listed_for_each_restricted_ownership_test_only() -> None:
    facts = graph([("S", "T", "60"), ("P", "T", "40")], seeds="S T", clean="P")
    lower = replace(ownership("> 30"), id="lower")
    found, complete = judged(facts, THERE, ownership(), ownership("> 75"), lower).changes()
    assert complete
    assert [(test, change.to) for test, change in found] == [
        ("ownership", share("1/2")),
        ("lower", share("3/10")),
    ]


def test_slack_is_how_far_the_upper_bound_stays_below_the_line() -> None:
    facts = graph([("S", "T", "10"), ("P", "T", "70")], seeds="S", clean="P")
    assert result(facts, "T").slack == share("1/5")
    assert result(facts, "T", "> 30").slack == 0
    assert result(facts, "T", "> 29").slack is None
    assert result(OWNED, "T").slack is None


def test_the_three_parts_of_a_result_are_its_bounds() -> None:
    answer = result(graph([("S", "T", "10"), ("P", "T", "70")], seeds="S", clean="P"), "T")
    assert (answer.bounds.lower, answer.bounds.upper) == (share("1/10"), share("3/10"))
    assert answer.restricted + answer.clean + answer.unknown == 1


def test_a_location_result_carries_the_party() -> None:
    (answer,) = judged(OWNED, THERE).results
    assert isinstance(answer, LocationResult)
    assert (answer.party.id, answer.party.kind) == ("T", Kind.COMPANY)


def test_what_was_cut_off_never_gives_not_restricted() -> None:
    rows = [("A", "T", "100"), ("P", "A", "100")]
    assert judged(graph(rows, clean="P"), ownership()).outcome is N
    cut = judged(graph(rows, clean="P", unexplored="A"), ownership())
    assert cut.outcome is U
    assert [(gap.kind, gap.entity) for gap in cut.gaps()] == [(Missing.UNEXPLORED, "A")]


def test_one_policy_asks_each_test_about_its_own_seeds_and_lane() -> None:
    votes = replace(ownership(lane=Lane.VOTES), id="votes")
    (by_shares, by_votes) = judged(OWNED, ownership(), votes).results
    assert isinstance(by_shares, OwnershipResult)
    assert isinstance(by_votes, OwnershipResult)
    assert by_shares.restricted == by_votes.restricted == share("3/5")
    assert OWNED.votes_assumed("T", Lane.VOTES)
