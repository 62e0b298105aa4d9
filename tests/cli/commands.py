"""The real command in processes of its own, with an environment in which nothing of the user's is left."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

Json = dict[str, Any]
COMMAND = Path(sys.executable).parent / "lookthrough"
PATIENCE = 120.0
_PAUSE = 0.05
_SMALL_SERVER = {"LOOKTHROUGH_NEO4J_HEAP": "256m", "LOOKTHROUGH_NEO4J_PAGECACHE": "64m"}


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def document(self) -> Json:
        """The one JSON document on standard output; fails where there is anything else."""
        assert self.out.endswith(b"\n")
        assert self.out.count(b"\n") == 1, self.out
        document: Json = json.loads(self.out)
        return document

    @property
    def answer(self) -> bytes:
        """The bytes of the document of a command that did its work."""
        assert self.code == 0, self.err
        assert self.document is not None
        return self.out.removesuffix(b"\n")

    @property
    def sentence(self) -> str:
        """The one line on standard error."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where commands are typed: a folder, settings, and what no output may ever hold."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    secrets: tuple[str, ...] = ()

    def but(self, **settings: str) -> Desk:
        """The same with other settings; an empty text takes one away."""
        kept = {**self.settings, **{f"LOOKTHROUGH_{name}": value for name, value in settings.items()}}
        return replace(self, settings={name: value for name, value in kept.items() if value})

    @property
    def home(self) -> Path:
        return Path(self.settings["LOOKTHROUGH_HOME"])

    def environment(self) -> dict[str, str]:
        system = {name: value for name, value in os.environ.items() if not name.startswith("LOOKTHROUGH_")}
        cache = os.environ.get("LOOKTHROUGH_CACHE")
        return {**system, **({"LOOKTHROUGH_CACHE": cache} if cache else {}), **_SMALL_SERVER, **self.settings}

    def run(self, *arguments: str | Path) -> Done:
        """Run `lookthrough` with these arguments until it ends."""
        ended = subprocess.run(
            [COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return self._checked(ended.returncode, ended.stdout, ended.stderr)

    @contextmanager
    def started(self, *arguments: str | Path) -> Generator[Running]:
        """The command while it runs; at the end it is interrupted if it still does, and must end."""
        with (self.folder / "out").open("w+b") as out, (self.folder / "err").open("w+b") as err:
            process = subprocess.Popen(
                [COMMAND, *arguments],
                cwd=self.folder,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
            running = Running(self, process)
            try:
                yield running
            finally:
                if process.poll() is None:
                    running.end()

    def _checked(self, code: int, out: bytes, err: bytes) -> Done:
        for secret in self.secrets:
            assert secret.encode() not in out + err
        return Done(code, out, err.decode())

    def done(self, process: subprocess.Popen[bytes]) -> Done:
        code = process.wait(PATIENCE)
        return self._checked(code, (self.folder / "out").read_bytes(), (self.folder / "err").read_bytes())


@dataclass(frozen=True, slots=True)
class Running:
    """A command under way."""

    desk: Desk
    process: subprocess.Popen[bytes]

    def ready(self, address: str) -> None:
        """Return once the service answers there with its database behind it."""
        deadline = time.monotonic() + PATIENCE
        while not _answers(f"{address}/readyz"):
            assert self.process.poll() is None, self.desk.done(self.process)
            assert time.monotonic() < deadline, "the service does not answer"
            time.sleep(_PAUSE)

    def end(self, number: signal.Signals = signal.SIGINT) -> Done:
        """Send a signal, and say how the command ended."""
        self.process.send_signal(number)
        return self.desk.done(self.process)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address).is_success
    except httpx.TransportError:
        return False


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
