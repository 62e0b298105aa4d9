"""The parties of FollowTheMoney: what they are called, where they are, their topics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from lookthrough.control.facts import (
    Attribute,
    Description,
    Fact,
    Kind,
    Lane,
    ListClaim,
    LocationClaim,
    StakeClaim,
)
from lookthrough.control.interval import UNKNOWN
from lookthrough.control.jurisdictions import JURISDICTIONS

from .cells import Fault, key, lei
from .ftm_told import Told, joined
from .ftm_words import IDENTIFIERS, LEGAL_FORMS, PARTIES, TOPIC_LIST, WRITTEN_IN

_NAMES = ("name", "alias", "previousName", "abbreviation", "weakAlias")
_COUNTRIES = ("jurisdiction", "mainCountry", "country", "nationality", "citizenship")
_PARTS = ("firstName", "middleName", "fatherName", "lastName")
_PERSONAL = ("idNumber", "passportNumber", "socialSecurityNumber")
_PASSED = (
    *("address", "addressEntity", "alephUrl", "amount", "amountEur", "amountUsd", "appearance", "biography"),
    *("birthCountry", "birthDate", "birthPlace", "brightQueryOrgId", "caemCode", "capital", "classification"),
    *("coatoCode", "createdAt", "currency", "deathDate", "description", "education", "email", "ethnicity"),
    *("eyeColor", "fssCode", "gender", "hairColor", "height", "indexText", "keywords", "modifiedAt"),
    *("motherName", "nameSuffix", "notes", "okopfCode", "oksmCode", "okvedCode", "opencorporatesUrl"),
    *("phone", "political", "position", "profession", "program", "programId", "proof", "publisher"),
    *("publisherUrl", "religion", "retrievedAt", "secondName", "sector", "spokenLanguage", "summary"),
    *("taxStatus", "title", "website", "weight", "wikipediaUrl", *_PERSONAL),
)
_UNCLEAR = {"country": "country of unclear meaning", "mainCountry": "main country, of unclear meaning"}
_CODE = re.compile(r"[a-z]{2,4}(-[a-z]{2,4})?")
_CHECKED = {"leiCode": lei, "uscCode": uscc.validate}


def party_facts(told: Told) -> list[Fact]:
    """What an entity that is a party says of itself; a `parent` holds an unknown part of it."""
    name, original, aliases = _names(told)
    founded, dissolved = told.first_day("incorporationDate"), told.last_day("dissolutionDate")
    if founded and dissolved and founded > dissolved:
        told.note("dissolved before it was founded")
        founded = None
    described = Description(
        entity=told.id,
        source=told.source,
        name=name,
        name_original=original,
        aliases=aliases,
        kind=_kind(told),
        identifiers=_identifiers(told),
        founded=founded,
        dissolved=dissolved,
        url=told.url("sourceUrl"),
        note=_note(told),
    )
    told.properties.passed(*_PASSED)
    return [described, *_places(told), *_topics(told), *_parents(told)]


def _names(told: Told) -> tuple[str, str, tuple[str, ...]]:
    """The name, the name in its own script where the name is in Latin letters, and all others in order."""
    every = told.texts(*_NAMES)
    parts = " ".join(value for part in _PARTS for value in told.texts(part)[:1])
    if not every:
        return parts, "", ()
    first = told.caption if told.caption in every else every[0]
    original = "" if _script(first) else _original(told)
    return first, original, tuple(sorted(set(every) - {first, original}))


def _original(told: Told) -> str:
    """The name in the script of one of its countries, or in the one script there is beside Latin.

    Lists translate names into scripts of their own; which of several is meant is not guessed.
    """
    scripts = {name: script for name in sorted(told.texts("name")) if (script := _script(name))}
    countries = {value.partition("-")[0].upper() for value in told.texts(*_COUNTRIES)}
    at_home = [name for name, script in scripts.items() if countries & WRITTEN_IN.get(script, frozenset())]
    alone = list(scripts) if len(set(scripts.values())) == 1 else []
    return next(iter(at_home or alone), "")


def _script(name: str) -> str:
    """The script of the first letter that is not Latin; empty where all are."""
    scripts = (unicodedata.name(letter, "").partition(" ")[0] for letter in name if letter.isalpha())
    return next((script for script in scripts if not script.startswith("LATIN")), "")


def _kind(told: Told) -> Kind:
    kind = PARTIES[told.schema]
    forms = {LEGAL_FORMS.get(form.casefold().replace(".", "")) for form in told.texts("legalForm")}
    form = forms.pop() if len(forms) == 1 else None
    return form if form and kind in (Kind.COMPANY, Kind.UNKNOWN) else kind


def _note(told: Told) -> str:
    merged = told.sources if told.sources != (told.source,) else ()
    lines = [joined("datasets", merged)]
    lines += [
        joined(name, told.texts(field)) for name, field in (("legal form", "legalForm"), ("status", "status"))
    ]
    return "\n".join(line for line in lines if line)


def _identifiers(told: Told) -> tuple[tuple[str, str], ...]:
    found = [
        (scheme, value)
        for field, scheme in IDENTIFIERS.items()
        for value in told.properties.all(field, key)
        if _passes(told, field, value)
    ]
    found = [(scheme, lei(value) if scheme == "lei" else value) for scheme, value in found]
    return (*sorted(set(found)), *(("ftm", referent) for referent in sorted(told.referents)))


def _passes(told: Told, field: str, value: str) -> bool:
    check = _CHECKED.get(field)
    try:
        if check:
            check(value)
    except (Fault, ValidationError):
        told.note(f"{field} with wrong check digits")
        return False
    return True


def _places(told: Told) -> list[Fact]:
    is_person = told.schema == "Person"
    for field, why in _UNCLEAR.items():
        if told.texts(field):
            told.note(why)
    if told.properties.has("address") or told.properties.has("addressEntity"):
        told.note("address of unclear kind")
    registered = _codes(told, "jurisdiction")
    if is_person:
        if registered:
            told.note("jurisdiction of a person")
        return _located(told, Attribute.NATIONALITY, _codes(told, "nationality", "citizenship"))
    return _located(told, Attribute.INCORPORATION, registered)


def _codes(told: Told, *fields: str) -> list[str]:
    """Countries in upper case; a part of a country (`gb-sct`) lies in it. Others are noted, never guessed."""
    values = told.texts(*fields)
    codes = {value: value.partition("-")[0].upper() for value in values}
    odd = [value for value, code in codes.items() if code not in JURISDICTIONS]
    for value in odd:
        told.note(
            f"{fields[0]} that is no country of today: {value if _CODE.fullmatch(value) else 'no code'}"
        )
    # an alternative that is not understood leaves all of them open; a further nationality does not
    return [] if odd and fields == ("jurisdiction",) else sorted(set(codes.values()) & JURISDICTIONS)


def _located(told: Told, attribute: Attribute, codes: Sequence[str]) -> list[Fact]:
    claim = LocationClaim(
        entity=told.id, attribute=attribute, jurisdictions=tuple(codes), source=told.source, ref=told.id
    )
    return [claim] if codes else []


def _topics(told: Told) -> list[Fact]:
    return [
        ListClaim(list_key=key, entity=told.id, source=told.source, ref=told.id)
        for key in sorted({f"{TOPIC_LIST}{topic}" for topic in told.properties.all("topics", key)})
    ]


def _parents(told: Told) -> list[Fact]:
    if told.texts("riskSource"):
        told.note("riskSource")
    return [
        StakeClaim(
            owner=parent,
            owned=told.id,
            lane=Lane.SHARES,
            interval=UNKNOWN,
            source=source,
            ref=told.id,
            note="parent",
        )
        for parent in sorted(set(told.properties.all("parent", key)))
        for source in told.sources
    ]
