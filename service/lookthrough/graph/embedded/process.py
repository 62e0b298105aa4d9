"""A process that outlives the one that started it, told from another one with the same number."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Ended children stay in the process table until their parent asks for them, so the parent keeps them here.
_children: dict[int, subprocess.Popen[bytes]] = {}
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Process:
    """A process by its number and the moment of its start; the number alone is given again to others."""

    pid: int
    started: str

    def alive(self) -> bool:
        """Whether this very process still runs."""
        return self.started != "" and _start_of(self.pid) == self.started

    def end(self, grace: float) -> None:
        """Ask it to end, kill it after `grace` seconds, return when it is gone."""
        self._signal(signal.SIGTERM)
        if not self._gone_within(grace):
            self._signal(signal.SIGKILL)
            self._gone_within(grace)

    def _signal(self, number: signal.Signals) -> None:
        if self.alive():
            os.kill(self.pid, number)

    def _gone_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(_PAUSE)
        return True


def spawn(command: Sequence[str | Path], environment: Mapping[str, str], folder: Path, log: Path) -> Process:
    """Start `command` in a session of its own; its output replaces the file `log`."""
    with log.open("wb") as output:
        child = subprocess.Popen(  # noqa: S603  the command is ours: Java, flags, folders
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _children[child.pid] = child
    return Process(child.pid, _start_of(child.pid) or "")


def _start_of(pid: int) -> str | None:
    """A text that differs between two processes with one number; None where no process of it runs."""
    child = _children.get(pid)
    if child is not None and child.poll() is not None:
        del _children[pid]
    return _start_in_proc(pid) if Path("/proc/self/stat").exists() else _start_from_ps(pid)


def _start_in_proc(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name stands in brackets and may hold anything; after it come fields 3 and up.
    fields = stat.rpartition(")")[2].split()
    state, threads, ticks = fields[0], int(fields[17]), fields[19]
    # A killed process is a zombie at once, but holds its ports until its last thread is gone.
    return None if state in "ZX" and threads <= 1 else f"{_boot()}:{ticks}"


def _boot() -> str:
    # Ticks count from the start of the machine, so they tell processes apart only within one boot.
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _start_from_ps(pid: int) -> str | None:
    answer = subprocess.run(  # noqa: S603  a fixed program and a number
        ["/bin/ps", "-o", "stat=", "-o", "lstart=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C", "TZ": "UTC"},
    )
    state, _, start = answer.stdout.strip().partition(" ")
    return start.strip() if start and not state.startswith("Z") else None
