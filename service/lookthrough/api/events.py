"""Work that goes on by itself, told as server-sent events while it changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Protocol

from fastapi.concurrency import run_in_threadpool
from fastapi.sse import ServerSentEvent

from lookthrough.graph.errors import GraphError

PAUSE = 0.5
"""Seconds between two looks."""
EVENTS = "`progress` with the document when it changed, at last `done`, or `error` if it ended otherwise"


class Told(Protocol):
    @property
    def status(self) -> str: ...

    def to_json(self) -> bytes: ...


async def told(look: Callable[[], Told]) -> AsyncIterator[ServerSentEvent]:
    """Whoever comes back gets the state of the moment, so no event needs to be kept.

    Ends without `done` where Neo4j is away: who listens asks again.
    """
    last = b""
    while True:
        try:
            document = await run_in_threadpool(look)
        except GraphError:
            return
        told = document.to_json()
        if document.status not in ("waiting", "running"):
            yield _event("done" if document.status == "done" else "error", told)
            return
        if told != last:
            yield _event("progress", told)
            last = told
        await asyncio.sleep(PAUSE)


def _event(name: str, document: bytes) -> ServerSentEvent:
    return ServerSentEvent(event=name, raw_data=document.decode())
