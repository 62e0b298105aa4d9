"""A register like the British one into an empty database, by both ways there are and by a plain loop.

`python -m bench.loading [STAKES]` prints seconds and their ratios, and whether both ways give the same facts.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from lookthrough.graph.connecting import database_of
from lookthrough.graph.database import Database
from lookthrough.graph.embedded import EmbeddedServer
from lookthrough.graph.queries import CypherQuery, parse
from lookthrough.investigations.exporting import canonical_hash
from lookthrough.investigations.first_load import FirstLoad, load_first
from lookthrough.investigations.loading import BATCH, load_files

from .databases import empty_database
from .register import STAKES, write_register
from .timing import milliseconds


def main(stakes: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "register"
        files.mkdir()
        write_register(files, stakes)
        plain = _plain(files)
        online, seen = _online(files)
        bulk, seen_too = _bulk(files, Path(folder) / "home")
    for name, seconds in (("a plain loop", plain), ("online", online), ("--bulk", bulk)):
        print(f"{name}: {seconds:.1f} s, {seconds / plain:.1f} times the plain loop")
    print(f"the same facts: {seen == seen_too} ({seen})")


def _plain(files: Path) -> float:
    """What the driver's manual shows: batches of rows, one query for nodes and one for relationships."""
    with empty_database() as database:
        return _seconds(lambda: _in_batches(database, files, "entities", "stakes"))


def _online(files: Path) -> tuple[float, str]:
    with empty_database() as database:
        return _seconds(lambda: load_files(database, [files])), canonical_hash(database).hash


def _bulk(files: Path, home: Path) -> tuple[float, str]:
    """From an empty home to the database that answers."""
    server = EmbeddedServer(home)
    try:
        seconds = _seconds(lambda: load_first(server, FirstLoad([files])))
        with database_of(server.start()) as database:
            return seconds, canonical_hash(database).hash
    finally:
        server.stop()


def _seconds(call: Callable[[], object]) -> float:
    return milliseconds(call) / 1000


def _in_batches(database: Database, files: Path, *tables: str) -> None:
    for table in tables:
        text = Path(__file__).with_name(f"plain_{table}.cypher").read_text(encoding="utf-8")
        query = parse(table, text)
        with (files / f"{table}.csv").open(newline="", encoding="utf-8") as stream:
            told = csv.DictReader(stream)
            while rows := list(islice(told, BATCH)):
                _write(database, query, rows)


def _write(database: Database, query: CypherQuery, rows: list[dict[str, str]]) -> None:
    database.write(lambda tx: tx.run_query(query, rows=rows))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else STAKES)
