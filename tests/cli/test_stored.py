"""Verdicts that were given before, at the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .commands import Desk

QUESTION = ("nis", "--policy", "anthropic-2025-09", "--as-of", "2026-11-01")


def test_a_verdict_is_shown_and_replayed_byte_for_byte(demo: Desk) -> None:
    given = demo.run("verdict", *QUESTION, "--json")
    verdict_id = given.document["verdict_id"]
    assert demo.run("show", verdict_id, "--json").answer == given.answer
    assert demo.run("replay", verdict_id, "--json").document["same"] is True
    listed = demo.run("verdicts", "nis", "--json").document["items"]
    assert [item["verdict_id"] for item in listed] == [verdict_id]
    assert "the verdict is the same" in demo.run("replay", verdict_id).text
    assert "NIS" in demo.run("show", verdict_id).text
    assert verdict_id[:12] in demo.run("verdicts", "nis").text


def test_a_verdict_that_is_not_stored_is_bad_input(demo: Desk) -> None:
    ended = demo.run("show", "v1:none")
    assert (ended.code, ended.sentence) == (2, "there is no stored verdict with the id 'v1:none'")


def test_two_verdicts_and_one_over_time(demo: Desk) -> None:
    question = ("halti", "--policy", "anthropic-2025-09")
    ids = [
        demo.run("verdict", *question, "--as-of", day, "--json").document["verdict_id"]
        for day in ("2019-10-20", "2019-10-22")
    ]
    found = demo.run("diff", *ids, "--json").document
    assert (found["a"]["verdict_id"], found["b"]["verdict_id"]) == tuple(ids)
    assert "51.2%" in demo.run("diff", *ids).text
    told = demo.run("history", *question, "--from", "2019-01-01", "--json").document
    assert [period["outcome"] for period in told["periods"]] == ["UNDETERMINED", "RESTRICTED"]
    assert "51.2%" in demo.run("history", *question).text


def test_evidence_is_written_into_a_new_folder(demo: Desk, tmp_path: Path) -> None:
    question = ("lynk", "--policy", "anthropic-2025-09", "--as-of", "2026-11-01")
    verdict_id = demo.run("verdict", *question, "--json").document["verdict_id"]
    out = tmp_path / "evidence"
    document = demo.run("evidence", verdict_id, "--out", out, "--language", "zh", "--json").document
    assert document["verdict_id"] == verdict_id
    verified = subprocess.run([sys.executable, "-I", out / "verify.py"], capture_output=True, check=False)
    assert verified.returncode == 0, verified.stdout
    again = demo.run("evidence", verdict_id, "--out", out)
    assert (again.code, again.sentence) == (2, f"out: {out} is there already and is not an empty folder")
