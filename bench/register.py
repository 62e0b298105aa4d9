"""A register like the British one: most companies have one or two holders, a few stand in deep chains."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

SEED = 20260101
STAKES = 100_000
DEEPER = 0.6
BANDS = {"[75,100]": 0.537, "(50,75)": 0.063, "(25,50]": 0.4}


def write_register(folder: Path, stakes: int = STAKES) -> list[str]:
    """Write `entities.csv` and `stakes.csv`; gives the ids of the companies.

    Of the stakes, 6% are held by companies in between; one holder in a hundred has its seat in CN.
    """
    dice = random.Random(SEED)
    between = [f"between-{i}" for i in range(stakes // 30)]
    leaves = [f"company-{i}" for i in range(int(stakes * 0.78))]
    holders = [f"holder-{i}" for i in range(stakes // 2)]
    rows = list(_stakes(dice, between, leaves, holders, stakes))
    with (folder / "stakes.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("owner", "owned", "percent"), *rows])
    with (folder / "entities.csv").open("w", newline="") as file:
        told = csv.writer(file)
        told.writerow(["id", "name", "kind", "headquarters", "nationality"])
        told.writerows((each, each.title(), "company", "GB", "") for each in [*between, *leaves])
        told.writerows((each, each.title(), "person", "", _seat(dice)) for each in holders)
    return leaves


def _seat(dice: random.Random) -> str:
    return "CN" if dice.random() < 0.01 else "GB"


def _stakes(
    dice: random.Random, between: list[str], leaves: list[str], holders: list[str], stakes: int
) -> Iterator[tuple[str, str, str]]:
    """Owners are popular or not; those in between hold each other downward only, but for a few rings."""
    count = 0
    for i, company in enumerate([*between, *leaves]):
        inside = i < len(between)
        number = 1 if dice.random() < 0.8 else dice.randint(2, 4)
        for _ in range(number):
            deep = dice.random() < (DEEPER if inside else 0.055)
            yield (
                _between(dice, between, i, inside=inside) if deep else _popular(dice, holders),
                company,
                _band(dice),
            )
            count += 1
            if count == stakes:
                return


def _between(dice: random.Random, between: list[str], i: int, *, inside: bool) -> str:
    if inside and i and dice.random() > 0.01:
        return between[dice.randrange(i)]
    return _popular(dice, between)


def _popular(dice: random.Random, ids: list[str]) -> str:
    return ids[int(len(ids) * dice.random() ** 2.5)]


def _band(dice: random.Random) -> str:
    return dice.choices(list(BANDS), list(BANDS.values()))[0]
