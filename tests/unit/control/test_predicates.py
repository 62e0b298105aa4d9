"""Conditions on a party, in three values; policies are made of these."""

from __future__ import annotations

from itertools import product

import pytest

from lookthrough.control.facts import Attribute, Kind
from lookthrough.control.predicate import (
    AllOf,
    AnyOf,
    CodeList,
    Located,
    NoneOf,
    OfKind,
    OnList,
    Party,
    Predicate,
    Truth,
    WithId,
)

F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
CN = CodeList(frozenset({"CN"}))
ONE_AT_A_TIME = [Attribute.HEADQUARTERS, Attribute.INCORPORATION, Attribute.PRINCIPAL_PLACE]
OF_PERSONS = [Attribute.NATIONALITY, Attribute.RESIDENCE]
COMPANY_LIKE = [
    Kind.COMPANY,
    Kind.FUND,
    Kind.TRUST,
    Kind.PARTNERSHIP,
    Kind.STATE,
    Kind.FOUNDATION,
    Kind.GROUP,
]


def judged(attribute: Attribute, kind: Kind, *codes: str, inside: bool = True) -> Truth:
    locations = {attribute: frozenset(codes)} if codes else {}
    return Located(attribute, CN, inside).judge(Party("x", kind, locations=locations))


@pytest.mark.parametrize("attribute", [*ONE_AT_A_TIME, Attribute.LISTING])
def test_a_person_has_no_headquarters_where_none_is_recorded(attribute: Attribute) -> None:
    assert judged(attribute, Kind.PERSON) is F
    assert judged(attribute, Kind.PERSON, inside=False) is F


@pytest.mark.parametrize(("attribute", "kind"), list(product(OF_PERSONS, COMPANY_LIKE)))
def test_only_persons_have_a_nationality_or_residence_where_none_is_recorded(
    attribute: Attribute, kind: Kind
) -> None:
    assert judged(attribute, kind) is F
    assert judged(attribute, kind, inside=False) is F


@pytest.mark.parametrize(
    ("attribute", "kind"), list(product([*ONE_AT_A_TIME, Attribute.LISTING], COMPANY_LIKE))
)
def test_what_can_apply_and_is_not_recorded_is_unknown(attribute: Attribute, kind: Kind) -> None:
    assert judged(attribute, kind) is U
    assert judged(attribute, kind, inside=False) is U


@pytest.mark.parametrize("attribute", list(Attribute))
def test_everything_can_apply_to_an_entity_of_unknown_kind(attribute: Attribute) -> None:
    assert judged(attribute, Kind.UNKNOWN) is U


@pytest.mark.parametrize("attribute", list(Attribute))
def test_a_public_float_satisfies_no_condition_on_a_location(attribute: Attribute) -> None:
    for inside in (True, False):
        assert judged(attribute, Kind.PUBLIC_FLOAT, inside=inside) is F
        assert judged(attribute, Kind.PUBLIC_FLOAT, "CN", inside=inside) is F
        assert judged(attribute, Kind.PUBLIC_FLOAT, "US", inside=inside) is F


@pytest.mark.parametrize("attribute", [*ONE_AT_A_TIME, Attribute.RESIDENCE])
@pytest.mark.parametrize(
    ("codes", "inside", "truth"),
    [
        (("CN",), True, T),
        (("US",), True, F),
        (("CN", "US"), True, U),
        (("US", "FR"), True, F),
        (("CN",), False, F),
        (("US",), False, T),
        (("CN", "US"), False, U),
        (("US", "FR"), False, T),
    ],
)
def test_values_that_differ_leave_an_attribute_open_if_the_answer_hangs_on_them(
    attribute: Attribute, codes: tuple[str, ...], inside: bool, truth: Truth
) -> None:
    kind = Kind.PERSON if attribute is Attribute.RESIDENCE else Kind.COMPANY
    assert judged(attribute, kind, *codes, inside=inside) is truth


@pytest.mark.parametrize(
    ("attribute", "kind"), [(Attribute.NATIONALITY, Kind.PERSON), (Attribute.LISTING, Kind.COMPANY)]
)
@pytest.mark.parametrize(
    ("codes", "inside", "truth"),
    [
        (("CN", "US"), True, T),
        (("US", "FR"), True, F),
        (("CN", "US"), False, T),
        (("CN",), False, F),
        ((), True, U),
    ],
)
def test_nationalities_and_listings_hold_side_by_side(
    attribute: Attribute, kind: Kind, codes: tuple[str, ...], inside: bool, truth: Truth
) -> None:
    assert judged(attribute, kind, *codes, inside=inside) is truth


def test_a_recorded_value_counts_even_where_the_attribute_does_not_apply() -> None:
    assert judged(Attribute.HEADQUARTERS, Kind.PERSON, "CN") is T
    assert judged(Attribute.NATIONALITY, Kind.COMPANY, "CN") is T


def test_membership_of_a_list_that_is_not_published_is_unknown() -> None:
    unpublished = CodeList(frozenset(), listed=False)
    party = Party("x", Kind.COMPANY, locations={Attribute.HEADQUARTERS: frozenset({"CN"})})
    assert Located(Attribute.HEADQUARTERS, unpublished).judge(party) is U
    assert Located(Attribute.HEADQUARTERS, unpublished, inside=False).judge(party) is U


def test_a_territory_counts_with_its_state_unless_it_is_listed_itself() -> None:
    states = {"HK": "CN", "PR": "US"}
    assert CodeList(frozenset({"CN"}), states=states).contains("HK") is T
    assert CodeList(frozenset({"HK"}), states=states).contains("HK") is T
    assert CodeList(frozenset({"CN"}), states=states).contains("PR") is F
    assert CodeList(frozenset({"CN"})).contains("HK") is F


def test_a_kind_is_unknown_only_of_an_entity_of_unknown_kind() -> None:
    states = OfKind(frozenset({Kind.STATE}))
    assert states.judge(Party("x", Kind.STATE)) is T
    assert states.judge(Party("x", Kind.COMPANY)) is F
    assert states.judge(Party("x")) is U


def test_ids_and_lists_are_true_or_false() -> None:
    party = Party("x", lists=frozenset({"sdn"}))
    assert (WithId(frozenset({"x"})).judge(party), WithId(frozenset({"y"})).judge(party)) == (T, F)
    assert (OnList(frozenset({"sdn", "eu"})).judge(party), OnList(frozenset({"eu"})).judge(party)) == (T, F)


LEAVES: dict[Truth, Predicate] = {
    T: WithId(frozenset({"x"})),
    F: WithId(frozenset({"y"})),
    U: OfKind(frozenset({Kind.STATE})),
}
ANY = {(F, F): F, (F, U): U, (F, T): T, (U, U): U, (U, T): T, (T, T): T}
ALL = {(F, F): F, (F, U): F, (F, T): F, (U, U): U, (U, T): U, (T, T): T}
NOT = {F: T, U: U, T: F}


@pytest.mark.parametrize(("one", "other"), list(product(Truth, Truth)))
def test_any_all_and_none_follow_three_valued_logic(one: Truth, other: Truth) -> None:
    parts, party = (LEAVES[one], LEAVES[other]), Party("x")
    low, high = sorted((one, other), key=[F, U, T].index)
    assert AnyOf(parts).judge(party) is ANY[low, high]
    assert AllOf(parts).judge(party) is ALL[low, high]
    assert NoneOf(parts).judge(party) is NOT[ANY[low, high]]
