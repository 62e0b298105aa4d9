"""CSV files: which table they are, when they are refused as a whole, and what becomes of each row."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookthrough.control.facts import (
    Attribute,
    Description,
    GroupClaim,
    Kind,
    Lane,
    ListClaim,
    LocationClaim,
    SameAsClaim,
    SourceRecord,
    StakeClaim,
)
from lookthrough.control.interval import UNKNOWN, exactly
from lookthrough.importing import csv_files, records
from lookthrough.importing.files import InputFile, expand
from lookthrough.importing.rows import Rejection, Row, UnusableFile
from lookthrough.importing.tables import TABLES

Write = Callable[[bytes | str, str], InputFile]

DEMO = Path(csv_files.__file__).parents[1] / "demo"
TOTALS = Path(__file__).parents[2] / "data" / "indirect_totals.csv"
STAKES = "owner,owned,lane,percent,holding,valid_from,valid_to,source,note\n"
ENTITIES = "id,name,aliases,kind,headquarters,listing,founded,dissolved,lei,identifiers,url,source\n"
LEI = "635400Z5LQ5F9OLVT688"


def outcome(file: InputFile, default_source: str = "") -> list[Row | Rejection]:
    table = csv_files.recognise(file)
    csv_files.check(file, table)
    return list(csv_files.read(file, table, default_source))


def rows(found: list[Row | Rejection]) -> list[Row]:
    assert [each for each in found if isinstance(each, Rejection)] == []
    return [each for each in found if isinstance(each, Row)]


def rejections(found: list[Row | Rejection]) -> list[Rejection]:
    return [each for each in found if isinstance(each, Rejection)]


def test_the_demo_set_reads_without_a_rejection() -> None:
    inputs = expand([DEMO])
    counts = {file.name: len(rows(outcome(file))) for file in inputs.files}
    assert counts == {"entities.csv": 296, "stakes.csv": 368, "locations.csv": 10}
    assert inputs.ignored == ("README.md",)


def test_a_stake_as_filed(write: Write) -> None:
    file = write(STAKES + 'a , b,,"(25 , 50]",B,2024,2024-06,register,seen\n', "stakes.csv")
    (row,) = rows(outcome(file))
    (stake,) = row.facts
    assert isinstance(stake, StakeClaim)
    assert (row.line, row.fields["owner"], stake.owner, stake.lane) == (2, "a", "a", Lane.SHARES)
    assert (stake.percent, stake.holding, stake.source, stake.note) == ("(25 , 50]", "B", "register", "seen")
    assert (stake.valid_from, stake.valid_to) == (date(2024, 1, 1), date(2024, 7, 1))
    assert stake.interval is not None
    assert (stake.interval.low, stake.interval.high) == (Fraction(1, 4), Fraction(1, 2))


def test_unknown_is_not_zero_and_control_has_no_figure(write: Write) -> None:
    text = STAKES + "a,b,,,,,,,\na,b,votes,0,,,,,\na,b,board,,,,,,\na,a,control,,,,,,\n"
    stakes = [row.facts[0] for row in rows(outcome(write(text, "stakes.csv")))]
    intervals = [stake.interval for stake in stakes if isinstance(stake, StakeClaim)]
    assert intervals == [UNKNOWN, exactly(Fraction(0)), None, None]


def test_an_entity_with_its_locations(write: Write) -> None:
    line = f"t,T,x|y,company,CN,US|HK,1998,2024,{LEI.lower()},HKEX:0700|lei:{LEI},u,register\n"
    (row,) = rows(outcome(write(ENTITIES + line, "entities.csv")))
    description, *locations = row.facts
    assert description == Description(
        entity="t",
        source="register",
        name="T",
        aliases=("x", "y"),
        kind=Kind.COMPANY,
        identifiers=(("lei", LEI), ("hkex", "0700")),
        founded=date(1998, 1, 1),
        dissolved=date(2025, 1, 1),
        url="u",
    )
    at = [(Attribute.HEADQUARTERS, ("CN",)), (Attribute.LISTING, ("US", "HK"))]
    assert locations == [
        LocationClaim(entity="t", attribute=attribute, jurisdictions=codes, source="register", url="u")
        for attribute, codes in at
    ]


@pytest.mark.parametrize(
    ("name", "text", "fact"),
    [
        (
            "locations.csv",
            "entity,attribute,jurisdiction,valid_from\na,residence,CY|RU,2022\n",
            LocationClaim(
                entity="a",
                attribute=Attribute.RESIDENCE,
                jurisdictions=("CY", "RU"),
                valid_from=date(2022, 1, 1),
                source="locations",
            ),
        ),
        ("lists.csv", "entity,list\na,ofac\n", ListClaim(list_key="ofac", entity="a", source="lists")),
        ("groups.csv", "group,member\ng,a\n", GroupClaim(group="g", member="a", source="groups")),
        ("same_as.csv", "entity,same_as\na,b\n", SameAsClaim(entity="a", same_as="b", source="same_as")),
        (
            "sources.csv",
            "source,title,retrieved\nr,Register,2026-01\n",
            SourceRecord(source="r", title="Register", retrieved="2026-01"),
        ),
    ],
)
def test_the_other_tables(write: Write, name: str, text: str, fact: object) -> None:
    (row,) = rows(outcome(write(text, name)))
    assert row.facts == (fact,)


def test_an_empty_source_is_the_given_one_or_the_name_of_the_file(write: Write) -> None:
    file = write(gzip.compress(b"owner,owned,source\na,b,\na,c,own\n"), "stakes-2024.q1.csv.gz")
    for given_source, expected in (("", ["stakes-2024.q1", "own"]), ("register", ["register", "own"])):
        stakes = [row.facts[0] for row in rows(outcome(file, given_source))]
        assert [stake.source for stake in stakes] == expected


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_name_says_which_table_a_file_is_and_failing_that_the_header(write: Write, table: object) -> None:
    wanted = next(known for known in TABLES if known is table)
    header = ",".join(reversed([*wanted.required, "x_mine"]))
    for name in (
        f"{wanted.name}.csv",
        f"{wanted.name.upper()}-2024.csv",
        f"{wanted.name}_uk.csv",
        "data.txt",
    ):
        assert csv_files.recognise(write(header, name)) is wanted
    assert csv_files.recognise(write(",".join(wanted.columns), "data.csv")) is wanted


def test_no_header_fits_two_tables() -> None:
    for one in TABLES:
        for other in TABLES:
            fits = set(one.required) <= set(other.columns) and set(other.required) <= set(one.columns)
            assert fits is (one is other)


def test_published_totals_would_pass_for_stakes() -> None:
    assert csv_files.recognise(InputFile(TOTALS.name, TOTALS)).name == "stakes"


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("stakes.csv", b"owner,owned,percnt\n", "unknown column 'percnt'"),
        ("stakes.csv", b"owner,owned,Percent\n", "unknown column 'Percent'"),
        ("stakes.csv", b"owner,percent\n", "lacks the column 'owned'"),
        ("stakes.csv", b"owner,owned,note, note\n", "names the column 'note' twice"),
        ("stakes.csv", b"owner,owned,x_a,x_a\n", "names the column 'x_a' twice"),
        ("stakes.csv", b"owner,owned,\n", "no name for its column 3"),
        ("stakes.csv", b"owner;owned;percent\n", "something else than commas"),
        ("stakes.csv", b"", "is empty"),
        ("stakes.csv", b"\xef\xbb\xbf\n \n", "is empty"),
        ("stakes.csv", b'owner,"owned\n', "header that cannot be read"),
        ("stakes.csv", b"owner,owned\na,b\nc,\xe9\n", "byte 0xe9 at offset 18, in line 3"),
        ("stakes.csv", b"owner,owned\na,\xe5\xad", "byte 0xe5 at offset 14, in line 2"),
        ("stakes.csv", "owner,owned\n".encode("utf-16"), "is UTF-16 text"),
        ("stakes.csv", b"PK\x03\x04\x00", "a zip archive or a spreadsheet"),
        ("stakes.csv", b"\x1f\x8b\x00", "a gzip archive"),
        ("stakes.csv.gz", b"owner,owned\n", "cannot be read"),
        ("stakes.csv.gz", gzip.compress(b"owner,owned\n" * 99)[:-4], "damaged or cut short"),
        ("data.csv", b"a,b\n1,2\n", "neither its name nor its header"),
        ("data.csv", b"\xff\n", "byte 0xff at offset 0, in line 1"),
        ("data.csv", b"owner,owned,percnt\n", "neither its name nor its header"),
    ],
)
def test_files_that_cannot_be_used_at_all(write: Write, name: str, content: bytes, wrong: str) -> None:
    with pytest.raises(UnusableFile, match=wrong) as refused:
        outcome(write(content, name))
    assert refused.value.file == name
    assert str(refused.value) == f"{name}: {refused.value.wrong}"


def test_a_bad_byte_beyond_the_first_chunk_is_named_exactly(write: Write) -> None:
    content = b"owner,owned\n" + b"a,b\n" * 40_000 + "é".encode()[:1] + b",b\n"
    with pytest.raises(UnusableFile, match="offset 160012, in line 40002"):
        outcome(write(content, "stakes.csv"))


@pytest.mark.parametrize(
    ("row", "field", "value", "hint"),
    [
        (",b", "owner", "", "The owner is empty"),
        ("a, ", "owned", "", "The owned is empty"),
        ("a\u200b,b", "owner", "a\u200b", "U+200B"),
        ("a" * 201 + ",b", "owner", "a" * 199 + "…", "201 characters"),
        ("a,b,capital", "lane", "capital", "shares, votes, board, control"),
        ("a,b,board,50", "percent", "50", "lane board carries no percent"),
        ("a,b,control,0", "percent", "0", "lane control carries no percent"),
        ("a,b,,140", "percent", "140", "between 0 and 100"),
        ("a,b,,-5", "percent", "-5", "between 0 and 100"),
        ("a,b,,38.37%", "percent", "38.37%", "without a sign"),
        ('a,b,,"38,37"', "percent", "38,37", "with a point"),
        ('a,b,,"[60,40]"', "percent", "[60,40]", "above its upper end"),
        ('a,b,,"(50,50]"', "percent", "(50,50]", "empty"),
        ("a,b,,nan", "percent", "nan", "is a number"),
        ("a,b,,1/0", "percent", "1/0", "denominator"),
        ("a,b,,,x\x00", "holding", "x\x00", "U+0000"),
        ("a,b,,,,2024-13", "valid_from", "2024-13", "no such day"),
        ("a,b,,,,01.02.2024", "valid_from", "01.02.2024", "YYYY-MM-DD"),
        ("a,b,,,,,9999", "valid_to", "9999", "leave the end empty"),
        ("a,b,,,,2024-05,2024-04", "valid_from", "2024-05", "not before its end"),
        ("a,b,,,,2024-05-01,2024-05-01", "valid_from", "2024-05-01", "not before its end"),
        ("a,b,,,,,,s\x07x", "source", "s\x07x", "U+0007"),
        ("a,b,,,,,,," + "n" * 10_001, "note", "n" * 199 + "…", "10000 are the most"),
        ("a,b,,140,,x,y", "percent", "140", "Also faulty: valid_from, valid_to."),
    ],
)
def test_stakes_that_are_rejected(write: Write, row: str, field: str, value: str, hint: str) -> None:
    padded = row + "," * (STAKES.count(",") + 1 - len(next(csv.reader([row]))))
    text = STAKES + "a,b,,50,,,,,\n" + padded + "\nc,d,,,,,,,\n"
    found = outcome(write(text, "stakes.csv"))
    assert [isinstance(each, Row) for each in found] == [True, False, True]
    (rejection,) = rejections(found)
    assert (rejection.file, rejection.line) == ("stakes.csv", 3)
    assert (rejection.field, rejection.value) == (field, value)
    assert hint in rejection.reason


@pytest.mark.parametrize(
    ("name", "text", "field", "hint"),
    [
        ("entities.csv", "id,kind\na,firm", "kind", "company, fund, trust"),
        ("entities.csv", "id,name\n,Name", "id", "The id is empty"),
        ("entities.csv", f"id,lei\na,{LEI[:-1]}1", "lei", "check digits"),
        ("entities.csv", f"id,identifiers\na,hkex:1|lei:{LEI[:-1]}1", "identifiers", "check digits"),
        ("entities.csv", "id,identifiers\na,1698", "identifiers", "scheme:value"),
        ("entities.csv", "id,headquarters\na,cn", "headquarters", "write CN"),
        ("entities.csv", "id,listing\na,US|UK", "listing", "write GB"),
        ("entities.csv", "id,name\na,x\x1fy", "name", "U+001F"),
        ("entities.csv", "id,founded,dissolved\na,2024,2020", "founded", "dissolution"),
        ("locations.csv", "entity,attribute,jurisdiction\na,seat,CN", "attribute", "headquarters"),
        ("locations.csv", "entity,attribute,jurisdiction\na,headquarters,", "jurisdiction", "empty"),
        ("lists.csv", "list,entity\nofac,", "entity", "empty"),
        ("groups.csv", "group,member,valid_from\ng,a,24", "valid_from", "YYYY"),
        ("same_as.csv", "entity,same_as\na,a", "same_as", "itself"),
        ("sources.csv", "source,sha256\nr,12", "sha256", "64 hexadecimal"),
        ("sources.csv", "source,title\n,T", "source", "empty"),
    ],
)
def test_rows_of_other_tables_that_are_rejected(
    write: Write, name: str, text: str, field: str, hint: str
) -> None:
    (rejection,) = rejections(outcome(write(text, name)))
    assert (rejection.file, rejection.line, rejection.field) == (name, 2, field)
    assert hint in rejection.reason


def test_lines_count_from_where_a_row_begins(write: Write) -> None:
    text = 'owner,owned,note\r\n\r\na,b,"one\r\ntwo"\r\n   \r\nc,d,\re,f,"x""y"\n,g,"\n"\nh,i,'
    found = outcome(write("\ufeff" + text, "stakes.csv"))
    assert [each.line for each in found] == [3, 6, 7, 8, 10]
    assert [each.line for each in rejections(found)] == [8]


def test_rows_with_too_few_or_too_many_fields(write: Write) -> None:
    quotes = "a cell with a comma has to stand in quotes."
    found = outcome(write("owner,owned,note\na,b\na,b,c,d,e\n", "stakes.csv"))
    assert found == [
        Rejection("stakes.csv", 2, "note", "", "The row has 2 fields, the header 3.", type="stakes"),
        Rejection("stakes.csv", 3, "", "d,e", f"The row has 5 fields, the header 3; {quotes}", type="stakes"),
    ]


@pytest.mark.parametrize(
    ("broken", "hint"),
    [
        ('"a,b', "A quote is opened"),
        ('"a"x,b', "written twice"),
        ("a," + "b" * (records.LONGEST_RECORD + 9), "longer than"),
        ("a," + "b" * (5 * records.LONGEST_RECORD), "longer than"),
    ],
)
@pytest.mark.parametrize("after", [0, 3, 500, 40_000])
def test_a_broken_row_costs_its_own_line_only(write: Write, broken: str, hint: str, after: int) -> None:
    text = "owner,owned\na,b\n" + broken + "\n" + "c,d\n" * after + ('e,"f"\n' if after else "")
    found = outcome(write(text, "stakes.csv"))
    (rejection,) = rejections(found)
    assert (rejection.line, rejection.field, rejection.value) == (3, "", "")
    assert hint in rejection.reason
    assert [each.line for each in found] == list(range(2, len(found) + 2))
    assert len(found) == 2 + after + bool(after)


def test_columns_of_ones_own_and_blanks_around_cells_do_no_harm(write: Write) -> None:
    text = 'x_id, owned ,owner,percent\n7, b ,\u3000a, "[0,0.5)"\n'
    (row,) = rows(outcome(write(text, "stakes.csv")))
    (stake,) = row.facts
    assert isinstance(stake, StakeClaim)
    assert (stake.owner, stake.owned, stake.percent) == ("a", "b", "[0,0.5)")


def test_a_row_can_be_rejected_by_a_later_check(write: Write) -> None:
    (row,) = rows(outcome(write("owner,owned\na,b\n", "stakes.csv")))
    assert row.rejected("owned", "Nobody owns b.") == Rejection(
        "stakes.csv", 2, "owned", "b", "Nobody owns b.", type="stakes"
    )


def test_the_columns_are_those_that_the_facts_can_hold() -> None:
    """Every field of a record has its column, by the same name."""
    renamed = {"list_key": "list", "jurisdictions": "jurisdiction", "interval": "percent"}
    for table, record in zip(
        TABLES,
        (Description, StakeClaim, LocationClaim, ListClaim, GroupClaim, SameAsClaim, SourceRecord),
        strict=True,
    ):
        assert is_dataclass(record)
        held = {renamed.get(field.name, field.name) for field in fields(record)}
        if record is Description:
            held = held - {"entity"} | {"id", "lei", *Attribute}
        if record is SameAsClaim:
            held -= {"valid_from", "valid_to"}
        assert set(table.columns) == held


NAMES = st.sampled_from([f"{table.name}.csv" for table in TABLES] + ["data.csv", "stakes.csv.gz"])
HEADERS = [b"", b"owner,owned,percent\n", b"id,aliases,lei,headquarters\n", b"\xef\xbb\xbfsource,sha256\r"]
CELLS = st.text(max_size=30) | st.sampled_from(
    ["a", "50", "(25,50]", "CN|HK", "2024-02", '"', "\r\n", "lei:97"]
)


@settings(deadline=None)
@given(name=NAMES, header=st.sampled_from(HEADERS), content=st.binary(max_size=300), packed=st.booleans())
def test_no_bytes_crash(write: Write, name: str, header: bytes, content: bytes, packed: bool) -> None:
    data = gzip.compress(header + content) if packed and name.endswith(".gz") else header + content
    try:
        found = outcome(write(data, name))
    except UnusableFile as refused:
        assert refused.file == name
        return
    assert all(each.file == name for each in found)


@settings(deadline=None)
@given(st.lists(st.text('ab,"\n\r 5', max_size=12), max_size=12))
def test_no_quoting_crashes_or_loses_the_order_of_lines(write: Write, lines: list[str]) -> None:
    found = outcome(write("owner,owned\n" + "\n".join(lines), "stakes.csv"))
    numbers = [each.line for each in found]
    assert numbers == sorted(set(numbers))


@settings(deadline=None)
@given(table=st.sampled_from(TABLES), data=st.data())
def test_every_record_becomes_a_row_or_a_rejection(write: Write, table: object, data: st.DataObject) -> None:
    wanted = next(known for known in TABLES if known is table)
    width = len(wanted.columns)
    filled = data.draw(st.lists(st.lists(CELLS, min_size=width - 1, max_size=width + 1), max_size=5))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([wanted.columns, *filled])
    found = outcome(write(out.getvalue(), "data.csv"))
    assert len(found) == len(filled)
    for row, cells in zip(found, filled, strict=True):
        if isinstance(row, Row):
            assert list(row.fields.values()) == [cell.strip() for cell in cells]
            assert row.facts
