"""Desks: one before the database of the run, one before a server that nobody answers for."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from tests import service
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database

from .commands import Desk, free_port

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # As where a shell starts the tests in the background: commands would inherit it, and never hear Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="package")
def desk(neo4j_server: Neo4jServer, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Before the database of the run, whatever is in it."""
    settings = {
        "LOOKTHROUGH_HOME": str(tmp_path_factory.mktemp("unused")),
        "LOOKTHROUGH_NEO4J_URI": neo4j_server.uri,
        "LOOKTHROUGH_NEO4J_USER": neo4j_server.user,
        "LOOKTHROUGH_NEO4J_PASSWORD": neo4j_server.password,
    }
    return Desk(tmp_path_factory.mktemp("desk"), settings, (neo4j_server.password,))


@pytest.fixture(scope="package")
def away(desk: Desk) -> Desk:
    """Before an address where nothing listens."""
    return desk.but(NEO4J_URI=f"bolt://127.0.0.1:{free_port()}")


@pytest.fixture
def empty(desk: Desk, database: Database, tmp_path: Path) -> Desk:
    """Before a database without facts, in a folder of one's own."""
    assert database
    return Desk(tmp_path, desk.settings, desk.secrets)


@pytest.fixture(scope="module")
def demo(desk: Desk, migrated_database: Database, wipe: Callable[[], None]) -> Desk:
    """Before the demo set."""
    wipe()
    service.load_demo(migrated_database)
    return desk
