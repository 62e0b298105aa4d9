"""A policy's answer about one entity: every test, their join, what is missing, what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .changes import Reduction, reductions
from .decision import Bounds, Outcome, Reason, decide, is_strict, join_outcomes, joined_reason
from .flipping import flips
from .interval import ONE
from .memo import Memo
from .policy import LocationTest, Policy
from .reach import Role
from .results import HoldingResult, LocationResult, OwnershipResult, Result, examine, locate
from .settling import all_settled, settled_places
from .stakes import OwnershipGraph
from .unknowns import Missing, Place, location_kind, places, settle


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

    def gaps_complete(self) -> bool:
        """Whether `gaps` names every place: of very many, only some are tried."""
        return all(
            isinstance(result, LocationResult | OwnershipResult) or all_settled(result)
            for result in self.results
            if result.outcome is Outcome.UNDETERMINED
        )

    def changes(self) -> tuple[list[tuple[str, Reduction]], bool]:
        """Reductions for each restricted ownership test, by test id; and whether all stakes were tried."""
        found: list[tuple[str, Reduction]] = []
        complete = True
        for result in self.results:
            if not isinstance(result, LocationResult) and result.outcome is Outcome.RESTRICTED:
                some, tried_all = _reductions(result)
                found += [(result.test.id, reduction) for reduction in some]
                complete = complete and tried_all
        return found, complete

    def _gaps_of(self, index: int, result: Result) -> Iterator[Gap]:
        if isinstance(result, LocationResult):
            kind = location_kind(result.party, result.test.subject)
            settled = (Outcome.RESTRICTED, Outcome.NOT_RESTRICTED)
            yield Gap(result.test.id, kind, result.party.id, None, self._decides(index, settled))
        elif isinstance(result, OwnershipResult):
            for place in places(result.shares):
                decisive = self._decides(index, _settled(result, place))
                yield Gap(result.test.id, place.kind, place.entity, place.mass / result.unknown, decisive)
        else:
            for found in settled_places(result):
                decisive = self._decides(index, found.outcomes)
                yield Gap(result.test.id, found.kind, found.entity, found.share, decisive)

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


def _reductions(result: HoldingResult) -> tuple[list[Reduction], bool]:
    return reductions(result.shares) if isinstance(result, OwnershipResult) else flips(result)


def _settled(result: OwnershipResult, place: Place) -> tuple[Outcome, Outcome]:
    """The outcomes with everything at the place restricted, and with nothing of it."""
    bounds, line, reach = result.bounds, result.test.line, result.shares.reach
    worst, best = Bounds(place.restricted_then, bounds.upper), Bounds(bounds.lower, ONE - place.clean_then)
    if worst.lower == line.threshold:
        worst = replace(worst, lower_strict=is_strict(settle(reach, place, restricted=True), Role.SEED))
    if best.upper == line.threshold:
        best = replace(best, upper_strict=is_strict(settle(reach, place, restricted=False), Role.CLEAN))
    return decide(worst, line), decide(best, line)


def judge(policy: Policy, graph: OwnershipGraph, subject: str, memo: Memo | None = None) -> Verdict:
    """Answer every test of the policy about the subject; a memo carries over from another reading."""
    memo = memo or Memo(graph, subject)
    results = tuple(
        locate(test, graph.party(subject))
        if isinstance(test, LocationTest)
        else examine(test, graph, subject, memo)
        for test in policy.tests
    )
    outcome = join_outcomes((result.outcome for result in results), policy.join)
    reason = joined_reason([(result.outcome, result.reason) for result in results], policy.join)
    return Verdict(policy, outcome, reason, results)
