"""The schema: applied once, in order, and never silently changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lookthrough.graph.database import Database
from lookthrough.graph.errors import SchemaMismatch
from lookthrough.graph.loads import Ledger, ledger
from lookthrough.graph.migrations import migrate, pending, shipped
from tests.neo4j_servers import Neo4jServer


@pytest.fixture
def bare(database: Database, neo4j_server: Neo4jServer) -> Iterator[Database]:
    """A database without a schema; afterwards it has its own again."""
    with neo4j_server.session() as session:
        for name in [row["name"] for row in session.run("SHOW CONSTRAINTS YIELD name")]:
            session.run("DROP CONSTRAINT $(name)".replace("$(name)", "`" + name + "`"))
        session.run("MATCH (n:Migration|Ledger) DELETE n")
    yield database


def test_an_empty_database_gets_the_whole_schema(database: Database) -> None:
    pass
