"""What was known at an instant is what is shown of it, also by names and identifiers given up since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lookthrough.control.facts import Lane
from lookthrough.graph.database import Database
from lookthrough.graph.loads import ledger
from lookthrough.investigations.direct import direct_stakes
from lookthrough.investigations.entities import Page, entity
from lookthrough.investigations.errors import UnknownEntity
from lookthrough.investigations.retracting import Wanted, retract
from lookthrough.investigations.search import search
from lookthrough.investigations.ultimate import Holding, ultimate_owners
from lookthrough.investigations.verdicts import Question, chains

from .facts import TODAY, ask, load, policy

HEAD = "id,name,name_original,aliases,kind,identifiers"
EARLY = datetime(2001, 1, 1, tzinfo=UTC)


def now(database: Database) -> datetime:
    instant = ledger(database).last_change
    assert instant is not None
    return instant


def found(database: Database, text: str, known_at: datetime | None = None) -> list[str]:
    return [item.id for item in search(database, text, Page(TODAY, known_at)).items]


def test_names_and_identifiers_are_found_while_they_were_told(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=f"{HEAD}\nt,Alder Holdings,赤杨控股,Redwood,company,reg:A77")
    first = now(database)
    load(database, tmp_path, entities=f"{HEAD}\nt,Birch Group,桦木集团,,company,reg:B88")
    second = now(database)
    for text in ("Alder", "赤杨", "Redwood", "A77", "reg:A77"):
        assert (found(database, text, first), found(database, text, second)) == (["t"], [])
        assert found(database, text) == []
    for text in ("Birch", "桦木", "B88", "reg:b88"):
        assert (found(database, text, first), found(database, text, second)) == ([], ["t"])
        assert found(database, text) == ["t"]
    (then,) = search(database, "Alder", Page(TODAY, first)).items
    assert (then.name, [i.value for i in then.identifiers]) == ("Alder Holdings", ["A77"])


def test_what_is_taken_back_is_found_at_earlier_instants_only(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=f"{HEAD},source\nt,Alder,,,company,reg:A77,s")
    first = now(database)
    retract(database, Wanted("s"))
    assert (found(database, "Alder"), found(database, "A77"), found(database, "t")) == ([], [], ["t"])
    assert (found(database, "Alder", first), found(database, "A77", first)) == (["t"], ["t"])


def test_an_entity_is_not_listed_before_it_was_known(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=f"{HEAD}\na,A,,,company,")
    first = now(database)
    load(database, tmp_path, entities=f"{HEAD}\nb,B,,,company,", stakes="owner,owned,percent\nc,b,50")
    assert found(database, "", first) == ["a"]
    assert found(database, "") == ["a", "b", "c"]
    assert found(database, "b", first) == []
    assert found(database, "c", now(database)) == ["c"]


def test_an_entity_asked_about_before_it_was_known_is_unknown_then(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=f"{HEAD}\na,A,,,company,", stakes="owner,owned,percent\nc,a,50")
    questions: list[Callable[[str], object]] = [
        lambda e: ask(database, e, known_at=EARLY),
        lambda e: entity(database, e, TODAY, EARLY),
        lambda e: direct_stakes(database, e, "owners", None, Page(TODAY, EARLY)),
        lambda e: direct_stakes(database, e, "holdings", None, Page(TODAY, EARLY)),
        lambda e: ultimate_owners(database, Holding(e, Lane.SHARES, TODAY, EARLY)),
        lambda e: chains(database, Question(e, policy(), TODAY, known_at=EARLY)),
    ]
    for ask_for in questions:
        for known_since in ("a", "c"):
            with pytest.raises(UnknownEntity, match=f"at 2001-01-01T00:00:00Z .* '{known_since}'"):
                ask_for(known_since)
    assert entity(database, "c", TODAY, now(database)).kind == "unknown"


def test_a_verdict_at_an_instant_is_the_same_whatever_comes_later(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=f"{HEAD}\nseed,S,,,person,\nt,T,,,company,",
        stakes="owner,owned,percent\nseed,t,60",
        groups="group,member,source\npact,other,g",
    )
    first = now(database)
    before = ask(database, "t", known_at=first)
    load(database, tmp_path, groups="group,member\npact,seed", same_as="entity,same_as\nseed,other")
    load(database, tmp_path, entities=f"{HEAD}\nseed,S2,,,person,", lists="list,entity\nwatched,seed")
    load(database, tmp_path, stakes="owner,owned,percent\nseed,t,70\nother,t,10")
    retract(database, Wanted("g"))
    assert ask(database, "t", known_at=first) == before
    assert ask(database, "t") != before
