"""The register of people with significant control: every code, every kind of record, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from lookthrough.control.facts import Description, Kind, Lane, LocationClaim, StakeClaim
from lookthrough.importing.catalogue import recognised
from lookthrough.importing.cells import Fault
from lookthrough.importing.files import InputFile
from lookthrough.importing.psc_codes import names_nobody, nature
from lookthrough.importing.rows import Rejection, Row

DATA = Path(__file__).parents[2] / "data" / "psc"
CODES = [line.split() for line in (DATA / "codes.txt").read_text(encoding="utf-8").splitlines()]
BANDS = {"25-to-50": "(25,50]", "50-to-75": "(50,75)", "75-to-100": "[75,100]", "more-than-25": "(25,100]"}


def read(name: str) -> list[Row | Rejection]:
    one = recognised(InputFile(name, DATA / name))
    one.format.check(one.file)
    return list(one.format.read(one.file, one.format.usual_source))


def rows(name: str) -> list[Row]:
    return [row for row in read(name) if isinstance(row, Row)]


def stakes(name: str) -> list[tuple[str, str, str, str, str]]:
    told = [fact for row in rows(name) for fact in row.facts if isinstance(fact, StakeClaim)]
    return [(s.owner, s.owned, s.lane.value, s.percent, s.holding) for s in told]


@pytest.mark.parametrize("code", [code for what, code in CODES if what == "nature"])
def test_every_nature_of_control_of_the_register_has_its_lane_and_interval(code: str) -> None:
    stated = nature(code)
    if code.startswith("registered-owner-as-nominee"):
        assert stated is None
        return
    assert stated is not None
    band = next((text for name, text in BANDS.items() if f"-{name}-percent" in code), "")
    assert stated.percent == band
    assert stated.lane.has_figure is bool(band)
    assert (stated.lane is Lane.VOTES) is ("voting-rights" in code)
    assert (stated.lane is Lane.BOARD) is ("appoint" in code)
    assert (stated.lane is Lane.CONTROL) is ("significant-influence" in code)
    through = Kind.TRUST if "trust" in code else Kind.PARTNERSHIP if "firm" in code else None
    assert stated.through is through


@pytest.mark.parametrize("code", [code for what, code in CODES if what == "statement"])
def test_every_statement_of_the_register_is_known(code: str) -> None:
    nobody = code.startswith("no-individual") or "all-beneficial-owners" in code
    assert not (names_nobody(code) and nobody)


@pytest.mark.parametrize("code", ["ownership-of-shares-90-percent", "voting-rights", "", "right-to-fly"])
def test_a_code_that_is_not_of_the_register_is_refused(code: str) -> None:
    with pytest.raises(Fault):
        nature(code)


def test_persons_companies_and_trusts_hold_what_the_register_says() -> None:
    one, trust = "GB-COH-09000001", "GB-PSC-eeeeEEEE5555-trust"
    assert stakes("snapshot.jsonl") == [
        ("GB-PSC-aaaaAAAA1111", one, "shares", "(50,75)", ""),
        ("GB-PSC-aaaaAAAA1111", one, "votes", "(50,75)", ""),
        ("GB-PSC-aaaaAAAA1111", one, "board", "", ""),
        ("GB-PSC-bbbbBBBB2222", one, "shares", "(25,50]", ""),
        (one, "GB-COH-SC000123", "shares", "[75,100]", ""),
        ("GB-PSC-ddddDDDD4444", "GB-COH-SC000123", "control", "", ""),
        ("GB-PSC-eeeeEEEE5555", trust, "control", "", ""),
        (trust, "GB-COH-09000002", "shares", "(25,50]", ""),
    ]
    facts = [fact for row in rows("snapshot.jsonl") for fact in row.facts]
    places = {(f.entity, f.attribute.value): f.jurisdictions for f in facts if isinstance(f, LocationClaim)}
    assert places["GB-PSC-aaaaAAAA1111", "nationality"] == ("CN",)
    assert places["GB-PSC-aaaaAAAA1111", "residence"] == ("GB",)
    assert places["GB-COH-SC000123", "incorporation"] == ("GB",)
    assert ("GB-PSC-ddddDDDD4444", "incorporation") not in places
    ended = next(f for f in facts if isinstance(f, StakeClaim) and f.owner == "GB-PSC-bbbbBBBB2222")
    assert (str(ended.valid_from), str(ended.valid_to)) == ("2016-04-06", "2020-05-14")


def test_who_is_not_named_keeps_the_reason_and_an_unknown_stake() -> None:
    facts = [fact for row in rows("more.jsonl") for fact in row.facts]
    reasons = {f.entity: f.unspecified for f in facts if isinstance(f, Description) and f.unspecified}
    assert reasons == {
        "GB-PSC-ggggGGGG7777": "super-secure-person-with-significant-control",
        "GB-PSC-hhhhHHHH8888": "psc-exists-but-not-identified",
    }
    assert ("GB-PSC-hhhhHHHH8888", "GB-COH-09000003", "shares", "", "") in stakes("more.jsonl")
    kinds = {f.entity: f.kind for f in facts if isinstance(f, Description)}
    assert kinds["GB-COH-OC300001"] is Kind.PARTNERSHIP
    assert not any(isinstance(f, LocationClaim) and f.entity == "GB-COH-OE000001" for f in facts)


def test_what_is_no_fact_is_noted() -> None:
    assert [row.noted for row in rows("snapshot.jsonl") if row.noted] == [
        ("country of registration not understood",),
        ("totals#persons-of-significant-control-snapshot",),
    ]
    noted = [note for row in rows("more.jsonl") for note in row.noted]
    assert "no-individual-or-entity-with-signficant-control" in noted


def test_every_broken_record_costs_itself_and_says_why() -> None:
    found = read("adversarial.jsonl")
    assert [isinstance(row, Row) for row in found] == [True, *[False] * 13, True]
    assert all(row.reason and row.line == i for i, row in enumerate(found, 1) if isinstance(row, Rejection))
    last = found[-1]
    assert isinstance(last, Row)
    assert last.unknown == ("surprise",)
