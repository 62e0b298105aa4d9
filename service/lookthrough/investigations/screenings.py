"""Screenings that go on by themselves: begun, worked on in threads, and gone on with after a stop."""

from __future__ import annotations

import secrets
import time
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from threading import BoundedSemaphore, Event

import structlog

from lookthrough.graph.database import Database
from lookthrough.graph.errors import GraphError
from lookthrough.graph.screenings import AskedScreening, NewRow, NewScreening, Work, cancel
from lookthrough.policies.keeping import kept_policy

from .errors import BadQuestion, NotNow, TooMany
from .problems import problem_of
from .screening import Entry, Screened, Screening, ScreeningQuestion
from .screening_results import ScreeningDocument, screening_document
from .storing import kept_texts, new_verdict
from .verdicts import ENGINE

MOST_ROWS = 10_000
MOST_AT_ONCE = 2
"""Screenings that one process works on; each takes a good part of a processor."""
ROWS_KEPT = 50
SECONDS_KEPT = 1.0
"""Rows are written when there are so many of them, or when the first has waited so long."""
NOT_IDENTIFIED = ("not_identified", "nobody said which entity this line means")
log = structlog.get_logger()


class Screenings:
    """Works on screenings of one database; all of them are kept in the graph, row by row.

    Every method raises GraphUnavailable.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._room = BoundedSemaphore(MOST_AT_ONCE)
        self._workers = ThreadPoolExecutor(MOST_AT_ONCE, "screening")
        self._stopping = Event()

    def close(self) -> None:
        """What is being worked on is interrupted after the row at hand."""
        self._stopping.set()
        self._workers.shutdown()

    def begin(self, asked: ScreeningQuestion, entries: Sequence[Entry] | None) -> ScreeningDocument:
        """Of these entries, or of all entities.

        Raises UnknownVariant, BadQuestion (too many), TooMany, ReadOnly.
        """
        with self._room_taken():
            screening = Screening(self._database, asked)
            chosen = _everything(screening) if entries is None else list(entries)
            work = Work(self._database, secrets.token_hex(12), secrets.token_hex(8))
            work.create(_new(screening, chosen))
            self._workers.submit(self._work, work, screening, chosen, 0)
        return screening_document(self._database, work.id)

    def resume(self, screening: str) -> ScreeningDocument:
        """Go on where one stands that ended before its end.

        Raises UnknownScreening, NotNow, TooMany, ReadOnly.
        """
        now = screening_document(self._database, screening)
        if now.status in ("running", "done"):
            raise NotNow(f"the screening is {now.status}; one that ended before its end can be gone on with")
        if now.engine != ENGINE:
            raise NotNow(
                f"the screening was begun by engine {now.engine}, and this is {ENGINE}: begin a new one"
            )
        with self._room_taken():
            work = Work(self._database, screening, secrets.token_hex(8))
            told = work.take(ENGINE)
            if told is None:
                raise NotNow("the screening is being worked on")
            again = Screening(self._database, _question(told))
            chosen = [_entry(*each) for each in zip(told.entities, told.given, strict=True)]
            self._workers.submit(self._work, work, again, chosen, told.done)
        return screening_document(self._database, screening)

    def cancel(self, screening: str) -> ScreeningDocument:
        """Whichever process works on it stops before long; its rows stay. Raises UnknownScreening, NotNow."""
        now = screening_document(self._database, screening)
        if not cancel(self._database, screening):
            raise NotNow(f"the screening is {now.status}; one that is running can be cancelled")
        return screening_document(self._database, screening)

    @contextmanager
    def _room_taken(self) -> Generator[None]:
        """Room for one more, which its worker gives back; raises TooMany."""
        if not self._room.acquire(blocking=False):
            raise TooMany(
                f"{MOST_AT_ONCE} screenings are being worked on, which is as many as can be at once"
            )
        try:
            yield
        except BaseException:
            self._room.release()
            raise

    def _work(self, work: Work, screening: Screening, entries: Sequence[Entry], done: int) -> None:
        try:
            status, problem = self._worked_out(work, screening, entries, done), None
        except Exception as error:  # whatever it is, the screening must say that it ended
            log.exception("screening", id=work.id)
            status, problem = "failed", problem_of(error).detail
        finally:
            self._room.release()
        with suppress(GraphError):  # left as it is, it counts as interrupted before long
            work.end(status, problem)

    def _worked_out(self, work: Work, screening: Screening, entries: Sequence[Entry], done: int) -> str:
        """Write the rows after the first `done`; how the work came to its end."""
        waiting: list[NewRow] = []
        since = time.monotonic()
        for screened in screening.rows(entries[done:], done + 1):
            waiting.append(_row(screened))
            if self._stopping.is_set():
                work.add(waiting)
                return "interrupted"
            if len(waiting) >= ROWS_KEPT or time.monotonic() - since > SECONDS_KEPT:
                if not work.add(waiting):
                    return "interrupted"  # it was cancelled, or others have taken it over
                waiting, since = [], time.monotonic()
        return "done" if not waiting or work.add(waiting) else "interrupted"


def entry(text: str, entity: str | None = None) -> Entry:
    """A line of a list and the entity that a person says it means, if anybody does."""
    return _entry(entity or "", text)


def _entry(entity: str, given: str) -> Entry:
    """An empty line names nobody; one with text but without an entity is waiting for somebody to say."""
    return Entry(entity, NOT_IDENTIFIED if given and not entity else None, given)


def _everything(screening: Screening) -> list[Entry]:
    found = list(islice(screening.everything(), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        told = f"there are more than {MOST_ROWS} entities"
        raise BadQuestion(f"all: {told}; the command `lookthrough screen --all` takes any number")
    return found


def _new(screening: Screening, entries: Sequence[Entry]) -> NewScreening:
    policy, region_lists = kept_texts(screening.asked.policy)
    return NewScreening(
        entities=[each.entity for each in entries],
        given=[each.given for each in entries],
        variant=screening.policy.variant,
        as_of=screening.clocks.as_of,
        known_at=screening.clocks.known_at,
        max_age_days=screening.asked.max_age_days,
        engine=ENGINE,
        policy=policy,
        region_lists=region_lists,
    )


def _question(told: AskedScreening) -> ScreeningQuestion:
    policy = kept_policy(told.policy, told.region_lists, told.digest)
    return ScreeningQuestion(policy, told.as_of, told.variant, told.known_at, told.max_age_days)


def _row(screened: Screened) -> NewRow:
    row = screened.row
    verdict = new_verdict(*screened.verdict) if screened.verdict else None
    return NewRow(row.row, row.model_dump(exclude_none=True), verdict)
