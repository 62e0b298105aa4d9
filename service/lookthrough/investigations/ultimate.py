"""Who ultimately owns an entity, asked without a policy: every end with its total and its chains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from lookthrough.control.decimals import decimal, exact
from lookthrough.control.ends import End, Ends, ultimate_ends
from lookthrough.control.facts import Lane
from lookthrough.control.interval import ZERO
from lookthrough.control.paths import ChainFinder, WeightedChain
from lookthrough.graph.chains import LONGEST
from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits, Surroundings

from . import notes
from .clocks import print_instant
from .cursors import DEFAULT_LIMIT, check_limit
from .documents import ChainLink, Decimal, Document, EntityRef, Exact, WarningNote
from .errors import BadQuestion
from .figures import link_document
from .reading import figure_lanes, read_above

CHAINS = 5
"""Chains listed of each end."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Whose totals, in which lane, at which clocks; `known_at` None: the last change of the facts."""

    entity: str
    lane: Lane
    as_of: date
    known_at: datetime | None = None
    limit: int = DEFAULT_LIMIT


class EndChain(Document):
    """From the end down to the entity; of an end without a name `product` counts the part that ends there."""

    links: list[ChainLink]
    product: Decimal
    product_exact: Exact | None = None


class UltimateOwner(Document):
    """`kind` is that of a party, or what is missing at `entity`; `rest` is `lower` without the chains."""

    kind: str
    named: bool
    entity: EntityRef
    lower: Decimal
    lower_exact: Exact | None = None
    upper: Decimal
    upper_exact: Exact | None = None
    chains: list[EndChain]
    rest: Decimal
    rest_exact: Exact | None = None


class UltimateOwnersDocument(Document):
    """All ends add up to 1: `total` is that of those shown, `rest` of the others, `unknown` of the nameless.

    `count` counts those not shown too.
    """

    entity: EntityRef
    lane: str
    as_of: str
    known_at: str
    items: list[UltimateOwner]
    count: int
    total: Decimal
    total_exact: Exact | None = None
    rest: Decimal
    rest_exact: Exact | None = None
    unknown: Decimal
    unknown_exact: Exact | None = None
    warnings: list[WarningNote]
    complete: bool


def ultimate_owners(
    database: Database, asked: Holding, limits: Limits | None = None
) -> UltimateOwnersDocument:
    """The ends above the entity, falling by lower total.

    Raises UnknownEntity, BadQuestion (lane, limit), GraphUnavailable.
    """
    check_limit(asked.limit)
    lanes = figure_lanes(with_figures(asked.lane))
    clocks, around = read_above(database, asked.entity, lanes, asked.as_of, asked.known_at, limits)
    ends = ultimate_ends(around.graph, asked.entity, asked.lane)
    shown, others = ends.items[: asked.limit], ends.items[asked.limit :]
    items, cut_off = _items(shown, ends, around)
    total, rest = _sum(shown), _sum(others)
    warnings = notes.of_reach(ends.reach, around)
    return UltimateOwnersDocument(
        entity=reference(around, asked.entity),
        lane=asked.lane,
        as_of=asked.as_of.isoformat(),
        known_at=print_instant(clocks.known_at),
        items=items,
        count=len(ends.items),
        total=decimal(total),
        total_exact=exact(total),
        rest=decimal(rest),
        rest_exact=exact(rest),
        unknown=decimal(ends.unknown),
        unknown_exact=exact(ends.unknown),
        warnings=[*warnings, notes.chains_cut_off(asked.entity)] if cut_off else warnings,
        complete=around.complete,
    )


def with_figures(lane: Lane) -> Lane:
    """Raises BadQuestion for a lane in which there are no shares to multiply."""
    if not lane.has_figure:
        raise BadQuestion(f"lane: {lane.value!r} has no figures to multiply; ask for shares or votes")
    return lane


def reference(around: Surroundings, entity: str) -> EntityRef:
    told = around.entities[entity].description
    return EntityRef(id=entity, name=told.name, kind=told.kind)


def _sum(ends: Sequence[End]) -> Fraction:
    return sum((end.lower for end in ends), ZERO)


def _items(shown: Sequence[End], ends: Ends, around: Surroundings) -> tuple[list[UltimateOwner], bool]:
    """The documents, and whether a limit stopped the search for chains of any of them."""
    finder = ChainFinder(ends.reach, longest=LONGEST)
    found = [finder.best(end.targets, CHAINS, _least(end)) for end in shown]
    items = [_item(end, some.chains, around) for end, some in zip(shown, found, strict=True)]
    return items, any(some.cut_off for some in found)


def _least(end: End) -> Fraction:
    """Smaller chains than a millionth of the end are not worth the search."""
    return end.lower / 1_000_000


def _item(end: End, chains: Sequence[WeightedChain], around: Surroundings) -> UltimateOwner:
    rest = end.lower - sum((chain.product for chain in chains), ZERO)
    return UltimateOwner(
        kind=end.kind,
        named=end.is_named,
        entity=reference(around, end.entity),
        lower=decimal(end.lower),
        lower_exact=exact(end.lower),
        upper=decimal(end.upper, up=True),
        upper_exact=exact(end.upper),
        chains=[_chain(chain) for chain in chains],
        rest=decimal(rest),
        rest_exact=exact(rest),
    )


def _chain(chain: WeightedChain) -> EndChain:
    return EndChain(
        links=[link_document(link) for link in chain.links],
        product=decimal(chain.product),
        product_exact=exact(chain.product),
    )
