"""Files of CSV in any encoding, with any of the usual delimiters."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import PurePath

from .files import InputFile
from .records import Record, header, miscounted, records, text_of
from .table_rows import Line, OpenTable


class TextTables:
    """One table, which has the name of its file."""

    def __init__(self, file: InputFile, encoding: str, delimiter: str) -> None:
        self._file = file
        self._encoding = encoding
        self._delimiter = delimiter
        self.names = (PurePath(file.name).name,)

    @contextmanager
    def opened(self, name: str) -> Generator[OpenTable]:
        del name
        with text_of(self._file, self._encoding) as text:
            rows = records(text, self._delimiter)
            columns = tuple(header(rows, self._file))
            yield OpenTable(columns, (_line(record, columns) for record in rows))


def _line(record: Record, columns: tuple[str, ...]) -> Line:
    if record.wrong:
        return Line(record.line, None, record.cells, record.wrong)
    if len(record.cells) != len(columns):
        reason, field, _ = miscounted(record.cells, columns)
        return Line(record.line, None, record.cells, reason, field)
    return Line(record.line, None, [cell.strip() for cell in record.cells])
