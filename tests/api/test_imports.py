"""Files that are sent to be loaded: accounted for as by the command, one load at a time, bounded."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest
from httpx import Client, Response
from tests import service
from tests.neo4j_servers import Neo4jServer

from lookthrough.api.app import create_app
from lookthrough.graph.database import Database
from lookthrough.graph.loads import loading
from lookthrough.investigations import imports
from lookthrough.investigations.completing import Completion
from lookthrough.investigations.loading import LoadReport, Progress, load_files
from lookthrough.settings import Settings

from .documents import Json, got

PATIENCE = 60.0
ENTITIES = "id,name,kind\ni:a,Import A,company\ni:b,Import B,company\n"
STAKES = "owner,owned,percent\ni:a,i:b,25\ni:b,i:c,140\n"


def send(client: Client, files: dict[str, str | bytes], **options: str) -> Response:
    parts = [("files", (name, content)) for name, content in files.items()]
    return client.post("/v1/imports", files=parts, params=options)


def ended(client: Client, answer: Response) -> Json:
    assert answer.status_code == 202, answer.text
    deadline = time.monotonic() + PATIENCE
    while (document := got(client, answer.headers["location"]))["status"] in ("waiting", "running"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return document


@pytest.fixture(scope="module")
def done(client: Client) -> Json:
    """Two files with one row that cannot be used."""
    return ended(client, send(client, {"stakes.csv": STAKES, "entities.csv": ENTITIES}, source="imported"))


def test_an_import_gives_the_report_of_the_command(client: Client, done: Json) -> None:
    assert (done["status"], done["files"]) == ("done", ["stakes.csv", "entities.csv"])
    assert (done["rows"], done["percent"]) == (4, 100)
    report = done["report"]
    assert (report["read"], report["loaded"], report["rejected"]) == (4, 3, 1)
    assert [(each["file"], each["line"], each["field"]) for each in report["rejections"]] == [
        ("stakes.csv", 3, "percent")
    ]
    owners = got(client, "/v1/entities/i:b/owners")
    assert [(each["owner"]["id"], each["claims"][0]["source"]) for each in owners["items"]] == [
        ("i:a", "imported")
    ]


def test_rejected_records_come_as_the_command_writes_them_and_load_again(client: Client, done: Json) -> None:
    answer = client.get(f"/v1/imports/{done['id']}/rejected")
    assert answer.headers["content-type"] == "application/x-ndjson"
    (record,) = map(json.loads, answer.text.splitlines())
    assert (record["field"], record["source"], record["value"]) == ("percent", "imported", "140")
    mended = answer.text.replace('"140"', '"40"')
    again = ended(client, send(client, {"mended.ndjson": mended}))
    assert (again["status"], again["report"]["loaded"], again["report"]["rejected"]) == ("done", 1, 0)


def test_what_is_kept_of_rejected_records_is_bounded_and_the_rest_counted(
    client: Client, done: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MOST_REJECTED", 1_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stakes.csv", "owner,owned,percent\n" + "i:o,i:p,x\n" * 5_000)
    document = ended(client, send(client, {"many.zip": packed.getvalue()}))
    report = document["report"]
    assert (document["status"], report["read"], report["rejected"]) == ("done", 5_000, 5_000)
    assert 0 < len(report["rejections"]) == 5_000 - report["rejections_left_out"]
    assert "rejections_left_out" not in got(client, f"/v1/imports/{done['id']}")["report"]
    kept = client.get(f"/v1/imports/{document['id']}/rejected").content
    assert len(kept.splitlines()) == len(report["rejections"])
    assert len(kept) <= 1_000


def test_the_same_files_again_change_nothing(client: Client, done: Json) -> None:
    files: dict[str, str | bytes] = {"stakes.csv": STAKES, "entities.csv": ENTITIES}
    again = ended(client, send(client, files, source="imported"))
    assert (again["report"]["loaded"], again["report"]["duplicate"]) == (0, 3)


def test_an_archive_as_the_whole_body(client: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/entities.csv", "id,name\ni:zipped,Zipped\n")
    answer = client.post("/v1/imports", params={"name": "facts.zip"}, content=packed.getvalue())
    document = ended(client, answer)
    assert (document["status"], document["report"]["files_read"][0]["file"]) == (
        "done",
        "facts.zip/in/entities.csv",
    )
    assert got(client, "/v1/entities/i:zipped")["name"] == "Zipped"


def test_a_file_that_cannot_be_used_is_refused_and_nothing_of_it_loaded(client: Client) -> None:
    answer = send(client, {"entities.csv": "id,name,colour\ni:never,Never,red\n"})
    document = ended(client, answer)
    assert (document["status"], document["report"]) == ("refused", None)
    assert document["problem"]["type"] == "urn:lookthrough:unusable-file"
    assert "colour" in document["problem"]["detail"]
    assert client.get("/v1/entities/i:never").status_code == 404
    assert client.get(f"/v1/imports/{document['id']}/rejected").status_code == 409


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("evil.zip", b"PK\x03\x04 no archive at all"),
        ("evil.csv.gz", b"\x1f\x8b\x08 no gzip at all"),
    ],
)
def test_a_damaged_archive_is_refused(client: Client, name: str, content: bytes) -> None:
    document = ended(client, send(client, {name: content}))
    assert (document["status"], name in document["problem"]["detail"]) == ("refused", True)


@pytest.mark.parametrize("name", ["..", ".", "a/..", "  ", "a\x00b", "x" * 201])
def test_a_name_that_no_file_has_is_refused(client: Client, name: str) -> None:
    answer = client.post("/v1/imports", params={"name": name}, content=b"id\n")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_folder_in_a_name_leads_nowhere(client: Client) -> None:
    answer = client.post("/v1/imports", params={"name": "../../etc/entities.csv"}, content=ENTITIES.encode())
    assert ended(client, answer)["files"] == ["entities.csv"]


def test_what_is_asked_badly_is_refused_before_anything_is_kept(client: Client) -> None:
    for answer in (
        client.post("/v1/imports", content=b"id\n"),
        send(client, {"a.csv": "id\n"}, format="no-such"),
        send(client, {"a.csv": "id\n"}, allow_empty="true"),
        client.post("/v1/imports", files=[("files", ("a.csv", b"id\n")), ("files", ("x/a.csv", b"id\n"))]),
        client.post("/v1/imports", files=[("other", (None, b"no file"))]),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_nobody_knows_it(client: Client) -> None:
    for path in ("", "/rejected", "/events"):
        answer = client.get(f"/v1/imports/none{path}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:lookthrough:unknown-import")


def test_what_the_sources_do_not_say_any_more_is_closed(client: Client) -> None:
    one = ended(client, send(client, {"entities.csv": "id,name,source\ni:x,X,full\ni:y,Y,full\n"}))
    assert one["status"] == "done"
    two = ended(client, send(client, {"entities.csv": "id,name,source\ni:x,X,full\n"}, complete="true"))
    assert two["report"]["closed"]["descriptions"] == 1
    assert (got(client, "/v1/entities/i:x")["name"], got(client, "/v1/entities/i:y")["name"]) == ("X", "i:y")


def test_imports_and_loads_are_listed_newest_first(client: Client, done: Json) -> None:
    listed = [each["id"] for each in got(client, "/v1/imports", limit=500)["items"]]
    assert done["id"] in listed
    first = got(client, "/v1/imports", limit=1)
    assert [each["id"] for each in first["items"]] == listed[:1]
    following = got(client, "/v1/imports", limit=1, cursor=first["next"])
    assert [each["id"] for each in following["items"]] == listed[1:2]
    loads = got(client, "/v1/loads", limit=500)["items"]
    assert [each["instant"] for each in loads] == sorted((each["instant"] for each in loads), reverse=True)
    assert any("stakes.csv" in each["files"] and each["finished_at"] for each in loads)


def told(client: Client, place: str) -> Iterator[tuple[str, Json]]:
    with client.stream("GET", f"{place}/events") as stream:
        name = ""
        for line in stream.iter_lines():
            field, _, value = line.partition(": ")
            name = value if field == "event" else name
            if field == "data":
                yield name, json.loads(value)


def test_a_load_waits_for_another_and_says_so(demo: Database, client: Client) -> None:
    with loading(demo, "another", ["another.csv"]):
        answer = send(client, {"entities.csv": "id,name\ni:later,Later\n"})
        time.sleep(1.5)
        assert got(client, answer.headers["location"])["status"] == "waiting"
        assert client.get("/v1/entities/i:later").status_code == 404
    events = list(told(client, answer.headers["location"]))
    assert {name for name, _ in events[:-1]} <= {"progress"}
    assert (events[-1][0], events[-1][1]["report"]["loaded"]) == ("done", 1)


def test_a_stop_interrupts_a_load_and_the_same_files_go_on_with_it(
    demo: Database, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, opened = Event(), Event()

    def slow(
        database: Database,
        paths: Sequence[Path],
        source: str,
        progress: Callable[[Progress], None],
        form: str,
        rejected: Path,
        completion: Completion | None,
        most_rejected: int,
    ) -> LoadReport:
        def waiting(now: Progress) -> None:
            begun.set()
            assert opened.wait(PATIENCE)
            progress(now)

        return load_files(
            database, paths, source, waiting, form, rejected, completion, most_rejected=most_rejected
        )

    files: dict[str, str | bytes] = {"entities.csv": "id,name\ni:cut,Cut\n"}
    app = service.application(demo)
    with service.listening(app) as address, Client(base_url=address, timeout=60) as first:
        monkeypatch.setattr(imports, "load_files", slow)
        answer = send(first, files)
        assert begun.wait(PATIENCE)
        app.state.service.imports._stopping.set()
        opened.set()
        assert ended(client, answer)["status"] == "interrupted"
        app.state.service.imports.close()
    monkeypatch.undo()
    assert client.get("/v1/entities/i:cut").status_code == 404
    again = ended(client, send(client, files))
    assert (again["status"], again["report"]["resumed"]) == ("done", True)
    assert got(client, "/v1/entities/i:cut")["name"] == "Cut"


def test_an_import_that_its_process_left_says_so(
    client: Client, done: Json, neo4j_server: Neo4jServer
) -> None:
    with neo4j_server.session() as session:
        session.run(
            "MATCH (i:Import {id: $id}) CREATE (left:Import) SET left = i {.*, id: 'left', "
            "status: 'running', alive_at: datetime() - duration('PT2M')}",
            id=done["id"],
        ).consume()
    assert got(client, "/v1/imports/left")["status"] == "interrupted"
    assert [name for name, _ in told(client, "/v1/imports/left")] == ["error"]


def test_there_is_room_for_some(demo: Database) -> None:
    app = service.application(demo)
    with service.listening(app) as address, Client(base_url=address) as client:
        taken = [app.state.service.imports.upload() for _ in range(imports.MOST_AT_ONCE)]
        answer = send(client, {"entities.csv": "id\n"})
        assert (answer.status_code, answer.json()["type"]) == (429, "urn:lookthrough:too-many")
        folders = [each.folder for each in taken]
        assert all(folder.stat().st_mode & 0o077 == 0 for folder in folders)
        for each in taken:
            each.close()
        assert not any(folder.exists() for folder in folders)
        refused = client.post("/v1/imports", content=b"id\n")
        assert refused.status_code == 422
        for each in [app.state.service.imports.upload() for _ in range(imports.MOST_AT_ONCE)]:
            each.close()


def test_what_is_too_large_is_refused_however_it_is_sent(demo: Database, tmp_path: Path) -> None:
    app = create_app(demo, Settings.model_construct(max_upload_mb=1))
    large = b"id\n" + b"x" * 1_000_000

    def growing() -> Iterator[bytes]:
        yield from (large[:500_000], large[500_000:])

    with service.listening(app) as address, Client(base_url=address, timeout=60) as client:
        for answer in (
            client.post("/v1/imports", params={"name": "a.csv"}, content=large),
            client.post("/v1/imports", params={"name": "a.csv"}, content=growing()),
            send(client, {"a.csv": large}),
        ):
            assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:7474"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_page_of_another_origin_changes_nothing(client: Client, headers: dict[str, str]) -> None:
    for path in ("/v1/imports?name=a.csv", "/v1/screenings", "/v1/verdicts", "/v1/matches"):
        answer = client.post(path, content=b"{}", headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:lookthrough:foreign-origin")
    assert client.get("/v1/imports", headers=headers).status_code == 200


def test_our_own_pages_and_programs_are_let_in(client: Client) -> None:
    own = f"http://{client.base_url.host}:{client.base_url.port}"
    for headers in (
        {},
        {"Origin": own},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://proxy.example"},
    ):
        answer = client.post("/v1/screenings/candidates", json={"lines": ["lynk"]}, headers=headers)
        assert answer.status_code == 200
