"""A checked policy: its defaults, dates, variants, and what of it can be computed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from lookthrough.control.facts import Lane
from lookthrough.control.policy import Arithmetic, FullLinks, Join, Line, Operator, OwnershipTest, Pooling
from lookthrough.control.policy import TestKind as Sort
from lookthrough.control.predicate import Party, Truth
from lookthrough.policies import ResolvedPolicy, UnknownVariant

from .samples import LIBRARY, TODAY, Document, document, ownership

HALF = Line(Fraction(1, 2), Operator.OVER)


def resolve(variant: str | None = None, **keys: object) -> ResolvedPolicy:
    return LIBRARY.parse(document(**keys)).resolve(variant, TODAY)


def holding(variant: str | None = None, **keys: object) -> OwnershipTest:
    (test,) = resolve(variant, **keys).policy.tests
    assert isinstance(test, OwnershipTest)
    return test


def test_of_an_ownership_test() -> None:
    test = holding()
    assert (test.kind, test.lane) == (Sort.OWNERSHIP, Lane.SHARES)
    assert test.arithmetic is Arithmetic.MULTIPLICATIVE
    assert (test.line, test.pooling, test.carrier, test.full_links) == (HALF, Pooling.ALL, None, None)
    assert test.float_is_clean


def test_of_a_control_test() -> None:
    test = holding(tests=[{"id": "c", "kind": "control"}])
    assert (test.kind, test.lane, test.arithmetic) == (Sort.CONTROL, Lane.VOTES, Arithmetic.CASCADE)
    assert (test.line, test.carrier, test.pooling) == (HALF, HALF, Pooling.ALL)


def test_of_an_ultimate_parent_test() -> None:
    test = holding(tests=[{"id": "top", "kind": "ultimate_parent"}])
    assert (test.kind, test.lane, test.line) == (Sort.ULTIMATE_PARENT, Lane.SHARES, HALF)


def test_of_a_policy() -> None:
    policy = LIBRARY.parse(document())
    assert (policy.authority, policy.sources, policy.notes) == ("", (), None)
    assert (policy.default_variant, policy.variants()) == ("base", ["base"])
    assert policy.resolve(None, TODAY).policy.join is Join.ANY
    assert policy.title.chinese == "A rule of my own"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("50%", Fraction(1, 2)), ("1/2", Fraction(1, 2)), ("0.5", Fraction(1, 2)), ("0%", Fraction(0)),
        ("100%", Fraction(1)), ("1.0", Fraction(1)), ("12.5%", Fraction(1, 8)),
        ("100/3%", Fraction(1, 3)),
        ("33.333333333333333333%", Fraction(33333333333333333333, 10**20)),
    ],
)  # fmt: skip
def test_thresholds_are_exact(text: str, value: Fraction) -> None:
    assert holding(tests=[ownership(threshold=text)]).line.threshold == value


def test_the_carrier_is_the_line_of_the_test_unless_written() -> None:
    cascade = ownership(arithmetic="cascade", threshold="25%", operator=">=")
    assert holding(tests=[cascade]).carrier == Line(Fraction(1, 4), Operator.AT_LEAST)
    carried = cascade | {"carrier": {"threshold": "50%", "operator": ">"}}
    assert holding(tests=[carried]).carrier == HALF


def test_full_links() -> None:
    links = {"threshold": "50%", "operator": ">", "first_link": False}
    assert holding(tests=[ownership(full_links=links)]).full_links == FullLinks(HALF, first_link=False)


def test_a_float_may_be_unknown() -> None:
    assert not holding(seeds={"id": ["acme"], "public_float": "unknown"}).float_is_clean


def test_a_test_may_have_its_own() -> None:
    own = holding(seeds={"id": ["a"], "public_float": "unknown"}, tests=[ownership(seeds={"id": ["b"]})])
    assert own.seeds.judge(Party("b")) is Truth.TRUE
    assert own.seeds.judge(Party("a")) is Truth.FALSE
    assert own.float_is_clean


def test_then_the_policy_needs_none() -> None:
    plain = document(tests=[ownership(seeds={"id": ["b"]})])
    del plain["seeds"]
    assert LIBRARY.parse(plain).resolve(None, TODAY).policy.tests


def test_a_location_test_needs_none() -> None:
    place = {"id": "place", "kind": "location", "attribute": "headquarters", "in": ["CN"]}
    plain = document(tests=[place])
    del plain["seeds"]
    assert LIBRARY.parse(plain).resolve(None, TODAY).policy.tests


FORCE_POLICY = LIBRARY.parse(
    document(
        in_force_from="2025-01-01",
        in_force_to="2027-01-01",
        suspended=[["2025-11-10", "2026-11-10"], ["2026-12-01", "2026-12-02"]],
    )
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-12-31", False), ("2025-01-01", True), ("2025-11-09", True), ("2025-11-10", False),
        ("2026-11-09", False), ("2026-11-10", True), ("2026-12-01", False), ("2026-12-02", True),
        ("2026-12-31", True), ("2027-01-01", False),
    ],
)  # fmt: skip
def test_the_second_day_of_an_interval_is_outside_it(day: str, expected: bool) -> None:
    on = date.fromisoformat(day)
    assert FORCE_POLICY.in_force(on) is expected
    codes = [warning.code for warning in FORCE_POLICY.resolve(None, on).warnings]
    assert codes == ([] if expected else ["not_in_force"])


def test_open_ends() -> None:
    policy = LIBRARY.parse(document())
    assert policy.in_force(date.min)
    assert policy.in_force(date.max)


VARIANTS: Document = {
    "zulu": {"owned": {"operator": ">="}},
    "cascade": {"owned": {"arithmetic": "cascade", "pooling": "each"}},
    "usual": {},
    "nothing": {},
}


def test_the_default_comes_first_then_the_file_s_order() -> None:
    policy = LIBRARY.parse(document(default_variant="usual", variants=VARIANTS))
    assert policy.variants() == ["usual", "zulu", "cascade", "nothing"]
    assert policy.resolve(None, TODAY).variant == "usual"


def test_a_variant_differs_in_what_it_says() -> None:
    test = holding("cascade", variants=VARIANTS)
    assert (test.arithmetic, test.pooling, test.line) == (Arithmetic.CASCADE, Pooling.EACH, HALF)
    assert holding(variants=VARIANTS).arithmetic is Arithmetic.MULTIPLICATIVE


def test_an_unknown_one_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownVariant, match='policy mine has no variant "x"; it has base, zulu') as error:
        resolve("x", variants=VARIANTS)
    assert error.value.known == ("base", "zulu", "cascade", "usual", "nothing")


def test_what_does_not_suit_another_arithmetic_falls_away() -> None:
    line = {"threshold": "50%", "operator": ">"}
    carried = ownership(arithmetic="cascade", carrier=line)
    product = {"product": {"owned": {"arithmetic": "multiplicative", "full_links": line}}}
    test = holding("product", tests=[carried], variants=product)
    assert (test.carrier, test.full_links) == (None, FullLinks(HALF))


def test_another_kind_is_written_anew() -> None:
    control = {"control": {"owned": {"kind": "control", "pooling": "each"}}}
    test = holding("control", tests=[ownership(threshold="25%")], variants=control)
    assert (test.id, test.kind, test.line) == ("owned", Sort.CONTROL, HALF)
