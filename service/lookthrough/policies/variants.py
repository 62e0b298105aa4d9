"""Variants: the readings of a rule that differ from it as written in some fields of some tests."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from lookthrough.control.policy import Arithmetic

from .complaint import checked
from .document import POLICY, TEST, Seeds, WrittenHolding, WrittenLocation, WrittenPolicy
from .errors import Location, PolicyError, quoted
from .plain import MAX_BYTES, PlainTable, json_text

AS_WRITTEN = "base"
"""The name of the policy as written, where it gives itself none."""

_MOST_REPEATED = 2 * MAX_BYTES
_Test = WrittenHolding | WrittenLocation
_ONLY_UNDER = {"carrier": Arithmetic.CASCADE, "full_links": Arithmetic.MULTIPLICATIVE}


@dataclass(frozen=True, slots=True)
class Readings:
    """A checked policy and the tests of each of its variants; the first is the policy as written."""

    policy: WrittenPolicy
    tests: dict[str, tuple[_Test, ...]]


def readings(document: PlainTable, source: str, regions: Collection[str]) -> Readings:
    """Check a whole document. Raises PolicyError, naming `source` and the key."""
    return _Reader(document, source, regions).read()


class _Reader:
    def __init__(self, document: PlainTable, source: str, regions: Collection[str]) -> None:
        self._document = document
        self._source = source
        self._regions = regions
        self._left = _MOST_REPEATED

    def read(self) -> Readings:
        policy = checked(POLICY, self._document, self._source, regions=self._regions)
        self._dates_run_forward(policy)
        self._ids_differ(policy)
        self._seeds_are_named(policy.seeds, policy.tests, ())
        tests = {policy.default_variant or AS_WRITTEN: policy.tests}
        for name in policy.variants:
            tests.setdefault(name, self._variant(policy, name))
        return Readings(policy, tests)

    def _dates_run_forward(self, policy: WrittenPolicy) -> None:
        start, end = policy.in_force_from, policy.in_force_to
        if start and end and end <= start:
            raise self._error(("in_force_to",), f"{end} is not after in_force_from")
        for number, (start, end) in enumerate(policy.suspended):
            if end <= start:
                raise self._error(("suspended", number), f"{end} is not after {start}")

    def _ids_differ(self, policy: WrittenPolicy) -> None:
        seen: set[str] = set()
        for number, test in enumerate(policy.tests):
            if test.id in seen:
                raise self._error(("tests", number, "id"), f"an earlier test is named {quoted(test.id)}")
            seen.add(test.id)

    def _seeds_are_named(self, seeds: Seeds | None, tests: tuple[_Test, ...], at: Location) -> None:
        for test in tests:
            if not (seeds or isinstance(test, WrittenLocation) or test.seeds):
                reason = f"required, since the test {quoted(test.id)} looks for parties"
                raise self._error((*at, "seeds"), reason)

    def _variant(self, policy: WrittenPolicy, name: str) -> tuple[_Test, ...]:
        at: Location = ("variants", name)
        differing = cast("dict[str, PlainTable]", policy.variants[name])
        if differing and name == (policy.default_variant or AS_WRITTEN):
            raise self._error(at, "the variant that is the policy as written must be empty")
        ids = {test.id for test in policy.tests}
        for stranger in (test_id for test_id in differing if test_id not in ids):
            raise self._error((*at, stranger), "no test of this policy has this id")
        written = cast("list[PlainTable]", self._document["tests"])
        pairs = zip(policy.tests, written, strict=True)
        tests = tuple(self._reading(test, plain, differing.get(test.id), at) for test, plain in pairs)
        self._seeds_are_named(policy.seeds, tests, at)
        return tests

    def _reading(self, test: _Test, plain: PlainTable, differing: PlainTable | None, at: Location) -> _Test:
        if not differing:
            return test
        if "id" in differing:
            raise self._error((*at, test.id, "id"), "a variant cannot rename a test")
        merged = _merged(plain, differing)
        self._spend(merged)
        return checked(TEST, merged, self._source, at=(*at, test.id), regions=self._regions)

    def _spend(self, merged: PlainTable) -> None:
        # A short variant repeats all of a long test: a thousand of them are far more than was sent.
        self._left -= len(json_text(merged))
        if self._left < 0:
            raise self._error(("variants",), "together the variants repeat too much of long tests")

    def _error(self, at: Location, reason: str) -> PolicyError:
        return PolicyError(self._source, at, reason)


def _merged(plain: PlainTable, differing: PlainTable) -> PlainTable:
    """The test with the variant's keys over its own; what doesn't suit a changed arithmetic falls away."""
    if differing.get("kind", plain["kind"]) != plain["kind"]:
        return {"id": plain["id"], **differing}
    arithmetic = differing.get("arithmetic")
    unsuitable = {key for key, under in _ONLY_UNDER.items() if arithmetic not in (None, under)}
    return {key: part for key, part in plain.items() if key not in unsuitable} | differing
