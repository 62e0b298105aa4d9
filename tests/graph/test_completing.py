"""Loads that are all their sources have to say: what they do not say any more is closed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from lookthrough.graph.database import Database
from lookthrough.graph.loads import ledger
from lookthrough.investigations.completing import EMPTY, REFUSED, UNREADABLE, Completion, NotClosed
from lookthrough.investigations.loading import LoadReport, Progress, load_files

from .canonical import canonical
from .facts import ask, files, load, shares
from .test_loading_interrupted import Start, killed, line, process

__all__ = ["process"]  # a fixture

PARTIES = "id,kind,nationality,source\nseed,person,CN,ids\nclean,person,US,ids\nt,company,,ids"
LOAD = """
import os, sys
from lookthrough.graph import retracting
from lookthrough.graph.database import Database
from lookthrough.investigations.completing import Completion
from lookthrough.investigations.loading import load_files

retracting.PAGE = 40
database = Database(os.environ["URI"], os.environ["NAME"], os.environ["PASSWORD"])
load_files(database, [sys.argv[1]], progress=lambda p: print(p.rows, flush=True), completion=Completion())
"""
HEAD = "owner,owned,percent,source"


def load_all(
    database: Database,
    folder: Path,
    tables: dict[str, str],
    source: str = "",
    progress: Callable[[Progress], None] | None = None,
    *,
    allow_empty: bool = False,
) -> LoadReport:
    """Load tables as all that their sources say."""
    given = files(folder, **tables)
    return load_files(database, [given], source, progress, completion=Completion(allow_empty))


def closed(report: LoadReport) -> dict[str, int]:
    return {kind: count for kind, count in report.closed.items() if count}


def test_what_a_source_does_not_say_any_more_is_closed_at_the_instant_of_the_load(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=PARTIES, stakes=f"{HEAD}\nseed,t,60,s\nclean,t,40,s\nseed,t,60,other")
    load(database, tmp_path, stakes=f"{HEAD}\nseed,u,60,s", lists="list,entity,source\nwatched,t,s")
    before, then = ask(database, "t"), ledger(database).last_change
    report = load_all(database, tmp_path / "x", {"stakes": f"{HEAD}\nclean,t,40,s\nseed,t,50,s"})
    # seed's 60% of t became 50% and its 60% of u is gone, as is the list; the other source is left alone
    assert (report.loaded, report.duplicate) == (1, 1)
    assert (closed(report), report.not_closed) == ({"lists": 1, "stakes": 2}, [])
    # s says 50, other says 60: from 50 to 60
    assert shares(ask(database, "t")) == ("1/2", "2/5", "1/10")
    assert shares(ask(database, "u")) == ("0", "0", "1")
    assert ask(database, "t", known_at=then) == before
    assert canonical(database).instants == 3


def test_a_complete_load_given_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=PARTIES, stakes=f"{HEAD}\nseed,t,60,s")
    load_all(database, tmp_path / "x", {"stakes": f"{HEAD}\nclean,t,40,s"})
    graph, change = canonical(database), ledger(database).last_change
    again = load_all(database, tmp_path / "x", {"stakes": f"{HEAD}\nclean,t,40,s"})
    assert (again.loaded, again.duplicate, closed(again)) == (0, 1, {})
    assert (canonical(database), ledger(database).last_change) == (graph, change)


def test_a_complete_load_that_only_closes_moves_the_last_change(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=PARTIES, stakes=f"{HEAD}\nseed,t,60,s\nclean,t,40,s")
    change = ledger(database).last_change
    report = load_all(database, tmp_path / "x", {"stakes": f"{HEAD}\nclean,t,40,s"})
    assert (report.loaded, closed(report)) == (0, {"stakes": 1})
    assert ledger(database).last_change != change
    assert shares(ask(database, "t")) == ("0", "2/5", "3/5")


def test_a_source_without_a_row_is_closed_only_where_that_is_confirmed(
    database: Database, tmp_path: Path
) -> None:
    load(database, tmp_path, entities=PARTIES, stakes=f"{HEAD}\nseed,t,60,s")
    report = load_all(database, tmp_path / "x", {"stakes": HEAD}, "s")
    assert (closed(report), report.not_closed) == ({}, [NotClosed("s", EMPTY)])
    assert shares(ask(database, "t"))[0] == "3/5"
    report = load_all(database, tmp_path / "x", {"stakes": HEAD}, "s", allow_empty=True)
    assert (closed(report), report.not_closed) == ({"stakes": 1}, [])
    assert shares(ask(database, "t"))[0] == "0"


def test_to_describe_a_source_is_not_to_speak_for_it(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, entities=PARTIES, stakes=f"{HEAD}\nseed,t,60,s")
    report = load_all(
        database, tmp_path / "x", {"sources": "source,title\ns,Said", "stakes": f"{HEAD}\nclean,t,40,r"}
    )
    assert (closed(report), report.not_closed) == ({}, [])


@pytest.mark.parametrize(
    ("wrong", "left"),
    [
        ("seed,t,140,s", {"s": UNREADABLE, "r": UNREADABLE}),  # its source could be read, a broken row's not
        ("t,seed,10,s", {"s": REFUSED}),  # nobody holds shares in a person
    ],
)
def test_nothing_of_a_source_with_a_rejected_row_is_closed(
    database: Database, tmp_path: Path, wrong: str, left: dict[str, str]
) -> None:
    load(database, tmp_path, entities=PARTIES, stakes=f"{HEAD}\nseed,t,60,s\nseed,u,60,s\nclean,u,40,r")
    report = load_all(database, tmp_path / "x", {"stakes": f"{HEAD}\n{wrong}\nseed,u,60,s\nclean,t,40,r"})
    assert report.rejected == 1
    assert {one.source: one.reason for one in report.not_closed} == left
    assert shares(ask(database, "t"))[0] == "3/5"
    # clean's 40% of u is closed only where the rejected row is known not to be one of r's
    assert closed(report) == ({} if "r" in left else {"stakes": 1})


def test_an_interrupted_complete_load_ends_as_one_that_was_not(
    database: Database, tmp_path: Path, wipe: Callable[[], None]
) -> None:
    first = {
        "entities": PARTIES,
        "stakes": "\n".join([HEAD, *(f"seed,c{i},10,s\nclean,c{i},20,s" for i in range(50))]),
    }
    then = {"stakes": "\n".join([HEAD, *(f"seed,c{i},{10 + i % 2},s" for i in range(40))])}

    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    load(database, tmp_path, **first)
    clean = load_all(database, tmp_path / "x", then)
    # 20 of clean's 50 companies and 10 of seed's are gone with 40 of clean's; 20 figures of seed's are others
    assert closed(clean) == {"stakes": 50 + 10 + 20}
    graph = canonical(database)
    wipe()
    load(database, tmp_path, **first)
    with pytest.raises(KeyboardInterrupt):
        load_all(database, tmp_path / "x", then, progress=interrupt)
    again = load_all(database, tmp_path / "x", then)
    assert replace(again, resumed=False) == clean
    assert again.resumed
    assert canonical(database) == graph


def test_an_interrupted_plain_load_does_not_go_on_as_a_complete_one(
    database: Database, tmp_path: Path
) -> None:
    folder = files(tmp_path / "x", stakes=f"{HEAD}\nseed,t,60,s")

    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_files(database, [folder], progress=interrupt)
    assert not load_files(database, [folder], completion=Completion()).resumed


def test_a_complete_load_killed_while_it_closes_ends_as_one_that_was_not(
    database: Database, tmp_path: Path, wipe: Callable[[], None], process: Start
) -> None:
    companies = range(600)
    first = "\n".join([HEAD, *(f"seed,c{i},10,s\nclean,c{i},20,other\nclean,c{i},21,s" for i in companies)])
    then = {"stakes": "\n".join([HEAD, *(f"clean,c{i},2{i % 3},s" for i in companies if i % 5)])}
    load(database, tmp_path, stakes=first)
    clean = load_all(database, tmp_path / "x", then)
    graph = canonical(database)
    wipe()
    load(database, tmp_path, stakes=first)
    before = ledger(database).last_change
    for _ in range(3):
        child = process(LOAD, str(tmp_path / "x"))
        assert line(child) == "480\n"  # all rows are written; what follows is closing
        time.sleep(Random().uniform(0, 0.6))
        killed(child)
        if not ledger(database).unfinished:
            break
        assert ledger(database).last_change == before
    if ledger(database).unfinished:
        assert closed(load_all(database, tmp_path / "x", then)) == closed(clean)
    assert canonical(database) == graph
