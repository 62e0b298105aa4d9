"""Random charts for every arithmetic: loops, closed rings, contradictions, groups, votes and board stakes.

They come from a seeded generator, not from hypothesis: the number of charts and with it the run time is
fixed, every run meets the same ones, and a failure names the number that makes its chart again. Set
`LOOKTHROUGH_CHARTS` to a factor for a deeper run.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random
from typing import Literal

from lookthrough.control.facts import Kind, Lane
from lookthrough.control.interval import Interval
from lookthrough.control.policy import (
    Arithmetic,
    FullLinks,
    Line,
    Operator,
    OwnershipTest,
    Pooling,
    TestKind,
)
from lookthrough.control.stakes import OwnershipGraph, Stake

from .build import SEEDS, party

GRAIN = 20
FACTOR = int(os.environ.get("LOOKTHROUGH_CHARTS", "1"))
Truth = Literal["yes", "no", "unknown"]
TRUTHS: tuple[Truth, ...] = ("no", "no", "no", "yes", "unknown")
PEOPLE: Mapping[str, tuple[Kind, Truth]] = {
    "s": (Kind.PERSON, "yes"),
    "z": (Kind.STATE, "yes"),
    "p": (Kind.PERSON, "no"),
    "x": (Kind.PERSON, "unknown"),
    "f": (Kind.PUBLIC_FLOAT, "no"),
}
Name = tuple[str, str, str, Lane]
"""Owner, owned, holding and lane: what makes a stake one stake."""


@dataclass(frozen=True)
class Row:
    owner: str
    owned: str
    low: Fraction
    high: Fraction
    low_open: bool = False
    holding: str = ""
    lane: Lane = Lane.SHARES

    @property
    def name(self) -> Name:
        return self.owner, self.owned, self.holding, self.lane


@dataclass(frozen=True)
class Chart:
    """Whom the predicate holds of, what kind everybody is, who holds what; `controls` are owner and owned."""

    truths: Mapping[str, Truth]
    kinds: Mapping[str, Kind]
    rows: tuple[Row, ...]
    controls: tuple[tuple[str, str, Lane], ...] = ()
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    floats_clean: bool = True
    subject: str = "c0"

    def companies(self) -> list[str]:
        return sorted(name for name, kind in self.kinds.items() if kind is Kind.COMPANY)

    def facts(self) -> OwnershipGraph:
        held: defaultdict[tuple[str, Lane], list[Stake]] = defaultdict(list)
        for row in self.rows:
            figure = Interval(row.low, row.high, row.low_open)
            held[row.owned, row.lane].append(Stake(row.owner, row.owned, row.lane, figure, row.holding))
        for owner, owned, lane in self.controls:
            held[owned, lane].append(Stake(owner, owned, lane, None))
        codes = {"yes": ("CN",), "no": ("US",), "unknown": ()}
        people = {
            name: party(name, kind, *(() if kind is Kind.PUBLIC_FLOAT else codes[self.truths[name]]))
            for name, kind in self.kinds.items()
        }
        stakes = {key: tuple(found) for key, found in held.items()}
        return OwnershipGraph(people, stakes, groups=self.groups)

    def counting(self, company: str, lane: Lane) -> list[Row]:
        """The rows of a company that count in a lane: shares stand in where no vote is on record."""
        own = [row for row in self.rows if row.owned == company and row.lane is lane]
        if own or lane is not Lane.VOTES:
            return own
        return [row for row in self.rows if row.owned == company and row.lane is Lane.SHARES]

    def with_figure(self, name: Name, figure: Fraction) -> Chart:
        """The same facts with one stake at exactly this figure."""
        return replace(
            self,
            rows=tuple(
                replace(row, low=figure, high=figure, low_open=False) if row.name == name else row
                for row in self.rows
            ),
        )

    def with_rows(self, rows: Sequence[Row]) -> Chart:
        return replace(self, rows=(*self.rows, *rows))

    def with_person(self, name: str, truth: Truth) -> Chart:
        return replace(self, truths={**self.truths, name: truth}, kinds={**self.kinds, name: Kind.PERSON})


def chart(random: Random, most: int = 6) -> Chart:
    count = random.randint(2, most)
    companies = [f"c{i}" for i in range(count)]
    truths: dict[str, Truth] = {name: random.choice(TRUTHS) for name in companies}
    kinds = dict.fromkeys(companies, Kind.COMPANY)
    for name, (kind, truth) in PEOPLE.items():
        truths[name], kinds[name] = truth, kind
    names = [*companies, *companies, *PEOPLE, "s", "p"]
    if random.random() < 0.2:  # a dense core: everybody holds of everybody
        names = companies * 4 + ["s", "p"]
    rows = [row for company in companies for row in _holders(random, company, companies, names)]
    for company in companies:
        if random.random() < 0.25:
            rows += _holders(random, company, companies, names, Lane.VOTES)
    return Chart(
        truths,
        kinds,
        tuple(rows),
        tuple(_controls(random, companies, names)),
        dict(_groups(random, [*companies, "s", "z", "p", "x"])),
        floats_clean=random.random() < 0.7,
    )


def _controls(random: Random, companies: list[str], names: list[str]) -> Iterator[tuple[str, str, Lane]]:
    for company in companies:
        if random.random() < 0.15:
            yield random.choice(names), company, random.choice([Lane.BOARD, Lane.CONTROL])


def _groups(random: Random, names: list[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for number in range(random.choice([0, 0, 1, 2])):
        yield f"g{number}", frozenset(random.sample(names, random.randint(2, 3)))


def _holders(
    random: Random, company: str, companies: list[str], names: list[str], lane: Lane = Lane.SHARES
) -> Iterator[Row]:
    style = random.choice(["any", "band", "band", "full", "full", "exact", "exact", "ring", "none"])
    if style == "none":
        return
    if style == "ring":
        following = companies[(companies.index(company) + 1) % len(companies)]
        yield Row(following, company, Fraction(1), Fraction(1), lane=lane)
        return
    left = GRAIN
    owners = [random.choice(names) for _ in range(random.randint(1, 4))]
    for number, owner in enumerate(owners):
        bound = GRAIN if style == "any" else left
        low = left if style == "full" and number == len(owners) - 1 else random.randint(0, bound)
        if style != "any" and random.random() < 0.3:  # halves and quarters make ties
            low = min(left, random.choice([5, 10]))
        left = max(0, left - low)
        width = 0 if style in ("exact", "full") else random.choice([0, random.randint(0, GRAIN - low)])
        low_open = width > 0 and random.random() < 0.5
        if style in ("any", "band") and random.random() < 0.1:  # nothing is known of the stake
            low, width, low_open = 0, GRAIN, False
        ends = Fraction(low, GRAIN), Fraction(low + width, GRAIN)
        yield Row(owner, company, *ends, low_open, str(number), lane)


LINES = [Fraction(n, GRAIN) for n in (2, 5, 6, 10, 10, 10, 15)]


def line(random: Random) -> Line:
    return Line(random.choice(LINES), random.choice(list(Operator)))


def rule_of(random: Random, chart: Chart, kind: str) -> OwnershipTest:
    """A test of this kind: `multiplicative`, `cascade`, `control`, `parent` or `full links`."""
    kinds = {"control": TestKind.CONTROL, "parent": TestKind.ULTIMATE_PARENT}
    lanes = [Lane.SHARES, Lane.SHARES, Lane.VOTES]
    final = line(random)
    other = random.choice([None, final, line(random)])
    over_half = Line(Fraction(1, 2), Operator.OVER)
    if kind in kinds and random.random() < 0.5:
        final, other = over_half, None
    return OwnershipTest(
        id=kind,
        kind=kinds.get(kind, TestKind.OWNERSHIP),
        lane=Lane.VOTES if kind == "control" else random.choice(lanes),
        arithmetic=Arithmetic.CASCADE if kind in ("cascade", "control") else Arithmetic.MULTIPLICATIVE,
        line=final,
        pooling=random.choice(list(Pooling)) if kind in ("cascade", "control") else Pooling.ALL,
        seeds=SEEDS,
        carrier=other if kind in ("cascade", "control") else None,
        full_links=FullLinks(line(random), random.random() < 0.5) if kind == "full links" else None,
        float_is_clean=chart.floats_clean,
    )


KINDS = ("multiplicative", "cascade", "control", "parent", "full links")


def drawn(number: int, kind: str) -> tuple[Chart, OwnershipTest, Random]:
    """Chart and test of this number, and the generator to draw on from."""
    random = Random(f"{kind} {number}")
    found = chart(random)
    return found, rule_of(random, found, kind), random
