"""The application's description of itself (OpenAPI): errors are problem documents in every operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from fastapi import FastAPI
from fastapi.routing import APIRoute

from lookthrough.investigations.problems import Problem

FIRST_ERROR = 400
_REPLACED = ("HTTPValidationError", "ValidationError")
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_ANY_OTHER = {"description": "any other problem", "content": _PROBLEM}

Table = dict[str, Any]


class Application(FastAPI):
    """FastAPI, with its description corrected where ours answers otherwise."""

    def openapi(self) -> Table:
        if self.openapi_schema is None:
            self.openapi_schema = _with_problems(super().openapi())
        return self.openapi_schema


def operation_id(route: APIRoute) -> str:
    return "-".join([*map(str, route.tags), route.name])


def _with_problems(described: Table) -> Table:
    for operation in _operations(described):
        responses = cast(Table, operation["responses"])
        for status in [code for code in responses if code.isdigit() and int(code) >= FIRST_ERROR]:
            description = _description(str(responses[status]["description"]))
            responses[status] = {"description": description, "content": _PROBLEM}
        responses["default"] = _ANY_OTHER
    schemas = cast(Table, described["components"]["schemas"])
    schemas["Problem"] = Problem.model_json_schema()
    for name in _REPLACED:
        schemas.pop(name, None)
    return described


def _description(given: str) -> str:
    return "a field that cannot be used" if given == "Validation Error" else given


def _operations(described: Table) -> Iterator[Table]:
    for path in cast(Table, described["paths"]).values():
        yield from cast(Table, path).values()
