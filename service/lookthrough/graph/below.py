"""Everything below one party, with what decides how much of it the party holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import Lane
from lookthrough.control.hearing import EVERYBODY, Hearing
from lookthrough.control.interval import Interval
from lookthrough.control.stakes import OwnershipGraph, Stake

from .database import Transaction
from .evidence import Evidence, as_held, by_company, hear, read_claims
from .parties import Told, facts_of, read_told
from .snapshot import Limits, Surroundings
from .versions import LANES, TYPES, figure


@dataclass(frozen=True, slots=True)
class Below:
    """`entities` are those below the party, by id; `around` is everything above them up to the party."""

    entities: tuple[str, ...]
    around: Surroundings


@dataclass(frozen=True, slots=True)
class _Id:
    id: str


@dataclass(frozen=True, slots=True)
class _Version:
    id: str
    holding: str
    conflict: bool
    sources: list[str]
    min: float | None = None
    max: float | None = None
    min_open: bool | None = None
    max_open: bool | None = None
    min_exact: str | None = None
    max_exact: str | None = None

    def interval(self) -> Interval:
        low = figure(0.0 if self.min is None else self.min, self.min_exact or "")
        high = figure(1.0 if self.max is None else self.max, self.max_exact or "")
        return Interval(low, high, bool(self.min_open), bool(self.max_open))


@dataclass(frozen=True, slots=True)
class _Row:
    owner: str
    owned: str
    type: str
    stake: _Version

    def as_stake(self) -> Stake:
        lane, told = LANES[self.type], self.stake
        interval = told.interval() if lane.has_figure else None
        return Stake(self.owner, self.owned, lane, interval, told.holding, told.conflict, tuple(told.sources))


@dataclass(slots=True)
class _Reading:
    """What was read below and above the party so far; `full` once a limit was met."""

    tx: Transaction
    party: str
    lanes: Collection[Lane]
    clocks: Clocks
    limits: Limits
    told: dict[str, Told] = field(default_factory=dict[str, Told])
    explored: set[str] = field(default_factory=set[str])
    versions: dict[Stake, str] = field(default_factory=dict[Stake, str])
    ahead: set[str] = field(default_factory=set[str])
    full: bool = False

    def descend(self) -> set[str]:
        """Everything below the party and below what sources take for the same as an entity met."""
        found: set[str] = set()
        start = {self.party}
        while start and len(found) <= self.limits.entities:
            rows = self.tx.rows(
                _Id,
                "snapshot/descendants",
                entities=sorted(start),
                max_entities=self.limits.entities,
                **self._selected(),
            )
            new = {row.id for row in rows} | start
            self.full = self.full or len(rows) > self.limits.entities
            found |= new
            start = self._doubles(new) - found
        self.full = self.full or bool(start) or len(found - {self.party}) > self.limits.entities
        return set(sorted(found - {self.party})[: self.limits.entities])

    def climb(self, start: set[str]) -> None:
        """Upward level by level; leaves in `ahead` whoever was not read. Nobody above the party matters."""
        self.ahead = start | self._doubles(start) - {self.party}
        while self.ahead and len(self.explored) + len(self.ahead) <= self.limits.entities:
            rows = self.tx.rows(
                _Row,
                "snapshot/holders",
                ids=sorted(self.ahead),
                max_stakes=self.limits.stakes,
                **self._selected(),
            )
            if len(self.versions) + len(rows) > self.limits.stakes:
                break
            self.versions.update((row.as_stake(), row.stake.id) for row in rows)
            self.explored |= self.ahead
            owners = {row.owner for row in rows}
            self.ahead = (owners | self._doubles(owners)) - self.explored - {self.party}
        self.full = self.full or bool(self.ahead)

    def _doubles(self, ids: Iterable[str]) -> set[str]:
        """Ids that sources take for one of these, read with what is told of all of them."""
        found: set[str] = set()
        new = set(ids)
        while new := new - self.told.keys():
            self.told |= read_told(self.tx, sorted(new), self.clocks)
            new = {row.target for each in new & self.told.keys() for row in self.told[each].same_as}
            found |= new
        return found & self.told.keys()

    def _selected(self) -> dict[str, object]:
        types = sorted(TYPES[lane] for lane in self.lanes)
        return {"types": types, "as_of": self.clocks.as_of, "known_at": self.clocks.known_at}


def read_below(
    tx: Transaction,
    party: str,
    lanes: Collection[Lane],
    clocks: Clocks,
    limits: Limits,
    hearing: Hearing = EVERYBODY,
) -> Below:
    """What the party can hold of, and everything above that; ids taken for one are counted as one.

    Where a limit cuts the search off, `around` is not complete: entities may be missing, and those whose
    holders were not read are `unexplored`.
    """
    reading = _Reading(tx, party, lanes, clocks, limits)
    below = reading.descend()
    reading.climb(below)
    around = _around(reading, hearing)
    counted = {member: entity for entity, facts in around.entities.items() for member in facts.ids}
    entities = {counted.get(entity, entity) for entity in below} - {party}
    return Below(tuple(sorted(entities)), around)


def _around(reading: _Reading, hearing: Hearing) -> Surroundings:
    unexplored = frozenset(reading.ahead)
    if hearing.is_everybody and not any(each.same_as for each in reading.told.values()):
        on = reading.clocks.as_of
        described = {each.id: facts_of(each.id, [each], on) for each in reading.told.values()}
        entities = as_held(described, reading.versions)
        parties = {entity: facts.party for entity, facts in entities.items()}
        graph = OwnershipGraph(parties, by_company(reading.versions), unexplored)
        return Surroundings(graph, entities, reading.versions, complete=not reading.full)
    claims = read_claims(reading.tx, reading.explored, reading.lanes, reading.clocks, reading.limits.stakes)
    if claims is None:  # too many: then nobody's holders count as read
        reading.full = True
        unexplored |= reading.explored
    evidence = Evidence(reading.party, reading.clocks.as_of, reading.told, claims or (), (), unexplored)
    heard = hear(evidence, hearing)
    return Surroundings(heard.graph, heard.entities, reading.versions, complete=not reading.full)
