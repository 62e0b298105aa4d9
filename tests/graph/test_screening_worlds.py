"""Rows of a screening and single verdicts on small graphs: rings, groups, doubles, ends, limits, trust."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations.loading import load_files
from lookthrough.investigations.screening import Entry, Screening, ScreeningQuestion
from lookthrough.policies.library import Library
from lookthrough.policies.policy import PolicyDocument

from .facts import TODAY, files, load, policy
from .independent import COMPANIES, OTHERS, World, days, worlds
from .screenings import assert_same_bytes, everybody, screened


@st.composite
def _more(draw: st.DrawFn) -> dict[str, str]:
    """Who acts together, who is taken for whom, and what came to an end."""
    entity = st.sampled_from([*COMPANIES, *OTHERS])
    groups = draw(st.lists(st.tuples(st.sampled_from(["g", "h"]), entity), max_size=4, unique=True))
    doubles = draw(st.lists(st.tuples(entity, entity).filter(lambda p: p[0] != p[1]), max_size=1))
    ended = draw(st.lists(st.tuples(st.sampled_from(COMPANIES), st.just("2021-05-05")), max_size=1))
    return {
        "groups": _rows("group,member", groups),
        "same_as": _rows("entity,same_as", doubles),
        "entities": _rows("id,dissolved,source", [(*each, "registrar") for each in ended]),
    }


def _rows(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join([head, *map(",".join, rows)])


@pytest.mark.parametrize("kind", ["shares", "votes", "each"])
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds(("shares", "shares", "votes")), more=_more(), on=days)
def test_rows_of_any_small_graph_are_the_verdicts(
    database: Database,
    wipe: Callable[[], None],
    tmp_path: Path,
    kind: str,
    world: World,
    more: dict[str, str],
    on: date,
) -> None:
    wipe()
    load_files(database, [world.write(tmp_path / "world"), files(tmp_path / "more", **more)])
    rule = each_policy() if kind == "each" else policy(lane=kind)
    assert_same_bytes(database, everybody(database), rule, on)


def each_policy() -> PolicyDocument:
    """Each party by itself, with those that act together."""
    document: Any = policy(">= 25").as_json()
    document["tests"][0] |= {"arithmetic": "cascade", "pooling": "each"}
    return Library().parse(document)


@pytest.mark.parametrize("limits", [Limits(entities=2), Limits(stakes=2)])
def test_rows_over_a_limit_are_the_verdicts(database: Database, tmp_path: Path, limits: Limits) -> None:
    rows = "owner,owned,percent\ns,a,60\na,b,60\nb,t,60\ns,u,100"
    load(database, tmp_path, entities="id,kind,headquarters\ns,company,CN", stakes=rows)
    assert_same_bytes(database, everybody(database), policy(), limits=limits)


def test_a_trusted_source_is_heard_in_a_screening_too(database: Database, tmp_path: Path) -> None:
    rows = "owner,owned,percent,source\ns,t,60,press\ns,t,20,register"
    load(database, tmp_path, entities="id,kind,headquarters\ns,company,CN", stakes=rows)
    rule = Library().parse({**policy().as_json(), "trust": ["press"]})
    assert_same_bytes(database, everybody(database), rule)
    assert [each.row.outcome for each in screened(database, ["t"], rule)] == ["RESTRICTED"]


def test_facts_that_come_in_meanwhile_are_not_seen(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lookthrough.investigations.screening.AT_ONCE", 1)
    seat = "id,kind,headquarters\ns,company,CN"
    load(database, tmp_path, entities=seat, stakes="owner,owned,percent\ns,t,60\ns,u,60")
    rows = Screening(database, ScreeningQuestion(policy(), TODAY)).rows(map(Entry, ["t", "u", "v"]))
    first = next(rows)
    load(database, tmp_path, stakes="owner,owned,percent\nx,u,70\ns,v,60")
    second, third = rows
    assert [each.row.outcome for each in (first, second, third)] == ["RESTRICTED", "RESTRICTED", None]
    assert third.row.reason == "unknown_entity"
