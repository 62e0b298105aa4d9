"""Closing what sources no longer say: known until one instant, and seen as before at earlier ones."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice

from lookthrough.control.descriptions import together
from lookthrough.control.facts import Description, Fact, SourceRecord, StakeClaim

from .database import Database, Transaction
from .facts import (
    ToldClaim,
    ToldDescription,
    entity_claim,
    entity_of,
    shown,
)
from .versions import LANES, TYPES, ClaimColumns, StakeChanges, StakeKey, versions
from .writing import LOCK_SECONDS, keep_lock

PAGE = 2_000
SECONDS = 120.0


class Said(StrEnum):
    """The kinds of what a source says; the closed ones are counted by them."""

    DESCRIPTIONS = "descriptions"
    LOCATIONS = "locations"
    LISTS = "lists"
    GROUPS = "groups"
    SAME_AS = "same_as"
    STAKES = "stakes"


_OF_TYPE = {
    "LOCATED": Said.LOCATIONS,
    "LISTED": Said.LISTS,
    "ACTS_IN": Said.GROUPS,
    "SAME_AS": Said.SAME_AS,
}


@dataclass(frozen=True, slots=True)
class _Page:
    id: str
    told: bool
    stakes: list[_StakeEnds]


@dataclass(frozen=True, slots=True)
class _StakeEnds:
    owner: str
    owned: str
    type: str
    holding: str

    @property
    def key(self) -> StakeKey:
        return StakeKey(self.owner, self.owned, LANES[self.type], self.holding)


@dataclass(frozen=True, slots=True)
class _Described:
    id: str
    described: list[ToldDescription]
    closed: list[ToldDescription]


@dataclass(frozen=True, slots=True)
class _Claimed:
    entity: str
    type: str
    claim: ToldClaim
    closed: bool


@dataclass(frozen=True, slots=True)
class _Version(ClaimColumns):
    id: str


@dataclass(frozen=True, slots=True)
class _Staked:
    key: int
    versions: list[_Version]
    closed: list[_Version]
    ended: list[str]


@dataclass(slots=True)
class _Plan:
    """What to close of one batch, as rows of queries; `closed` counts with what was closed before."""

    closed: Counter[Said] = field(default_factory=Counter[Said])
    descriptions: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    merged: list[Description] = field(default_factory=list[Description])
    claims: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    stakes: StakeChanges = field(default_factory=StakeChanges)

    @property
    def changes(self) -> bool:
        return bool(self.descriptions or self.claims or self.stakes.closing)


class Retractor:
    """Closes the facts that are `selected`, at one instant; without an instant it only counts them.

    What was closed at the instant before an interruption counts again. Facts about sources have no clocks and
    stay as they are.
    """

    def __init__(
        self,
        database: Database,
        selected: Callable[[Fact], bool],
        holder: str = "",
        instant: datetime | None = None,
    ) -> None:
        self.closed: Counter[Said] = Counter()
        self._database = database
        self._selected = selected
        self._holder = holder
        self._instant = instant
        self._renewed = time.monotonic()

    def of_sources(self, sources: Collection[str]) -> None:
        """Among all that the sources say. Raises LoadRefused if a load has taken over."""
        for page in self._pages(sorted(sources)):
            self._close([row.id for row in page if row.told], [end.key for row in page for end in row.stakes])

    def of_facts(self, facts: Iterable[Fact]) -> None:
        """Among what is said of the things that the facts are about. Raises LoadRefused."""
        told = [fact for fact in facts if not isinstance(fact, SourceRecord)]
        ids = sorted({entity_of(fact) for fact in told if not isinstance(fact, StakeClaim)})
        self._close(ids, list(dict.fromkeys(StakeKey.of(f) for f in told if isinstance(f, StakeClaim))))

    def _pages(self, sources: Sequence[str]) -> Iterator[list[_Page]]:
        after = ""
        while page := self._page(sources, after):
            yield page
            self._keep_lock()
            after = page[-1].id

    def _page(self, sources: Sequence[str], after: str) -> list[_Page]:
        asked = {"sources": list(sources), "instant": self._instant, "after": after, "limit": PAGE}
        return self._database.read(lambda tx: tx.rows(_Page, "retract/told_by", **asked), SECONDS)

    def _keep_lock(self) -> None:
        """A long search through what others say must not lose the lock."""
        if self._instant and time.monotonic() - self._renewed > LOCK_SECONDS / 3:
            self._database.write(lambda tx: keep_lock(tx, self._holder))
            self._renewed = time.monotonic()

    def _close(self, ids: Sequence[str], keys: Sequence[StakeKey]) -> None:
        for some_ids, some_keys in _batches(ids, keys):
            self._close_some(some_ids, some_keys)

    def _close_some(self, ids: Sequence[str], keys: Sequence[StakeKey]) -> None:
        plan = self._database.read(lambda tx: self._planned(tx, ids, keys), SECONDS)
        self.closed += plan.closed
        if self._instant and plan.changes:
            self._database.write(lambda tx: self._carry_out(tx, plan))
            self._renewed = time.monotonic()

    def _planned(self, tx: Transaction, ids: Sequence[str], keys: Sequence[StakeKey]) -> _Plan:
        plan = _Plan()
        if ids:
            for described in tx.rows(
                _Described, "retract/descriptions", ids=list(ids), instant=self._instant
            ):
                self._plan_descriptions(plan, described)
            claimed = tx.rows(_Claimed, "retract/claims", ids=list(ids), instant=self._instant)
            self._plan_claims(plan, claimed)
        asked = [
            {"key": n, "owner": k.owner, "owned": k.owned, "type": TYPES[k.lane], "holding": k.holding}
            for n, k in enumerate(keys)
        ]
        for staked in tx.rows(_Staked, "retract/stakes", keys=asked, instant=self._instant) if asked else []:
            self._plan_stake(plan, keys[staked.key], staked)
        return plan

    def _plan_descriptions(self, plan: _Plan, row: _Described) -> None:
        standing = [told.known(row.id) for told in row.described]
        going = [known for known in standing if self._selected(known.description)]
        speaking = {known.description.source for known in standing}
        gone = [
            d for d in row.closed if d.source not in speaking and self._selected(d.known(row.id).description)
        ]
        plan.closed[Said.DESCRIPTIONS] += len(going) + len(gone)
        if going:
            plan.descriptions.extend({"id": row.id, "source": known.description.source} for known in going)
            plan.merged.append(together(row.id, [known for known in standing if known not in going]))

    def _plan_claims(self, plan: _Plan, rows: Iterable[_Claimed]) -> None:
        by_claim: defaultdict[tuple[str, str, str], list[_Claimed]] = defaultdict(list)
        for row in rows:
            by_claim[row.entity, row.type, row.claim.claim].append(row)
        for (entity, type_, claim), parts in by_claim.items():
            if self._selected(entity_claim(entity, type_, [part.claim for part in parts])):
                plan.closed[_OF_TYPE[type_]] += 1
                if not parts[0].closed:
                    plan.claims.append({"entity": entity, "claims": [claim]})

    def _plan_stake(self, plan: _Plan, key: StakeKey, row: _Staked) -> None:
        standing = {k for v in row.versions for k in v.claims(key.owner, key.owned, key.lane)}
        before = {k for v in row.closed for k in v.claims(key.owner, key.owned, key.lane)} - standing
        going = {known for known in standing if self._selected(known.claim)}
        plan.closed[Said.STAKES] += len(going) + sum(self._selected(known.claim) for known in before)
        if going:
            wanted = versions(sorted(standing - going, key=lambda known: known.age()))
            plan.stakes.replace(key, [v.id for v in row.versions], row.ended, wanted)

    def _carry_out(self, tx: Transaction, plan: _Plan) -> None:
        keep_lock(tx, self._holder)
        tx.run("retract/close_descriptions", rows=plan.descriptions, instant=self._instant)
        if plan.merged:
            tx.run("import/show_entities", rows=[dict(shown(description)) for description in plan.merged])
        tx.run("retract/close_claims", rows=plan.claims, instant=self._instant)
        tx.run("import/close_stakes", keys=plan.stakes.closing, instant=self._instant)
        tx.run("import/write_stakes", rows=plan.stakes.writing, instant=self._instant)


def _batches(
    ids: Sequence[str], keys: Sequence[StakeKey]
) -> Iterator[tuple[Sequence[str], Sequence[StakeKey]]]:
    """Entities with nothing of stakes, then stakes: neither in larger parts than a transaction takes well."""
    ahead = iter(ids)
    while some := list(islice(ahead, PAGE)):
        yield some, ()
    held = iter(keys)
    while part := list(islice(held, PAGE)):
        yield (), part
