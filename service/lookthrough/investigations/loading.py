"""Loading files: check them all, then write their rows in batches, and account for every row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from lookthrough.graph.database import Database
from lookthrough.graph.loads import Load, loading
from lookthrough.graph.writing import Batch
from lookthrough.importing.csv_files import check, read, recognise
from lookthrough.importing.files import InputFile, Inputs, expand
from lookthrough.importing.rows import Rejection, Row
from lookthrough.importing.tables import Table

BATCH = 5_000
ORDER = ("sources", "entities", "locations", "lists", "groups", "same_as", "stakes")
"""Entities before what is said of them: whether a stake can be held in one depends on its kind."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: bytes are not known in archives, so rows are counted."""

    file: str
    rows: int


@dataclass(slots=True)
class LoadReport:
    """What became of every row: `read` = `loaded` + `duplicate` + `rejected`."""

    files: int = 0
    read: int = 0
    loaded: int = 0
    duplicate: int = 0
    rejected: int = 0
    entities_new: int = 0
    entities_implied: int = 0
    stakes_new: int = 0
    rejections: list[Rejection] = field(default_factory=list[Rejection])
    ignored: list[str] = field(default_factory=list[str])
    resumed: bool = False


def load_files(
    database: Database,
    paths: Iterable[Path | str],
    source: str = "",
    progress: Callable[[Progress], None] | None = None,
) -> LoadReport:
    """Load CSV files, folders and archives; files that belong together may come in any order.

    Raises UnusableFile before anything is loaded if one of them cannot be used at all, LoadRefused while
    another load runs, GraphUnavailable.
    """
    inputs = expand(paths)
    tables = _tables(inputs)
    report = LoadReport(files=len(tables), ignored=list(inputs.ignored))
    digest = _digest(source, [file for _, file in tables])
    with loading(database, digest, [file.name for _, file in tables]) as load:
        report.resumed = load.resumed
        run = _Run(load, source, report, progress)
        for table, file in tables:
            run.load_table(table, file)
        load.changed = report.loaded > 0
        report.entities_implied = len(run.implied)
    return report


def was_loaded(database: Database, paths: Iterable[Path | str], source: str = "") -> bool:
    """Whether a load of just these files, with this source, has been finished."""
    digest = _digest(source, [file for _, file in _tables(expand(paths))])
    return bool(database.read(lambda tx: tx.run("read/finished_load", id=digest)))


def _tables(inputs: Inputs) -> list[tuple[Table, InputFile]]:
    """The files in the order to load them, each checked as a whole."""
    tables = [(recognise(file), file) for file in inputs.files]
    for table, file in tables:
        check(file, table)
    return sorted(tables, key=lambda pair: ORDER.index(pair[0].name))


def _digest(source: str, files: Sequence[InputFile]) -> str:
    """Knows an interrupted load again: the same files under the same names, for the same source."""
    told = [source, *(f"{file.name} {file.sha256()}" for file in files)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@dataclass(slots=True)
class _Run:
    """One load under way, table after table."""

    load: Load
    source: str
    report: LoadReport
    progress: Callable[[Progress], None] | None
    implied: set[str] = field(default_factory=set[str])

    def load_table(self, table: Table, file: InputFile) -> None:
        rows_read = 0
        for some in _batches(read(file, table, self.source)):
            rows = list(self._accepted(some))
            batch = self.load.writer.write([row.facts for row in rows])
            self._account(rows, batch, table)
            rows_read += len(some)
            if self.progress:
                self.progress(Progress(file.name, rows_read))

    def _accepted(self, rows: Iterable[Row | Rejection]) -> Iterator[Row]:
        for row in rows:
            self.report.read += 1
            if isinstance(row, Rejection):
                self._reject(row)
            else:
                yield row

    def _account(self, rows: Sequence[Row], batch: Batch, table: Table) -> None:
        for i, refusal in sorted(batch.refused.items()):
            self._reject(rows[i].rejected(refusal.field, refusal.reason))
        loaded = len(batch.new)
        self.report.loaded += loaded
        self.report.duplicate += len(rows) - loaded - len(batch.refused)
        self.report.entities_new += len(batch.first_described)
        self.report.stakes_new += loaded if table.name == "stakes" else 0
        self.implied |= batch.implied

    def _reject(self, rejection: Rejection) -> None:
        self.report.rejected += 1
        self.report.rejections.append(rejection)


def _batches(rows: Iterator[Row | Rejection]) -> Iterator[list[Row | Rejection]]:
    while some := list(islice(rows, BATCH)):
        yield some
