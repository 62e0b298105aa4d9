"""The demo set: the cases that its README names, and totals as they were published."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from lookthrough.graph.database import Database
from lookthrough.investigations.demo import CASES, verdicts
from lookthrough.investigations.documents import VerdictDocument
from lookthrough.policies.library import Library
from lookthrough.policies.policy import PolicyDocument

from .facts import ask, links, ownership, shares, walk

RULE = Library().pack("anthropic-2025-09")
TOTALS = Path(__file__).parents[1] / "data" / "indirect_totals.csv"


def party(*ids: str, lane: str = "shares") -> PolicyDocument:
    """Owned by these parties."""
    test = {"id": "o", "kind": "ownership", "lane": lane, "threshold": "50%", "operator": ">"}
    document = {"id": "party", "version": "1", "title": {"en": "Party"}, "seeds": {"id": list(ids)}}
    return Library().parse({**document, "tests": [test]})


def missing(document: VerdictDocument) -> list[tuple[str, str, str | None]]:
    return [(gap.kind, gap.entity, gap.share_of_unknown) for gap in document.missing]


@pytest.mark.parametrize(
    ("entity", "outcome", "restricted", "clean"),
    [
        ("grand-opus", "NOT_RESTRICTED", "1/2", "1/2"),
        ("gmarket", "NOT_RESTRICTED", "1/2", "1/2"),
        ("aliexpress-korea", "NOT_RESTRICTED", "1/2", "1/2"),
        ("proton", "NOT_RESTRICTED", "499/1000", "501/1000"),
        ("leapmotor-intl", "NOT_RESTRICTED", "49/100", "51/100"),
        ("smart", "RESTRICTED", "11967/20000", "8033/20000"),
        ("mercedes", "NOT_RESTRICTED", "1967/10000", "8033/10000"),
        ("gazprom", "RESTRICTED", "5023/10000", "4977/10000"),
        ("nis", "RESTRICTED", "1123/2000", "877/2000"),
        ("lynk", "RESTRICTED", "1", "0"),
        ("rosneft", "RESTRICTED", "1/2", "499999999/1000000000"),
        ("sberbank", "RESTRICTED", "1/2", "499999999/1000000000"),
        ("panama-ports", "RESTRICTED", "9/10", "1/10"),
        ("spring-sg", "UNDETERMINED", "0", "0"),
        ("nayara", "UNDETERMINED", "4913/10000", "87/5000"),
    ],
)
def test_the_cases_of_the_set_come_out_as_its_page_says(
    demo: Database, entity: str, outcome: str, restricted: str, clean: str
) -> None:
    document = ask(demo, entity, RULE)
    test = ownership(document)
    assert (test.outcome, test.restricted_exact, test.clean_exact) == (outcome, restricted, clean)
    assert document.complete


def test_the_provider_it_began_with_is_restricted_by_its_seat_alone(demo: Database) -> None:
    document = ask(demo, "bytedance", RULE)
    assert (document.outcome, document.reason) == ("RESTRICTED", "location_restricted")
    assert ownership(document).outcome == "UNDETERMINED"
    assert shares(document) == ("0", "1/5", "4/5")


def test_an_unknown_holder_stays_unknown(demo: Database) -> None:
    document = ask(demo, "spring-sg", RULE)
    assert (document.outcome, document.reason) == ("UNDETERMINED", "could_cross_the_line")
    assert missing(document) == [("unknown_stake", "spring-sg", "1")]


@pytest.mark.parametrize(
    ("on", "outcome", "restricted"),
    [
        ("2019-10-20", "UNDETERMINED", "1/2"),
        ("2019-10-21", "RESTRICTED", "64/125"),
        ("2019-10-22", "RESTRICTED", "64/125"),
    ],
)
def test_a_company_crosses_the_line_on_its_day(
    demo: Database, on: str, outcome: str, restricted: str
) -> None:
    document = ask(demo, "halti", RULE, as_of=date.fromisoformat(on))
    assert (document.outcome, shares(document)[0]) == (outcome, restricted)
    assert "not_in_force" in [warning.code for warning in document.warnings]


def test_half_at_each_step_is_42_percent_in_all(demo: Database) -> None:
    document = ask(demo, "supercell", RULE)
    assert (document.outcome, document.reason) == ("UNDETERMINED", "could_cross_the_line")
    (chain,) = document.chains
    assert (list(walk(chain)[:-1]), chain.product_min) == (["tencent", "halti"], "0.416768")


def test_a_disputed_seat_decides_nothing(demo: Database) -> None:
    document = ask(demo, "pdd", RULE)
    assert (document.outcome, document.reason) == ("UNDETERMINED", "disputed_or_unknown_party")
    assert ("disputed_location", "pdd", None) in missing(document)
    assert ownership(document).outcome == "NOT_RESTRICTED"


def test_where_the_answer_hangs_on_the_seat_of_one_holder_it_is_named(demo: Database) -> None:
    document = ask(demo, "nayara", RULE)
    assert document.reason == "could_cross_the_line"
    decisive = {gap.entity for gap in document.missing if gap.decisive}
    assert "ucp" in {gap.entity for gap in document.missing if gap.kind == "disputed_location"}
    assert decisive


@pytest.mark.parametrize(
    ("entity", "found"),
    [
        ("prosus", [("prosus", "0.550724637681"), ("naspers", "0.449275362318")]),
        ("naspers", [("naspers", "0.724637681159"), ("prosus", "0.275362318840")]),
    ],
)
def test_two_companies_that_held_each_other_are_seen_through_all_rounds(
    demo: Database, entity: str, found: list[tuple[str, str]]
) -> None:
    document = ask(demo, entity, RULE, as_of=date(2022, 6, 1))
    assert shares(document) == ("0", "0", "1")
    expected = [("undisclosed_holders", company, share.rstrip("0")) for company, share in found]
    assert missing(document) == expected


def test_a_company_that_holds_itself_counts_its_other_holders_in_full(demo: Database) -> None:
    document = ask(demo, "cdp", RULE)
    assert shares(document) == ("0", str(Fraction(8277, 9870)), str(Fraction(1593, 9870)))


def test_only_the_sum_of_several_holders_passes_the_line(demo: Database) -> None:
    document = ask(demo, "gazprom", RULE)
    assert document.chains_total_exact == "5023/10000"
    products = [chain.product_min_exact for chain in document.chains]
    assert products == ["3837/10000", "1097/10000", "89/10000"]
    assert all(Fraction(str(product)) <= Fraction(1, 2) for product in products)


def test_sources_that_disagree_are_named(demo: Database) -> None:
    codes = [(warning.code, warning.entity) for warning in ask(demo, "rusal", RULE).warnings]
    assert ("conflict", "rusal") in codes


def test_a_band_and_a_figure_in_it_agree(demo: Database) -> None:
    document = ask(demo, "huawei-holding", RULE)
    assert shares(document) == ("9899/10000", "101/10000", "0")
    assert document.warnings == []


def published(owner: str, owned: str) -> tuple[Fraction, str]:
    """The total as printed, and its lane."""
    with TOTALS.open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if (r["owner"], r["owned"]) == (owner, owned))
    return Fraction(row["percent"]), row["lane"]


@pytest.mark.parametrize(
    ("owner", "owned"), [("wingtech", "nexperia"), ("liang-wenfeng", "deepseek"), ("tencent", "supercell")]
)
def test_products_along_chains_are_the_totals_that_were_published(
    demo: Database, owner: str, owned: str
) -> None:
    percent, lane = published(owner, owned)
    document = ask(demo, owned, party(owner, lane=lane))
    assert document.rest == "0"
    places = len(str(float(percent)).partition(".")[2])
    assert round(Fraction(str(shares(document)[0])) * 100, places) == percent


@pytest.mark.parametrize(
    ("owned", "printed_for", "holders"),
    [
        ("nis", "gazprom", ["gazprom-neft", "intelligence-spb"]),
        ("polestar", "li-shufu", ["geely-holding", "psd-investment"]),
    ],
)
def test_direct_stakes_of_a_group_are_the_totals_that_were_published(
    demo: Database, owned: str, printed_for: str, holders: list[str]
) -> None:
    percent, lane = published(printed_for, owned)
    document = ask(demo, owned, party(*holders, lane=lane))
    direct = [chain for chain in document.chains if len(links(chain)) == 1]
    assert sorted(walk(chain)[0] for chain in direct) == holders
    total = sum((Fraction(str(chain.product_min_exact)) for chain in direct), Fraction(0))
    assert total * 100 == percent


def test_every_case_that_is_shown_has_a_verdict(demo: Database) -> None:
    answers = verdicts(demo)
    assert [case for case, _ in answers] == list(CASES)
    assert all(answer.complete for _, answer in answers)
