"""What a party reaches: every company below it, with what the party holds of it in total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import orjson
from pydantic import BaseModel, Field

from lookthrough.control.below import Total, Totals, totals_below
from lookthrough.control.clocks import Clocks
from lookthrough.control.decimals import decimal, exact
from lookthrough.control.facts import Lane
from lookthrough.graph.below import Below, read_below
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.errors import QueryCutOff
from lookthrough.graph.snapshot import Limits, Surroundings

from . import notes
from .clocks import clocks_of, print_instant
from .cursors import DEFAULT_LIMIT, check_limit, decode, encode
from .documents import ChainLink, Decimal, Document, EntityRef, Exact, WarningNote
from .errors import UnknownEntity
from .figures import link_document
from .reading import figure_lanes
from .ultimate import reference, with_figures

FEWER = Limits(entities=2_000, stakes=20_000)
"""Read where more cannot be read in time."""


@dataclass(frozen=True, slots=True)
class Reaching:
    """Whose reach, in which lane, at which clocks, and which page of it."""

    party: str
    lane: Lane
    as_of: date
    known_at: datetime | None = None
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None


class BestChain(Document):
    """From the party down to the company; `product` of the weights."""

    links: list[ChainLink]
    product: Decimal
    product_exact: Exact | None = None


class ReachedCompany(Document):
    """`chain` is the largest one; left out where no recorded share leads there."""

    entity: EntityRef
    lower: Decimal
    lower_exact: Exact | None = None
    upper: Decimal
    upper_exact: Exact | None = None
    chain: BestChain | None = None


class ReachDocument(Document):
    """Companies by falling `lower`, then `upper`, then id; `count` is that of all pages."""

    entity: EntityRef
    lane: str
    as_of: str
    known_at: str
    items: list[ReachedCompany]
    next: str | None
    count: int
    warnings: list[WarningNote]
    complete: bool

    def to_json(self) -> bytes:
        return orjson.dumps({**self.model_dump(mode="json", exclude_none=True), "next": self.next})


class _Skip(BaseModel):
    skip: int = Field(ge=0)


def reach(database: Database, asked: Reaching, limits: Limits | None = None) -> ReachDocument:
    """What the party holds of everything below it; it is the only party that is looked for.

    Raises UnknownEntity, BadQuestion (lane, limit, cursor), GraphUnavailable.
    """
    check_limit(asked.limit)
    with_figures(asked.lane)
    skip = decode(asked.cursor, _Skip).skip if asked.cursor else 0
    clocks, below = _read(database, asked, limits or Limits())
    totals = totals_below(below.around.graph, asked.party, below.entities, asked.lane)
    shown = totals.items[skip : skip + asked.limit]
    following = encode(_Skip(skip=skip + asked.limit)) if len(totals.items) > skip + asked.limit else None
    return ReachDocument(
        entity=reference(below.around, asked.party),
        lane=asked.lane,
        as_of=asked.as_of.isoformat(),
        known_at=print_instant(clocks.known_at),
        items=[_item(total, below.around) for total in shown],
        next=following,
        count=len(totals.items),
        warnings=_warnings(totals, below.around, asked.party),
        complete=below.around.complete,
    )


def _read(database: Database, asked: Reaching, limits: Limits) -> tuple[Clocks, Below]:
    def facts(tx: Transaction, most: Limits) -> tuple[Clocks, Below]:
        clocks = clocks_of(tx, asked.as_of, asked.known_at)
        return clocks, read_below(tx, asked.party, figure_lanes(asked.lane), clocks, most)

    try:
        clocks, below = database.read(lambda tx: facts(tx, limits), seconds=limits.seconds)
    except QueryCutOff:
        clocks, below = database.read(lambda tx: facts(tx, FEWER), seconds=FEWER.seconds)
    if asked.party not in below.around.entities:
        raise UnknownEntity(asked.party, asked.known_at)
    return clocks, below


def _warnings(totals: Totals, around: Surroundings, party: str) -> list[WarningNote]:
    found = notes.of_facts(totals.reach, around)
    return found if around.complete else [*found, notes.reach_cut_off(around, party)]


def _item(total: Total, around: Surroundings) -> ReachedCompany:
    return ReachedCompany(
        entity=reference(around, total.entity),
        lower=decimal(total.lower),
        lower_exact=exact(total.lower),
        upper=decimal(total.upper, up=True),
        upper_exact=exact(total.upper),
        chain=_chain(total),
    )


def _chain(total: Total) -> BestChain | None:
    if total.chain is None:
        return None
    return BestChain(
        links=[link_document(link) for link in total.chain.links],
        product=decimal(total.chain.product),
        product_exact=exact(total.chain.product),
    )
