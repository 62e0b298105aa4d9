"""What if, against a fresh graph in which the edited facts were loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from lookthrough.control.facts import Lane
from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations.edits import parse_edits
from lookthrough.investigations.errors import BadQuestion
from lookthrough.investigations.loading import load_files
from lookthrough.investigations.verdicts import Question
from lookthrough.investigations.what_if import WhatIfDocument, what_if

from .facts import TODAY, ask, load, ownership, policy, shares
from .independent import COMPANIES, OTHERS, SUBJECT, Told, World, days, worlds

Written = dict[str, JsonValue]
OF_ITS_OWN = {"verdict_id", "facts", "sources", "hypothetical", "known_at", "warnings"}

ENTITIES = """id,kind,headquarters,nationality
t,company,US,
a,company,US,
s,company,CN,
p,person,,US
x,company,US,"""
STAKES = "owner,owned,percent\ns,a,60\np,a,40\na,t,60\np,t,40\ns,x,100"

owners = st.sampled_from([*COMPANIES, *OTHERS, "implied", "new"])
owned = st.sampled_from(COMPANIES)
percents = st.sampled_from(["60", "100", "0", "", "(25,50]", "100/3", "5"])
set_stakes = st.fixed_dictionaries(
    {"op": st.just("set_stake"), "owner": owners, "owned": owned, "percent": percents},
    optional={"holding": st.sampled_from(["", "b"])},
)
set_locations = st.fixed_dictionaries(
    {
        "op": st.just("set_location"),
        "entity": st.sampled_from([*COMPANIES, "s0", "u0"]),
        "attribute": st.just("headquarters"),
        "jurisdiction": st.sampled_from(["CN", "US", "", "CN|US"]),
    }
)
edits_made = st.lists(st.one_of(set_stakes, set_stakes, set_locations), min_size=1, max_size=4)


def asked(
    database: Database,
    edits: Sequence[JsonValue],
    entity: str = "t",
    on: date = TODAY,
    lane: str = "shares",
    limits: Limits | None = None,
) -> WhatIfDocument:
    return what_if(database, Question(entity, policy(lane=lane), on), parse_edits(list(edits)), limits)


def with_edit(world: World, edit: dict[str, str]) -> World:
    """The rows that say what the edit says."""
    if edit["op"] == "set_location":
        entity, code = edit["entity"], edit["jurisdiction"]
        rows = tuple(told for told in world.locations if told.about[0] != entity)
        return replace(world, seats={**world.seats, entity: code}, locations=rows)
    meant = (edit["owner"], edit["owned"], "shares")
    holding = edit.get("holding")
    rows = tuple(
        told
        for told in world.stakes
        if told.about[:3] != meant or (holding is not None and told.about[3] != holding)
    )
    put = Told((*meant, holding or ""), edit["percent"], source="what-if")
    return replace(world, stakes=(*rows, put))


@pytest.mark.parametrize("lane", ["shares", "votes"])
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],  # a failure is told at once: every example loads two graphs
)
@given(world=worlds(("shares", "shares", "votes")), on=days, edits=edits_made)
def test_an_edit_is_as_good_as_loading_the_edited_facts(
    database: Database,
    wipe: Callable[[], None],
    tmp_path: Path,
    lane: str,
    world: World,
    on: date,
    edits: list[dict[str, str]],
) -> None:
    wipe()
    load_files(database, [world.write(tmp_path)])
    recorded = ask(database, SUBJECT, policy(lane=lane), as_of=on)
    told = asked(database, [dict(edit) for edit in edits], SUBJECT, on, lane)
    assert told.before.to_json() == recorded.to_json()
    for edit in edits:
        world = with_edit(world, edit)
    wipe()
    assume(load_files(database, [world.write(tmp_path)]).rejections == [])
    fresh = ask(database, SUBJECT, policy(lane=lane), as_of=on)
    assert told.after.model_dump(exclude=OF_ITS_OWN) == fresh.model_dump(exclude=OF_ITS_OWN)
    made_up = [warning for warning in told.after.warnings if warning.code == "not_on_record"]
    assert [warning for warning in told.after.warnings if warning not in made_up] == fresh.warnings
    assert [warning.entity for warning in made_up] == told.hypothetical


def test_facts_above_a_new_owner_are_read_too(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    told = asked(database, [{"op": "set_stake", "owner": "x", "owned": "t", "percent": "40"}, REMOVED])
    assert (shares(told.before), shares(told.after)) == (("9/25", "16/25", "0"), ("19/25", "6/25", "0"))
    assert (told.before.outcome, told.after.outcome) == ("NOT_RESTRICTED", "RESTRICTED")
    assert [chain.product_min for chain in told.after.chains] == ["0.4", "0.36"]
    assert (told.after.chains_total, told.after.rest, told.after.hypothetical) == ("0.76", "0", True)
    assert told.after.verdict_id.startswith("w1:")


REMOVED: Written = {"op": "remove_stake", "owner": "p", "owned": "t"}


def test_an_edit_may_name_any_id_of_an_entity(database: Database, tmp_path: Path) -> None:
    same = "entity,same_as,source\na,a2,register\nx,x2,register"
    entities = f"{ENTITIES}\na2,company,US,\nx2,company,US,"
    load(database, tmp_path, entities=entities, stakes=f"{STAKES}\ns,x2,100", same_as=same)
    edits: list[JsonValue] = [
        {"op": "set_stake", "owner": "a2", "owned": "t", "percent": "10"},
        {"op": "add_stake", "owner": "x2", "owned": "t", "percent": "30"},
    ]
    told = asked(database, edits)
    assert (shares(told.before)[0], shares(told.after)[0], told.hypothetical) == ("9/25", "9/25", [])
    assert [chain.product_min for chain in told.after.chains] == ["0.3", "0.06"]


def test_nothing_is_stored(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    first = asked(database, [REMOVED])
    again = asked(database, [REMOVED])
    assert first.to_json() == again.to_json()
    assert ask(database, "t").to_json() == first.before.to_json()


def test_an_owner_that_nobody_knows_is_made_up_and_said_to_be(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    edits: list[JsonValue] = [
        REMOVED,
        {"op": "add_stake", "owner": "new", "owned": "t", "percent": "40", "owner_kind": "company"},
        {"op": "set_location", "entity": "new", "attribute": "headquarters", "jurisdiction": "CN"},
    ]
    told = asked(database, edits)
    assert (told.hypothetical, shares(told.after)[0]) == (["new"], "19/25")
    assert "not_on_record" in [warning.code for warning in told.after.warnings]


def test_edits_in_lanes_that_the_rule_does_not_read_change_no_figure(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=f"{STAKES}")
    told = asked(database, [{"op": "set_stake", "owner": "s", "owned": "t", "lane": "board"}])
    assert ownership(told.after) == ownership(told.before)


def test_what_could_not_be_read_stays_unknown(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    for most in range(6):
        told = asked(
            database, [{"op": "set_stake", "owner": "x", "owned": "t", "percent": "5"}], limits=Limits(most)
        )
        assert told.after.complete or told.after.outcome != "NOT_RESTRICTED"


STAKE: Written = {"op": "set_stake", "owner": "x", "owned": "t", "percent": "5"}


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ({**STAKE, "percent": "140"}, "edits[1].percent: A percent lies between 0 and 100."),
        ({**STAKE, "percent": 5}, "edits[1].percent: Input should be a valid string"),
        ({**STAKE, "lane": "board"}, "edits[1].percent: a stake in the lane board has none"),
        ({**STAKE, "lane": "none"}, "edits[1].lane: Input should be 'shares', 'votes', 'board' or 'control'"),
        ({**STAKE, "owner": ""}, "edits[1].owner: It is empty."),
        ({**STAKE, "owned": "p"}, "edits[1].owned: nobody holds shares of a person, which 'p' is"),
        ({**STAKE, "owner_kind": "person"}, "edits[1].owner_kind: 'x' is a company already"),
        ({**STAKE, "extra": "5"}, "edits[1].extra: Extra inputs are not permitted"),
        ({**REMOVED, "owner": "x"}, "edits[1].owner: 'x' has no such stake on record"),
        ({**STAKE, "op": "add_stake", "owner": "a"}, "edits[1].holding: 'a' has this holding on record"),
        (
            {"op": "set_location", "entity": "t", "attribute": "headquarters"},
            "edits[1].jurisdiction: Field req",
        ),
        (
            {"op": "set_location", "entity": "t", "attribute": "headquarters", "jurisdiction": "UK"},
            "edits[1].jurisdiction: UK is not an ISO 3166 code: write GB.",
        ),
        ({"op": "move"}, "edits[1].op: Input tag 'move'"),
        ({}, "edits[1].op: Unable"),
        ("x", "edits[1]: Input should be"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_edit_is_named_by_its_number_and_field(
    database: Database, tmp_path: Path, edit: JsonValue, told: str
) -> None:
    load(database, tmp_path, entities=ENTITIES, stakes=STAKES)
    with pytest.raises(BadQuestion) as raised:
        asked(database, [{"op": "set_stake", "owner": "s", "owned": "a", "percent": "10"}, edit])
    assert str(raised.value).startswith(told)


@pytest.mark.parametrize("edits", [[], [REMOVED] * 51, "x", None])
def test_the_number_of_edits_is_bounded(edits: object) -> None:
    with pytest.raises(BadQuestion, match="1 to 50 edits"):
        parse_edits(edits)


def test_lanes_are_those_of_the_facts() -> None:
    (edit,) = parse_edits([{"op": "remove_stake", "owner": "a", "owned": "b", "lane": "control"}])
    assert edit.model_dump()["lane"] is Lane.CONTROL
