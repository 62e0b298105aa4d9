"""How everybody stands in a question, against brute force about each of them, on random charts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from lookthrough.control.below import reach_of_all
from lookthrough.control.decision import Outcome
from lookthrough.control.policy import OwnershipTest
from lookthrough.control.reach import Role
from lookthrough.control.results import HoldingResult, ParentResult, examine, examine_reach
from lookthrough.control.standing import Standing, standings

from . import brute
from .charts import FACTOR, Chart, drawn
from .links import lower_bound, upper_bound
from .sums import could_hold, grown, held, starts, weighed

CHARTS = 120
CHUNKS = 4
Bounds = tuple[Fraction, Fraction]


def looked_through(result: HoldingResult) -> dict[str, Standing]:
    """Everybody but the subject who is neither named by the rule nor an end."""
    found = standings(result)
    return {
        entity: standing
        for entity, standing in found.items()
        if standing.role is Role.THROUGH and entity != result.reach.subject
    }


def about(chart: Chart, entity: str) -> Chart:
    """The same facts asked about another; the first subject is no party that the rule names."""
    return replace(chart, subject=entity, truths={**chart.truths, chart.subject: "no"})


def by_multiplying(chart: Chart, test: OwnershipTest, entity: str) -> Bounds:
    return multiplied(about(chart, entity), test)


def multiplied(chart: Chart, test: OwnershipTest) -> Bounds:
    standing: dict[str, brute.Standing] = {
        entity: {"yes": "seed", "no": "through", "unknown": "open"}[truth]  # type: ignore[misc]
        for entity, truth in chart.truths.items()
    }
    rows = [row for company in chart.companies() for row in chart.counting(company, test.lane)]
    facts = brute.model(
        brute.Case(
            standing,
            frozenset(chart.kinds) - set(chart.companies()),
            tuple(brute.Row(r.owner, r.owned, r.low, r.high, r.low_open, r.holding) for r in rows),
            frozenset("f"),
            floats_clean=chart.floats_clean,
            subject=chart.subject,
        )
    )
    return brute.restricted(facts), 1 - brute.clean(facts)


def by_full_links(chart: Chart, test: OwnershipTest, entity: str) -> Bounds:
    assert test.full_links
    facts = weighed(about(chart, entity), test.lane)
    return lower_bound(facts, test.full_links), upper_bound(facts, test.full_links)


def by_cascade(chart: Chart, test: OwnershipTest, entity: str) -> Bounds:
    """The largest sums over everybody that a set is grown from."""
    facts = weighed(chart, test.lane)
    if test.kind.value != "control":
        facts = replace(facts, controls=frozenset())
    lower = [grown(facts, test, start) for start in starts(facts, test, "yes")]
    begun: list[set[str]] = [*starts(facts, test, "yes"), *starts(facts, test, "unknown"), set()]
    if test.pooling.value == "all":
        begun = [{*facts.others("yes"), *facts.others("unknown")}, set()]
    upper = [grown(facts, test, start, upper=True) for start in begun]
    return (
        max((held(facts, members, entity) for members in lower), default=Fraction(0)),
        max(could_hold(facts, members, entity) for members in upper),
    )


ORACLES = {"multiplicative": by_multiplying, "full links": by_full_links, "cascade": by_cascade}


@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("kind", ORACLES)
def test_the_figures_of_everybody_are_those_of_brute_force(kind: str, chunk: int) -> None:
    met = 0
    for number in range(chunk, CHARTS * FACTOR, CHUNKS):
        chart, test, _ = drawn(number, kind)
        result = examine(test, chart.facts(), chart.subject)
        for entity, standing in looked_through(result).items():
            met += 1
            expected = ORACLES[kind](chart, test, entity)
            assert (number, entity, standing.lower, standing.upper) == (number, entity, *expected)
    assert met > CHARTS / CHUNKS / 4


@pytest.mark.parametrize("kind", ["multiplicative", "full links", "cascade", "control"])
def test_the_subject_stands_as_its_verdict_says_and_the_named_count_in_full(kind: str) -> None:
    for number in range(60 * FACTOR):
        chart, test, _ = drawn(number, kind)
        result = examine(test, chart.facts(), chart.subject)
        assert not isinstance(result, ParentResult)
        found = standings(result)
        own = found[chart.subject]
        assert (own.outcome, own.lower, own.upper) == (
            result.outcome,
            result.bounds.lower,
            result.bounds.upper,
        )
        for standing in found.values():
            if standing.role is Role.SEED:
                assert standing.outcome is Outcome.RESTRICTED
                assert standing.lower == standing.upper == 1
            if standing.role is Role.OPEN:
                assert standing.upper == 1
                assert standing.outcome is not Outcome.NOT_RESTRICTED


def test_what_counts_of_owners_adds_up_to_what_counts_of_the_company() -> None:
    for number in range(80 * FACTOR):
        chart, test, _ = drawn(number, "multiplicative")
        result = examine(test, chart.facts(), chart.subject)
        found = standings(result)
        for company, standing in looked_through(result).items():
            own = result.reach.owners[company]
            lower = sum((link.weight * (found[link.owner].lower or 0) for link in own.links), Fraction(0))
            assert standing.lower == lower


def test_below_a_party_everybody_is_asked_about_like_any_other() -> None:
    for number in range(40 * FACTOR):
        chart, test, _ = drawn(number, "multiplicative")
        companies = [company for company in chart.companies() if company != chart.subject]
        found = standings(examine_reach(reach_of_all(chart.facts(), companies, test)))
        for company in companies:
            if found[company].role is Role.THROUGH:
                alone = multiplied(replace(chart, subject=company), test)
                standing = found[company]
                assert (number, standing.lower, standing.upper) == (number, *alone)


def test_a_test_without_figures_colours_those_whom_the_climb_came_by() -> None:
    for number in range(60 * FACTOR):
        chart, test, _ = drawn(number, "parent")
        result = examine(test, chart.facts(), chart.subject)
        assert isinstance(result, ParentResult)
        found = standings(result)
        assert all(standing.lower is None for standing in found.values())
        assert all(found[link.owner].outcome is result.outcome for link in result.climb.path)
