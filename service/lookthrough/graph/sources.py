"""How much each source says of the facts that were read, and how old it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lookthrough.control.clocks import Clocks

from .database import Transaction
from .snapshot import Surroundings
from .versions import TYPES, parse_day


@dataclass(frozen=True, slots=True)
class SourceRead:
    """One source at two clocks. `retrieved` is as it was told then, as filed; `age_days` at `as_of`."""

    source: str
    facts: int
    newest_valid_from: date | None
    known_from: datetime
    retrieved: str
    age_days: int
    title: str = ""
    url: str = ""
    licence: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class _Spoken:
    source: str
    facts: int
    newest_valid_from: str
    known_from: datetime


@dataclass(frozen=True, slots=True)
class _Record:
    key: str
    told_froms: list[datetime]
    told_retrieved: list[str]
    title: str
    url: str
    licence: str
    sha256: str

    def retrieved_at(self, known_at: datetime) -> str:
        told = zip(self.told_froms, self.told_retrieved, strict=True)
        return next((text for since, text in reversed(list(told)) if since <= known_at), "")


def sources_read(tx: Transaction, around: Surroundings, clocks: Clocks) -> list[SourceRead]:
    """Every source that says any of the facts, by name.

    Its age counts from the day on which it was retrieved, else from the instant of its newest fact.
    """
    told = [*_stakes(tx, around, clocks), *_of_entities(around), *_of_groups(around)]
    records = {
        row.key: row for row in tx.rows(_Record, "read/sources", keys=sorted({t.source for t in told}))
    }
    names = sorted({each.source for each in told})
    return [_read([t for t in told if t.source == name], records.get(name), clocks) for name in names]


def _stakes(tx: Transaction, around: Surroundings, clocks: Clocks) -> list[_Spoken]:
    if not around.versions:
        return []
    return tx.rows(
        _Spoken,
        "snapshot/spoken",
        companies=sorted({stake.owned for stake in around.versions}),
        types=sorted({TYPES[stake.lane] for stake in around.versions}),
        as_of=clocks.as_of,
        known_at=clocks.known_at,
    )


def _of_entities(around: Surroundings) -> Iterator[_Spoken]:
    for source, known_from, _ in {told for facts in around.entities.values() for told in facts.told_by}:
        yield _Spoken(source, 1, "", known_from)
    for facts in around.entities.values():
        for known in (*facts.locations, *facts.set_aside):
            yield _Spoken(known.claim.source, 1, _day(known.claim.valid_from), known.known_from)
        for listed in facts.lists:
            yield _Spoken(listed.claim.source, 1, _day(listed.claim.valid_from), listed.known_from)


def _of_groups(around: Surroundings) -> Iterable[_Spoken]:
    for known in around.groups:
        yield _Spoken(known.claim.source, 1, _day(known.claim.valid_from), known.known_from)


def _read(told: Sequence[_Spoken], record: _Record | None, clocks: Clocks) -> SourceRead:
    known_from = max(each.known_from for each in told)
    retrieved = record.retrieved_at(clocks.known_at) if record else ""
    since = _day_of(retrieved) or known_from.date()
    return SourceRead(
        source=told[0].source,
        facts=sum(each.facts for each in told),
        newest_valid_from=parse_day(max(each.newest_valid_from for each in told)),
        known_from=known_from,
        retrieved=retrieved,
        age_days=max(0, (clocks.as_of - since).days),
        title=record.title if record else "",
        url=record.url if record else "",
        licence=record.licence if record else "",
        sha256=record.sha256 if record else "",
    )


def _day_of(retrieved: str) -> date | None:
    """The day of a date or an instant; a year or a month begins on its first day."""
    if not retrieved:
        return None
    begun = retrieved + "0001-01-01"[len(retrieved) :]
    try:
        return date.fromisoformat(begun[:10])
    except ValueError:
        return None


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
