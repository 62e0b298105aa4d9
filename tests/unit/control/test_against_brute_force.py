"""Every arithmetic on random charts against a small and slow computation that shares nothing with ours."""

from __future__ import annotations

import pytest

from lookthrough.control.policy import OwnershipTest
from lookthrough.control.results import HoldingResult, ParentResult, examine

from . import brute
from .brute import Case
from .charts import FACTOR, Chart, drawn
from .links import full_links
from .sums import Found, cascade, parent, weighed

CHARTS = {"multiplicative": 500, "cascade": 900, "control": 600, "parent": 600, "full links": 500}
CHUNKS = 4


def found_by(answer: HoldingResult) -> Found | str:
    if isinstance(answer, ParentResult):
        return answer.outcome.value
    b = answer.bounds
    return Found(answer.outcome.value, b.lower, b.upper, b.lower_strict, b.upper_strict)


def expected(chart: Chart, test: OwnershipTest) -> Found | str:
    facts = weighed(chart, test.lane)
    if test.id == "parent":
        return parent(facts, test.line)
    if test.id == "multiplicative":
        return multiplicative(chart, test)
    return full_links(facts, test.full_links, test.line) if test.full_links else cascade(facts, test)


def multiplicative(chart: Chart, test: OwnershipTest) -> Found:
    names = {"yes": "seed", "no": "through", "unknown": "open"}
    rows = [row for company in chart.companies() for row in chart.counting(company, test.lane)]
    facts = brute.model(
        Case(
            {entity: names[truth] for entity, truth in chart.truths.items()},  # type: ignore[misc]
            frozenset(chart.kinds) - set(chart.companies()),
            tuple(brute.Row(r.owner, r.owned, r.low, r.high, r.low_open, r.holding) for r in rows),
            frozenset("f"),
            floats_clean=chart.floats_clean,
        )
    )
    return Found(
        brute.outcome(facts, test.line.threshold, test.line.operator.value),
        brute.restricted(facts),
        1 - brute.clean(facts),
        brute.restricted_is_strict(facts),
        brute.clean_is_strict(facts),
    )


@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("kind", CHARTS)
def test_outcome_and_bounds_are_those_of_brute_force(kind: str, chunk: int) -> None:
    for number in range(chunk, CHARTS[kind] * FACTOR, CHUNKS):
        chart, test, _ = drawn(number, kind)
        answer = found_by(examine(test, chart.facts(), chart.subject))
        assert (number, answer) == (number, expected(chart, test))
