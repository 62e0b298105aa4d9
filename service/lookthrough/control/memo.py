"""What was worked out for one question: other tests and readings of the same facts need not do it again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .facts import Lane
from .multiplicative import Shares, look_through
from .policy import OwnershipTest
from .reach import Reach, explore
from .stakes import OwnershipGraph
from .weights import Owners


@dataclass(slots=True)
class Memo:
    """Belongs to one subject and one graph, and lives as long as the question about them."""

    graph: OwnershipGraph
    subject: str
    weighed: dict[tuple[str, Lane], Owners] = field(default_factory=dict[tuple[str, Lane], Owners])
    solved: list[Shares] = field(default_factory=list[Shares])

    def reach(self, test: OwnershipTest) -> Reach:
        return explore(self.graph, self.subject, test, self.weighed)

    def look_through(self, reach: Reach) -> Shares:
        """R and C above the subject; they hang on the lane and on everybody's role, not on a line."""
        for shares in self.solved:
            other = shares.reach
            if other.test.lane is reach.test.lane and other.roles == reach.roles:
                return replace(shares, reach=reach)
        self.solved.append(look_through(reach))
        return self.solved[-1]
