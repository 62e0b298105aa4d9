"""Entities: what is told of one at two clocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lookthrough.control.claims import Known
from lookthrough.control.facts import Attribute, LocationClaim
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.parties import EntityFacts, Told, facts_of, read_doubles

from .clocks import clocks_of, print_instant
from .documents import (
    EntityDocument,
    Identifier,
    ListEntry,
    Location,
    LocationClaimDocument,
)
from .errors import UnknownEntity


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list at two clocks."""

    as_of: date
    known_at: datetime | None = None
    limit: int = 50
    cursor: str | None = None


def entity(database: Database, entity_id: str, as_of: date, known_at: datetime | None) -> EntityDocument:
    """With what is told of every id that sources take for it. Raises UnknownEntity, GraphUnavailable."""

    def read(tx: Transaction) -> dict[str, Told]:
        return read_doubles(tx, [entity_id], clocks_of(tx, as_of, known_at))

    found = database.read(read)
    if entity_id not in found:
        raise UnknownEntity(entity_id, known_at)
    return entity_document(facts_of(entity_id, list(found.values()), as_of))


def entity_document(facts: EntityFacts) -> EntityDocument:
    told = facts.description
    return EntityDocument(
        id=told.entity,
        name=told.name,
        name_original=told.name_original,
        aliases=list(told.aliases),
        kind=told.kind,
        identifiers=[Identifier(scheme=scheme, value=value) for scheme, value in told.identifiers],
        lists=_lists(facts),
        locations=_locations(facts.locations, _disputed(facts)),
        other_days=_locations(facts.other_days, set()),
        same_as=list(facts.same_as),
        founded=_day(told.founded),
        dissolved=_day(told.dissolved),
        unspecified=told.unspecified,
        url=told.url,
        note=told.note,
    )


def _lists(facts: EntityFacts) -> list[ListEntry]:
    entries: dict[tuple[str, str | None, str | None], set[str]] = {}
    for known in facts.lists:
        claim = known.claim
        key = (claim.list_key, _day(claim.valid_from), _day(claim.valid_to))
        entries.setdefault(key, set()).add(claim.source)
    return [
        ListEntry(list=key, valid_from=start, valid_to=end, sources=tuple(sorted(sources)))
        for (key, start, end), sources in entries.items()
    ]


def _disputed(facts: EntityFacts) -> set[Attribute]:
    values = facts.party.locations
    return {a for a, codes in values.items() if len(codes) > 1 and not a.holds_several}


def _locations(told: Sequence[Known[LocationClaim]], disputed: Collection[Attribute]) -> list[Location]:
    """Each place over each span of days, in order of attribute and time, with everybody who says so."""
    entries: defaultdict[tuple[Attribute, str, str, str], list[Known[LocationClaim]]] = defaultdict(list)
    for known in told:
        claim = known.claim
        for code in claim.jurisdictions:
            key = (claim.attribute, _day(claim.valid_from) or "", _day(claim.valid_to) or "", code)
            entries[key].append(known)
    return [
        Location(
            attribute=attribute,
            jurisdiction=code,
            valid_from=start or None,
            valid_to=end or None,
            sources=sorted({known.claim.source for known in entries[attribute, start, end, code]}),
            disputed=attribute in disputed,
            claims=[_located(known) for known in entries[attribute, start, end, code]],
        )
        for attribute, start, end, code in sorted(entries)
    ]


def _located(known: Known[LocationClaim]) -> LocationClaimDocument:
    claim = known.claim
    return LocationClaimDocument(
        source=claim.source,
        ref=claim.ref,
        url=claim.url,
        jurisdiction="|".join(claim.jurisdictions),
        valid_from=_day(claim.valid_from),
        valid_to=_day(claim.valid_to),
        known_from=print_instant(known.known_from),
    )


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
