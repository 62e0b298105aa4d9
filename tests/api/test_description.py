"""The OpenAPI document, and the service held to it."""

# The types of schemathesis are partly unknown to strict checkers.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from httpx import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.mark.parametrize("mode", GenerationMode)
def test_every_answer_is_as_described_and_none_a_fault_of_ours(
    address: str, mode: GenerationMode, subtests: pytest.Subtests
) -> None:
    schema: Any = schemathesis.openapi.from_url(f"{address}/openapi.json")
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.POSITIVE or _can_be_asked_wrongly(operation):
            with subtests.test(operation=operation.label):
                _hold_to_its_word(operation.as_strategy(generation_mode=mode))


def _can_be_asked_wrongly(operation: Any) -> bool:  # noqa: ANN401
    """Text in a path is always text."""
    return bool(operation.body) or bool(operation.query)


def _hold_to_its_word(cases: SearchStrategy[Any]) -> None:
    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=SLOW)
    @given(cases)
    def answers(case: Any) -> None:  # noqa: ANN401
        case.call_and_validate(checks=CHECKS)

    answers()


def test_every_operation_tells_what_it_does_and_how_it_fails(client: Client) -> None:
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for operation in methods.values():
            assert operation["description"], path
            problems = [answer for code, answer in operation["responses"].items() if code[0] not in "23"]
            assert problems
            assert {media for answer in problems for media in answer["content"]} == {
                "application/problem+json"
            }


def test_requests_and_parameters_have_examples(client: Client) -> None:
    described = client.get("/openapi.json").json()
    assert described["components"]["schemas"]["VerdictRequest"]["examples"][0].keys() >= {"entity", "policy"}
    parameters = [
        parameter
        for methods in described["paths"].values()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
        if parameter["required"]
    ]
    assert parameters
    assert all(parameter["schema"].get("examples") or parameter.get("examples") for parameter in parameters)


def test_operations_have_names_of_their_own(client: Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    names = [operation["operationId"] for methods in paths.values() for operation in methods.values()]
    assert len(names) == len(set(names))


def test_the_example_of_a_question_is_answered(client: Client) -> None:
    (example, *_) = client.get("/openapi.json").json()["components"]["schemas"]["VerdictRequest"]["examples"]
    assert client.post("/v1/verdicts", json=example).status_code == 200
