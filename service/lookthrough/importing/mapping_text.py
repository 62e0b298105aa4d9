"""A mapping written down as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from .mapping import DELIMITERS, Layout

Value: TypeAlias = str | dict[str, str | list[str]]
"""A cell of a mapping: the name of a column, or a table of its keys."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_COLUMNS = ("column", "columns", "min", "max", "count", "total")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a mapping that is being written."""

    table: str
    origin: str
    needs: tuple[str, ...]
    cells: Mapping[str, Value]

    @property
    def reads(self) -> list[str]:
        """The columns that it reads."""
        found: list[str] = []
        for value in self.cells.values():
            told = {"column": value} if isinstance(value, str) else value
            for key in _COLUMNS:
                named = told.get(key, [])
                found += [named] if isinstance(named, str) else named
        return [column for column in found if column]


def toml_text(layout: Layout, entries: Iterable[Entry], remarks: Iterable[str] = ()) -> str:
    """The mapping as a file, with remarks at its head."""
    lines = [f"# {' '.join(remark.split())}" for remark in remarks]
    if layout.encoding != "utf-8":
        lines.append(f"encoding = {_quoted(layout.encoding)}")
    if layout.delimiter != ",":
        name = next(name for name, sign in DELIMITERS.items() if sign == layout.delimiter)
        lines.append(f"delimiter = {_quoted(name)}")
    for entry in entries:
        lines += ["", *_entry(entry)]
    return "\n".join(lines).strip() + "\n"


def _entry(entry: Entry) -> list[str]:
    lines = ["[[tables]]", f"table = {_quoted(entry.table)}"]
    if entry.origin:
        lines.append(f"from = {_quoted(entry.origin)}")
    if entry.needs:
        lines.append(f"needs = {_written(list(entry.needs))}")
    return [*lines, "[tables.columns]", *(f"{name} = {_cell(value)}" for name, value in entry.cells.items())]


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return f"{{ {', '.join(f'{_key(name)} = {_written(told)}' for name, told in value.items())} }}"


def _written(told: str | list[str]) -> str:
    return _quoted(told) if isinstance(told, str) else f"[{', '.join(map(_quoted, told))}]"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
