"""From bounds to an outcome and its reason (SEMANTICS sections 4 and 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .interval import ONE, ZERO
from .policy import Join, Line, Operator
from .predicate import Truth
from .reach import Reach, Role
from .weights import Link


class Outcome(StrEnum):
    RESTRICTED = "RESTRICTED"
    NOT_RESTRICTED = "NOT_RESTRICTED"
    UNDETERMINED = "UNDETERMINED"


class Reason(StrEnum):
    """The undecided reasons come first, heaviest first."""

    COULD_CROSS = "could_cross_the_line"
    UNKNOWN_PARTY = "disputed_or_unknown_party"
    NOTHING_ON_RECORD = "nothing_restricted_on_record"
    OVER_THRESHOLD = "ownership_over_threshold"
    CONTROL_OVER_THRESHOLD = "control_over_threshold"
    PARENT_RESTRICTED = "parent_restricted"
    BELOW_THRESHOLD = "below_threshold"
    LOCATION_RESTRICTED = "location_restricted"
    LOCATION_PERMITTED = "location_permitted"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lower and upper bound of the restricted share, fractions; `…_strict`: the true share lies inside."""

    lower: Fraction
    upper: Fraction
    lower_strict: bool = False
    upper_strict: bool = False


def decide(bounds: Bounds, line: Line) -> Outcome:
    if line.met_by(bounds.lower) or (bounds.lower == line.threshold and bounds.lower_strict):
        return Outcome.RESTRICTED
    if not line.met_by(bounds.upper):
        return Outcome.NOT_RESTRICTED
    at_line = line.operator is Operator.AT_LEAST and bounds.upper == line.threshold
    return Outcome.NOT_RESTRICTED if at_line and bounds.upper_strict else Outcome.UNDETERMINED


def join_outcomes(outcomes: Iterable[Outcome], join: Join) -> Outcome:
    """Three-valued `any` (one restricted test is enough) or `all`."""
    deciding = Outcome.RESTRICTED if join is Join.ANY else Outcome.NOT_RESTRICTED
    found = set(outcomes)
    if deciding in found:
        return deciding
    if Outcome.UNDETERMINED in found:
        return Outcome.UNDETERMINED
    return Outcome.NOT_RESTRICTED if join is Join.ANY else Outcome.RESTRICTED


def joined_reason(results: Sequence[tuple[Outcome, Reason]], join: Join) -> Reason:
    """The heaviest reason of the undetermined tests, or that of the first test that decides."""
    headline = join_outcomes((outcome for outcome, _ in results), join)
    reasons = [reason for outcome, reason in results if outcome is headline]
    return min(reasons, key=list(Reason).index) if headline is Outcome.UNDETERMINED else reasons[0]


def location_outcome(truth: Truth) -> tuple[Outcome, Reason]:
    return {
        Truth.TRUE: (Outcome.RESTRICTED, Reason.LOCATION_RESTRICTED),
        Truth.FALSE: (Outcome.NOT_RESTRICTED, Reason.LOCATION_PERMITTED),
        Truth.UNKNOWN: (Outcome.UNDETERMINED, Reason.UNKNOWN_PARTY),
    }[truth]


def open_reason(reach: Reach, restricted: Fraction) -> Reason:
    """Why a multiplicative test stays undetermined; `restricted` is R of the subject."""
    met = reach.roles.items()
    if restricted > ZERO or Role.SEED in reach.roles.values():
        return Reason.COULD_CROSS
    if any(role is Role.OPEN for _, role in met):
        return Reason.UNKNOWN_PARTY
    return Reason.NOTHING_ON_RECORD


def is_strict(reach: Reach, target: Role) -> bool:
    """Whether some walk to a `target` has all weights positive or strict, and at least one strict."""
    return bool(strict_links(reach, target))


def strict_links(reach: Reach, target: Role) -> set[tuple[str, str]]:
    """Strict links (owner, owned) on walks to a `target` that have all weights positive or strict.

    Walks to clean ends do not pass entities whose predicate is unknown: nothing behind them is proven.
    """
    met = [link for company in _met(reach, target) for link in _walkable(reach, company)]
    holds: defaultdict[str, list[str]] = defaultdict(list)
    for link in met:
        holds[link.owner].append(link.owned)
    ahead = [entity for entity in holds if reach.roles[entity] is target]
    leading = set(ahead)
    while ahead:
        more = set(holds[ahead.pop()]) - leading
        leading |= more
        ahead += more
    return {(link.owner, link.owned) for link in met if link.strict and link.owner in leading}


def _met(reach: Reach, target: Role) -> set[str]:
    """The subject and all companies that such a walk passes."""
    ahead, met = [reach.subject], {reach.subject}
    while ahead:
        for link in _walkable(reach, ahead.pop()):
            role = reach.roles[link.owner]
            passes = role is Role.THROUGH or (role is Role.OPEN and target is Role.SEED)
            if passes and link.owner not in met:
                met.add(link.owner)
                ahead.append(link.owner)
    return met


def _walkable(reach: Reach, company: str) -> Iterator[Link]:
    return (link for link in reach.owners[company].links if link.weight > ZERO or link.strict)


def bounds_of(reach: Reach, restricted: Fraction, clean: Fraction) -> Bounds:
    return Bounds(restricted, ONE - clean, is_strict(reach, Role.SEED), is_strict(reach, Role.CLEAN))
