"""The United Kingdom's register of people with significant control, as its daily snapshot is published."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from lookthrough.control.facts import Attribute, Description, Fact, Kind, Lane, LocationClaim, StakeClaim
from lookthrough.control.interval import UNKNOWN

from .cells import Fault, key, text
from .figures import share
from .formats import Head, JsonRegister, Place
from .json_fields import Fields, Reading
from .json_rows import period, row_of
from .json_values import JsonObject
from .places import country, nationalities
from .psc_codes import Nature, names_nobody, nature
from .rows import Rejection, Row
from .uk_companies import entity_id, kind_of, number

STATEMENT = "persons-with-significant-control-statement"
PARTIES = {
    "individual-person-with-significant-control": Kind.PERSON,
    "individual-beneficial-owner": Kind.PERSON,
    "super-secure-person-with-significant-control": Kind.PERSON,
    "super-secure-beneficial-owner": Kind.PERSON,
    "corporate-entity-person-with-significant-control": Kind.COMPANY,
    "corporate-entity-beneficial-owner": Kind.COMPANY,
    "legal-person-person-with-significant-control": Kind.UNKNOWN,
    "legal-person-beneficial-owner": Kind.UNKNOWN,
}
_PASSED = (
    ("address", "date_of_birth", "etag", "name_elements", "ceased", "description"),
    ("principal_office_address", "address_same_as_registered_office_address", "linked_psc_name"),
    (
        "identity_verification_details",
        "restrictions_notice_withdrawal_reason",
        "person_of_significant_control",
    ),
)


@dataclass(slots=True)
class _Told:
    """One record: the company, the party it names, and the facts found so far."""

    company: str
    data: Fields
    source: str
    begins: date | None
    ends: date | None
    ref: str
    party: str = ""
    note: str = ""
    facts: list[Fact] = field(default_factory=list[Fact])

    def describe(self, entity: str, kind: Kind, name: str = "", unspecified: str = "") -> None:
        described = Description(
            entity=entity, source=self.source, name=name, kind=kind, unspecified=unspecified
        )
        self.facts.append(described)

    def locate(self, entity: str, attribute: Attribute, codes: tuple[str, ...]) -> None:
        claim = LocationClaim(
            entity=entity, attribute=attribute, jurisdictions=codes, source=self.source, ref=self.ref
        )
        self.facts.append(claim)

    def stake(self, owner: str, owned: str, lane: Lane, percent: str = "", holding: str = "") -> None:
        figure = share(percent) if percent else UNKNOWN
        claim = StakeClaim(
            owner=owner,
            owned=owned,
            lane=lane,
            holding=holding,
            percent=percent,
            interval=figure if lane.has_figure else None,
            source=self.source,
            ref=self.ref,
            note=self.note,
            valid_from=self.begins,
            valid_to=self.ends,
        )
        self.facts.append(claim)


class PscFormat(JsonRegister):
    """A JSON object a line: `company_number` and `data`."""

    name = "psc"
    usual_source = "uk-psc"

    def recognises(self, head: Head) -> str | None:
        found = head.first_with("company_number", "data")
        data = found["data"] if found else None
        kind = str(data.get("kind", "")) if isinstance(data, dict) else ""
        return f"its records have company_number and data of kind {kind}" if _is_known(kind) else None

    def statement(self, value: JsonObject, place: Place, source: str) -> Row | Rejection:
        reading = Reading()
        with Fields(value, reading) as record, record.object("data") as data:
            kind = data.need("kind", text, "")
            told = _facts(record, data, kind, source) if _is_known(kind) else None
            if told is None and not _is_aside(kind, record, data):
                data.fault("kind", "It is no kind of record that is known.")
        id_ = told.ref if told else ""
        return row_of(place, reading, told.facts if told else (), id=id_, type=kind[:100], raw=value)


def _is_known(kind: str) -> bool:
    return kind in PARTIES or kind == STATEMENT


def _is_aside(kind: str, record: Fields, data: Fields) -> bool:
    """Whether a record says nothing of holders: the totals at the end of a file, exemptions."""
    if kind != "exemptions" and not kind.startswith("totals#"):
        return False
    data.reading.note(kind)
    for fields in (record, data):
        fields.pass_all()
    return True


def _facts(record: Fields, data: Fields, kind: str, source: str) -> _Told:
    company = entity_id(record.need("company_number", number, ""))
    ref = data.object("links").need("self", key, "")
    begins, ends = period(data, "notified_on", "ceased_on")
    told = _Told(company, data, source, begins, ends, ref)
    told.party = f"GB-PSC-{ref.rsplit('/', 1)[-1][:150]}"
    for names in _PASSED:
        data.passed(*names)
    _company(told)
    if data.flag("is_sanctioned"):
        data.reading.note("is_sanctioned")
    if begins and begins == ends:
        data.reading.note("ended on the day it began")
        data.passed(*("natures_of_control", "statement", "name", "nationality"))
    elif kind == STATEMENT:
        _statement(told)
    else:
        _party(told, kind)
    return told


def _company(told: _Told) -> None:
    code = told.company.removeprefix(entity_id(""))
    identifiers = (("gb-coh", code),)
    told.facts.append(
        Description(entity=told.company, source=told.source, kind=kind_of(code), identifiers=identifiers)
    )
    if not code.startswith("OE"):
        claim = LocationClaim(
            entity=told.company, attribute=Attribute.INCORPORATION, jurisdictions=("GB",), source=told.source
        )
        told.facts.append(claim)


def _statement(told: _Told) -> None:
    code = told.data.need("statement", text, "")
    try:
        nameless = names_nobody(code)
    except Fault as fault:
        told.data.fault("statement", str(fault))
        return
    told.data.reading.note(code)
    if nameless:
        told.describe(told.party, Kind.UNKNOWN, unspecified=code)
        told.stake(told.party, told.company, Lane.SHARES)


def _party(told: _Told, kind: str) -> None:
    name = told.data.text("name")
    linked = _registered(told)
    if linked:
        told.party, told.note = linked, f"named {name}" if name else ""
    else:
        told.describe(told.party, PARTIES[kind], name, kind if kind.startswith("super-secure") else "")
        _locations(told)
    codes = told.data.texts("natures_of_control")
    for code in codes:
        _nature(told, code)
    if not codes:
        told.data.reading.note("nature of control not given")
        told.stake(told.party, told.company, Lane.SHARES)


def _registered(told: _Told) -> str:
    """The id of a holder that is itself registered in the United Kingdom, by the number it filed."""
    with told.data.object("identification") as identification:
        identification.passed("legal_form", "legal_authority")
        filed = identification.text("registration_number")
        where = identification.text("country_registered")
        place = identification.text("place_registered")
    code = country(where)
    try:
        if filed and (code or country(place)) == "GB":
            return entity_id(number(filed))
    except Fault:
        told.data.reading.note("registration number not understood")
    if code:
        told.locate(told.party, Attribute.INCORPORATION, (code,))
    elif where:
        told.data.reading.note("country of registration not understood")
    return ""


def _locations(told: _Told) -> None:
    nationality, residence = told.data.text("nationality"), told.data.text("country_of_residence")
    codes, home = nationalities(nationality), country(residence)
    if codes:
        told.locate(told.party, Attribute.NATIONALITY, codes)
    elif nationality:
        told.data.reading.note("nationality not understood")
    if home:
        told.locate(told.party, Attribute.RESIDENCE, (home,))
    elif residence:
        told.data.reading.note("country of residence not understood")


def _nature(told: _Told, code: str) -> None:
    try:
        stated = nature(code)
    except Fault as fault:
        told.data.fault("natures_of_control", str(fault))
        return
    if stated is None:
        told.data.reading.note(code)
    elif stated.through is None:
        told.stake(told.party, told.company, stated.lane, stated.percent, stated.holding)
    else:
        _held_through(told, stated, stated.through)


def _held_through(told: _Told, stated: Nature, kind: Kind) -> None:
    """The trust or firm holds, the person controls it: what it holds is not the person's own."""
    between = f"{told.ref.rsplit('/', 1)[-1]}"
    between = f"GB-PSC-{between[:150]}-{kind}"
    told.describe(between, kind, unspecified=f"{kind} of a person with significant control")
    told.stake(told.party, between, Lane.CONTROL)
    told.stake(between, told.company, stated.lane, stated.percent, stated.holding)
