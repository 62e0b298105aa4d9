"""The service as tests need it: over the demo set and some facts of their own, in process or on a port."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from threading import Thread

import uvicorn
from fastapi import FastAPI

from lookthrough.api.app import create_app
from lookthrough.graph.database import Database
from lookthrough.investigations.loading import load_files
from lookthrough.settings import Settings

HERE = "http://127.0.0.1"
BROWSER = "http://127.0.0.1:7474/browser/"
OWN_FACTS = Path(__file__).parent / "data" / "service"


def load_demo(database: Database) -> None:
    """The demo set that ships, and the facts that only tests need."""
    with as_file(files("lookthrough") / "demo") as demo:
        report = load_files(database, [demo, OWN_FACTS])
    assert report.rejected == 0, report.rejections


def application(database: Database) -> FastAPI:
    """The real application; closing it leaves the database open for the next."""
    return create_app(database, Settings.model_construct(), BROWSER)


@contextmanager
def listening(app: FastAPI) -> Generator[str]:
    """Its address, while a real server answers there; lifespan off, since the database is not ours."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off")
    )
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"{HERE}:{_port(server, thread)}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def _port(server: uvicorn.Server, thread: Thread) -> int:
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        time.sleep(0.01)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port
