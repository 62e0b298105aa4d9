"""Stored verdicts over HTTP: the bytes that were given, computed again, listed."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from httpx import Client

from .documents import POLICY, got, policy

QUESTION = {"entity": "gazprom", "policy": POLICY, "as_of": "2026-11-01"}


def test_a_verdict_is_given_again_byte_for_byte(client: Client) -> None:
    given = client.post("/v1/verdicts", json=QUESTION)
    verdict_id = given.json()["verdict_id"]
    again = client.get(f"/v1/verdicts/{verdict_id}")
    assert (again.status_code, again.content) == (200, given.content)
    assert again.headers["content-type"] == "application/json"


def test_a_replay_says_that_nothing_differs(client: Client) -> None:
    verdict_id = client.post("/v1/verdicts", json=QUESTION).json()["verdict_id"]
    found = client.post(f"/v1/verdicts/{verdict_id}/replay").raise_for_status().json()
    assert found["same"] is True
    assert (found["verdict_id"], found["replayed_id"]) == (verdict_id, verdict_id)
    assert found["differences"] == found["changed_since"] == []
    assert found["engine"]["stored"] == found["engine"]["now"]
    assert found["sentence"].keys() == {"en", "zh"}


def test_a_policy_sent_as_a_document_is_stored_too(client: Client) -> None:
    question = {"entity": "t:loop-a", "policy": policy(), "as_of": "2026-11-01"}
    verdict_id = client.post("/v1/verdicts", json=question).json()["verdict_id"]
    assert client.post(f"/v1/verdicts/{verdict_id}/replay").json()["same"] is True


def test_the_verdicts_about_an_entity_are_listed(client: Client) -> None:
    verdict_id = client.post("/v1/verdicts", json={**QUESTION, "entity": "lynk"}).json()["verdict_id"]
    page = got(client, "/v1/entities/lynk/verdicts", limit=1)
    assert page["items"][0]["verdict_id"] == verdict_id
    assert page["items"][0]["outcome"] == "RESTRICTED"
    assert page["items"][0]["policy"]["id"] == POLICY


def test_what_is_not_stored_is_404(client: Client) -> None:
    for answer in (
        client.get("/v1/verdicts/v1:none"),
        client.post("/v1/verdicts/v1:none/replay"),
        client.get("/v1/entities/nobody/verdicts"),
    ):
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/entities/lynk/verdicts?cursor=x").status_code == 422


def test_two_verdicts_are_compared(client: Client) -> None:
    ids = [
        client.post("/v1/verdicts", json={"entity": "halti", "policy": POLICY, "as_of": day}).json()[
            "verdict_id"
        ]
        for day in ("2019-10-20", "2019-10-22")
    ]
    found = got(client, f"/v1/verdicts/{ids[0]}/diff/{ids[1]}")
    assert [change["owner"] for change in found["changes"] if change["effect"] == "turns"] == ["tencent"]
    assert client.get(f"/v1/verdicts/{ids[0]}/diff/v1:none").status_code == 404


def test_the_answer_over_time_is_told(client: Client) -> None:
    found = got(client, "/v1/entities/halti/history", policy=POLICY, **{"from": "2019-01-01"})
    assert [(period["from"], period["to"], period["outcome"]) for period in found["periods"]] == [
        ("2019-01-01", "2019-10-21", "UNDETERMINED"),
        ("2019-10-21", None, "RESTRICTED"),
    ]
    refused = client.get("/v1/entities/halti/history", params={"policy": POLICY, "to": "x"})
    assert (refused.status_code, refused.json()["detail"]) == (
        422,
        "to: 'x' is not a date such as 2026-11-23",
    )


def test_the_evidence_comes_as_a_zip_that_proves_itself(client: Client, tmp_path: Path) -> None:
    verdict_id = client.post("/v1/verdicts", json=QUESTION).json()["verdict_id"]
    answer = client.get(f"/v1/verdicts/{verdict_id}/evidence", params={"language": "zh"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.content == client.get(f"/v1/verdicts/{verdict_id}/evidence?language=zh").content
    with ZipFile(BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path)
    verified = subprocess.run(
        [sys.executable, "-I", tmp_path / "verify.py"], capture_output=True, check=False
    )
    assert verified.returncode == 0, verified.stdout
    assert client.get(f"/v1/verdicts/{verdict_id}/evidence?language=xx").status_code == 422
    assert client.get("/v1/verdicts/v1:none/evidence").status_code == 404
