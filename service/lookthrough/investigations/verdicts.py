"""One verdict: read the facts, judge them, explain, and say it in one document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial

from lookthrough.control.clocks import Clocks
from lookthrough.control.decision import Outcome
from lookthrough.control.facts import Description, Lane
from lookthrough.control.hearing import EVERYBODY, Hearing
from lookthrough.control.memo import Memo
from lookthrough.control.policy import LocationTest, OwnershipTest, TestKind
from lookthrough.control.predicate import lists_named
from lookthrough.control.results import (
    CascadeResult,
    FullLinksResult,
    OwnershipResult,
    ParentResult,
    Result,
)
from lookthrough.control.verdict import Verdict, judge
from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits, Surroundings, heard_again
from lookthrough.policies.policy import PolicyDocument
from lookthrough.policies.resolving import ResolvedPolicy
from lookthrough.telemetry import verdict_given

from . import notes
from .canonical import facts_digest
from .chains import Asked, FoundChains, explain, explain_in_memory
from .clocks import print_instant
from .documents import (
    Chain,
    ChainsDocument,
    EntityRef,
    PolicyRef,
    Sentence,
    SourceAge,
    VariantOutcome,
    VerdictDocument,
    WarningNote,
)
from .errors import BadQuestion
from .figures import (
    Behind,
    chain_document,
    chain_sums,
    change_document,
    joins_document,
    missing_document,
    path_document,
    test_document,
)
from .reading import read_above
from .readings import Reading, otherwise, told
from .sentences import sentence, trusting
from .testimony import claims_behind, set_aside, sources_behind, too_old
from .unnamed import reason_of

ENGINE = "2"
"""Raised by every change that alters a figure."""


@dataclass(frozen=True, slots=True)
class Question:
    """`known_at` None: the last change of the facts. `variant` None: the policy's default.

    `trust` in order; empty: what the policy says. `max_age_days`: older sources are warned of.
    """

    entity: str
    policy: PolicyDocument
    as_of: date
    variant: str | None = None
    known_at: datetime | None = None
    chains: Asked = field(default_factory=Asked)
    trust: tuple[str, ...] = ()
    max_age_days: int | None = None

    @property
    def trusted(self) -> tuple[str, ...]:
        """Sources that are heard before all others: those asked for, else the policy's."""
        return tuple(dict.fromkeys(self.trust or self.policy.trust))

    @property
    def hearing(self) -> Hearing:
        return Hearing(self.trusted)

    @property
    def oldest(self) -> int | None:
        """How many days old a source may be: what the question and the policy both allow."""
        asked = (self.max_age_days, self.policy.max_age_days)
        return min((days for days in asked if days is not None), default=None)


@dataclass(frozen=True)
class Beside:
    """What an answer tells beside its figures, read for it alone."""

    database: Database
    clocks: Clocks

    def sources(self, around: Surroundings) -> list[SourceAge] | None:
        """None where they could not be read in time."""
        return sources_behind(self.database, around, self.clocks)

    def lists_without_members(self, keys: Sequence[str]) -> list[str]:
        """Those of the lists that have no member on record."""
        if not keys:
            return []
        known_at = self.clocks.known_at
        rows = self.database.read(
            lambda tx: tx.run("read/lists_with_members", keys=list(keys), known_at=known_at)
        )
        return sorted(set(keys) - {str(row["key"]) for row in rows})


@dataclass(frozen=True)
class Answer:
    """A question with the facts it was judged on."""

    question: Question
    clocks: Clocks
    around: Surroundings
    resolved: ResolvedPolicy
    verdict: Verdict
    chains: dict[str, FoundChains]
    empty_lists: list[str]
    memo: Memo
    behind: Behind
    ages: Callable[[], list[SourceAge] | None]
    without_trust: Outcome | None = None

    @cached_property
    def sources(self) -> list[SourceAge] | None:
        """Read when it is asked for: chains don't need it."""
        return self.ages()

    @property
    def description(self) -> Description:
        return self.around.entities[self.question.entity].description


def verdict(database: Database, question: Question, limits: Limits | None = None) -> VerdictDocument:
    """Raises UnknownEntity, BadQuestion (no such arithmetic), UnknownVariant, EngineDisagreement,
    GraphUnavailable.
    """
    return document_of(answered(database, question, limits))


def document_of(answer: Answer) -> VerdictDocument:
    document = _document(answer)
    digest = hashlib.sha256(document.to_json()).hexdigest()
    verdict_given(document.outcome)
    return document.model_copy(update={"verdict_id": f"v1:{digest}"})


def chains(
    database: Database, question: Question, limits: Limits | None = None, owners: Sequence[str] = ()
) -> ChainsDocument:
    """The chains of the first multiplicative test; `owners` is how its parties were named if not by a policy.

    Raises what `verdict` raises.
    """
    found = answered(database, question, limits)
    if not found.chains:
        raise BadQuestion(f"the policy {question.policy.id!r} has no test that multiplies along chains")
    sums = chain_sums(next(iter(found.chains.values())))
    return ChainsDocument(
        entity=_entity(found),
        policy=None if owners else _policy(found),
        owners=list(owners) or None,
        as_of=question.as_of.isoformat(),
        known_at=print_instant(found.clocks.known_at),
        chains=[
            chain_document(test, chain, found.behind)
            for test, f in found.chains.items()
            for chain in f.chains
        ],
        chains_total=sums.total,
        chains_total_exact=sums.total_exact,
        rest=sums.rest,
        rest_exact=sums.rest_exact,
        trust=list(question.trusted) or None,
        warnings=[*set_aside(found.around), *_chain_warnings(found)],
    )


def answered(database: Database, question: Question, limits: Limits | None = None) -> Answer:
    """The facts, judged; raises what `verdict` raises."""
    lanes = lanes_of(question)
    clocks, around = read_above(
        database, question.entity, lanes, question.as_of, question.known_at, limits, question.hearing
    )

    def chains_of(result: OwnershipResult | FullLinksResult) -> FoundChains:
        if around.evidence is not None:  # the stakes that count are not those in Neo4j
            return explain_in_memory(result, question.chains)
        return explain(database, result, around.versions, clocks, question.chains)

    return answer_on(database, question, clocks, around, chains_of)


def answer_on(
    database: Database,
    question: Question,
    clocks: Clocks,
    around: Surroundings,
    chains_of: Callable[[OwnershipResult | FullLinksResult], FoundChains],
    beside: Beside | None = None,
) -> Answer:
    """These facts, judged; `chains_of` finds the chains behind a test that multiplies along them."""
    beside = beside or Beside(database, clocks)
    resolved = question.policy.resolve(question.variant, question.as_of)
    memo = Memo(around.graph, question.entity)
    judged = judge(resolved.policy, around.graph, question.entity, memo)
    found = {
        result.test.id: chains_of(result)
        for result in judged.results
        if isinstance(result, OwnershipResult | FullLinksResult)
    }
    return Answer(
        question,
        clocks,
        around,
        resolved,
        judged,
        found,
        beside.lists_without_members(_lists_of(resolved)),
        memo,
        claims_behind(database, around, clocks, judged.results, found.values()),
        partial(beside.sources, around),
        _without_trust(question, resolved, around),
    )


def _without_trust(question: Question, resolved: ResolvedPolicy, around: Surroundings) -> Outcome | None:
    """The outcome if all sources were heard alike; None where none is trusted, or facts were edited."""
    if not question.trusted or around.evidence is None:
        return None
    return judge(resolved.policy, heard_again(around, EVERYBODY).graph, question.entity).outcome


def lanes_of(question: Question) -> set[Lane]:
    """Lanes that any variant of the policy looks at; shares can stand in for votes."""
    policy = question.policy
    resolved = [policy.resolve(variant, question.as_of) for variant in policy.variants()]
    tests = [test for r in resolved for test in r.policy.tests if isinstance(test, OwnershipTest)]
    lanes = {test.lane for test in tests}
    if any(test.kind is TestKind.CONTROL for test in tests):
        return set(Lane)
    return lanes | {Lane.SHARES} if Lane.VOTES in lanes else lanes


def _document(answer: Answer) -> VerdictDocument:
    question, judged = answer.question, answer.verdict
    sums = next((chain_sums(found) for found in answer.chains.values()), None)
    changes, tried_all = judged.changes()
    readings = _readings(answer)
    warnings = _warnings(answer)
    if not judged.gaps_complete():
        warnings.append(notes.missing_incomplete(question.entity))
    if answer.sources is None:
        warnings.append(notes.sources_cut_off(question.entity))
    if not tried_all:
        warnings.append(notes.would_change_incomplete(question.entity))
    return VerdictDocument(
        verdict_id="",
        entity=_entity(answer),
        policy=_policy(answer),
        as_of=question.as_of.isoformat(),
        known_at=print_instant(answer.clocks.known_at),
        engine=ENGINE,
        outcome=judged.outcome.value,
        reason=judged.reason,
        sentence=_sentence(answer, readings),
        tests=[test_document(result) for result in judged.results],
        variants=readings,
        chains=[chain for result in judged.results for chain in _chains_of(answer, result)],
        chains_total=sums.total if sums else None,
        chains_total_exact=sums.total_exact if sums else None,
        rest=sums.rest if sums else None,
        rest_exact=sums.rest_exact if sums else None,
        missing=[missing_document(gap, reason_of(gap, answer.around)) for gap in judged.gaps()],
        would_change=[change_document(test, reduction) for test, reduction in changes],
        warnings=warnings,
        complete=answer.around.complete and answer.sources is not None,
        trust=list(question.trusted) or None,
        without_trust=answer.without_trust.value if answer.without_trust else None,
        max_age_days=question.oldest,
        sources=answer.sources or [],
        facts=facts_digest(answer.around),
    )


def _sentence(answer: Answer, readings: Sequence[VariantOutcome]) -> Sentence:
    question, day = answer.question, answer.question.as_of.isoformat()
    parts = [sentence(answer.verdict, question.policy.title, answer.description, day), *otherwise(readings)]
    if answer.without_trust is not None:
        parts.append(trusting(question.trusted, answer.without_trust))
    return Sentence(en=" ".join(part.en for part in parts), zh="".join(part.zh for part in parts))


def _chains_of(answer: Answer, result: Result) -> list[Chain]:
    if isinstance(result, CascadeResult):
        return joins_document(result, answer.behind)
    if isinstance(result, ParentResult):
        return path_document(result, answer.behind)
    found = answer.chains.get(result.test.id)
    return [chain_document(result.test.id, chain, answer.behind) for chain in found.chains] if found else []


def _lists_of(resolved: ResolvedPolicy) -> list[str]:
    """Lists that the policy looks at."""
    asked = [t.subject if isinstance(t, LocationTest) else t.seeds for t in resolved.policy.tests]
    return sorted(frozenset[str]().union(*(lists_named(predicate) for predicate in asked)))


def _warnings(answer: Answer) -> list[WarningNote]:
    of_policy = [WarningNote(code=w.code, detail=w.detail) for w in answer.resolved.warnings]
    of_facts = notes.warnings(answer.verdict, answer.around, answer.question.entity)
    of_lists = [notes.list_without_members(key) for key in answer.empty_lists]
    of_sources = set_aside(answer.around) + too_old(answer.sources or [], answer.question.oldest)
    return of_policy + of_lists + of_facts + of_sources + _chain_warnings(answer)


def _chain_warnings(answer: Answer) -> list[WarningNote]:
    cut_off = any(found.cut_off for found in answer.chains.values())
    return [notes.chains_cut_off(answer.question.entity)] if cut_off else []


def _readings(answer: Answer) -> list[VariantOutcome]:
    """Every reading with its outcome, and what makes it differ from the one asked for."""
    question, asked = answer.question, Reading(answer.resolved.variant, answer.verdict)
    found: list[VariantOutcome] = []
    for variant in question.policy.variants():
        other = asked
        if variant != asked.variant:
            policy = question.policy.resolve(variant, question.as_of).policy
            other = Reading(variant, judge(policy, answer.around.graph, question.entity, answer.memo))
        found.append(told(other, asked, answer.memo))
    return found


def _entity(answer: Answer) -> EntityRef:
    description = answer.description
    return EntityRef(id=description.entity, name=description.name, kind=description.kind)


def _policy(answer: Answer) -> PolicyRef:
    policy = answer.question.policy
    return PolicyRef(
        id=policy.id, version=policy.version, variant=answer.resolved.variant, digest=policy.digest
    )
