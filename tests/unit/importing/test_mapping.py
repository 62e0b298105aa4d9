"""Tables read through a mapping: cells, figures, days, filters, and what is wrong with rows and mappings."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lookthrough.control.facts import Description, LocationClaim, StakeClaim
from lookthrough.importing.catalogue import mapped
from lookthrough.importing.files import InputFile
from lookthrough.importing.formats import Rejected
from lookthrough.importing.mapping import mapping_in, mapping_of
from lookthrough.importing.rows import Rejection, Row, UnusableFile

from .conftest import Write
from .mapping_files import STAKES, percents, through

DATA = Path(__file__).parents[2] / "data" / "mapped"
ENTITIES = '[[tables]]\ntable = "entities"\n[tables.columns]\nid = "id"\n'


def sample(*names: str) -> list[Row | Rejection]:
    found = mapped([InputFile(n, DATA / n) for n in names], mapping_of(DATA / "relationships.toml"))
    return [row for one in found for row in one.format.read(one.file, "unused")]


def test_relationships_in_the_columns_of_opencorporates_are_stakes_as_far_as_they_say_so() -> None:
    facts = [f for row in sample("relationships.csv") if isinstance(row, Row) for f in row.facts]
    told = [(f.owner, f.owned, f.lane.value, f.percent, f.ref) for f in facts if isinstance(f, StakeClaim)]
    assert sorted(told) == [
        ("de/HRB1", "gb/09000001", "shares", "[75,100]", "101"),
        ("de/HRB1", "gb/09000001", "votes", "[75,100]", "101"),
        ("fr/552100554", "nl/33000001", "shares", "", "104"),
        ("gb/09000001", "fr/552100554", "shares", "", "103"),
        ("us_de/5786925", "gb/09000001", "votes", "25", "102"),
    ]
    days = {f.ref: (str(f.valid_from), str(f.valid_to)) for f in facts if isinstance(f, StakeClaim)}
    assert days["101"] == ("2018-05-01", "None")
    assert days["102"] == ("None", "None")  # it began before that day, nobody says when
    assert {f.source for f in facts} == {"opencorporates", "opencorporates-relationships"}


def test_companies_in_the_columns_of_opencorporates_are_entities() -> None:
    facts = [
        f for row in sample("companies.csv", "relationships.csv") if isinstance(row, Row) for f in row.facts
    ]
    (two,) = {
        f
        for f in facts
        if isinstance(f, Description) and f.entity == "fr/552100554" and f.source == "opencorporates"
    }
    assert (two.name, str(two.founded), str(two.dissolved)) == ("Example Two SAS", "1992-01-01", "2024-06-30")
    places = {(f.entity, f.jurisdictions) for f in facts if isinstance(f, LocationClaim)}
    assert ("us_de/5786925", ("US",)) in places


def test_a_row_that_is_left_out_is_counted_and_a_column_that_is_not_read_is_named() -> None:
    rows = [row for row in sample("relationships.csv") if isinstance(row, Row)]
    assert len(rows) == 5 * 5
    left_out = [note for row in rows for note in row.noted]
    assert {note: left_out.count(note) for note in left_out} == {
        "left out without percentage_min_share_ownership": 4,
        "left out without percentage_min_voting_rights": 3,
        "left out by relationship_type": 3,
    }
    assert [row.unknown for row in rows if row.unknown] == [("number_of_shares",)]


@pytest.mark.parametrize(
    ("percent", "cells", "told"),
    [
        ('"p"', "38.37", "38.37"),
        ('"p"', "38.37 %", "38.37"),
        ('"p"', "", ""),
        ('{ column = "p", unit = "fraction" }', "0.3837", "38.37"),
        ('{ column = "p", unit = "fraction" }', "1", "100"),
        ('{ column = "p", unit = "fraction" }', "0.38%", "p: It is no figure"),
        ('{ column = "p", decimal = "," }', '"38,37"', "38.37"),
        ('{ column = "p", decimal = "," }', "38.37", "p: It is no figure"),
        ('{ column = "p", words = { "25-50%" = "(25,50]" } }', "25-50%", "(25,50]"),
        ('"p"', "25-50%", "p: It is no figure"),
        ('"p"', "140", "p: A percent lies between 0 and 100."),
        ('"p"', "-3", "p: It is no figure"),
        ('"p"', "1e1", "p: It is no figure"),
        ('[{ column = "p" }, { column = "q", unit = "fraction" }]', ",0.5", "50"),
        ('{ min = "p", max = "q" }', "25,50", "[25,50]"),
        ('{ min = "p", max = "q", min_open = true }', "25,50", "(25,50]"),
        ('{ min = "p", max = "q", min_open = true }', ",50", "[0,50]"),
        ('{ min = "p", max = "q" }', "25,", "[25,100]"),
        ('{ min = "p", max = "q" }', "50,50", "50"),
        ('{ min = "p", max = "q" }', ",", ""),
        ('{ min = "p", max = "q" }', "50,25", "p: The interval's lower end is above its upper end."),
        ('{ count = "p", total = "q" }', "1,3", "100/3"),
        ('{ count = "p", total = "q" }', "1,8", "12.5"),
        ('{ count = "p", total = "q" }', "1,", ""),
        ('{ count = "p", total = "q" }', ",8", ""),
        ('{ count = "p", total = "q" }', "9,8", "p: These are more shares than there are, 8."),
        ('{ count = "p", total = "q" }', "0,0", "q: There are no shares of which this could be a part."),
        ('{ count = "p", total = "q", thousands = "," }', '"1,000","4,000"', "25"),
    ],
)
def test_a_percent_is_told_in_many_ways(write: Write, percent: str, cells: str, told: str) -> None:
    cells = cells if cells.count(",") or '"' in cells else f"{cells},"
    cells = f"{cells}," if cells.startswith('"') and cells.count('"') == 2 else cells
    (found,) = percents(f"{STAKES}percent = {percent}\n", write(f"o,c,p,q\na,b,{cells}\n", "t.csv"))
    assert found.startswith(told) if ": " in told else found == told


@given(held=st.integers(0, 10**15), more=st.integers(0, 10**15))
def test_a_part_of_shares_is_exact(write: Write, held: int, more: int) -> None:
    """Brute force: the interval is the quotient of the two counts."""
    file = write(f"o,c,p,q\na,b,{held},{held + more + 1}\n", "t.csv")
    (row,) = through(f'{STAKES}percent = {{ count = "p", total = "q" }}\n', file)
    assert isinstance(row, Row)
    (claim,) = (fact for fact in row.facts if isinstance(fact, StakeClaim))
    assert claim.interval is not None
    assert (claim.interval.low, claim.interval.high) == (Fraction(held, held + more + 1),) * 2


@pytest.mark.parametrize(
    ("start", "cell", "told"),
    [
        ('"d"', "2020-02", "2020-02-01"),
        ('"d"', "2020-02-29T10:00:00Z", "2020-02-29"),
        ('"d"', "29/02/2020", "rejected"),
        ('{ column = "d", format = "%d/%m/%Y" }', "29/02/2020", "2020-02-29"),
        ('{ column = "d", format = "%d/%m/%Y" }', "29/02/2021", "rejected"),
        ('{ column = "d", format = ["%d.%m.%Y", "%m/%Y"] }', "03/2020", "2020-03-01"),
        ('{ column = "d", format = "%Y年%m月%d日" }', "2020年3月5日", "2020-03-05"),
        ('{ column = "d", when = { k = ["At", "on"] } }', "2020", "2020-01-01"),
        ('{ column = "d", when = { k = "before" } }', "2020", "None"),
    ],
)
def test_days_are_read_as_the_mapping_says(write: Write, start: str, cell: str, told: str) -> None:
    (row,) = through(f"{STAKES}valid_from = {start}\n", write(f"o,c,d,k\na,b,{cell},AT\n", "t.csv"))
    if told == "rejected":
        assert isinstance(row, Rejection)
        assert (row.field, row.value) == ("d", cell)
    else:
        assert isinstance(row, Row)
        assert [str(fact.valid_from) for fact in row.facts if isinstance(fact, StakeClaim)] == [told]


@pytest.mark.parametrize(
    ("cells", "value", "told"),
    [
        ('incorporation = { column = "x", as = "place" }', "us_de", ("US",)),
        ('incorporation = { column = "x", as = "place" }', "gb", ("GB",)),
        ('incorporation = { column = "x", as = "place" }', "Hong Kong", ("HK",)),
        ('incorporation = { column = "x", as = "place" }', "Usbekia", None),
        ('incorporation = "x"', "gb", None),
        ('nationality = { column = "x", as = "nationality" }', "French and Chinese", ("FR", "CN")),
        ('nationality = { column = "x", as = "place", separator = ";" }', "fr; Chile", ("FR", "CL")),
        ('headquarters = { column = "x", words = { Peking = "CN" } }', "PEKING", ("CN",)),
        ('headquarters = { column = "x", words = { Peking = "CN" } }', "Paris", None),
    ],
)
def test_places_are_read_and_never_guessed(
    write: Write, cells: str, value: str, told: tuple[str, ...] | None
) -> None:
    (row,) = through(f"{ENTITIES}{cells}\n", write(f"id,x\na,{value}\n", "t.csv"))
    if told is None:
        assert isinstance(row, Rejection)
        assert (row.field, row.value) == ("x", value)
    else:
        assert isinstance(row, Row)
        assert [f.jurisdictions for f in row.facts if isinstance(f, LocationClaim)] == [told]


def test_identifiers_have_schemes_and_are_gathered(write: Write) -> None:
    keys = 'identifiers = [{ column = "u", scheme = "cn-uscc" }, { column = "r", scheme = "gb-coh" }]\n'
    (row,) = through(f"{ENTITIES}{keys}", write("id,u,r\na,91X,7\n", "t.csv"))
    assert isinstance(row, Row)
    (told,) = (fact for fact in row.facts if isinstance(fact, Description))
    assert told.identifiers == (("cn-uscc", "91X"), ("gb-coh", "7"))


def test_a_file_of_another_encoding_and_delimiter_is_read_as_named(write: Write) -> None:
    text = "股东;公司;比例\n甲;乙;-\n".encode("gb18030")
    keys = (
        'encoding = "gbk"\ndelimiter = ";"\nempty = ["-"]\n[[tables]]\ntable = "stakes"\n[tables.columns]\n'
    )
    names = 'owner = { column = "股东", prefix = "CN-" }\nowned = "公司"\npercent = "比例"\n'
    (row,) = through(keys + names, write(text, "t.csv"))
    assert isinstance(row, Row)
    (claim,) = (fact for fact in row.facts if isinstance(fact, StakeClaim))
    assert (claim.owner, claim.owned, claim.percent) == ("CN-甲", "乙", "")
    with pytest.raises(UnusableFile, match="is not UTF-8"):
        through(f"{STAKES}", write(text, "t.csv"))
    with pytest.raises(UnusableFile, match="is not shift_jis"):
        through(f'encoding = "shift_jis"\n{STAKES}', write(b"o,c\n\xff\xff,b\n", "t.csv"))


def test_a_rejected_row_says_which_column_of_which_file_and_can_be_mended(write: Write) -> None:
    file = write("o,c,p,d\na,b,40,2020-13-01\n,b,40,\na,b,x,y\na,b\n", "t.csv")
    rows = through(f'{STAKES}percent = "p"\nvalid_from = "d"\n', file)
    wrong = [row for row in rows if isinstance(row, Rejection)]
    assert [(row.file, row.line, row.field, row.value) for row in wrong] == [
        ("t.csv", 2, "d", "2020-13-01"), ("t.csv", 3, "o", ""), ("t.csv", 4, "p", "x"), ("t.csv", 5, "p", ""),
    ]  # fmt: skip
    assert "Also faulty: d." in wrong[2].reason
    raw = {"owner": "a", "owned": "b", "percent": "40", "valid_from": "2020-13-01"}
    assert wrong[0].raw == raw
    (one,) = mapped([file], mapping_in(STAKES.encode(), "m.toml"))
    mended = {**raw, "valid_from": "2020"}
    again = one.format.again(mended, Rejected("r", 1, "stakes"), "s")
    assert isinstance(again, Row)


@pytest.mark.parametrize(
    ("mapping", "wrong"),
    [
        ("", "the key tables is missing"),
        ("tables = 3", "the key tables must be a table"),
        ("[[tables]]\n", r"the key tables\[0\].table is missing"),
        ('[[tables]]\ntable = "stake"\n', r"the key tables\[0\].table is 'stake', none of entities, stakes"),
        ('[[tables]]\ntable = "stakes"\n', r"the key tables\[0\].columns.owner is missing"),
        (f'{STAKES}percnt = "p"', r"the key tables\[0\].columns.percnt is no column of stakes"),
        (f'{STAKES}percent = {{ colum = "p" }}', r"tables\[0\].columns.percent.column must stand alone"),
        (f'{STAKES}percent = {{ column = "p", unti = "x" }}', r"columns.percent.unti is an unknown key"),
        (f'{STAKES}percent = {{ column = "p", unit = "permille" }}', r"percent.unit is 'permille', none of"),
        (f'{STAKES}percent = {{ column = "p", min = "q" }}', "must stand alone"),
        (f'{STAKES}percent = {{ count = "p" }}', r"columns.percent.total is missing"),
        (f'{STAKES}percent = {{ column = "p", words = {{ a = "b" }} }}', r"percent.words.a is no percent"),
        (f'{STAKES}lane = {{ value = "votes", column = "l" }}', "lane.value cannot stand beside a column"),
        (f"{STAKES}lane = {{}}", r"columns.lane.column is missing"),
        (f'{STAKES}valid_from = {{ column = "d", format = "%d/%m/%y" }}', "valid_from.format has %y"),
        (f'{STAKES}valid_from = {{ column = "d", format = "%d %Y" }}', "format must have the year"),
        (f'{ENTITIES}identifiers = "x"', "identifiers.scheme must be a word"),
        (f'colour = "red"\n{STAKES}', "the key colour is an unknown key"),
        (f'encoding = "rot13"\n{STAKES}', "the key encoding is 'rot13'"),
        (f'delimiter = "x"\n{STAKES}', "the key delimiter is 'x', none of"),
        ("a = [", "is no TOML"),
        ("a.b." * 2000, "is no TOML"),
        (f'{STAKES}owner = "twice"', "is no TOML"),
    ],
)
def test_a_mapping_that_is_wrong_names_the_file_and_the_key(mapping: str, wrong: str) -> None:
    with pytest.raises(UnusableFile, match=wrong) as error:
        mapping_in(mapping.encode(), "m.toml")
    assert error.value.file == "m.toml"


@pytest.mark.parametrize(
    ("header", "mapping", "wrong"),
    [
        ("o,x", STAKES, "t.csv: lacks the column 'c', which m.toml reads for stakes; it has o, x"),
        ("o,c,c", STAKES, "t.csv: has twice the column 'c'"),
        (
            "o,c",
            STAKES.replace("[tables.columns]", 'from = "u"\n[tables.columns]'),
            "t.csv: has no table 'u', which m.toml reads; it has t.csv",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_says_so(
    write: Write, header: str, mapping: str, wrong: str
) -> None:
    with pytest.raises(UnusableFile, match=wrong):
        through(mapping, write(f"{header}\na,b\n", "t.csv"))


def test_every_broken_row_of_a_stranger_costs_itself(write: Write) -> None:
    mapping = (
        (DATA / "relationships.toml").read_text(encoding="utf-8").replace('"relationships"', '"adversarial"')
    )
    stakes = mapping.partition('table = "entities"')[0].removesuffix("[[tables]]\n")
    found = through(stakes, InputFile("adversarial.csv", DATA / "adversarial.csv"))
    wrong = [(row.line, row.field) for row in found if isinstance(row, Rejection) and row.type == "stakes"]
    assert sorted(set(wrong)) == [
        (3, "subject_entity_jurisdiction_code"),
        (4, "percentage_min_share_ownership"),
        (5, "percentage_min_share_ownership"),
        (6, "percentage_min_share_ownership"),
        (7, "percentage_min_share_ownership"),
        (8, "start_date"),
        (9, "start_date"),
        (10, "percentage_min_voting_rights"),
        (11, ""),
        (13, "percentage_min_share_ownership"),
    ]
    kept = {row.line for row in found if isinstance(row, Row) and row.facts}
    assert kept == {2, 12}


cells = st.text(st.characters(codec="utf-8", exclude_characters='"\r\n\x00'), max_size=12)
figures = st.sampled_from(["", "0.5", "50%", "1/3", "(25,50]", "-1", "1e9", "９", "0,5", "nan"])


@given(rows=st.lists(st.tuples(cells, cells, figures, figures, cells), max_size=6))
def test_whatever_the_cells_are_every_row_is_accounted_for(write: Write, rows: list[tuple[str, ...]]) -> None:
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    file = write("\n".join(["o,c,p,q,d", *lines, ""]), "t.csv")
    keys = 'percent = [{ column = "p" }, { min = "p", max = "q" }]\nvalid_from = "d"\n'
    found = through(STAKES + keys, file)
    told = sum(bool(line.strip()) for line in lines)
    assert len(found) == told
    for row in found:
        assert isinstance(row, Row) or (row.reason and row.line > 1)
