"""Stored verdicts: beside the entity they are about, with the policy they were given under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from .database import Database, Transaction

MOST_STAKES = 10_000
"""Ids of stakes that a stored verdict names; `stakes_total` counts all that it rests on."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """A policy or a region list as canonical JSON, with the digest of it."""

    id: str
    digest: str
    document: str
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVerdict:
    """A verdict to be stored; `stakes` are the ids of the versions of stakes that were read."""

    verdict_id: str
    entity: str
    document: str
    variant: str
    as_of: date
    known_at: datetime
    engine: str
    outcome: str
    reason: str
    facts: str
    stakes: Sequence[str]
    policy: KeptText
    region_lists: Sequence[KeptText]

    def properties(self) -> Mapping[str, object]:
        return {
            "document": self.document,
            "variant": self.variant,
            "as_of": self.as_of,
            "known_at": self.known_at,
            "engine": self.engine,
            "outcome": self.outcome,
            "reason": self.reason,
            "facts": self.facts,
            "stakes": list(self.stakes[:MOST_STAKES]),
            "stakes_total": len(self.stakes),
        }


@dataclass(frozen=True, slots=True)
class StoredVerdict:
    """The document as it was given; `policy` and `region_lists` are canonical JSON, `digest` the policy's."""

    document: str
    digest: str
    policy: str
    region_lists: list[str]


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """What a list says of a stored verdict; `given_at` is when it was stored first."""

    verdict_id: str
    variant: str
    as_of: date
    known_at: datetime
    engine: str
    outcome: str
    reason: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class GivenUnder:
    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Given:
    verdict: GivenVerdict
    policy: GivenUnder


def store(database: Database, new: NewVerdict) -> None:
    """Write the verdict unless it is there. Raises ReadOnly, GraphUnavailable."""
    if database.read(lambda tx: tx.run("verdicts/known", verdict_id=new.verdict_id)):
        return

    def write(tx: Transaction) -> None:
        tx.run(
            "verdicts/store",
            entity=new.entity,
            verdict_id=new.verdict_id,
            properties=new.properties(),
            given_at=datetime.now(UTC),
            policy=asdict(new.policy),
            region_lists=[asdict(entry) for entry in new.region_lists],
        )

    database.write(write)


def stored(database: Database, verdict_id: str) -> StoredVerdict | None:
    found = database.read_rows(StoredVerdict, "verdicts/stored", verdict_id=verdict_id)
    return found[0] if found else None
