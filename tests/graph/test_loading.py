"""Files into the graph: what is new, what was there before, and that order does not matter."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from importlib.resources import files as resources
from itertools import permutations
from pathlib import Path

import pytest

from lookthrough.graph.database import Database
from lookthrough.graph.loads import ledger
from lookthrough.importing.rows import UnusableFile
from lookthrough.investigations import loading as loading_module
from lookthrough.investigations.checkup import examine
from lookthrough.investigations.demo import load_once
from lookthrough.investigations.loading import LoadReport, Progress, load_files, rows_in

from .canonical import Everything, canonical
from .facts import figures, files, load

DATA = Path(__file__).parents[1] / "data"
DEMO_ROWS = 296 + 368 + 10

EVERY_TABLE = {
    "entities": """
        id,name,kind,headquarters,nationality,source
        t,Target,company,US,,register
        a,Above,company,CN|HK,,register
        p,Person,person,,CN|US,register
    """,
    "stakes": """
        owner,owned,percent,source
        a,t,60,register
        p,a,"(25,50]",register
    """,
    "locations": """
        entity,attribute,jurisdiction,valid_from,source
        a,headquarters,SG,2020,filing
        a,listing,HK,2021,filing
    """,
    "lists": """
        list,entity,valid_from,valid_to,source,ref,note
        sanctions,a,2022-03,2024,office,L1,first entry
        sanctions,p,2022-03,,office,L2,
    """,
    "groups": """
        group,member,source
        pact,a,filing
        pact,p,filing
    """,
    "same_as": """
        entity,same_as,source
        a,above-ltd,analyst
    """,
    "sources": """
        source,title,url,licence,retrieved,sha256
        register,The register,https://example.org,CC0,2026-01-02,
        office,The office,,,,
    """,
}


def folder_of_demo() -> Path:
    return Path(str(resources("lookthrough") / "demo"))


def test_the_demo_set_loads_completely(database: Database) -> None:
    report = load_files(database, [folder_of_demo()])
    assert figures(report) == (DEMO_ROWS, DEMO_ROWS, 0, 0)
    assert (report.files, report.entities_new, report.entities_implied, report.stakes_new) == (3, 296, 0, 368)
    assert report.rejections == []
    assert all(finding.well for finding in examine(database))


def test_the_demo_set_a_second_time_is_all_duplicates(database: Database) -> None:
    load_files(database, [folder_of_demo()])
    before, change = canonical(database), ledger(database).last_change
    again = load_files(database, [folder_of_demo()])
    assert figures(again) == (DEMO_ROWS, 0, DEMO_ROWS, 0)
    assert (again.entities_new, again.entities_implied, again.stakes_new) == (0, 0, 0)
    assert canonical(database) == before
    assert ledger(database).last_change == change


def test_the_demo_set_is_loaded_once(database: Database) -> None:
    assert load_once(database) is not None
    assert load_once(database) is None


def test_every_table_a_second_time_is_all_duplicates(database: Database, tmp_path: Path) -> None:
    assert figures(load(database, tmp_path, **EVERY_TABLE)) == (14, 14, 0, 0)
    before = canonical(database)
    assert figures(load(database, tmp_path, **EVERY_TABLE)) == (14, 0, 14, 0)
    assert canonical(database) == before


def test_rows_of_every_table_are_stored_with_their_evidence(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, **EVERY_TABLE)
    graph = canonical(database)
    assert graph.instants == 1
    (listed,) = graph.mentioning('"LISTED"', '"start":"a"')
    for text in ('"end":"sanctions"', '"2022-03-01"', '"2025-01-01"', '"L1"', '"first entry"', '"office"'):
        assert text in listed
    assert len(graph.mentioning('"ACTS_IN"', '"end":"pact"', '"filing"')) == 2
    assert len(graph.mentioning('"SAME_AS"', '"start":"a"', '"end":"above-ltd"', '"analyst"')) == 1
    assert len(graph.mentioning('["Source"]', '"The register"', '"CC0"', '"2026-01-02"')) == 1
    assert len(graph.mentioning('"LOCATED"', '"start":"a"', '"claimed_together":["CN","HK"]')) == 2
    assert len(graph.mentioning('"LOCATED"', '"end":"SG"', '"2020-01-01"', '"filing"')) == 1


def test_an_entity_is_labelled_by_its_kind(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, **EVERY_TABLE)
    graph = canonical(database)
    assert len(graph.mentioning('["Entity","Company"]', '"id":"a"', '"words":"above"')) == 1
    assert len(graph.mentioning('["Entity","Person"]', '"id":"p"')) == 1
    assert len(graph.mentioning('["Entity","Unknown"]', '"id":"above-ltd"', '"implied_by":0')) == 1


def test_the_order_of_the_files_is_irrelevant(
    database: Database, wipe: Callable[[], None], tmp_path: Path
) -> None:
    folder = files(tmp_path / "all", **EVERY_TABLE)
    paths = [folder / f"{name}.csv" for name in ("stakes", "entities", "locations")]
    rest = [folder / f"{name}.csv" for name in ("lists", "groups", "same_as", "sources")]
    found: list[tuple[LoadReport, Everything]] = []
    for order in permutations(paths):
        wipe()
        report = load_files(database, [*order, *rest])
        report.files_read.sort(key=lambda file: file.file)
        found.append((report, canonical(database)))
    assert found == [found[0]] * 6


def test_an_id_that_no_row_describes_is_implied_and_described_later(
    database: Database, tmp_path: Path
) -> None:
    report = load(database, tmp_path, stakes="owner,owned,percent\na,t,60\nb,t,40")
    assert (report.entities_new, report.entities_implied) == (0, 3)
    assert len(canonical(database).mentioning('["Entity","Unknown"]')) == 3
    later = load(database, tmp_path, entities="id,name,kind\nt,Target,company")
    assert (later.entities_new, later.entities_implied) == (1, 0)
    (line,) = canonical(database).mentioning('"Company"')
    assert "implied_by" not in line
    again = load(database, tmp_path, stakes="owner,owned,percent,source\na,t,60,other")
    assert (again.entities_new, again.entities_implied) == (0, 0)


def test_an_entity_described_in_the_same_load_is_not_implied(database: Database, tmp_path: Path) -> None:
    report = load(
        database,
        tmp_path,
        stakes="owner,owned,percent\na,t,60",
        entities="id,kind\na,company\nt,company",
    )
    assert (report.entities_new, report.entities_implied) == (2, 0)


def test_a_load_that_changes_nothing_does_not_move_the_last_change(
    database: Database, tmp_path: Path
) -> None:
    assert ledger(database).last_change is None
    load(database, tmp_path, stakes="owner,owned,percent\na,t,60")
    first = ledger(database).last_change
    assert first is not None
    load(database, tmp_path, stakes="owner,owned,percent,note\na,t,60,said again")
    assert ledger(database).last_change == first
    load(database, tmp_path, stakes="owner,owned,percent\na,t,61")
    second = ledger(database).last_change
    assert second is not None
    assert second > first


def test_a_source_described_anew_is_new_knowledge(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, sources="source,title\nregister,Old title")
    assert figures(load(database, tmp_path, sources="source,title\nregister,New title")) == (1, 1, 0, 0)
    assert len(canonical(database).mentioning('["Source"]')) == 1
    assert len(canonical(database).mentioning('["Source"]', "New title")) == 1


def test_an_entity_described_anew_keeps_its_old_description(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities="id,name,kind\nt,Old,company")
    report = load(database, tmp_path, entities="id,name,kind\nt,New,fund")
    assert (figures(report), report.entities_new) == ((1, 1, 0, 0), 0)
    graph = canonical(database)
    assert len(graph.mentioning('"DESCRIBED"', '"Old"', '"known_from":0', '"known_to":1')) == 1
    assert len(graph.mentioning('"DESCRIBED"', '"New"', '"known_from":1')) == 1
    assert len(graph.mentioning('["Entity","Fund"]', '"name":"New"')) == 1


def test_a_file_that_cannot_be_used_stops_the_load_before_anything_is_written(
    database: Database, tmp_path: Path
) -> None:
    folder = files(tmp_path, entities="id,name\na,A", stakes="owner,owned,share\na,b,50")
    with pytest.raises(UnusableFile, match="stakes"):
        load_files(database, [folder])
    assert canonical(database).lines == []
    assert ledger(database).unfinished == []


def test_progress_names_the_file_counts_the_rows_and_says_how_much_is_read(
    database: Database, tmp_path: Path
) -> None:
    seen: list[Progress] = []
    folder = files(tmp_path, entities="id\na\nb", stakes="owner,owned\na,b")
    load_files(database, [folder], progress=seen.append)
    assert [(now.file, now.rows) for now in seen] == [("entities.csv", 2), ("stakes.csv", 3)]
    sizes = [(folder / now.file).stat().st_size for now in seen]
    assert [now.share for now in seen] == [pytest.approx(sizes[0] / sum(sizes)), 1.0]


def test_the_share_read_grows_to_the_whole_of_files_read_once_or_twice_packed_or_not(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading_module, "BATCH", 3)
    folder = files(tmp_path / "tables", entities="id\na\nb\nc\nd", stakes="owner,owned\na,b")
    (folder / "entities.csv.gz").write_bytes(gzip.compress((folder / "entities.csv").read_bytes()))
    seen: list[Progress] = []
    load_files(database, [folder, DATA / "ftm", DATA / "psc"], progress=seen.append)
    shares = [now.share for now in seen]
    assert len(set(shares)) > 6
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert seen[-1].rows == sum(1 for _ in rows_in([folder, DATA / "ftm", DATA / "psc"]))


def test_the_source_of_a_row_is_its_own_else_the_one_given_else_the_file(
    database: Database, tmp_path: Path
) -> None:
    text = "owner,owned,percent,source\na,t,10,own\nb,t,10,"
    load_files(database, [files(tmp_path, stakes=text)], source="given")
    load(database, tmp_path, stakes="owner,owned,percent\nc,t,10")
    graph = canonical(database)
    for owner, source in (("a", "own"), ("b", "given"), ("c", "stakes")):
        assert len(graph.mentioning('"OWNS"', f'"start":"{owner}"', f'"sources":["{source}"]')) == 1
