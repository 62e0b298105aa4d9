"""Verdicts from Neo4j against the same computed from the CSV rows by another path, on random small graphs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from lookthrough.control.decimals import decimal, exact
from lookthrough.control.results import OwnershipResult
from lookthrough.control.verdict import Verdict, judge
from lookthrough.graph.database import Database
from lookthrough.graph.snapshot import Limits
from lookthrough.investigations.chains import Asked
from lookthrough.investigations.documents import VerdictDocument
from lookthrough.investigations.figures import change_document, missing_document
from lookthrough.investigations.figures import test_document as result_document
from lookthrough.investigations.loading import load_files

from .facts import ask, ownership, policy, walk, without_instants
from .independent import SUBJECT, Walk, World, all_chains, days, worlds

EVERYTHING = Asked(500, Fraction(0))
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def loaded(database: Database, wipe: Callable[[], None], tmp_path: Path) -> Callable[[World], Database]:
    """Wipes the database and loads the rows of a world."""

    def into(world: World) -> Database:
        wipe()
        report = load_files(database, [world.write(tmp_path)])
        assert report.rejections == []
        return database

    return into


Into = Callable[[World], Database]


def computed(world: World, on: date, lane: str) -> Verdict:
    return judge(policy(lane=lane).resolve(None, on).policy, world.graph(on), SUBJECT)


def assert_same(document: VerdictDocument, verdict: Verdict) -> None:
    changes, _ = verdict.changes()
    assert document.outcome == verdict.outcome
    assert document.reason == verdict.reason
    assert document.tests == [result_document(result) for result in verdict.results]
    assert document.missing == [missing_document(gap) for gap in verdict.gaps()]
    assert document.would_change == [change_document(test, change) for test, change in changes]


def assert_all_chains(document: VerdictDocument, walks: list[Walk], restricted: Fraction) -> None:
    found = document.chains
    assert [walk(chain) for chain in found] == [w.entities for w in walks]
    assert [chain.product_min_exact for chain in found] == [exact(w.product) for w in walks]
    assert [chain.product_max for chain in found] == [decimal(w.product_max) for w in walks]
    assert document.chains_total_exact is not None
    assert document.rest_exact is not None
    total = Fraction(document.chains_total_exact)
    assert total == sum((walk.product for walk in walks), Fraction(0))
    assert total + Fraction(document.rest_exact) == restricted


@pytest.mark.parametrize("lane", ["shares", "votes"])
@some
@given(world=worlds(("shares", "shares", "votes")), on=days)
def test_the_verdict_is_that_of_the_rows(loaded: Into, lane: str, world: World, on: date) -> None:
    document = ask(loaded(world), SUBJECT, policy(lane=lane), as_of=on, chains=EVERYTHING)
    verdict = computed(world, on, lane)
    assert_same(document, verdict)
    (result,) = verdict.results
    assert isinstance(result, OwnershipResult)
    assert_all_chains(document, all_chains(result.shares.reach), result.restricted)
    assert document.complete


@some
@given(world=worlds(most=10), on=days)
def test_the_largest_chains_come_first_and_the_rest_is_exact(loaded: Into, world: World, on: date) -> None:
    asked = Asked(2, Fraction(1, 100))
    document = ask(loaded(world), SUBJECT, as_of=on, chains=asked)
    (result,) = computed(world, on, "shares").results
    assert isinstance(result, OwnershipResult)
    walks = [walk for walk in all_chains(result.shares.reach) if walk.product >= asked.floor][:2]
    assert_all_chains(document, walks, result.restricted)


@some
@given(world=worlds(most=12), on=days)
def test_a_search_that_was_cut_off_never_clears_what_the_whole_one_does_not(
    loaded: Into, world: World, on: date
) -> None:
    database = loaded(world)
    whole = ask(database, SUBJECT, as_of=on)
    for limits in (Limits(entities=1), Limits(entities=3), Limits(stakes=3)):
        part = ask(database, SUBJECT, as_of=on, limits=limits, chains=EVERYTHING)
        if part.complete or part.outcome != "UNDETERMINED":
            assert part.outcome == whole.outcome
        assert within(part, whole)
        assert part.complete or "search_cut_off" in [warning.code for warning in part.warnings]


def within(part: VerdictDocument, whole: VerdictDocument) -> bool:
    """Whether the bounds of the whole search lie inside those of the part."""
    one, all_ = ownership(part), ownership(whole)
    lower, upper = (Fraction(str(one.lower_exact)), Fraction(str(one.upper_exact)))
    return lower <= Fraction(str(all_.lower_exact)) <= Fraction(str(all_.upper_exact)) <= upper


@some
@given(world=worlds(("shares", "votes")), on=days)
def test_the_order_of_the_rows_changes_no_figure(
    database: Database, wipe: Callable[[], None], loaded: Into, world: World, on: date
) -> None:
    first = ask(loaded(world), SUBJECT, as_of=on)
    turned = World(dict(reversed(world.seats.items())), world.stakes[::-1], world.locations[::-1])
    second = ask(loaded(turned), SUBJECT, as_of=on)
    assert without_instants(first) == without_instants(second)
