"""What is missing where totals are not sums of parts: cascade, control, full links, ultimate parent.

Each place is settled by itself, both ways, and the test is computed again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from .cascade import Cascade
from .decision import Outcome
from .facts import Kind
from .interval import ONE, ZERO
from .multiplicative import Component, closed_loops
from .parent import Doubt
from .reach import NOBODY, Reach, Role, trials
from .results import CascadeResult, FullLinksResult, HoldingResult, ParentResult, examine_reach
from .unknowns import SOMEBODY, Missing, Place, location_kind, settle, stake_kind
from .weights import Link, Owners

_ABOVE = "\0"
_OF_STAKES = (Missing.UNDISCLOSED_HOLDERS, Missing.UNKNOWN_STAKE, Missing.DISPUTED_STAKE, Missing.UNEXPLORED)


@dataclass(frozen=True, slots=True)
class Settled:
    """A place, its part of the unknown (a fraction; None without figures), and the outcomes both ways."""

    kind: Missing
    entity: str
    share: Fraction | None
    outcomes: tuple[Outcome, ...]


def settled_places(result: CascadeResult | FullLinksResult | ParentResult) -> list[Settled]:
    """Places whose settling matters, the largest part of the unknown first; the parts add up to 1.

    A part is in proportion to what the upper bound loses if nothing at the place is restricted. Of more than
    `trials` places those first met on the way up are settled.
    """
    if isinstance(result, ParentResult):
        return [_doubt(result, doubt, entity) for doubt, entity in result.climb.doubts]
    candidates = list(islice(_candidates(result), trials(result.reach)))
    tried = [_tried(result, kind, entity) for kind, entity in candidates]
    losses = [result.bounds.upper - upper for _, upper in tried]
    whole = sum(losses, ZERO)
    found = [
        replace(place, share=loss / whole if whole else Fraction(1, len(tried)))
        for (place, _), loss in zip(tried, losses, strict=True)
        if loss or not whole
    ]
    return sorted(found, key=lambda place: (-(place.share or ZERO), place.entity))


def all_settled(result: CascadeResult | FullLinksResult | ParentResult) -> bool:
    """Whether `settled_places` tries every place there is."""
    if isinstance(result, ParentResult):
        return True
    return next(islice(_candidates(result), trials(result.reach), None), None) is None


def _candidates(result: CascadeResult | FullLinksResult) -> Iterator[tuple[Missing, str]]:
    reach = result.reach
    for entity, role in reach.roles.items():
        if role is Role.OPEN:
            yield _party_kind(reach, entity), entity
        elif reach.owners[entity].undisclosed > ZERO:
            yield stake_kind(reach, entity), entity
    if isinstance(result, CascadeResult):
        yield from ((_party_kind(reach, entity), entity) for entity in result.cascade.unsure_partners())
    for loop in _loops(result):
        yield Missing.CLOSED_LOOP, loop[0]


def _party_kind(reach: Reach, entity: str) -> Missing:
    party = reach.graph.party(entity)
    is_float = party.kind is Kind.PUBLIC_FLOAT
    return Missing.UNDISCLOSED_HOLDERS if is_float else location_kind(party, reach.test.seeds)


def _loops(result: HoldingResult) -> list[Component]:
    if isinstance(result, CascadeResult):
        return result.cascade.closed_loops()
    return closed_loops(result.reach)


def _tried(result: CascadeResult | FullLinksResult, kind: Missing, entity: str) -> tuple[Settled, Fraction]:
    """The outcomes at a place, and the upper bound with nothing of it restricted."""
    worst, best = _both_ways(result, kind, entity)
    outcomes = [worst, best.outcome]
    if isinstance(result, FullLinksResult) and kind in _OF_STAKES:
        outcomes += (examine_reach(given).outcome for given in _given_away(result.reach, entity))
    return Settled(kind, entity, None, tuple(outcomes)), _upper(best)


def _both_ways(result: HoldingResult, kind: Missing, entity: str) -> tuple[Outcome, HoldingResult]:
    """The outcome with everything at the place restricted, and the answer with nothing of it."""
    if kind is Missing.CLOSED_LOOP:
        (loop,) = (loop for loop in _loops(result) if entity in loop)
        worst, best = (_given_to_one(result.reach, loop, role) for role in (Role.SEED, Role.CLEAN))
    else:
        place = Place(kind, entity, ZERO, ZERO, ZERO)
        reach = _reaching(result.reach, entity)
        worst, best = (settle(reach, place, restricted=restricted) for restricted in (True, False))
    caught = isinstance(result, CascadeResult) and _taken_by_a_seed(worst)
    if result.test.full_links is not None and not result.test.full_links.first_link:
        worst = _through_a_company(worst)
    return Outcome.RESTRICTED if caught else examine_reach(worst).outcome, examine_reach(best)


def _reaching(reach: Reach, entity: str) -> Reach:
    """The facts with the entity among them: it may hold nothing here and act together with one that does."""
    if entity in reach.roles:
        return reach
    roles, owners = {**reach.roles, entity: Role.OPEN}, {**reach.owners, entity: NOBODY}
    return replace(reach, roles=roles, owners=owners)


def _through_a_company(reach: Reach) -> Reach:
    """A seed's own link may count less than one of a company that is all the seed's."""
    if SOMEBODY not in reach.roles:
        return reach
    roles = {**reach.roles, SOMEBODY: Role.THROUGH, _ABOVE: Role.SEED}
    whole = Owners((_whole(_ABOVE, SOMEBODY),), ONE, ZERO, contradictory=False)
    return replace(reach, roles=roles, owners={**reach.owners, SOMEBODY: whole, _ABOVE: NOBODY})


def _whole(owner: str, company: str) -> Link:
    return Link(owner, company, ONE, ONE, ONE, strict=False, stakes=())


def _taken_by_a_seed(reach: Reach) -> bool:
    """Whether the test is restricted if it is one of the seeds on record that takes what is missing."""
    if SOMEBODY not in reach.roles:
        return False
    cascade = Cascade(reach)
    return any(cascade.catches({*start, SOMEBODY}) for start in cascade.starts())


def _given_to_one(reach: Reach, loop: Collection[str], role: Role) -> Reach:
    """A loop without outsiders, settled: one party holds every member but the subject."""
    owners = dict(reach.owners)
    for member in loop:
        if member != reach.subject:
            owners[member] = Owners((_whole(SOMEBODY, member),), ONE, ZERO, contradictory=False)
    return replace(reach, roles={**reach.roles, SOMEBODY: role}, owners={**owners, SOMEBODY: NOBODY})


def _upper(result: HoldingResult) -> Fraction:
    return ONE if isinstance(result, ParentResult) else result.bounds.upper


def _doubt(result: ParentResult, doubt: Doubt, entity: str) -> Settled:
    if doubt is Doubt.RING:
        return Settled(Missing.CLOSED_LOOP, entity, None, ())
    if doubt is Doubt.PREDICATE:
        kind = _party_kind(result.reach, entity)
        settled: tuple[Outcome, ...] = (Outcome.RESTRICTED, Outcome.NOT_RESTRICTED)
        if entity != result.reach.subject:
            worst, best = _both_ways(result, kind, entity)
            settled = (worst, best.outcome)
        return Settled(kind, entity, None, settled)
    ways = [
        *(_given_to_somebody(result.reach, entity, role) for role in (Role.SEED, Role.CLEAN)),
        *_given_away(result.reach, entity),
    ]
    outcomes = tuple(examine_reach(reach).outcome for reach in ways)
    return Settled(stake_kind(result.reach, entity), entity, None, outcomes)


def _given_to_somebody(reach: Reach, company: str, role: Role) -> Reach:
    own = reach.owners[company]
    taker = replace(_whole(SOMEBODY, company), weight=own.undisclosed)
    roles, owners = {**reach.roles, SOMEBODY: role}, {**reach.owners, SOMEBODY: NOBODY}
    return _held_by(replace(reach, roles=roles, owners=owners), company, (*own.links, taker))


def _given_away(reach: Reach, company: str) -> Iterator[Reach]:
    """What is undisclosed belongs to one of the holders on record."""
    own = reach.owners[company]
    for holder in own.links:
        if holder.high > ZERO:
            more = replace(holder, weight=holder.weight + own.undisclosed)
            yield _held_by(reach, company, [more if link is holder else link for link in own.links])


def _held_by(reach: Reach, company: str, links: Iterable[Link]) -> Reach:
    held = tuple(replace(link, strict=False) for link in links)
    full = replace(reach.owners[company], links=held, undisclosed=ZERO)
    return replace(reach, owners={**reach.owners, company: full})
