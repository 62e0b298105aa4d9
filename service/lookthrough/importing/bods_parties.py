"""Entity and person statements: descriptions and locations."""

from __future__ import annotations

from collections.abc import Sequence

from lookthrough.control.facts import Attribute, Description, Fact, Kind, LocationClaim

from .bods_words import entity_kind, person_type, reason
from .cells import Fault, identifiers, of_country, text
from .json_fields import Fields
from .json_rows import day, last_day

_NO_KIND = Kind.UNKNOWN
_NOWHERE: tuple[str, ...] = ()


def party_facts(details: Fields, entity: str, source: str, ref: str, *, is_person: bool) -> list[Fact]:
    """What a statement says of an entity or a person; faults go to the fields."""
    kind = Kind.PERSON if is_person else _entity_kind(details)
    names = _person_names(details) if is_person else _entity_names(details)
    described = Description(
        entity=entity,
        source=source,
        name=names[0] if names else "",
        aliases=tuple(dict.fromkeys(name for name in names[1:] if name != names[0])),
        kind=kind,
        identifiers=_identifiers(details),
        founded=None if is_person else details.get("foundingDate", day, None),
        dissolved=None if is_person else details.get("dissolutionDate", last_day, None),
        url="" if is_person else details.text("uri"),
        unspecified=_unspecified(details, is_person=is_person),
    )
    details.passed("isComponent")
    places = _person_places(details) if is_person else _entity_places(details)
    return [described, *_located(entity, source, ref, places)]


def _located(entity: str, source: str, ref: str, places: dict[Attribute, list[str]]) -> list[Fact]:
    return [
        LocationClaim(
            entity=entity,
            attribute=attribute,
            jurisdictions=tuple(dict.fromkeys(codes)),
            source=source,
            ref=ref,
        )
        for attribute, codes in places.items()
        if codes
    ]


def _entity_kind(details: Fields) -> Kind:
    if isinstance(details.value("entityType"), str):
        return details.need("entityType", entity_kind, _NO_KIND)
    with details.object("entityType") as told:
        told.passed("details")
        subtype = told.text("subtype")
        return told.need("type", lambda code: entity_kind(code, subtype), _NO_KIND)


def _unspecified(details: Fields, *, is_person: bool) -> str:
    with details.object(f"unspecified{'Person' if is_person else 'Entity'}Details") as why:
        why.passed("description")
        told = why.get("reason", reason, "")
    kind = details.get("personType", person_type, "") if is_person else ""
    return told or (kind if kind in ("anonymousPerson", "unknownPerson") else "")


def _entity_names(details: Fields) -> list[str]:
    name = details.text("name")
    return [name, *details.all("alternateNames", text)]


def _person_names(details: Fields) -> list[str]:
    """The legal name first; a record without a full name gives its parts."""
    found: list[tuple[bool, str]] = []
    for name in details.objects("names"):
        with name:
            parts = [name.text(part) for part in ("givenName", "patronymicName", "familyName")]
            full = name.text("fullName") or " ".join(part for part in parts if part)
            legal = name.text("type") in ("legal", "individual", "")
        if full:
            found.append((not legal, full))
    return [full for _, full in sorted(found, key=lambda pair: pair[0])]


def _identifiers(details: Fields) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for given in details.objects("identifiers"):
        with given:
            given.passed("uri")
            scheme, value = given.text("scheme") or given.text("schemeName"), given.text("id")
            given.passed("schemeName")
        if not scheme or not value:
            details.reading.note("identifier without scheme or value")
            continue
        plain = "lei" if scheme.upper() == "XI-LEI" else "-".join(scheme.casefold().split())
        try:
            found += identifiers(f"{plain}:{value}".replace("|", "/"))
        except Fault as fault:
            if plain == "lei":
                given.fault("id", str(fault))
            details.reading.note("identifier that is not understood")
    return tuple(dict.fromkeys(found))


def _code(place: Fields) -> list[str]:
    """The country of `{code, name}`."""
    place.passed("name")
    return list(place.get("code", of_country, _NOWHERE))


def _countries(places: Sequence[Fields]) -> list[str]:
    return [code for place in places for code in _code(place)]


def _addresses(details: Fields) -> list[tuple[str, list[str]]]:
    """The type and country of each address; 0.2 writes a country as its code alone."""
    found: list[tuple[str, list[str]]] = []
    for address in details.objects("addresses"):
        with address:
            address.passed("address", "postCode")
            kind = address.text("type")
            if isinstance(address.value("country"), str):
                codes = list(address.get("country", of_country, _NOWHERE))
            else:
                codes = _code(address.object("country"))
        found.append((kind, codes))
    return found


def _entity_places(details: Fields) -> dict[Attribute, list[str]]:
    both = ("jurisdiction", "incorporatedInJurisdiction")
    incorporation = [code for name in both for code in _code(details.object(name))]
    business: list[str] = []
    for kind, codes in _addresses(details):
        if kind == "business":
            business += codes
        else:
            details.reading.note("address that is no place of business")
    details.passed("formedByStatute")
    return {
        Attribute.INCORPORATION: incorporation,
        Attribute.PRINCIPAL_PLACE: business,
        Attribute.LISTING: _listings(details),
    }


def _listings(details: Fields) -> list[str]:
    found: list[str] = []
    with details.object("publicListing") as listing:
        listing.passed("hasPublicListing", "companyFilingsURLs")
        for security in listing.objects("securitiesListings"):
            code = security.get("stockExchangeJurisdiction", of_country, _NOWHERE)
            found += code
    return found


def _person_places(details: Fields) -> dict[Attribute, list[str]]:
    residence = _countries(details.objects("taxResidencies"))
    for kind, codes in _addresses(details):
        if kind == "residence":
            residence += codes
        else:
            details.reading.note("address that is no residence")
    details.passed("placeOfBirth", "birthDate", "deathDate", "placeOfResidence")
    if (
        details.value("politicalExposure")
        or details.value("pepStatusDetails")
        or details.value("hasPepStatus")
    ):
        details.reading.note("political exposure")
    nationality = _countries(details.objects("nationalities"))
    return {Attribute.NATIONALITY: nationality, Attribute.RESIDENCE: residence}
