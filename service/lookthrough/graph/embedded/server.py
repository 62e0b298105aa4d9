"""The embedded server: a real Neo4j Community that goes on running between commands."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from . import ports
from .configuration import (
    DEFAULT_HEAP,
    HEAP_VARIABLE,
    USER,
    java_environment,
    java_flags,
    size_of,
    write_configuration,
    write_credentials,
)
from .errors import HalfImported, NewerHome, PasswordRefused, ServerCrashed, ServerTimeout
from .extra import java
from .folders import default_cache
from .home import Home, Record
from .jars import JarCache, Progress
from .process import Process, spawn

STOP_GRACE = 60.0
"""Seconds that a server gets to end by itself before it is killed."""
_LOCK_WAIT = 60.0 + 2 * STOP_GRACE
_PORT_WAIT = 1.0
_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class Connection:
    """What a driver needs, and where Neo4j Browser is served."""

    uri: str
    user: str
    password: str = field(repr=False)
    browser_url: str | None


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """The server of `home` now; `reason` says, with the tail of its log, why it no longer runs.

    Addresses are there as soon as ports were chosen, also while the server is stopped.
    """

    running: bool
    pid: int | None
    bolt_uri: str | None
    http_url: str | None
    browser_url: str | None
    home: Path
    version: str
    reason: str | None


class EmbeddedServer:
    """The server whose data lie in `home`, with jars from `cache` (default: the user's cache folder)."""

    def __init__(self, home: Path, cache: Path | None = None) -> None:
        self._home = Home(home)
        self._jars = JarCache(cache or default_cache())

    def start(
        self, progress: Progress | None = None, wait: float = 120.0, *, half_imported: bool = False
    ) -> Connection:
        """Start the server, or attach to it where it runs, and return once Bolt answers a real driver.

        Fetching jars comes first, with calls of `progress`, and does not count into `wait` (seconds).
        Raises EmbeddedExtraMissing, DownloadFailed, JarRefused, SettingRefused, PasswordRefused,
        ServerCrashed, ServerTimeout, NewerHome; HalfImported unless that is what it is started for.
        """
        if self._home.half_imported.exists() and not half_imported:
            raise HalfImported(self._home.folder)
        if self._running() is None:
            self._jars.fetch(progress)
        deadline = time.monotonic() + wait
        self._home.create()
        with self._home.locked(_LOCK_WAIT):
            record = self._running() or self._launch()
        return self._answer(record, deadline, wait)

    def stop(self) -> bool:
        """Stop the server and wait until it is gone; False when it was not running."""
        if not self._home.folder.exists():
            return False
        with self._home.locked(_LOCK_WAIT):
            record = self._home.record()
            if record is None or record.process is None:
                return False
            running = record.process.alive()
            record.process.end(STOP_GRACE)
            self._home.remember(record.stopped())
            return running

    def status(self) -> ServerStatus:
        """Whether it runs, where, and why not if it was not stopped."""
        record = self._home.record()
        if record is None:
            return ServerStatus(
                False, None, None, None, None, self._home.folder, self._jars.lock.version, None
            )
        process = record.process
        alive = process is not None and process.alive()
        return ServerStatus(
            running=alive,
            pid=record.pid if alive else None,
            bolt_uri=_bolt(record),
            http_url=_http(record),
            browser_url=_browser(record),
            home=self._home.folder,
            version=record.version,
            reason=None if alive or process is None else str(self._crash(process)),
        )

    @property
    def password_file(self) -> Path:
        """Where the password of the server's user is kept; only the user who started it can read it."""
        return self._home.password_file

    def connection(self) -> Connection | None:
        """How to reach the running server; None, and no start, where it does not run."""
        record, password = self._running(), self._home.password()
        if record is None or password is None:
            return None
        return Connection(_bolt(record), USER, password, _browser(record))

    def _running(self) -> Record | None:
        record = self._home.record()
        return record if record and record.process and record.process.alive() else None

    def _launch(self) -> Record:
        self._jars.fetch()  # no more than a look, unless the jars went since
        heap = size_of(HEAP_VARIABLE, DEFAULT_HEAP)
        record = self._ports()
        write_configuration(self._home, record)
        write_credentials(self._home, self._password())
        folders = (f"--home-dir={self._home.server}", f"--config-dir={self._home.configuration}")
        process = spawn(
            [java(), *java_flags(heap), "org.neo4j.server.Neo4jCommunity", *folders],
            java_environment(self._home, self._jars.class_path()),
            self._home.server,
            self._home.console_log,
        )
        started = Record(record.version, record.bolt_port, record.http_port, process.pid, process.started)
        self._home.remember(started)
        return started

    def _ports(self) -> Record:
        kept, version = self._home.record(), self._jars.lock.version
        if kept and self._home.has_data() and _numbers(kept.version) > _numbers(version):
            raise NewerHome(self._home.folder, kept.version, version)
        # With patience: whoever holds the old address should find the server there after a crash.
        bolt = kept.bolt_port if kept and ports.comes_free(kept.bolt_port, _PORT_WAIT) else ports.choose()
        keeps_http = kept and kept.http_port != bolt and ports.comes_free(kept.http_port, _PORT_WAIT)
        http = kept.http_port if kept and keeps_http else ports.choose(but_not=bolt)
        return Record(version, bolt, http)

    def _answer(self, record: Record, deadline: float, wait: float) -> Connection:
        process = Process(record.pid, record.started)
        connection = Connection(_bolt(record), USER, self._password(), _browser(record))
        while process.alive():
            if ports.answers(record.bolt_port) and self._takes(connection):
                return connection
            if time.monotonic() > deadline:
                raise ServerTimeout(
                    f"the embedded Neo4j (pid {record.pid}) did not answer at {connection.uri} within "
                    f"{wait:g} s and goes on starting; the log ends:\n{self._home.log_tail()}"
                )
            time.sleep(_PAUSE)
        raise self._crash(process)

    def _password(self) -> str:
        if self._home.password() is None and self._home.has_data():
            raise self._refused()
        return self._home.make_password()

    def _refused(self) -> PasswordRefused:
        return PasswordRefused(
            f"the data in {self._home.data} have another password than the file {self._home.password_file}: "
            "put the file back, or delete the data"
        )

    def _takes(self, connection: Connection) -> bool:
        try:
            with GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]  its options are untyped
                connection.uri, auth=(connection.user, connection.password), connection_timeout=5.0
            ) as driver:
                driver.verify_connectivity()  # pyright: ignore[reportUnknownMemberType]
        except AuthError as error:
            raise self._refused() from error
        except (DriverError, Neo4jError):
            return False
        return True

    def _crash(self, process: Process) -> ServerCrashed:
        happened = f"the embedded Neo4j (pid {process.pid}) ended without being stopped"
        return ServerCrashed(happened, self._home.log_tail())


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def _bolt(record: Record) -> str:
    return f"bolt://{ports.ADDRESS}:{record.bolt_port}"


def _http(record: Record) -> str:
    return f"http://{ports.ADDRESS}:{record.http_port}"


def _browser(record: Record) -> str:
    return f"{_http(record)}/browser/"
