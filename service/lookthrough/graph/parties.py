"""Entities at two clocks: what they are called, where they are, on which lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lookthrough.control.claims import Known
from lookthrough.control.clocks import Clocks
from lookthrough.control.descriptions import KnownDescription, together
from lookthrough.control.facts import Attribute, Description, Kind, ListClaim, LocationClaim
from lookthrough.control.hearing import EVERYBODY, Hearing
from lookthrough.control.locations import recorded, speaking_lists, speaking_locations
from lookthrough.control.predicate import Party

from .database import Transaction
from .facts import ToldClaim, ToldDescription, lists, locations

AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class EntityFacts:
    """One entity: its merged description and the claims that speak at the clocks.

    `same_as` are the ids that sources take for it, `ids` those of them whose facts are in here, and `kinds`
    the kinds that they have where these contradict each other (the kind is then unknown).
    """

    description: Description
    locations: tuple[Known[LocationClaim], ...]
    lists: tuple[Known[ListClaim], ...]
    same_as: tuple[str, ...]
    ids: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    set_aside: tuple[Known[LocationClaim], ...] = ()
    other_days: tuple[Known[LocationClaim], ...] = ()
    """Claims on locations that do not speak on the day: of days before or after it, or replaced since."""
    dissolved: date | None = None
    """The day of its end, where that is not after the day of the question."""
    told_by: tuple[tuple[str, datetime, str], ...] = ()
    """Who describes it or takes it for another id, known from when, and a key that tells the facts apart."""

    @property
    def party(self) -> Party:
        return Party(
            id=self.description.entity,
            kind=self.description.kind,
            name=self.description.name,
            # No condition on a place holds of a float, so where it may be one its places say nothing.
            locations={} if Kind.PUBLIC_FLOAT in self.kinds else recorded(self.locations),
            lists=frozenset(known.claim.list_key for known in self.lists),
            also=frozenset(self.ids),
            dissolved=self.dissolved,
        )

    def of_unknown_kind(self) -> EntityFacts:
        """An end that somebody holds: whatever it is, it is not what it is described as."""
        kinds = tuple(sorted({*self.kinds, self.description.kind}))
        return replace(self, description=replace(self.description, kind=Kind.UNKNOWN), kinds=kinds)


@dataclass(frozen=True, slots=True)
class Told:
    """All that is known of one id at an instant."""

    id: str
    described: list[ToldDescription]
    located: list[ToldClaim]
    listed: list[ToldClaim]
    same_as: list[ToldClaim]

    def descriptions(self) -> list[KnownDescription]:
        return [described.known(self.id) for described in self.described]


def read_entities(tx: Transaction, ids: Sequence[str], clocks: Clocks) -> dict[str, EntityFacts]:
    """What is known of the ids at the two clocks, each for itself, without those that the graph lacks."""
    return {told.id: facts_of(told.id, [told], clocks.as_of) for told in read_told(tx, ids, clocks).values()}


def read_told(tx: Transaction, ids: Sequence[str], clocks: Clocks) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = list(ids[start : start + AT_ONCE])
        rows = tx.rows(Told, "snapshot/parties", ids=some, known_at=clocks.known_at)
        found.update((told.id, told) for told in rows)
    return found


def read_doubles(tx: Transaction, ids: Sequence[str], clocks: Clocks) -> dict[str, Told]:
    """What is told of the ids and of every id that sources take for one of them."""
    told = read_told(tx, ids, clocks)
    while new := sorted({row.target for each in told.values() for row in each.same_as} - set(told)):
        told |= read_told(tx, new, clocks)
    return told


def facts_of(entity: str, told: Sequence[Told], as_of: date, hearing: Hearing = EVERYBODY) -> EntityFacts:
    """The facts of ids that count as one entity, under the id `entity`."""
    located = [known for each in told for known in locations(entity, each.located)]
    listed = [known for each in told for known in lists(entity, each.listed)]
    speaking = speaking_locations(located, as_of)
    heard, aside = _heard_locations(speaking, hearing)
    kinds = _kinds(told, hearing)
    description = together(entity, [known for each in told for known in each.descriptions()])
    kind = next(iter(kinds)) if len(kinds) == 1 else Kind.UNKNOWN
    others = {row.target for each in told for row in each.same_as} | {each.id for each in told}
    return EntityFacts(
        replace(description, kind=kind),
        tuple(heard),
        tuple(k for k in speaking_lists(listed, as_of) if hearing.may_speak(k.claim.source)),
        tuple(sorted(others - {entity})),
        ids=tuple(sorted({each.id for each in told} - {entity})),
        kinds=tuple(sorted(kinds)) if len(kinds) > 1 else (),
        set_aside=tuple(aside),
        other_days=tuple(known for known in located if known not in speaking),
        dissolved=_ended(told, as_of, hearing),
        told_by=tuple(sorted(_told_by(told))),
    )


def _told_by(told: Sequence[Told]) -> Iterator[tuple[str, datetime, str]]:
    for each in told:
        yield from ((d.source, d.known_from, each.id) for d in each.described)
        yield from ((row.source, row.known_from, row.claim) for row in each.same_as)


def _kinds(told: Sequence[Told], hearing: Hearing) -> set[Kind]:
    """The kind of each id, as the sources that are heard describe it, where they know it."""
    heard = [
        together(each.id, [k for k in each.descriptions() if hearing.may_speak(k.description.source)]).kind
        for each in told
    ]
    return {kind for kind in heard if kind is not Kind.UNKNOWN}


def _heard_locations(
    claims: Sequence[Known[LocationClaim]], hearing: Hearing
) -> tuple[list[Known[LocationClaim]], list[Known[LocationClaim]]]:
    by_attribute: defaultdict[Attribute, list[Known[LocationClaim]]] = defaultdict(list)
    for known in claims:
        by_attribute[known.claim.attribute].append(known)
    split = [hearing.split(speaking) for speaking in by_attribute.values()]
    return [k for heard, _ in split for k in heard], [k for _, aside in split for k in aside]


def _ended(told: Sequence[Told], as_of: date, hearing: Hearing) -> date | None:
    """The day from which the entity is no more, if it is no more on the day asked about."""
    heard = [k for each in told for k in each.descriptions() if hearing.may_speak(k.description.source)]
    day = together("", heard).dissolved
    return day if day and day <= as_of else None
