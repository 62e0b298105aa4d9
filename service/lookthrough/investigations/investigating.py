"""Work on an investigation: opened, asked more clearly, its subjects, pins, notes and decisions.

Every change names the version that it was made on, so that nobody writes over what they have not seen.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.investigations import (
    Desk,
    Happened,
    KeptInvestigation,
    NewInvestigation,
    change_investigation,
    create_investigation,
)
from lookthrough.importing import cells
from lookthrough.policies.policy import PolicyDocument

from .errors import BadQuestion, ChangedMeanwhile, NotNow, UnknownEntity, UnknownInvestigation, UnknownVerdict
from .investigation_documents import InvestigationDocument, investigation_document
from .storing import kept_texts

MOST_SUBJECTS = 20
MOST_PINS = 30
MOST_NOTES = 100
MOST_CHANGES = 1_000
LONGEST_QUESTION = 500
LONGEST_TEXT = 10_000

Changed = Callable[[Desk, KeptInvestigation], Happened]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a new investigation asks. `variant` None: the policy's default; `known_at` None: stays open."""

    question: str
    subjects: Sequence[str]
    policy: PolicyDocument
    as_of: date
    variant: str | None = None
    known_at: datetime | None = None


def open_investigation(database: Database, asked: Opening) -> InvestigationDocument:
    """Raises BadQuestion, UnknownEntity, UnknownVariant, ReadOnly, GraphUnavailable."""
    subjects = list(dict.fromkeys(asked.subjects))
    if not 1 <= len(subjects) <= MOST_SUBJECTS:
        raise BadQuestion(f"subjects: 1 to {MOST_SUBJECTS} entities are needed")
    _check_known(database, subjects)
    policy, region_lists = kept_texts(asked.policy)
    new = NewInvestigation(
        id=secrets.token_hex(12),
        question=written("question", asked.question, LONGEST_QUESTION),
        subjects=subjects,
        variant=asked.policy.resolve(asked.variant, asked.as_of).variant,
        as_of=asked.as_of,
        known_at=asked.known_at,
        policy=policy,
        region_lists=region_lists,
    )
    create_investigation(database, new)
    return investigation_document(database, new.id)


def _check_known(database: Database, subjects: Sequence[str]) -> None:
    def read(tx: Transaction) -> None:
        for entity in subjects:
            if not tx.run("read/exists", entity=entity):
                raise UnknownEntity(entity)

    database.read(read)


@dataclass(frozen=True, slots=True)
class Investigating:
    """Changes of one investigation, made on the version of it that somebody has read.

    Every method raises UnknownInvestigation, ChangedMeanwhile, NotNow (closed, or full), BadQuestion,
    ReadOnly and GraphUnavailable.
    """

    database: Database
    id: str
    version: int

    def ask(self, question: str) -> InvestigationDocument:
        """Put the question otherwise."""
        text = written("question", question, LONGEST_QUESTION)

        def work(desk: Desk, now: KeptInvestigation) -> Happened:
            before = now.investigation
            desk.set_state(text, before.status)
            return Happened("question_changed", {"from": before.question, "to": text})

        return self.change(work)

    def set_status(self, status: str) -> InvestigationDocument:
        """`open`, `waiting` or `closed`; one that is closed takes no other change until it is open again."""

        def work(desk: Desk, now: KeptInvestigation) -> Happened:
            before = now.investigation
            if before.status == status:
                raise NotNow(f"the investigation is {status} already")
            desk.set_state(before.question, status)
            return Happened("status_changed", {"from": before.status, "to": status})

        return self.change(work, also_closed=True)

    def add_subject(self, entity: str) -> InvestigationDocument:
        """Also raises UnknownEntity."""

        def work(desk: Desk, now: KeptInvestigation) -> Happened:
            if any(each.id == entity for each in now.subjects):
                raise NotNow(f"{entity!r} is a subject already")
            _room("subjects", len(now.subjects), MOST_SUBJECTS)
            if not desk.add_subject(entity):
                raise UnknownEntity(entity)
            return Happened("subject_added", {"entity": entity})

        return self.change(work)

    def remove_subject(self, entity: str) -> InvestigationDocument:
        """All but the last one."""

        def work(desk: Desk, now: KeptInvestigation) -> Happened:
            subjects = [each.id for each in now.subjects]
            if entity not in subjects:
                raise BadQuestion(f"entity: {entity[:200]!r} is no subject of the investigation")
            if len(subjects) == 1:
                raise NotNow("an investigation is about somebody: its last subject stays")
            desk.remove_subject(entity)
            return Happened("subject_removed", {"entity": entity})

        return self.change(work)

    def pin(self, verdict_id: str) -> InvestigationDocument:
        """A stored verdict, for good. Also raises UnknownVerdict."""

        def work(desk: Desk, now: KeptInvestigation) -> Happened:
            if verdict_id in _pinned(now):
                raise NotNow("the verdict is pinned already")
            _room("pinned verdicts", len(now.pins), MOST_PINS)
            if not desk.pin(verdict_id):
                raise UnknownVerdict(verdict_id)
            return Happened("verdict_pinned", {"verdict_id": verdict_id})

        return self.change(work)

    def add_note(self, text: str) -> InvestigationDocument:
        told = written("text", text, LONGEST_TEXT)

        def work(desk: Desk, now: KeptInvestigation) -> Happened:
            _room("notes", len(now.notes), MOST_NOTES)
            number = len(now.notes) + 1
            desk.write_note(number, 1, told)
            return Happened("note_added", {"note": number})

        return self.change(work)

    def revise_note(self, number: int, text: str) -> InvestigationDocument:
        """A new version; those before it stay readable."""
        told = written("text", text, LONGEST_TEXT)

        def work(desk: Desk, now: KeptInvestigation) -> Happened:
            before = next((each for each in now.notes if each.number == number), None)
            if before is None:
                raise BadQuestion(f"note: the investigation has no note {number}")
            desk.write_note(number, before.revision + 1, told)
            return Happened("note_revised", {"note": number, "revision": before.revision + 1})

        return self.change(work)

    def decide(
        self, kind: str, verdict_id: str, text: str = "", supersedes: int | None = None
    ) -> InvestigationDocument:
        """A decision on the strength of a pinned verdict, maybe in place of one that stands."""
        told = written("text", text, LONGEST_TEXT, needed=kind == "other")

        def work(desk: Desk, now: KeptInvestigation) -> Happened:
            if verdict_id not in _pinned(now):
                raise BadQuestion(
                    "verdict_id: a decision cites a verdict that is pinned to the investigation"
                )
            _check_stands(now, supersedes)
            number = len(now.decisions) + 1
            desk.decide(number, kind, told, verdict_id, supersedes)
            in_place = {} if supersedes is None else {"supersedes": supersedes}
            return Happened(
                "decided", {"decision": number, "kind": kind, "verdict_id": verdict_id, **in_place}
            )

        return self.change(work)

    def change(self, work: Changed, *, also_closed: bool = False) -> InvestigationDocument:
        """Make a change on the version that was read."""

        def checked(desk: Desk, now: KeptInvestigation) -> Happened:
            state = now.investigation
            if state.version != self.version:
                raise ChangedMeanwhile(self.version, state.version)
            if state.status == "closed" and not also_closed:
                raise NotNow("the investigation is closed; it takes changes when it is open again")
            if not also_closed:
                _room("changes", state.version, MOST_CHANGES)
            return work(desk, now)

        if not change_investigation(self.database, self.id, checked):
            raise UnknownInvestigation(self.id)
        return investigation_document(self.database, self.id)


def written(field: str, text: str, longest: int, *, needed: bool = True) -> str:
    """What a person wrote, without blanks around it. Raises BadQuestion, which names the field."""
    told = text.strip()
    if needed and not told:
        raise BadQuestion(f"{field}: it is empty")
    if len(told) > longest:
        raise BadQuestion(f"{field}: it has {len(told)} characters; {longest} are the most")
    try:
        return cells.note(told)
    except cells.Fault as error:
        raise BadQuestion(f"{field}: {error}") from None


def _room(what: str, number: int, most: int) -> None:
    if number >= most:
        raise NotNow(f"the investigation has {number} {what}, which is as many as one takes; open another")


def _pinned(now: KeptInvestigation) -> set[str]:
    return {each.verdict_id for each in now.pins}


def _check_stands(now: KeptInvestigation, supersedes: int | None) -> None:
    if supersedes is None:
        return
    before = next((each for each in now.decisions if each.number == supersedes), None)
    if before is None:
        raise BadQuestion(f"supersedes: the investigation has no decision {supersedes}")
    if before.superseded_by is not None:
        told = f"decision {supersedes} was superseded by decision {before.superseded_by}"
        raise NotNow(f"{told}; supersede that one")
