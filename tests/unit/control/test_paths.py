"""Chains in memory, against all chains of random charts found by walking everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import pytest

from lookthrough.control.paths import ChainFinder, best_below, seeds_of
from lookthrough.control.reach import Reach, Role, explore

from .build import graph, ownership
from .charts import FACTOR, drawn

CHARTS = 500
CHUNKS = 4
LONGEST = 25
Listed = list[tuple[Fraction, list[str]]]


def every_chain(reach: Reach, walk: list[str], product: Fraction) -> Iterator[tuple[Fraction, list[str]]]:
    if reach.roles[walk[0]] is Role.SEED:
        yield product, walk[:-1]
        return
    for link in reach.owners[walk[0]].links:
        if link.weight > 0 and link.owner not in walk:
            yield from every_chain(reach, [link.owner, *walk], product * link.weight)


def by_hand(reach: Reach, most: int, floor: Fraction, longest: int = LONGEST) -> Listed:
    found = every_chain(reach, [reach.subject], Fraction(1))
    kept = [(product, owners) for product, owners in found if product >= floor and len(owners) <= longest]
    return sorted(kept, key=lambda chain: (-chain[0], chain[1]))[:most]


def listed(reach: Reach, most: int, floor: Fraction, longest: int = LONGEST) -> Listed:
    found = ChainFinder(reach, longest=longest).best(seeds_of(reach), most, floor)
    assert not found.cut_off
    for chain in found.chains:
        assert all(upper.owned == lower.owner for upper, lower in pairwise(chain.links))
        assert chain.links[-1].owned == reach.subject
    return [(chain.product, [link.owner for link in chain.links]) for chain in found.chains]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_best_chains_are_those_of_walking_everywhere(chunk: int) -> None:
    for number in range(chunk, CHARTS * FACTOR, CHUNKS):
        chart, test, random = drawn(number, "multiplicative")
        reach = explore(chart.facts(), chart.subject, test)
        most, floor = random.choice([1, 2, 3, 10, 1000]), Fraction(random.choice([0, 0, 1, 5]), 100)
        longest = random.choice([1, 2, 3, LONGEST])
        assert (number, listed(reach, most, floor, longest)) == (number, by_hand(reach, most, floor, longest))


def test_all_chains_without_loops_make_up_the_share() -> None:
    rows = [("S", "A", "50"), ("S", "T", "20"), ("A", "T", "40"), ("A", "B", "100"), ("B", "T", "40")]
    reach = explore(graph(rows, seeds="S"), "T", ownership())
    assert listed(reach, 10, Fraction(0)) == [
        (Fraction(1, 5), ["S"]),
        (Fraction(1, 5), ["S", "A"]),
        (Fraction(1, 5), ["S", "A", "B"]),
    ]


def test_a_seed_ends_the_chain_and_nobody_above_it_counts() -> None:
    rows = [("S", "R", "100"), ("R", "T", "30"), ("S", "T", "10")]
    reach = explore(graph(rows, seeds="S R"), "T", ownership())
    assert [owners for _, owners in listed(reach, 10, Fraction(0))] == [["R"], ["S"]]


def test_a_search_that_is_cut_off_says_so() -> None:
    names = [f"k{i}" for i in range(14)]
    rows = [(a, b, "7") for a in names for b in names if a != b]
    reach = explore(graph([*rows, ("S", "k13", "9")], seeds="S"), "k0", ownership())
    found = ChainFinder(reach, longest=LONGEST, steps=500).best(seeds_of(reach), 1000, Fraction(0))
    assert found.cut_off
    assert [chain.product for chain in found.chains[:1]] == [Fraction(9, 100) * Fraction(7, 100)]
    quick = ChainFinder(reach, longest=LONGEST, steps=500).best(seeds_of(reach), 1, Fraction(0))
    assert not quick.cut_off


def test_a_walk_ends_at_the_first_target_with_the_part_that_stays_there() -> None:
    rows = [("A", "T", "50"), ("B", "A", "60"), ("P", "B", "70")]
    reach = explore(graph(rows, seeds="P"), "T", ownership())
    targets = {"A": Fraction(2, 5), "B": Fraction(3, 10), "T": Fraction(1, 2)}
    found = ChainFinder(reach, longest=LONGEST).best(targets, 10, Fraction(0))
    assert [(chain.product, [link.owner for link in chain.links]) for chain in found.chains] == [
        (Fraction(1, 2), [])
    ]
    above = ChainFinder(reach, longest=LONGEST).best({"B": Fraction(3, 10)}, 10, Fraction(0))
    assert [chain.product for chain in above.chains] == [Fraction(9, 100)]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_best_chain_down_is_the_best_chain_up(chunk: int) -> None:
    for number in range(chunk, CHARTS * FACTOR, CHUNKS):
        chart, test, _ = drawn(number, "multiplicative")
        reach = explore(chart.facts(), chart.subject, test)
        for party in reach.with_role(Role.SEED):
            below = best_below(reach, party)
            up = ChainFinder(reach, longest=LONGEST).best({party: Fraction(1)}, 1, Fraction(0))
            if chart.subject in below:
                assert (number, below[chart.subject].product) == (number, up.chains[0].product)
            else:
                assert (number, up.chains) == (number, ())
