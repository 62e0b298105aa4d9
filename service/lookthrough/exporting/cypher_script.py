"""A script of Cypher, for an empty database of any Neo4j: entities as nodes, stakes as relationships."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from tempfile import TemporaryFile
from typing import IO

from lookthrough.control.everything import Facts
from lookthrough.control.facts import Lane
from lookthrough.control.interval import to_text

from .drawn import Drawing, Edge, Node
from .formats import Export

Value = str | bool | float | date | Sequence["Value"] | Mapping[str, "Value"]
ROWS = 1_000
"""Rows of one statement."""
TYPES = {Lane.SHARES: "OWNS", Lane.VOTES: "VOTES", Lane.BOARD: "APPOINTS", Lane.CONTROL: "CONTROLS"}
_ESCAPED = re.compile("['\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


class CypherFormat:
    """One file of statements for Neo4j Browser and cypher-shell, one a line, each ended by a semicolon.

    Sources are brought together. Texts are literals in it, since a script brings no parameters.
    """

    name = "cypher"
    is_folder = False

    def write(self, facts: Iterable[Facts], export: Export) -> None:
        drawing, file = Drawing(export), export.files.open()
        file.write(_template("start").encode())
        with TemporaryFile() as later:  # stakes: all of their ends must be there before
            nodes, edges = _Statements("nodes", file), _Statements("edges", later)
            for one in (one for each in facts for one in drawing.of(each)):
                if isinstance(one, Node):
                    nodes.add(_node(one))
                else:
                    edges.add(_edge(one))
            nodes.end()
            edges.end()
            later.seek(0)
            shutil.copyfileobj(later, file)


class _Statements:
    """Statements of one kind, each for some rows."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self._before, self._after = _template(name).split("$rows")
        self._file = file
        self._rows: list[dict[str, Value]] = []

    def add(self, row: dict[str, Value]) -> None:
        self._rows.append(row)
        if len(self._rows) == ROWS:
            self.end()

    def end(self) -> None:
        if self._rows:
            self._file.write(f"{self._before}{literal(self._rows)}{self._after}".encode())
            self._rows = []


def literal(value: Value) -> str:
    """A value as Cypher writes it, on one line."""
    match value:
        case str():
            return f"'{_ESCAPED.sub(_escape, value)}'"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case date():
            return f"date('{value.isoformat()}')"
        case Mapping():
            return f"{{{', '.join(f'{name}: {literal(told)}' for name, told in value.items())}}}"
        case Sequence():
            return f"[{', '.join(map(literal, value))}]"


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    return f"\\{sign}" if sign in "'\\" else f"\\u{ord(sign):04x}"


def _template(name: str) -> str:
    return files("lookthrough.exporting").joinpath(f"script_{name}.cypher").read_text(encoding="utf-8")


def _node(node: Node) -> dict[str, Value]:
    """As our own nodes, with the places and lists that speak in properties."""
    shown = node.shown
    properties = {
        "name": shown.name,
        "name_original": shown.name_original,
        "kind": shown.kind.value,
        "aliases": shown.aliases,
        "identifiers": [":".join(pair) for pair in shown.identifiers],
        "founded": shown.founded,
        "dissolved": shown.dissolved,
        **{attribute.value: codes for attribute, codes in node.places.items()},
        "lists": node.lists,
    }
    label = shown.kind.value.title().replace("_", "")
    return {"id": shown.entity, "label": label, "properties": _told(properties)}


def _edge(edge: Edge) -> dict[str, Value]:
    """`share` is exact, as a fraction or an interval of fractions; `min` and `max` are floats."""
    run, interval = edge.run, edge.run.interval
    properties = {
        "holding": edge.holding,
        "share": to_text(interval) if interval else None,
        "min": float(interval.low) if interval else None,
        "max": float(interval.high) if interval else None,
        "valid_from": run.valid_from,
        "valid_to": run.valid_to,
        "conflict": run.conflict,
        "sources": edge.sources,
    }
    ends = {"owner": edge.owner, "owned": edge.owned}
    return {**ends, "type": TYPES[edge.lane], "properties": _told(properties)}


def _told(properties: Mapping[str, Value | None]) -> dict[str, Value]:
    """Without what nobody says."""
    return {
        name: value for name, value in properties.items() if value is not None and value not in ("", [], ())
    }
