"""In what two states of the facts differ, fact by fact, and either state with some of the facts changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from .facts import Attribute, Kind, Lane
from .predicate import Party
from .stakes import OwnershipGraph, Stake

Stakes = dict[tuple[str, Lane], tuple[Stake, ...]]


@dataclass(slots=True)
class Draft:
    """A state of the facts that is being changed."""

    parties: dict[str, Party]
    stakes: Stakes
    groups: dict[str, frozenset[str]]


class Change(Protocol):
    """One fact that is otherwise; `entity` is whom it is about."""

    @property
    def entity(self) -> str: ...

    def apply(self, draft: Draft) -> None: ...


@dataclass(frozen=True, slots=True)
class StakeChange:
    """None stands for no stake."""

    before: Stake | None
    after: Stake | None

    @property
    def stake(self) -> Stake:
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of nothing")
        return found

    @property
    def entity(self) -> str:
        return self.stake.owned

    def apply(self, draft: Draft) -> None:
        place = (self.stake.owned, self.stake.lane)
        kept = [other for other in draft.stakes.get(place, ()) if _key(other) != _key(self.stake)]
        held = [*kept, self.after] if self.after else kept
        draft.stakes[place] = tuple(sorted(held, key=lambda stake: (stake.owner, stake.holding)))


@dataclass(frozen=True, slots=True)
class LocationChange:
    entity: str
    attribute: Attribute
    before: frozenset[str]
    after: frozenset[str]

    def apply(self, draft: Draft) -> None:
        party = draft.parties.get(self.entity) or Party(self.entity)
        others = {
            attribute: codes for attribute, codes in party.locations.items() if attribute != self.attribute
        }
        told = {**others, self.attribute: self.after} if self.after else others
        draft.parties[self.entity] = replace(party, locations=told)


@dataclass(frozen=True, slots=True)
class ListChange:
    entity: str
    list_key: str
    listed: bool

    def apply(self, draft: Draft) -> None:
        party = draft.parties.get(self.entity) or Party(self.entity)
        lists = party.lists | {self.list_key} if self.listed else party.lists - {self.list_key}
        draft.parties[self.entity] = replace(party, lists=lists)


@dataclass(frozen=True, slots=True)
class KindChange:
    entity: str
    before: Kind
    after: Kind

    def apply(self, draft: Draft) -> None:
        party = draft.parties.get(self.entity) or Party(self.entity)
        draft.parties[self.entity] = replace(party, kind=self.after)


@dataclass(frozen=True, slots=True)
class DissolutionChange:
    """The day from which the entity is no more, where that is past."""

    entity: str
    before: date | None
    after: date | None

    def apply(self, draft: Draft) -> None:
        party = draft.parties.get(self.entity) or Party(self.entity)
        draft.parties[self.entity] = replace(party, dissolved=self.after)


@dataclass(frozen=True, slots=True)
class SameAsChange:
    """Other ids that are taken for the entity; the stakes that come with them are changes of their own."""

    entity: str
    before: frozenset[str]
    after: frozenset[str]

    def apply(self, draft: Draft) -> None:
        party = draft.parties.get(self.entity) or Party(self.entity)
        draft.parties[self.entity] = replace(party, also=self.after)


@dataclass(frozen=True, slots=True)
class GroupChange:
    entity: str
    group: str
    member: bool

    def apply(self, draft: Draft) -> None:
        members = draft.groups.get(self.group, frozenset())
        draft.groups[self.group] = members | {self.entity} if self.member else members - {self.entity}


FactChange = (
    StakeChange | LocationChange | ListChange | KindChange | DissolutionChange | SameAsChange | GroupChange
)


def changed(graph: OwnershipGraph, changes: Iterable[Change]) -> OwnershipGraph:
    """The state with these facts as they are after their change."""
    draft = Draft(dict(graph.parties), dict(graph.stakes), dict(graph.groups))
    for change in changes:
        change.apply(draft)
    return replace(graph, parties=draft.parties, stakes=draft.stakes, groups=draft.groups)


def differences(before: OwnershipGraph, after: OwnershipGraph, subject: str) -> list[FactChange]:
    """What differs in the facts above the subject, in either state; who else differs does not matter."""
    about = sorted(above(before, subject) | above(after, subject))
    return [
        *(change for company in about for lane in Lane for change in _stakes(before, after, company, lane)),
        *(change for entity in about for change in _party(before.party(entity), after.party(entity))),
        *_groups(before, after, set(about)),
    ]


def above(graph: OwnershipGraph, subject: str) -> set[str]:
    """The subject and everybody who holds anything of it, directly or not, in any lane."""
    found, ahead = {subject}, [subject]
    while ahead:
        company = ahead.pop()
        owners = {stake.owner for lane in Lane for stake in graph.stakes.get((company, lane), ())}
        ahead.extend(owners - found)
        found |= owners
    return found


def _key(stake: Stake) -> tuple[str, str, Lane, str]:
    return (stake.owner, stake.owned, stake.lane, stake.holding)


def _stakes(before: OwnershipGraph, after: OwnershipGraph, company: str, lane: Lane) -> Iterator[StakeChange]:
    old = {_key(stake): stake for stake in before.stakes.get((company, lane), ())}
    new = {_key(stake): stake for stake in after.stakes.get((company, lane), ())}
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield StakeChange(old.get(key), new.get(key))


def _party(old: Party, new: Party) -> Iterator[FactChange]:
    for attribute in Attribute:
        codes = (old.locations.get(attribute, frozenset()), new.locations.get(attribute, frozenset()))
        if codes[0] != codes[1]:
            yield LocationChange(new.id, attribute, *codes)
    for key in sorted(old.lists ^ new.lists):
        yield ListChange(new.id, key, key in new.lists)
    if old.kind is not new.kind:
        yield KindChange(new.id, old.kind, new.kind)
    if old.dissolved != new.dissolved:
        yield DissolutionChange(new.id, old.dissolved, new.dissolved)
    if old.also != new.also:
        yield SameAsChange(new.id, old.also, new.also)


def _groups(before: OwnershipGraph, after: OwnershipGraph, about: Collection[str]) -> Iterator[GroupChange]:
    for group in sorted(before.groups.keys() | after.groups.keys()):
        old, new = before.groups.get(group, frozenset[str]()), after.groups.get(group, frozenset[str]())
        if not (old | new).isdisjoint(about):
            for member in sorted(old ^ new):
                yield GroupChange(member, group, member in new)
