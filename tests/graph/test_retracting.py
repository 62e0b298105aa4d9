"""What a source said is taken back: gone from one instant on, seen as before at earlier ones."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from lookthrough.control.facts import Lane
from lookthrough.graph import retracting
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.loads import ledger
from lookthrough.investigations.direct import direct_stakes
from lookthrough.investigations.entities import Page, entity
from lookthrough.investigations.errors import BadQuestion
from lookthrough.investigations.loading import load_files
from lookthrough.investigations.retracting import RetractionReport, Wanted, retract

from .canonical import canonical
from .facts import TODAY, ask, files, load, shares

ENTITIES = """id,name,kind,nationality,identifiers,source
seed,Seed,person,CN,,register
clean,Clean,person,US,,register
t,Target,company,,reg:77,register
t,Target Ltd,company,,,press
"""
"""The second row is refused in one load: two sources go into two."""


def loaded(database: Database, folder: Path) -> None:
    """Two sources about T; the register says 30% for the seed, the press 60%."""
    first, second = ENTITIES.replace("t,Target Ltd,company,,,press\n", ""), ENTITIES.splitlines()
    load(database, folder, entities=first, stakes="owner,owned,percent,source\nseed,t,30,register")
    load(
        database,
        folder,
        entities="\n".join([second[0], second[-1]]),
        stakes="owner,owned,percent,source,ref\nseed,t,60,press,p1\nclean,t,20,press,p2",
        locations="entity,attribute,jurisdiction,source,ref\nt,headquarters,SG|JP,press,p1",
        lists="list,entity,source\nwatched,t,press",
        groups="group,member,source\npact,t,press",
        same_as="entity,same_as,source\nt,other,press",
    )


def closed(report: RetractionReport) -> dict[str, int]:
    return {kind: count for kind, count in report.closed.items() if count}


ALL = {"descriptions": 1, "locations": 1, "lists": 1, "groups": 1, "same_as": 1, "stakes": 2}


def test_what_is_left_after_a_source_is_taken_back_is_what_the_others_say(
    database: Database, tmp_path: Path
) -> None:
    loaded(database, tmp_path)
    before, then = ask(database, "t"), ledger(database).last_change
    # the register's 30% and the press's 60% exclude each other: 30 to 60, and 20% clean
    assert shares(before) == ("3/10", "1/5", "1/2")
    report = retract(database, Wanted("press"))
    assert (closed(report), report.total, report.dry_run) == (ALL, 7, False)
    assert report.known_at == ledger(database).last_change
    assert shares(ask(database, "t")) == ("3/10", "0", "7/10")
    shown = entity(database, "t", TODAY, None)
    assert (shown.name, shown.aliases, shown.locations, shown.lists) == ("Target", [], [], [])
    assert ask(database, "t", known_at=then) == before
    assert len(canonical(database).mentioning('"Company"', '"name":"Target"')) == 1


def test_one_ref_is_taken_back_and_what_has_no_ref_stays(database: Database, tmp_path: Path) -> None:
    loaded(database, tmp_path)
    assert closed(retract(database, Wanted("press", "p1"))) == {"locations": 1, "stakes": 1}
    assert shares(ask(database, "t")) == ("3/10", "1/5", "1/2")
    owners = direct_stakes(database, "t", "owners", Lane.SHARES, Page(TODAY)).items
    assert [len(owner.claims) for owner in owners] == [1, 1]


def test_a_dry_run_counts_and_changes_nothing(database: Database, tmp_path: Path) -> None:
    loaded(database, tmp_path)
    before, state = canonical(database), ledger(database)
    report = retract(database, Wanted("press"), dry_run=True)
    assert (closed(report), report.dry_run, report.known_at) == (ALL, True, None)
    assert (canonical(database), ledger(database)) == (before, state)


def test_taking_back_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    loaded(database, tmp_path)
    retract(database, Wanted("press"))
    before, state = canonical(database), ledger(database)
    assert retract(database, Wanted("press")).total == 0
    assert (canonical(database), ledger(database)) == (before, state)


def test_loading_again_what_was_taken_back_makes_it_known_again(database: Database, tmp_path: Path) -> None:
    loaded(database, tmp_path)
    before = ask(database, "t")
    for _ in range(2):  # a version that says what one said that has ended is a version of its own
        retract(database, Wanted("press"))
        gone = ask(database, "t")
        rows = "owner,owned,percent,source,ref\nseed,t,60,press,p1\nclean,t,20,press,p2"
        assert load(database, tmp_path, stakes=rows).loaded == 2
        assert shares(ask(database, "t")) == shares(before)
        assert shares(gone) == ("3/10", "0", "7/10")


def test_the_rows_of_a_file_are_taken_back_whatever_else_its_source_says(
    database: Database, tmp_path: Path
) -> None:
    wrong = files(
        tmp_path / "wrong", stakes="owner,owned,percent,source\nseed,t,60,s\nseed,u,10,s\nx,y,200,s"
    )
    load(database, tmp_path, stakes="owner,owned,percent,source\nclean,t,40,s\nseed,u,10,s")
    load(database, tmp_path, entities="id,kind,nationality\nseed,person,CN\nclean,person,US")
    load(database, tmp_path, stakes="owner,owned,percent,source\nseed,t,60,s")
    report = retract(database, Wanted(files=(wrong / "stakes.csv",)))
    assert (closed(report), report.read, report.rejected) == ({"stakes": 2}, 3, 1)
    assert (report.rejections[0].line, report.rejections[0].field) == (4, "percent")
    assert shares(ask(database, "t")) == ("0", "2/5", "3/5")
    assert shares(ask(database, "u")) == ("0", "0", "1")


def test_the_rows_of_every_table_are_taken_back_from_an_archive(database: Database, tmp_path: Path) -> None:
    folder = files(
        tmp_path / "all",
        sources="source,title\nstakes,Told of itself",
        entities="id,name,kind,headquarters\na,A,company,CN|HK",
        stakes="owner,owned,percent\na,t,60",
        lists="list,entity\nwatched,a",
        groups="group,member\npact,a",
        same_as="entity,same_as\na,t",
        locations="entity,attribute,jurisdiction\na,listing,GB|US",
    )
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    load(database, tmp_path, entities="id,source\nt,other\na,other")
    first = canonical(database)
    load_files(database, [tmp_path / "all.zip"])
    report = retract(database, Wanted(files=(tmp_path / "all.zip",)))
    # the headquarters of the entity's row and the listing of its own row are two locations
    assert closed(report) == {**ALL, "locations": 2, "stakes": 1}
    assert report.rejected == 0
    standing = [line for line in canonical(database).lines if '"known_to"' not in line]
    assert [line for line in standing if '"known_from"' in line] == [
        line for line in first.lines if '"known_from"' in line
    ]


def test_an_entity_that_nothing_describes_any_more_stays_as_an_id(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities="id,name,kind,lei,source\nt,Target,company,5493001KJTIIGC8Y1R12,s")
    then = ledger(database).last_change
    retract(database, Wanted("s"))
    shown = entity(database, "t", TODAY, None)
    assert (shown.name, shown.kind, shown.identifiers) == ("t", "unknown", [])
    assert len(canonical(database).mentioning('"Unknown"', '"words":"t"')) == 1
    assert entity(database, "t", TODAY, then).name == "Target"


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        (Wanted(), "source"),
        (Wanted("nobody"), "'nobody'"),
        (Wanted(ref="r"), "ref"),
        (Wanted("s", "r", (Path("x.csv"),)), "ref"),
    ],
)
def test_a_retraction_that_does_not_say_what_is_refused(
    database: Database, wanted: Wanted, named: str
) -> None:
    with pytest.raises(BadQuestion, match=named):
        retract(database, wanted)


def test_an_interrupted_retraction_goes_on_with_its_own_instant(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(database, tmp_path)
    clean = retract(database, Wanted("press"), dry_run=True)
    before = ask(database, "t")
    monkeypatch.setattr(retracting, "PAGE", 1)
    kept: list[str] = []

    def keep_once(tx: Transaction, holder: str) -> None:
        if kept:
            raise KeyboardInterrupt
        kept.append(holder)

    with monkeypatch.context() as cut:
        cut.setattr(retracting, "keep_lock", keep_once)
        with pytest.raises(KeyboardInterrupt):
            retract(database, Wanted("press"))
    assert ask(database, "t") == before
    assert retract(database, Wanted("press"), dry_run=True).total < clean.total
    again = retract(database, Wanted("press"))
    assert again.resumed
    assert closed(again) == ALL
    assert shares(ask(database, "t")) == ("3/10", "0", "7/10")
    assert replace(again, resumed=False, known_at=None, dry_run=True) == clean


def test_an_end_that_is_held_once_its_other_kind_is_taken_back_clears_nobody(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities="id,kind,nationality,source\nx,person,,one\nseed,person,CN,one")
    load(database, tmp_path, entities="id,kind,headquarters,source\nx,company,US,two")
    load(database, tmp_path, stakes="owner,owned,percent\nseed,x,100\nx,t,100")
    assert shares(ask(database, "t")) == ("1", "0", "0")
    # as a person of no known nationality who is held, X is not what it is said to be
    retract(database, Wanted("two"))
    after = ask(database, "t")
    assert (after.outcome, shares(after)) == ("RESTRICTED", ("1", "0", "0"))
