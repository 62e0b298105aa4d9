"""Tables of any kind as rows of text: CSV in any encoding, SQLite, DuckDB and Parquet."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from .files import InputFile
from .rows import UnusableFile


class Store(StrEnum):
    """What a file of tables is."""

    TEXT = "text"
    SQLITE = "SQLite"
    DUCKDB = "DuckDB"
    PARQUET = "Parquet"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells in the order of the columns (None for a value that is no text), or what is wrong
    with it and in which column.

    `line` counts the lines of a file of text from 1; elsewhere it is 0 and `item` counts rows from 1.
    """

    line: int
    item: int | None
    cells: Sequence[str | None]
    wrong: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that is being read; `rows` can be read once."""

    columns: tuple[str, ...]
    rows: Iterator[Line]


class Tables(Protocol):
    """The tables of one file."""

    @property
    def names(self) -> tuple[str, ...]: ...

    @contextmanager
    def opened(self, name: str) -> Generator[OpenTable]:
        """Raises UnusableFile where the table is not there or cannot be read."""
        ...


def store_of(file: InputFile) -> Store:
    """What the file is, by its first bytes."""
    with file.open() as stream:
        head = stream.read(16)
    if head == b"SQLite format 3\x00":
        return Store.SQLITE
    if head[8:12] == b"DUCK":
        return Store.DUCKDB
    return Store.PARQUET if head[:4] == b"PAR1" else Store.TEXT


def refuse_packed(file: InputFile, store: Store) -> None:
    """Databases are read where they lie. Raises UnusableFile."""
    if file.member or file.name.casefold().endswith(".gz"):
        raise UnusableFile(file.name, f"is {store} inside an archive, which has to be unpacked first.")


def line_of(cells: Sequence[object], item: int) -> Line:
    """A row of a database as text."""
    return Line(0, item, [_text(value) for value in cells])


def _text(value: object) -> str | None:
    """A value as it would stand in a cell, figures in full, midnight left out; None for what is no text."""
    if isinstance(value, float | Decimal):
        return format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    return str(value).strip() if isinstance(value, str | int | UUID) else None
