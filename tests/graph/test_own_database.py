"""A database that the environment names is used only if nothing is lost with it."""

from __future__ import annotations

import pytest
from tests.neo4j_servers import Neo4jServer, claim

from lookthrough.graph.database import Database


def test_a_database_that_a_former_run_marked_is_taken(database: Database, neo4j_server: Neo4jServer) -> None:
    with neo4j_server.session() as session:
        claim(session)
        assert session.run("MATCH (m:LookthroughTestDatabase) RETURN count(*)").single(strict=True)[0] == 1


def test_a_database_with_data_of_others_is_refused(database: Database, neo4j_server: Neo4jServer) -> None:
    with neo4j_server.session() as session:
        session.run("MATCH (m:LookthroughTestDatabase) SET m:Kept REMOVE m:LookthroughTestDatabase").consume()
        try:
            with pytest.raises(RuntimeError, match="names a database with data"):
                claim(session)
        finally:
            session.run("MATCH (m:Kept) SET m:LookthroughTestDatabase REMOVE m:Kept").consume()
