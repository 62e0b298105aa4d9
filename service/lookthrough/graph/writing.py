"""Writing facts: one batch, one transaction, and for each row whether it was new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from lookthrough.control.claims import Known
from lookthrough.control.descriptions import KnownDescription, together
from lookthrough.control.facts import (
    Description,
    EntityClaim,
    Fact,
    GroupClaim,
    Kind,
    ListClaim,
    LocationClaim,
    SameAsClaim,
    SourceRecord,
    StakeClaim,
)
from lookthrough.naming.index import indexed

from .database import Database, Transaction
from .errors import LoadRefused
from .facts import (
    ToldClaim,
    ToldDescription,
    claim_properties,
    description_properties,
    digest,
    entity_of,
    identity,
    named_entities,
    shown,
    source_properties,
    targets,
)
from .remembered import Remembered
from .versions import LANES, TYPES, ClaimColumns, StakeChanges, StakeKey, versions

T = TypeVar("T")
F = TypeVar("F", bound=Fact)
LOCK_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the facts of a row contradict what is in the graph; `field` as in the CSV files."""

    field: str
    value: str
    reason: str


@dataclass(slots=True)
class Batch:
    """What became of the rows of one batch, by position: new, refused, or neither (a duplicate)."""

    new: set[int] = field(default_factory=set[int])
    refused: dict[int, Refusal] = field(default_factory=dict[int, Refusal])
    first_described: set[str] = field(default_factory=set[str])
    implied: set[str] = field(default_factory=set[str])


class Writer:
    """Writes the rows of one load, all known from one instant; a row seen before is a duplicate."""

    def __init__(self, database: Database, holder: str, instant: datetime) -> None:
        self._database = database
        self._holder = holder
        self._instant = instant
        self._seen = Remembered()
        self._refused: dict[bytes, Refusal] = {}
        self._described = Remembered()

    def write(self, rows: Sequence[Sequence[Fact]], *, for_itself: bool = False) -> Batch:
        """Write the facts of each row. Raises LoadRefused if another load has taken over.

        Rows told `for_itself`, by a register, may describe what other sources describe in their own words.
        """
        keys = [digest(*facts) for facts in rows]
        told = ((i, self._otherwise(facts, for_itself)) for i, facts in enumerate(rows))
        refused = {i: refusal for i, refusal in told if refusal}
        first = {key: i for i, key in reversed(list(enumerate(keys))) if i not in refused}
        fresh = {i: rows[i] for key, i in first.items() if key not in self._seen}
        batch = self._database.write(lambda tx: self._write_tx(tx, dict(sorted(fresh.items()))))
        self._seen.add(keys[i] for i in fresh)
        self._refused.update({keys[i]: refusal for i, refusal in batch.refused.items()})
        again = {i: refusal for i, key in enumerate(keys) if (refusal := self._refused.get(key))}
        return replace(batch, refused={**again, **refused})

    def _otherwise(self, facts: Sequence[Fact], for_itself: bool) -> Refusal | None:
        """A second row that describes the same thing must say the same; of registers, one of its source."""
        for described in facts:
            if isinstance(described, Description | SourceRecord):
                key = _description_key(described, facts)
                thing = f"{type(described).__name__} {entity_of(described)}"
                names = [f"{described.source} {thing}", *([] if for_itself else [thing])]
                if any(self._described.first(name.encode(), key) != key for name in names):
                    column = "id" if isinstance(described, Description) else "source"
                    reason = "another row of this load describes it differently"
                    return Refusal(column, entity_of(described), reason)
        return None

    def _write_tx(self, tx: Transaction, rows: dict[int, Sequence[Fact]]) -> Batch:
        keep_lock(tx, self._holder)
        batch = Batch()
        parts = _Parts(tx, self._instant, batch)
        parts.descriptions(_of(rows, Description))
        stakes = parts.stakes(_of(rows, StakeClaim))
        kept = {i: facts for i, facts in rows.items() if i not in batch.refused}
        parts.sources(kept)
        parts.imply(kept)
        for kind, query in CLAIMS.items():
            parts.claims(_of(kept, kind), query)
        parts.change(stakes)
        return batch


def keep_lock(tx: Transaction, holder: str) -> None:
    """First in each transaction that changes facts. Raises LoadRefused if another load has taken over."""
    if not tx.run("import/renew", holder=holder, seconds=LOCK_SECONDS):
        raise LoadRefused("another load has taken over the lock; this one stops where it is")


CLAIMS: dict[type[EntityClaim], str] = {
    LocationClaim: "locations",
    ListClaim: "lists",
    GroupClaim: "groups",
    SameAsClaim: "same_as",
}


@dataclass(frozen=True, slots=True)
class _KnownEntity:
    id: str
    described: list[ToldDescription]
    held_in: list[str]


@dataclass(frozen=True, slots=True)
class _KnownClaim:
    entity: str
    claim: ToldClaim


@dataclass(frozen=True, slots=True)
class _KnownSource:
    record: SourceRecord
    told_at: datetime


@dataclass(frozen=True, slots=True)
class _KnownVersion(ClaimColumns):
    id: str


@dataclass(frozen=True, slots=True)
class _KnownStake:
    key: int
    owned_kind: Kind | None
    versions: list[_KnownVersion]
    ended: list[str]


class _Parts:
    """The kinds of facts of one batch, each written in its turn."""

    def __init__(self, tx: Transaction, instant: datetime, batch: Batch) -> None:
        self._tx = tx
        self._instant = instant
        self._batch = batch

    def descriptions(self, told: Sequence[tuple[int, Description]]) -> None:
        ids = sorted({description.entity for _, description in told})
        rows = self._tx.rows(_KnownEntity, "import/known_descriptions", ids=ids)
        known = {row.id: row for row in rows}
        new = [
            description
            for i, description in told
            if self._admits(i, description, known.get(description.entity))
            and self._is_new(i, description, _spoken(known.get(description.entity), description.source))
        ]
        rows_out = [
            {"id": d.entity, "source": d.source, "properties": description_properties(d)}
            for d in _each_once(new)
        ]
        if rows_out:
            self._tx.run("import/write_descriptions", rows=rows_out, instant=self._instant)
            told_now: defaultdict[str, list[Description]] = defaultdict(list)
            for description in new:
                told_now[description.entity].append(description)
            merged = [self._merged(id, told, known.get(id)) for id, told in told_now.items()]
            self._tx.run("import/show_entities", rows=[dict(shown(description)) for description in merged])

    def _admits(self, index: int, description: Description, known: _KnownEntity | None) -> bool:
        lanes = [LANES[name] for name in known.held_in] if known else []
        held = next((lane for lane in lanes if not description.kind.can_be_held(lane)), None)
        if held is not None:
            reason = f"nobody holds {held} in a {description.kind}, and the graph has {held} held in it"
            self._batch.refused[index] = Refusal("kind", description.kind, reason)
        elif known is None or all(d.known_from == self._instant for d in known.described):
            self._batch.first_described.add(description.entity)
        return held is None

    def _merged(self, entity: str, new: Sequence[Description], known: _KnownEntity | None) -> Description:
        """What the sources of this batch say of an entity, with what others said before."""
        now = {description.source: KnownDescription(description, self._instant) for description in new}
        before = [d.known(entity) for d in known.described if d.source not in now] if known else []
        return together(entity, [*before, *now.values()])

    def sources(self, rows: dict[int, Sequence[Fact]]) -> None:
        records = _of(rows, SourceRecord)
        keys = sorted({record.source for _, record in records})
        known = self._tx.rows(_KnownSource, "import/known_sources", keys=keys) if keys else []
        changed = [
            source_properties(record)
            for i, record in records
            if self._is_new(
                i, record, [(k.record, k.told_at) for k in known if k.record.source == record.source]
            )
        ]
        if changed:
            self._tx.run("import/write_sources", rows=changed, instant=self._instant)
        named = sorted({fact.source for facts in rows.values() for fact in facts})
        self._tx.run("import/name_sources", keys=named)

    def imply(self, rows: dict[int, Sequence[Fact]]) -> None:
        ids = sorted({name for facts in rows.values() for fact in facts for name in named_entities(fact)})
        if ids:
            named = [{"id": each, "words": indexed([each])} for each in ids]
            implied = self._tx.run("import/imply_entities", rows=named, instant=self._instant)
            self._batch.implied.update(str(row["id"]) for row in implied)

    def claims(self, told: Sequence[tuple[int, EntityClaim]], kind: str) -> None:
        if not told:
            return
        ids = sorted({entity_of(claim) for _, claim in told})
        known: defaultdict[str, dict[str, list[ToldClaim]]] = defaultdict(dict)
        for row in self._tx.rows(_KnownClaim, f"import/known_{kind}", ids=ids):
            known[row.entity].setdefault(row.claim.claim, []).append(row.claim)
        new = [
            claim
            for i, claim in told
            if self._is_new(i, claim, self._newest(_told(known[entity_of(claim)], claim), claim))
        ]
        rows = [
            {
                "entity": entity_of(claim),
                "target": target,
                "properties": claim_properties(claim, self._instant),
            }
            for claim in _each_once(new)
            for target in targets(claim)
        ]
        if rows:
            self._tx.run(f"import/write_{kind}", rows=rows, instant=self._instant)

    def stakes(self, told: Sequence[tuple[int, StakeClaim]]) -> StakeChanges:
        """What must change for these claims; those about a stake that cannot be are refused."""
        by_key: defaultdict[StakeKey, list[tuple[int, StakeClaim]]] = defaultdict(list)
        for i, claim in told:
            by_key[StakeKey.of(claim)].append((i, claim))
        keys = list(by_key)
        asked = [
            {"key": n, "owner": k.owner, "owned": k.owned, "type": TYPES[k.lane], "holding": k.holding}
            for n, k in enumerate(keys)
        ]
        changes = StakeChanges()
        for row in self._tx.rows(_KnownStake, "import/known_stakes", keys=asked) if keys else []:
            self._stake(keys[row.key], by_key[keys[row.key]], row, changes)
        return changes

    def change(self, changes: StakeChanges) -> None:
        if changes.closing:
            self._tx.run("import/close_stakes", keys=changes.closing, instant=self._instant)
        if changes.writing:
            self._tx.run("import/write_stakes", rows=changes.writing, instant=self._instant)

    def _stake(
        self,
        key: StakeKey,
        told: Sequence[tuple[int, StakeClaim]],
        row: _KnownStake,
        changes: StakeChanges,
    ) -> None:
        if row.owned_kind is not None and not row.owned_kind.can_be_held(key.lane):
            reason = f"nobody holds {key.lane} in a {row.owned_kind}"
            self._batch.refused.update({i: Refusal("owned", key.owned, reason) for i, _ in told})
            return
        known = [k for version in row.versions for k in version.claims(key.owner, key.owned, key.lane)]
        spoken = [(k.claim, k.known_from) for k in known]
        new = [claim for i, claim in told if self._is_new(i, claim, self._newest(spoken, claim))]
        if not new:
            return
        wanted = versions([*known, *(Known(claim, self._instant) for claim in _each_once(new))])
        changes.replace(key, [version.id for version in row.versions], row.ended, wanted)

    def _newest(
        self, told: Sequence[tuple[StakeClaim | EntityClaim, datetime]], like: StakeClaim | EntityClaim
    ) -> list[tuple[Fact, datetime]]:
        """What a source said last of those days, before this load and in it.

        Both, so that a row is the same duplicate whichever row of its load was written before it.
        """
        same_start = [
            (claim, since)
            for claim, since in told
            if (claim.source, claim.valid_from) == (like.source, like.valid_from)
        ]
        before = max((since for _, since in same_start if since != self._instant), default=None)
        return [(claim, since) for claim, since in same_start if since in (before, self._instant)]

    def _is_new(self, index: int, fact: Fact, spoken: Iterable[tuple[Fact, datetime]]) -> bool:
        """Whether the graph must learn it; what this load wrote before an interruption counts as loaded."""
        known_since = [since for told, since in spoken if identity(told) == identity(fact)]
        if not known_since or self._instant in known_since:
            self._batch.new.add(index)
        return not known_since


def _each_once(facts: Sequence[F]) -> list[F]:
    """What says the same once, as if each had come in a batch of its own."""
    return list({identity(fact): fact for fact in reversed(facts)}.values())[::-1]


def _of(rows: dict[int, Sequence[Fact]], kind: type[T]) -> list[tuple[int, T]]:
    return [(i, fact) for i, facts in rows.items() for fact in facts if isinstance(fact, kind)]


def _spoken(known: _KnownEntity | None, source: str) -> list[tuple[Fact, datetime]]:
    told = known.described if known else []
    return [(d.known(known.id).description, d.known_from) for d in told if known and d.source == source]


def _told(known: Mapping[str, list[ToldClaim]], like: EntityClaim) -> list[tuple[EntityClaim, datetime]]:
    """Claims about the same thing, with the instant of each."""
    return [(_rebuilt(like, rows), rows[0].known_from) for rows in known.values() if _same_thing(like, rows)]


def _same_thing(claim: EntityClaim, rows: Sequence[ToldClaim]) -> bool:
    if isinstance(claim, LocationClaim):
        return rows[0].attribute is claim.attribute
    return (rows[0].target,) == targets(claim)


def _rebuilt(like: EntityClaim, rows: Sequence[ToldClaim]) -> EntityClaim:
    first = rows[0]
    same = replace(like, source=first.source, valid_from=first.valid_from, valid_to=first.valid_to)
    if isinstance(same, LocationClaim):
        return replace(same, jurisdictions=tuple(row.target for row in rows))
    return same


def _description_key(fact: Fact, row: Sequence[Fact]) -> bytes:
    """What a row says of the thing a fact is about: its description, and where it is."""
    same = [f for f in row if isinstance(f, LocationClaim) and f.entity == entity_of(fact)]
    return digest(fact, *same)
