"""The folder of one embedded server: its data, its password, and what it remembers between commands."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from .errors import ServerTimeout, SettingRefused
from .filelock import try_lock
from .process import Process

_LOG_LINES = 20
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Record:
    """What `server.json` holds: the ports of the home, and the process that was started, 0 and "" if none."""

    version: str
    bolt_port: int
    http_port: int
    pid: int = 0
    started: str = ""

    @property
    def process(self) -> Process | None:
        return Process(self.pid, self.started) if self.pid else None

    def stopped(self) -> Record:
        return replace(self, pid=0, started="")


class Home:
    """Paths below `folder`, and the small files in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.server = self.folder / "server"
        self.data = self.server / "data"
        self.configuration = self.server / "conf"
        self.logs = self.server / "logs"
        self.console_log = self.logs / "console.log"
        self.password_file = self.folder / "password"
        self._record = self.folder / "server.json"
        self.first_load = self.folder / "first-load"
        self.half_imported = self.first_load / "importing"

    def create(self) -> None:
        """Make the folders. A home that is made here is private; the server's part of it always is."""
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self.server, self.data, self.configuration, self.logs):
            folder.mkdir(mode=0o700, exist_ok=True)
        self.server.chmod(0o700)

    def password(self) -> str | None:
        """The password, or None where none was made yet. Raises SettingRefused where the file is empty."""
        try:
            password = self.password_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        if not password:
            raise SettingRefused(f"the password file {self.password_file} is empty")
        return password

    def make_password(self) -> str:
        """The password, made and kept for the user alone where there was none."""
        password = self.password()
        if password is None:
            password = secrets.token_urlsafe()
            write_private(self.password_file, password + "\n")
        return password

    def record(self) -> Record | None:
        """What was remembered, or None in a new home. Raises SettingRefused where it cannot be read."""
        try:
            return Record(**json.loads(self._record.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as error:
            raise SettingRefused(f"{self._record} cannot be read ({error}); delete it") from error

    def has_data(self) -> bool:
        """Whether a server has run here, and so has taken a password."""
        return (self.data / "databases" / "system").exists()

    def remember(self, record: Record) -> None:
        write_private(self._record, json.dumps(asdict(record), indent=2) + "\n")

    def log_tail(self) -> str:
        """The last 20 lines that say something: the server's log, then what Java wrote by itself."""
        text = "\n".join(_read(log) for log in (self.logs / "neo4j.log", self.console_log))
        said = [line for line in text.splitlines() if line.strip() and not line.startswith("\tat ")]
        return "\n".join(said[-_LOG_LINES:])

    @contextmanager
    def locked(self, wait: float, name: str = "lock") -> Generator[None]:
        """Hold the home against other processes. Raises ServerTimeout after `wait` seconds in vain."""
        deadline = time.monotonic() + wait
        with (self.folder / name).open("a+b") as file:
            while not try_lock(file):
                if time.monotonic() > deadline:
                    raise ServerTimeout(f"another process has held {self.folder} for {wait:g} s")
                time.sleep(_PAUSE)
            yield


def write_private(path: Path, text: str) -> None:
    """Write `path` whole or not at all, readable by the user alone."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _read(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - (1 << 16)))
            return file.read().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
