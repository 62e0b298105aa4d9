"""Short ways to write down facts: `graph(rows, seeds="S", clean="P")`, with percents as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from lookthrough.control.facts import Attribute, Kind, Lane
from lookthrough.control.interval import Interval
from lookthrough.control.policy import (
    Arithmetic,
    Join,
    Line,
    Operator,
    OwnershipTest,
    Policy,
    Pooling,
    TestKind,
)
from lookthrough.control.predicate import AnyOf, CodeList, Located, Party
from lookthrough.control.results import OwnershipResult
from lookthrough.control.stakes import OwnershipGraph, Stake
from lookthrough.control.verdict import Verdict, judge

THERE = CodeList(frozenset({"CN"}))
SEEDS = AnyOf((Located(Attribute.HEADQUARTERS, THERE), Located(Attribute.NATIONALITY, THERE)))

Row = tuple[str, str, str]
"""Owner, owned, percent: `60`, `[25,50]`, `(25,50]`; `@b` behind it names a holding, `!` a conflict."""


def fraction_of(percent: str) -> Fraction:
    return Fraction(percent) / 100


def interval(text: str) -> Interval:
    if text[0] not in "([":
        return Interval(fraction_of(text), fraction_of(text))
    low, high = text[1:-1].split(",")
    return Interval(fraction_of(low), fraction_of(high), text[0] == "(", text[-1] == ")")


def stake(row: Row, lane: Lane = Lane.SHARES) -> Stake:
    owner, owned, text = row
    figure, _, holding = text.partition("@")
    return Stake(owner, owned, lane, interval(figure.rstrip("!")), holding, conflict=figure.endswith("!"))


def stakes(rows: Iterable[Row], lane: Lane = Lane.SHARES) -> dict[tuple[str, Lane], tuple[Stake, ...]]:
    found: defaultdict[tuple[str, Lane], list[Stake]] = defaultdict(list)
    for row in rows:
        found[row[1], lane].append(stake(row, lane))
    return {key: tuple(held) for key, held in found.items()}


def party(entity: str, kind: Kind, *codes: str) -> Party:
    """A party with these codes on record where the predicate `SEEDS` looks; none is unknown."""
    attribute = Attribute.NATIONALITY if kind is Kind.PERSON else Attribute.HEADQUARTERS
    return Party(entity, kind, locations={attribute: frozenset(codes)} if codes else {})


def parties(
    names: Iterable[str],
    *,
    seeds: str = "",
    clean: str = "",
    unsure: str = "",
    disputed: str = "",
    floats: str = "",
    kinds: Mapping[str, Kind] | None = None,
) -> dict[str, Party]:
    """Persons in `clean`, companies elsewhere: seeds in CN, disputed ones in CN or US, others in US."""
    found: dict[str, Party] = {}
    for name in sorted({*names, *seeds.split(), *clean.split(), *unsure.split(), *floats.split()}):
        usual = Kind.PERSON if name in clean.split() else Kind.COMPANY
        kind = Kind.PUBLIC_FLOAT if name in floats.split() else (kinds or {}).get(name, usual)
        codes: tuple[str, ...] = ("US",)
        if name in seeds.split():
            codes = ("CN",)
        elif name in disputed.split():
            codes = ("CN", "US")
        elif name in unsure.split() or name in floats.split():
            codes = ()
        found[name] = party(name, kind, *codes)
    return found


def graph(
    rows: Iterable[Row],
    *,
    seeds: str = "",
    clean: str = "",
    unsure: str = "",
    disputed: str = "",
    floats: str = "",
    kinds: Mapping[str, Kind] | None = None,
    unexplored: str = "",
) -> OwnershipGraph:
    rows = list(rows)
    names = {name for owner, owned, _ in rows for name in (owner, owned)}
    people = parties(
        names, seeds=seeds, clean=clean, unsure=unsure, disputed=disputed, floats=floats, kinds=kinds
    )
    return OwnershipGraph(people, stakes(rows), frozenset(unexplored.split()))


def line(text: str) -> Line:
    """`> 50` or `>= 25`, in percent."""
    operator, percent = text.split()
    return Line(fraction_of(percent), Operator(operator))


def ownership(
    over: str | Line = "> 50", *, lane: Lane = Lane.SHARES, floats_clean: bool = True
) -> OwnershipTest:
    return OwnershipTest(
        id="ownership",
        kind=TestKind.OWNERSHIP,
        lane=lane,
        arithmetic=Arithmetic.MULTIPLICATIVE,
        line=line(over) if isinstance(over, str) else over,
        pooling=Pooling.ALL,
        seeds=SEEDS,
        float_is_clean=floats_clean,
    )


def verdict(facts: OwnershipGraph, subject: str, test: OwnershipTest) -> Verdict:
    return judge(Policy(join=Join.ANY, tests=(test,)), facts, subject)


def result(facts: OwnershipGraph, subject: str, over: str | Line | OwnershipTest = "> 50") -> OwnershipResult:
    test = over if isinstance(over, OwnershipTest) else ownership(over)
    (only,) = verdict(facts, subject, test).results
    assert isinstance(only, OwnershipResult)
    return only


def figures(answer: OwnershipResult) -> tuple[Fraction, Fraction, Fraction]:
    return answer.restricted, answer.clean, answer.unknown


def share(text: str) -> Fraction:
    return Fraction(text)


def shares(*texts: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(text) for text in texts)
