"""Verdicts that are kept: given once, shown again byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import BaseModel

from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.snapshot import Limits
from lookthrough.graph.verdicts import Given, KeptText, NewVerdict, store, stored
from lookthrough.policies.keeping import kept_policy
from lookthrough.policies.policy import PolicyDocument

from .clocks import parse_known_at, print_instant
from .cursors import check_limit, decode, encode
from .documents import PolicyRef, VerdictDocument
from .errors import UnknownEntity, UnknownVerdict
from .stored_documents import GivenVerdictDocument, GivenVerdictPage
from .verdicts import Answer, Question, answered, document_of


class _After(BaseModel):
    verdict_id: str
    given_at: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored verdict: the very bytes, what they say, and the question that they answer."""

    content: bytes
    document: VerdictDocument
    question: Question


def give(database: Database, question: Question, limits: Limits | None = None) -> VerdictDocument:
    """A verdict, stored before it is given. Raises what `verdict` raises, and ReadOnly."""
    answer = answered(database, question, limits)
    document = document_of(answer)
    store(database, new_verdict(answer, document))
    return document


def shown(database: Database, verdict_id: str) -> bytes:
    """The stored document, byte for byte. Raises UnknownVerdict, GraphUnavailable."""
    found = stored(database, verdict_id)
    if found is None:
        raise UnknownVerdict(verdict_id)
    return found.document.encode()


def kept(database: Database, verdict_id: str) -> Kept:
    """Raises UnknownVerdict, GraphUnavailable, PolicyError (the stored policy was tampered with)."""
    found = stored(database, verdict_id)
    if found is None:
        raise UnknownVerdict(verdict_id)
    document = VerdictDocument.model_validate_json(found.document)
    policy = kept_policy(found.policy, found.region_lists, found.digest)
    return Kept(found.document.encode(), document, _question(document, policy))


def given(database: Database, entity: str, limit: int, cursor: str | None = None) -> GivenVerdictPage:
    """Stored verdicts about the entity, the newest first.

    Raises UnknownEntity, BadQuestion (limit, cursor), GraphUnavailable.
    """
    check_limit(limit)
    after = decode(cursor, _After).model_dump() if cursor else {"verdict_id": None, "given_at": None}

    def read(tx: Transaction) -> list[Given]:
        if not tx.run("read/exists", entity=entity):
            raise UnknownEntity(entity)
        return tx.rows(Given, "verdicts/of_entity", entity=entity, after=after, limit=limit + 1)

    rows = database.read(read)
    items = [_given(row) for row in rows[:limit]]
    more = len(rows) > limit
    last = _After(verdict_id=items[-1].verdict_id, given_at=items[-1].given_at) if more else None
    return GivenVerdictPage(items=items, next=encode(last) if last else None)


def new_verdict(answer: Answer, document: VerdictDocument) -> NewVerdict:
    """The verdict as it is stored."""
    policy, region_lists = kept_texts(answer.question.policy)
    return NewVerdict(
        verdict_id=document.verdict_id,
        entity=answer.question.entity,
        document=document.to_json().decode(),
        variant=answer.resolved.variant,
        as_of=answer.clocks.as_of,
        known_at=answer.clocks.known_at,
        engine=document.engine,
        outcome=document.outcome,
        reason=document.reason,
        facts=document.facts,
        stakes=sorted(answer.around.versions.values()),
        policy=policy,
        region_lists=region_lists,
    )


@lru_cache(maxsize=8)
def kept_texts(policy: PolicyDocument) -> tuple[KeptText, list[KeptText]]:
    """A policy and its region lists as they are stored."""
    region_lists = [KeptText(r.id, r.digest, r.canonical) for r in policy.region_lists.values()]
    return KeptText(policy.id, policy.digest, policy.canonical, policy.version), region_lists


def _question(document: VerdictDocument, policy: PolicyDocument) -> Question:
    return Question(
        entity=document.entity.id,
        policy=policy,
        variant=document.policy.variant,
        as_of=date.fromisoformat(document.as_of),
        known_at=parse_known_at(document.known_at),
        trust=tuple(document.trust or ()),
        max_age_days=document.max_age_days,
    )


def _given(row: Given) -> GivenVerdictDocument:
    verdict, policy = row.verdict, row.policy
    return GivenVerdictDocument.model_validate(
        {
            "verdict_id": verdict.verdict_id,
            "policy": PolicyRef(
                id=policy.id, version=policy.version, variant=verdict.variant, digest=policy.digest
            ),
            "as_of": verdict.as_of.isoformat(),
            "known_at": print_instant(verdict.known_at),
            "engine": verdict.engine,
            "outcome": verdict.outcome,
            "reason": verdict.reason,
            "given_at": print_instant(verdict.given_at),
        }
    )
