"""What is told of imports and loads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import orjson
from pydantic import BaseModel, Field, JsonValue

from lookthrough.graph.database import Database
from lookthrough.graph.imports import KeptImport, kept_import, kept_imports, kept_loads, rejected_parts

from .clocks import print_instant
from .cursors import DEFAULT_LIMIT, check_limit, decode, encode
from .documents import WithNulls
from .errors import NotNow, UnknownImport
from .problems import Problem

Status = Literal["waiting", "running", "done", "refused", "failed", "interrupted"]


class ImportSummary(WithNulls):
    """An import as a list shows it: `rows` are those read so far, `percent` how much of the files' bytes."""

    id: str
    status: Status
    files: list[str]
    source: str
    format: str
    complete: bool
    allow_empty: bool
    begun_at: str
    ended_at: str | None
    file: str | None
    rows: int
    percent: int
    rows_per_second: int | None
    problem: Problem | None


class ImportDocument(ImportSummary):
    """An import; `report` is that of the command `load`, with the first 1,000 rejections."""

    report: dict[str, JsonValue] | None


class ImportPage(WithNulls):
    items: list[ImportSummary]
    next: str | None


class LoadDocument(WithNulls):
    """A load, however it was begun; without `finished_at` it is under way or was interrupted."""

    id: str
    instant: str
    finished_at: str | None
    files: list[str]


class LoadPage(WithNulls):
    items: list[LoadDocument]
    next: str | None


class _Before(BaseModel):
    instant: datetime
    id: str = Field(max_length=200)


def import_document(database: Database, import_id: str) -> ImportDocument:
    """Raises UnknownImport, GraphUnavailable."""
    kept = _kept(database, import_id)
    report = orjson.loads(kept.report) if kept.report else None
    return ImportDocument.model_validate({**_summary(kept), "report": report})


def imports(database: Database, limit: int = DEFAULT_LIMIT, cursor: str | None = None) -> ImportPage:
    """The newest first. Raises BadQuestion (limit, cursor), GraphUnavailable."""
    check_limit(limit)
    found = kept_imports(database, *_after(cursor), limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return ImportPage(
        items=[ImportSummary.model_validate(_summary(kept)) for kept in found[:limit]],
        next=encode(_Before(instant=last.begun_at, id=last.id)) if last else None,
    )


def loads(database: Database, limit: int = DEFAULT_LIMIT, cursor: str | None = None) -> LoadPage:
    """The newest first. Raises BadQuestion (limit, cursor), GraphUnavailable."""
    check_limit(limit)
    found = kept_loads(database, *_after(cursor), limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return LoadPage(
        items=[
            LoadDocument(
                id=each.id,
                instant=print_instant(each.instant),
                finished_at=_instant(each.finished_at),
                files=each.files,
            )
            for each in found[:limit]
        ],
        next=encode(_Before(instant=last.instant, id=last.id)) if last else None,
    )


def rejected(database: Database, import_id: str) -> Iterator[str]:
    """The rejected records as the command writes them. Raises UnknownImport, NotNow, GraphUnavailable."""
    kept = _kept(database, import_id)
    if kept.status != "done":
        raise NotNow(f"the import is {kept.status}; what it rejects is known when it is done")
    return rejected_parts(database, import_id)


def _kept(database: Database, import_id: str) -> KeptImport:
    kept = kept_import(database, import_id)
    if kept is None:
        raise UnknownImport(import_id)
    return kept


def _after(cursor: str | None) -> tuple[datetime | None, str]:
    before = decode(cursor, _Before) if cursor else None
    return (before.instant, before.id) if before else (None, "")


def _summary(kept: KeptImport) -> dict[str, object]:
    return {
        "id": kept.id,
        "status": kept.status,
        "files": kept.files,
        "source": kept.source,
        "format": kept.format,
        "complete": kept.complete,
        "allow_empty": kept.allow_empty,
        "begun_at": print_instant(kept.begun_at),
        "ended_at": _instant(kept.ended_at),
        "file": kept.file or None,
        "rows": kept.rows,
        "percent": kept.percent,
        "rows_per_second": _rate(kept),
        "problem": Problem.model_validate_json(kept.problem) if kept.problem else None,
    }


def _rate(kept: KeptImport) -> int | None:
    """Since the first rows; a load that is over before it said how far it was has none."""
    if kept.started_at is None:
        return None
    seconds = (kept.alive_at - kept.started_at).total_seconds()
    return round(kept.rows / seconds) if seconds > 0 else None


def _instant(value: datetime | None) -> str | None:
    return print_instant(value) if value else None
