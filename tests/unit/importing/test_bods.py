"""Statements of beneficial ownership: every code list, versions of a statement, holdings, what is wrong."""

from __future__ import annotations

import zipfile
from pathlib import Path

import orjson
import pytest

from lookthrough.control.facts import Description, Kind, LocationClaim, StakeClaim
from lookthrough.importing.bods_words import ENTITIES, INTERESTS, PERSONS, REASONS, interest
from lookthrough.importing.catalogue import recognised
from lookthrough.importing.cells import Fault
from lookthrough.importing.files import InputFile, expand
from lookthrough.importing.rows import Rejection, Row, UnusableFile

from .conftest import Write

DATA = Path(__file__).parents[2] / "data" / "bods"
JsonDict = dict[str, object]


def read(file: InputFile) -> list[Row | Rejection]:
    one = recognised(file)
    assert one.format.name == "bods"
    one.format.check(file)
    return list(one.format.read(file, "somebody"))


def rows(name: str) -> list[Row]:
    found = read(InputFile(name, DATA / name))
    assert [row for row in found if isinstance(row, Rejection)] == []
    return [row for row in found if isinstance(row, Row)]


def stakes(found: list[Row]) -> list[tuple[str, str, str, str, str, str]]:
    told = [fact for row in found for fact in row.facts if isinstance(fact, StakeClaim)]
    return [(s.owner, s.owned, s.lane.value, s.percent, s.holding, str(s.valid_to or "")) for s in told]


def relationship(record: str, date: str, status: str, *interests: JsonDict, **more: object) -> JsonDict:
    details = {"subject": "t", "interestedParty": "p", "isComponent": False, "interests": list(interests)}
    return {
        "statementId": f"{record}-{date}-{status}",
        "statementDate": date,
        "recordId": record,
        "recordType": "relationship",
        "recordStatus": status,
        "recordDetails": {**details, **more},
    }


def shares(exact: float, **more: object) -> JsonDict:
    return {"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": exact}, **more}


def told(write: Write, *statements: JsonDict) -> list[Row]:
    found = read(write(orjson.dumps(statements), "statements.json"))
    assert [row for row in found if isinstance(row, Rejection)] == []
    return [row for row in found if isinstance(row, Row)]


def test_the_register_states_what_it_says() -> None:
    assert stakes(rows("register.json")) == [
        ("e-mid", "e-target", "shares", "60", "", ""),
        ("e-mid", "e-target", "votes", "(50,75]", "", ""),
        ("p-one", "e-mid", "control", "", "", ""),
        ("p-one", "e-mid", "shares", "12.5", "", ""),
        ("p-one", "e-mid", "shares", "38.370000000000000001", "2", ""),
        ("p-two", "e-target", "shares", "[25,40)", "", "2022-06-30"),
        ("p-two", "e-target", "shares", "30", "", ""),
        ("p-hidden", "e-mid", "shares", "[0,10]", "", ""),
        ("e-state", "e-soe", "shares", "100", "", ""),
        ("e-soe", "e-other", "shares", "40", "", "2021-03-31"),
        ("r-unable/party", "e-other", "shares", "", "", ""),
    ]


def test_parties_are_described_with_places_and_reasons() -> None:
    facts = [fact for row in rows("register.json") for fact in row.facts]
    described = {f.entity: f for f in facts if isinstance(f, Description)}
    assert described["e-target"].identifiers == (("gb-coh", "01234567"),)
    assert described["e-target"].aliases == ("Target",)
    assert described["e-state"].kind is Kind.STATE
    assert described["p-hidden"].unspecified == "interestedPartyExemptFromDisclosure"
    assert described["r-unable/party"].unspecified == "subjectUnableToConfirmOrIdentifyBeneficialOwner"
    places = {(f.entity, f.attribute.value): f.jurisdictions for f in facts if isinstance(f, LocationClaim)}
    assert places["e-target", "incorporation"] == ("GB",)
    assert places["e-target", "principal_place"] == ("IE",)
    assert ("e-target", "headquarters") not in places
    assert places["p-two", "residence"] == ("US",)
    assert {fact.source for fact in facts} == {"Example Register"}


def test_statements_of_older_versions_are_known_by_the_first_of_them() -> None:
    found = rows("older.jsonl")
    assert stakes(found) == [
        ("per-1", "ent-1", "votes", "33.3", "", ""),
        ("ooc-3/party", "ent-1", "shares", "5", "", ""),
    ]
    names = [f.name for row in found for f in row.facts if isinstance(f, Description) and f.entity == "ent-1"]
    assert names == ["Older A/S"]


def test_the_last_statement_of_a_record_speaks_wherever_it_stands(write: Write) -> None:
    first = relationship("r", "2020-01-01", "new", shares(10))
    second = relationship("r", "2021-01-01", "updated", shares(20))
    third = relationship("r", "2022-01-01", "updated", shares(30))
    for order in ((first, second, third), (third, first, second), (second, third, first)):
        found = told(write, *order)
        assert stakes(found) == [("p", "t", "shares", "30", "", "")]
        assert sum(row.noted == ("superseded by a later statement",) for row in found) == 2


def test_a_closed_relationship_ends_at_the_latest_on_the_day_of_the_statement(write: Write) -> None:
    closed = relationship("r", "2022-02-02", "closed", shares(20, endDate="2021-12-31"), shares(5))
    ends = [end for *_, end in stakes(told(write, closed))]
    assert sorted(ends) == ["2021-12-31", "2022-02-02"]
    first = relationship("r", "2020-01-01", "new", shares(10))
    second = relationship("r", "2021-01-01", "updated", shares(20))
    bare = relationship("r", "2022-02-02", "closed")
    for order in ((first, second, bare), (bare, second, first)):
        assert stakes(told(write, *order)) == [("p", "t", "shares", "20", "", "2022-02-02")]


def test_interests_at_the_same_time_are_holdings_and_those_after_each_other_are_one(write: Write) -> None:
    early = shares(10, startDate="2015-01-01", endDate="2018-01-01")
    late = shares(20, startDate="2018-01-01")
    beside = shares(7, startDate="2016-01-01")
    for order in ((early, late, beside), (beside, late, early)):
        found = {(s[3], s[4]) for s in stakes(told(write, relationship("r", "2020-01-01", "new", *order)))}
        assert found == {("10", ""), ("20", ""), ("7", "2")}


def test_a_declared_indirect_interest_is_check_data(write: Write) -> None:
    indirect: JsonDict = {**shares(30), "directOrIndirect": "indirect"}
    unknown: JsonDict = {**shares(30), "directOrIndirect": "unknown"}
    (row,) = told(write, relationship("r", "2020-01-01", "new", indirect, unknown, componentRecords=["a"]))
    assert (row.facts, row.noted) == ((), ("declared indirect interest",))
    (row,) = told(write, relationship("r", "2020-01-01", "new", unknown))
    assert len(row.facts) == 1
    assert row.noted == ("directness unknown, taken as direct",)


@pytest.mark.parametrize(
    ("share", "is_stake"),
    [({}, True), ({"exact": 51}, True), ({"exclusiveMinimum": 50}, True), ({"exact": 50}, False)],
)
def test_an_appointment_is_a_stake_where_it_is_a_majority(
    write: Write, share: JsonDict, is_stake: bool
) -> None:
    one: JsonDict = {"type": "appointmentOfBoard", "directOrIndirect": "direct", "share": share}
    assert bool(stakes(told(write, relationship("r", "2020-01-01", "new", one)))) is is_stake


def test_every_code_of_the_standard_is_known() -> None:
    codes = orjson.loads((DATA / "codes.json").read_bytes())
    assert set(codes["interestType"]) == set(INTERESTS)
    assert set(codes["entityType"]) == set(ENTITIES)
    assert set(codes["personType"]) == set(PERSONS)
    assert set(codes["unspecifiedReason"]) == set(REASONS)
    for older in codes["interestType-0.2"]:
        interest(older)
    with pytest.raises(Fault):
        interest("ownership")


def test_every_broken_statement_costs_itself_and_says_why() -> None:
    first, *others = read(InputFile("adversarial.jsonl", DATA / "adversarial.jsonl"))
    assert isinstance(first, Row)
    assert first.unknown == ("recordDetails.interests[].share.surprise",)
    assert all(isinstance(row, Rejection) and row.reason for row in others)
    assert len(others) == 16


def test_a_zip_of_many_files_is_read(write: Write, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for i in range(3):
            one = relationship(f"r{i}", "2020-01-01", "new", shares(10))
            archive.writestr(f"d/{i}.json", orjson.dumps([one]))
    files = expand([tmp_path / "many.zip"]).files
    assert [len(read(file)) for file in files] == [1, 1, 1]


def test_an_array_that_is_cut_short_is_refused(write: Write) -> None:
    whole = (DATA / "register.json").read_bytes()
    with pytest.raises(UnusableFile, match="no whole JSON array"):
        read(write(whole[: len(whole) // 2], "cut.json"))
