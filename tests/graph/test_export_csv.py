"""CSV out and in again: every fact comes back, and what cannot be said is counted."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import lookthrough
from lookthrough.graph.database import Database
from lookthrough.investigations.errors import BadQuestion
from lookthrough.investigations.exporting import ExportReport, Wanted, canonical_hash, export
from lookthrough.investigations.loading import load_files
from lookthrough.investigations.retracting import Wanted as Retraction
from lookthrough.investigations.retracting import retract

from .facts import load
from .nasty import nasty

DEMO = Path(lookthrough.__file__).parent / "demo"


def written(report: ExportReport) -> dict[str, str]:
    return {
        str(file.relative_to(report.wanted.path.parent)): file.read_text(encoding="utf-8")
        for part in report.parts
        for file in sorted(part.iterdir())
    }


def reloaded(database: Database, report: ExportReport) -> None:
    """Load all parts one after the other; every row must be usable and new."""
    for part in report.parts:
        loaded = load_files(database, [part])
        assert loaded.rejections == []
        assert loaded.duplicate == 0


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_demo_comes_back_whole(database: Database, wipe: Callable[[], None], tmp_path: Path) -> None:
    load_files(database, [DEMO])
    report = export(database, Wanted(tmp_path / "out", "csv"))
    assert report.account.left_out == {}
    assert len(report.parts) == 1
    wipe()
    reloaded(database, report)
    assert canonical_hash(database) == report.hashed


@pytest.mark.parametrize("seed", range(3))
def test_facts_of_every_shape_come_back_whole(
    database: Database, wipe: Callable[[], None], tmp_path: Path, seed: int
) -> None:
    for folder in nasty(tmp_path / "in", random.Random(seed)):
        assert load_files(database, [folder]).rejections == []
    report = export(database, Wanted(tmp_path / "out", "csv"))
    assert report.account.left_out == {}
    assert len(report.parts) > 1
    wipe()
    reloaded(database, report)
    assert canonical_hash(database).hash == report.hashed.hash
    (tmp_path / "again").mkdir()
    again = export(database, Wanted(tmp_path / "again" / "out", "csv"))
    assert written(again) == written(report)


def test_what_is_not_known_any_more_is_left_out_and_counted(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes="owner,owned,percent,source\nb,a,10,s\nc,a,20,t\n")
    load(database, tmp_path, entities="id,name,source\na,Old,s\n")
    load(database, tmp_path, entities="id,name,source\na,New,s\n")
    retract(database, Retraction("t"))
    report = export(database, Wanted(tmp_path / "out", "csv"))
    assert report.account.left_out == {"retracted or replaced": 2}
    assert report.account.written == {"entities": 1, "stakes": 1}
    assert [row["name"] for row in rows(tmp_path / "out" / "entities.csv")] == ["New"]


def test_the_clocks_choose_what_is_written(database: Database, tmp_path: Path) -> None:
    header = "owner,owned,percent,valid_from,valid_to,source"
    load(database, tmp_path, stakes=f"{header}\nb,a,10,2019,,s\nb,a,20,2021,2022,s\nc,a,5,,,s\n")
    before = datetime.now(UTC)
    load(database, tmp_path, stakes=f"{header}\nd,a,30,,,s\n")
    path = tmp_path / "then"
    report = export(database, Wanted(path, "csv", date(2021, 6, 1), before))
    assert report.account.left_out == {"known later": 1, "not speaking on the day": 1}
    assert [(row["owner"], row["percent"]) for row in rows(path / "stakes.csv")] == [("b", "20"), ("c", "5")]
    # the latest word of the source has ended on that day: what it said before does not speak again
    report = export(database, Wanted(tmp_path / "later", "csv", date(2024, 1, 1)))
    told = rows(tmp_path / "later" / "stakes.csv")
    assert [(row["owner"], row["percent"]) for row in told] == [("c", "5"), ("d", "30")]
    assert report.account.left_out == {"not speaking on the day": 2}


def test_what_is_there_is_replaced_only_if_that_is_wished(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes="owner,owned\nb,a\n")
    path = tmp_path / "out"
    export(database, Wanted(path, "csv"))
    before = set(tmp_path.iterdir())
    with pytest.raises(BadQuestion, match=r"nowhere is no folder"):
        export(database, Wanted(tmp_path / "nowhere" / "out", "csv"))
    with pytest.raises(BadQuestion, match=r"out is there already; --force replaces it"):
        export(database, Wanted(path, "csv"))
    export(database, Wanted(path, "csv", replace=True))
    (path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadQuestion, match=r"out holds mine\.txt"):
        export(database, Wanted(path, "csv", replace=True))
    (tmp_path / "other-2").mkdir()
    with pytest.raises(BadQuestion, match=r"other-2 would be taken for a part"):
        export(database, Wanted(tmp_path / "other", "csv"))
    assert set(tmp_path.iterdir()) == {*before, tmp_path / "other-2"}
