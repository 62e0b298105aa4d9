"""OFAC's lists, as CSV files that belong together and as XML: parties, lists, and what is no party."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from lookthrough.control.facts import Description, Fact, ListClaim, LocationClaim, StakeClaim
from lookthrough.control.interval import UNKNOWN
from lookthrough.importing.catalogue import recognised
from lookthrough.importing.files import InputFile, expand
from lookthrough.importing.ofac_words import UNDER_744_8
from lookthrough.importing.rows import Rejection, Row, UnusableFile

from .conftest import Write

DATA = Path(__file__).parents[2] / "data"
SDN, CONS = DATA / "ofac-sdn", DATA / "ofac-consolidated"
XML = '<?xml version="1.0"?><sdnList xmlns="urn:x"><sdnEntry><uid>1</uid></sdnEntry></sdnList>'


def read(file: InputFile, form: str = "auto") -> list[Row | Rejection]:
    one = recognised(file, form)
    one.format.check(one.file)
    return list(one.format.read(one.file, one.format.usual_source))


def facts(*paths: Path) -> list[Fact]:
    rows = [row for path in paths for row in read(InputFile(path.name, path))]
    return [fact for row in rows if isinstance(row, Row) for fact in row.facts]


def described(*paths: Path) -> dict[str, Description]:
    return {fact.entity: fact for fact in facts(*paths) if isinstance(fact, Description)}


def lists(*paths: Path) -> set[tuple[str, str]]:
    return {(f.entity, f.list_key) for f in facts(*paths) if isinstance(f, ListClaim)}


def test_parties_have_kinds_names_and_identifiers_and_ships_are_none() -> None:
    found = described(SDN / "sdn.csv")
    assert {id: (told.name, told.kind.value) for id, told in found.items()} == {
        "OFAC-90001": ("EXAMPLE TRADING CO., LTD.", "unknown"),
        "OFAC-90002": ("Ivan Ivanovich EXAMPLE", "person"),
        "OFAC-90005": ("BANCO EJEMPLO S.A.", "unknown"),
        "OFAC-90006": ("EXAMPLE LONG REMARKS LLC", "unknown"),
    }
    assert found["OFAC-90001"].aliases == ("EKSEMPL TREYDING OOO", "OLD EXAMPLE TRADING", "ETC")
    assert found["OFAC-90002"].aliases == ("Ivan EKSEMPL", "VANYA")
    assert found["OFAC-90001"].identifiers == (
        ("ru-tax", "7700000001"),
        ("ru-registration", "1027700000001"),
        ("gb-coh", "09000001"),
        ("lei", "529900T8BM49AURSDO55"),
    )
    assert found["OFAC-90002"].identifiers == ()
    assert "Linked To: EXAMPLE, Ivan" in found["OFAC-90001"].note


def test_remarks_go_on_in_the_file_beside_it() -> None:
    assert described(SDN / "sdn.csv")["OFAC-90006"].identifiers == (("lb-tax", "55"),)


def test_xml_says_the_same_in_the_same_words() -> None:
    found = described(SDN / "sdn.xml")
    assert {id: (told.name, told.kind.value) for id, told in found.items()} == {
        "OFAC-92001": ("EXAMPLE HOLDING PJSC", "unknown"),
        "OFAC-92002": ("Maria EJEMPLO", "person"),
    }
    assert found["OFAC-92001"].aliases == ("EKSEMPL KHOLDING", '"EH"')
    assert found["OFAC-92001"].identifiers == (("ru-registration", "1027700000002"), ("ru-tax", "7700000002"))


def test_every_party_is_on_the_list_and_on_the_part_of_it_that_its_programmes_name() -> None:
    assert lists(SDN / "sdn.csv") == {
        ("OFAC-90001", "ofac-sdn"), ("OFAC-90001", "ofac-sdn-744-8"), ("OFAC-90002", "ofac-sdn"),
        ("OFAC-90002", "ofac-sdn-744-8"), ("OFAC-90005", "ofac-sdn"), ("OFAC-90006", "ofac-sdn"),
        ("OFAC-90006", "ofac-sdn-744-8"),
    }  # fmt: skip
    assert ("OFAC-92002", "ofac-sdn-744-8") in lists(SDN / "sdn.xml")
    assert lists(CONS / "cons_prim.csv") == {
        ("OFAC-91001", "ofac-consolidated"),
        ("OFAC-91002", "ofac-consolidated"),
    }
    notes = {f.note for f in facts(SDN / "sdn.csv") if isinstance(f, ListClaim)}
    assert "Programmes: RUSSIA-EO14024, CYBER2" in notes
    assert len(UNDER_744_8) == 14


def test_nationalities_of_persons_hold_together() -> None:
    told = [f for f in facts(SDN / "sdn.csv", SDN / "sdn.xml") if isinstance(f, LocationClaim)]
    assert {(f.entity, f.attribute.value, f.jurisdictions) for f in told} == {
        ("OFAC-90002", "nationality", ("RU", "KP", "CY")),
        ("OFAC-92002", "nationality", ("VE", "ES")),
    }


def test_every_row_of_the_files_beside_it_is_accounted_for() -> None:
    found = {path.name: read(InputFile(path.name, path)) for path in sorted(SDN.glob("*.csv"))}
    assert {name: len(rows) for name, rows in found.items()} == {
        "add.csv": 2, "alt.csv": 4, "sdn.csv": 6, "sdn_comments.csv": 1,
    }  # fmt: skip
    assert all(isinstance(row, Row) and row.noted for name in ("add.csv", "alt.csv") for row in found[name])
    ships = [row.noted for row in found["sdn.csv"] if isinstance(row, Row) and not row.facts]
    assert ships == [("vessel, which is no party",), ("aircraft, which is no party",)]


def test_files_belong_together_in_an_archive_too(tmp_path: Path) -> None:
    path = tmp_path / "list.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in CONS.iterdir():
            archive.write(file, f"2026/{file.name.upper()}")
    rows = [row for file in expand([path]).files for row in read(file)]
    told = [
        fact for row in rows if isinstance(row, Row) for fact in row.facts if isinstance(fact, Description)
    ]
    assert [fact.aliases for fact in told] == [("EKSEMPL ENERGO",), ()]


def test_entries_without_the_file_of_other_names_say_so(tmp_path: Path) -> None:
    (tmp_path / "sdn.csv").write_bytes((SDN / "sdn.csv").read_bytes())
    rows = read(InputFile("sdn.csv", tmp_path / "sdn.csv"))
    assert all(isinstance(row, Row) and "no file of other names beside it" in row.noted for row in rows)
    (tmp_path / "sdn.csv").rename(tmp_path / "alt.csv")
    (tmp_path / "alt.csv").write_bytes((SDN / "alt.csv").read_bytes())
    with pytest.raises(UnusableFile, match=r"is read with sdn\.csv, which has to lie beside it"):
        read(InputFile("alt.csv", tmp_path / "alt.csv"))


def test_which_list_a_file_is_only_its_name_says(write: Write) -> None:
    assert recognised(write(XML, "sdn.xml")).format.name == "ofac-sdn"
    assert recognised(write(XML, "CONSOLIDATED.XML")).format.name == "ofac-consolidated"
    with pytest.raises(UnusableFile, match="name one with --format"):
        recognised(write(XML, "list.xml"))


def test_every_broken_entry_costs_itself_and_says_why() -> None:
    found = read(InputFile("adversarial-sdn.xml", SDN / "adversarial-sdn.xml"))
    good = [isinstance(row, Row) for row in found]
    assert good == [True, False, False, False, False, False, True, False, False, True, True]
    assert [row.field for row in found if isinstance(row, Rejection)] == [
        "uid", "lastName", "sdnType", "lastName", "programList.program", "akaList.aka[].lastName", "uid",
    ]  # fmt: skip
    surprised, wrong_lei = found[6], found[9]
    assert isinstance(surprised, Row)
    assert surprised.unknown == ("surprise",)
    assert isinstance(wrong_lei, Row)
    assert wrong_lei.noted == ("identifier that is not understood",)


def test_a_row_of_the_wrong_length_costs_itself(write: Write) -> None:
    first = (SDN / "sdn.csv").read_text(encoding="utf-8").splitlines()[0]
    good, wrong = read(write(f"{first}\n1,2,3\n", "sdn.csv"))
    assert isinstance(good, Row)
    assert isinstance(wrong, Rejection)
    assert wrong.reason == "The row has 3 fields; a row of sdn.csv has 12."


def test_advanced_xml_puts_together_what_refers_to_each_other() -> None:
    path = SDN / "sdn_advanced.xml"
    found = described(path)
    assert {id: (told.name, told.aliases, told.kind.value) for id, told in found.items()} == {
        "OFAC-93001": ("EXAMPLE OOO", ("ООО ПРИМЕР", "EX"), "unknown"),
        "OFAC-93002": ("Petr Petrovich PRIMEROV", (), "person"),
        "OFAC-93004": ("EXAMPLE SECTOR PAO", (), "unknown"),
    }
    assert found["OFAC-93001"].identifiers == (("ru-tax", "7700000003"),)
    assert lists(path) == {
        ("OFAC-93001", "ofac-sdn"),
        ("OFAC-93001", "ofac-sdn-744-8"),
        ("OFAC-93002", "ofac-sdn"),
        ("OFAC-93004", "ofac-consolidated"),
    }
    assert [f.jurisdictions for f in facts(path) if isinstance(f, LocationClaim)] == [("RU", "CY")]
    assert [
        row.unknown for row in read(InputFile(path.name, path)) if isinstance(row, Row) and row.unknown
    ] == []


def test_owned_or_controlled_is_an_unknown_stake_and_control_and_nothing_else_is_one() -> None:
    path = SDN / "sdn_advanced.xml"
    told = [f for f in facts(path) if isinstance(f, StakeClaim)]
    assert [(f.owner, f.owned, f.lane.value, f.percent, f.interval, f.ref) for f in told] == [
        ("OFAC-93002", "OFAC-93001", "shares", "", UNKNOWN, "1"),
        ("OFAC-93002", "OFAC-93001", "control", "", None, "1"),
    ]
    rows = [row for row in read(InputFile(path.name, path)) if isinstance(row, Row)]
    assert [row.noted[0] for row in rows if row.type == "relationship" and row.noted] == [
        "relationship: Owned or Controlled By, of what nobody owns or what owns nothing",
        "relationship: Acting for or on behalf of",
        "former relationship: Owned or Controlled By",
    ]
