"""Which entities the lines of somebody's list may mean; only a person can say which one does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from lookthrough.control.clocks import Clocks
from lookthrough.graph.database import Database, Transaction
from lookthrough.graph.parties import read_entities
from lookthrough.naming.likeness import Answer

from .clocks import clocks_of
from .documents import EntityDocument, WithNulls
from .entities import entity_document
from .search import SAME_ID, SAME_IDENTIFIER, places

MOST_LINES = 50
LONGEST_LINE = 300
MOST_CANDIDATES = 8
MOST_READ = 20

By = Literal["id", "identifier", "name"]
EXACT: dict[int, By] = {SAME_ID: "id", SAME_IDENTIFIER: "identifier", Answer.SAME: "name"}


class LineCandidates(WithNulls):
    """One line: the first of its `candidates` is what it names, if `by` says how it alone does.

    `by` is null where none does or several do; `complete` is false where there are more candidates.
    """

    given: str
    by: By | None
    candidates: list[EntityDocument]
    complete: bool


class CandidatesDocument(WithNulls):
    items: list[LineCandidates]


def candidates(
    database: Database, lines: Sequence[str], as_of: date, known_at: datetime | None
) -> CandidatesDocument:
    """For each line in its order. Raises GraphUnavailable."""
    clocks = database.read(lambda tx: clocks_of(tx, as_of, known_at))

    def of_line(line: str) -> LineCandidates:
        return database.read(lambda tx: _of_line(tx, line.strip(), clocks, known_at))

    return CandidatesDocument(items=[of_line(line) for line in lines])


def _of_line(tx: Transaction, line: str, clocks: Clocks, known_at: datetime | None) -> LineCandidates:
    found, complete = places(tx, line, clocks, known_at) if line else ([], True)
    facts = read_entities(tx, [place.id for place in found[:MOST_READ]], clocks)
    known = [place for place in found if place.id in facts]
    exact: list[By] = [EXACT[place.way] for place in known if place.way in EXACT]
    return LineCandidates(
        given=line,
        # An id may be another's name: only one that nothing else bears in any way is what is meant.
        by=exact[0] if len(exact) == 1 and complete else None,
        candidates=[entity_document(facts[place.id]) for place in known[:MOST_CANDIDATES]],
        complete=complete and len(known) <= MOST_CANDIDATES,
    )
