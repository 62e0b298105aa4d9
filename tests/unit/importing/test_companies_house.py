"""The basic company data of Companies House: what a row says of a company, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from lookthrough.control.facts import Description, Kind, LocationClaim
from lookthrough.importing.catalogue import FORMATS, recognised
from lookthrough.importing.files import InputFile
from lookthrough.importing.formats import Rejected
from lookthrough.importing.rows import Rejection, Row, UnusableFile

from .conftest import Write

DATA = Path(__file__).parents[2] / "data" / "companies-house"
GOOD = ("BasicCompanyData-part1.csv", "BasicCompanyData-part2.csv")
HEADER = "CompanyName, CompanyNumber,CompanyCategory,CompanyStatus,CountryOfOrigin\n"


def read(file: InputFile) -> list[Row | Rejection]:
    one = recognised(file)
    assert one.format.name == "companies-house"
    one.format.check(one.file)
    return list(one.format.read(one.file, one.format.usual_source))


def rows(*names: str) -> dict[str, Row]:
    found = [row for name in names for row in read(InputFile(name, DATA / name))]
    return {row.id: row for row in found if isinstance(row, Row)}


def described(row: Row) -> Description:
    (found,) = (fact for fact in row.facts if isinstance(fact, Description))
    return found


def incorporation(row: Row) -> tuple[str, ...]:
    return next((fact.jurisdictions for fact in row.facts if isinstance(fact, LocationClaim)), ())


def test_a_row_describes_a_company_under_the_id_of_the_register_of_its_owners() -> None:
    row = rows(*GOOD)["GB-COH-09000001"]
    told = described(row)
    assert (told.name, told.aliases) == (
        "!EXAMPLE & SONS LIMITED",
        ("OLD EXAMPLE LIMITED", "EXAMPLE (2014) LIMITED"),
    )
    assert (told.source, told.kind, told.identifiers) == (
        "companies-house", Kind.COMPANY, (("gb-coh", "09000001"),),
    )  # fmt: skip
    assert (str(told.founded), told.dissolved, told.note) == ("2014-04-06", None, "")
    assert told.url == "http://business.data.gov.uk/id/company/09000001"
    assert incorporation(row) == ("GB",)
    assert row.noted == ("registered address, which is no headquarters",)
    assert row.unknown == ()


def test_kind_and_origin_come_from_the_words_of_the_register() -> None:
    found = rows(*GOOD)
    told = {id[7:]: (described(row).kind.value, incorporation(row)) for id, row in found.items()}
    assert told == {
        "09000001": ("company", ("GB",)),
        "SC000123": ("company", ("GB",)),
        "09000002": ("company", ("GB",)),
        "OC300001": ("partnership", ("GB",)),
        "OE000001": ("unknown", ("VG",)),
        "OE000002": ("unknown", ()),
        "IC000001": ("fund", ("GB",)),
        "CE000001": ("company", ("GB",)),
        "00000006": ("company", ("GB",)),
    }  # fmt: skip
    assert "country of origin not understood" in found["GB-COH-OE000002"].noted


def test_a_company_that_is_wound_up_is_not_gone_before_it_is_dissolved() -> None:
    found = {id: described(row) for id, row in rows(*GOOD).items()}
    liquidated, gone, removed = (found[f"GB-COH-{code}"] for code in ("09000002", "00000006", "CE000001"))
    assert (liquidated.dissolved, liquidated.note) == (None, "Status: Liquidation")
    assert str(gone.dissolved) == "2015-12-31"
    assert (removed.dissolved, removed.note) == (None, "Status: Removed")
    assert "gone since a day that is not told" in rows(*GOOD)["GB-COH-CE000001"].noted


def test_every_broken_row_costs_itself_and_says_why() -> None:
    found = read(InputFile("adversarial.csv", DATA / "adversarial.csv"))
    assert [isinstance(row, Row) for row in found] == [True, *[False] * 9, True, False, True]
    wrong = [row for row in found if isinstance(row, Rejection)]
    assert [(row.line, row.field) for row in wrong] == [
        (3, "CompanyNumber"), (4, "CompanyNumber"), (5, "IncorporationDate"), (6, "IncorporationDate"),
        (7, "CompanyName"), (8, "DissolutionDate"), (9, "CompanyName"), (10, "ConfStmtLastMadeUpDate"),
        (11, ""), (13, ""),
    ]  # fmt: skip
    guild = found[10]
    assert isinstance(guild, Row)
    assert described(guild).kind is Kind.COMPANY
    assert {"category not understood", "status not understood"} <= set(guild.noted)


def test_a_rejected_row_can_be_mended(write: Write) -> None:
    file = write(f"{HEADER}A LTD,1/2,Private Limited Company,Active,Jersey\n", "c.csv")
    (wrong,) = read(file)
    assert isinstance(wrong, Rejection)
    mended = {**cast(dict[str, str], wrong.raw), "CompanyNumber": "7"}
    again = recognised(file).format.again(mended, Rejected("r", 1, wrong.type), "s")
    assert isinstance(again, Row)
    assert (again.id, incorporation(again)) == ("GB-COH-00000007", ("JE",))


def test_columns_that_nobody_understands_are_named_where_they_say_something(write: Write) -> None:
    header = HEADER.replace("CompanyStatus", "CompanyStatus,Mood")
    some, none = read(write(f"{header}A,1,,Active,glad,\nB,2,,Active,,\n", "c.csv"))
    assert isinstance(some, Row)
    assert isinstance(none, Row)
    assert (some.unknown, none.unknown) == (("Mood",), ())


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (HEADER.encode() + b"\xff,1,,,\n", "is not UTF-8"),
        (
            HEADER.replace("CompanyNumber", "CompanyNumber,CompanyNumber"),
            "names the column 'CompanyNumber' twice",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why(write: Write, content: bytes | str, wrong: str) -> None:
    with pytest.raises(UnusableFile, match=wrong):
        FORMATS["companies-house"].check(write(content, "c.csv"))
