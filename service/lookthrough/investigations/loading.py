"""Loading files: check them all, then write their rows in batches, and account for every row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from lookthrough.graph.database import Database
from lookthrough.graph.loads import Load, loading
from lookthrough.graph.remembered import Remembered
from lookthrough.graph.writing import Batch
from lookthrough.importing.catalogue import Recognised, mapped, recognised
from lookthrough.importing.files import InputFile, expand
from lookthrough.importing.mapping import mapping_of
from lookthrough.importing.rejected_files import line_of
from lookthrough.importing.rows import Rejection, Row

from .completing import Completion
from .load_report import FileReport, LoadReport, Tally

__all__ = ["LoadReport", "Progress", "load_files", "was_loaded"]

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: its file, the rows of all files so far, and the share read of all their bytes.

    The share is a fraction; it stands still over files of DuckDB and SQLite, which read them themselves.
    """

    file: str
    rows: int
    share: float


def load_files(
    database: Database,
    paths: Iterable[Path | str],
    source: str = "",
    progress: Callable[[Progress], None] | None = None,
    form: str = "auto",
    rejected: Path | None = None,
    completion: Completion | None = None,
    mapping: Path | None = None,
    most_rejected: int | None = None,
) -> LoadReport:
    """Load files, folders and archives; files that belong together may come in any order.

    With a completion, what its sources said before and do not say in this load is closed at its end.
    `form` is the name of a format, or `auto`; with a `mapping` all files are tables that it reads.
    Records that are rejected are written to the file `rejected`; with `most_rejected` they are told and
    written while they take no more bytes than that, and the others are counted.
    Raises UnusableFile before anything is loaded if one of them cannot be used at all, LoadRefused while
    another load runs, GraphUnavailable, OSError where `rejected` cannot be written.
    """
    inputs = expand(paths)
    files = _checked(inputs.files, form, mapping)
    report = LoadReport(files=len(files), ignored=list(inputs.ignored))
    digest = _digest(source, files, completion.mark if completion else "")
    known = _was_finished(database, digest)
    with ExitStack() as stack:
        out = stack.enter_context(_beside(rejected).open("wb")) if rejected else None
        load = stack.enter_context(loading(database, digest, [one.file.name for one in files]))
        report.resumed = load.resumed
        run = _Run(load, source, report, progress, out, known, completion, most_rejected)
        run.load(files)
        if completion:
            report.closed, report.not_closed = completion.close(load, source)
        load.changed = run.written or any(report.closed.values())
        report.entities_implied = sum(id not in run.described for id in run.implied)
    if rejected:
        _beside(rejected).replace(rejected)
    return report


def was_loaded(database: Database, paths: Iterable[Path | str], source: str = "") -> bool:
    """Whether a load of just these files, with this source, has been finished."""
    return _was_finished(database, digest_of(paths, source))


def digest_of(
    paths: Iterable[Path | str], source: str = "", form: str = "auto", mapping: Path | None = None
) -> str:
    """What a load of just these files is known by. Raises UnusableFile."""
    return _digest(source, _checked(expand(paths).files, form, mapping))


def rows_in(
    paths: Iterable[Path | str], source: str = "", form: str = "auto", mapping: Path | None = None
) -> Iterator[Row | Rejection]:
    """Every row of the files, as a load would take it. Raises UnusableFile before the first."""
    for one in _checked(expand(paths).files, form, mapping):
        yield from one.format.read(one.file, _source_of(one, source))


def _source_of(one: Recognised, source: str) -> str:
    """The source of rows that name none."""
    return source or one.format.usual_source or one.file.stem


def _was_finished(database: Database, digest: str) -> bool:
    return bool(database.read(lambda tx: tx.run("read/finished_load", id=digest)))


def _beside(path: Path) -> Path:
    """Where rejected records are gathered until all are; the file itself may be one that is being read."""
    return path.with_name(f"{path.name}.part")


def _checked(files: Sequence[InputFile], form: str, mapping: Path | None = None) -> list[Recognised]:
    """The files with their formats, each checked as a whole."""
    found = mapped(files, mapping_of(mapping)) if mapping else [recognised(file, form) for file in files]
    for one in found:
        one.format.check(one.file)
    return sorted(found, key=lambda one: (one.format.turn(one.file), one.file.name))


def _digest(source: str, files: Sequence[Recognised], mark: str = "") -> str:
    """Knows an interrupted load again: the same files, names, formats, source and purpose."""
    told = [
        source,
        *sorted(f"{one.file.name} {one.file.sha256()} {one.format.name}{one.by}" for one in files),
    ]
    told += [mark] if mark else []
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@dataclass(slots=True)
class _File:
    """A file of the load: what is told of it, and whether stakes are still to be read from it."""

    recognised: Recognised
    report: FileReport
    source: str
    all_stakes: bool | None
    stakes: bool = False
    passes: int = 0

    @property
    def to_read(self) -> int:
        """Bytes of all its passes: what it says of stakes is read after all else of all files."""
        once = self.all_stakes is not None or (self.passes > 0 and not self.stakes)
        return self.size * (1 if once else 2)

    @property
    def size(self) -> int:
        return self.recognised.file.meter.size

    def rows(self) -> Iterator[Row | Rejection]:
        return self.recognised.format.read(self.recognised.file, self.source)

    def tally(self, kind: str) -> Tally:
        return self.report.by_type.setdefault(kind, Tally())


@dataclass(slots=True)
class _Run:
    """One load under way.

    Rows that state stakes are written after all others of all files: whether a stake can be held depends on
    the kind of what it is held in. So the order of files and of their rows is irrelevant.
    """

    load_: Load
    source: str
    report: LoadReport
    progress: Callable[[Progress], None] | None
    out: BinaryIO | None
    known: bool
    completion: Completion | None = None
    room: int | None = None
    written: bool = False
    implied: Remembered = field(default_factory=Remembered)
    described: Remembered = field(default_factory=Remembered)
    files: list[_File] = field(default_factory=list["_File"])

    def load(self, recognised: Sequence[Recognised]) -> None:
        self.files = [self._begun(one) for one in recognised]
        for file in self.files:
            if not file.all_stakes:
                self._pass(file, self._others(file))
        for file in self.files:
            if file.all_stakes or file.stakes:
                self._pass(file, self._stakes(file))

    def _begun(self, one: Recognised) -> _File:
        report = FileReport(file=one.file.name, format=one.format.name, why=one.why)
        self.report.files_read.append(report)
        return _File(one, report, _source_of(one, self.source), one.format.states_stakes(one.file))

    def _others(self, file: _File) -> Iterator[Row | Rejection]:
        for row in file.rows():
            if isinstance(row, Row) and row.states_stakes:
                file.stakes = True
            else:
                yield row

    def _stakes(self, file: _File) -> Iterator[Row | Rejection]:
        for row in file.rows():
            # of a file that was read before, all that isn't a stake has been accounted for
            if file.all_stakes or (isinstance(row, Row) and row.states_stakes):
                yield row

    def _pass(self, file: _File, rows: Iterator[Row | Rejection]) -> None:
        while some := list(islice(rows, BATCH)):
            self._batch(file, some)
            if self.progress:
                self.progress(Progress(file.report.file, self.report.read, self._share(file)))
        file.passes += 1

    def _share(self, under_way: _File) -> float:
        read = sum(file.size * file.passes for file in self.files) + under_way.recognised.file.meter.at
        return min(1.0, read / max(1, sum(file.to_read for file in self.files)))

    def _batch(self, file: _File, some: Sequence[Row | Rejection]) -> None:
        rows = list(self._accepted(file, some))
        told = [row for row in rows if row.facts]
        for_itself = bool(file.recognised.format.usual_source or file.recognised.by)
        batch = self.load_.writer.write([row.facts for row in told], for_itself=for_itself)
        if self.completion:
            self.completion.told((row.facts, i in batch.refused) for i, row in enumerate(told))
        for i, refusal in sorted(batch.refused.items()):
            self._reject(file, told[i].rejected(refusal.field, refusal.reason))
        for i, row in enumerate(told):
            if i not in batch.refused:
                self._count(file, row, new=i in batch.new)
        for row in rows:
            if not row.facts:
                self._count(file, row, new=not self.known)
        self._learn(batch)

    def _accepted(self, file: _File, rows: Iterable[Row | Rejection]) -> Iterator[Row]:
        for row in rows:
            self._add(file, row.type, "read")
            if isinstance(row, Rejection):
                self._reject(file, row)
                if self.completion:
                    self.completion.unreadable()
            else:
                _count_names(file.report.unknown_fields, row.unknown)
                yield row

    def _count(self, file: _File, row: Row, *, new: bool) -> None:
        self._add(file, row.type, "loaded" if new else "duplicate")
        self.report.stakes_new += new and row.states_stakes
        if row.noted:
            _count_names(file.report.notes, row.noted)
            self._add(file, row.type, "noted")

    def _learn(self, batch: Batch) -> None:
        self.written |= bool(batch.new)
        self.report.entities_new += self.described.add(id.encode() for id in batch.first_described)
        self.implied.add(id.encode() for id in batch.implied)

    def _reject(self, file: _File, rejection: Rejection) -> None:
        self._add(file, rejection.type, "rejected")
        line = line_of(rejection, file.recognised.format.name, file.source)
        if self.room is not None:
            if len(line) > self.room:
                self.report.rejections_left_out += 1
                return
            self.room -= len(line)
        if self.out:
            self.out.write(line)
        self.report.rejections.append(replace(rejection, raw=None))

    def _add(self, file: _File, kind: str, what: str) -> None:
        for tally in (self.report, file.report, file.tally(kind)):
            setattr(tally, what, getattr(tally, what) + 1)


def _count_names(counts: dict[str, int], names: Iterable[str]) -> None:
    for name in names:
        counts[name] = counts.get(name, 0) + 1
