"""A fact as a row of its CSV table; what the table cannot say is counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from lookthrough.control.facts import (
    Description,
    EntityClaim,
    Fact,
    GroupClaim,
    ListClaim,
    LocationClaim,
    SameAsClaim,
    SourceRecord,
    StakeClaim,
)
from lookthrough.control.interval import UNKNOWN, Interval
from lookthrough.importing.cells import Cells, Fault
from lookthrough.importing.figures import share
from lookthrough.importing.records import LONGEST_RECORD, MOST_LINES
from lookthrough.importing.tables import TABLES

NAMES: dict[type[Fact], str] = {
    SourceRecord: "sources",
    Description: "entities",
    LocationClaim: "locations",
    ListClaim: "lists",
    GroupClaim: "groups",
    SameAsClaim: "same_as",
    StakeClaim: "stakes",
}
_TABLES = {table.name: table for table in TABLES}
_LINE_END = re.compile("\r\n|\r|\n")


def row_of(fact: Fact, left_out: Counter[str]) -> dict[str, str] | None:
    """The cells of a fact by column, empty ones left out; None where the table cannot take it at all.

    The row is read again as a load would read it: whatever does not come back is counted by table and column.
    """
    table = NAMES[type(fact)]
    told = _cells(fact)
    cells = _fitting({name: told[name] for name in _TABLES[table].columns if told.get(name)})
    faults, back = _read(table, cells)
    if faults:
        cells = {name: text for name, text in cells.items() if name not in faults}
        faults, back = _read(table, cells)
    if faults:
        left_out[f"{table}: rows"] += 1
        return None
    left_out.update(f"{table}: {name}" for name in _differing(fact, back))
    return cells


def percent_of(interval: Interval) -> str:
    """The interval in exact percent, as `share` reads it; empty for the unknown."""
    if interval == UNKNOWN:
        return ""
    low, high = interval.low * 100, interval.high * 100
    if interval.is_exact:
        return str(low)
    return f"{'(' if interval.low_open else '['}{low},{high}{')' if interval.high_open else ']'}"


def _read(table: str, cells: Mapping[str, str]) -> tuple[dict[str, str], Fact]:
    """The faults that a load would find in the row, and the fact that it would take it for."""
    reading = Cells({name: text.strip() for name, text in cells.items()}, "")
    told = _TABLES[table].facts(reading)
    return reading.faults, told[0]


def _differing(fact: Fact, back: Fact) -> list[str]:
    return [f.name for f in fields(fact) if getattr(fact, f.name) != getattr(back, f.name)]


def _fitting(cells: dict[str, str]) -> dict[str, str]:
    """Without its note where the row would be longer than a load takes."""
    lines = 1 + sum(len(_LINE_END.findall(text)) for text in cells.values())
    length = sum(len(text) + text.count('"') + len("'',") for text in cells.values())
    fits = lines <= MOST_LINES and length < LONGEST_RECORD
    return cells if fits else {name: text for name, text in cells.items() if name != "note"}


def _cells(fact: Fact) -> dict[str, str]:
    if isinstance(fact, SourceRecord):
        return {field.name: str(getattr(fact, field.name)) for field in fields(fact)}
    if isinstance(fact, Description):
        return _described(fact)
    told = {**_about(fact), "valid_from": _day(fact.valid_from), "valid_to": _day(fact.valid_to)}
    return {**told, "source": fact.source, "ref": fact.ref, "url": fact.url, "note": fact.note}


def _about(claim: StakeClaim | EntityClaim) -> dict[str, str]:
    match claim:
        case StakeClaim():
            return _stake(claim)
        case LocationClaim():
            about = {"attribute": claim.attribute.value, "jurisdiction": "|".join(claim.jurisdictions)}
            return {"entity": claim.entity, **about}
        case ListClaim():
            return {"list": claim.list_key, "entity": claim.entity}
        case GroupClaim():
            return {"group": claim.group, "member": claim.member}
        case SameAsClaim():
            return {"entity": claim.entity, "same_as": claim.same_as}


def _described(told: Description) -> dict[str, str]:
    return {
        "id": told.entity,
        "name": told.name,
        "name_original": told.name_original,
        "aliases": "|".join(alias for alias in told.aliases if "|" not in alias),
        "kind": told.kind.value,
        "identifiers": "|".join(
            f"{scheme}:{value}" for scheme, value in told.identifiers if "|" not in value
        ),
        "founded": _day(told.founded),
        "dissolved": _day(told.dissolved),
        "unspecified": told.unspecified,
        "source": told.source,
        "url": told.url,
        "note": told.note,
    }


def _stake(claim: StakeClaim) -> dict[str, str]:
    return {
        "owner": claim.owner,
        "owned": claim.owned,
        "lane": claim.lane.value,
        "percent": _percent(claim),
        "holding": claim.holding,
        "confidence": claim.confidence,
    }


def _percent(claim: StakeClaim) -> str:
    """As filed, where a load reads it so."""
    if claim.interval is None:
        return ""
    try:
        as_filed = share(claim.percent) if claim.percent else UNKNOWN
    except Fault:
        as_filed = None
    return claim.percent if as_filed == claim.interval else percent_of(claim.interval)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
