"""The part of the graph that one verdict needs, read in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lookthrough.control.claims import Known, voices
from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import GroupClaim, Lane
from lookthrough.control.interval import Interval
from lookthrough.control.predicate import Party
from lookthrough.control.stakes import OwnershipGraph, Stake

from .database import READ_SECONDS, Transaction
from .facts import ToldClaim, group_claim
from .parties import EntityFacts, read_entities
from .versions import LANES, TYPES, figure


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one question may read; where more is there, the rest counts as unknown."""

    entities: int = 50_000
    stakes: int = 200_000
    seconds: float = READ_SECONDS


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The facts above one entity at two clocks. `versions` are the ids of the stakes, by Stake."""

    graph: OwnershipGraph
    entities: dict[str, EntityFacts]
    versions: dict[Stake, str]
    groups: tuple[Known[GroupClaim], ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Membership:
    group: str
    member: str
    claim: ToldClaim


@dataclass(frozen=True, slots=True)
class _Columns:
    explored: list[str]
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


def read_surroundings(
    tx: Transaction,
    entity: str,
    lanes: Collection[Lane],
    clocks: Clocks,
    limits: Limits | None = None,
) -> Surroundings:
    """Everything above `entity` in the lanes, at the two clocks.

    Where a limit cuts the search off, entities whose holders were not read are `unexplored` in the graph.
    """
    limits = limits or Limits()
    columns = tx.rows(
        _Columns,
        "snapshot/ancestors",
        entity=entity,
        types=sorted(TYPES[lane] for lane in lanes),
        as_of=clocks.as_of,
        known_at=clocks.known_at,
        max_entities=limits.entities,
        max_stakes=limits.stakes,
    )
    return _assembled(tx, entity, columns[0] if columns else None, clocks, limits)


def unread(tx: Transaction, entity: str, clocks: Clocks) -> Surroundings:
    """The entity alone, where what is above it could not be read: all of it counts as unknown."""
    entities = read_entities(tx, [entity], clocks)
    return Surroundings(
        OwnershipGraph(_parties(entities), {}, frozenset([entity])), entities, {}, complete=False
    )


def _assembled(
    tx: Transaction,
    entity: str,
    columns: _Columns | None,
    clocks: Clocks,
    limits: Limits,
) -> Surroundings:
    if columns is None or len(columns.ids) > limits.stakes:
        # Which holders are missing cannot be told.
        return unread(tx, entity, clocks)
    explored = set(columns.explored)
    ids = sorted({entity, *columns.owners, *explored})
    groups = _read_groups(tx, ids, clocks)
    members = {known.claim.member for known in groups}
    entities = read_entities(tx, sorted(members.union(ids)), clocks)
    versions = {stake: version for version, stake in columns.stakes()}
    unexplored = frozenset(ids) - explored  # a search over the limit may still have met everything
    graph = OwnershipGraph(_parties(entities), _by_company(versions), unexplored, _members(groups))
    return Surroundings(graph, entities, versions, tuple(groups), complete=not unexplored)


def _read_groups(tx: Transaction, ids: Sequence[str], clocks: Clocks) -> list[Known[GroupClaim]]:
    """The memberships that hold on the day, in every group that one of the entities is in."""
    told: defaultdict[tuple[str, str], list[Known[GroupClaim]]] = defaultdict(list)
    for row in tx.rows(_Membership, "snapshot/groups", ids=list(ids), known_at=clocks.known_at):
        told[row.group, row.member].append(group_claim(row.member, row.claim))
    return [
        known
        for _, claims in sorted(told.items())
        for voice in voices(claims, clocks.as_of)
        for known in voice.claims
    ]


def _members(groups: Iterable[Known[GroupClaim]]) -> dict[str, frozenset[str]]:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for known in groups:
        members[known.claim.group].add(known.claim.member)
    return {group: frozenset(found) for group, found in members.items()}


def _parties(entities: dict[str, EntityFacts]) -> dict[str, Party]:
    return {entity: facts.party for entity, facts in entities.items()}


def _by_company(stakes: Collection[Stake]) -> dict[tuple[str, Lane], tuple[Stake, ...]]:
    groups: defaultdict[tuple[str, Lane], list[Stake]] = defaultdict(list)
    for stake in stakes:
        groups[stake.owned, stake.lane].append(stake)
    ordered = {key: sorted(group, key=lambda s: (s.owner, s.holding)) for key, group in groups.items()}
    return {key: tuple(group) for key, group in ordered.items()}
