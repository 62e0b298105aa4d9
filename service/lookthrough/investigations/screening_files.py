"""Lists of entities in, and rows of a screening out, as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from errno import EISDIR
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import orjson

from lookthrough.importing.files import InputFile
from lookthrough.importing.records import check_encoding, header, records, text_of
from lookthrough.importing.rows import UnusableFile

from .errors import BadQuestion
from .screening import Entry, Screened, ScreeningRow

COLUMNS = ("entity", "name", "outcome", "reason", "lower", "upper", "unknown", "verdict_id")
ENDINGS = (".csv", ".ndjson", ".parquet")


def entries(path: Path, column: str) -> list[Entry]:
    """The ids in one column of a CSV file (also `.gz`), one for each row; blank lines are no rows.

    Raises UnusableFile (not UTF-8, no such column).
    """
    file = InputFile(str(path), path)
    check_encoding(file)
    with text_of(file) as text:
        rows = records(text)
        columns = header(rows, file)
        if columns.count(column) != 1:
            known = ", ".join(map(repr, columns))
            what = "names the column {!r} twice" if column in columns else "lacks the column {!r}"
            raise UnusableFile(file.name, f"{what.format(column)}; it has {known}.")
        place = columns.index(column)
        found: list[Entry] = []
        for record in rows:
            if record.wrong:
                found.append(Entry("", ("unreadable_row", f"{path}, line {record.line}: {record.wrong}")))
            else:
                found.append(Entry(record.cells[place].strip() if place < len(record.cells) else ""))
        return found


@contextmanager
def writing(path: Path) -> Generator[Callable[[Screened], object]]:
    """Writes rows in the form that the file's ending names; the file is there once all of them are in it.

    Raises BadQuestion for any other ending, OSError.
    """
    check_ending(path)
    if path.is_dir():
        raise IsADirectoryError(EISDIR, "is a folder", str(path))
    with TemporaryDirectory(prefix=".screening-", dir=path.parent) as folder:
        part = Path(folder) / "rows"
        with part.open("wb") as stream:
            if path.suffix == ".ndjson":
                yield lambda screened: stream.write(document_line(screened.row, screened.document))
            else:
                stream.write(HEADER)
                yield lambda screened: stream.write(csv_line(screened.row))
        if path.suffix == ".parquet":
            part = as_parquet(part)
        part.replace(path)


def check_ending(path: Path) -> None:
    """Raises BadQuestion."""
    if path.suffix not in ENDINGS:
        raise BadQuestion(f"out: {str(path)!r} ends in none of {', '.join(ENDINGS)}")


def document_line(row: ScreeningRow, document: bytes | None) -> bytes:
    """The whole verdict document; without one, the entity, the reason and the problem."""
    told = {"entity": {"id": row.entity}, "reason": row.reason, "problem": row.problem}
    return (document or orjson.dumps(told)) + b"\n"


def csv_line(row: ScreeningRow) -> bytes:
    return _csv([getattr(row, column) for column in COLUMNS])


def _csv(cells: Sequence[str | None]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode()


HEADER = _csv(COLUMNS)


def as_parquet(rows: Path) -> Path:
    """The same columns as text; what is empty is null."""
    written = rows.with_suffix(".parquet")
    with duckdb.connect() as connection:
        table = connection.read_csv(str(rows), header=True, all_varchar=True, quotechar='"', escapechar='"')
        table.write_parquet(str(written))
    return written
