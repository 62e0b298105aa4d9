"""A load of files: one at a time, one instant for every fact in it, and an end that makes it visible."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from lookthrough.control.facts import Fact

from .database import WRITE_TRIES, Database
from .errors import GraphError, LoadRefused
from .retracting import Retractor
from .writing import LOCK_SECONDS, Writer


@dataclass(frozen=True, slots=True)
class Ledger:
    """The state of the facts: `last_change` is the instant of the last finished load that changed any."""

    version: int | None
    last_change: datetime | None
    unfinished: list[str]


@dataclass(frozen=True, slots=True)
class _Lock:
    taken: bool
    held_by: str
    held_until: datetime


@dataclass(frozen=True, slots=True)
class _Begun:
    instant: datetime
    resumed: bool


@dataclass(slots=True)
class Load:
    """A load under way; set `changed` if anything of it was written, before an interruption or after."""

    writer: Writer
    instant: datetime
    resumed: bool
    database: Database
    holder: str
    changed: bool = False

    def retractor(self, selected: Callable[[Fact], bool]) -> Retractor:
        """Closes what is selected, at the instant of the load."""
        return Retractor(self.database, selected, self.holder, self.instant)


def ledger(database: Database) -> Ledger:
    return database.read_rows(Ledger, "read/ledger")[0]


@contextmanager
def loading(
    database: Database, digest: str, files: Sequence[str], now: datetime | None = None
) -> Generator[Load]:
    """Hold the loader's lock for one load, known by the digest of what it loads; its instant is `now`.

    A load that was interrupted goes on with its own instant, unless other facts have come in since.
    Leaving with an exception leaves the load unfinished, so that the next try goes on with it.
    Raises LoadRefused while another load runs.
    """
    holder = secrets.token_hex(8)
    _acquire(database, holder)
    try:
        begun = database.write(
            lambda tx: tx.rows(
                _Begun, "import/begin", id=digest, now=now or datetime.now(UTC), files=list(files)
            )
        )[0]
        writer = Writer(database, holder, begun.instant)
        load = Load(writer, begun.instant, begun.resumed, database, holder)
        yield load
        database.write(lambda tx: tx.run("import/finish", id=digest, changed=load.changed))
    except BaseException:
        # Neo4j may be what failed: one try, and what went wrong first is what is told.
        with suppress(GraphError):
            _release(database, holder, tries=1)
        raise
    _release(database, holder)


def _release(database: Database, holder: str, tries: int = WRITE_TRIES) -> None:
    database.write(lambda tx: tx.run("import/release", holder=holder), tries)


def _acquire(database: Database, holder: str) -> None:
    lock = database.write(
        lambda tx: tx.rows(
            _Lock,
            "import/acquire",
            holder=holder,
            held_by=_process(os.getpid()),
            gone=_gone(tx.rows(Holder, "read/holder")),
            seconds=LOCK_SECONDS,
        )
    )[0]
    if not lock.taken:
        until = lock.held_until.astimezone(UTC).strftime("%H:%M:%S")
        raise LoadRefused(
            f"another load is running ({lock.held_by}); its lock is free at {until} UTC if it is gone"
        )


@dataclass(frozen=True, slots=True)
class Holder:
    held_by: str


def _process(pid: int) -> str:
    return f"process {pid} on {socket.gethostname()}"


def _gone(holders: Sequence[Holder]) -> list[str]:
    """Of those who hold the lock, processes of this machine that are no more: their lock need not run out."""
    return [holder.held_by for holder in holders if _is_gone(holder.held_by)]


def _is_gone(held_by: str) -> bool:
    words = held_by.split(" ")
    if (
        held_by != f"process {words[1] if len(words) > 1 else ''} on {socket.gethostname()}"
        or not words[1].isdigit()
    ):
        return False
    try:
        os.kill(int(words[1]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
