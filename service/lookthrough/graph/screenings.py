"""Screenings that are kept: what was asked, how far the work is, and its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from .database import Database
from .verdicts import KeptText, NewVerdict

STALE_SECONDS = 60
"""A screening on which nobody has worked for so long was left by its process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewScreening:
    """`entities` in their order, an empty text where a row names none; `given` is the text of each row."""

    entities: Sequence[str]
    given: Sequence[str]
    variant: str
    as_of: date
    known_at: datetime
    max_age_days: int | None
    engine: str
    policy: KeptText
    region_lists: Sequence[KeptText]

    def properties(self) -> Mapping[str, object]:
        return {
            "entities": list(self.entities),
            "given": list(self.given),
            "total": len(self.entities),
            "variant": self.variant,
            "as_of": self.as_of,
            "known_at": self.known_at,
            "max_age_days": self.max_age_days,
            "engine": self.engine,
        }


@dataclass(frozen=True, slots=True)
class KeptScreening:
    """How far a screening is: `running`, `interrupted`, `cancelled`, `failed` or `done`."""

    id: str
    status: str
    total: int
    done: int
    variant: str
    as_of: date
    known_at: datetime
    engine: str
    begun_at: datetime
    ended_at: datetime | None
    problem: str | None
    policy: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class AskedScreening:
    """What a screening asks; `policy` and `region_lists` are canonical JSON, `digest` the policy's."""

    entities: list[str]
    given: list[str]
    done: int
    variant: str
    as_of: date
    known_at: datetime
    max_age_days: int | None
    digest: str
    policy: str
    region_lists: list[str]


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row by its number, and the verdict behind it if there is one."""

    row: int
    properties: Mapping[str, object]
    verdict: NewVerdict | None


@dataclass(frozen=True, slots=True)
class KeptRow:
    """`document` is the verdict document, where it was wanted and there is a verdict."""

    row: dict[str, object]
    document: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Rows after the one of this number: all, or those with an outcome (`none`: no verdict) and reason."""

    after: int = 0
    outcome: str | None = None
    reason: str | None = None
    with_documents: bool = False
    limit: int


@dataclass(frozen=True, slots=True)
class Counted:
    outcome: str | None
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Work:
    """One go at a screening; `holder` tells it from others, so that only one of them writes.

    Every method raises GraphUnavailable and ReadOnly.
    """

    database: Database
    id: str
    holder: str

    def create(self, new: NewScreening) -> None:
        asked: dict[str, object] = {
            "properties": new.properties(),
            "policy": asdict(new.policy),
            "region_lists": [asdict(each) for each in new.region_lists],
        }
        self._write("screenings/create", asked)

    def take(self, engine: str) -> AskedScreening | None:
        """What is to be done, if it is ours now: it ended early, or was left, under this engine."""
        rows = self._write("screenings/take", {"engine": engine, "seconds": STALE_SECONDS})
        if not any(row["taken"] for row in rows):
            return None
        return self.database.read_rows(AskedScreening, "screenings/asked", id=self.id)[0]

    def add(self, rows: Sequence[NewRow]) -> bool:
        """Keep rows in their order; whether the screening is still ours to work on."""
        written = [_written(self.id, row) for row in rows]
        asked = {"rows": written, "done": rows[-1].row, "given_at": datetime.now(UTC)}
        return bool(self._write("screenings/add_rows", asked))

    def end(self, status: str, problem: str | None = None) -> None:
        self._write("screenings/end", {"status": status, "problem": problem})

    def _write(self, query: str, asked: Mapping[str, object]) -> list[dict[str, object]]:
        return self.database.write(lambda tx: tx.run(query, id=self.id, holder=self.holder, **asked))


def cancel(database: Database, screening: str) -> bool:
    """Whether there was anything to stop."""
    return bool(database.write(lambda tx: tx.run("screenings/cancel", id=screening)))


def kept_screening(database: Database, screening: str) -> KeptScreening | None:
    found = database.read_rows(KeptScreening, "screenings/one", id=screening, seconds=STALE_SECONDS)
    return found[0] if found else None


def kept_screenings(
    database: Database, before: datetime | None, before_id: str, limit: int
) -> list[KeptScreening]:
    """The newest first, from the one after that instant and id."""
    asked = {"before": before, "before_id": before_id, "limit": limit, "seconds": STALE_SECONDS}
    return database.read_rows(KeptScreening, "screenings/all", **asked)


def kept_rows(database: Database, screening: str, wanted: Wanted) -> list[KeptRow]:
    return database.read_rows(KeptRow, "screenings/rows", id=screening, **asdict(wanted))


def counts(database: Database, screening: str) -> list[Counted]:
    return database.read_rows(Counted, "screenings/counts", id=screening)


def _written(screening: str, new: NewRow) -> dict[str, object]:
    told = new.verdict
    verdict = (
        {"id": told.verdict_id, "entity": told.entity, "properties": told.properties()} if told else None
    )
    return {
        "key": f"{screening}/{new.row}",
        "properties": {**new.properties, "row": new.row},
        "verdict": verdict,
    }
