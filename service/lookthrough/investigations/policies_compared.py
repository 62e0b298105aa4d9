"""One entity under many policies and all their readings; where they part from one of them, what does it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Lane
from lookthrough.control.hearing import Hearing
from lookthrough.control.memo import Memo
from lookthrough.control.policy import Policy
from lookthrough.control.readings import (
    Difference,
    JoinCounts,
    OnlyTogether,
    PartyCounts,
    RuleCounts,
    difference,
)
from lookthrough.control.verdict import Verdict, judge
from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits, Surroundings
from lookthrough.policies.policy import PolicyDocument

from .clocks import print_instant
from .documents import Document, EntityRef, Outcome, PolicyRef, Sentence, TestResult
from .figures import test_document
from .reading import read_above
from .readings import because_of
from .verdicts import ENGINE, Question, lanes_of

SECONDS = 30.0
"""How long readings are judged; what is not reached by then is named, not told."""


class Parting(Document):
    """What makes a reading part from the reference, and the same in words.

    `party`: `entity` is named by one of them only; `stake`: of what `owner` holds in `owned` another part
    counts; `together`: `parties` reach the line in `entity` together only; `rule`: the line, the lane or the
    `test` is another.
    """

    kind: Literal["party", "stake", "together", "rule"]
    entity: str | None = None
    owner: str | None = None
    owned: str | None = None
    parties: list[str] | None = None
    test: str | None = None
    sentence: Sentence


class ComparedReading(Document):
    """What one reading of one policy gives; `parting` where its outcome is not that of the reference."""

    policy: PolicyRef
    title: Sentence
    in_force: bool
    outcome: Outcome
    reason: str
    tests: list[TestResult]
    complete: bool
    parting: Parting | None = None


class PoliciesComparedDocument(Document):
    """The reference first, then every other reading of its policy, then the other policies.

    `left_out` are readings, `id@version variant`, that could not be judged in time; `complete` is False then,
    and where the search above the entity was cut off.
    """

    entity: EntityRef
    as_of: str
    known_at: str
    trust: list[str]
    engine: str
    readings: list[ComparedReading]
    left_out: list[str]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Facts:
    """The facts above the entity as one policy reads them, and what was worked out on them."""

    clocks: Clocks
    around: Surroundings
    memo: Memo


@dataclass(slots=True)
class _Desk:
    """Facts are read once for each set of lanes and sources, all at the instant of the first."""

    database: Database
    limits: Limits | None
    found: dict[tuple[frozenset[Lane], Hearing], _Facts] = field(
        default_factory=dict[tuple[frozenset[Lane], Hearing], _Facts]
    )

    def facts(self, question: Question) -> _Facts:
        lanes = frozenset(lanes_of(question))
        if (lanes, question.hearing) not in self.found:
            clocks, around = read_above(
                self.database,
                question.entity,
                lanes,
                question.as_of,
                question.known_at,
                self.limits,
                question.hearing,
            )
            self.found[lanes, question.hearing] = _Facts(clocks, around, Memo(around.graph, question.entity))
        return self.found[lanes, question.hearing]


def compare_policies(
    database: Database, question: Question, others: Iterable[PolicyDocument], limits: Limits | None = None
) -> PoliciesComparedDocument:
    """The question's reading is the reference that the others are compared with.

    Raises UnknownEntity, UnknownVariant, GraphUnavailable.
    """
    desk, until = _Desk(database, limits), time.monotonic() + SECONDS
    facts = desk.facts(question)
    reference = judge(_policy(question), facts.around.graph, question.entity, facts.memo)
    fixed = replace(question, known_at=facts.clocks.known_at)
    told: list[ComparedReading] = []
    left_out: list[str] = []
    for asked in _readings(fixed, others):
        if told and time.monotonic() > until:
            left_out.append(f"{asked.policy.id}@{asked.policy.version} {asked.variant}")
        else:
            told.append(_compared(asked, desk.facts(asked), reference))
    description = facts.around.entities[question.entity].description
    return PoliciesComparedDocument(
        entity=EntityRef(id=question.entity, name=description.name, kind=description.kind),
        as_of=question.as_of.isoformat(),
        known_at=print_instant(facts.clocks.known_at),
        trust=list(question.trust),
        engine=ENGINE,
        readings=told,
        left_out=left_out,
        complete=not left_out and all(reading.complete for reading in told),
    )


def _readings(question: Question, others: Iterable[PolicyDocument]) -> Iterator[Question]:
    """The reference, the other readings of its policy, and all of the other policies."""
    reference = question.policy.resolve(question.variant, question.as_of).variant
    yield replace(question, variant=reference)
    for policy in (question.policy, *(other for other in others if other.digest != question.policy.digest)):
        for variant in policy.variants():
            if policy is not question.policy or variant != reference:
                yield replace(question, policy=policy, variant=variant)


def _policy(question: Question) -> Policy:
    return question.policy.resolve(question.variant, question.as_of).policy


def _compared(asked: Question, facts: _Facts, reference: Verdict) -> ComparedReading:
    policy, graph = asked.policy, facts.around.graph
    judged = judge(_policy(asked), graph, asked.entity, facts.memo)
    found = difference(reference, judged, facts.memo)
    return ComparedReading(
        policy=PolicyRef(
            id=policy.id, version=policy.version, variant=str(asked.variant), digest=policy.digest
        ),
        title=Sentence(en=policy.title.en, zh=policy.title.zh or policy.title.en),
        in_force=policy.in_force(asked.as_of),
        outcome=judged.outcome.value,
        reason=judged.reason,
        tests=[test_document(result) for result in judged.results],
        parting=_parting(found, because_of(found, graph)) if found else None,
        complete=facts.around.complete,
    )


def _parting(found: Difference, sentence: Sentence) -> Parting:
    match found:
        case PartyCounts():
            return Parting(kind="party", entity=found.entity, sentence=sentence)
        case OnlyTogether():
            parties = list(found.parties)
            return Parting(kind="together", entity=found.company, parties=parties, sentence=sentence)
        case RuleCounts():
            return Parting(kind="rule", test=found.test, sentence=sentence)
        case JoinCounts():
            return Parting(kind="rule", sentence=sentence)
        case _:
            link = found.link
            return Parting(kind="stake", owner=link.owner, owned=link.owned, sentence=sentence)
