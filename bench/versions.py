"""Two checkouts side by side: loads, verdicts and chains, timed in alternating pairs.

`python -m bench.versions OLD NEW` runs both with the Python of their own `.venv`, each on an embedded server.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAIRS = 24
WARM = 4
INTERVAL = (6, 17)
"""Places, from 0, of the sorted ratios of 24 pairs that enclose the median with 97.7%."""
WORK = ("load", "load_again", "verdict", "verdict_again", "chains")
WORKER = Path(__file__).with_name("version_worker.py")


@dataclass(frozen=True, slots=True)
class Side:
    """One checkout at work: told what to do, it answers with the seconds it took."""

    process: subprocess.Popen[str]

    def seconds(self, work: str, turn: int) -> float:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{work} {turn}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def main() -> None:
    old, new = (Path(argument).resolve() for argument in sys.argv[1:3])
    with _side(old) as before, _side(new) as after:
        for work in WORK:
            _report(work, [_pair(before, after, work, turn) for turn in range(WARM + PAIRS)][WARM:])


@contextmanager
def _side(checkout: Path) -> Generator[Side]:
    command = [checkout / ".venv" / "bin" / "python", WORKER]
    with subprocess.Popen(  # noqa: S603  the two checkouts that the caller names
        command, cwd=checkout, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Side(process)
        assert process.stdin is not None
        process.stdin.close()


def _pair(before: Side, after: Side, work: str, turn: int) -> tuple[float, float]:
    """Who goes first changes from pair to pair."""
    if turn % 2:
        late = after.seconds(work, turn)
        return before.seconds(work, turn), late
    return before.seconds(work, turn), after.seconds(work, turn)


def _report(work: str, pairs: list[tuple[float, float]]) -> None:
    ratios = sorted(new / old for old, new in pairs)
    low, high = (ratios[place] for place in INTERVAL)
    old, new = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    median = statistics.median(ratios)
    print(
        f"{work}: {new:.1f} ms against {old:.1f} ms, ratio {median:.2f} [{low:.2f}, {high:.2f}]", flush=True
    )


if __name__ == "__main__":
    main()
