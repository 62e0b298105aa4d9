"""The CSV tables as Parquet, typed, with the instant (in UTC) from which each fact was known."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from lookthrough.control.everything import Facts, SourceFacts, StakeFacts, Told
from lookthrough.control.facts import Description, EntityClaim, Fact, SourceRecord, StakeClaim
from lookthrough.importing.tables import TABLES

from .formats import Export
from .rows import NAMES, row_of

_MORE = {"stakes": ("min", "max", "min_open", "max_open")}
"""Columns for sums and filters: the ends of the interval as fractions of 1, to the precision of a double."""
_TYPES = {
    "valid_from": "DATE",
    "valid_to": "DATE",
    "founded": "DATE",
    "dissolved": "DATE",
    "known_from": "TIMESTAMP",
    "min": "DOUBLE",
    "max": "DOUBLE",
    "min_open": "BOOLEAN",
    "max_open": "BOOLEAN",
}
COLUMNS = {table.name: (*table.columns, *_MORE.get(table.name, ()), "known_from") for table in TABLES}

AnyTold = Told[SourceRecord] | Told[Description] | Told[EntityClaim] | Told[StakeClaim]


class ParquetFormat:
    """A folder with a file for each table; later tellings stand beside earlier ones, with their instants."""

    name = "parquet"
    is_folder = True

    def write(self, facts: Iterable[Facts], export: Export) -> None:
        with TemporaryDirectory(prefix="lookthrough-") as folder:
            _gather(facts, export, Path(folder))
            with duckdb.connect() as database:
                for name in COLUMNS:
                    packed = _packed(database, Path(folder), name)
                    with packed.open("rb") as file:
                        shutil.copyfileobj(file, export.files.open(f"{name}.parquet"))


def _gather(facts: Iterable[Facts], export: Export, folder: Path) -> None:
    """All rows as text first: tables are packed column by column, and no table fits into memory for sure."""
    with ExitStack() as stack:
        rows: dict[str, csv.DictWriter[str]] = {}
        for name, columns in COLUMNS.items():
            file = stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            rows[name] = csv.DictWriter(file, columns, restval="", quoting=csv.QUOTE_ALL)
        for each in facts:
            for told in _told(each, export):
                if row := row_of(told.fact, export.account.left_out):
                    name = NAMES[type(told.fact)]
                    instant = told.known_from.astimezone(UTC).replace(tzinfo=None).isoformat()
                    rows[name].writerow({**row, **_figures(told.fact), "known_from": instant})
                    export.account.written[name] += 1


def _told(facts: Facts, export: Export) -> Iterator[AnyTold]:
    if isinstance(facts, SourceFacts):
        if earlier := len(facts.retrieved) - 1:
            export.account.left_out["sources: earlier days of retrieval"] += earlier
        yield facts.told
    elif isinstance(facts, StakeFacts):
        yield from facts.claims
    else:
        yield from facts.descriptions
        yield from facts.claims


def _figures(fact: Fact) -> Mapping[str, str]:
    if not isinstance(fact, StakeClaim) or fact.interval is None:
        return {}
    told = fact.interval
    ends = {"min": repr(float(told.low)), "max": repr(float(told.high))}
    return {**ends, "min_open": str(told.low_open), "max_open": str(told.high_open)}


def _packed(database: duckdb.DuckDBPyConnection, folder: Path, name: str) -> Path:
    columns = ", ".join(
        f'CAST(nullif("{column}", \'\') AS {_TYPES[column]}) AS "{column}"'
        if column in _TYPES
        else f'coalesce("{column}", \'\') AS "{column}"'
        for column in COLUMNS[name]
    )
    texts = ", ".join(f"'{column}': 'VARCHAR'" for column in COLUMNS[name])
    read = (
        f"read_csv($rows, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        f"columns = {{{texts}}}, parallel = false, max_line_size = 10000000)"
    )
    target = folder / f"{name}.parquet"
    # only names of our own columns and a folder of our own making are in the statement
    query = f"COPY (SELECT {columns} FROM {read}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608
    database.execute(query, {"rows": str(folder / f"{name}.csv")})
    return target
