"""One shape for the records of GLEIF: XML, JSON and CSV give the same values under the same names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from .json_values import Json, JsonObject
from .xml_records import TEXT

_LISTS = {
    "OtherEntityName",
    "TransliteratedOtherEntityName",
    "SuccessorEntity",
    "LegalEntityEvent",
    "RelationshipPeriod",
    "RelationshipQualifier",
    "RelationshipQuantifier",
    "ExceptionReason",
    "ExceptionReference",
}
"""What may stand several times is always a list."""

_COLUMNS = (
    ("Relationship.Period.", "Relationship.RelationshipPeriods.RelationshipPeriod."),
    ("Relationship.Qualifiers.", "Relationship.RelationshipQualifiers.RelationshipQualifier."),
    ("Relationship.Quantifiers.", "Relationship.RelationshipQuantifiers.RelationshipQuantifier."),
    ("Exception.", "Exception"),
    (".startDate", ".StartDate"),
    (".endDate", ".EndDate"),
    (".periodType", ".PeriodType"),
    (".event_status", ".@event_status"),
)
"""Where the columns of the CSV are not named as the elements of the XML."""
_OF_TEXTS = re.compile(r".*\.(?:xmllang|type|group_type|group_id|group_sequence_no|field_xpath)")
"""Columns that say of a text or an event what no fact needs: its language, its type, its group."""
_BLANKS = re.compile("[ \t\r\n]+")
_NUMBER = re.compile("[0-9]{1,3}")
_LONGEST_PATH = 10


def record_of(value: JsonObject) -> JsonObject:
    """The record with plain texts for `{"$": …}`, and columns such as `Entity.LegalName` as objects."""
    nested = _nested(value) if any("." in name for name in value) else value
    inner = nested.get("RelationshipRecord")
    plain = _plain(inner if isinstance(inner, dict) else nested)
    return cast(JsonObject, plain)


def _plain(value: Json) -> Json:
    if isinstance(value, str):
        return _BLANKS.sub(" ", value)
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if TEXT in value and all(name == TEXT or name.startswith("@") for name in value):
        return _plain(value[TEXT])
    return {name: _listed(name, _plain(inner)) for name, inner in value.items()}


def _listed(name: str, value: Json) -> Json:
    return [value] if name in _LISTS and value is not None and not isinstance(value, list) else value


def _nested(row: Mapping[str, Json]) -> JsonObject:
    tree: JsonObject = {}
    for column, cell in row.items():
        if not _OF_TEXTS.fullmatch(column):
            _put(tree, column, cell)
    return cast(JsonObject, _lists(tree))


def _put(tree: JsonObject, column: str, cell: Json) -> None:
    """Puts a cell where its column leads; one that leads nowhere stays under its whole name."""
    path = column
    for name, element in _COLUMNS:
        path = path.replace(name, element)
    *names, last = path.split(".")
    place: Json = tree
    for name in names[:_LONGEST_PATH]:
        place = place.setdefault(name, {}) if isinstance(place, dict) else None
    if isinstance(place, dict) and last not in place and len(names) < _LONGEST_PATH:
        place[last] = cell
    else:
        tree[column] = cell


def _lists(value: Json) -> Json:
    """Objects whose names are numbers are lists, in the order of the numbers."""
    if not isinstance(value, dict):
        return value
    if value and all(map(_NUMBER.fullmatch, value)):
        return [_lists(inner) for _, inner in sorted(value.items(), key=lambda item: int(item[0]))]
    return {name: _lists(inner) for name, inner in value.items()}
