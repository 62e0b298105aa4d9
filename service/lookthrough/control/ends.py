"""Who ultimately owns a company, asked without a policy: where every walk upward from it ends.

Ends absorb as seeds do, everything else is looked through. A walk ends at a person, a state, a foundation or
a float, or at a place without a name: undisclosed holders, unknown or disputed stakes, closed loops, what was
not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from .facts import Kind, Lane
from .interval import ONE, ZERO
from .linear import EXACT_UP_TO
from .multiplicative import Shares, look_through
from .policy import Arithmetic, Line, Operator, OwnershipTest, Pooling, TestKind
from .predicate import WithId
from .reach import Reach, Role, explore
from .stakes import OwnershipGraph
from .unknowns import Missing, places
from .visits import count_visits

NO_HOLDERS = "no_holders_on_record"
"""The kind of a place at an entity of which nobody is recorded to hold anything."""
_NEAR = Fraction(1, 10**40)
_SHORT = 10**15
"""Figures of large loops are off by far less than `_NEAR`; no two short fractions lie so near each other."""


@dataclass(frozen=True, slots=True)
class End:
    """A named end by its kind, or a place without a name by what is missing there (at `entity`).

    `lower` is the fraction of the subject that ends here on record. `upper` is the most that can: of a named
    end its lower and everything unknown, which may be anybody's. Of a place both are its share.
    `targets` are the entities where walks to it end, with the part of each that does.
    """

    kind: str
    entity: str
    lower: Fraction
    upper: Fraction
    targets: Mapping[str, Fraction]
    is_named: bool


@dataclass(frozen=True, slots=True)
class Ends:
    """All ends, falling by `lower`, then by id. Their lowers add up to 1; an end as the subject has none."""

    reach: Reach
    items: tuple[End, ...]

    @property
    def unknown(self) -> Fraction:
        """The part that ends at no named party, as a fraction of the subject."""
        return sum((end.lower for end in self.items if not end.is_named), ZERO)


def ultimate_ends(graph: OwnershipGraph, subject: str, lane: Lane) -> Ends:
    """Where walks from the subject end. Figures of very large loops hold to 40 digits."""
    ends = frozenset(party.id for party in graph.parties.values() if party.kind.is_end)
    shares = look_through(explore(graph, subject, seeking(ends, lane)))
    found = _named(shares) + _nameless(shares)
    if any(len(component) > EXACT_UP_TO for component in shares.order):
        found = [replace(end, lower=short(end.lower), upper=short(end.upper)) for end in found]
    return Ends(shares.reach, tuple(sorted(found, key=lambda end: (-end.lower, end.entity, end.kind))))


def seeking(parties: frozenset[str], lane: Lane) -> OwnershipTest:
    """A test whose seeds are these parties and that no line decides."""
    return OwnershipTest(
        id="ownership",
        kind=TestKind.OWNERSHIP,
        lane=lane,
        arithmetic=Arithmetic.MULTIPLICATIVE,
        line=Line(ZERO, Operator.OVER),
        pooling=Pooling.ALL,
        seeds=WithId(parties),
    )


def short(figure: Fraction) -> Fraction:
    """A short fraction instead of a figure that lies next to it."""
    near = figure.limit_denominator(_SHORT)
    return near if abs(near - figure) < _NEAR else figure


def _named(shares: Shares) -> list[End]:
    reach = shares.reach
    arrivals = count_visits(shares, absorb_open=False).arrivals
    lowers = {end: arrivals.get(end, ZERO) for end in reach.with_role(Role.SEED)}
    unknown = ONE - sum(lowers.values(), ZERO)
    return [
        End(_kind(reach, end), end, low, low + unknown, {end: ONE}, is_named=True)
        for end, low in lowers.items()
    ]


def _kind(reach: Reach, end: str) -> Kind:
    return reach.graph.party(end).kind


def _nameless(shares: Shares) -> list[End]:
    loops = {loop[0]: loop for loop in shares.closed}
    found: list[End] = []
    for place in places(shares):
        own = shares.reach.owners[place.entity]
        kind = str(place.kind)
        targets = {place.entity: own.undisclosed}
        if place.kind is Missing.CLOSED_LOOP:
            targets = dict.fromkeys(loops[place.entity], ONE)
        elif place.kind is Missing.UNDISCLOSED_HOLDERS and not own.links:
            kind = NO_HOLDERS
        found.append(End(kind, place.entity, place.mass, place.mass, targets, is_named=False))
    return found
