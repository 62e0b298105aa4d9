"""Investigations in the graph: they leave facts alone, and come back from a backup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.graph.investigations import note_versions
from lookthrough.graph.queries import load as query
from lookthrough.investigations.backups import backup, restore_into
from lookthrough.investigations.exporting import canonical_hash
from lookthrough.investigations.investigating import Investigating, Opening, open_investigation
from lookthrough.investigations.investigation_bundle import zipped_investigation
from lookthrough.investigations.investigation_documents import (
    InvestigationDocument,
    investigation_document,
    timeline,
)
from lookthrough.investigations.storing import give, shown
from lookthrough.investigations.suspecting import suspect, suspected
from lookthrough.investigations.verdicts import Question

from .facts import TODAY, ask, load, policy

STAKES = "owner,owned,percent,source\ns,a,40,t\nx,a,30,t\n"
PLACES = "entity,attribute,jurisdiction,source\ns,headquarters,CN,t\nx,headquarters,FR,t\n"


@pytest.fixture
def bare(database: Database, neo4j_server: Neo4jServer, wipe: Callable[[], None]) -> Iterator[Database]:
    """A database without so much as the mark that it is for tests; wiped and marked again at the end."""
    with neo4j_server.session() as session:
        session.run("MATCH (m:LookthroughTestDatabase) DELETE m").consume()
    yield database
    with neo4j_server.session() as session:
        session.run("MERGE (:LookthroughTestDatabase)").consume()
    wipe()


def unzipped(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def worked(database: Database) -> InvestigationDocument:
    """An investigation of `a` with something of everything."""
    asked = Opening(question="?", subjects=["a"], policy=policy(), as_of=TODAY)
    document = open_investigation(database, asked)

    def at() -> Investigating:
        return Investigating(database, document.id, investigation_document(database, document.id).version)

    told = give(database, Question("a", policy(), TODAY))
    at().pin(told.verdict_id)
    at().add_note("one")
    at().revise_note(1, "two")
    suspect(at(), {"op": "set_stake", "owner": "s", "owned": "a", "percent": "60"}, "hearsay")
    at().decide("documents_requested", told.verdict_id)
    return at().decide("cleared", told.verdict_id, "they came", supersedes=1)


def test_an_investigation_changes_no_fact_and_no_verdict(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes=STAKES, locations=PLACES)
    before, hashed = ask(database, "a").to_json(), canonical_hash(database).hash
    document = worked(database)
    assert suspected(database, document.id, "a").after.outcome == "RESTRICTED"
    assert ask(database, "a").to_json() == before
    assert canonical_hash(database).hash == hashed


def test_it_comes_back_from_a_backup_as_it_was(
    bare: Database, wipe: Callable[[], None], tmp_path: Path
) -> None:
    load(bare, tmp_path, stakes=STAKES, locations=PLACES)
    document = worked(bare)
    bundle = zipped_investigation(bare, document.id, "en")
    verdict = shown(bare, document.verdicts[0].verdict_id)
    backup(bare, tmp_path / "kept", replace=False)
    wipe()
    restore_into(bare, tmp_path / "kept")
    assert investigation_document(bare, document.id) == document
    assert [each.text for each in note_versions(bare, document.id)] == ["one", "two"]
    assert len(timeline(bare, document.id).items) == document.version
    assert unzipped(zipped_investigation(bare, document.id, "en")) == unzipped(bundle)
    assert shown(bare, document.verdicts[0].verdict_id) == verdict
    Investigating(bare, document.id, document.version).add_note("and it goes on")


def test_neo4j_browser_shows_investigations_beside_verdicts(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes=STAKES, locations=PLACES)
    worked(database)
    rows = database.read(lambda tx: tx.run_query(query("investigate/work_on"), entity="a"))
    assert len(rows) == 2


def test_verdicts_outlive_facts_that_come_later(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes=STAKES, locations=PLACES)
    document = worked(database)
    pinned = shown(database, document.verdicts[0].verdict_id)
    load(database, tmp_path, stakes="owner,owned,percent,source\ns,a,70,t\n")
    assert shown(database, document.verdicts[0].verdict_id) == pinned
    assert suspected(database, document.id, "a").before.outcome == "RESTRICTED"
