"""Dates, codes, identifiers and texts, each with what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookthrough.control.facts import Kind
from lookthrough.control.jurisdictions import JURISDICTIONS
from lookthrough.importing import cells
from lookthrough.importing.cells import Fault

PROSUS = "635400Z5LQ5F9OLVT688"


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1)),
        ("2024-12", date(2024, 12, 1), date(2025, 1, 1)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("0001", date(1, 1, 1), date(2, 1, 1)),
        ("9998", date(9998, 1, 1), date(9999, 1, 1)),
        ("9999-11", date(9999, 11, 1), date(9999, 12, 1)),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
def test_a_start_is_the_first_day_and_an_end_the_first_day_after(text: str, first: date, after: date) -> None:
    assert (cells.start(text), cells.end(text)) == (first, after)


@pytest.mark.parametrize("text", ["9999", "9999-12"])
def test_an_end_that_no_day_follows_is_refused(text: str) -> None:
    assert cells.start(text).year == date.max.year
    with pytest.raises(Fault, match="leave the end empty"):
        cells.end(text)


@pytest.mark.parametrize("text", ["0000", "2024-00", "2024-13", "2023-02-29", "2024-01-00", "2024-01-32"])
def test_days_that_are_in_no_calendar(text: str) -> None:
    for read in (cells.start, cells.end):
        with pytest.raises(Fault, match="no such day"):
            read(text)


@pytest.mark.parametrize(
    "text", ["24", "2024-1", "01/02/2024", "2024-01-01T00:00", "２０２４", "20240101", "now"]
)
def test_other_ways_to_write_a_date(text: str) -> None:
    for read in (cells.start, cells.end):
        with pytest.raises(Fault, match="YYYY-MM-DD"):
            read(text)


@given(st.dates(max_value=date(9998, 12, 31)))
def test_a_day_lies_inside_its_month_and_year(day: date) -> None:
    iso = day.isoformat()
    for text in (iso[:4], iso[:7]):
        assert cells.start(text) <= day < cells.end(text)
        last = cells.end(text) - timedelta(days=1)
        assert last.isoformat().startswith(text)
        assert cells.start(text).isoformat().startswith(text)
    assert cells.start(iso) == cells.end(iso) == day


def test_the_249_codes_and_kosovo() -> None:
    assert len(JURISDICTIONS) == 250
    assert {"XK", "HK", "MO", "TW", "VG", "JE"} < JURISDICTIONS
    assert not {"UK", "EU", "AN", "SU", "ZZ"} & JURISDICTIONS
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in JURISDICTIONS)


def test_several_codes_keep_their_order() -> None:
    assert cells.jurisdictions("US | HK|US") == ("US", "HK")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("cn", "write CN"),
        ("UK", "write GB"),
        ("CHN", "'CHN' is not"),
        ("CN|", "missing beside"),
        ("CN,HK", "'CN,HK' is not"),
        ("ZZ", "'ZZ' is not"),
        ("ＣＮ", "is not an ISO"),
    ],
)
def test_codes_that_are_none(text: str, hint: str) -> None:
    with pytest.raises(Fault, match=hint):
        cells.jurisdictions(text)


def test_an_lei_is_upper_case_and_checked() -> None:
    assert cells.lei(PROSUS.lower()) == PROSUS
    with pytest.raises(Fault, match="check digits"):
        cells.lei(PROSUS[:-1] + "9")


@pytest.mark.parametrize("text", [PROSUS[:-1], "6354 00Z5 LQ5F 9OLV T688", "97", PROSUS + "0", "①" * 20])
def test_what_has_not_the_form_of_an_lei(text: str) -> None:
    with pytest.raises(Fault, match="18 letters"):
        cells.lei(text)


def test_identifiers_have_a_lower_case_scheme() -> None:
    assert cells.identifiers(f"NYSE:TME | HKEX:1698|LEI:{PROSUS.lower()}|urn:a:b") == (
        ("nyse", "TME"),
        ("hkex", "1698"),
        ("lei", PROSUS),
        ("urn", "a:b"),
    )


@pytest.mark.parametrize("text", ["1698", "hkex:", ":1698", "hkex:1|", "h k:1", "hkex:1|lei:97"])
def test_identifiers_that_are_none(text: str) -> None:
    with pytest.raises(Fault):
        cells.identifiers(text)


def test_names_in_every_script_are_text() -> None:
    name = "株式会社\u3000ソフトバンク نیک\u200cنام \xa0"
    assert cells.text(name) == name
    assert cells.texts("字节跳动||ByteDance | 字节跳动|") == ("字节跳动", "ByteDance")


@pytest.mark.parametrize(
    ("parse", "text", "hint"),
    [
        (cells.key, "a" * 201, "201 characters"),
        (cells.key, "a\u200bb", r"U\+200B"),
        (cells.key, "a\nb", "more than one line"),
        (cells.text, "a\nb", "more than one line"),
        (cells.text, "a\x00b", r"U\+0000"),
        (cells.text, "a\u2028b", r"U\+2028"),
        (cells.text, "a" * 2_001, "2000 are the most"),
        (cells.texts, "a|b\tc", r"U\+0009"),
        (cells.note, "a\x07b", r"U\+0007"),
        (cells.note, "a" * 10_001, "10000 are the most"),
        (cells.sha256, "abc", "64 hexadecimal"),
        (cells.moment, "yesterday", "YYYY"),
        (cells.moment, "2024-01-01T99", "instant"),
        (cells.one_of(Kind), "Company", "none of company, fund"),
    ],
)
def test_texts_that_are_refused(parse: Callable[[str], object], text: str, hint: str) -> None:
    with pytest.raises(Fault, match=hint):
        parse(text)


def test_texts_that_are_taken() -> None:
    assert cells.key("a" * 200) == "a" * 200
    assert cells.note("first\r\n\tsecond") == "first\r\n\tsecond"
    assert cells.sha256("AB" * 32) == "ab" * 32
    assert cells.moment("2024-05") == "2024-05"
    assert cells.moment("2024-05-01T08:30:00Z") == "2024-05-01T08:30:00Z"
