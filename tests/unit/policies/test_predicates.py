"""Conditions in three-valued logic: what a policy's words mean for one party."""

from __future__ import annotations

import itertools

import pytest

from lookthrough.control.facts import Attribute, Kind
from lookthrough.control.predicate import Party, Truth

from .samples import Document, party, predicate_of

T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE

# A company whose headquarters is known, whose incorporation is not, makes one condition of each truth.
SOMEBODY = party(headquarters="CN")
OF_TRUTH: dict[Truth, Document] = {
    T: {"attribute": "headquarters", "in": ["CN"]},
    U: {"attribute": "incorporation", "in": ["CN"]},
    F: {"attribute": "headquarters", "in": ["US"]},
}
BELOW = {T: 2, U: 1, F: 0}


@pytest.mark.parametrize("truths", list(itertools.product((T, U, F), repeat=2)))
def test_any(truths: tuple[Truth, Truth]) -> None:
    found = predicate_of({"any": [OF_TRUTH[t] for t in truths]}).judge(SOMEBODY)
    assert found is max(truths, key=lambda t: BELOW[t])


@pytest.mark.parametrize("truths", list(itertools.product((T, U, F), repeat=2)))
def test_all(truths: tuple[Truth, Truth]) -> None:
    found = predicate_of({"all": [OF_TRUTH[t] for t in truths]}).judge(SOMEBODY)
    assert found is min(truths, key=lambda t: BELOW[t])


@pytest.mark.parametrize("truths", list(itertools.product((T, U, F), repeat=2)))
def test_none(truths: tuple[Truth, Truth]) -> None:
    found = predicate_of({"none": [OF_TRUTH[t] for t in truths]}).judge(SOMEBODY)
    assert found is ~max(truths, key=lambda t: BELOW[t])


@pytest.mark.parametrize("truths", list(itertools.product((T, U, F), repeat=2)))
def test_keys_side_by_side_must_all_hold(truths: tuple[Truth, Truth]) -> None:
    first, second = (OF_TRUTH[t] for t in truths)
    found = predicate_of({"any": [first], "all": [second]}).judge(SOMEBODY)
    assert found is min(truths, key=lambda t: BELOW[t])


def test_any_of_nothing_is_nobody() -> None:
    assert predicate_of({"any": []}).judge(SOMEBODY) is F


@pytest.mark.parametrize("attribute", list(Attribute))
@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_recorded(attribute: Attribute, kind: Kind) -> None:
    """False where the attribute cannot apply, else unknown: for `in` and for `not_in` alike."""
    of_persons = attribute in (Attribute.NATIONALITY, Attribute.RESIDENCE)
    applies = kind is Kind.UNKNOWN or of_persons is (kind is Kind.PERSON)
    expected = U if applies and kind is not Kind.PUBLIC_FLOAT else F
    for key in ("in", "not_in"):
        assert predicate_of({"attribute": attribute.value, key: ["CN"]}).judge(party(kind)) is expected


@pytest.mark.parametrize("attribute", ["headquarters", "incorporation", "principal_place", "residence"])
@pytest.mark.parametrize(
    ("recorded", "expected"), [("CN", T), ("CN RU", T), ("US", F), ("US FR", F), ("CN US", U)]
)
def test_alternatives_must_agree(attribute: str, recorded: str, expected: Truth) -> None:
    condition: Document = {"attribute": attribute, "in": ["CN", "RU"]}
    somebody = party(Kind.UNKNOWN, **{attribute: recorded})
    assert predicate_of(condition).judge(somebody) is expected
    opposite = {"attribute": attribute, "not_in": ["CN", "RU"]}
    assert predicate_of(opposite).judge(somebody) is ~expected


@pytest.mark.parametrize("attribute", ["nationality", "listing"])
@pytest.mark.parametrize(("recorded", "inside", "outside"), [("CN", T, F), ("CN US", T, T), ("US FR", F, T)])
def test_of_several_that_hold_at_once_one_is_enough(
    attribute: str, recorded: str, inside: Truth, outside: Truth
) -> None:
    somebody = party(Kind.UNKNOWN, **{attribute: recorded})
    assert predicate_of({"attribute": attribute, "in": ["CN"]}).judge(somebody) is inside
    assert predicate_of({"attribute": attribute, "not_in": ["CN"]}).judge(somebody) is outside


def test_what_is_recorded_of_a_person_counts() -> None:
    condition: Document = {"attribute": "headquarters", "in": ["CN"]}
    assert predicate_of(condition).judge(party(Kind.PERSON, headquarters="CN")) is T


def test_nothing_recorded_of_a_float_counts() -> None:
    condition: Document = {"attribute": "headquarters", "in": ["CN"]}
    assert predicate_of(condition).judge(party(Kind.PUBLIC_FLOAT, headquarters="CN")) is F


def test_in_and_not_in_must_both_hold() -> None:
    condition: Document = {"attribute": "headquarters", "in": ["CN", "HK"], "not_in": ["HK"]}
    assert predicate_of(condition).judge(party(headquarters="CN")) is T
    assert predicate_of(condition).judge(party(headquarters="HK")) is F


def test_a_list_that_nobody_publishes() -> None:
    for key, recorded in itertools.product(("in", "not_in"), ("CN", "CN US")):
        condition: Document = {"attribute": "headquarters", key: "regions:xai-supported"}
        assert predicate_of(condition).judge(party(headquarters=recorded)) is U


@pytest.mark.parametrize(
    ("code", "literal", "parent"),
    [("KY", T, F), ("GB", F, F), ("PR", T, F), ("HK", T, T), ("TW", F, F), ("CN", T, T), ("EH", T, T)],
)
def test_outside_the_anthropic_list(code: str, literal: Truth, parent: Truth) -> None:
    condition: Document = {"attribute": "headquarters", "not_in": "regions:anthropic-supported"}
    somebody = party(headquarters=code)
    assert predicate_of(condition).judge(somebody) is literal
    assert predicate_of(condition | {"territories": "literal"}).judge(somebody) is literal
    assert predicate_of(condition | {"territories": "parent"}).judge(somebody) is parent


def test_a_territory_counts_with_a_state_that_is_written_out() -> None:
    condition: Document = {"attribute": "headquarters", "in": ["GB"]}
    assert predicate_of(condition).judge(party(headquarters="KY")) is F
    assert predicate_of(condition | {"territories": "parent"}).judge(party(headquarters="KY")) is T


def test_a_territory_that_is_listed_itself_counts_as_itself() -> None:
    condition: Document = {"attribute": "headquarters", "in": ["KY"], "territories": "parent"}
    assert predicate_of(condition).judge(party(headquarters="KY")) is T
    assert predicate_of(condition).judge(party(headquarters="VG")) is F


def test_kind() -> None:
    condition: Document = {"kind": ["state", "foundation"]}
    assert predicate_of(condition).judge(party(Kind.STATE)) is T
    assert predicate_of(condition).judge(party(Kind.COMPANY)) is F
    assert predicate_of(condition).judge(party(Kind.UNKNOWN)) is U
    assert predicate_of({"none": [condition]}).judge(party(Kind.UNKNOWN)) is U


def test_list() -> None:
    condition: Document = {"list": ["ofac-sdn", "eu"]}
    assert predicate_of(condition).judge(Party("a", Kind.UNKNOWN, lists=frozenset({"eu", "uk"}))) is T
    assert predicate_of(condition).judge(Party("a", Kind.UNKNOWN)) is F


def test_id() -> None:
    assert predicate_of({"id": ["a", "b"]}).judge(Party("a")) is T
    assert predicate_of({"id": ["a", "b"]}).judge(Party("c")) is F
