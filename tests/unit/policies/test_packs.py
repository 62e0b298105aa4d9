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

from .samples import LIBRARY, TODAY, Document, lists_of, party

PACKS = {f"{pack.id}@{pack.version}": pack for pack in LIBRARY.all()}
PROVIDERS = {
    "openai": "openai-supported",
    "google-gemini": "google-gemini-available",
    "azure-openai": "azure-openai",
    "xai": "xai-supported",
}
EXPLAINED_BY_NAME = {"at-least-25", "at-least-20", "at-least-10"}
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


def test_every_file_is_named_after_its_pack() -> None:
    names = {p.name.removesuffix(".toml") for p in files("lookthrough.policies").joinpath("packs").iterdir()}
    ids = [pack.id for pack in PACKS.values()]
    assert names == {p.id if ids.count(p.id) == 1 else f"{p.id}-{p.version}" for p in PACKS.values()}
    assert len(names) == len(PACKS)


UNDATED = {
    *PROVIDERS,
    *("company-control", "integrated-ownership", "dbe-ownership", "nsw-payroll-controlling-interest"),
    *("ecb-close-links-legal-text", "ecb-close-links-simple-path", "eu-control"),
    *("fcc-310b-equity", "fcc-310b-voting"),
}
"""Measures, which have no date, and rules whose start is not recorded: their notes say so."""


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
def test_resolves_every_variant_it_lists(pack: PolicyDocument) -> None:
    for variant in pack.variants():
        assert pack.resolve(variant, TODAY).policy.tests


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
def test_says_in_both_languages_what_is_open(pack: PolicyDocument) -> None:
    assert pack.notes is not None
    assert pack.title.zh
    assert pack.notes.zh
    assert "  " not in pack.notes.en
    assert "。 " not in pack.notes.zh


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
def test_names_its_authority_and_sources(pack: PolicyDocument) -> None:
    assert pack.authority
    assert pack.sources
    assert all(source.startswith(("https://", "http://")) for source in pack.sources)


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
def test_says_when_it_is_in_force_or_that_nobody_recorded_it(pack: PolicyDocument) -> None:
    undated = pack.in_force_from is None and pack.in_force_to is None
    assert undated == (pack.id in UNDATED)


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
def test_claims_to_be_no_legal_advice(pack: PolicyDocument) -> None:
    assert pack.notes
    assert pack.notes.en.endswith("Not legal advice.")
    assert pack.notes.chinese.endswith("本说明不构成法律意见。")


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
def test_its_notes_name_every_list_and_variant_that_needs_a_word(pack: PolicyDocument) -> None:
    assert pack.notes
    for word in lists_of(pack) | set(pack.variants()[1:]) - EXPLAINED_BY_NAME:
        assert word in pack.notes.en
        assert word in pack.notes.chinese


@pytest.mark.parametrize("plain", example_policies().values(), ids=example_policies().keys())
def test_every_policy_of_the_worked_examples_parses(plain: Document) -> None:
    policy = LIBRARY.parse(plain)
    for variant in policy.variants():
        assert policy.resolve(variant, TODAY).variant == variant
    assert policy.as_json() == plain


ANTHROPIC_PACK = LIBRARY.pack("anthropic-2025-09")


def test_asks_for_owners_and_for_the_place() -> None:
    ownership, location = ANTHROPIC_PACK.resolve(None, TODAY).policy.tests
    assert isinstance(ownership, OwnershipTest)
    assert isinstance(location, LocationTest)
    assert ownership.arithmetic is Arithmetic.MULTIPLICATIVE
    assert (str(ownership.line.threshold), ownership.line.operator) == ("1/2", ">")
    assert ownership.float_is_clean


def test_variants() -> None:
    assert ANTHROPIC_PACK.variants() == [
        *("multiplicative", "cascade", "cascade-each"),
        *("territories-with-state", "companies-only", "regions-page"),
    ]


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
    kind: Kind, headquarters: str, as_written: Truth, companies_only: Truth
) -> None:
    owner = party(kind, headquarters=headquarters) if headquarters else party(kind)
    for variant, expected in (("multiplicative", as_written), ("companies-only", companies_only)):
        test = ANTHROPIC_PACK.resolve(variant, TODAY).policy.tests[0]
        assert isinstance(test, OwnershipTest)
        assert test.seeds.judge(owner) is expected


def test_its_list_is_taken_literally() -> None:
    assert place_of(ANTHROPIC_PACK, party(headquarters="KY")) is Truth.TRUE


def test_libya_was_added() -> None:
    before, after = date(2026, 10, 1), date(2026, 10, 2)
    assert place_of(ANTHROPIC_PACK, party(headquarters="LY"), before) is Truth.TRUE
    assert place_of(ANTHROPIC_PACK, party(headquarters="LY"), after) is Truth.FALSE


def test_in_force_since_the_announcement() -> None:
    early = ANTHROPIC_PACK.resolve(None, date(2025, 9, 4))
    assert [warning.code for warning in early.warnings] == ["not_in_force"]
    assert ANTHROPIC_PACK.resolve(None, date(2025, 9, 5)).warnings == ()


@pytest.mark.parametrize(("pack_id", "region"), PROVIDERS.items())
def test_only_the_place_is_tested(pack_id: str, region: str) -> None:
    (test,) = LIBRARY.pack(pack_id).resolve(None, TODAY).policy.tests
    assert isinstance(test, LocationTest)
    conditions = list(located_conditions(test.subject))
    assert [c.attribute for c in conditions] == [Attribute.HEADQUARTERS, Attribute.RESIDENCE]
    assert {c.codes.name for c in conditions} == {region}
    assert not any(c.inside for c in conditions)


@pytest.mark.parametrize("pack_id", ["openai", "google-gemini"])
def test_a_published_list_decides(pack_id: str) -> None:
    pack = LIBRARY.pack(pack_id)
    assert place_of(pack, party(headquarters="CN")) is Truth.TRUE
    assert place_of(pack, party(headquarters="TW")) is Truth.FALSE
    assert place_of(pack, party(Kind.PERSON, residence="HK")) is Truth.TRUE
    assert place_of(pack, party(Kind.PERSON, residence="SG")) is Truth.FALSE
    assert place_of(pack, party()) is Truth.UNKNOWN


@pytest.mark.parametrize("pack_id", ["azure-openai", "xai"])
@pytest.mark.parametrize("code", ["CN", "US"])
def test_without_a_list_nothing_is_decided(pack_id: str, code: str) -> None:
    assert place_of(LIBRARY.pack(pack_id), party(headquarters=code)) is Truth.UNKNOWN
    assert LIBRARY.pack(pack_id).resolve(None, date(2020, 1, 1)).warnings == ()


def test_every_territory_belongs_to_a_state_that_is_none_itself() -> None:
    table = shipped_territories()
    assert set(table) | set(table.values()) <= JURISDICTIONS
    assert not set(table) & set(table.values())


@pytest.mark.parametrize("code", ["HK", "MO", "TW", "XK", "PS", "EH", "AQ"])
def test_some_stand_on_their_own(code: str) -> None:
    assert code not in shipped_territories()


@pytest.mark.parametrize(
    ("state", "territories"),
    {"GB": "KY VG BM JE GG IM GI", "US": "PR GU", "DK": "GL FO", "NL": "AW CW SX BQ", "FI": "AX",
     "FR": "NC PF RE", "NO": "SJ BV", "NZ": "CK NU TK", "AU": "CX CC NF HM"}.items(),
)  # fmt: skip
def test_the_known_ones(state: str, territories: str) -> None:
    assert {shipped_territories()[code] for code in territories.split()} == {state}


def test_the_code_list_is_complete() -> None:
    assert len(JURISDICTIONS) == 250


@pytest.mark.parametrize(
    ("pack_id", "region", "code"),
    [("openai", "openai-supported", "KY"), ("google-gemini", "google-gemini-available", "AD")],
)
def test_no_pack_uses_a_copy_that_is_cut_off(pack_id: str, region: str, code: str) -> None:
    assert code in str(shipped_regions()[region].partial)
    assert place_of(LIBRARY.pack(pack_id), party(headquarters=code)) is Truth.TRUE
