"""Taking back what a source said: closed at one instant, and seen as before at earlier ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from lookthrough.control.facts import Fact
from lookthrough.graph.database import Database
from lookthrough.graph.facts import digest
from lookthrough.graph.loads import loading
from lookthrough.graph.retracting import Retractor
from lookthrough.importing.rows import Rejection

from .clocks import print_instant
from .completing import counts
from .errors import BadQuestion
from .load_report import rejection_document
from .loading import BATCH, digest_of, rows_in


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to take back: all of a source, what it says with one `ref`, or what the rows of files say.

    With `files`, `source` is the source of rows that name none, as when they were loaded; `form` is the name
    of their format, or `auto`, and `mapping` the one that they were loaded through, if they were.
    """

    source: str = ""
    ref: str = ""
    files: tuple[Path, ...] = ()
    form: str = "auto"
    mapping: Path | None = None

    @property
    def title(self) -> str:
        told = [f"file {path.name}" for path in self.files] or [f"source {self.source}"]
        return ", ".join([*told, *([f"ref {self.ref}"] if self.ref else [])])


@dataclass(slots=True)
class RetractionReport:
    """How much was closed, by kind; for stakes, claims about them. `known_at` is the instant of it.

    Of files, `read` counts rows; those `rejected` state nothing that could be taken back.
    """

    closed: dict[str, int] = field(default_factory=dict[str, int])
    total: int = 0
    dry_run: bool = False
    known_at: datetime | None = None
    resumed: bool = False
    read: int = 0
    rejected: int = 0
    rejections: list[Rejection] = field(default_factory=list[Rejection])

    def document(self) -> dict[str, object]:
        """The report as it is printed."""
        known_at = print_instant(self.known_at) if self.known_at else None
        rejections = [rejection_document(rejection) for rejection in self.rejections]
        return {**asdict(self), "known_at": known_at, "rejections": rejections}


def retract(database: Database, wanted: Wanted, *, dry_run: bool = False) -> RetractionReport:
    """Close what is wanted; a retraction that was interrupted goes on with its own instant.

    Raises BadQuestion where it is not said what, or by a source that is not there, UnusableFile, LoadRefused
    while a load runs, GraphUnavailable.
    """
    _check(database, wanted)
    report = RetractionReport(dry_run=dry_run)
    selection = _Selection(wanted)
    if dry_run:
        _close(Retractor(database, selection.selects), selection, report)
        return report
    with loading(database, _digest(wanted), [f"retraction: {wanted.title}"]) as load:
        report.resumed, report.known_at = load.resumed, load.instant
        _close(load.retractor(selection.selects), selection, report)
        load.changed = report.total > 0
    return report


class _Selection:
    """Which facts are wanted: by source and ref, or those that the rows of the files state."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self._seen: set[bytes] = set()
        self._stated: set[bytes] = set()

    def selects(self, fact: Fact) -> bool:
        if self.wanted.files:
            return digest(fact) in self._stated
        ref = self.wanted.ref
        return fact.source == self.wanted.source and (not ref or getattr(fact, "ref", "") == ref)

    def take(self, facts: Sequence[Fact]) -> list[Fact]:
        """From here on these are selected; gives those that were not before."""
        by_digest = {digest(fact): fact for fact in facts}
        self._stated = by_digest.keys() - self._seen
        self._seen |= self._stated
        return [by_digest[key] for key in sorted(self._stated)]


def _close(retractor: Retractor, selection: _Selection, report: RetractionReport) -> None:
    wanted = selection.wanted
    if wanted.files:
        for some in _stated(wanted, report):
            retractor.of_facts(selection.take(some))
    else:
        retractor.of_sources([wanted.source])
    report.closed = counts(retractor.closed)
    report.total = sum(report.closed.values())


def _stated(wanted: Wanted, report: RetractionReport) -> Iterator[list[Fact]]:
    """The facts of the rows, a batch at a time; each row is accounted for in the report."""
    rows = rows_in(wanted.files, wanted.source, wanted.form, wanted.mapping)
    while some := list(islice(rows, BATCH)):
        report.read += len(some)
        rejections = [row for row in some if isinstance(row, Rejection)]
        report.rejected += len(rejections)
        report.rejections += rejections
        yield [fact for row in some if not isinstance(row, Rejection) for fact in row.facts]


def _check(database: Database, wanted: Wanted) -> None:
    if wanted.ref and (wanted.files or not wanted.source):
        raise BadQuestion("ref: goes with a source, and not with files")
    if not wanted.source and not wanted.files:
        raise BadQuestion("a retraction needs a source, or files whose rows are to be taken back")
    if wanted.files:
        return
    if not database.read(lambda tx: tx.run("read/source", source=wanted.source)):
        raise BadQuestion(f"source: there is no source {wanted.source!r}")


def _digest(wanted: Wanted) -> str:
    """Knows an interrupted retraction again; never that of a load."""
    files = digest_of(wanted.files, wanted.source, wanted.form, wanted.mapping) if wanted.files else ""
    return hashlib.sha256(repr(("retraction", wanted.source, wanted.ref, files)).encode()).hexdigest()
