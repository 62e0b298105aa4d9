"""Every request has an id: in its answer, and in each line that is logged about it."""

from __future__ import annotations

import re
import uuid
from http import HTTPStatus
from time import perf_counter

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "X-Request-ID"
QUIET = ("/healthz", "/readyz", "/metrics", "/static/")
_USABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")
log = structlog.get_logger()


class WithRequestIds:
    """Takes the id that a proxy has given, if it is plain, else makes one; logs what became of the request.

    Of the address only the path is logged: what people search for is in the query.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _id_of(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        status, begun = HTTPStatus.INTERNAL_SERVER_ERROR.value, perf_counter()

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, marked)
            finally:
                _tell(scope, status, perf_counter() - begun)


def _id_of(scope: Scope) -> str:
    given = Headers(scope=scope).get(REQUEST_ID, "")
    return given if _USABLE.fullmatch(given) else uuid.uuid4().hex


def _tell(scope: Scope, status: int, seconds: float) -> None:
    path: str = scope["path"]
    tell = log.debug if path.startswith(QUIET) else log.info
    tell("request", method=scope["method"], path=path, status=status, ms=round(seconds * 1000, 1))
