"""What a running service tells of its work: ids of requests, logs, metrics, traces."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from signal import SIGTERM
from threading import Thread

import pytest
from httpx import Client, HTTPTransport
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from tests.cli.commands import COMMAND, free_port
from tests.neo4j_servers import Neo4jServer
from tests.service import HERE

from lookthrough.graph.database import Database

from .documents import POLICY

ID = "X-Request-ID"
ASKED = {"entity": "nayara", "policy": POLICY}
CALLER = "4bf92f3577b34da6a3ce929d0e0e4736"


def test_every_answer_has_an_id_of_its_own(client: Client) -> None:
    paths = ("/healthz", "/v1/policies", "/v1/entities/no-such", "/nowhere", "/static/base.css")
    ids = [client.get(path).headers[ID] for path in paths]
    assert len(set(ids)) == len(paths)
    assert all(uuid.UUID(each) for each in ids)


@pytest.mark.parametrize(
    ("given", "kept"), [("abc-123.x_Y", True), ("x" * 65, False), ("", False), ("a b", False), ('a"b', False)]
)
def test_an_id_from_a_proxy_is_kept_if_it_is_plain(client: Client, given: str, kept: bool) -> None:
    assert (client.get("/healthz", headers={ID: given}).headers[ID] == given) is kept


def series(client: Client) -> dict[str, float]:
    text = client.get("/metrics").text
    rows = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in rows}


def total(found: dict[str, float], name: str, **labels: str) -> float:
    wanted = [f'{key}="{value}"' for key, value in labels.items()]
    return sum(
        value
        for key, value in found.items()
        if re.match(rf"{name}(\{{|$)", key) and all(each in key for each in wanted)
    )


def test_metrics_count_requests_queries_and_verdicts(client: Client) -> None:
    before = series(client)
    outcomes = [client.post("/v1/verdicts", json=ASKED).json()["outcome"] for _ in range(3)]
    client.get("/v1/entities/nayara")
    after = series(client)

    def more(name: str, **labels: str) -> float:
        return total(after, name, **labels) - total(before, name, **labels)

    assert more("http_server_request_duration_seconds_count", http_route="/v1/verdicts") == 3
    assert more("http_server_request_duration_seconds_count", http_route="/v1/entities/{entity}") == 1
    assert more("lookthrough_verdicts_total", outcome=outcomes[0]) == 3
    assert more("db_client_operation_duration_seconds_count", db_operation_name="verdicts/known") == 3
    assert not [name for name in after if "nayara" in name]


@dataclass
class Collector:
    """An OpenTelemetry collector on a port of its own: it keeps the spans that are sent to it."""

    address: str
    spans: list[Span]


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    spans: list[Span] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            body = gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body
            if self.path == "/v1/traces":
                sent = ExportTraceServiceRequest.FromString(body)
                spans.extend(s for r in sent.resource_spans for scope in r.scope_spans for s in scope.spans)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Collector(f"{HERE}:{server.server_port}", spans)
        server.shutdown()


@pytest.fixture(scope="module")
def told(
    demo: Database, neo4j_server: Neo4jServer, collector: Collector, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, object]]:
    """The lines that `lookthrough serve` has logged of two requests."""
    port, folder = free_port(), tmp_path_factory.mktemp("serving")
    environment = os.environ | {
        "LOOKTHROUGH_NEO4J_URI": neo4j_server.uri,
        "LOOKTHROUGH_NEO4J_USER": neo4j_server.user,
        "LOOKTHROUGH_NEO4J_PASSWORD": neo4j_server.password,
        "LOOKTHROUGH_LOG_LEVEL": "info",
        "FASTAPI_OTEL_AUTO_CONFIGURE": "true",
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.address,
    }
    with (folder / "log").open("wb") as log:
        serving = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port), "--json"],
            env=environment, cwd=folder, stderr=log, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            with Client(base_url=f"{HERE}:{port}", timeout=60, transport=HTTPTransport(retries=8)) as client:
                headers = {ID: "asked-1", "traceparent": f"00-{CALLER}-00f067aa0ba902b7-01"}
                client.post("/v1/verdicts", json=ASKED, headers=headers).raise_for_status()
                client.get("/v1/entities", params={"q": "searched for"}).raise_for_status()
        finally:
            serving.terminate()
            assert serving.wait(timeout=30) == -SIGTERM
    text = (folder / "log").read_text()
    assert neo4j_server.password not in text
    return [json.loads(line) for line in text.splitlines()]


def test_each_request_is_a_line_of_json_with_its_id_and_its_trace(told: list[dict[str, object]]) -> None:
    asked, searched = (line for line in told if line["event"] == "request")
    assert (asked["request_id"], asked["trace_id"]) == ("asked-1", CALLER)
    assert (asked["method"], asked["path"], asked["status"]) == ("POST", "/v1/verdicts", 200)
    assert (searched["path"], searched["level"]) == ("/v1/entities", "info")
    assert "searched for" not in json.dumps(told)


def test_a_trace_leads_from_the_request_to_its_queries(
    collector: Collector, told: list[dict[str, object]]
) -> None:
    of_caller = [span for span in collector.spans if span.trace_id.hex() == CALLER]
    by_id = {span.span_id: span for span in of_caller}
    query = next(span for span in of_caller if span.name == "snapshot/ancestors")
    attributes = {each.key: each.value.string_value for each in query.attributes}
    assert attributes == {"db.system.name": "neo4j", "db.operation.name": "snapshot/ancestors"}
    while query.parent_span_id in by_id:
        query = by_id[query.parent_span_id]
    assert query.name == "POST /v1/verdicts"
