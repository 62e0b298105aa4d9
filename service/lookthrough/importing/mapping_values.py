"""What the first rows of a column say about how its figures, days and places are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lookthrough.control.jurisdictions import JURISDICTIONS

from .cells import Fault
from .mapped_cells import day, place

_FORMATS = (
    *("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    *("%Y年%m月%d日", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%B %d, %Y"),
)
_SWAPPED = {"%d/%m/%Y": "%m/%d/%Y"}
_PERCENT = re.compile(r"([0-9]*[.,]?[0-9]+)\s*(%?)")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person should look at before a proposed mapping is used; `column` is empty for all of it."""

    column: str
    why: str


def figures(
    values: Sequence[str], column: str, *, is_count: bool = False
) -> tuple[dict[str, str | list[str]], list[Doubt]]:
    """The keys that say how figures are written, and what is doubtful about them."""
    told: dict[str, str | list[str]] = {}
    if is_count:
        return ({"thousands": ","} if any("," in value for value in values) else {}), []
    found = [match for value in values if (match := _PERCENT.fullmatch(value))]
    doubts: list[Doubt] = []
    if len(found) < len(values):
        odd = next(value for value in values if not _PERCENT.fullmatch(value))
        doubts.append(Doubt(column, f"{odd[:50]!r} is no figure; words can be given for such values"))
    if any("," in match[1] for match in found):
        told["decimal"] = ","
    numbers = [Fraction(match[1].replace(",", ".")) for match in found]
    small = sum(number <= 1 for number in numbers)
    if any(match[2] for match in found) or 2 * small < len(numbers):
        return told, doubts
    if numbers and small == len(numbers):
        told["unit"] = "fraction"
        doubts.append(Doubt(column, "no figure is above 1: all are taken for fractions, 1 for the whole"))
    elif numbers:
        doubts.append(Doubt(column, "most figures are not above 1, but some are: all are taken for percents"))
    return told, doubts


def date_format(values: Sequence[str], column: str) -> tuple[str, list[Doubt]]:
    """The format of the days of a column, empty where it is that of docs/csv.md."""
    fitting = {written: _fitting(values, written) for written in (*_FORMATS, "")}
    # as they stand if that fits as well as any
    written = max(("", *_FORMATS), key=lambda one: fitting[one])
    if not fitting[written]:
        return "", [
            Doubt(column, "its days are written in no format that is known; name one")
        ] if values else []
    doubts: list[Doubt] = []
    if fitting[written] < len(values):
        doubts.append(Doubt(column, f"{len(values) - fitting[written]} of the first rows do not fit"))
    if written in _SWAPPED and fitting[_SWAPPED[written]] == fitting[written]:
        doubts.append(Doubt(column, "days and months cannot be told apart in the first rows"))
    return written, doubts


def _fitting(values: Sequence[str], written: str) -> int:
    """How many of the values are days so written."""
    count = 0
    for value in values:
        try:
            day(value, (written,) if written else ())
        except Fault:
            continue
        count += 1
    return count


def reads_places(values: Sequence[str]) -> bool:
    """Whether places are told otherwise than by codes in capitals, in a way that can be read."""
    if all(value in JURISDICTIONS for value in values):
        return False
    try:
        return all(place(value) for value in values)
    except Fault:
        return False
