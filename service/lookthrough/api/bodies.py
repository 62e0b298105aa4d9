"""The limit on request bodies, refused with a problem document like everything else."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lookthrough.investigations.problems import Problem

from .problems import respond

TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class LimitedBodies:
    """Refuses bodies of more than `most` bytes: at once where their length is told, else as they come."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif int(Headers(scope=scope).get("content-length", "0")) > self._most:
            await respond(self._refusal())(scope, receive, send)
        else:
            await self._app(scope, self._counting(receive), send)

    def _counting(self, receive: Receive) -> Receive:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._most:
                raise HTTPException(TOO_LARGE, self._refusal().detail)
            return message

        return counted

    def _refusal(self) -> Problem:
        detail = f"a request body has at most {self._most} bytes"
        return Problem(type="about:blank", title=TOO_LARGE.phrase, status=TOO_LARGE, detail=detail)
