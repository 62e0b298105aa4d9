"""Ends above an entity that could not be read whole."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from lookthrough.control.facts import Lane
from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations.ultimate import Holding, UltimateOwnersDocument, ultimate_owners

from .facts import TODAY, load

STAKES = "owner,owned,percent\np,t,30\na,t,70\nq,a,50\nb,a,50\nr,b,100"
ENTITIES = "id,kind\nt,company\na,company\nb,company\np,person\nq,person\nr,person"


def ends(database: Database, limits: Limits | None = None) -> UltimateOwnersDocument:
    return ultimate_owners(database, Holding("t", Lane.SHARES, TODAY), limits)


def test_what_was_cut_off_is_unexplored_and_widens_what_anybody_can_hold(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    whole = ends(database)
    told = [(end.kind, end.entity.id, end.lower, end.upper) for end in whole.items]
    assert told == [
        ("person", "q", "0.35", "0.35"),
        ("person", "r", "0.35", "0.35"),
        ("person", "p", "0.3", "0.3"),
    ]
    assert (whole.complete, whole.warnings) == (True, [])
    for most in range(6):
        cut = ends(database, Limits(entities=most))
        lowers = sum(Fraction(end.lower) for end in cut.items)
        unexplored = sum(Fraction(end.lower) for end in cut.items if end.kind == "unexplored")
        assert (lowers, unexplored == Fraction(cut.unknown)) == (1, True)
        assert unexplored == 0 or (cut.complete, cut.warnings[0].code) == (False, "search_cut_off")
    assert [end.kind for end in ends(database, Limits(stakes=1)).items] == ["unexplored"]


def test_votes_are_counted_with_shares_where_none_are_on_record(database: Database, tmp_path: Path) -> None:
    load(
        database, tmp_path, entities=ENTITIES, stakes="owner,owned,lane,percent\np,t,votes,60\nq,t,shares,100"
    )
    votes = ultimate_owners(database, Holding("t", Lane.VOTES, TODAY))
    assert [(end.entity.id, end.lower) for end in votes.items] == [("p", "0.6"), ("t", "0.4")]
