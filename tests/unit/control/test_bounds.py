"""R, C and U of small worlds against brute force, and against the worlds that fit the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lookthrough.control.interval import ONE, ZERO
from lookthrough.control.policy import Line, Operator

from . import brute
from .brute import Case, Row, Standing
from .build import figures, ownership, result
from .cases import cases, completion, extreme, graph_of, lines

LINE = Line(Fraction(1, 2), Operator.OVER)
WORLDS = 6

often = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
less = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def bounds(case: Case) -> tuple[Fraction, Fraction, Fraction]:
    return figures(result(graph_of(case), "c0", ownership(LINE, floats_clean=case.floats_clean)))


def ordinary(case: Case) -> bool:
    """No company exceeds 100% and no loop is closed."""
    over = any(case.contradictory(company) for company in case.companies())
    return not over and not brute.closed_members(brute.model(case))


@often
@given(cases())
def test_r_and_c_are_the_least_solutions_of_their_equations(case: Case) -> None:
    model = brute.model(case)
    assert bounds(case)[:2] == (brute.restricted(model), brute.clean(model))


@less
@given(cases(most=7))
def test_walks_summed_round_by_round_rise_to_r_and_c(case: Case) -> None:
    model = brute.model(case)
    restricted, clean, _ = bounds(case)
    for goal, passing, limit in (("seed", ("through", "open"), restricted), ("clean", ("through",), clean)):
        value = {e: float(role == goal) for e, role in model.roles.items()}
        before = value["c0"]
        for _ in range(400):
            for entity, owners in model.weights.items():
                if model.roles[entity] in passing:
                    value[entity] = sum(float(w) * value[o] for o, w in owners.items())
            assert before - 1e-12 <= value["c0"] <= float(limit) + 1e-9
            before = value["c0"]
        assert float(limit) - value["c0"] <= 0.05


@often
@given(cases())
def test_the_three_parts_add_up_to_one_and_none_is_negative(case: Case) -> None:
    parts = bounds(case)
    assert sum(parts) == 1
    assert all(part >= 0 for part in parts)


@often
@given(cases(), st.integers(0, 2**32))
def test_every_world_that_fits_the_facts_lies_inside_the_bounds(case: Case, seed: int) -> None:
    restricted, clean, _ = bounds(case)
    random = Random(seed)
    for _ in range(WORLDS):
        world = completion(case, random)
        assert restricted <= brute.restricted(world) <= ONE - brute.clean(world) <= ONE - clean


@often
@given(cases().filter(ordinary))
def test_both_bounds_are_reached_where_nothing_exceeds_100_percent_and_no_loop_is_closed(case: Case) -> None:
    restricted, clean, _ = bounds(case)
    worst, best = extreme(case, restricted=True), extreme(case, restricted=False)
    assume(not brute.closed_members(worst) and not brute.closed_members(best))
    assert brute.restricted(worst) == ONE - clean
    assert brute.clean(best) == ONE - restricted


@often
@given(st.data())
def test_an_outcome_holds_in_every_world_that_fits_the_facts(data: st.DataObject) -> None:
    case = data.draw(cases())
    restricted, clean, _ = bounds(case)
    line = data.draw(lines(restricted, ONE - clean))
    answer = result(graph_of(case), "c0", ownership(line, floats_clean=case.floats_clean))
    random = Random(data.draw(st.integers(0, 2**32)))
    for _ in range(WORLDS):
        world = completion(case, random)
        if answer.outcome == "RESTRICTED":
            assert line.operator.met(brute.restricted(world), line.threshold)
        if answer.outcome == "NOT_RESTRICTED":
            assert not line.operator.met(ONE - brute.clean(world), line.threshold)


@often
@given(st.data())
def test_the_outcome_and_the_strictness_are_those_of_the_table(data: st.DataObject) -> None:
    case = data.draw(cases())
    model = brute.model(case)
    line = data.draw(lines(brute.restricted(model), ONE - brute.clean(model)))
    answer = result(graph_of(case), "c0", ownership(line, floats_clean=case.floats_clean))
    assert answer.bounds.lower_strict == brute.restricted_is_strict(model)
    assert answer.bounds.upper_strict == brute.clean_is_strict(model)
    assert answer.outcome == brute.outcome(model, line.threshold, line.operator)
    slack = line.threshold - answer.bounds.upper
    assert answer.slack == (slack if answer.outcome == "NOT_RESTRICTED" else None)


@often
@given(st.data())
def test_a_stake_more_inside_the_undisclosed_room_never_lowers_r(data: st.DataObject) -> None:
    case = data.draw(cases())
    company = data.draw(st.sampled_from(case.companies()))
    room = ONE - case.total(company)
    assume(room > 0)
    part = room * data.draw(st.fractions(0, 1, max_denominator=8))
    owner = data.draw(st.sampled_from(sorted(case.standing)))
    more = replace(case, rows=(*case.rows, Row(owner, company, part, part, holding="more")))
    assert bounds(more)[0] >= bounds(case)[0]


@less
@given(cases())
def test_a_seed_that_takes_all_the_undisclosed_room_takes_r_up_to_what_was_proven_of_it(case: Case) -> None:
    room = ONE - case.total("c0")
    assume(room > 0)
    before = bounds(case)
    more = replace(case, rows=(*case.rows, Row("s", "c0", room, room, holding="more")))
    after = bounds(more)
    assert after[0] >= before[0] + room
    assert after[1] == before[1]


@often
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_stakes_changes_nothing(case: Case, random: Random) -> None:
    rows = list(case.rows)
    random.shuffle(rows)
    assert bounds(replace(case, rows=tuple(rows))) == bounds(case)


@often
@given(cases(), st.randoms(use_true_random=False))
def test_other_names_change_nothing(case: Case, random: Random) -> None:
    names = sorted(case.standing)
    numbers = list(range(len(names)))
    random.shuffle(numbers)
    renamed = _renamed(case, {name: f"n{number}" for name, number in zip(names, numbers, strict=True)})
    facts = graph_of(renamed)
    other = figures(result(facts, renamed.subject, ownership(LINE, floats_clean=case.floats_clean)))
    assert other == bounds(case)


def _renamed(case: Case, names: Mapping[str, str]) -> Case:
    return Case(
        standing={names[name]: standing for name, standing in case.standing.items()},
        ends=frozenset(names[name] for name in case.ends),
        rows=tuple(replace(row, owner=names[row.owner], owned=names[row.owned]) for row in case.rows),
        floats=frozenset(names[name] for name in case.floats),
        floats_clean=case.floats_clean,
        subject=names[case.subject],
    )


@often
@given(st.data())
def test_a_holding_split_in_two_changes_nothing(data: st.DataObject) -> None:
    case = data.draw(cases())
    assume(case.rows)
    row = data.draw(st.sampled_from(case.rows))
    part = data.draw(st.fractions(0, 1, max_denominator=7))
    halves = (
        replace(row, low=row.low * part, high=row.high * part, holding="one"),
        replace(row, low=row.low * (1 - part), high=row.high * (1 - part), holding="other"),
    )
    assume(not row.low_open or all(half.low < half.high for half in halves))
    split = replace(case, rows=(*(other for other in case.rows if other is not row), *halves))
    line = data.draw(lines(*bounds(case)))
    test = ownership(line, floats_clean=case.floats_clean)
    one, other = result(graph_of(case), "c0", test), result(graph_of(split), "c0", test)
    assert (one.outcome, one.reason, one.bounds) == (other.outcome, other.reason, other.bounds)


def test_small_worlds_meet_every_situation_that_is_tested() -> None:
    """The strategy is worth what it produces: each of these turns up."""
    met: set[str] = set()

    @settings(max_examples=300, deadline=None, database=None, derandomize=True)
    @given(cases())
    def look(case: Case) -> None:
        model = brute.model(case)
        restricted, clean = brute.restricted(model), brute.clean(model)
        met.update(
            name
            for name, found in {
                "contradictory": any(case.contradictory(c) for c in model.weights),
                "closed": bool(brute.closed_members(model)),
                "open": "open" in model.roles.values(),
                "strict": bool(model.strict),
                "decided": restricted + clean == 1,
                "mixed": min(restricted, clean, 1 - restricted - clean) > ZERO,
                "loop": bool(_loops(model)),
            }.items()
            if found
        )

    look()
    assert met == {"contradictory", "closed", "open", "strict", "decided", "mixed", "loop"}


def _loops(model: brute.Model) -> list[str]:
    """Entities that a walk comes back to."""
    passing: list[Standing] = ["through", "open"]
    return [
        entity
        for entity, owners in model.weights.items()
        if any(
            w > 0 and brute.absorbed(model, {entity: ONE}, passing, start=o) > 0 for o, w in owners.items()
        )
    ]
