"""Lists that a screening takes, and files that it leaves."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from lookthrough.importing.rows import UnusableFile
from lookthrough.investigations.errors import BadQuestion
from lookthrough.investigations.screening import Entry, Screened, ScreeningRow
from lookthrough.investigations.screening_files import entries, writing

ROW = ScreeningRow(row=1, entity="a,b", name="A\nB", reason="unknown_entity", problem="there is no such id")


def test_the_ids_of_a_column_are_taken_in_order(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes('\ufeffname,entity\r\nA, a \r\n\r\nB,\r\nC\r\nD,"d"x\r\nA,a\r\n'.encode())
    found = entries(path, "entity")
    assert [entry.entity for entry in found] == ["a", "", "", "", "a"]
    assert [entry.wrong is not None for entry in found] == [False, False, False, True, False]
    assert found[3].wrong is not None
    assert f"{path}, line 6" in found[3].wrong[1]


def test_a_packed_list_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(b"entity\na\n"))
    assert entries(path, "entity") == [Entry("a")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"name,party\na,b\n", "lacks the column 'entity'; it has 'name', 'party'"),
        (b"entity,entity\na,b\n", "names the column 'entity' twice"),
        (b"entity\n\xff\n", "is not UTF-8: byte 0xff"),
        (b"PK\x03\x04", "is a zip archive or a spreadsheet"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(UnusableFile) as refused:
        entries(path, "entity")
    assert str(refused.value).startswith(f"{path}: {sentence}")


@pytest.mark.parametrize("ending", [".xlsx", "", ".CSV"])
def test_another_ending_is_refused(tmp_path: Path, ending: str) -> None:
    with pytest.raises(BadQuestion, match="ends in none of"), writing(tmp_path / f"out{ending}"):
        pass


def test_an_interrupted_file_is_not_left_behind(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("before")
    with pytest.raises(KeyboardInterrupt), writing(out) as write:
        write(Screened(ROW))
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert out.read_text() == "before"


def test_cells_with_commas_and_line_ends_are_quoted(tmp_path: Path) -> None:
    with writing(tmp_path / "out.csv") as write:
        write(Screened(ROW))
    head, *rest = (tmp_path / "out.csv").read_text().split("\n", 1)
    assert head == "entity,name,outcome,reason,lower,upper,unknown,verdict_id"
    assert rest == ['"a,b","A\nB",,unknown_entity,,,,\n']
