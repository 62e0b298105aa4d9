"""Verdicts and chains over HTTP: every field of the contract, and the figures worked by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from httpx import Client

from .documents import AS_OF, POLICY, Json, got, policy, verdict

ALWAYS = {
    "verdict_id", "entity", "policy", "as_of", "known_at", "engine", "outcome", "reason", "sentence", "tests",
    "variants", "chains", "missing", "would_change", "warnings", "complete",
}  # fmt: skip
OF_CHAINS = {"chains_total", "chains_total_exact", "rest", "rest_exact"}
OF_OWNERSHIP = {
    "id", "kind", "outcome", "reason", "lane", "arithmetic", "pooling", "threshold", "operator", "lower",
    "upper", "lower_exact", "upper_exact", "lower_strict", "upper_strict", "restricted", "clean", "unknown",
    "restricted_exact", "clean_exact", "unknown_exact",
}  # fmt: skip


def test_a_verdict_has_every_field_of_the_contract(client: Client) -> None:
    told = verdict(client, "nayara")
    assert told.keys() >= ALWAYS | OF_CHAINS
    assert told["entity"] == {"id": "nayara", "name": "Nayara Energy Limited", "kind": "company"}
    assert told["policy"].keys() == {"id", "version", "variant", "digest"}
    assert told["sentence"].keys() == {"en", "zh"}
    ownership, location = told["tests"]
    assert ownership.keys() == OF_OWNERSHIP
    assert location.keys() == {"id", "kind", "outcome", "reason"}
    assert told["verdict_id"].startswith("v1:")
    assert told["as_of"] == AS_OF
    assert told["known_at"].endswith("Z")


def test_an_undetermined_verdict_says_where_the_unknown_part_sits(client: Client) -> None:
    told = verdict(client, "nayara")
    assert (told["outcome"], told["reason"]) == ("UNDETERMINED", "could_cross_the_line")
    assert sum(Fraction(fact["share_of_unknown"]) for fact in told["missing"]) == 1
    assert [fact["entity"] for fact in told["missing"] if fact["decisive"]] == ["mareterra", "ucp"]
    assert told["missing"][0].keys() >= {"kind", "entity", "share_of_unknown", "decisive"}


def test_a_chain_names_its_links_from_the_seed_to_the_entity(client: Client) -> None:
    told = verdict(client, "smart")
    assert len(told["chains"]) > 1
    for chain in told["chains"]:
        assert chain.keys() >= {"test", "links", "product_min", "product_max", "product_min_exact"}
        assert chain["links"][-1]["owned"] == "smart"
        assert all(
            link.keys() == {"owner", "owned", "lane", "min", "max", "weight", "sources"}
            for link in chain["links"]
        )
    shown = sum(Fraction(chain["product_min_exact"]) for chain in told["chains"])
    assert shown == Fraction(told["chains_total_exact"])
    assert shown + Fraction(told["rest_exact"]) == Fraction(told["tests"][0]["restricted_exact"])


def test_a_not_restricted_test_has_its_slack_and_a_restricted_verdict_what_would_change_it(
    client: Client,
) -> None:
    assert verdict(client, "mercedes")["tests"][0]["slack"] == "0.3033"
    changes = verdict(client, "lynk")["would_change"]
    assert changes
    assert changes[0].keys() >= {"owner", "owned", "from", "to", "to_open"}


def test_ninety_percent_of_each_other_give_ten_and_nine_nineteenths(client: Client) -> None:
    told = verdict(client, "t:loop-a", policy())
    (test,) = told["tests"]
    assert told["outcome"] == "RESTRICTED"
    assert (test["restricted_exact"], test["clean_exact"], test["unknown_exact"]) == ("10/19", "9/19", "0")
    assert (test["lower"], test["upper"]) == ("0.526315789473", "0.526315789474")
    assert (told["chains_total_exact"], told["rest_exact"]) == ("1/10", "81/190")


def test_a_ring_without_outsiders_is_a_closed_loop(client: Client) -> None:
    told = verdict(client, "t:ring-a", policy())
    assert told["outcome"] == "UNDETERMINED"
    assert {fact["kind"] for fact in told["missing"]} == {"closed_loop"}
    assert "closed_loop" in {warning["code"] for warning in told["warnings"]}


def test_exactly_half_is_caught_by_a_line_that_includes_it(client: Client) -> None:
    assert verdict(client, "t:four", policy(">="))["outcome"] == "RESTRICTED"
    assert verdict(client, "t:four", policy(">"))["outcome"] == "NOT_RESTRICTED"
    assert verdict(client, "t:four", policy(">="))["tests"][0]["lower_exact"] == "1/2"


@pytest.mark.parametrize("entity", ["t:under-unseated", "t:unseated", "t:seatless"])
@pytest.mark.parametrize("variant", ["multiplicative", "territories-with-state", "companies-only"])
def test_unknown_headquarters_never_give_not_restricted(client: Client, entity: str, variant: str) -> None:
    assert verdict(client, entity, variant=variant)["outcome"] == "UNDETERMINED"


def test_the_same_question_gives_the_same_bytes(client: Client) -> None:
    question = {"entity": "smart", "policy": POLICY, "as_of": AS_OF}
    first, second = (client.post("/v1/verdicts", json=question) for _ in range(2))
    assert first.content == second.content
    known_at = first.json()["known_at"]
    assert client.post("/v1/verdicts", json={**question, "known_at": known_at}).content == first.content


def test_every_variant_can_be_the_headline(client: Client) -> None:
    told = verdict(client, "bytedance")
    listed = {each["variant"]: each["outcome"] for each in told["variants"]}
    assert {"multiplicative", "cascade", "territories-with-state", "companies-only"} <= set(listed)
    for variant, outcome in listed.items():
        asked = verdict(client, "bytedance", variant=variant)
        assert (asked["policy"]["variant"], asked["outcome"]) == (variant, outcome)


def test_a_pack_sent_back_as_a_document_gives_the_same_verdict(client: Client) -> None:
    document = got(client, f"/v1/policies/{POLICY}")
    assert verdict(client, "smart", document) == verdict(client, "smart")


def test_dates_decide(client: Client) -> None:
    before = verdict(client, "halti", as_of="2019-10-20")["tests"][0]
    after = verdict(client, "halti", as_of="2019-10-22")["tests"][0]
    assert (before["outcome"], after["outcome"]) == ("UNDETERMINED", "RESTRICTED")
    assert Fraction(before["lower"]) == Fraction(1, 2) < Fraction(after["lower"])


def test_an_entity_is_not_known_before_anything_was(client: Client) -> None:
    question = {"entity": "nayara", "policy": POLICY, "known_at": "2001-01-01T00:00:00Z"}
    answer = client.post("/v1/verdicts", json=question)
    assert answer.status_code == 404
    assert "2001-01-01T00:00:00Z" in answer.json()["detail"]


def test_without_a_date_the_answer_is_of_today(client: Client) -> None:
    days = {datetime.now(UTC).date().isoformat()}
    told = client.post("/v1/verdicts", json={"entity": "nayara", "policy": POLICY}).json()
    days.add(datetime.now(UTC).date().isoformat())
    assert told["as_of"] in days


def test_chains_are_those_of_the_verdict(client: Client) -> None:
    told = verdict(client, "smart")
    chains = got(client, "/v1/entities/smart/chains", policy=POLICY, as_of=AS_OF)
    same = ("entity", "policy", "as_of", "known_at", "chains", "chains_total", "rest", "rest_exact")
    assert {key: chains[key] for key in same} == {key: told[key] for key in same}


def test_fewer_chains_leave_more_in_the_rest(client: Client) -> None:
    chains = got(client, "/v1/entities/smart/chains", policy=POLICY, as_of=AS_OF, limit=1)
    assert len(chains["chains"]) == 1
    assert Fraction(chains["rest"]) > 0


def test_a_region_list_with_a_location_only_has_no_figures(client: Client) -> None:
    told: Json = verdict(client, "nayara", "openai")
    assert not told.keys() & OF_CHAINS
    assert [test["kind"] for test in told["tests"]] == ["location"]
    answer = client.get("/v1/entities/nayara/chains", params={"policy": "openai"})
    assert answer.status_code == 422
