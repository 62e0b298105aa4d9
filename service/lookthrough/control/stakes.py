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

    def direct(self, company: str, lane: Lane) -> tuple[Stake, ...]:
        """Stakes in the company that stand: a dissolved entity holds nothing, and nothing is held in it."""
        stakes = self.stakes.get((company, lane), ())
        if self.party(company).dissolved:
            return ()
        return tuple(stake for stake in stakes if not self.party(stake.owner).dissolved)

    def ended(self, company: str) -> tuple[Stake, ...]:
        """Stakes in the company that have ended with the company or with their owner."""
        gone = self.party(company).dissolved is not None
        told = (stake for lane in Lane for stake in self.stakes.get((company, lane), ()))
        return tuple(stake for stake in told if gone or self.party(stake.owner).dissolved)

    def held_in(self, company: str, lane: Lane) -> tuple[Stake, ...]:
        """Stakes in the company; in the votes lane its shares stand in where no vote figure is on record.

        Votes that ended with their owner are on record: who has them now is not known.
        """
        assumed = self.votes_assumed(company, lane)
        return self.direct(company, Lane.SHARES if assumed else lane)

    def votes_assumed(self, company: str, lane: Lane) -> bool:
        """Whether the shares of the company stand in for its votes: one share, one vote."""
        return (
            lane is Lane.VOTES
            and not self.stakes.get((company, Lane.VOTES))
            and bool(self.direct(company, Lane.SHARES))
        )
