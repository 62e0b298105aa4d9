"""The Beneficial Ownership Data Standard, versions 0.2 to 0.4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lookthrough.control.facts import Description, Fact, Kind

from .bods_interests import Relationship, stakes, unknown_stake
from .bods_parties import party_facts
from .bods_versions import Lineage, lineage, said_by
from .bods_words import NO_STAKE, reason
from .cells import key, text
from .files import InputFile
from .formats import Head, JsonRegister, Place
from .json_fields import Fields, Reading
from .json_records import records
from .json_rows import last_day, row_of
from .json_values import JsonObject
from .rows import Rejection, Row

_TYPES = {
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
}
_ABOUT_THE_STATEMENT = (
    "annotations",
    "declaration",
    "declarationSubject",
    "publicationDetails",
    "isComponent",
)
_MARKS = (("statementId", "recordType", "recordDetails"), ("statementID", "statementType"))


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement of any version; `fields` holds its details, `outer` what is said of itself."""

    outer: Fields
    fields: Fields
    type: str
    id: str
    record: str
    source: str
    url: str
    lineage: Lineage
    value: JsonObject


class BodsFormat(JsonRegister):
    """Statements of entities, persons and relationships between them."""

    name = "bods"
    usual_source = ""

    def recognises(self, head: Head) -> str | None:
        return head.known_by(*_MARKS)

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        replaced = lineage(file)
        for record in records(file):
            place = Place(file.name, record.line, record.item)
            if record.value is None:
                yield place.rejection(record.raw, record.wrong)
            else:
                yield _row(record.value, place, source, replaced)

    def statement(self, value: JsonObject, place: Place, source: str) -> Row | Rejection:
        return _row(value, place, source, Lineage())


def _row(value: JsonObject, place: Place, source: str, replaced: Lineage) -> Row | Rejection:
    reading = Reading()
    outer = Fields(value, reading)
    told = (
        _new(outer, value, source, replaced)
        if "recordDetails" in value
        else _old(outer, value, source, replaced)
    )
    closes_at = replaced.closing(value)
    if replaced.is_superseded(value) and not closes_at:
        reading.note("superseded by a later statement")
        facts: list[Fact] = []
    else:
        facts = _facts(told, closes_at)
        with told.fields:
            pass
    if told.fields is not outer:
        with outer:
            pass
    return row_of(place, reading, facts, id=told.id, type=told.type, raw=value)


def _new(outer: Fields, value: JsonObject, source: str, replaced: Lineage) -> _Statement:
    """A statement of version 0.4: a record and what is said of it."""
    kind = outer.need("recordType", text, "")
    if kind not in _TYPES.values():
        outer.fault("recordType", "It is none of entity, person, relationship.")
    record = outer.need("recordId", key, "")
    outer.passed("statementDate", "recordStatus", "declaration")
    details = outer.object("recordDetails")
    return _statement(outer, details, (kind, "statementId", record), source, replaced, value)


def _old(outer: Fields, value: JsonObject, source: str, replaced: Lineage) -> _Statement:
    """A statement of version 0.2 or 0.3, which is known by the first statement that it replaces."""
    kind = _TYPES.get(outer.need("statementType", text, ""), "")
    if not kind:
        outer.fault("statementType", "It is none of the types of statement that are known.")
    record = replaced.origin(outer.need("statementID", key, ""))
    outer.passed("statementDate", "replacesStatements")
    return _statement(outer, outer, (kind, "statementID", record), source, replaced, value)


def _statement(
    outer: Fields,
    fields: Fields,
    known: tuple[str, str, str],
    source: str,
    replaced: Lineage,
    value: JsonObject,
) -> _Statement:
    kind, id_field, record = known
    publisher = outer.object("publicationDetails").object("publisher").text("name")
    told = outer.object("source")
    url = told.text("url")
    outer.passed(*_ABOUT_THE_STATEMENT)
    id_ = outer.need(id_field, key, "")
    return _Statement(outer, fields, kind, id_, record, publisher or source, url, replaced, value)


def _facts(told: _Statement, closes_at: str) -> list[Fact]:
    if told.type in ("entity", "person"):
        is_person = told.type == "person"
        return party_facts(told.fields, told.record, told.source, told.id, is_person=is_person)
    return _relationship(told, closes_at) if told.type == "relationship" else []


def _relationship(told: _Statement, closes_at: str) -> list[Fact]:
    fields = told.fields
    components = fields.texts("componentRecords") + fields.texts("componentStatementIDs")
    fields.passed("isComponent")
    closes = _closing_day(told, closes_at)
    owned, why_not = _party(told, "subject")
    owner, why = _party(told, "interestedParty")
    described: list[Fact] = []
    if why_not or why in NO_STAKE:
        fields.reading.note(f"unspecified: {why_not or why}")
        fields.passed("interests")
        return []
    if why:
        owner = f"{told.record[:180]}/party"
        described.append(Description(entity=owner, source=told.source, kind=Kind.UNKNOWN, unspecified=why))
    relationship = Relationship(owner, owned, told.source, told.id, told.url, closes, bool(components))
    interests = fields.objects("interests")
    if not interests and why:
        return [*described, unknown_stake(relationship)]
    if not interests:
        _without_interests(told)
    return [*described, *stakes(relationship, interests)]


def _without_interests(told: _Statement) -> None:
    if not said_by(told.value).closed:
        told.fields.reading.note("relationship without interests")
    elif told.record in told.lineage.told_before:
        told.fields.reading.note("end of a relationship told before")
    else:
        reason = "It closes a relationship without its interests, and the file does not tell them before."
        told.fields.fault("interests", reason)


def _closing_day(told: _Statement, closes_at: str) -> date | None:
    if closes_at:
        return last_day(closes_at)
    if not said_by(told.value).closed:
        return None
    return told.outer.need("statementDate", last_day, None)


def _party(told: _Statement, name: str) -> tuple[str, str]:
    """The id of a party, or why it is not specified."""
    if isinstance(told.fields.value(name), str):
        return told.fields.need(name, key, ""), ""
    with told.fields.object(name) as party:
        for reference in ("describedByEntityStatement", "describedByPersonStatement"):
            if party.has(reference):
                return told.lineage.origin(party.need(reference, key, "")), ""
        inner = party.object("unspecified") if party.has("unspecified") else party
        inner.passed("description")
        why = inner.get("reason", reason, "")
    if not why:
        told.fields.fault(name, f"It names no {name} and no reason why there is none.")
    return "", why
