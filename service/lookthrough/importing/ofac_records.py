"""One shape for the entries of OFAC's lists: XML and CSV give the same values under the same names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .json_values import Json, JsonObject
from .ofac_words import SCHEMES
from .xml_records import TEXT

_LISTS = (
    *("aka", "id", "program", "nationality", "citizenship", "address"),
    *("dateOfBirthItem", "placeOfBirthItem"),
)
"""What may stand several times is always a list."""
_WEAK = re.compile(r"[afn]\.k\.a\. '(.*)'")
_COUNTRY = re.compile(r"(?:alt\. )?(nationality|citizen) (.+)")
_NUMBER = re.compile(r"(\S+)(?: \(([^()]*)\))?")
_PROGRAMMES = re.compile(r"\]\s*\[|;\s*")


def entry_of(value: JsonObject) -> JsonObject:
    """The entry with plain texts for `{"$": …}`, and lists where several may stand."""
    return {name: _listed(name, _plain(inner)) for name, inner in value.items() if not name.startswith("@")}


def _plain(value: Json) -> Json:
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if TEXT in value:
        return value[TEXT]
    return entry_of(value)


def _listed(name: str, value: Json) -> Json:
    return value if name not in _LISTS or isinstance(value, list) or value is None else [value]


def entry_of_row(row: dict[str, str], aliases: Sequence[dict[str, str]], more_remarks: str) -> JsonObject:
    """The entry that a row of the CSV states with its other names; what stands in remarks is taken out."""
    is_person = row.get("SDN_Type", "").casefold() == "individual"
    remarks = row.get("Remarks", "") + more_remarks
    parts = [part.strip() for part in remarks.rstrip(". ").split(";")]
    entry: JsonObject = {
        "uid": row.get("ent_num", ""),
        **_names(row.get("SDN_Name", ""), is_person=is_person),
        "sdnType": row.get("SDN_Type", "Entity"),
        "remarks": remarks,
        "programList": {"program": [*filter(None, _PROGRAMMES.split(row.get("Program", "").strip("[]")))]},
        "akaList": {"aka": [*_aliases(aliases, is_person=is_person), *_weak(parts, is_person=is_person)]},
        "idList": {"id": [told for part in parts if (told := _id(part))]},
    }
    for word, name in (("nationality", "nationality"), ("citizen", "citizenship")):
        found = [match[2] for part in parts if (match := _COUNTRY.fullmatch(part)) and match[1] == word]
        entry[f"{name}List"] = {name: [{"country": country} for country in found]}
    return entry


def _names(name: str, *, is_person: bool) -> dict[str, Json]:
    """A person's names, which the CSV gives as `FAMILY, Given`."""
    family, comma, given = name.partition(", ")
    return {"firstName": given, "lastName": family} if is_person and comma else {"lastName": name}


def _aliases(rows: Sequence[dict[str, str]], *, is_person: bool) -> list[Json]:
    return [
        {
            "type": row.get("alt_type", ""),
            "category": "strong",
            **_names(row.get("alt_name", ""), is_person=is_person),
        }
        for row in rows
    ]


def _weak(parts: Sequence[str], *, is_person: bool) -> list[Json]:
    """Other names that are too common to find anybody by stand in the remarks."""
    found = [match[1] for part in parts if (match := _WEAK.fullmatch(part))]
    return [{"type": "a.k.a.", "category": "weak", **_names(name, is_person=is_person)} for name in found]


def _id(part: str) -> JsonObject | None:
    """An identifier of a kind that is kept, as remarks give it: `Registration Number 123 (Russia)`."""
    told = part.removeprefix("alt. ")
    for kind in sorted(SCHEMES, key=len, reverse=True):
        if told.casefold().startswith(f"{kind} "):
            found = _NUMBER.fullmatch(told[len(kind) + 1 :])
            return {"idType": kind, "idNumber": found[1], "idCountry": found[2] or ""} if found else None
    return None
