"""Investigations that are kept: what was asked, pinned, noted, decided, suspected, and what happened when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from .database import Database, Transaction
from .verdicts import GivenUnder, KeptText


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvestigation:
    """`known_at` None: whatever is known by the time that something is asked."""

    id: str
    question: str
    subjects: Sequence[str]
    variant: str
    as_of: date
    known_at: datetime | None
    policy: KeptText
    region_lists: Sequence[KeptText]

    def properties(self, at: datetime) -> Mapping[str, object]:
        return {
            "question": self.question,
            "status": "open",
            "variant": self.variant,
            "as_of": self.as_of,
            "known_at": self.known_at,
            "opened_at": at,
        }


@dataclass(frozen=True, slots=True)
class KeptState:
    """`version` is the number of changes so far."""

    id: str
    version: int
    question: str
    status: str
    variant: str
    as_of: date
    known_at: datetime | None
    opened_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    id: str
    kind: str
    name: str
    name_original: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned verdict, as a list shows it."""

    verdict_id: str
    variant: str
    as_of: date
    known_at: datetime
    outcome: str
    reason: str
    pinned_at: datetime
    policy: GivenUnder
    entity: Subject


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """One version of a note: Markdown, as it was written."""

    number: int
    revision: int
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class KeptDecision:
    number: int
    kind: str
    text: str
    decided_at: datetime
    verdict_id: str
    supersedes: int | None
    superseded_by: int | None


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A suspected fact: an edit as JSON, who says so, and whether it is `on`, `off` or `withdrawn`."""

    number: int
    edit: str
    source: str
    confidence: str
    url: str
    note: str
    state: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class KeptSummary:
    investigation: KeptState
    policy: GivenUnder
    subjects: list[Subject]


@dataclass(frozen=True, slots=True)
class KeptInvestigation:
    investigation: KeptState
    policy: GivenUnder
    subjects: list[Subject]
    pins: list[Pin]
    notes: list[NoteVersion]
    decisions: list[KeptDecision]
    facts: list[KeptFact]


@dataclass(frozen=True, slots=True)
class KeptPolicy:
    """`policy` and `region_lists` are canonical JSON, `digest` the policy's."""

    digest: str
    policy: str
    region_lists: list[str]


@dataclass(frozen=True, slots=True)
class Happened:
    """What a change was: a code, and what belongs to it (texts and numbers)."""

    what: str
    details: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """`event` has `number`, `what`, `at`, and the details of its kind."""

    event: dict[str, str | int | datetime]


@dataclass(frozen=True, slots=True)
class Desk:
    """One change of an investigation, within the transaction that holds it."""

    tx: Transaction
    id: str
    at: datetime

    def set_state(self, question: str, status: str) -> None:
        self.tx.run("investigations/set_state", id=self.id, question=question, status=status)

    def add_subject(self, entity: str) -> bool:
        """Whether there is such an entity."""
        return bool(self.tx.run("investigations/add_subject", id=self.id, entity=entity, at=self.at))

    def remove_subject(self, entity: str) -> None:
        self.tx.run("investigations/remove_subject", id=self.id, entity=entity)

    def pin(self, verdict_id: str) -> bool:
        """Whether there is such a verdict."""
        return bool(self.tx.run("investigations/pin", id=self.id, verdict_id=verdict_id, at=self.at))

    def write_note(self, number: int, revision: int, text: str) -> None:
        told = {"number": number, "revision": revision, "text": text}
        self.tx.run("investigations/write_note", id=self.id, at=self.at, **told)

    def decide(self, number: int, kind: str, text: str, verdict_id: str, supersedes: int | None) -> None:
        told = {"number": number, "kind": kind, "text": text, "verdict_id": verdict_id}
        self.tx.run("investigations/decide", id=self.id, at=self.at, supersedes=supersedes, **told)

    def suspect(self, number: int, properties: Mapping[str, str]) -> None:
        self.tx.run("investigations/suspect", id=self.id, at=self.at, number=number, properties=properties)

    def switch(self, number: int, state: str) -> None:
        self.tx.run("investigations/switch", id=self.id, number=number, state=state)

    def record(self, happened: Happened) -> None:
        told = {"what": happened.what, "details": happened.details}
        self.tx.run("investigations/record", id=self.id, at=self.at, **told)


def create_investigation(database: Database, new: NewInvestigation) -> None:
    """Raises ReadOnly, GraphUnavailable."""
    at = datetime.now(UTC)

    def write(tx: Transaction) -> None:
        made = tx.run(
            "investigations/create",
            id=new.id,
            properties=new.properties(at),
            subjects=list(new.subjects),
            policy=asdict(new.policy),
            region_lists=[asdict(each) for each in new.region_lists],
        )
        if made[0]["is_new"]:  # it is not where a try before this one came through unheard
            Desk(tx, new.id, at).record(Happened("opened", {"question": new.question}))

    database.write(write)


Work = Callable[[Desk, KeptInvestigation], Happened]


def change_investigation(database: Database, investigation: str, work: Work) -> bool:
    """Make a change while nobody else makes one, and record it; whether there is such an investigation.

    What `work` raises leaves everything as it was. Raises ReadOnly, GraphUnavailable.
    """
    at = datetime.now(UTC)

    def write(tx: Transaction) -> bool:
        if not tx.run("investigations/lock", id=investigation):
            return False
        kept = tx.rows(KeptInvestigation, "investigations/one", id=investigation)[0]
        desk = Desk(tx, investigation, at)
        desk.record(work(desk, kept))
        return True

    return database.write(write)


def kept_investigation(database: Database, investigation: str) -> KeptInvestigation | None:
    found = database.read_rows(KeptInvestigation, "investigations/one", id=investigation)
    return found[0] if found else None


def kept_investigations(
    database: Database, status: str | None, before: datetime | None, before_id: str, limit: int
) -> list[KeptSummary]:
    """The last changed first, from the one after that instant and id."""
    asked = {"status": status, "before": before, "before_id": before_id, "limit": limit}
    return database.read_rows(KeptSummary, "investigations/all", **asked)


def kept_question(database: Database, investigation: str) -> KeptPolicy:
    return database.read_rows(KeptPolicy, "investigations/asked", id=investigation)[0]


def note_versions(database: Database, investigation: str, number: int | None = None) -> list[NoteVersion]:
    """Every version of one note, or of all, in their order."""
    return database.read_rows(NoteVersion, "investigations/note_versions", id=investigation, number=number)


def kept_events(database: Database, investigation: str, after: int, limit: int) -> list[KeptEvent]:
    asked = {"id": investigation, "after": after, "limit": limit}
    return database.read_rows(KeptEvent, "investigations/events", **asked)
