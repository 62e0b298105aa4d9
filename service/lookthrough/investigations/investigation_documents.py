"""Investigations as they are shown: a list of them, one of them, the versions of a note, what happened."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field, JsonValue

from lookthrough.graph.database import Database
from lookthrough.graph.investigations import (
    KeptDecision,
    KeptEvent,
    KeptFact,
    KeptInvestigation,
    KeptSummary,
    NoteVersion,
    Pin,
    Subject,
    kept_events,
    kept_investigation,
    kept_investigations,
    note_versions,
)
from lookthrough.graph.verdicts import GivenUnder

from .clocks import print_instant
from .cursors import DEFAULT_LIMIT, check_limit, decode, encode
from .documents import Outcome, PolicyRef, WithNulls
from .edits import AnyEdit, parse_edits
from .errors import BadQuestion, UnknownInvestigation
from .markdown import to_html

Status = Literal["open", "waiting", "closed"]
FactState = Literal["on", "off", "withdrawn"]
DecisionKind = Literal["service_refused", "documents_requested", "cleared", "other"]


class SubjectDocument(WithNulls):
    """The entity by the name it has now."""

    id: str
    kind: str
    name: str
    name_original: str


class InvestigationSummary(WithNulls):
    """`version` counts changes, and is sent with the next one. `known_at` null: whatever is known by then."""

    id: str
    version: int
    question: str
    status: Status
    policy: PolicyRef
    as_of: str
    known_at: str | None
    opened_at: str
    changed_at: str
    subjects: list[SubjectDocument]


class PinDocument(WithNulls):
    """A pinned verdict; `GET /v1/verdicts/{verdict_id}` has it byte for byte."""

    verdict_id: str
    entity: SubjectDocument
    policy: PolicyRef
    as_of: str
    known_at: str
    outcome: Outcome
    reason: str
    pinned_at: str


class NoteDocument(WithNulls):
    """A version of a note: `text` is Markdown as written, `html` the same without foreign markup."""

    number: int
    revision: int
    text: str
    html: str
    written_at: str


class DecisionDocument(WithNulls):
    """`superseded_by` is the number of the decision that took the place of this one."""

    number: int
    kind: DecisionKind
    text: str
    verdict_id: str
    decided_at: str
    supersedes: int | None
    superseded_by: int | None


class FactDocument(WithNulls):
    """A suspected fact: an edit as of `POST /v1/what-if`, never part of an ordinary verdict."""

    number: int
    edit: dict[str, JsonValue]
    source: str
    confidence: str
    url: str
    note: str
    state: FactState
    added_at: str


class InvestigationDocument(InvestigationSummary):
    """`notes` are the newest version of each."""

    verdicts: list[PinDocument]
    notes: list[NoteDocument]
    decisions: list[DecisionDocument]
    facts: list[FactDocument]


class InvestigationList(WithNulls):
    items: list[InvestigationSummary]
    next: str | None


class NoteVersions(WithNulls):
    items: list[NoteDocument]


class EventDocument(WithNulls):
    """A change: `number` is the version that it made."""

    number: int
    at: str
    what: str
    details: dict[str, str | int]


class Timeline(WithNulls):
    items: list[EventDocument]
    next: str | None


class _Before(BaseModel):
    changed_at: datetime
    id: str


class _After(BaseModel):
    number: int = Field(ge=0)


def investigation_document(database: Database, investigation: str) -> InvestigationDocument:
    """Raises UnknownInvestigation, GraphUnavailable."""
    return document_of(of_id(database, investigation))


def of_id(database: Database, investigation: str) -> KeptInvestigation:
    """Raises UnknownInvestigation, GraphUnavailable."""
    found = kept_investigation(database, investigation)
    if found is None:
        raise UnknownInvestigation(investigation)
    return found


def investigations(
    database: Database, status: str | None = None, limit: int = DEFAULT_LIMIT, cursor: str | None = None
) -> InvestigationList:
    """The last changed first. Raises BadQuestion (limit, cursor), GraphUnavailable."""
    check_limit(limit)
    before = decode(cursor, _Before) if cursor else None
    found = kept_investigations(
        database, status, before.changed_at if before else None, before.id if before else "", limit + 1
    )
    last = found[limit - 1].investigation if len(found) > limit else None
    return InvestigationList(
        items=[InvestigationSummary.model_validate(_summary(kept)) for kept in found[:limit]],
        next=encode(_Before(changed_at=last.changed_at, id=last.id)) if last else None,
    )


def versions_of_note(database: Database, investigation: str, number: int) -> NoteVersions:
    """The first version first. Raises UnknownInvestigation, BadQuestion (no such note)."""
    of_id(database, investigation)
    found = note_versions(database, investigation, number)
    if not found:
        raise BadQuestion(f"note: the investigation has no note {number}")
    return NoteVersions(items=[_note(each) for each in found])


def timeline(
    database: Database, investigation: str, limit: int = DEFAULT_LIMIT, cursor: str | None = None
) -> Timeline:
    """What happened, the first change first. Raises UnknownInvestigation, BadQuestion (limit, cursor)."""
    check_limit(limit)
    after = decode(cursor, _After).number if cursor else 0
    of_id(database, investigation)
    found = [_event(each) for each in kept_events(database, investigation, after, limit + 1)]
    return Timeline(
        items=found[:limit],
        next=encode(_After(number=found[limit - 1].number)) if len(found) > limit else None,
    )


def document_of(kept: KeptInvestigation) -> InvestigationDocument:
    return InvestigationDocument.model_validate(
        {
            **_summary(kept),
            "verdicts": [_pin(each) for each in kept.pins],
            "notes": [_note(each) for each in kept.notes],
            "decisions": [_decision(each) for each in kept.decisions],
            "facts": [_fact(each) for each in kept.facts],
        }
    )


def edit_of(fact: KeptFact) -> AnyEdit:
    return parse_edits([json.loads(fact.edit)])[0]


def _summary(kept: KeptSummary | KeptInvestigation) -> dict[str, object]:
    state = kept.investigation
    return {
        "id": state.id,
        "version": state.version,
        "question": state.question,
        "status": state.status,
        "policy": _policy(kept.policy, state.variant),
        "as_of": state.as_of.isoformat(),
        "known_at": print_instant(state.known_at) if state.known_at else None,
        "opened_at": print_instant(state.opened_at),
        "changed_at": print_instant(state.changed_at),
        "subjects": [_subject(each) for each in kept.subjects],
    }


def _policy(policy: GivenUnder, variant: str) -> PolicyRef:
    return PolicyRef(id=policy.id, version=policy.version, variant=variant, digest=policy.digest)


def _subject(kept: Subject) -> SubjectDocument:
    return SubjectDocument(id=kept.id, kind=kept.kind, name=kept.name, name_original=kept.name_original)


def _pin(kept: Pin) -> dict[str, object]:
    return {
        "verdict_id": kept.verdict_id,
        "entity": _subject(kept.entity),
        "policy": _policy(kept.policy, kept.variant),
        "as_of": kept.as_of.isoformat(),
        "known_at": print_instant(kept.known_at),
        "outcome": kept.outcome,
        "reason": kept.reason,
        "pinned_at": print_instant(kept.pinned_at),
    }


def _note(kept: NoteVersion) -> NoteDocument:
    return NoteDocument(
        number=kept.number,
        revision=kept.revision,
        text=kept.text,
        html=to_html(kept.text),
        written_at=print_instant(kept.written_at),
    )


def _decision(kept: KeptDecision) -> dict[str, object]:
    return {
        "number": kept.number,
        "kind": kept.kind,
        "text": kept.text,
        "verdict_id": kept.verdict_id,
        "decided_at": print_instant(kept.decided_at),
        "supersedes": kept.supersedes,
        "superseded_by": kept.superseded_by,
    }


def _fact(kept: KeptFact) -> dict[str, object]:
    return {
        "number": kept.number,
        "edit": json.loads(kept.edit),
        "source": kept.source,
        "confidence": kept.confidence,
        "url": kept.url,
        "note": kept.note,
        "state": kept.state,
        "added_at": print_instant(kept.added_at),
    }


def _event(kept: KeptEvent) -> EventDocument:
    told = {
        key: print_instant(value) if isinstance(value, datetime) else value
        for key, value in sorted(kept.event.items())
    }
    own = ("number", "what", "at", "key")
    return EventDocument(
        number=int(told["number"]),
        what=str(told["what"]),
        at=str(told["at"]),
        details={key: value for key, value in told.items() if key not in own},
    )
