"""Entities at two clocks: what they are called, where they are, on which lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lookthrough.control.claims import Known
from lookthrough.control.clocks import Clocks
from lookthrough.control.descriptions import together
from lookthrough.control.facts import Description, ListClaim, LocationClaim
from lookthrough.control.locations import recorded, speaking_lists, speaking_locations
from lookthrough.control.predicate import Party

from .database import Transaction
from .facts import ToldClaim, ToldDescription, lists, locations

AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class EntityFacts:
    """One entity: its merged description and the claims that speak at the clocks."""

    description: Description
    locations: tuple[Known[LocationClaim], ...]
    lists: tuple[Known[ListClaim], ...]
    same_as: tuple[str, ...]

    @property
    def party(self) -> Party:
        return Party(
            id=self.description.entity,
            kind=self.description.kind,
            name=self.description.name,
            locations=recorded(self.locations),
            lists=frozenset(known.claim.list_key for known in self.lists),
        )


@dataclass(frozen=True, slots=True)
class _Told:
    id: str
    described: list[ToldDescription]
    located: list[ToldClaim]
    listed: list[ToldClaim]
    same_as: list[str]


def read_entities(tx: Transaction, ids: Sequence[str], clocks: Clocks) -> dict[str, EntityFacts]:
    """What is known of the entities at the two clocks; ids that the graph lacks are left out."""
    found: dict[str, EntityFacts] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = list(ids[start : start + AT_ONCE])
        for told in tx.rows(_Told, "snapshot/parties", ids=some, known_at=clocks.known_at):
            found[told.id] = _facts(told, clocks.as_of)
    return found


def _facts(told: _Told, as_of: date) -> EntityFacts:
    return EntityFacts(
        together(told.id, [described.known(told.id) for described in told.described]),
        tuple(speaking_locations(locations(told.id, told.located), as_of)),
        tuple(speaking_lists(lists(told.id, told.listed), as_of)),
        tuple(sorted(told.same_as)),
    )
