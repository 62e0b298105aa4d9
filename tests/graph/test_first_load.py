"""A first load by Neo4j's offline importer gives what any load gives."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path

import pytest
from bench.register import write_register
from tests.cli.commands import COMMAND

from lookthrough.graph.connecting import database_of
from lookthrough.graph.database import Database
from lookthrough.graph.embedded import EmbeddedServer
from lookthrough.graph.embedded.errors import HalfImported
from lookthrough.graph.embedded.home import Home
from lookthrough.investigations.errors import BadQuestion
from lookthrough.investigations.exporting import canonical_hash
from lookthrough.investigations.first_load import FirstLoad, load_first
from lookthrough.investigations.loading import load_files

from .canonical import canonical
from .facts import files

DATA = Path(__file__).parents[1] / "data"
STAKES = 300
ODD = {
    "entities": "id,name,name_original,aliases,kind,headquarters,identifiers,founded,note,source\n"
    'odd,"a;b ""c"" \\",腾讯,x|y;z,company,CN|HK,reg:--|reg:A-1,2001-02-03,"two\nlines",one\n'
    "odd,a b,,,company,,reg:A-1,,,two\n"
    "odd,another name,,,company,,,,,one\n"
    "somebody,,,,person,,,,,one\n"
    "broken,,,,no-such-kind,,,,,one",
    "stakes": "owner,owned,lane,percent,holding,valid_from,valid_to,source\n"
    'odd,implied,shares,"[10,20)",a;b,2001,2004,one\n'
    "odd,implied,shares,100/3,a;b,2001,2004,two\n"
    "odd,implied,votes,0.1234567890123456789,,,,one\n"
    "odd,implied,votes,0.1234567890123456789,,,,one\n"
    "odd,somebody,shares,10,,,,one\n"
    "odd,implied,board,,,,,one\n"
    "odd,implied,shares,140,,,,one",
    "sources": "source,title,url,licence,retrieved,sha256\none,One,,,2026-01-01,",
    "locations": "entity,attribute,jurisdiction,valid_from,source\nodd,headquarters,US,2020,two",
    "lists": "list,entity,source\nsome-list,odd,one",
    "groups": "group,member,source\nsome-group,odd,one\nsome-group,other,one",
    "same_as": "entity,same_as,source\nodd,elsewhere,two",
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Tables with everything that a row can be, a register, files of other formats, the demo set."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "register").mkdir()
    write_register(folder / "register", STAKES)
    odd = files(folder / "odd", **ODD)
    return [
        odd,
        folder / "register",
        Path(str(resources("lookthrough") / "demo")),
        DATA / "ftm",
        DATA / "psc",
    ]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(tmp_path_factory.mktemp("first-load") / "home")
    yield server
    server.stop()


def start_and_kill(home: Path, inputs: list[Path]) -> None:
    """Everything dies at once, as with the machine, while the importer is at work."""
    environment = os.environ | {"LOOKTHROUGH_HOME": str(home)}
    environment.pop("LOOKTHROUGH_NEO4J_URI", None)
    running = subprocess.Popen(
        [COMMAND, "load", "--bulk", *inputs], env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while not Home(home).half_imported.exists():
        assert running.poll() is None, "the load ended before it could be killed"
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def test_it_survives_being_killed_and_gives_the_graph_the_report_and_the_hash_of_any_load(
    server: EmbeddedServer, database: Database, inputs: list[Path]
) -> None:
    home = server.status().home
    start_and_kill(home, inputs)
    with pytest.raises(HalfImported, match="interrupted: give it again"):
        server.start()
    report = load_first(server, FirstLoad(inputs))
    told = load_files(database, inputs)
    assert report.document() == told.document()
    assert report.rejected
    assert report.duplicate
    with database_of(server.start()) as first:
        lines, others = set(canonical(first).lines), set(canonical(database).lines)
        assert (sorted(lines - others), sorted(others - lines)) == ([], [])
        assert canonical(first) == canonical(database)
        assert canonical_hash(first) == canonical_hash(database)
        again = load_files(first, inputs)
        assert again.duplicate == again.read - again.rejected
        assert canonical(first) == canonical(database)
    assert not Home(home).first_load.exists()


def test_a_database_with_facts_is_left_alone(server: EmbeddedServer, inputs: list[Path]) -> None:
    with database_of(server.start()) as first:
        before = canonical(first)
        with pytest.raises(BadQuestion, match="holds .* already: load without --bulk"):
            load_first(server, FirstLoad(inputs))
        assert canonical(first) == before


@pytest.mark.parametrize(
    ("options", "environment", "sentence"),
    [
        (["--complete"], {}, "nothing that --complete could close"),
        ([], {"LOOKTHROUGH_NEO4J_URI": "bolt://127.0.0.1:1"}, "LOOKTHROUGH_NEO4J_URI"),
    ],
)
def test_what_it_does_not_go_with_is_bad_usage(
    tmp_path: Path, options: list[str], environment: dict[str, str], sentence: str
) -> None:
    (tmp_path / "stakes.csv").write_text("owner,owned,percent\na,b,10\n")
    done = subprocess.run(
        [COMMAND, "load", "--bulk", "stakes.csv", *options], env=os.environ | environment, cwd=tmp_path,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert sentence in " ".join(done.stderr.split())
