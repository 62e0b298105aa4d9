"""A mapping: which columns of somebody's table become which columns of the tables of this program."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path, PurePath

from .mapped_cells import Cell, Recipe
from .mapped_figures import Figure
from .rows import UnusableFile
from .tables import TABLES, Table
from .toml_keys import MOST_BYTES, Keys, toml_in

ENCODINGS = (
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312", "big5", "big5hkscs"),
    *("shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "koi8-r", "koi8-u", "mac-roman"),
    *(f"cp{page}" for page in (437, 850, 852, 866, 874, *range(1250, 1259))),
    *(f"iso8859-{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
)
DELIMITERS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "pipe": "|",
    ",": ",",
    ";": ";",
    "\t": "\t",
    "|": "|",
}
_TABLES = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file of text is written; databases say it themselves."""

    encoding: str = "utf-8"
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class MappedTable:
    """One entry of a mapping: rows of `origin` (empty: of any table) become rows of `table`.

    Rows for which `only` does not hold, or that leave a column of `needs` empty, are left out.
    """

    table: Table
    origin: str
    cells: Map[str, tuple[Cell, ...]]
    only: Map[str, frozenset[str]]
    needs: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is looked at, each once."""
        read = [column for cells in self.cells.values() for cell in cells for column in cell.columns]
        return tuple(dict.fromkeys([*read, *self.only, *self.needs]))

    def is_of(self, table: str) -> bool:
        """Whether it reads the table of that name; a file's name counts with and without its ending."""
        unpacked = table.removesuffix(".gz")
        return self.origin in ("", table, unpacked, PurePath(unpacked).stem)

    def left_out(self, row: Map[str, str]) -> str:
        """Why a row is none that is meant; empty where it is one."""
        for column, values in self.only.items():
            if row.get(column, "").casefold() not in values:
                return f"left out by {column}"
        return next((f"left out without {column}" for column in self.needs if not row.get(column)), "")

    def column_of(self, name: str) -> str:
        """The column of the table to name for our column; ours where it comes from none."""
        return next((column for cell in self.cells.get(name, ()) for column in cell.columns), name)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file; `source` is the source of rows that name none, `empty` are cells that say nothing."""

    name: str
    digest: str
    source: str
    empty: frozenset[str]
    layout: Layout
    tables: tuple[MappedTable, ...]

    def of(self, table: str) -> tuple[MappedTable, ...]:
        return tuple(entry for entry in self.tables if entry.is_of(table))


def mapping_of(path: Path) -> Mapping:
    """The mapping in a file. Raises UnusableFile that names file and key of what is wrong."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnusableFile(path.name, f"cannot be read: {error.strerror or error}.") from error
    return mapping_in(content, path.name)


def mapping_in(content: bytes, name: str) -> Mapping:
    """The mapping that the content of a file states. Raises UnusableFile."""
    with toml_in(content, name) as keys:
        source, empty, layout = keys.text("source"), frozenset(keys.texts("empty")), _layout(keys)
        tables = tuple(_table(entry) for entry in keys.tables("tables"))
        if not tables:
            raise keys.wrong("tables", "is missing: a mapping needs at least one table")
    return Mapping(name, hashlib.sha256(content).hexdigest(), source, empty, layout, tables)


def _layout(keys: Keys) -> Layout:
    encoding = keys.text("encoding", "utf-8")
    try:
        found = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        found = ""
    if found not in ENCODINGS:
        raise keys.wrong("encoding", f"is {encoding!r}, which is no encoding that is read")
    return Layout(found, DELIMITERS[keys.one_of("delimiter", DELIMITERS, "comma")])


def _table(keys: Keys) -> MappedTable:
    with keys:
        if not keys.has("table"):
            raise keys.wrong("table", f"is missing: it says which of {', '.join(_TABLES)} the rows become")
        table = _TABLES[keys.one_of("table", _TABLES)]
        origin, needs = keys.text("from"), keys.texts("needs")
        only = _values(keys.table("only"))
        cells = _cells(keys.table("columns"), table)
    return MappedTable(table, origin, cells, only, needs)


def _values(keys: Keys) -> dict[str, frozenset[str]]:
    """Which values of which columns are meant; case does not matter."""
    return {name: frozenset(value.casefold() for value in keys.texts(name)) for name in keys}


def _cells(keys: Keys, table: Table) -> dict[str, tuple[Cell, ...]]:
    unknown = next((name for name in keys if name not in table.columns), None)
    if unknown is not None:
        raise keys.wrong(unknown, f"is no column of {table.name}; it has {', '.join(table.columns)}")
    missing = next((name for name in table.required if not keys.has(name)), None)
    if missing is not None:
        raise keys.wrong(missing, f"is missing, and no row of {table.name} can do without")
    return {name: tuple(_cell(entry, name) for entry in keys.tables(name)) for name in keys}


def _cell(keys: Keys, name: str) -> Cell:
    with keys:
        when = _values(keys.table("when"))
        return Figure.of(keys, when) if name == "percent" else Recipe.of(keys, name, when)
