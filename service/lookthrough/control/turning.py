"""Which of several changes alone turns one answer into another, and if none does, which do together."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .decision import Bounds, Outcome, Reason
from .differing import FactChange, changed
from .policy import Policy
from .results import LocationResult, ParentResult, Result
from .stakes import OwnershipGraph
from .verdict import Verdict, judge

MOST = 200
"""Changes that are tried one by one."""
SECONDS = 20.0


class RuleChange(StrEnum):
    """The rule is otherwise: its text or reading, or what its region lists say on another day."""

    POLICY = "policy"
    REGION_LISTS = "region_lists"


Unit = FactChange | RuleChange


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer as far as it is compared: outcome, reason, and the bounds of every test."""

    outcome: Outcome
    reason: Reason
    tests: tuple[tuple[str, Outcome, Bounds | None], ...]


def standing(verdict: Verdict) -> Standing:
    tests = tuple((result.test.id, result.outcome, _bounds(result)) for result in verdict.results)
    return Standing(verdict.outcome, verdict.reason, tests)


def _bounds(result: Result) -> Bounds | None:
    return None if isinstance(result, LocationResult | ParentResult) else result.bounds


@dataclass(frozen=True, slots=True)
class Trial:
    """The facts before, and the rule with each set of its changes."""

    subject: str
    graph: OwnershipGraph
    policies: Mapping[frozenset[RuleChange], Policy]

    def standing(self, units: Sequence[Unit]) -> Standing:
        rules = frozenset(unit for unit in units if isinstance(unit, RuleChange))
        facts = [unit for unit in units if not isinstance(unit, RuleChange)]
        return standing(judge(self.policies[rules], changed(self.graph, facts), self.subject))


@dataclass(frozen=True, slots=True)
class Turned:
    """Places of the units: `alone` each turn the answer by themselves, `moving` change something in it;
    where none is alone, `together` is a set that turns it and of which none can be spared.
    """

    alone: frozenset[int] = frozenset()
    moving: frozenset[int] = frozenset()
    together: frozenset[int] = frozenset()
    tried: bool = True


def turn(trial: Trial, units: Sequence[Unit], seconds: float = SECONDS) -> Turned:
    """From the answer before to the one after all units; `tried` is False where there were too many."""
    before, after = trial.standing(()), trial.standing(units)
    if before == after:
        return Turned()
    if len(units) > MOST:
        return Turned(tried=False)
    search = _Search(trial, units, before, after, time.monotonic() + seconds)
    try:
        return search.found()
    except TimeoutError:
        return Turned(tried=False)


@dataclass(frozen=True, slots=True)
class _Search:
    trial: Trial
    units: Sequence[Unit]
    before: Standing
    after: Standing
    until: float

    def found(self) -> Turned:
        single = [self._standing([place]) for place in range(len(self.units))]
        alone = frozenset(place for place, found in enumerate(single) if self._reached(found))
        moving = frozenset(place for place, found in enumerate(single) if found != self.before)
        return Turned(alone, moving, frozenset() if alone else self._needed())

    def _needed(self) -> frozenset[int]:
        kept = list(range(len(self.units)))
        for place in range(len(self.units)):
            without = [other for other in kept if other != place]
            if self._reached(self._standing(without)):
                kept = without
        return frozenset(kept)

    def _standing(self, places: Sequence[int]) -> Standing:
        if time.monotonic() > self.until:
            raise TimeoutError
        return self.trial.standing([self.units[place] for place in places])

    def _reached(self, found: Standing) -> bool:
        """Where the outcome is another it is what counts, else every figure."""
        if self.before.outcome is not self.after.outcome:
            return found.outcome is self.after.outcome
        return found == self.after
