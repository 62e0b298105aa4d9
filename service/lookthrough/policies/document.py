"""What a policy file may say: its tables and keys, each checked on its own."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, JsonValue, TypeAdapter, model_validator

from lookthrough.control.facts import Attribute, Kind, Lane
from lookthrough.control.policy import Arithmetic, Join, Operator, Pooling, TestKind

from .errors import KeyProblem
from .fields import Day, Handle, Name, Share, Strict, Text, WrittenPlaces

MAX_TESTS = 1000
MAX_VARIANTS = 1000

_HALF = Fraction(1, 2)
FigureLane = Literal[Lane.SHARES, Lane.VOTES]


class Clause(Strict):
    """The keys that conditions and location tests share; those side by side must all hold."""

    attribute: Attribute | None = None
    inside: WrittenPlaces | None = Field(default=None, alias="in")
    outside: WrittenPlaces | None = Field(default=None, alias="not_in")
    territories: Literal["literal", "parent"] | None = None
    lists: tuple[Name, ...] | None = Field(default=None, alias="list")
    any_of: tuple[Condition, ...] | None = Field(default=None, alias="any")
    all_of: tuple[Condition, ...] | None = Field(default=None, alias="all")
    none_of: tuple[Condition, ...] | None = Field(default=None, alias="none")

    @property
    def nested(self) -> tuple[Condition, ...]:
        return (self.any_of or ()) + (self.all_of or ()) + (self.none_of or ())

    @model_validator(mode="after")
    def _keys_belong_together(self) -> Clause:
        has_places = self.inside is not None or self.outside is not None
        if self.attribute and not has_places:
            raise KeyProblem("attribute", "stands without in or not_in")
        if has_places and not self.attribute:
            raise KeyProblem("in" if self.inside else "not_in", "stands without attribute")
        if self.territories and not has_places:
            raise KeyProblem("territories", "stands without in or not_in")
        return self

    @model_validator(mode="after")
    def _leaves_somebody_out(self) -> Clause:
        for key, conditions in (("all", self.all_of), ("none", self.none_of)):
            if conditions == ():
                raise KeyProblem(key, "without conditions it would hold for everybody")
        if not self._has_condition():
            raise ValueError("no condition stands here")
        return self

    def _has_condition(self) -> bool:
        parts = (self.attribute, self.lists, self.any_of, self.all_of, self.none_of)
        return any(part is not None for part in parts)


class Condition(Clause):
    """One condition on a party, or several that must all hold."""

    kinds: tuple[Kind, ...] | None = Field(default=None, alias="kind")
    ids: tuple[Name, ...] | None = Field(default=None, alias="id")

    def _has_condition(self) -> bool:
        return super()._has_condition() or self.kinds is not None or self.ids is not None


class Seeds(Condition):
    """Who the rule is about, and whether dispersed public holders count as clean or as unknown."""

    public_float: Literal["clean", "unknown"] = "clean"


class WrittenLine(Strict):
    threshold: Share
    operator: Operator


class WrittenFullLinks(WrittenLine):
    first_link: bool = True


class WrittenOwnership(Strict):
    id: Name
    kind: Literal[TestKind.OWNERSHIP]
    lane: FigureLane = Lane.SHARES
    arithmetic: Arithmetic = Arithmetic.MULTIPLICATIVE
    threshold: Share
    operator: Operator
    pooling: Pooling = Pooling.ALL
    carrier: WrittenLine | None = None
    full_links: WrittenFullLinks | None = None
    seeds: Seeds | None = None

    @model_validator(mode="after")
    def _keys_suit_the_arithmetic(self) -> WrittenOwnership:
        if self.carrier and self.arithmetic is not Arithmetic.CASCADE:
            raise KeyProblem("carrier", 'belongs to arithmetic "cascade"')
        if self.full_links and self.arithmetic is not Arithmetic.MULTIPLICATIVE:
            raise KeyProblem("full_links", 'belongs to arithmetic "multiplicative"')
        return self


class WrittenControl(Strict):
    """A cascade on votes, more than half, unless it says otherwise (SEMANTICS, cascade test)."""

    id: Name
    kind: Literal[TestKind.CONTROL]
    lane: FigureLane = Lane.VOTES
    arithmetic: Literal[Arithmetic.CASCADE] = Arithmetic.CASCADE
    threshold: Share = _HALF
    operator: Operator = Operator.OVER
    pooling: Pooling = Pooling.ALL
    carrier: WrittenLine | None = None
    seeds: Seeds | None = None


class WrittenUltimateParent(Strict):
    id: Name
    kind: Literal[TestKind.ULTIMATE_PARENT]
    lane: FigureLane = Lane.SHARES
    threshold: Share = _HALF
    operator: Operator = Operator.OVER
    pooling: Pooling = Pooling.ALL
    seeds: Seeds | None = None


class WrittenLocation(Clause):
    """A location test holds its condition itself; `id` and `kind` are those of the test."""

    id: Name
    kind: Literal[TestKind.LOCATION]


WrittenHolding = WrittenOwnership | WrittenControl | WrittenUltimateParent
WrittenTest = Annotated[WrittenHolding | WrittenLocation, Field(discriminator="kind")]

Differing = dict[str, JsonValue]


class WrittenPolicy(Strict):
    """A policy file, key by key; what the keys mean to each other is checked beside it."""

    id: Handle
    version: Handle
    title: Text
    authority: str = ""
    sources: tuple[str, ...] = ()
    in_force_from: Day | None = None
    in_force_to: Day | None = None
    suspended: tuple[tuple[Day, Day], ...] = ()
    join: Join = Join.ANY
    default_variant: Name | None = None
    notes: Text | None = None
    seeds: Seeds | None = None
    trust: tuple[Name, ...] = ()
    max_age_days: Annotated[int, Field(ge=0, le=100_000)] | None = None
    tests: tuple[WrittenTest, ...] = Field(min_length=1, max_length=MAX_TESTS)
    variants: dict[Name, dict[str, Differing]] = Field(default_factory=dict, max_length=MAX_VARIANTS)


TEST: TypeAdapter[WrittenHolding | WrittenLocation] = TypeAdapter(WrittenTest)
POLICY = TypeAdapter(WrittenPolicy)
