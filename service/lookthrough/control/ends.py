"""Who ultimately owns a company, asked without a policy: where every walk upward from it ends.

Ends absorb as seeds do, everything else is looked through. A walk ends at a person, a state, a foundation or
a float, or at a place without a name: undisclosed holders, unknown or disputed stakes, closed loops, what was
not read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from .facts import Kind, Lane
from .interval import ONE, ZERO
from .linear import EXACT_UP_TO
from .multiplicative import Shares
from .policy import Arithmetic, Line, Operator, OwnershipTest, Pooling, TestKind
from .predicate import WithId
from .reach import Role
from .stakes import OwnershipGraph
from .unknowns import Missing, places
from .visits import count_visits

_NEAR = Fraction(1, 10**40)
_SHORT = 10**15
"""Figures of large loops are off by far less than `_NEAR`; no two short fractions lie so near each other."""


@dataclass(frozen=True, slots=True)
class End:
    """An end by its kind, or a place without a name by what is missing there (at `entity`).

    `lower` is the fraction of the subject that ends here on record. `upper` is the most that can: of an end its
    lower and everything unknown, which may be anybody's. Of a place both are its share.
    """

    kind: Kind | Missing
    entity: str
    lower: Fraction
    upper: Fraction

    @property
    def is_named(self) -> bool:
        return isinstance(self.kind, Kind)


@dataclass(frozen=True, slots=True)
class Ends:
    """All ends, falling by `lower`, then by id. Their lowers add up to 1; an end as the subject has none.

    `exact` is False where a loop was too large to be solved in fractions; figures then hold to 40 digits.
    """

    items: tuple[End, ...]
    exact: bool

    @property
    def total(self) -> Fraction:
        total = sum((end.lower for end in self.items), ZERO)
        return total if self.exact else _short(total)


def ends_test(graph: OwnershipGraph, lane: Lane) -> OwnershipTest:
    """The test whose seeds are all ends in the graph: its lower bound is what named ends hold together."""
    ends = frozenset(party.id for party in graph.parties.values() if party.kind.is_end)
    return OwnershipTest(
        id="ultimate-owners",
        kind=TestKind.OWNERSHIP,
        lane=lane,
        arithmetic=Arithmetic.MULTIPLICATIVE,
        line=Line(ZERO, Operator.OVER),
        pooling=Pooling.ALL,
        seeds=WithId(ends),
    )


def ultimate_ends(shares: Shares) -> Ends:
    """Where walks from the subject end, from shares computed on a reach of `ends_test`."""
    reach = shares.reach
    exact = all(len(component) <= EXACT_UP_TO for component in shares.order)
    arrivals = count_visits(shares, absorb_open=False).arrivals
    lowers = {end: arrivals.get(end, ZERO) for end in reach.with_role(Role.SEED)}
    unknown = ONE - sum(lowers.values(), ZERO)
    named = [End(reach.graph.party(end).kind, end, low, low + unknown) for end, low in lowers.items()]
    nameless = [End(place.kind, place.entity, place.mass, place.mass) for place in places(shares)]
    found = named + nameless if exact else [_shortened(end) for end in named + nameless]
    return Ends(tuple(sorted(found, key=lambda end: (-end.lower, end.entity, end.kind))), exact)


def _shortened(end: End) -> End:
    return replace(end, lower=_short(end.lower), upper=_short(end.upper))


def _short(figure: Fraction) -> Fraction:
    """A short fraction instead of a figure that lies next to it."""
    short = figure.limit_denominator(_SHORT)
    return short if abs(short - figure) < _NEAR else figure
