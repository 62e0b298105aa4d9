"""How often a walk upward from the subject passes each company (expected visits).

One solve gives what a change anywhere does to the subject's totals: the change times the visits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .interval import ONE, ZERO
from .linear import solve
from .multiplicative import Component, Shares, inner_rows
from .reach import Reach, Role


@dataclass(frozen=True, slots=True)
class Visits:
    """`arrivals` from outside the component; `visits` are all passages, rounds of loops included."""

    arrivals: dict[str, Fraction]
    visits: dict[str, Fraction]

    def of(self, entity: str) -> Fraction:
        return self.visits.get(entity, ZERO)

    def into(self, component: Component) -> Fraction:
        return sum((self.arrivals.get(member, ZERO) for member in component), ZERO)


def count_visits(shares: Shares, *, absorb_open: bool) -> Visits:
    """Visits of the walk from the subject; `absorb_open` ends it at entities whose predicate is unknown."""
    reach = shares.reach
    arrivals: defaultdict[str, Fraction] = defaultdict(Fraction)
    visits: dict[str, Fraction] = {}
    arrivals[reach.subject] = ONE
    for component in reversed(shares.order):
        members = _passing(shares, component, absorb_open=absorb_open)
        if not members:
            continue
        visits.update(zip(members, _passages(reach, members, arrivals), strict=True))
        for member in members:
            _send_up(reach, member, visits[member], arrivals, set(members))
    return Visits(dict(arrivals), visits)


def _passing(shares: Shares, component: Component, *, absorb_open: bool) -> list[str]:
    passing = [m for m in component if not (absorb_open and shares.reach.roles[m] is Role.OPEN)]
    return [] if component in shares.closed and len(passing) == len(component) else passing


def _passages(reach: Reach, members: Sequence[str], arrivals: dict[str, Fraction]) -> list[Fraction]:
    inside = {member: i for i, member in enumerate(members)}
    column = [arrivals.get(member, ZERO) for member in members]
    rows = inner_rows(reach, inside)
    if not any(rows):
        return column
    transposed: list[dict[int, Fraction]] = [{} for _ in members]
    for i, row in enumerate(rows):
        for j, share in row.items():
            transposed[j][i] = share
    return solve(transposed, [column]).columns[0]


def _send_up(
    reach: Reach, company: str, passages: Fraction, arrivals: dict[str, Fraction], inside: set[str]
) -> None:
    for link in reach.weighty(company):
        if link.owner not in inside:
            arrivals[link.owner] += passages * link.weight
