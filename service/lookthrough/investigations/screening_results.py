"""What a kept screening has found: how far it is, its rows by page, or all of them as a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from pydantic import BaseModel, Field

from lookthrough.graph.database import Database
from lookthrough.graph.screenings import (
    KeptScreening,
    Wanted,
    counts,
    kept_rows,
    kept_screening,
    kept_screenings,
)

from .clocks import print_instant
from .cursors import DEFAULT_LIMIT, check_limit, decode, encode
from .documents import PolicyRef, WithNulls
from .errors import NotNow, UnknownScreening
from .screening import ScreeningCounts, ScreeningRow, Tally
from .screening_files import HEADER, as_parquet, csv_line, document_line

PAGE = 500
CHUNK = 1_000_000

Status = Literal["running", "interrupted", "cancelled", "failed", "done"]
Form = Literal["csv", "ndjson", "parquet"]


class ScreeningSummary(WithNulls):
    """A screening as a list shows it: `done` of `total` rows are there. `problem` says why it failed."""

    id: str
    status: Status
    policy: PolicyRef
    as_of: str
    known_at: str
    engine: str
    total: int
    done: int
    begun_at: str
    ended_at: str | None
    problem: str | None


class ScreeningDocument(ScreeningSummary, ScreeningCounts):
    """A screening, with how its rows came out so far; `problems` of them have no verdict."""


class ScreeningList(WithNulls):
    items: list[ScreeningSummary]
    next: str | None


class ScreeningPage(WithNulls):
    items: list[ScreeningRow]
    next: str | None


class _AfterRow(BaseModel):
    row: int = Field(ge=0)


class _Before(BaseModel):
    begun_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Asking:
    """All rows, or those with some outcome (`none`: without a verdict) and reason."""

    outcome: str | None = None
    reason: str | None = None

    def wanted(self, after: int, limit: int, *, with_documents: bool = False) -> Wanted:
        return Wanted(
            after=after,
            outcome=self.outcome,
            reason=self.reason,
            with_documents=with_documents,
            limit=limit,
        )


def screening_document(database: Database, screening: str) -> ScreeningDocument:
    """Raises UnknownScreening, GraphUnavailable."""
    kept = _kept(database, screening)  # before the rows: of one that is done all of them are there
    tally = Tally()
    for each in counts(database, screening):
        tally.add(each.outcome, each.reason, each.count)
    return ScreeningDocument.model_validate({**tally.counts().model_dump(), **_summary(kept)})


def screenings(database: Database, limit: int = DEFAULT_LIMIT, cursor: str | None = None) -> ScreeningList:
    """The newest first. Raises BadQuestion (limit, cursor), GraphUnavailable."""
    check_limit(limit)
    before = decode(cursor, _Before) if cursor else None
    found = kept_screenings(
        database, before.begun_at if before else None, before.id if before else "", limit + 1
    )
    last = found[limit - 1] if len(found) > limit else None
    return ScreeningList(
        items=[ScreeningSummary.model_validate(_summary(kept)) for kept in found[:limit]],
        next=encode(_Before(begun_at=last.begun_at, id=last.id)) if last else None,
    )


def page(
    database: Database,
    screening: str,
    asking: Asking,
    limit: int = DEFAULT_LIMIT,
    cursor: str | None = None,
) -> ScreeningPage:
    """The rows by now. Raises UnknownScreening, BadQuestion (limit, cursor), GraphUnavailable."""
    check_limit(limit)
    after = decode(cursor, _AfterRow).row if cursor else 0
    _kept(database, screening)
    rows = [row for row, _ in _rows(database, screening, asking.wanted(after, limit + 1))]
    return ScreeningPage(
        items=rows[:limit],
        next=encode(_AfterRow(row=rows[limit - 1].row)) if len(rows) > limit else None,
    )


def exported(database: Database, screening: str, asking: Asking, form: Form) -> Iterator[bytes]:
    """Every row that is asked for, as `lookthrough screen` writes it.

    Raises UnknownScreening, NotNow (not done: a file has all rows), GraphUnavailable.
    """
    kept = _kept(database, screening)
    if kept.status != "done":
        told = f"the screening is {kept.status}, with {kept.done} of {kept.total} rows"
        raise NotNow(f"{told}; a file is made of all of them")
    lines = _lines(database, screening, asking, "ndjson" if form == "ndjson" else "csv")
    return _parquet(lines) if form == "parquet" else lines


def _lines(
    database: Database, screening: str, asking: Asking, form: Literal["csv", "ndjson"]
) -> Iterator[bytes]:
    if form == "csv":
        yield HEADER
    after: int | None = 0
    while after is not None:
        found = _rows(database, screening, asking.wanted(after, PAGE, with_documents=form == "ndjson"))
        for row, document in found:
            yield csv_line(row) if form == "csv" else document_line(row, document)
        after = found[-1][0].row if len(found) == PAGE else None


def _parquet(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Made at once, so that what goes wrong is told before the first byte."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="lookthrough-screening-")))
        rows = folder / "rows"
        with rows.open("wb") as stream:
            stream.writelines(lines)
        table = stack.enter_context(as_parquet(rows).open("rb"))
        left = stack.pop_all()

    def chunks() -> Iterator[bytes]:
        with left:
            yield from iter(lambda: table.read(CHUNK), b"")

    return chunks()


def _rows(database: Database, screening: str, wanted: Wanted) -> list[tuple[ScreeningRow, bytes | None]]:
    found = kept_rows(database, screening, wanted)
    return [
        (ScreeningRow.model_validate(each.row), each.document.encode() if each.document else None)
        for each in found
    ]


def _kept(database: Database, screening: str) -> KeptScreening:
    kept = kept_screening(database, screening)
    if kept is None:
        raise UnknownScreening(screening)
    return kept


def _summary(kept: KeptScreening) -> dict[str, object]:
    return {
        "id": kept.id,
        "status": kept.status,
        "policy": PolicyRef(id=kept.policy, version=kept.version, variant=kept.variant, digest=kept.digest),
        "as_of": kept.as_of.isoformat(),
        "known_at": print_instant(kept.known_at),
        "engine": kept.engine,
        "total": kept.total,
        "done": kept.done,
        "begun_at": print_instant(kept.begun_at),
        "ended_at": print_instant(kept.ended_at) if kept.ended_at else None,
        "problem": kept.problem,
    }
