"""The documents that programs rely on: what goes out over HTTP and `--json`, field by field."""

from __future__ import annotations

from typing import Annotated, Literal

import orjson
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

Decimal = Annotated[str, Field(description="decimal text of a fraction 0 to 1", examples=["0.526315789473"])]
Exact = Annotated[str, Field(description="the exact fraction", examples=["10/19"])]
Outcome = Literal["RESTRICTED", "NOT_RESTRICTED", "UNDETERMINED"]


class Document(BaseModel):
    model_config = ConfigDict(frozen=True)

    def to_json(self) -> bytes:
        """The bytes that go out; fields that do not apply are left out."""
        return orjson.dumps(self.model_dump(mode="json", exclude_none=True))


class EntityRef(Document):
    id: str
    name: str
    kind: str


class PolicyRef(Document):
    id: str
    version: str
    variant: str
    digest: str


class Sentence(Document):
    en: str
    zh: str


class TestResult(Document):
    """One test. Figures are there for ownership tests only."""

    id: str
    kind: str
    outcome: Outcome
    reason: str
    lane: str | None = None
    arithmetic: str | None = None
    pooling: str | None = None
    threshold: Decimal | None = None
    operator: str | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_exact: Exact | None = None
    upper_exact: Exact | None = None
    lower_strict: bool | None = None
    upper_strict: bool | None = None
    restricted: Decimal | None = None
    clean: Decimal | None = None
    unknown: Decimal | None = None
    restricted_exact: Exact | None = None
    clean_exact: Exact | None = None
    unknown_exact: Exact | None = None
    slack: Decimal | None = None


class VariantOutcome(Document):
    """What a reading of the policy gives; where it is not the headline's outcome, what makes them differ."""

    variant: str
    outcome: Outcome
    reason: str
    because: Sentence | None = None


class LinkClaim(Document):
    """What one source says of a link; `percent` is the text as filed, empty where none was."""

    source: str
    percent: str
    valid_from: str | None = None
    known_from: str
    confidence: str | None = None


class ChainLink(Document):
    """`claims` are there where several sources speak or their figures exclude each other."""

    owner: str
    owned: str
    lane: str
    min: Decimal | None = None
    max: Decimal | None = None
    weight: Decimal | None = None
    sources: list[str]
    claims: list[LinkClaim] | None = None


class Join(Document):
    """Who joined the parties that the rule names, on the strength of which stakes of theirs."""

    entity: str
    sum: Decimal
    links: list[ChainLink]


class Chain(Document):
    """From the first seed met, or the ultimate parent, down to the entity; or `joins`, in joining order."""

    test: str
    links: list[ChainLink] | None = None
    product_min: Decimal | None = None
    product_max: Decimal | None = None
    product_min_exact: Exact | None = None
    joins: list[Join] | None = None


class MissingFact(Document):
    """`share_of_unknown` is its part of the unknown share of an ownership test.

    `reason`: why the sources do not name the party, or a holder of the entity, in their own words.
    """

    test: str
    kind: str
    entity: str
    share_of_unknown: Decimal | None = None
    reason: str | None = None
    decisive: bool


class Change(Document):
    """A stake whose fall to `to` (or below it, where `to_open`) ends the restriction by that test."""

    test: str
    owner: str
    owned: str
    holding: str | None = None
    from_: Decimal = Field(serialization_alias="from", validation_alias=AliasChoices("from", "from_"))
    to: Decimal
    to_open: bool


class WarningNote(Document):
    code: str
    entity: str | None = None
    detail: str


class SourceAge(Document):
    """A source of the facts that were read; its age counts from `retrieved`, else from `known_from`."""

    source: str
    facts: int
    newest_valid_from: str | None = None
    known_from: str
    retrieved: str | None = None
    age_days: int


class VerdictDocument(Document):
    """A verdict: replayable, with everything it rests on named in `verdict_id`.

    `trust` are sources heard before all others, `without_trust` the outcome if all were heard alike.
    `hypothetical` is there, and true, where edits were made to the facts.
    """

    verdict_id: str
    entity: EntityRef
    policy: PolicyRef
    as_of: str
    known_at: str
    engine: str
    outcome: Outcome
    reason: str
    sentence: Sentence
    tests: list[TestResult]
    variants: list[VariantOutcome]
    chains: list[Chain]
    chains_total: Decimal | None = None
    chains_total_exact: Exact | None = None
    rest: Decimal | None = None
    rest_exact: Exact | None = None
    missing: list[MissingFact]
    would_change: list[Change]
    warnings: list[WarningNote]
    complete: bool
    trust: list[str] | None = None
    without_trust: Outcome | None = None
    max_age_days: int | None = None
    sources: list[SourceAge] = []
    facts: str = Field(description="sha256 over the canonical facts that were read")
    hypothetical: bool | None = None

    def to_json(self) -> bytes:
        return orjson.dumps(self.model_dump(mode="json", exclude_none=True, by_alias=True))


class ChainsDocument(Document):
    """Chains from the parties that `policy` names, or from the class `owners`."""

    entity: EntityRef
    policy: PolicyRef | None = None
    owners: list[str] | None = None
    as_of: str
    known_at: str
    chains: list[Chain]
    chains_total: Decimal
    chains_total_exact: Exact | None = None
    rest: Decimal
    rest_exact: Exact | None = None
    trust: list[str] | None = None
    warnings: list[WarningNote]


class WithNulls(BaseModel):
    """A document in which a field without a value is null."""

    model_config = ConfigDict(frozen=True)

    def to_json(self) -> bytes:
        return orjson.dumps(self.model_dump(mode="json", by_alias=True))


class Identifier(WithNulls):
    scheme: str
    value: str


class ListEntry(WithNulls):
    list: str
    valid_from: str | None
    valid_to: str | None
    sources: tuple[str, ...]


class LocationClaimDocument(WithNulls):
    """What one source says of where an entity is; `jurisdiction` has `|` between several codes."""

    source: str
    ref: str
    url: str
    jurisdiction: str
    valid_from: str | None
    valid_to: str | None
    known_from: str


class Location(WithNulls):
    """`disputed`: other values of the same attribute are on record too."""

    attribute: str
    jurisdiction: str
    valid_from: str | None
    valid_to: str | None
    sources: list[str]
    disputed: bool
    claims: list[LocationClaimDocument]


class EntityDocument(WithNulls):
    """One entity on a day; `other_days` are places of days before and after, or replaced since.

    `same_as` are ids that sources take for it; what is told of them is in here where this
    one entity was asked for.
    """

    id: str
    name: str
    name_original: str
    aliases: list[str]
    kind: str
    identifiers: list[Identifier]
    lists: list[ListEntry]
    locations: list[Location]
    other_days: list[Location]
    same_as: list[str]
    founded: str | None
    dissolved: str | None
    unspecified: str = Field(description="why a source does not name whom it means, in its own word")
    url: str
    note: str


class EntityPage(WithNulls):
    """`complete`: false where the index held more candidates than were looked at."""

    items: list[EntityDocument]
    next: str | None
    complete: bool = True


class ClaimDocument(WithNulls):
    """What one source says of a stake; `percent` is the text as filed."""

    source: str
    ref: str
    url: str
    percent: str
    confidence: str
    note: str
    valid_from: str | None
    valid_to: str | None
    known_from: str


class StakeDocument(WithNulls):
    """A direct stake; lanes without figures have no `min` and `max`."""

    owner: EntityRef
    owned: EntityRef
    lane: str
    holding: str
    min: Decimal | None
    max: Decimal | None
    min_open: bool | None
    max_open: bool | None
    valid_from: str | None
    valid_to: str | None
    conflict: bool
    claims: list[ClaimDocument]


class StakePage(WithNulls):
    items: list[StakeDocument]
    next: str | None


class PolicySummary(WithNulls):
    """A pack; `variants` lists the readings that can be asked for, the default first."""

    id: str
    version: str
    title: Sentence
    authority: str
    in_force_from: str | None
    in_force_to: str | None
    default_variant: str
    variants: list[str]
    digest: str


class PolicyPage(WithNulls):
    items: list[PolicySummary]
    next: str | None
