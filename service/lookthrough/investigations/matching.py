"""Suggestions of entities that may be one under several ids, with what speaks for them and against them.

Nothing is merged here: a pair counts as one once a person confirms it, and that is a claim like any other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from pydantic import BaseModel

from lookthrough.control.clocks import Clocks
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.facts import ToldClaim
from lookthrough.graph.parties import EntityFacts, Told, facts_of, read_doubles, read_entities
from lookthrough.naming.registers import written

from .clocks import clocks_of, print_instant
from .cursors import check_limit, decode, encode
from .errors import UnknownEntity
from .match_documents import (
    ConfirmedMatch,
    EntityMatches,
    MatchDocument,
    MatchPage,
    RejectedMatch,
)
from .match_pairs import NO_NAMES_OF_THEIR_OWN, compared, names_of, ref_of
from .search import everything, hits

MOST_NAMES, MOST_BY_NAME, MOST_BY_NUMBER, MOST_SUGGESTED = 8, 50, 100, 50
MOST_LOOKED_AT, MOST_SECONDS = 2_000, 5.0


class _After(BaseModel):
    id: str


@dataclass(frozen=True, slots=True)
class _Hit:
    id: str


@dataclass(frozen=True, slots=True)
class _Rejected:
    other: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Ids to compare an entity with; not `complete` where the graph holds more of them."""

    ids: frozenset[str]
    complete: bool

    def __or__(self, other: _Candidates) -> _Candidates:
        return _Candidates(self.ids | other.ids, self.complete and other.complete)


@dataclass(frozen=True, slots=True)
class _Suggested:
    """What may be one entity with `entity`, the likeliest first."""

    entity: EntityFacts
    pairs: tuple[MatchDocument, ...]
    told: Told
    rejected: tuple[_Rejected, ...]
    complete: bool


def matches_of(
    database: Database, entity: str, as_of: date, known_at: datetime | None = None
) -> EntityMatches:
    """Suggestions for one entity, and what was said of it. Raises UnknownEntity, GraphUnavailable."""

    def read(tx: Transaction) -> _Suggested | None:
        return _suggested(tx, entity, clocks_of(tx, as_of, known_at), known_at)

    found = database.read(read)
    if found is None:
        raise UnknownEntity(entity, known_at)
    return EntityMatches(
        entity=ref_of(found.entity),
        items=list(found.pairs),
        confirmed=[_confirmed(claim) for claim in sorted(found.told.same_as, key=lambda c: c.target)],
        rejected=[_rejected(one) for one in found.rejected],
        complete=found.complete,
    )


def matches(
    database: Database, as_of: date, known_at: datetime | None, limit: int, cursor: str | None = None
) -> MatchPage:
    """Suggestions among all entities, each pair once, in order of ids.

    A page ends behind the entity that fills it, after 2,000 entities or after 5 seconds.
    Raises BadQuestion (limit, cursor), GraphUnavailable.
    """
    check_limit(limit)
    after = decode(cursor, _After).id if cursor else ""
    clocks = database.read(lambda tx: clocks_of(tx, as_of, known_at))

    @lru_cache(maxsize=1_000)
    def suggested(entity: str) -> _Suggested | None:
        return database.read(lambda tx: _suggested(tx, entity, clocks, known_at))

    items: list[MatchDocument] = []
    looked_at, complete, until = 0, True, time.monotonic() + MOST_SECONDS
    for entity in everything(database, clocks, after):
        if len(items) >= limit or looked_at >= MOST_LOOKED_AT or (looked_at and time.monotonic() > until):
            return MatchPage(
                items=items, next=encode(_After(id=after)), looked_at=looked_at, complete=complete
            )
        found = suggested(entity)
        items += _here(found, suggested) if found else ()
        complete &= found is None or found.complete
        looked_at, after = looked_at + 1, entity
    return MatchPage(items=items, next=None, looked_at=looked_at, complete=complete)


def _here(found: _Suggested, suggested: Callable[[str], _Suggested | None]) -> Iterator[MatchDocument]:
    """The pairs to show with this entity: not those that were shown with the other, whose id is smaller."""
    for pair in found.pairs:
        before = suggested(pair.other.id) if pair.other.id < pair.entity.id else None
        if before is None or all(back.other.id != pair.entity.id for back in before.pairs):
            yield pair


def _suggested(tx: Transaction, entity: str, clocks: Clocks, known_at: datetime | None) -> _Suggested | None:
    doubles = read_doubles(tx, [entity], clocks)
    if entity not in doubles:
        return None
    itself = facts_of(entity, [doubles[entity]], clocks.as_of)
    rejected = tuple(tx.rows(_Rejected, "match/rejected", entity=entity))
    candidates = _by_number(tx, itself) | _by_name(tx, itself, known_at)
    settled = {*doubles, *(one.other for one in rejected)}
    others = read_entities(tx, sorted(candidates.ids - settled), clocks)
    found = [pair for other in others.values() if (pair := compared(itself, other))]
    found.sort(key=lambda pair: (pair.basis != "identifier", -float(pair.score), pair.other.id))
    complete = candidates.complete and len(found) <= MOST_SUGGESTED
    return _Suggested(itself, tuple(found[:MOST_SUGGESTED]), doubles[entity], rejected, complete)


def _by_number(tx: Transaction, itself: EntityFacts) -> _Candidates:
    values = written(itself.description.identifiers)
    rows = tx.rows(_Hit, "match/identified", values=values, most=MOST_BY_NUMBER) if values else []
    return _Candidates(frozenset(row.id for row in rows), len(rows) < MOST_BY_NUMBER)


def _by_name(tx: Transaction, itself: EntityFacts, known_at: datetime | None) -> _Candidates:
    if itself.description.kind in NO_NAMES_OF_THEIR_OWN:
        return _Candidates(frozenset(), complete=True)
    names = names_of(itself)
    found = _Candidates(frozenset(), len(names) <= MOST_NAMES)
    for name in names[:MOST_NAMES]:
        rows = hits(tx, name, known_at, MOST_BY_NAME)
        found |= _Candidates(frozenset(row.id for row in rows), len(rows) < MOST_BY_NAME)
    return found


def _confirmed(claim: ToldClaim) -> ConfirmedMatch:
    since = print_instant(claim.known_from)
    return ConfirmedMatch(
        other=claim.target, source=claim.source, ref=claim.ref, why=claim.note, known_from=since
    )


def _rejected(one: _Rejected) -> RejectedMatch:
    return RejectedMatch(other=one.other, why=one.why, by=one.by, at=print_instant(one.at.astimezone(UTC)))
