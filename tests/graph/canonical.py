"""The whole graph as text: instants become their order, ids that derive from them are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import orjson

from lookthrough.graph.database import Database
from lookthrough.graph.queries import CypherQuery, parse

NODES = """// All nodes
// Purpose: Compare graphs.
// Access: read
MATCH (n) WHERE NOT n:Migration AND NOT n:LookthroughTestDatabase AND NOT n:Ledger AND NOT n:Load
RETURN labels(n) AS labels, n {.*} AS properties
"""
RELATIONSHIPS = """// All relationships
// Purpose: Compare graphs.
// Access: read
MATCH (a)-[r]->(b)
RETURN type(r) AS type, coalesce(a.id, a.key, a.code) AS start, coalesce(b.id, b.key, b.code) AS end,
  r {.*} AS properties
"""

SECONDS = 120.0
Row = Mapping[str, object]
DERIVED = ("id", "claim")
INSTANTS = ("known_from", "known_to", "implied_by", "told_at")
LISTS = ("claim_known_from", "told_froms")
"""Lists of instants, the first as text."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All facts: `lines` to compare, and how many instants they carry."""

    lines: list[str]
    instants: int

    def mentioning(self, *words: str) -> list[str]:
        return [line for line in self.lines if all(word in line for word in words)]


def query(name: str, text: str) -> CypherQuery:
    return parse(name, text)


def canonical(database: Database) -> Everything:
    nodes = database.read(lambda tx: tx.run_query(query("nodes", NODES)), SECONDS)
    relationships = database.read(lambda tx: tx.run_query(query("relationships", RELATIONSHIPS)), SECONDS)
    order = sorted({instant for row in (*nodes, *relationships) for instant in _instants(_properties(row))})
    ranks = {instant: rank for rank, instant in enumerate(order)}
    ends = _ends_of_claims(relationships)
    lines = [
        *(_line(row, _ranked(_properties(row), ranks)) for row in nodes),
        *(_line(row, _underived(_ranked(_properties(row), ranks), ends)) for row in relationships),
    ]
    return Everything(sorted(lines), len(order))


def _properties(row: Row) -> dict[str, object]:
    return cast(dict[str, object], row["properties"])


def _instants(properties: Row) -> Iterator[datetime]:
    for name in INSTANTS:
        if isinstance(value := properties.get(name), datetime):
            yield value
    for name in LISTS:
        yield from map(_instant, cast(list[object], properties.get(name, [])))


def _instant(value: object) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def _ends_of_claims(relationships: Iterable[Row]) -> dict[object, list[str]]:
    """A claim with several values is several relationships: what they have in common is their ends."""
    ends: defaultdict[object, list[str]] = defaultdict(list)
    for row in relationships:
        ends[_properties(row).get("claim")].append(cast(str, row["end"]))
    return {claim: sorted(named) for claim, named in ends.items()}


def _ranked(properties: Row, ranks: Mapping[datetime, int]) -> dict[str, object]:
    told = dict(properties)
    told.update({name: ranks[value] for name in INSTANTS if isinstance(value := told.get(name), datetime)})
    for name in LISTS:
        if name in told:
            told[name] = [ranks[_instant(value)] for value in cast(list[object], told[name])]
    return told


def _underived(properties: Row, ends: Mapping[object, list[str]]) -> dict[str, object]:
    told = {name: value for name, value in properties.items() if name not in DERIVED}
    return {**told, "claimed_together": ends[properties["claim"]]} if "claim" in properties else told


def _line(row: Row, properties: Row) -> str:
    told = {**row, "properties": properties}
    if "labels" in row:  # a set to Neo4j: their order is that of their first use in the database
        told["labels"] = sorted(cast(list[str], row["labels"]), key=lambda label: (label != "Entity", label))
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS, default=_text).decode()


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no property")
