"""The schema: applied once, in order, and never silently changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.graph.errors import SchemaMismatch
from lookthrough.graph.loads import Ledger, ledger
from lookthrough.graph.migrations import migrate, pending, record, shipped
from lookthrough.investigations.entities import Page
from lookthrough.investigations.search import search

Run = Callable[[str], list[list[object]]]

CONSTRAINTS = """
SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name
"""
INDEXES = """
SHOW INDEXES YIELD name, type, owningConstraint WHERE owningConstraint IS NULL AND type <> 'LOOKUP'
RETURN name ORDER BY name
"""


@pytest.fixture
def run(neo4j_server: Neo4jServer) -> Run:
    """Runs a text on the server itself; gives the rows."""

    def rows(text: str) -> list[list[object]]:
        with neo4j_server.session() as session:
            return [record.values() for record in session.run(text)]  # pyright: ignore[reportArgumentType]

    return rows


@pytest.fixture
def bare(database: Database, run: Run) -> Iterator[Database]:
    """A database without a schema; afterwards it has its own again."""
    for (name,) in run(CONSTRAINTS):
        run(f"DROP CONSTRAINT {name}")
    for (name,) in run(INDEXES):
        run(f"DROP INDEX {name}")
    run("MATCH (n:Migration|Ledger) DELETE n")
    yield database
    migrate(database)


@pytest.fixture
def records(migrated_database: Database, run: Run) -> Iterator[Run]:
    """Runs texts on the records of what was applied, which are put right afterwards."""
    kept = run("MATCH (m:Migration) RETURN properties(m)")
    yield run
    run("MATCH (m:Migration) DELETE m")
    migrate(migrated_database)
    assert len(run("MATCH (m:Migration) RETURN m")) == len(kept)


def test_an_empty_database_gets_the_whole_schema(bare: Database, run: Run) -> None:
    assert ledger(bare) == Ledger(None, None, [])
    assert pending(bare) == shipped()
    assert migrate(bare) == len(shipped())
    names = {migration.name for migration in shipped()}
    dropped = {name.removeprefix("drop_") for name in names if name.startswith("drop_")}
    created = {name for name in names if not name.startswith("drop_")}
    assert {str(name) for (name,) in run(CONSTRAINTS) + run(INDEXES)} == created - dropped
    assert ledger(bare) == Ledger(0, None, [])


def test_a_second_migration_has_nothing_to_do(database: Database, run: Run) -> None:
    before = run("MATCH (m:Migration) RETURN properties(m) ORDER BY m.version")
    assert migrate(database) == 0
    assert run("MATCH (m:Migration) RETURN properties(m) ORDER BY m.version") == before
    assert pending(database) == []


def test_a_migration_that_was_interrupted_goes_on(bare: Database, run: Run) -> None:
    migrate(bare)
    run("MATCH (m:Migration) WHERE m.version > 3 DELETE m")
    assert [migration.version for migration in pending(bare)] == [m.version for m in shipped()][3:]
    assert migrate(bare) == len(shipped()) - 3


def test_versions_are_numbered_without_a_gap() -> None:
    assert [migration.version for migration in shipped()] == list(range(1, len(shipped()) + 1))


def test_a_changed_migration_is_refused(database: Database, records: Run) -> None:
    records("MATCH (m:Migration {version: 2}) SET m.checksum = 'another'")
    with pytest.raises(SchemaMismatch, match=r"version 2 \(jurisdiction_code\) differs from the file"):
        migrate(database)


def test_a_newer_version_is_refused(database: Database, records: Run) -> None:
    records("CREATE (:Migration {version: 999, name: 'from_the_future', checksum: ''})")
    with pytest.raises(SchemaMismatch, match=r"version 999 \(from_the_future\) is newer"):
        migrate(database)
    with pytest.raises(SchemaMismatch):
        pending(database)


# As a program without any index of names wrote it.
OLD_FACTS = """
MERGE (ledger:Ledger {key: 'facts'}) SET ledger.last_change = datetime('2026-01-01T00:00Z')
CREATE (s:Source {key: 's'})
CREATE (e:Entity:Company {id: 'geely', kind: 'company', name: 'Geely', name_original: '吉利', aliases: [],
    identifiers: ['lei:x-1'], note: '', url: ''})
CREATE (e)-[:DESCRIBED {kind: 'company', name: 'Geely', name_original: '吉利', aliases: [],
    identifiers: ['lei:x-1'], note: '', url: '', known_from: datetime('2026-01-01T00:00Z')}]->(s)
CREATE (e)-[:IDENTIFIED]->(:Identifier {key: 'lei:x-1', scheme: 'lei', value: 'x-1'})
"""


@pytest.mark.parametrize("version", [migration.version for migration in shipped()])
def test_every_earlier_schema_comes_up_to_date_with_its_facts(bare: Database, run: Run, version: int) -> None:
    for migration in shipped()[:version]:
        bare.migrate(migration.query)
        record(bare, migration)
    run(OLD_FACTS)
    assert migrate(bare) == len(shipped()) - version
    assert migrate(bare) == 0
    run("CALL db.awaitIndexes()")
    for text in ("Geely", "吉利", "jili", "x1"):
        assert [entity.id for entity in search(bare, text, Page(date(2026, 11, 23))).items] == ["geely"], text
