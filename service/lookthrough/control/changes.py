"""Which single reduction of a stake brings the lower bound to the permitted side (SEMANTICS section 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .decision import Bounds, Outcome, decide, is_strict, strict_links
from .interval import ONE, ZERO, exactly
from .linear import solve
from .multiplicative import Component, Shares, inner_rows, is_closed, is_loop, look_through
from .policy import Operator
from .reach import Reach, Role, trials
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

    The second value says whether every stake was tried (`LARGEST_LOOP`, `trials`).
    """
    strict = strict_links(shares.reach, Role.SEED) if _has_open_min(shares.reach) else None
    left_out = _left_out(shares)
    found = [
        reduction
        for link, fall in _falls(shares, left_out)
        for stake in link.stakes
        if (reduction := _by_stake(shares, stake, fall, strict)) is not None
    ]
    return sorted(found, key=lambda r: (r.start - r.to, r.stake.owner, r.stake.owned)), not left_out


def _left_out(shares: Shares) -> set[str]:
    """Companies in large loops, and where each stake takes a solution of its own all beyond `trials`."""
    large = {member for component in shares.order for member in component if len(component) > LARGEST_LOOP}
    owners = shares.reach.owners
    tried, beyond = 0, set[str]()
    for company in (company for component in shares.order for company in component):
        if owners[company].total > ONE and company not in large:
            tried += len(owners[company].links)
            if tried > trials(shares.reach):
                beyond.add(company)
    return large | beyond


def _falls(shares: Shares, left_out: set[str]) -> Iterator[tuple[Link, Fraction | None]]:
    """Each link, and by how much it must fall for R of the subject to be at the line; None if it can't."""
    visits = count_visits(shares, absorb_open=False)
    walked = {member for component in shares.order for member in component}
    for component in shares.order:
        members = [company for company in component if company not in left_out]
        if members:
            yield from _in_component(shares, component, members, visits)
    if _at_the_line(shares):  # only what is strict holds it there, perhaps over stakes of weight 0
        for company in shares.reach.owners.keys() - walked:
            yield from ((link, None) for link in shares.reach.owners[company].links)


def _in_component(
    shares: Shares, component: Component, members: Sequence[str], visits: Visits
) -> Iterator[tuple[Link, Fraction | None]]:
    returns = _returns(shares.reach, component, component)
    for company in members:
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
    shares: Shares, stake: Stake, fall: Fraction | None, strict: set[tuple[str, str]] | None
) -> Reduction | None:
    low = stake.interval.low if stake.interval is not None else ZERO
    if fall is None:
        return _by_strictness(shares, stake, low) if _at_the_line(shares) else None
    to = low - fall
    if to < ZERO:
        return None
    still_over = shares.reach.test.line.operator is Operator.AT_LEAST or _stays_strict(
        shares.reach, stake, to, strict
    )
    return Reduction(stake, low, to, still_over) if to > ZERO or not still_over else None


def _stays_strict(reach: Reach, stake: Stake, to: Fraction, strict: set[tuple[str, str]] | None) -> bool:
    """Whether R is strict with the stake at `to`; None: no stake has an open min."""
    if strict is None:
        return False
    same_walks = to > ZERO and not reach.owners[stake.owned].contradictory
    if same_walks and (not strict or strict - {(stake.owner, stake.owned)}):
        return bool(strict)
    return is_strict(with_stake(reach, stake, to), Role.SEED)


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
