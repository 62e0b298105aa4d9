"""The facts around one entity that a chart is drawn from: who is next to whom, and how everybody stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from lookthrough.control.below import reach_of_all, totals_below
from lookthrough.control.decision import Bounds
from lookthrough.control.facts import Lane
from lookthrough.control.folding import Near, Side
from lookthrough.control.interval import ONE, ZERO
from lookthrough.control.predicate import Party
from lookthrough.control.reach import NOBODY, UNREAD, Reach, Role
from lookthrough.control.results import HoldingResult, examine_reach
from lookthrough.control.stakes import OwnershipGraph, Stake
from lookthrough.control.standing import Standing, standings
from lookthrough.control.totals import totals_above
from lookthrough.control.weights import Link, Owners, weigh

_CONTROL = (Lane.BOARD, Lane.CONTROL)


@dataclass(slots=True)
class Scene:
    """`result` is the test about the subject whose figures are drawn, None where no policy is asked.

    `below` are the companies that the subject reaches downward.
    """

    graph: OwnershipGraph
    subject: str
    lane: Lane
    result: HoldingResult | None
    below: Collection[str]
    _weighed: dict[str, Owners] = field(default_factory=dict[str, Owners])
    _held: defaultdict[str, list[str]] | None = None
    not_worked_out: int = 0
    """How many totals of parties that were drawn are left at anything from 0 to 1."""

    @property
    def reach(self) -> Reach | None:
        return self.result.reach if self.result else None

    def party(self, entity: str) -> Party:
        return self.graph.party(entity)

    def owners(self, company: str) -> Owners:
        """The links into a company as the test weighs them; where it does not look, as they are on record."""
        own = self.reach.owners.get(company) if self.reach else None
        if own is not None and own is not NOBODY:
            return own
        if company not in self._weighed:
            self._weighed[company] = self._owners(company)
        return self._weighed[company]

    def _owners(self, company: str) -> Owners:
        if self.party(company).kind.is_end:
            return NOBODY
        if company in self.graph.unexplored:
            return UNREAD
        return weigh(self.graph.held_in(company, self.lane))

    def links(self, company: str) -> Iterator[Link]:
        """The links that can be more than nothing."""
        return (link for link in self.owners(company).links if link.high > ZERO)

    def controls(self, company: str) -> Iterator[Stake]:
        """Board and control stakes, which have no figures."""
        return (stake for lane in _CONTROL for stake in self.graph.direct(company, lane))

    def near(self, entity: str, side: Side) -> Sequence[Near]:
        if side is Side.UP:
            found = {link.owner: link.high for link in self.links(entity)}
            found |= {stake.owner: ONE for stake in self.controls(entity)}
        else:
            found = {company: self._size(entity, company) for company in self._holdings(entity)}
        return [Near(other, size) for other, size in found.items() if other != entity]

    def _size(self, owner: str, company: str) -> Fraction:
        if any(stake.owner == owner for stake in self.controls(company)):
            return ONE
        return next(link.high for link in self.links(company) if link.owner == owner)

    def _holdings(self, owner: str) -> Sequence[str]:
        if self._held is None:
            self._held = defaultdict(list)
            for company in sorted(self.below):
                holders = {link.owner for link in self.links(company)}
                for holder in sorted(holders | {stake.owner for stake in self.controls(company)}):
                    self._held[holder].append(company)
        return self._held.get(owner, ())

    def stops(self, entity: str) -> bool:
        """Whether the test does not look further up, so that nothing above matters to it."""
        if self.reach is None or entity in self.below:
            return False
        return self.reach.owners.get(entity, NOBODY) is NOBODY

    def open_part(self, company: str) -> bool:
        return self.owners(company).undisclosed > ZERO

    def standings_above(self, drawn: Sequence[str]) -> Mapping[str, Standing]:
        """How everybody above stands in the question about the subject; without a policy, those drawn."""
        if self.result:
            return standings(self.result)
        found = totals_above(self.graph, self.subject, drawn, self.lane)
        self.not_worked_out = sum(held is None for held in found.values())
        bounds = {party: held or Bounds(ZERO, ONE) for party, held in found.items()}
        return {party: Standing(Role.THROUGH, None, held.lower, held.upper) for party, held in bounds.items()}

    def standings_below(self, drawn: Sequence[str]) -> Mapping[str, Standing]:
        """How companies below the subject stand, the subject being a party like any other."""
        if not drawn:
            return {}
        if self.reach:
            asked = reach_of_all(self.graph, drawn, self.reach.test)
            return standings(examine_reach(asked))
        totals = totals_below(self.graph, self.subject, drawn, self.lane).items
        return {t.entity: Standing(Role.THROUGH, None, t.lower, t.upper) for t in totals}


def merged(one: OwnershipGraph, other: OwnershipGraph) -> OwnershipGraph:
    """Both, read at the same clocks."""
    return replace(
        one,
        parties={**other.parties, **one.parties},
        stakes={**other.stakes, **one.stakes},
        unexplored=one.unexplored | other.unexplored,
        groups={**other.groups, **one.groups},
    )
