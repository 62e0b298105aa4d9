"""The packs and lists that ship, and the policies of the worked examples."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TypedDict, cast

import pytest

from lookthrough.control.facts import Attribute, Kind
from lookthrough.control.jurisdictions import JURISDICTIONS
from lookthrough.control.policy import Arithmetic, LocationTest, OwnershipTest
from lookthrough.control.predicate import Party, Truth, located_conditions
from lookthrough.policies import PolicyDocument
from lookthrough.policies.regions import shipped_regions
from lookthrough.policies.territories import shipped_territories

from .samples import LIBRARY, TODAY, Document, party

PACKS = {pack.id: pack for pack in LIBRARY.all()}
PROVIDERS = {
    "openai": "openai-supported",
    "google-gemini": "google-gemini-available",
    "azure-openai": "azure-openai",
    "xai": "xai-supported",
}
EXAMPLES = Path(__file__).parents[2] / "data" / "worked-examples.json"


class Case(TypedDict):
    id: str
    policies: dict[str, Document]


def example_policies() -> dict[str, Document]:
    cases = cast("list[Case]", json.loads(EXAMPLES.read_text(encoding="utf-8")))
    return {f"{c['id']}/{name}": plain for c in cases for name, plain in c.get("policies", {}).items()}


def place_of(pack: PolicyDocument, somebody: Party, as_of: date = TODAY) -> Truth:
    tests = pack.resolve(None, as_of).policy.tests
    (subject,) = (test.subject for test in tests if isinstance(test, LocationTest))
    return subject.judge(somebody)


def test_every_file_in_the_folder_is_a_pack() -> None:
    names = {p.name.removesuffix(".toml") for p in files("lookthrough.policies").joinpath("packs").iterdir()}
    assert names == set(PACKS) == {"anthropic-2025-09", *PROVIDERS}


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
class TestEveryPack:
    def test_resolves_every_variant_it_lists(self, pack: PolicyDocument) -> None:
        for variant in pack.variants():
            assert pack.resolve(variant, TODAY).policy.tests

    def test_says_in_both_languages_what_is_open(self, pack: PolicyDocument) -> None:
        assert pack.notes is not None
        assert pack.title.zh
        assert pack.notes.zh
        assert "  " not in pack.notes.en
        assert "。 " not in pack.notes.zh

    def test_names_its_authority_and_sources(self, pack: PolicyDocument) -> None:
        assert pack.authority
        assert pack.sources
        assert all(source.startswith("https://") for source in pack.sources)


@pytest.mark.parametrize("plain", example_policies().values(), ids=example_policies().keys())
def test_every_policy_of_the_worked_examples_parses(plain: Document) -> None:
    policy = LIBRARY.parse(plain)
    for variant in policy.variants():
        assert policy.resolve(variant, TODAY).variant == variant
    assert policy.as_json() == plain


class TestAnthropic:
    pack = PACKS["anthropic-2025-09"]

    def test_asks_for_owners_and_for_the_place(self) -> None:
        ownership, location = self.pack.resolve(None, TODAY).policy.tests
        assert isinstance(ownership, OwnershipTest)
        assert isinstance(location, LocationTest)
        assert ownership.arithmetic is Arithmetic.MULTIPLICATIVE
        assert (str(ownership.line.threshold), ownership.line.operator) == ("1/2", ">")
        assert ownership.float_is_clean

    def test_variants(self) -> None:
        assert self.pack.variants() == ["multiplicative", "companies-only"]

    @pytest.mark.parametrize(
        ("kind", "headquarters", "as_written", "companies_only"),
        [
            (Kind.COMPANY, "CN", Truth.TRUE, Truth.TRUE),
            (Kind.COMPANY, "US", Truth.FALSE, Truth.FALSE),
            (Kind.COMPANY, "", Truth.UNKNOWN, Truth.UNKNOWN),
            (Kind.STATE, "CN", Truth.TRUE, Truth.FALSE),
            (Kind.STATE, "", Truth.UNKNOWN, Truth.FALSE),
            (Kind.PERSON, "", Truth.FALSE, Truth.FALSE),
            (Kind.PUBLIC_FLOAT, "", Truth.FALSE, Truth.FALSE),
            (Kind.UNKNOWN, "CN", Truth.TRUE, Truth.UNKNOWN),
            (Kind.UNKNOWN, "US", Truth.FALSE, Truth.FALSE),
        ],
    )
    def test_whom_the_readings_count(
        self, kind: Kind, headquarters: str, as_written: Truth, companies_only: Truth
    ) -> None:
        owner = party(kind, headquarters=headquarters) if headquarters else party(kind)
        for variant, expected in (("multiplicative", as_written), ("companies-only", companies_only)):
            test = self.pack.resolve(variant, TODAY).policy.tests[0]
            assert isinstance(test, OwnershipTest)
            assert test.seeds.judge(owner) is expected

    def test_its_list_is_taken_literally(self) -> None:
        assert place_of(self.pack, party(headquarters="KY")) is Truth.TRUE

    def test_libya_was_added(self) -> None:
        before, after = date(2026, 10, 1), date(2026, 10, 2)
        assert place_of(self.pack, party(headquarters="LY"), before) is Truth.TRUE
        assert place_of(self.pack, party(headquarters="LY"), after) is Truth.FALSE

    def test_in_force_since_the_announcement(self) -> None:
        early = self.pack.resolve(None, date(2025, 9, 4))
        assert [warning.code for warning in early.warnings] == ["not_in_force"]
        assert self.pack.resolve(None, date(2025, 9, 5)).warnings == ()


class TestProviders:
    @pytest.mark.parametrize(("pack_id", "region"), PROVIDERS.items())
    def test_only_the_place_is_tested(self, pack_id: str, region: str) -> None:
        (test,) = PACKS[pack_id].resolve(None, TODAY).policy.tests
        assert isinstance(test, LocationTest)
        conditions = list(located_conditions(test.subject))
        assert [c.attribute for c in conditions] == [Attribute.HEADQUARTERS, Attribute.RESIDENCE]
        assert {c.codes.name for c in conditions} == {region}
        assert not any(c.inside for c in conditions)

    @pytest.mark.parametrize("pack_id", ["openai", "google-gemini"])
    def test_a_published_list_decides(self, pack_id: str) -> None:
        pack = PACKS[pack_id]
        assert place_of(pack, party(headquarters="CN")) is Truth.TRUE
        assert place_of(pack, party(headquarters="TW")) is Truth.FALSE
        assert place_of(pack, party(Kind.PERSON, residence="HK")) is Truth.TRUE
        assert place_of(pack, party(Kind.PERSON, residence="SG")) is Truth.FALSE
        assert place_of(pack, party()) is Truth.UNKNOWN

    @pytest.mark.parametrize("pack_id", ["azure-openai", "xai"])
    @pytest.mark.parametrize("code", ["CN", "US"])
    def test_without_a_list_nothing_is_decided(self, pack_id: str, code: str) -> None:
        assert place_of(PACKS[pack_id], party(headquarters=code)) is Truth.UNKNOWN
        assert PACKS[pack_id].resolve(None, date(2020, 1, 1)).warnings == ()


class TestTerritories:
    def test_every_territory_belongs_to_a_state_that_is_none_itself(self) -> None:
        table = shipped_territories()
        assert set(table) | set(table.values()) <= JURISDICTIONS
        assert not set(table) & set(table.values())

    @pytest.mark.parametrize("code", ["HK", "MO", "TW", "XK", "PS", "EH", "AQ"])
    def test_some_stand_on_their_own(self, code: str) -> None:
        assert code not in shipped_territories()

    @pytest.mark.parametrize(
        ("state", "territories"),
        {"GB": "KY VG BM JE GG IM GI", "US": "PR GU", "DK": "GL FO", "NL": "AW CW SX BQ", "FI": "AX",
         "FR": "NC PF RE", "NO": "SJ BV", "NZ": "CK NU TK", "AU": "CX CC NF HM"}.items(),
    )  # fmt: skip
    def test_the_known_ones(self, state: str, territories: str) -> None:
        assert {shipped_territories()[code] for code in territories.split()} == {state}

    def test_the_code_list_is_complete(self) -> None:
        assert len(JURISDICTIONS) == 250


@pytest.mark.parametrize(
    ("pack_id", "region", "code"),
    [("openai", "openai-supported", "KY"), ("google-gemini", "google-gemini-available", "AD")],
)
def test_no_pack_uses_a_copy_that_is_cut_off(pack_id: str, region: str, code: str) -> None:
    assert code in str(shipped_regions()[region].partial)
    assert place_of(PACKS[pack_id], party(headquarters=code)) is Truth.TRUE
