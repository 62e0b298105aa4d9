"""Errors as responses: problem documents (RFC 9457) with their status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TypedDict, cast

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from lookthrough.investigations.problems import STATUS, Problem, problem_of

from .headers import HEADERS
from .requests import REQUEST_ID

RETRY_SECONDS = 5
log = structlog.get_logger()


def respond(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    later = problem.status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS)
    retry = {"Retry-After": str(RETRY_SECONDS)} if later else {}
    return Response(
        orjson.dumps(problem.model_dump()),
        status_code=problem.status,
        media_type="application/problem+json",
        # An error that nobody expected is answered outside the middleware that adds the headers.
        headers={**HEADERS, **retry, **(headers or {})},
    )


def _on_error(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("problem", status=problem.status, type=problem.type, detail=str(error))
    return respond(problem, {REQUEST_ID: request.state.request_id})


def _on_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return _on_error(request, error)
    title = HTTPStatus(error.status_code).phrase
    detail = str(error.detail) if error.detail else title
    problem = Problem(type="about:blank", title=title, status=error.status_code, detail=detail)
    return respond(problem, error.headers)


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
