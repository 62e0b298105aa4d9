"""The service on a port of its own while something is measured."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

import httpx
import uvicorn
from fastapi import APIRouter

from lookthrough import logs
from lookthrough.api.app import create_app
from lookthrough.graph.database import Database
from lookthrough.settings import Settings


@contextmanager
def serving(database: Database, *more: APIRouter) -> Generator[httpx.Client]:
    """`more` are routes besides those of the service."""
    logs.set_up("error")
    app = create_app(database, Settings())
    for router in more:
        app.include_router(router)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        yield client
    server.should_exit = True
    thread.join()
