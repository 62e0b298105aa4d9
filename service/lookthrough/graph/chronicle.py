"""Everything above one entity on any day, as it was known at one instant: read once, heard day by day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from lookthrough.control.claims import Known
from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import GroupClaim, Lane
from lookthrough.control.hearing import EVERYBODY, Hearing

from .database import Transaction
from .evidence import Evidence, hear, read_claims
from .parties import Told, read_told
from .snapshot import MOST_DOUBLES, Limits, Surroundings, read_groups
from .versions import TYPES

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """What was said of all that stands above the entity on some day."""

    evidence: Evidence

    def at(self, on: date, hearing: Hearing = EVERYBODY) -> Surroundings:
        """The facts on the day; more than stands above the entity then, and without ids of stakes."""
        evidence = replace(self.evidence, as_of=on)
        heard = hear(evidence, hearing)
        complete = not heard.graph.unexplored
        return Surroundings(heard.graph, heard.entities, {}, heard.groups, complete, evidence, heard.speaking)

    def days(self) -> set[date]:
        """The days on which anything that was said begins or ends."""
        return {day for span in self._spans() for day in span if day is not None}

    def _spans(self) -> Iterator[Days]:
        yield from ((known.claim.valid_from, known.claim.valid_to) for known in self.evidence.claims)
        yield from ((known.claim.valid_from, known.claim.valid_to) for known in self.evidence.groups)
        for told in self.evidence.told.values():
            yield from ((row.valid_from, row.valid_to) for row in (*told.located, *told.listed))
            yield from ((described.founded, described.dissolved) for described in told.described)


@dataclass(frozen=True, slots=True)
class _Columns:
    explored: list[str]
    owners: list[str]


@dataclass(frozen=True, slots=True)
class Instants:
    """When something became known of an entity and of those above it; `complete` unless a limit was met."""

    instants: tuple[datetime, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Instants:
    instants: list[datetime]
    looked_at: int


@dataclass(slots=True)
class _Above:
    """Who was met above some entities; `full` once a limit was."""

    tx: Transaction
    lanes: Collection[Lane]
    known: Sequence[datetime]
    limits: Limits
    explored: set[str] = field(default_factory=set[str])
    ids: set[str] = field(default_factory=set[str])
    full: bool = False

    def read(self, entity: str) -> None:
        self.ids.add(entity)
        for found in self.tx.rows(
            _Columns,
            "snapshot/chronicle",
            entity=entity,
            types=sorted(TYPES[lane] for lane in self.lanes),
            known=list(self.known),
            max_entities=self.limits.entities,
        ):
            self.explored.update(found.explored)
            self.ids.update(found.explored, found.owners)
            self.full = self.full or len(found.explored) > self.limits.entities


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said of entities and groups, as known at one instant."""

    told: dict[str, Told]
    groups: list[Known[GroupClaim]]


def read_chronicles(
    tx: Transaction,
    entity: str,
    lanes: Collection[Lane],
    known: Sequence[datetime],
    limits: Limits | None = None,
) -> list[Chronicle]:
    """One for each instant, over the same entities; nothing told where the graph lacks the entity.

    Where a limit cuts the search off, entities whose holders were not read are unexplored.
    """
    above = _Above(tx, lanes, known, limits or Limits())
    above.read(entity)
    said = _closed(above)
    return [
        _chronicle(above, entity, clocks, each) for clocks, each in zip(_clocks(known), said, strict=True)
    ]


def read_instants(
    tx: Transaction, entity: str, lanes: Collection[Lane], limits: Limits | None = None
) -> Instants:
    """The instants at which something became known of the entity or of anybody above it, or ceased to be."""
    most = (limits or Limits()).entities
    types = sorted(TYPES[lane] for lane in lanes)
    rows = tx.rows(_Instants, "read/instants", entity=entity, types=types, max_entities=most)
    instants = {instant for row in rows for instant in row.instants}
    return Instants(tuple(sorted(instants)), all(row.looked_at <= most for row in rows))


def _chronicle(above: _Above, entity: str, clocks: Clocks, said: _Said) -> Chronicle:
    explored, most = above.explored, above.limits.stakes
    claims = None if above.full else read_claims(above.tx, explored, above.lanes, clocks, most)
    if claims is None:  # which holders are missing cannot be told
        alone = {entity: said.told[entity]} if entity in said.told else {}
        return Chronicle(Evidence(entity, clocks.as_of, alone, (), (), frozenset([entity])))
    unexplored = frozenset(above.ids & said.told.keys()) - explored
    return Chronicle(Evidence(entity, clocks.as_of, said.told, claims, tuple(said.groups), unexplored))


def _closed(above: _Above) -> list[_Said]:
    """For each instant, until no source takes one of the ids for yet another id."""
    doubles = 0
    while True:
        said = [_said(above, clocks) for clocks in _clocks(above.known)]
        others = {row.target for each in said for told in each.told.values() for row in told.same_as}
        new = sorted(others - above.ids)
        if not new:
            return said
        for other in new:
            doubles += 1
            if doubles <= MOST_DOUBLES and not above.full:
                above.read(other)
            above.ids.add(other)


def _said(above: _Above, clocks: Clocks) -> _Said:
    groups = read_groups(above.tx, sorted(above.ids), clocks)
    met = above.ids | {known.claim.member for known in groups}
    return _Said(read_told(above.tx, sorted(met), clocks), groups)


def _clocks(known: Sequence[datetime]) -> list[Clocks]:
    """Only what was known when is read; the day comes later."""
    return [Clocks(date.max, instant) for instant in known]
