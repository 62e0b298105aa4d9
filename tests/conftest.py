"""One real Neo4j for the whole run; every test that asks for it finds the schema and no facts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import cast

import hypothesis
import pytest
import structlog
from _pytest.capture import CaptureManager
from tests import neo4j_servers
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.graph.migrations import migrate

# The same examples in every run, so that a run says something of the change and not of its luck; a search for
# new ones is asked for by LOOKTHROUGH_TEST_SEARCH.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("searching", deadline=None)
hypothesis.settings.load_profile("searching" if os.environ.get("LOOKTHROUGH_TEST_SEARCH") else "steady")

# Services log from threads of their own: logging does so under a lock, into what is captured at that moment.
structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())

WIPE = """CYPHER 25
MATCH (n) WHERE NOT n:Migration AND NOT n:LookthroughTestDatabase
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS
"""


def pytest_report_header() -> str:
    return f"neo4j: {neo4j_servers.plan()}"


@pytest.fixture(scope="session")
def neo4j_server(pytestconfig: pytest.Config) -> Iterator[Neo4jServer]:
    """The server of this run: its address, user and password."""

    def say(line: str) -> None:
        capture = cast(CaptureManager, pytestconfig.pluginmanager.getplugin("capturemanager"))
        with capture.global_and_fixture_disabled():
            print(f"\n{line}")

    with neo4j_servers.running(say) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_database(neo4j_server: Neo4jServer) -> Iterator[Database]:
    """A database with our schema, with whatever facts the tests before have left."""
    database = Database(neo4j_server.uri, neo4j_server.user, neo4j_server.password)
    migrate(database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def wipe(migrated_database: Database, neo4j_server: Neo4jServer) -> Callable[[], None]:
    """Deletes all facts; the schema stays, with a ledger that has seen nothing."""

    def wiped() -> None:
        with neo4j_server.session() as session:
            session.run(WIPE).consume()
        migrate(migrated_database)

    return wiped


@pytest.fixture
def database(migrated_database: Database, wipe: Callable[[], None]) -> Database:
    """A database with our schema and no facts."""
    wipe()
    return migrated_database
