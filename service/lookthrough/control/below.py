"""What one party holds in total of each of many companies: one solve for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .ends import seeking, short
from .facts import Lane
from .interval import ONE, exactly
from .multiplicative import look_through_everything
from .paths import WeightedChain, best_below
from .policy import OwnershipTest
from .reach import Reach, explore
from .stakes import OwnershipGraph, Stake

ALL_OF_THEM = ""
"""A company made up to be held by all that are asked about: a walk from it meets everything above them."""


@dataclass(frozen=True, slots=True)
class Total:
    """What the party holds of `entity`, as fractions (`lower` to `upper`); its largest chain."""

    entity: str
    lower: Fraction
    upper: Fraction
    chain: WeightedChain | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Falling by `lower`, then by `upper`, then by id."""

    reach: Reach
    items: tuple[Total, ...]


def totals_below(graph: OwnershipGraph, party: str, companies: Sequence[str], lane: Lane) -> Totals:
    """R and 1 - C of every company with the party as the only seed. The party is none of them."""
    reach = reach_of_all(graph, companies, seeking(frozenset({party}), lane))
    shares = look_through_everything(reach)
    chains = best_below(reach, party) if party in reach.roles else {}

    def total(company: str) -> Total:
        lower, upper = shares.restricted_of(company), ONE - shares.clean_of(company)
        if shares.error:
            lower, upper = short(lower), short(upper)
        return Total(company, lower, upper, chains.get(company))

    found = sorted(map(total, companies), key=lambda each: (-each.lower, -each.upper, each.entity))
    return Totals(reach, tuple(found))


def reach_of_all(graph: OwnershipGraph, companies: Sequence[str], test: OwnershipTest) -> Reach:
    """What the test looks at above all of the companies, each of which is a party like any other."""
    part = exactly(Fraction(1, max(1, len(companies))))
    held = tuple(Stake(company, ALL_OF_THEM, test.lane, part) for company in companies)
    stakes = {**graph.stakes, (ALL_OF_THEM, test.lane): held}
    return explore(replace(graph, stakes=stakes), ALL_OF_THEM, test)
