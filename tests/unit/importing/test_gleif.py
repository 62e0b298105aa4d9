"""GLEIF's golden copy: entities, relationships, exceptions, and the same in its three ways of writing."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import orjson
import pytest

from lookthrough.control.facts import (
    Attribute,
    Description,
    Fact,
    Kind,
    Lane,
    LocationClaim,
    SameAsClaim,
    StakeClaim,
)
from lookthrough.importing.catalogue import FORMATS, recognised
from lookthrough.importing.files import InputFile, expand
from lookthrough.importing.formats import Place, Rejected
from lookthrough.importing.gleif import GleifJson, GleifXml
from lookthrough.importing.gleif_words import REASONS, STANDING, WITHDRAWN, Relation, relation
from lookthrough.importing.json_values import JsonObject, dumped
from lookthrough.importing.rows import Rejection, Row, UnusableFile

from .conftest import Write

DATA = Path(__file__).parents[2] / "data"
PLC, OCEAN, GULF, FUND, BRANCH = (
    *("0000LOOKTHROUGH00114", "0000LOOKTHROUGH00211", "0000LOOKTHROUGH00308"),
    *("0000LOOKTHROUGH00405", "0000LOOKTHROUGH00502"),
)
TRADER, BUREAU, STRAITS = "0000LOOKTHROUGH00696", "0000LOOKTHROUGH00793", "0000LOOKTHROUGH00890"
NORDKAP, DOUBLE, ANNULLED, CAYMAN, QUAY, PIER = (
    *("0000LOOKTHROUGH00987", "0000LOOKTHROUGH01084", "0000LOOKTHROUGH01181"),
    *("0000LOOKTHROUGH01278", "0000LOOKTHROUGH01375", "0000LOOKTHROUGH01472"),
)


def ident(lei: str) -> str:
    return f"XI-LEI-{lei}"


def read(path: Path) -> list[Row | Rejection]:
    one = recognised(InputFile(path.name, path))
    one.format.check(one.file)
    return list(one.format.read(one.file, one.format.usual_source))


def rows(*names: str, form: str = "gleif-xml") -> list[Row]:
    found = [row for name in names for row in read(DATA / form / name)]
    return [row for row in found if isinstance(row, Row)]


def facts(*names: str) -> list[Fact]:
    return [fact for row in rows(*names) for fact in row.facts]


def described(*names: str) -> dict[str, Description]:
    return {f.entity.removeprefix("XI-LEI-"): f for f in facts(*names) if isinstance(f, Description)}


def places(*names: str) -> dict[tuple[str, Attribute], tuple[str, ...]]:
    told = [fact for fact in facts(*names) if isinstance(fact, LocationClaim)]
    return {(f.entity.removeprefix("XI-LEI-"), f.attribute): f.jurisdictions for f in told}


def stakes(*names: str) -> dict[str, StakeClaim]:
    return {f.ref: f for f in facts(*names) if isinstance(f, StakeClaim)}


def test_an_entity_has_its_names_numbers_and_places() -> None:
    who = described("lei.xml")
    plc = who[PLC]
    assert (plc.name, plc.aliases, plc.kind) == (
        "Halden Maritime plc",
        ("Halden Shipping Ltd", "Halden Lines"),
        Kind.COMPANY,
    )
    assert plc.identifiers == (("lei", PLC), ("ra000585", "9000001"), ("gb-coh", "09000001"))
    assert (plc.founded, plc.dissolved, plc.note) == (date(1998, 3, 2), None, "")
    assert who[OCEAN].aliases == ("Haifeng Ocean Co., Ltd.", "HAIFENG YUANYANG YOUXIAN GONGSI")
    assert who[OCEAN].identifiers[1:] == (("ra000092", "91330000MA0LTGH01B"), ("uscc", "91330000MA0LTGH01B"))
    where = places("lei.xml")
    assert where[PLC, Attribute.HEADQUARTERS] == ("SG",)
    assert where[PLC, Attribute.INCORPORATION] == ("GB",)
    assert where[GULF, Attribute.INCORPORATION] == ("US",)
    parts = [f.note for f in facts("lei.xml") if isinstance(f, LocationClaim) and f.note]
    assert parts == ["US-DE"]


def test_the_category_decides_the_kind_and_which_places_are_its_own() -> None:
    who, where = described("lei.xml"), places("lei.xml")
    assert [who[lei].kind for lei in (FUND, BRANCH, TRADER, BUREAU, STRAITS)] == [
        *(Kind.FUND, Kind.UNKNOWN, Kind.PERSON, Kind.STATE, Kind.UNKNOWN)
    ]
    assert [attribute for lei, attribute in where if lei == BRANCH] == []
    assert [attribute for lei, attribute in where if lei == TRADER] == [Attribute.HEADQUARTERS]
    assert where[BUREAU, Attribute.HEADQUARTERS] == ("CN",)
    assert who[BRANCH].founded is None


def test_an_end_is_a_day_that_is_told_of_an_entity_that_is_inactive() -> None:
    who = described("lei-delta.xml")
    assert {lei: who[lei].dissolved for lei in (NORDKAP, QUAY, PIER, CAYMAN)} == {
        NORDKAP: date(2021, 6, 30),
        QUAY: date(2017, 11, 30),
        PIER: None,
        CAYMAN: None,
    }
    assert who[NORDKAP].note == f"Succeeded by {PLC} Halden Maritime plc."
    assert who[QUAY].note == "Ended: DISSOLVED."
    assert "does not say since when" in who[PIER].note
    assert not [
        f for f in facts("lei-delta.xml") if isinstance(f, SameAsClaim) and f.entity == ident(NORDKAP)
    ]


def test_what_happened_to_an_entity_that_goes_on_is_noted() -> None:
    (noted,) = [row.noted for row in rows("lei-delta.xml") if row.id == CAYMAN]
    assert {note for note in noted if note.startswith("legal entity event")} == {
        "legal entity event LIQUIDATION",
        "legal entity event MERGERS_AND_ACQUISITIONS",
    }
    (noted,) = [row.noted for row in rows("lei-delta.xml") if row.id == PIER]
    assert "number in a register that is not understood" in noted


def test_a_registration_that_is_withdrawn_leaves_a_name_and_a_duplicate_leads_to_its_double() -> None:
    who, where = described("lei-delta.xml"), places("lei-delta.xml")
    for lei in (DOUBLE, ANNULLED):
        assert (who[lei].kind, who[lei].identifiers) == (Kind.UNKNOWN, (("lei", lei),))
        assert not [attribute for entity, attribute in where if entity == lei]
    same = [(f.entity, f.same_as) for f in facts("lei-delta.xml") if isinstance(f, SameAsClaim)]
    assert same == [(ident(DOUBLE), ident(GULF))]


def test_without_a_jurisdiction_the_legal_address_stands_in_and_says_so() -> None:
    told = [f for f in facts("lei-delta.xml") if isinstance(f, LocationClaim) and f.entity == ident(CAYMAN)]
    assert {(f.attribute, f.jurisdictions, f.note) for f in told} == {
        (Attribute.HEADQUARTERS, ("HK",), ""),
        (Attribute.INCORPORATION, ("KY",), "by the legal address"),
    }


def test_direct_consolidation_is_control_over_its_period_and_never_a_percentage() -> None:
    told = stakes("rr.xml")
    assert {ref.split()[0]: (s.owner, s.owned, s.lane, s.percent, s.interval) for ref, s in told.items()} == {
        PLC: (ident(OCEAN), ident(PLC), Lane.CONTROL, "", None),
        OCEAN: (ident(BUREAU), ident(OCEAN), Lane.CONTROL, "", None),
        GULF: (ident(PLC), ident(GULF), Lane.CONTROL, "", None),
    }
    one = told[f"{PLC} IS_DIRECTLY_CONSOLIDATED_BY"]
    assert (one.valid_from, one.valid_to, one.confidence) == (date(2019, 3, 1), None, "FULLY_CORROBORATED")
    assert one.note == "ACCOUNTING_STANDARD IFRS; ACCOUNTING_CONSOLIDATION 100.00 PERCENTAGE"


def test_a_branch_is_its_head_office_and_other_relationships_are_noted() -> None:
    same = [(f.entity, f.same_as) for f in facts("rr.xml") if isinstance(f, SameAsClaim)]
    assert same == [(ident(BRANCH), ident(OCEAN))]
    noted = Counter(note for row in rows("rr.xml", "rr-delta.xml") for note in row.noted)
    others = [kind for kind in Relation if kind not in (Relation.DIRECT, Relation.BRANCH)]
    assert all(noted[f"relationship {kind}"] == 1 for kind in others)
    assert all(relation(kind.value) is kind for kind in Relation)


def test_a_relationship_that_is_over_ends_and_one_without_a_status_goes_on() -> None:
    ends = {ref.split()[0]: (s.valid_from, s.valid_to) for ref, s in stakes("rr-delta.xml").items()}
    assert ends == {
        GULF: (date(2012, 1, 1), date(2025, 9, 1)),  # deleted
        NORDKAP: (date(2018, 1, 1), date(2021, 6, 30)),  # its period ended
        CAYMAN: (None, date(2023, 5, 4)),  # inactive, last changed on that day
        QUAY: (None, None),
    }


def test_exceptions_are_unnamed_parties_where_somebody_controls() -> None:
    told = stakes("repex.xml")
    who = {
        f.entity: (f.kind, f.unspecified, f.note) for f in facts("repex.xml") if isinstance(f, Description)
    }
    assert who == {
        f"{ident(GULF)}/direct-parent": (Kind.PERSON, "NATURAL_PERSONS", ""),
        f"{ident(FUND)}/direct-parent": (Kind.UNKNOWN, "NON_CONSOLIDATING", ""),
        f"{ident(STRAITS)}/direct-parent": (Kind.UNKNOWN, "NATURAL_PERSONS, NO_LEI", ""),
        f"{ident(CAYMAN)}/direct-parent": (Kind.UNKNOWN, "NON_PUBLIC", "Held for clients"),
    }
    assert {(s.owner, s.lane, s.valid_to) for s in told.values()} == {
        (party, Lane.CONTROL, None) for party in who
    }
    noted = [note for row in rows("repex.xml") for note in row.noted]
    assert noted == [
        "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT NO_KNOWN_PERSON",
        "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT NON_PUBLIC",
    ]
    (deleted,) = stakes("repex-delta.xml").values()
    assert (deleted.owner, deleted.valid_to) == (f"{ident(FUND)}/direct-parent", date(2025, 9, 1))


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_either_names_a_party_or_is_noted(reason: str) -> None:
    record: JsonObject = {
        "LEI": {"$": PLC},
        "ExceptionCategory": {"$": "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"},
        "ExceptionReason": [{"$": reason}],
    }
    row = GleifJson().statement(record, Place("a.json", 0, 1), "gleif")
    assert isinstance(row, Row)
    assert bool(row.facts) is (reason != "NO_KNOWN_PERSON")
    assert bool(row.noted) is not bool(row.facts)


@pytest.mark.parametrize("status", [*STANDING, *WITHDRAWN, "RETIRED", "MERGED"])
def test_every_status_of_a_registration_is_known(status: str) -> None:
    record = orjson.loads(orjson.dumps(rows("lei.xml")[0].raw))
    record["Registration"]["RegistrationStatus"] = {"$": status}
    row = GleifJson().statement(record, Place("a.json", 0, 1), "gleif")
    assert isinstance(row, Row)
    located = any(isinstance(fact, LocationClaim) for fact in row.facts)
    assert located is (status not in WITHDRAWN)
    assert (f"registration {status}" in row.noted) is (status != "ISSUED")


def said(row: Row) -> tuple[str, tuple[Fact, ...], tuple[str, ...]]:
    return f"{row.type} {row.id}", row.facts, row.noted


@pytest.mark.parametrize("kind", ["lei", "rr", "repex"])
def test_json_and_csv_give_the_same_facts_as_xml(kind: str) -> None:
    told = [said(row) for row in rows(f"{kind}.xml", f"{kind}-delta.xml")]
    assert [said(row) for row in rows(f"{kind}.json", form="gleif-json")] == told
    kept = [(id_, stated, noted) for id_, stated, noted in told if "record deleted" not in noted]
    assert [said(row) for row in rows(f"{kind}.csv", form="gleif-csv")] == kept


@pytest.mark.parametrize("form", ["gleif-xml", "gleif-json", "gleif-csv"])
def test_every_broken_record_costs_itself_and_says_why(form: str) -> None:
    (path,) = (DATA / form).glob("adversarial*")
    found = read(path)
    assert [isinstance(row, Row) for row in found] == [True, *[False] * (len(found) - 2), True]
    assert all(row.reason for row in found if isinstance(row, Rejection))
    last = found[-1]
    assert isinstance(last, Row)
    odd = {"Surprise", "Entity.LegalName.odd"} if form == "gleif-csv" else {"Entity.Surprise"}
    assert {*last.unknown} == odd


@pytest.mark.parametrize("form", ["gleif-xml", "gleif-json", "gleif-csv"])
def test_a_rejected_record_can_be_mended(form: str) -> None:
    (path,) = (DATA / form).glob("adversarial*")
    broken = next(row for row in read(path) if isinstance(row, Rejection) and row.field == "LEI")
    mended = orjson.loads(dumped(broken.raw))
    mended["LEI"] = PLC if form == "gleif-csv" else {"$": PLC}
    row = FORMATS[form].again(mended, Rejected("rejected.ndjson", 1, broken.type), "gleif")
    assert isinstance(row, Row)
    assert (row.id, row.line) == (PLC, 1)


def test_what_a_file_of_xml_could_do_is_refused_when_it_is_recognised(write: Write) -> None:
    whole = (DATA / "gleif-xml" / "rr.xml").read_text(encoding="utf-8")
    hostile = whole.replace("<rr:R", '<!DOCTYPE r [<!ENTITY e SYSTEM "/">]><rr:R', 1)
    with pytest.raises(UnusableFile, match="declares a document type"):
        recognised(write(hostile, "rr.xml"))
    with pytest.raises(UnusableFile, match="Premature end"):
        GleifXml().check(write(whole[: whole.rindex("<rr:Registration>")], "rr.xml"))


def test_a_golden_copy_is_an_archive_with_one_file_and_read_as_a_stream(tmp_path: Path) -> None:
    with zipfile.ZipFile(
        tmp_path / "20250902-gleif-goldencopy-rr.json.zip", "w", zipfile.ZIP_DEFLATED
    ) as out:
        out.write(DATA / "gleif-json" / "rr.json", "rr.json")
    (file,) = expand([tmp_path / "20250902-gleif-goldencopy-rr.json.zip"]).files
    one = recognised(file)
    assert one.format.name == "gleif-json"
    assert sum(isinstance(row, Row) for row in one.format.read(file, "gleif")) == 12


def test_json_that_is_cut_short_or_goes_on_after_its_records_is_refused(write: Write) -> None:
    whole = (DATA / "gleif-json" / "repex.json").read_bytes()
    for content, reason in ((whole[:-20], "after record"), (whole.rstrip()[:-1] + b',"more":1}', "follows")):
        with pytest.raises(UnusableFile, match=reason):
            GleifJson().check(write(content, "repex.json"))
