"""How well names answer a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookthrough.naming.likeness import Answer, rank

NAMES = st.text(alphabet="abc 腾讯控股 Ltd.", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "name", "way"),
    [
        ("bytedance ltd", "ByteDance Ltd.", Answer.SAME),
        ("字節跳動有限公司", "字节跳动有限公司", Answer.SAME),
        ("ByteDance", "ByteDance Ltd.", Answer.SAME_BUT_FORM),
        ("byte dance", "ByteDance Ltd.", Answer.SAME_BUT_FORM),
        ("zijie tiaodong", "字节跳动有限公司", Answer.SOUNDS_SAME),
        ("zì jié tiào dòng", "字节跳动", Answer.SOUNDS_SAME),
        ("zi4jie2tiao4dong4", "字节跳动", Answer.SOUNDS_SAME),
        ("字节跳栋", "字节跳动", Answer.SOUNDS_SAME),
        ("Tencent Hold", "Tencent Holdings Limited", Answer.BEGINS),
        ("音乐", "腾讯音乐娱乐集团", Answer.HAS_WORDS),
        ("music tencent", "Tencent Music Entertainment Group", Answer.HAS_WORDS),
        ("tengxun", "腾讯控股有限公司", Answer.SOUNDS_BEGIN),
        ("zjtd", "字节跳动", Answer.INITIALS),
        ("byetdance", "ByteDance Ltd.", Answer.SIMILAR),
        ("polstar", "Polestar Automotive Holding UK PLC", Answer.SIMILAR),
    ],
)
def test_a_name_answers_in_the_way_that_people_mean(text: str, name: str, way: Answer) -> None:
    found = rank(text, [name])
    assert found is not None
    assert found[0] == way


def test_what_is_not_alike_answers_nothing() -> None:
    assert rank("polestar", ["Gazprom", "中国银行"]) is None
    assert rank("***", ["Gazprom"]) is None


@given(NAMES, NAMES)
def test_the_name_itself_is_never_beaten(text: str, other: str) -> None:
    itself, found = rank(text, [text]), rank(text, [other])
    if itself is not None and found is not None:
        assert itself <= found


@given(NAMES, st.lists(NAMES, max_size=4))
def test_the_order_of_names_does_not_matter(text: str, names: list[str]) -> None:
    assert rank(text, names) == rank(text, list(reversed(names)))
