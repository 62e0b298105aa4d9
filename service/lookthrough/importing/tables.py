"""The tables of the CSV format: their columns, and the facts that a row of each states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from lookthrough.control.facts import (
    Attribute,
    Description,
    Fact,
    GroupClaim,
    Kind,
    Lane,
    ListClaim,
    LocationClaim,
    SameAsClaim,
    SourceRecord,
    StakeClaim,
)
from lookthrough.control.interval import UNKNOWN, Interval

from .cells import (
    Cells,
    end,
    identifiers,
    jurisdictions,
    key,
    lei,
    moment,
    note,
    one_of,
    sha256,
    start,
    text,
    texts,
)
from .figures import share


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of file. `facts` notes faults in the cells it is given; with any, its facts don't count."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    facts: Callable[[Cells], tuple[Fact, ...]]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.required + self.optional


class _Evidence(TypedDict):
    source: str
    ref: str
    url: str
    note: str


class _Dated(_Evidence):
    valid_from: date | None
    valid_to: date | None


_kind = one_of(Kind)
_lane = one_of(Lane)
_attribute = one_of(Attribute)
_NO_TEXTS: tuple[str, ...] = ()
_NO_PAIRS: tuple[tuple[str, str], ...] = ()


def _evidence(cells: Cells) -> _Evidence:
    return {
        "source": cells.source(),
        "ref": cells.get("ref", text, ""),
        "url": cells.get("url", text, ""),
        "note": cells.get("note", note, ""),
    }


def _dated(cells: Cells) -> _Dated:
    valid_from = cells.get("valid_from", start, None)
    valid_to = cells.get("valid_to", end, None)
    if valid_from and valid_to and valid_from >= valid_to:
        cells.fault("valid_from", f"It begins on {valid_from}, which is not before its end on {valid_to}.")
    return {**_evidence(cells), "valid_from": valid_from, "valid_to": valid_to}


def _entity(cells: Cells) -> tuple[Fact, ...]:
    description = Description(
        entity=cells.need("id", key, ""),
        source=cells.source(),
        name=cells.get("name", text, ""),
        name_original=cells.get("name_original", text, ""),
        aliases=cells.get("aliases", texts, _NO_TEXTS),
        kind=cells.get("kind", _kind, Kind.UNKNOWN),
        identifiers=_all_identifiers(cells),
        founded=cells.get("founded", start, None),
        dissolved=cells.get("dissolved", end, None),
        unspecified=cells.get("unspecified", text, ""),
        url=cells.get("url", text, ""),
        note=cells.get("note", note, ""),
    )
    if description.founded and description.dissolved and description.founded > description.dissolved:
        cells.fault("founded", f"It is later than the day of dissolution, {description.dissolved}.")
    return (description, *_undated_locations(cells, description))


def _all_identifiers(cells: Cells) -> tuple[tuple[str, str], ...]:
    own = cells.get("lei", lei, "")
    listed = cells.get("identifiers", identifiers, _NO_PAIRS)
    return tuple(dict.fromkeys((("lei", own), *listed) if own else listed))


def _undated_locations(cells: Cells, described: Description) -> list[LocationClaim]:
    found: list[LocationClaim] = []
    for attribute in Attribute:
        codes = cells.get(attribute.value, jurisdictions, _NO_TEXTS)
        if codes:
            claim = LocationClaim(
                entity=described.entity,
                attribute=attribute,
                jurisdictions=codes,
                source=described.source,
                url=described.url,
            )
            found.append(claim)
    return found


def _stake(cells: Cells) -> tuple[Fact, ...]:
    lane = cells.get("lane", _lane, Lane.SHARES)
    claim = StakeClaim(
        owner=cells.need("owner", key, ""),
        owned=cells.need("owned", key, ""),
        lane=lane,
        holding=cells.get("holding", key, ""),
        percent=cells.values.get("percent", ""),
        interval=_interval(cells, lane),
        confidence=cells.get("confidence", text, ""),
        **_dated(cells),
    )
    return (claim,)


def _interval(cells: Cells, lane: Lane) -> Interval | None:
    if lane.has_figure:
        return cells.get("percent", share, UNKNOWN)
    if cells.values.get("percent"):
        cells.fault("percent", f"A stake in lane {lane} carries no percent.")
    return None


def _location(cells: Cells) -> tuple[Fact, ...]:
    claim = LocationClaim(
        entity=cells.need("entity", key, ""),
        attribute=cells.need("attribute", _attribute, Attribute.HEADQUARTERS),
        jurisdictions=cells.need("jurisdiction", jurisdictions, _NO_TEXTS),
        **_dated(cells),
    )
    return (claim,)


def _listed(cells: Cells) -> tuple[Fact, ...]:
    list_key, entity = cells.need("list", key, ""), cells.need("entity", key, "")
    return (ListClaim(list_key=list_key, entity=entity, **_dated(cells)),)


def _grouped(cells: Cells) -> tuple[Fact, ...]:
    group, member = cells.need("group", key, ""), cells.need("member", key, "")
    return (GroupClaim(group=group, member=member, **_dated(cells)),)


def _same_as(cells: Cells) -> tuple[Fact, ...]:
    entity, other = cells.need("entity", key, ""), cells.need("same_as", key, "")
    if entity and entity == other:
        cells.fault("same_as", "It is the entity itself.")
    return (SameAsClaim(entity=entity, same_as=other, **_evidence(cells)),)


def _source(cells: Cells) -> tuple[Fact, ...]:
    record = SourceRecord(
        source=cells.need("source", text, ""),
        title=cells.get("title", text, ""),
        url=cells.get("url", text, ""),
        licence=cells.get("licence", text, ""),
        retrieved=cells.get("retrieved", moment, ""),
        sha256=cells.get("sha256", sha256, ""),
    )
    return (record,)


_DATES = ("valid_from", "valid_to")
_EVIDENCE = ("source", "ref", "url", "note")
_DESCRIPTION = (
    *("name", "name_original", "aliases", "kind", "founded", "dissolved"),
    *("lei", "identifiers", "unspecified"),
)

TABLES = (
    Table("entities", ("id",), (*_DESCRIPTION, *Attribute, "source", "url", "note"), _entity),
    Table(
        "stakes",
        ("owner", "owned"),
        ("lane", "percent", "holding", *_DATES, *_EVIDENCE, "confidence"),
        _stake,
    ),
    Table("locations", ("entity", "attribute", "jurisdiction"), (*_DATES, *_EVIDENCE), _location),
    Table("lists", ("list", "entity"), (*_DATES, *_EVIDENCE), _listed),
    Table("groups", ("group", "member"), (*_DATES, *_EVIDENCE), _grouped),
    Table("same_as", ("entity", "same_as"), _EVIDENCE, _same_as),
    Table("sources", ("source",), ("title", "url", "licence", "retrieved", "sha256"), _source),
)
