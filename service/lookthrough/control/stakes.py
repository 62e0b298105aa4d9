"""Who holds what, at one pair of clocks: the facts a verdict is computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .facts import Lane
from .interval import Interval
from .predicate import Party


@dataclass(frozen=True, slots=True)
class Stake:
    """`owner` holds `interval` (fractions of the company) of `owned`; None where the lane has no figures."""

    owner: str
    owned: str
    lane: Lane
    interval: Interval | None
    holding: str = ""
    conflict: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnershipGraph:
    """The stakes that can matter for one entity.

    `unexplored` are entities whose holders were not read: whatever they hold on is unknown.
    """

    parties: Mapping[str, Party]
    stakes: Mapping[tuple[str, Lane], tuple[Stake, ...]]
    unexplored: frozenset[str] = field(default_factory=frozenset[str])
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """Members of each declared group, whole: they act together."""

    def party(self, entity: str) -> Party:
        return self.parties.get(entity) or Party(entity)

    def held_in(self, company: str, lane: Lane) -> tuple[Stake, ...]:
        """Stakes in the company; in the votes lane its shares stand in where no vote figure is on record."""
        own = self.stakes.get((company, lane), ())
        return own if own or lane is not Lane.VOTES else self.stakes.get((company, Lane.SHARES), ())

    def votes_assumed(self, company: str, lane: Lane) -> bool:
        """Whether the shares of the company stand in for its votes: one share, one vote."""
        return (
            lane is Lane.VOTES
            and not self.stakes.get((company, Lane.VOTES))
            and bool(self.stakes.get((company, Lane.SHARES)))
        )
