"""The check-up behind `doctor`: is everything as it must be, and if not, what to do."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from lookthrough.graph.database import Database
from lookthrough.graph.errors import GraphError
from lookthrough.graph.loads import ledger
from lookthrough.graph.migrations import pending

SHOWN = 10
SECONDS = 120.0
OLDEST = (2026, 4)
"""Neo4j that knows the path mode ACYCLIC, which chains are found by; 2026.02 refuses it."""
LEAST_FREE = 1_000_000_000
"""Bytes."""
MOST = 1 + 1e-9
"""Of one whole, with room for the rounding of floats; verdicts compare exactly."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `advice` says what to do where it is not well."""

    check: str
    well: bool
    detail: str
    advice: str = ""


def examine(database: Database) -> list[Finding]:
    """Every check; one that cannot be made is a finding too, and ends the check-up."""
    found: list[Finding] = []
    for check in (_contents, _version, _schema, _loads, _overlaps, _misheld, _dangling, _sums):
        try:
            found.append(check(database))
        except GraphError as error:
            found.append(
                Finding(check.__name__.strip("_"), False, str(error), "see that Neo4j runs and answers")
            )
            break
    return found


def _contents(database: Database) -> Finding:
    counts = database.read(lambda tx: tx.run("read/counts"))[0]
    detail = f"{counts['server']}: {counts['entities']} entities, {counts['stakes']} versions of stakes"
    return Finding("neo4j", True, detail)


def _version(database: Database) -> Finding:
    server = str(database.read(lambda tx: tx.run("read/counts"))[0]["server"])
    found = re.search(r"\d+\.\d+", server)
    well = found is not None and tuple(map(int, found[0].split("."))) >= OLDEST
    return Finding("version", well, server, f"Neo4j {OLDEST[0]}.{OLDEST[1]:02} or newer is needed")


def _schema(database: Database) -> Finding:
    waiting = pending(database)
    detail = f"{len(waiting)} migrations are waiting" if waiting else "up to date"
    return Finding("schema", not waiting, detail, "any command that uses the database applies them")


def _loads(database: Database) -> Finding:
    unfinished = ledger(database).unfinished
    detail = f"{len(unfinished)} loads were not finished" if unfinished else "all loads are finished"
    return Finding("loads", not unfinished, detail, "give the same files to `lookthrough load` again")


def _overlaps(database: Database) -> Finding:
    return _rows(
        database, "overlaps", "no stake has two versions at once", "retract and load these stakes again"
    )


def _misheld(database: Database) -> Finding:
    return _rows(database, "misheld", "nothing is held in an end", "correct the kind of these entities")


def _dangling(database: Database) -> Finding:
    advice = "restore a backup, or retract and load again what these sources say"
    return _rows(database, "dangling", "every claim has its source", advice)


def _sums(database: Database) -> Finding:
    """Not well is the record, not the graph: nothing here is to be repaired."""
    rows = database.read(lambda tx: tx.run("read/sums", limit=SHOWN, most=MOST), seconds=SECONDS)
    named = ", ".join(f"{row['owned']} ({row['type']})" for row in rows)
    above = f"stakes add up to more than 100% in {named}{' and others' if len(rows) == SHOWN else ''}"
    detail = f"{above}; verdicts say so" if rows else "no stakes add up to more than 100%"
    return Finding("sums", True, detail)


def disk(home: Path) -> Finding:
    """Of an embedded server: Neo4j stops writing where there is no room left."""
    free, data = shutil.disk_usage(home).free, sum(f.stat().st_size for f in home.rglob("*") if f.is_file())
    detail = f"{free / 1e9:.1f} GB are free; the home takes {data / 1e9:.1f} GB"
    return Finding("disk", free > LEAST_FREE, detail, f"make room in {home}: Neo4j needs it to write")


def _rows(database: Database, query: str, well: str, advice: str) -> Finding:
    rows = database.read(lambda tx: tx.run(f"read/{query}", limit=SHOWN), seconds=SECONDS)
    told = "; ".join(" ".join(str(value) for value in row.values() if value) for row in rows)
    return Finding(query, not rows, told or well, advice if rows else "")
