"""Imports that are kept: what was sent, how far it is, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from .database import Database

STALE_SECONDS = 60
"""An import of which its process said nothing for so long was left by it."""


@dataclass(frozen=True, slots=True)
class KeptImport:
    """`status`: `waiting`, `running`, `done`, `refused`, `failed` or `interrupted`.

    `report` and `problem` are JSON, `rows` those read so far, `percent` the bytes read of all.
    """

    id: str
    status: str
    files: list[str]
    source: str
    format: str
    complete: bool
    allow_empty: bool
    begun_at: datetime
    started_at: datetime | None
    alive_at: datetime
    ended_at: datetime | None
    file: str | None
    rows: int
    percent: int
    report: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class KeptLoad:
    """A load of the ledger, however it was begun; without `finished_at` it did not come to its end."""

    id: str
    instant: datetime
    finished_at: datetime | None
    files: list[str]


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """Writes of one import. Every method raises GraphUnavailable and ReadOnly."""

    database: Database
    id: str

    def create(self, properties: Mapping[str, object]) -> None:
        self._write("imports/create", properties=dict(properties))

    def progress(self, status: str, file: str, rows: int, percent: int) -> None:
        self._write("imports/progress", status=status, file=file, rows=rows, percent=percent)

    def add_rejected(self, part: int, lines: str) -> None:
        self._write("imports/add_rejected", part=part, lines=lines)

    def end(self, status: str, rows: int, report: str | None, problem: str | None) -> None:
        self._write("imports/end", status=status, rows=rows, report=report, problem=problem)

    def _write(self, query: str, **asked: object) -> None:
        self.database.write(lambda tx: tx.run(query, id=self.id, **asked))


def kept_import(database: Database, import_id: str) -> KeptImport | None:
    found = database.read_rows(KeptImport, "imports/one", id=import_id, seconds=STALE_SECONDS)
    return found[0] if found else None


def kept_imports(database: Database, before: datetime | None, before_id: str, limit: int) -> list[KeptImport]:
    """The newest first, from the one after that instant and id."""
    asked = {"before": before, "before_id": before_id, "limit": limit, "seconds": STALE_SECONDS}
    return database.read_rows(KeptImport, "imports/all", **asked)


def kept_loads(database: Database, before: datetime | None, before_id: str, limit: int) -> list[KeptLoad]:
    """The newest first, from the one after that instant and id."""
    return database.read_rows(KeptLoad, "imports/loads", before=before, before_id=before_id, limit=limit)


@dataclass(frozen=True, slots=True)
class _Part:
    lines: str


def rejected_parts(database: Database, import_id: str) -> Iterator[str]:
    """The rejected records, part by part."""
    part = 0
    while found := database.read_rows(_Part, "imports/rejected", id=import_id, part=part):
        yield found[0].lines
        part += 1
