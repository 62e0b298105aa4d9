"""A script of Cypher: in an empty database it gives what the other formats tell."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Session
from tests.neo4j_servers import Neo4jServer

from lookthrough.exporting.cypher_script import Value, literal
from lookthrough.graph.database import Database, native
from lookthrough.investigations.demo import load_once
from lookthrough.investigations.exporting import Wanted, export
from lookthrough.investigations.loading import load_files

from .facts import load
from .nasty import nasty
from .test_export_graphml import read

Wipe = Callable[[], None]
TYPES = {"shares": "OWNS", "votes": "VOTES", "board": "APPOINTS", "control": "CONTROLS"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text("\\'\"`u0041n\n\r\u2028{}$;/*")
DAYS = st.dates()
VALUES: st.SearchStrategy[Value] = st.recursive(
    TEXTS | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | DAYS,
    lambda inner: (
        st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2) | st.lists(inner, max_size=3)
    ),
    max_leaves=5,
)


def run(session: Session, script: Path) -> None:
    """As cypher-shell does: a statement ends with a semicolon at the end of its line."""
    for line in script.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("//"):
            assert line.endswith(";")
            session.run(line.removesuffix(";")).consume()  # pyright: ignore[reportArgumentType]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(VALUES, max_size=20))
def test_a_literal_is_the_value_for_neo4j(neo4j_server: Neo4jServer, values: list[Value]) -> None:
    told = literal(values)
    assert len(told.splitlines()) == 1
    with neo4j_server.session() as session:
        record = session.run(f"CYPHER 25 RETURN {told} AS told").single(strict=True)  # pyright: ignore[reportArgumentType]
    assert native(record["told"]) == values


def test_the_graph_of_the_demo_set_is_what_graphml_and_the_tables_tell(
    database: Database, tmp_path: Path, neo4j_server: Neo4jServer, wipe: Wipe
) -> None:
    load_once(database)
    report = export(database, Wanted(tmp_path / "out.cypher", "cypher"))
    export(database, Wanted(tmp_path / "out.graphml", "graphml"))
    export(database, Wanted(tmp_path / "tables", "csv"))
    nodes, edges = read(tmp_path / "out.graphml")
    wipe()
    with neo4j_server.session() as session:
        run(session, tmp_path / "out.cypher")
        stakes = session.run(
            "MATCH (a)-[r:OWNS|VOTES|APPOINTS|CONTROLS]->(b) "
            "RETURN a.id AS owner, b.id AS owned, type(r) AS type, r {.*} AS told"
        ).data()
        entities = session.run("MATCH (e:Entity) RETURN e {.*} AS told, labels(e) AS labels").data()
    assert report.account.written == {"nodes": len(entities), "edges": len(stakes)}
    assert {row["told"]["id"]: row["told"]["name"] for row in entities} == {
        id: told["name"] for id, told in nodes.items()
    }
    assert {row["told"]["id"]: set(row["told"].get("headquarters", [])) for row in entities} == {
        id: set(filter(None, told.get("headquarters", "").split("|"))) for id, told in nodes.items()
    }
    assert Counter(
        (row["owner"], row["owned"], row["type"], row["told"].get("share", "")) for row in stakes
    ) == Counter((e["source"], e["target"], TYPES[e["lane"]], e.get("share", "")) for e in edges)
    with (tmp_path / "tables" / "entities.csv").open(newline="", encoding="utf-8") as file:
        kinds = {row["id"]: row["kind"] for row in csv.DictReader(file) if row["kind"]}
    assert {row["told"]["id"] for row in entities if row["told"]["kind"] != "unknown"} <= kinds.keys()
    assert all(len(row["labels"]) == 2 for row in entities)


def test_a_stake_and_an_entity_are_told_exactly(
    database: Database, tmp_path: Path, neo4j_server: Neo4jServer, wipe: Wipe
) -> None:
    name = "O'Neil \\u0027 }) DETACH DELETE (n) //"
    load(
        database,
        tmp_path,
        stakes='owner,owned,percent,valid_from,source\nb,a,100/3,2020,s\nb,a,"(25,50]",2020,t\n',
        entities=f'id,name,kind,aliases,headquarters,source\na,"{name}",company,x|y,CN|HK,s\n',
    )
    export(database, Wanted(tmp_path / "out.cypher", "cypher"))
    wipe()
    with neo4j_server.session() as session:
        run(session, tmp_path / "out.cypher")
        record = session.run(
            "MATCH (:Unknown {id: 'b'})-[r:OWNS]->(e:Company {id: 'a'}) "
            "RETURN r {.*} AS stake, e {.*} AS told"
        ).single(strict=True)
    assert record["told"] == {
        "id": "a", "name": name, "kind": "company", "aliases": ["x", "y"], "headquarters": ["CN", "HK"],
    }  # fmt: skip
    stake = record["stake"]
    assert (Fraction(stake["share"]), stake["sources"]) == (Fraction(1, 3), ["s", "t"])
    assert (stake["min"], stake["max"], stake["conflict"]) == (1 / 3, 1 / 3, False)
    assert stake["valid_from"].to_native() == date(2020, 1, 1)


def test_whatever_was_told_can_be_run(
    database: Database, tmp_path: Path, neo4j_server: Neo4jServer, wipe: Wipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lookthrough.exporting.cypher_script.ROWS", 7)
    for folder in nasty(tmp_path / "in", random.Random(8)):
        load_files(database, [folder])
    report = export(database, Wanted(tmp_path / "out.cypher", "cypher"))
    wipe()
    with neo4j_server.session() as session:
        run(session, tmp_path / "out.cypher")
        counts = session.run(
            "RETURN COUNT { (:Entity) } AS nodes, COUNT { ()-[:OWNS|VOTES|APPOINTS|CONTROLS]->() } AS edges"
        ).single(strict=True)
    assert report.account.written == dict(counts)
