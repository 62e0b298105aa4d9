"""Several copies of the service on one database, and addresses of a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from httpx import Client
from tests import service
from tests.graph.facts import load
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database

ASKED = {"entity": "t", "policy": "anthropic-2025-09", "as_of": "2026-11-01"}
ENTITIES = "id,kind,headquarters\nt,company,US\ns,company,CN\nu,person,US"


@pytest.fixture
def copies(database: Database, neo4j_server: Neo4jServer) -> Iterator[list[Client]]:
    """Two copies of the service, each with connections of its own."""
    own = [Database(neo4j_server.uri, neo4j_server.user, neo4j_server.password) for _ in range(2)]
    with (
        service.listening(service.application(own[0])) as first,
        service.listening(service.application(own[1])) as second,
        Client(base_url=first, timeout=60) as one,
        Client(base_url=second, timeout=60) as two,
    ):
        yield [one, two]
    for each in own:
        each.close()


def ask(client: Client) -> dict[str, object]:
    found: dict[str, object] = client.post("/v1/verdicts", json=ASKED).raise_for_status().json()
    return found


def test_what_one_copy_is_told_every_copy_knows(
    database: Database, copies: list[Client], tmp_path: Path
) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes="owner,owned,percent\ns,t,40\nu,t,60")
    assert {ask(copy)["outcome"] for copy in copies} == {"NOT_RESTRICTED"}
    load(database, tmp_path, stakes="owner,owned,percent\ns,t,60\nu,t,40")
    answers = [ask(copy) for copy in copies]
    assert {answer["outcome"] for answer in answers} == {"RESTRICTED"}
    stored = copies[1].get(f"/v1/verdicts/{answers[0]['verdict_id']}").raise_for_status()
    assert stored.json() == answers[0]


def test_copies_that_are_asked_at_once_give_and_store_one_verdict(
    database: Database, copies: list[Client], neo4j_server: Neo4jServer, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes="owner,owned,percent\ns,t,40\nu,t,60")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, copies * 8))
    assert len({str(answer["verdict_id"]) for answer in answers}) == 1
    with neo4j_server.session() as session:
        assert session.run("MATCH (v:Verdict) RETURN count(v)").single(strict=True).value() == 1


def test_an_address_of_a_cluster_is_taken_and_a_read_follows_its_write(
    database: Database, neo4j_server: Neo4jServer, tmp_path: Path
) -> None:
    if neo4j_server.what != "embedded":
        pytest.skip("a container announces an address that is its own, not the published port")
    routed = Database(
        neo4j_server.uri.replace("bolt://", "neo4j://"), neo4j_server.user, neo4j_server.password
    )
    load(routed, tmp_path, entities=ENTITIES, stakes="owner,owned,percent\ns,t,60\nu,t,40")
    with service.listening(service.application(routed)) as address, Client(base_url=address) as client:
        assert ask(client)["outcome"] == "RESTRICTED"
    assert routed.bookmarks() != frozenset()
    routed.close()
