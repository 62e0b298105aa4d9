"""JSON read strictly and record by record; what is broken costs one record where that can be told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lookthrough.importing.catalogue import FORMATS, recognised
from lookthrough.importing.json_records import Shape, records, shape_of
from lookthrough.importing.json_values import dumped
from lookthrough.importing.rows import UnusableFile

from .conftest import Write

DEEP = "[" * 100 + "]" * 100


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ('[{"a":1}]', Shape.ARRAY),
        ('\ufeff [{"a":1}]', Shape.ARRAY),
        ('{"a":1}\n{"a":2}\n', Shape.LINES),
        ('{"a":1}', Shape.LINES),
        ('{"records": [{"a":1}]}', Shape.WRAPPED),
        ('{\n "a": 1\n}\n', Shape.OBJECT),
        ("<a/>", Shape.XML),
        ("id,name\n", Shape.TEXT),
    ],
)
def test_the_shape_is_told_from_the_beginning(write: Write, text: str, shape: Shape) -> None:
    assert shape_of(write(text, "a.json")) is shape


@pytest.mark.parametrize(
    "text",
    [
        '[{"a":1},{"a":[2,{"b":null}]}]',
        '{"records":[{"a":1},{"a":[2,{"b":null}]}]}',
        '{"a":1}\n\n{"a":[2,{"b":null}]}\n',
    ],
)
def test_records_of_arrays_and_lines_are_the_same(write: Write, text: str) -> None:
    assert [r.value for r in records(write(text, "a.json"))] == [{"a": 1}, {"a": [2, {"b": None}]}]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ('{"a":1,"a":2}', "twice"),
        ('{"a":NaN}', "no number"),
        ('{"a":' + DEEP + "}", "deeper"),
        ('{"a":' + "9" * 5000 + "}", "number of"),
        ('{"a":"\\ud800"}', "surrogate"),
        ('{"a":1', "not JSON"),
        ("[1]", "no JSON object"),
    ],
)
def test_a_broken_line_costs_itself(write: Write, record: str, reason: str) -> None:
    found = list(records(write(f'{{"a":1}}\n{record}\n{{"a":3}}\n', "a.json")))
    assert [r.value for r in found] == [{"a": 1}, None, {"a": 3}]
    assert reason in found[1].wrong
    assert (found[1].line, found[1].text) == (2, record)


@pytest.mark.parametrize(("record", "reason"), [('{"a":1,"a":2}', "twice"), ('{"a":' + DEEP + "}", "deeper")])
def test_an_item_that_cannot_be_used_costs_itself(write: Write, record: str, reason: str) -> None:
    found = list(records(write(f'[{{"a":1}},{record},{{"a":3}}]', "a.json")))
    assert [r.value for r in found] == [{"a": 1}, None, {"a": 3}]
    assert reason in found[1].wrong
    assert found[1].item == 2


@pytest.mark.parametrize("text", ['[{"a":1},{"a":', '[{"a":NaN}]', '[{"a":1}}]', "{\n 'a'\n}"])
def test_an_array_or_object_that_cannot_be_read_to_its_end_is_refused(write: Write, text: str) -> None:
    with pytest.raises(UnusableFile, match=r"^a\.json: "):
        list(records(write(text, "a.json")))


def test_numbers_stay_as_they_were_written(write: Write) -> None:
    text = '{"a":38.370000000000000000001,"b":12345678901234567890123,"c":1E+2}'
    for whole in (text, f"[{text}]"):
        (record,) = records(write(whole, "a.json"))
        assert record.value is not None
        assert record.value["a"] == Decimal("38.370000000000000000001")
        assert dumped(record.value).decode() == text


def test_a_file_of_no_format_is_refused_by_name(write: Write) -> None:
    with pytest.raises(UnusableFile, match=r"odd\.json: is JSON lines in none of the formats csv"):
        recognised(write('{"a":1}\n', "odd.json"))
    assert "csv" in FORMATS
