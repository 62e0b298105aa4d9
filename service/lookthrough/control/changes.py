"""Which single reduction of a stake brings the lower bound to the permitted side (SEMANTICS section 8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .decision import is_strict
from .exact import solve
from .interval import ONE, ZERO
from .multiplicative import Component, Shares, inner_rows, is_loop
from .policy import Operator
from .reach import Role
from .stakes import Stake
from .visits import Visits, count_visits
from .weights import Link

LARGEST_LOOP = 100
"""Companies in one loop up to which every stake inside it is tried; the exact inverse grows with the cube."""


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
    visits = count_visits(shares, absorb_open=False)
    found: list[Reduction] = []
    complete = True
    for component in shares.order:
        if component in shares.closed:
            continue
        if len(component) > LARGEST_LOOP:
            complete = False
            continue
        found += _in_component(shares, component, visits)
    return sorted(found, key=lambda r: (r.start - r.to, r.stake.owner, r.stake.owned)), complete


def _in_component(shares: Shares, component: Component, visits: Visits) -> Iterator[Reduction]:
    returns = _Returns(shares, component)
    for company in component:
        for link in shares.reach.owners[company].links:
            if shares.restricted_of(link.owner) == ZERO:
                continue
            fall = _fall(shares, link, visits.of(company), returns)
            if fall is not None:
                yield from _by_stake(shares, link, fall)


def _fall(shares: Shares, link: Link, visits: Fraction, returns: _Returns) -> Fraction | None:
    """By how much the link must fall for R of the subject to be exactly at the line; None if it can't.

    With `y` the R of the owners and `g` the visits they make to the company, lowering link k by d turns
    R into R + visits * (c.y - d*y_k) / (1 - c.g + d*g_k); `c` is what contradictory data had taken off.
    """
    own = shares.reach.owners[link.owned]
    over = shares.restricted_of(shares.reach.subject) - shares.reach.test.line.threshold
    regained = [(other, other.low - other.weight) for other in own.links]
    gain = sum((c * shares.restricted_of(other.owner) for other, c in regained), ZERO)
    damped = ONE - sum((c * returns.to_company(other.owner, link.owned) for other, c in regained), ZERO)
    pull = visits * shares.restricted_of(link.owner) - over * returns.to_company(link.owner, link.owned)
    return (visits * gain + over * damped) / pull if pull > ZERO else None


def _by_stake(shares: Shares, link: Link, fall: Fraction) -> Iterator[Reduction]:
    for stake in link.stakes:
        low = stake.interval.low if stake.interval is not None else ZERO
        if fall <= low and (fall > ZERO or link.strict):
            yield Reduction(stake, low, low - fall, _still_over(shares, link))


def _still_over(shares: Shares, link: Link) -> bool:
    """Whether the subject stays restricted with its lower bound exactly at the line."""
    test = shares.reach.test
    return test.line.operator is Operator.AT_LEAST or is_strict(shares.reach, Role.SEED, ignoring=link)


class _Returns:
    """Expected visits to a company by a walk that starts at one of its owners, inside one component."""

    def __init__(self, shares: Shares, component: Component) -> None:
        self._inside = {member: i for i, member in enumerate(component)}
        self._columns: list[list[Fraction]] = []
        if is_loop(shares.reach, component):
            unit = [[ONE if i == j else ZERO for i in range(len(component))] for j in range(len(component))]
            self._columns = solve(inner_rows(shares.reach, self._inside), unit)

    def to_company(self, owner: str, company: str) -> Fraction:
        if not self._columns or owner not in self._inside:
            return ZERO
        return self._columns[self._inside[company]][self._inside[owner]]
