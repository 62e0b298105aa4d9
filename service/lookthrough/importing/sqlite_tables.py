"""SQLite files, opened for reading alone and trusted in nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from itertools import count

from .files import InputFile
from .rows import UnusableFile
from .table_rows import Line, OpenTable, Store, line_of, refuse_packed

LONGEST_VALUE = 1_000_000
"""Bytes of one value or statement; no cell of a register is as long."""
_BATCH = 1_000
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA)
_PRAGMAS = ("table_list", "table_xinfo")


class SqliteTables:
    """The tables of a file; views and virtual tables are programs of whoever wrote it, and are not run."""

    def __init__(self, file: InputFile) -> None:
        refuse_packed(file, Store.SQLITE)
        self._file = file
        for ending in ("-wal", "-journal"):
            beside = file.path.with_name(file.path.name + ending)
            if beside.exists() and beside.stat().st_size:
                raise UnusableFile(
                    file.name, f"is in use or was left in the middle of a change: {beside.name}."
                )
        with self._connection() as connection, self._damage_named():
            listed = connection.execute("PRAGMA main.table_list").fetchall()
        tables = (str(row[1]) for row in listed if row[2] == "table")
        self.names = tuple(sorted(name for name in tables if not name.startswith("sqlite_")))

    @contextmanager
    def opened(self, name: str) -> Generator[OpenTable]:
        with self._connection() as connection, self._damage_named():
            quoted = _quoted(name)
            described = connection.execute(f"PRAGMA table_xinfo({quoted})").fetchall()
            # 0 is a column with stored values; the others are computed
            columns = tuple(str(row[1]) for row in described if row[6] == 0)
            chosen = ", ".join(map(_quoted, columns))
            cursor = connection.execute(f"SELECT {chosen} FROM {quoted}")  # noqa: S608 names are quoted
            yield OpenTable(columns, self._rows(cursor))

    def _rows(self, cursor: sqlite3.Cursor) -> Iterator[Line]:
        numbers = count(1)
        with self._damage_named():
            while some := cursor.fetchmany(_BATCH):
                for row in some:
                    yield line_of(row, next(numbers))

    @contextmanager
    def _connection(self) -> Generator[sqlite3.Connection]:
        # immutable: nothing is written beside the file either
        address = f"{self._file.path.resolve().as_uri()}?mode=ro&immutable=1"
        with self._damage_named():
            connection = sqlite3.connect(address, uri=True)
        with closing(connection):
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
            connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST_VALUE)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            with self._damage_named():
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute("PRAGMA cell_size_check = ON")
            connection.set_authorizer(_authorised)
            yield connection

    @contextmanager
    def _damage_named(self) -> Generator[None]:
        try:
            yield
        except (sqlite3.Error, OverflowError) as error:
            raise UnusableFile(self._file.name, f"cannot be read as SQLite: {error}.") from error


def _authorised(action: int, first: str | None, *_: str | None) -> int:
    """Whether a statement may do this: read, and ask what columns a table has."""
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first in _PRAGMAS else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
