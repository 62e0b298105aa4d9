"""Published cases from statutes, guidance and textbooks, as far as their arithmetic is there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import pytest

from lookthrough.control.facts import Attribute, Kind, Lane
from lookthrough.control.predicate import Party
from lookthrough.control.results import CascadeResult, FullLinksResult, OwnershipResult
from lookthrough.control.stakes import OwnershipGraph, Stake
from lookthrough.control.verdict import judge
from lookthrough.policies import Library, ResolvedPolicy

from .build import interval

CASES = Path(__file__).parents[2] / "data" / "worked-examples.json"
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Check:
    facts: OwnershipGraph
    policy: ResolvedPolicy
    family: str
    entity: str
    expected: dict[str, str]


def stored() -> list[dict[str, Any]]:
    """The cases that the contract can say."""
    cases = cast("list[dict[str, Any]]", json.loads(CASES.read_text(encoding="utf-8")))
    return [case for case in cases if "checks" in case]


def checks(case: dict[str, Any]) -> Iterator[tuple[str, Check]]:
    for number, check in enumerate(case["checks"]):
        document = Library().parse(case["policies"][check["policy"]])
        policy = document.resolve(check.get("variant"), date.fromisoformat(check["as_of"]))
        facts = facts_of(case["facts"])
        name = f"{case['id']}-{check['policy']}-{number}"
        yield name, Check(facts, policy, case["family"], check["entity"], check["expected"])


def facts_of(rows: dict[str, Rows]) -> OwnershipGraph:
    stakes: defaultdict[tuple[str, Lane], list[Stake]] = defaultdict(list)
    for row in rows["stakes"]:
        lane = Lane(row["lane"])
        figure = interval(row["percent"] or "[0,100]") if lane.has_figure else None
        stakes[row["owned"], lane].append(Stake(row["owner"], row["owned"], lane, figure))
    parties = {row["id"]: party(row, rows.get("lists", [])) for row in rows["entities"]}
    return OwnershipGraph(parties, {key: tuple(held) for key, held in stakes.items()})


def party(row: dict[str, str], lists: Rows) -> Party:
    locations = {
        attribute: frozenset(row[attribute.value].split("|"))
        for attribute in Attribute
        if row.get(attribute.value)
    }
    on = frozenset(listed["list"] for listed in lists if listed["entity"] == row["id"])
    return Party(row["id"], Kind(row["kind"]), locations=locations, lists=on)


CHECKS = dict(check for case in stored() for check in checks(case))


@pytest.mark.parametrize("name", CHECKS)
def test_a_published_case_comes_out_as_published(name: str) -> None:
    check = CHECKS[name]
    verdict = judge(check.policy.policy, check.facts, check.entity)
    assert verdict.outcome == check.expected["outcome"]
    if "lower_exact" not in check.expected:
        return
    (answer,) = [r for r in verdict.results if r.test.id == check.expected["test"]]
    assert isinstance(answer, OwnershipResult | FullLinksResult | CascadeResult)
    assert answer.bounds.lower == Fraction(check.expected["lower_exact"])
    assert answer.bounds.upper == Fraction(check.expected["upper_exact"])


def test_every_case_that_the_contract_can_say_is_checked() -> None:
    assert len(CHECKS) == sum(len(case["checks"]) for case in stored()) > 100
