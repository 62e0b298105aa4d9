"""Policy documents and questions that several test files put."""

from __future__ import annotations

from typing import Any

from httpx import Client

Json = dict[str, Any]
POLICY = "anthropic-2025-09"
AS_OF = "2026-11-01"


def policy(operator: str = ">", **test: object) -> Json:
    """A multiplicative test of the seeds `t:seed` to `t:seed-4` against 50%."""
    seeds = ["t:seed", "t:seed-2", "t:seed-3", "t:seed-4"]
    ownership = {"id": "ownership", "kind": "ownership", "threshold": "50%", "operator": operator, **test}
    return {
        "id": "named-seeds",
        "version": "1",
        "title": {"en": "Named seeds"},
        "seeds": {"any": [{"id": seeds}]},
        "tests": [ownership],
    }


def verdict(client: Client, entity: str, policy: str | Json = POLICY, **fields: str) -> Json:
    answer = client.post("/v1/verdicts", json={"entity": entity, "policy": policy, "as_of": AS_OF, **fields})
    assert answer.status_code == 200, answer.text
    document: Json = answer.json()
    return document


def got(client: Client, path: str, **parameters: str | int) -> Json:
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    document: Json = answer.json()
    return document
