"""Verdicts that were given: lists of them, and what a replay finds."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from .documents import Outcome, PolicyRef, Sentence, WithNulls


class GivenVerdictDocument(WithNulls):
    """A stored verdict as a list shows it; `given_at` is when it was stored first."""

    verdict_id: str
    policy: PolicyRef
    as_of: str
    known_at: str
    engine: str
    outcome: Outcome
    reason: str
    given_at: str


class GivenVerdictPage(WithNulls):
    items: list[GivenVerdictDocument]
    next: str | None


class Then(WithNulls):
    """A value in the stored verdict, and what it is now."""

    stored: str
    now: str


class ValueDifference(WithNulls):
    """`field` is a path of keys, tests and variants by name; null stands for a side without such a thing."""

    field: str
    stored: JsonValue
    now: JsonValue


class SinceThen(WithNulls):
    """A policy or region list that the software has by this name now; a replay uses the stored one."""

    kind: Literal["policy", "region_list"]
    name: str
    stored: str
    now: str | None


class ReplayDocument(WithNulls):
    """`same`: computed again from the facts at the stored clocks, the verdict is the same byte for byte."""

    verdict_id: str
    same: bool
    sentence: Sentence
    replayed_id: str
    engine: Then
    facts: Then
    differences: list[ValueDifference]
    changed_since: list[SinceThen]
