"""The two clocks as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookthrough.investigations.clocks import parse_as_of, parse_known_at, print_instant
from lookthrough.investigations.errors import BadQuestion


def test_a_day_is_read_and_none_is_today_in_utc() -> None:
    assert parse_as_of("2024-02-29") == date(2024, 2, 29)
    before = datetime.now(UTC).date()
    assert before <= parse_as_of(None) <= datetime.now(UTC).date()


@pytest.mark.parametrize(
    "text",
    ["", "2024", "2024-02", "2023-02-29", "2024-2-9", "20240229", "2024-02-29T00:00:00Z", " 2024-02-29"],
)
def test_what_is_no_day_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadQuestion, match=r"^as_of: "):
        parse_as_of(text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z"),
        ("2026-11-23t12:00:00z", "2026-11-23T12:00:00Z"),
        ("2026-11-23T12:00:00+08:00", "2026-11-23T04:00:00Z"),
        ("2026-11-23T12:00:00.5Z", "2026-11-23T12:00:00.500000Z"),
        ("2026-11-23T12:00:00.000001-00:30", "2026-11-23T12:30:00.000001Z"),
    ],
)
def test_an_instant_is_read_with_its_offset_and_printed_in_utc(text: str, printed: str) -> None:
    instant = parse_known_at(text)
    assert instant is not None
    assert print_instant(instant) == printed


def test_no_instant_stays_none() -> None:
    assert parse_known_at(None) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-23",
        "2026-11-23T12:00:00",
        "2026-11-23T12:00Z",
        "2026-11-23T25:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-11-23T12:00:00.1234567Z",
        "0001-01-01T00:00:00+23:00",
        "now",
    ],
)
def test_what_is_no_instant_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadQuestion, match=r"^known_at: "):
        parse_known_at(text)


offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(1970, 1, 2), datetime(9998, 1, 1), timezones=offsets)


@given(instant=instants)
def test_what_is_printed_is_read_as_the_same_instant(instant: datetime) -> None:
    assert parse_known_at(print_instant(instant)) == instant
