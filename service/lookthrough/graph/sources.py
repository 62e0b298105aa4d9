"""How much each source says of the facts that were read, and how old it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
class Spoken:
    """How many facts of a source speak, and how new they are; `newest_valid_from` is a date or empty."""

    source: str
    facts: int
    newest_valid_from: str
    known_from: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of a source itself; `told_retrieved` is what was told from each of `told_froms` on."""

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
    told = spoken_of(around, _stakes(tx, around, clocks))
    return by_source(told, read_recorded(tx, {each.source for each in told}), clocks)


def read_recorded(tx: Transaction, sources: Collection[str]) -> dict[str, Recorded]:
    """By source, without those of which nothing is recorded."""
    return {row.key: row for row in tx.rows(Recorded, "read/sources", keys=sorted(sources))}


def spoken_of(around: Surroundings, stakes: Iterable[Spoken]) -> list[Spoken]:
    """What speaks in all of the facts; `stakes` is what does of the stakes."""
    return [*stakes, *_of_entities(around), *_of_groups(around)]


def by_source(told: Iterable[Spoken], records: Mapping[str, Recorded], clocks: Clocks) -> list[SourceRead]:
    """Every source once, by name."""
    of: defaultdict[str, list[Spoken]] = defaultdict(list)
    for each in told:
        of[each.source].append(each)
    return [_read(of[name], records.get(name), clocks) for name in sorted(of)]


def _stakes(tx: Transaction, around: Surroundings, clocks: Clocks) -> list[Spoken]:
    if not around.versions:
        return []
    return tx.rows(
        Spoken,
        "snapshot/spoken",
        companies=sorted({stake.owned for stake in around.versions}),
        types=sorted({TYPES[stake.lane] for stake in around.versions}),
        as_of=clocks.as_of,
        known_at=clocks.known_at,
    )


def _of_entities(around: Surroundings) -> Iterator[Spoken]:
    for source, known_from, _ in {told for facts in around.entities.values() for told in facts.told_by}:
        yield Spoken(source, 1, "", known_from)
    for facts in around.entities.values():
        for known in (*facts.locations, *facts.set_aside):
            yield Spoken(known.claim.source, 1, _day(known.claim.valid_from), known.known_from)
        for listed in facts.lists:
            yield Spoken(listed.claim.source, 1, _day(listed.claim.valid_from), listed.known_from)


def _of_groups(around: Surroundings) -> Iterable[Spoken]:
    for known in around.groups:
        yield Spoken(known.claim.source, 1, _day(known.claim.valid_from), known.known_from)


def _read(told: Sequence[Spoken], record: Recorded | None, clocks: Clocks) -> SourceRead:
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
