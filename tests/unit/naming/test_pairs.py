"""Names and numbers that may be those of one entity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookthrough.naming.pairs import Alike, best_pair
from lookthrough.naming.registers import canonical, contradicting, written

NAMES = st.lists(st.text(alphabet="Acme 腾讯12 LtdGmbH", min_size=1, max_size=12), max_size=3)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("ACME LTD", "Acme Ltd.", Alike.SAME_NAME),
        ("騰訊控股有限公司", "腾讯控股有限公司", Alike.SAME_NAME),
        ("Acme Limited", "Acme Ltd", Alike.SAME_BUT_FORM),
        ("Acme GmbH", "Acme AG", Alike.SAME_BUT_FORM),
        ("Byte Dance Ltd", "ByteDance", Alike.SAME_BUT_FORM),
        ("张一鸣", "Zhang Yiming", Alike.SAME_SOUND),
        ("浙江吉利控股集团有限公司", "Zhejiang Jili Konggu Jituan Co., Ltd.", Alike.SAME_SOUND),
        ("Polestar Automotive Holding", "Polstar Automotive Holding UK PLC", Alike.SIMILAR_NAME),
        ("Polestar Automotive Holding PLC", "Polstar Automotive Holding PLC", Alike.SIMILAR_NAME),
        ("Holding Automotive Polestar", "Polestar Automotive Holding", Alike.SIMILAR_NAME),
        ("Acme Fund II LP", "Acme Fund III LP", None),
        ("Northern Holding 12", "Northern Holding 13", None),
        ("Gazprom", "Rosneft", None),
        ("腾讯", "腾讯音乐娱乐集团", None),
    ],
)
def test_names_are_alike_in_one_way_or_not_at_all(one: str, other: str, how: Alike | None) -> None:
    found = best_pair([one], [other])
    assert (found.how if found else None) == how


@given(NAMES, NAMES)
def test_a_name_alone_is_never_sure_and_it_does_not_matter_which_is_first(
    some: list[str], others: list[str]
) -> None:
    one, other = best_pair(some, others), best_pair(others, some)
    assert (one and (one.score, one.how)) == (other and (other.score, other.how))
    assert one is None or one.score < 95


def test_forms_that_contradict_are_told() -> None:
    found = best_pair(["Acme GmbH"], ["Acme AG"])
    assert found is not None
    assert found.forms_contradict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("RA000585", "1234567"), ("gb-coh", "01234567")),
        (("XI-LEI", "635400z5lq5f9olvt688"), ("lei", "635400Z5LQ5F9OLVT688")),
        (("ra000092", "91110108MA01"), ("uscc", "91110108 MA01")),
        (("RA000463", "33031431"), ("nl-kvk", "33031431")),
        (("hr", "HRB 12"), ("hr", "hrb-12")),
    ],
)
def test_one_number_of_one_register_is_the_same_under_each_of_its_schemes(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert canonical([one]) == canonical([other])
    assert set(written([one])) & {value.lstrip("0") for value in written([other])}
    assert contradicting([one], [other]) == []


def test_two_numbers_in_one_register_contradict_but_not_those_of_schemes_that_are_not_known() -> None:
    assert contradicting([("ra000585", "1")], [("gb-coh", "2")]) == ["gb-coh"]
    assert contradicting([("hkex", "1")], [("hkex", "2")]) == []
