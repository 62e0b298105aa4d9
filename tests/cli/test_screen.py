"""`lookthrough screen`: lists in, rows and verdicts out."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from .commands import Desk, write

POLICY = ("--policy", "anthropic-2025-09", "--as-of", "2026-11-01")
COLUMNS = ["entity", "name", "outcome", "reason", "lower", "upper", "unknown", "verdict_id"]
LIST = ("name,party", "Lynk,lynk", "nobody there,no-such-id", "no id,", "Lynk again,lynk", "Nayara, nayara ")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_list_becomes_rows_verdicts_and_one_document(demo: Desk, tmp_path: Path) -> None:
    listed = write(tmp_path / "list.csv", *LIST)
    asked = ("screen", listed, *POLICY, "--column", "party")
    document = demo.run(*asked, "--json").document
    alone = demo.run("verdict", "lynk", *POLICY, "--json").answer
    assert [row["entity"] for row in document["items"]] == ["lynk", "no-such-id", "", "lynk", "nayara"]
    assert [row["reason"] for row in document["items"][1:3]] == ["unknown_entity", "no_id"]
    assert (document["next"], document["total"], document["problems"]) == (None, 5, 2)
    assert document["outcomes"] == {"RESTRICTED": 2, "UNDETERMINED": 1, "NOT_RESTRICTED": 0}

    told = demo.run(*asked, "--out", tmp_path / "out.csv", "--json").document
    assert (told["file"], told["total"]) == (str(tmp_path / "out.csv"), 5)
    rows = rows_of(tmp_path / "out.csv")
    assert list(rows[0]) == COLUMNS
    expected = [{column: row[column] or "" for column in COLUMNS} for row in document["items"]]
    assert rows == expected

    demo.run(*asked, "--out", tmp_path / "out.parquet")
    found = duckdb.from_parquet(str(tmp_path / "out.parquet"))
    assert found.columns == COLUMNS
    assert [[cell or "" for cell in row] for row in found.fetchall()] == [list(row.values()) for row in rows]

    ended = demo.run(*asked, "--out", tmp_path / "out.ndjson")
    assert "row 2: there is no entity with the id 'no-such-id'" in ended.err
    lines = (tmp_path / "out.ndjson").read_bytes().splitlines()
    assert lines[0] == lines[3] == alone
    assert json.loads(lines[1])["problem"] == "there is no entity with the id 'no-such-id'"
    assert [path.name for path in tmp_path.glob(".screening-*")] == []


def test_all_entities_are_screened_and_shown(demo: Desk) -> None:
    document = demo.run("screen", "--all", *POLICY, "--json").document
    ids = [row["entity"] for row in document["items"]]
    assert len(ids) == document["total"] > 290
    assert ids == sorted(ids)
    assert document["problems"] == 0
    shown = demo.run("screen", "--all", *POLICY).text
    assert "Restricted" in shown


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("list.csv", "--all"), "either a file or --all"),
        (("--all", "--variant", "no-such"), "no-such"),
        (("list.csv", "--out", "nowhere/out.csv"), "nowhere"),
    ],
)
def test_what_cannot_be_screened_is_bad_input(
    demo: Desk, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    write(tmp_path / "list.csv", "entity", "lynk")
    ended = replace(demo, folder=tmp_path).run("screen", *arguments, *POLICY)
    assert (ended.code, ended.text) == (2, "")
    assert sentence in ended.sentence


def test_where_neo4j_is_away_no_file_is_left(away: Desk, tmp_path: Path) -> None:
    listed = write(tmp_path / "list.csv", "entity", "lynk")
    assert away.run("screen", listed, *POLICY, "--out", tmp_path / "out.csv").code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]
