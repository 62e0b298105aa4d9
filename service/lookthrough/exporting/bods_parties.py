"""Descriptions and places as the details of entity and person records of BODS 0.4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lookthrough.control.facts import Attribute, Description, Kind
from lookthrough.importing.bods_words import REASONS
from lookthrough.importing.json_values import Json, JsonObject

Places = Mapping[Attribute, Sequence[str]]

_TYPES: Mapping[Kind, JsonObject] = {
    Kind.COMPANY: {"type": "registeredEntity"},
    Kind.STATE: {"type": "state"},
    Kind.TRUST: {"type": "arrangement", "subtype": "trust"},
}
_PERSON_TYPES = ("anonymousPerson", "unknownPerson")


def party(told: Description, places: Places) -> JsonObject:
    """The record details; what the standard has no field for is left out."""
    details = _person(told, places) if told.kind is Kind.PERSON else _entity(told, places)
    details["isComponent"] = False
    if told.identifiers:
        details["identifiers"] = [_identifier(scheme, value) for scheme, value in told.identifiers]
    if told.unspecified in REASONS:
        kind = "Person" if told.kind is Kind.PERSON else "Entity"
        details[f"unspecified{kind}Details"] = {"reason": told.unspecified}
    return details


def _entity(told: Description, places: Places) -> JsonObject:
    texts: dict[str, str] = {
        "name": told.name,
        "foundingDate": told.founded.isoformat() if told.founded else "",
        "dissolutionDate": told.dissolved.isoformat() if told.dissolved else "",
        "uri": told.url if "://" in told.url and " " not in told.url else "",
    }
    details: JsonObject = {name: text for name, text in texts.items() if text}
    details["entityType"] = dict(_TYPES.get(told.kind, _other_type(told)))
    if others := [name for name in (*told.aliases, told.name_original) if name]:
        details["alternateNames"] = list(others)
    if incorporated := places.get(Attribute.INCORPORATION):
        details["jurisdiction"] = _country(incorporated[0])
    if business := places.get(Attribute.PRINCIPAL_PLACE):
        details["addresses"] = [{"type": "business", "country": _country(code)} for code in business]
    if listed := places.get(Attribute.LISTING):
        listings: list[Json] = [_listing(code) for code in listed]
        details["publicListing"] = {"hasPublicListing": True, "securitiesListings": listings}
    return details


def _other_type(told: Description) -> JsonObject:
    """A kind that the standard lacks stands in the words of the type."""
    if told.kind is Kind.UNKNOWN:
        return {"type": "unknownEntity" if told.unspecified else "legalEntity"}
    return {"type": "legalEntity", "details": told.kind.value}


def _person(told: Description, places: Places) -> JsonObject:
    kind = told.unspecified if told.unspecified in _PERSON_TYPES else "knownPerson"
    details: JsonObject = {"personType": kind}
    names: list[Json] = []
    if told.name:
        names.append({"fullName": told.name})
    others = filter(None, (*told.aliases, told.name_original))
    names.extend({"type": "alternative", "fullName": other} for other in others)
    if names:
        details["names"] = names
    if nationality := places.get(Attribute.NATIONALITY):
        details["nationalities"] = [_country(code) for code in nationality]
    if residence := places.get(Attribute.RESIDENCE):
        details["taxResidencies"] = [_country(code) for code in residence]
    return details


def _identifier(scheme: str, value: str) -> JsonObject:
    return {"scheme": "XI-LEI" if scheme == "lei" else scheme.upper(), "id": value}


def _country(code: str) -> JsonObject:
    return {"name": code, "code": code}


def _listing(code: str) -> JsonObject:
    """Only the place is known; the standard wants an exchange and a ticker beside it."""
    return {"stockExchangeJurisdiction": code, "stockExchangeName": "", "security": {"ticker": ""}}
