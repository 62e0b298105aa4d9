"""What two policies say differently, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pydantic import JsonValue

from .errors import Location, dotted
from .policy import PolicyDocument

Table = dict[str, JsonValue]

_NAMES = ("id", "version")
_TEXTS = ("title", "authority", "sources", "notes")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, `tests.owned.operator`, in both policies; None where one of them has no such thing.

    `decides` is False for texts about the rule, True for what a verdict can hang on.
    """

    field: str
    left: JsonValue
    right: JsonValue
    decides: bool


def differences(left: PolicyDocument, right: PolicyDocument) -> list[Difference]:
    """Every field that differs, texts last. Tests are matched by id, variants by name.

    A key that is left out is compared as what it means then; that ids and versions differ is not told.
    """
    found = list(_between(_table(left), _table(right), ()))
    return sorted(found, key=lambda difference: not difference.decides)


def reading_differences(
    left: tuple[PolicyDocument, str | None], right: tuple[PolicyDocument, str | None]
) -> list[Difference]:
    """The same for two readings: a policy and the name of a variant each (None: the default)."""
    found = list(_between(_reading(*left), _reading(*right), ()))
    return sorted(found, key=lambda difference: not difference.decides)


def _reading(policy: PolicyDocument, variant: str | None) -> Table:
    tests: Table = {
        test.id: cast("Table", test.model_dump(mode="json", by_alias=True, exclude_none=True))
        for test in policy.reading(variant)
    }
    table: Table = {key: part for key, part in _table(policy).items() if key != "variants"}
    return {**table, "tests": tests}


def _table(policy: PolicyDocument) -> Table:
    written = cast("Table", policy.written.model_dump(mode="json", by_alias=True, exclude_none=True))
    tests = cast("list[Table]", written["tests"])
    variants = cast("Table", written["variants"])
    return {
        **{key: part for key, part in written.items() if key not in _NAMES},
        "tests": {str(test["id"]): test for test in tests},
        "variants": {name: variants.get(name, {}) for name in policy.variants()[1:]},
    }


def _between(left: JsonValue, right: JsonValue, at: Location) -> Iterator[Difference]:
    if left == right:
        return
    if not (isinstance(left, dict) and isinstance(right, dict)):
        yield Difference(dotted(at), left, right, decides=at[0] not in _TEXTS)
        return
    for key in (*left, *(key for key in right if key not in left)):
        yield from _between(left.get(key), right.get(key), (*at, key))
