"""SQLite, DuckDB and Parquet through a mapping: their values as text, and files that mean harm."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from lookthrough.control.facts import StakeClaim
from lookthrough.importing.files import InputFile
from lookthrough.importing.rows import Rejection, Row, UnusableFile

from .mapping_files import STAKES, percents, through

MAPPING = f'{STAKES}percent = {{ column = "p", unit = "fraction" }}\nvalid_from = "d"\n'
FROM = MAPPING.replace("[tables.columns]", 'from = "holdings"\n[tables.columns]')


def sqlite_file(path: Path, *statements: str) -> InputFile:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return InputFile(path.name, path)


def duckdb_file(path: Path, *statements: str) -> InputFile:
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return InputFile(path.name, path)


def as_sqlite(folder: Path) -> InputFile:
    return sqlite_file(
        folder / "t.db",
        "CREATE TABLE holdings (o TEXT, c TEXT, p REAL, d TEXT, extra BLOB)",
        "INSERT INTO holdings VALUES ('a', 'b', 0.3837, '2020-01-05', x'00'), ('a', 'c', NULL, NULL, NULL)",
    )


def as_duckdb(folder: Path) -> InputFile:
    return duckdb_file(
        folder / "t.duckdb",
        "CREATE TABLE holdings (o TEXT, c TEXT, p DECIMAL(5, 4), d TIMESTAMP)",
        "INSERT INTO holdings VALUES ('a', 'b', 0.3837, '2020-01-05'), ('a', 'c', NULL, NULL)",
    )


def as_parquet(folder: Path) -> InputFile:
    path = folder / "it's.parquet"
    with duckdb.connect() as connection:
        values = "('a', 'b', 0.3837::DOUBLE, DATE '2020-01-05'), ('a', 'c', NULL, NULL)"
        connection.sql(f"FROM (VALUES {values}) t(o, c, p, d)").write_parquet(str(path))
    return InputFile(path.name, path)


@pytest.mark.parametrize(("make", "mapping"), [(as_sqlite, FROM), (as_duckdb, FROM), (as_parquet, MAPPING)])
def test_rows_of_databases_are_those_of_a_table(
    tmp_path: Path, make: Callable[[Path], InputFile], mapping: str
) -> None:
    rows = through(mapping, make(tmp_path))
    claims = [f for row in rows if isinstance(row, Row) for f in row.facts if isinstance(f, StakeClaim)]
    told = [(f.owner, f.owned, f.percent, str(f.valid_from)) for f in claims]
    assert told == [("a", "b", "38.37", "2020-01-05"), ("a", "c", "", "None")]
    assert [(row.line, row.item) for row in rows] == [(0, 1), (0, 2)]
    unread = ("extra",) if make is as_sqlite else ()
    assert [row.unknown for row in rows if isinstance(row, Row)] == [unread, ()]


@pytest.mark.parametrize(
    ("make", "wrong"),
    [(as_sqlite, "t.db: has no table 'holding'"), (as_duckdb, "t.duckdb: has no table 'holding'")],
)
def test_every_table_of_a_mapping_has_to_be_in_a_database(
    tmp_path: Path, make: Callable[[Path], InputFile], wrong: str
) -> None:
    with pytest.raises(UnusableFile, match=wrong):
        through(FROM + FROM.replace('"holdings"', '"holding"'), make(tmp_path))


def test_a_value_that_is_no_text_costs_its_row(tmp_path: Path) -> None:
    file = sqlite_file(
        tmp_path / "t.db",
        "CREATE TABLE holdings (o, c, p, d)",
        "INSERT INTO holdings VALUES (x'00ff', 'b', 1, NULL), ('a', 'b', 9e999, NULL)",
        "INSERT INTO holdings VALUES ('a', 'b', '1e-1', NULL)",
        "INSERT INTO holdings VALUES ('a', 'b', 1e-7, NULL), ('a', 'b', 12, NULL)",
    )
    rows = through(FROM, file)
    assert [(row.item, row.field) for row in rows if isinstance(row, Rejection)] == [
        (1, "o"), (2, "p"), (3, "p"), (5, "p"),
    ]  # fmt: skip
    assert percents(FROM, file)[3] == "0.00001"


def test_short_figures_are_what_they_were_written_as(tmp_path: Path) -> None:
    """In 32 bits 0.6 and 0.4 would come to more than 1."""
    file = duckdb_file(
        tmp_path / "t.duckdb",
        "CREATE TABLE holdings (o UUID, c TEXT, p FLOAT, d DATE)",
        "INSERT INTO holdings VALUES (uuid(), 'b', 0.6, NULL), (uuid(), 'b', 0.4, NULL)",
        "INSERT INTO holdings VALUES (uuid(), 'b', 1e-9, NULL), (uuid(), 'b', 'nan', NULL)",
    )
    assert percents(FROM, file)[:3] == ["60", "40", "0.0000001"]
    assert percents(FROM, file)[3].startswith("p: It is no figure")


def test_views_and_computed_columns_of_a_stranger_are_not_run(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS o, i AS c FROM n"
    file = sqlite_file(
        tmp_path / "t.db",
        "CREATE TABLE holdings (o TEXT, c TEXT, bomb AS (zeroblob(900000000)))",
        "INSERT INTO holdings (o, c) VALUES ('a', 'b')",
        f"CREATE VIEW bait AS {endless}",
        "CREATE VIRTUAL TABLE words USING fts5(o, c)",
    )
    (row,) = through(STAKES.replace("[tables.columns]", 'from = "holdings"\n[tables.columns]'), file)
    assert isinstance(row, Row)
    for name in ("bait", "words"):
        with pytest.raises(UnusableFile, match=f"has no table '{name}'"):
            through(STAKES.replace("[tables.columns]", f'from = "{name}"\n[tables.columns]'), file)


def test_a_database_of_a_stranger_reaches_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("o,c\nx,y\n", encoding="utf-8")
    file = duckdb_file(
        tmp_path / "t.duckdb",
        "CREATE TABLE holdings (o TEXT, c TEXT)",
        f"CREATE VIEW bait AS FROM read_csv('{tmp_path}/secret.csv')",
    )
    with pytest.raises(UnusableFile, match="has no table 'bait'"):
        through(STAKES.replace("[tables.columns]", 'from = "bait"\n[tables.columns]'), file)


def test_files_are_left_as_they_were(tmp_path: Path) -> None:
    files = [as_sqlite(tmp_path), as_duckdb(tmp_path)]
    before = [(path.name, path.read_bytes()) for path in sorted(tmp_path.iterdir())]
    for file in files:
        through(FROM, file)
    assert [(path.name, path.read_bytes()) for path in sorted(tmp_path.iterdir())] == before


@pytest.mark.parametrize("make", [as_sqlite, as_duckdb, as_parquet])
def test_a_damaged_file_is_refused(tmp_path: Path, make: Callable[[Path], InputFile]) -> None:
    file = make(tmp_path)
    whole = file.path.read_bytes()
    file.path.write_bytes(whole[:16] + b"\xff" * (len(whole) - 16))
    with pytest.raises(UnusableFile, match="cannot be read as"):
        through(MAPPING, file)
    file.path.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(UnusableFile, match="cannot be read as|has no table"):
        through(FROM, file)


def test_a_database_in_the_middle_of_a_change_is_refused(tmp_path: Path) -> None:
    file = as_sqlite(tmp_path)
    (tmp_path / "t.db-wal").write_bytes(b"x")
    with pytest.raises(UnusableFile, match=r"left in the middle of a change: t.db-wal"):
        through(FROM, file)


def test_a_packed_database_has_to_be_unpacked(tmp_path: Path) -> None:
    file = as_sqlite(tmp_path)
    packed = tmp_path / "t.db.gz"
    packed.write_bytes(gzip.compress(file.path.read_bytes()))
    with pytest.raises(UnusableFile, match="is SQLite inside an archive"):
        through(FROM, InputFile(packed.name, packed))
