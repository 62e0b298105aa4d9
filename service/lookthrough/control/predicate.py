"""Who a rule is about: conditions on an entity, in three-valued logic (SEMANTICS, seeds)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from .facts import Attribute, Kind


class Truth(Enum):
    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __invert__(self) -> Truth:
        return Truth(2 - self.value)


def all_of(truths: Iterable[Truth]) -> Truth:
    return min(truths, key=lambda t: t.value, default=Truth.TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    return max(truths, key=lambda t: t.value, default=Truth.FALSE)


@dataclass(frozen=True, slots=True)
class Party:
    """An entity as predicates see it, at one pair of clocks: every recorded location and list."""

    id: str
    kind: Kind = Kind.UNKNOWN
    name: str = ""
    locations: Mapping[Attribute, frozenset[str]] = field(default_factory=dict[Attribute, frozenset[str]])
    lists: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    """Other ids that sources take for the same entity."""
    dissolved: date | None = None
    """The day from which it is no more, where that is not after the day of the question."""


@dataclass(frozen=True, slots=True)
class CodeList:
    """Jurisdictions that a condition names, as of one date.

    `listed` is False where no list is published: membership is then unknown.
    `partly` are codes of which a part is excepted; `states` maps a territory to the state it counts with.
    """

    codes: frozenset[str]
    name: str = ""
    listed: bool = True
    partly: frozenset[str] = frozenset()
    states: Mapping[str, str] = field(default_factory=dict[str, str])

    def contains(self, code: str) -> Truth:
        if not self.listed:
            return Truth.UNKNOWN
        return Truth.TRUE if self.counted_as(code) in self.codes else Truth.FALSE

    def counted_as(self, code: str) -> str:
        return code if code in self.codes else self.states.get(code, code)


@dataclass(frozen=True, slots=True)
class Located:
    """The attribute's value is in `codes`, or with `inside` False is not in them."""

    attribute: Attribute
    codes: CodeList
    inside: bool = True

    def judge(self, party: Party) -> Truth:
        values = party.locations.get(self.attribute, frozenset())
        if party.kind is Kind.PUBLIC_FLOAT or not (values or self.attribute.applies_to(party.kind)):
            return Truth.FALSE
        if not values:
            return Truth.UNKNOWN
        truths = [self._holds(code) for code in values]
        if self.attribute.holds_several:
            return any_of(truths)
        return truths[0] if len(set(truths)) == 1 else Truth.UNKNOWN

    def _holds(self, code: str) -> Truth:
        contained = self.codes.contains(code)
        return contained if self.inside else ~contained


@dataclass(frozen=True, slots=True)
class OfKind:
    kinds: frozenset[Kind]

    def judge(self, party: Party) -> Truth:
        if party.kind is Kind.UNKNOWN:
            return Truth.UNKNOWN
        return Truth.TRUE if party.kind in self.kinds else Truth.FALSE


@dataclass(frozen=True, slots=True)
class OnList:
    lists: frozenset[str]

    def judge(self, party: Party) -> Truth:
        return Truth.TRUE if self.lists & party.lists else Truth.FALSE


@dataclass(frozen=True, slots=True)
class WithId:
    ids: frozenset[str]

    def judge(self, party: Party) -> Truth:
        return Truth.TRUE if self.ids & {party.id, *party.also} else Truth.FALSE


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Predicate, ...]

    def judge(self, party: Party) -> Truth:
        return any_of(part.judge(party) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Predicate, ...]

    def judge(self, party: Party) -> Truth:
        return all_of(part.judge(party) for part in self.parts)


@dataclass(frozen=True, slots=True)
class NoneOf:
    parts: tuple[Predicate, ...]

    def judge(self, party: Party) -> Truth:
        return ~any_of(part.judge(party) for part in self.parts)


Predicate = Located | OfKind | OnList | WithId | AnyOf | AllOf | NoneOf


def lists_named(predicate: Predicate) -> frozenset[str]:
    """Every list that the predicate looks at."""
    if isinstance(predicate, OnList):
        return predicate.lists
    if isinstance(predicate, AnyOf | AllOf | NoneOf):
        return frozenset[str]().union(*(lists_named(part) for part in predicate.parts))
    return frozenset()


def located_conditions(predicate: Predicate) -> Iterable[Located]:
    """Every condition on a location inside the predicate."""
    if isinstance(predicate, Located):
        yield predicate
    elif isinstance(predicate, AnyOf | AllOf | NoneOf):
        for part in predicate.parts:
            yield from located_conditions(part)
