"""Somebody's tables, read through a mapping as the tables of this program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from .cells import Cells
from .csv_files import CsvFormat
from .duckdb_tables import DuckdbTables
from .files import InputFile
from .formats import Head, Place, Rejected
from .mapped_cells import CellFault, made
from .mapping import Layout, MappedTable, Mapping
from .rows import Rejection, Row, UnusableFile, shortened
from .sqlite_tables import SqliteTables
from .table_rows import Line, OpenTable, Store, Tables, store_of
from .text_tables import TextTables


def tables_in(file: InputFile, layout: Layout) -> Tables:
    """The tables of a file of any kind. Raises UnusableFile."""
    store = store_of(file)
    if store is Store.SQLITE:
        return SqliteTables(file)
    if store is not Store.TEXT:
        return DuckdbTables(file, store)
    return TextTables(file, layout.encoding, layout.delimiter)


class MappedFormat:
    """Files of any kind as one mapping reads them; each entry makes one row of each row that it reads."""

    name = "mapped"
    usual_source = ""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping

    def recognises(self, head: Head) -> str:
        names = tables_in(head.file, self._mapping.layout).names
        read = [name for name in names if self._mapping.of(name)]
        others = [name for name in names if name not in read]
        left = f" and not {', '.join(others)}" if others else ""
        return f"the mapping {self._mapping.name} reads {', '.join(read) or 'nothing of it'}{left}"

    def check(self, file: InputFile) -> None:
        """Reads every table that is mapped. Raises UnusableFile where one lacks a column, or is damaged."""
        self.check_columns(file)
        for table, _ in self._tables(file):
            for _ in table.rows:
                pass

    def check_columns(self, file: InputFile) -> None:
        """Raises UnusableFile where a table that is read is not there, or lacks a column that is read."""
        tables = tables_in(file, self._mapping.layout)
        mapped = [name for name in tables.names if self._mapping.of(name)]
        idle = [entry for entry in self._mapping.tables if not any(map(entry.is_of, tables.names))]
        # of several files of text a mapping may read each by itself; a database has all of its tables
        if idle and (not mapped or store_of(file) in (Store.SQLITE, Store.DUCKDB)):
            has = ", ".join(tables.names)
            wrong = f"has no table {idle[0].origin!r}, which {self._mapping.name} reads; it has {has}."
            raise UnusableFile(file.name, wrong)
        for name in mapped:
            with tables.opened(name) as table:
                for entry in self._mapping.of(name):
                    self._refuse_columns(file, table.columns, entry)

    def _refuse_columns(self, file: InputFile, columns: Sequence[str], entry: MappedTable) -> None:
        wrong = next((column for column in entry.columns if columns.count(column) != 1), None)
        if wrong is not None:
            does = "has twice" if wrong in columns else "lacks"
            reads = f"which {self._mapping.name} reads for {entry.table.name}"
            has = ", ".join(filter(None, columns))
            raise UnusableFile(file.name, f"{does} the column {wrong!r}, {reads}; it has {has}.")

    def turn(self, file: InputFile) -> int:
        return 1

    def states_stakes(self, file: InputFile) -> bool | None:
        names = tables_in(file, self._mapping.layout).names
        stakes = {entry.table.name == "stakes" for name in names for entry in self._mapping.of(name)}
        return stakes.pop() if len(stakes) == 1 else None

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        return self.first_rows(file, source, None)

    def first_rows(self, file: InputFile, source: str, count: int | None) -> Iterator[Row | Rejection]:
        """What the first rows of each table become; `count` is None for all of them."""
        for table, entries in self._tables(file):
            reader = _Reader(self._mapping, file, table.columns, entries, source)
            for line in islice(table.rows, count):
                yield from reader.rows(line)

    def _tables(self, file: InputFile) -> Iterator[tuple[OpenTable, tuple[MappedTable, ...]]]:
        """Every table that is mapped, open, one after the other."""
        tables = tables_in(file, self._mapping.layout)
        for name in tables.names:
            entries = self._mapping.of(name)
            if entries:
                with tables.opened(name) as table:
                    yield table, entries

    def again(self, raw: object, rejected: Rejected, source: str) -> Row | Rejection:
        """A row is mended in the columns of the tables of this program."""
        return CsvFormat().again(raw, rejected, source)


class _Reader:
    """Rows of one table, each through all entries that read it."""

    def __init__(
        self,
        mapping: Mapping,
        file: InputFile,
        columns: Sequence[str],
        entries: Sequence[MappedTable],
        source: str,
    ) -> None:
        self._mapping = mapping
        self._file = file
        self._columns = columns
        self._entries = entries
        self._source = source
        self._read = {column for entry in entries for column in entry.columns}

    def rows(self, line: Line) -> Iterator[Row | Rejection]:
        place = Place(self._file.name, line.line, line.item)
        if line.wrong:
            for entry in self._entries:
                yield replace(
                    place.rejection(list(line.cells), line.wrong, line.field), type=entry.table.name
                )
            return
        pairs = list(zip(self._columns, line.cells, strict=True))
        cells = {
            column: cell for column, cell in pairs if column and cell and cell not in self._mapping.empty
        }
        odd = [column for column, cell in pairs if cell is None]
        unread = tuple(column for column in (*cells, *odd) if column not in self._read)
        for number, entry in enumerate(self._entries):
            wrong = next((column for column in entry.columns if column in odd), None)
            if wrong is None:
                yield self._row(entry, cells, place, () if number else unread)
            else:
                values, _ = self._values(entry, cells)
                yield _rejection([CellFault(wrong, "It is no text.")], cells, place, entry, values)

    def _row(
        self, entry: MappedTable, cells: dict[str, str], place: Place, unread: tuple[str, ...]
    ) -> Row | Rejection:
        left_out = entry.left_out(cells)
        if left_out:
            noted = (left_out,)
            return Row(
                place.file,
                place.line,
                cells,
                (),
                place.item,
                type=entry.table.name,
                noted=noted,
                unknown=unread,
            )
        values, faults = self._values(entry, cells)
        ours = Cells(values, self._source)
        facts = () if faults else entry.table.facts(ours)
        faults += [CellFault(entry.column_of(name), reason) for name, reason in ours.faults.items()]
        if faults:
            return _rejection(faults, cells, place, entry, values)
        known = (place.item, values.get("id", ""), entry.table.name)
        return Row(place.file, place.line, values, facts, *known, unknown=unread, raw=values)

    def _values(self, entry: MappedTable, cells: dict[str, str]) -> tuple[dict[str, str], list[CellFault]]:
        """The row in columns of ours; a cell that could not be made stands there as it was."""
        values: dict[str, str] = {}
        faults: list[CellFault] = []
        for name, recipes in entry.cells.items():
            try:
                told = made(name, recipes, cells)
            except CellFault as fault:
                faults.append(fault)
                told = cells.get(fault.column, "")
            if told:
                values[name] = told
        if self._mapping.source and "source" in entry.table.columns:
            values.setdefault("source", self._mapping.source)
        return values, faults


def _rejection(
    faults: Sequence[CellFault],
    cells: dict[str, str],
    place: Place,
    entry: MappedTable,
    values: dict[str, str],
) -> Rejection:
    first, *others = faults
    reason = str(first)
    if others:
        reason = f"{reason} Also faulty: {', '.join(dict.fromkeys(fault.column for fault in others))}."
    value = shortened(cells.get(first.column, ""))
    known = (place.item, values.get("id", ""), entry.table.name)
    return Rejection(place.file, place.line, first.column, value, reason, *known, values)
