"""Claims about one stake, brought together: within a source, across sources, over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookthrough.control.claims import Known, Segment, segments, voices
from lookthrough.control.facts import Lane, StakeClaim
from lookthrough.control.interval import Interval

from .build import interval

START = date(2020, 1, 1)
FIRST_KNOWN = datetime(2026, 1, 1, tzinfo=UTC)


def claim(
    percent: str,
    source: str = "register",
    *,
    begins: int | None = 0,
    ends: int | None = None,
    known: int = 0,
) -> Known[StakeClaim]:
    """`begins`, `ends` in days from the start; `known` in days from the first import."""
    filed = StakeClaim(
        source=source,
        owner="A",
        owned="T",
        lane=Lane.SHARES,
        percent=percent,
        interval=interval(percent),
        valid_from=None if begins is None else day(begins),
        valid_to=None if ends is None else day(ends),
    )
    return Known(filed, FIRST_KNOWN + timedelta(days=known))


def day(number: int) -> date:
    return START + timedelta(days=number)


def on(number: int, *claims: Known[StakeClaim]) -> Segment | None:
    """The segment that covers the day."""
    covering = [
        segment
        for segment in segments(claims)
        if (segment.valid_from is None or segment.valid_from <= day(number))
        and (segment.valid_to is None or day(number) < segment.valid_to)
    ]
    assert len(covering) <= 1
    return covering[0] if covering else None


def figure(segment: Segment | None) -> tuple[Interval | None, bool] | None:
    return None if segment is None else (segment.interval, segment.conflict)


def test_of_one_source_the_claim_with_the_latest_start_speaks() -> None:
    older, newer = claim("40", begins=0), claim("10", begins=5)
    assert figure(on(4, older, newer)) == (interval("40"), False)
    assert figure(on(5, older, newer)) == (interval("10"), False)


def test_of_one_source_and_start_the_claim_that_was_learned_last_speaks() -> None:
    first, corrected = claim("40", known=0), claim("45", known=1)
    assert figure(on(0, corrected, first)) == (interval("45"), False)


def test_a_later_start_outweighs_a_later_instant_of_knowledge() -> None:
    newer_in_the_world, learned_later = claim("30", begins=5), claim("40", begins=0, known=9)
    assert figure(on(6, newer_in_the_world, learned_later)) == (interval("30"), False)


def test_a_claim_without_a_start_is_the_oldest_of_its_source() -> None:
    assert figure(on(3, claim("40", begins=None, known=9), claim("30", begins=1))) == (interval("30"), False)


def test_a_source_whose_latest_claim_has_ended_says_that_there_is_no_stake() -> None:
    older, ended = claim("40", begins=0), claim("10", begins=5, ends=8)
    assert on(7, older, ended) is not None
    assert on(8, older, ended) is None
    assert on(99, older, ended) is None


def test_a_claim_says_nothing_before_it_starts() -> None:
    assert on(-1, claim("40")) is None


def test_the_end_of_one_source_leaves_another_source_speaking() -> None:
    ended, other = claim("40", ends=5), claim("30", "report")
    assert figure(on(6, ended, other)) == (interval("30"), False)


def test_on_an_exact_tie_within_one_source_the_hull_speaks_as_a_conflict() -> None:
    assert figure(on(0, claim("40"), claim("55"))) == (interval("[40,55]"), True)


def test_two_equal_rows_of_one_source_are_no_conflict() -> None:
    assert figure(on(0, claim("40"), claim("40"))) == (interval("40"), False)


def test_a_tie_of_a_live_and_an_ended_claim_reaches_down_to_no_stake() -> None:
    assert figure(on(6, claim("40"), claim("30", ends=5))) == (interval("[0,40]"), True)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("[25,50]", "48", "48"),
        ("[25,50]", "(40,75]", "(40,50]"),
        ("(25,50]", "[25,50)", "(25,50)"),
        ("[25,50]", "[50,75]", "50"),
        ("[0,100]", "(25,50]", "(25,50]"),
    ],
)
def test_sources_that_can_agree_are_intersected(one: str, other: str, together: str) -> None:
    for first, second in ((one, other), (other, one)):
        assert figure(on(0, claim(first, "a"), claim(second, "b"))) == (interval(together), False)


@pytest.mark.parametrize(
    ("one", "other", "spanned"),
    [
        ("40", "55", "[40,55]"),
        ("(50,75]", "50", "[50,75]"),
        ("[25,50)", "[50,75)", "[25,75)"),
        ("(25,30]", "(40,50)", "(25,50)"),
    ],
)
def test_sources_that_exclude_each_other_are_spanned_and_a_conflict(
    one: str, other: str, spanned: str
) -> None:
    for first, second in ((one, other), (other, one)):
        assert figure(on(0, claim(first, "a"), claim(second, "b"))) == (interval(spanned), True)


def test_a_third_source_outside_makes_the_hull_of_all() -> None:
    claims = [claim("[25,50]", "a"), claim("40", "b"), claim("60", "c")]
    assert figure(on(0, *claims)) == (interval("[25,60]"), True)


def test_a_conflict_inside_one_source_stays_one_where_another_source_fits() -> None:
    assert figure(on(0, claim("40", "a"), claim("55", "a"), claim("50", "b"))) == (interval("50"), True)


def test_a_lane_without_figures_has_a_stake_without_an_interval() -> None:
    known = claim("0")
    bare = replace(known, claim=replace(known.claim, lane=Lane.BOARD, interval=None))
    assert figure(on(0, bare)) == (None, False)


def test_the_claims_that_speak_are_kept_with_the_stake() -> None:
    silent, speaking, other = claim("40"), claim("30", begins=2), claim("30", "report", begins=1)
    segment = on(3, silent, speaking, other)
    assert segment is not None
    assert set(segment.speaking) == {speaking, other}


def test_voices_are_one_for_each_source_that_speaks() -> None:
    heard = voices([claim("40", "a"), claim("30", "b", ends=1), claim("20", "c", begins=9)], day(3))
    assert [voice.claims[0].claim.source for voice in heard] == ["a"]


def pointwise(claims: list[Known[StakeClaim]], today: date) -> tuple[Fraction, Fraction, bool] | None:
    """Section 1 for one day, over figures that all have closed ends."""
    said: list[tuple[Fraction, Fraction]] = []
    torn = False
    for source in {known.claim.source for known in claims}:
        begun = [
            known
            for known in claims
            if known.claim.source == source and (known.claim.valid_from or date.min) <= today
        ]
        if not begun:
            continue
        latest = max((known.claim.valid_from or date.min, known.known_from) for known in begun)
        tied = [k for k in begun if (k.claim.valid_from or date.min, k.known_from) == latest]
        live = [k.claim.interval for k in tied if k.claim.valid_to is None or today < k.claim.valid_to]
        ends = [(i.low, i.high) for i in live if i is not None]
        if ends and len(live) < len(tied):
            ends.append((Fraction(0), Fraction(0)))
        if ends:
            torn = torn or len(set(ends)) > 1
            said.append((min(low for low, _ in ends), max(high for _, high in ends)))
    if not said:
        return None
    low, high = max(low for low, _ in said), min(high for _, high in said)
    if low <= high:
        return low, high, torn
    return min(low for low, _ in said), max(high for _, high in said), True


DAYS = st.integers(0, 9)


@st.composite
def dated_claims(draw: st.DrawFn) -> Known[StakeClaim]:
    begins = draw(st.none() | DAYS)
    ends = draw(st.none() | st.integers((begins or 0) + 1, 11))
    low = draw(st.integers(0, 4)) * 10
    high = low + draw(st.integers(0, 3)) * 10
    source = draw(st.sampled_from(["a", "b", "c"]))
    return claim(f"[{low},{high}]", source, begins=begins, ends=ends, known=draw(st.integers(0, 1)))


@settings(max_examples=150, deadline=None)
@given(st.lists(dated_claims(), max_size=6))
def test_segments_over_time_say_on_every_day_what_the_claims_say_on_that_day(
    claims: list[Known[StakeClaim]],
) -> None:
    for number in range(-2, 14):
        found = on(number, *claims)
        expected = pointwise(claims, day(number))
        if found is None or found.interval is None:
            assert expected is None
        else:
            assert (found.interval.low, found.interval.high, found.conflict) == expected


@settings(max_examples=100, deadline=None)
@given(st.lists(dated_claims(), max_size=6))
def test_segments_are_in_order_apart_and_as_long_as_they_can_be(claims: list[Known[StakeClaim]]) -> None:
    found = segments(claims)
    for before, after in pairwise(found):
        assert before.valid_to is not None
        assert after.valid_from is not None
        assert before.valid_to <= after.valid_from
        if before.valid_to == after.valid_from:
            assert (before.interval, before.conflict, before.speaking) != (
                after.interval,
                after.conflict,
                after.speaking,
            )


@settings(max_examples=50, deadline=None)
@given(
    st.lists(dated_claims(), min_size=1, max_size=6).flatmap(
        lambda c: st.tuples(st.just(c), st.permutations(c))
    )
)
def test_the_order_of_the_claims_does_not_matter_for_the_figures(
    both: tuple[list[Known[StakeClaim]], list[Known[StakeClaim]]],
) -> None:
    claims, shuffled = both
    for number in range(-1, 12):
        assert figure(on(number, *claims)) == figure(on(number, *shuffled))
