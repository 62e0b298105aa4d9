"""The largest chains into the subject, found in memory: where the facts asked about are in no database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count

from .interval import ONE
from .reach import Reach, Role
from .weights import Link

MOST_STEPS = 50_000
"""Links that a search follows before it is cut off."""


@dataclass(frozen=True, slots=True)
class WeightedChain:
    """Links from the first seed met down to the subject; `product` of their weights, a fraction."""

    links: tuple[Link, ...]
    product: Fraction


@dataclass(frozen=True, slots=True)
class BestChains:
    """Falling by product, then by the ids from the seed down; `cut_off` if larger ones may be missing."""

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

    reach: Reach
    promises: dict[str, Fraction]
    longest: int
    waiting: list[tuple[Fraction, int, _Step]] = field(default_factory=list[tuple[Fraction, int, _Step]])
    taken: Iterator[int] = field(default_factory=count)
    steps: int = 0

    def wait(self, step: _Step) -> None:
        self.steps += 1
        heappush(self.waiting, (-step.product * self.promises[step.entity], next(self.taken), step))

    def follow(self, step: _Step) -> None:
        if step.length == self.longest:
            return
        for link in self.reach.weighty(step.entity):
            if link.owner in self.promises and not step.has_met(link.owner):
                product = step.product * link.weight
                self.wait(_Step(link.owner, product, link, step, step.length + 1))


def best_chains(
    reach: Reach, most: int, floor: Fraction, *, longest: int, steps: int = MOST_STEPS
) -> BestChains:
    """At most `most` chains of at most `longest` links whose product is positive and at least `floor`.

    A chain passes no entity twice and ends at the first seed met; `steps` bounds the work.
    """
    search = _Search(reach, _promises(reach), longest)
    found: list[WeightedChain] = []
    if reach.subject in search.promises:
        search.wait(_Step(reach.subject, ONE))
    while search.waiting:
        bound = -search.waiting[0][0]
        if bound < floor or (len(found) >= most and bound < found[most - 1].product):
            break
        if search.steps > steps:
            return BestChains(_ordered(found, most), cut_off=True)
        step = heappop(search.waiting)[2]
        if reach.roles[step.entity] is Role.SEED:
            found.append(WeightedChain(tuple(step.links()), step.product))
        else:
            search.follow(step)
    return BestChains(_ordered(found, most), cut_off=False)


def _ordered(found: Sequence[WeightedChain], most: int) -> tuple[WeightedChain, ...]:
    ordered = sorted(found, key=lambda chain: (-chain.product, [link.owner for link in chain.links]))
    return tuple(ordered[:most])


def _promises(reach: Reach) -> dict[str, Fraction]:
    """The largest product of a walk from each entity up to a seed, for those that lead to one."""
    held: defaultdict[str, list[Link]] = defaultdict(list)
    for entity, role in reach.roles.items():
        if role.is_transient:
            for link in reach.weighty(entity):
                held[link.owner].append(link)
    promises: dict[str, Fraction] = {}
    ahead = [(-ONE, seed) for seed in reach.with_role(Role.SEED)]
    while ahead:
        promise, entity = heappop(ahead)
        if entity in promises:
            continue
        promises[entity] = -promise
        for link in held[entity]:
            if link.owned not in promises:
                heappush(ahead, (promise * link.weight, link.owned))
    return promises
