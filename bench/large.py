"""Forty thousand stakes above one company: a cross-held core, and the holders of its outside owners."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

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
from lookthrough.control.predicate import Party, WithId
from lookthrough.control.stakes import OwnershipGraph, Stake

from .core import COMPANIES, SEED, core

HOLDERS = 20
SEEDS = 400


def large(companies: int = COMPANIES, holders: int = HOLDERS) -> tuple[OwnershipGraph, OwnershipTest]:
    """The core of `bench.core`, where each outside owner is a company with `holders` holders of its own.

    Of the holders, 400 are seeds; a third of the figures are filed as "more than".
    """
    inner, test, _, _ = core(companies, seeds=0.0)
    dice = random.Random(SEED)
    stakes = dict(inner.stakes)
    parties = dict(inner.parties)
    for i in range(companies):
        outside = f"out{i}"
        parties[outside] = Party(outside, Kind.COMPANY)
        names = [f"p{dice.randrange(companies * 4)}" for _ in range(holders)]
        parties.update((name, Party(name, Kind.PERSON)) for name in names)
        stakes[outside, Lane.SHARES] = tuple(
            Stake(name, outside, Lane.SHARES, _figure(dice, holders)) for name in dict.fromkeys(names)
        )
    people = sorted(name for name, party in parties.items() if party.kind is Kind.PERSON)
    seeds = WithId(frozenset(dice.sample(people, SEEDS)))
    return OwnershipGraph(parties, stakes), replace(test, seeds=seeds)


def _figure(dice: random.Random, holders: int) -> Interval:
    low = Fraction(dice.randint(50, 100), 100 * holders)
    return (
        Interval(low, low, low_open=False) if dice.random() < 0.67 else Interval(low, 2 * low, low_open=True)
    )


def rules(test: OwnershipTest) -> Iterator[tuple[str, OwnershipTest]]:
    """Every arithmetic, at a line that is far away and at one that is met."""
    for percent in (50, 2):
        line = Line(Fraction(percent, 100), Operator.OVER)
        ruled = replace(test, line=line)
        cascade = replace(ruled, arithmetic=Arithmetic.CASCADE)
        yield f"multiplicative > {percent}%", ruled
        yield f"cascade, all, > {percent}%", cascade
        yield f"cascade, each, > {percent}%", replace(cascade, pooling=Pooling.EACH)
        yield f"control, > {percent}%", replace(cascade, kind=TestKind.CONTROL, lane=Lane.VOTES)
        yield f"full links, > {percent}%", replace(ruled, full_links=FullLinks(line))
        yield f"ultimate parent, > {percent}%", replace(ruled, kind=TestKind.ULTIMATE_PARENT)
