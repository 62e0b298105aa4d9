"""What a format is that facts are written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Protocol

from lookthrough.control.everything import Facts


class Files(Protocol):
    """Where a format writes. Nobody sees a file before all are written; whoever gave them closes them."""

    def open(self, name: str = "", part: int = 1) -> BinaryIO:
        """A new file: the one that was asked for, or `name` in the folder that was.

        Parts after the first are what is to be loaded after it, beside it.
        """
        ...


@dataclass(slots=True)
class Account:
    """What became of the facts: `written` by kind; `left_out` counts what the format cannot say, by name.

    `parts` is the number of loads that the files have to be given in.
    """

    written: Counter[str] = field(default_factory=Counter[str])
    left_out: Counter[str] = field(default_factory=Counter[str])
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Export:
    """One export under way. With `as_of` only what speaks on that day is among the facts."""

    files: Files
    account: Account
    as_of: date | None = None


class ExportFormat(Protocol):
    """A format that facts are written in."""

    @property
    def name(self) -> str:
        """As `--format` takes it."""
        ...

    @property
    def is_folder(self) -> bool:
        """Whether it writes several files into a folder, or one file."""
        ...

    def write(self, facts: Iterable[Facts], export: Export) -> None:
        """Write the facts, in the order of `Facts`, in bounded memory. Nothing is dropped without a count."""
        ...
