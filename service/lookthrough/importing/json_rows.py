"""From what was read of a JSON record to a row or a rejection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lookthrough.control.facts import Fact

from .cells import end, start
from .formats import Place
from .json_fields import Fields, Reading
from .rows import Rejection, Row, shortened


def row_of(
    place: Place, reading: Reading, facts: Sequence[Fact], *, id: str, type: str, raw: object
) -> Row | Rejection:
    """The row, or the first fault of the record with the names of the others."""
    if not reading.faults:
        known = (tuple(dict.fromkeys(facts)), place.item, id, type)
        noted, unknown = tuple(dict.fromkeys(reading.noted)), tuple(reading.unknown)
        return Row(place.file, place.line, reading.values, *known, noted, unknown, raw)
    (field, reason), *others = reading.faults.items()
    if others:
        reason = f"{reason} Also faulty: {', '.join(name for name, _ in others)}."
    value = shortened(reading.values.get(field, ""))
    return Rejection(place.file, place.line, field, value, reason, place.item, id, type, raw)


def day(value: str) -> date:
    """The day of a date or an instant. Raises Fault."""
    return start(value.partition("T")[0])


def last_day(value: str) -> date:
    """The day that an end names: what holds ends with it. Raises Fault."""
    return end(value.partition("T")[0])


def period(fields: Fields, first: str, last: str) -> tuple[date | None, date | None]:
    """Start and end; an end before the start is a fault."""
    begins, ends = fields.get(first, day, None), fields.get(last, last_day, None)
    if begins and ends and begins > ends:
        fields.fault(last, f"It is before the beginning on {begins}.")
    return begins, ends
