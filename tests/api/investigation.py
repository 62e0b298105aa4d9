"""An investigation worked on over HTTP, as tests do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from httpx import Client, Response

from .documents import AS_OF, POLICY, Json, verdict


@dataclass(slots=True)
class Dossier:
    """Sends every change with the version that it has read last."""

    client: Client
    now: Json

    @property
    def path(self) -> str:
        return f"/v1/investigations/{self.now['id']}"

    def send(self, method: str, room: str = "", **fields: object) -> Response:
        return self.client.request(method, self.path + room, json={"version": self.now["version"], **fields})

    def change(self, method: str, room: str = "", **fields: object) -> Json:
        answer = self.send(method, room, **fields)
        assert answer.status_code == 200, answer.text
        assert answer.json()["version"] == self.now["version"] + 1
        self.now = answer.json()
        return self.now

    def pin(self, entity: str = "nayara") -> Json:
        told = verdict(self.client, entity)
        self.change("POST", "/verdicts", verdict_id=told["verdict_id"])
        return told

    def refused(self, status: int, method: str, room: str = "", **fields: object) -> str:
        """The sentence that it is refused with; nothing is changed."""
        answer = self.send(method, room, **fields)
        assert answer.status_code == status, answer.text
        assert self.client.get(self.path).json() == self.now
        return str(answer.json()["detail"])


def opened(client: Client, *subjects: str, **fields: object) -> Dossier:
    asked: Mapping[str, object] = {
        "question": "May we serve them?",
        "subjects": list(subjects) or ["nayara"],
        "policy": POLICY,
        "as_of": AS_OF,
        **fields,
    }
    answer = client.post("/v1/investigations", json=asked)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/investigations/{answer.json()['id']}"
    return Dossier(client, answer.json())
