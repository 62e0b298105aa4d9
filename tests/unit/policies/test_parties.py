"""Parties named in a few words."""

from __future__ import annotations

from datetime import date

import pytest

from lookthrough.control.facts import Attribute, Kind, Lane
from lookthrough.control.policy import OwnershipTest
from lookthrough.control.predicate import Party, Truth
from lookthrough.policies.errors import PolicyError
from lookthrough.policies.library import Library
from lookthrough.policies.parties import condition, policy_about

LIBRARY = Library()
IN_CHINA = Party("c", Kind.COMPANY, locations={Attribute.HEADQUARTERS: frozenset({"CN"})})
IN_RUSSIA = Party("r", Kind.COMPANY, locations={Attribute.HEADQUARTERS: frozenset({"RU"})})
A_STATE = Party("x", Kind.STATE, lists=frozenset({"sdn"}))


def judged(*owners: str) -> list[Truth]:
    (test,) = policy_about(owners, Lane.VOTES, LIBRARY).resolve(None, date(2026, 1, 1)).policy.tests
    assert isinstance(test, OwnershipTest)
    assert test.lane is Lane.VOTES
    return [test.seeds.judge(party) for party in (IN_CHINA, IN_RUSSIA, A_STATE)]


YES, NO, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("owners", "truths"),
    [
        (["headquarters=CN"], [YES, NO, OPEN]),
        (["headquarters = CN | RU"], [YES, YES, OPEN]),
        (["headquarters!=CN"], [NO, YES, OPEN]),
        (["kind=state|person"], [NO, NO, YES]),
        (["kind!=state"], [YES, YES, NO]),
        (["list=sdn"], [NO, NO, YES]),
        (["id=c|r"], [YES, YES, NO]),
        (["id=c", "kind=state"], [YES, NO, YES]),
        (['{"all": [{"kind": ["company"]}, {"attribute": "headquarters", "in": ["RU"]}]}'], [NO, YES, NO]),
    ],
)
def test_a_class_is_judged_as_a_policy_would(owners: list[str], truths: list[Truth]) -> None:
    assert judged(*owners) == truths


def test_a_region_list_may_be_named() -> None:
    assert condition("headquarters!=regions:anthropic-supported") == {
        "attribute": "headquarters",
        "not_in": "regions:anthropic-supported",
    }


@pytest.mark.parametrize("text", ["", "CN", "seat=CN", "headquarters=", "headquarters=CN||RU", "kind=state|"])
def test_what_names_no_class_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(PolicyError, match="a class of owners is written"):
        policy_about([text], Lane.SHARES, LIBRARY)


@pytest.mark.parametrize(
    "text", ["headquarters=UK", "kind=king", "{", '{"kind": "state"}', "headquarters=regions:x"]
)
def test_what_a_policy_could_not_say_is_refused_too(text: str) -> None:
    with pytest.raises(PolicyError, match="^owners: "):
        policy_about([text], Lane.SHARES, LIBRARY)


def test_at_least_one_condition_is_needed() -> None:
    with pytest.raises(PolicyError):
        policy_about([], Lane.SHARES, LIBRARY)
