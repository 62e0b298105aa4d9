"""Every query file against the server: it does what its header says, and reads no more than it must."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest
from neo4j import Result
from tests.neo4j_servers import Neo4jServer

import lookthrough
from lookthrough.graph.database import Database
from lookthrough.graph.errors import GraphError, QueryCutOff
from lookthrough.graph.queries import Access, CypherQuery, QueryFileError, load, names, parse, root

from .canonical import canonical

ROOMS = sorted(room.name for room in root().iterdir() if room.is_dir())
QUERIES = [load(name) for room in ROOMS for name in names(room) if load(name).access is not Access.SCHEMA]
READS = [query for query in QUERIES if query.access is Access.READ]
WHOLE = ("backup/nodes", "backup/counts", "backup/occupied", "backup/relationships")
"""What a backup asks about everything."""
PACKAGE = Path(lookthrough.__file__).parent
VALUES: dict[str, object] = {
    "STRING": "x",
    "INTEGER": 1,
    "FLOAT": 0.5,
    "BOOLEAN": True,
    "MAP": {},
    "LIST OF STRING": ["x", "y"],
    "LIST OF MAP": [],
}


def title(query: CypherQuery) -> str:
    return query.name


def explained(server: Neo4jServer, query: CypherQuery) -> Result:
    with server.session() as session:
        result = session.run("EXPLAIN " + query.text, parameters(query))
        result.consume()
        return result


def parameters(query: CypherQuery) -> dict[str, object]:
    return {name: VALUES.get(kind) for name, kind in query.parameters.items()}


class Plan(TypedDict):
    operatorType: str
    children: NotRequired[list[Plan]]


def operators(plan: Plan) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", []):
        yield from operators(child)


def test_there_are_queries_in_every_room() -> None:
    assert ROOMS == [
        "backup",
        "chains",
        "export",
        "first",
        "import",
        "imports",
        "investigate",
        "investigations",
        "match",
        "read",
        "retract",
        "schema",
        "screenings",
        "snapshot",
        "verdicts",
    ]
    assert len(QUERIES) > 30


@pytest.mark.parametrize("query", QUERIES, ids=title)
def test_the_server_takes_the_query_for_what_its_header_says(
    neo4j_server: Neo4jServer, migrated_database: Database, query: CypherQuery
) -> None:
    kind = explained(neo4j_server, query).consume().query_type
    # "s" is what the server calls a query that asks about the server itself
    assert kind in (("r", "s") if query.access is Access.READ else ("rw", "w"))
    assert kind != "s" or "CALL dbms.components()" in query.text


@pytest.mark.parametrize("query", [query for query in READS if query.name not in WHOLE], ids=title)
def test_no_read_query_scans_all_nodes_or_multiplies_rows(
    neo4j_server: Neo4jServer, migrated_database: Database, query: CypherQuery
) -> None:
    summary = explained(neo4j_server, query).consume()
    plan = cast(Plan, summary.plan)  # pyright: ignore[reportUnknownMemberType]  the driver leaves it untyped
    assert {"AllNodesScan", "CartesianProduct"}.isdisjoint(operators(plan))


@pytest.mark.parametrize("query", QUERIES, ids=title)
def test_the_header_names_the_parameters_of_the_text(query: CypherQuery) -> None:
    used = set(re.findall(r"\$([a-z_]+)", query.text))
    assert used == set(query.parameters)


@pytest.mark.parametrize("query", QUERIES, ids=title)
def test_the_header_names_the_columns_that_come_back(
    neo4j_server: Neo4jServer, migrated_database: Database, query: CypherQuery
) -> None:
    assert list(explained(neo4j_server, query).keys()) == list(query.returns)


@pytest.mark.parametrize("query", QUERIES, ids=title)
def test_the_header_says_what_keeps_the_query_small(query: CypherQuery) -> None:
    assert query.purpose.endswith(".")
    assert query.bounds
    assert query.text.startswith("CYPHER 25\n")


def test_a_write_in_a_reading_transaction_is_refused_by_the_server(database: Database) -> None:
    with pytest.raises(GraphError, match=r"(?i)read"):
        database.read(lambda tx: tx.run("import/name_sources", keys=["x"]))
    assert canonical(database).lines == []


def test_a_slow_query_is_cut_off_at_its_time_limit(database: Database) -> None:
    slow = parse(
        "slow",
        """// Counts for minutes
// Purpose: Be slow.
// Returns: n INTEGER
// Access: read
UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y WITH x, y WHERE x = -y
RETURN count(*) AS n
""",
    )
    begun = time.monotonic()
    with pytest.raises(QueryCutOff):
        database.read(lambda tx: tx.run_query(slow), seconds=0.3)
    assert time.monotonic() - begun < 10


def test_parameters_that_are_not_the_querys_own_are_refused(database: Database) -> None:
    with pytest.raises(TypeError, match=r"read/exists: parameters are \['entity'\], given \['id'\]"):
        database.read(lambda tx: tx.run("read/exists", id="x"))


@pytest.mark.parametrize(
    "text",
    ["", "RETURN 1", "// Title\nRETURN 1", "// Title\n// Purpose: One.\n// Access: read\n"],
)
def test_a_file_without_a_header_or_a_statement_is_no_query(text: str) -> None:
    with pytest.raises(QueryFileError, match=r"odd\.cypher needs"):
        parse("odd", text)


CYPHER = re.compile(
    r"\b(MATCH|MERGE|CREATE|UNWIND|CALL|DETACH|DELETE|SET|REMOVE|FOREACH)\b\s*[({$]"
    r"|\bRETURN\s+\w|\)-\[|\]->\(|\bSHOW (INDEXES|CONSTRAINTS|TRANSACTIONS)"
    r"|\bCREATE [A-Z ]*(CONSTRAINT|INDEX)\b[^;]*\bFOR\b"
)


def constants(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def trees() -> list[tuple[str, ast.Module]]:
    paths = sorted(PACKAGE.rglob("*.py"))
    assert len(paths) > 80
    return [(str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def test_there_is_no_cypher_outside_the_folder_of_queries() -> None:
    found = [(path, text) for path, tree in trees() for text in constants(tree) if CYPHER.search(text)]
    assert found == []


def test_the_search_for_cypher_knows_every_query() -> None:
    assert [query.name for query in QUERIES if not CYPHER.search(query.text)] == []


def test_there_is_one_cast_to_a_literal() -> None:
    casts = [
        path
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "cast"
        and "LiteralString" in ast.dump(node.args[0])
    ]
    assert casts == ["graph/queries.py"]
