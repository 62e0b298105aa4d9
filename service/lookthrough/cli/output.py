"""Where things are printed: answers to standard output, everything else to standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Generator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from lookthrough.graph.connecting import connect
from lookthrough.graph.database import Database
from lookthrough.graph.embedded import DownloadProgress
from lookthrough.graph.migrations import migrate
from lookthrough.settings import Settings

Json = Annotated[
    bool, typer.Option("--json", help="one JSON document on standard output, nothing else there")
]
AsOf = Annotated[str | None, typer.Option(help="YYYY-MM-DD, default today in UTC")]
KnownAt = Annotated[str | None, typer.Option(help="RFC 3339 instant with offset, default the last change")]

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def complain(sentence: str) -> None:
    err.print(sentence, style="red", markup=False, soft_wrap=True)


def set_up_streams() -> None:
    """A terminal that cannot show a character shows another; answers in JSON are written as bytes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def quiet_libraries() -> None:
    """Logs go to standard error, and the driver's retries to nobody: their end is told in one sentence."""
    # logging finds the standard error of the moment, and lets warnings and worse through
    structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())
    logging.getLogger("neo4j").addHandler(logging.NullHandler())


def write_json(document: bytes) -> None:
    sys.stdout.buffer.write(document + b"\n")
    sys.stdout.buffer.flush()


@contextmanager
def database(settings: Settings | None = None) -> Generator[Database]:
    """The database that the settings name, started if it is the embedded one, with its schema up to date."""
    with download_bar() as progress:
        found = connect(settings or Settings(), progress)
    try:
        migrate(found)
        yield found
    finally:
        found.close()


class DownloadBar:
    """Progress of the download of the server's jars; shown once there is any."""

    def __init__(self) -> None:
        columns = (
            TextColumn("Neo4j {task.fields[jars]}"),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
        )
        self.bar = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
        self._task = None if not err.is_terminal else self.bar.add_task("jars", visible=False, jars="")

    def __call__(self, progress: DownloadProgress) -> None:
        if self._task is not None:
            jars = f"{progress.done}/{progress.total}"
            self.bar.update(
                self._task, visible=True, jars=jars, completed=progress.bytes, total=progress.bytes_total
            )
        elif progress.done == progress.total:
            err.print(f"Neo4j: {progress.total} jars are there ({progress.bytes_total / 1e6:.0f} MB)")


@contextmanager
def download_bar() -> Generator[DownloadBar]:
    shown = DownloadBar()
    with shown.bar:
        yield shown
