"""The documents that compare verdicts: two of them, and one question over time."""

from __future__ import annotations

from typing import Literal

from pydantic import AliasChoices, Field

from .documents import Decimal, EntityRef, Exact, Outcome, PolicyRef, Sentence, WithNulls
from .policies import FieldDifference

Differing = Literal["subject", "policy", "variant", "as_of", "known_at", "trust", "engine", "facts"]
Effect = Literal["turns", "part", "moves", "none", "untried"]


class ChangeDocument(WithNulls):
    """One fact, or the rule, that is otherwise.

    `effect`: `turns` the answer alone; is `part` of the set that turns it together; `moves` a figure;
    `none`; or `untried`, since there were too many changes. `clock` is the one that it came with.
    """

    kind: Literal[
        "stake",
        "location",
        "list",
        "kind",
        "dissolved",
        "same_as",
        "group",
        "policy",
        "region_lists",
    ]
    entity: str | None = None
    owner: str | None = None
    lane: str | None = None
    holding: str | None = None
    attribute: str | None = None
    list: str | None = None
    group: str | None = None
    before: str | None = None
    after: str | None = None
    sources_before: tuple[str, ...] = ()
    sources_after: tuple[str, ...] = ()
    clock: Literal["as_of", "known_at"] | None = None
    effect: Effect
    sentence: Sentence


class DiffSide(WithNulls):
    """`replays`: the facts and rules on record still give the outcome and figures that were stored."""

    verdict_id: str
    entity: EntityRef
    policy: PolicyRef
    as_of: str
    known_at: str
    engine: str
    outcome: Outcome
    reason: str
    replays: bool


class FigureDifference(WithNulls):
    """`figure` is a field of a test; null stands for a side that has no such test or figure."""

    test: str
    figure: str
    a: str | None
    b: str | None


class RegionListDifference(WithNulls):
    """Codes that a region list has on the one side only, each side on its own day."""

    list: str
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


class DiffDocument(WithNulls):
    """What the second verdict has otherwise than the first, and what made the difference.

    `complete` is False where the search above the entity was cut off or not every change was tried.
    """

    a: DiffSide
    b: DiffSide
    sentence: Sentence
    same: bool
    differs: list[Differing]
    figures: list[FigureDifference]
    policy: list[FieldDifference]
    region_lists: list[RegionListDifference]
    changes: list[ChangeDocument]
    complete: bool


class PeriodTest(WithNulls):
    id: str
    outcome: Outcome
    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_exact: Exact | None = None
    upper_exact: Exact | None = None


class Period(WithNulls):
    """The answer on every day of [from, to); null is open. `because` is what made it so."""

    from_: str | None = Field(serialization_alias="from", validation_alias=AliasChoices("from", "from_"))
    to: str | None
    outcome: Outcome
    reason: str
    tests: list[PeriodTest]
    because: list[ChangeDocument]


class HistoryDocument(WithNulls):
    """`trust` are sources heard before all others.

    `days` are all days looked at: the first asked about, and every one on which a fact above the entity or
    a region list changes, whether or not that changes the answer. `instants` are those at which something
    became known, or ceased to be, of the entity or of anybody above it: values for `known_at`.

    `told_from`: what was before that day is not told, since there were too many days to look at.

    `complete` is False there, and where the search above the entity was cut off.
    """

    entity: EntityRef
    policy: PolicyRef
    known_at: str
    trust: list[str]
    engine: str
    in_force_from: str | None
    in_force_to: str | None
    suspended: list[tuple[str, str]]
    periods: list[Period]
    days: list[str]
    instants: list[str]
    told_from: str | None
    complete: bool
