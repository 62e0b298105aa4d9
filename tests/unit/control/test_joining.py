"""The explanation of a cascade is its joining order, that of an ultimate parent the path up to it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from lookthrough.control.cascade import Cascade
from lookthrough.control.facts import Kind, Lane
from lookthrough.control.policy import OwnershipTest, Pooling
from lookthrough.control.reach import explore
from lookthrough.control.results import CascadeResult, ParentResult, examine

from .charts import FACTOR, Chart, drawn
from .sums import Weighed, grown, held, is_strict, joins, meets, parents, starts, weighed

CHARTS = {"cascade": 900, "control": 600, "parent": 900}
CASCADES = ["cascade", "control"]


def answered(chart: Chart, test: OwnershipTest) -> CascadeResult:
    answer = examine(test, chart.facts(), chart.subject)
    assert isinstance(answer, CascadeResult)
    return answer


def started(facts: Weighed, test: OwnershipTest, answer: CascadeResult) -> set[str]:
    """Whom the set that is shown was grown from."""
    start, reached = answer.shown.lower.start, answer.reach.roles.keys()
    possible = [set[str](), *starts(facts, test, "yes")]
    return next(found for found in possible if found & reached <= start <= found)


@pytest.mark.parametrize("kind", CASCADES)
def test_everybody_joins_on_the_strength_of_those_before_and_the_subject_is_last(kind: str) -> None:
    for number in range(CHARTS[kind] * FACTOR):
        chart, test, _ = drawn(number, kind)
        answer, facts = answered(chart, test), weighed(chart, test.lane)
        order = answer.joins()
        if not order:
            assert answer.bounds.lower == 0
            continue
        members = started(facts, test, answer)
        *before, last = order
        for join in before:
            said = (number, join)
            owners = {link.owner for link in join.links} | {stake.owner for stake in join.control}
            assert owners <= members, said
            assert all(link.owned == join.entity for link in join.links), said
            assert join.sum == sum((link.weight for link in join.links), Fraction(0)), said
            strict = any(link.strict for link in join.links)
            meets_it = meets(join.sum, strict, test.carrier or test.line)
            assert bool(join.control) or meets_it, said
            assert {stake.owned for stake in join.control} <= {join.entity}, said
            members.add(join.entity)
        assert last.entity == chart.subject
        assert {link.owner for link in last.links} <= members
        assert last.sum == sum((link.weight for link in last.links), Fraction(0)) == answer.shown.bounds.lower
        if kind == "cascade":
            assert (number, last.sum) == (number, answer.bounds.lower)


@pytest.mark.parametrize("kind", CASCADES)
def test_the_set_that_is_shown_is_the_one_of_brute_force_and_reaches_the_line_if_one_does(kind: str) -> None:
    for number in range(CHARTS[kind] * FACTOR):
        chart, test, _ = drawn(number, kind)
        answer, facts = answered(chart, test), weighed(chart, test.lane)
        if kind == "cascade":
            facts = replace(facts, controls=frozenset())
        members = grown(facts, test, started(facts, test, answer))
        assert held(facts, members) == answer.shown.bounds.lower
        assert is_strict(facts, members) == answer.shown.bounds.lower_strict
        caught = joins(facts, chart.subject, members, test.line)
        assert (number, caught) == (number, answer.outcome == "RESTRICTED")


@pytest.mark.parametrize("kind", CASCADES)
def test_only_who_is_needed_is_listed(kind: str) -> None:
    for number in range(CHARTS[kind] * FACTOR):
        chart, test, _ = drawn(number, kind)
        order = answered(chart, test).joins()
        used = {link.owner for join in order for link in join.links}
        used |= {stake.owner for join in order for stake in join.control}
        listed = [join.entity for join in order[:-1]]
        assert len(set(listed)) == len(listed)
        assert (number, set(listed) - used) == (number, set())
        assert all(link.weight > 0 or link.strict for join in order for link in join.links)


def test_the_path_to_a_restricted_parent_leads_over_parents_up_to_a_seed() -> None:
    paths = 0
    for number in range(CHARTS["parent"] * FACTOR):
        chart, test, _ = drawn(number, "parent")
        answer = examine(test, chart.facts(), chart.subject)
        assert isinstance(answer, ParentResult)
        if answer.outcome != "RESTRICTED":
            continue
        facts, path = weighed(chart, test.lane), answer.climb.path
        top = path[0].owner if path else chart.subject
        assert (number, facts.truths[top]) == (number, "yes")
        assert parents(facts, top, test.line) == []
        assert [link.owned for link in path] == [
            *[link.owner for link in path[1:]],
            *[chart.subject] * bool(path),
        ]
        for link in path:
            assert link.owner in parents(facts, link.owned, test.line)
            assert facts.kinds[link.owner] is not Kind.PUBLIC_FLOAT
            assert link.stakes[0].lane in (test.lane, Lane.SHARES)
        paths += len(path) > 1
    assert paths > 10


def test_what_is_grown_once_for_many_starts_is_what_each_grows_alone() -> None:
    ringed = 0
    for number in range(900 * FACTOR):
        chart, test, _ = drawn(number, "cascade")
        cascade = Cascade(explore(chart.facts(), chart.subject, replace(test, pooling=Pooling.EACH)))
        for start in cascade.starts():
            for without in (None, *chart.companies()):
                alone = cascade.grow(start, without=without)
                shared = cascade.grow_alone(start, without=without)
                ringed += shared.onto is not None
                for entity in cascade.reach.owners:
                    said = (number, start, without, entity)
                    assert (said, entity in shared) == (said, entity in alone)
                    assert (said, shared.held_in(entity)) == (said, alone.held_in(entity))
    assert ringed > 50
