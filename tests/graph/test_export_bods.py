"""BODS out and in again: valid against the published schema, every fact comes back, the rest is counted."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import cast

import jsonschema_rs
import pytest

from lookthrough.control.everything import StakeFacts
from lookthrough.control.facts import StakeClaim
from lookthrough.graph.database import Database
from lookthrough.graph.everything import all_facts
from lookthrough.investigations.exporting import ExportReport, Wanted, canonical_hash, export
from lookthrough.investigations.loading import load_files

from .facts import load
from .nasty import nasty

DATA = Path(__file__).parents[1] / "data"
SCHEMA = DATA / "bods-schema-0.4"


def schema() -> jsonschema_rs.Validator:
    found = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in SCHEMA.glob("*.json")}
    registry = jsonschema_rs.Registry([(part["$id"], part) for part in found.values()])
    return jsonschema_rs.validator_for(found["statement"], registry=registry, validate_formats=True)


def valid(report: ExportReport) -> list[dict[str, object]]:
    """All statements of the files, each of which must be valid."""
    found: list[dict[str, object]] = []
    for part in report.parts:
        statements = cast(list[dict[str, object]], json.loads(part.read_text(encoding="utf-8")))
        assert [error.message for error in schema().iter_errors(statements)] == []
        found += statements
    return found


def reloaded(database: Database, report: ExportReport) -> None:
    for part in report.parts:
        assert load_files(database, [part]).rejections == []


def claims(database: Database) -> list[StakeClaim]:
    stakes = [each for each in all_facts(database) if isinstance(each, StakeFacts)]
    return [told.fact for stake in stakes for told in stake.claims]


@pytest.mark.parametrize("name", ["register.json", "older.jsonl"])
def test_what_was_loaded_from_the_standard_comes_back_whole(
    database: Database, wipe: Callable[[], None], tmp_path: Path, name: str
) -> None:
    load_files(database, [DATA / "bods" / name])
    report = export(database, Wanted(tmp_path / "out.json", "bods"))
    assert report.account.written["stakes"] > 1
    wipe()
    reloaded(database, report)
    again = export(database, Wanted(tmp_path / "again.json", "bods"))
    assert len(valid(again)) == len(valid(report))
    assert again.account.written == report.account.written
    if name == "register.json":
        assert report.account.left_out == {}
        assert canonical_hash(database) == report.hashed
    else:  # ids of older statements are shorter than the standard wants them now
        assert report.account.left_out == {"locations: ref": 2, "stakes: ref": 2}


@pytest.mark.parametrize("seed", range(2))
def test_facts_of_every_shape_are_valid_and_what_cannot_be_said_is_counted(
    database: Database, wipe: Callable[[], None], tmp_path: Path, seed: int
) -> None:
    for folder in nasty(tmp_path / "in", random.Random(seed)):
        load_files(database, [folder])
    told = len(claims(database))
    report = export(database, Wanted(tmp_path / "out.json", "bods"))
    valid(report)
    lost = report.account.left_out
    assert {"lists", "groups", "same_as", "sources", "locations: headquarters"} <= lost.keys()
    apart = lost["stakes: of holdings that cannot be told apart"] + lost["stakes"]
    assert report.account.written["stakes"] + apart == told
    wipe()
    reloaded(database, report)
    assert len(claims(database)) == report.account.written["stakes"]


def test_figures_are_exact_or_wider_and_later_ones_replace_earlier_ones(
    database: Database, wipe: Callable[[], None], tmp_path: Path
) -> None:
    header = "owner,owned,percent,holding,valid_from,source"
    rows = ["b,a,38.370,,,s", "c,a,100/3,,,s", '"d",a,"(25,50]",,,s', "e,a,10,,2019,s", "e,a,20,,2021,s"]
    both = ["f,a,10,A,,s", "f,a,20,B,,s", "g,a,10,A,2019,s", "g,a,20,B,2020,s", "g,a,30,B,2021,s"]
    load(database, tmp_path, stakes="\n".join([header, *rows, *both]))
    report = export(database, Wanted(tmp_path / "out.json", "bods"))
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert '"exact": 38.370}' in text
    assert '"exclusiveMinimum": 25, "maximum": 50}' in text
    assert report.account.left_out == {
        "stakes: interval": 1,
        "stakes: percent": 1,
        "stakes: holding": 2,
        "stakes: of holdings that cannot be told apart": 3,
    }
    wipe()
    reloaded(database, report)
    found = {(claim.owner, claim.holding, claim.percent): claim for claim in claims(database)}
    assert sorted(found)[:1] == [("b", "", "38.370")]
    assert sorted(key for key in found if key[0] == "e") == [("e", "", "10"), ("e", "", "20")]
    assert sorted(key for key in found if key[0] == "f") == [("f", "", "10"), ("f", "2", "20")]
    assert not [key for key in found if key[0] == "g"]
    (third,) = [claim.interval for claim in found.values() if claim.owner == "c"]
    assert third is not None
    assert 0 < third.high - third.low < 10**-30
    assert third.low * 3 <= 1 <= third.high * 3


def test_two_sources_of_one_entity_are_two_files(
    database: Database, wipe: Callable[[], None], tmp_path: Path
) -> None:
    for source in ("s", "t"):
        load(database, tmp_path, entities=f"id,name,kind,source\na,Name by {source},company,{source}\n")
    report = export(database, Wanted(tmp_path / "out.json", "bods"))
    assert [part.name for part in report.parts] == ["out.json", "out-2.json"]
    wipe()
    reloaded(database, report)
    assert canonical_hash(database) == report.hashed
