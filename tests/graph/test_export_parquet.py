"""Parquet: what other tools read of an export is what was told."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb

from lookthrough.control.everything import StakeFacts
from lookthrough.graph.database import Database
from lookthrough.graph.everything import all_facts
from lookthrough.investigations.exporting import Wanted, export
from lookthrough.investigations.loading import load_files

from .facts import load
from .nasty import nasty


def rows(file: Path, columns: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as database:
        return database.read_parquet(str(file)).project(columns).order("ALL").fetchall()


def test_every_claim_is_a_row_with_its_texts_and_instant(database: Database, tmp_path: Path) -> None:
    for folder in nasty(tmp_path / "in", random.Random(7)):
        load_files(database, [folder])
    report = export(database, Wanted(tmp_path / "out", "parquet"))
    stakes = [each for each in all_facts(database) if isinstance(each, StakeFacts)]
    told: list[tuple[object, ...]] = sorted(
        (c.fact.owner, c.fact.owned, c.fact.percent, c.fact.note, c.fact.valid_from, c.known_from.timestamp())
        for stake in stakes
        for c in stake.claims
        if c.fact.valid_from
    )
    found = rows(
        tmp_path / "out" / "stakes.parquet",
        "owner, owned, percent, note, valid_from, epoch_us(known_from) / 1e6",
    )
    assert [row for row in found if row[4]] == told
    assert len(found) == report.account.written["stakes"]
    assert report.account.left_out == {}


def test_figures_are_columns_for_sums(database: Database, tmp_path: Path) -> None:
    lines = ["b,a,12.5,shares", 'c,a,"(25,50]",shares', "d,a,,shares", "e,a,,board"]
    load(database, tmp_path, stakes="\n".join(["owner,owned,percent,lane", *lines]))
    export(database, Wanted(tmp_path / "out", "parquet"))
    assert rows(tmp_path / "out" / "stakes.parquet", "owner, percent, min, max, min_open, max_open") == [
        ("b", "12.5", 0.125, 0.125, False, False),
        ("c", "(25,50]", 0.25, 0.5, True, False),
        ("d", "", 0.0, 1.0, False, False),
        ("e", "", None, None, None, None),
    ]
    assert rows(tmp_path / "out" / "lists.parquet", "*") == []
