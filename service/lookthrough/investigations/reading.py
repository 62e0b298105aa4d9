"""Reading the facts above one entity, at two clocks, within limits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Lane
from lookthrough.control.hearing import EVERYBODY, Hearing
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.errors import QueryCutOff
from lookthrough.graph.snapshot import Limits, Surroundings, read_surroundings, unread

from .clocks import clocks_of
from .errors import UnknownEntity


def read_above(
    database: Database,
    entity: str,
    lanes: Collection[Lane],
    as_of: date,
    known_at: datetime | None,
    limits: Limits | None = None,
    hearing: Hearing = EVERYBODY,
    *,
    with_claims: bool = False,
) -> tuple[Clocks, Surroundings]:
    """The facts; if reading them runs into a limit, nothing above the entity counts as read.

    Raises UnknownEntity, GraphUnavailable.
    """

    def facts(tx: Transaction) -> tuple[Clocks, Surroundings]:
        clocks = clocks_of(tx, as_of, known_at)
        return clocks, read_surroundings(tx, entity, lanes, clocks, limits, hearing, with_claims=with_claims)

    def entity_alone(tx: Transaction) -> tuple[Clocks, Surroundings]:
        clocks = clocks_of(tx, as_of, known_at)
        return clocks, unread(tx, entity, clocks)

    try:
        clocks, around = database.read(facts, seconds=(limits or Limits()).seconds)
    except QueryCutOff:
        clocks, around = database.read(entity_alone)
    if entity not in around.entities:
        raise UnknownEntity(entity, known_at)
    return clocks, around


def figure_lanes(lane: Lane) -> set[Lane]:
    """What must be read for a lane with figures: shares can stand in for votes."""
    return {lane, Lane.SHARES}
