"""Screenings over HTTP: begun, watched, read, interrupted and gone on with."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import duckdb
import pytest
from httpx import Client, Response
from tests import service
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.graph.screenings import NewRow, Work
from lookthrough.investigations import screenings
from lookthrough.investigations.screening import Screened

from .documents import AS_OF, POLICY, Json, got, verdict

IDS = ["lynk", "no-such-id", "nayara", "", "proton", "spring-sg", "lynk", "pdd"]
PATIENCE = 60.0


def begin(client: Client, **fields: object) -> Response:
    return client.post("/v1/screenings", json={"policy": POLICY, "as_of": AS_OF, **fields})


def begun(client: Client, **fields: object) -> str:
    answer = begin(client, **fields)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def ended(client: Client, screening: str) -> Json:
    deadline = time.monotonic() + PATIENCE
    while (document := got(client, f"/v1/screenings/{screening}"))["status"] == "running":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return document


def results(client: Client, screening: str, **parameters: str | int) -> list[Json]:
    """All pages."""
    found: list[Json] = []
    cursor: str | None = ""
    while cursor is not None:
        more = {"cursor": cursor} if cursor else {}
        page = got(client, f"/v1/screenings/{screening}/results", **parameters, **more)
        found += page["items"]
        cursor = page["next"]
    return found


@pytest.fixture(scope="module")
def done(client: Client) -> str:
    """A screening of `IDS` that is done."""
    screening = begun(client, entities=IDS)
    assert ended(client, screening)["status"] == "done"
    return screening


def test_a_screening_says_where_it_is_and_how_it_came_out(client: Client) -> None:
    answer = begin(client, entities=IDS)
    assert answer.headers["location"] == f"/v1/screenings/{answer.json()['id']}"
    document = ended(client, answer.json()["id"])
    assert (document["status"], document["done"], document["total"]) == ("done", 8, 8)
    assert document["outcomes"] == {"RESTRICTED": 2, "UNDETERMINED": 3, "NOT_RESTRICTED": 1}
    assert document["undetermined"] == {"could_cross_the_line": 2, "disputed_or_unknown_party": 1}
    assert (document["problems"], document["as_of"]) == (2, AS_OF)


def test_its_rows_are_verdicts_that_are_stored(client: Client, done: str) -> None:
    rows = results(client, done)
    assert [(row["row"], row["entity"]) for row in rows] == list(enumerate(IDS, 1))
    assert [row["reason"] for row in rows if row["outcome"] is None] == ["unknown_entity", "no_id"]
    known_at = got(client, f"/v1/screenings/{done}")["known_at"]
    for row in rows:
        if row["outcome"]:
            stored = client.get(f"/v1/verdicts/{row['verdict_id']}")
            assert stored.json() == verdict(client, row["entity"], known_at=known_at)
            assert client.post(f"/v1/verdicts/{row['verdict_id']}/replay").json()["same"]


def test_rows_come_page_by_page_by_outcome_and_reason(client: Client, done: str) -> None:
    assert results(client, done, limit=3) == results(client, done)
    some = results(client, done, outcome="UNDETERMINED", reason="could_cross_the_line", limit=1)
    assert [row["entity"] for row in some] == ["nayara", "spring-sg"]
    assert [row["entity"] for row in results(client, done, outcome="none")] == ["no-such-id", ""]
    answer = client.get(f"/v1/screenings/{done}/results", params={"cursor": "x"})
    assert (answer.status_code, answer.json()["detail"][:7]) == (422, "cursor:")


def test_a_line_that_nobody_said_the_meaning_of_is_a_row_and_never_clean(client: Client) -> None:
    lines = [{"given": "Proton"}, {"given": "Lynk & Co", "entity": "lynk"}, {"given": " "}, "lynk"]
    screening = begun(client, entities=lines)
    document = ended(client, screening)
    assert document["outcomes"] == {"RESTRICTED": 2, "UNDETERMINED": 0, "NOT_RESTRICTED": 0}
    assert (document["problems"], document["total"]) == (2, 4)
    told = [(row["given"], row["entity"], row["reason"]) for row in results(client, screening)]
    assert told == [
        ("Proton", "Proton", "not_identified"),
        ("Lynk & Co", "lynk", "ownership_over_threshold"),
        (None, "", "no_id"),
        (None, "lynk", "ownership_over_threshold"),
    ]
    text = client.get(f"/v1/screenings/{screening}/results", params={"format": "csv"}).text
    assert text.splitlines()[1] == "Proton,,,not_identified,,,,"


def test_screenings_are_listed_newest_first(client: Client, done: str) -> None:
    newer = begun(client, entities=["lynk"])
    ended(client, newer)
    first = got(client, "/v1/screenings", limit=1)
    assert [each["id"] for each in first["items"]] == [newer]
    ids = [each["id"] for each in got(client, "/v1/screenings", limit=500)["items"]]
    assert ids[0] == newer
    assert done in ids
    following = got(client, "/v1/screenings", limit=1, cursor=first["next"])
    assert [each["id"] for each in following["items"]] == ids[1:2]


def told(client: Client, screening: str) -> Iterator[tuple[str, Json]]:
    """The events of a screening, until there are no more."""
    with client.stream("GET", f"/v1/screenings/{screening}/events") as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        fields: dict[str, str] = {}
        for line in stream.iter_lines():
            name, _, value = line.partition(": ")
            if line:
                fields[name] = value
            elif "event" in fields:
                yield fields["event"], json.loads(fields["data"])
                fields = {}


def test_progress_is_told_and_the_end_at_last(client: Client) -> None:
    screening = begun(client, all=True)
    events = list(told(client, screening))
    assert {name for name, _ in events[:-1]} <= {"progress"}
    assert events[-1] == ("done", got(client, f"/v1/screenings/{screening}"))
    counted = [document["done"] for _, document in events]
    assert counted == sorted(counted)
    assert counted[-1] == events[-1][1]["total"] > 290
    assert [name for name, _ in told(client, screening)] == ["done"]


def test_a_file_has_every_row(client: Client, done: str) -> None:
    rows = results(client, done)
    path = f"/v1/screenings/{done}/results"
    by_name = client.get(path, params={"format": "csv"})
    assert by_name.headers["content-type"].startswith("text/csv")
    assert by_name.headers["content-disposition"].endswith(f'"screening-{done}.csv"')
    assert client.get(path, headers={"Accept": "text/csv"}).content == by_name.content
    found = list(csv.DictReader(io.StringIO(by_name.text)))
    assert found == [{name: row[name] or "" for name in found[0]} for row in rows]
    lines = client.get(path, headers={"Accept": "application/x-ndjson"}).content.splitlines()
    assert len(lines) == len(rows)
    for row, line in zip(rows, lines, strict=True):
        if row["outcome"]:
            assert line == client.get(f"/v1/verdicts/{row['verdict_id']}").content
        else:
            assert json.loads(line)["problem"] == row["problem"]
    only = client.get(path, params={"format": "csv", "outcome": "RESTRICTED"})
    assert len(list(csv.DictReader(io.StringIO(only.text)))) == 2


def test_a_table_has_every_row_too(client: Client, done: str, tmp_path: Path) -> None:
    answer = client.get(f"/v1/screenings/{done}/results", params={"format": "parquet"})
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    (tmp_path / "rows.parquet").write_bytes(answer.content)
    told = duckdb.connect().read_parquet(str(tmp_path / "rows.parquet")).fetchall()
    rows = results(client, done)
    columns = ("entity", "name", "outcome", "reason", "lower", "upper", "unknown", "verdict_id")
    assert told == [tuple(row[column] or None for column in columns) for row in rows]


@pytest.mark.parametrize(
    ("fields", "status", "word"),
    [
        ({}, 422, "either entities or all"),
        ({"entities": ["a"], "all": True}, 422, "either entities or all"),
        ({"entities": []}, 422, "entities"),
        ({"entities": ["a" * 201]}, 422, "entities"),
        ({"all": True, "policy": "no-such"}, 404, "no-such"),
        ({"all": True, "variant": "no-such"}, 422, "no-such"),
        ({"all": True, "as_of": "yesterday"}, 422, "as_of"),
        ({"all": True, "known_at": "2026-01-01"}, 422, "known_at"),
    ],
)
def test_a_request_that_cannot_be_used_is_refused(
    client: Client, fields: Json, status: int, word: str
) -> None:
    answer = begin(client, **fields)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert word in answer.json()["detail"]


def test_a_screening_that_nobody_knows_is_not_found(client: Client) -> None:
    for path in ("", "/results", "/results?format=csv", "/events"):
        answer = client.get(f"/v1/screenings/none{path}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:lookthrough:unknown-screening")
    for what in ("resume", "cancel"):
        assert client.post(f"/v1/screenings/none/{what}").status_code == 404


def test_all_of_too_many_is_left_to_the_command(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screenings, "MOST_ROWS", 100)
    answer = begin(client, all=True)
    assert (answer.status_code, answer.json()["detail"][:4]) == (422, "all:")


@contextmanager
def copy_of_the_service(database: Database) -> Generator[tuple[Client, Callable[[], None]]]:
    """One more beside the others, and what it does when it is stopped."""
    app = service.application(database)
    with service.listening(app) as address, Client(base_url=address, timeout=60) as client:
        yield client, app.state.service.screenings.close


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Nothing goes beyond the 60th row until it opens."""
    opened, row_of = Event(), screenings._row  # pyright: ignore[reportPrivateUsage]

    def waiting(screened: Screened) -> NewRow:
        if screened.row.row > 60:
            assert opened.wait(PATIENCE)
        return row_of(screened)

    monkeypatch.setattr(screenings, "_row", waiting)
    return opened


def test_what_a_stop_interrupts_another_copy_goes_on_with(
    demo: Database, client: Client, gate: Event
) -> None:
    with copy_of_the_service(demo) as (first, stop):
        screening = begun(first, all=True)
        while got(client, f"/v1/screenings/{screening}")["done"] < 50:
            time.sleep(0.05)
        early = client.get(f"/v1/screenings/{screening}/results", params={"format": "csv"})
        assert (early.status_code, early.json()["type"]) == (409, "urn:lookthrough:not-now")
        assert client.post(f"/v1/screenings/{screening}/resume").status_code == 409
        assert len(results(client, screening)) == 50
        gate.set()
        stop()
    document = got(client, f"/v1/screenings/{screening}")
    assert document["status"] == "interrupted"
    assert 50 <= document["done"] < document["total"]
    assert [name for name, _ in told(client, screening)] == ["error"]
    assert client.post(f"/v1/screenings/{screening}/resume").status_code == 202
    assert ended(client, screening)["status"] == "done"
    again = begun(client, all=True)
    assert ended(client, again)["status"] == "done"
    assert results(client, screening, limit=500) == results(client, again, limit=500)


def test_any_copy_stops_what_another_works_on(demo: Database, client: Client, gate: Event) -> None:
    with copy_of_the_service(demo) as (first, stop):
        screening = begun(first, all=True)
        while got(client, f"/v1/screenings/{screening}")["done"] < 50:
            time.sleep(0.05)
        stopped = client.post(f"/v1/screenings/{screening}/cancel")
        assert (stopped.status_code, stopped.json()["status"]) == (200, "cancelled")
        assert client.post(f"/v1/screenings/{screening}/cancel").status_code == 409
        gate.set()
        stop()
    document = got(client, f"/v1/screenings/{screening}")
    assert (document["status"], document["done"]) == ("cancelled", len(results(client, screening)))
    assert document["done"] < document["total"]
    assert client.post(f"/v1/screenings/{screening}/resume").status_code == 202
    assert ended(client, screening)["done"] == document["total"]


def test_there_is_room_for_some_at_once(demo: Database, gate: Event) -> None:
    with copy_of_the_service(demo) as (client, stop):
        waiting = [begun(client, all=True) for _ in range(screenings.MOST_AT_ONCE)]
        answer = begin(client, all=True)
        assert (answer.status_code, answer.json()["type"]) == (429, "urn:lookthrough:too-many")
        assert int(answer.headers["retry-after"]) > 0
        gate.set()
        assert {ended(client, each)["status"] for each in waiting} == {"done"}
        assert ended(client, begun(client, entities=IDS))["status"] == "done"
        stop()


def test_what_a_lost_process_left_is_taken_over(
    demo: Database, client: Client, done: str, neo4j_server: Neo4jServer
) -> None:
    lost = Work(demo, done, "somebody")
    with neo4j_server.session() as session:
        session.run(
            "MATCH (s:Screening {id: $id}) SET s.status = 'running', s.holder = 'somebody', s.done = 3, "
            "s.alive_at = datetime() - duration('PT2M')",
            id=done,
        ).consume()
    assert got(client, f"/v1/screenings/{done}")["status"] == "interrupted"
    assert client.post(f"/v1/screenings/{done}/resume").status_code == 202
    assert not lost.add([NewRow(4, {"entity": "wrong", "reason": "wrong"}, None)])
    assert ended(client, done)["status"] == "done"
    assert [row["entity"] for row in results(client, done)] == IDS


def test_lines_find_the_entities_that_they_may_mean(client: Client) -> None:
    lines = ["lynk", "635400Z5LQ5F9OLVT688", "腾讯控股有限公司", "limited", "qqqqxxxx", ""]
    answer = client.post("/v1/screenings/candidates", json={"lines": lines})
    assert answer.status_code == 200, answer.text
    items = answer.json()["items"]
    assert [each["given"] for each in items] == lines
    assert [each["by"] for each in items] == ["id", "identifier", "name", None, None, None]
    assert [each["candidates"][0]["id"] for each in items[:3]] == ["lynk", "prosus", "tencent"]
    assert len(items[3]["candidates"]) > 1
    assert [each["candidates"] for each in items[4:]] == [[], []]


def test_a_name_that_two_entities_bear_is_for_a_person_to_say(client: Client) -> None:
    """`twin` is the id of one entity of the test's facts and the name of another."""
    items = client.post("/v1/screenings/candidates", json={"lines": ["twin"]}).json()["items"]
    assert items[0]["by"] is None
    assert len(items[0]["candidates"]) == 2
