"""A party that reaches the line passes everything it holds (SEMANTICS section 5).

The lower set grows from proven parties, the upper set from all that could be; both are least fixpoints of
sums of direct stakes. A control test is the same on votes, where a board or control stake counts at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from .decision import Bounds
from .interval import ZERO
from .multiplicative import closed_loops
from .policy import Line, Operator, Pooling
from .predicate import Truth, any_of
from .reach import Reach, Role
from .stakes import Stake
from .weights import Link


@dataclass(frozen=True, slots=True)
class Join:
    """Why an entity joined: the sum (a fraction) of the links from members, or control stakes of theirs."""

    entity: str
    sum: Fraction
    links: tuple[Link, ...]
    control: tuple[Stake, ...] = ()


@dataclass(slots=True)
class Members:
    """A set that grows: who is in it, in joining order. `open_share` counts what is undisclosed as theirs."""

    start: frozenset[str]
    inside: set[str]
    joins: list[Join] = field(default_factory=list[Join])
    open_share: bool = False


@dataclass(frozen=True, slots=True)
class CascadeRun:
    """The sets grown from one start: `seed` is empty for all seeds together and for an unnamed party."""

    lower: Members
    upper: Members
    bounds: Bounds
    caught: bool
    possible: bool


class Cascade:
    """The cascade above one subject."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.line = reach.test.line
        self.carrier = reach.test.carrier or reach.test.line
        self.closed = frozenset(member for loop in closed_loops(reach) for member in loop)
        self._held_by: defaultdict[str, list[Link]] = defaultdict(list)
        self._controlled_by: defaultdict[str, list[Stake]] = defaultdict(list)
        for own in reach.owners.values():
            for link in own.links:
                self._held_by[link.owner].append(link)
        for stakes in reach.controllers.values():
            for stake in stakes:
                self._controlled_by[stake.owner].append(stake)

    def runs(self) -> list[CascadeRun]:
        """One run for all seeds together, or one for each seed, each possible one and an unnamed party."""
        if self.reach.test.pooling is Pooling.ALL:
            seeds = self.reach.with_role(Role.SEED)
            return [self.run(seeds, {*seeds, *self.reach.with_role(Role.OPEN)})]
        return [
            *(self.run(start, start) for start in self._starts(Truth.TRUE)),
            *(self.run((), start) for start in self._starts(Truth.UNKNOWN)),
            self.run((), ()),
        ]

    def _starts(self, truth: Truth) -> list[frozenset[str]]:
        """Parties that start a run alone: declared groups as one, everybody else by themselves."""
        role = {Truth.TRUE: Role.SEED, Truth.UNKNOWN: Role.OPEN}[truth]
        groups = [group for group in self.reach.graph.groups.values() if self._is_seed(group) is truth]
        grouped = {member for group in self.reach.graph.groups.values() for member in group}
        alone = [frozenset([entity]) for entity in self.reach.with_role(role) if entity not in grouped]
        return sorted({*groups, *alone}, key=sorted)

    def _is_seed(self, group: frozenset[str]) -> Truth:
        """The members of a group are one seed if one of them is a seed, also one that holds nothing here."""
        others = (self.reach.graph.party(entity) for entity in group - {self.reach.subject})
        return any_of(self.reach.test.seeds.judge(party) for party in others)

    def run(self, lower: Collection[str], upper: Collection[str], without: str | None = None) -> CascadeRun:
        """Grow both sets; `without` is an entity that may not join, to see what hangs on it."""
        subject = self.reach.subject
        low = self._grow(lower, open_share=False, without=without)
        high = self._grow({*upper, *self.closed}, open_share=True, without=without)
        low_sum, high_sum = self._sum(subject, low), self._sum(subject, high)
        bounds = Bounds(
            low_sum, high_sum, self._strict(subject, low.inside), self._strict_outside(subject, high.inside)
        )
        return CascadeRun(
            low, high, bounds, self._joins(subject, low, self.line), self._joins(subject, high, self.line)
        )

    def grown_without(self, entity: str) -> Members:
        """The lower set of the run that is shown, were the entity kept from joining."""
        best = max(self.runs(), key=lambda run: (run.caught, run.bounds.lower, run.bounds.upper))
        return self._grow(best.lower.start, open_share=False, without=entity)

    def _grow(self, start: Iterable[str], *, open_share: bool, without: str | None) -> Members:
        first = frozenset(entity for entity in start if entity != self.reach.subject)
        members = Members(first, set(first), open_share=open_share)
        ahead = self._candidates(members)
        while ahead:
            entity = ahead.pop(0)
            if entity in members.inside or entity == without or self._is_end(entity):
                continue
            if self._joins(entity, members, self.carrier):
                members.joins.append(self.why(entity, members))
                members.inside.add(entity)
                ahead.extend(self._touched([entity]))
        return members

    def _candidates(self, members: Members) -> list[str]:
        open_to_all = self.reach.owners if members.open_share else ()
        return sorted({*open_to_all, *self._touched(sorted(members.inside))})

    def _touched(self, members: Iterable[str]) -> Iterator[str]:
        for member in members:
            yield from (link.owned for link in self._held_by[member])
            yield from (stake.owned for stake in self._controlled_by[member])

    def _is_end(self, entity: str) -> bool:
        return self.reach.graph.party(entity).kind.is_end

    def _sum(self, company: str, members: Members) -> Fraction:
        own = self.reach.owners[company]
        held = sum((link.weight for link in own.links if link.owner in members.inside), ZERO)
        return held + own.undisclosed if members.open_share else held

    def _joins(self, company: str, members: Members, line: Line) -> bool:
        if any(stake.owner in members.inside for stake in self.reach.controllers.get(company, ())):
            return True
        total = self._sum(company, members)
        if total != line.threshold:
            return line.met_by(total)
        if members.open_share:
            return line.operator is Operator.AT_LEAST and not self._strict_outside(company, members.inside)
        return line.operator is Operator.AT_LEAST or self._strict(company, members.inside)

    def _strict(self, company: str, inside: Collection[str]) -> bool:
        return any(link.strict for link in self.reach.owners[company].links if link.owner in inside)

    def _strict_outside(self, company: str, inside: Collection[str]) -> bool:
        return any(link.strict for link in self.reach.owners[company].links if link.owner not in inside)

    def why(self, company: str, members: Members) -> Join:
        """The links and control stakes from members into the company."""
        links = tuple(
            link
            for link in self.reach.owners[company].links
            if link.owner in members.inside and (link.weight > ZERO or link.strict)
        )
        control = tuple(s for s in self.reach.controllers.get(company, ()) if s.owner in members.inside)
        return Join(company, self._sum(company, members), links, control)

    def joins_behind(self, members: Members) -> list[Join]:
        """Of those who joined, the ones that the subject's sum rests on, in order; last the subject."""
        last = self.why(self.reach.subject, members)
        if not (last.links or last.control):
            return []
        joined = {join.entity: join for join in members.joins if join.entity != self.reach.subject}
        wanted, ahead = set[str](), [last]
        while ahead:
            join = ahead.pop()
            for owner in (*(link.owner for link in join.links), *(stake.owner for stake in join.control)):
                if owner in joined and owner not in wanted:
                    wanted.add(owner)
                    ahead.append(joined[owner])
        return [*(join for entity, join in joined.items() if entity in wanted), last]


def bounds_over(runs: Iterable[CascadeRun]) -> Bounds:
    """The reported sums at the subject: the largest over the runs."""
    runs = list(runs)
    lower = max(runs, key=lambda run: (run.bounds.lower, run.bounds.lower_strict)).bounds
    upper = max(runs, key=lambda run: (run.bounds.upper, not run.bounds.upper_strict)).bounds
    return Bounds(lower.lower, upper.upper, lower.lower_strict, upper.upper_strict)
