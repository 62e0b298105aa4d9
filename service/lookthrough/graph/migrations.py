"""Versions of the schema: files `schema/V….cypher`, applied once, in order, never changed afterwards."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from lookthrough.naming.index import VERSION

from .database import Database
from .errors import SchemaMismatch
from .indexing import index_names
from .queries import CypherQuery, load, names

_FILE = re.compile(r"^schema/V(\d{4})__(\w+)$")


@dataclass(frozen=True, slots=True)
class Migration:
    version: int
    name: str
    query: CypherQuery

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.query.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Applied:
    version: int
    name: str
    checksum: str


@dataclass(frozen=True, slots=True)
class _Ledger:
    words: int | None


def shipped() -> list[Migration]:
    found = [(match, name) for name in names("schema") if (match := _FILE.match(name))]
    return [Migration(int(match[1]), match[2], load(name)) for match, name in found]


def pending(database: Database) -> list[Migration]:
    """Migrations not applied yet. Raises SchemaMismatch if an applied one is unknown or has changed."""
    known = {migration.version: migration for migration in shipped()}
    applied = database.read_rows(Applied, "schema/applied")
    for done in applied:
        migration = known.pop(done.version, None)
        if migration is None:
            raise SchemaMismatch(f"schema version {done.version} ({done.name}) is newer than this program")
        if migration.checksum != done.checksum:
            raise SchemaMismatch(
                f"schema version {done.version} ({done.name}) differs from the file that ships"
            )
    return list(known.values())


def migrate(database: Database) -> int:
    """Bring the schema, and what is indexed of names, up to date; gives the number of migrations applied.

    Raises SchemaMismatch.
    """
    waiting = pending(database)
    for migration in waiting:
        database.migrate(migration.query)
        record(database, migration)
    ledger = database.write(lambda tx: tx.rows(_Ledger, "schema/open_ledger"))[0]
    if ledger.words != VERSION:
        index_names(database)
    return len(waiting)


def record(database: Database, migration: Migration) -> None:
    """Write down that a migration was applied."""
    done = {"version": migration.version, "name": migration.name, "checksum": migration.checksum}
    database.write(lambda tx: tx.run("schema/record", **done))
