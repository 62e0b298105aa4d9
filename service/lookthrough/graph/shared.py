"""Facts at two clocks that many questions share: each company is read once, whoever stands below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from lookthrough.control.claims import Known
from lookthrough.control.clocks import Clocks
from lookthrough.control.facts import GroupClaim, Lane
from lookthrough.control.stakes import OwnershipGraph, Stake

from .database import Database
from .errors import QueryCutOff
from .evidence import as_held, by_company, members_of, speaking_groups
from .parties import AT_ONCE, EntityFacts, facts_of, read_told
from .snapshot import Limits, StakeColumns, Surroundings, read_groups
from .sources import Recorded, SourceRead, Spoken, by_source, read_recorded, spoken_of
from .versions import TYPES

MOST_STAKES = 300_000
"""Stakes kept at once; with more, everything is forgotten and read anew where it is needed."""


@dataclass(frozen=True, slots=True)
class _Columns(StakeColumns):
    spoken_sources: list[list[str]]
    spoken_valid_from: list[list[str]]
    spoken_known_from: list[list[str]]

    def spoken(self, i: int) -> list[Spoken]:
        told = zip(self.spoken_sources[i], self.spoken_valid_from[i], self.spoken_known_from[i], strict=True)
        return [Spoken(source, 1, start, datetime.fromisoformat(known)) for source, start, known in told]


@dataclass(frozen=True, slots=True)
class _Company:
    """The stakes in one company by lane, with the ids of their versions, and the claims that speak."""

    stakes: dict[tuple[str, Lane], tuple[Stake, ...]]
    versions: dict[Stake, str]
    spoken: tuple[Spoken, ...]

    @property
    def owners(self) -> Iterator[str]:
        return (stake.owner for stake in self.versions)


class SharedFacts:
    """Nothing that is known at an instant ever changes, so what was read once stays true for these clocks.

    All methods raise GraphUnavailable.
    """

    def __init__(
        self, database: Database, lanes: Collection[Lane], clocks: Clocks, limits: Limits | None = None
    ) -> None:
        self._database = database
        self._types = sorted(TYPES[lane] for lane in lanes)
        self._clocks = clocks
        self._limits = limits or Limits()
        self._forget()

    def _forget(self) -> None:
        self._count = 0
        self._companies: dict[str, _Company] = {}
        self._grouped: set[str] = set()
        self._groups: dict[str, list[Known[GroupClaim]]] = {}
        self._groups_of: defaultdict[str, set[str]] = defaultdict(set)
        self._told: dict[str, EntityFacts | None] = {}
        self._doubled: set[str] = set()
        self._named: set[str] = set()
        self._recorded: dict[str, Recorded | None] = {}

    def read(self, entities: Iterable[str]) -> None:
        """What stands above these entities; where a limit is met the rest stays unread."""
        if self._count > MOST_STAKES:
            self._forget()
        ahead = set(entities)
        with suppress(QueryCutOff):
            while (ahead := ahead - self._companies.keys()) and self._count <= MOST_STAKES:
                ahead = {owner for some in _parts(ahead) for owner in self._read_stakes(some)}
            self._read_groups(self._companies.keys() - self._grouped)
            self._read_told((self._companies.keys() | self._groups_of.keys()) - self._told.keys())
            self._read_recorded(self._named)

    def _read_stakes(self, companies: list[str]) -> set[str]:
        """The owners of stakes in the companies; nobody where there are too many to be read at once."""
        most = self._limits.stakes
        (found,) = self._database.read(
            lambda tx: tx.rows(
                _Columns,
                "snapshot/stakes_in",
                companies=companies,
                types=self._types,
                as_of=self._clocks.as_of,
                known_at=self._clocks.known_at,
                max_stakes=most,
            ),
            seconds=self._limits.seconds,
        )
        if len(found.ids) > most:
            return set()
        self._companies.update(_by_company(companies, found))
        self._count += len(found.ids)
        self._named.update(source for told in found.spoken_sources for source in told)
        return set(found.owners)

    def _read_groups(self, entities: Collection[str]) -> None:
        for some in _parts(entities):
            found: defaultdict[str, list[Known[GroupClaim]]] = defaultdict(list)
            for known in self._database.read(partial(read_groups, ids=some, clocks=self._clocks)):
                found[known.claim.group].append(known)
                self._groups_of[known.claim.member].add(known.claim.group)
            self._groups.update(found)  # each with all its members
            self._grouped.update(some)

    def _read_told(self, entities: Collection[str]) -> None:
        for some in _parts(entities):
            found = self._database.read(partial(read_told, ids=some, clocks=self._clocks))
            for entity in some:
                told = found.get(entity)
                self._told[entity] = facts_of(entity, [told], self._clocks.as_of) if told else None
                if told and told.same_as:
                    self._doubled.add(entity)
            for each in found.values():
                self._named.update(described.source for described in each.described)
                self._named.update(row.source for row in (*each.located, *each.listed))

    def _read_recorded(self, sources: set[str]) -> None:
        if new := sources - self._recorded.keys():
            found = self._database.read(partial(read_recorded, sources=new))
            self._recorded.update((name, found.get(name)) for name in new)

    def above(self, entity: str) -> Surroundings | None:
        """What `read_surroundings` would read for it, if it was read here.

        None where it must be read for itself: over a limit, or where ids are taken for one.
        """
        above = self._closure(entity)
        if above is None or not above <= self._grouped:
            return None
        claims = self._groups_above(above)
        met = above.union(known.claim.member for known in claims)
        if not met <= self._told.keys() or not met.isdisjoint(self._doubled):
            return None
        stakes: dict[tuple[str, Lane], tuple[Stake, ...]] = {}
        versions: dict[Stake, str] = {}
        for company in sorted(above):
            stakes.update(self._companies[company].stakes)
            versions.update(self._companies[company].versions)
        if len(versions) > self._limits.stakes:
            return None
        entities = as_held({each: told for each in sorted(met) if (told := self._told[each])}, versions)
        groups = speaking_groups(claims, self._clocks.as_of)
        parties = {each: facts.party for each, facts in entities.items()}
        graph = OwnershipGraph(parties, stakes, frozenset(), members_of(groups))
        return Surroundings(graph, entities, versions, tuple(groups))

    def _closure(self, entity: str) -> set[str] | None:
        """The entity and everybody above it; None if not all of them were read, or there are too many."""
        above: set[str] = set()
        ahead = [entity]
        while ahead:
            each = ahead.pop()
            if each in above:
                continue
            if each not in self._companies or len(above) >= self._limits.entities:
                return None
            above.add(each)
            ahead.extend(self._companies[each].owners)
        return above

    def _groups_above(self, above: Collection[str]) -> list[Known[GroupClaim]]:
        groups = {group for each in above for group in self._groups_of.get(each, ())}
        return [known for group in sorted(groups) for known in self._groups[group]]

    def sources(self, around: Surroundings) -> list[SourceRead]:
        """The sources of facts that `above` gave. Raises QueryCutOff too."""
        companies = {stake.owned for stake in around.versions}
        told = spoken_of(around, (each for company in companies for each in self._companies[company].spoken))
        names = {each.source for each in told}
        self._read_recorded(names)
        records = {name: record for name in names if (record := self._recorded[name])}
        return by_source(told, records, self._clocks)


def _parts(entities: Collection[str]) -> list[list[str]]:
    ordered = sorted(entities)
    return [ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE)]


def _by_company(companies: Iterable[str], columns: _Columns) -> dict[str, _Company]:
    versions: dict[str, dict[Stake, str]] = {company: {} for company in companies}
    spoken: defaultdict[str, list[Spoken]] = defaultdict(list)
    for i, (version, stake) in enumerate(columns.stakes()):
        versions[stake.owned][stake] = version
        spoken[stake.owned] += columns.spoken(i)
    return {
        company: _Company(by_company(held), held, tuple(spoken[company]))
        for company, held in versions.items()
    }
