"""The CSV format: which table a file is, whether it can be used, and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from .cells import Cells
from .files import InputFile
from .formats import Head, Place, Rejected
from .json_records import Shape
from .records import Record, check_encoding, header, header_of, miscounted, records, text_of
from .rows import Rejection, Row, UnusableFile, shortened
from .tables import TABLES, Table

ORDER = ("sources", "entities", "locations", "lists", "groups", "same_as", "stakes")
IGNORED = "x_"
"""Columns whose names begin so are anybody's own."""


def recognise(file: InputFile) -> Table:
    """The table that the name says (`stakes.csv`, `stakes-2024.csv.gz`), failing that the header.

    Raises UnusableFile where neither does.
    """
    by_name = next((table for table in TABLES if _named(file.stem.casefold(), table.name)), None)
    return by_name or _by_header(file)


def _named(stem: str, table: str) -> bool:
    return stem == table or stem.startswith((f"{table}-", f"{table}_", f"{table}."))


def _by_header(file: InputFile) -> Table:
    # no column that a table requires is known to all others, so that one table fits at most
    columns = {column for column in header_of(file) if not column.startswith(IGNORED)}
    for table in TABLES:
        if columns.issuperset(table.required) and columns.issubset(table.columns):
            return table
    names = ", ".join(table.name for table in TABLES)
    raise UnusableFile(file.name, f"neither its name nor its header is that of one of the tables {names}.")


def check(file: InputFile, table: Table) -> None:
    """Reads the whole file once, before anything of it is loaded.

    Raises UnusableFile for an encoding other than UTF-8, for damage, and for columns that are unknown,
    missing or named twice.
    """
    check_encoding(file)
    columns = header_of(file)
    _refuse_unknown(file, table, columns)
    missing = [column for column in table.required if column not in columns]
    if missing:
        raise UnusableFile(file.name, f"lacks the column {missing[0]!r}, which a file of {table.name} needs.")
    twice = [column for column, count in Counter(columns).items() if count > 1]
    if twice:
        raise UnusableFile(file.name, f"names the column {twice[0]!r} twice.")


def _refuse_unknown(file: InputFile, table: Table, columns: Sequence[str]) -> None:
    for place, column in enumerate(columns, start=1):
        if column in table.columns or column.startswith(IGNORED):
            continue
        if not column:
            raise UnusableFile(file.name, f"has no name for its column {place}.")
        if len(columns) == 1 and (";" in column or "\t" in column):
            raise UnusableFile(file.name, "separates its columns with something else than commas.")
        known = ", ".join(table.columns)
        raise UnusableFile(
            file.name, f"has an unknown column {column[:100]!r}; a file of {table.name} may have {known}."
        )


def read(file: InputFile, table: Table, default_source: str = "") -> Iterator[Row | Rejection]:
    """One Row or Rejection for every record of a checked file, in order.

    An empty `source` becomes `default_source`, or the file's name without its ending.
    """
    source = default_source or file.stem
    with text_of(file) as text:
        rows = records(text)
        columns = header(rows, file)
        for record in rows:
            yield _row(file, table, columns, record, source)


def _row(file: InputFile, table: Table, columns: list[str], record: Record, source: str) -> Row | Rejection:
    if record.wrong:
        return Rejection(file.name, record.line, "", "", record.wrong, type=table.name, raw=record.cells)
    if len(record.cells) != len(columns):
        return _miscounted(file, table, columns, record)
    values = dict(zip(columns, map(str.strip, record.cells), strict=True))
    return _stated(Place(file.name, record.line), table, values, source)


def _stated(place: Place, table: Table, values: dict[str, str], source: str) -> Row | Rejection:
    cells = Cells(values, source)
    facts = table.facts(cells)
    if cells.faults:
        return _rejected(place, table, cells)
    return Row(place.file, place.line, values, facts, type=table.name, raw=values)


def _miscounted(file: InputFile, table: Table, columns: list[str], record: Record) -> Rejection:
    reason, field, surplus = miscounted(record.cells, columns)
    raw = dict(zip(columns, record.cells, strict=False)) if field else record.cells
    return Rejection(file.name, record.line, field, surplus, reason, type=table.name, raw=raw)


def _rejected(place: Place, table: Table, cells: Cells) -> Rejection:
    """Names the first faulty field in the order of the columns; one that the file lacks comes last."""
    order = {column: at for at, column in enumerate(cells.values)}
    first, *others = sorted(cells.faults, key=lambda column: order.get(column, len(order)))
    reason = cells.faults[first]
    if others:
        reason = f"{reason} Also faulty: {', '.join(others)}."
    value = shortened(cells.values.get(first, ""))
    return Rejection(place.file, place.line, first, value, reason, type=table.name, raw=dict(cells.values))


class CsvFormat:
    """The CSV tables."""

    name = "csv"
    usual_source = ""

    def recognises(self, head: Head) -> str | None:
        if head.file.has_ending(".csv"):
            return "its name ends in .csv"
        return "it is text without the marks of JSON or XML" if head.shape is Shape.TEXT else None

    def check(self, file: InputFile) -> None:
        check(file, recognise(file))

    def turn(self, file: InputFile) -> int:
        return ORDER.index(recognise(file).name)

    def states_stakes(self, file: InputFile) -> bool:
        return recognise(file).name == "stakes"

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        return read(file, recognise(file), source)

    def again(self, raw: object, rejected: Rejected, source: str) -> Row | Rejection:
        """A mended row is an object of texts by column."""
        place = Place(rejected.file, rejected.line)
        table = next((table for table in TABLES if table.name == rejected.type), None)
        if table is None or not isinstance(raw, Mapping):
            return place.rejection(raw, "A mended row is an object of texts by column.")
        values = cast(Mapping[str, object], raw)
        odd = next((c for c in values if c not in table.columns and not c.startswith(IGNORED)), None)
        if odd is not None or not all(isinstance(value, str) for value in values.values()):
            reason = f"A row of {table.name} is an object of texts by column, and has no {odd}."
            return place.rejection(values, reason)
        return _stated(place, table, {c: str(value).strip() for c, value in values.items()}, source)
