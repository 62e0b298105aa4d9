"""Records that a load rejected, written so that they can be mended and loaded again."""

from __future__ import annotations

from collections.abc import Mapping

from .formats import Format, Head, JsonRegister, Place, Rejected
from .json_values import JsonObject, dumped
from .rows import Rejection, Row

_KEYS = ("format", "type", "source", "file", "line", "item", "id", "field", "value", "reason", "raw")


def line_of(rejection: Rejection, form: str, source: str) -> bytes:
    """One line of a file of rejected records, with its end."""
    told = {key: getattr(rejection, key) for key in _KEYS if key not in ("format", "source")}
    return dumped({key: {"format": form, "source": source, **told}[key] for key in _KEYS}) + b"\n"


class RejectedFormat(JsonRegister):
    """Files that `--rejected` wrote; each record is read by the format it came in."""

    name = "rejected"
    usual_source = ""

    def __init__(self, formats: Mapping[str, Format]) -> None:
        self._formats = formats

    def recognises(self, head: Head) -> str | None:
        return head.known_by(_KEYS)

    def statement(self, value: JsonObject, place: Place, source: str) -> Row | Rejection:
        """The source of a record is the one it had."""
        form = self._formats.get(str(value.get("format")))
        had, kind = value.get("source"), value.get("type")
        if form is None or not isinstance(had, str) or not isinstance(kind, str):
            return place.rejection(value, "It does not say which format, type and source it has.", "format")
        rejected = Rejected(place.file, place.line, kind)
        return form.again(value.get("raw"), rejected, had)
