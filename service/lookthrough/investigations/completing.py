"""A load that is all its sources have to say: what they said before and do not say in it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lookthrough.control.facts import Fact, SourceRecord
from lookthrough.graph.facts import digest
from lookthrough.graph.loads import Load
from lookthrough.graph.remembered import Remembered
from lookthrough.graph.retracting import Said

EMPTY = "no row of this load names it, which would close all that it said: confirm it with --allow-empty"
REFUSED = "a row of it was rejected, so that what it says now is not known in full"
UNREADABLE = "a row that cannot be read was rejected, and may be one of its rows"


@dataclass(frozen=True, slots=True)
class NotClosed:
    """A source of which nothing was closed, and why."""

    source: str
    reason: str


@dataclass(slots=True)
class Completion:
    """Collects what the sources of one load say in it. A source with a rejected row is left as it was."""

    allow_empty: bool = False
    _said: Remembered = field(default_factory=Remembered)
    _named: set[str] = field(default_factory=set[str])
    _refused: set[str] = field(default_factory=set[str])
    _unreadable: bool = False

    @property
    def mark(self) -> str:
        """Tells the load from one of the same files that closes nothing."""
        return f"complete, empty {'allowed' if self.allow_empty else 'refused'}"

    def unreadable(self) -> None:
        """A row was rejected of which the source is not known."""
        self._unreadable = True

    def told(self, rows: Iterable[tuple[Sequence[Fact], bool]]) -> None:
        """Rows by their facts, and whether each was refused. To describe a source is not to speak for it."""
        for facts, refused in rows:
            spoken = [fact for fact in facts if not isinstance(fact, SourceRecord)]
            self._named.update(fact.source for fact in spoken)
            if refused:
                self._refused.update(fact.source for fact in spoken)
            else:
                self._said.add(digest(fact) for fact in spoken)

    def close(self, load: Load, source: str = "") -> tuple[dict[str, int], list[NotClosed]]:
        """Close what is no longer said, by the sources of the rows and by `source` if given.

        Gives how much was closed by kind, and the sources that were left. Raises LoadRefused.
        """
        sources = sorted(self._named | ({source} if source else set[str]()))
        left = [NotClosed(name, reason) for name in sources if (reason := self._objection(name))]
        closing = set(sources) - {one.source for one in left}
        retractor = load.retractor(lambda fact: fact.source in closing and digest(fact) not in self._said)
        if closing:
            retractor.of_sources(closing)
        return counts(retractor.closed), left

    def _objection(self, source: str) -> str:
        if source in self._refused:
            return REFUSED
        if self._unreadable:
            return UNREADABLE
        return "" if source in self._named or self.allow_empty else EMPTY


def counts(closed: dict[Said, int]) -> dict[str, int]:
    """Every kind, also those of which nothing was closed."""
    return {kind.value: closed.get(kind, 0) for kind in Said}
