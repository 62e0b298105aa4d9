"""All facts as they are written out: every claim as filed, with the instants between which it was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from .facts import (
    Description,
    EntityClaim,
    Fact,
    GroupClaim,
    Lane,
    ListClaim,
    LocationClaim,
    SameAsClaim,
    SourceRecord,
    StakeClaim,
)

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Told(Generic[F]):
    """A fact that the database knew over [known_from, known_to); None where it is known still."""

    fact: F
    known_from: datetime
    known_to: datetime | None = None

    def known_at(self, instant: datetime) -> bool:
        return self.known_from <= instant and (self.known_to is None or self.known_to > instant)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What is told of one source itself; `retrieved` are the days as told one after the other."""

    told: Told[SourceRecord]
    retrieved: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True, slots=True)
class EntityFacts:
    """What was ever said of one entity, without the stakes in it; nothing of one that is only named."""

    entity: str
    descriptions: tuple[Told[Description], ...] = ()
    claims: tuple[Told[EntityClaim], ...] = ()


@dataclass(frozen=True, slots=True)
class StakeFacts:
    """What was ever said of one stake."""

    owner: str
    owned: str
    lane: Lane
    holding: str
    claims: tuple[Told[StakeClaim], ...]


Facts = SourceFacts | EntityFacts | StakeFacts
"""They come in one order: sources by name; then each entity by id, followed by the stakes in it, by owner,
lane and holding."""


def topic(claim: StakeClaim | EntityClaim) -> tuple[str, str]:
    """What a claim is about, of the stake or the entity that it is told of."""
    match claim:
        case LocationClaim():
            return ("location", claim.attribute)
        case ListClaim():
            return ("list", claim.list_key)
        case GroupClaim():
            return ("group", claim.group)
        case SameAsClaim():
            return ("same_as", claim.same_as)
        case StakeClaim():
            return ("stake", claim.holding)
