"""Facts of a first load, kept on this disk: answers the queries of a load as an empty database would.

Whoever writes facts need not know: the same rows become the same facts, duplicates and refusals.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar, cast

import orjson

from .database import READ_SECONDS, WRITE_TRIES, Database, Transaction

T = TypeVar("T")
Row = dict[str, object]
Answer = Callable[["StagedTransaction", Mapping[str, object]], list[Row]]

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE entity (
  id TEXT PRIMARY KEY, label TEXT, kind TEXT, implied INTEGER, properties BLOB
) WITHOUT ROWID;
CREATE TABLE identifier (key TEXT PRIMARY KEY, properties BLOB) WITHOUT ROWID;
CREATE TABLE identified (entity TEXT, key TEXT, PRIMARY KEY (entity, key)) WITHOUT ROWID;
CREATE TABLE source (key TEXT PRIMARY KEY, record BLOB) WITHOUT ROWID;
CREATE TABLE described (
  entity TEXT, source TEXT, properties BLOB, PRIMARY KEY (entity, source)
) WITHOUT ROWID;
CREATE TABLE claim (kind TEXT, entity TEXT, target TEXT, properties BLOB);
CREATE INDEX claims ON claim (kind, entity);
CREATE TABLE stake (owner TEXT, owned TEXT, type TEXT, holding TEXT, id TEXT, properties BLOB);
CREATE INDEX stakes ON stake (owned, owner);
CREATE TEMP TABLE asked (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(slots=True)
class StagedLoad:
    """The load that was staged: what it is known by, its files and its instant."""

    id: str = ""
    files: list[str] = field(default_factory=list[str])
    instant: datetime | None = None
    changed: bool = False


class Staging(Database):
    """A database that is one file, for one load; raises sqlite3.Error where the disk does not do."""

    def __init__(self, file: Path) -> None:  # the driver's is not called: there is no server behind it
        self.uri = file.as_uri()
        self.load = StagedLoad()
        self.connection = sqlite3.connect(file, isolation_level=None)
        self.connection.executescript(TABLES)

    def close(self) -> None:
        self.connection.close()

    def read(self, work: Callable[[Transaction], T], seconds: float = READ_SECONDS) -> T:
        return work(StagedTransaction(self))

    def write(self, work: Callable[[Transaction], T], tries: int = WRITE_TRIES) -> T:
        """Nothing is taken back: a load that fails here is begun again."""
        self.connection.execute("BEGIN")
        done = work(StagedTransaction(self))
        self.connection.execute("COMMIT")
        return done

    def rows(self, statement: str) -> Iterator[tuple[object, ...]]:
        """One after the other, without limit."""
        yield from self.connection.execute(statement)


class StagedTransaction(Transaction):
    """Answers by the name of the query."""

    def __init__(self, staging: Staging) -> None:
        self.load = staging.load
        self._connection = staging.connection

    def run(self, name: str, /, **parameters: object) -> list[Row]:
        return ANSWERS[name](self, parameters)

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        return self._connection.execute(statement, values).fetchall()

    def among(self, ids: Iterable[object], statement: str, *values: object) -> list[tuple[object, ...]]:
        """The same, of a statement that looks for the ids in the table `asked`."""
        self._connection.execute("DELETE FROM asked")
        self._connection.executemany("INSERT OR IGNORE INTO asked VALUES (?)", ((id,) for id in ids))
        return self.ask(statement, *values)

    def tell(self, statement: str, rows: Iterator[tuple[object, ...]]) -> list[Row]:
        self._connection.executemany(statement, rows)
        return []


def _rows(told: Mapping[str, object], name: str = "rows") -> list[Row]:
    return cast(list[Row], told[name])


def _ids(told: Mapping[str, object], name: str = "ids") -> list[str]:
    return cast(list[str], told[name])


def _properties(row: Row) -> Row:
    return cast(Row, row["properties"])


def _packed(value: object) -> bytes:
    return orjson.dumps(value)


def _read(packed: object) -> Row:
    return cast(Row, orjson.loads(cast(bytes, packed)))


def _nothing(_: StagedTransaction, __: Mapping[str, object]) -> list[Row]:
    return []


def _acquire(_: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    return [{"taken": True, "held_by": told["held_by"], "held_until": datetime.max}]


def _begin(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    tx.load.id, tx.load.files = cast(str, told["id"]), cast(list[str], told["files"])
    tx.load.instant = cast(datetime, told["now"])
    return [{"instant": told["now"], "resumed": False}]


def _finish(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    tx.load.changed = bool(told["changed"])
    return []


def _renew(_: StagedTransaction, __: Mapping[str, object]) -> list[Row]:
    return [{"version": 1}]


def _known_descriptions(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    ids = _ids(told)
    found: dict[object, tuple[list[Row], list[object]]] = {
        id: ([], []) for (id,) in tx.among(ids, "SELECT id FROM entity WHERE id IN asked")
    }
    for entity, source, properties in tx.ask("SELECT * FROM described WHERE entity IN asked"):
        found[entity][0].append({**_read(properties), "source": source})
    for owned, lane in tx.ask("SELECT DISTINCT owned, type FROM stake WHERE owned IN asked"):
        found[owned][1].append(lane)
    return [{"id": id, "described": each[0], "held_in": each[1]} for id, each in found.items()]


def _write_descriptions(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    rows, known_from = _rows(told), {"known_from": told["instant"]}
    tx.tell("INSERT OR IGNORE INTO source VALUES (?, NULL)", ((row["source"],) for row in rows))
    return tx.tell(
        "INSERT OR REPLACE INTO described VALUES (?, ?, ?)",
        ((row["id"], row["source"], _packed({**_properties(row), **known_from})) for row in rows),
    )


def _show_entities(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    rows = _rows(told)
    tx.tell(
        "INSERT OR REPLACE INTO entity VALUES (?, ?, ?, 0, ?)",
        (
            (row["id"], row["label"], _properties(row)["kind"], _packed(_without_nulls(_properties(row))))
            for row in rows
        ),
    )
    pairs = [(row["id"], each) for row in rows for each in _rows(row, "identifiers")]
    tx.tell("INSERT OR IGNORE INTO identifier VALUES (?, ?)", ((i["key"], _packed(i)) for _, i in pairs))
    return tx.tell("INSERT OR IGNORE INTO identified VALUES (?, ?)", ((id, i["key"]) for id, i in pairs))


def _without_nulls(properties: Row) -> Row:
    return {name: value for name, value in properties.items() if value is not None}


def _imply_entities(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    rows, kind = _rows(told), {"kind": "unknown", "implied_by": told["instant"]}
    tx.tell(
        "INSERT OR IGNORE INTO entity VALUES (?, 'Unknown', 'unknown', 1, ?)",
        ((row["id"], _packed({"name": row["id"], "words": row["words"], **kind})) for row in rows),
    )
    ids = (row["id"] for row in rows)
    implied = tx.among(ids, "SELECT id FROM entity WHERE implied AND id IN asked")
    return [{"id": id} for (id,) in implied]


def _known_sources(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    statement = "SELECT key, record FROM source WHERE record IS NOT NULL AND key IN asked"
    return [
        {"record": {**_read(record), "source": key}, "told_at": tx.load.instant}
        for key, record in tx.among(_ids(told, "keys"), statement)
    ]


def _write_sources(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    rows = ((row["key"], _packed(row)) for row in _rows(told))
    return tx.tell("INSERT OR REPLACE INTO source VALUES (?, ?)", rows)


def _name_sources(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    keys = ((key,) for key in _ids(told, "keys"))
    return tx.tell("INSERT OR IGNORE INTO source VALUES (?, NULL)", keys)


def _known_claims(kind: str) -> Answer:
    statement = "SELECT entity, target, properties FROM claim WHERE kind = ? AND entity IN asked"

    def known(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
        return [
            {"entity": entity, "claim": {**_read(properties), "target": target}}
            for entity, target, properties in tx.among(_ids(told), statement, kind)
        ]

    return known


def _write_claims(kind: str) -> Answer:
    def write(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
        known_from = {"known_from": told["instant"]}
        return tx.tell(
            "INSERT INTO claim VALUES (?, ?, ?, ?)",
            (
                (kind, row["entity"], row["target"], _packed({**_properties(row), **known_from}))
                for row in _rows(told)
            ),
        )

    return write


def _known_stakes(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    return [_known_stake(tx, key) for key in _rows(told, "keys")]


def _known_stake(tx: StagedTransaction, key: Row) -> Row:
    found = tx.ask(
        "SELECT properties FROM stake WHERE owned = ? AND owner = ? AND type = ? AND holding = ?",
        *(key[name] for name in ("owned", "owner", "type", "holding")),
    )
    kind = tx.ask("SELECT kind FROM entity WHERE id = ?", key["owned"])
    return {
        "key": key["key"],
        "owned_kind": kind[0][0] if kind else None,
        "versions": [_read(properties) for (properties,) in found],
        "ended": [],
    }


def _close_stakes(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    return tx.tell(
        "DELETE FROM stake WHERE owned = ? AND owner = ? AND id = ?",
        (
            (key["owned"], key["owner"], id)
            for key in _rows(told, "keys")
            for id in cast(list[str], key["ids"])
        ),
    )


def _write_stakes(tx: StagedTransaction, told: Mapping[str, object]) -> list[Row]:
    known_from = {"known_from": told["instant"]}

    def stakes() -> Iterator[tuple[object, ...]]:
        for row in _rows(told):
            version = _properties(row)
            yield (
                row["owner"],
                row["owned"],
                row["type"],
                version["holding"],
                version["id"],
                _packed({**version, **known_from}),
            )

    return tx.tell("INSERT INTO stake VALUES (?, ?, ?, ?, ?, ?)", stakes())


KINDS = {"locations": "LOCATED", "lists": "LISTED", "groups": "ACTS_IN", "same_as": "SAME_AS"}
ANSWERS: dict[str, Answer] = {
    "read/holder": _nothing,
    "read/finished_load": _nothing,
    "import/acquire": _acquire,
    "import/begin": _begin,
    "import/finish": _finish,
    "import/release": _nothing,
    "import/renew": _renew,
    "import/known_descriptions": _known_descriptions,
    "import/write_descriptions": _write_descriptions,
    "import/show_entities": _show_entities,
    "import/imply_entities": _imply_entities,
    "import/known_sources": _known_sources,
    "import/write_sources": _write_sources,
    "import/name_sources": _name_sources,
    "import/known_stakes": _known_stakes,
    "import/close_stakes": _close_stakes,
    "import/write_stakes": _write_stakes,
    **{f"import/known_{name}": _known_claims(kind) for name, kind in KINDS.items()},
    **{f"import/write_{name}": _write_claims(kind) for name, kind in KINDS.items()},
}
