"""All facts out of the graph, page by page: both clocks, every version, claims with their texts as filed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lookthrough.control.claims import Known
from lookthrough.control.everything import EntityFacts, F, Facts, SourceFacts, StakeFacts, Told
from lookthrough.control.facts import Description, EntityClaim, Lane, SourceRecord, StakeClaim

from .database import Database, Row
from .errors import FactsMoved
from .facts import ToldClaim, ToldDescription, entity_claim
from .loads import Ledger
from .versions import LANES, ClaimColumns

PAGE = 1_000
SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class _Source:
    key: str
    title: str
    url: str
    licence: str
    retrieved: str
    sha256: str
    told_at: datetime | None
    told_froms: list[datetime]
    told_retrieved: list[str]


@dataclass(frozen=True, slots=True)
class _Described(ToldDescription):
    known_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Claimed(ToldClaim):
    type: str = ""
    known_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Entity:
    id: str
    described: list[_Described]
    claimed: list[_Claimed]
    held: bool


@dataclass(frozen=True, slots=True)
class _VersionColumns(ClaimColumns):
    type: str


@dataclass(frozen=True, slots=True)
class _Version(_VersionColumns):
    known_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    owned: str
    owner: str
    versions: list[_Version]


def all_facts(database: Database, page: int = PAGE) -> Iterator[Facts]:
    """Every fact, in the order of `Facts`; memory holds one page: entities, or pairs of owner and owned.

    Raises FactsMoved where facts are written meanwhile: no part of what came then is one state.
    """
    reader = _Reader(database, page)
    yield from reader.sources()
    yield from reader.entities()
    reader.check()


class _Reader:
    """Pages of one state of the facts, told by the ledger's count of changes."""

    def __init__(self, database: Database, page: int) -> None:
        self._database = database
        self._page = page
        self._version = self._ledger_version()

    def sources(self) -> Iterator[SourceFacts]:
        after = ""
        while rows := self._rows(_Source, "export/sources", after=after, limit=self._page):
            yield from (_source(row, row.told_at) for row in rows if row.told_at is not None)
            after = rows[-1].key

    def entities(self) -> Iterator[Facts]:
        after = ""
        while rows := self._rows(_Entity, "export/entities", after=after, limit=self._page):
            stakes = self._stakes([row.id for row in rows if row.held])
            ahead = next(stakes, None)
            for row in rows:
                yield EntityFacts(row.id, _descriptions(row), _claims(row))
                while ahead is not None and ahead.owned == row.id:
                    yield ahead
                    ahead = next(stakes, None)
            after = rows[-1].id

    def check(self) -> None:
        """Raises FactsMoved."""
        if self._ledger_version() != self._version:
            raise FactsMoved("the facts changed while they were read; begin again when no load is running")

    def _stakes(self, ids: Sequence[str]) -> Iterator[StakeFacts]:
        owned = owner = ""
        while ids:
            asked = {"ids": ids, "owned": owned, "owner": owner, "limit": self._page}
            rows = self._rows(_Held, "export/stakes", **asked)
            for row in rows:
                yield from _of_pair(row)
            if len(rows) < self._page:
                return
            owned, owner = rows[-1].owned, rows[-1].owner

    def _rows(self, row: type[Row], name: str, /, **parameters: object) -> list[Row]:
        self.check()
        return self._database.read(lambda tx: tx.rows(row, name, **parameters), SECONDS)

    def _ledger_version(self) -> int | None:
        return self._database.read_rows(Ledger, "read/ledger")[0].version


def _source(row: _Source, told_at: datetime) -> SourceFacts:
    record = SourceRecord(
        source=row.key,
        title=row.title,
        url=row.url,
        licence=row.licence,
        retrieved=row.retrieved,
        sha256=row.sha256,
    )
    return SourceFacts(Told(record, told_at), tuple(zip(row.told_froms, row.told_retrieved, strict=True)))


def _descriptions(row: _Entity) -> tuple[Told[Description], ...]:
    known = [(told.known(row.id), told.known_to) for told in row.described]
    return _in_order(Told(each.description, each.known_from, known_to) for each, known_to in known)


def _claims(row: _Entity) -> tuple[Told[EntityClaim], ...]:
    by_claim: defaultdict[tuple[str, str], list[_Claimed]] = defaultdict(list)
    for part in row.claimed:
        by_claim[part.type, part.claim].append(part)
    return _in_order(
        Told(entity_claim(row.id, type_, parts), parts[0].known_from, parts[0].known_to)
        for (type_, _), parts in by_claim.items()
    )


def _of_pair(row: _Held) -> Iterator[StakeFacts]:
    by_stake: defaultdict[tuple[Lane, str], list[_Version]] = defaultdict(list)
    for version in row.versions:
        by_stake[LANES[version.type], version.holding].append(version)
    for (lane, holding), versions in sorted(by_stake.items()):
        yield StakeFacts(row.owner, row.owned, lane, holding, _known_over(row, lane, versions))


def _known_over(row: _Held, lane: Lane, versions: Sequence[_Version]) -> tuple[Told[StakeClaim], ...]:
    """A claim rides on versions one after the other: it is known for as long as one of them is."""
    ends: dict[Known[StakeClaim], datetime | None] = {}
    for version in versions:
        for known in version.claims(row.owner, row.owned, lane):
            before = ends.get(known, version.known_to)
            ends[known] = max(before, version.known_to) if before and version.known_to else None
    return _in_order(Told(known.claim, known.known_from, end) for known, end in ends.items())


def _in_order(told: Iterable[Told[F]]) -> tuple[Told[F], ...]:
    """By what is said, so that the order is the same in every graph that knows the same."""
    return tuple(sorted(told, key=lambda each: (repr(each.fact), each.known_from)))
