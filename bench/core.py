"""A core of companies that hold most of each other: where path sums go wrong."""

from __future__ import annotations

import csv
import random
from fractions import Fraction
from pathlib import Path

import numpy as np

from lookthrough.control.facts import Kind, Lane
from lookthrough.control.interval import exactly
from lookthrough.control.policy import Arithmetic, Line, Operator, OwnershipTest, Pooling, TestKind
from lookthrough.control.predicate import Party, WithId
from lookthrough.control.stakes import OwnershipGraph, Stake

COMPANIES = 1_318
INSIDE_OWNERS = 9
TENTH = Fraction(1, 10)
SEED = 20260101


def write_core(folder: Path, companies: int = COMPANIES) -> str:
    """Write `entities.csv` and `stakes.csv`: 90% of each company held inside, 10% by one outsider each.

    About 61% of the outsiders have their headquarters in CN. Gives the id of one company.
    """
    dice = random.Random(SEED)
    with (folder / "entities.csv").open("w", newline="") as entities:
        rows = csv.writer(entities)
        rows.writerow(["id", "kind", "headquarters"])
        for i in range(companies):
            rows.writerow([f"core-{i}", "company", "US"])
            rows.writerow([f"out-{i}", "company", "CN" if dice.random() < 0.61 else "US"])
    with (folder / "stakes.csv").open("w", newline="") as stakes:
        rows = csv.writer(stakes)
        rows.writerow(["owner", "owned", "percent"])
        for i in range(companies):
            rows.writerow([f"out-{i}", f"core-{i}", "10"])
            for owner in dice.sample([j for j in range(companies) if j != i], INSIDE_OWNERS):
                rows.writerow([f"core-{owner}", f"core-{i}", "10"])
    return "core-0"


def core(companies: int, seeds: float) -> tuple[OwnershipGraph, OwnershipTest, list[list[int]], set[int]]:
    """9 owners of a tenth each inside, one outsider with the last tenth; some outsiders are seeds."""
    dice = random.Random(SEED)
    restricted = {i for i in range(companies) if dice.random() < seeds}
    owners = [dice.sample([j for j in range(companies) if j != i], INSIDE_OWNERS) for i in range(companies)]
    stakes = {
        (f"c{i}", Lane.SHARES): tuple(
            Stake(owner, f"c{i}", Lane.SHARES, exactly(TENTH))
            for owner in (f"out{i}", *(f"c{j}" for j in owners[i]))
        )
        for i in range(companies)
    }
    people = {f"out{i}": Party(f"out{i}", Kind.PERSON) for i in range(companies)}
    firms = {f"c{i}": Party(f"c{i}", Kind.COMPANY) for i in range(companies)}
    test = OwnershipTest(
        id="ownership",
        kind=TestKind.OWNERSHIP,
        lane=Lane.SHARES,
        arithmetic=Arithmetic.MULTIPLICATIVE,
        line=Line(Fraction(1, 2), Operator.OVER),
        pooling=Pooling.ALL,
        seeds=WithId(frozenset(f"out{i}" for i in restricted)),
    )
    return OwnershipGraph({**people, **firms}, stakes), test, owners, restricted


def in_floats(owners: list[list[int]], restricted: set[int]) -> float:
    size = len(owners)
    matrix = np.eye(size)
    for i, held_by in enumerate(owners):
        matrix[i, held_by] -= 0.1
    right = np.array([0.1 if i in restricted else 0.0 for i in range(size)])
    return float(np.linalg.solve(matrix, right)[0])
