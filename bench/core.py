"""A core of companies that hold most of each other, as CSV files: where path sums go wrong."""

from __future__ import annotations

import csv
import random
from pathlib import Path

COMPANIES = 1_318
INSIDE_OWNERS = 9
INSIDE = 90.0
SEED = 20260101


def write_core(folder: Path, companies: int = COMPANIES) -> str:
    """Write `entities.csv` and `stakes.csv`: 90% of each company held inside, 10% by one outsider each.

    About 61% of the outsiders have their headquarters in CN. Gives the id of one company.
    """
    dice = random.Random(SEED)  # noqa: S311
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
                rows.writerow([f"core-{owner}", f"core-{i}", f"{INSIDE / INSIDE_OWNERS:g}"])
    return "core-0"
