"""`lookthrough up` and `serve`: the service, with the embedded server beside it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import orjson
import typer
import uvicorn

from lookthrough.graph.connecting import browser_address, embedded_server
from lookthrough.graph.database import Database
from lookthrough.investigations import demo
from lookthrough.investigations.browsing import BrowserQuery, browser_link
from lookthrough.investigations.documents import VerdictDocument
from lookthrough.settings import Settings

from . import rendering
from .output import Json, database, err, out, write_json

Host = Annotated[str, typer.Option(help="address to listen on")]
Port = Annotated[int, typer.Option(help="port to listen on", min=1, max=65535)]
LABELS = {
    "page": "page",
    "api": "API",
    "neo4j_browser": "Neo4j Browser",
    "password_file": "  user neo4j, password in ",
}
HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  to be shown, not to listen on
"""How a service that listens on every address is reached from this machine."""
GRACE = 3
"""Seconds for requests at the end; pages that watch a screening would stay for as long as it takes."""
APPLICATION = "lookthrough.api.server:create"


def add_to(app: typer.Typer) -> None:
    app.command()(up)
    app.command()(serve)


def up(
    host: Host = "127.0.0.1",
    port: Port = 8080,
    with_demo: Annotated[
        bool, typer.Option("--demo", help="load the demo set and show some verdicts")
    ] = False,
    json: Json = False,
) -> None:
    """Start Neo4j (unless LOOKTHROUGH_NEO4J_URI names one), the service and its pages; Ctrl-C stops them."""
    settings = Settings()
    _check_free(host, port)
    with _ended_in_order(), _neo4j_while_up(settings):
        with database(settings) as db:
            shown = _demo(db) if with_demo else []
        if shown and not json:
            out.print(rendering.demo(shown))
        _tell(_addresses(settings, host, port), json=json)
        _listen(host, port)


def serve(host: Host = "127.0.0.1", port: Port = 8080, json: Json = False) -> None:
    """Start the service and its pages; the database stays as it is when it stops."""
    settings = Settings()
    _check_free(host, port)
    with database(settings):
        pass  # its schema is up to date now
    _tell(_addresses(settings, host, port), json=json)
    _listen(host, port)


@contextmanager
def _ended_in_order() -> Generator[None]:
    """SIGTERM, and a terminal that is closed, end like Ctrl-C: nothing stays behind."""

    def interrupt(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    def terminate(_: int, __: FrameType | None) -> None:
        signal.raise_signal(signal.SIGTERM)  # which the running service handles itself

    signal.signal(signal.SIGTERM, interrupt)
    hangup: int | None = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) is signal.SIG_DFL:  # nohup has it ignored
        signal.signal(hangup, terminate)
    yield


@contextmanager
def _neo4j_while_up(settings: Settings) -> Generator[None]:
    """Stop the embedded server at the end if it did not run before."""
    embedded = None if settings.neo4j_uri else embedded_server(settings)
    attached = embedded is None or embedded.status().running
    try:
        yield
    finally:
        if embedded is not None and not attached:
            embedded.stop()
            err.print("Neo4j stopped")


def _demo(db: Database) -> list[tuple[demo.Case, VerdictDocument]]:
    demo.load_once(db)
    return demo.verdicts(db)


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            problem = f"{port} on {host} cannot be used: {error.strerror}"
            raise typer.BadParameter(problem, param_hint="--port") from None


def _addresses(settings: Settings, host: str, port: int) -> dict[str, str]:
    name = HERE.get(host, host)
    here = f"http://{f'[{name}]' if ':' in name else name}:{port}"
    told = {"page": f"{here}/", "api": f"{here}/docs"}
    browser = browser_address(settings)
    if browser:
        told["neo4j_browser"] = browser_link(
            browser, BrowserQuery.CHAINS_INTO, {"entity": demo.CASES[0].entity}
        )
        if settings.neo4j_uri is None:
            told["password_file"] = str(embedded_server(settings).password_file)
    return told


def _tell(addresses: dict[str, str], *, json: bool) -> None:
    if json:
        write_json(orjson.dumps(addresses))
        return
    for name, address in addresses.items():
        out.print(f"{LABELS[name]:<18}{address}", markup=False, soft_wrap=True)


def _listen(host: str, port: int) -> None:
    uvicorn.run(
        APPLICATION,
        factory=True,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE,
    )
