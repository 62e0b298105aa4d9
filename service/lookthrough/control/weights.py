"""Weights of the holders of one company (SEMANTICS section 3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .interval import ONE, ZERO
from .stakes import Stake


@dataclass(frozen=True, slots=True)
class Link:
    """All holdings of one owner in one company, in one lane; figures are fractions of the company.

    `low` and `high` are as recorded, `weight` is what counts, `strict` says that the true share exceeds it.
    """

    owner: str
    owned: str
    low: Fraction
    high: Fraction
    weight: Fraction
    strict: bool
    stakes: tuple[Stake, ...]

    @property
    def conflict(self) -> bool:
        return any(stake.conflict for stake in self.stakes)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(sorted({source for stake in self.stakes for source in stake.sources}))


@dataclass(frozen=True, slots=True)
class Owners:
    """The links into one company. `total` is the sum of the lows, `undisclosed` what the weights leave."""

    links: tuple[Link, ...]
    total: Fraction
    undisclosed: Fraction
    contradictory: bool


def weigh(stakes: Iterable[Stake]) -> Owners:
    """Weigh the stakes in one company and lane.

    Where the recorded shares exceed the whole, each weight is the part that holds however the excess is
    resolved; nothing is rescaled.
    """
    raw = [_raw(group) for group in _by_owner(stakes)]
    total = sum((link.low for link in raw), ZERO)
    contradictory = total > ONE or (total == ONE and any(link.strict for link in raw))
    if contradictory:
        raw = [_reduced(link, total - ONE) for link in raw]
    undisclosed = ONE - sum((link.weight for link in raw), ZERO)
    return Owners(tuple(raw), total, undisclosed, contradictory)


def _by_owner(stakes: Iterable[Stake]) -> list[list[Stake]]:
    groups: defaultdict[str, list[Stake]] = defaultdict(list)
    for stake in stakes:
        groups[stake.owner].append(stake)
    return [groups[owner] for owner in sorted(groups)]


def _raw(stakes: Sequence[Stake]) -> Link:
    intervals = [stake.interval for stake in stakes if stake.interval is not None]
    low = sum((interval.low for interval in intervals), ZERO)
    high = min(ONE, sum((interval.high for interval in intervals), ZERO))
    strict = any(interval.low_open for interval in intervals)
    ordered = tuple(sorted(stakes, key=lambda stake: stake.holding))
    return Link(stakes[0].owner, stakes[0].owned, low, max(high, min(low, ONE)), low, strict, ordered)


def _reduced(link: Link, excess: Fraction) -> Link:
    weight = max(ZERO, link.low - excess)
    return Link(link.owner, link.owned, link.low, link.high, weight, False, link.stakes)
