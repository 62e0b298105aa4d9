"""Backup and restore: everything comes back as it was, and damage is seen before anything is written."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import LiteralString

import orjson
import pytest
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.graph.dumping import Dump, restore
from lookthrough.graph.embedded import EmbeddedServer
from lookthrough.graph.errors import FactsMoved, GraphError
from lookthrough.graph.migrations import migrate
from lookthrough.investigations.backups import backup, restore_into
from lookthrough.investigations.errors import BackupRefused, BadQuestion
from lookthrough.investigations.exporting import canonical_hash
from lookthrough.investigations.loading import load_files
from lookthrough.investigations.offline import dump as dump_files
from lookthrough.investigations.offline import load as load_dump
from lookthrough.investigations.replaying import replay
from lookthrough.investigations.retracting import Wanted, retract
from lookthrough.investigations.storing import give, given
from lookthrough.investigations.verdicts import Question
from lookthrough.policies.library import Library

from .facts import TODAY, ask, load, policy
from .nasty import nasty

EVERYTHING = """
MATCH (n) WHERE NOT n:Migration
RETURN labels(n) AS what, properties(n) AS properties, [] AS ends
UNION ALL
MATCH (a)-[r]->(b)
RETURN [type(r)] AS what, properties(r) AS properties, [properties(a), properties(b)] AS ends
"""
CASE = """
MATCH (e:Entity {id: 'a'})
CREATE (:Case:Closed {name: 'x', opened: date('2024-02-29'), at: datetime('2024-02-29T01:02:03.123456789Z'),
  days: [date('1999-12-31')], counts: [1, 2], share: 0.1, open: true, none: []})-[:ON {why: "'"}]->(e)
"""
OTHER = """
UNWIND range(1, 20) AS i CREATE (v:Verdict {verdict_id: toString(i)})-[:ABOUT]->(:Entity {id: 'new ' + i})
"""


@pytest.fixture
def bare(database: Database, neo4j_server: Neo4jServer, wipe: Callable[[], None]) -> Iterator[Database]:
    """A database without so much as the mark that it is for tests; wiped and marked again at the end."""
    run(neo4j_server, "MATCH (m:LookthroughTestDatabase) DELETE m")
    yield database
    run(neo4j_server, "MERGE (:LookthroughTestDatabase)")
    wipe()


def run(server: Neo4jServer, query: LiteralString) -> list[bytes]:
    """The rows as sorted text, so that graphs compare."""
    with server.session() as session:
        rows = [record.data() for record in session.run(query)]
    return sorted(orjson.dumps(row, default=str, option=orjson.OPT_SORT_KEYS) for row in rows)


def filled(database: Database, server: Neo4jServer, folder: Path) -> None:
    for place in nasty(folder / "in", random.Random(4)):
        load_files(database, [place])
    load(database, folder, stakes="owner,owned,percent,source\ns,a,60,t\nq,a,1/3,gone\n")
    load(database, folder, locations="entity,attribute,jurisdiction,source\ns,headquarters,CN,t\n")
    retract(database, Wanted("gone"))
    run(server, CASE)


def test_everything_comes_back_as_it_was(
    bare: Database, neo4j_server: Neo4jServer, wipe: Callable[[], None], tmp_path: Path
) -> None:
    filled(bare, neo4j_server, tmp_path)
    told = give(bare, Question("a", policy(), TODAY))
    assert told.outcome == "RESTRICTED"
    before, hashed = run(neo4j_server, EVERYTHING), canonical_hash(bare)
    manifest = backup(bare, tmp_path / "kept", replace=False)
    assert manifest.hash == hashed.hash
    assert manifest.nodes["Case"] == manifest.relationships["ON"] == 1
    wipe()
    assert restore_into(bare, tmp_path / "kept") == manifest
    assert run(neo4j_server, EVERYTHING) == before
    assert replay(bare, Library(), told.verdict_id).same
    assert len(given(bare, "a", 10, None).items) == 1
    assert ask(bare, "a").to_json() == told.to_json()
    load(bare, tmp_path, stakes="owner,owned,percent,source\nz,a,2,t\n")  # the loader's lock is free


@pytest.mark.parametrize("name", ["MANIFEST.json", "nodes.ndjson.gz", "relationships.ndjson.gz"])
def test_one_flipped_byte_is_refused_before_anything_is_written(
    bare: Database, neo4j_server: Neo4jServer, wipe: Callable[[], None], tmp_path: Path, name: str
) -> None:
    load(bare, tmp_path, stakes="owner,owned,percent\nb,a,10\n")
    path = tmp_path / "kept"
    backup(bare, path, replace=False)
    wipe()
    empty = run(neo4j_server, EVERYTHING)
    whole = (path / name).read_bytes()
    for at in (0, len(whole) // 2, len(whole) - 2, random.Random(name).randrange(len(whole))):
        (path / name).write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        with pytest.raises(BackupRefused, match=rf"{name}.* (is damaged|differs)"):
            restore_into(bare, path)
    (path / name).unlink()
    with pytest.raises(BackupRefused, match=name):
        restore_into(bare, path)
    assert run(neo4j_server, EVERYTHING) == empty


def test_a_database_with_anything_in_it_is_refused(bare: Database, tmp_path: Path) -> None:
    load(bare, tmp_path, stakes="owner,owned,percent\nb,a,10\n")
    backup(bare, tmp_path / "kept", replace=False)
    before = canonical_hash(bare)
    with pytest.raises(BackupRefused, match="the database is not empty"):
        restore_into(bare, tmp_path / "kept")
    assert canonical_hash(bare) == before
    with pytest.raises(BadQuestion, match="kept is there already; --force replaces it"):
        backup(bare, tmp_path / "kept", replace=False)
    backup(bare, tmp_path / "kept", replace=True)


def test_facts_that_are_written_meanwhile_end_the_backup(bare: Database, tmp_path: Path) -> None:
    load(bare, tmp_path, stakes="owner,owned,percent\nb,a,10\n")
    dump = Dump(bare)
    list(dump.nodes())
    load(bare, tmp_path, stakes="owner,owned,percent\nb,a,20\n")
    with pytest.raises(FactsMoved, match="begin again"):
        list(dump.relationships())


def test_what_else_is_written_meanwhile_is_in_it_whole_or_not_at_all(
    bare: Database, neo4j_server: Neo4jServer, wipe: Callable[[], None], tmp_path: Path
) -> None:
    load(bare, tmp_path, stakes="owner,owned,percent\nb,a,10\n")
    before = run(neo4j_server, EVERYTHING)
    dump = Dump(bare)
    nodes = list(dump.nodes())
    run(neo4j_server, OTHER)
    relationships = list(dump.relationships())
    wipe()
    restore(bare, nodes, relationships, lambda _: None)
    assert run(neo4j_server, EVERYTHING) == before


def test_a_relationship_without_its_ends_is_an_error(bare: Database) -> None:
    row: dict[str, object] = {"start": 1, "end": 2, "type": "OWNS", "properties": {}}
    with pytest.raises(GraphError, match="which is not in it|that is not in it"):
        restore(bare, [], [row], lambda _: None)


def test_a_dump_of_the_servers_files_is_loaded_into_a_new_home(tmp_path: Path) -> None:
    old, new = EmbeddedServer(tmp_path / "old"), EmbeddedServer(tmp_path / "new")
    path = tmp_path / "kept"
    try:
        with pytest.raises(BackupRefused, match="holds no database"):
            dump_files(old, path, replace=False)
        hashed = _filled(old, tmp_path)
        dump_files(old, path, replace=False)
        assert old.status().running
        with pytest.raises(BackupRefused, match="has a database already"):
            load_dump(old, path)
        old.stop()
        load_dump(new, path)
        assert _hash(new) == hashed
    finally:
        old.stop()
        new.stop()
    file = path / "neo4j.dump"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(BackupRefused, match=r"neo4j\.dump.*damaged"):
        load_dump(EmbeddedServer(tmp_path / "third"), path)


def _filled(server: EmbeddedServer, folder: Path) -> str:
    connection = server.start()
    database = Database(connection.uri, connection.user, connection.password)
    migrate(database)
    load(database, folder, stakes="owner,owned,percent\nb,a,10\n")
    hashed = canonical_hash(database).hash
    database.close()
    return hashed


def _hash(server: EmbeddedServer) -> str:
    connection = server.start()
    database = Database(connection.uri, connection.user, connection.password)
    hashed = canonical_hash(database).hash
    database.close()
    return hashed
