"""A rule, resolved for one variant and one date: tests and who they are about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .facts import Lane
from .predicate import Predicate


class Operator(StrEnum):
    OVER = ">"
    AT_LEAST = ">="

    def met(self, share: Fraction, threshold: Fraction) -> bool:
        return share > threshold if self is Operator.OVER else share >= threshold


class TestKind(StrEnum):
    OWNERSHIP = "ownership"
    CONTROL = "control"
    LOCATION = "location"
    ULTIMATE_PARENT = "ultimate_parent"


class Arithmetic(StrEnum):
    MULTIPLICATIVE = "multiplicative"
    CASCADE = "cascade"


class Pooling(StrEnum):
    ALL = "all"
    EACH = "each"


class Join(StrEnum):
    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Line:
    """A threshold as a fraction, and whether it must be exceeded or only reached."""

    threshold: Fraction
    operator: Operator

    def met_by(self, share: Fraction) -> bool:
        return self.operator.met(share, self.threshold)


@dataclass(frozen=True, slots=True)
class FullLinks:
    """Links that meet `line` count as 1; with `first_link` False not the link from a seed."""

    line: Line
    first_link: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationTest:
    """A predicate on the subject's own attributes."""

    id: str
    subject: Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipTest:
    """An ownership, control or ultimate-parent test: `seeds` are the parties it looks for."""

    id: str
    kind: TestKind
    lane: Lane
    arithmetic: Arithmetic
    line: Line
    pooling: Pooling
    seeds: Predicate
    carrier: Line | None = None
    full_links: FullLinks | None = None
    float_is_clean: bool = True


Test = LocationTest | OwnershipTest


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Tests joined by `join` (any: one restricted test is enough)."""

    join: Join
    tests: tuple[Test, ...]
