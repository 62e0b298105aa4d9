"""Seeded wrong lines: each is put into a copy of the package, and unit tests of the mathematics must fail.

`python -m bench.mutations` writes `bench/mutations.md`. A patch that no longer applies is an error.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = Path("service/lookthrough/control")
TESTS = "tests/unit/control"
ENOUGH = 20
"""Failing tests after which a run stops."""
RECORD = Path(__file__).parent / "mutations.md"
HEAD = """# Seeded wrong lines

`python -m bench.mutations` puts each of these into a copy of the package, runs `tests/unit/control` there and
writes this page. A line that no test catches is a hole in the tests.

| wrong line | where | tests that fail | the first of them |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Mutation:
    """`right` stands once in the file and becomes `wrong`."""

    name: str
    where: str
    file: str
    right: str
    wrong: str


MUTATIONS = (
    Mutation(
        "`>` where the rule says `>=`",
        "policy.py, where an operator is met",
        "policy.py",
        "share > threshold if self is Operator.OVER else share >= threshold",
        "share > threshold",
    ),
    Mutation(
        "`>=` where the rule says `>`",
        "policy.py, where an operator is met",
        "policy.py",
        "share > threshold if self is Operator.OVER else share >= threshold",
        "share >= threshold",
    ),
    Mutation(
        "an unknown stake counts as 0",
        "weights.py, the weight of what is undisclosed",
        "weights.py",
        "undisclosed = ONE - sum((link.weight for link in raw), ZERO)",
        "undisclosed = ZERO",
    ),
    Mutation(
        "an unknown stake counts as 1",
        "weights.py, the least that a stake can be",
        "weights.py",
        "low = sum((interval.low for interval in intervals), ZERO)",
        "low = sum((ONE if (i.low, i.high) == (ZERO, ONE) else i.low for i in intervals), ZERO)",
    ),
    Mutation(
        "a stake counts at its max",
        "weights.py, the least that a stake can be",
        "weights.py",
        "low = sum((interval.low for interval in intervals), ZERO)",
        "low = sum((interval.high for interval in intervals), ZERO)",
    ),
    Mutation(
        "threshold before summing: a holder below the line is left out of the sum",
        "cascade.py, what a new member holds",
        "cascade.py",
        "members.sums[link.owned] = members.held_in(link.owned) + link.weight",
        "members.sums[link.owned] = members.held_in(link.owned)"
        " + (link.weight if self.carrier.met_by(link.weight) else ZERO)",
    ),
    Mutation(
        "simple paths only: what members of a loop hold of each other is left out",
        "multiplicative.py, the weights inside a component",
        "multiplicative.py",
        "{inside[link.owner]: link.weight for link in reach.weighty(member) if link.owner in inside}",
        "dict[int, Fraction]()",
    ),
    Mutation(
        "no more than 10 levels are looked at",
        "reach.py, the walk upward",
        "reach.py",
        "ahead.extend(link.owner for link in owners[entity].links if link.high > ZERO)",
        "ahead.extend(link.owner for link in owners[entity].links if link.high > ZERO and len(roles) <= 10)",
    ),
    Mutation(
        "pooling is ignored: all seeds together where each counts alone",
        "cascade.py, one run for all",
        "cascade.py",
        "        if self.reach.test.pooling is Pooling.ALL:\n            possible",
        "        if True:\n            possible",
    ),
    Mutation(
        "a figure that is more than its min counts as the min",
        "weights.py, whether a min is open",
        "weights.py",
        "strict = any(interval.low_open for interval in intervals)",
        "strict = False",
    ),
    Mutation(
        "what is undisclosed counts as clean",
        "multiplicative.py, C of what can be looked through",
        "multiplicative.py",
        "return ONE if self.reach.roles[entity] is Role.CLEAN else self.clean.get(entity, ZERO)",
        "return ONE - self.restricted_of(entity)",
    ),
    Mutation(
        "seeds do not absorb: the walk goes on through them",
        "reach.py, where the walk stops",
        "reach.py",
        "return test.kind is TestKind.OWNERSHIP and test.pooling is Pooling.ALL",
        "return False",
    ),
    Mutation(
        "seeds do not absorb: their share is that of their owners",
        "multiplicative.py, R of a seed",
        "multiplicative.py",
        "return ONE if self.reach.roles[entity] is Role.SEED else self.restricted.get(entity, ZERO)",
        "return self.restricted.get(entity, ZERO)",
    ),
    Mutation(
        "the lower set is used for the upper",
        "cascade.py, growing the upper set",
        "cascade.py",
        "grow(upper, open_share=True, onto=unnamed)",
        "grow(lower)",
    ),
    Mutation(
        "stakes over 100% are taken as they are",
        "weights.py, what holds however the excess is resolved",
        "weights.py",
        "weight = max(ZERO, link.low - excess)",
        "weight = link.low",
    ),
)


def main() -> None:
    for mutation in MUTATIONS:
        _check(mutation)
    rows = [_row(mutation) for mutation in MUTATIONS]
    RECORD.write_text(HEAD + "".join(rows), encoding="utf-8")
    if any("| none |" in row for row in rows):
        sys.exit("a wrong line is not caught")


def _check(mutation: Mutation) -> None:
    count = (ROOT / PACKAGE / mutation.file).read_text(encoding="utf-8").count(mutation.right)
    if count != 1:
        sys.exit(f"{mutation.file}: {mutation.right!r} is there {count} times; the patch does not apply")


def _row(mutation: Mutation) -> str:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("service", "tests", "bench", "cypher"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        file = copy / PACKAGE / mutation.file
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(mutation.right, mutation.wrong), encoding="utf-8")
        failing = _failing(copy)
    print(f"{mutation.name}: {len(failing)}", flush=True)
    first = f"`{failing[0]}`" if failing else ""
    count = "none" if not failing else f"{len(failing)}{' or more' if len(failing) >= ENOUGH else ''}"
    return f"| {mutation.name} | {mutation.where} | {count} | {first} |\n"


def _failing(copy: Path) -> list[str]:
    """Names of the tests that fail, in the order in which they run."""
    path = os.pathsep.join([str(copy / "service"), str(copy)])
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pytest", TESTS, "-q", "--tb=no", f"--maxfail={ENOUGH}"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode not in (0, 1):
        sys.exit(f"the tests could not run: {run.stdout[-2000:]}{run.stderr[-2000:]}")
    return re.findall(r"^(?:FAILED|ERROR) \S*?([\w]+\.py::\S+)", run.stdout, re.MULTILINE)


if __name__ == "__main__":
    main()
