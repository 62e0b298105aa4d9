"""The facts at the clocks of an export; what they leave out is counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from lookthrough.control.claims import Known, voices
from lookthrough.control.everything import EntityFacts, Facts, SourceFacts, StakeFacts, Told, topic
from lookthrough.control.facts import EntityClaim, Fact, LocationClaim, StakeClaim

F = TypeVar("F", bound=Fact)
C = TypeVar("C", StakeClaim, EntityClaim)


@dataclass(frozen=True, slots=True)
class Selection:
    """What was known at one instant, and with `as_of` of that only what speaks on that day."""

    known_at: datetime
    as_of: date | None
    left_out: Counter[str]

    def of(self, facts: Iterable[Facts]) -> Iterator[Facts]:
        """The facts that remain; an entity that is only named stays."""
        for each in facts:
            if isinstance(each, SourceFacts):
                if self._known([each.told]):
                    yield each
            elif isinstance(each, StakeFacts):
                if claims := self._speaking(self._known(each.claims)):
                    yield replace(each, claims=claims)
            else:
                yield from self._entity(each)

    def _entity(self, each: EntityFacts) -> Iterator[EntityFacts]:
        described, claims = self._known(each.descriptions), self._speaking(self._known(each.claims))
        if described or claims or not (each.descriptions or each.claims):
            yield EntityFacts(each.entity, described, claims)

    def _known(self, told: Sequence[Told[F]]) -> tuple[Told[F], ...]:
        known = tuple(Told(each.fact, each.known_from) for each in told if each.known_at(self.known_at))
        later = sum(each.known_from > self.known_at for each in told)
        self._count("known later", later)
        self._count("retracted or replaced", len(told) - len(known) - later)
        return known

    def _speaking(self, told: Sequence[Told[C]]) -> tuple[Told[C], ...]:
        """Of each source the latest word; where a claim ties with one that has ended, both."""
        if self.as_of is None:
            return tuple(told)
        groups: defaultdict[Hashable, list[Told[C]]] = defaultdict(list)
        for each in told:
            groups[_heard_apart(each.fact)].append(each)
        kept = [each for group in groups.values() for each in _latest(group, self.as_of)]
        self._count("not speaking on the day", len(told) - len(kept))
        return tuple(kept)

    def _count(self, name: str, number: int) -> None:
        if number:
            self.left_out[name] += number


def _latest(told: Sequence[Told[C]], on: date) -> list[Told[C]]:
    """What `voices` hears on the day, with claims that tie with it though they have ended."""
    known = {id(each): Known(each.fact, each.known_from) for each in told}
    newest = {v.claims[0].claim.source: v.claims[0].age() for v in voices(known.values(), on)}
    return [each for each in told if newest.get(each.fact.source) == known[id(each)].age()]


def _heard_apart(claim: StakeClaim | EntityClaim) -> Hashable:
    """Claims that share it are heard together, by source."""
    apart = isinstance(claim, LocationClaim) and claim.attribute.holds_several
    return (topic(claim), claim.valid_from if apart else None)
