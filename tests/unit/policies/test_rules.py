"""What single packs do beyond one line: dates, carve-outs, lists, groups, second tests, variants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from lookthrough.control.facts import Attribute, Kind, Lane
from lookthrough.control.predicate import Party
from lookthrough.control.stakes import OwnershipGraph, Stake
from lookthrough.control.verdict import judge

from .charts import EVERY_LIST, Chart, answer, lower
from .samples import LIBRARY, TODAY

YES, NO, OPEN = "RESTRICTED", "NOT_RESTRICTED", "UNDETERMINED"


def outcome(reference: str, chart: Chart, variant: str | None = None) -> str:
    return answer(LIBRARY.pack(reference), chart.facts(), chart.subject, variant).outcome


def placed(facts: OwnershipGraph, entity: str, **places: str) -> OwnershipGraph:
    """The facts with the entity's places replaced; an empty place is none on record."""
    locations = {Attribute(name): frozenset(value.split()) for name, value in places.items()}
    party = facts.party(entity)
    changed = replace(party, locations={**party.locations, **locations})
    return replace(facts, parties={**facts.parties, entity: changed})


def with_stake(facts: OwnershipGraph, owner: str, owned: str, lane: Lane) -> OwnershipGraph:
    stakes = {**facts.stakes, (owned, lane): (Stake(owner, owned, lane, None),)}
    return replace(facts, stakes=stakes)


@pytest.mark.parametrize(
    ("reference", "on", "in_force"),
    [
        ("bis-affiliates-2025", date(2025, 9, 28), False),
        ("bis-affiliates-2025", date(2025, 11, 9), True),
        ("bis-affiliates-2025", date(2025, 11, 10), False),
        ("bis-affiliates-2025", date(2026, 11, 9), False),
        ("bis-affiliates-2025", date(2026, 11, 10), True),
        ("eu-ownership@1", date(2024, 7, 2), True),
        ("eu-ownership@1", date(2024, 7, 3), False),
        ("eu-ownership@2", date(2024, 7, 2), False),
        ("eu-ownership@2", date(2024, 7, 3), True),
        ("eu-amlr-54", TODAY, False),
        ("anthropic-2026-10", date(2026, 10, 7), False),
        ("anthropic-2026-10", TODAY, True),
    ],
)
def test_when_a_rule_is_in_force(reference: str, on: date, in_force: bool) -> None:
    assert LIBRARY.pack(reference).in_force(on) is in_force


def test_the_newest_version_goes_by_the_id_alone() -> None:
    assert LIBRARY.pack("eu-ownership").version == "2"
    assert LIBRARY.pack("ch-seco-ownership@2024").version == "2024"


@pytest.mark.parametrize(
    "reference",
    [
        *("ofac-50-percent", "eu-ownership@1", "eu-ownership@2", "uk-ofsi-ownership"),
        *("ch-seco-ownership", "ca-sema-deemed-ownership", "us-prohibited-foreign-entity"),
        *("bis-affiliates-2025/listed-itself", "doj-dsp-covered-person/own-place"),
    ],
)
def test_who_is_listed_is_caught_without_an_owner(reference: str) -> None:
    pack, _, variant = reference.partition("/")
    facts = Chart("P 60 T", "T", "").facts()
    assert answer(LIBRARY.pack(pack), facts, "T", variant or None).outcome == NO
    listed = {**facts.parties, "T": replace(facts.party("T"), lists=EVERY_LIST)}
    assert answer(LIBRARY.pack(pack), replace(facts, parties=listed), "T", variant or None).outcome == YES


@pytest.mark.parametrize("reference", ["bis-affiliates-2025", "doj-dsp-covered-person"])
@pytest.mark.parametrize(("place", "expected"), [("US", NO), ("PR", NO), ("LU", YES), ("", OPEN)])
def test_us_entities_are_left_out(reference: str, place: str, expected: str) -> None:
    facts = placed(Chart("X 80 T", "T", "X").facts(), "T", incorporation=place)
    assert answer(LIBRARY.pack(reference), facts, "T").outcome == expected


def test_a_joint_arrangement_counts_as_one() -> None:
    chart = Chart("L1 30 C; L2 30 C", "C", "L1 L2")
    pack = LIBRARY.pack("uk-ofsi-ownership")
    assert answer(pack, chart.facts(), "C").outcome == NO
    together = replace(chart.facts(), groups={"joint": frozenset({"L1", "L2"})})
    assert answer(pack, together, "C").outcome == YES


@pytest.mark.parametrize("lane", [Lane.BOARD, Lane.CONTROL])
@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("uk-ofsi-ownership", YES),
        ("uk-ofsi-ownership/ownership-only", NO),
        ("eu-control", YES),
        ("eu-ownership", NO),
        ("ofac-50-percent", NO),
        ("ch-seco-ownership", NO),
        ("ch-seco-ownership/recorded-control", YES),
        ("ca-sema-deemed-ownership", YES),
        ("eu-amlr-52", NO),
        ("eu-amlr-53", YES),
        ("de-gwg-ubo", YES),
        ("uk-psc", YES),
        ("fincen-boi", YES),
        ("cn-pboc-ubo-2024", YES),
        ("anthropic-2025-09", NO),
        ("anthropic-2026-10", YES),
        ("company-control", YES),
        ("company-control/stakes-only", NO),
        ("cfius-parent", NO),
        ("cfius-parent/with-general-partner", YES),
    ],
)
def test_recorded_control_counts_where_the_rule_has_such_a_limb(
    reference: str, expected: str, lane: Lane
) -> None:
    pack, _, variant = reference.partition("/")
    facts = with_stake(Chart("X 10 T", "T", "X").facts(), "X", "T", lane)
    assert answer(LIBRARY.pack(pack), facts, "T", variant or None).outcome == expected


def test_incorporation_counts_since_2026() -> None:
    facts = placed(Chart("O 60 T", "T", "").facts(), "O", incorporation="KY")
    assert answer(LIBRARY.pack("anthropic-2025-09"), facts, "T").outcome == NO
    pack = LIBRARY.pack("anthropic-2026-10")
    assert answer(pack, facts, "T").outcome == YES
    assert answer(pack, facts, "T", "territories-with-state").outcome == NO


@pytest.mark.parametrize(
    ("residence", "nationality", "as_written", "by_nationality", "regions_page"),
    [("CN", "US", YES, NO, NO), ("US", "CN", NO, YES, YES), ("US", "CN US", NO, YES, NO)],
)
def test_persons_as_owners(
    residence: str, nationality: str, as_written: str, by_nationality: str, regions_page: str
) -> None:
    facts = Chart("S 40 T", "T", "").facts()
    facts = placed(facts, "rest-T", residence=residence, nationality=nationality)
    pack, older = LIBRARY.pack("anthropic-2026-10"), LIBRARY.pack("anthropic-2025-09")
    assert answer(pack, facts, "T").outcome == as_written
    assert answer(pack, facts, "T", "by-nationality").outcome == by_nationality
    assert answer(older, facts, "T").outcome == NO
    assert answer(older, facts, "T", "regions-page").outcome == regions_page


def test_several_owners_together_or_each() -> None:
    chart = Chart("X 30 T; Y 30 T", "T", "X Y")
    for reference in ("anthropic-2025-09", "anthropic-2026-10"):
        outcomes = [outcome(reference, chart, v) for v in ("multiplicative", "cascade", "cascade-each")]
        assert outcomes == [YES, YES, NO]


@pytest.mark.parametrize(
    ("chart", "as_written", "combined"),
    [
        (Chart("P 60 H; H 40 T", "T", "P"), YES, YES),  # control of a holder of 25 or more
        (Chart("P 30 H; H 60 I; I 60 T", "T", "P"), YES, YES),  # 25 or more of an entity that controls
        (Chart("P 60 H; H 40 I; I 60 T", "T", "P"), NO, YES),  # both, one on top of the other
        (Chart("P 40 H; H 40 T", "T", "P"), NO, NO),
    ],
)
def test_amlr_54(chart: Chart, as_written: str, combined: str) -> None:
    assert outcome("eu-amlr-54", chart) == as_written
    assert outcome("eu-amlr-54", chart, "combined") == combined


@pytest.mark.parametrize(
    ("stakes", "expected"),
    [("X 24 T; Y 15 T", NO), ("X 25 T; Y 1 T", YES), ("X 20 T; Y 20 T", YES)],
)
def test_a_single_line_or_an_aggregate_one(stakes: str, expected: str) -> None:
    assert outcome("us-prohibited-foreign-entity", Chart(stakes, "T", "X Y")) == expected


@pytest.mark.parametrize(("stakes", "figure"), [("X 60 A; A 30 T", "3/10"), ("X 40 A; A 30 T", "3/25")])
def test_a_half_link_of_a_government_passes_in_full(stakes: str, figure: str) -> None:
    told = answer(LIBRARY.pack("us-feoc-25"), Chart(stakes, "T", "X").facts(), "T")
    assert lower(told) == Fraction(figure)


def test_a_state_is_one_by_its_seat() -> None:
    chart = Chart("S 26 T", "T", "").facts()
    state = Party("S", Kind.STATE, locations={Attribute.HEADQUARTERS: frozenset({"IR"})})
    facts = replace(chart, parties={**chart.parties, "S": state}, stakes=_without("S", chart))
    assert answer(LIBRARY.pack("us-feoc-25"), facts, "T").outcome == YES


def test_readings_of_a_controlled_foreign_entity_differ() -> None:
    chart = Chart("X 45 Q; Q 60 T; X 10 T", "T", "X")
    assert outcome("outbound-controlled-foreign-entity", chart) == YES
    assert outcome("outbound-controlled-foreign-entity", chart, "subsidiaries-only") == NO


def test_half_may_control_at_the_fcc() -> None:
    chart = Chart("X 30 A; A 50 T", "T", "X").facts()
    facts = placed(placed(chart, "A", incorporation="US"), "T", incorporation="US")
    pack = LIBRARY.pack("fcc-310b-voting")
    assert answer(pack, facts, "T").outcome == NO
    assert answer(pack, facts, "T", "half-controls").outcome == YES


def _without(owned: str, facts: OwnershipGraph) -> dict[tuple[str, Lane], tuple[Stake, ...]]:
    return {key: held for key, held in facts.stakes.items() if key[0] != owned}


def test_the_two_legs_of_a_substantial_interest_have_lines_of_their_own() -> None:
    pack = LIBRARY.pack("cfius-substantial-interest")
    lines = {
        variant: judge(pack.resolve(variant, TODAY).policy, Chart("X 30 T", "T", "X").facts(), "T").outcome
        for variant in pack.variants()
    }
    assert lines == {"government-in-person": NO, "person-in-business": YES}


def test_a_missing_principal_place_leaves_a_holder_open() -> None:
    chart = Chart("H 60 T", "T", "").facts()
    facts = placed(chart, "H", principal_place="")
    for reference, variant in (
        ("doj-dsp-covered-person", "headquarters-stand-in"),
        ("outbound-person-of-country-of-concern", "without-principal-place"),
    ):
        pack = LIBRARY.pack(reference)
        assert answer(pack, facts, "T").outcome == OPEN
        assert answer(pack, facts, "T", variant).outcome == NO
