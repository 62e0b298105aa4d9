"""How many chains are asked for, and where a list goes on."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import BaseModel

from lookthrough.investigations.chains import asked
from lookthrough.investigations.cursors import check_limit, decode, encode
from lookthrough.investigations.errors import BadQuestion


class Place(BaseModel):
    id: str
    skip: int


@pytest.mark.parametrize(
    ("text", "floor"),
    [("0", Fraction(0)), ("0.0001", Fraction(1, 10_000)), ("1", Fraction(1)), ("1.0", Fraction(1))],
)
def test_the_smallest_product_is_a_decimal_fraction(text: str, floor: Fraction) -> None:
    assert asked(10, text).floor == floor


@pytest.mark.parametrize(
    "text", ["", "1.1", "2", "-0.1", ".5", "1/2", "50%", "1e-3", "0." + "1" * 31, "٠", "nan"]
)
def test_another_text_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadQuestion, match=r"^min_product: "):
        asked(10, text)


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_a_limit_outside_1_to_500_is_refused(limit: int) -> None:
    with pytest.raises(BadQuestion, match=f"^limit: {limit} is not between 1 and 500"):
        asked(limit, "0")


@pytest.mark.parametrize("limit", [1, 500])
def test_a_limit_inside_is_taken(limit: int) -> None:
    assert check_limit(limit) == limit


def test_a_cursor_comes_back_as_the_place_it_was_made_of() -> None:
    place = Place(id="某公司/a b", skip=50)
    cursor = encode(place)
    assert cursor.isascii()
    assert not set(cursor) & set("=/+ ")
    assert decode(cursor, Place) == place


@pytest.mark.parametrize(
    "cursor", ["", "x", "====", "é", "bnVsbA", "W10", encode(Place(id="a", skip=1))[:-3]]
)
def test_a_cursor_that_no_list_gave_is_refused(cursor: str) -> None:
    with pytest.raises(BadQuestion, match=r"^cursor: "):
        decode(cursor, Place)
