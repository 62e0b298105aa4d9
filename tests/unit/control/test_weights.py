"""Weights of the holders of one company (SEMANTICS section 3)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookthrough.control.facts import Kind, Lane
from lookthrough.control.stakes import OwnershipGraph, Stake
from lookthrough.control.weights import Owners, weigh

from .build import figures, interval, ownership, parties, result, share, shares, stake, stakes


def weighed(**percents: str) -> Owners:
    return weigh(stake((owner, "T", text)) for owner, text in percents.items())


def weights(owners: Owners) -> dict[str, Fraction]:
    return {link.owner: link.weight for link in owners.links}


def strict(owners: Owners) -> list[str]:
    return [link.owner for link in owners.links if link.strict]


def test_up_to_100_percent_the_weights_are_the_mins_and_the_rest_is_undisclosed() -> None:
    owners = weighed(A="[25,50]", B="30", C="[0,100]")
    assert weights(owners) == {"A": share("1/4"), "B": share("3/10"), "C": Fraction(0)}
    assert owners.undisclosed == share("9/20")
    assert not owners.contradictory


def test_exactly_100_percent_leaves_nothing_and_contradicts_nothing() -> None:
    owners = weighed(A="60", B="40")
    assert owners.undisclosed == 0
    assert not owners.contradictory


def test_over_100_percent_each_weight_loses_the_whole_excess_and_nothing_is_rescaled() -> None:
    owners = weighed(A="80", B="30", C="5")
    assert weights(owners) == {"A": share("13/20"), "B": share("3/20"), "C": Fraction(0)}
    assert (owners.total, owners.undisclosed, owners.contradictory) == (share("23/20"), share("1/5"), True)


def test_one_owner_with_two_holdings_over_100_percent_keeps_what_holds() -> None:
    owners = weigh([stake(("A", "T", "80@ordinary")), stake(("A", "T", "80@preferred"))])
    assert weights(owners) == {"A": Fraction(1)}
    assert (owners.total, owners.undisclosed, owners.contradictory) == (share("8/5"), Fraction(0), True)


def test_a_company_without_holders_is_undisclosed_altogether() -> None:
    owners = weigh([])
    assert (owners.links, owners.undisclosed, owners.total) == ((), Fraction(1), Fraction(0))


def test_an_open_min_keeps_its_value_and_is_strict() -> None:
    owners = weighed(A="(25,50]", B="[25,50)", C="[25,30]")
    assert weights(owners)["A"] == share("1/4")
    assert strict(owners) == ["A"]


@pytest.mark.parametrize("other", ["75", "80"])
def test_from_100_percent_with_an_open_min_on_no_weight_is_strict_and_the_figures_contradict(
    other: str,
) -> None:
    owners = weighed(A="(25,50]", B=other)
    assert owners.contradictory
    assert strict(owners) == []


def test_just_below_100_percent_an_open_min_is_strict() -> None:
    owners = weighed(A="(25,50]", B="74.99")
    assert not owners.contradictory
    assert strict(owners) == ["A"]


def test_holdings_of_one_owner_add_up() -> None:
    owners = weigh([stake(("A", "T", "(10,20]@b")), stake(("A", "T", "30@a")), stake(("B", "T", "5"))])
    assert weights(owners) == {"A": share("2/5"), "B": share("1/20")}
    link = owners.links[0]
    assert (link.high, link.strict) == (share("1/2"), True)
    assert [held.holding for held in link.stakes] == ["a", "b"]


ROWS = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.integers(0, 20), st.integers(0, 9), st.booleans()), max_size=7
)


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_weights_are_what_holds_however_an_excess_is_resolved(
    rows: list[tuple[str, int, int, bool]],
) -> None:
    held = [
        stake((owner, "T", f"{'(' if is_open and wide else '['}{low * 5},{min(100, low * 5 + wide)}]@{i}"))
        for i, (owner, low, wide, is_open) in enumerate(rows)
        if low * 5 + wide <= 100
    ]
    lows: dict[str, Fraction] = {}
    for one in held:
        assert one.interval is not None
        lows[one.owner] = lows.get(one.owner, Fraction(0)) + one.interval.low
    owners = weigh(held)
    others = {owner: sum(lows.values()) - low for owner, low in lows.items()}
    # If all the others are right, at least 1 - others is left; and what is over 1 comes off somebody.
    excess = max(Fraction(0), sum(lows.values(), Fraction(0)) - 1)
    assert weights(owners) == {owner: max(Fraction(0), low - excess) for owner, low in lows.items()}
    assert sum(weights(owners).values(), owners.undisclosed) == 1
    if excess:
        assert all(weights(owners)[owner] == max(0, min(lows[owner], 1 - others[owner])) for owner in lows)


def votes_and_shares(votes: dict[str, str], held: dict[str, str]) -> OwnershipGraph:
    rows = stakes([(o, "T", p) for o, p in held.items()])
    return OwnershipGraph(
        parties(["S", "P", "T"], seeds="S", clean="P"),
        rows | stakes([(o, "T", p) for o, p in votes.items()], Lane.VOTES),
    )


def test_without_any_vote_on_record_the_shares_stand_in_and_the_answer_says_so() -> None:
    facts = votes_and_shares({}, {"S": "60", "P": "40"})
    assert figures(result(facts, "T", ownership(lane=Lane.VOTES))) == shares("3/5", "2/5", "0")
    assert facts.votes_assumed("T", Lane.VOTES)
    assert not facts.votes_assumed("T", Lane.SHARES)


def test_one_row_of_votes_is_enough_for_the_shares_to_stay_out() -> None:
    facts = votes_and_shares({"P": "30"}, {"S": "60", "P": "40"})
    assert figures(result(facts, "T", ownership(lane=Lane.VOTES))) == shares("0", "3/10", "7/10")
    assert not facts.votes_assumed("T", Lane.VOTES)


def test_a_row_of_votes_with_unknown_percent_is_a_row() -> None:
    facts = votes_and_shares({"P": "[0,100]"}, {"S": "60", "P": "40"})
    assert figures(result(facts, "T", ownership(lane=Lane.VOTES))) == shares("0", "0", "1")
    assert not facts.votes_assumed("T", Lane.VOTES)


def test_votes_do_not_count_in_the_shares_lane() -> None:
    facts = votes_and_shares({"S": "100"}, {"P": "40"})
    assert figures(result(facts, "T")) == shares("0", "2/5", "3/5")


def test_nothing_is_assumed_of_votes_of_a_company_without_any_row() -> None:
    facts = OwnershipGraph(parties(["T"]), {})
    assert not facts.votes_assumed("T", Lane.VOTES)
    assert figures(result(facts, "T", ownership(lane=Lane.VOTES))) == shares("0", "0", "1")


def test_votes_are_assumed_company_by_company() -> None:
    held = stakes([("A", "T", "60"), ("P", "T", "40"), ("S", "A", "100")])
    votes = stakes([("A", "T", "90")], Lane.VOTES)
    facts = OwnershipGraph(
        parties(["S", "P", "T", "A"], seeds="S", clean="P", kinds={"A": Kind.FUND}), held | votes
    )
    assert figures(result(facts, "T", ownership(lane=Lane.VOTES))) == shares("9/10", "0", "1/10")
    assert [facts.votes_assumed(company, Lane.VOTES) for company in "TA"] == [False, True]


def test_a_stake_without_a_figure_weighs_nothing() -> None:
    owners = weigh([Stake("A", "T", Lane.BOARD, None), Stake("B", "T", Lane.SHARES, interval("30"))])
    assert weights(owners) == {"A": Fraction(0), "B": share("3/10")}


def test_shares_stand_in_for_votes_only() -> None:
    facts = votes_and_shares({}, {"S": "60"})
    assert [bool(facts.held_in("T", lane)) for lane in Lane] == [True, True, False, False]
