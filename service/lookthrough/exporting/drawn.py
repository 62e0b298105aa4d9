"""Facts as nodes and edges, for formats that draw: what sources say is brought together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lookthrough.control.claims import Known, Segment, segments
from lookthrough.control.descriptions import KnownDescription, together
from lookthrough.control.everything import EntityFacts, Facts, SourceFacts, StakeFacts
from lookthrough.control.facts import (
    Attribute,
    Description,
    GroupClaim,
    Lane,
    ListClaim,
    LocationClaim,
    SameAsClaim,
)
from lookthrough.control.locations import recorded, speaking_lists, speaking_locations

from .formats import Export


@dataclass(frozen=True, slots=True)
class Node:
    """An entity: what all sources together say of it, the places and the lists that speak."""

    shown: Description
    places: dict[Attribute, list[str]]
    lists: list[str]


@dataclass(frozen=True, slots=True)
class Edge:
    """A stake over a run of days with one answer."""

    owner: str
    owned: str
    lane: Lane
    holding: str
    run: Segment

    @property
    def sources(self) -> list[str]:
        return sorted({known.claim.source for known in self.run.speaking})


class Drawing:
    """Nodes and edges of one export; what they leave out is counted in its account."""

    def __init__(self, export: Export) -> None:
        self._account = export.account
        self._as_of = export.as_of

    def of(self, facts: Facts) -> Iterator[Node | Edge]:
        """The node of an entity, the edges of a stake, nothing of a source."""
        if isinstance(facts, SourceFacts):
            self.lose("sources", 1)
        elif isinstance(facts, EntityFacts):
            yield self._node(facts)
        else:
            yield from self._edges(facts)

    def lose(self, name: str, number: int) -> None:
        if number:
            self._account.left_out[name] += number

    def _node(self, facts: EntityFacts) -> Node:
        """Of claims what speaks on the day; without one what no source says has ended."""
        self._account.written["nodes"] += 1
        self._count_entity(facts)
        on = self._as_of or date.max
        located = [Known(c.fact, c.known_from) for c in facts.claims if isinstance(c.fact, LocationClaim)]
        listed = [Known(c.fact, c.known_from) for c in facts.claims if isinstance(c.fact, ListClaim)]
        speaking, lists = speaking_locations(located, on), speaking_lists(listed, on)
        others = len(located) + len(listed) - len(speaking) - len(lists)
        self.lose("claims on places and lists of other days", others)
        told = [KnownDescription(each.fact, each.known_from) for each in facts.descriptions]
        return Node(
            together(facts.entity, told),
            {attribute: sorted(codes) for attribute, codes in recorded(speaking).items()},
            sorted({known.claim.list_key for known in lists}),
        )

    def _count_entity(self, facts: EntityFacts) -> None:
        self.lose("descriptions brought together", max(0, len(facts.descriptions) - 1))
        self.lose("groups", sum(isinstance(each.fact, GroupClaim) for each in facts.claims))
        self.lose("same_as", sum(isinstance(each.fact, SameAsClaim) for each in facts.claims))
        self.lose(
            "notes, addresses, reasons",
            sum(bool(d.fact.note or d.fact.url or d.fact.unspecified) for d in facts.descriptions),
        )

    def _edges(self, stake: StakeFacts) -> Iterator[Edge]:
        runs = [run for run in segments([Known(c.fact, c.known_from) for c in stake.claims]) if self._on(run)]
        self._account.written["edges"] += len(runs)
        self.lose("claims brought together", max(0, len(stake.claims) - len(runs)))
        cited = sum(bool(c.fact.ref or c.fact.url or c.fact.note or c.fact.confidence) for c in stake.claims)
        self.lose("citations of stakes", cited)
        for run in runs:
            yield Edge(stake.owner, stake.owned, stake.lane, stake.holding, run)

    def _on(self, run: Segment) -> bool:
        on = self._as_of
        return on is None or (
            (run.valid_from or date.min) <= on and (run.valid_to is None or on < run.valid_to)
        )
