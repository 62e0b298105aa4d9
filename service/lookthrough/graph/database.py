"""One Neo4j database: sessions with the right access mode, limits and errors."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TypeVar, cast

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    GraphDatabase,
    ManagedTransaction,
    Query,
    Session,
    unit_of_work,
)
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)
from neo4j.time import Date as CypherDate
from neo4j.time import DateTime as CypherDateTime
from pydantic import TypeAdapter

from lookthrough.telemetry import querying

from .errors import GraphError, GraphUnavailable, QueryCutOff, ReadOnly
from .queries import Access, CypherQuery, load

T = TypeVar("T")
Row = TypeVar("Row")
Native = None | bool | int | float | str | date | datetime | Sequence["Native"] | Mapping[str, "Native"]

READ_SECONDS = 10.0
WRITE_SECONDS = 120.0
WRITE_TRIES = 6


class Transaction:
    """Runs queries of `cypher/` inside one transaction."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx

    def run(self, name: str, /, **parameters: object) -> list[dict[str, object]]:
        """Rows of the query `cypher/<name>.cypher`."""
        return self.run_query(load(name), **parameters)

    def run_query(self, query: CypherQuery, /, **parameters: object) -> list[dict[str, object]]:
        """Rows of a query. Raises TypeError if the parameters are not its own."""
        if parameters.keys() != query.parameters.keys():
            raise TypeError(
                f"{query.name}: parameters are {sorted(query.parameters)}, given {sorted(parameters)}"
            )
        with querying(query.name):
            result = self._tx.run(query.text, dict(parameters))
            return [cast(dict[str, object], native(record.data())) for record in result]

    def rows(self, row: type[Row], name: str, /, **parameters: object) -> list[Row]:
        """The same, checked and typed as `row` (a dataclass with the query's columns)."""
        adapter = _adapter(row)
        return [adapter.validate_python(record) for record in self.run(name, **parameters)]


def _adapter(row: type[Row]) -> TypeAdapter[Row]:
    if row not in _ADAPTERS:
        _ADAPTERS[row] = TypeAdapter(row)
    return cast(TypeAdapter[Row], _ADAPTERS[row])


_ADAPTERS: dict[type, object] = {}


class Database:
    """A Neo4j database, reached through the official driver.

    Every method raises GraphUnavailable when Neo4j does not answer and QueryCutOff at a time or memory limit.
    """

    def __init__(self, uri: str, user: str, password: str, database: str | None = None) -> None:
        self.uri = uri
        self._database = database
        try:
            # The driver leaves its **config untyped, here and in `_session`.
            self._driver = GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]
                uri,
                auth=(user, password),
                connection_timeout=5.0,
                connection_acquisition_timeout=10.0,
                max_transaction_retry_time=2.0,
                notifications_min_severity="OFF",
                user_agent="lookthrough",
            )
            # What was written is there for every read that follows, on whichever member of a cluster.
            self._bookmarks = self._driver.execute_query_bookmark_manager
        except (ConfigurationError, ValueError) as error:
            raise GraphUnavailable(
                f"the address {uri!r} is not one that the Neo4j driver takes: {error}"
            ) from None

    def close(self) -> None:
        self._driver.close()

    def bookmarks(self) -> frozenset[str]:
        """What every read waits for: the last writes that were made here."""
        return frozenset(self._bookmarks.get_bookmarks())

    def verify(self) -> None:
        """Raises GraphUnavailable unless Neo4j answers and lets us in."""
        self.read(lambda tx: tx.run("read/ledger"))

    def _session(self, access: str = WRITE_ACCESS) -> Session:
        return self._driver.session(  # pyright: ignore[reportUnknownMemberType]
            database=self._database, default_access_mode=access, bookmark_manager=self._bookmarks
        )

    def read(self, work: Callable[[Transaction], T], seconds: float = READ_SECONDS) -> T:
        """Run `work` in one transaction in read access mode, for at most `seconds`."""
        with self._session(READ_ACCESS) as session:
            return self._guarded(lambda: session.execute_read(_limited(work, seconds)))

    def read_rows(self, row: type[Row], name: str, /, **parameters: object) -> list[Row]:
        return self.read(lambda tx: tx.rows(row, name, **parameters))

    def stream(self, name: str, seconds: float) -> Iterator[dict[str, object]]:
        """Rows of a query without parameters, one after the other, with the driver's own temporal values."""
        try:
            with self._session(READ_ACCESS) as session, session.begin_transaction(timeout=seconds) as tx:
                for record in tx.run(load(name).text):
                    yield record.data()
        except (Neo4jError, DriverError) as error:
            raise self._translated(error) from error

    def write(self, work: Callable[[Transaction], T], tries: int = WRITE_TRIES) -> T:
        """Run `work` in one transaction; passing faults are tried again, so `work` must be repeatable."""
        for attempt in range(tries):
            try:
                with self._session() as session:
                    return session.execute_write(_limited(work, WRITE_SECONDS))
            except (ServiceUnavailable, SessionExpired, TransientError) as error:
                if attempt == tries - 1:
                    raise self._translated(error) from error
                time.sleep(0.2 * 2**attempt)
            except (Neo4jError, DriverError) as error:
                raise self._translated(error) from error
        raise AssertionError("the loop returns or raises")

    def migrate(self, query: CypherQuery) -> None:
        """Run one schema statement, which needs a transaction of its own."""
        if query.access is not Access.SCHEMA:
            raise ValueError(f"{query.name} is not a schema statement")
        with self._session() as session:
            self._guarded(session.run(query.text).consume)

    def in_batches(self, name: str, seconds: float) -> None:
        """Run a query without parameters that commits as it goes on, for at most `seconds` in all."""
        with self._session() as session:
            self._guarded(lambda: session.run(Query(load(name).text, timeout=seconds)).consume())

    def _guarded(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except (Neo4jError, DriverError) as error:
            raise self._translated(error) from error

    def _translated(self, error: Neo4jError | DriverError) -> GraphError:
        if isinstance(error, AuthError):
            return GraphUnavailable(f"Neo4j at {self.uri} refuses the user name or password")
        if isinstance(error, Neo4jError) and _is_limit(error):
            return QueryCutOff("a query ran into its time or memory limit")
        if isinstance(error, Neo4jError) and error.code in _NO_WRITING:
            return ReadOnly("Neo4j does not let us write: it is read-only, or the user may only read")
        if isinstance(error, ClientError):
            return GraphError(f"Neo4j refused a query: {error.message}")
        return GraphUnavailable(f"Neo4j at {self.uri} cannot be reached")


_NO_WRITING = (
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
    "Neo.ClientError.Security.Forbidden",
)


def _is_limit(error: Neo4jError) -> bool:
    code = error.code or ""
    return "TransactionTimedOut" in code or "MemoryPoolOutOfMemory" in code or "Terminated" in code


def _limited(work: Callable[[Transaction], T], seconds: float) -> Callable[[ManagedTransaction], T]:
    @unit_of_work(timeout=seconds)
    def limited(tx: ManagedTransaction) -> T:
        return work(Transaction(tx))

    return limited


def native(value: object) -> Native:
    """The driver's temporal values as those of the standard library; instants in UTC."""
    if isinstance(value, CypherDateTime):
        return value.to_native().astimezone(UTC)
    if isinstance(value, CypherDate):
        return value.to_native()
    if isinstance(value, list):
        return [native(item) for item in cast(list[object], value)]
    if isinstance(value, dict):
        return {key: native(item) for key, item in cast(dict[str, object], value).items()}
    return cast(Native, value)
