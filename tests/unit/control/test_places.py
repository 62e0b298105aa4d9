"""Where the unknown sits: each place against a full recomputation with that place settled."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lookthrough.control.facts import Attribute, Kind
from lookthrough.control.interval import ONE, ZERO
from lookthrough.control.policy import Line, Operator
from lookthrough.control.predicate import Party
from lookthrough.control.results import OwnershipResult
from lookthrough.control.unknowns import Missing, Place, location_kind, places

from . import brute
from .brute import Case, Model, Standing
from .build import SEEDS, Row, graph, ownership, result, share, shares, verdict
from .cases import cases, graph_of, lines

often = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HALF = Line(Fraction(1, 2), Operator.OVER)


def answered(case: Case, line: Line = HALF) -> OwnershipResult:
    return result(graph_of(case), "c0", ownership(line, floats_clean=case.floats_clean))


def settled(case: Case, answer: OwnershipResult, place: Place, *, restricted: bool) -> Model:
    """The facts with everything at the place restricted, or nothing of it."""
    model = brute.model(case)
    if model.roles[place.entity] == "open":
        otherwise: Standing = "clean" if place.entity in case.ends else "through"
        return model.with_role(place.entity, "seed" if restricted else otherwise)
    role: Standing = "seed" if restricted else "clean"
    if place.kind is Missing.CLOSED_LOOP:
        (loop,) = [members for members in answer.shares.closed if place.entity in members]
        for member in loop:
            model = model.with_role(member, role)
        return model
    return model.with_holder(place.entity, "settled!", role, model.undisclosed(place.entity))


@often
@given(cases())
def test_the_parts_add_up_to_the_unknown_and_come_largest_first(case: Case) -> None:
    answer = answered(case)
    found = places(answer.shares)
    assert sum((place.mass for place in found), ZERO) == answer.unknown
    assert all(place.mass > 0 for place in found)
    assert found == sorted(found, key=lambda place: -place.mass)
    assert len({place.entity for place in found}) == len(found)


@often
@given(cases())
def test_a_place_settled_gives_the_figures_of_a_full_recomputation(case: Case) -> None:
    answer = answered(case)
    for place in places(answer.shares):
        worst = settled(case, answer, place, restricted=True)
        best = settled(case, answer, place, restricted=False)
        assert place.restricted_then == brute.restricted(worst)
        assert place.clean_then == brute.clean(best)


@often
@given(cases())
def test_the_mass_of_a_place_is_what_the_walk_leaves_there(case: Case) -> None:
    answer = answered(case)
    model = brute.model(case)
    for place in places(answer.shares):
        if model.roles[place.entity] == "open":
            values = {entity: ZERO for entity, role in model.roles.items() if role == "open"}
            arrives = brute.absorbed(model, {**values, place.entity: ONE}, ("through",))
            behind = brute.absorbed(model, _seeds(model), ("through", "open"), start=place.entity)
            assert place.mass == arrives * (1 - behind)
        else:
            assert place.mass == place.clean_then - answer.clean


def _seeds(model: Model) -> Mapping[str, Fraction]:
    return {entity: ONE for entity, role in model.roles.items() if role == "seed"}


@often
@given(st.data())
def test_a_gap_is_decisive_if_settling_it_alone_decides(data: st.DataObject) -> None:
    case = data.draw(cases())
    model = brute.model(case)
    usual = [brute.restricted(model), ONE - brute.clean(model)]
    reached = [
        figure for p in places(answered(case).shares) for figure in (p.restricted_then, 1 - p.clean_then)
    ]
    line = data.draw(lines(*usual, *reached))
    answer = answered(case, line)
    assume(answer.outcome == "UNDETERMINED")
    found = {place.entity: place for place in places(answer.shares)}
    test = ownership(line, floats_clean=case.floats_clean)
    gaps = verdict(graph_of(case), "c0", test).gaps()
    assert sum((gap.share or ZERO for gap in gaps), ZERO) == 1
    for gap in gaps:
        place = found[gap.entity]
        assert gap.share == place.mass / answer.unknown
        outcomes = {
            brute.outcome(settled(case, answer, place, restricted=restricted), line.threshold, line.operator)
            for restricted in (True, False)
        }
        assert gap.decisive == (outcomes != {"UNDETERMINED"})


KINDS: dict[str, tuple[list[Row], Missing, str]] = {
    "nobody on record": ([], Missing.UNDISCLOSED_HOLDERS, "T"),
    "a part on record": ([("P", "T", "30")], Missing.UNDISCLOSED_HOLDERS, "T"),
    "a band that can't take all": ([("P", "T", "[25,50]")], Missing.UNDISCLOSED_HOLDERS, "T"),
    "bands that can": ([("P", "T", "[25,50]"), ("Q", "T", "[50,75]")], Missing.UNKNOWN_STAKE, "T"),
    "an unknown percent": ([("P", "T", "[0,100]")], Missing.UNKNOWN_STAKE, "T"),
    "a dispute": ([("P", "T", "[40,100]!")], Missing.DISPUTED_STAKE, "T"),
    "an unknown party": ([("X", "T", "100")], Missing.UNKNOWN_LOCATION, "X"),
    "a disputed party": ([("D", "T", "100")], Missing.DISPUTED_LOCATION, "D"),
    "a float": ([("F", "T", "100")], Missing.UNDISCLOSED_HOLDERS, "F"),
    "a ring": ([("A", "T", "100"), ("T", "A", "100")], Missing.CLOSED_LOOP, "A"),
    "not read": ([("U", "T", "100"), ("P", "U", "100")], Missing.UNEXPLORED, "U"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_place_says_what_kind_of_fact_is_missing(name: str) -> None:
    rows, kind, entity = KINDS[name]
    facts = graph(rows, clean="P Q", unsure="X", disputed="D", floats="F", unexplored="U")
    largest = places(result(facts, "T", ownership(floats_clean=False)).shares)[0]
    assert (largest.kind, largest.entity) == (kind, entity)


def test_the_worked_case_has_two_places_that_hang_together() -> None:
    facts = graph([("S", "A", "60"), ("A", "T", "60")], seeds="S")
    gaps = verdict(facts, "T", ownership()).gaps()
    # T's own 40% and A's 40% of 60%: either alone can bring R over the half, neither the upper bound below.
    assert [(gap.entity, gap.share, gap.decisive) for gap in gaps] == [
        ("T", share("5/8"), True),
        ("A", share("3/8"), True),
    ]


def test_a_place_too_small_to_decide_is_not_decisive() -> None:
    facts = graph([("A", "T", "50"), ("B", "T", "40"), ("P", "T", "10")], clean="P")
    gaps = {gap.entity: gap.decisive for gap in verdict(facts, "T", ownership(">= 50")).gaps()}
    assert gaps == {"A": True, "B": False}


def test_more_than_half_held_by_one_unknown_party_is_decisive() -> None:
    facts = graph([("X", "T", "(50,75]")], unsure="X")
    assert [(gap.entity, gap.decisive) for gap in verdict(facts, "T", ownership()).gaps()] == [
        ("T", True),
        ("X", True),
    ]


def test_a_party_that_is_shown_to_be_clean_with_more_than_a_figure_is_decisive() -> None:
    facts = graph([("X", "T", "(40,50]"), ("P", "X", "100"), ("P", "T", "10")], clean="P", unsure="X")
    gaps = verdict(facts, "T", ownership(">= 50")).gaps()
    # Were X a seed, R would stop at 40%; if it is none, P has more than 50%.
    assert [(gap.entity, gap.decisive) for gap in gaps] == [("T", True), ("X", True)]


def test_an_unknown_party_inside_a_loop_is_counted_once_however_often_the_walk_passes_it() -> None:
    rows = [("X", "T", "50"), ("T", "X", "50"), ("S", "X", "20"), ("P", "T", "50")]
    answer = result(graph(rows, seeds="S", clean="P", unsure="X"), "T")
    # r = x/2 and x = 1/5 + r/2 give r = 2/15, x = 4/15; X as a seed: 1/2. X known to be none:
    # t = 1/2 + x/2 and x = t/2 give t = 2/3.
    (place,) = places(answer.shares)
    assert (place.entity, place.mass) == ("X", share("11/30"))
    assert (place.restricted_then, place.clean_then) == (share("1/2"), share("2/3"))


def test_what_is_more_than_a_figure_does_not_add_to_a_company_that_is_restricted_altogether() -> None:
    facts = graph([("A", "T", "50"), ("B", "T", "50"), ("S", "A", "(20,30]")], seeds="S")
    gaps = verdict(facts, "T", ownership()).gaps()
    # All of A restricted is exactly half of T, however much of it is S.
    assert [(gap.entity, gap.decisive) for gap in gaps] == [("B", True), ("A", False)]


def test_a_party_that_is_shown_to_be_no_seed_is_looked_through_not_clean() -> None:
    facts = graph([("X", "T", "(40,50]"), ("P", "T", "50")], clean="P", unsure="X")
    gaps = verdict(facts, "T", ownership(">= 50")).gaps()
    assert [(gap.entity, gap.decisive) for gap in gaps] == [("X", False), ("T", True)]


def test_an_unknown_party_in_a_ring_without_outsiders_is_the_place_of_all_of_it() -> None:
    facts = graph([("X", "T", "100"), ("T", "X", "100")], unsure="X")
    (place,) = places(result(facts, "T").shares)
    assert (place.kind, place.entity) == (Missing.UNKNOWN_LOCATION, "X")
    assert (place.mass, place.restricted_then, place.clean_then) == shares("1", "1", "0")


def test_a_ring_counts_also_behind_an_unknown_party_if_it_turns_out_restricted() -> None:
    rows = [("X", "T", "50"), ("A", "T", "50"), ("A", "X", "100"), ("A", "B", "100"), ("B", "A", "100")]
    found = {place.entity: place for place in places(result(graph(rows, unsure="X"), "T").shares)}
    assert (found["A"].mass, found["A"].restricted_then, found["A"].clean_then) == shares("1/2", "1", "1/2")
    assert (found["X"].mass, found["X"].restricted_then, found["X"].clean_then) == shares("1/2", "1/2", "0")


def test_only_attributes_that_the_rule_asks_for_are_disputed() -> None:
    elsewhere = {Attribute.INCORPORATION: frozenset({"CN", "US"})}
    asked = {Attribute.HEADQUARTERS: frozenset({"CN", "US"})}
    assert location_kind(Party("x", Kind.COMPANY, locations=elsewhere), SEEDS) is Missing.UNKNOWN_LOCATION
    assert location_kind(Party("x", Kind.COMPANY, locations=asked), SEEDS) is Missing.DISPUTED_LOCATION
