"""An entity and what is said of it in FollowTheMoney."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lookthrough.control.descriptions import KnownDescription, together
from lookthrough.control.everything import EntityFacts
from lookthrough.control.facts import (
    Attribute,
    Description,
    GroupClaim,
    Kind,
    ListClaim,
    LocationClaim,
    SameAsClaim,
)
from lookthrough.importing.ftm_words import TOPIC_LIST

from .ftm_words import (
    LEGAL_FORMS,
    SCHEMATA,
    Entity,
    digest,
    entity,
    id_of,
    identifier,
    is_of_sanctions,
    keeps_scheme,
)

_Properties = list[tuple[str, list[str]]]


def party(each: EntityFacts, left_out: Counter[str]) -> Iterator[Entity]:
    """The party, then its lists and what it is taken for one with."""
    known = [KnownDescription(told.fact, told.known_from) for told in each.descriptions]
    claims = [told.fact for told in each.claims]
    places = [claim for claim in claims if isinstance(claim, LocationClaim)]
    listed = [claim for claim in claims if isinstance(claim, ListClaim)]
    topics = [claim for claim in listed if _is_topic(claim) and not (claim.valid_from or claim.valid_to)]
    sources = {k.description.source for k in known} | {claim.source for claim in (*places, *topics)}
    if len(sources) > 1:
        left_out["entities: which of its sources said what"] += 1
    yield _party(each.entity, together(each.entity, known), places, topics, sorted(sources), left_out)
    yield from (_listed(claim, left_out) for claim in listed if claim not in topics)
    for claim in claims:
        if isinstance(claim, SameAsClaim):
            left_out["same_as: told as a likeness"] += 1
            yield _alike(claim)
        elif isinstance(claim, GroupClaim):
            left_out["groups"] += 1


def _party(
    id_: str,
    told: Description,
    places: Sequence[LocationClaim],
    topics: Sequence[ListClaim],
    sources: Sequence[str],
    left_out: Counter[str],
) -> Entity:
    schema = SCHEMATA[told.kind]
    found = entity(
        id_of(id_),
        schema,
        [
            *_described(id_, told, left_out),
            *_identified(told, schema, left_out),
            *_located(places, schema, left_out),
            ("topics", [claim.list_key.removeprefix(TOPIC_LIST) for claim in topics]),
        ],
        sources,
    )
    referents = [value for scheme, value in told.identifiers if scheme == "ftm"]
    return {**found, "caption": told.name, "referents": referents}


def _is_topic(claim: ListClaim) -> bool:
    return claim.list_key.startswith(TOPIC_LIST)


def _described(id_: str, told: Description, left_out: Counter[str]) -> _Properties:
    has_digest = id_of(id_) != id_
    if has_digest:
        left_out["entities: id, told in a note"] += 1
    if told.kind in (Kind.FOUNDATION, Kind.GROUP, Kind.PUBLIC_FLOAT):
        left_out[f"entities: kind {told.kind}"] += 1
    if told.unspecified:
        left_out["entities: unspecified, told in a note"] += 1
    dates = (("incorporationDate", told.founded), ("dissolutionDate", told.dissolved))
    notes = [told.note, f"unspecified: {told.unspecified}" if told.unspecified else ""]
    return [
        # an entity without a name is called by its id, which is no name
        ("name", [told.name if told.name != id_ else "", told.name_original]),
        ("alias", list(told.aliases)),
        ("legalForm", [LEGAL_FORMS.get(told.kind, "")]),
        *((name, [day.isoformat()]) for name, day in dates if day),
        ("sourceUrl", [told.url]),
        ("notes", [*notes, f"id: {id_}" if has_digest else ""]),
    ]


def _identified(told: Description, schema: str, left_out: Counter[str]) -> _Properties:
    found: _Properties = []
    for scheme, value in told.identifiers:
        name = identifier(scheme, schema)
        if name:
            found.append((name, [value]))
        if scheme != "ftm" and not (name and keeps_scheme(scheme)):
            left_out[f"identifiers: {'scheme' if name else 'value and scheme'} {scheme}"] += 1
    return found


def _located(claims: Sequence[LocationClaim], schema: str, left_out: Counter[str]) -> _Properties:
    found: _Properties = []
    for claim in claims:
        name = _place(claim.attribute, schema)
        if claim.valid_to is not None:
            left_out["locations: ended, or ending on a day"] += 1
            continue
        if claim.valid_from is not None:
            left_out["locations: first day"] += 1
        if name == "country":
            left_out[f"locations: {claim.attribute}, told as an association"] += 1
        found.append((name, [code.lower() for code in claim.jurisdictions]))
    return found


def _place(attribute: Attribute, schema: str) -> str:
    if attribute is Attribute.INCORPORATION and schema != "Person":
        return "jurisdiction"
    return "nationality" if attribute is Attribute.NATIONALITY and schema == "Person" else "country"


def _alike(claim: SameAsClaim) -> Entity:
    told: _Properties = [
        ("candidate", [id_of(claim.entity)]),
        ("match", [id_of(claim.same_as)]),
        ("criteria", [claim.note or f"taken for one by {claim.source}"]),
    ]
    marks = (claim.entity, claim.same_as, claim.source, claim.ref)
    return entity(digest("same as", *marks), "Similar", told, [claim.source])


def _listed(claim: ListClaim, left_out: Counter[str]) -> Entity:
    topic = claim.list_key.removeprefix(TOPIC_LIST) if _is_topic(claim) else ""
    schema = "Sanction" if is_of_sanctions(claim.list_key) and not topic else "Risk"
    if schema == "Risk" and not topic:
        left_out["lists: told as a risk"] += 1
    programme = [] if topic else [claim.list_key]
    days = (("startDate", claim.valid_from), ("endDate", claim.valid_to))
    told: _Properties = [
        ("entity", [id_of(claim.entity)]),
        ("topics", [topic]),
        ("program", programme),
        ("programId", programme),
        *((name, [day.isoformat()]) for name, day in days if day),
        ("sourceUrl", [claim.url]),
        ("recordId", [claim.ref]),
        ("summary", [claim.note]),
    ]
    marks = (claim.list_key, claim.entity, claim.source, claim.ref, *days)
    return entity(digest("list", *marks), schema, told, [claim.source])
