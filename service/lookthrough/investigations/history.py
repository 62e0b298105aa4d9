"""One question over time: every day on which the answer could change, and what changed it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lookthrough.control.clocks import Clocks
from lookthrough.control.decimals import decimal, exact
from lookthrough.control.differing import differences
from lookthrough.control.policy import Policy
from lookthrough.control.turning import RuleChange, Standing, Trial, Unit, standing, turn
from lookthrough.control.verdict import judge
from lookthrough.graph.chronicle import Chronicle, Instants, read_chronicles, read_instants
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.snapshot import Limits, Surroundings

from .clocks import clocks_of, parse_day, print_instant
from .comparisons import ChangeDocument, HistoryDocument, Period, PeriodTest
from .documents import EntityRef, PolicyRef
from .errors import BadQuestion, UnknownEntity
from .telling import Sides, tell
from .verdicts import ENGINE, Question, lanes_of

MOST_DAYS = 2_000
SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are asked about, [start, end); None is open."""

    start: date | None = None
    end: date | None = None


def span(start: str | None, end: str | None) -> Span:
    """From text, `YYYY-MM-DD` or None each. Raises BadQuestion."""
    return Span(parse_day(start, "from"), parse_day(end, "to"))


@dataclass(frozen=True, slots=True)
class _State:
    """The answer on a day and, as far as days with facts go, until the next."""

    day: date
    around: Surroundings
    policy: Policy
    standing: Standing


@dataclass(frozen=True, slots=True)
class _Stretch:
    """States with one answer: the first of them, and the last before the next stretch."""

    first: _State
    last: _State


def history(
    database: Database, question: Question, within: Span | None = None, limits: Limits | None = None
) -> HistoryDocument:
    """The answer over time; `as_of` of the question does not matter.

    Raises UnknownEntity, UnknownVariant, BadQuestion (a span without days), GraphUnavailable, QueryCutOff.
    """
    within = within or Span()
    if within.start and within.end and within.start >= within.end:
        raise BadQuestion(f"from: {within.start} is not before to, {within.end}")
    clocks, chronicle, known = _read(database, question, limits)
    days = _days(question, chronicle, within)
    states = _judged(question, chronicle, days)
    stretches = _stretches(states)
    policy, told = question.policy, states[-1].around.entities[question.entity].description
    cut = len(states) < len(days)
    return HistoryDocument(
        entity=EntityRef(id=question.entity, name=told.name, kind=told.kind),
        policy=PolicyRef(
            id=policy.id,
            version=policy.version,
            variant=policy.resolve(question.variant, clocks.as_of).variant,
            digest=policy.digest,
        ),
        known_at=print_instant(clocks.known_at),
        trust=list(question.trusted),
        engine=ENGINE,
        in_force_from=policy.in_force_from.isoformat() if policy.in_force_from else None,
        in_force_to=policy.in_force_to.isoformat() if policy.in_force_to else None,
        suspended=[(start.isoformat(), end.isoformat()) for start, end in policy.suspended],
        periods=list(_periods(question, stretches, within)),
        days=[state.day.isoformat() for state in states if state.day != date.min],
        instants=[print_instant(instant) for instant in known.instants],
        told_from=states[0].day.isoformat() if cut else None,
        complete=states[-1].around.complete and known.complete and not cut,
    )


def _read(
    database: Database, question: Question, limits: Limits | None
) -> tuple[Clocks, Chronicle, Instants]:
    def read(tx: Transaction) -> tuple[Clocks, Chronicle, Instants]:
        clocks, lanes = clocks_of(tx, question.as_of, question.known_at), lanes_of(question)
        (found,) = read_chronicles(tx, question.entity, lanes, [clocks.known_at], limits)
        return clocks, found, read_instants(tx, question.entity, lanes, limits)

    clocks, chronicle, known = database.read(read, seconds=(limits or Limits()).seconds)
    if question.entity not in chronicle.evidence.told:
        raise UnknownEntity(question.entity)
    return clocks, chronicle, known


def _days(question: Question, chronicle: Chronicle, within: Span) -> list[date]:
    """The first day asked about, and every later one on which a fact or a region list changes."""
    start = within.start or date.min
    versions = (v for entry in question.policy.region_lists.values() for v in entry.versions)
    changing = chronicle.days() | {version.begins for version in versions}
    return sorted(
        {start} | {day for day in changing if start <= day and (within.end is None or day < within.end)}
    )


def _judged(question: Question, chronicle: Chronicle, days: Sequence[date]) -> list[_State]:
    """The answer on each day, from the last back to where the limits of days or time are reached."""
    until = time.monotonic() + SECONDS
    found: list[_State] = []
    for day in reversed(days[-MOST_DAYS:]):
        if found and time.monotonic() > until:
            break
        found.append(_state(question, chronicle, day, found[-1] if found else None))
    return found[::-1]


def _state(question: Question, chronicle: Chronicle, day: date, later: _State | None) -> _State:
    around, policy = (
        chronicle.at(day, question.hearing),
        question.policy.resolve(question.variant, day).policy,
    )
    if (
        later
        and later.policy == policy
        and not differences(around.graph, later.around.graph, question.entity)
    ):
        return _State(day, later.around, policy, later.standing)
    return _State(day, around, policy, standing(judge(policy, around.graph, question.entity)))


def _stretches(states: Sequence[_State]) -> list[_Stretch]:
    found: list[_Stretch] = []
    for state in states:
        if found and found[-1].first.standing == state.standing:
            found[-1] = _Stretch(found[-1].first, state)
        else:
            found.append(_Stretch(state, state))
    return found


def _periods(question: Question, stretches: Sequence[_Stretch], within: Span) -> Iterator[Period]:
    for place, stretch in enumerate(stretches):
        following = stretches[place + 1].first.day if place + 1 < len(stretches) else within.end
        day, answer = stretch.first.day, stretch.first.standing
        yield Period(
            from_=None if day == date.min else day.isoformat(),
            to=following.isoformat() if following else None,
            outcome=answer.outcome.value,
            reason=answer.reason,
            tests=tests_of(answer),
            because=_because(question.entity, stretches[place - 1].last, stretch.first) if place else [],
        )


def tests_of(answer: Standing) -> list[PeriodTest]:
    """The outcome and bounds of every test."""
    return [
        PeriodTest(
            id=test,
            outcome=outcome.value,
            lower=decimal(bounds.lower) if bounds else None,
            upper=decimal(bounds.upper, up=True) if bounds else None,
            lower_exact=exact(bounds.lower) if bounds else None,
            upper_exact=exact(bounds.upper) if bounds else None,
        )
        for test, outcome, bounds in answer.tests
    ]


def _because(entity: str, before: _State, after: _State) -> list[ChangeDocument]:
    """What changed the answer; changes of the same day that did nothing to it are left out."""
    rules = [RuleChange.REGION_LISTS] if before.policy != after.policy else []
    units: list[Unit] = [*rules, *differences(before.around.graph, after.around.graph, entity)]
    policies = {frozenset[RuleChange](): before.policy, frozenset([RuleChange.REGION_LISTS]): after.policy}
    turned = turn(Trial(entity, before.around.graph, policies), units)
    told = tell(Sides(before.around, after.around), units, turned)
    return [change for change in told if change.effect != "none"]
