"""Suggestions of ids that may be one entity, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Client
from tests import service
from tests.api.documents import got

from lookthrough.graph.database import Database

from .facts import load

ENTITIES = "id,name,kind\na/1,Acme Ltd,company\nb,Acme Limited,company\nc,Acme Co Limited,company"


@pytest.fixture
def client(database: Database, tmp_path: Path) -> Iterator[Client]:
    load(database, tmp_path, entities=ENTITIES)
    with service.listening(service.application(database)) as address, Client(base_url=address) as client:
        yield client


def test_a_person_confirms_one_suggestion_and_rejects_another(client: Client) -> None:
    listed = got(client, "/v1/matches", limit=1)
    pairs = [(pair["entity"]["id"], pair["other"]["id"]) for pair in listed["items"]]
    assert pairs[0][0] == "a/1"
    mine = got(client, "/v1/entities/a%2F1/matches")
    assert {pair["other"]["id"] for pair in mine["items"]} == {"b", "c"}
    assert mine["items"][0].keys() == {"entity", "other", "basis", "score", "reasons", "against"}
    said = {"entity": "b", "other": "a/1", "why": "one register number"}
    assert client.post("/v1/matches", json=said).status_code == 422
    confirmed = client.post("/v1/matches", json={**said, "by": "J. Doe"})
    assert confirmed.json().items() >= {
        "entity": "a/1", "same_as": "b", "source": "confirmed by J. Doe", "ref": "a/1 = b", "new": True,
    }.items()  # fmt: skip
    other = {"entity": "a/1", "other": "c", "why": "another firm"}
    assert client.post("/v1/matches/rejections", json=other).status_code == 200
    now = got(client, "/v1/entities/a%2F1/matches")
    assert (now["items"], [one["other"] for one in now["rejected"]]) == ([], ["c"])
    assert got(client, "/v1/entities/b")["same_as"] == ["a/1"]


@pytest.mark.parametrize(
    ("where", "said", "status"),
    [
        ("/v1/matches", {"entity": "b", "other": "nobody", "why": "w", "by": "me"}, 404),
        ("/v1/matches", {"entity": "b", "other": "b", "why": "w", "by": "me"}, 422),
        ("/v1/matches", {"entity": "b", "other": "c", "why": "w", "by": "me", "auto": True}, 422),
        ("/v1/matches/rejections", {"entity": "b", "other": "c", "why": " "}, 422),
    ],
)
def test_what_cannot_be_said_is_refused_in_one_sentence(
    client: Client, where: str, said: dict[str, object], status: int
) -> None:
    refused = client.post(where, json=said)
    assert (refused.status_code, refused.headers["content-type"]) == (status, "application/problem+json")
    assert refused.json()["detail"]


def test_an_unknown_entity_and_a_bad_cursor_are_refused(client: Client) -> None:
    assert client.get("/v1/entities/nobody/matches").status_code == 404
    assert client.get("/v1/matches", params={"cursor": "x"}).status_code == 422
