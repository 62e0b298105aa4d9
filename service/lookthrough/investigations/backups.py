"""Backups: everything that is in the database, with a manifest by which damage is seen before restoring."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import orjson
from pydantic import BaseModel, ValidationError

from lookthrough.graph.database import Database
from lookthrough.graph.dumping import Census, Dump, census, occupied, restore
from lookthrough.graph.errors import GraphError
from lookthrough.graph.migrations import shipped

from .clocks import print_instant
from .errors import BackupRefused
from .exporting import canonical_hash
from .outputs import Outputs, outputs
from .verdicts import ENGINE

MANIFEST = "MANIFEST.json"
NODES, RELATIONSHIPS, DUMP = "nodes.ndjson.gz", "relationships.ndjson.gz", "neo4j.dump"
STEP = 10_000
LOGICAL, OFFLINE = "logical", "dump"

Progress = Callable[[int], None]
"""Called with the number of nodes and relationships so far."""


class Part(BaseModel):
    """One file of a backup."""

    sha256: str
    bytes: int


class Manifest(BaseModel):
    """What a backup holds. `schema_version` is the newest migration of the program that made it.

    `nodes` and `relationships` count by label and type, and `hash` is the canonical one; a dump of the
    server's files has none of them.
    """

    kind: str
    made_at: str
    engine: str
    schema_version: int
    neo4j: str = ""
    parts: dict[str, Part]
    nodes: dict[str, int] = {}
    relationships: dict[str, int] = {}
    hash: str = ""

    def to_json(self) -> bytes:
        return self.model_dump_json(indent=2).encode()


def backup(database: Database, path: Path, *, replace: bool, progress: Progress | None = None) -> Manifest:
    """Write everything that is in the database into the folder `path`, while it goes on working.

    Raises FactsMoved where facts are written meanwhile, BadQuestion where the path is taken, OSError.
    """
    with outputs(path, is_folder=True, replace=replace) as files:
        dump, count = Dump(database), _Counter(progress)
        _write_rows(files, NODES, count.through(dump.nodes()))
        _write_rows(files, RELATIONSHIPS, count.through(dump.relationships()))
        hashed = canonical_hash(database).hash
        counts = {"nodes": dump.census.nodes, "relationships": dump.census.relationships, "hash": hashed}
        server = str(database.read(lambda tx: tx.run("read/counts"))[0]["server"])
        return seal(files, LOGICAL, [NODES, RELATIONSHIPS], server, counts)


def seal(
    files: Outputs, kind: str, names: Iterable[str], server: str, more: Mapping[str, object] | None = None
) -> Manifest:
    """Write the manifest of the files that are there, and let them appear."""
    files.close()
    manifest = Manifest.model_validate(
        {
            "kind": kind,
            "made_at": print_instant(datetime.now(UTC)),
            "engine": ENGINE,
            "schema_version": max(migration.version for migration in shipped()),
            "neo4j": server,
            "parts": {name: _part(files.written(name)) for name in names},
            **(more or {}),
        }
    )
    content = manifest.to_json()
    file = files.open(MANIFEST)
    file.write(content + f"\n{hashlib.sha256(content).hexdigest()}\n".encode())
    files.close()
    files.publish()
    return manifest


def read_manifest(path: Path) -> Manifest:
    """The manifest of a backup, after every file of it was compared with it.

    Raises BackupRefused, naming the file that is missing, damaged or unknown.
    """
    manifest = _manifest(path / MANIFEST)
    for name, part in manifest.parts.items():
        file = path / name
        if Path(name).name != name or not file.is_file():
            raise BackupRefused(f"{path} lacks {name}, which its {MANIFEST} names; nothing was restored")
        if _part(file) != part:
            told = f"{file} is not the file that {MANIFEST} names (its SHA-256 differs)"
            raise BackupRefused(f"{told}: the backup is damaged; nothing was restored")
    newest = max(migration.version for migration in shipped())
    if manifest.schema_version > newest:
        told = f"the backup has schema version {manifest.schema_version}, this program knows {newest}"
        raise BackupRefused(f"{told}: restore it with the program that made it, or a newer one")
    return manifest


def restore_into(database: Database, path: Path, progress: Progress | None = None) -> Manifest:
    """Restore a logical backup into an empty database, and compare counts and hash with the manifest.

    Raises BackupRefused before anything is written where a file is damaged or the database is not empty,
    GraphError where what is in the database afterwards is not what the manifest says.
    """
    manifest = read_manifest(path)
    if manifest.kind != LOGICAL:
        raise BackupRefused(
            f"{path} is a dump of the server's files: it goes into the home of a stopped server"
        )
    if labels := occupied(database):
        told = f"the database is not empty (there is a node {':'.join(labels)})"
        raise BackupRefused(f"{told}: a backup is restored into an empty one; nothing was restored")
    count = _Counter(progress)
    restore(database, _rows(path / NODES), _rows(path / RELATIONSHIPS), count.add)
    _compare(manifest, census(database), canonical_hash(database).hash)
    return manifest


def _compare(manifest: Manifest, found: Census, hashed: str) -> None:
    if found.nodes != manifest.nodes or found.relationships != manifest.relationships:
        raise GraphError("the restored database does not hold what the backup counts; do not use it")
    if hashed != manifest.hash:
        raise GraphError(
            f"the restored facts have the hash {hashed}, the backup {manifest.hash}; do not use them"
        )


def _manifest(file: Path) -> Manifest:
    try:
        content, digest = file.read_bytes().rstrip(b"\n").rsplit(b"\n", 1)
    except FileNotFoundError:
        raise BackupRefused(f"{file.parent} is no backup: it holds no {MANIFEST}") from None
    except ValueError:
        raise BackupRefused(f"{file} is damaged; nothing was restored") from None
    if hashlib.sha256(content).hexdigest().encode() != digest:
        raise BackupRefused(f"{file} is damaged (the sum in its last line differs); nothing was restored")
    try:
        return Manifest.model_validate_json(content)
    except ValidationError:
        raise BackupRefused(f"{file} is of a kind that this program does not know") from None


def _part(file: Path) -> Part:
    with file.open("rb") as stream:
        return Part(sha256=hashlib.file_digest(stream, "sha256").hexdigest(), bytes=file.stat().st_size)


def _write_rows(files: Outputs, name: str, rows: Iterable[Mapping[str, object]]) -> None:
    with (
        gzip.GzipFile(fileobj=files.open(name), mode="wb", compresslevel=3, mtime=0, filename="") as packed,
        io.BufferedWriter(cast(io.RawIOBase, packed), 2**20) as out,
    ):
        for row in rows:
            out.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _rows(file: Path) -> Iterator[dict[str, object]]:
    with gzip.open(file, "rb") as lines:
        for line in lines:
            yield orjson.loads(line)


@dataclass(slots=True)
class _Counter:
    progress: Progress | None
    number: int = 0

    def add(self, rows: int) -> None:
        before, self.number = self.number, self.number + rows
        if self.progress and self.number // STEP > before // STEP:
            self.progress(self.number)

    def through(self, rows: Iterable[dict[str, object]]) -> Iterator[dict[str, object]]:
        for row in rows:
            self.add(1)
            yield row
