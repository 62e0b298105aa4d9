"""What a format is: how its files are recognised, checked and read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol, cast

from .files import InputFile
from .json_records import Shape, records, shape_of
from .json_values import JsonObject
from .records import header_of
from .rows import Rejection, Row, UnusableFile
from .xml_records import root_of, xml_records

_FIRST = 20


@dataclass(frozen=True)
class Head:
    """The beginning of a file; what is asked of it is read once."""

    file: InputFile

    @cached_property
    def shape(self) -> Shape:
        return shape_of(self.file)

    @cached_property
    def records(self) -> tuple[JsonObject, ...]:
        """The first records of a file of JSON. Raises UnusableFile where it cannot be read even so far."""
        if self.shape in (Shape.XML, Shape.TEXT):
            return ()
        return tuple(r.value for r in islice(records(self.file), _FIRST) if r.value is not None)

    @cached_property
    def root(self) -> str:
        """The outermost element of XML, `{namespace}name`; empty for all else.

        Raises UnusableFile where the file declares a document type or cannot be read even so far.
        """
        return root_of(self.file, self.start) if self.shape is Shape.XML else ""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The cells of the first line of a file of text; none where it cannot be read."""
        if self.shape is not Shape.TEXT:
            return ()
        try:
            return tuple(header_of(self.file))
        except UnusableFile:
            return ()

    @cached_property
    def start(self) -> bytes:
        """The first 64 KiB, unpacked."""
        with self.file.open() as stream:
            return stream.read(2**16)

    def known_by(self, *marks: tuple[str, ...]) -> str | None:
        """Why its records are taken for those that have all keys of a mark; None where none has them."""
        found = next((keys for keys in marks if self.first_with(*keys)), None)
        return f"its first records have {', '.join(found)}" if found else None

    def first_with(self, *keys: str) -> JsonObject | None:
        """The first record that has all these keys."""
        return next((record for record in self.records if record.keys() >= set(keys)), None)


class Format(Protocol):
    """A format that files may have."""

    @property
    def name(self) -> str:
        """As `--format` takes it."""
        ...

    @property
    def usual_source(self) -> str:
        """The source of what names none; empty for the name of the file."""
        ...

    def recognises(self, head: Head) -> str | None:
        """Why a file is taken for one of this format; None where it isn't."""
        ...

    def check(self, file: InputFile) -> None:
        """Raises UnusableFile where nothing of the file can be loaded. May read it whole."""
        ...

    def turn(self, file: InputFile) -> int:
        """When it is read beside others: lower numbers first, 1 for what describes entities."""
        ...

    def states_stakes(self, file: InputFile) -> bool | None:
        """Whether all its rows state stakes, or none; None where rows differ."""
        ...

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        """One Row or Rejection for each record of a checked file, in order; `source` where none is named."""
        ...

    def again(self, raw: object, rejected: Rejected, source: str) -> Row | Rejection:
        """A record that was rejected once and has been mended."""
        ...


@dataclass(frozen=True, slots=True)
class Rejected:
    """Where a record that is loaded again stands now, and what it was."""

    file: str
    line: int
    type: str


class Statements(Protocol):
    """What makes a row of a record."""

    def statement(self, value: JsonObject, place: Place, source: str) -> Row | Rejection: ...


class Register(Statements):
    """What the formats of registers have in common: rows of every kind, each from a record of its own."""

    def turn(self, file: InputFile) -> int:
        return 1

    def states_stakes(self, file: InputFile) -> bool | None:
        return None

    def again(self, raw: object, rejected: Rejected, source: str) -> Row | Rejection:
        place = Place(rejected.file, rejected.line)
        if not isinstance(raw, dict):
            return place.rejection(raw, "What was rejected has to be mended to a JSON object.")
        return self.statement(cast(JsonObject, raw), place, source)


class JsonRegister(Register):
    """A register whose records are JSON."""

    def check(self, file: InputFile) -> None:
        check_json(file)

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        return read_json(self, file, source)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands."""

    file: str
    line: int
    item: int | None = None

    def rejection(self, raw: object, reason: str, field: str = "", value: str = "") -> Rejection:
        return Rejection(self.file, self.line, field, value, reason, self.item, raw=raw)


def read_json(form: Statements, file: InputFile, source: str) -> Iterator[Row | Rejection]:
    """Every record of a file through the format's `statement`."""
    for record in records(file):
        place = Place(file.name, record.line, record.item)
        if record.value is None:
            yield place.rejection(record.raw, record.wrong)
        else:
            yield form.statement(record.value, place, source)


def read_xml(
    form: Statements, file: InputFile, source: str, names: Collection[str]
) -> Iterator[Row | Rejection]:
    """Every element with one of these names through the format's `statement`."""
    for record in xml_records(file, names):
        place = Place(file.name, 0, record.item)
        if record.value is None:
            yield place.rejection("", record.wrong)
        else:
            yield form.statement(record.value, place, source)


def check_json(file: InputFile) -> None:
    """Raises UnusableFile for an array that is broken or cut short, and for what is no JSON at all."""
    for _ in records(file):
        pass


def check_xml(file: InputFile) -> None:
    """Raises UnusableFile for XML that is broken, cut short, wrongly encoded or declares a document type."""
    for _ in xml_records(file, ()):
        pass
