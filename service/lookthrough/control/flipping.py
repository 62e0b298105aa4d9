"""Which single reduction of a stake ends a restriction by cascade, control, full links or parent.

A company passes on what it holds only while the sum in it meets a line. So a stake must fall to where the
company no longer does; whether that ends the restriction is computed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .changes import Reduction, with_stake
from .decision import Outcome
from .interval import ZERO
from .policy import Line, Operator
from .results import CascadeResult, FullLinksResult, HoldingResult, ParentResult, examine_reach
from .stakes import Stake
from .weights import Link

MOST_TRIED = 300
JUST_BELOW = 1 - Fraction(1, 10**30)
"""A figure below the line, nearer to it than any that is filed."""


def flips(result: CascadeResult | FullLinksResult | ParentResult) -> tuple[list[Reduction], bool]:
    """Single stakes whose reduction alone ends the restriction, smallest reduction first.

    The second value says whether every stake was tried (`MOST_TRIED`).
    """
    candidates = sorted(_candidates(result), key=lambda c: (c[1], c[0].owner, c[0].owned))
    found = [
        reduction
        for stake, fall, to_open in candidates[:MOST_TRIED]
        if (reduction := _tried(result, stake, fall, to_open=to_open)) is not None
    ]
    return found, len(candidates) <= MOST_TRIED


def _candidates(result: HoldingResult) -> Iterator[tuple[Stake, Fraction, bool]]:
    """Stakes with the fall that takes their company out, and whether the figure itself is still over."""
    for link, total, line in _sums(result):
        fall = total - line.threshold
        for stake in link.stakes:
            low = stake.interval.low if stake.interval is not None else ZERO
            if ZERO <= fall <= low:
                yield stake, fall, line.operator is Operator.AT_LEAST


def _sums(result: HoldingResult) -> Iterator[tuple[Link, Fraction, Line]]:
    """Links that carry the restriction, with the sum they are part of and the line it meets."""
    if isinstance(result, CascadeResult):
        yield from _cascade_sums(result)
    elif isinstance(result, ParentResult):
        yield from ((link, link.weight, result.test.line) for link in result.climb.path)
    elif isinstance(result, FullLinksResult) and result.test.full_links is not None:
        line = result.test.full_links.line
        for own in result.reach.owners.values():
            yield from ((link, link.weight, line) for link in own.links if line.met_by(link.weight))


def _cascade_sums(result: CascadeResult) -> Iterator[tuple[Link, Fraction, Line]]:
    subject = result.reach.subject
    joins = {join.entity: join for join in result.joins()}
    for entity in joins:
        without = result.cascade.grown_without(entity)
        line = result.test.line if entity == subject else result.cascade.carrier
        join = result.cascade.why(entity, without)
        yield from ((link, join.sum, line) for link in join.links)


def _tried(result: HoldingResult, stake: Stake, fall: Fraction, *, to_open: bool) -> Reduction | None:
    low = stake.interval.low if stake.interval is not None else ZERO
    to = low - fall
    below = to * JUST_BELOW if to_open else to
    changed = examine_reach(with_stake(result.reach, stake, below))
    if changed.outcome is Outcome.RESTRICTED or (to_open and to == ZERO):
        return None
    return Reduction(stake, low, to, to_open)
