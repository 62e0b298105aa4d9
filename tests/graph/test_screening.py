"""Screening many entities gives the bytes that asking for each of them gives."""

from __future__ import annotations

from datetime import date

import pytest

from lookthrough.graph import shared
from lookthrough.graph.database import Database
from lookthrough.investigations import chains
from lookthrough.investigations.errors import UnknownEntity
from lookthrough.investigations.screening import Screening, ScreeningQuestion, Tally
from lookthrough.investigations.verdicts import Question, verdict
from lookthrough.policies.errors import UnknownVariant
from lookthrough.policies.library import Library

from .facts import TODAY, policy
from .screenings import assert_same_bytes, everybody, screened


@pytest.mark.parametrize(
    ("pack", "each"),
    [
        ("anthropic-2025-09", 6),
        ("ofac-50-percent", 20),
        ("company-control", 20),
        ("ecb-close-links-legal-text", 20),
        ("cfius-parent", 30),
    ],
)
def test_rows_of_the_demo_set_are_the_verdicts(demo: Database, pack: str, each: int) -> None:
    assert_same_bytes(demo, everybody(demo)[::each], Library().pack(pack))


def test_rows_in_a_ring_are_the_verdicts(demo: Database) -> None:
    rule = Library().pack("anthropic-2025-09")
    assert_same_bytes(demo, ["naspers", "prosus", "tencent"], rule, date(2022, 6, 1))


def test_few_chains_in_memory_are_those_of_the_path_query(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, ids = Library().pack("anthropic-2025-09"), ["lynk", "nayara", "smart", "gazprom", "polestar"]
    monkeypatch.setattr(chains, "find_chains", None)  # no path query is needed for these
    fast = screened(demo, ids, rule)
    monkeypatch.undo()
    assert [each.document for each in fast] == [
        verdict(demo, Question(each, rule, TODAY)).to_json() for each in ids
    ]


def test_what_is_read_anew_is_the_same(demo: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Library().pack("anthropic-2025-09")
    ids = everybody(demo)
    at_once = screened(demo, ids, rule)
    monkeypatch.setattr(shared, "MOST_STAKES", 150)
    monkeypatch.setattr("lookthrough.investigations.screening.AT_ONCE", 40)
    assert [each.document for each in screened(demo, ids, rule)] == [each.document for each in at_once]


def test_every_row_is_answered_in_its_place(demo: Database) -> None:
    rule = Library().pack("anthropic-2025-09")
    found = [each.row for each in screened(demo, ["lynk", "nobody", "", "lynk"], rule)]
    assert [(row.row, row.entity, row.outcome, row.reason) for row in found] == [
        (1, "lynk", "RESTRICTED", "ownership_over_threshold"),
        (2, "nobody", None, "unknown_entity"),
        (3, "", None, "no_id"),
        (4, "lynk", "RESTRICTED", "ownership_over_threshold"),
    ]
    assert found[1].problem == str(UnknownEntity("nobody"))
    assert found[0].verdict_id == found[3].verdict_id
    assert (found[0].lower, found[0].upper, found[0].unknown) == ("1", "1", "0")


def test_rows_are_counted(demo: Database) -> None:
    rule = Library().pack("anthropic-2025-09")
    tally = Tally()
    for each in screened(demo, ["lynk", "nobody", "gazprom", "spring-sg", "proton"], rule):
        tally.add(each.row.outcome, each.row.reason)
    counts = tally.counts()
    assert counts.outcomes == {"RESTRICTED": 2, "UNDETERMINED": 1, "NOT_RESTRICTED": 1}
    assert counts.undetermined == {"could_cross_the_line": 1}
    assert (counts.total, counts.problems) == (5, 1)


def test_an_unknown_reading_is_refused_before_anything_is_read(demo: Database) -> None:
    with pytest.raises(UnknownVariant):
        Screening(demo, ScreeningQuestion(policy(), TODAY, variant="no-such"))
