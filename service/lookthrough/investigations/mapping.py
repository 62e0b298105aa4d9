"""Proposing a mapping for somebody's table, and trying one out before anything is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from itertools import islice
from pathlib import Path
from typing import cast

from lookthrough.control.facts import Fact
from lookthrough.control.interval import Interval, to_text
from lookthrough.importing.files import InputFile, expand
from lookthrough.importing.mapped import MappedFormat, tables_in
from lookthrough.importing.mapping import Layout, Mapping, mapping_in, mapping_of
from lookthrough.importing.mapping_proposal import Proposal, Sample, proposed
from lookthrough.importing.mapping_text import toml_text
from lookthrough.importing.mapping_values import Doubt
from lookthrough.importing.rows import Rejection, Row, UnusableFile
from lookthrough.importing.table_rows import Store, Tables, store_of
from lookthrough.importing.text_layout import layout_of

from .load_report import rejection_document

SAMPLED = 200
"""Rows that a proposal rests on."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A mapping (`toml`, empty where it was given), and what the first rows become through it.

    `unused` are columns that it does not read, `left_out` counts rows that it leaves out by the reason.
    """

    file: str
    store: str
    toml: str
    doubts: tuple[Doubt, ...]
    unused: tuple[str, ...]
    facts: tuple[dict[str, object], ...]
    left_out: dict[str, int]
    rejections: tuple[Rejection, ...]

    def document(self) -> dict[str, object]:
        """As it is printed."""
        told = asdict(self)
        return {**told, "rejections": [rejection_document(rejection) for rejection in self.rejections]}


def propose(path: Path, table: str = "", rows: int = 10) -> Preview:
    """A mapping for a file, or for one table of a database, with what its first `rows` rows become.

    Raises UnusableFile where it cannot be read, has no such table, or nothing can be told from its columns.
    """
    file = _one(path)
    layout = layout_of(file) if store_of(file) is Store.TEXT else Layout()
    tables = tables_in(file, layout)
    found = _proposal(file, tables, table)
    remarks = [f"Proposed from the first rows of {file.name}. Look at every line before you load with it."]
    remarks += [
        f"Doubtful: {doubt.column}: {doubt.why}" if doubt.column else f"Doubtful: {doubt.why}"
        for doubt in found.doubts
    ]
    remarks += [f"Not read: {', '.join(found.unused)}"] if found.unused else []
    toml = toml_text(layout, found.entries, remarks)
    mapping = mapping_in(toml.encode(), "the proposed mapping")
    return _preview(file, mapping, rows, toml, found)


def try_out(path: Path, mapping: Path, rows: int = 10) -> Preview:
    """What the first `rows` rows of a file become through a mapping. Raises UnusableFile."""
    return _preview(_one(path), mapping_of(mapping), rows, "", Proposal())


def _one(path: Path) -> InputFile:
    files = expand([path]).files
    if len(files) != 1:
        raise UnusableFile(path.name, f"holds {len(files)} files; a mapping is proposed for one.")
    return files[0]


def _proposal(file: InputFile, tables: Tables, wanted: str) -> Proposal:
    """For the table that is wanted; failing that for every table that anything can be told of."""
    if wanted and wanted not in tables.names:
        raise UnusableFile(file.name, f"has no table {wanted!r}; it has {', '.join(tables.names)}.")
    names = [wanted] if wanted else list(tables.names)
    all_of_it = Proposal()
    columns: list[str] = []
    for name in names:
        sample = _sample(tables, name)
        columns += sample.columns
        found = proposed(sample, name if len(tables.names) > 1 else "")
        if found:
            all_of_it.entries += found.entries
            all_of_it.doubts += found.doubts
            all_of_it.unused += found.unused
    if not all_of_it.entries:
        wrong = "has no columns that could be an owner and an owned, or the id or name of an entity"
        raise UnusableFile(file.name, f"{wrong}; it has {', '.join(filter(None, columns))}.")
    return all_of_it


def _sample(tables: Tables, name: str) -> Sample:
    with tables.opened(name) as table:
        lines = [line for line in islice(table.rows, SAMPLED) if not line.wrong]
        return Sample(name, table.columns, tuple(line.cells for line in lines))


def _preview(file: InputFile, mapping: Mapping, rows: int, toml: str, found: Proposal) -> Preview:
    form = MappedFormat(mapping)
    form.check_columns(file)
    facts: list[dict[str, object]] = []
    rejections: list[Rejection] = []
    left_out: dict[str, int] = {}
    unread: dict[str, None] = {}
    for row in form.first_rows(file, file.stem, rows):
        if isinstance(row, Rejection):
            rejections.append(row)
            continue
        unread.update(dict.fromkeys(row.unknown))
        facts += [fact_document(fact, row) for fact in row.facts]
        for why in row.noted:
            left_out[why] = left_out.get(why, 0) + 1
    unused = tuple(found.unused) or tuple(unread)
    told = (tuple(found.doubts), unused, tuple(facts), left_out, tuple(rejections))
    return Preview(file.name, store_of(file).value, toml, *told)


def fact_document(fact: Fact, row: Row) -> dict[str, object]:
    """A fact as it would be loaded: what it says, an interval in fractions, and where it stands."""
    told = {field.name: _shown(getattr(fact, field.name)) for field in fields(fact)}
    place = {"line": row.line} if row.item is None else {"item": row.item}
    return {"fact": type(fact).__name__, **place, **{name: value for name, value in told.items() if value}}


def _shown(value: object) -> object:
    if isinstance(value, Interval):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_shown(one) for one in cast(Iterable[object], value)]
    return value
