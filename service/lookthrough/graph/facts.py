"""Facts as properties of relationships and nodes, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import cast

from lookthrough.control.claims import Known
from lookthrough.control.descriptions import KnownDescription
from lookthrough.control.facts import (
    Attribute,
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
from lookthrough.naming.folding import compact
from lookthrough.naming.index import indexed

from .versions import Properties

LABELS = {kind: kind.value.title().replace("_", "") for kind in Kind}


def entity_of(fact: Fact) -> str:
    """The entity a fact is told of (the held one of a stake, the name of a source)."""
    if isinstance(fact, StakeClaim):
        return fact.owned
    if isinstance(fact, GroupClaim):
        return fact.member
    return fact.source if isinstance(fact, SourceRecord) else fact.entity


def named_entities(fact: Fact) -> tuple[str, ...]:
    """Ids that a fact names and that must be entities."""
    if isinstance(fact, StakeClaim):
        return (fact.owner, fact.owned)
    if isinstance(fact, SameAsClaim):
        return (fact.entity, fact.same_as)
    return () if isinstance(fact, Description | SourceRecord) else (entity_of(fact),)


def identity(fact: Fact) -> tuple[object, ...]:
    """What makes two rows duplicates: who says what of whom over which days, not how it is cited."""
    kind = type(fact).__name__
    if isinstance(fact, Description | SourceRecord):
        return (kind, *(getattr(fact, field.name) for field in fields(fact)))
    dates = (fact.source, fact.valid_from, fact.valid_to)
    if isinstance(fact, StakeClaim):
        return (kind, fact.owner, fact.owned, fact.lane, fact.holding, fact.interval, *dates)
    if isinstance(fact, LocationClaim):
        return (kind, fact.entity, fact.attribute, tuple(sorted({*fact.jurisdictions})), *dates)
    return (kind, entity_of(fact), targets(fact), *dates)


def digest(*facts: Fact) -> bytes:
    """Stands for the identities of facts, where keeping them whole would take too much room."""
    return hashlib.blake2b(repr([identity(fact) for fact in facts]).encode(), digest_size=16).digest()


def targets(fact: EntityClaim) -> tuple[str, ...]:
    """Keys of the nodes that a claim about an entity points to."""
    if isinstance(fact, LocationClaim):
        return fact.jurisdictions
    if isinstance(fact, ListClaim):
        return (fact.list_key,)
    if isinstance(fact, GroupClaim):
        return (fact.group,)
    return (fact.same_as,)


def claim_properties(fact: EntityClaim, instant: datetime) -> Properties:
    attribute = fact.attribute if isinstance(fact, LocationClaim) else None
    told = repr((fact, instant))
    properties: Properties = {
        "claim": hashlib.sha256(told.encode()).hexdigest()[:32],
        "attribute": attribute,
        "source": fact.source,
        "ref": fact.ref,
        "url": fact.url,
        "note": fact.note,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
    }
    return {key: value for key, value in properties.items() if value is not None}


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """A claim about an entity as it comes back: one relationship for each of its targets."""

    claim: str
    target: str
    source: str
    ref: str
    url: str
    note: str
    known_from: datetime
    valid_from: date | None = None
    valid_to: date | None = None
    attribute: Attribute | None = None


def locations(entity: str, told: Iterable[ToldClaim]) -> list[Known[LocationClaim]]:
    """Claims on locations; a claim with several jurisdictions is one again."""
    by_claim: dict[str, list[ToldClaim]] = {}
    for row in told:
        by_claim.setdefault(row.claim, []).append(row)
    return [_location(entity, by_claim[key]) for key in sorted(by_claim)]


def _location(entity: str, rows: list[ToldClaim]) -> Known[LocationClaim]:
    first = rows[0]
    claim = LocationClaim(
        entity=entity,
        attribute=Attribute(first.attribute or ""),
        jurisdictions=tuple(sorted(row.target for row in rows)),
        source=first.source,
        ref=first.ref,
        url=first.url,
        note=first.note,
        valid_from=first.valid_from,
        valid_to=first.valid_to,
    )
    return Known(claim, first.known_from)


def lists(entity: str, told: Iterable[ToldClaim]) -> list[Known[ListClaim]]:
    return [
        Known(
            ListClaim(
                entity=entity,
                list_key=row.target,
                source=row.source,
                ref=row.ref,
                url=row.url,
                note=row.note,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            ),
            row.known_from,
        )
        for row in sorted(told, key=lambda row: row.claim)
    ]


def group_claim(member: str, told: ToldClaim) -> Known[GroupClaim]:
    claim = GroupClaim(
        group=told.target,
        member=member,
        source=told.source,
        ref=told.ref,
        url=told.url,
        note=told.note,
        valid_from=told.valid_from,
        valid_to=told.valid_to,
    )
    return Known(claim, told.known_from)


def same_as_claim(entity: str, told: ToldClaim) -> Known[SameAsClaim]:
    claim = SameAsClaim(
        entity=entity,
        same_as=told.target,
        source=told.source,
        ref=told.ref,
        url=told.url,
        note=told.note,
        valid_from=told.valid_from,
        valid_to=told.valid_to,
    )
    return Known(claim, told.known_from)


def entity_claim(entity: str, type_: str, told: Sequence[ToldClaim]) -> EntityClaim:
    """The claim that the relationships of one type and claim make up."""
    match type_:
        case "LOCATED":
            return locations(entity, told)[0].claim
        case "LISTED":
            return lists(entity, told)[0].claim
        case "ACTS_IN":
            return group_claim(entity, told[0]).claim
        case _:
            return same_as_claim(entity, told[0]).claim


def description_properties(description: Description) -> Properties:
    return {
        key: value
        for key, value in {
            "name": description.name,
            "name_original": description.name_original,
            "aliases": list(description.aliases),
            "words": indexed((description.name, description.name_original, *description.aliases)),
            "kind": description.kind.value,
            "identifiers": [f"{scheme}:{value}" for scheme, value in description.identifiers],
            "founded": description.founded,
            "dissolved": description.dissolved,
            "unspecified": description.unspecified or None,
            "url": description.url,
            "note": description.note,
        }.items()
        if value is not None
    }


@dataclass(frozen=True, slots=True)
class ToldDescription:
    """What one source calls an entity, as it comes back."""

    source: str
    known_from: datetime
    name: str
    name_original: str
    aliases: list[str]
    kind: Kind
    identifiers: list[str]
    url: str
    note: str
    founded: date | None = None
    dissolved: date | None = None
    unspecified: str = ""

    def known(self, entity: str) -> KnownDescription:
        split = (text.split(":", 1) for text in self.identifiers)
        description = Description(
            entity=entity,
            source=self.source,
            name=self.name,
            name_original=self.name_original,
            aliases=tuple(self.aliases),
            kind=self.kind,
            identifiers=tuple((scheme, value) for scheme, value in split),
            founded=self.founded,
            dissolved=self.dissolved,
            unspecified=self.unspecified,
            url=self.url,
            note=self.note,
        )
        return KnownDescription(description, self.known_from)


def shown(description: Description) -> Mapping[str, object]:
    """The row for the node of an entity: what Neo4j Browser shows and search finds."""
    properties = {
        **dict.fromkeys(("founded", "dissolved", "unspecified", "implied_by")),
        **description_properties(description),
    }
    identifiers = [
        {"key": f"{scheme}:{value}", "scheme": scheme, "value": value, "compact": compact(value)}
        for scheme, value in description.identifiers
    ]
    label = LABELS[description.kind]
    return {"id": description.entity, "label": label, "properties": properties, "identifiers": identifiers}


def source_properties(record: SourceRecord) -> Properties:
    values = {field.name: cast(str, getattr(record, field.name)) for field in fields(record)}
    return {"key": values.pop("source"), **values}
