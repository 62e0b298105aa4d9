"""Rows that cannot be used are named one by one, the rest is loaded, and the report adds up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lookthrough.graph.database import Database
from lookthrough.investigations.loading import LoadReport, load_files

from .canonical import canonical
from .facts import figures, files, load

ENTITIES = """
    id,name,kind,headquarters,lei,founded,dissolved
    t,Target,company,US,,,
    p,Person,person,,,,
    ,Nameless id,company,US,,,
    k,Odd kind,firm,US,,,
    c,No such country,company,QQ,,,
    l,Wrong digits,company,US,529900T8BM49AURSDO56,,
    d,Dissolved before it began,company,US,,2020,2018
    t,Target of another name,company,US,,,
    f,Too few fields
"""
STAKES = """
    owner,owned,lane,percent,valid_from,valid_to
    p,t,,60,,
    p,t,,140,,
    p,t,,"[50,25]",,
    p,t,,half,,
    p,t,board,50,,
    p,t,capital,50,,
    p,t,,50,2021-13,,
    p,t,,50,2022,2021
    ,t,,50,,
    new-owner,p,,50,,
    p,t,,50,,,too,many
    p,t,,"5
"""
LOCATIONS = """
    entity,attribute,jurisdiction,valid_from
    t,headquarters,SG,2020
    t,seat,SG,
    t,headquarters,sg,
    t,headquarters,,
    t,headquarters,SG,2021-02-30
"""

NAMED = {
    ("entities.csv", 4, "id", "", "The id is empty"),
    ("entities.csv", 5, "kind", "firm", "It is none of company"),
    ("entities.csv", 6, "headquarters", "QQ", "'QQ' is not an ISO 3166"),
    ("entities.csv", 7, "lei", "529900T8BM49AURSDO56", "The check digits"),
    ("entities.csv", 8, "founded", "2020", "It is later than the day of dissolution"),
    ("entities.csv", 9, "id", "t", "another row of this load describes it differently"),
    ("entities.csv", 10, "kind", "", "The row has 2 fields"),
    ("stakes.csv", 3, "percent", "140", "A percent lies between 0 and 100"),
    ("stakes.csv", 4, "percent", "[50,25]", "The interval's lower end"),
    ("stakes.csv", 5, "percent", "half", "A percent is a number"),
    ("stakes.csv", 6, "percent", "50", "A stake in lane board carries no percent"),
    ("stakes.csv", 7, "lane", "capital", "It is none of shares"),
    ("stakes.csv", 8, "", "", "The row has 7 fields"),
    ("stakes.csv", 9, "valid_from", "2022", "It begins on"),
    ("stakes.csv", 10, "owner", "", "The owner is empty"),
    ("stakes.csv", 11, "owned", "p", "nobody holds shares in a person"),
    ("stakes.csv", 12, "", "too,many", "The row has 8 fields"),
    ("stakes.csv", 13, "", "", "A quote is opened"),
    ("locations.csv", 3, "attribute", "seat", "It is none of headquarters"),
    ("locations.csv", 4, "jurisdiction", "sg", "Country codes are upper-case"),
    ("locations.csv", 5, "jurisdiction", "", "The jurisdiction is empty"),
    ("locations.csv", 6, "valid_from", "2021-02-30", "There is no such day"),
}


def test_every_bad_row_is_named_and_the_good_ones_are_loaded(database: Database, tmp_path: Path) -> None:
    folder = files(tmp_path, entities=ENTITIES, stakes=STAKES, locations=LOCATIONS)
    report = load_files(database, [folder])
    found = {(r.file, r.line, r.field, r.value): r.reason for r in report.rejections}
    assert set(found) == {row[:4] for row in NAMED}
    for *where, reason in NAMED:
        assert found[where[0], where[1], where[2], where[3]].startswith(reason)  # type: ignore[index]
    assert figures(report) == (len(NAMED) + 4, 4, 0, len(NAMED))
    assert (report.entities_new, report.entities_implied, report.stakes_new) == (2, 0, 1)


def test_a_set_with_bad_rows_a_second_time_has_nothing_new(database: Database, tmp_path: Path) -> None:
    folder = files(tmp_path, entities=ENTITIES, stakes=STAKES, locations=LOCATIONS)
    first, before = load_files(database, [folder]), canonical(database)
    again = load_files(database, [folder])
    assert figures(again) == (len(NAMED) + 4, 0, 4, len(NAMED))
    assert again.rejections == first.rejections
    assert canonical(database) == before


def refusals(database: Database, folder: Path, **tables: str) -> list[tuple[str, int, str, str]]:
    report = load_files(database, [files(folder, **tables)])
    return [(r.file, r.line, r.field, r.value) for r in report.rejections]


@pytest.mark.parametrize(
    ("kind", "lane"),
    [
        *((kind, "shares") for kind in ("person", "state", "foundation", "public_float")),
        *((kind, "votes") for kind in ("person", "state", "foundation", "public_float")),
        *((kind, "board") for kind in ("person", "public_float")),
        *((kind, "control") for kind in ("person", "public_float")),
    ],
)
def test_nobody_holds_anything_in_an_end(database: Database, tmp_path: Path, kind: str, lane: str) -> None:
    named = refusals(
        database,
        tmp_path,
        entities=f"id,kind\ne,{kind}",
        stakes=f"owner,owned,lane,source\nnew,e,{lane},new source",
    )
    assert named == [("stakes.csv", 2, "owned", "e")]
    graph = canonical(database)
    assert graph.mentioning('"new"') == graph.mentioning("new source") == []


@pytest.mark.parametrize("kind", ["state", "foundation"])
def test_the_board_of_a_state_body_or_a_foundation_can_be_appointed(
    database: Database, tmp_path: Path, kind: str
) -> None:
    load(database, tmp_path, entities=f"id,kind\ne,{kind}", stakes="owner,owned,lane\na,e,board")


def test_the_same_bad_row_twice_is_named_twice(database: Database, tmp_path: Path) -> None:
    named = refusals(
        database, tmp_path, entities="id,kind\np,person", stakes="owner,owned,percent\na,p,5\na,p,5"
    )
    assert [line for _, line, _, _ in named] == [2, 3]


def test_a_company_in_which_shares_are_held_does_not_become_a_person(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities="id,kind\nc,company", stakes="owner,owned,percent\na,c,50")
    before = canonical(database)
    named = refusals(database, tmp_path / "later", entities="id,kind,nationality\nc,person,US")
    assert named == [("entities.csv", 2, "kind", "person")]
    assert canonical(database) == before


def test_a_held_company_can_become_a_fund(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities="id,kind\nc,company", stakes="owner,owned,percent\na,c,50")
    load(database, tmp_path, entities="id,kind\nc,fund")
    assert len(canonical(database).mentioning('["Entity","Fund"]')) == 1


def test_of_two_different_rows_for_one_id_the_second_is_refused(database: Database, tmp_path: Path) -> None:
    named = refusals(
        database,
        tmp_path,
        entities="id,name\na,One\na,Two\na,One",
        sources="source,title\ns,One\ns,Two",
    )
    assert named == [("sources.csv", 3, "source", "s"), ("entities.csv", 3, "id", "a")]
    assert len(canonical(database).mentioning('"Two"')) == 0


def test_two_entity_files_that_differ_are_told_apart(database: Database, tmp_path: Path) -> None:
    files(tmp_path / "one", entities="id,name\na,One")
    files(tmp_path / "two", entities="id,name\na,Two")
    report = load_files(database, [tmp_path / "one", tmp_path / "two"])
    (rejection,) = report.rejections
    assert (rejection.file, rejection.line) == (str(tmp_path / "two" / "entities.csv"), 2)


ids = st.sampled_from(["a", "b", "c", "p", "", "x" * 201])
entity_rows = st.tuples(ids, st.sampled_from(["company", "person", "firm", ""]))
stake_rows = st.tuples(ids, ids, st.sampled_from(["50", "20", "140", "", "(25,50]", "x"]))
tables = st.tuples(st.lists(entity_rows, max_size=8), st.lists(stake_rows, max_size=12))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables=tables)
def test_the_report_adds_up_whatever_the_rows_are(
    database: Database,
    wipe: Callable[[], None],
    tmp_path: Path,
    tables: tuple[list[tuple[str, str]], list[tuple[str, str, str]]],
) -> None:
    wipe()
    entities, stakes = tables
    folder = files(
        tmp_path,
        entities="\n".join(["id,kind", *(",".join(row) for row in entities)]),
        stakes="\n".join(["owner,owned,percent", *(f'{a},{b},"{c}"' for a, b, c in stakes)]),
    )
    first = load_files(database, [folder])
    graph = canonical(database)
    assert adds_up(first, len(entities) + len(stakes))
    nodes = len(graph.mentioning('["Entity"'))
    assert first.entities_new + first.entities_implied == nodes
    assert bool(graph.mentioning('"OWNS"')) == (first.stakes_new > 0)
    again = load_files(database, [folder])
    assert adds_up(again, first.read)
    assert (again.loaded, again.duplicate, again.rejections) == (
        0,
        first.loaded + first.duplicate,
        first.rejections,
    )
    assert canonical(database) == graph


def adds_up(report: LoadReport, read: int) -> bool:
    return (
        report.read == report.loaded + report.duplicate + report.rejected == read
        and len(report.rejections) == report.rejected
    )
