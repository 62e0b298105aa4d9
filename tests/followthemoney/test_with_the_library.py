"""What is exported as FollowTheMoney, read by the library of the model: all of it, and nobody is missing."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.graph.nasty import nasty

import lookthrough
from lookthrough.graph.database import Database
from lookthrough.investigations.exporting import ExportReport, Wanted, export
from lookthrough.investigations.loading import load_files

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-ftm" / "bin" / "python"
DATA = ROOT / "tests" / "data"


def as_the_library_reads(path: Path) -> dict[str, Any]:
    script = Path(__file__).with_name("as_the_library_reads.py")
    command = [str(PYTHON), str(script), str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    read: dict[str, Any] = json.loads(ran.stdout)
    return read


def exported(database: Database, path: Path) -> ExportReport:
    return export(database, Wanted(path, "ftm"))


@pytest.mark.parametrize("name", ["demo", "registers"])
def test_the_library_reads_all_of_an_export(database: Database, tmp_path: Path, name: str) -> None:
    samples = [DATA / "ftm" / f"{file}.ftm.json" for file in ("entities", "register")]
    samples += [DATA / "psc" / "snapshot.jsonl", DATA / "bods" / "register.json"]
    demo = [Path(lookthrough.__file__).parent / "demo"]
    load_files(database, demo if name == "demo" else samples)
    report = exported(database, tmp_path / "all.ftm.json")
    read = as_the_library_reads(tmp_path / "all.ftm.json")
    assert read["schemata"] == dict(report.account.written)
    assert (read["lost"], read["dangling"]) == ([], [])
    assert sum(edge[0] == "Ownership" for edge in read["edges"]) == report.account.written["Ownership"]


def test_facts_of_every_shape_are_read(database: Database, tmp_path: Path) -> None:
    """Ids that the model does not allow are digests; the library may tidy texts, but takes every entity."""
    for folder in nasty(tmp_path / "in", random.Random(1)):
        load_files(database, [folder])
    report = exported(database, tmp_path / "all.ftm.json")
    read = as_the_library_reads(tmp_path / "all.ftm.json")
    assert read["schemata"] == dict(report.account.written)
    assert read["dangling"] == []
    assert {name for _, name, _ in read["lost"]} <= {"innCode", "programId", "recordId", "sourceUrl"}
