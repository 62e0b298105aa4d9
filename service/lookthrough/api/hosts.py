"""Names under which the service may be asked for: a page of another name must not reach it by DNS."""

from __future__ import annotations

import re
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from lookthrough.investigations.problems import Problem

from .problems import respond

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^:\[\]]+)(:\d{1,5})?", re.IGNORECASE)
_ANY = "*"


class KnownHosts:
    """Refuses requests whose Host is none of `hosts`; `*` lets every name in."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = {host.strip().lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._knows(Headers(scope=scope).get("host", "")):
            await respond(_REFUSED)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _knows(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        return _ANY in self._hosts or (found is not None and found["name"].lower() in self._hosts)


_REFUSED = Problem(
    type="urn:lookthrough:unknown-host",
    title="The service does not answer to this name",
    status=400,
    detail="the name in Host is not one of LOOKTHROUGH_ALLOWED_HOSTS",
)
