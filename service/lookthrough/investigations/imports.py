"""Files that were sent to the service: loaded one after the other in the background, and accounted for."""

from __future__ import annotations

import secrets
import time
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore, Event, Thread

import orjson
import structlog

from lookthrough.graph.database import Database
from lookthrough.graph.errors import GraphError, LoadRefused
from lookthrough.graph.imports import ImportRecord
from lookthrough.importing.catalogue import FORMATS
from lookthrough.importing.rows import UnusableFile

from .completing import Completion
from .errors import BadQuestion, TooMany
from .loading import LoadReport, Progress, load_files
from .problems import problem_of

MOST_AT_ONCE = 4
"""Imports that one process holds, one of them loading; their files take room on the disk."""
MOST_TOLD = 1_000
"""Rejections that a report repeats; those after them are among the rejected records."""
MOST_REJECTED = 50_000_000
"""Bytes of rejected records that are kept, in memory and in the graph; the others are counted."""
LONGEST_NAME = 200
LONGEST_WAIT = 3600.0
BETWEEN_TRIES = 2.0
BETWEEN_WORDS = 1.0
"""Seconds: how long a load waits for another to end, how often it tries, how often it says how far it is."""
PART = 500_000
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Options:
    """As those of the command `load`."""

    source: str = ""
    form: str = "auto"
    complete: bool = False
    allow_empty: bool = False

    def check(self) -> None:
        """Raises BadQuestion."""
        if self.form != "auto" and self.form not in FORMATS:
            raise BadQuestion(f"format: {self.form[:80]!r} is none of auto, {', '.join(FORMATS)}")
        if self.allow_empty and not self.complete:
            raise BadQuestion("allow_empty: goes with complete")


class Upload:
    """A private folder for the files of one import, while there is room for it; `close` gives both back."""

    def __init__(self, room: BoundedSemaphore) -> None:
        self._room = room
        self._folder = TemporaryDirectory(prefix="lookthrough-import-")
        self.paths: list[Path] = []

    def place(self, name: str) -> Path:
        """Where the file of this name goes. Raises BadQuestion for a name that no file should have."""
        last = name.replace("\\", "/").rpartition("/")[2]
        if not last.strip(". ") or not last.isprintable() or len(last.encode()) > LONGEST_NAME:
            raise BadQuestion(f"files: {name[:80]!r} is not a name for a file")
        path = self.folder / last
        if path in self.paths:
            raise BadQuestion(f"files: two are named {last!r}")
        self.paths.append(path)
        return path

    @property
    def folder(self) -> Path:
        return Path(self._folder.name)

    @property
    def rejected(self) -> Path:
        """Beside the files, under a name that none of them can have."""
        return self.folder / "..rejected.ndjson"

    def close(self) -> None:
        self._folder.cleanup()
        self._room.release()


class Imports:
    """Loads what was sent to one process; the ledger's lock keeps it apart from all other loads.

    Every method raises GraphUnavailable.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._room = BoundedSemaphore(MOST_AT_ONCE)
        self._worker = ThreadPoolExecutor(1, "import")
        self._stopping = Event()

    def close(self) -> None:
        """The load at hand is interrupted; sending the same files again goes on with it."""
        self._stopping.set()
        self._worker.shutdown()

    def upload(self) -> Upload:
        """Raises TooMany."""
        if not self._room.acquire(blocking=False):
            raise TooMany(f"{MOST_AT_ONCE} imports are waiting, which is as many as can be at once")
        return Upload(self._room)

    def begin(self, upload: Upload, options: Options) -> str:
        """Load what is in the folder, then take that away; gives the id. Raises BadQuestion, ReadOnly."""
        if not upload.paths:
            raise BadQuestion("files: there is none")
        record = ImportRecord(self._database, secrets.token_hex(12))
        record.create(
            {
                "files": [path.name for path in upload.paths],
                "source": options.source,
                "format": options.form,
                "complete": options.complete,
                "allow_empty": options.allow_empty,
            }
        )
        self._worker.submit(self._work, record, upload, options)
        return record.id

    def _work(self, record: ImportRecord, upload: Upload, options: Options) -> None:
        state = _State()
        try:
            with _telling(record, state):
                status, report, problem = self._outcome(record, upload, options, state)
        finally:
            upload.close()
        with suppress(GraphError):  # left as it is, it counts as interrupted before long
            record.end(status, state.rows, report, problem)

    def _outcome(
        self, record: ImportRecord, upload: Upload, options: Options, state: _State
    ) -> tuple[str, str | None, str | None]:
        try:
            report = self._loaded(upload, options, state)
            for part, lines in enumerate(_parts(upload.rejected)):
                record.add_rejected(part, lines)
        except _Stopped:
            return "interrupted", None, None
        except UnusableFile as error:
            return "refused", None, problem_of(error).model_dump_json()
        except Exception as error:  # whatever it is, the import must say that it ended
            log.exception("import", id=record.id)
            return "failed", None, problem_of(error).model_dump_json()
        return "done", _printed(report), None

    def _loaded(self, upload: Upload, options: Options, state: _State) -> LoadReport:
        """Once no other load holds the ledger's lock."""
        until = time.monotonic() + LONGEST_WAIT

        def progress(now: Progress) -> None:
            state.now = now
            if self._stopping.is_set():
                raise _Stopped

        while not self._stopping.is_set():
            completion = Completion(options.allow_empty) if options.complete else None
            try:
                return load_files(
                    self._database,
                    upload.paths,
                    options.source,
                    progress,
                    options.form,
                    upload.rejected,
                    completion,
                    most_rejected=MOST_REJECTED,
                )
            except LoadRefused:
                if state.rows or time.monotonic() > until:
                    raise
                self._stopping.wait(BETWEEN_TRIES)
        raise _Stopped


class _Stopped(Exception):
    """The service is being stopped."""


@dataclass(slots=True)
class _State:
    """How far a load is; None before its first rows."""

    now: Progress | None = None

    @property
    def rows(self) -> int:
        return self.now.rows if self.now else 0


@contextmanager
def _telling(record: ImportRecord, state: _State) -> Generator[None]:
    """Say every second how far it is, so that others see that somebody is at it."""
    ended = Event()

    def tell() -> None:
        while not ended.wait(BETWEEN_WORDS):
            with suppress(GraphError):
                if state.now:
                    record.progress("running", state.now.file, state.now.rows, round(100 * state.now.share))
                else:
                    record.progress("waiting", "", 0, 0)

    teller = Thread(target=tell, name="import-progress", daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _parts(path: Path) -> Iterator[str]:
    """Whole lines, about so many characters at once."""
    with path.open(encoding="utf-8", newline="\n") as stream:
        while lines := stream.readlines(PART):
            yield "".join(lines)


def _printed(report: LoadReport) -> str:
    return orjson.dumps(replace(report, rejections=report.rejections[:MOST_TOLD]).document()).decode()
