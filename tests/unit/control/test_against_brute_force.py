"""Every arithmetic on random charts against a small and slow computation that shares nothing with ours."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from lookthrough.control.policy import OwnershipTest, Pooling
from lookthrough.control.results import HoldingResult, ParentResult, examine

from . import brute
from .brute import Case
from .charts import FACTOR, KINDS, Chart, drawn
from .links import full_links
from .sums import Found, cascade, closed, parent, weighed

CHARTS: dict[str, int] = dict.fromkeys(KINDS, 2_000)
CHUNKS = 4
OFTEN = 50
DENSE = 3
FEATURES = (
    "a ring",
    "a closed ring",
    "a dense core",
    "an open end",
    "a band",
    "nothing known of a stake",
    "a party of unknown standing",
    "over 100%",
    "a sum at the line",
    "several seeds",
    "a group",
    "each seed alone",
    "a board or control stake",
)


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


def features(chart: Chart, test: OwnershipTest) -> set[str]:
    """What makes a chart hard, as far as the lane of the test goes."""
    facts = weighed(chart, test.lane)
    rows = [row for company in chart.companies() for row in chart.counting(company, test.lane)]
    totals = [sum((row.low for row in chart.counting(c, test.lane)), Fraction(0)) for c in chart.companies()]
    held = {(row.owner, row.owned) for row in rows if row.low > 0}
    found = {
        "a ring": any((owned, owner) in held and owner != owned for owner, owned in held),
        "a closed ring": bool(closed(facts)),
        "a dense core": any(
            sum((owner, c) in held for owner in chart.companies()) >= DENSE for c in chart.companies()
        ),
        "an open end": any(row.low_open for row in rows),
        "a band": any(row.low < row.high for row in rows),
        "nothing known of a stake": any(row.low == 0 and row.high == 1 for row in rows),
        "a party of unknown standing": bool(facts.others("unknown")),
        "over 100%": any(total > 1 for total in totals),
        "a sum at the line": test.line.threshold in totals
        or any(row.low == test.line.threshold for row in rows),
        "several seeds": len({row.owner for row in rows} & set(facts.others("yes"))) > 1,
        "a group": bool(chart.groups),
        "each seed alone": test.pooling is Pooling.EACH,
        "a board or control stake": bool(chart.controls),
    }
    return {name for name, there in found.items() if there}


@pytest.mark.parametrize("kind", KINDS)
def test_the_charts_meet_everything_that_is_hard(kind: str) -> None:
    drawings = (drawn(number, kind) for number in range(CHARTS[kind]))
    count = Counter(feature for chart, test, _ in drawings for feature in features(chart, test))
    assert CHARTS[kind] >= 2_000
    wanted = set(FEATURES) if kind in ("cascade", "control") else set(FEATURES) - {"each seed alone"}
    assert {feature for feature in wanted if count[feature] < OFTEN} == set()
