"""What every reader makes of a file: rows with their facts, or rejections; or the file is unusable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lookthrough.control.facts import Fact

LONGEST_VALUE = 200
"""Characters of a rejected value that a report repeats."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that cannot be used. `line` counts from 1 with the header; `reason` is one clear sentence.

    `field` and `value` are empty where the row as a whole is broken.
    """

    file: str
    line: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the facts it states; `fields` are its cells by column, without surrounding blanks."""

    file: str
    line: int
    fields: Mapping[str, str]
    facts: tuple[Fact, ...]

    def rejected(self, field: str, reason: str) -> Rejection:
        """The row as one that a later check found unusable."""
        return Rejection(self.file, self.line, field, shortened(self.fields.get(field, "")), reason)


class UnusableFile(ValueError):
    """A file of which nothing can be loaded: its name and what is wrong with it, as one sentence."""

    def __init__(self, file: str, wrong: str) -> None:
        super().__init__(f"{file}: {wrong}")
        self.file = file
        self.wrong = wrong


def shortened(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
