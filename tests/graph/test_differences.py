"""Two verdicts side by side: what differs, and what made the difference."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lookthrough.graph.database import Database
from lookthrough.investigations.comparisons import ChangeDocument, DiffDocument
from lookthrough.investigations.differing import diff
from lookthrough.investigations.errors import UnknownVerdict
from lookthrough.investigations.storing import give
from lookthrough.investigations.verdicts import Question
from lookthrough.policies.library import Library

from .facts import TODAY, load, policy

RULE = Library().pack("anthropic-2025-09")
ENTITIES = """id,name,name_original,kind,headquarters,source
    s1,First,第一公司,company,CN,one
    s2,Second,,company,CN,one
    c,Clean,,company,US,one
    t,Target,,company,US,one"""


def effects(document: DiffDocument) -> list[tuple[str, str | None, str]]:
    return [(change.effect, change.owner or change.entity, change.kind) for change in document.changes]


def test_the_stake_that_carried_it_over_the_line_is_named(demo: Database) -> None:
    a = give(demo, Question("halti", RULE, date(2019, 10, 20)))
    b = give(demo, Question("halti", RULE, date(2019, 10, 22)))
    document = diff(demo, a.verdict_id, b.verdict_id)
    assert (document.a.outcome, document.b.outcome) == ("UNDETERMINED", "RESTRICTED")
    assert (document.differs, document.same, document.complete) == (["as_of", "facts"], False, True)
    (turning,) = [change for change in document.changes if change.effect == "turns"]
    assert (turning.owner, turning.before, turning.after, turning.clock) == (
        "tencent",
        "50%",
        "51.2%",
        "as_of",
    )
    lower = next(f for f in document.figures if (f.test, f.figure) == ("ownership", "lower"))
    assert (lower.a, lower.b) == ("1/2", "64/125")
    assert "By itself" in document.sentence.en
    assert "腾讯控股" in document.sentence.zh
    back = diff(demo, b.verdict_id, a.verdict_id)
    assert ("turns", "tencent", "stake") in effects(back)


def test_a_verdict_compared_with_itself_is_the_same(demo: Database) -> None:
    a = give(demo, Question("halti", RULE, TODAY))
    document = diff(demo, a.verdict_id, a.verdict_id)
    assert (document.same, document.differs, document.changes, document.figures) == (True, [], [], [])
    assert document.sentence.en == "Outcome and figures are the same."


def test_another_reading_is_named_with_the_lines_that_differ(demo: Database) -> None:
    a = give(demo, Question("supercell", RULE, TODAY, "multiplicative"))
    b = give(demo, Question("supercell", RULE, TODAY, "cascade"))
    document = diff(demo, a.verdict_id, b.verdict_id)
    assert document.differs == ["variant"]
    (change,) = document.changes
    assert (change.kind, change.effect) == ("policy", "turns")
    line = next(each for each in document.policy if each.field == "tests.ownership.arithmetic")
    assert (line.left, line.right) == ("multiplicative", "cascade")


def test_verdicts_about_different_entities_share_no_cause(demo: Database) -> None:
    a, b = (give(demo, Question(entity, RULE, TODAY)) for entity in ("gazprom", "mercedes"))
    document = diff(demo, a.verdict_id, b.verdict_id)
    assert ("subject" in document.differs, document.changes) == (True, [])
    assert "different entities" in document.sentence.en


def test_a_verdict_that_is_not_stored_is_named(demo: Database) -> None:
    a = give(demo, Question("gazprom", RULE, TODAY))
    with pytest.raises(UnknownVerdict, match="'v1:none'"):
        diff(demo, a.verdict_id, "v1:none")


def compared(database: Database, folder: Path, first: str, then: str) -> DiffDocument:
    """The verdict about `t` before and after a second load of stakes."""
    load(database, folder, entities=ENTITIES, stakes=f"owner,owned,percent,source\n{first}")
    a = give(database, Question("t", policy(), TODAY))
    load(database, folder, stakes=f"owner,owned,percent,source\n{then}")
    b = give(database, Question("t", policy(), TODAY))
    return diff(database, a.verdict_id, b.verdict_id)


def sentences(changes: list[ChangeDocument]) -> list[str]:
    return [change.sentence.en for change in changes]


def test_where_no_change_is_enough_alone_a_set_is_named_of_which_none_can_be_spared(
    database: Database, tmp_path: Path
) -> None:
    document = compared(
        database,
        tmp_path,
        "s1,t,20,one\n s2,t,20,one\n c,t,30,one",
        "s1,t,30,one\n s2,t,30,one\n c,t,25,one",
    )
    assert [(change.effect, change.owner) for change in document.changes] == [
        ("part", "s1"),
        ("part", "s2"),
        ("none", "c"),
    ]
    assert {change.clock for change in document.changes} == {"known_at"}
    assert "do together" in document.sentence.en
    assert sentences(document.changes)[0] == "The stake of First in Target (capital) goes from 20% to 30%."
    assert "第一公司对Target的持股（资本）由 20% 变为 30%。" in document.sentence.zh


def test_a_stake_that_came_above_counts_with_what_stood_there_before(
    database: Database, tmp_path: Path
) -> None:
    """`m` was held by a seed all along; only that `m` holds `t` is new."""
    document = compared(database, tmp_path, "s1,m,90,one\n c,t,30,one", "m,t,70,one")
    assert effects(document) == [("turns", "m", "stake")]
    assert (document.changes[0].before, document.changes[0].after) == (None, "70%")


def test_a_seat_that_moved_is_named(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=ENTITIES,
        stakes="owner,owned,percent,source\n c,t,80,one",
        locations="entity,attribute,jurisdiction,valid_from,source\n c,headquarters,CN,2025-01-01,one",
    )
    a = give(database, Question("t", policy(), date(2024, 12, 31)))
    b = give(database, Question("t", policy(), date(2025, 1, 1)))
    document = diff(database, a.verdict_id, b.verdict_id)
    (change,) = document.changes
    assert (change.effect, change.kind, change.before, change.after) == ("turns", "location", "US", "CN")
    assert change.clock == "as_of"


def test_what_a_region_list_said_on_another_day_is_named(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities="id,kind,headquarters,source\n t,company,LY,one")
    a = give(database, Question("t", RULE, date(2026, 10, 1)))
    b = give(database, Question("t", RULE, date(2026, 10, 2)))
    assert (a.outcome, b.outcome) == ("RESTRICTED", "UNDETERMINED")
    document = diff(database, a.verdict_id, b.verdict_id)
    assert effects(document) == [("turns", None, "region_lists")]
    (entry,) = document.region_lists
    assert "LY" in entry.only_b
    assert "LY" not in entry.only_a


def test_a_dissolution_between_two_days_is_named(database: Database, tmp_path: Path) -> None:
    gone = ENTITIES.replace("headquarters,source", "headquarters,dissolved,source")
    gone = "\n".join(
        line.replace(",one", ",2020-06-01,one" if line.strip().startswith("s1") else ",,one")
        for line in gone.splitlines()
    )
    load(database, tmp_path, entities=gone, stakes="owner,owned,percent\ns1,t,60\nc,t,40")
    a = give(database, Question("t", policy(), date(2020, 5, 31)))
    b = give(database, Question("t", policy(), date(2020, 6, 1)))
    document = diff(database, a.verdict_id, b.verdict_id)
    assert (document.a.outcome, document.b.outcome) == ("RESTRICTED", "UNDETERMINED")
    assert effects(document) == [("turns", "s1", "dissolved")]
    assert document.changes[0].after == "2020-06-01"
    assert "2020-06-01" in document.sentence.en


def test_an_id_that_was_taken_for_another_is_named(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes="owner,owned,percent\nx,t,60\nc,t,40")
    a = give(database, Question("t", policy(), TODAY))
    load(database, tmp_path, same_as="entity,same_as,source\nx,s1,analyst")
    b = give(database, Question("t", policy(), TODAY))
    document = diff(database, a.verdict_id, b.verdict_id)
    assert (document.a.outcome, document.b.outcome) == ("UNDETERMINED", "RESTRICTED")
    named = {change.kind: change for change in document.changes}
    assert "same_as" in named
    assert {change.effect for change in document.changes} & {"turns", "part"}
