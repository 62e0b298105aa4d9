"""Chains that path queries find: what is one chain, in which order, and what stays in the rest."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from lookthrough.graph.database import Database
from lookthrough.investigations.chains import Asked
from lookthrough.investigations.documents import VerdictDocument

from .facts import ask, links, load, ownership, policy, shares, walk

SEEDS = "s,company,CN\ns1,company,CN\ns2,company,CN"
ALL = Asked(500, Fraction(0))


def entities(*companies: str) -> str:
    return "\n".join(["id,kind,headquarters", *SEEDS.splitlines(), *(f"{c},company,US" for c in companies)])


def stakes(*rows: str) -> str:
    return "\n".join(["owner,owned,percent", *rows])


def walks(document: VerdictDocument) -> list[tuple[str, str | None, str | None]]:
    """Each chain as `s a t`, with its exact product and the most it can be."""
    return [(" ".join(walk(c)), c.product_min_exact, c.product_max) for c in document.chains]


def sums(document: VerdictDocument) -> tuple[str | None, str | None, str | None]:
    return document.chains_total_exact, document.rest_exact, ownership(document).restricted_exact


def test_chains_run_from_the_first_seed_met_down_to_the_entity(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=entities("a", "b", "t"),
        stakes=stakes("s1,a,50", "s2,s1,100", "a,t,60", "s2,b,30", "b,t,40"),
    )
    document = ask(database, "t")
    assert walks(document) == [("s1 a t", "3/10", "0.3"), ("s2 b t", "3/25", "0.12")]
    assert sums(document) == ("21/50", "0", "21/50")
    first, second = links(document.chains[0])
    assert (first.min, first.max, first.weight, first.sources) == ("0.5", "0.5", "0.5", ["stakes"])
    assert (second.owner, second.owned, second.lane) == ("a", "t", "shares")


def test_chains_below_the_floor_or_beyond_the_limit_are_in_the_rest(
    database: Database, tmp_path: Path
) -> None:
    rows = [f"s,a{i},{10 + i}" for i in range(6)] + [f"a{i},t,10" for i in range(6)]
    load(database, tmp_path, entities=entities("t", *(f"a{i}" for i in range(6))), stakes=stakes(*rows))
    few = ask(database, "t", chains=Asked(limit=2))
    assert [names for names, _, _ in walks(few)] == ["s a5 t", "s a4 t"]
    assert sums(few) == ("29/1000", "23/500", "3/40")
    large = ask(database, "t", chains=Asked(floor=Fraction(13, 1000)))
    assert [names for names, _, _ in walks(large)] == ["s a5 t", "s a4 t", "s a3 t"]
    assert sums(large) == ("21/500", "33/1000", "3/40")


def test_equal_products_are_in_the_order_of_their_names(database: Database, tmp_path: Path) -> None:
    rows = stakes("s,b,30", "b,t,10", "s,a,10", "a,t,30", "s1,t,3")
    load(database, tmp_path, entities=entities("a", "b", "t"), stakes=rows)
    assert [names for names, _, _ in walks(ask(database, "t"))] == ["s a t", "s b t", "s1 t"]


def test_holdings_of_one_owner_are_one_link(database: Database, tmp_path: Path) -> None:
    rows = 'owner,owned,percent,holding\ns,a,20,\ns,a,"[10,30]",class B\ns,a,5,class C\na,t,30,x\na,t,30,y'
    load(database, tmp_path, entities=entities("a", "t"), stakes=rows)
    for asked in (None, ALL):
        document = ask(database, "t", chains=asked)
        assert walks(document) == [("s a t", "21/100", "0.33")]
        assert sums(document) == ("21/100", "0", "21/100")


def test_many_holdings_leave_room_for_the_other_chains(database: Database, tmp_path: Path) -> None:
    blocks = [f"s,a,0.{i + 1:02d},block {i}" for i in range(30)] + [
        f"a,t,0.{i + 1:02d},block {i}" for i in range(30)
    ]
    rows = "\n".join(["owner,owned,percent,holding", *blocks, "s,b,0.0001,", "b,t,0.0001,"])
    load(database, tmp_path, entities=entities("a", "b", "t"), stakes=rows)
    assert [names for names, _, _ in walks(ask(database, "t", chains=ALL))] == ["s a t", "s b t"]


def test_figures_that_exceed_the_whole_weigh_what_is_certain(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=entities("a", "t"), stakes=stakes("s,t,70", "a,t,60", "s1,a,50"))
    document = ask(database, "t")
    assert walks(document) == [("s t", "2/5", "0.7"), ("s1 a t", "3/20", "0.3")]
    assert sums(document) == ("11/20", "0", "11/20")
    assert [warning.code for warning in document.warnings] == ["stakes_exceed_100"]


def test_without_a_floor_chains_that_weigh_nothing_are_listed(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=entities("a", "t", "z"),
        stakes=stakes("s,a,", 'a,t,"[0,40]"', "s1,t,10", "s,z,60", "z,t,0"),
    )
    assert walks(ask(database, "t")) == [("s1 t", "1/10", "0.1")]
    assert walks(ask(database, "t", chains=ALL)) == [("s1 t", "1/10", "0.1"), ("s a t", "0", "0.4")]


def test_a_stake_of_nothing_is_no_link_although_its_owner_is_met_elsewhere(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=entities("a", "t"), stakes=stakes("s,a,60", "a,t,0", "s,t,", "a,s1,5"))
    assert walks(ask(database, "t", chains=ALL)) == [("s t", "0", "1")]


def test_days_and_knowledge_choose_the_stakes_of_a_chain(database: Database, tmp_path: Path) -> None:
    header = "owner,owned,percent,valid_from,valid_to"
    rows = [header, "s,a,50,,2020", "s,a,40,2021,", "a,t,80,2019-06,2022", "a,t,60,2023,"]
    load(database, tmp_path, entities=entities("a", "t"), stakes="\n".join(rows))
    products = {
        "2019-05-31": [],
        "2019-06-01": ["2/5"],
        "2020-12-31": ["2/5"],
        "2021-01-01": ["8/25"],
        "2022-12-31": ["8/25"],
        "2023-01-01": ["6/25"],
    }
    for day, found in products.items():
        document = ask(database, "t", as_of=date.fromisoformat(day))
        assert [product for _, product, _ in walks(document)] == found


def test_a_chain_of_more_than_25_links_is_in_the_rest(database: Database, tmp_path: Path) -> None:
    names = [f"c{i}" for i in range(25)]
    rows = ["s,c0,100", *(f"c{i},c{i + 1},100" for i in range(24)), "c24,t,60", "s,t,10"]
    load(database, tmp_path, entities=entities(*names, "t"), stakes=stakes(*rows))
    document = ask(database, "t")
    assert [len(links(chain)) for chain in document.chains] == [1]
    assert sums(document) == ("1/10", "3/5", "7/10")
    assert document.outcome == "RESTRICTED"
    shorter = ask(database, "c24")
    assert [len(links(chain)) for chain in shorter.chains] == [25]
    assert sums(shorter) == ("1", "0", "1")


@pytest.mark.parametrize("floor", [Fraction(0), Fraction(1, 10_000)])
def test_rounds_of_a_loop_are_in_the_rest(database: Database, tmp_path: Path, floor: Fraction) -> None:
    load(database, tmp_path, entities=entities("a", "b"), stakes=stakes("a,b,90", "b,a,90", "s,a,10"))
    document = ask(database, "a", chains=Asked(floor=floor))
    assert walks(document) == [("s a", "1/10", "0.1")]
    assert sums(document) == ("1/10", "81/190", "10/19")


def test_votes_stand_apart_from_shares(database: Database, tmp_path: Path) -> None:
    rows = "\n".join(
        [
            "owner,owned,lane,percent",
            "s,a,shares,90",
            "s,a,votes,20",
            "a,t,shares,70",
            "s1,t,shares,30",
        ]
    )
    load(database, tmp_path, entities=entities("a", "t"), stakes=rows)
    by_votes = ask(database, "t", policy(lane="votes"))
    assert walks(by_votes) == [("s1 t", "3/10", "0.3"), ("s a t", "7/50", "0.14")]
    assert sums(by_votes) == ("11/25", "0", "11/25")
    assert [(w.code, w.entity) for w in by_votes.warnings] == [("votes_assumed_from_shares", "t")]
    assert {link.lane for chain in by_votes.chains for link in links(chain)} == {"shares", "votes"}
    by_shares = ask(database, "t")
    assert walks(by_shares) == [("s a t", "63/100", "0.63"), ("s1 t", "3/10", "0.3")]


def test_a_vote_of_unknown_size_keeps_the_shares_out(database: Database, tmp_path: Path) -> None:
    rows = "owner,owned,lane,percent\ns,t,shares,90\na,t,votes,"
    load(database, tmp_path, entities=entities("a", "t"), stakes=rows)
    document = ask(database, "t", policy(lane="votes"))
    assert (shares(document), document.chains, document.warnings) == (("0", "0", "1"), [], [])


def test_chains_pass_through_an_entity_whose_seat_is_unknown(database: Database, tmp_path: Path) -> None:
    load(
        database,
        tmp_path,
        entities=entities("t") + "\nq,company,",
        stakes=stakes("s,q,50", "q,t,60"),
    )
    assert walks(ask(database, "t")) == [("s q t", "3/10", "0.3")]
