"""The part of the graph that can matter for one subject, and the role of each entity in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from .facts import Kind, Lane
from .interval import ONE, ZERO
from .policy import OwnershipTest, Pooling, TestKind
from .predicate import Truth
from .stakes import OwnershipGraph, Stake
from .weights import Link, Owners, weigh


class Role(Enum):
    """Where a walk upward from the subject ends, or how it goes on."""

    SEED = "seed"
    CLEAN = "clean"
    OPEN = "open"  # the predicate is unknown: restricted at most, otherwise looked through
    THROUGH = "through"

    @property
    def is_transient(self) -> bool:
        return self in (Role.OPEN, Role.THROUGH)


NOBODY = Owners((), ZERO, ZERO, contradictory=False)
UNREAD = Owners((), ZERO, ONE, contradictory=False)


@dataclass(frozen=True, slots=True)
class Reach:
    """Every entity that a walk upward from `subject` can meet, with its role and the links into it."""

    graph: OwnershipGraph
    test: OwnershipTest
    subject: str
    roles: Mapping[str, Role]
    owners: Mapping[str, Owners]
    controllers: Mapping[str, tuple[Stake, ...]] = field(default_factory=dict[str, tuple[Stake, ...]])
    """Board and control stakes in a company, where the test looks at them."""

    def weighty(self, company: str) -> Iterator[Link]:
        """Links of positive weight into the company."""
        return (link for link in self.owners[company].links if link.weight > ZERO)

    def with_role(self, role: Role) -> list[str]:
        return sorted(entity for entity, has in self.roles.items() if has is role)


MOST_LINKS = 400_000
MOST_TRIED = 300


def trials(reach: Reach) -> int:
    """How many single changes are tried by asking again: fewer where there is much to go over."""
    links = sum(len(own.links) for own in reach.owners.values())
    return max(1, min(MOST_TRIED, MOST_LINKS // max(1, links)))


def explore(
    graph: OwnershipGraph,
    subject: str,
    test: OwnershipTest,
    weighed: dict[tuple[str, Lane], Owners] | None = None,
) -> Reach:
    """Walk upward over every stake whose max is above 0, stopping at ends.

    `weighed` keeps what was weighed for other tests on the same graph.

    Seeds absorb, so the walk stops there too, unless the test is grown from each seed by itself, asks for
    control or climbs to a parent: then what stands above a seed matters.
    """
    weighed = {} if weighed is None else weighed
    roles: dict[str, Role] = {}
    owners: dict[str, Owners] = {}
    controllers: dict[str, tuple[Stake, ...]] = {}
    ahead = [subject]
    while ahead:
        entity = ahead.pop()
        if entity in roles:
            continue
        roles[entity] = _role(graph, entity, subject, test)
        stops = roles[entity] is Role.CLEAN or (roles[entity] is Role.SEED and _seeds_absorb(test))
        owners[entity] = NOBODY if stops else _owners(graph, entity, test.lane, weighed)
        ahead.extend(link.owner for link in owners[entity].links if link.high > ZERO)
        if test.kind is TestKind.CONTROL and not stops:
            controllers[entity] = _controllers(graph, entity)
            ahead.extend(stake.owner for stake in controllers[entity])
    return Reach(graph, test, subject, roles, _known_only(owners, roles), controllers)


def _seeds_absorb(test: OwnershipTest) -> bool:
    return test.kind is TestKind.OWNERSHIP and test.pooling is Pooling.ALL


def _controllers(graph: OwnershipGraph, entity: str) -> tuple[Stake, ...]:
    return tuple(s for lane in (Lane.BOARD, Lane.CONTROL) for s in graph.direct(entity, lane))


def _role(graph: OwnershipGraph, entity: str, subject: str, test: OwnershipTest) -> Role:
    party = graph.party(entity)
    if entity == subject:
        return Role.CLEAN if party.kind.is_end else Role.THROUGH
    truth = test.seeds.judge(party)
    if truth is not Truth.FALSE:
        return Role.SEED if truth is Truth.TRUE else Role.OPEN
    if party.kind is Kind.PUBLIC_FLOAT and not test.float_is_clean:
        return Role.OPEN
    return Role.CLEAN if party.kind.is_end else Role.THROUGH


def _owners(
    graph: OwnershipGraph, entity: str, lane: Lane, weighed: dict[tuple[str, Lane], Owners]
) -> Owners:
    if graph.party(entity).kind.is_end:
        return NOBODY
    if entity in graph.unexplored:
        return UNREAD
    if (entity, lane) not in weighed:
        weighed[entity, lane] = weigh(graph.held_in(entity, lane))
    return weighed[entity, lane]


def _known_only(owners: Mapping[str, Owners], roles: Mapping[str, Role]) -> dict[str, Owners]:
    """Drop links of owners that were not walked to: a stake of exactly 0 is no stake."""
    return {
        entity: own
        if all(link.owner in roles for link in own.links)
        else replace(own, links=tuple(link for link in own.links if link.owner in roles))
        for entity, own in owners.items()
    }
