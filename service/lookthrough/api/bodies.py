"""The limit on request bodies, refused with a problem document like everything else."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lookthrough.investigations.problems import Problem

from .problems import respond

TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class LimitedBodies:
    """Refuses bodies of more than `most` bytes: at once where their length is told, else as they come.

    `uploads` are paths that take more.
    """

    def __init__(self, app: ASGIApp, most: int, uploads: Mapping[str, int]) -> None:
        self._app = app
        self._most = most
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._uploads.get(scope["path"], self._most)
        if int(Headers(scope=scope).get("content-length", "0")) > most:
            await respond(_refusal(most))(scope, receive, send)
        else:
            await self._app(scope, _counting(receive, most), send)


def _counting(receive: Receive, most: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(TOO_LARGE, _refusal(most).detail)
        return message

    return counted


def _refusal(most: int) -> Problem:
    detail = f"a request body has at most {most} bytes here"
    return Problem(type="about:blank", title=TOO_LARGE.phrase, status=TOO_LARGE, detail=detail)
