"""XML read record by record; what is hostile or broken is refused in one sentence, at little cost."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path
from typing import cast
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookthrough.importing.files import InputFile
from lookthrough.importing.formats import Head, check_xml
from lookthrough.importing.json_values import Json, JsonObject
from lookthrough.importing.rows import UnusableFile
from lookthrough.importing.xml_records import xml_records

from .conftest import Write

BOMB = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE r [<!ENTITY e0 "ha">{BOMB}]><r><a>&e9;</a></r>'


def values(file: InputFile, *names: str) -> list[JsonObject | None]:
    return [record.value for record in xml_records(file, names)]


def test_elements_of_a_name_are_records_as_values_of_json(write: Write) -> None:
    text = """<?xml version="1.0" encoding="UTF-8"?>
    <o:list xmlns:o="urn:own" xmlns:x="urn:other"><o:head><o:skipped/></o:head>
      <o:rec id="1" xml:lang="zh" x:odd="y"><o:name>中<!-- and -->文</o:name><o:name>two &amp; three</o:name>
        <x:extra><o:name/></x:extra><o:many><o:one>1</o:one><o:one n="2"><![CDATA[<2>]]></o:one></o:many>
      </o:rec>
      <o:other>no record</o:other><o:rec>only text</o:rec><o:rec/>
    </o:list>"""
    assert values(write(text, "a.xml"), "rec") == [
        {
            "@id": "1",
            "@xml:lang": "zh",
            "@x:odd": "y",
            "name": [{"$": "中文"}, {"$": "two & three"}],
            "x:extra": {"name": None},
            "many": {"one": [{"$": "1"}, {"@n": "2", "$": "<2>"}]},
        },
        {"$": "only text"},
        {},
    ]


def test_records_are_counted_and_named_and_not_looked_for_inside_each_other(write: Write) -> None:
    file = write("<r xmlns='urn:own'><a><b>1</b><a>2</a></a><b>3</b></r>", "a.xml")
    found = [(record.item, record.name, record.value) for record in xml_records(file, ("a", "b"))]
    assert found == [(1, "a", {"b": {"$": "1"}, "a": {"$": "2"}}), (2, "b", {"$": "3"})]


_NAMES = st.sampled_from(["a", "b", "long-name", "名"])
_TEXTS = st.text("&<>'\"#38; ab") | st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
)
_ATTRIBUTES = st.dictionaries(_NAMES, _TEXTS, max_size=2)
_TREES = st.recursive(
    st.tuples(_NAMES, _ATTRIBUTES, _TEXTS),
    lambda inner: st.tuples(_NAMES, _ATTRIBUTES, st.lists(inner, min_size=1, max_size=4)),
    max_leaves=12,
)


def written(tree: tuple[str, dict[str, str], object]) -> tuple[str, JsonObject]:
    """An element as text, and the value that is expected of it."""
    name, attributes, content = tree
    value: JsonObject = {f"@{key}": text for key, text in attributes.items()}
    head = "".join(f" {key}={quoteattr(text)}" for key, text in attributes.items())
    if isinstance(content, str):
        value |= {"$": content} if content.strip() else {}
        return f"<{name}{head}>{escape(content)}</{name}>", value
    parts = cast(list[tuple[str, dict[str, str], object]], content)
    grouped: dict[str, list[Json]] = {}
    for part in parts:
        grouped.setdefault(part[0], []).append(written(part)[1] or None)
    value |= {key: found[0] if len(found) == 1 else found for key, found in grouped.items()}
    return f"<{name}{head}>{''.join(written(part)[0] for part in parts)}</{name}>", value


@given(_TREES)
def test_any_element_becomes_the_value_that_its_parts_make(
    write: Write, tree: tuple[str, dict[str, str], object]
) -> None:
    text, value = written(tree)
    assert values(write(f"<r><rec>{text}</rec></r>", "a.xml"), "rec") == [{tree[0]: value or None}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_file_may_have_any_encoding_that_it_declares(write: Write, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?><r><a>Société</a></r>'
    assert values(write(text.encode(encoding), "a.xml"), "a") == [{"$": "Société"}]


@pytest.mark.parametrize(
    "text",
    [
        BILLION_LAUGHS,
        '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]><r><a>&e;</a></r>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><r><a>1</a></r>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r><a>1</a></r>',
        '<?xml version="1.0"?>\n<!DOCTYPE r><r><a>1</a></r>',
    ],
)
def test_a_document_type_is_refused_before_anything_is_read_of_it(write: Write, text: str) -> None:
    file = write(text, "a.xml")
    with pytest.raises(UnusableFile, match=r"a\.xml: declares a document type"):
        values(file, "a")
    with pytest.raises(UnusableFile, match="declares a document type"):
        _ = Head(file).root


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<r><a>1</a>\n<a>2</a>\n", "tag r line 1, line 3"),
        (b"<r><a>1</a><a>2", "Premature end"),
        (b"<r><a>1</a></r><r/>", "Extra content"),
        (b"<r><a>1</b></r>", "mismatch"),
        (b"<r><a>&nbsp;</a></r>", "nbsp"),
        (b"<r><a>\xe9</a></r>", "no whole XML document"),
        ("<r><a>é</a></r>".encode("utf-16-le"), "no whole XML document"),
        (b'<?xml version="1.0" encoding="utf-16"?><r><a>1</a></r>', "no whole XML document"),
        (b'<?xml version="1.0" encoding="no-such"?><r/>', "no-such"),
        (b"<r>" + b"<b>" * 300 + b"</b>" * 300 + b"</r>", "deeper than 256"),
        (b"<r><a>\x01</a></r>", "no whole XML document"),
        (b"", "no whole XML document"),
    ],
)
def test_a_file_that_is_broken_is_refused(write: Write, content: bytes, reason: str) -> None:
    file = write(content, "a.xml")
    with pytest.raises(UnusableFile, match=reason):
        values(file, "a")
    with pytest.raises(UnusableFile):
        check_xml(file)


def test_a_record_that_is_nested_too_deeply_costs_itself(write: Write) -> None:
    deep = "<d>" * 100 + "</d>" * 100
    found = list(xml_records(write(f"<r><a>1</a><a>{deep}</a><a>3</a></r>", "a.xml"), ("a",)))
    assert [record.value for record in found] == [{"$": "1"}, None, {"$": "3"}]
    assert found[1].wrong == "It is nested deeper than 64 levels."


def test_a_record_of_endless_parts_is_passed_over_in_little_memory(write: Write) -> None:
    many = write("<r><a>" + "<b/>" * 1_000_000 + "</a><a>2</a></r>", "a.xml")
    first, second = xml_records(many, ("a",))
    assert ("parts" in first.wrong, second.value) == (True, {"$": "2"})
    long = write(b"<r><a>" + b"<b>" + (b"x" * 2**20 + b"</b><b>") * 17 + b"</b></a><a>2</a></r>", "b.xml")
    first, second = xml_records(long, ("a",))
    assert ("longer" in first.wrong, second.value) == (True, {"$": "2"})


def test_what_is_read_is_not_kept(write: Write) -> None:
    """Five times the records take no more memory."""

    def peak(count: int) -> int:
        file = write("<r>" + "<a><b>some text</b><c/></a>" * count + "</r>", "a.xml")
        tracemalloc.start()
        assert sum(1 for _ in xml_records(file, ("a",))) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(20_000) < 2 * peak(4_000)


def test_a_bomb_of_packed_xml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xml.gz"
    path.write_bytes(gzip.compress(b"<r>" + b"<a/>" * 3_000_000 + b"</r>"))
    with pytest.raises(UnusableFile, match="unpacks to more"):
        check_xml(InputFile("bomb.xml.gz", path))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<?xml version='1.0'?><!-- x --><o:r xmlns:o='urn:o'><o:a>", "{urn:o}r"),
        ("<r/>", "r"),
        ("id,name", ""),
    ],
)
def test_the_outermost_element_is_told_from_the_beginning(write: Write, text: str, root: str) -> None:
    assert Head(write(text, "a.xml")).root == root
