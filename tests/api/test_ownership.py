"""Totals without a policy over HTTP: the ends above an entity."""

from __future__ import annotations

from fractions import Fraction

import pytest
from httpx import Client

from .documents import AS_OF, Json, got, policy


def ends(client: Client, entity: str, **parameters: str | int) -> Json:
    return got(client, f"/v1/entities/{entity}/ultimate-owners", **{"as_of": AS_OF, **parameters})


@pytest.mark.parametrize("entity", ["nayara", "smart", "lynk", "prosus", "bytedance", "t:loop-a", "t:shared"])
def test_all_ends_add_up_to_the_whole(client: Client, entity: str) -> None:
    told = ends(client, entity)
    lowers = [Fraction(item["lower_exact"]) for item in told["items"]]
    assert sum(lowers) + Fraction(told["rest_exact"]) == 1
    assert lowers == sorted(lowers, reverse=True)
    for item in told["items"]:
        shown = sum(Fraction(chain["product_exact"]) for chain in item["chains"])
        assert shown + Fraction(item["rest_exact"]) == Fraction(item["lower_exact"])
        unknown = Fraction(told["unknown_exact"]) if item["named"] else 0
        assert Fraction(item["upper_exact"]) == Fraction(item["lower_exact"]) + unknown
        for chain in item["chains"]:
            assert not chain["links"] or chain["links"][-1]["owned"] == entity


def test_cross_holdings_are_solved_to_the_end(client: Client) -> None:
    told = ends(client, "t:loop-a")
    by_id = {item["entity"]["id"]: item for item in told["items"]}
    clean = by_id["t:clean"]
    assert (clean["kind"], clean["lower_exact"], clean["upper_exact"]) == ("person", "9/19", "1")
    assert [chain["product_exact"] for chain in clean["chains"]] == ["9/100"]
    assert clean["rest_exact"] == str(Fraction(9, 19) - Fraction(9, 100))
    seed = by_id["t:seed"]
    assert (seed["kind"], seed["named"], seed["lower_exact"]) == ("no_holders_on_record", False, "10/19")


def test_a_ring_without_outsiders_ends_in_itself(client: Client) -> None:
    told = ends(client, "t:ring-a")
    (item,) = told["items"]
    assert (item["kind"], item["lower"], item["named"]) == ("closed_loop", "1", False)
    assert [warning["code"] for warning in told["warnings"]] == ["closed_loop"]


def test_what_a_limit_leaves_out_is_counted(client: Client) -> None:
    told = ends(client, "nayara", limit=2)
    assert len(told["items"]) == 2
    assert told["count"] > 2
    assert Fraction(told["total_exact"]) + Fraction(told["rest_exact"]) == 1


@pytest.mark.parametrize(
    ("parameters", "field"), [({"lane": "board"}, "lane"), ({"limit": 0}, "limit"), ({"as_of": "x"}, "as_of")]
)
def test_what_cannot_be_asked_is_said_in_one_sentence(
    client: Client, parameters: dict[str, str], field: str
) -> None:
    answer = client.get("/v1/entities/nayara/ultimate-owners", params=parameters)
    assert (answer.status_code, field in answer.json()["detail"]) == (422, True)


def test_an_unknown_entity_has_no_owners(client: Client) -> None:
    assert client.get("/v1/entities/nobody/ultimate-owners").status_code == 404


def test_what_if_tells_both_sides_and_names_a_bad_edit(client: Client) -> None:
    question: Json = {"entity": "t:four", "policy": policy(">="), "as_of": AS_OF}
    edit = {"op": "set_stake", "owner": "t:seed", "owned": "t:four", "percent": "1"}
    answer = client.post("/v1/what-if", json={**question, "edits": [edit]})
    assert answer.status_code == 200, answer.text
    before = client.post("/v1/verdicts", json=question)
    assert answer.content.startswith(b'{"before":' + before.content + b',"after":')
    told = answer.json()
    assert (told["before"]["outcome"], told["after"]["outcome"]) == ("RESTRICTED", "UNDETERMINED")
    assert told["after"]["hypothetical"] is True
    bad = client.post("/v1/what-if", json={**question, "edits": [edit, {**edit, "percent": "x"}]})
    assert (bad.status_code, bad.json()["detail"].startswith("edits[1].percent: ")) == (422, True)


def test_a_party_reaches_every_company_below_it(client: Client) -> None:
    told = got(client, "/v1/entities/t:seed/reach", as_of=AS_OF)
    by_id = {item["entity"]["id"]: item for item in told["items"]}
    assert (by_id["t:loop-a"]["lower_exact"], by_id["t:loop-b"]["lower_exact"]) == ("10/19", "9/19")
    assert [link["owned"] for link in by_id["t:loop-b"]["chain"]["links"]] == ["t:loop-a", "t:loop-b"]
    assert (told["count"], told["next"], told["complete"]) == (len(told["items"]), None, True)
    assert client.get("/v1/entities/nobody/reach").status_code == 404


def test_chains_of_a_class_of_owners_need_no_policy(client: Client) -> None:
    told = got(client, "/v1/entities/t:loop-a/chains", owners="id=t:seed", as_of=AS_OF)
    assert (told["chains_total_exact"], told["rest_exact"]) == ("1/10", "81/190")
    assert told["owners"] == ["id=t:seed"]
    both = {"owners": "id=t:seed", "policy": "anthropic-2025-09"}
    for wrong in ({}, both, {"owners": "x"}, {"owners": "id=a", "lane": "board"}):
        assert client.get("/v1/entities/t:loop-a/chains", params=wrong).status_code == 422
