"""One entity under all policies: the figures of the verdicts, and what makes readings part."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations.errors import UnknownEntity
from lookthrough.investigations.policies_compared import ComparedReading, compare_policies
from lookthrough.investigations.verdicts import Question, verdict
from lookthrough.policies.library import Library

from .facts import TODAY, load, policy

LIBRARY = Library()
RULE = LIBRARY.pack("anthropic-2025-09")


@pytest.mark.parametrize("entity", ["grand-opus", "supercell"])
def test_every_reading_is_the_verdict_that_it_would_be_alone(demo: Database, entity: str) -> None:
    document = compare_policies(demo, Question(entity, RULE, TODAY), LIBRARY.all())
    first, *others = document.readings
    assert (first.policy.id, first.policy.variant, first.parting) == (RULE.id, RULE.default_variant, None)
    names = [(one.policy.id, one.policy.version, one.policy.variant) for one in document.readings]
    assert sorted(names) == sorted((p.id, p.version, v) for p in LIBRARY.all() for v in p.variants())
    assert document.complete
    for reading in document.readings:
        pack = LIBRARY.pack(f"{reading.policy.id}@{reading.policy.version}")
        alone = verdict(demo, Question(entity, pack, TODAY, variant=reading.policy.variant))
        assert (reading.outcome, reading.reason, reading.tests) == (alone.outcome, alone.reason, alone.tests)
    assert all((one.outcome != first.outcome) == (one.parting is not None) for one in others)


def test_a_search_that_was_cut_off_says_so_and_the_unknown_is_refused(demo: Database) -> None:
    question = Question("supercell", RULE, date(2026, 1, 1))
    assert not compare_policies(demo, question, [], Limits(entities=1)).complete
    with pytest.raises(UnknownEntity):
        compare_policies(demo, Question("no-such", RULE, TODAY), [])


def _of(document_readings: list[ComparedReading], variant: str) -> ComparedReading:
    return next(one for one in document_readings if one.policy.variant == variant)


def test_the_link_that_cascade_does_not_carry_is_named(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities="id,name,kind,headquarters\ns,Seed,company,CN\nm,Middle,company,DE\nt,Top,company,DE\nx,X,person,",
        stakes="owner,owned,percent\ns,m,49\nm,t,40\ns,t,45\nx,m,51\nx,t,15",
    )
    document = compare_policies(database, Question("t", RULE, TODAY), [])
    assert document.readings[0].tests[0].lower_exact == "323/500"  # 45% + 49% of 40%
    parting = _of(document.readings, "cascade").parting
    assert parting is not None
    assert (parting.kind, parting.owner, parting.owned) == ("stake", "m", "t")
    assert "Middle" in parting.sentence.en


def test_another_line_is_named_with_both_lines(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities="id,kind,headquarters\ns,company,CN\nt,company,DE\nx,person,",
        locations="entity,attribute,jurisdiction\nx,nationality,DE",
        stakes="owner,owned,percent\ns,t,30\nx,t,70",
    )
    document = compare_policies(database, Question("t", policy(), TODAY), [policy("> 25")])
    parting = document.readings[1].parting
    assert parting is not None
    assert (parting.kind, parting.test) == ("rule", "ownership")
    assert "50%" in parting.sentence.en
    assert "25%" in parting.sentence.zh


def test_tests_of_other_names_are_compared_by_kind(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities="id,kind,headquarters\ns,company,US\nt,company,DE",
        stakes="owner,owned,percent\ns,t,100",
    )
    written = policy().as_json() | {"id": "other", "seeds": {"id": ["s"]}}
    written["tests"] = [{"id": "held", "kind": "ownership", "threshold": "50%", "operator": ">"}]
    document = compare_policies(database, Question("t", policy(), TODAY), [LIBRARY.parse(written)])
    parting = document.readings[1].parting
    assert parting is not None
    assert (parting.kind, parting.entity) == ("party", "s")
