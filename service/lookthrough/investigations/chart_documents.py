"""The structure that a chart draws: boxes and arrows with their figures."""

from __future__ import annotations

from typing import Literal

from .documents import (
    Decimal,
    Document,
    EntityRef,
    Exact,
    Outcome,
    PolicyRef,
    Sentence,
    TestResult,
    WarningNote,
)


class ChartBox(Document):
    """A `party`; `holders` or `companies` folded at one; or the `open` part of one, which has no name.

    `lower` to `upper` is what the rule counts of it, without a policy what it holds of the subject, or below
    the subject what that holds of it. `hidden` counts those next to it that the chart leaves out.
    """

    box: str
    shape: Literal["party", "holders", "companies", "open"]
    entity: EntityRef
    name_original: str | None = None
    side: str | None = None
    headquarters: list[str] | None = None
    incorporation: list[str] | None = None
    outcome: Outcome | None = None
    named: bool | None = None
    lower: Decimal | None = None
    lower_exact: Exact | None = None
    upper: Decimal | None = None
    upper_exact: Exact | None = None
    count: int | None = None
    hidden: int | None = None
    missing: str | None = None
    groups: list[str] | None = None


class ChartArrow(Document):
    """A direct stake, from the box of who holds to the box that is held; `weight` is what counts of it.

    Of folded boxes `min` and `max` are sums. Lanes without figures have none.
    """

    owner_box: str
    owned_box: str
    owner: str | None = None
    owned: str | None = None
    lane: str
    min: Decimal | None = None
    max: Decimal | None = None
    min_open: bool | None = None
    max_open: bool | None = None
    weight: Decimal | None = None
    conflict: bool | None = None
    sources: list[str] | None = None


class ChartDocument(Document):
    """`test` is the one whose figures are drawn. `folded` counts the parties that are in folded boxes."""

    entity: EntityRef
    policy: PolicyRef | None = None
    policy_title: Sentence | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    test: TestResult | None = None
    lane: str
    direction: str
    as_of: str
    known_at: str
    boxes: list[ChartBox]
    arrows: list[ChartArrow]
    folded: int
    warnings: list[WarningNote]
    complete: bool
