"""The whole graph as rows and back: all nodes and relationships, whatever labels, types and properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import cast

from neo4j.time import Date, DateTime

from .database import Database, Transaction
from .errors import FactsMoved, GraphError
from .loads import Ledger
from .queries import load

HOURS = 12 * 3600.0
"""A backup of a large graph takes its time."""
BATCH = 5_000

Row = dict[str, object]


@dataclass(slots=True)
class Census:
    """Nodes by label and relationships by type; a node with two labels counts under both."""

    nodes: Counter[str] = field(default_factory=Counter[str])
    relationships: Counter[str] = field(default_factory=Counter[str])


class Dump:
    """All nodes, then all relationships between them, read from a database that goes on working.

    Raises FactsMoved where facts are written meanwhile. What else is written, such as a verdict, is in it
    whole or not at all.
    """

    def __init__(self, database: Database) -> None:
        self.census = Census()
        self._database = database
        self._version = _version(database)
        self._there = bytearray()

    def nodes(self) -> Iterator[Row]:
        """Rows of `id`, `labels`, `properties` for JSON."""
        for row in self._database.stream("backup/nodes", HOURS):
            self._mark(cast(int, row["id"]))
            self.census.nodes.update(cast(list[str], row["labels"]))
            yield {**row, "properties": encoded(row["properties"])}

    def relationships(self) -> Iterator[Row]:
        """Rows of `start`, `end`, `type`, `properties` for JSON; to be read after the nodes."""
        for row in self._database.stream("backup/relationships", HOURS):
            if not self._is_there(cast(int, row["start"])):
                continue  # of something that was written since
            if not self._is_there(cast(int, row["end"])):
                raise FactsMoved("the graph changed while it was read; begin again")
            self.census.relationships[cast(str, row["type"])] += 1
            yield {**row, "properties": encoded(row["properties"])}
        if _version(self._database) != self._version:
            raise FactsMoved("the facts changed while they were read; begin again when no load is running")

    def _mark(self, id_: int) -> None:
        place = id_ >> 3
        if place >= len(self._there):
            self._there.extend(bytes(place + 1024 - len(self._there)))
        self._there[place] |= 1 << (id_ & 7)

    def _is_there(self, id_: int) -> bool:
        place = id_ >> 3
        return place < len(self._there) and bool(self._there[place] >> (id_ & 7) & 1)


def _version(database: Database) -> int | None:
    return database.read_rows(Ledger, "read/ledger")[0].version


def occupied(database: Database) -> list[str]:
    """The labels of something that is in the database besides its schema; nothing where it is empty."""
    rows = database.read(lambda tx: tx.run("backup/occupied"))
    return cast(list[str], rows[0]["labels"]) if rows else []


def census(database: Database) -> Census:
    found = Census()
    for row in database.stream("backup/counts", HOURS):
        counts = found.nodes if row["kind"] == "nodes" else found.relationships
        counts[cast(str, row["name"])] = cast(int, row["number"])
    return found


def restore(
    database: Database, nodes: Iterable[Row], relationships: Iterable[Row], step: Callable[[int], None]
) -> None:
    """Write the rows of a dump into an empty database, batch by batch; `step` is told the rows of each.

    Raises GraphError where an end of a relationship is missing.
    """
    database.migrate(load("backup/index_restored"))
    database.write(lambda tx: tx.run("backup/begin"))
    for batch in _batches(nodes):
        database.write(partial(_write_nodes, batch))
        step(len(batch))
    for batch in _batches(relationships):
        database.write(partial(_write_relationships, batch))
        step(len(batch))
    while database.write(lambda tx: tx.run("backup/tidy", limit=BATCH))[0]["number"]:
        pass
    database.migrate(load("backup/drop_index"))
    database.write(lambda tx: tx.run("backup/finish"))


def _write_nodes(rows: list[Row], tx: Transaction) -> None:
    tx.run("backup/write_nodes", rows=rows)


def _write_relationships(rows: list[Row], tx: Transaction) -> None:
    if tx.run("backup/write_relationships", rows=rows)[0]["number"] != len(rows):
        raise GraphError("a relationship of the backup begins or ends at a node that is not in it")


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    ahead = iter(rows)
    while batch := list(islice(ahead, BATCH)):
        yield [{**row, "properties": decoded(row["properties"])} for row in batch]


def encoded(value: object) -> object:
    """A property for JSON: days and instants in UTC, to the nanosecond, as objects of one field.

    Raises GraphError for a value of any type that the project does not write.
    """
    if isinstance(value, dict):
        return {name: encoded(inner) for name, inner in cast(dict[str, object], value).items()}
    if isinstance(value, list):
        return [encoded(inner) for inner in cast(list[object], value)]
    if isinstance(value, DateTime) and value.utcoffset() == timedelta(0):
        return {"instant": value.iso_format()}
    if isinstance(value, Date):
        return {"day": value.iso_format()}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise GraphError(f"a backup cannot keep a property such as {value!r}")


def decoded(value: object) -> object:
    """The properties that `encoded` made JSON of."""
    return {name: _decoded(inner) for name, inner in cast(dict[str, object], value).items()}


def _decoded(value: object) -> object:
    if isinstance(value, list):
        return [_decoded(inner) for inner in cast(list[object], value)]
    if isinstance(value, dict):
        ((kind, text),) = cast(dict[str, str], value).items()
        return _instant(text) if kind == "instant" else Date.from_iso_format(text)
    return value


def _instant(text: str) -> DateTime:
    """With the offset 0, as it was: the server orders the zone called UTC apart from it."""
    second, nanoseconds = text.removesuffix("+00:00").split(".")
    whole = datetime.fromisoformat(second)
    return DateTime(*whole.timetuple()[:6], int(nanoseconds), tzinfo=UTC)
