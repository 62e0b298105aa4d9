"""Text without a font: never narrower than it could be shown, cut to fit, harmless."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lookthrough.drawing.text import clean, shortened, width, wrapped


def test_ideographs_are_as_wide_as_the_letters_are_high() -> None:
    assert width("股权穿透图", 10) == 50
    assert width("（，。）", 10) == 40
    assert width("ABC", 10) > width("abc", 10) > width("ill", 10)
    assert width("e\u0301", 10) == width("e", 10)


@given(st.text(max_size=60), st.floats(40, 300), st.integers(1, 3))
def test_lines_are_few_and_fit(text: str, most: float, lines: int) -> None:
    found = wrapped(clean(text), 12, most, lines)
    assert 1 <= len(found) <= lines
    assert all(width(line, 12) <= most for line in found)


@given(st.text(alphabet="ab 股权", max_size=30))
def test_what_fits_is_not_cut(text: str) -> None:
    found = wrapped(clean(text), 12, 10_000, 2)
    assert found == [clean(text)]


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert shortened("a company with a long name", 12, 60).endswith("…")
    assert wrapped("深圳市腾讯计算机系统有限公司", 10, 50, 2) == ["深圳市腾讯", "计算机系…"]


def test_names_cannot_carry_what_xml_cannot_or_turn_the_text_after_them() -> None:
    assert clean("a\x00b\x1b\n c\u202ed\ufffe") == "a\ufffdb\ufffd cd\ufffd"
