"""DuckDB and Parquet files, read by a DuckDB that can reach nothing but the one file."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import count

import duckdb

from .files import InputFile
from .rows import UnusableFile
from .table_rows import Line, OpenTable, Store, line_of, refuse_packed

MEMORY = "1GB"
_BATCH = 1_000
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
    "memory_limit": MEMORY,
    "threads": 1,
    "temp_directory": "",
}
_GLOB = re.compile(r"[*?\[\]{}]")
_TABLES = (
    "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND NOT internal ORDER BY table_name"
)


class DuckdbTables:
    """The tables of a DuckDB file, or the one table of a Parquet file, which has the name of its file."""

    def __init__(self, file: InputFile, store: Store) -> None:
        refuse_packed(file, store)
        self._file = file
        self._store = store
        self.names = (file.path.name,) if store is Store.PARQUET else self._tables()

    @contextmanager
    def opened(self, name: str) -> Generator[OpenTable]:
        with self._connection() as connection, self._damage_named():
            is_parquet = self._store is Store.PARQUET
            origin = "read_parquet(?)" if is_parquet else f"main.{_quoted(name)}"
            given = [self._path] if is_parquet else []
            described = connection.execute(f"DESCRIBE SELECT * FROM {origin}", given).fetchall()  # noqa: S608 quoted
            columns = tuple(str(row[0]) for row in described)
            chosen = ", ".join(_column(str(row[0]), str(row[1])) for row in described)
            found = connection.execute(f"SELECT {chosen} FROM {origin}", given)  # noqa: S608 quoted
            yield OpenTable(columns, self._rows(found))

    @property
    def _path(self) -> str:
        path = str(self._file.path.resolve())
        if _GLOB.search(path):
            raise UnusableFile(
                self._file.name, "lies under a name with *, ?, [ or {, which DuckDB takes for many."
            )
        return path

    def _tables(self) -> tuple[str, ...]:
        with self._connection() as connection, self._damage_named():
            return tuple(str(row[0]) for row in connection.execute(_TABLES).fetchall())

    def _rows(self, found: duckdb.DuckDBPyConnection) -> Iterator[Line]:
        numbers = count(1)
        with self._damage_named():
            while some := found.fetchmany(_BATCH):
                for row in some:
                    yield line_of(row, next(numbers))

    @contextmanager
    def _connection(self) -> Generator[duckdb.DuckDBPyConnection]:
        with self._damage_named():
            if self._store is Store.PARQUET:
                connection = duckdb.connect(":memory:", config=_LOCKED)
                path = self._path.replace("'", "''")
                connection.execute(f"SET allowed_paths = ['{path}']")
            else:
                connection = duckdb.connect(self._path, read_only=True, config=_LOCKED)
        with connection:
            with self._damage_named():
                connection.execute("SET enable_external_access = false")
                connection.execute("SET lock_configuration = true")
            yield connection

    @contextmanager
    def _damage_named(self) -> Generator[None]:
        try:
            yield
        except duckdb.Error as error:
            why = str(error).splitlines()[0][:200]
            raise UnusableFile(self._file.name, f"cannot be read as {self._store}: {why}") from error


def _column(name: str, kind: str) -> str:
    """The column; figures of 32 bits as they are printed: 0.1 is meant, not what lies nearest to it."""
    return f"CAST({_quoted(name)}::VARCHAR AS DOUBLE)" if kind == "FLOAT" else _quoted(name)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
