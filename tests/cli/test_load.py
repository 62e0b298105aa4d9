"""`lookthrough load`: the report, what is refused, and that the same rows change nothing twice."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from lookthrough.cli.load import Format
from lookthrough.importing.catalogue import FORMATS

from .commands import Desk, Json, write

REPORT = {
    "files", "read", "loaded", "duplicate", "rejected", "entities_new", "entities_implied", "stakes_new",
    "rejections",
}  # fmt: skip
DATA = Path(__file__).parents[1] / "data"
ENTITIES = ("id,name,kind", "a,Alpha,company", "b,Beta,company")


def loaded(desk: Desk, *arguments: str | Path) -> Json:
    """The report of a load that did its work, which always adds up."""
    done = desk.run("load", *arguments, "--json")
    assert (done.code, done.err) == (0, "")
    report = done.document
    assert report.keys() >= REPORT
    assert report["read"] == report["loaded"] + report["duplicate"] + report["rejected"]
    return report


def found(desk: Desk, text: str) -> list[str]:
    return [item["id"] for item in desk.run("search", text, "--json").document["items"]]


def test_the_report_counts_rows_and_names_what_was_rejected(empty: Desk) -> None:
    write(empty.folder / "entities.csv", *ENTITIES)
    stakes = write(empty.folder / "stakes.csv", "owner,owned,percent", "a,b,60", "a,c,140", 'd,b,"(25,50]"')
    report = loaded(empty, "entities.csv", stakes)
    counts = {name: report[name] for name in REPORT - {"rejections"}}
    assert counts == {
        "files": 2, "read": 5, "loaded": 4, "duplicate": 0, "rejected": 1,
        "entities_new": 2, "entities_implied": 1, "stakes_new": 2,
    }  # fmt: skip
    (rejection,) = report["rejections"]
    assert rejection.keys() >= {"file", "line", "field", "value", "reason"}
    place = (rejection["file"], rejection["line"], rejection["field"], rejection["value"])
    assert place == ("stakes.csv", 3, "percent", "140")

    again = loaded(empty, "entities.csv", stakes)
    assert (again["loaded"], again["duplicate"], again["rejected"]) == (0, 4, 1)
    assert (again["entities_new"], again["entities_implied"], again["stakes_new"]) == (0, 0, 0)


def test_people_read_the_same_report(empty: Desk) -> None:
    stakes = write(empty.folder / "stakes.csv", "owner,owned,percent", "a,b,60", "a,c,140")
    done = empty.run("load", stakes)
    assert (done.code, done.err) == (0, "")
    assert "stakes.csv:3 percent '140'" in done.text


def test_archives_and_folders_are_read_and_a_packed_file_is_the_same_file(empty: Desk) -> None:
    folder = empty.folder / "set"
    folder.mkdir()
    write(folder / "entities.csv", *ENTITIES)
    write(folder / "notes.txt", "not a table")
    packed = empty.folder / "stakes.csv.gz"
    packed.write_bytes(gzip.compress(b"owner,owned,percent\na,b,60\n"))
    with zipfile.ZipFile(empty.folder / "more.zip", "w") as archive:
        archive.writestr("stakes.csv", "owner,owned,percent\na,b,60\nb,c,1000\n")
        archive.writestr("lists.csv", "list,entity\nwatched,a\n")

    first = loaded(empty, folder, packed, "--source", "somebody")
    assert (first["files"], first["loaded"], first["ignored"]) == (2, 3, ["notes.txt"])
    second = loaded(empty, "more.zip", "--source", "somebody")
    assert (second["files"], second["loaded"], second["duplicate"], second["rejected"]) == (2, 1, 1, 1)
    assert [rejection["file"] for rejection in second["rejections"]] == ["more.zip/stakes.csv"]


def test_the_source_of_rows_that_name_none_is_the_given_one_or_the_files_name(empty: Desk) -> None:
    write(empty.folder / "entities.csv", "id,listing,source", "a,US,", "b,GB,a register")
    loaded(empty, "entities.csv", "--source", "somebody")
    write(empty.folder / "entities-2.csv", "id,listing", "c,FR")
    loaded(empty, "entities-2.csv")
    items = empty.run("search", "", "--json").document["items"]
    sources = {item["id"]: item["locations"][0]["sources"] for item in items}
    assert sources == {"a": ["somebody"], "b": ["a register"], "c": ["entities-2"]}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"owner,owned,percentage\na,z,1\n", "percentage"),
        (b"owner,percent\na,1\n", "owned"),
        ("owner,owned,percent\nÀ,z,1\n".encode("latin-1"), "UTF-8"),
        (b"", "stakes.csv"),
    ],
    ids=["unknown column", "missing column", "encoding", "empty"],
)
def test_of_a_file_that_cannot_be_used_nothing_is_loaded_nor_of_those_beside_it(
    empty: Desk, content: bytes, named: str
) -> None:
    good = write(empty.folder / "entities.csv", *ENTITIES)
    (empty.folder / "stakes.csv").write_bytes(content)
    done = empty.run("load", good, "stakes.csv", "--json")
    assert done.code == 2
    assert done.document["status"] == 422
    assert done.document["detail"] == done.sentence
    assert "stakes.csv" in done.sentence
    assert named in done.sentence
    assert found(empty, "") == []


def test_the_report_says_how_each_file_was_read(empty: Desk) -> None:
    snapshot = DATA / "psc" / "snapshot.jsonl"
    report = loaded(empty, snapshot)
    (file,) = report["files_read"]
    assert (file["file"], file["format"]) == ("snapshot.jsonl", "psc")
    assert "company_number" in file["why"]
    assert (file["read"], file["loaded"], report["noted"]) == (6, 6, 2)
    assert file["notes"]["totals#persons-of-significant-control-snapshot"] == 1
    assert sum(one["read"] for one in file["by_type"].values()) == 6
    assert "read as psc, because" in empty.run("load", snapshot, "--format", "psc").text.replace("\n", " ")


def test_rejected_records_are_written_mended_and_loaded(empty: Desk) -> None:
    bad = DATA / "bods" / "adversarial.jsonl"
    report = loaded(empty, bad, "--rejected", "rejected.ndjson")
    lines = (empty.folder / "rejected.ndjson").read_bytes().splitlines()
    assert report["rejected"] == len(lines)
    assert report["files_read"][0]["unknown_fields"] == {"recordDetails.interests[].share.surprise": 1}
    mended = next(line for line in lines if b'"type":"holding"' in line).replace(b"holding", b"shareholding")
    (empty.folder / "rejected.ndjson").write_bytes(mended + b"\n")
    again = loaded(empty, "rejected.ndjson")
    assert (again["files_read"][0]["format"], again["rejected"]) == ("rejected", 0)


def test_every_format_of_the_catalogue_can_be_named() -> None:
    assert {form.value for form in Format} == {"auto", *FORMATS}
