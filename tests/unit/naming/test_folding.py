"""Names without what people leave out, apart from their legal forms, and as they sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookthrough.naming.folding import compact, fold
from lookthrough.naming.index import asked, indexed
from lookthrough.naming.legal_forms import forms, parts
from lookthrough.naming.pinyin import initials, syllables, typed

TEXTS = st.text(max_size=30) | st.text(alphabet="腾騰讯訊公司 Ltd.Co,é-'", max_size=20)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("L'Oréal S.A.", ("loreal", "sa")),
        ("NESTLÉ", ("nestle",)),
        ("Møller–Mærsk", ("moller", "maersk")),
        ("ＡＢＣ株式会社", ("abc", "株式会社")),
        ("騰訊控股", ("腾讯控股",)),
        ("臺灣積體電路製造", ("台湾积体电路制造",)),
        ("TCL科技", ("tcl", "科技")),
        ("", ()),
        ("***", ()),
    ],
)
def test_names_are_folded(name: str, words: tuple[str, ...]) -> None:
    assert fold(name) == words


@given(TEXTS)
def test_folding_twice_changes_nothing_and_leaves_letters_and_digits(text: str) -> None:
    words = fold(text)
    assert fold(" ".join(words)) == words
    assert all(word.isalnum() for word in words)


@pytest.mark.parametrize(
    ("one", "other"),
    [("CHE-123.456.789", "che 123456789"), ("HRB 12345 B", "hrb12345b"), ("0700", "０７００")],
)
def test_identifiers_are_the_same_without_blanks_and_signs(one: str, other: str) -> None:
    assert compact(one) == compact(other)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Zhejiang Geely Holding Group Co., Ltd.", ("zhejiang", "geely", "holding", "group")),
        ("Volvo Car AB (publ)", ("volvo", "car")),
        ("浙江吉利控股集团有限公司", ("浙江吉利控股集团",)),
        ("吉利汽車控股股份有限公司", ("吉利汽车控股",)),
        ("トヨタ自動車株式会社", ("トヨタ", "自动车")),
        ("株式会社日立製作所", ("日立制作所",)),
        ("Müller GmbH & Co. KG", ("muller",)),
        ("OOO Romashka", ("romashka",)),
        ("Fabryka Sp. z o.o.", ("fabryka",)),
        ("Limited", ("limited",)),
        ("有限公司", ("有限公司",)),
    ],
)
def test_the_legal_form_is_taken_off(name: str, core: tuple[str, ...]) -> None:
    assert parts(fold(name)).core == core


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("Acme Ltd", "Acme Limited", False),
        ("Acme Co., Ltd.", "永达有限公司", False),
        ("Acme Co., Ltd.", "永达股份有限公司", False),
        ("永达有限公司", "永达股份有限公司", True),
        ("Acme GmbH", "Acme AG", True),
        ("Acme GmbH", "Acme", False),
        ("Acme Pte. Ltd.", "Acme Sdn. Bhd.", True),
    ],
)
def test_forms_that_cannot_be_one_contradict_each_other(one: str, other: str, contradict: bool) -> None:
    assert parts(fold(one)).contradicts(parts(fold(other))) is contradict


def test_every_spelling_in_the_table_is_found_again_behind_a_name() -> None:
    for words in forms():
        assert parts(fold("Xqz " + " ".join(words))).core == ("xqz",)


@given(TEXTS)
def test_nothing_of_a_name_is_lost_in_its_parts(text: str) -> None:
    words = fold(text)
    split = parts(words)
    assert sorted("".join(words)) == sorted("".join((*split.core, *split.form)))
    assert bool(split.core) is bool(words)


@pytest.mark.parametrize(
    ("run", "sounds", "letters"),
    [
        ("字节跳动", ("zi", "jie", "tiao", "dong"), "zjtd"),
        ("重庆长安", ("chong", "qing", "chang", "an"), "cqca"),
        ("绿地", ("lu", "di"), "ld"),
        ("中国银行", ("zhong", "guo", "yin", "hang"), "zgyh"),
    ],
)
def test_chinese_names_sound_as_people_type_them(run: str, sounds: tuple[str, ...], letters: str) -> None:
    assert syllables(run) == sounds
    assert initials(sounds) == letters


@pytest.mark.parametrize("text", ["lv", "lyu", "lu", "lv4"])
def test_the_umlaut_of_pinyin_is_typed_in_several_ways(text: str) -> None:
    assert typed(text) == "lu"


@given(TEXTS)
def test_any_text_can_be_asked_for_and_indexed(text: str) -> None:
    question = asked(text)
    assert bool(question) is bool(fold(text))
    assert set(indexed([text]).split()) >= set(fold(text))
