"""Errors as problem documents (RFC 9457): which error means which status, in one table."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import TypedDict, cast

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from lookthrough.graph.errors import GraphError, GraphUnavailable, LoadRefused, QueryCutOff, SchemaMismatch
from lookthrough.investigations.errors import BadQuestion, EngineDisagreement, QuestionError, UnknownEntity
from lookthrough.policies.errors import PolicyError, UnknownPolicy, UnknownVariant

RETRY_SECONDS = 5
log = structlog.get_logger()


class Problem(BaseModel):
    """What went wrong, in one sentence (`detail`)."""

    type: str
    title: str
    status: int
    detail: str


STATUS: dict[type[Exception], tuple[int, str, str]] = {
    UnknownEntity: (404, "unknown-entity", "Unknown entity"),
    UnknownPolicy: (404, "unknown-policy", "Unknown policy"),
    UnknownVariant: (422, "unknown-variant", "Unknown variant"),
    PolicyError: (422, "bad-policy", "The policy cannot be used"),
    BadQuestion: (422, "bad-question", "The question cannot be answered as put"),
    QuestionError: (422, "bad-question", "The question cannot be answered as put"),
    EngineDisagreement: (500, "engine-disagreement", "Two computations disagree"),
    QueryCutOff: (503, "cut-off", "The question ran into a limit"),
    GraphUnavailable: (503, "graph-unavailable", "Neo4j is away"),
    LoadRefused: (409, "load-refused", "Another load is running"),
    SchemaMismatch: (503, "schema-mismatch", "The schema does not fit this program"),
    GraphError: (500, "graph-error", "Neo4j refused a query"),
}
"""The most specific entry counts."""


def problem_of(error: Exception) -> Problem:
    """The problem document of an error; one that is not in the table says nothing of its insides."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            status, slug, title = STATUS[kind]
            return Problem(type=f"urn:lookthrough:{slug}", title=title, status=status, detail=str(error))
    detail = "an error that is ours; see the log"
    return Problem(type="urn:lookthrough:internal", title="Internal error", status=500, detail=detail)


def respond(problem: Problem) -> Response:
    headers = {"Retry-After": str(RETRY_SECONDS)} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Response(
        orjson.dumps(problem.model_dump()),
        status_code=problem.status,
        media_type="application/problem+json",
        headers=headers,
    )


def _on_error(_: Request, error: Exception) -> Response:
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("problem", status=problem.status, type=problem.type, detail=str(error))
    return respond(problem)


def _on_http_error(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    return respond(Problem(type="about:blank", title=detail or "Error", status=status, detail=detail))


class _Fault(TypedDict):
    loc: tuple[str | int, ...]
    msg: str


def _on_bad_request(_: Request, error: Exception) -> Response:
    faults = cast(Sequence[_Fault], error.errors()) if isinstance(error, RequestValidationError) else ()
    told = "; ".join(f"{_field(fault)}: {fault['msg']}" for fault in faults)
    title = "The request cannot be used"
    return respond(Problem(type="urn:lookthrough:bad-request", title=title, status=422, detail=told))


def _field(fault: _Fault) -> str:
    return ".".join(str(part) for part in fault["loc"] if part != "body") or "body"


def install(app: FastAPI) -> None:
    for kind in STATUS:
        app.add_exception_handler(kind, _on_error)
    app.add_exception_handler(Exception, _on_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_bad_request)
