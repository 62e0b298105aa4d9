"""Neo4j killed under the running service: it says so, and answers again when Neo4j is back."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest
from httpx import Client, Response
from tests import service

from lookthrough.graph.database import Database
from lookthrough.graph.embedded import EmbeddedError, EmbeddedServer
from lookthrough.graph.migrations import migrate
from lookthrough.investigations.loading import load_files

from .documents import policy

SMALL = {"LOOKTHROUGH_NEO4J_HEAP": "256m", "LOOKTHROUGH_NEO4J_PAGECACHE": "64m"}
PATIENCE = 30.0
QUESTION = {"entity": "t:loop-a", "policy": policy()}


@pytest.fixture
def server(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EmbeddedServer]:
    """An embedded server of one's own, so that it can be killed."""
    for name, value in SMALL.items():
        monkeypatch.setenv(name, value)
    server = EmbeddedServer(tmp_path_factory.mktemp("outage"))
    try:
        server.start()
    except EmbeddedError as error:
        pytest.skip(f"needs the embedded server: {error}")
    yield server
    server.stop()


@pytest.fixture
def own_client(server: EmbeddedServer) -> Iterator[Client]:
    connection = server.start()
    database = Database(connection.uri, connection.user, connection.password)
    migrate(database)
    load_files(database, [service.OWN_FACTS])
    with (
        service.listening(service.application(database)) as address,
        Client(base_url=address, timeout=60) as client,
    ):
        yield client
    database.close()


def test_a_killed_database_is_503_until_it_is_back_without_restarting_the_service(
    server: EmbeddedServer, own_client: Client
) -> None:
    before = own_client.post("/v1/verdicts", json=QUESTION)
    assert before.status_code == 200
    pid = server.status().pid
    assert pid is not None

    os.kill(pid, signal.SIGKILL)
    while server.status().running:
        time.sleep(0.05)

    for answer in (
        own_client.post("/v1/verdicts", json=QUESTION),
        own_client.get("/v1/entities?q=loop"),
        own_client.get("/v1/entities/t:loop-a/owners"),
        own_client.get("/readyz"),
    ):
        _says_that_it_is_away(answer)
    assert own_client.get("/healthz").status_code == 200
    assert own_client.get("/").status_code == 200

    server.start()
    after = _answered(own_client)
    assert after.content == before.content
    assert own_client.get("/readyz").status_code == 200


def _says_that_it_is_away(answer: Response) -> None:
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["title"] == "Neo4j is away"
    assert answer.elapsed.total_seconds() < PATIENCE


def _answered(client: Client) -> Response:
    until = time.monotonic() + PATIENCE
    while (answer := client.post("/v1/verdicts", json=QUESTION)).status_code == 503:
        assert time.monotonic() < until, answer.text
        time.sleep(0.2)
    return answer
