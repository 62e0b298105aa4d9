"""What is missing where totals are not sums of parts: cascade, control, full links, ultimate parent.

Each place is settled by itself, both ways, and the test is computed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from .decision import Outcome
from .interval import ONE, ZERO
from .multiplicative import closed_loops
from .parent import Doubt
from .reach import Reach, Role
from .results import CascadeResult, FullLinksResult, HoldingResult, ParentResult, examine_reach
from .unknowns import Missing, Place, location_kind, settle, stake_kind

MOST_PLACES = 300
"""Places that are settled one by one; of more, those nearest to the subject."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A place, its part of the unknown (a fraction; None without figures), and the outcomes both ways."""

    kind: Missing
    entity: str
    share: Fraction | None
    outcomes: tuple[Outcome, ...]


def settled_places(result: CascadeResult | FullLinksResult | ParentResult) -> list[Settled]:
    """Places whose settling matters, the largest part of the unknown first; the parts add up to 1.

    A part is in proportion to what the upper bound loses if nothing at the place is restricted.
    """
    if isinstance(result, ParentResult):
        return [_doubt(result, doubt, entity) for doubt, entity in result.climb.doubts]
    candidates = list(_candidates(result.reach))[:MOST_PLACES]
    tried = [(kind, entity, *_both_ways(result, kind, entity)) for kind, entity in candidates]
    losses = [result.bounds.upper - _upper(best) for _, _, _, best in tried]
    whole = sum(losses, ZERO)
    found = [
        Settled(
            kind, entity, loss / whole if whole else Fraction(1, len(tried)), (worst.outcome, best.outcome)
        )
        for (kind, entity, worst, best), loss in zip(tried, losses, strict=True)
        if loss or not whole
    ]
    return sorted(found, key=lambda place: (-(place.share or ZERO), place.entity))


def _candidates(reach: Reach) -> Iterator[tuple[Missing, str]]:
    for entity, role in reach.roles.items():
        if role is Role.OPEN:
            yield location_kind(reach.graph.party(entity), reach.test.seeds), entity
        elif reach.owners[entity].undisclosed > ZERO:
            yield stake_kind(reach, entity), entity
    for loop in closed_loops(reach):
        yield Missing.CLOSED_LOOP, loop[0]


def _both_ways(result: HoldingResult, kind: Missing, entity: str) -> tuple[HoldingResult, HoldingResult]:
    place = Place(kind, entity, ZERO, ZERO, ZERO)
    worst = examine_reach(settle(result.reach, place, restricted=True))
    return worst, examine_reach(settle(result.reach, place, restricted=False))


def _upper(result: HoldingResult) -> Fraction:
    return ONE if isinstance(result, ParentResult) else result.bounds.upper


def _doubt(result: ParentResult, doubt: Doubt, entity: str) -> Settled:
    if doubt is Doubt.RING:
        return Settled(Missing.CLOSED_LOOP, entity, None, ())
    if doubt is Doubt.PREDICATE:
        kind = location_kind(result.reach.graph.party(entity), result.test.seeds)
        settled: tuple[Outcome, ...] = (Outcome.RESTRICTED, Outcome.NOT_RESTRICTED)
        if entity != result.reach.subject:
            settled = tuple(found.outcome for found in _both_ways(result, kind, entity))
        return Settled(kind, entity, None, settled)
    ways = [*_both_ways(result, stake_kind(result.reach, entity), entity), *_given_away(result.reach, entity)]
    return Settled(stake_kind(result.reach, entity), entity, None, tuple(way.outcome for way in ways))


def _given_away(reach: Reach, company: str) -> Iterator[HoldingResult]:
    """What is not assigned belongs to one of the holders on record."""
    own = reach.owners[company]
    for holder in own.links:
        more = replace(holder, weight=holder.weight + own.undisclosed)
        links = tuple(more if link is holder else link for link in own.links)
        owners = {**reach.owners, company: replace(own, links=links, undisclosed=ZERO)}
        yield examine_reach(replace(reach, owners=owners))
