"""Tables of registers: each row of a CSV file as a record, read strictly like one of JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .files import InputFile
from .formats import Place, Statements
from .json_values import JsonObject
from .records import check_encoding, header, header_of, miscounted, records, text_of
from .rows import Rejection, Row, UnusableFile


def check_csv(file: InputFile, required: Sequence[str]) -> None:
    """Raises UnusableFile for what is not UTF-8, damage, and columns that are missing or named twice."""
    check_encoding(file)
    columns = header_of(file)
    missing = next((column for column in required if column not in columns), None)
    if missing:
        raise UnusableFile(file.name, f"lacks the column {missing!r}.")
    twice = next((column for column, count in Counter(columns).items() if count > 1), None)
    if twice is not None:
        raise UnusableFile(file.name, f"names the column {twice!r} twice.")


def read_csv(form: Statements, file: InputFile, source: str) -> Iterator[Row | Rejection]:
    """Every row of a checked file through the format's `statement`; cells that are empty are left out."""
    with text_of(file) as text:
        rows = records(text)
        columns = header(rows, file)
        for record in rows:
            place = Place(file.name, record.line)
            if record.wrong:
                yield place.rejection(record.cells, record.wrong)
            elif len(record.cells) != len(columns):
                yield place.rejection(record.cells, *miscounted(record.cells, columns))
            else:
                yield form.statement(_record(columns, record.cells), place, source)


def _record(columns: Sequence[str], cells: Sequence[str]) -> JsonObject:
    pairs = zip(columns, map(str.strip, cells), strict=True)
    return {column: cell for column, cell in pairs if cell}
