"""FollowTheMoney: what every schema becomes, what is noted, and what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lookthrough.control.facts import (
    Attribute,
    Description,
    Fact,
    Kind,
    Lane,
    ListClaim,
    LocationClaim,
    SameAsClaim,
    StakeClaim,
)
from lookthrough.importing.catalogue import recognised
from lookthrough.importing.files import InputFile
from lookthrough.importing.formats import Place
from lookthrough.importing.ftm import FtmFormat
from lookthrough.importing.ftm_words import PARTIES, SCHEMATA
from lookthrough.importing.json_values import Json
from lookthrough.importing.psc_codes import nature
from lookthrough.importing.psc_phrases import described
from lookthrough.importing.rows import Rejection, Row

DATA = Path(__file__).parents[2] / "data" / "ftm"
ALPHA, BETA = "oc-companies-gb-09000001", "oc-companies-gb-09000002"


def read(name: str) -> list[Row | Rejection]:
    one = recognised(InputFile(name, DATA / name))
    assert one.format.name == "ftm"
    one.format.check(one.file)
    return list(one.format.read(one.file, "the file"))


def rows(name: str) -> list[Row]:
    return [row for row in read(name) if isinstance(row, Row)]


def facts(name: str) -> list[Fact]:
    return [fact for row in rows(name) for fact in row.facts]


def stakes(name: str) -> list[StakeClaim]:
    return [fact for fact in facts(name) if isinstance(fact, StakeClaim)]


def one(schema: str, **properties: list[str]) -> Row:
    values: dict[str, Json] = {name: list[Json](texts) for name, texts in properties.items()}
    row = FtmFormat().statement({"id": "x", "schema": schema, "properties": values}, Place("f", 1), "s")
    assert isinstance(row, Row), row
    return row


def stake(**properties: list[str]) -> StakeClaim:
    """The one stake of an ownership of b by a."""
    found = one("Ownership", owner=["a"], asset=["b"], **properties).facts
    assert len(found) == 1
    assert isinstance(found[0], StakeClaim)
    return found[0]


def test_ownerships_of_a_merged_file_by_percentage_period_and_dataset() -> None:
    found = [
        (s.owner, s.owned, s.percent, str(s.valid_from or ""), str(s.valid_to or ""), s.source)
        for s in stakes("entities.ftm.json")
        if s.ref in ("own-4", "own-5", "own-6", "own-7", "own-10")
    ]
    assert found == [
        ("NK-holding", "NK-works", "75", "2016-03-29", "", "xx_register"),
        ("NK-partner", "NK-works", "(5,100]", "2010-01-01", "2015-01-01", "xx_register"),
        ("NK-partner", "NK-works", "(5,100]", "2018-01-01", "", "xx_register"),
        ("NK-partner", "NK-works", "20", "2015-01-01", "2018-01-01", "xx_register"),
        ("NK-owner", "NK-works", "", "", "", "gb_fcdo_sanctions"),
        ("NK-owner", "NK-works", "", "", "", "ua_war_sanctions"),
        ("NK-partner", "ru-inn-1", "[0,100]", "", "", "xx_register"),
        ("NK-partner", "ru-inn-1", "[0,99.5]", "", "", "xx_register"),
    ]


def test_records_of_one_stake_with_ends_of_their_own_leave_what_goes_on() -> None:
    today = date(2026, 1, 1)
    told = [s for s in stakes("entities.ftm.json") if s.owned == "NK-holding"]
    live = [s.percent for s in told if (s.valid_from or today) <= today < (s.valid_to or date.max)]
    assert live == ["51"]
    between = date(2023, 6, 1)
    live = [s.percent for s in told if (s.valid_from or today) <= between < (s.valid_to or date.max)]
    assert sorted(live) == ["48", "51"]


def test_persons_and_companies_with_names_places_and_identifiers() -> None:
    found = {f.entity: f for f in facts("entities.ftm.json") if isinstance(f, Description)}
    owner, holding = found["NK-owner"], found["NK-holding"]
    assert (owner.kind, owner.name, owner.name_original) == (
        Kind.PERSON,
        "Mikhail Orlov-Test",
        "Михаил Орлов-Тест",
    )
    assert owner.aliases == ("M. Orlov-Test", "ミハイル・オルロフ")
    assert owner.identifiers == (("inn", "500100732259"), ("ftm", "eu-fsf-00001"), ("ftm", "ofac-00001"))
    assert (owner.source, owner.note) == ("the file", "datasets: us_ofac_sdn, eu_fsf")
    assert (holding.founded, holding.dissolved) == (date(2002, 10, 2), None)
    assert found["NK-works"].source == "xx_register"
    assert found["NK-partner"].kind is Kind.UNKNOWN
    places = {
        (f.entity, f.attribute): f.jurisdictions
        for f in facts("entities.ftm.json")
        if isinstance(f, LocationClaim)
    }
    assert places == {
        ("NK-owner", Attribute.NATIONALITY): ("CY", "RU"),
        ("NK-holding", Attribute.INCORPORATION): ("RU",),
        ("NK-works", Attribute.INCORPORATION): ("RU",),
    }


def test_designations_and_topics_are_membership_in_lists() -> None:
    told = {
        (f.list_key, f.entity, str(f.valid_from or ""), str(f.valid_to or ""), f.source)
        for f in facts("entities.ftm.json")
        if isinstance(f, ListClaim)
    }
    dated = ("2022-04-06", "2023-01-01", "us_ofac_sdn")
    assert {row for row in told if row[0] == "ofac-sdn"} == {
        ("ofac-sdn", "NK-owner", *dated),
        ("ofac-sdn", "NK-owner", "2023-01-01", "2024-01-01", "us_ofac_sdn"),
        ("ofac-sdn", "NK-owner", "2024-01-01", "", "us_ofac_sdn"),
    }
    assert ("US-RUSHAR", "NK-owner", "2022-04-06", "", "us_ofac_sdn") in told
    assert ("EU-UKR", "NK-owner", "2023-12-18", "", "eu_fsf") in told
    assert {(key, entity) for key, entity, *_ in told if key.startswith("ftm-")} == {
        ("ftm-sanction", "NK-owner"),
        ("ftm-role.oligarch", "NK-owner"),
        ("ftm-sanction.linked", "NK-holding"),
    }
    assert {entity for _, entity, *_ in told} == {"NK-owner", "NK-holding"}


def test_what_is_no_fact_is_noted_by_name() -> None:
    noted = {row.id: row.noted for row in rows("entities.ftm.json") if row.noted and not row.facts}
    assert noted == {
        "addr-1": ("Address",),
        "NK-vessel": ("Vessel",),
        "own-8": ("declared indirect interest",),
        "own-9": ("Ownership of a thing that is no party",),
        "dir-1": ("Directorship",),
        "fam-1": ("Family",),
        "link-1": ("UnknownLink",),
        "san-4": ("Sanction that ended on a day that is not told",),
        "san-5": ("Sanction of a thing that is no party",),
    }
    assert not any(row.unknown for name in ("entities", "register") for row in rows(f"{name}.ftm.json"))


def test_registers_through_the_vocabulary_keep_lanes_and_bands() -> None:
    found = [
        (s.owner, s.owned, s.lane.value, s.percent, s.holding, s.source) for s in stakes("register.ftm.json")
    ]
    assert found == [
        ("psc-1", ALPHA, "shares", "(25,50]", "", "gb_coh_psc"),
        ("psc-1", ALPHA, "votes", "[75,100]", "", "gb_coh_psc"),
        ("psc-1", ALPHA, "board", "", "", "gb_coh_psc"),
        ("psc-2", BETA, "shares", "[75,100]", "surplus-assets", "gb_coh_psc"),
        ("psc-2", "psc-own-2-trust", "control", "", "", "gb_coh_psc"),
        ("psc-own-2-trust", BETA, "control", "", "", "gb_coh_psc"),
        ("psc-2", ALPHA, "control", "", "", "gleif"),
        ("cn-parent", "cn-1", "shares", "", "", "the file"),
        ("cn-state", "cn-1", "shares", "33.34", "", "the file"),
        ("cn-2", "cn-1", "shares", "[0,20]", "", "the file"),
        ("cn-3", "cn-1", "shares", "[0,20]", "", "the file"),
        ("cn-state", "cn-1", "control", "", "", "the file"),
        ("cn-state", "cn-1", "board", "", "", "the file"),
        ("cn-4", "cn-1", "shares", "", "", "the file"),
        ("psc-2", "fund-1", "control", "", "", "the file"),
    ]
    kinds = {f.entity: f.kind for f in facts("register.ftm.json") if isinstance(f, Description)}
    assert kinds["cn-state"] is Kind.STATE
    assert kinds["fund-1"] is Kind.FUND
    assert kinds[BETA] is Kind.PARTNERSHIP
    assert kinds["psc-own-2-trust"] is Kind.TRUST
    identified = {f.entity: f.identifiers for f in facts("register.ftm.json") if isinstance(f, Description)}
    assert identified["psc-2"] == (("lei", "529900EXAMPLE0000170"), ("permid", "5000000001"))
    assert identified["cn-1"] == (("uscc", "91110105MA00EXAMPJ"),)
    places = {
        f.entity: (f.attribute, f.jurisdictions)
        for f in facts("register.ftm.json")
        if isinstance(f, LocationClaim)
    }
    assert places[ALPHA] == (Attribute.INCORPORATION, ("GB",))
    assert places["psc-2"] == (Attribute.INCORPORATION, ("BE", "LU"))


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("Ownership of shares – More than 25% but not more than 50%", "ownership-of-shares-25-to-50-percent"),
        (
            "Ownership of shares – 75% or more with control over the trustees of a trust",
            "ownership-of-shares-75-to-100-percent-as-trust",
        ),
        (
            "Ownership of shares - More than 25%",
            "ownership-of-shares-more-than-25-percent-registered-overseas-entity",
        ),
        (
            "Holds voting rights - More than 25% as trustees of a trust",
            "voting-rights-more-than-25-percent-as-trust-registered-overseas-entity",
        ),
        (
            "Has significant influence over a firm which has more than 25% of the voting rights"
            " in the entity",
            "voting-rights-more-than-25-percent-as-control-over-firm-registered-overseas-entity",
        ),
        (
            "Ownership of voting rights - More than 50% but less than 75% as a member of a firm",
            "voting-rights-50-to-75-percent-as-firm",
        ),
        (
            "Right to surplus assets - 75% or more",
            "right-to-share-surplus-assets-75-to-100-percent-limited-liability-partnership",
        ),
        ("Right to appoint or remove directors", "right-to-appoint-and-remove-directors"),
        (
            "Right to appoint or remove persons as a member of a firm",
            "right-to-appoint-and-remove-person-as-firm",
        ),
        (
            "Has significant influence over a trust which has the right to appoint or remove directors"
            " of the entity",
            "right-to-appoint-and-remove-directors-as-control-over-trust-registered-overseas-entity",
        ),
        ("Has significant influence or control", "significant-influence-or-control"),
        (
            "Has significant influence or control over the trustees of a trust",
            "significant-influence-or-control-as-trust",
        ),
        (
            "Has significant influence over the entity as the trustees of a trust",
            "significant-influence-or-control-as-trust-registered-overseas-entity",
        ),
        (
            "Has significant influence over a firm which controls the entity",
            "significant-influence-or-control-as-control-over-firm-registered-overseas-entity",
        ),
    ],
)
def test_a_phrase_of_the_register_states_what_its_code_does(phrase: str, code: str) -> None:
    assert described(phrase) == (nature(code),)


def test_land_held_as_nominee_is_no_stake_and_other_words_are_somebody_elses() -> None:
    land = "Overseas Entity holds land or property in Scotland, as nominee for this person"
    assert described(land) == ()
    assert described("Founder") is None
    noted = one("Ownership", owner=["a"], asset=["b"], role=[land])
    assert (noted.facts, noted.noted) == ((), ("holds land as nominee",))


def test_percentages_beside_roles_without_figures() -> None:
    both = one(
        "Ownership",
        owner=["a"],
        asset=["b"],
        role=["Has significant influence or control"],
        percentage=["60"],
    )
    assert [(f.lane, f.percent) for f in both.facts if isinstance(f, StakeClaim)] == [
        (Lane.CONTROL, ""),
        (Lane.SHARES, "60"),
    ]
    accounts = one(
        "Ownership", owner=["a"], asset=["b"], role=["IS DIRECTLY CONSOLIDATED BY"], percentage=["100"]
    )
    assert [f.lane for f in accounts.facts if isinstance(f, StakeClaim)] == [Lane.CONTROL]
    assert accounts.noted == ("percentage of a consolidation",)
    top = one(
        "Ownership", owner=["a"], asset=["b"], role=["IS ULTIMATELY CONSOLIDATED BY"], percentage=["100"]
    )
    assert (top.facts, top.noted[0]) == ((), "declared indirect interest")


def test_a_branch_is_one_with_its_head_office() -> None:
    told = {"owner": ["office"], "asset": ["branch"], "role": ["IS INTERNATIONAL BRANCH OF"]}
    (same,) = one("Ownership", **told, status=["ACTIVE"], startDate=["2015-01-01"]).facts
    assert isinstance(same, SameAsClaim)
    assert (same.entity, same.same_as) == ("branch", "office")
    over = one("Ownership", **told, endDate=["2020-01-01"])
    assert (over.facts, over.noted) == ((), ("branch that is over",))


def test_roles_that_say_votes() -> None:
    votes = stake(role=["Voting rights"], percentage=["30"])
    assert (votes.lane, votes.percent) == (Lane.VOTES, "30")
    assert stake(role=["Voting rights", "Founder"], percentage=["30"]).lane is Lane.SHARES


def test_a_risk_designation_is_membership_in_lists_too() -> None:
    row = one("Risk", entity=["a"], programId=["watch"], topics=["poi"], startDate=["2020"])
    told = [(f.list_key, str(f.valid_from)) for f in row.facts if isinstance(f, ListClaim)]
    assert told == [("s", "2020-01-01"), ("watch", "2020-01-01"), ("ftm-poi", "2020-01-01")]


@pytest.mark.parametrize("kind", ["indirect", "ultimate", "Indirect"])
def test_declared_indirect_ownership_is_no_stake(kind: str) -> None:
    told = one("Ownership", owner=["a"], asset=["b"], percentage=["60"], ownershipType=[kind])
    assert (told.facts, told.noted) == ((), ("declared indirect interest",))
    assert stake(percentage=["60"], ownershipType=["direct", kind]).percent == "60"


def test_a_status_that_is_not_current_leaves_the_figure_open_downwards() -> None:
    assert stake(percentage=["60"], status=["Active"]).percent == "60"
    assert stake(percentage=["60"], status=["ceased"], endDate=["2020-05"]).percent == "60"
    assert stake(percentage=["(25,60)"], status=["ceased"]).percent == "[0,60)"
    assert stake(percentage=["60"], status=["недействующий"]).percent == "[0,60]"
    over = one("Control", controller=["a"], controlled=["b"], status=["terminated"])
    assert (over.facts, over.noted) == ((), ("status other than current without an end",))
    unclear = one("Control", controller=["a"], controlled=["b"], status=["sleeping"])
    assert [f.lane for f in unclear.facts if isinstance(f, StakeClaim)] == [Lane.CONTROL]


def test_a_day_told_more_and_less_precisely_is_one_day() -> None:
    same = stake(startDate=["2015", "2015-11-25", "2015-11"])
    assert same.valid_from == date(2015, 11, 25)
    told = one("Ownership", owner=["a"], asset=["b"], startDate=["2015", "2016-02-01"], endDate=["2018"])
    claim = told.facts[0]
    assert isinstance(claim, StakeClaim)
    assert (claim.valid_from, claim.valid_to) == (date(2015, 1, 1), date(2019, 1, 1))
    assert told.noted == ("several values of startDate",)
    began = one("Ownership", owner=["a"], asset=["b"], startDate=["2018-01-01"], endDate=["2018-01-01"])
    assert (began.facts, began.noted) == ((), ("ended on the day it began",))


def test_a_number_of_shares_without_the_total_is_no_figure() -> None:
    told = one("Ownership", owner=["a"], asset=["b"], sharesCount=["500"], sharesCurrency=["EUR"])
    claim = told.facts[0]
    assert isinstance(claim, StakeClaim)
    assert (claim.percent, told.noted) == ("", ("number or value of shares without the total",))


def test_every_schema_is_read_and_parties_alone_are_described() -> None:
    ends = ("owner", "asset", "director", "organization", "controller", "controlled", "entity")
    for schema in SCHEMATA:
        row = one(schema, **{name: ["a"] for name in ends})
        assert any(isinstance(f, Description) for f in row.facts) is (schema in PARTIES)
        assert row.facts or row.noted


def test_every_broken_record_costs_itself_and_says_why() -> None:
    found = read("adversarial.ftm.json")
    assert [isinstance(row, Row) for row in found] == [*[False] * 16, True]
    assert all(row.reason and row.line == i for i, row in enumerate(found, 1) if isinstance(row, Rejection))
    last = found[-1]
    assert isinstance(last, Row)
    assert last.unknown == ("properties.shoeSize", "surprise")
    assert last.noted == (
        "leiCode with wrong check digits",
        "uscCode with wrong check digits",
        "jurisdiction that is no country of today: zz",
    )
