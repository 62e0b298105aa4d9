"""From a policy as written to the records that are computed with, for one variant and one date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lookthrough.control.policy import (
    Arithmetic,
    FullLinks,
    Line,
    LocationTest,
    OwnershipTest,
    Policy,
    Test,
)
from lookthrough.control.predicate import (
    AllOf,
    AnyOf,
    CodeList,
    Located,
    NoneOf,
    OfKind,
    OnList,
    Predicate,
    WithId,
)

from .document import (
    Clause,
    Condition,
    Seeds,
    WrittenControl,
    WrittenHolding,
    WrittenLine,
    WrittenLocation,
    WrittenOwnership,
)
from .fields import Places
from .regions import Regions


@dataclass(frozen=True, slots=True)
class PolicyWarning:
    """Something the reader of a verdict must know about the policy; `code` as in the contract."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class ResolvedPolicy:
    """One variant of a policy, with the region lists as they stood on one date."""

    policy: Policy
    variant: str
    warnings: tuple[PolicyWarning, ...] = ()


class Resolver:
    """Turns written tests into records; collects the warnings of the region lists it looks up."""

    def __init__(self, regions: Regions, territories: Mapping[str, str], as_of: date) -> None:
        self._regions = regions
        self._territories = territories
        self._as_of = as_of
        self._warnings: dict[str, PolicyWarning] = {}

    @property
    def warnings(self) -> tuple[PolicyWarning, ...]:
        return tuple(self._warnings.values())

    def test(self, written: WrittenHolding | WrittenLocation, seeds: Seeds | None) -> Test:
        """The test; `seeds` are the policy's, used where the test has none of its own."""
        if isinstance(written, WrittenLocation):
            return LocationTest(id=written.id, subject=self.predicate(written))
        parties = written.seeds or seeds
        if parties is None:
            raise AssertionError("a checked policy has seeds for every test that looks for parties")
        return self._holding(written, parties)

    def _holding(self, written: WrittenHolding, seeds: Seeds) -> OwnershipTest:
        line = _line(written)
        return OwnershipTest(
            id=written.id,
            kind=written.kind,
            lane=written.lane,
            arithmetic=_arithmetic(written),
            line=line,
            pooling=written.pooling,
            seeds=self.predicate(seeds),
            carrier=_carrier(written, line),
            full_links=_full_links(written),
            float_is_clean=seeds.public_float == "clean",
        )

    def predicate(self, clause: Clause) -> Predicate:
        parts = (*self._located(clause), *_memberships(clause), *self._nested(clause))
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _located(self, clause: Clause) -> Iterable[Predicate]:
        for places, inside in ((clause.inside, True), (clause.outside, False)):
            if clause.attribute and places:
                codes = self._codes(places, with_states=clause.territories == "parent")
                yield Located(clause.attribute, codes, inside)

    def _nested(self, clause: Clause) -> Iterable[Predicate]:
        if clause.any_of is not None:
            yield AnyOf(self._predicates(clause.any_of))
        if clause.all_of is not None:
            yield AllOf(self._predicates(clause.all_of))
        if clause.none_of is not None:
            yield NoneOf(self._predicates(clause.none_of))

    def _predicates(self, conditions: Iterable[Condition]) -> tuple[Predicate, ...]:
        return tuple(self.predicate(condition) for condition in conditions)

    def _codes(self, places: Places, *, with_states: bool) -> CodeList:
        states: Mapping[str, str] = self._territories if with_states else {}
        if places.region is None:
            return CodeList(places.codes, states=states)
        region = self._regions[places.region]
        version = region.at(self._as_of)
        if region.is_published and self._as_of < region.known_since:
            self._warn_of_early_list(region.id, region.known_since)
        return CodeList(
            frozenset(version.codes),
            name=region.id,
            listed=region.is_published,
            partly=version.partly,
            states=states,
        )

    def _warn_of_early_list(self, name: str, known_since: date) -> None:
        detail = (
            f"the list {name} is known from {known_since} on; its earliest version was used for {self._as_of}"
        )
        self._warnings[name] = PolicyWarning("region_list_earlier_than_known", detail)


def _memberships(clause: Clause) -> Iterable[Predicate]:
    if clause.lists is not None:
        yield OnList(frozenset(clause.lists))
    if not isinstance(clause, Condition):
        return
    if clause.kinds is not None:
        yield OfKind(frozenset(clause.kinds))
    if clause.ids is not None:
        yield WithId(frozenset(clause.ids))


def _line(written: WrittenLine | WrittenHolding) -> Line:
    return Line(written.threshold, written.operator)


def _arithmetic(written: WrittenHolding) -> Arithmetic:
    # A control test is a cascade, and an ultimate parent passes on everything too.
    return written.arithmetic if isinstance(written, WrittenOwnership) else Arithmetic.CASCADE


def _carrier(written: WrittenHolding, line: Line) -> Line | None:
    """Who passes on what it holds; by default whoever meets the line of the test itself."""
    if not isinstance(written, WrittenOwnership | WrittenControl):
        return None
    if written.arithmetic is not Arithmetic.CASCADE:
        return None
    return _line(written.carrier) if written.carrier else line


def _full_links(written: WrittenHolding) -> FullLinks | None:
    links = written.full_links if isinstance(written, WrittenOwnership) else None
    return FullLinks(_line(links), links.first_link) if links else None
