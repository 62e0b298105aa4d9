"""Backups of the embedded server's own files, by the server's own commands, while it is stopped."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from lookthrough.graph.embedded import EmbeddedServer, admin

from .backups import DUMP, OFFLINE, Manifest, read_manifest, seal
from .errors import BackupRefused
from .outputs import outputs

DATABASE = "neo4j"


def dump(server: EmbeddedServer, path: Path, *, replace: bool) -> Manifest:
    """Stop the server, dump its database into the folder `path`, and start it again if it ran.

    Raises BadQuestion where the path is taken, BackupRefused where the server's command fails, EmbeddedError.
    """
    home = server.status().home
    if not _store(home).exists():
        raise BackupRefused(f"{home} holds no database to back up")
    with outputs(path, is_folder=True, replace=replace) as files, _stopped(server):
        files.open(DUMP).close()
        place = files.written(DUMP)
        _run(home, "dump", f"--to-path={place.parent}", "--overwrite-destination=true")
        return seal(files, OFFLINE, [DUMP], f"Neo4j {server.status().version}")


def load(server: EmbeddedServer, path: Path) -> Manifest:
    """Load a dump into a home that has no database yet. Raises BackupRefused, EmbeddedError."""
    manifest = read_manifest(path)
    home = server.status().home
    if manifest.kind != OFFLINE:
        raise BackupRefused(f"{path} is not a dump of the server's files")
    if _store(home).exists():
        raise BackupRefused(f"{home} has a database already: a dump is restored into a new home")
    _run(home, "load", f"--from-path={path.absolute()}")
    return manifest


def _store(home: Path) -> Path:
    return home / "server" / "data" / "databases" / DATABASE


def _run(home: Path, command: str, *arguments: str) -> None:
    done = admin(home, "database", command, DATABASE, *arguments)
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split())[-500:]
        raise BackupRefused(f"the server's own command to {command} a database failed: {said}")


@contextmanager
def _stopped(server: EmbeddedServer) -> Generator[None]:
    ran = server.stop()
    try:
        yield
    finally:
        if ran:
            server.start()
