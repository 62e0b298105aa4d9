"""Decided outcomes hold in every world that fits the facts; what cannot matter changes nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from lookthrough.control.facts import Kind
from lookthrough.control.policy import OwnershipTest
from lookthrough.control.results import HoldingResult, ParentResult, examine

from .charts import FACTOR, Chart, Row, Truth, drawn
from .links import lower_bound
from .sums import Weighed, cascade, meets, parent, weighed

CHARTS = {"cascade": 500, "control": 400, "parent": 400, "full links": 250}
WORLDS = 6
SUMMED = ["cascade", "control", "full links"]


def answered(chart: Chart, test: OwnershipTest) -> HoldingResult:
    return examine(test, chart.facts(), chart.subject)


def summary(answer: HoldingResult) -> tuple[object, ...]:
    bounds = None if isinstance(answer, ParentResult) else answer.bounds
    return answer.outcome, answer.reason, bounds


def world(facts: Weighed, random: Random) -> Weighed:
    """Every share given to somebody, every unknown predicate decided."""
    truths: dict[str, Truth] = {
        entity: random.choice(["yes", "no"]) if truth == "unknown" else truth
        for entity, truth in facts.truths.items()
    }
    truths |= {"seed!": "yes", "clean!": "no", "small!": "no"}
    kinds = {**facts.kinds, **dict.fromkeys(("seed!", "clean!", "small!"), Kind.PERSON)}
    takers = [*facts.kinds, *facts.others("yes"), "seed!", "seed!", "clean!"]
    weights = {company: _filled(facts, company, takers, random) for company in facts.weights}
    return replace(facts, truths=truths, kinds=kinds, weights=weights, strict=frozenset())


def _filled(facts: Weighed, company: str, takers: list[str], random: Random) -> dict[str, Fraction]:
    shares = dict(facts.weights[company])
    left = facts.undisclosed(company)
    for owner in sorted(owner for owner, owned in facts.strict if owned == company):
        more = left * Fraction(random.randint(1, 9), 100)
        shares[owner] += more
        left -= more
    while left > 0:
        part = left if random.random() < 0.6 else left * Fraction(random.randint(1, 9), 10)
        taker = random.choice(takers)
        shares[taker] = shares.get(taker, Fraction(0)) + part
        left -= part
    return shares


def restricted_in(facts: Weighed, test: OwnershipTest) -> tuple[bool, Fraction | None]:
    """Whether a world in which all is known is restricted, and its figure."""
    if test.full_links is not None:
        share = lower_bound(facts, test.full_links)
        return meets(share, strict=False, line=test.line), share
    found = cascade(facts, test)
    return found.outcome == "RESTRICTED", found.lower


@pytest.mark.parametrize("kind", SUMMED)
def test_a_decided_outcome_and_the_bounds_hold_in_every_world_that_fits_the_facts(kind: str) -> None:
    for number in range(CHARTS[kind] * FACTOR):
        chart, test, random = drawn(number, kind)
        answer = answered(chart, test)
        assert not isinstance(answer, ParentResult)
        for _ in range(WORLDS):
            there = world(weighed(chart, test.lane), random)
            restricted, share = restricted_in(there, test)
            said = (number, there.weights, there.truths, answer.outcome)
            if answer.outcome != "UNDETERMINED":
                assert restricted is (answer.outcome == "RESTRICTED"), said
            if share is not None:
                assert answer.bounds.lower <= share <= answer.bounds.upper, said


def test_a_parent_that_is_told_is_the_parent_in_every_world_that_fits_the_facts() -> None:
    for number in range(CHARTS["parent"] * FACTOR):
        chart, test, random = drawn(number, "parent")
        answer = answered(chart, test)
        for _ in range(WORLDS):
            there = world(weighed(chart, test.lane), random)
            if answer.outcome != "UNDETERMINED":
                found = parent(there, test.line)
                assert found in (answer.outcome, "UNDETERMINED"), (number, there.weights, there.truths)


@pytest.mark.parametrize("kind", SUMMED)
def test_a_seed_that_takes_undisclosed_room_never_ends_a_restriction(kind: str) -> None:
    for number in range(CHARTS[kind] * FACTOR):
        chart, test, random = drawn(number, kind)
        before = answered(chart, test)
        seeds = [name for name in ("s", "z", "seed!") if name != chart.subject]
        for company in chart.companies():
            room = 1 - sum((row.low for row in chart.counting(company, test.lane)), Fraction(0))
            if before.outcome == "RESTRICTED" and room > 0 and chart.counting(company, test.lane):
                part = room * Fraction(random.randint(1, 4), 4)
                lane = chart.counting(company, test.lane)[0].lane
                row = Row(random.choice(seeds), company, part, part, holding="more", lane=lane)
                more = chart.with_person("seed!", "yes").with_rows([row])
                assert answered(more, test).outcome == "RESTRICTED", (number, row)


@pytest.mark.parametrize("kind", CHARTS)
def test_the_order_of_the_facts_changes_nothing(kind: str) -> None:
    for number in range(CHARTS[kind] * FACTOR):
        chart, test, random = drawn(number, kind)
        rows, controls, names = list(chart.rows), list(chart.controls), list(chart.kinds)
        for items in (rows, controls, names):
            random.shuffle(items)
        kinds = {name: chart.kinds[name] for name in names}
        other = replace(chart, rows=tuple(rows), controls=tuple(controls), kinds=kinds)
        assert (number, summary(answered(other, test))) == (number, summary(answered(chart, test)))


@pytest.mark.parametrize("kind", CHARTS)
def test_other_names_change_nothing(kind: str) -> None:
    for number in range(CHARTS[kind] * FACTOR):
        chart, test, random = drawn(number, kind)
        numbers = random.sample(range(100), len(chart.kinds))
        names = {name: f"n{n}" for name, n in zip(chart.kinds, numbers, strict=True)}
        renamed = Chart(
            {names[name]: truth for name, truth in chart.truths.items()},
            {names[name]: kind for name, kind in chart.kinds.items()},
            tuple(replace(row, owner=names[row.owner], owned=names[row.owned]) for row in chart.rows),
            tuple((names[owner], names[owned], lane) for owner, owned, lane in chart.controls),
            {group: frozenset(names[member] for member in chart.groups[group]) for group in chart.groups},
            chart.floats_clean,
            names[chart.subject],
        )
        assert (number, summary(answered(renamed, test))) == (number, summary(answered(chart, test)))


@pytest.mark.parametrize("kind", CHARTS)
def test_a_holding_split_in_two_changes_nothing(kind: str) -> None:
    for number in range(CHARTS[kind] * FACTOR):
        chart, test, random = drawn(number, kind)
        splittable = [row for row in chart.rows if not row.low_open]
        if splittable:
            row = random.choice(splittable)
            part = Fraction(random.randint(0, 7), 7)
            halves = [
                replace(row, low=row.low * of, high=row.high * of, holding=f"{row.holding} {of}")
                for of in (part, 1 - part)
            ]
            rows = tuple(other for other in chart.rows if other is not row)
            split = replace(chart, rows=(*rows, *halves))
            assert (number, summary(answered(split, test))) == (number, summary(answered(chart, test)))
