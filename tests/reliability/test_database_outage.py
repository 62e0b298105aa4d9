"""Neo4j killed under a running Database: named at once, and used again when it is back."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.graph.canonical import canonical
from tests.graph.facts import ask, files, load, shares

from lookthrough.graph.database import Database
from lookthrough.graph.embedded import EmbeddedServer
from lookthrough.graph.errors import GraphUnavailable
from lookthrough.graph.loads import ledger
from lookthrough.graph.migrations import migrate
from lookthrough.investigations.loading import Progress, load_files

ENTITIES = "id,kind,headquarters\nt,company,US\ns,company,CN"
STAKES = "owner,owned,percent\ns,t,60"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(tmp_path_factory.mktemp("outage") / "home")
    yield server
    server.stop()


@pytest.fixture
def database(server: EmbeddedServer) -> Iterator[Database]:
    """A server that runs, and one Database for all of its lives."""
    connection = server.start()
    database = Database(connection.uri, connection.user, connection.password)
    migrate(database)
    yield database
    database.close()


def kill(server: EmbeddedServer) -> None:
    pid = server.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while server.status().running:
        time.sleep(0.02)


def test_a_killed_server_is_named_within_seconds_and_used_again_when_it_is_back(
    server: EmbeddedServer, database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    before = ask(database, "t")
    kill(server)
    for _ in range(2):
        begun = time.monotonic()
        with pytest.raises(GraphUnavailable, match=f"Neo4j at {database.uri} cannot be reached"):
            ask(database, "t")
        assert time.monotonic() - begun < 15
    server.start()
    assert ask(database, "t").to_json() == before.to_json()
    load(database, tmp_path, stakes="owner,owned,percent\ns,t,40")
    assert shares(ask(database, "t"))[0] == "2/5"


def test_a_load_goes_on_where_the_server_comes_back_in_time(
    server: EmbeddedServer, database: Database, tmp_path: Path
) -> None:
    folder = files(tmp_path, entities=ENTITIES, stakes="owner,owned,percent,source\ns2,t,70,another")

    def restart(progress: Progress) -> None:
        if progress.file == "entities.csv":
            kill(server)
            server.start()

    report = load_files(database, [folder], progress=restart)
    assert (report.read, report.rejected, report.stakes_new, report.resumed) == (3, 0, 1, False)
    assert ledger(database).unfinished == []
    (version,) = canonical(database).mentioning('"OWNS"', '"claim_percents":["70"')
    assert '"another"' in version
