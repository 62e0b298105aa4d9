"""`lookthrough up` and `serve`: the service, with the embedded server beside it."""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated

import click
import typer
import uvicorn

from lookthrough.graph.connecting import browser_address, embedded_server
from lookthrough.investigations import demo
from lookthrough.investigations.browsing import browser_link
from lookthrough.settings import Settings

from . import rendering
from .output import database, err, out

Host = Annotated[str, typer.Option(help="address to listen on")]
Port = Annotated[int, typer.Option(help="port to listen on", min=1, max=65535)]
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
) -> None:
    """Start Neo4j (unless LOOKTHROUGH_NEO4J_URI names one), the service and its pages; Ctrl-C stops them."""
    settings = Settings()
    _check_free(host, port)
    with _neo4j_while_up(settings):
        _prepare(settings, with_demo=with_demo)
        _addresses(settings, host, port)
        _listen(host, port)


def serve(host: Host = "127.0.0.1", port: Port = 8080) -> None:
    """Start the service and its pages; the database stays as it is when it stops."""
    _check_free(host, port)
    _prepare(Settings(), with_demo=False)
    _addresses(Settings(), host, port)
    _listen(host, port)


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


def _prepare(settings: Settings, *, with_demo: bool) -> None:
    with database(settings) as db:
        if with_demo:
            demo.load_once(db)
            out.print(rendering.demo(demo.verdicts(db)))


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.UsageError(f"--port {port} on {host} cannot be used: {error.strerror}") from None


def _addresses(settings: Settings, host: str, port: int) -> None:
    here = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    told = {"page": f"{here}/", "API": f"{here}/docs"}
    browser = browser_address(settings)
    if browser:
        told["Neo4j Browser"] = browser_link(browser, "chains_into", demo.CASES[0].entity)
        told["  user, password"] = f"neo4j, in {embedded_server(settings).password_file}"
    for name, address in told.items():
        out.print(f"{name:<18}{address}", markup=False, soft_wrap=True)


def _listen(host: str, port: int) -> None:
    uvicorn.run(APPLICATION, factory=True, host=host, port=port, log_level="warning", access_log=False)
