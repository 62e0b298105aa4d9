"""What `doctor` looks at: each kind of damage is named, and what records merely disagree on is not damage."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.investigations import checkup
from lookthrough.investigations.checkup import Finding, disk, examine

from .facts import load

STAKES = "owner,owned,percent,source\na,t,60,register\nb,t,30,register\n"


class Usage(NamedTuple):
    free: int


def found(database: Database) -> dict[str, Finding]:
    return {finding.check: finding for finding in examine(database)}


def test_all_is_well_with_what_was_loaded(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes=STAKES)
    assert [finding for finding in found(database).values() if not finding.well] == []
    assert found(database)["sums"].detail == "no stakes add up to more than 100%"


@pytest.mark.parametrize(
    ("damage", "check", "named"),
    [
        ("MATCH (s:Source {key: 'register'}) DETACH DELETE s", "dangling", "register"),
        ("MATCH (e:Entity {id: 't'}) SET e.kind = 'person'", "misheld", "t person OWNS"),
        (
            "MATCH (a {id: 'a'})-[r:OWNS]->(t) CREATE (a)-[s:OWNS]->(t) SET s = r {.*, id: 'other'}",
            "overlaps",
            "a t OWNS",
        ),
    ],
)
def test_damage_is_named_with_what_to_do(
    database: Database, tmp_path: Path, neo4j_server: Neo4jServer, damage: str, check: str, named: str
) -> None:
    load(database, tmp_path, stakes=STAKES)
    with neo4j_server.session() as session:
        session.run(damage).consume()  # pyright: ignore[reportArgumentType]
    finding = found(database)[check]
    assert (finding.well, named in finding.detail, bool(finding.advice)) == (False, True, True)


def test_records_that_add_up_to_more_than_all_are_told_and_are_no_damage(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, stakes=f"{STAKES}c,t,20,register\nc,exact,100/3,x\nd,exact,200/3,x\n")
    sums = found(database)["sums"]
    assert sums.well
    assert "t (OWNS)" in sums.detail
    assert "exact" not in sums.detail


def test_a_version_that_is_too_old_is_not_well(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(database)["version"].well
    monkeypatch.setattr(checkup, "OLDEST", (2999, 1))
    assert not found(database)["version"].well


def test_a_full_disk_is_not_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some").write_bytes(b"x")
    assert disk(tmp_path).well

    def full(_: Path) -> Usage:
        return Usage(free=0)

    monkeypatch.setattr(shutil, "disk_usage", full)
    assert not disk(tmp_path).well
