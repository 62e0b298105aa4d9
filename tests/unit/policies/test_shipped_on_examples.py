"""Published cases asked of the packs that ship, the parties in question put where the pack looks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import pytest
from tests.unit.control.test_worked_examples import facts_of

from lookthrough.control.facts import Attribute, Kind, Lane
from lookthrough.control.predicate import Party
from lookthrough.control.stakes import OwnershipGraph
from lookthrough.control.verdict import judge

from .charts import EVERY_LIST, lower
from .samples import LIBRARY

EXAMPLES = Path(__file__).parents[2] / "data" / "worked-examples.json"
Case = dict[str, Any]


@dataclass(frozen=True)
class Pack:
    """`seat`: where the other companies are; `lane`: what the published stakes are taken for."""

    reference: str
    test: str = "ownership"
    seat: str = "SG"
    lane: Lane | None = None
    variant: str | None = None


OFAC, BIS = Pack("ofac-50-percent"), Pack("bis-affiliates-2025")
DOJ, PARENT = Pack("doj-dsp-covered-person"), Pack("cfius-parent", "votes")
BOI, PBOC, DBE = Pack("fincen-boi"), Pack("cn-pboc-ubo-2024"), Pack("dbe-ownership")
ANTHROPIC, GWG = Pack("anthropic-2025-09"), Pack("de-gwg-ubo")
CONTROL, INTEGRATED = Pack("company-control", "control"), Pack("integrated-ownership")
LINKS = "ecb-close-links-legal-text"

ASKED: dict[str, dict[str, tuple[Pack, ...]]] = {
    "ofac-399-aggregation": {"p": (OFAC,)},
    "ofac-401-2-diamond": {"p": (OFAC,)},
    "ofac-401-4-one-leg-short": {"p": (OFAC,)},
    "ofac-398-control-is-not-ownership": {"p": (OFAC,)},
    "ofac-exact-half-four-owners": {"p": (OFAC,)},
    "bis-affiliates-51": {"p": (BIS,)},
    "bis-red-flag-29-unknown": {"p": (BIS,)},
    "doj-202-211-ex8": {"p": (DOJ,)},
    "doj-202-211-ex6-us-org": {"p": (DOJ,)},
    "cfius-800-235-two-parents": {"of-A": (PARENT,), "of-C": (PARENT,)},
    "cfius-800-244-2-not-a-parent": {"p": (Pack("cfius-substantial-interest"),)},
    "ois-850-221-two-tiers": {"p": (Pack("outbound-person-of-country-of-concern"),)},
    "fcc-1-5002-voting": {
        "p": (Pack("fcc-310b-voting", seat="US"),),
        "equity": (Pack("fcc-310b-equity", seat="US", lane=Lane.SHARES),),
    },
    "dbe-26-63-ii": {"p": (DBE,)},
    "dbe-26-63-v": {"p": (DBE,)},
    "eu-faq8-aggregate": {"p": (Pack("eu-ownership"),)},
    "eu-2023-wording-50-exact": {"old": (Pack("eu-ownership@1"),), "new": (Pack("eu-ownership@2"),)},
    "uk-ofsi-two-halves": {"p": (Pack("uk-ofsi-ownership"),)},
    "uk-psc-majority-stake": {"p": (Pack("uk-psc"),)},
    "de-gwg-two-halves": {"any": (GWG,), "G1": (GWG,), "G2": (GWG,)},
    "jp-indirect-51-26": {"p": (Pack("jp-jisshitsuteki-shihaisha"),)},
    "eu-amlr-52-exact-25": {"p": (Pack("eu-amlr-52"),)},
    "cn-two-paths-26": {"p": (PBOC,)},
    "cn-chain-40-30-ubo": {"p": (PBOC,)},
    "nsw-revenue-soda": {"p": (Pack("nsw-payroll-controlling-interest"),)},
    "ecb-close-links-majority-undertaking": {
        "p": (Pack(LINKS),),
        "product": (Pack(LINKS, variant="multiplied"), Pack("ecb-close-links-simple-path")),
    },
    "anthropic-wholly-owned": {"p": (ANTHROPIC,)},
    "anthropic-60-60": {"p": (ANTHROPIC,)},
    "anthropic-hq-not-incorporation": {"p": (ANTHROPIC,)},
    "boi-newco-25-75": {"p": (BOI,)},
    "boi-50-of-100": {"p": (BOI,)},
    "boi-three-equal-holders": {"p": (BOI,)},
    "pyramid-52-51-51": {
        "control": (CONTROL, Pack("eu-amlr-53", "control")),
        "share": (replace(INTEGRATED, lane=Lane.SHARES),),
    },
    "clingo-company-controls": {"of-c1": (CONTROL,), "of-c2": (CONTROL,), "of-c3": (CONTROL,)},
    "asp-control-all-30": {"of-a": (CONTROL,), "of-b": (CONTROL,), "of-c": (CONTROL,)},
    "asp-control-ross-sagiv-1992": {"of-a": (CONTROL,), "of-b": (CONTROL,), "of-c": (CONTROL,)},
    "asp-control-van-gelder-1993": {"of-a": (CONTROL,), "of-b": (CONTROL,)},
    "fr-conso-direct-plus-controlled": {"control": (CONTROL,)},
    "fr-conso-break-at-f2": {"control": (CONTROL,)},
    "fr-conso-mutual-one-controlled": {"control": (CONTROL,)},
    "fr-conso-ring-broken": {"control": (CONTROL,)},
    "fr-conso-reciprocal-90-6": {"p": (INTEGRATED,)},
    "fr-conso-equation-93-7": {"p": (INTEGRATED,)},
    "fr-conso-treasury": {"p": (INTEGRATED,)},
    "trank-two-company-circle": {"p": (INTEGRATED,)},
    "cn-lijian-three-way": {"p": (INTEGRATED,)},
}

WITHOUT_EXAMPLE = {
    *("anthropic-2026-10", "azure-openai", "google-gemini", "openai", "xai"),
    *("ca-sema-deemed-ownership", "ch-seco-ownership", "eu-control"),
    *("cn-sta-42-related-party", "eu-amlr-54", "outbound-controlled-foreign-entity"),
    *("us-feoc-25", "us-prohibited-foreign-entity"),
}
"""Packs whose rule no stored case names; the conflicts and the tests beside this one ask some of them."""


def stored() -> dict[str, Case]:
    cases = cast("list[Case]", json.loads(EXAMPLES.read_text(encoding="utf-8")))
    return {case["id"]: case for case in cases}


def asked_about(case: Case, policy: str) -> frozenset[str]:
    """The parties that the published case asks about, by id or by list; none if it goes by places."""
    found: set[str] = set()
    for condition in case["policies"][policy]["seeds"].get("any", []):
        found.update(condition.get("id", []))
        listed = condition.get("list", [])
        found.update(row["entity"] for row in case["facts"].get("lists", []) if row["list"] in listed)
    return frozenset(found)


def facts_for(case: Case, policy: str, pack: Pack) -> OwnershipGraph:
    facts = facts_of(case["facts"])
    asked = asked_about(case, policy)
    parties = {name: settled(party, pack, asked=name in asked) for name, party in facts.parties.items()}
    stakes = {
        (owned, pack.lane or lane): tuple(replace(stake, lane=pack.lane or lane) for stake in held)
        for (owned, lane), held in facts.stakes.items()
    }
    return replace(facts, parties=parties, stakes=stakes)


def settled(party: Party, pack: Pack, *, asked: bool) -> Party:
    """The party with a place for everything that the case leaves out."""
    attributes: tuple[Attribute, ...]
    if party.kind is Kind.PERSON:
        attributes, place = (Attribute.NATIONALITY, Attribute.RESIDENCE), "US"
    else:
        attributes = (Attribute.HEADQUARTERS, Attribute.INCORPORATION, Attribute.PRINCIPAL_PLACE)
        place = pack.seat
    usual = dict.fromkeys(attributes, frozenset({"CN" if asked else place}))
    lists = EVERY_LIST if asked else frozenset[str]()
    return replace(party, locations={**usual, **party.locations}, lists=lists)


def questions() -> Iterator[Any]:
    cases = stored()
    for name, policies in ASKED.items():
        for check in cases[name]["checks"]:
            for pack in policies.get(check["policy"], ()):
                yield pytest.param(
                    cases[name],
                    check,
                    pack,
                    id=f"{name}-{check['policy']}-{check['entity']}-{pack.reference}",
                )


@pytest.mark.parametrize(("case", "check", "pack"), list(questions()))
def test_a_pack_answers_as_published(case: Case, check: Case, pack: Pack) -> None:
    variant = pack.variant or check.get("variant")
    policy = LIBRARY.pack(pack.reference).resolve(variant, date.fromisoformat(check["as_of"])).policy
    verdict = judge(policy, facts_for(case, check["policy"], pack), check["entity"])
    expected = check["expected"]
    assert verdict.outcome == expected["outcome"]
    assert lower(verdict, pack.test) == Fraction(expected["lower_exact"])


def test_every_pack_has_an_example_or_is_known_to_have_none() -> None:
    references = {pack.reference for asked in ASKED.values() for packs in asked.values() for pack in packs}
    with_example = {LIBRARY.pack(reference).id for reference in references}
    assert with_example | WITHOUT_EXAMPLE == {pack.id for pack in LIBRARY.all()}
    assert not with_example & WITHOUT_EXAMPLE
