"""Which single reduction of a stake brings the lower bound to the permitted side (SEMANTICS section 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .decision import Bounds, Outcome, decide, is_strict
from .interval import ONE, ZERO, exactly
from .linear import solve
from .multiplicative import Component, Shares, inner_rows, is_closed, is_loop, look_through
from .policy import Operator
from .reach import Reach, Role
from .stakes import Stake
from .visits import Visits, count_visits
from .weights import Link, Owners, weigh

LARGEST_LOOP = 100
"""Companies in one loop up to which every stake inside it is tried; the exact inverse grows with the cube."""

Returns = Mapping[tuple[str, str], Fraction]
"""Expected visits to a company by a walk that starts at one of its owners, inside one component."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """The stake must fall from `start` to `to` (fractions), or below it where `to_open`."""

    stake: Stake
    start: Fraction
    to: Fraction
    to_open: bool


def reductions(shares: Shares) -> tuple[list[Reduction], bool]:
    """Single stakes whose reduction alone flips a restricted test, smallest reduction first.

    The second value says whether every stake was tried (`LARGEST_LOOP`).
    """
    can_be_strict = _has_open_min(shares.reach)
    large = {member for component in shares.order if len(component) > LARGEST_LOOP for member in component}
    found = [
        reduction
        for link, fall in _falls(shares, large)
        for stake in link.stakes
        if (reduction := _by_stake(shares, stake, fall, can_be_strict=can_be_strict)) is not None
    ]
    return sorted(found, key=lambda r: (r.start - r.to, r.stake.owner, r.stake.owned)), not large


def _falls(shares: Shares, large: set[str]) -> Iterator[tuple[Link, Fraction | None]]:
    """Each link, and by how much it must fall for R of the subject to be at the line; None if it can't."""
    visits = count_visits(shares, absorb_open=False)
    walked = {member for component in shares.order for member in component}
    for component in shares.order:
        if component[0] not in large:
            yield from _in_component(shares, component, visits)
    if _at_the_line(shares):  # only what is strict holds it there, perhaps over stakes of weight 0
        for company in shares.reach.owners.keys() - walked:
            yield from ((link, None) for link in shares.reach.owners[company].links)


def _in_component(
    shares: Shares, component: Component, visits: Visits
) -> Iterator[tuple[Link, Fraction | None]]:
    returns = _returns(shares.reach, component, component)
    for company in component:
        own = shares.reach.owners[company]
        for link in own.links:
            if own.total > ONE:
                yield link, _fall_after_excess(shares.reach, link, own)
            else:
                yield link, _fall(shares, link, visits.of(company), returns)


def _fall(shares: Shares, link: Link, visits: Fraction, returns: Returns) -> Fraction | None:
    """With `y` R of the owner and `g` its returns to the company, lowering the link by d takes
    visits * d * y / (1 + d * g) off R of the subject.
    """
    over = _over(shares)
    pull = visits * shares.restricted_of(link.owner) - over * returns.get((link.owner, link.owned), ZERO)
    return over / pull if pull > ZERO else None


def _fall_after_excess(reach: Reach, link: Link, own: Owners) -> Fraction | None:
    """Where the stakes exceed the whole, R does not fall before the link has given up the whole excess:
    until then the other holders win what it loses.
    """
    excess = own.total - ONE
    if link.low < excess:
        return None
    lows = [(other, other.low - excess if other is link else other.low) for other in own.links]
    links = tuple(replace(other, weight=low, strict=False) for other, low in lows)
    resolved = look_through(_with_owners(reach, link.owned, Owners(links, ONE, ZERO, contradictory=False)))
    component = next(c for c in resolved.order if link.owned in c)
    visits = count_visits(resolved, absorb_open=False).of(link.owned)
    fall = _fall(resolved, link, visits, _returns(resolved.reach, component, [link.owned]))
    return excess + fall if fall is not None else None


def _returns(reach: Reach, component: Component, companies: Sequence[str]) -> Returns:
    if not is_loop(reach, component) or is_closed(reach, component):
        return {}
    inside = {member: i for i, member in enumerate(component)}
    unit = [[ONE if member == company else ZERO for member in component] for company in companies]
    columns = solve(inner_rows(reach, inside), unit).columns
    return {
        (owner, company): column[inside[owner]]
        for company, column in zip(companies, columns, strict=True)
        for owner in component
    }


def _by_stake(
    shares: Shares, stake: Stake, fall: Fraction | None, *, can_be_strict: bool
) -> Reduction | None:
    low = stake.interval.low if stake.interval is not None else ZERO
    if fall is None:
        return _by_strictness(shares, stake, low) if _at_the_line(shares) else None
    to = low - fall
    if to < ZERO:
        return None
    still_over = shares.reach.test.line.operator is Operator.AT_LEAST or (
        can_be_strict and is_strict(with_stake(shares.reach, stake, to), Role.SEED)
    )
    return Reduction(stake, low, to, still_over) if to > ZERO or not still_over else None


def _by_strictness(shares: Shares, stake: Stake, low: Fraction) -> Reduction | None:
    """R is at the line whatever the stake is; that the true share is more may depend on it."""
    reach = with_stake(shares.reach, stake, ZERO)
    restricted = look_through(reach).restricted_of(reach.subject)
    outcome = decide(Bounds(restricted, ONE, is_strict(reach, Role.SEED)), reach.test.line)
    return None if outcome is Outcome.RESTRICTED else Reduction(stake, low, ZERO, to_open=False)


def _has_open_min(reach: Reach) -> bool:
    stakes = (stake for own in reach.owners.values() for link in own.links for stake in link.stakes)
    return any(stake.interval is not None and stake.interval.low_open for stake in stakes)


def _over(shares: Shares) -> Fraction:
    return shares.restricted_of(shares.reach.subject) - shares.reach.test.line.threshold


def _at_the_line(shares: Shares) -> bool:
    """Whether the subject is over the line only because the true share is more than its lower bound."""
    return shares.reach.test.line.operator is Operator.OVER and _over(shares) == ZERO


def with_stake(reach: Reach, stake: Stake, figure: Fraction) -> Reach:
    """The facts with the stake at exactly this figure."""
    held = [other for link in reach.owners[stake.owned].links for other in link.stakes]
    edited = [replace(other, interval=exactly(figure)) if other is stake else other for other in held]
    return _with_owners(reach, stake.owned, weigh(edited))


def _with_owners(reach: Reach, company: str, owners: Owners) -> Reach:
    return replace(reach, owners={**reach.owners, company: owners})
