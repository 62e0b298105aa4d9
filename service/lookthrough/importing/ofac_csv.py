"""OFAC's lists as CSV files without a header: entries, other names, addresses and further remarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from .archives import opened_zip
from .files import InputFile
from .formats import Head, Place, Statements
from .json_records import Shape
from .ofac_records import entry_of_row
from .records import Record, check_encoding, records, text_of
from .rows import Rejection, Row, UnusableFile

_END_MARK = ["\x1a"]
"""What stands at the end of a file, from the time of other machines."""
_NULL = "-0-"
_REMARKS = ("Remarks", "remarks")
_OF_ENTRIES = (
    *("ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign", "Vess_type", "Tonnage", "GRT"),
    *("Vess_flag", "Vess_owner", "Remarks"),
)
_OF_NAMES = ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks")
_OF_ADDRESSES = ("ent_num", "add_num", "address", "city", "country", "add_remarks")
_OF_REMARKS = ("ent_num", "remarks")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the files of a list: what it holds and which columns it has."""

    stem: str
    holds: str
    columns: tuple[str, ...]

    @property
    def cells(self) -> int:
        return len(self.columns)

    def of(self, stem: str) -> bool:
        return self in PARTS[stem]


PARTS: dict[str, tuple[Part, ...]] = {
    "sdn": (
        Part("sdn", "entry", _OF_ENTRIES),
        Part("alt", "alias", _OF_NAMES),
        Part("add", "address", _OF_ADDRESSES),
        Part("sdn_comments", "remarks", _OF_REMARKS),
    ),
    "cons": (
        Part("cons_prim", "entry", _OF_ENTRIES),
        Part("cons_alt", "alias", _OF_NAMES),
        Part("cons_add", "address", _OF_ADDRESSES),
        Part("cons_comments", "remarks", _OF_REMARKS),
    ),
}
"""By what the names of a list's files begin with; the file of entries first."""


def part_of(head: Head) -> Part | None:
    """Which part a file is, by its name and the number of its columns."""
    stem = head.file.stem.casefold()
    named = next((part for parts in PARTS.values() for part in parts if part.stem == stem), None)
    if named is None or head.shape is not Shape.TEXT:
        return None
    first = head.columns
    return named if len(first) == named.cells and first[0].isdecimal() else None


def check_part(file: InputFile) -> None:
    """Raises UnusableFile for what is not UTF-8, and for other names without the entries that they are of."""
    check_encoding(file)
    part = part_of(Head(file))
    if part and part.holds != "entry" and _beside(file, part, "entry") is None:
        entries = next(one.stem for one in _siblings(part) if one.holds == "entry")
        raise UnusableFile(file.name, f"is read with {entries}.csv, which has to lie beside it.")


def read_part(form: Statements, file: InputFile, part: Part, source: str) -> Iterator[Row | Rejection]:
    """The entries with what the files beside them say; the rows of those are read with their entries."""
    if part.holds == "entry":
        yield from _entries(form, file, part, source)
        return
    for place, row in _rows(file, part):
        if isinstance(row, Rejection):
            yield row
        else:
            told = (
                f"{part.holds}, read with its entry"
                if part.holds != "address"
                else "address, which is no headquarters"
            )
            yield Row(
                place.file,
                place.line,
                row,
                (),
                id=f"OFAC-{row.get('ent_num', '')}",
                type=part.holds,
                noted=(told,),
            )


def _entries(form: Statements, file: InputFile, part: Part, source: str) -> Iterator[Row | Rejection]:
    names, remarks = _by_entry(file, part, "alias"), _by_entry(file, part, "remarks")
    for place, row in _rows(file, part):
        if isinstance(row, Rejection):
            yield row
            continue
        uid = row.get("ent_num", "")
        more = "".join(told.get("remarks", "") for told in (remarks or {}).get(uid, ()))
        found = form.statement(entry_of_row(row, (names or {}).get(uid, ()), more), place, source)
        if isinstance(found, Row) and names is None:
            found = replace(found, noted=(*found.noted, "no file of other names beside it"))
        yield found


def _by_entry(file: InputFile, part: Part, holds: str) -> dict[str, list[dict[str, str]]] | None:
    """The rows of a file beside this one by the entry that they are of; None where there is no such file."""
    other = _beside(file, part, holds)
    if other is None:
        return None
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for _, row in _rows(other, next(one for one in _siblings(part) if one.holds == holds)):
        if not isinstance(row, Rejection):
            found[row.get("ent_num", "")].append(row)
    return found


def _rows(file: InputFile, part: Part) -> Iterator[tuple[Place, dict[str, str] | Rejection]]:
    with text_of(file) as text:
        for record in records(text):
            if record.cells != _END_MARK:
                yield Place(file.name, record.line), _row(file, part, record)


def _row(file: InputFile, part: Part, record: Record) -> dict[str, str] | Rejection:
    place = Place(file.name, record.line)
    if record.wrong:
        return replace(place.rejection(record.cells, record.wrong), type=part.holds)
    if len(record.cells) != part.cells:
        reason = f"The row has {len(record.cells)} fields; a row of {part.stem}.csv has {part.cells}."
        return replace(place.rejection(record.cells, reason), type=part.holds)
    cells = zip(part.columns, record.cells, strict=True)
    told = {column: cell for column, cell in cells if cell.strip() not in ("", _NULL)}
    # remarks may be cut anywhere, also before a blank, and go on in another file
    return {column: cell if column in _REMARKS else cell.strip() for column, cell in told.items()}


def _siblings(part: Part) -> Sequence[Part]:
    return next(parts for parts in PARTS.values() if part in parts)


def _beside(file: InputFile, part: Part, holds: str) -> InputFile | None:
    """The file of the same list that lies in the same folder or archive, named in the same case."""
    stem = next(one.stem for one in _siblings(part) if one.holds == holds)
    last = PurePosixPath(file.member or file.path.name).name
    own = last[: len(part.stem)]
    name = (stem.upper() if own.isupper() else stem) + last[len(part.stem) :]
    shown = str(PurePosixPath(file.name).with_name(name))
    if not file.member:
        path = file.path.with_name(name)
        return InputFile(shown, path) if path.is_file() else None
    member = str(PurePosixPath(file.member).with_name(name))
    with opened_zip(file.path, file.name) as archive:
        return InputFile(shown, file.path, member) if member in archive.namelist() else None
