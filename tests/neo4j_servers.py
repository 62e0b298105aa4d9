"""Which Neo4j the tests talk to: one that the environment names, one in a container, or the embedded one."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import neo4j
from testcontainers.community.neo4j import Neo4jContainer
from testcontainers.core.docker_client import DockerClient

from lookthrough.graph.embedded import EmbeddedServer

URI = "LOOKTHROUGH_TEST_NEO4J_URI"
IMAGE = os.environ.get("LOOKTHROUGH_TEST_NEO4J_IMAGE", "neo4j:2026.09-community")
PATIENCE = 3
"""Seconds that a Docker engine gets to say that it is there."""


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """How to reach the server of this run, and what it is."""

    uri: str
    user: str
    password: str = field(repr=False)
    what: str

    @contextmanager
    def session(self) -> Generator[neo4j.Session]:
        """A session of the driver itself, for what no query of ours does."""
        with (
            neo4j.GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]  its options are untyped
                self.uri, auth=(self.user, self.password), notifications_min_severity="OFF"
            ) as driver,
            driver.session() as session,  # pyright: ignore[reportUnknownMemberType]
        ):
            yield session


def plan() -> str:
    """What the run will use, without starting anything."""
    if os.environ.get(URI):
        return f"{os.environ[URI]} ({URI})"
    if engine_answers():
        return f"a container of {IMAGE}; the embedded server if the image cannot be had"
    return "the embedded server (no Docker engine answers)"


@contextmanager
def running(say: Callable[[str], None]) -> Generator[Neo4jServer]:
    """The server for this run, empty but for its marker; what was started here ends with it.

    `say` is told why there is no container although an engine answers.
    """
    with nullcontext(_named()) if os.environ.get(URI) else _started(say) as server:
        with server.session() as session:
            claim(session)
        yield server


def _named() -> Neo4jServer:
    user = os.environ.get("LOOKTHROUGH_TEST_NEO4J_USER", "neo4j")
    password = os.environ.get("LOOKTHROUGH_TEST_NEO4J_PASSWORD", "")
    return Neo4jServer(os.environ[URI], user, password, "named in the environment")


def claim(session: neo4j.Session) -> None:
    """Mark an empty database as one for tests. Refuses one with data that no test run has marked."""
    query = "RETURN EXISTS { (:LookthroughTestDatabase) } AS ours, EXISTS { () } AS used"
    row = session.run(query).single(strict=True)
    if row["used"] and not row["ours"]:
        raise RuntimeError(f"{URI} names a database with data; tests take an empty one, or their own")
    session.run("MERGE (:LookthroughTestDatabase)").consume()


@contextmanager
def _started(say: Callable[[str], None]) -> Generator[Neo4jServer]:
    with _in_container(say) if engine_answers() else nullcontext(None) as contained:
        if contained is not None:
            yield contained
            return
        with embedded() as server:
            yield server


@contextmanager
def embedded() -> Generator[Neo4jServer]:
    """An embedded server in a folder of its own, with jars from the user's cache."""
    with TemporaryDirectory(prefix="lookthrough-test-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedServer(Path(folder) / "home")
        connection = server.start()
        try:
            yield Neo4jServer(connection.uri, connection.user, connection.password, "embedded")
        finally:
            server.stop()


def engine_answers() -> bool:
    """Whether a Docker engine is there; a client is not made without its answer."""
    with _quiet():
        try:
            DockerClient(timeout=PATIENCE).client.close()
        except Exception:  # the client's errors are of many kinds, and each means no
            return False
    return True


@contextmanager
def _in_container(say: Callable[[str], None]) -> Generator[Neo4jServer | None]:
    """A server in a container; None, with the reason told, where it cannot be had."""
    container = Neo4jContainer(IMAGE, username="neo4j", password="lookthrough-tests")
    container.with_env("NEO4J_db_transaction_monitor_check_interval", "100ms")  # as the embedded server
    try:
        with _quiet():
            container.start()
    except Exception as error:  # no such image, no way to the registry, no room, …
        say(f"neo4j: no container of {IMAGE} ({error}); the embedded server is used")
        yield None
        return
    try:
        yield Neo4jServer(container.get_connection_url(), container.username, container.password, IMAGE)
    finally:
        with _quiet():
            container.stop()


@contextmanager
def _quiet() -> Generator[None]:
    """The Docker client leaves sockets open and warns of its own affairs; warnings are errors here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
        gc.collect()
