"""`lookthrough neo4j`: the embedded server on its own."""

from __future__ import annotations

from dataclasses import asdict

import orjson
import typer

from lookthrough.graph.connecting import embedded_server
from lookthrough.graph.embedded import ServerStatus
from lookthrough.settings import Settings

from .output import Json, download_bar, err, out, write_json

app = typer.Typer(help="The embedded Neo4j server.", no_args_is_help=True)


@app.command()
def start(json: Json = False) -> None:
    """Start the server, or say where it runs."""
    server = embedded_server(Settings())
    with download_bar() as progress:
        server.start(progress)
    _say(server.status(), json=json)


@app.command()
def stop(json: Json = False) -> None:
    """Stop the server."""
    server = embedded_server(Settings())
    stopped = server.stop()
    if not json:
        err.print("stopped" if stopped else "it was not running")
    _say(server.status(), json=json)


@app.command()
def status(json: Json = False) -> None:
    """Whether the server runs and where, and why not if it ended by itself."""
    _say(embedded_server(Settings()).status(), json=json)


@app.command()
def path(json: Json = False) -> None:
    """The folder of the server's data."""
    folder = str(embedded_server(Settings()).status().home)
    if json:
        write_json(orjson.dumps({"home": folder}))
    else:
        typer.echo(folder)


def _say(told: ServerStatus, *, json: bool) -> None:
    if json:
        write_json(orjson.dumps(asdict(told), default=str))
        return
    for name, value in asdict(told).items():
        if value is not None:
            out.print(f"{name.replace('_', ' ')}: {value}", markup=False, soft_wrap=True)
