"""Records of JSON files, one after the other: an array, a record a line, or a single object."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import cast

import ijson  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]

from .files import InputFile
from .json_values import DEEPEST, LONGEST_NUMBER, BadJson, Json, JsonObject, object_of, parsed
from .rows import UnusableFile

LONGEST_RECORD = 16 * 2**20
"""Bytes of one line or one single object."""
MOST_PARTS = 1_000_000
"""Keys and values of one item of an array."""
_HEAD = 2**16
_WRAPPED = re.compile(rb'\{\s*"(?:records|relations|exceptions)"\s*:\s*\[')
"""An object that is nothing but one array, as GLEIF writes it."""


class Shape(StrEnum):
    """What a file looks like at its beginning."""

    ARRAY = "JSON array"
    LINES = "JSON lines"
    OBJECT = "JSON object"
    WRAPPED = "JSON object of records"
    XML = "XML"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One record; `line` counts from 1 in JSON lines, else it is 0; `item` counts those of an array.

    `wrong` says why there is no `value`; `text` is then what stands in the file, where it is known.
    """

    line: int
    item: int | None
    value: JsonObject | None
    wrong: str = ""
    text: str = ""

    @property
    def raw(self) -> object:
        return self.text if self.value is None else self.value


def shape_of(file: InputFile) -> Shape:
    with file.open() as stream:
        head = stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"["):
        return Shape.ARRAY
    if _WRAPPED.match(head):
        return Shape.WRAPPED
    if head.startswith(b"{"):
        return Shape.OBJECT if _runs_on(head) else Shape.LINES
    return Shape.XML if head.startswith(b"<") else Shape.TEXT


def _runs_on(head: bytes) -> bool:
    """Whether the object goes on after its first line, as one that is printed for people does."""
    first, _, rest = head.partition(b"\n")
    try:
        parsed(first.decode(errors="replace"))
    except BadJson:
        return bool(rest) and not rest.lstrip().startswith(b"{")
    return False


_LEADING = {Shape.ARRAY: 1, Shape.WRAPPED: 3}
"""Events before the first record: the bracket of the array, and the object and the name before it."""


def records(file: InputFile) -> Iterator[JsonRecord]:
    """Every record, in order. Raises UnusableFile where an array is broken or cut short."""
    shape = shape_of(file)
    if shape in (Shape.ARRAY, Shape.WRAPPED):
        yield from _items(file, _LEADING[shape])
    elif shape is Shape.LINES:
        yield from _lines(file)
    elif shape is Shape.OBJECT:
        yield _single(file)
    else:
        raise UnusableFile(file.name, f"is {shape}, not JSON.")


def _lines(file: InputFile) -> Iterator[JsonRecord]:
    with file.open() as stream:
        line = 0
        while chunk := stream.readline(LONGEST_RECORD + 1):
            line += 1
            whole = len(chunk) <= LONGEST_RECORD
            while not whole and not chunk.endswith(b"\n") and chunk:
                chunk = stream.readline(LONGEST_RECORD)
            if not whole:
                yield JsonRecord(line, None, None, f"The line is longer than {LONGEST_RECORD} bytes.")
            elif chunk.strip():
                yield _record(chunk, line)


def _record(data: bytes, line: int) -> JsonRecord:
    try:
        text = data.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        shown = data.decode(errors="replace").strip()
        return JsonRecord(line, None, None, f"It is not UTF-8: byte {error.start + 1} of the line.", shown)
    try:
        return _checked(JsonRecord(line, None, None, text=text.strip()), parsed(text))
    except BadJson as wrong:
        return JsonRecord(line, None, None, str(wrong), text.strip())


def _checked(place: JsonRecord, value: Json) -> JsonRecord:
    if isinstance(value, dict):
        return JsonRecord(place.line, place.item, value)
    return JsonRecord(place.line, place.item, None, "It is no JSON object.", place.text)


def _single(file: InputFile) -> JsonRecord:
    with file.open() as stream:
        data = stream.read(LONGEST_RECORD + 1)
    if len(data) > LONGEST_RECORD:
        raise UnusableFile(file.name, f"is one JSON object of more than {LONGEST_RECORD} bytes.")
    found = _record(data, 1)
    if found.value is None:
        raise UnusableFile(file.name, f"cannot be read as one JSON object. {found.wrong}")
    return found


@dataclass(slots=True)
class _Open:
    """A map or list of which more is to come; `key` is that under which it will stand itself."""

    pairs: list[tuple[str, Json]] | None
    items: list[Json]
    key: str


class _Built:
    """The value of one item, put together from events; one that cannot be used is passed over."""

    def __init__(self) -> None:
        self.value: Json = None
        self.wrong = ""
        self._parts = 0
        self._depth = 0
        self._key = ""
        self._open: list[_Open] = []

    @property
    def is_empty(self) -> bool:
        return self._parts == 0

    def take(self, event: str, value: object) -> bool:
        """Whether the item is complete with this event."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            self._refuse(f"It has more than {MOST_PARTS} parts.")
        if event in ("start_map", "start_array"):
            self._begin(is_map=event == "start_map")
        elif event in ("end_map", "end_array"):
            self._end()
        elif event == "map_key":
            self._key = str(value)
        else:
            self._add(cast(Json, value))
        return self._depth == 0

    def _refuse(self, reason: str) -> None:
        self.wrong = self.wrong or reason
        self._open.clear()

    def _begin(self, *, is_map: bool) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(f"It is nested deeper than {DEEPEST} levels.")
        if not self.wrong:
            self._open.append(_Open([] if is_map else None, [], self._key))

    def _end(self) -> None:
        self._depth -= 1
        if self.wrong:
            return
        done = self._open.pop()
        self._key = done.key
        try:
            self._add(done.items if done.pairs is None else object_of(done.pairs))
        except BadJson as wrong:
            self._refuse(str(wrong))

    def _add(self, value: Json) -> None:
        if self.wrong:
            return
        if isinstance(value, int | Decimal) and len(str(value)) > LONGEST_NUMBER:
            self._refuse(f"It holds a number of more than {LONGEST_NUMBER} characters.")
        elif not self._open:
            self.value = value
        elif (pairs := self._open[-1].pairs) is None:
            self._open[-1].items.append(value)
        else:
            pairs.append((self._key, value))


def _items(file: InputFile, leading: int) -> Iterator[JsonRecord]:
    item = 0
    with file.open() as stream:
        try:
            for record in _built(_events(stream, leading)):
                item += 1
                yield record
        except (ijson.JSONError, ValueError) as error:
            if isinstance(error, UnusableFile):
                raise
            why = " ".join(str(error).split())[:200]
            wrong = f"is no whole JSON array; after record {item}: {why}."
            raise UnusableFile(file.name, wrong) from error


def _events(stream: io.BufferedReader, leading: int) -> Iterator[tuple[str, object]]:
    mark = stream.peek(3)[:3]
    if mark == b"\xef\xbb\xbf":
        stream.read(3)
    events = cast(Iterator[tuple[str, object]], ijson.basic_parse(stream, use_float=False))
    return islice(events, leading, None)


def _built(events: Iterator[tuple[str, object]]) -> Iterator[JsonRecord]:
    item, building = 0, _Built()
    for event, value in events:
        if event == "end_array" and building.is_empty:
            break
        if not building.take(event, value):
            continue
        item += 1
        place = JsonRecord(0, item, None)
        yield JsonRecord(0, item, None, building.wrong) if building.wrong else _checked(place, building.value)
        building = _Built()
    if any(event != "end_map" for event, _ in events):
        raise ValueError("something follows the array of records")
