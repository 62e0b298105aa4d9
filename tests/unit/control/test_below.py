"""What a party holds of everything below it, against the share of each company asked by itself."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from lookthrough.control.below import totals_below
from lookthrough.control.facts import Lane
from lookthrough.control.predicate import Party
from lookthrough.control.stakes import OwnershipGraph

from . import brute
from .build import graph
from .charts import FACTOR, Chart, drawn
from .test_ends import case

CHARTS = 240
CHUNKS = 4


def of_each(chart: Chart, lane: Lane, party: str, company: str) -> tuple[Fraction, Fraction]:
    """R, and 1 - C, of the company with the party as the only seed."""
    facts = brute.model(replace(case(chart, lane, party), subject=company))
    return brute.restricted(facts), 1 - brute.clean(facts)


@pytest.mark.parametrize("lane", [Lane.SHARES, Lane.VOTES])
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_total_of_each_company_is_its_own_share(chunk: int, lane: Lane) -> None:
    for number in range(chunk, CHARTS * FACTOR, CHUNKS):
        chart, _, _ = drawn(number, "multiplicative")
        for party in ["s", "p", chart.companies()[-1]]:
            companies = [company for company in chart.companies() if company != party]
            found = totals_below(chart.facts(), party, companies, lane).items
            assert sorted(total.entity for total in found) == companies
            assert list(found) == sorted(found, key=lambda total: (-total.lower, -total.upper, total.entity))
            for total in found:
                expected = of_each(chart, lane, party, total.entity)
                assert (number, party, total.entity, total.lower, total.upper) == (
                    number, party, total.entity, *expected,
                )  # fmt: skip
                product = total.chain.product if total.chain else Fraction(0)
                assert product <= total.lower
                assert (total.lower > 0) == (total.chain is not None)


def test_cross_holdings_count_to_the_end_and_the_best_chain_goes_along() -> None:
    rows = [("B", "A", "90"), ("A", "B", "90"), ("P", "A", "10"), ("Q", "B", "10"), ("B", "C", "50")]
    found = totals_below(graph(rows, clean="P Q"), "P", ["A", "B", "C"], Lane.SHARES).items
    told = [(total.entity, total.lower, total.upper) for total in found]
    nineteenth = Fraction(1, 19)
    assert told == [
        ("A", 10 * nineteenth, 10 * nineteenth),
        ("B", 9 * nineteenth, 9 * nineteenth),
        ("C", Fraction(9, 38), Fraction(28, 38)),
    ]
    assert [link.owned for link in found[2].chain.links] == ["A", "B", "C"] if found[2].chain else False


def test_two_chains_of_one_size_are_told_apart_by_the_ids_on_them() -> None:
    rows = [("P", "A", "50"), ("P", "B", "50"), ("A", "T", "20"), ("B", "T", "20")]
    (total,) = totals_below(graph(rows, clean="P"), "P", ["T"], Lane.SHARES).items
    assert total.lower == Fraction(1, 5)
    assert total.chain is not None
    assert [link.owner for link in total.chain.links] == ["P", "A"]


def test_a_party_with_nothing_below_reaches_nobody() -> None:
    assert totals_below(OwnershipGraph({"P": Party("P")}, {}), "P", [], Lane.SHARES).items == ()
