"""Writing out what is known, and the hash by which two graphs can be told to know the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from lookthrough.control.everything import Facts
from lookthrough.exporting.canonical import CanonicalFormat, CanonicalHash
from lookthrough.exporting.catalogue import FORMATS
from lookthrough.exporting.formats import Account, Export
from lookthrough.exporting.selecting import Selection
from lookthrough.graph.database import Database
from lookthrough.graph.everything import all_facts
from lookthrough.graph.loads import Ledger, ledger

from .clocks import print_instant
from .errors import BadQuestion
from .outputs import outputs

Progress = Callable[[int], None]
"""Called with the number of entities and stakes read so far."""
STEP = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write out where; `known_at` is the last change where None, `as_of` every day."""

    path: Path
    format: str
    as_of: date | None = None
    known_at: datetime | None = None
    replace: bool = False


@dataclass(frozen=True, slots=True)
class HashReport:
    """The canonical hash of all facts; `unfinished` are loads of which it has a part."""

    hash: str
    unfinished: list[str]

    def document(self) -> dict[str, object]:
        return {"hash": self.hash, "unfinished": self.unfinished}


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written and what was left out, each counted by name; `parts` are to be loaded in order."""

    wanted: Wanted
    known_at: datetime | None
    parts: list[Path]
    files: list[str]
    account: Account
    hashed: HashReport

    def document(self) -> dict[str, object]:
        return {
            "format": self.wanted.format,
            "parts": [str(part) for part in self.parts],
            "files": self.files,
            "as_of": self.wanted.as_of.isoformat() if self.wanted.as_of else None,
            "known_at": print_instant(self.known_at) if self.known_at else None,
            "written": dict(sorted(self.account.written.items())),
            "left_out": dict(sorted(self.account.left_out.items())),
            **self.hashed.document(),
        }


def canonical_hash(database: Database, progress: Progress | None = None) -> HashReport:
    """The hash of the canonical export. Raises FactsMoved where facts are written meanwhile."""
    hashed = CanonicalHash()
    for facts in _counted(all_facts(database), progress):
        hashed.add(facts)
    return HashReport(hashed.text(), ledger(database).unfinished)


def export(database: Database, wanted: Wanted, progress: Progress | None = None) -> ExportReport:
    """Write what is known to files that appear whole or not at all.

    Raises BadQuestion where the path is taken or the format takes no clocks, FactsMoved, OSError.
    """
    form = FORMATS[wanted.format]
    whole = isinstance(form, CanonicalFormat)
    if whole and (wanted.as_of or wanted.known_at):
        raise BadQuestion("format: the canonical export has all that was ever known, and takes no clocks")
    state, account, hashed = ledger(database), Account(), CanonicalHash()
    facts = _hashed(_counted(all_facts(database), progress), hashed)
    known_at = None if whole else wanted.known_at or _last_change(state)
    if known_at:
        facts = Selection(known_at, wanted.as_of, account.left_out).of(facts)
    with outputs(wanted.path, is_folder=form.is_folder, replace=wanted.replace) as files:
        form.write(facts, Export(files, account, wanted.as_of))
        files.close()
        parts = files.publish()
    names = files.names() if form.is_folder else []
    return ExportReport(wanted, known_at, parts, names, account, HashReport(hashed.text(), state.unfinished))


def _last_change(state: Ledger) -> datetime:
    return state.last_change or datetime.fromtimestamp(0, UTC)


def _hashed(facts: Iterable[Facts], hashed: CanonicalHash) -> Iterator[Facts]:
    for each in facts:
        hashed.add(each)
        yield each


def _counted(facts: Iterable[Facts], progress: Progress | None) -> Iterator[Facts]:
    for number, each in enumerate(facts, start=1):
        if progress and number % STEP == 0:
            progress(number)
        yield each
