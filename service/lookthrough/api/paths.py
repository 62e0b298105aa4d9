"""Ids in paths: a slash that was percent-encoded belongs to the id, any other separates."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

PREFIXES = ("/v1/entities/", "/v1/investigations/")


class EncodedIds:
    """Leaves paths below `PREFIXES` encoded, so that routes see segments; `entity_id` decodes them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(PREFIXES) and scope.get("raw_path"):
            scope = {**scope, "path": scope["raw_path"].decode("ascii", "replace").partition("?")[0]}
        await self._app(scope, receive, send)
