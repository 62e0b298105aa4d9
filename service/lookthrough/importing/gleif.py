"""GLEIF's golden copy: LEI records, relationship records and reporting exceptions, in XML, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator

from .csv_records import check_csv, read_csv
from .files import InputFile
from .formats import Head, JsonRegister, Place, Register, check_xml, read_xml
from .gleif_entities import entity_facts
from .gleif_records import record_of
from .gleif_relationships import exception_facts, relationship_facts
from .json_fields import Fields, Reading
from .json_rows import row_of
from .json_values import JsonObject
from .rows import Rejection, Row

ENTITY, RELATIONSHIP, EXCEPTION = "LEIRecord", "RelationshipRecord", "Exception"
"""The types of record, by the names of their elements."""
_SCHEMAS = ("{http://www.gleif.org/data/schema/", "{http://www.leiroc.org/data/schema/")
_MARKS = (("LEI", "Entity"), ("RelationshipRecord",), ("LEI", "ExceptionCategory"))
_COLUMNS = (
    ("LEI", "Entity.LegalName", "Registration.RegistrationStatus"),
    ("Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID", "Relationship.RelationshipType"),
    ("LEI", "Exception.Category", "Exception.Reason.1"),
)
"""The columns by which each of the tables is known, and which it cannot do without."""


class _Gleif(Register):
    """What the files of GLEIF have in common, whatever they are written in."""

    usual_source = "gleif"

    def statement(self, value: JsonObject, place: Place, source: str) -> Row | Rejection:
        record, reading = record_of(value), Reading()
        with Fields(record, reading) as fields:
            if "Relationship" in record:
                kind, (ref, facts) = RELATIONSHIP, relationship_facts(fields, source)
            elif "ExceptionCategory" in record:
                kind, (ref, facts) = EXCEPTION, exception_facts(fields, source)
            else:
                kind, (ref, facts) = ENTITY, entity_facts(fields, source)
        return row_of(place, reading, facts, id=ref, type=kind, raw=value)


class GleifXml(_Gleif):
    """Elements of LEI-CDF, RR-CDF and the format of reporting exceptions."""

    name = "gleif-xml"

    def recognises(self, head: Head) -> str | None:
        return f"its outermost element is {head.root}" if head.root.startswith(_SCHEMAS) else None

    def check(self, file: InputFile) -> None:
        check_xml(file)

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        return read_xml(self, file, source, (ENTITY, RELATIONSHIP, EXCEPTION))


class GleifJson(_Gleif, JsonRegister):
    """The same elements as objects, under `records`, `relations` or `exceptions`."""

    name = "gleif-json"

    def recognises(self, head: Head) -> str | None:
        return head.known_by(*_MARKS)


class GleifCsv(_Gleif):
    """The same as tables, with columns such as `Entity.LegalName` and `Relationship.Period.1.startDate`."""

    name = "gleif-csv"

    def recognises(self, head: Head) -> str | None:
        found = _columns_of(head)
        return f"its header has {', '.join(found)}" if found else None

    def check(self, file: InputFile) -> None:
        check_csv(file, _columns_of(Head(file)) or _COLUMNS[0])

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        return read_csv(self, file, source)


def _columns_of(head: Head) -> tuple[str, ...]:
    """The columns by which a table is one of the three; none where it is not."""
    return next((columns for columns in _COLUMNS if set(columns) <= set(head.columns)), ())
