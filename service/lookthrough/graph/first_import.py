"""A staged load as Neo4j's own files: by its offline importer, into a database that holds nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import duckdb
import orjson

from lookthrough.naming.index import VERSION

from .database import Database, Transaction
from .embedded import admin
from .errors import GraphError
from .loads import loading
from .migrations import migrate
from .staging import Staging
from .writing import keep_lock

DATABASE = "neo4j"
MEMORY = "512MB"
HOURS = 12 * 3600.0
"""A first load of a large register takes its time."""
Columns = dict[str, str]

KEPT_BY_DUCKDB = {"double": "DOUBLE", "boolean": "BOOLEAN", "long": "BIGINT", "string[]": "VARCHAR[]"}
"""Types that need one of DuckDB's; the importer reads the others, days and instants too, from text."""

NAMED: Columns = {
    **dict.fromkeys(("name", "name_original", "words", "kind", "unspecified", "url", "note"), "string"),
    **dict.fromkeys(("aliases", "identifiers"), "string[]"),
    **dict.fromkeys(("founded", "dissolved"), "date"),
}
ENTITY: Columns = {**NAMED, "implied_by": "datetime"}
DESCRIBED: Columns = {**NAMED, "known_from": "datetime"}
IDENTIFIER: Columns = dict.fromkeys(("scheme", "value", "compact"), "string")
CLAIM: Columns = {
    **dict.fromkeys(("claim", "attribute", "source", "ref", "url", "note"), "string"),
    **dict.fromkeys(("valid_from", "valid_to"), "date"),
    "known_from": "datetime",
}
OF_A_CLAIM = ("sources", "refs", "urls", "notes", "percents", "intervals", "confidences", "valid_from")
STAKE: Columns = {
    **dict.fromkeys(("id", "holding", "min_exact", "max_exact"), "string"),
    **dict.fromkeys(("valid_from", "valid_to"), "date"),
    **dict.fromkeys(("min", "max"), "double"),
    **dict.fromkeys(("conflict", "min_open", "max_open"), "boolean"),
    "sources": "string[]",
    **{f"claim_{name}": "string[]" for name in (*OF_A_CLAIM, "valid_to", "known_from")},
    "claims_speaking": "long",
    "known_from": "datetime",
}


@dataclass(frozen=True, slots=True)
class _Table:
    """Nodes (`ends` empty: key and label) or relationships (two keys and a type) of one shape.

    `statement` gives these, and the properties as JSON, for each row.
    """

    name: str
    heads: tuple[str, ...]
    columns: Columns
    statement: str

    @property
    def is_nodes(self) -> bool:
        return ":LABEL" in self.heads


def _nodes(name: str, key: str, columns: Columns, statement: str) -> _Table:
    return _Table(name, (f"{key}:ID({name})", ":LABEL"), columns, statement)


def _links(name: str, end: str, columns: Columns, statement: str) -> _Table:
    return _Table(name, (":START_ID(Entity)", f":END_ID({end})", ":TYPE"), columns, statement)


TABLES = (
    _nodes("Entity", "id", ENTITY, "SELECT id, 'Entity;' || label, properties FROM entity"),
    _nodes("Identifier", "key", IDENTIFIER, "SELECT key, 'Identifier', properties FROM identifier"),
    _nodes("Source", "key", {}, "SELECT key, 'Source', x'7b7d' FROM source"),
    _nodes(
        "Jurisdiction",
        "code",
        {},
        "SELECT DISTINCT target, 'Jurisdiction', x'7b7d' FROM claim WHERE kind = 'LOCATED'",
    ),
    _nodes(
        "List",
        "key",
        {},
        "SELECT DISTINCT target, 'List', x'7b7d' FROM claim WHERE kind = 'LISTED'",
    ),
    _nodes(
        "Group",
        "key",
        {},
        "SELECT DISTINCT target, 'Group', x'7b7d' FROM claim WHERE kind = 'ACTS_IN'",
    ),
    _links("DESCRIBED", "Source", DESCRIBED, "SELECT entity, source, 'DESCRIBED', properties FROM described"),
    _links("IDENTIFIED", "Identifier", {}, "SELECT entity, key, 'IDENTIFIED', x'7b7d' FROM identified"),
    _links(
        "LOCATED",
        "Jurisdiction",
        CLAIM,
        "SELECT entity, target, kind, properties FROM claim WHERE kind = 'LOCATED'",
    ),
    _links(
        "LISTED",
        "List",
        CLAIM,
        "SELECT entity, target, kind, properties FROM claim WHERE kind = 'LISTED'",
    ),
    _links(
        "ACTS_IN",
        "Group",
        CLAIM,
        "SELECT entity, target, kind, properties FROM claim WHERE kind = 'ACTS_IN'",
    ),
    _links(
        "SAME_AS",
        "Entity",
        CLAIM,
        "SELECT entity, target, kind, properties FROM claim WHERE kind = 'SAME_AS'",
    ),
    _links("STAKES", "Entity", STAKE, "SELECT owner, owned, type, properties FROM stake"),
)
EMPTY_TEXTS = ("entities", "identifiers", "descriptions", "claims", "stakes")


def import_staged(staging: Staging, home: Path, folder: Path) -> None:
    """Make the database of `home`, whose server is stopped, of what was staged; `folder` takes the tables.

    Raises GraphError where the importer refuses, EmbeddedError.
    """
    options = list(_options(staging, folder))
    done = admin(home, "database", "import", "full", DATABASE, "--overwrite-destination=true",
                 "--input-type=parquet", f"--report-file={folder / 'report.txt'}", *options)  # fmt: skip
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split())[-500:]
        raise GraphError(f"the server's own command to import a database failed: {said}")


def complete(database: Database, staging: Staging) -> None:
    """What the importer leaves: the schema, empty texts, which it drops, sources, and the load itself."""
    database.write(lambda tx: tx.run("schema/open_ledger"))
    database.write(lambda tx: tx.run("schema/words_are", version=VERSION))
    migrate(database)
    for name in EMPTY_TEXTS:
        database.in_batches(f"first/{name}", HOURS)
    load = staging.load
    records = [orjson.loads(cast(bytes, packed)) for (packed,) in staging.rows(RECORDS)]
    with loading(database, load.id, load.files, load.instant) as here:
        here.changed = load.changed

        def write(tx: Transaction) -> None:
            keep_lock(tx, here.holder)
            tx.run("import/write_sources", rows=records, instant=here.instant)

        database.write(write)


def _options(staging: Staging, folder: Path) -> Iterator[str]:
    """The tables that have rows, written for the importer."""
    with duckdb.connect() as tables:
        tables.execute(f"SET memory_limit = '{MEMORY}'")
        for table in TABLES:
            told = folder / f"{table.name}.json"
            if _write_rows(staging, table, told):
                parquet = folder / f"{table.name}.parquet"
                tables.execute(_copied(table), {"told": str(told), "parquet": str(parquet)})
                yield f"--{'nodes' if table.is_nodes else 'relationships'}={parquet}"
            told.unlink()


def _write_rows(staging: Staging, table: _Table, told: Path) -> bool:
    """Lines of JSON: the heads, then the properties; whether there is any."""
    written = False
    with told.open("wb", buffering=1 << 20) as file:
        for *heads, packed in staging.rows(table.statement):
            written = True
            file.write(b'{"heads":%b,"p":%b}\n' % (orjson.dumps(heads), cast(bytes, packed)))
    return written


def _copied(table: _Table) -> str:
    """DuckDB's statement from lines of JSON to a table for the importer; all names in it are ours."""
    columns = ", ".join(
        f'"{name}" {KEPT_BY_DUCKDB.get(kind, "VARCHAR")}' for name, kind in table.columns.items()
    )
    shape = "heads: 'VARCHAR[]'" + (f", p: 'STRUCT({columns})'" if columns else "")
    heads = [f'heads[{i}] AS "{head}"' for i, head in enumerate(table.heads, 1)]
    kept = [f'p."{name}" AS "{name}:{kind}"' for name, kind in table.columns.items()]
    rows = f"read_json($told, format = 'newline_delimited', columns = {{{shape}}})"
    selected = f"SELECT {', '.join([*heads, *kept])} FROM {rows}"  # noqa: S608  names of ours
    return f"COPY ({selected}) TO $parquet (FORMAT parquet)"


RECORDS = "SELECT record FROM source WHERE record IS NOT NULL"
