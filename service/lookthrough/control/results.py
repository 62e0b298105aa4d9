"""What one test found: outcome, reason and figures, by the kind of its arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from .cascade import Cascade, CascadeRun, Join, bounds_over
from .decision import (
    Bounds,
    Outcome,
    Reason,
    bounds_of,
    decide,
    location_outcome,
    open_reason,
)
from .full_links import bounds_with, full_links_of
from .interval import ONE, ZERO
from .memo import Memo
from .multiplicative import Shares, look_through
from .parent import Climb, Doubt, climb
from .policy import Arithmetic, LocationTest, OwnershipTest, TestKind
from .predicate import Party, Truth
from .reach import Reach
from .stakes import OwnershipGraph


@dataclass(frozen=True, slots=True)
class LocationResult:
    """A predicate on the subject's own attributes."""

    test: LocationTest
    outcome: Outcome
    reason: Reason
    party: Party


@dataclass(frozen=True, slots=True)
class _Figures:
    """Figures are fractions of the subject."""

    test: OwnershipTest
    outcome: Outcome
    reason: Reason
    bounds: Bounds
    reach: Reach

    @property
    def unknown(self) -> Fraction:
        return self.bounds.upper - self.bounds.lower

    @property
    def slack(self) -> Fraction | None:
        """How far a test that is not restricted stays below the line."""
        below = self.outcome is Outcome.NOT_RESTRICTED
        return self.test.line.threshold - self.bounds.upper if below else None


@dataclass(frozen=True, slots=True)
class _Parts(_Figures):
    """`restricted`, `clean` and `unknown` add up to 1."""

    @property
    def restricted(self) -> Fraction:
        return self.bounds.lower

    @property
    def clean(self) -> Fraction:
        return ONE - self.bounds.upper


@dataclass(frozen=True, slots=True)
class OwnershipResult(_Parts):
    """Shares multiplied along every walk."""

    shares: Shares


@dataclass(frozen=True, slots=True)
class FullLinksResult(_Parts):
    """Shares multiplied, links that meet a line counting in full."""


@dataclass(frozen=True, slots=True)
class CascadeResult(_Figures):
    """A cascade or a control test, with the sets that were grown."""

    cascade: Cascade
    runs: tuple[CascadeRun, ...]

    @property
    def shown(self) -> CascadeRun:
        """The run that decides, or comes nearest to it, with its joining order."""
        run = max(self.runs, key=lambda run: (run.caught, run.bounds.lower, run.bounds.upper))
        return replace(run, lower=self.cascade.grow(run.lower.start))

    def joins(self) -> list[Join]:
        """Who joined on the way to the subject, in order, and last the subject's own sum."""
        return self.cascade.joins_behind(self.shown.lower)


@dataclass(frozen=True, slots=True)
class ParentResult:
    """An ultimate-parent test: no figures, but the climb."""

    test: OwnershipTest
    outcome: Outcome
    reason: Reason
    reach: Reach
    climb: Climb


HoldingResult = OwnershipResult | FullLinksResult | CascadeResult | ParentResult
Result = LocationResult | HoldingResult


def locate(test: LocationTest, party: Party) -> LocationResult:
    return LocationResult(test, *location_outcome(test.subject.judge(party)), party)


def examine(
    test: OwnershipTest, graph: OwnershipGraph, subject: str, memo: Memo | None = None
) -> HoldingResult:
    """Compute the test about the subject; a memo of the same question saves what is shared."""
    memo = memo or Memo(graph, subject)
    return examine_reach(memo.reach(test), memo)


def examine_reach(reach: Reach, memo: Memo | None = None) -> HoldingResult:
    """The same on facts already explored, perhaps with one of them changed (then without the memo).

    A search that was cut off never clears: what was not read could also contradict what was.
    """
    result = _examined(reach, memo.look_through if memo else look_through)
    if not reach.graph.unexplored or result.outcome is not Outcome.NOT_RESTRICTED:
        return result
    return replace(result, outcome=Outcome.UNDETERMINED, reason=open_reason(reach, ZERO))


def _examined(reach: Reach, solve: Callable[[Reach], Shares]) -> HoldingResult:
    test = reach.test
    if test.kind is TestKind.ULTIMATE_PARENT:
        return _parent(reach)
    if test.kind is TestKind.CONTROL or test.arithmetic is Arithmetic.CASCADE:
        return _cascade(reach)
    return _full_links(reach) if test.full_links else _ownership(reach, solve(reach))


def _ownership(reach: Reach, shares: Shares) -> OwnershipResult:
    subject = reach.subject
    bounds = bounds_of(reach, shares.restricted_of(subject), shares.clean_of(subject))
    outcome = decide(bounds, reach.test.line)
    return OwnershipResult(reach.test, outcome, _reason(reach, outcome, bounds.lower), bounds, reach, shares)


def _full_links(reach: Reach) -> FullLinksResult:
    bounds = bounds_with(reach, full_links_of(reach))
    outcome = decide(bounds, reach.test.line)
    return FullLinksResult(reach.test, outcome, _reason(reach, outcome, bounds.lower), bounds, reach)


def _cascade(reach: Reach) -> CascadeResult:
    cascade = Cascade(reach)
    runs = tuple(cascade.runs())
    bounds = bounds_over(runs)
    if any(run.caught for run in runs):
        outcome = Outcome.RESTRICTED
    else:
        outcome = Outcome.UNDETERMINED if any(run.possible for run in runs) else Outcome.NOT_RESTRICTED
    reason = _reason(replace(reach, roles=cascade.roles()), outcome, bounds.lower)
    return CascadeResult(reach.test, outcome, reason, bounds, reach, cascade, runs)


def _parent(reach: Reach) -> ParentResult:
    found = climb(reach)
    outcome = {
        Truth.TRUE: Outcome.RESTRICTED,
        Truth.FALSE: Outcome.NOT_RESTRICTED,
        Truth.UNKNOWN: Outcome.UNDETERMINED,
    }[found.truth]
    reason = _reason(reach, outcome, ZERO)
    if reason is Reason.NOTHING_ON_RECORD and any(doubt is Doubt.PREDICATE for doubt, _ in found.doubts):
        reason = Reason.UNKNOWN_PARTY  # the subject itself, at the top
    return ParentResult(reach.test, outcome, reason, reach, found)


_OVER = {
    TestKind.OWNERSHIP: Reason.OVER_THRESHOLD,
    TestKind.CONTROL: Reason.CONTROL_OVER_THRESHOLD,
    TestKind.ULTIMATE_PARENT: Reason.PARENT_RESTRICTED,
}


def _reason(reach: Reach, outcome: Outcome, lower: Fraction) -> Reason:
    if outcome is Outcome.RESTRICTED:
        return _OVER[reach.test.kind]
    if outcome is Outcome.NOT_RESTRICTED:
        return Reason.BELOW_THRESHOLD
    return open_reason(reach, lower)
