"""Entities over HTTP: documents, direct stakes in pages, ids of every kind, search."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from urllib.parse import quote

import pytest
from httpx import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .documents import AS_OF, POLICY, Json, got

ODD_IDS = ["a/owners", "100%/x?y#z", "a%2Fb", "股权/穿透"]
LEI_OF_PROSUS = "635400Z5LQ5F9OLVT688"


def path(entity: str, rest: str = "") -> str:
    return f"/v1/entities/{quote(entity, safe='')}{rest}"


def pages(client: Client, where: str, limit: int, **parameters: str) -> Iterator[list[Json]]:
    cursor: dict[str, str] = {}
    while True:
        page = got(client, where, limit=limit, **parameters, **cursor)
        yield page["items"]
        if page["next"] is None:
            return
        cursor = {"cursor": page["next"]}


def test_an_entity_has_every_field_of_the_contract(client: Client) -> None:
    told = got(client, "/v1/entities/tencent")
    assert told.keys() >= {
        "id", "name", "name_original", "aliases", "kind", "identifiers", "lists", "locations",
    }  # fmt: skip
    assert told["name_original"] == "腾讯控股有限公司"
    assert told["identifiers"] == [{"scheme": "hkex", "value": "0700"}]
    assert told["locations"][0].keys() == {
        "attribute", "jurisdiction", "valid_from", "valid_to", "sources", "disputed", "claims",
    }  # fmt: skip


def test_a_disputed_headquarters_shows_both_and_says_so(client: Client) -> None:
    seats = [at for at in got(client, "/v1/entities/pdd")["locations"] if at["attribute"] == "headquarters"]
    assert {at["jurisdiction"] for at in seats} == {"CN", "IE"}
    assert all(at["disputed"] for at in seats)
    for at in seats:
        assert sorted({claim["source"] for claim in at["claims"]}) == at["sources"]
        assert all(at["jurisdiction"] in claim["jurisdiction"].split("|") for claim in at["claims"])


def test_a_direct_stake_has_every_field_of_the_contract(client: Client) -> None:
    stake = got(client, "/v1/entities/nayara/owners", as_of=AS_OF)["items"][0]
    assert stake.keys() >= {
        "owner", "owned", "lane", "holding", "min", "max", "min_open", "max_open", "valid_from", "valid_to",
        "conflict", "claims",
    }  # fmt: skip
    assert stake["owner"].keys() == stake["owned"].keys() == {"id", "name", "kind"}
    claim = stake["claims"][0]
    assert claim.keys() >= {"source", "ref", "url", "percent", "confidence", "known_from"}
    assert (stake["min"], claim["percent"], stake["valid_to"]) == ("0.4913", "49.13", None)


def test_stakes_come_by_falling_min_then_id(client: Client) -> None:
    items = got(client, "/v1/entities/t:shared/owners")["items"]
    keys = [(-Fraction(each["min"]) if each["min"] else 1, each["owner"]["id"]) for each in items]
    assert keys == sorted(keys)
    assert len(items) == 9
    assert (items[0]["owner"]["id"], items[0]["min"], items[0]["max"]) == (
        "t:clean",
        "0.333333333333",
        "0.333333333334",
    )


def test_a_stake_without_percent_is_anything_and_a_lane_without_figures_nothing(client: Client) -> None:
    items = got(client, "/v1/entities/t:shared/owners")["items"]
    unknown = next(each for each in items if each["owner"]["id"] == "t:seed-2")
    control = next(each for each in items if each["lane"] == "control")
    band = next(each for each in items if each["owner"]["id"] == "t:seed-3")
    assert (unknown["min"], unknown["max"]) == ("0", "1")
    assert (control["min"], control["max"], control["min_open"]) == (None, None, None)
    assert (band["min"], band["min_open"], band["max"], band["max_open"]) == ("0.05", True, "0.1", False)


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
@pytest.mark.parametrize(
    "where",
    ["/v1/entities/t:shared/owners", "/v1/entities/tencent/holdings", "/v1/entities/t:seed/holdings"],
)
def test_all_pages_together_are_one_big_page(client: Client, where: str, limit: int) -> None:
    whole = got(client, where, limit=500)
    assert whole["next"] is None
    assert len(whole["items"]) > limit
    assert [item for page in pages(client, where, limit) for item in page] == whole["items"]


def test_one_lane_can_be_asked_for(client: Client) -> None:
    lanes = {each["lane"] for each in got(client, "/v1/entities/t:shared/owners")["items"]}
    assert lanes == {"shares", "votes", "board", "control"}
    for lane in lanes:
        items = got(client, "/v1/entities/t:shared/owners", lane=lane)["items"]
        assert {each["lane"] for each in items} == {lane}


@pytest.mark.parametrize(("side", "far"), [("owners", "owner"), ("holdings", "owned")])
def test_the_stakes_with_one_party_can_be_asked_for_alone(client: Client, side: str, far: str) -> None:
    where, other = ("t:shared", "t:seed") if side == "owners" else ("t:seed", "t:shared")
    everything = got(client, f"/v1/entities/{where}/{side}", limit=500)["items"]
    found = got(client, f"/v1/entities/{where}/{side}", other=other)["items"]
    assert found == [stake for stake in everything if stake[far]["id"] == other]
    assert len(found) == 4
    assert got(client, f"/v1/entities/{where}/{side}", other="nobody")["items"] == []


def test_holdings_are_owners_seen_from_the_other_side(client: Client) -> None:
    held = got(client, "/v1/entities/rosneft/holdings", as_of=AS_OF, limit=500)["items"]
    (stake,) = [each for each in held if each["owned"]["id"] == "nayara"]
    assert stake in got(client, "/v1/entities/nayara/owners", as_of=AS_OF)["items"]


def test_stakes_are_of_the_date_that_is_asked(client: Client) -> None:
    assert got(client, "/v1/entities/nayara/owners", as_of="1990-01-01")["items"] == []
    refused = client.get("/v1/entities/nayara/owners", params={"known_at": "2001-01-01T00:00:00Z"})
    assert refused.status_code == 404
    assert "at 2001-01-01T00:00:00Z" in refused.json()["detail"]


@pytest.mark.parametrize("entity", ODD_IDS)
def test_ids_with_any_sign_go_percent_encoded_into_paths(client: Client, entity: str) -> None:
    assert got(client, path(entity))["id"] == entity
    (stake,) = got(client, path(entity, "/owners"))["items"]
    assert stake["owned"]["id"] == entity
    assert got(client, path(entity, "/chains"), policy=POLICY)["entity"]["id"] == entity


def test_an_id_that_ends_like_a_route_is_not_taken_for_one(client: Client) -> None:
    assert got(client, "/v1/entities/a%2Fowners")["name"] == "Slash In The Id"
    assert client.get("/v1/entities/a/owners").status_code == 404


def test_without_text_everything_is_listed_by_id_in_pages(client: Client) -> None:
    ids = [item["id"] for page in pages(client, "/v1/entities", 100) for item in page]
    assert ids == sorted(ids)
    assert len(ids) == len(set(ids)) > 300


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("腾讯", "tencent"),
        ("腾讯控股有限公司", "tencent"),
        ("字节跳动", "bytedance"),
        ("Tencent", "tencent"),
        ("tencent holdings", "tencent"),
        ("ByteDan", "bytedance"),
        ("Nayara Energy Limited", "nayara"),
        (LEI_OF_PROSUS, "prosus"),
        (LEI_OF_PROSUS.lower(), "prosus"),
        (f"lei:{LEI_OF_PROSUS}", "prosus"),
        ("hkex:0700", "tencent"),
        ("nayara", "nayara"),
        ("騰訊", "tencent"),
        ("騰訊控股有限公司", "tencent"),
        ("腾迅控股", "tencent"),
        ("tengxun", "tencent"),
        ("tengxun konggu", "tencent"),
        ("zijie tiaodong", "bytedance"),
        ("zi jie tiao dong", "bytedance"),
        ("zì jié tiào dòng", "bytedance"),
        ("zi4jie2 tiao4dong4", "bytedance"),
        ("zjtd", "bytedance"),
        ("字节跳懂", "bytedance"),
        ("jili", "geely-holding"),
        ("ji li", "geely-holding"),
        ("zijietiaodnog", "bytedance"),
        ("byetdance", "bytedance"),
        ("BYTE DANCE limited", "bytedance"),
        ("polstar", "polestar"),
        ("Tencent Holdings Ltd.", "tencent"),
        ("HKEX 0700", "tencent"),
        ("6354 00Z5 LQ5F 9OLV T688", "prosus"),
        (f"LEI: {LEI_OF_PROSUS}", "prosus"),
    ],
)
def test_search_finds_the_entity_first(client: Client, text: str, first: str) -> None:
    assert got(client, "/v1/entities", q=text)["items"][0]["id"] == first


def test_search_forgives_a_typing_error(client: Client) -> None:
    assert "tencent" in [item["id"] for item in got(client, "/v1/entities", q="Tencnet")["items"]]


def test_pages_of_hits_together_are_one_big_page(client: Client) -> None:
    whole = got(client, "/v1/entities", q="limited", limit=500)["items"]
    assert len(whole) > 10
    assert [hit for page in pages(client, "/v1/entities", 3, q="limited") for hit in page] == whole


def test_a_row_says_what_the_entity_is_where_it_is_and_on_which_lists(client: Client) -> None:
    (row, *_) = got(client, "/v1/entities", q="腾讯控股", as_of=AS_OF)["items"]
    places = {at["attribute"]: at["jurisdiction"] for at in row["locations"]}
    assert (row["kind"], places["headquarters"], places["incorporation"], row["lists"]) == (
        "company", "CN", "KY", [],
    )  # fmt: skip


@pytest.mark.parametrize("entity", ["tencent", "nayara", "smart"])
def test_the_outcome_alone_is_that_of_the_verdict_and_leaves_nothing(client: Client, entity: str) -> None:
    asked = {"policy": POLICY, "as_of": AS_OF}
    before = got(client, f"/v1/entities/{entity}/verdicts")["items"]
    told = got(client, f"/v1/entities/{entity}/outcome", **asked)
    assert got(client, f"/v1/entities/{entity}/verdicts")["items"] == before
    whole = client.post("/v1/verdicts", json={"entity": entity, **asked}).json()
    assert told == {name: whole[name] for name in told}
    assert told.keys() >= {"outcome", "reason", "complete"}


OPERATORS = [*"*?~^\"()[]{}\\/:+-!<>=$'`腾", "AND", "OR", "NOT", "TO", "&&", "||", "name:", "*:*", "a*", "~9"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(OPERATORS) | st.text(max_size=8), max_size=6).map(" ".join))
def test_no_text_makes_the_search_fail(client: Client, text: str) -> None:
    assert client.get("/v1/entities", params={"q": text, "limit": 2}).status_code == 200
