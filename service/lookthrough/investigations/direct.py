"""Direct stakes of an entity on either side, page by page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from lookthrough.control.claims import Known
from lookthrough.control.clocks import Clocks
from lookthrough.control.decimals import decimal
from lookthrough.control.facts import Lane, StakeClaim
from lookthrough.control.interval import ONE, ZERO
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.direct import DirectStake, Side, any_doubles, stakes_together
from lookthrough.graph.parties import EntityFacts, Told, read_doubles, read_entities
from lookthrough.graph.versions import LANES, TYPES, ClaimColumns, figure

from .clocks import clocks_of, print_instant
from .cursors import check_limit, decode, encode
from .documents import ClaimDocument, EntityRef, StakeDocument, StakePage
from .entities import Page
from .errors import UnknownEntity


class _AfterStake(BaseModel):
    min: float
    id: str
    type: str
    holding: str


@dataclass(frozen=True, slots=True)
class _Version(ClaimColumns):
    conflict: bool
    valid_from: date | None = None
    valid_to: date | None = None
    min: float = 0.0
    max: float = 1.0
    min_open: bool = False
    max_open: bool = False
    min_exact: str = ""
    max_exact: str = ""


@dataclass(frozen=True, slots=True)
class _StakeRow:
    owner: str
    owned: str
    type: str
    stake: _Version


def direct_stakes(
    database: Database,
    entity_id: str,
    side: Side,
    lane: Lane | None,
    page: Page,
    other: str | None = None,
) -> StakePage:
    """Direct stakes in the entity, or of it, by falling min, then id; `other`: only those with this party.

    Ids that a source takes for one count as one: what is said of all of them is brought together.
    Raises UnknownEntity, BadQuestion (limit, cursor), GraphUnavailable, QueryCutOff.
    """
    check_limit(page.limit)
    after = decode(page.cursor, _AfterStake) if page.cursor else None
    lanes = [lane] if lane else list(Lane)

    def read(tx: Transaction) -> StakePage:
        clocks = clocks_of(tx, page.as_of, page.known_at)
        told = read_doubles(tx, [entity_id], clocks)
        if not told:
            raise UnknownEntity(entity_id, page.known_at)
        asked = _Asked(entity_id, side, lanes, clocks, page.limit, after, other)
        together = any_doubles(tx, entity_id, told, clocks)
        return _together(tx, asked, told) if together else _as_read(tx, asked)

    return database.read(read)


@dataclass(frozen=True, slots=True)
class _Asked:
    entity: str
    side: Side
    lanes: Collection[Lane]
    clocks: Clocks
    limit: int
    after: _AfterStake | None
    other: str | None


def _together(tx: Transaction, asked: _Asked, ids: Mapping[str, Told]) -> StakePage:
    """Sorted here, since the stakes are not those in Neo4j."""
    stakes, parties = stakes_together(tx, asked.entity, ids, asked.side, asked.lanes, asked.clocks)
    if asked.other is not None:
        others = read_doubles(tx, [asked.other], asked.clocks)
        stakes = [each for each in stakes if each.other in others]
    if a := asked.after:
        stakes = [each for each in stakes if each.place() > (-a.min, a.id, a.type, a.holding)]
    shown = stakes[: asked.limit]
    following = None
    if len(stakes) > asked.limit:
        last = shown[-1]
        following = encode(
            _AfterStake(min=last.least, id=last.other, type=TYPES[last.key.lane], holding=last.key.holding)
        )
    return StakePage(items=[_direct_document(each, parties) for each in shown], next=following)


def _as_read(tx: Transaction, asked: _Asked) -> StakePage:
    rows = tx.rows(
        _StakeRow,
        f"read/{asked.side}",
        entity=asked.entity,
        types=sorted(TYPES[lane] for lane in asked.lanes),
        other=asked.other,
        as_of=asked.clocks.as_of,
        known_at=asked.clocks.known_at,
        after=asked.after.model_dump() if asked.after else {"id": None},
        limit=asked.limit + 1,
    )
    ids = sorted({row.owner for row in rows} | {row.owned for row in rows})
    parties = read_entities(tx, ids, asked.clocks)
    items = [_stake_document(row, parties) for row in rows[: asked.limit]]
    return StakePage(items=items, next=_next_stake(rows, asked.limit, asked.side))


def _next_stake(rows: Sequence[_StakeRow], limit: int, side: str) -> str | None:
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    other = last.owner if side == "owners" else last.owned
    least = last.stake.min if LANES[last.type].has_figure else -1.0
    return encode(_AfterStake(min=least, id=other, type=last.type, holding=last.stake.holding))


def _direct_document(stake: DirectStake, parties: dict[str, EntityFacts]) -> StakeDocument:
    key, segment, interval = stake.key, stake.segment, stake.interval
    return StakeDocument(
        owner=_ref(parties, key.owner),
        owned=_ref(parties, key.owned),
        lane=key.lane,
        holding=key.holding,
        min=decimal(interval.low) if interval else None,
        max=decimal(interval.high, up=True) if interval else None,
        min_open=interval.low_open if interval else None,
        max_open=interval.high_open if interval else None,
        valid_from=_day(segment.valid_from),
        valid_to=_day(segment.valid_to),
        conflict=segment.conflict,
        claims=[_claim(known) for known in segment.speaking],
    )


def _stake_document(row: _StakeRow, parties: dict[str, EntityFacts]) -> StakeDocument:
    version = row.stake
    low, high = ZERO, ONE
    lane = LANES[row.type]
    if lane.has_figure:
        low, high = figure(version.min, version.min_exact), figure(version.max, version.max_exact)
    claims = version.claims(row.owner, row.owned, lane)[: version.claims_speaking]
    return StakeDocument(
        owner=_ref(parties, row.owner),
        owned=_ref(parties, row.owned),
        lane=lane,
        holding=version.holding,
        min=decimal(low) if lane.has_figure else None,
        max=decimal(high, up=True) if lane.has_figure else None,
        min_open=version.min_open if lane.has_figure else None,
        max_open=version.max_open if lane.has_figure else None,
        valid_from=_day(version.valid_from),
        valid_to=_day(version.valid_to),
        conflict=version.conflict,
        claims=[_claim(known) for known in claims],
    )


def _claim(known: Known[StakeClaim]) -> ClaimDocument:
    claim = known.claim
    return ClaimDocument(
        source=claim.source,
        ref=claim.ref,
        url=claim.url,
        percent=claim.percent,
        confidence=claim.confidence,
        note=claim.note,
        valid_from=_day(claim.valid_from),
        valid_to=_day(claim.valid_to),
        known_from=print_instant(known.known_from),
    )


def _ref(parties: dict[str, EntityFacts], entity_id: str) -> EntityRef:
    told = parties[entity_id].description
    return EntityRef(id=entity_id, name=told.name, kind=told.kind)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
