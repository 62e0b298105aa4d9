"""Entities that are dissolved hold nothing and are not held: what they had is undisclosed, never clean."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest

from lookthrough.control.facts import Lane
from lookthrough.graph.database import Database
from lookthrough.graph.loads import ledger
from lookthrough.investigations.chains import Asked
from lookthrough.investigations.direct import direct_stakes
from lookthrough.investigations.documents import VerdictDocument
from lookthrough.investigations.entities import Page
from lookthrough.investigations.ultimate import Holding, ultimate_owners

from .facts import ask, load, ownership, policy, shares, walk

BEFORE, AFTER = date(2024, 5, 31), date(2024, 6, 1)
ENTITIES = """id,name,kind,nationality,headquarters,dissolved
seed,Seed,person,CN,,
clean,Clean,person,US,,
mid,Middle,company,,SG,2024-06-01
t,Target,company,,SG,
"""
STAKES = "owner,owned,percent,lane\nseed,mid,100,shares\nmid,t,60,shares\nclean,t,30,shares\nseed,t,5,shares"


def dissolved(verdict: VerdictDocument) -> list[tuple[str | None, bool]]:
    """Who is warned of, and whether the day is named."""
    return [(w.entity, "2024-06-01" in w.detail) for w in verdict.warnings if w.code == "entity_dissolved"]


@pytest.fixture
def chart(database: Database, tmp_path: Path) -> Database:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    return database


def test_the_stake_of_a_dissolved_holder_becomes_undisclosed(chart: Database) -> None:
    before, after = ask(chart, "t", as_of=BEFORE), ask(chart, "t", as_of=AFTER)
    # R = .60 * 1 + .05, C = .30; from the day of dissolution on the 60% are anybody's
    assert (before.outcome, shares(before)) == ("RESTRICTED", ("13/20", "3/10", "1/20"))
    assert (after.outcome, shares(after)) == ("UNDETERMINED", ("1/20", "3/10", "13/20"))
    assert (dissolved(before), dissolved(after)) == ([], [("mid", True)])
    assert [(m.kind, m.entity) for m in after.missing] == [("undisclosed_holders", "t")]


@pytest.mark.parametrize("minimum", ["0", "0.0001"])
def test_no_chain_runs_through_a_dissolved_entity(chart: Database, minimum: str) -> None:
    wanted = Asked(10, Fraction(minimum))
    assert [walk(c) for c in ask(chart, "t", as_of=BEFORE, chains=wanted).chains] == [
        ("seed", "mid", "t"),
        ("seed", "t"),
    ]
    after = ask(chart, "t", as_of=AFTER, chains=wanted)
    assert [walk(c) for c in after.chains] == [("seed", "t")]
    assert after.rest_exact == "0"


def test_a_dissolved_holder_never_clears(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=ENTITIES.replace("mid,Middle,company,,SG", "mid,Middle,person,US,"),
        stakes="owner,owned,percent\nmid,t,100",
    )
    assert ask(database, "t", as_of=BEFORE).outcome == "NOT_RESTRICTED"
    after = ask(database, "t", as_of=AFTER)
    assert (after.outcome, shares(after)) == ("UNDETERMINED", ("0", "0", "1"))


def test_votes_that_a_dissolved_holder_had_are_not_taken_from_the_shares(
    database: Database, tmp_path: Path
) -> None:
    stakes = "owner,owned,percent,lane\nclean,t,100,shares\nmid,t,80,votes\nseed,mid,100,shares"
    load(database, tmp_path, entities=ENTITIES, stakes=stakes)
    rule = policy(lane="votes")
    assert shares(ask(database, "t", rule, as_of=BEFORE)) == ("4/5", "0", "1/5")
    # nobody knows who votes now; one share, one vote would clear T
    after = ask(database, "t", rule, as_of=AFTER)
    assert (after.outcome, shares(after)) == ("UNDETERMINED", ("0", "0", "1"))
    assert "votes_assumed_from_shares" not in [w.code for w in after.warnings]


def test_a_dissolved_subject_is_held_by_nobody_known_and_says_so(chart: Database) -> None:
    assert shares(ask(chart, "mid", as_of=BEFORE)) == ("1", "0", "0")
    after = ask(chart, "mid", as_of=AFTER)
    assert (after.outcome, shares(after)) == ("UNDETERMINED", ("0", "0", "1"))
    assert dissolved(after) == [("mid", True)]
    assert after.chains == []


@pytest.mark.parametrize(
    ("asked", "side", "before", "after"),
    [
        ("t", "owners", ["mid", "clean", "seed"], ["clean", "seed"]),
        ("mid", "owners", ["seed"], []),
        ("mid", "holdings", ["t"], []),
        ("seed", "holdings", ["mid", "t"], ["t"]),
    ],
)
def test_owners_and_holdings_agree_with_the_verdict(
    chart: Database, asked: str, side: Literal["owners", "holdings"], before: list[str], after: list[str]
) -> None:
    def named(on: date) -> list[str]:
        items = direct_stakes(chart, asked, side, Lane.SHARES, Page(on)).items
        return [(item.owner if side == "owners" else item.owned).id for item in items]

    assert (named(BEFORE), named(AFTER)) == (before, after)


def test_ultimate_owners_agree_with_the_verdict(chart: Database) -> None:
    found = ultimate_owners(chart, Holding("t", Lane.SHARES, AFTER))
    assert {item.entity.id: item.lower for item in found.items if item.named} == {
        "clean": "0.3",
        "seed": "0.05",
    }
    assert "entity_dissolved" in [w.code for w in found.warnings]


def test_a_dissolution_is_known_from_its_own_instant_and_can_be_withdrawn(
    database: Database, tmp_path: Path
) -> None:
    standing = ENTITIES.replace("2024-06-01", "")
    load(database, tmp_path, entities=standing, stakes=STAKES)
    then = ledger(database).last_change
    load(database, tmp_path, entities="id,dissolved,source\nmid,2024-06-01,gazette")
    assert shares(ask(database, "t", as_of=AFTER, known_at=then)) == ("13/20", "3/10", "1/20")
    assert ownership(ask(database, "t", as_of=AFTER)).restricted_exact == "1/20"
    owners = direct_stakes(database, "t", "owners", None, Page(AFTER, then)).items
    assert [item.owner.id for item in owners] == ["mid", "clean", "seed"]
    load(database, tmp_path, entities="id,dissolved,source\nmid,,gazette")
    assert shares(ask(database, "t", as_of=AFTER)) == ("13/20", "3/10", "1/20")
