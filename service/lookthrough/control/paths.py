"""The largest chains into a subject, found in memory: for facts that no database has, and for many ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count

from .interval import ONE
from .reach import Reach, Role
from .weights import Link

MOST_STEPS = 50_000
"""Links that the searches in one reach follow together before they are cut off."""


@dataclass(frozen=True, slots=True)
class WeightedChain:
    """Links from the target met first down to the subject; `product` of weights and the target's factor."""

    links: tuple[Link, ...]
    product: Fraction


@dataclass(frozen=True, slots=True)
class BestChains:
    """Falling by product, then by the ids from the target down; `cut_off` if larger ones may be missing."""

    chains: tuple[WeightedChain, ...]
    cut_off: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """The upper end of a walk from the subject, and how it came there."""

    entity: str
    product: Fraction
    link: Link | None = None
    below: _Step | None = None
    length: int = 0

    def links(self) -> Iterator[Link]:
        """From the upper end down."""
        step = self
        while step.link is not None and step.below is not None:
            yield step.link
            step = step.below

    def has_met(self, entity: str) -> bool:
        step: _Step | None = self
        while step is not None and step.entity != entity:
            step = step.below
        return step is not None


@dataclass(slots=True)
class _Search:
    """Walks, the most promising first: no walk is taken before one that could end in a larger product."""

    targets: Mapping[str, Fraction]
    promises: Mapping[str, Fraction]
    waiting: list[tuple[Fraction, int, _Step]] = field(default_factory=list[tuple[Fraction, int, _Step]])
    taken: Iterator[int] = field(default_factory=count)

    @property
    def bound(self) -> Fraction:
        """No walk that waits ends in a larger product."""
        return -self.waiting[0][0]

    def wait(self, step: _Step) -> None:
        heappush(self.waiting, (-step.product * self.promises[step.entity], next(self.taken), step))

    def take(self) -> _Step:
        return heappop(self.waiting)[2]


class ChainFinder:
    """Searches for chains of at most `longest` links of positive weight in one reach."""

    def __init__(self, reach: Reach, *, longest: int, steps: int = MOST_STEPS) -> None:
        self._reach = reach
        self._longest = longest
        self._steps_left = steps
        self._held = _links_by_owner(reach)

    def best(self, targets: Mapping[str, Fraction], most: int, floor: Fraction) -> BestChains:
        """At most `most` chains whose product is at least `floor`, each from the first target it meets.

        `targets` maps entities to the factor of a walk that ends there: 1, or the part that does not go on.
        """
        search = _Search(targets, self._promises(targets))
        found: list[WeightedChain] = []
        if self._reach.subject in search.promises:
            search.wait(_Step(self._reach.subject, ONE))
        while search.waiting:
            if search.bound < floor or (len(found) >= most and search.bound < found[most - 1].product):
                break
            if self._steps_left <= 0:
                return BestChains(_ordered(found, most), cut_off=True)
            step = search.take()
            if step.entity in targets:
                found.append(WeightedChain(tuple(step.links()), step.product * targets[step.entity]))
            elif step.length < self._longest:
                self._follow(search, step)
        return BestChains(_ordered(found, most), cut_off=False)

    def _follow(self, search: _Search, step: _Step) -> None:
        for link in self._reach.weighty(step.entity):
            if link.owner in search.promises and not step.has_met(link.owner):
                self._steps_left -= 1
                product = step.product * link.weight
                search.wait(_Step(link.owner, product, link, step, step.length + 1))

    def _promises(self, targets: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """The largest product of a walk from each entity up to a target, for those that lead to one."""
        promises: dict[str, Fraction] = {}
        ahead = [(-factor, target) for target, factor in targets.items()]
        ahead.sort()
        while ahead:
            promise, entity = heappop(ahead)
            if entity in promises:
                continue
            promises[entity] = -promise
            for link in self._held[entity]:
                if link.owned not in promises and link.owned not in targets:
                    heappush(ahead, (promise * link.weight, link.owned))
        return promises


def best_below(reach: Reach, party: str) -> dict[str, WeightedChain]:
    """The chain with the largest product from the party down to each entity of the reach that it leads to."""
    held = _links_by_owner(reach)
    found: dict[str, WeightedChain] = {}
    ahead: list[tuple[Fraction, tuple[str, ...], tuple[Link, ...]]] = [(-ONE, (party,), ())]
    while ahead:
        product, walk, links = heappop(ahead)
        if walk[-1] in found:
            continue
        found[walk[-1]] = WeightedChain(links, -product)
        for link in held[walk[-1]]:
            if link.owned not in found:
                heappush(ahead, (product * link.weight, (*walk, link.owned), (*links, link)))
    del found[party]
    return found


def _links_by_owner(reach: Reach) -> defaultdict[str, list[Link]]:
    held: defaultdict[str, list[Link]] = defaultdict(list)
    for entity, role in reach.roles.items():
        if role.is_transient:
            for link in reach.weighty(entity):
                held[link.owner].append(link)
    return held


def seeds_of(reach: Reach) -> dict[str, Fraction]:
    """The seeds as targets."""
    return dict.fromkeys(reach.with_role(Role.SEED), ONE)


def _ordered(found: Sequence[WeightedChain], most: int) -> tuple[WeightedChain, ...]:
    ordered = sorted(found, key=lambda chain: (-chain.product, [link.owner for link in chain.links]))
    return tuple(ordered[:most])
