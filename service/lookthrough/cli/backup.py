"""`lookthrough backup` and `lookthrough restore`."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from lookthrough.graph.connecting import embedded_server
from lookthrough.graph.embedded import EmbeddedServer
from lookthrough.investigations import backups, offline
from lookthrough.investigations.backups import Manifest
from lookthrough.investigations.errors import BackupRefused
from lookthrough.settings import Settings

from .output import Json, database, err, out, write_json

Folder = Annotated[Path, typer.Argument(help="the folder of the backup")]


def add_to(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(
    path: Folder,
    files: Annotated[
        bool, typer.Option("--offline", help="the embedded server's own files; it is stopped meanwhile")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="replace an older backup")] = False,
    json: Json = False,
) -> None:
    """Keep everything that is in the database in a folder, with a manifest."""
    if files:
        manifest = offline.dump(_own_server(), path, replace=force)
    else:
        with database() as db, _progress() as show:
            manifest = backups.backup(db, path, replace=force, progress=show)
    _say(manifest, f"kept in {path}", json=json)


def restore(path: Folder, json: Json = False) -> None:
    """Restore a backup into an empty database; every file of it is checked before anything is written."""
    if backups.read_manifest(path).kind == backups.OFFLINE:
        manifest = offline.load(_own_server(), path)
    else:
        with database() as db, _progress() as show:
            manifest = backups.restore_into(db, path, show)
    _say(manifest, "restored and compared", json=json)


def _own_server() -> EmbeddedServer:
    settings = Settings()
    if settings.neo4j_uri is not None:
        raise BackupRefused("the files of a server that LOOKTHROUGH_NEO4J_URI names are not ours to copy")
    return embedded_server(settings)


@contextmanager
def _progress() -> Generator[Callable[[int], None]]:
    columns = (SpinnerColumn(), TextColumn("{task.fields[rows]}"), TimeElapsedColumn())
    with Bar(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", rows="", total=None)
        yield lambda number: bar.update(task, rows=f"{number:,} nodes and relationships")


def _say(manifest: Manifest, told: str, *, json: bool) -> None:
    if json:
        write_json(manifest.model_dump_json().encode())
        return
    for name, count in sorted({**manifest.nodes, **manifest.relationships}.items()):
        out.print(f"{name}: {count:,}", markup=False)
    for line in (told, manifest.hash):
        out.print(line, markup=False, soft_wrap=True)
