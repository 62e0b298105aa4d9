"""Percentages in words and signs: every way of writing one means the interval it was written for."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookthrough.control.interval import Interval
from lookthrough.importing.cells import Fault
from lookthrough.importing.figures import share
from lookthrough.importing.percentages import percent

NUMBERS = st.decimals(0, 100, places=3, allow_nan=False).map(str)
SIGNS = st.sampled_from(["", "%", " %", " percent", " per cent", "\u00a0%", "％"])
DASHES = st.sampled_from(["-", " - ", "–", " — ", "‑", " to ", " TO "])
OVER = ["> ", ">", "over ", "More than ", "above ", "greater than "]
LEAST = [">=", "≥ ", "at least ", "not less than "]
UNDER = ["<", "< ", "less than ", "Under ", "below "]
MOST = ["<=", "≤", "up to ", "at most ", "not more than ", "no more than "]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("50", "50"),
        ("50%", "50"),
        (" 38,37 % ", "38.37"),
        (".5", ".5"),
        ("100/3%", "100/3"),
        (">25%", "(25,100]"),
        ("25+", "[25,100]"),
        ("75% or more", "[75,100]"),
        ("10 % or less", "[0,10]"),
        ("<1%", "[0,1)"),
        ("25-50", "[25,50]"),
        ("25–50%", "[25,50]"),
        ("75 - 100 %", "[75,100]"),
        ("between 25% and 50%", "[25,50]"),
        ("more than 25% but not more than 50%", "(25,50]"),
        ("More than 50% but less than 75%", "(50,75)"),
        (">25 - <50", "(25,50)"),
        (">25-50", "(25,50]"),
        ("(25,50]", "(25,50]"),
        ("[75%; 100%)", "[75,100)"),
        ("20-20", "20"),
    ],
)
def test_ways_to_write_a_percent(words: str, text: str) -> None:
    assert percent(words) == text


@pytest.mark.parametrize(
    "words",
    ["", "1/2", "a majority", "~50", "50 shares", "25 50", "50€", "between 25", "1.000,5", "-5", "x" * 300],
)
def test_words_that_are_not_understood_are_not_guessed(words: str) -> None:
    assert percent(words) is None


@pytest.mark.parametrize("words", ["140", "100.01%", "75-25", ">120%", "100/0%", "50-150"])
def test_figures_that_cannot_be_are_faults(words: str) -> None:
    with pytest.raises(Fault):
        percent(words)


@given(NUMBERS, SIGNS, st.booleans())
def test_an_exact_figure(number: str, sign: str, comma: bool) -> None:
    figure = Fraction(number) / 100
    text = percent((number.replace(".", ",") if comma else number) + sign)
    assert text is not None
    assert share(text) == Interval(figure, figure)


@given(NUMBERS, NUMBERS, SIGNS, DASHES, st.sampled_from(["", *OVER]), st.sampled_from(["", *UNDER]))
def test_a_range(one: str, other: str, sign: str, dash: str, low_word: str, high_word: str) -> None:
    low, high = sorted((one, other), key=Fraction)
    text = f"{low_word}{low}{sign}{dash}{high_word}{high}{sign}"
    opens, shuts = bool(low_word), bool(high_word)
    if Fraction(low) == Fraction(high) and (opens or shuts):
        with pytest.raises(Fault):
            percent(text)
        return
    read = percent(text)
    assert read is not None
    assert share(read) == Interval(Fraction(low) / 100, Fraction(high) / 100, opens, shuts)


@given(NUMBERS, SIGNS, st.sampled_from([*OVER, *LEAST, *UNDER, *MOST]))
def test_one_end(number: str, sign: str, word: str) -> None:
    figure, is_open = Fraction(number) / 100, word in (*OVER, *UNDER)
    low = word in (*OVER, *LEAST)
    if is_open and figure == int(low):
        with pytest.raises(Fault):
            percent(f"{word}{number}{sign}")
        return
    read = percent(f"{word}{number}{sign}")
    assert read is not None
    expected = (
        Interval(figure, Fraction(1), is_open) if low else Interval(Fraction(0), figure, False, is_open)
    )
    assert share(read) == expected


@given(st.text(max_size=40) | st.text(alphabet="0123456789.,/%-–<>=[]() ortmn", max_size=20))
def test_any_text_is_read_or_refused(words: str) -> None:
    try:
        read = percent(words)
    except Fault:
        return
    assert read is None or share(read)
