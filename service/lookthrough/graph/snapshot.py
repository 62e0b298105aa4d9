"""The part of the graph that one verdict needs, read in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from lookthrough.control.claims import Known
from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import GroupClaim, Lane
from lookthrough.control.hearing import EVERYBODY, Hearing
from lookthrough.control.interval import Interval
from lookthrough.control.stakes import OwnershipGraph, Stake

from .database import READ_SECONDS, Transaction
from .evidence import (
    Evidence,
    StakeClaims,
    as_held,
    by_company,
    hear,
    members_of,
    read_claims,
    speaking_groups,
)
from .facts import ToldClaim, group_claim
from .parties import EntityFacts, Told, facts_of, read_doubles, read_told
from .versions import LANES, TYPES, figure

MOST_DOUBLES = 200
"""Ids taken for an entity that was met, above which the holders are read too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one question may read; where more is there, the rest counts as unknown."""

    entities: int = 50_000
    stakes: int = 200_000
    seconds: float = READ_SECONDS


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The facts above one entity at two clocks. `versions` are the ids of the stakes as read, by Stake.

    `evidence` is there where ids are counted as one or not all sources are heard alike: the stakes of the
    graph are then not those in Neo4j; `speaking` are the claims behind them, `set_aside` those over which a
    trusted source is heard.
    """

    graph: OwnershipGraph
    entities: dict[str, EntityFacts]
    versions: dict[Stake, str]
    groups: tuple[Known[GroupClaim], ...] = ()
    complete: bool = True
    evidence: Evidence | None = None
    speaking: dict[Stake, StakeClaims] = field(default_factory=dict[Stake, StakeClaims])
    set_aside: dict[Stake, StakeClaims] = field(default_factory=dict[Stake, StakeClaims])


@dataclass(frozen=True, slots=True)
class _Membership:
    group: str
    member: str
    claim: ToldClaim


@dataclass(frozen=True, slots=True)
class StakeColumns:
    """Stakes at two clocks as a query gives them: one list for each property."""

    ids: list[str]
    owners: list[str]
    owned: list[str]
    types: list[str]
    holdings: list[str]
    mins: list[float]
    maxs: list[float]
    min_opens: list[bool]
    max_opens: list[bool]
    exact_mins: list[str]
    exact_maxs: list[str]
    conflicts: list[bool]
    sources: list[list[str]]

    def stakes(self) -> Iterator[tuple[str, Stake]]:
        """Each with the id of its version."""
        for i, version in enumerate(self.ids):
            lane = LANES[self.types[i]]
            yield (
                version,
                Stake(
                    owner=self.owners[i],
                    owned=self.owned[i],
                    lane=lane,
                    interval=self._interval(i) if lane.has_figure else None,
                    holding=self.holdings[i],
                    conflict=self.conflicts[i],
                    sources=tuple(self.sources[i]),
                ),
            )

    def _interval(self, i: int) -> Interval:
        low = figure(self.mins[i], self.exact_mins[i])
        high = figure(self.maxs[i], self.exact_maxs[i])
        return Interval(low, high, self.min_opens[i], self.max_opens[i])


@dataclass(frozen=True, slots=True)
class _Columns(StakeColumns):
    explored: list[str]


@dataclass(slots=True)
class _Above:
    """What was read above some entities; `full` once a limit was met."""

    tx: Transaction
    lanes: Collection[Lane]
    clocks: Clocks
    limits: Limits
    explored: set[str] = field(default_factory=set[str])
    ids: set[str] = field(default_factory=set[str])
    versions: dict[Stake, str] = field(default_factory=dict[Stake, str])
    full: bool = False

    def read(self, entity: str) -> None:
        self.ids.add(entity)
        columns = self.tx.rows(
            _Columns,
            "snapshot/ancestors",
            entity=entity,
            types=sorted(TYPES[lane] for lane in self.lanes),
            as_of=self.clocks.as_of,
            known_at=self.clocks.known_at,
            max_entities=self.limits.entities,
            max_stakes=self.limits.stakes,
        )
        for found in columns:
            self.explored.update(found.explored)
            self.ids.update(found.owners, found.explored)
            self.versions.update((stake, version) for version, stake in found.stakes())
            self.full = self.full or len(found.ids) > self.limits.stakes
        self.full = self.full or not columns or len(self.versions) > self.limits.stakes


def read_surroundings(
    tx: Transaction,
    entity: str,
    lanes: Collection[Lane],
    clocks: Clocks,
    limits: Limits | None = None,
    hearing: Hearing = EVERYBODY,
    also: Sequence[str] = (),
    *,
    with_claims: bool = False,
) -> Surroundings:
    """Everything above `entity` in the lanes, at the two clocks, and above what sources take for the same.

    What stands above the ids `also`, which the graph must have, is read too. The claims behind the stakes are
    read where they are asked for, or must be heard in another way.
    Where a limit cuts the search off, entities whose holders were not read are `unexplored` in the graph.
    """
    above = _Above(tx, lanes, clocks, limits or Limits())
    above.read(entity)
    for other in also:
        if other not in above.explored and not above.full:
            above.read(other)
    if above.full:  # which holders are missing cannot be told
        return unread(tx, entity, clocks)
    groups, told = _closed(above)
    if hearing.is_everybody and not with_claims and not any(each.same_as for each in told.values()):
        return _as_read(above, groups, told)
    claims = None if above.full else read_claims(tx, above.explored, lanes, clocks, above.limits.stakes)
    if claims is None:
        return unread(tx, entity, clocks)
    unexplored = frozenset(above.ids) - above.explored
    evidence = Evidence(entity, clocks.as_of, told, claims, tuple(groups), unexplored)
    return _heard(evidence, hearing, above.versions)


def heard_again(around: Surroundings, hearing: Hearing) -> Surroundings:
    """The same facts heard in another way; they must have been read with their claims."""
    if around.evidence is None:
        raise ValueError("the claims behind these facts were not read")
    return _heard(around.evidence, hearing, around.versions)


def _heard(evidence: Evidence, hearing: Hearing, versions: dict[Stake, str]) -> Surroundings:
    heard = hear(evidence, hearing)
    complete = not heard.graph.unexplored
    return Surroundings(
        heard.graph,
        heard.entities,
        versions,
        heard.groups,
        complete,
        evidence,
        heard.speaking,
        heard.set_aside,
    )


def _as_read(above: _Above, claims: Sequence[Known[GroupClaim]], told: dict[str, Told]) -> Surroundings:
    """Without evidence, where nothing has to be brought together again."""
    groups = speaking_groups(claims, above.clocks.as_of)
    described = {each.id: facts_of(each.id, [each], above.clocks.as_of) for each in told.values()}
    entities = as_held(described, above.versions)
    # A search over the limit may still have met everything.
    unexplored = frozenset(above.ids) - above.explored
    parties = {entity: facts.party for entity, facts in entities.items()}
    graph = OwnershipGraph(parties, by_company(above.versions), unexplored, members_of(groups))
    return Surroundings(graph, entities, above.versions, tuple(groups), complete=not unexplored)


def unread(tx: Transaction, entity: str, clocks: Clocks) -> Surroundings:
    """The entity alone, where what is above it could not be read: all of it counts as unknown."""
    doubles = read_doubles(tx, [entity], clocks)
    entities = {entity: facts_of(entity, list(doubles.values()), clocks.as_of)} if doubles else {}
    parties = {known: facts.party for known, facts in entities.items()}
    return Surroundings(OwnershipGraph(parties, {}, frozenset([entity])), entities, {}, complete=False)


def _closed(above: _Above) -> tuple[list[Known[GroupClaim]], dict[str, Told]]:
    """Groups and what is told of every id met, until no source takes one of them for yet another id.

    What stands above the other ids is read too; past `MOST_DOUBLES` it stays unexplored.
    """
    doubles = 0
    while True:
        groups = read_groups(above.tx, sorted(above.ids), above.clocks)
        met = above.ids | {known.claim.member for known in groups}
        told = read_told(above.tx, sorted(met), above.clocks)
        others = {row.target for each in told.values() for row in each.same_as}
        new = sorted(others - above.ids)
        if not new:
            return groups, told
        for other in new:
            doubles += 1
            if doubles <= MOST_DOUBLES and not above.full:
                above.read(other)
            above.ids.add(other)


def read_groups(tx: Transaction, ids: Sequence[str], clocks: Clocks) -> list[Known[GroupClaim]]:
    """The claims on every group that one of the entities is in."""
    rows = tx.rows(_Membership, "snapshot/groups", ids=list(ids), known_at=clocks.known_at)
    return [group_claim(row.member, row.claim) for row in rows]
