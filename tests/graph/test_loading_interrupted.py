"""Loads that end in the middle, and loads that meet another one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import pytest
from bench.register import write_psc
from tests.neo4j_servers import Neo4jServer

from lookthrough.graph.database import Database
from lookthrough.graph.errors import LoadRefused
from lookthrough.graph.loads import ledger, loading
from lookthrough.investigations import loading as loading_module
from lookthrough.investigations.exporting import HashReport, canonical_hash
from lookthrough.investigations.loading import LoadReport, Progress, load_files

from .canonical import Everything, canonical
from .facts import files, load

COMPANIES = 3_000
RECORDS = 1_500
DATA = Path(__file__).parents[1] / "data"
BATCH = 500
KILLS = 10
SEED = 20261123
LOAD = """
import os, sys
from lookthrough.graph.database import Database
from lookthrough.investigations import loading
from lookthrough.investigations.loading import load_files

loading.BATCH = int(sys.argv[1])
database = Database(os.environ["URI"], os.environ["NAME"], os.environ["PASSWORD"])
report = load_files(database, sys.argv[2:], progress=lambda p: print(p.file, p.rows, flush=True))
print("done", flush=True)
"""
HOLD = """
import os, sys
from lookthrough.graph.database import Database
from lookthrough.graph.loads import loading

with loading(Database(os.environ["URI"], os.environ["NAME"], os.environ["PASSWORD"]), "held", []):
    print("held", flush=True)
    sys.stdin.readline()
"""


class Start(Protocol):
    def __call__(self, text: str, *arguments: str) -> subprocess.Popen[str]: ...


@dataclass(frozen=True)
class Clean:
    folders: list[Path]
    report: LoadReport
    graph: Everything
    hash: HashReport
    batches: int


@pytest.fixture
def process(neo4j_server: Neo4jServer) -> Iterator[Start]:
    """Starts Python with a text and arguments, and the server's address in its environment."""
    started: list[subprocess.Popen[str]] = []
    names = {"URI": neo4j_server.uri, "NAME": neo4j_server.user, "PASSWORD": neo4j_server.password}

    def start(text: str, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", text, *arguments]
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **names}
        )
        started.append(child)
        return child

    yield start
    for child in started:
        with child:
            child.kill()


def line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline()


def killed(child: subprocess.Popen[str]) -> None:
    child.send_signal(signal.SIGKILL)
    child.wait()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Companies that hold each other, with bad rows, duplicates, two figures for one stake, two sources."""
    chance = random.Random(7)
    kinds = ["company"] * 9 + ["person"]
    places = ["US", "CN|HK", ""]
    entities = [f"e{i},Name {i},{kinds[i % 10]},{chance.choice(places)}" for i in range(COMPANIES)]
    entities[500] = "e1,Another name,company,US"
    pairs = [(chance.randrange(COMPANIES + 50), chance.randrange(COMPANIES)) for _ in range(COMPANIES)]
    stakes = [f"e{a},e{b},{chance.randrange(40)},202{i % 2},one" for i, (a, b) in enumerate(pairs)]
    again = chance.choices(stakes, k=500)
    torn = [f"e{a},e{b},{50 + i % 9},202{i % 2},one" for i, (a, b) in enumerate(pairs[:500])]
    seconded = [row.replace(",one", ",two") for row in stakes[-1_000:]]
    persons = [f"e{i}" for i in range(9, COMPANIES, 10)]
    return files(
        tmp_path_factory.mktemp("many"),
        sources="\n".join(["source,title", "one,First", "two,Second"]),
        entities="\n".join(["id,name,kind,headquarters", *entities]),
        locations="\n".join(["entity,attribute,jurisdiction", *(f"{p},residence,GB" for p in persons)]),
        lists="\n".join(["list,entity", *(f"watched,{p}" for p in persons[:100])]),
        stakes="\n".join(["owner,owned,percent,valid_from,source", *stakes, *again, *torn, *seconded]),
    )


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of the British register of control and statements of beneficial ownership, good and bad."""
    folder = tmp_path_factory.mktemp("registers")
    write_psc(folder / "whole.jsonl", RECORDS)
    for name in ("psc/snapshot.jsonl", "psc/more.jsonl", "bods/register.json", "bods/older.jsonl"):
        shutil.copy(DATA / name, folder / name.replace("/", "-"))
    with (folder / "whole.jsonl").open("a") as file:
        file.write('{"company_number": "00000001", "data": {"kind": "nobody-knows"}}\n')
    return folder


@pytest.fixture(scope="module")
def clean(many: Path, registers: Path, migrated_database: Database, wipe: Callable[[], None]) -> Clean:
    """What one load without an interruption gives."""
    folders = [many, registers]
    wipe()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading_module, "BATCH", BATCH)
        seen: list[Progress] = []
        report = load_files(migrated_database, folders, progress=seen.append)
    return Clean(folders, report, canonical(migrated_database), canonical_hash(migrated_database), len(seen))


def test_a_load_killed_again_and_again_ends_as_if_nothing_had_happened(
    clean: Clean, database: Database, process: Start
) -> None:
    chance = random.Random(SEED)
    for kill in range(1, KILLS + 1):
        # later and later, and somewhere inside the next batch
        batches = chance.randint(1, 1 + (clean.batches - 4) * kill // KILLS)
        pause = chance.uniform(0, 0.2)
        child = process(LOAD, str(BATCH), *map(str, clean.folders))
        print(f"kill {kill} of seed {SEED}: after {batches} of {clean.batches} batches and {pause:.3f} s")
        for _ in range(batches):
            assert line(child) not in ("", "done\n")
        time.sleep(pause)
        killed(child)
        assert len(ledger(database).unfinished) == 1
    report = load_files(database, clean.folders)
    assert report.resumed
    assert replace(report, resumed=False) == clean.report
    assert canonical(database) == clean.graph
    assert canonical_hash(database) == clean.hash
    assert clean.graph.instants == 1
    assert ledger(database).unfinished == []
    again = load_files(database, clean.folders)
    assert (again.read, again.loaded, again.rejected) == (report.read, 0, report.rejected)
    assert canonical_hash(database) == clean.hash


def test_an_interrupted_load_is_not_seen_before_it_is_finished(database: Database, tmp_path: Path) -> None:
    load(database, tmp_path, stakes="owner,owned,percent\na,t,50")
    before = ledger(database).last_change
    with pytest.raises(KeyboardInterrupt):
        load_files(database, [files(tmp_path, stakes="owner,owned,percent\na,t,60")], progress=interrupt)
    assert ledger(database).last_change == before
    assert len(ledger(database).unfinished) == 1
    again = load_files(database, [files(tmp_path, stakes="owner,owned,percent\na,t,60")])
    assert (again.resumed, again.loaded) == (True, 1)
    assert ledger(database).last_change != before


def test_an_interrupted_load_of_what_was_known_does_not_move_the_last_change(
    database: Database, tmp_path: Path
) -> None:
    folder = files(tmp_path, entities="id\na\nb", stakes="owner,owned,percent\na,b,50")
    load_files(database, [folder])
    before = ledger(database).last_change
    with pytest.raises(KeyboardInterrupt):
        load_files(database, [folder], progress=interrupt)
    again = load_files(database, [folder])
    assert (again.resumed, again.loaded, again.duplicate) == (True, 0, 3)
    assert ledger(database).last_change == before


def interrupt(progress: Progress) -> None:
    raise KeyboardInterrupt


def test_a_load_that_ends_in_an_error_leaves_the_lock_free(database: Database, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        load_files(database, [files(tmp_path, entities="id\na")], progress=interrupt)
    load(database, tmp_path, entities="id\nb")


def test_an_interrupted_load_after_which_others_came_has_a_new_instant(
    database: Database, tmp_path: Path
) -> None:
    folder = files(tmp_path / "interrupted", stakes="owner,owned,percent,source\na,t,50,one")
    with pytest.raises(KeyboardInterrupt):
        load_files(database, [folder], progress=interrupt)
    load(database, tmp_path, stakes="owner,owned,percent,source\na,t,60,two")
    change = ledger(database).last_change
    again = load_files(database, [folder])
    assert (again.resumed, again.duplicate) == (False, 1)
    assert ledger(database).last_change == change
    assert ledger(database).unfinished == []


def test_a_second_load_at_the_same_time_is_refused_in_one_sentence(
    database: Database, tmp_path: Path, process: Start
) -> None:
    other = process(HOLD)
    assert line(other) == "held\n"
    with pytest.raises(LoadRefused) as refused:
        load(database, tmp_path, entities="id\na")
    sentence = str(refused.value)
    assert sentence.startswith(f"another load is running (process {other.pid} on ")
    assert "\n" not in sentence
    assert canonical(database).lines == []
    other.communicate("go on\n")
    load(database, tmp_path, entities="id\na")


def test_a_second_load_of_the_same_process_is_refused(database: Database, tmp_path: Path) -> None:
    with loading(database, "first", []), pytest.raises(LoadRefused, match=f"process {os.getpid()}"):
        load(database, tmp_path, entities="id\na")


def test_the_lock_of_a_dead_process_is_taken_over_at_once(
    database: Database, tmp_path: Path, process: Start
) -> None:
    other = process(HOLD)
    assert line(other) == "held\n"
    killed(other)
    begun = time.monotonic()
    load(database, tmp_path, entities="id\na")
    assert time.monotonic() - begun < 5


def test_a_load_whose_lock_was_taken_over_stops(
    database: Database, tmp_path: Path, neo4j_server: Neo4jServer
) -> None:
    with loading(database, "first", []) as first:
        with neo4j_server.session() as session:
            session.run("MATCH (l:Ledger) SET l.held_until = datetime() - duration('PT1S')").consume()
        load(database, tmp_path, entities="id\na")
        with pytest.raises(LoadRefused, match="has taken over"):
            first.writer.write([])
