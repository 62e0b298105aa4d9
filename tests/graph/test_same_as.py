"""Ids that a source takes for one count as one entity."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.graph.facts import TODAY, ask, load, ownership, policy, shares, walk

from lookthrough.graph.database import Database
from lookthrough.graph.direct import Side
from lookthrough.investigations.direct import direct_stakes
from lookthrough.investigations.entities import Page, entity
from lookthrough.policies.library import Library

ENTITIES = """
    id,name,kind,headquarters,nationality
    s,Seed,company,CN,
    a,Firm A,company,SG,
    a2,Firm A Ltd,company,SG,
    t,Target,company,US,
    t2,Target Inc,company,US,
    p,Person,person,,US
"""


def test_stakes_of_both_ids_count_for_the_one_entity(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=ENTITIES,
        stakes="owner,owned,percent\ns,a2,100\na,t,70\np,t2,30",
        same_as="entity,same_as,source\na,a2,matcher\nt2,t,matcher",
    )
    document = ask(database, "t")
    assert shares(document) == ("7/10", "3/10", "0")
    assert document.outcome == "RESTRICTED"
    assert [walk(chain) for chain in document.chains] == [("s", "a", "t")]
    assert [w.entity for w in document.warnings if w.code == "same_as_recorded"] == ["a", "t"]
    assert shares(ask(database, "t2")) == ("7/10", "3/10", "0")


def test_two_figures_for_what_is_one_stake_are_never_added(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=ENTITIES,
        stakes="owner,owned,percent\ns,a2,100\na,t,40\na2,t2,30\np,t,30",
        same_as="entity,same_as\na,a2\nt2,t",
    )
    document = ask(database, "t")
    assert shares(document) == ("3/10", "3/10", "2/5")
    assert [w.entity for w in document.warnings if w.code == "conflict"] == ["t"]


def test_the_latest_word_of_a_source_speaks_over_both_ids(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=ENTITIES,
        stakes="""
            owner,owned,percent,valid_from,valid_to,source
            s,t,60,2015,2020,register
            s2,t,60,2010,,register
        """,
        same_as="entity,same_as\ns,s2",
    )
    assert shares(ask(database, "t")) == ("0", "0", "1")


def test_places_and_lists_of_both_ids_are_those_of_the_one(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities="id,kind,headquarters\nx,company,SG\nx2,company,CN\nt,company,US",
        stakes="owner,owned,percent\nx,t,100",
        same_as="entity,same_as\nx,x2",
    )
    document = ask(database, "t")
    assert (document.outcome, shares(document)) == ("UNDETERMINED", ("0", "0", "1"))
    assert [gap.kind for gap in document.missing] == ["disputed_location"]


def test_a_company_taken_for_a_person_is_of_unknown_kind(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=ENTITIES,
        stakes="owner,owned,percent\np,t,100",
        same_as="entity,same_as\np,a",
    )
    document = ask(database, "t")
    assert document.outcome == "UNDETERMINED"
    assert [w.entity for w in document.warnings if w.code == "same_as_contradicts"] == ["a"]


def test_an_end_that_is_held_under_another_id_clears_nobody(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=ENTITIES,
        stakes="owner,owned,percent\np,t,100\ns,q,100",
        same_as="entity,same_as\np,q",
    )
    document = ask(database, "t")
    assert document.outcome != "NOT_RESTRICTED"
    assert "same_as_contradicts" in {w.code for w in document.warnings}


def test_an_id_in_the_rule_counts_under_every_other_id(database: Database, tmp_path: Path) -> None:
    rule = policy().as_json() | {"seeds": {"id": ["zz"]}}
    load(
        database,
        tmp_path,
        entities=ENTITIES,
        stakes="owner,owned,percent\na,t,80",
        same_as="entity,same_as\na,zz",
    )
    assert ask(database, "t", Library().parse(rule)).outcome == "RESTRICTED"


def test_direct_stakes_under_either_id_are_those_of_the_one(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=ENTITIES,
        stakes="""
            owner,owned,percent,source
            a,t,40,one
            a2,t2,30,two
            p,t2,25,one
            s,a2,100,one
        """,
        same_as="entity,same_as,source\na,a2,matcher\nt2,t,matcher",
    )
    (first, second) = direct_stakes(database, "t2", "owners", None, Page(TODAY)).items
    assert (first.owner.id, first.owned.id, first.min, first.max) == ("a", "t2", "0.3", "0.4")
    assert (first.conflict, [(c.source, c.percent) for c in first.claims]) == (
        True,
        [("one", "40"), ("two", "30")],
    )
    assert (second.owner.id, second.min) == ("p", "0.25")
    (held,) = direct_stakes(database, "a", "holdings", None, Page(TODAY)).items
    assert (held.owner.id, held.owned.id, held.min) == ("a", "t", "0.3")
    for other in ("a", "a2"):
        assert direct_stakes(database, "t2", "owners", None, Page(TODAY), other).items == [first]
    (above,) = direct_stakes(database, "a", "owners", None, Page(TODAY)).items
    assert (above.owner.id, above.owned.id) == ("s", "a")


def test_an_entity_is_told_with_its_other_ids(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities="id,name,kind,headquarters,source\nx,Firm,company,SG,one\nx2,Firm Ltd,company,CN,two",
        locations="""
            entity,attribute,jurisdiction,valid_from,valid_to,source
            x2,incorporation,HK,2001-01-01,2010-01-01,two
            x2,incorporation,KY,2010-01-01,,two
        """,
        same_as="entity,same_as\nx,x2",
    )
    found = entity(database, "x", TODAY, None)
    assert (found.same_as, {found.name, *found.aliases}) == (["x2"], {"Firm", "Firm Ltd"})
    seats = [(at.jurisdiction, at.disputed) for at in found.locations if at.attribute == "headquarters"]
    assert seats == [("CN", True), ("SG", True)]
    (now,) = [at for at in found.locations if at.attribute == "incorporation"]
    assert (now.jurisdiction, now.valid_from, now.claims[0].source) == ("KY", "2010-01-01", "two")
    (before,) = found.other_days
    assert (before.jurisdiction, before.valid_to) == ("HK", "2010-01-01")


DIRECT: list[tuple[str, Side]] = [
    ("t", "owners"),
    ("a", "owners"),
    ("b", "owners"),
    ("a", "holdings"),
    ("s", "holdings"),
]


def stakes(database: Database, of: str, side: Side, limit: int = 500) -> list[dict[str, object]]:
    """All pages of direct stakes, without the instants at which they were loaded."""
    found: list[dict[str, object]] = []
    cursor: str | None = None
    while True:
        page = direct_stakes(database, of, side, None, Page(TODAY, limit=limit, cursor=cursor))
        found += [item.model_dump(exclude={"claims": {"__all__": {"known_from"}}}) for item in page.items]
        cursor = page.next
        if cursor is None:
            return found


Halves = st.lists(st.booleans(), min_size=12, max_size=12)
ROWS = [
    ("s", "a", "60", "one"),
    ("s", "a", "55", "two"),
    ("a", "b", "[25,50]", "one"),
    ("b", "a", "20", "one"),
    ("a", "t", "45", "one"),
    ("b", "t", "40", "two"),
    ("b", "t", "35", "one"),
    ("p", "t", "10", "one"),
    ("s", "b", "15", "two"),
    ("p", "b", "30", "one"),
    ("q", "a", "12.5", "two"),
    ("q", "t", "2.5", "one"),
]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(halves=Halves, other=Halves, rows=st.lists(st.sampled_from(ROWS), min_size=5, unique=True))
def test_an_entity_split_in_two_gives_the_figures_of_the_whole(
    database: Database,
    wipe: Callable[[], None],
    tmp_path: Path,
    halves: list[bool],
    other: list[bool],
    rows: list[tuple[str, str, str, str]],
) -> None:
    head = "owner,owned,percent,source"
    entities = "id,kind,headquarters\ns,company,CN\na,company,SG\nb,company,SG\np,state,US\nt,company,US"
    split = [
        (_half(owner, "b", halves[i]), _half(owned, "b", other[i]), *rest)
        for i, (owner, owned, *rest) in enumerate(rows)
    ]
    split = [(_half(owner, "a", other[i]), owned, *rest) for i, (owner, owned, *rest) in enumerate(split)]
    wipe()
    load(database, tmp_path, entities=entities, stakes="\n".join([head, *map(_row, rows)]))
    whole, direct = ask(database, "t"), [stakes(database, *asked) for asked in DIRECT]
    wipe()
    load(
        database,
        tmp_path,
        entities=entities + "\na2,company,\nb2,company,",
        stakes="\n".join([head, *map(_row, split)]),
        same_as="entity,same_as\na2,a\nb,b2",
    )
    parted = ask(database, "t")
    assert parted.outcome == whole.outcome
    assert parted.reason == whole.reason
    assert ownership(parted) == ownership(whole)
    assert parted.missing == whole.missing
    assert parted.would_change == whole.would_change
    assert [walk(chain) for chain in parted.chains] == [walk(chain) for chain in whole.chains]
    assert [stakes(database, *asked) for asked in DIRECT] == direct
    assert [stakes(database, *asked, limit=1) for asked in DIRECT] == direct


def _half(entity: str, parted: str, second: bool) -> str:
    return f"{entity}2" if entity == parted and second else entity


def _row(cells: tuple[str, ...]) -> str:
    return ",".join(f'"{cell}"' for cell in cells)
