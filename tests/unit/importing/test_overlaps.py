"""Records that overlap: on every day just those speak that hold and began last."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lookthrough.control.claims import Known, voices
from lookthrough.control.facts import Lane, ListClaim, StakeClaim
from lookthrough.control.interval import UNKNOWN
from lookthrough.importing.overlaps import overlaps

FIRST = date(2020, 1, 1)
INSTANT = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = st.none() | st.integers(0, 8).map(lambda n: FIRST + timedelta(days=n))
PERIODS = st.tuples(DAYS, DAYS).filter(lambda p: p[0] is None or p[1] is None or p[0] < p[1])


def stake(ref: int, begins: date | None, ends: date | None, owner: str = "a") -> StakeClaim:
    return StakeClaim(
        owner=owner,
        owned="b",
        lane=Lane.SHARES,
        interval=UNKNOWN,
        source="s",
        ref=str(ref),
        valid_from=begins,
        valid_to=ends,
    )


@given(st.lists(PERIODS, min_size=1, max_size=6))
def test_on_every_day_the_latest_that_hold_are_heard(periods: list[tuple[date | None, date | None]]) -> None:
    claims = [stake(ref, begins, ends) for ref, (begins, ends) in enumerate(periods)]
    told = overlaps(lambda: claims)
    parts = [Known(part, INSTANT) for claim in claims for part in told.parts(claim)]
    for n in range(-1, 10):
        day = FIRST + timedelta(days=n)
        live = [c for c in claims if (c.valid_from or date.min) <= day < (c.valid_to or date.max)]
        latest = max(((c.valid_from or date.min) for c in live), default=None)
        expected = sorted(c.ref for c in live if (c.valid_from or date.min) == latest)
        heard = voices(parts, day)
        assert sorted(k.claim.ref for voice in heard for k in voice.claims) == expected
        assert not any(voice.also_ended for voice in heard)


def test_what_nothing_overlaps_stays_as_it_is() -> None:
    one, after = stake(1, FIRST, date(2021, 1, 1)), stake(2, date(2021, 1, 1), None)
    other = stake(3, FIRST, None, owner="c")
    told = overlaps(lambda: [one, after, other])
    assert [told.parts(claim) for claim in (one, after, other)] == [[one], [after], [other]]


def test_an_earlier_listing_goes_on_after_a_later_one_ended() -> None:
    long = ListClaim(list_key="l", entity="e", source="s", valid_from=date(2014, 1, 1))
    short = ListClaim(
        list_key="l", entity="e", source="s", valid_from=date(2018, 1, 1), valid_to=date(2020, 1, 1)
    )
    told = overlaps(lambda: [long, short])
    assert [(p.valid_from, p.valid_to) for p in told.parts(long)] == [
        (date(2014, 1, 1), date(2018, 1, 1)),
        (date(2020, 1, 1), None),
    ]
    assert told.parts(short) == [short]
