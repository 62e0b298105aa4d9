"""A register like the British one: most companies have one or two holders, a few stand in deep chains."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import orjson

SEED = 20260101
STAKES = 100_000
DEEPER = 0.6
BANDS = {"[75,100]": 0.537, "(50,75)": 0.063, "(25,50]": 0.4}
NATURES = {"[75,100]": "75-to-100", "(50,75)": "50-to-75", "(25,50]": "25-to-50"}


class _Register:
    """The ids of a register of so many stakes, and the dice that draw it."""

    def __init__(self, stakes: int) -> None:
        self.dice = random.Random(SEED)
        self.between = [f"between-{i}" for i in range(stakes // 30)]
        self.leaves = [f"company-{i}" for i in range(int(stakes * 0.78))]
        self.holders = [f"holder-{i}" for i in range(stakes // 2)]
        drawn = _stakes(self.dice, self.between, self.leaves, self.holders)
        self.stakes = islice(drawn, stakes)


def write_register(folder: Path, stakes: int = STAKES) -> list[str]:
    """Write `entities.csv` and `stakes.csv`; gives the ids of the companies.

    Of the stakes, 6% are held by companies in between; one holder in a hundred has its seat in CN.
    """
    register = _Register(stakes)
    with (folder / "stakes.csv").open("w", newline="") as file:
        told = csv.writer(file)
        told.writerow(("owner", "owned", "percent"))
        told.writerows(register.stakes)
    with (folder / "entities.csv").open("w", newline="") as file:
        told = csv.writer(file)
        told.writerow(["id", "name", "kind", "headquarters", "nationality"])
        companies = (*register.between, *register.leaves)
        told.writerows((each, each.title(), "company", "GB", "") for each in companies)
        told.writerows((each, each.title(), "person", "", _seat(register.dice)) for each in register.holders)
    return register.leaves


def write_psc(file: Path, stakes: int = STAKES) -> None:
    """Write the same stakes as JSON lines of the register of people with significant control.

    As there, a person has no id beyond the company, and a company that holds is named by its number.
    """
    register = _Register(stakes)
    numbers = {each: f"{i:08}" for i, each in enumerate((*register.between, *register.leaves), 1)}
    with file.open("wb") as out:
        for i, (owner, owned, band) in enumerate(register.stakes):
            kind = "corporate-entity" if owner in numbers else "individual"
            record: dict[str, object] = {
                "kind": f"{kind}-person-with-significant-control",
                "links": {
                    "self": f"/company/{numbers[owned]}/persons-with-significant-control/{kind}/{i:012}"
                },
                "name": owner.title(),
                "notified_on": "2016-04-06",
                "natures_of_control": [f"ownership-of-shares-{NATURES[band]}-percent"],
            }
            if owner in numbers:
                record["identification"] = {
                    "country_registered": "England And Wales",
                    "place_registered": "Companies House",
                    "registration_number": numbers[owner],
                }
            out.write(orjson.dumps({"company_number": numbers[owned], "data": record}) + b"\n")


def _seat(dice: random.Random) -> str:
    return "CN" if dice.random() < 0.01 else "GB"


def _stakes(
    dice: random.Random, between: list[str], leaves: list[str], holders: list[str]
) -> Iterator[tuple[str, str, str]]:
    """Owners are popular or not; those in between hold each other downward only, but for a few rings."""
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


def _between(dice: random.Random, between: list[str], i: int, *, inside: bool) -> str:
    if inside and i and dice.random() > 0.01:
        return between[dice.randrange(i)]
    return _popular(dice, between)


def _popular(dice: random.Random, ids: list[str]) -> str:
    return ids[int(len(ids) * dice.random() ** 2.5)]


def _band(dice: random.Random) -> str:
    return dice.choices(list(BANDS), list(BANDS.values()))[0]
