"""CSV as text: encoding, physical lines, and records that a broken neighbour cannot swallow."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from .files import CHUNK, InputFile
from .rows import UnusableFile, shortened

LONGEST_RECORD = 100_000
"""Characters. A quote that is never closed would otherwise swallow the rest of the file."""
MOST_LINES = 200
"""Physical lines of one record."""

_LINE_ENDS = ("\n", "\r")
_OTHER_THINGS = (
    (codecs.BOM_UTF16_LE, "UTF-16 text"),
    (codecs.BOM_UTF16_BE, "UTF-16 text"),
    (b"PK\x03\x04", "a zip archive or a spreadsheet"),
    (b"\x1f\x8b", "a gzip archive"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record, or what is wrong with it; `line` is where it begins, from 1."""

    line: int
    cells: list[str]
    wrong: str = ""


class _Lines:
    """Physical lines; those of the record being read are held, so that a broken one costs one line only."""

    def __init__(self, text: TextIO) -> None:
        self.line = 1
        self._text = text
        self._held: list[str] = []
        self._ahead: deque[str] = deque()
        self._length = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._physical()
        if not line:
            raise StopIteration
        self._held.append(line)
        self._length += len(line)
        if self._length > LONGEST_RECORD or len(self._held) > MOST_LINES:
            raise csv.Error("record too long")
        return line

    def _physical(self) -> str:
        """The next line; of an overlong one just enough to see that it is."""
        line = chunk = self._text.readline(LONGEST_RECORD + 1)
        while len(chunk) > LONGEST_RECORD and not chunk.endswith(_LINE_ENDS):
            chunk = self._text.readline(LONGEST_RECORD + 1)
        return line

    def next_record(self) -> None:
        self.line += len(self._held)
        self._held.clear()
        self._length = 0

    def give_back(self) -> int:
        """Keep only the first line of the record; says how many it had."""
        count = len(self._held)
        self._ahead.extendleft(reversed(self._held[1:]))
        del self._held[1:]
        return count


@contextmanager
def text_of(file: InputFile, encoding: str = "utf-8") -> Generator[TextIO]:
    """The file as text, line ends untouched. Raises UnusableFile where it isn't so encoded."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with file.open() as stream, io.TextIOWrapper(stream, codec, newline="") as text:
        try:
            yield text
        except UnicodeDecodeError as error:
            if encoding == "utf-8":
                check_encoding(file)
            raise UnusableFile(file.name, f"is not {encoding}: {error.reason}.") from error


def records(text: TextIO, delimiter: str = ",") -> Iterator[Record]:
    """All records that aren't blank, the header among them. A broken one costs its first line only."""
    lines = _Lines(text)
    reader = csv.reader(lines, strict=True, skipinitialspace=True, delimiter=delimiter)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Record(lines.line, [], _wrong(error, lines.give_back()))
        else:
            if cells is None:
                return
            if len(cells) > 1 or any(cell.strip() for cell in cells):
                yield Record(lines.line, cells)
        lines.next_record()


def _wrong(error: csv.Error, lines: int) -> str:
    message = str(error)
    if lines > 1 or message == "unexpected end of data":
        return "A quote is opened in this line and not closed as it should be."
    if "expected after" in message:
        return "Text follows a closing quote; inside quotes a quote is written twice."
    if message == "record too long":
        return f"The line is longer than {LONGEST_RECORD} characters."
    return f"The line is not CSV ({message})."


def header_of(file: InputFile) -> list[str]:
    """The column names. Raises UnusableFile for a file without them."""
    with text_of(file) as text:
        return header(records(text), file)


def header(rows: Iterator[Record], file: InputFile) -> list[str]:
    """Takes the header off the records."""
    first = next(rows, None)
    if first is None:
        raise UnusableFile(file.name, "is empty; its first line has to name the columns.")
    if first.wrong:
        raise UnusableFile(file.name, f"has a header that cannot be read. {first.wrong}")
    return [cell.strip() for cell in first.cells]


def miscounted(cells: Sequence[str], columns: Sequence[str]) -> tuple[str, str, str]:
    """Why a row whose cells are not as many as the columns cannot be used, the field and what is too much."""
    count, wanted = len(cells), len(columns)
    reason = f"The row has {count} fields, the header {wanted}"
    if count < wanted:
        return f"{reason}.", columns[count], ""
    reason = f"{reason}; a cell with a comma has to stand in quotes."
    return reason, "", shortened(",".join(cells[wanted:]))


def check_encoding(file: InputFile) -> None:
    """Reads the file to its end. Raises UnusableFile that names the first byte that isn't UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset, line = 0, 1
    with file.open() as stream:
        while True:
            chunk = stream.read(CHUNK)
            if offset == 0:
                _refuse_other_things(file, chunk)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                raise _not_utf8(file, error, offset + len(chunk), line) from None
            if not chunk:
                return
            offset += len(chunk)
            line += chunk.count(b"\n")


def _refuse_other_things(file: InputFile, beginning: bytes) -> None:
    for magic, thing in _OTHER_THINGS:
        if beginning.startswith(magic):
            raise UnusableFile(file.name, f"is {thing}, not CSV in UTF-8.")


def _not_utf8(file: InputFile, error: UnicodeDecodeError, read: int, line: int) -> UnusableFile:
    # the decoder may have kept the beginning of a character from the chunk before
    at = read - len(error.object) + error.start
    line += error.object.count(b"\n", 0, error.start)
    byte = error.object[error.start]
    return UnusableFile(file.name, f"is not UTF-8: byte 0x{byte:02x} at offset {at}, in line {line}.")
