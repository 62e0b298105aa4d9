"""A party that reaches the line passes everything it holds (SEMANTICS section 5).

The lower set grows from proven parties, the upper set from all that could be; both are least fixpoints of
sums of direct stakes. A control test is the same on votes, where a board or control stake counts at once.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from .components import components
from .decision import Bounds
from .interval import ZERO
from .multiplicative import Component, is_closed
from .policy import Line, Operator, Pooling
from .predicate import Truth, any_of
from .reach import NOBODY, Reach, Role
from .stakes import Stake
from .weights import Link

_EVERYBODY = "\0"


@dataclass(frozen=True, slots=True)
class Join:
    """Why an entity joined: the sum (a fraction) of the links from members, or control stakes of theirs."""

    entity: str
    sum: Fraction
    links: tuple[Link, ...]
    control: tuple[Stake, ...] = ()


@dataclass(slots=True)
class Members:
    """A set that grows: who is in it, the sums they hold, and who joined, in order.

    `open_share` counts what is undisclosed as theirs; `onto` is a grown set that this one goes on from.
    """

    start: frozenset[str]
    open_share: bool = False
    onto: Members | None = None
    inside: set[str] = field(default_factory=set[str])
    sums: dict[str, Fraction] = field(default_factory=dict[str, Fraction])
    joins: list[Join] = field(default_factory=list[Join])

    def __contains__(self, entity: str) -> bool:
        return entity in self.inside or (self.onto is not None and entity in self.onto)

    def held_in(self, company: str) -> Fraction:
        held = self.sums.get(company)
        if held is None:
            return self.onto.held_in(company) if self.onto is not None else ZERO
        return held


@dataclass(frozen=True, slots=True)
class CascadeRun:
    """What was grown from one start: empty for an unnamed party and for one whose predicate is unknown."""

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
        self._held_by: defaultdict[str, list[Link]] = defaultdict(list)
        self._controlled_by: defaultdict[str, list[Stake]] = defaultdict(list)
        self._passed_on: dict[tuple[Component, bool, str | None], Members] = {}
        self._ringed: dict[str | None, dict[str, Component]] = {}
        for own in reach.owners.values():
            for link in own.links:
                self._held_by[link.owner].append(link)
        for stakes in reach.controllers.values():
            for stake in stakes:
                self._controlled_by[stake.owner].append(stake)

    def runs(self) -> list[CascadeRun]:
        """One run for all seeds together, or one for each seed, each possible one and an unnamed party."""
        closed = [member for loop in self.closed_loops() for member in loop]
        unnamed = self.grow(closed, open_share=True)
        if self.reach.test.pooling is Pooling.ALL:
            possible = frozenset(self.reach.with_role(Role.OPEN))
            return [self._run(start, start | possible, unnamed) for start in self.starts()]
        nobody = frozenset[str]()
        return [
            *(self._run(start, start, unnamed) for start in self.starts()),
            *(self._run(nobody, start, unnamed) for start in self._parties(Truth.UNKNOWN)),
            self._run(nobody, nobody, unnamed),
        ]

    def starts(self) -> list[frozenset[str]]:
        """The proven parties that a set is grown from: all together, or each one."""
        if self.reach.test.pooling is Pooling.ALL:
            return [frozenset(self.reach.with_role(Role.SEED))]
        return self._parties(Truth.TRUE)

    def catches(self, start: Collection[str]) -> bool:
        """Whether the parties reach the final line."""
        alone = self.reach.test.pooling is Pooling.EACH
        return self.is_caught(self.grow_alone(start) if alone else self.grow(start))

    def is_caught(self, members: Members) -> bool:
        """Whether the set, grown, reaches the final line."""
        return self._joins(self.reach.subject, members, self.line)

    def _parties(self, truth: Truth) -> list[frozenset[str]]:
        """Parties that start a run alone: declared groups as one, everybody else by themselves."""
        role = {Truth.TRUE: Role.SEED, Truth.UNKNOWN: Role.OPEN}[truth]
        groups = [group for group in self.reach.graph.groups.values() if self._is_seed(group) is truth]
        grouped = {member for group in self.reach.graph.groups.values() for member in group}
        alone = [frozenset([entity]) for entity in self.reach.with_role(role) if entity not in grouped]
        return sorted({*groups, *alone}, key=sorted)

    def roles(self) -> dict[str, Role]:
        """Roles where members of a group that counts as one seed, or could, have what one of them has."""
        roles = dict(self.reach.roles)
        if self.reach.test.pooling is Pooling.EACH:
            for truth, role in ((Truth.UNKNOWN, Role.OPEN), (Truth.TRUE, Role.SEED)):
                roles.update((e, role) for party in self._parties(truth) for e in party if e in roles)
        return roles

    def unsure_partners(self) -> list[str]:
        """Parties that hold nothing here and act together with some that do, perhaps as one seed."""
        groups = self._parties(Truth.UNKNOWN) if self.reach.test.pooling is Pooling.EACH else []
        members = {member for group in groups if group & self.reach.roles.keys() for member in group}
        absent = members - self.reach.roles.keys()
        return sorted(entity for entity in absent if self._truth(entity) is Truth.UNKNOWN)

    def _is_seed(self, group: frozenset[str]) -> Truth:
        """The members of a group are one seed if one of them is a seed, also one that holds nothing here."""
        return any_of(self._truth(entity) for entity in group - {self.reach.subject})

    def _truth(self, entity: str) -> Truth:
        role = self.reach.roles.get(entity)
        if role is None:
            return self.reach.test.seeds.judge(self.reach.graph.party(entity))
        return {Role.SEED: Truth.TRUE, Role.OPEN: Truth.UNKNOWN}.get(role, Truth.FALSE)

    def closed_loops(self) -> list[Component]:
        """Loops that no outsider holds anything of; seeds that are pooled absorb."""
        reach = self.reach
        if reach.test.pooling is Pooling.ALL:
            reach = replace(
                reach, owners={**reach.owners, **dict.fromkeys(reach.with_role(Role.SEED), NOBODY)}
            )

        def holders(company: str) -> Iterable[str]:
            return (
                (link.owner for link in reach.weighty(company)) if company in reach.owners else reach.owners
            )

        # From everybody: over the board lane a loop can matter that no share of the subject leads to.
        loops = (loop for loop in components(_EVERYBODY, holders) if loop != (_EVERYBODY,))
        return [loop for loop in loops if is_closed(reach, loop)]

    def _run(self, lower: Collection[str], upper: Collection[str], unnamed: Members) -> CascadeRun:
        subject = self.reach.subject
        grow = self.grow_alone if self.reach.test.pooling is Pooling.EACH else self.grow
        low, high = grow(lower), grow(upper, open_share=True, onto=unnamed)
        strict, strict_outside = self._strict(subject, low), self._strict_outside(subject, high)
        bounds = Bounds(self._sum(subject, low), self._sum(subject, high), strict, strict_outside)
        return CascadeRun(low, high, bounds, self.is_caught(low), self.is_caught(high))

    def grow(
        self,
        start: Collection[str],
        *,
        open_share: bool = False,
        onto: Members | None = None,
        without: str | None = None,
    ) -> Members:
        """The set grown from `start`; `without` is an entity kept from joining, to see what hangs on it."""
        members = Members(frozenset(start) - {self.reach.subject}, open_share, onto)
        ahead = deque(self.reach.owners if open_share and onto is None else ())
        for entity in sorted(members.start):
            ahead.extend(self._take_in(entity, members))
        while ahead:
            entity = ahead.popleft()
            if self._can_join(entity, members, without):
                if not open_share:
                    members.joins.append(self.why(entity, members))
                ahead.extend(self._take_in(entity, members))
        return members

    def grow_alone(
        self,
        start: Collection[str],
        *,
        open_share: bool = False,
        onto: Members | None = None,
        without: str | None = None,
    ) -> Members:
        """The set that `grow` gives, but for the joining order, where many are grown from one start each.

        Companies that make each other join pass on the same: that is grown once for all who reach them.
        """
        members = Members(frozenset(start) - {self.reach.subject}, open_share, onto)
        ahead = deque(owned for entity in sorted(members.start) for owned in self._take_in(entity, members))
        while ahead:
            entity = ahead.popleft()
            if self._can_join(entity, members, without):
                ring = self._rings(without).get(entity)
                if ring is not None:
                    passed_on = self._all_of(ring, open_share=open_share, onto=onto, without=without)
                    return self.grow(start, open_share=open_share, onto=passed_on, without=without)
                ahead.extend(self._take_in(entity, members))
        return members

    def _all_of(
        self, ring: Component, *, open_share: bool, onto: Members | None, without: str | None
    ) -> Members:
        """The set grown from companies of which each makes the others join."""
        key = (ring, open_share, without)
        if key not in self._passed_on:
            self._passed_on[key] = self.grow(ring, open_share=open_share, onto=onto, without=without)
        return self._passed_on[key]

    def _rings(self, without: str | None) -> dict[str, Component]:
        """Companies that by single links make each other join, each with all of its ring."""
        if without not in self._ringed:

            def carriers(company: str) -> Iterable[str]:
                if company not in self.reach.owners:
                    return self.reach.owners
                apart = company in (without, self.reach.subject)
                links = () if apart else self.reach.owners[company].links
                return (link.owner for link in links if self.carrier.met_by(link.weight))

            found = components(_EVERYBODY, carriers)
            rings = (ring for ring in found if len(ring) > 1)
            self._ringed[without] = {member: ring for ring in rings for member in ring}
        return self._ringed[without]

    def _can_join(self, entity: str, members: Members, without: str | None) -> bool:
        if entity in members or entity == without or self._is_end(entity):
            return False
        return self._joins(entity, members, self.carrier)

    def _take_in(self, entity: str, members: Members) -> Iterator[str]:
        """Count what a new member holds; the companies where that can make a difference."""
        if entity not in members:
            members.inside.add(entity)
            for link in self._held_by[entity]:
                members.sums[link.owned] = members.held_in(link.owned) + link.weight
            yield from (link.owned for link in self._held_by[entity])
            yield from (stake.owned for stake in self._controlled_by[entity])

    def _is_end(self, entity: str) -> bool:
        return self.reach.graph.party(entity).kind.is_end

    def _sum(self, company: str, members: Members) -> Fraction:
        held = members.held_in(company)
        return held + self.reach.owners[company].undisclosed if members.open_share else held

    def _joins(self, company: str, members: Members, line: Line) -> bool:
        if any(stake.owner in members for stake in self.reach.controllers.get(company, ())):
            return True
        total = self._sum(company, members)
        if total != line.threshold:
            return line.met_by(total)
        if members.open_share:
            return line.operator is Operator.AT_LEAST and not self._strict_outside(company, members)
        return line.operator is Operator.AT_LEAST or self._strict(company, members)

    def _strict(self, company: str, members: Members) -> bool:
        return any(link.strict for link in self.reach.owners[company].links if link.owner in members)

    def _strict_outside(self, company: str, members: Members) -> bool:
        return any(link.strict for link in self.reach.owners[company].links if link.owner not in members)

    def why(self, company: str, members: Members) -> Join:
        """The links and control stakes from members into the company."""
        links = tuple(
            link
            for link in self.reach.owners[company].links
            if link.owner in members and (link.weight > ZERO or link.strict)
        )
        control = tuple(s for s in self.reach.controllers.get(company, ()) if s.owner in members)
        return Join(company, self._sum(company, members), links, control)

    def joins_behind(self, members: Members) -> list[Join]:
        """Of those who joined, the ones that the subject's sum rests on, in order; last the subject.

        A subject that passes on what it holds, on the way back to itself, has joined before.
        """
        last = self.why(self.reach.subject, members)
        if not (last.links or last.control):
            return []
        joined = {join.entity: join for join in members.joins}
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
