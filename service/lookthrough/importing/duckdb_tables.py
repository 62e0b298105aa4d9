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
_COLUMNS = """
SELECT column_name FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = ? ORDER BY column_index
"""


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
            if self._store is Store.PARQUET:
                found = connection.execute("SELECT * FROM read_parquet(?)", [str(self._path)])
                columns = tuple(str(column[0]) for column in found.description or ())
            else:
                columns = tuple(str(row[0]) for row in connection.execute(_COLUMNS, [name]).fetchall())
                chosen = ", ".join(map(_quoted, columns))
                found = connection.execute(f"SELECT {chosen} FROM main.{_quoted(name)}")  # noqa: S608 quoted
            yield OpenTable(columns, self._rows(found, columns))

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

    def _rows(self, found: duckdb.DuckDBPyConnection, columns: tuple[str, ...]) -> Iterator[Line]:
        numbers = count(1)
        with self._damage_named():
            while some := found.fetchmany(_BATCH):
                for row in some:
                    yield line_of(row, columns, next(numbers))

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


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
