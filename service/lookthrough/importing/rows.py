"""What every reader makes of a file: rows with their facts, or rejections; or the file is unusable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from lookthrough.control.facts import Fact, StakeClaim

LONGEST_VALUE = 200
"""Characters of a rejected value that a report repeats."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that cannot be used. `line` counts from 1 with the header; `reason` is one clear sentence.

    `field` and `value` are empty where the row as a whole is broken. In a file without lines of records
    `line` is 0 and `item` counts the records from 1; `id` is the record's own, where it could be read.
    `raw` is the record as a value of JSON, to be mended and loaded again.
    """

    file: str
    line: int
    field: str
    value: str
    reason: str
    item: int | None = None
    id: str = ""
    type: str = ""
    raw: object = dataclass_field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of a file and the facts it states; `fields` are its cells or values by name.

    `type` says what kind of statement it is (a table, a type of record). `noted` names what it says that is
    no fact; a row may consist of such notes. `unknown` are fields that nobody here understands.
    """

    file: str
    line: int
    fields: Mapping[str, str]
    facts: tuple[Fact, ...]
    item: int | None = None
    id: str = ""
    type: str = ""
    noted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    raw: object = dataclass_field(default=None, compare=False, repr=False)

    @property
    def states_stakes(self) -> bool:
        return any(isinstance(fact, StakeClaim) for fact in self.facts)

    def rejected(self, field: str, reason: str) -> Rejection:
        """The row as one that a later check found unusable."""
        value = shortened(self.fields.get(field, ""))
        place = (self.item, self.id, self.type, self.raw)
        return Rejection(self.file, self.line, field, value, reason, *place)


class UnusableFile(ValueError):
    """A file of which nothing can be loaded: its name and what is wrong with it, as one sentence."""

    def __init__(self, file: str, wrong: str) -> None:
        super().__init__(f"{file}: {wrong}")
        self.file = file
        self.wrong = wrong


def shortened(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
