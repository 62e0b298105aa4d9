"""The sources of one verdict: how new each is, what it says alone or against others, and what hangs on it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from pydantic import BaseModel

from lookthrough.control.differing import differences
from lookthrough.control.hearing import EVERYBODY, Hearing
from lookthrough.control.policy import Policy
from lookthrough.control.turning import RuleChange, Trial, standing, turn
from lookthrough.control.verdict import Verdict, judge
from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits, Surroundings, heard_again
from lookthrough.graph.sources import SourceRead, sources_read

from . import notes
from .clocks import print_instant
from .comparisons import ChangeDocument, PeriodTest
from .cursors import check_limit, decode, encode
from .documents import EntityRef, Outcome, PolicyRef, SourceAge, WarningNote, WithNulls
from .history import tests_of
from .reading import read_above
from .said import DisputedFact, SaidFact, Words, words
from .telling import Sides, tell
from .testimony import source_age
from .verdicts import ENGINE, Question, lanes_of

MOST = 50
"""Sources judged for one page, and facts of each kind named for each of them."""
SECONDS = 20.0
"""After which a page ends with the source at hand."""


class HeardDocument(WithNulls):
    """The answer if the source were the only one heard, or not heard.

    `because` are changes of facts that make the outcome another than that of the verdict; empty where it is
    the same. Where no set of them was found to turn it, all are there as far as they fit. Ends of parties and
    ids taken for one are no changes of theirs: they stand first among what the source says.
    """

    outcome: Outcome
    reason: str
    tests: list[PeriodTest]
    because: list[ChangeDocument]


class SourceDocument(SourceAge):
    """One source. `only` and `without` are null where the facts could not be read.

    Of the facts of which others say something else (`disputed`), or nobody else anything (`alone`), the
    first are shown; the counts are of all.
    """

    title: str
    url: str
    licence: str
    sha256: str
    only: HeardDocument | None
    without: HeardDocument | None
    disputed: list[DisputedFact]
    disputed_count: int
    alone: list[SaidFact]
    alone_count: int


class SourcesDocument(WithNulls):
    """The sources of the facts that were read for a verdict, by name; `count` is of all pages."""

    entity: EntityRef
    policy: PolicyRef
    as_of: str
    known_at: str
    engine: str
    outcome: Outcome
    trust: list[str]
    count: int
    items: list[SourceDocument]
    next: str | None
    complete: bool
    warnings: list[WarningNote]


class _AfterSource(BaseModel):
    source: str


@dataclass(frozen=True, slots=True)
class _Case:
    """The facts and the rule that every source is looked at with."""

    question: Question
    policy: Policy
    around: Surroundings
    verdict: Verdict
    words: Words
    until: float


def sources(
    database: Database,
    question: Question,
    limit: int = MOST,
    cursor: str | None = None,
    limits: Limits | None = None,
) -> SourcesDocument:
    """Raises UnknownEntity, UnknownVariant, BadQuestion (limit, cursor), GraphUnavailable, QueryCutOff."""
    check_limit(limit, MOST)
    after = decode(cursor, _AfterSource).source if cursor else ""
    resolved = question.policy.resolve(question.variant, question.as_of)
    clocks, around = read_above(
        database,
        question.entity,
        lanes_of(question),
        question.as_of,
        question.known_at,
        limits,
        question.hearing,
        with_claims=True,
    )
    read = database.read(lambda tx: sources_read(tx, around, clocks))
    judged = judge(resolved.policy, around.graph, question.entity)
    told = words(heard_again(around, EVERYBODY) if around.evidence else around)
    case = _Case(question, resolved.policy, around, judged, told, time.monotonic() + SECONDS)
    ahead = [each for each in read if each.source > after]
    items = _page(case, ahead[:limit])
    policy, named = question.policy, around.entities[question.entity].description
    return SourcesDocument(
        entity=EntityRef(id=question.entity, name=named.name, kind=named.kind),
        policy=PolicyRef(
            id=policy.id, version=policy.version, variant=resolved.variant, digest=policy.digest
        ),
        as_of=question.as_of.isoformat(),
        known_at=print_instant(clocks.known_at),
        engine=ENGINE,
        outcome=judged.outcome.value,
        trust=list(question.trusted),
        count=len(read),
        items=items,
        next=encode(_AfterSource(source=items[-1].source)) if len(items) < len(ahead) else None,
        complete=around.complete,
        warnings=notes.warnings(judged, around, question.entity),
    )


def _page(case: _Case, ahead: list[SourceRead]) -> list[SourceDocument]:
    found: list[SourceDocument] = []
    for read in ahead:
        if found and time.monotonic() > case.until:
            break
        found.append(_source(case, read))
    return found


def _source(case: _Case, read: SourceRead) -> SourceDocument:
    disputed, alone = list(case.words.disputed(read.source)), list(case.words.alone(read.source))
    trusted = case.question.trusted
    return SourceDocument(
        **source_age(read).model_dump(),
        title=read.title,
        url=read.url,
        licence=read.licence,
        sha256=read.sha256,
        only=_heard(case, Hearing(trusted, only=read.source)),
        without=_heard(case, Hearing(trusted, without=read.source)),
        disputed=disputed[:MOST],
        disputed_count=len(disputed),
        alone=alone[:MOST],
        alone_count=len(alone),
    )


def _heard(case: _Case, hearing: Hearing) -> HeardDocument | None:
    if case.around.evidence is None:
        return None
    around = heard_again(case.around, hearing)
    answer = standing(judge(case.policy, around.graph, case.question.entity))
    differs = answer.outcome is not case.verdict.outcome
    return HeardDocument(
        outcome=answer.outcome.value,
        reason=answer.reason,
        tests=tests_of(answer),
        because=_because(case, around) if differs else [],
    )


def _because(case: _Case, around: Surroundings) -> list[ChangeDocument]:
    """The facts that turn the answer; all that differ where none was found to."""
    units = differences(case.around.graph, around.graph, case.question.entity)
    trial = Trial(case.question.entity, case.around.graph, {frozenset[RuleChange](): case.policy})
    turned = turn(trial, units, max(1.0, case.until - time.monotonic()))
    told = tell(Sides(case.around, around), units, turned)
    turning = [change for change in told if change.effect in ("turns", "part")]
    return (turning or told)[:MOST]
