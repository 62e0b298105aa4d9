"""The outcome of a question alone, for lists of entities: nothing is stored."""

from __future__ import annotations

from lookthrough.graph.database import Database

from .documents import EntityRef, Outcome, PolicyRef, WithNulls
from .verdicts import Question, verdict


class OutcomeDocument(WithNulls):
    """What the verdict on the same question says first."""

    entity: EntityRef
    policy: PolicyRef
    as_of: str
    known_at: str
    outcome: Outcome
    reason: str
    complete: bool


def outcome(database: Database, question: Question) -> OutcomeDocument:
    """Raises what `verdict` raises."""
    given = verdict(database, question)
    return OutcomeDocument(
        entity=given.entity,
        policy=given.policy,
        as_of=given.as_of,
        known_at=given.known_at,
        outcome=given.outcome,
        reason=given.reason,
        complete=given.complete,
    )
