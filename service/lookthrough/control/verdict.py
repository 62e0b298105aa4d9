"""A policy's answer about one entity: every test, their join, what is missing, what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .changes import Reduction, reductions
from .decision import (
    Bounds,
    Outcome,
    Reason,
    bounds_of,
    decide,
    is_strict,
    join_outcomes,
    joined_reason,
    location_outcome,
    open_reason,
)
from .interval import ONE
from .multiplicative import Shares, look_through
from .policy import Arithmetic, LocationTest, OwnershipTest, Policy, Test, TestKind
from .predicate import Party
from .reach import Role, explore
from .stakes import OwnershipGraph
from .unknowns import Missing, Place, location_kind, places, settle


class NotComputable(ValueError):
    """The policy asks for an arithmetic that this version does not have."""


@dataclass(frozen=True, slots=True)
class OwnershipResult:
    """Figures are fractions of the subject; `restricted`, `clean` and `unknown` add up to 1."""

    test: OwnershipTest
    outcome: Outcome
    reason: Reason
    bounds: Bounds
    shares: Shares

    @property
    def restricted(self) -> Fraction:
        return self.bounds.lower

    @property
    def clean(self) -> Fraction:
        return ONE - self.bounds.upper

    @property
    def unknown(self) -> Fraction:
        return self.bounds.upper - self.bounds.lower

    @property
    def slack(self) -> Fraction | None:
        """How far a test that is not restricted stays below the line."""
        if self.outcome is not Outcome.NOT_RESTRICTED:
            return None
        return self.test.line.threshold - self.bounds.upper


@dataclass(frozen=True, slots=True)
class LocationResult:
    test: LocationTest
    outcome: Outcome
    reason: Reason
    party: Party


Result = OwnershipResult | LocationResult


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that is missing for one test. `share` is its part of the unknown of an ownership test."""

    test: str
    kind: Missing
    entity: str
    share: Fraction | None
    decisive: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    policy: Policy
    outcome: Outcome
    reason: Reason
    results: tuple[Result, ...]

    def gaps(self) -> list[Gap]:
        """What is missing for each test that stays undetermined, the largest part of the unknown first."""
        return [
            gap
            for i, result in enumerate(self.results)
            if result.outcome is Outcome.UNDETERMINED
            for gap in self._gaps_of(i, result)
        ]

    def changes(self) -> tuple[list[tuple[str, Reduction]], bool]:
        """Reductions for each restricted ownership test, by test id; and whether all stakes were tried."""
        found: list[tuple[str, Reduction]] = []
        complete = True
        for result in self.results:
            if isinstance(result, OwnershipResult) and result.outcome is Outcome.RESTRICTED:
                some, tried_all = reductions(result.shares)
                found += [(result.test.id, reduction) for reduction in some]
                complete = complete and tried_all
        return found, complete

    def _gaps_of(self, index: int, result: Result) -> Iterator[Gap]:
        if isinstance(result, LocationResult):
            kind = location_kind(result.party, result.test.subject)
            settled = (Outcome.RESTRICTED, Outcome.NOT_RESTRICTED)
            yield Gap(result.test.id, kind, result.party.id, None, self._decides(index, settled))
            return
        for place in places(result.shares):
            share = place.mass / result.unknown
            decisive = self._decides(index, _settled(result, place))
            yield Gap(result.test.id, place.kind, place.entity, share, decisive)

    def _decides(self, index: int, settled: Sequence[Outcome]) -> bool:
        """Whether an outcome for the test would decide the headline (or the test, if that is decided)."""
        if self.outcome is not Outcome.UNDETERMINED:
            return any(outcome is not Outcome.UNDETERMINED for outcome in settled)
        outcomes = [result.outcome for result in self.results]
        return any(
            join_outcomes([*outcomes[:index], outcome, *outcomes[index + 1 :]], self.policy.join)
            is not Outcome.UNDETERMINED
            for outcome in settled
        )


def _settled(result: OwnershipResult, place: Place) -> tuple[Outcome, Outcome]:
    """The outcomes with everything at the place restricted, and with nothing of it."""
    bounds, line, reach = result.bounds, result.test.line, result.shares.reach
    worst, best = Bounds(place.restricted_then, bounds.upper), Bounds(bounds.lower, ONE - place.clean_then)
    if worst.lower == line.threshold:
        worst = replace(worst, lower_strict=is_strict(settle(reach, place, restricted=True), Role.SEED))
    if best.upper == line.threshold:
        best = replace(best, upper_strict=is_strict(settle(reach, place, restricted=False), Role.CLEAN))
    return decide(worst, line), decide(best, line)


def judge(policy: Policy, graph: OwnershipGraph, subject: str) -> Verdict:
    """Answer every test of the policy about the subject. Raises NotComputable."""
    results = tuple(_result(test, graph, subject) for test in policy.tests)
    outcome = join_outcomes((result.outcome for result in results), policy.join)
    reason = joined_reason([(result.outcome, result.reason) for result in results], policy.join)
    return Verdict(policy, outcome, reason, results)


def _result(test: Test, graph: OwnershipGraph, subject: str) -> Result:
    if isinstance(test, LocationTest):
        party = graph.party(subject)
        return LocationResult(test, *location_outcome(test.subject.judge(party)), party)
    return _ownership(test, graph, subject)


def _ownership(test: OwnershipTest, graph: OwnershipGraph, subject: str) -> OwnershipResult:
    require_computable(test)
    shares = look_through(explore(graph, subject, test))
    reach = shares.reach
    bounds = bounds_of(reach, shares.restricted_of(subject), shares.clean_of(subject))
    outcome = decide(bounds, test.line)
    reason = {
        Outcome.RESTRICTED: Reason.OVER_THRESHOLD,
        Outcome.NOT_RESTRICTED: Reason.BELOW_THRESHOLD,
    }.get(outcome) or open_reason(reach, bounds.lower)
    return OwnershipResult(test, outcome, reason, bounds, shares)


def require_computable(test: OwnershipTest) -> None:
    """Raises NotComputable where the test needs an arithmetic that this version does not have."""
    needs = {
        "the control test": test.kind is TestKind.CONTROL,
        "the ultimate-parent test": test.kind is TestKind.ULTIMATE_PARENT,
        "the cascade arithmetic": test.arithmetic is Arithmetic.CASCADE,
        "full links": test.full_links is not None,
        "figures in a lane that has none": not test.lane.has_figure,
    }
    lacking = [need for need, needed in needs.items() if needed]
    if lacking:
        raise NotComputable(f"test {test.id!r} needs {lacking[0]}, which this version cannot compute")
