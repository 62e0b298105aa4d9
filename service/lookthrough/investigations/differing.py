"""Two stored verdicts side by side: what differs, and which fact, line of the policy or clock made it so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lookthrough.control.differing import FactChange, differences
from lookthrough.control.policy import Policy
from lookthrough.control.turning import RuleChange, Trial, Turned, Unit, turn
from lookthrough.control.verdict import judge
from lookthrough.graph.chronicle import Chronicle, read_chronicles
from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits, Surroundings
from lookthrough.policies.comparing import reading_differences
from lookthrough.policies.policy import PolicyDocument
from lookthrough.words import LANGUAGES, say

from .comparisons import (
    ChangeDocument,
    DiffDocument,
    Differing,
    DiffSide,
    FigureDifference,
    RegionListDifference,
)
from .documents import Sentence, TestResult
from .figures import test_document
from .policies import FieldDifference
from .storing import Kept, kept
from .telling import Sides, tell
from .verdicts import Question, lanes_of

_FIGURES = ("outcome", "lower", "upper", "restricted", "clean", "unknown")


@dataclass(frozen=True, slots=True)
class _Side:
    """A stored verdict with the facts at its clocks, over all that stands above either entity."""

    stored: Kept
    around: Surroundings

    @property
    def question(self) -> Question:
        return self.stored.question

    def policy(self, on: date) -> Policy:
        return self.question.policy.resolve(self.question.variant, on).policy

    @property
    def replays(self) -> bool:
        judged = judge(self.policy(self.question.as_of), self.around.graph, self.question.entity)
        told, document = [test_document(result) for result in judged.results], self.stored.document
        return (judged.outcome, told) == (document.outcome, document.tests)


def diff(database: Database, a: str, b: str, limits: Limits | None = None) -> DiffDocument:
    """What verdict `b` has otherwise than verdict `a`, both stored.

    Raises UnknownVerdict, PolicyError, GraphUnavailable, QueryCutOff.
    """
    one, other = kept(database, a), kept(database, b)
    before, after = _sides(database, one, other, limits)
    about_one = one.question.entity == other.question.entity
    units = _units(before, after) if about_one else []
    turned = turn(_trial(before, after), units) if about_one else Turned()
    told = tell(Sides(before.around, after.around), units, turned, _clock(one, other))
    figures = _figures(one, other)
    return DiffDocument(
        a=_side(before),
        b=_side(after),
        sentence=_sentence(before, after, told, figures),
        same=one.document.outcome == other.document.outcome and not figures,
        differs=_differs(one, other),
        figures=figures,
        policy=_policy_differences(one.question, other.question),
        region_lists=_region_lists(one.question, other.question),
        changes=told,
        complete=before.around.complete and after.around.complete and turned.tried,
    )


def _sides(database: Database, one: Kept, other: Kept, limits: Limits | None) -> tuple[_Side, _Side]:
    lanes = lanes_of(one.question) | lanes_of(other.question)
    known = [_instant(one), _instant(other)]

    def read(entity: str, instants: Sequence[datetime]) -> list[Chronicle]:
        seconds = (limits or Limits()).seconds
        return database.read(lambda tx: read_chronicles(tx, entity, lanes, instants, limits), seconds=seconds)

    if one.question.entity == other.question.entity:
        first, second = read(one.question.entity, known)
    else:
        (first,), (second,) = read(one.question.entity, known[:1]), read(other.question.entity, known[1:])
    return _heard(one, first), _heard(other, second)


def _heard(stored: Kept, chronicle: Chronicle) -> _Side:
    return _Side(stored, chronicle.at(stored.question.as_of, stored.question.hearing))


def _instant(stored: Kept) -> datetime:
    if stored.question.known_at is None:
        raise AssertionError("a stored verdict names both clocks")
    return stored.question.known_at


def _units(before: _Side, after: _Side) -> list[Unit]:
    old, new = before.question, after.question
    units: list[Unit] = []
    if before.policy(old.as_of) != after.policy(old.as_of):
        units.append(RuleChange.POLICY)
    if after.policy(old.as_of) != after.policy(new.as_of):
        units.append(RuleChange.REGION_LISTS)
    return [*units, *differences(before.around.graph, after.around.graph, old.entity)]


def _trial(before: _Side, after: _Side) -> Trial:
    old, new = before.question.as_of, after.question.as_of
    policies = {
        frozenset[RuleChange](): before.policy(old),
        frozenset([RuleChange.POLICY]): after.policy(old),
        frozenset([RuleChange.REGION_LISTS]): before.policy(new),
        frozenset(RuleChange): after.policy(new),
    }
    return Trial(before.question.entity, before.around.graph, policies)


def _clock(one: Kept, other: Kept) -> Callable[[FactChange], str | None]:
    """The clock that facts differ by, where only one of the two was set otherwise."""
    days = one.document.as_of != other.document.as_of
    instants = one.document.known_at != other.document.known_at
    clock = None if days == instants else "as_of" if days else "known_at"
    return lambda _: clock


def _side(side: _Side) -> DiffSide:
    document = side.stored.document
    return DiffSide(
        verdict_id=document.verdict_id,
        entity=document.entity,
        policy=document.policy,
        as_of=document.as_of,
        known_at=document.known_at,
        engine=document.engine,
        outcome=document.outcome,
        reason=document.reason,
        replays=side.replays,
    )


def _differs(one: Kept, other: Kept) -> list[Differing]:
    old, new = one.document, other.document
    pairs: dict[Differing, bool] = {
        "subject": old.entity.id != new.entity.id,
        "policy": old.policy.digest != new.policy.digest,
        "variant": old.policy.variant != new.policy.variant,
        "as_of": old.as_of != new.as_of,
        "known_at": old.known_at != new.known_at,
        "trust": old.trust != new.trust,
        "engine": old.engine != new.engine,
        "facts": old.facts != new.facts,
    }
    return [name for name, different in pairs.items() if different]


def _figures(one: Kept, other: Kept) -> list[FigureDifference]:
    old = {test.id: test for test in one.document.tests}
    new = {test.id: test for test in other.document.tests}
    return [
        FigureDifference(test=test, figure=figure, a=left, b=right)
        for test in dict.fromkeys((*old, *new))
        for figure in _FIGURES
        if (left := _figure(old.get(test), figure)) != (right := _figure(new.get(test), figure))
    ]


def _figure(test: TestResult | None, figure: str) -> str | None:
    if test is None:
        return None
    exact: str | None = getattr(test, f"{figure}_exact", None)
    written: str | None = getattr(test, figure)
    return exact or written


def _policy_differences(old: Question, new: Question) -> list[FieldDifference]:
    found = reading_differences((old.policy, old.variant), (new.policy, new.variant))
    return [FieldDifference(field=d.field, left=d.left, right=d.right, decides=d.decides) for d in found]


def _region_lists(old: Question, new: Question) -> list[RegionListDifference]:
    left, right = _codes(old.policy, old.as_of), _codes(new.policy, new.as_of)
    return [
        RegionListDifference(
            list=name,
            only_a=tuple(sorted(left[name] - right[name])),
            only_b=tuple(sorted(right[name] - left[name])),
        )
        for name in left
        if name in right and left[name] != right[name]
    ]


def _codes(policy: PolicyDocument, on: date) -> dict[str, frozenset[str]]:
    return {name: frozenset(entry.at(on).codes) for name, entry in policy.region_lists.items()}


def _sentence(
    before: _Side, after: _Side, told: Sequence[ChangeDocument], figures: Sequence[FigureDifference]
) -> Sentence:
    key, why = _key(before, after, told, figures)
    making = [change for change in told if change.effect in ("turns", "part")]
    return Sentence.model_validate(
        {language: _words(key, why, making, before, after, language) for language in LANGUAGES}
    )


def _key(
    before: _Side, after: _Side, told: Sequence[ChangeDocument], figures: Sequence[FigureDifference]
) -> tuple[str, str]:
    """Which sentence, and in the last one which reason."""
    one, other = before.stored.document, after.stored.document
    effects = [change.effect for change in told]
    if one.entity.id != other.entity.id:
        return "diff.subject", ""
    if one.outcome == other.outcome and not figures:
        return "diff.same", ""
    if not (before.replays and after.replays):
        return "diff.unexplained", "engine" if one.engine != other.engine else "replay"
    if "turns" in effects:
        return ("diff.alone" if effects.count("turns") == 1 else "diff.each"), ""
    return ("diff.together", "") if "part" in effects else ("diff.unexplained", "many")


def _words(
    key: str, why: str, making: Sequence[ChangeDocument], before: _Side, after: _Side, language: str
) -> str:
    one, other = before.stored.document, after.stored.document
    told = [change.sentence.zh if language == "zh" else change.sentence.en for change in making]
    return say(
        key,
        language,
        a=one.entity.name,
        b=other.entity.name,
        outcome_a=say(f"outcome.{one.outcome}", language),
        outcome_b=say(f"outcome.{other.outcome}", language),
        changes=("" if language == "zh" else " ").join(told),
        why=say(f"diff.why.{why}", language) if why else "",
    )
