"""What a party reaches, and the chains of a class of owners, against verdicts on the same facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from lookthrough.control.facts import Lane
from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations.chains import Asked
from lookthrough.investigations.errors import BadQuestion, UnknownEntity
from lookthrough.investigations.loading import load_files
from lookthrough.investigations.reach import ReachedCompany, Reaching, reach
from lookthrough.investigations.verdicts import Question, chains
from lookthrough.policies.library import Library
from lookthrough.policies.parties import policy_about

from .facts import TODAY, ask, load, ownership, policy
from .independent import COMPANIES, World, days, worlds

some = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],
)
ENTITIES = "id,kind\ns,person\na,company\nb,company\nc,company\nd,company\nq,person"
STAKES = "owner,owned,percent\ns,a,60\nq,a,40\na,b,50\nb,c,100\na,c,0\nq,d,100"


def below(world: World, party: str, on: date, lane: str) -> set[str]:
    """Everything below the party over stakes that can be above zero."""
    stakes = world.graph(on).stakes.values()
    counted = {Lane.SHARES, Lane(lane)}
    found, ahead = set[str](), {party}
    while ahead:
        ahead = {
            stake.owned
            for held in stakes
            for stake in held
            if stake.owner in ahead and stake.lane in counted and stake.interval and stake.interval.high > 0
        } - found
        found |= ahead
    return found - {party}


@pytest.mark.parametrize("lane", ["shares", "votes"])
@some
@given(world=worlds(("shares", "shares", "votes")), on=days)
def test_the_total_of_each_company_is_that_of_a_policy_that_looks_for_the_party_alone(
    database: Database, wipe: Callable[[], None], tmp_path: Path, lane: str, world: World, on: date
) -> None:
    wipe()
    load_files(database, [world.write(tmp_path)])
    for party in ("p0", COMPANIES[1]):
        told = reach(database, Reaching(party, Lane(lane), on, limit=500))
        assert {item.entity.id for item in told.items} == below(world, party, on, lane)
        rule = policy_about([f"id={party}"], Lane(lane), Library())
        for item in told.items:
            test = ownership(ask(database, item.entity.id, rule, as_of=on))
            expected = (test.lower_exact, test.upper_exact, test.lower, test.upper)
            assert (item.lower_exact, item.upper_exact, item.lower, item.upper) == expected


def test_companies_come_by_falling_total_in_pages(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    whole = reach(database, Reaching("s", Lane.SHARES, TODAY))
    told = [(item.entity.id, item.lower, item.upper) for item in whole.items]
    assert told == [("a", "0.6", "0.6"), ("b", "0.3", "0.8"), ("c", "0.3", "0.8")]
    assert (whole.count, whole.next, whole.complete, whole.warnings) == (3, None, True, [])
    pages: list[ReachedCompany] = []
    cursor = None
    while len(pages) < 3:
        page = reach(database, Reaching("s", Lane.SHARES, TODAY, limit=1, cursor=cursor))
        pages += page.items
        cursor = page.next
    assert (pages, cursor) == (whole.items, None)
    assert b'"next":null' in whole.to_json()


def test_what_was_cut_off_is_named_and_never_narrows(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    whole = {item.entity.id: item for item in reach(database, Reaching("s", Lane.SHARES, TODAY)).items}
    limited = [Limits(entities=most) for most in range(5)] + [Limits(stakes=most) for most in range(6)]
    for limits in limited:
        told = reach(database, Reaching("s", Lane.SHARES, TODAY), limits)
        for item in told.items:
            assert Fraction(item.lower) <= Fraction(whole[item.entity.id].lower)
            assert Fraction(item.upper) >= Fraction(whole[item.entity.id].upper)
        same = {item.entity.id: item for item in told.items} == whole
        assert told.complete is ("reach_cut_off" not in [warning.code for warning in told.warnings])
        assert same or not told.complete


def test_nobody_reaches_what_cannot_be_asked(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    assert reach(database, Reaching("c", Lane.SHARES, TODAY)).items == []
    with pytest.raises(UnknownEntity):
        reach(database, Reaching("nobody", Lane.SHARES, TODAY))
    with pytest.raises(BadQuestion, match="lane"):
        reach(database, Reaching("s", Lane.BOARD, TODAY))
    with pytest.raises(BadQuestion, match="cursor"):
        reach(database, Reaching("s", Lane.SHARES, TODAY, cursor="x"))


def test_chains_of_a_class_are_those_of_a_policy_about_it(database: Database, tmp_path: Path) -> None:
    entities = "id,kind,headquarters,nationality\nt,company,US,\na,company,CN,\nb,company,US,\np,person,,CN"
    load(database, tmp_path, entities=entities, stakes="owner,owned,percent\na,t,30\nb,t,50\np,b,20\np,a,5")
    library = Library()
    named = ["headquarters=CN", "nationality=CN"]
    rule = policy_about(named, Lane.SHARES, library)
    found = chains(database, Question("t", rule, TODAY, chains=Asked()), owners=named)
    expected = chains(database, Question("t", policy(), TODAY))
    assert (found.chains, found.chains_total, found.rest) == (expected.chains, "0.4", "0")
    assert (found.owners, found.policy) == (named, None)


def test_ids_that_sources_take_for_one_are_counted_as_one(database: Database, tmp_path: Path) -> None:
    """The party holds under two ids, and so does a company between."""
    load(
        database,
        tmp_path,
        entities="id,kind\ns,company\ns2,company\na,company\na2,company\nt,company\nu,company\nq,person",
        stakes="owner,owned,percent\ns,a,30\ns2,a2,30\nq,a,40\na2,t,50\na,u,100\ns2,t,10\nq,t,40",
        same_as="entity,same_as,source\ns,s2,register\na2,a,register",
    )
    told = reach(database, Reaching("s", Lane.SHARES, TODAY))
    rule = policy_about(["id=s"], Lane.SHARES, Library())
    assert [item.entity.id for item in told.items] == ["a", "u", "t"]
    for item in told.items:
        test = ownership(ask(database, item.entity.id, rule))
        assert (item.lower_exact, item.upper_exact) == (test.lower_exact, test.upper_exact)
    assert told.complete
