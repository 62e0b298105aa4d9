"""What goes wrong comes back as a problem document, with the right status and nothing of our insides."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from httpx import Client, Response
from tests import service

import lookthrough
from lookthrough.api.app import LARGEST_BODY
from lookthrough.api.headers import HEADERS
from lookthrough.graph.database import Database
from lookthrough.graph.errors import GraphUnavailable, QueryCutOff
from lookthrough.investigations.problems import STATUS, problem_of

from .documents import POLICY, policy

VERDICTS = "/v1/verdicts"
SECRET = "MATCH (n) at /home/somebody/lookthrough/secret.py"
ASKED = {"entity": "nayara", "policy": POLICY}


def check(answer: Response, status: int, *words: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem.keys() == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert all(word in problem["detail"] for word in words), problem["detail"]
    assert "\n" not in problem["detail"]
    for inside in ("Traceback", "/site-packages/", "lookthrough/", "MATCH ", "CYPHER"):
        assert inside not in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    ("fields", "status", "word"),
    [
        ({"entity": "no-such"}, 404, "no-such"),
        ({"policy": "no-such"}, 404, "no-such"),
        ({"policy": f"{POLICY}@99"}, 404, "99"),
        ({"policy": "../packs/openai"}, 404, "openai"),
        ({"variant": "no-such"}, 422, "no-such"),
        ({"as_of": "2026-02-30"}, 422, "as_of"),
        ({"as_of": "2026"}, 422, "as_of"),
        ({"as_of": "today"}, 422, "as_of"),
        ({"as_of": ""}, 422, "as_of"),
        ({"known_at": "2026-11-23"}, 422, "known_at"),
        ({"known_at": "2026-11-23T00:00:00"}, 422, "known_at"),
        ({"known_at": "9999-12-31T23:59:59-23:59"}, 422, "known_at"),
        ({"entity": ""}, 422, "entity"),
        ({"entity": "x" * 201}, 422, "entity"),
        ({"entity": 7}, 422, "entity"),
        ({"policy": 7}, 422, "policy"),
        ({"extra": 1}, 422, "extra"),
        ({"policy": {"id": "only"}}, 422, "version"),
        ({"policy": {**policy(), "extra": 1}}, 422, "extra"),
        ({"policy": policy(threshold="120%")}, 422, "threshold"),
        ({"policy": policy(operator="<")}, 422, "operator"),
    ],
)
def test_a_verdict_that_cannot_be_given_says_why(
    client: Client, fields: dict[str, object], status: int, word: str
) -> None:
    check(client.post(VERDICTS, json={**ASKED, **fields}), status, word)


@pytest.mark.parametrize("missing", ["entity", "policy"])
def test_a_missing_field_is_named(client: Client, missing: str) -> None:
    check(client.post(VERDICTS, json={k: v for k, v in ASKED.items() if k != missing}), 422, missing)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"entity": NaN}'])
def test_a_body_that_is_no_question_is_refused(client: Client, body: bytes) -> None:
    answer = client.post(VERDICTS, content=body, headers={"Content-Type": "application/json"})
    check(answer, 422)


@pytest.mark.parametrize(
    "text", ["\\ud800", "\\u0000", "a\\u0000b", "\\ud83d"], ids=["surrogate", "null", "inner null", "half"]
)
def test_text_that_no_database_can_hold_is_refused(client: Client, text: str) -> None:
    body = f'{{"entity": "{text}", "policy": "{POLICY}"}}'
    answer = client.post(VERDICTS, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {404, 422}, answer.text
    check(answer, answer.status_code)


@pytest.mark.parametrize(
    "path", ["/v1/entities", "/v1/entities/nayara/owners", "/v1/entities/nayara/holdings"]
)
@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("limit", "0"),
        ("limit", "501"),
        ("limit", "-1"),
        ("limit", "many"),
        ("cursor", "no-cursor"),
        ("cursor", "e30"),
        ("cursor", "W10"),
        ("cursor", "eyJpZCI6MX0"),
        ("as_of", "20261123"),
        ("known_at", "now"),
    ],
)
def test_a_bad_parameter_of_a_list_is_named(client: Client, path: str, parameter: str, value: str) -> None:
    check(client.get(path, params={parameter: value}), 422, parameter)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("limit", "0"),
        ("min_product", "2"),
        ("min_product", "-1"),
        ("min_product", "NaN"),
        ("variant", "none"),
    ],
)
def test_a_bad_parameter_of_chains_is_refused(client: Client, parameter: str, value: str) -> None:
    parameters = {"policy": POLICY, parameter: value}
    check(client.get("/v1/entities/nayara/chains", params=parameters), 422)


@pytest.mark.parametrize("rest", ["", "/owners", "/holdings", f"/chains?policy={POLICY}"])
def test_an_unknown_entity_is_404_everywhere(client: Client, rest: str) -> None:
    check(client.get(f"/v1/entities/no-such{rest}"), 404, "no-such")


def test_an_unknown_policy_is_404(client: Client) -> None:
    check(client.get("/v1/policies/no-such"), 404, "no-such")
    check(client.get("/v1/entities/nayara/chains?policy=no-such"), 404, "no-such")


def test_an_unknown_lane_is_refused(client: Client) -> None:
    check(client.get("/v1/entities/nayara/owners?lane=gold"), 422, "lane")


def test_an_unknown_path_is_404_and_a_wrong_method_405_with_what_is_allowed(client: Client) -> None:
    check(client.get("/v1/nothing"), 404)
    check(client.get("/static/nothing.js"), 404)
    check(client.get("/static/../app.py"), 404)
    answer = client.put(VERDICTS, json=ASKED)
    check(answer, 405)
    assert answer.headers["allow"] == "POST"


def test_a_body_beyond_the_limit_is_413(client: Client) -> None:
    check(client.post(VERDICTS, json={**ASKED, "entity": "x" * LARGEST_BODY}), 413)


def test_a_body_that_grows_beyond_the_limit_is_413_too(client: Client) -> None:
    pieces = (b" " * 100_000 for _ in range(LARGEST_BODY // 100_000 + 1))
    check(client.post(VERDICTS, content=pieces, headers={"Content-Type": "application/json"}), 413)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "", "127.0.0.1.evil.example", "[::2]"])
def test_a_name_that_is_not_ours_is_refused(client: Client, host: str) -> None:
    check(client.get("/healthz", headers={"Host": host}), 400, "LOOKTHROUGH_ALLOWED_HOSTS")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8080", "localhost:1", "LOCALHOST", "[::1]", "[::1]:80"]
)
def test_names_of_this_machine_are_ours_with_any_port(client: Client, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/healthz", "/openapi.json", "/static/page.js", "/v1/policies"]
)
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


INNER = {
    "BadJson",
    "CellFault",
    "Fault",
    "KeyProblem",
    "QueryFileError",
    "SettingMissing",
    "_Refused",
    "_Stopped",
    "_TooClose",
}
"""These end a program before it serves, or never leave the room that raises them."""


def test_every_error_of_ours_has_a_status_of_its_own_or_of_its_base() -> None:
    kinds = list(_errors())
    assert len(kinds) > len(STATUS)
    strangers = [kind.__name__ for kind in kinds if not set(kind.__mro__) & set(STATUS)]
    assert set(strangers) <= INNER, strangers


def _errors() -> Iterator[type[Exception]]:
    """Every exception class that the package defines."""
    for module in pkgutil.walk_packages(lookthrough.__path__, "lookthrough."):
        found = vars(importlib.import_module(module.name)).values()
        for kind in found:
            if isinstance(kind, type) and issubclass(kind, Exception) and kind.__module__ == module.name:
                yield kind


@pytest.fixture(scope="module")
def failing(demo: Database) -> Iterator[Client]:
    """A service with a route that fails with each class of the table, and with one that is not in it."""
    app = service.application(demo)

    @app.get("/fails/{name}")
    def fails(name: str) -> None:
        kind = {each.__name__: each for each in STATUS}.get(name, RuntimeError)
        error = kind.__new__(kind)
        Exception.__init__(error, SECRET if kind is RuntimeError else "a sentence")
        raise error

    with service.listening(app) as address, Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize("kind", STATUS, ids=lambda kind: kind.__name__)
def test_the_table_of_statuses_is_what_the_service_answers(kind: type[Exception], failing: Client) -> None:
    answer = failing.get(f"/fails/{kind.__name__}")
    status, slug, title = STATUS[kind]
    check(answer, status)
    problem = answer.json()
    assert (problem["type"], problem["title"]) == (f"urn:lookthrough:{slug}", title)
    assert ("retry-after" in answer.headers) == (status in (429, 503))


def test_an_error_that_nobody_expected_says_nothing_of_its_insides(failing: Client) -> None:
    answer = failing.get("/fails/unexpectedly")
    check(answer, 500)
    assert "secret" not in answer.text


def test_the_most_specific_entry_counts() -> None:
    assert problem_of(QueryCutOff("x")).type == "urn:lookthrough:cut-off"
    assert problem_of(GraphUnavailable("x")).status == 503
