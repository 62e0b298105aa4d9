"""What programs read from `--json`: the very documents of the API, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from .commands import Desk, Json, free_port, write

POLICY = "anthropic-2025-09"
AS_OF = "2026-01-01"
ALWAYS = {
    "verdict_id", "entity", "policy", "as_of", "known_at", "engine", "outcome", "reason", "sentence", "tests",
    "variants", "chains", "chains_total", "chains_total_exact", "rest", "rest_exact", "missing",
    "would_change", "warnings", "complete",
}  # fmt: skip
OF_OWNERSHIP = {
    "id", "kind", "outcome", "reason", "lane", "arithmetic", "pooling", "threshold", "operator", "lower",
    "upper", "lower_exact", "upper_exact", "lower_strict", "upper_strict", "restricted", "clean", "unknown",
    "restricted_exact", "clean_exact", "unknown_exact",
}  # fmt: skip
MINE = (
    'id = "mine"',
    'version = "3"',
    'title = { en = "Mine" }',
    'seeds = { any = [{ id = ["geely-holding"] }] }',
    '[[tests]]\nid = "a"\nkind = "ownership"\nthreshold = "1/2"\noperator = ">="',
    '[variants.low.a]\nthreshold = "1%"',
)


@pytest.fixture(scope="module")
def api(demo: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """`lookthrough serve` over the same database."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    desk = Desk(tmp_path_factory.mktemp("serve"), demo.settings, demo.secrets)
    with desk.started("serve", "--port", str(port)) as running, httpx.Client(base_url=address) as client:
        running.ready(address)
        yield client
        ended = running.end()
        assert (ended.code, ended.err) == (0, "")


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A policy file of one's own."""
    return write(tmp_path_factory.mktemp("policies") / "mine.toml", *MINE)


def asked(api: httpx.Client, **question: str) -> bytes:
    return api.post("/v1/verdicts", json=question).raise_for_status().content


@pytest.mark.parametrize(
    "question",
    [
        {"entity": "bytedance"},
        {"entity": "nayara", "variant": "companies-only"},
        {"entity": "halti", "as_of": "2019-10-20"},
        {"entity": "pdd", "as_of": "2026-01-01", "known_at": "2036-01-01T08:00:00.5+08:00"},
    ],
    ids=lambda question: "-".join(question.values()),
)
def test_a_verdict_is_byte_for_byte_the_answer_of_the_api(
    demo: Desk, api: httpx.Client, question: dict[str, str]
) -> None:
    options = [f"--{name.replace('_', '-')}={value}" for name, value in question.items() if name != "entity"]
    done = demo.run("verdict", question["entity"], "--policy", POLICY, *options, "--json")
    assert done.answer == asked(api, policy=POLICY, **question)


def test_a_comparison_is_the_document_of_the_api_and_readable_without(demo: Desk, api: httpx.Client) -> None:
    given = {"policy": "openai", "as_of": AS_OF}
    options = ("--policy", "openai", "--as-of", AS_OF)
    told = demo.run("compare", "halti", *options, "--json")
    assert told.answer == api.get("/v1/entities/halti/comparison", params=given).content
    assert told.document["readings"][0]["policy"]["id"] == "openai"
    assert "51.2%" in demo.run("compare", "halti", *options).text


def test_a_verdict_has_every_field_of_the_contract_and_logs_nothing(demo: Desk) -> None:
    done = demo.run("verdict", "bytedance", "--policy", POLICY, "--json")
    told = done.document
    assert told.keys() >= ALWAYS
    ownership, location = told["tests"]
    assert ownership.keys() >= OF_OWNERSHIP
    assert location.keys() == {"id", "kind", "outcome", "reason"}
    assert (told["entity"]["id"], told["outcome"]) == ("bytedance", "RESTRICTED")
    assert done.err == ""


def test_a_stored_clock_gives_the_same_bytes_again(demo: Desk) -> None:
    first = demo.run("verdict", "prosus", "--policy", POLICY, "--json")
    clocks = ("--as-of", first.document["as_of"], "--known-at", first.document["known_at"])
    assert demo.run("verdict", "prosus", "--policy", POLICY, *clocks, "--json").answer == first.answer


def test_chains_are_those_of_the_api(demo: Desk, api: httpx.Client) -> None:
    options = ("--limit", "2", "--min-product", "0.01")
    done = demo.run("chains", "lynk", "--policy", POLICY, *options, "--json")
    limits = {"policy": POLICY, "limit": "2", "min_product": "0.01"}
    assert done.answer == api.get("/v1/entities/lynk/chains", params=limits).raise_for_status().content
    plain = demo.run("chains", "lynk", "--policy", POLICY, "--json")
    assert plain.answer == api.get("/v1/entities/lynk/chains", params={"policy": POLICY}).content


def test_owners_are_those_of_the_api(demo: Desk, api: httpx.Client) -> None:
    plain = demo.run("owners", "nayara", "--lane", "shares", "--limit", "2", "--json")
    answer = api.get("/v1/entities/nayara/owners", params={"lane": "shares", "limit": 2})
    assert plain.answer == answer.raise_for_status().content
    following = demo.run("owners", "nayara", "--cursor", plain.document["next"], "--lane", "shares", "--json")
    assert following.document["items"]
    ultimate = demo.run("owners", "nayara", "--ultimate", "--limit", "3", "--json")
    answer = api.get("/v1/entities/nayara/ultimate-owners", params={"limit": 3})
    assert ultimate.answer == answer.raise_for_status().content
    assert demo.run("owners", "nayara", "--ultimate", "--cursor", "x").code == 2
    assert demo.run("owners", "nobody", "--ultimate").code == 2


def test_owners_can_be_read_by_people(demo: Desk) -> None:
    assert "rosneft" in demo.run("owners", "nayara").text
    assert "no holder on record" in demo.run("owners", "nayara", "--ultimate").text


def test_chains_of_a_class_and_reach_are_those_of_the_api(demo: Desk, api: httpx.Client) -> None:
    options = ("--owners", "headquarters=RU", "--owners", "kind=state|person")
    done = demo.run("chains", "nayara", *options, "--json")
    owners = {"owners": ["headquarters=RU", "kind=state|person"]}
    assert done.answer == api.get("/v1/entities/nayara/chains", params=owners).raise_for_status().content
    assert done.document["chains"]
    assert demo.run("chains", "nayara").code == 2
    assert demo.run("chains", "nayara", "--owners", "RU").code == 2
    below = demo.run("reach", "rosneft", "--limit", "1", "--json")
    answer = api.get("/v1/entities/rosneft/reach", params={"limit": 1})
    assert below.answer == answer.raise_for_status().content
    assert "nayara" in demo.run("reach", "rosneft").text


def test_trust_is_the_same_at_both_doors_over_time_and_in_comparisons(demo: Desk, api: httpx.Client) -> None:
    """Of two seats on record the trusted source's counts; `without_trust` keeps the other in sight."""
    at = api.get("/v1/entities/pdd", params={"as_of": AS_OF}).json()["locations"]
    seats = [each for each in at if each["attribute"] == "headquarters"]
    irish = next(each["sources"][0] for each in seats if each["jurisdiction"] == "IE")
    options = ("--as-of", AS_OF, "--trust", irish)
    plain = demo.run("verdict", "pdd", "--policy", POLICY, "--as-of", AS_OF, "--json").document
    done = demo.run("verdict", "pdd", "--policy", POLICY, *options, "--json")
    asking = {"entity": "pdd", "policy": POLICY, "as_of": AS_OF, "trust": [irish]}
    assert done.answer == api.post("/v1/verdicts", json=asking).raise_for_status().content
    assert (done.document["trust"], done.document["without_trust"]) == ([irish], plain["outcome"])
    assert "trusted_over" in [warning["code"] for warning in done.document["warnings"]]

    ids = (plain["verdict_id"], done.document["verdict_id"])
    compared = demo.run("diff", *ids, "--json")
    answer = api.get(f"/v1/verdicts/{ids[0]}/diff/{ids[1]}")
    assert compared.answer == answer.raise_for_status().content
    assert "trust" in compared.document["differs"]
    moved = [change for change in compared.document["changes"] if change["kind"] == "location"]
    assert ("pdd", "headquarters", "IE") in [(c["entity"], c["attribute"], c["after"]) for c in moved]

    told = demo.run("history", "pdd", "--policy", POLICY, "--trust", irish, "--json")
    answer = api.get("/v1/entities/pdd/history", params={"policy": POLICY, "trust": irish})
    assert told.answer == answer.raise_for_status().content
    assert told.document["trust"] == [irish]
    assert done.document["outcome"] in [period["outcome"] for period in told.document["periods"]]

    edit = {"op": "add_stake", "owner": "somebody", "owned": "pdd", "percent": "1"}
    what_if = demo.run("what-if", "pdd", "--policy", POLICY, *options, "--add", "somebody pdd 1", "--json")
    answer = api.post("/v1/what-if", json={**asking, "edits": [edit]})
    assert what_if.answer == answer.raise_for_status().content
    assert b'{"before":' + done.answer + b"," in what_if.answer
    assert what_if.document["after"]["trust"] == [irish]
    assert "trusted_over" in [warning["code"] for warning in what_if.document["after"]["warnings"]]


def test_charts_are_those_of_the_api(demo: Desk, api: httpx.Client, tmp_path: Path) -> None:
    options = ["--policy", POLICY, "--as-of", AS_OF, "--direction", "both", "--expand", "psd-investment"]
    asked = {"policy": POLICY, "as_of": AS_OF, "direction": "both", "expand": "psd-investment", "lang": "zh"}
    for form in ("svg", "csv"):
        file = tmp_path / f"chart.{form}"
        demo.run("chart", "polestar", *options, "--language", "zh", "--out", str(file))
        told = api.get(f"/v1/entities/polestar/chart.{form}", params=asked).content
        assert file.read_bytes().rstrip(b"\n") == told.rstrip(b"\n")
    answer = api.get("/v1/entities/polestar/chart", params=asked).content
    assert demo.run("chart", "polestar", *options, "--json").answer == answer
    assert demo.run("chart", "polestar", "--out", "chart.png").code == 2


def test_sources_are_those_of_the_api(demo: Desk, api: httpx.Client) -> None:
    options = ("--as-of", "2026-01-01", "--trust", "nobody", "--limit", "1")
    done = demo.run("sources", "pdd", "--policy", POLICY, *options, "--json")
    asking = {"policy": POLICY, "as_of": "2026-01-01", "trust": "nobody", "limit": "1"}
    assert done.answer == api.get("/v1/entities/pdd/sources", params=asking).raise_for_status().content
    assert len(done.document["items"]) == 1
    text = demo.run("sources", "pdd", "--policy", POLICY).text
    assert done.document["items"][0]["source"][:8] in text
    assert demo.run("sources", "pdd", "--policy", POLICY, "--limit", "51").code == 2
    assert demo.run("sources", "nobody", "--policy", POLICY).code == 2


def test_an_entity_is_that_of_the_api(demo: Desk, api: httpx.Client) -> None:
    done = demo.run("entity", "pdd", "--as-of", "2026-01-01", "--json")
    answer = api.get("/v1/entities/pdd", params={"as_of": "2026-01-01"})
    assert done.answer == answer.raise_for_status().content
    assert "disputed" in demo.run("entity", "pdd").text
    assert demo.run("entity", "nobody").code == 2


def test_what_if_is_that_of_the_api(demo: Desk, api: httpx.Client, tmp_path: Path) -> None:
    file = write(tmp_path / "edits.json", '[{"op": "remove_stake", "owner": "rosneft", "owned": "nayara"}]')
    options = (
        "--set-stake", "ucp nayara (25,50]", "--add", "'some body' nayara ? votes",
        "--set-location", "nayara headquarters IN|RU", "--edits", str(file),
    )  # fmt: skip
    done = demo.run("what-if", "nayara", "--policy", POLICY, *options, "--json")
    edits = [
        {"op": "remove_stake", "owner": "rosneft", "owned": "nayara"},
        {"op": "set_stake", "owner": "ucp", "owned": "nayara", "percent": "(25,50]"},
        {"op": "add_stake", "owner": "some body", "owned": "nayara", "percent": "", "lane": "votes"},
        {"op": "set_location", "entity": "nayara", "attribute": "headquarters", "jurisdiction": "IN|RU"},
    ]
    answer = api.post("/v1/what-if", json={"entity": "nayara", "policy": POLICY, "edits": edits})
    assert done.answer == answer.raise_for_status().content
    assert b'{"before":' + asked(api, entity="nayara", policy=POLICY) + b"," in done.answer
    assert done.document["hypothetical"] == ["some body"]
    text = demo.run("what-if", "nayara", "--policy", POLICY, "--remove", "rosneft nayara").text
    assert "on record" in text
    assert "what if" in text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--set-stake", "ucp nayara"), "--set-stake"),
        (("--remove", "ucp 'nayara"), "--remove"),
        (("--set-stake", "ucp nayara 140"), "edits[0].percent"),
        (("--edits", "nowhere.json"), "nowhere.json"),
        ((), "edits"),
    ],
)
def test_edits_that_cannot_be_made_are_refused(demo: Desk, options: tuple[str, ...], told: str) -> None:
    done = demo.run("what-if", "nayara", "--policy", POLICY, *options)
    assert (done.code, told in done.sentence) == (2, True)


@pytest.mark.parametrize("text", ["腾讯", "holding"])
def test_a_search_is_that_of_the_api(demo: Desk, api: httpx.Client, text: str) -> None:
    answer = api.get("/v1/entities", params={"q": text}).raise_for_status()
    assert answer.json()["items"]
    assert demo.run("search", text, "--json").answer == answer.content


def test_the_policies_are_those_of_the_api(desk: Desk, api: httpx.Client) -> None:
    assert desk.run("policies", "--json").answer == api.get("/v1/policies").content
    assert desk.run("policies", "show", POLICY, "--json").answer == api.get(f"/v1/policies/{POLICY}").content


def test_a_policy_may_be_named_with_its_version(demo: Desk, api: httpx.Client) -> None:
    done = demo.run("verdict", "lynk", "--policy", f"{POLICY}@1", "--json")
    assert done.answer == asked(api, entity="lynk", policy=f"{POLICY}@1")
    assert done.answer == asked(api, entity="lynk", policy=POLICY)


def test_a_policy_may_be_a_file_and_is_the_same_as_its_document(
    demo: Desk, api: httpx.Client, mine: Path
) -> None:
    document: Json = demo.run("policies", "show", mine, "--json").document
    assert document["id"] == "mine"
    done = demo.run("verdict", "lynk", "--policy", mine, "--variant", "low", "--json")
    answer = api.post("/v1/verdicts", json={"entity": "lynk", "policy": document, "variant": "low"})
    assert done.answer == answer.raise_for_status().content
    assert [variant["variant"] for variant in done.document["variants"]] == ["base", "low"]


def test_errors_are_the_problem_documents_of_the_api(demo: Desk, api: httpx.Client) -> None:
    done = demo.run("verdict", "nobody-at-all", "--policy", POLICY, "--json")
    answer = api.post("/v1/verdicts", json={"entity": "nobody-at-all", "policy": POLICY})
    assert (done.code, answer.status_code) == (2, 404)
    assert done.document == answer.json()
    assert done.sentence == "there is no entity with the id 'nobody-at-all'"


def test_people_read_outcome_figures_and_chains(demo: Desk) -> None:
    done = demo.run("verdict", "nayara", "--policy", POLICY)
    assert (done.code, done.err) == (0, "")
    for words in ("Nayara Energy Limited", "Undetermined", "49.13%", "rosneft", "readings:", "v1:"):
        assert words in done.text
    assert "bytedance" in demo.run("search", "ByteDance").text
    assert "total of these chains" in demo.run("chains", "lynk", "--policy", POLICY).text


def test_a_terminal_that_knows_no_chinese_is_no_obstacle(demo: Desk) -> None:
    narrow = Desk(demo.folder, {**demo.settings, "PYTHONIOENCODING": "ascii"}, demo.secrets)
    assert narrow.run("verdict", "nayara", "--policy", POLICY).code == 0
    assert "（" in narrow.run("policies", "show", POLICY, "--json").document["notes"]["zh"]


def test_the_readme_shows_what_the_command_prints(demo: Desk) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```console\n\$ \.venv/bin/lookthrough (.+)\n([\s\S]+?)\n…\n```", readme)
    assert shown is not None
    wide = replace(demo, settings={**demo.settings, "COLUMNS": "100"})
    printed = wide.run(*shown[1].split()).text
    lines, expected = (
        [line.rstrip() for line in text.splitlines() if line.strip()] for text in (printed, shown[2])
    )
    assert lines[: len(expected)] == expected
