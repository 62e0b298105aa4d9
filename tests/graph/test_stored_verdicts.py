"""Verdicts are stored once, shown byte for byte, and come out the same when they are computed again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.graph.loads import ledger
from lookthrough.investigations.documents import VerdictDocument
from lookthrough.investigations.errors import UnknownEntity, UnknownVerdict
from lookthrough.investigations.replaying import replay
from lookthrough.investigations.storing import give, given, kept, shown
from lookthrough.investigations.verdicts import Question
from lookthrough.policies.library import Library
from lookthrough.policies.policy import PolicyDocument
from lookthrough.policies.regions import shipped_regions

from .facts import TODAY, load, policy

LIBRARY = Library()
RULE = "anthropic-2025-09"
QUESTIONS = 500
ENTITIES = """id,kind,headquarters,source
    seed,company,CN,one
    clean,company,US,one
    t,company,US,one"""
HALF = "owner,owned,percent,source\n seed,t,60,one\n clean,t,40,one"


def counted(server: Neo4jServer) -> dict[str, int]:
    with server.session() as session:
        rows = session.run("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS count")
        return {str(row["label"]): int(row["count"]) for row in rows}


@pytest.fixture
def loaded(database: Database, tmp_path: Path) -> Database:
    load(database, tmp_path, entities=ENTITIES, stakes=HALF)
    return database


def test_a_verdict_is_stored_beside_its_facts_and_shown_byte_for_byte(
    loaded: Database, neo4j_server: Neo4jServer
) -> None:
    before = ledger(loaded)
    document = give(loaded, Question("t", LIBRARY.pack(RULE), TODAY))
    assert shown(loaded, document.verdict_id) == document.to_json()
    assert ledger(loaded) == before
    with neo4j_server.session() as session:
        row = session.run(
            """MATCH (e:Entity)<-[:ABOUT]-(v:Verdict)-[:UNDER]->(p:Policy)
            MATCH (p)-[:REFERS_TO]->(l:RegionList)
            MATCH (:Entity)-[o:OWNS]->(e) WHERE o.id IN v.stakes
            RETURN e.id AS entity, v.outcome AS outcome, p.digest AS digest, l.digest AS list,
              count(o) AS stakes, v.stakes_total AS total"""
        ).single(strict=True)
    assert (row["entity"], row["outcome"]) == ("t", "RESTRICTED")
    assert row["digest"] == LIBRARY.pack(RULE).digest
    assert row["list"] == shipped_regions()["anthropic-supported"].digest
    assert (row["stakes"], row["total"]) == (2, 2)


def test_what_is_stored_is_not_written_again(loaded: Database, neo4j_server: Neo4jServer) -> None:
    question = Question("t", LIBRARY.pack(RULE), TODAY)
    first = give(loaded, question)
    (item,) = given(loaded, "t", 50).items
    counts = counted(neo4j_server)
    assert give(loaded, question) == first
    assert give(loaded, Question("t", LIBRARY.pack(RULE), date(2026, 1, 1))) != first
    assert counted(neo4j_server) == {**counts, "Verdict": 2}
    assert item in given(loaded, "t", 50).items


def test_a_stored_policy_is_read_with_its_lists_and_the_order_of_its_readings(loaded: Database) -> None:
    for pack in LIBRARY.all():
        document = give(loaded, Question("t", pack, TODAY))
        stored = kept(loaded, document.verdict_id).question.policy
        assert (stored.digest, stored.variants()) == (pack.digest, pack.variants())
        assert stored.as_json() == pack.as_json()


def test_the_newest_verdicts_come_first_and_a_cursor_goes_on(loaded: Database) -> None:
    days = [date(2026, 1, day) for day in range(1, 8)]
    ids = [give(loaded, Question("t", policy(), day)).verdict_id for day in days]
    first = given(loaded, "t", 4)
    second = given(loaded, "t", 4, first.next)
    assert [item.verdict_id for item in (*first.items, *second.items)] == ids[::-1]
    assert second.next is None
    assert given(loaded, "clean", 4).items == []


def test_what_is_not_there_is_named(loaded: Database) -> None:
    with pytest.raises(UnknownVerdict, match="'v1:none'"):
        shown(loaded, "v1:none")
    with pytest.raises(UnknownVerdict, match="'v1:none'"):
        replay(loaded, LIBRARY, "v1:none")
    with pytest.raises(UnknownEntity, match="'nobody'"):
        given(loaded, "nobody", 50)


def test_a_replay_says_which_facts_and_figures_are_no_longer_the_same(
    loaded: Database, neo4j_server: Neo4jServer
) -> None:
    document = give(loaded, Question("t", policy(), TODAY))
    with neo4j_server.session() as session:  # no import does this: somebody edited the graph
        session.run("MATCH ({id: 'seed'})-[r:OWNS]->({id: 't'}) SET r.min = 0.2, r.max = 0.2").consume()
    found = replay(loaded, LIBRARY, document.verdict_id)
    assert not found.same
    assert found.facts.stored == document.facts != found.facts.now
    differences = {each.field: (each.stored, each.now) for each in found.differences}
    assert differences["tests.ownership.lower_exact"] == ("3/5", "1/5")
    assert differences["outcome"] == ("RESTRICTED", "UNDETERMINED")
    assert "no longer those" in found.sentence.en


def test_a_replay_uses_the_stored_lists_and_names_those_that_have_changed(loaded: Database) -> None:
    shipped = shipped_regions()["anthropic-supported"]
    shorter = shipped.versions[-1].model_copy(update={"codes": ("FR",)})
    other = shipped.model_copy(update={"versions": (shorter,)})
    mine = LIBRARY.pack(RULE).as_json()
    library = Library(regions={**shipped_regions(), shipped.id: other})
    document = give(loaded, Question("t", library.parse(mine), TODAY))
    found = replay(loaded, LIBRARY, document.verdict_id)
    assert found.same
    assert [(each.kind, each.name) for each in found.changed_since] == [
        ("policy", f"{RULE}@1"),
        ("region_list", "anthropic-supported"),
    ]
    assert found.changed_since[1].now == shipped.digest


def _day(chance: random.Random) -> date:
    return date(2018, 1, 1) + timedelta(days=chance.randrange(3000))


def _stakes(chance: random.Random, ids: Sequence[str], count: int, source: str) -> str:
    rows = ["owner,owned,lane,percent,valid_from,valid_to,source"]
    taken: set[tuple[str, str, str, date]] = set()
    while len(rows) <= count:
        owner, owned = chance.choice(ids), chance.choice([i for i in ids if i.startswith("c")])
        lane, start = chance.choice(["shares", "shares", "votes", "control"]), _day(chance)
        low = chance.randrange(1, 60)
        percent = chance.choice([f"{low}", f"{low}.25", f'"({low},{low + 20}]"', "", "100/3"])
        end = "" if chance.random() < 0.6 else (start + timedelta(days=chance.randrange(1, 900))).isoformat()
        if (owner, owned, lane, start) not in taken:
            taken.add((owner, owned, lane, start))
            figure = "" if lane == "control" else percent
            rows.append(f"{owner},{owned},{lane},{figure},{start},{end},{source}")
    return "\n".join(rows)


def _entities(chance: random.Random, ids: Sequence[str], source: str) -> str:
    kinds = {"c": "company", "p": "person", "s": "state", "u": "unknown"}
    rows = ["id,name,kind,headquarters,nationality,source"]
    for entity in ids:
        code = chance.choice(["CN", "HK", "US", "FR", "RU", ""])
        places = f",{code}" if entity[0] == "p" else f"{code},"
        rows.append(f"{entity},{entity} {source},{kinds[entity[0]]},{places},{source}")
    return "\n".join(rows)


def _lists(chance: random.Random, ids: Sequence[str], source: str) -> str:
    rows = [f"ofac-sdn,{entity},{_day(chance)},,{source}" for entity in chance.sample(ids, 6)]
    return "\n".join(["list,entity,valid_from,valid_to,source", *rows])


def _policies() -> list[tuple[PolicyDocument, str]]:
    packs = [policy(), policy("> 25", "votes"), *LIBRARY.all()[:8], LIBRARY.pack(RULE)]
    return [(pack, variant) for pack in packs for variant in pack.variants()]


def test_verdicts_come_out_byte_for_byte_after_more_was_learned(database: Database, tmp_path: Path) -> None:
    chance = random.Random(11)
    ids = [*(f"c{i}" for i in range(40)), *(f"p{i}" for i in range(10)), "s0", "s1", "u0", "u1"]
    for source in ("one", "two"):
        load(
            database,
            tmp_path,
            entities=_entities(chance, ids, source),
            stakes=_stakes(chance, ids, 70, source),
            lists=_lists(chance, ids, source),
        )
    rules = _policies()
    documents: list[VerdictDocument] = []
    for _ in range(QUESTIONS):
        rule, variant = chance.choice(rules)
        question = Question(chance.choice(ids), rule, _day(chance), variant=variant)
        documents.append(give(database, question))
    assert len({document.outcome for document in documents}) == 3

    for source in ("one", "two", "three"):
        load(
            database,
            tmp_path,
            entities=_entities(chance, ids, source),
            stakes=_stakes(chance, ids, 70, source),
            lists=_lists(chance, ids, source),
        )
    for document in documents:
        again = replay(database, LIBRARY, document.verdict_id)
        assert again.same, again.differences
    latest = [kept(database, document.verdict_id).question for document in documents[:20]]
    assert any(
        give(database, Question(q.entity, q.policy, q.as_of, q.variant)).facts != document.facts
        for q, document in zip(latest, documents, strict=False)
    )
