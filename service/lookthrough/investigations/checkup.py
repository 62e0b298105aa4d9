"""The check-up behind `doctor`: is everything as it must be, and if not, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from lookthrough.graph.database import Database
from lookthrough.graph.errors import GraphError
from lookthrough.graph.loads import ledger
from lookthrough.graph.migrations import pending

SHOWN = 10


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
    for check in (_contents, _schema, _loads, _overlaps, _misheld):
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


def _rows(database: Database, query: str, well: str, advice: str) -> Finding:
    rows = database.read(lambda tx: tx.run(f"read/{query}", limit=SHOWN), seconds=120.0)
    told = "; ".join(" ".join(str(value) for value in row.values() if value) for row in rows)
    return Finding(query, not rows, told or well, advice if rows else "")
