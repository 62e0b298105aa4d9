"""Who ultimately owns a company: ends and places without a name, against brute force on random charts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lookthrough.control.ends import NO_HOLDERS, Ends, ultimate_ends
from lookthrough.control.facts import Kind, Lane
from lookthrough.control.interval import Interval, exactly
from lookthrough.control.predicate import Party
from lookthrough.control.stakes import OwnershipGraph, Stake
from lookthrough.control.unknowns import Missing

from . import brute
from .build import graph
from .charts import FACTOR, PEOPLE, Chart, drawn

CHARTS = 400
CHUNKS = 4
Figures = tuple[str, str, Fraction, Fraction]


def ends(facts: OwnershipGraph, subject: str = "T", lane: Lane = Lane.SHARES) -> Ends:
    return ultimate_ends(facts, subject, lane)


def total(found: Ends) -> Fraction:
    return sum((end.lower for end in found.items), Fraction(0))


def figures(found: Ends) -> list[Figures]:
    return [(end.kind, end.entity, end.lower, end.upper) for end in found.items]


def case(chart: Chart, lane: Lane, seed: str | None) -> brute.Case:
    """The chart with one end as the only party that is looked for; all other ends are clean."""
    rows = [row for company in chart.companies() for row in chart.counting(company, lane)]
    return brute.Case(
        {name: "seed" if name == seed else "through" for name in chart.kinds},
        frozenset(chart.kinds) - set(chart.companies()),
        tuple(brute.Row(r.owner, r.owned, r.low, r.high, r.low_open, r.holding) for r in rows),
        frozenset("f"),
        floats_clean=seed != "f",
    )


def expected(chart: Chart, lane: Lane, end: str) -> tuple[Fraction, Fraction]:
    """R of the end alone, and 1 - C with everybody else clean."""
    if end == "f":  # a float is never looked for: its part is what the others leave of C
        nobody = brute.model(case(chart, lane, None)).with_role("f", "seed")
        return brute.restricted(nobody), 1 - brute.clean(nobody)
    facts = brute.model(case(chart, lane, end))
    return brute.restricted(facts), 1 - brute.clean(facts)


def undisclosed(chart: Chart, lane: Lane, company: str) -> Fraction:
    """What arrives at the company and goes no further, by a party of its own for what is undisclosed."""
    facts = brute.model(case(chart, lane, None))
    return brute.restricted(facts.with_holder(company, "?", "seed", facts.undisclosed(company)))


@pytest.mark.parametrize("lane", [Lane.SHARES, Lane.VOTES])
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_end_has_the_bounds_of_a_policy_that_looks_for_it_alone(chunk: int, lane: Lane) -> None:
    for number in range(chunk, CHARTS * FACTOR, CHUNKS):
        chart, _, _ = drawn(number, "multiplicative")
        found = {end.entity: end for end in ends(chart.facts(), "c0", lane).items if end.is_named}
        for name in PEOPLE:
            lower, upper = expected(chart, lane, name)
            if name in found:
                assert (number, name, found[name].lower, found[name].upper) == (number, name, lower, upper)
            else:
                assert lower == 0, (number, name)


@pytest.mark.parametrize("lane", [Lane.SHARES, Lane.VOTES])
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_ends_and_places_add_up_to_the_whole(chunk: int, lane: Lane) -> None:
    for number in range(chunk, CHARTS * FACTOR, CHUNKS):
        chart, _, _ = drawn(number, "multiplicative")
        found = ends(chart.facts(), "c0", lane)
        assert total(found) == 1, number
        assert sorted(found.items, key=lambda end: (-end.lower, end.entity)) == list(found.items)
        for place in found.items:
            if not place.is_named and place.kind != Missing.CLOSED_LOOP:
                assert (number, place.lower) == (number, undisclosed(chart, lane, place.entity))


def test_a_chain_and_what_is_undisclosed_on_the_way() -> None:
    found = ends(graph([("P", "A", "60"), ("A", "T", "60"), ("Q", "T", "10")], clean="P Q"))
    part = Fraction
    assert figures(found) == [
        ("person", "P", part("0.36"), part("0.9")),
        ("undisclosed_holders", "T", part("0.3"), part("0.3")),
        ("undisclosed_holders", "A", part("0.24"), part("0.24")),
        ("person", "Q", part("0.1"), part("0.64")),
    ]


def test_loops_are_counted_to_the_end() -> None:
    rows = [("B", "A", "90"), ("A", "B", "90"), ("P", "A", "10"), ("Q", "B", "10")]
    found = ends(graph(rows, clean="P Q"), "A")
    nineteenth = Fraction(1, 19)
    assert figures(found) == [
        ("person", "P", 10 * nineteenth, 10 * nineteenth),
        ("person", "Q", 9 * nineteenth, 9 * nineteenth),
    ]


def test_a_closed_loop_is_a_place() -> None:
    rows = [("B", "A", "100"), ("A", "B", "100"), ("A", "T", "70"), ("P", "T", "30")]
    found = ends(graph(rows, clean="P"))
    assert figures(found) == [
        ("closed_loop", "A", Fraction(7, 10), Fraction(7, 10)),
        ("person", "P", Fraction(3, 10), Fraction(1)),
    ]
    assert set(found.items[0].targets) == {"A", "B"}


@pytest.mark.parametrize(
    ("percent", "kind"),
    [("[0,100]", Missing.UNKNOWN_STAKE), ("[0,100]!", Missing.DISPUTED_STAKE)],
)
def test_a_stake_of_unknown_size_is_listed_with_its_place(percent: str, kind: Missing) -> None:
    found = ends(graph([("P", "T", percent)], clean="P"))
    assert figures(found) == [
        (kind, "T", Fraction(1), Fraction(1)),
        ("person", "P", Fraction(0), Fraction(1)),
    ]


def test_what_was_not_read_is_a_place() -> None:
    found = ends(graph([("A", "T", "40"), ("P", "T", "60")], clean="P", unexplored="A"))
    assert figures(found)[1] == ("unexplored", "A", Fraction(2, 5), Fraction(2, 5))


def test_floats_states_and_foundations_are_ends_and_unknown_kinds_are_not() -> None:
    kinds = {"S": Kind.STATE, "N": Kind.FOUNDATION, "U": Kind.UNKNOWN, "G": Kind.GROUP}
    rows = [("S", "T", "40"), ("N", "T", "30"), ("F", "T", "15"), ("U", "T", "10"), ("G", "T", "5")]
    found = ends(graph(rows, floats="F", kinds=kinds))
    assert [(end.kind, end.entity) for end in found.items] == [
        (Kind.STATE, "S"),
        (Kind.FOUNDATION, "N"),
        (Kind.PUBLIC_FLOAT, "F"),
        (NO_HOLDERS, "U"),
        (NO_HOLDERS, "G"),
    ]


def test_nobody_owns_an_end() -> None:
    found = ends(graph([("P", "A", "100")], clean="P"), "P")
    assert found.items == ()


def test_a_large_core_adds_up_too() -> None:
    """Two hundred companies that hold each other; each has a tenth outside, every fourth by one person."""
    size = 200
    names = [f"k{i}" for i in range(size)]
    held: dict[tuple[str, Lane], tuple[Stake, ...]] = {}
    for i, name in enumerate(names):
        owners = [names[(i + step) % size] for step in (1, 7, 31)]
        outside = "P" if i % 4 == 0 else "Q"
        rows = [Stake(owner, name, Lane.SHARES, exactly(Fraction(3, 10))) for owner in owners]
        rows.append(Stake(outside, name, Lane.SHARES, Interval(Fraction(1, 10), Fraction(1, 10))))
        held[name, Lane.SHARES] = tuple(rows)
    people = {end: Party(end, Kind.PERSON) for end in "PQ"}
    found = ends(OwnershipGraph(people, held), "k0")
    assert total(found) == 1
    assert [end.entity for end in found.items] == ["Q", "P"]
    assert all(end.lower == end.upper for end in found.items)
