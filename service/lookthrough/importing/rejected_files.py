"""Records that a load rejected, written so that they can be mended and loaded again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from .files import InputFile
from .formats import Format, Head, Place, Rejected, check_json, names
from .json_records import records
from .json_values import JsonObject, dumped
from .rows import Rejection, Row

_KEYS = ("format", "type", "source", "file", "line", "item", "id", "field", "value", "reason", "raw")


def line_of(rejection: Rejection, form: str, source: str) -> bytes:
    """One line of a file of rejected records, with its end."""
    told = {key: getattr(rejection, key) for key in _KEYS if key not in ("format", "source")}
    return dumped({key: {"format": form, "source": source, **told}[key] for key in _KEYS}) + b"\n"


class RejectedFormat:
    """Files that `--rejected` wrote; each record is read by the format it came in."""

    name = "rejected"
    usual_source = ""

    def __init__(self, formats: Mapping[str, Format]) -> None:
        self._formats = formats

    def recognises(self, head: Head) -> str | None:
        first = head.first_with(*_KEYS)
        return names(first, "format", "reason", "raw") if first else None

    def check(self, file: InputFile) -> None:
        check_json(file)

    def turn(self, file: InputFile) -> int:
        return 1

    def states_stakes(self, file: InputFile) -> None:
        return None

    def read(self, file: InputFile, source: str) -> Iterator[Row | Rejection]:
        """The source of a record is the one it had."""
        del source
        for record in records(file):
            place = Place(file.name, record.line, record.item)
            yield (
                place.rejection(record.raw, record.wrong)
                if record.value is None
                else self._row(record.value, place)
            )

    def again(self, raw: object, rejected: Rejected, source: str) -> Row | Rejection:
        del source
        place = Place(rejected.file, rejected.line)
        if not isinstance(raw, dict):
            return place.rejection(raw, "It is no rejected record.")
        return self._row(cast(JsonObject, raw), place)

    def _row(self, value: JsonObject, place: Place) -> Row | Rejection:
        form = self._formats.get(str(value.get("format")))
        source, kind = value.get("source"), value.get("type")
        if form is None or not isinstance(source, str) or not isinstance(kind, str):
            return place.rejection(value, "It does not say which format, type and source it has.", "format")
        rejected = Rejected(place.file, place.line, kind)
        return form.again(value.get("raw"), rejected, source)
