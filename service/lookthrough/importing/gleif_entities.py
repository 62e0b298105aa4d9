"""LEI records: who an entity is, where it is, and whether it has ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lookthrough.control.facts import Attribute, Description, Fact, Kind, LocationClaim, SameAsClaim

from .cells import Fault, lei, note, of_country, text
from .gleif_words import ENDINGS, WITHDRAWN, activity, category, in_register, registration, word
from .json_fields import Fields
from .json_rows import day, last_day

_NOWHERE: tuple[str, ...] = ()
_REGISTRATION = (
    ("InitialRegistrationDate", "LastUpdateDate", "NextRenewalDate", "ManagingLOU"),
    ("ValidationSources", "ValidationDocuments", "ValidationReference"),
    ("ValidationAuthority", "OtherValidationAuthorities"),
)
_ADDRESSES = ("OtherAddresses", "TransliteratedOtherAddresses")


def entity_id(identifier: str) -> str:
    """The id of the entity that has an LEI."""
    return f"XI-LEI-{identifier}"


def entity_facts(record: Fields, source: str) -> tuple[str, list[Fact]]:
    """The LEI, and what its record says; faults go to the fields."""
    own = record.need("LEI", lei, "")
    record.passed("NextVersion", "ConformityFlag")
    with record.object("Registration") as told:
        status = told.need("RegistrationStatus", registration, "")
        for names in _REGISTRATION:
            told.passed(*names)
    if status and status != "ISSUED":
        record.reading.note(f"registration {status}")
    with record.object("Extension") as extension:
        extension.passed("gleif:Geocoding", "gleif:conformity")
    with record.object("Entity") as entity:
        if status in WITHDRAWN:
            return own, _withdrawn(entity, own, status, source)
        return own, _entity(entity, own, source)


def _withdrawn(entity: Fields, own: str, status: str, source: str) -> list[Fact]:
    """The name alone: what else is said of it was said in error, or is said under another LEI."""
    found: list[Fact] = [
        Description(
            entity=entity_id(own),
            source=source,
            name=entity.text("LegalName"),
            identifiers=(("lei", own),),
            note=f"The registration of the LEI is {status}.",
        )
    ]
    if status == "DUPLICATE":
        found += [
            SameAsClaim(
                entity=entity_id(own), same_as=entity_id(other), source=source, ref=own, note="duplicate LEI"
            )
            for other, _ in _successors(entity)
            if other and other != own
        ]
    entity.pass_all()
    return found


def _entity(entity: Fields, own: str, source: str) -> list[Fact]:
    told = entity.text("EntityCategory")
    kind = entity.get("EntityCategory", category, Kind.UNKNOWN)
    entity.passed("EntitySubCategory", "LegalForm", *_ADDRESSES)
    if entity.has("AssociatedEntity"):
        entity.reading.note("associated entity")
        entity.passed("AssociatedEntity")
    name, *aliases = _names(entity)
    ended, remark = _ended(entity)
    created = entity.get("EntityCreationDate", day, None)
    is_branch = told == "BRANCH"
    described = Description(
        entity=entity_id(own),
        source=source,
        name=name,
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias != name)),
        kind=kind,
        identifiers=_identifiers(entity, own),
        founded=None if is_branch else created,
        dissolved=None if is_branch else ended,
        note=remark,
    )
    return [described, *_located(entity, own, source, kind, is_branch=is_branch)]


def _names(entity: Fields) -> list[str]:
    """The legal name first, then all others, and those written in Latin letters."""
    found = [entity.need("LegalName", text, "")]
    for outer, inner in (
        ("OtherEntityNames", "OtherEntityName"),
        ("TransliteratedOtherEntityNames", "TransliteratedOtherEntityName"),
    ):
        with entity.object(outer) as names:
            found += _texts(names, inner)
    return found


def _texts(fields: Fields, name: str) -> list[str]:
    try:
        return [text(value) for value in fields.texts(name)]
    except Fault as fault:
        fields.fault(name, str(fault))
        return []


def _identifiers(entity: Fields, own: str) -> tuple[tuple[str, str], ...]:
    with entity.object("RegistrationAuthority") as authority:
        code, value = (
            authority.text("RegistrationAuthorityID"),
            authority.text("RegistrationAuthorityEntityID"),
        )
        other = authority.text("OtherRegistrationAuthorityID")
    found: tuple[tuple[str, str], ...] = ()
    try:
        found = in_register(code, value) if code and value else ()
        if (value and not found) or other:
            entity.reading.note("number in a register that has no code")
    except Fault:
        entity.reading.note("number in a register that is not understood")
    return (("lei", own), *found)


def _successors(entity: Fields) -> list[tuple[str, str]]:
    """LEI and name of each entity that goes on in the place of this one."""
    found: list[tuple[str, str]] = []
    for successor in entity.objects("SuccessorEntity"):
        with successor:
            found.append((successor.get("SuccessorLEI", lei, ""), successor.text("SuccessorEntityName")))
    return found


def _ended(entity: Fields) -> tuple[date | None, str]:
    """The day on which the entity ended, and what else there is to say of it."""
    inactive = entity.get("EntityStatus", activity, "") == "INACTIVE"
    expired = entity.get("EntityExpirationDate", last_day, None)
    reason = entity.get("EntityExpirationReason", word, "")
    events = _endings(entity, inactive=inactive)
    others = [" ".join(filter(None, successor)) for successor in _successors(entity)]
    said = [f"Ended: {reason}."] if reason else []
    said += [f"Succeeded by {', '.join(others)}."] if others else []
    ended = expired or max(events, default=None)
    if inactive and not ended:
        entity.reading.note("inactive since a day that is not told")
        said.append("It is inactive, the source does not say since when.")
    if expired and not inactive:
        entity.reading.note("expiration date of an entity that is not inactive")
    return ended if inactive else None, noted(entity, "SuccessorEntity", " ".join(said))


def noted(fields: Fields, name: str, value: str) -> str:
    """The text as a note; one that cannot be kept whole is a fault of the field."""
    try:
        return note(value)
    except Fault as fault:
        fields.fault(name, str(fault))
        return ""


def _endings(entity: Fields, *, inactive: bool) -> list[date]:
    """The days of completed events that ended an inactive entity; all others are noted."""
    found: list[date] = []
    with entity.object("LegalEntityEvents") as told:
        for event in told.objects("LegalEntityEvent"):
            kind = event.get("LegalEntityEventType", word, "")
            at = event.get("LegalEntityEventEffectiveDate", last_day, None)
            if inactive and at and kind in ENDINGS and event.text("@event_status") == "COMPLETED":
                found.append(at)
            else:
                event.reading.note(f"legal entity event {kind}".rstrip())
    return found


def _located(entity: Fields, own: str, source: str, kind: Kind, *, is_branch: bool) -> list[Fact]:
    part = entity.text("LegalJurisdiction")
    incorporated = entity.get("LegalJurisdiction", of_country, _NOWHERE)
    legal, head = _country(entity, "LegalAddress"), _country(entity, "HeadquartersAddress")
    if is_branch:
        entity.reading.note("places of a branch")
        return []
    if legal and incorporated and legal != incorporated:
        entity.reading.note("legal address outside the legal jurisdiction")
    places = [(Attribute.HEADQUARTERS, head, "")]
    if kind is Kind.PERSON:
        entity.reading.note("legal jurisdiction of a sole proprietor")
    else:
        remark = part if "-" in part else "" if incorporated else "by the legal address"
        places.append((Attribute.INCORPORATION, incorporated or legal, remark))
    return list(_claims(own, source, places))


def _claims(
    own: str, source: str, places: Iterable[tuple[Attribute, tuple[str, ...], str]]
) -> Iterable[LocationClaim]:
    for attribute, codes, remark in places:
        if codes:
            yield LocationClaim(
                entity=entity_id(own),
                attribute=attribute,
                jurisdictions=codes,
                source=source,
                ref=own,
                note=remark,
            )


def _country(entity: Fields, name: str) -> tuple[str, ...]:
    """The country of an address; its lines are not kept."""
    address = entity.object(name)
    return address.get("Country", of_country, _NOWHERE)
