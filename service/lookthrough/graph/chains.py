"""Chains into an entity, found by path queries in Neo4j."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Lane

from .database import Database

LONGEST = 25
"""Links in a chain that the path queries follow."""


@dataclass(frozen=True, slots=True)
class Path:
    """Entities from the seed down to the entity asked about, and the product of the weights as a float."""

    entities: list[str]
    product: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainSearch:
    """What to look for: chains from `seeds` whose product exceeds `floor`, at two clocks.

    `weights` are floats for those versions of stakes whose weight is not their min, negative for those that
    are no link of their own; `assumed` are companies whose shares stand in for votes.
    """

    entity: str
    lane: Lane
    seeds: Sequence[str]
    assumed: Sequence[str]
    weights: Mapping[str, float]
    clocks: Clocks
    floor: float
    limit: int


def find_chains(database: Database, search: ChainSearch, seconds: float) -> list[Path]:
    """At most `limit` chains, the largest product first. Raises QueryCutOff after `seconds`."""
    parameters: dict[str, object] = {
        "entity": search.entity,
        "seeds": list(search.seeds),
        "weights": dict(search.weights),
        "as_of": search.clocks.as_of,
        "known_at": search.clocks.known_at,
        "floor": search.floor,
        "limit": search.limit,
    }
    if search.lane is Lane.VOTES:
        parameters["assumed"] = list(search.assumed)
    name = f"chains/{search.lane}"
    return database.read(lambda tx: tx.rows(Path, name, **parameters), seconds=seconds)
