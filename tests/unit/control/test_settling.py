"""What is missing: each place by supplying the fact, in facts of our own making, and asking again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from lookthrough.control.facts import Kind
from lookthrough.control.interval import ZERO
from lookthrough.control.policy import OwnershipTest
from lookthrough.control.results import CascadeResult, FullLinksResult, HoldingResult, ParentResult, examine
from lookthrough.control.settling import Settled, settled_places
from lookthrough.control.unknowns import Missing

from .charts import FACTOR, Chart, Row, Truth, drawn
from .sums import closed, weighed

CHARTS = {"cascade": 350, "control": 200, "parent": 300, "full links": 200}
OPEN = {Missing.UNKNOWN_LOCATION, Missing.DISPUTED_LOCATION}


def answered(chart: Chart, test: OwnershipTest) -> HoldingResult:
    return examine(test, chart.facts(), chart.subject)


def upper(answer: HoldingResult) -> Fraction:
    assert not isinstance(answer, ParentResult)
    return answer.bounds.upper


def undetermined(kind: str) -> Iterator[tuple[int, Chart, OwnershipTest, list[Settled]]]:
    for number in range(CHARTS[kind] * FACTOR):
        chart, test, _ = drawn(number, kind)
        answer = answered(chart, test)
        if answer.outcome == "UNDETERMINED":
            assert isinstance(answer, CascadeResult | FullLinksResult | ParentResult)
            yield number, chart, test, settled_places(answer)


def supplied(chart: Chart, test: OwnershipTest, place: Settled, truth: Truth, taker: str = "n") -> Chart:
    """The chart with the fact at the place: `n` is a new party, of which the predicate says `truth`."""
    known = chart.with_person("n", truth)
    if truth == "yes" and test.full_links is not None and not test.full_links.first_link:
        # A seed's own link counts less than one of a company that is all the seed's.
        kinds = {**known.kinds, "n": Kind.COMPANY}
        known = replace(known, truths={**known.truths, "n": "no"}, kinds=kinds).with_person("m", "yes")
        known = known.with_rows([Row("m", "n", Fraction(1), Fraction(1), lane=test.lane)])
    if place.kind in OPEN or chart.kinds[place.entity] is Kind.PUBLIC_FLOAT:
        kind = chart.kinds[place.entity]
        kind = Kind.PERSON if kind is Kind.PUBLIC_FLOAT else kind
        truths, kinds = {**known.truths, place.entity: truth}, {**known.kinds, place.entity: kind}
        return replace(known, truths=truths, kinds=kinds)
    facts = weighed(chart, test.lane)
    if place.kind is Missing.CLOSED_LOOP:
        above = closed(facts, test) - {chart.subject}
        loop = {place.entity} | {other for other in above if _hold_each_other(chart, test, place, other)}
        weights = {member: {taker: Fraction(1)} for member in loop - {chart.subject}}
    else:
        shares = dict(facts.weights[place.entity])
        shares[taker] = shares.get(taker, ZERO) + facts.undisclosed(place.entity)
        weights = {place.entity: shares}
    others = [row for row in known.rows if (row.lane, row.owned) not in {(test.lane, c) for c in weights}]
    rows = [
        Row(owner, company, share, share, lane=test.lane)
        for company, shares in weights.items()
        for owner, share in shares.items()
    ]
    return replace(known, rows=(*others, *rows))


def _hold_each_other(chart: Chart, test: OwnershipTest, place: Settled, other: str) -> bool:
    weights = weighed(chart, test.lane).weights

    def above(company: str) -> set[str]:
        found: set[str] = set()
        ahead = [company]
        while ahead:
            more = {o for o, w in weights.get(ahead.pop(), {}).items() if w > 0} - found
            found |= more
            ahead += sorted(more)
        return found

    return other in above(place.entity) and place.entity in above(other)


def ways(chart: Chart, test: OwnershipTest, place: Settled) -> tuple[set[str], str, set[str]]:
    """Outcomes if a seed takes what is missing, if a clean person does, and if anybody on record does."""
    seeds = [e for e, truth in chart.truths.items() if truth == "yes" and e != chart.subject]
    seeds = [e for e in seeds if chart.kinds[e] is not Kind.PUBLIC_FLOAT]
    worst = {answered(supplied(chart, test, place, "yes", s), test).outcome.value for s in (*seeds, "n")}
    best = answered(supplied(chart, test, place, "no"), test).outcome.value
    anybody = {answered(supplied(chart, test, place, "no", e), test).outcome.value for e in chart.kinds}
    return worst, best, anybody


@pytest.mark.parametrize("kind", CHARTS)
def test_supplying_the_fact_gives_the_outcomes_that_are_claimed(kind: str) -> None:
    for number, chart, test, places in undetermined(kind):
        for place in places:
            said = (number, place)
            if not place.outcomes:
                continue
            worst, best, anybody = ways(chart, test, place)
            new = answered(supplied(chart, test, place, "yes"), test).outcome
            by_seed = isinstance(answered(chart, test), CascadeResult) and "RESTRICTED" in worst
            expected = "RESTRICTED" if by_seed else new
            assert (said, place.outcomes[:2]) == (said, (expected, best))
            decisive = {*worst, best, *anybody} != {"UNDETERMINED"}
            assert (said, decisive) == (said, set(place.outcomes) != {"UNDETERMINED"})


@pytest.mark.parametrize("kind", ["cascade", "control", "full links"])
def test_the_parts_add_up_to_one_in_proportion_to_what_the_upper_bound_loses(kind: str) -> None:
    for number, chart, test, places in undetermined(kind):
        parts = [place.share or ZERO for place in places]
        assert (number, sum(parts, ZERO)) == (number, Fraction(1))
        assert parts == sorted(parts, reverse=True)
        before = upper(answered(chart, test))
        losses = [before - upper(answered(supplied(chart, test, p, "no"), test)) for p in places]
        if any(losses):
            whole = sum(losses, ZERO)
            assert (number, parts) == (number, [loss / whole for loss in losses])
        else:
            assert len(set(parts)) == 1


@pytest.mark.parametrize("kind", ["parent", "full links"])
def test_what_is_missing_can_also_be_of_a_holder_on_record(kind: str) -> None:
    for number, chart, test, places in undetermined(kind):
        for place in places:
            if len(place.outcomes) > 2:
                rows = chart.counting(place.entity, test.lane)
                holders = sorted({row.owner for row in rows if row.high > 0})
                given = [answered(supplied(chart, test, place, "no", h), test).outcome for h in holders]
                assert (number, list(place.outcomes[2:])) == (number, given)
