"""The columns of the CSV tables, and the names of the formats, from what reads them."""

from __future__ import annotations

from lookthrough.importing.tables import TABLES

from .markdown import table


def columns() -> str:
    rows = [
        (each.name, ", ".join([*(f"**{name}**" for name in each.required), *each.optional]))
        for each in TABLES
    ]
    return table(("table", "columns (required in bold)"), rows)
