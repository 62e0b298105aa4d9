"""Facts as filed: who says what of whom, and over which days it is true in the world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .interval import Interval


class Lane(StrEnum):
    """What a stake is a stake in; lanes are never added to each other."""

    SHARES = "shares"
    VOTES = "votes"
    BOARD = "board"
    CONTROL = "control"

    @property
    def has_figure(self) -> bool:
        return self in (Lane.SHARES, Lane.VOTES)


class Kind(StrEnum):
    COMPANY = "company"
    FUND = "fund"
    TRUST = "trust"
    PARTNERSHIP = "partnership"
    PERSON = "person"
    STATE = "state"
    FOUNDATION = "foundation"
    GROUP = "group"
    PUBLIC_FLOAT = "public_float"
    UNKNOWN = "unknown"

    @property
    def is_end(self) -> bool:
        """Nobody holds shares or votes in an end."""
        return self in (Kind.PERSON, Kind.STATE, Kind.FOUNDATION, Kind.PUBLIC_FLOAT)

    def can_be_held(self, lane: Lane) -> bool:
        return not self.is_end if lane.has_figure else self not in (Kind.PERSON, Kind.PUBLIC_FLOAT)


class Attribute(StrEnum):
    """What a location is the location of."""

    HEADQUARTERS = "headquarters"
    INCORPORATION = "incorporation"
    PRINCIPAL_PLACE = "principal_place"
    NATIONALITY = "nationality"
    RESIDENCE = "residence"
    LISTING = "listing"

    @property
    def holds_several(self) -> bool:
        """Several values hold at once; of the other attributes they are alternatives."""
        return self in (Attribute.NATIONALITY, Attribute.LISTING)

    def applies_to(self, kind: Kind) -> bool:
        """Whether the attribute can apply where none is recorded (`unknown` leaves it open)."""
        if kind is Kind.PUBLIC_FLOAT:
            return False
        if kind is Kind.UNKNOWN:
            return True
        of_persons = self in (Attribute.NATIONALITY, Attribute.RESIDENCE)
        return of_persons is (kind is Kind.PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of one source, true in the world over [valid_from, valid_to); None is open."""

    source: str
    ref: str = ""
    url: str = ""
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeClaim(Claim):
    """`owner` holds `interval` (fractions of the whole company) of `owned`, in one lane and holding.

    `percent` is the figure as filed; lanes without a figure have `interval` None.
    """

    owner: str
    owned: str
    lane: Lane
    holding: str = ""
    percent: str = ""
    interval: Interval | None
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationClaim(Claim):
    """`jurisdictions` are ISO 3166 alpha-2 codes: alternatives, unless the attribute `holds_several`."""

    entity: str
    attribute: Attribute
    jurisdictions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListClaim(Claim):
    """`entity` is on the list `list_key`."""

    list_key: str
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupClaim(Claim):
    """`member` acts together with the other members of `group`."""

    group: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAsClaim(Claim):
    """`source` takes `entity` and `same_as` for one."""

    entity: str
    same_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What one source calls an entity; `identifiers` are (scheme, value).

    `unspecified` is the source's reason for not naming whom it means, in the source's own word.
    """

    entity: str
    source: str
    name: str = ""
    name_original: str = ""
    aliases: tuple[str, ...] = ()
    kind: Kind = Kind.UNKNOWN
    identifiers: tuple[tuple[str, str], ...] = ()
    founded: date | None = None
    dissolved: date | None = None
    unspecified: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """What is known of a source itself."""

    source: str
    title: str = ""
    url: str = ""
    licence: str = ""
    retrieved: str = ""
    sha256: str = ""


EntityClaim = LocationClaim | ListClaim | GroupClaim | SameAsClaim
Fact = StakeClaim | EntityClaim | Description | SourceRecord
