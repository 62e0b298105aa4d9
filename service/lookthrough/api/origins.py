"""Where a request comes from: a page of somebody else must not make a browser change anything here."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from lookthrough.investigations.problems import Problem

from .problems import respond

HARMLESS = ("GET", "HEAD", "OPTIONS")


class OwnPages:
    """Refuses what changes something and comes from a page of another origin; programs are let in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in HARMLESS and _is_foreign(Headers(scope=scope)):
            await respond(_REFUSED)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_foreign(headers: Headers) -> bool:
    """By what the browser says of itself, which no page can change; older ones send only the origin."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


_REFUSED = Problem(
    type="urn:lookthrough:foreign-origin",
    title="The request comes from a page of another origin",
    status=403,
    detail="what changes something is taken from the service's own pages and from programs alone",
)
